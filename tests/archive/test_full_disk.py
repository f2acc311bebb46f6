"""A disk that is full stops an add with a plain word; what was confirmed is kept, and the next call goes on."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from many import adding, holds, reports, write

from musnad.archive.archive import Archive

MANY = 300
FULL = 1_500_000
"""Bytes that hold some of the reports, and not all."""


@dataclass
class Disk:
    """A place that takes only so much: how to add to it, and how to make room."""

    archive: Path
    add: Callable[[Path], subprocess.Popen[str]]
    make_room: Callable[[], None]


def _small_file_system(folder: Path) -> Iterator[Disk]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={FULL}", "tmpfs", str(folder)], check=True)
    try:
        where = folder / "a.db"
        yield Disk(
            where, lambda path: adding(str(where), path, "--workers", "1"),
            lambda: subprocess.run(["mount", "-o", "remount,size=200m", str(folder)], check=True) and None,
        )  # fmt: skip
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _small_files(folder: Path) -> Iterator[Disk]:
    folder.mkdir()
    where = folder / "a.db"
    limit = [FULL]

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit[0], resource.RLIM_INFINITY))

    def add(path: Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "musnad", "add", str(path), "--archive", str(where), "--workers", "1"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=limited,
        )  # fmt: skip

    yield Disk(where, add, lambda: limit.__setitem__(0, resource.RLIM_INFINITY))


KINDS = {"files may not grow": _small_files}
if os.geteuid() == 0 and sys.platform == "linux":  # only root may mount
    KINDS["a full file system"] = _small_file_system


@pytest.fixture(params=sorted(KINDS))
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    yield from KINDS[request.param](tmp_path / "small")


def test_a_full_disk_stops_an_add_and_the_next_goes_on(disk: Disk, tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", reports(MANY))
    process = disk.add(path)
    said = process.communicate(timeout=300)
    assert process.returncode not in (0, None)
    assert said[1].count("\n") == 1
    assert "what was confirmed is kept" in said[1]
    with sqlite3.connect(f"file:{disk.archive}?mode=ro", uri=True) as connection:
        kept = connection.execute("SELECT count(*), count(DISTINCT id) FROM report").fetchone()
        whole = connection.execute("SELECT count(*) FROM report JOIN coding ON coding.report_n = report.n").fetchone()
    connection.close()
    assert 0 < kept[0] < MANY
    assert kept[0] == kept[1] == whole[0]

    disk.make_room()
    process = disk.add(path)
    said = process.communicate(timeout=300)
    assert process.returncode == 0, said[1]
    assert f"{MANY - kept[0]} added, {kept[0]} known already" in said[0]
    with sqlite3.connect(disk.archive) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    with Archive.open(tmp_path / "quiet.db", create=True) as quiet, Archive.open(disk.archive) as found:
        quiet.add(reports(MANY))
        assert holds(found) == holds(quiet)
