"""The store keeps what it confirmed, once and whole, whoever kills it and however many write to it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from archive_places import places
from many import adding, holds, reports, write
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

import musnad
from musnad import engine
from musnad.archive import store
from musnad.archive.archive import Archive
from musnad.cli.app import app
from musnad.errors import ArchiveError, ReadError, UsageError
from musnad.record import CodedReport
from musnad.report import Report

Where = Callable[[], str]
Held = tuple[list[tuple[str, str, CodedReport]], dict[str, int]]
MANY = 400


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Where]:
    yield from places(request, tmp_path)


@pytest.fixture
def archive(fresh: Where) -> Iterator[Archive]:
    with Archive.open(fresh(), create=True) as found:
        yield found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """What an archive holds into which the reports came in one quiet run."""
    with Archive.open(tmp_path_factory.mktemp("quiet") / "a.db", create=True) as found:
        found.add(reports(MANY))
        return holds(found)


# ---- what is added


def test_adding_twice_changes_nothing(archive: Archive) -> None:
    given = reports(70)
    first = archive.add([*given, given[3]])
    assert (first.new, first.same, first.changed, first.failed) == (70, 1, [], [])
    before = holds(archive)
    assert len(before[0]) == 70
    assert before[1]["event"] > 40
    assert before[1]["stale"] == 0
    again = archive.add(given)
    assert (again.new, again.same, again.changed) == (0, 70, [])
    assert holds(archive) == before


def test_a_changed_text_is_told_and_the_earlier_kept(archive: Archive) -> None:
    given = reports(3)
    archive.add(given)
    before = holds(archive)
    other = msgspec.structs.replace(given[1], body=given[1].body + " ثم توقف القصف.")
    done = archive.add([given[0], other])
    assert (done.new, done.same, done.changed) == (0, 1, ["r00001"])
    assert holds(archive) == before
    done = archive.add_coded([(other, musnad.code(other))])
    assert (done.new, done.changed) == (0, ["r00001"])
    assert holds(archive) == before


def test_progress_hears_what_is_confirmed(archive: Archive) -> None:
    heard: list[tuple[int, int]] = []
    given = reports(25)
    archive.add(given[:4])
    archive.add(given, batch=10, progress=lambda n: heard.append((n, archive.counts()["reports"])))
    total = 0
    for n, kept in heard:
        total += n
        assert total <= kept
    assert total == 25


def deadly(which: str) -> Callable[..., Iterator[tuple[Report, CodedReport | ReadError]]]:
    """Coding as it goes when one report ends the process that codes it."""
    real = engine.pairs

    def pairs(found: Iterable[Report], overlay: Path | None = None, workers: int = 1) -> Any:
        for r, coded in real(found, overlay, 1):
            yield r, ReadError(f"in#{r.id}", "left out: coding it ended its process twice") if r.id == which else coded

    return pairs


def test_a_deadly_report_is_named_and_the_rest_kept(
    fresh: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "pairs", deadly("r00002"))
    where = fresh()
    given = write(tmp_path / "in.jsonl", reports(6))
    done = CliRunner().invoke(app, ["add", str(given), "--archive", where])
    assert done.exit_code == 1
    assert "5 added" in done.stdout
    assert "in#r00002: left out" in done.stderr
    with Archive.open(where) as found:
        kept, _ = holds(found)
        assert [i for i, _, _ in kept] == ["r00000", "r00001", "r00003", "r00004", "r00005"]
        by_id = {r.id: musnad.code(r) for r in reports(6)}
        assert all(coded == by_id[i] for i, _, coded in kept)
        monkeypatch.setattr(engine, "pairs", deadly("r00004"))
        assert [type(x) for x in found.recode(keep=True)] == [ReadError]
        assert holds(found)[0] == kept
    again = CliRunner().invoke(app, ["recode", "--archive", where])
    assert again.exit_code == 1
    assert "in#r00004: left out" in again.stderr


def test_long_lists_are_asked_in_parts(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.add(reports(40))
    before = holds(archive)
    monkeypatch.setattr("musnad.archive.archive.CHUNK", 7)
    monkeypatch.setattr("musnad.archive.flat.CHUNK", 7)
    with archive.writing() as connection:
        archive.rewrite(connection, list(range(1, 41)))
    assert holds(archive)[1]["stale"] == 80
    archive.refresh()
    assert holds(archive) == before


# ---- what stands in the way


def refused(where: str | Path, *, create: bool = True) -> str:
    """What is said of a place that cannot be opened."""
    with pytest.raises(ArchiveError) as caught:
        Archive.open(where, create=create)
    return str(caught.value)


def test_a_wrong_file_is_named(tmp_path: Path) -> None:
    assert "there is no archive; make one with: musnad add" in refused(tmp_path / "none.db", create=False)
    assert "does not exist" in refused(tmp_path / "no" / "a.db")
    assert "is a folder" in refused(tmp_path)
    page = tmp_path / "page.html"
    page.write_text("<p>خبر</p>" * 9, "utf8")
    assert "is no archive; nothing was changed" in refused(page)
    assert page.read_text("utf8") == "<p>خبر</p>" * 9
    for name, table in (("notes.db", "notes"), ("web.db", "alembic_version")):
        with sqlite3.connect(tmp_path / name) as other:
            other.execute(f"CREATE TABLE {table} (version_num TEXT)")
            other.execute(f"INSERT INTO {table} VALUES ('ffff')")
        other.close()
        before = (tmp_path / name).read_bytes()
        assert "another program" in refused(tmp_path / name)
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(UsageError, match="mysql"):
        Archive.open("mysql://me:secret@host/x")
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    assert "damaged or no archive" in refused(broken)


def test_a_newer_archive_is_left_alone(fresh: Where) -> None:
    where = fresh()
    with Archive.open(where, create=True) as found, found.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    said = refused(where)
    assert "made by a newer Musnad (schema 9999" in said
    assert "update Musnad" in said


def test_the_command_says_it_in_one_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["status", "--archive", str(tmp_path / "none.db")])
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "there is no archive" in done.stderr


@pytest.mark.postgres
def test_a_server_that_does_not_let_in(postgres_server: str) -> None:
    gone = postgres_server.replace("musnad@", "musnad:secret@")
    said = refused(gone.rpartition(":")[0] + ":1/musnad")
    assert "no server answers there" in said
    assert "secret" not in said
    assert "no such database; make it with createdb" in refused(postgres_server.rpartition("/")[0] + "/nowhere")
    admin = create_engine(
        postgres_server.replace("postgresql://", "postgresql+pg8000://"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text("CREATE ROLE locked LOGIN PASSWORD 'right'"))
        rules = Path(connection.execute(text("SHOW hba_file")).scalar_one())
        rules.write_text("host all locked 127.0.0.1/32 scram-sha-256\n" + rules.read_text("utf8"), "utf8")
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()
    until = time.monotonic() + 10
    address = postgres_server.replace("musnad@", "locked:wrong@")
    while "refuses the user name or the password" not in (said := refused(address)):
        assert time.monotonic() < until, said
        time.sleep(0.1)
    assert "wrong" not in said
    said = refused(address.replace("wrong", "right"))
    assert "may not write to the database" in said


def as_nobody(do: Callable[[], object]) -> str:
    """What an ordinary user without rights here is told; the message of the error, or nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        said = ""
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            do()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as f:
        said = f.read().decode()
    os.waitpid(child, 0)
    return said


