"""A report marked as read goes into the gold as it was read, and stays so when it is coded again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from archive_places import places
from told import conoco
from typer.testing import CliRunner

from musnad.archive import editing, marks, two_hands
from musnad.archive.archive import Archive
from musnad.cli.app import app
from musnad.errors import UsageError
from musnad.record import CodedReport, from_json, to_json

ONE, TWO = "sada-2017-09-16", "raqim-2017-09-17"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    for place in places(request, tmp_path):
        name = place()
        with Archive.open(name, create=True) as archive:
            archive.add_coded(conoco())
        yield name


def gold(archive: Archive, analyst: str | None = None) -> dict[str, CodedReport]:
    return {c.id: c for c in map(from_json, editing.gold(archive, analyst))}


def test_a_report_read_without_a_correction_is_gold(where: str) -> None:
    with Archive.open(where) as archive:
        marks.read(archive, ONE, " Hala ")
        stored = archive.report(ONE)
        assert stored is not None
        assert gold(archive) == gold(archive, "Hala") == {ONE: stored.machine}
        assert gold(archive, "Sami") == {}
        (told,) = marks.of(archive)
        assert (told.report_id, told.analyst, told.machine) == (ONE, "Hala", to_json(stored.machine).decode())
        editing.correct_record(archive, f"{ONE}#e1", "Hala", changes=["status=denied"])
        assert [c.events[0].status for c in gold(archive).values()] == ["denied"]
        marks.unread(archive, ONE, "Hala")
        assert marks.of(archive) == []
        with pytest.raises(UsageError, match="has not marked"):
            marks.unread(archive, ONE, "Hala")


def test_gold_is_what_was_read_though_the_report_is_coded_again(where: str) -> None:
    with Archive.open(where) as archive:
        marks.read(archive, ONE, "Hala")
        stored = archive.report(ONE)
        assert stored is not None
        other = msgspec.structs.replace(stored.machine, events=())
        archive._replace([(stored.n, stored.report, other)])
        assert gold(archive) == {ONE: stored.machine}
        marks.read(archive, ONE, "Hala")
        assert gold(archive) == {ONE: other}


def test_reports_that_both_read_count_in_agreement(where: str) -> None:
    with Archive.open(where) as archive:
        marks.read(archive, ONE, "Hala")
        marks.read(archive, TWO, "Hala")
        with pytest.raises(UsageError, match="no report"):
            two_hands.agreement(archive, "Hala", "Sami")
        marks.read(archive, TWO, "Sami")
        editing.correct_record(archive, f"{ONE}#e1", "Sami", reject=True)
        found = two_hands.agreement(archive, "Hala", "Sami")
        assert found.reports == 2
        assert found.alone == (1, 0)


def test_what_is_not_there_is_refused(where: str) -> None:
    with Archive.open(where) as archive:
        for report, analyst, words in (("none", "Hala", "no such report"), (ONE, " ", "name of its analyst")):
            with pytest.raises(UsageError, match=words):
                marks.read(archive, report, analyst)


def test_the_command(where: str) -> None:
    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["gold", *words, "--archive", where])
        return done.exit_code, done.stdout

    assert run("read", ONE, TWO, "--analyst", "Hala") == (0, "2 marked as read\n")
    assert sorted(from_json(line).id for line in run("export")[1].splitlines()) == sorted([ONE, TWO])
    assert run("read", TWO, "--analyst", "Hala", "--undo") == (0, "1 no longer marked as read\n")
    assert [from_json(line).id for line in run("export")[1].splitlines()] == [ONE]
