"""What a run on a cluster decides before Spark: parts, names, folders; and what it says when something is missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from musnad.cli.app import app
from musnad.engine.cluster import run, session, work
from musnad.engine.cluster.parts import MOST_FILES, WHOLE, DonePart, File, Part, Setup, divide, pending, unfit
from musnad.errors import ClusterError, UsageError
from musnad.reading import ReadOptions

SETUP = Setup.of("1", "digest", ReadOptions())
RUN = CliRunner()


def file(name: str, size: int = 10, changed: int = 1) -> File:
    return File(f"file:/in/{name}", size, changed)


def finished(*parts: Part, setup: Setup = SETUP) -> dict[str, DonePart]:
    return {p.name(setup): DonePart(setup, p.files, 1, 0, 0) for p in parts}


def test_files_of_a_kind_make_parts_by_size() -> None:
    names = ["a.jsonl", "b.parquet", "c.jsonl", "d.NDJSON", "e.warc.gz", "f.jsonl.gz", "g.html"]
    parts = divide([file(n) for n in reversed(names)], 20)
    told = [(p.kind, [f.path.rpartition("/")[2] for f in p.files]) for p in parts]
    assert told == [
        ("lines", ["a.jsonl", "c.jsonl"]), ("lines", ["d.NDJSON"]), ("rows", ["b.parquet"]),
        ("files", ["e.warc.gz", "f.jsonl.gz"]), ("files", ["g.html"]),
    ]  # fmt: skip
    assert [len(p.files) for p in divide([file("large.jsonl", 99), file("a.jsonl")], 20)] == [1, 1]
    many = [file(f"{n:04}.parquet", 1) for n in range(MOST_FILES["rows"] + 1)]
    assert [len(p.files) for p in divide(many, 1 << 40)] == [MOST_FILES["rows"], 1]


def test_a_file_that_cannot_be_cut_must_fit_into_java() -> None:
    files = [file("a.warc", WHOLE + 1), file("b.jsonl", WHOLE + 1), file("c.jsonl", 0)]
    assert [f.path for p in divide(files, 1) for f in p.files] == ["file:/in/b.jsonl"]
    large, empty = unfit(files)
    assert str(large).startswith("/in/a.warc: it is larger than 2000 MB")
    assert str(empty) == "/in/c.jsonl: the file is empty"


def test_the_name_of_a_part_tells_all_that_its_records_hang_on() -> None:
    part = Part("lines", (file("a.jsonl"),))
    others = [
        Part("lines", (file("a.jsonl", changed=2),)).name(SETUP),
        Part("lines", (file("a.jsonl", size=11),)).name(SETUP),
        part.name(Setup.of("2", "digest", ReadOptions())),
        part.name(Setup.of("1", "other", ReadOptions())),
        part.name(Setup.of("1", "digest", ReadOptions(published="2018-01-01"))),
    ]
    assert part.name(SETUP) == Part("lines", (file("a.jsonl"),)).name(Setup.of("1", "digest", ReadOptions()))
    assert len({part.name(SETUP), *others}) == 6


def test_finished_parts_are_kept_when_files_are_added() -> None:
    before = divide([file("a.jsonl"), file("c.jsonl")], 20)
    after = divide([file("a.jsonl"), file("b.jsonl"), file("c.jsonl")], 20)
    assert pending(before, finished(*before), SETUP, "out") == []
    left = pending(after, finished(*before), SETUP, "out")
    assert [f.path for p in left for f in p.files] == ["file:/in/b.jsonl"]


def test_parts_that_do_not_agree_are_refused() -> None:
    parts = divide([file("a.jsonl")], 20)
    for other, what in (
        (Setup.of("0", "digest", ReadOptions()), "version"),
        (Setup.of("1", "mine", ReadOptions()), "codebook"),
        (Setup.of("1", "digest", ReadOptions(outlet="x")), "options"),
    ):
        with pytest.raises(UsageError, match=what):
            pending(parts, finished(*parts, setup=other), SETUP, "out")
    with pytest.raises(UsageError, match=r"/in/a\.jsonl has changed since out/part=\w+ was made"):
        pending(divide([file("a.jsonl", changed=5)], 20), finished(*parts), SETUP, "out")


def test_any_outlet_makes_a_folder() -> None:
    assert work.folder_name(None) is None
    assert work.folder_name("وكالة/الضفة") == "وكالة/الضفة"
    long, longer = work.folder_name("م" * 300), work.folder_name("م" * 301)
    assert long and longer and long != longer and len(long.encode()) < 200
    signs = work.folder_name("/" * 100)
    assert signs and len(signs) < 50
    assert "\0" not in str(work.folder_name("a\0b")) and work.folder_name("a\0b") != work.folder_name("ab")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: None if name == "pyspark" else True)
    ran = RUN.invoke(app, ["code", str(tmp_path), "--engine", "spark", "--out", str(tmp_path / "out")])
    assert ran.exit_code == 1
    assert "pip install 'musnad[cluster]'" in ran.stderr and "Traceback" not in ran.stderr
    assert not (tmp_path / "out").exists()


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: True)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ClusterError, match="needs Java 17 or later, and there is none on the PATH: install it"):
        session.check_installed()
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(ClusterError, match="JAVA_HOME is /nowhere, where there is none"):
        session.check_installed()


@pytest.mark.skipif(os.name == "nt", reason="a script of POSIX")
@pytest.mark.parametrize(
    ("version", "old"), [("1.8.0_412", True), ("11.0.23", True), ("17.0.15", False), ("21", False)]
)
def test_an_old_java_is_named(version: str, old: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: True)
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if old:
        with pytest.raises(
            ClusterError, match=rf"is Java {'8' if version[0:2] == '1.' else '11'}: install a later one"
        ):
            session.check_installed()
    else:
        session.check_installed()


def test_when_spark_itself_is_gone_it_says_so() -> None:
    """The parts are not told one by one, as none of them is to blame."""

    class Gone:
        @property
        def sparkContext(self) -> object:
            raise ConnectionRefusedError

    def fails(part: Part) -> str:
        raise ConnectionRefusedError("nobody answers")

    parts = divide([file("a.jsonl", 30), file("b.jsonl", 30)], 20)
    with pytest.raises(ClusterError, match=r"Spark has ended: nobody answers \(run the same again"):
        list(run._in_order(Gone(), fails, parts))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--engine", "spark"], "--out DIR"),
        (["--out", "x"], "--out cannot be given with --engine local"),
        (["--master", "local", "--part", "3"], "--master and --part cannot be given with --engine local"),
        (["--engine", "spark", "--out", "x", "--workers", "2"], "--workers cannot be given with --engine spark"),
        (["--engine", "spark", "--out", "x", "--spark", "memory"], "write it as NAME=VALUE"),
    ],
)
def test_options_that_do_not_go_together(words: list[str], message: str) -> None:
    ran = RUN.invoke(app, ["code", "examples", *words])
    assert ran.exit_code == 2
    assert message in ran.stderr


@pytest.mark.parametrize("path", ["-", "https://example.org/a.warc"])
def test_what_no_machine_of_a_cluster_can_reach(path: str) -> None:
    ran = RUN.invoke(app, ["code", path, "--engine", "spark", "--out", "x"])
    assert (ran.exit_code, f"{path}: a cluster reads files" in ran.stderr) == (2, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("An exception\nTraceback (most recent call last):\nModuleNotFoundError: No module named 'musnad'\n at x",
         "No module named 'musnad' on a worker: install Musnad there, and set PYSPARK_PYTHON to its Python"),
        ("Job aborted\nCaused by: org.apache.A: first\n at b\nCaused by: java.io.IOException: No space left\n",
         "IOException: No space left"),
        ("\n[PATH_NOT_FOUND] Path does not exist\nJVM stacktrace", "[PATH_NOT_FOUND] Path does not exist"),
    ],
)  # fmt: skip
def test_the_reason_of_an_error_is_one_line(text: str, told: str) -> None:
    assert session.reason(RuntimeError(text)) == told