def test_a_folder_that_cannot_be_written_to() -> None:
    folder = Path(tempfile.mkdtemp(prefix="musnad-ro-"))
    try:
        with Archive.open(folder / "a.db", create=True) as found:
            found.add(reports(1))
        folder.chmod(0o555)
        (folder / "a.db").chmod(0o444)

        def one_more() -> None:
            with Archive.open(folder / "a.db") as found:
                found.add(reports(2))

        said = as_nobody(lambda: Archive.open(folder / "b.db", create=True))
        assert said.startswith("ArchiveError")
        assert "cannot be written to" in said
        said = as_nobody(one_more)
        assert said.startswith("ArchiveError")
        assert "cannot be written to" in said or "cannot be opened" in said
        (folder / "a.db").chmod(0o000)
        said = as_nobody(one_more)
        assert said.startswith("ArchiveError")
        assert "Permission denied" in said
        folder.chmod(0o000)
        said = as_nobody(one_more)
        assert said.startswith("ArchiveError")
        assert "Permission denied" in said
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


# ---- several writers


def test_a_writer_waits_longer_than_a_call_to_connect_may_take(fresh: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "ANSWER", 0.5)
    where = fresh()
    ended: list[float] = []
    with Archive.open(where, create=True) as one, Archive.open(where) as other:
        begun = time.monotonic()

        def add() -> None:
            other.add(reports(2))
            ended.append(time.monotonic() - begun)

        thread = threading.Thread(target=add)
        with one.writing():
            thread.start()
            time.sleep(1.5)
            assert not ended
        thread.join(30)
        assert len(ended) == 1
        assert one.counts()["reports"] == 2


