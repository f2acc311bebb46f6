"""Coding stored reports again: what changes is shown, kept only when asked for, and corrections stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from archive_places import filled
from typer.testing import CliRunner

from musnad import code_many
from musnad.archive import differences, editing
from musnad.archive.archive import Archive, Recoded
from musnad.archive.query import Filter
from musnad.archive.rows import kept
from musnad.cli.app import app
from musnad.report import Report

HEAD = "lemma\tpos\troot\tform\ttype\tmasdar\tplural\tframe\texample\n"
ROW = "شَقلَبَ\tv\tش-ق-ل-ب\tQ1\tASSAULT/airstrike\tشقلبة\t-\ts=A o=R\tشقلبت الطائرات الروسية مواقع التنظيم.\n"
GIVEN = (
    Report(
        "a", "خبر", "قصفت الطائرات الروسية بلدة منبج أمس. وشقلبت الطائرات الروسية تنظيم الدولة في الرقة.", "الضفة",
        "2017-09-12",
    ),
    Report("b", "خبر آخر", "قصفت قوات النظام أحياء دوما بالمدفعية.", "الخابور", "2017-09-13"),
)  # fmt: skip


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from filled(request, tmp_path, GIVEN)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    (folder / "events").mkdir(parents=True)
    (folder / "events" / "mine.tsv").write_text(HEAD + ROW, "utf8")
    return folder


def triggers(archive: Archive) -> dict[str, list[tuple[str, str]]]:
    """The events that count, by report: trigger and status."""
    return {k.report.id: [(e.trigger.text, e.status) for e in k.coded.events] for k in kept(archive)}


def test_the_same_tables_change_nothing(where: str) -> None:
    with Archive.open(where) as archive:
        before = triggers(archive)
        assert before == {"a": [("قصفت", "happened")], "b": [("قصفت", "happened")]}
        assert list(archive.recode(keep=True)) == []
        assert triggers(archive) == before


def test_other_tables_change_records_and_corrections_stay(where: str, tables: Path) -> None:
    with Archive.open(where) as archive:
        editing.correct_record(archive, "a#e1", "Hala", changes=["status=denied"])
        corrected = triggers(archive)
        found = list(archive.recode(codebook=tables))
        assert [r.report.id for r in found if isinstance(r, Recoded)] == ["a"]
        assert triggers(archive) == corrected

        incidents = archive.counts()["incidents"]
        assert len(list(archive.recode(codebook=tables, keep=True))) == 1
        assert triggers(archive) == {"a": [("قصفت", "denied"), ("وشقلبت", "happened")], "b": [("قصفت", "happened")]}
        assert archive.counts()["incidents"] == incidents + 1
        stored = archive.report("a")
        assert stored is not None
        assert [e.status for e in stored.machine.events] == ["happened", "happened"]
        assert stored.machine.by is not None
        other = archive.report("b")
        assert other is not None
        assert other.machine.by is not None
        assert other.machine.by.codebook == stored.machine.by.codebook

        assert list(archive.recode(codebook=tables, keep=True)) == []
        (back,) = archive.recode(keep=True)
        assert isinstance(back, Recoded)
        assert triggers(archive) == corrected
        assert archive.counts()["incidents"] == incidents


def test_a_filter_leaves_the_others_alone(where: str, tables: Path) -> None:
    with Archive.open(where) as archive:
        assert list(archive.recode(codebook=tables, filter=Filter(outlet="الخابور"), keep=True)) == []
        assert triggers(archive)["a"] == [("قصفت", "happened")]


def test_each_change_names_the_entries_behind_it(where: str, tables: Path) -> None:
    with Archive.open(where) as archive:
        (forth,) = archive.recode(codebook=tables, keep=True)
        assert isinstance(forth, Recoded)
        (new,) = differences.changes(forth.before, forth.after)
        (back,) = archive.recode()
        assert isinstance(back, Recoded)
        (gone,) = differences.changes(back.before, back.after)
    assert (new.sign, gone.sign) == ("+", "-")
    assert "+mine:شقلب" in differences.causes(new)
    assert not any("weight:" in cause for cause in differences.causes(new))
    assert differences.causes(gone) == tuple("-" + cause[1:] for cause in differences.causes(new))


def test_a_changed_record_names_what_came_and_what_went() -> None:
    (coded,) = code_many(GIVEN[:1])
    event = coded.events[0]
    because = ("weight:+1.0 x", *(name for name in event.because if name != "assault:قصف"), "assault:other")
    other = msgspec.structs.replace(event, status="denied", because=because)
    (change,) = differences.changes(coded, msgspec.structs.replace(coded, events=(other, *coded.events[1:])))
    assert (change.sign, change.fields) == ("~", ("status",))
    assert differences.causes(change) == ("+assault:other", "-assault:قصف")
    quiet = msgspec.structs.replace(event, status="denied")
    (change,) = differences.changes(coded, msgspec.structs.replace(coded, events=(quiet, *coded.events[1:])))
    assert differences.causes(change) == (differences.WEIGHTS,)
    assert differences.line(change).endswith("status: happened -> denied [weights]")


def test_the_command_writes_changes_as_json(where: str, tables: Path) -> None:
    words = ["recode", "--archive", where, "--codebook", str(tables), "--format", "jsonl"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    assert done.stderr == "1 reports change; nothing was kept (--keep keeps it)\n"
    (row,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (row["report"], row["change"], row["kind"], row["before"]) == ("a", "+", "event", None)
    assert row["after"]["trigger"]["text"] == "وشقلبت"
    assert "+mine:شقلب" in row["causes"]


def test_the_command_shows_first_and_keeps_when_asked(where: str, tables: Path) -> None:
    def run(*more: str) -> list[str]:
        done = CliRunner().invoke(app, ["recode", "--archive", where, "--codebook", str(tables), *more])
        assert done.exit_code == 0, done.stderr
        return done.stdout.splitlines()

    first = run()
    assert first[0].startswith("a + ASSAULT/airstrike")
    assert "+mine:شقلب" in first[0]
    assert first[1] == "Entries and rules behind the changes, and of how many:"
    assert "     1 +mine:شقلب" in first[2:-1]
    assert first[-1] == "1 reports change; nothing was kept (--keep keeps it)"
    assert run("--dry-run") == first
    assert run("--keep")[-1] == "1 reports change; kept"
    assert run() == ["0 reports change; nothing was kept (--keep keeps it)"]