def test_what_a_connection_says_of_trouble_is_explained() -> None:
    for error in (TimeoutError("timed out"), ConnectionResetError("reset")):
        lost = pytest.raises(ArchiveError, match=r"host/x: the connection to the server was lost")
        with lost, store.explained("postgresql://me:secret@host/x"):
            raise error
    for kept in (BrokenPipeError(), FileNotFoundError(2, "gone", "out.csv")):
        with pytest.raises(type(kept)), store.explained("a.db"):
            raise kept


def test_two_adds_at_once_both_finish(fresh: Where, tmp_path: Path, undisturbed: Held) -> None:
    where, given = fresh(), reports(MANY)
    parts = [write(tmp_path / "a.jsonl", given[:260]), write(tmp_path / "b.jsonl", given[:139:-1])]
    running = [adding(where, part, "--workers", "1") for part in parts]
    said = [p.communicate(timeout=120) for p in running]
    assert [p.returncode for p in running] == [0, 0], said
    assert sum(int(out.split()[0]) for out, _ in said) == MANY
    with Archive.open(where) as found:
        assert holds(found) == undisturbed


# ---- kill -9


def kept_now(where: Path) -> int:
    """How many reports another process sees as confirmed."""
    try:
        with sqlite3.connect(f"file:{where}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def killed(where: Path, path: Path, chance: random.Random) -> bool:
    """Start an add, kill it some time after it confirmed a batch; False when it was done before that."""
    before, at_least = kept_now(where), 0
    process = adding(str(where), path, "--workers", "1")
    while process.poll() is None and kept_now(where) in (before, 0) and kept_now(where) < MANY:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.4))
    at_least = kept_now(where)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    with sqlite3.connect(where) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        now = connection.execute("SELECT count(*), count(DISTINCT id) FROM report").fetchone()
        whole = "SELECT count(*) FROM report JOIN coding ON coding.report_n = report.n"
        assert now[0] == now[1] == connection.execute(whole).fetchone()[0]
        assert now[0] >= max(before, at_least)
        assert now[0] in (MANY, now[0] // 64 * 64)
    connection.close()
    return process.returncode == -signal.SIGKILL


def survives(tmp_path: Path, kills: int, undisturbed: Held, seed: int) -> None:
    chance = random.Random(seed)
    path = write(tmp_path / "in.jsonl", reports(MANY))
    done = number = 0
    while done < kills:
        number += 1
        assert number < 3 * kills
        where = tmp_path / f"killed{number}.db"
        for _ in range(min(6, kills - done)):
            done += killed(where, path, chance)
            if kept_now(where) == MANY:
                break
        last = adding(str(where), path, "--workers", "1")
        assert "known already" in last.communicate(timeout=120)[0]
        assert last.returncode == 0
        with Archive.open(where) as found:
            assert holds(found) == undisturbed


def test_what_was_confirmed_survives_six_kills(tmp_path: Path, undisturbed: Held) -> None:
    survives(tmp_path, 6, undisturbed, 6)


@pytest.mark.slow
def test_what_was_confirmed_survives_fifty_kills(tmp_path: Path, undisturbed: Held) -> None:
    survives(tmp_path, 50, undisturbed, 50)


@pytest.mark.postgres
def test_a_killed_writer_leaves_a_server_in_order(
    postgres_server: str, request: pytest.FixtureRequest, tmp_path: Path, undisturbed: Held
) -> None:
    class Asked:
        param = "postgres"
        getfixturevalue = staticmethod(request.getfixturevalue)

    where = next(places(Asked, tmp_path))()  # type: ignore[arg-type]
    path = write(tmp_path / "in.jsonl", reports(MANY))
    chance = random.Random(3)
    with Archive.open(where, create=True) as found:
        for _ in range(2):
            before = found.counts()["reports"]
            process = adding(where, path, "--workers", "1")
            while process.poll() is None and found.counts()["reports"] == before:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.3))
            at_least = found.counts()["reports"]
            process.kill()
            process.communicate(timeout=60)
            assert found.counts()["reports"] >= max(before, at_least)
        last = adding(where, path, "--workers", "1")
        last.communicate(timeout=120)
        assert last.returncode == 0
        assert holds(found) == undisturbed
