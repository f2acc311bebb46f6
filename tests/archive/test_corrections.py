"""What analysts say counts first, stays when a report is coded again, and never replaces the machine's record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from archive_places import places
from told import conoco

from musnad.archive import corrections, editing
from musnad.archive.archive import Archive
from musnad.archive.rows import kept
from musnad.errors import UsageError
from musnad.record import CodedReport, from_json

Where = Callable[[], str]
ONE = "sada-2017-09-16"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    for where in places(request, tmp_path):
        with Archive.open(where(), create=True) as found:
            found.add_coded(conoco())
            yield found


def counts(archive: Archive, id: str = ONE) -> CodedReport:
    stored = archive.report(id)
    assert stored is not None
    return stored.coded


def test_a_change_counts_and_the_machines_record_stays(archive: Archive) -> None:
    before = counts(archive)
    editing.correct_record(archive, f"{ONE}#e1", "Hala", changes=["status=denied", "injured=7-9"], note="seen again")
    after = counts(archive).events[0]
    assert (after.status, after.injured) == ("denied", (7, 9))
    stored = archive.report(ONE)
    assert stored is not None
    assert stored.machine == before
    (said,) = corrections.of(archive, ONE)
    assert (said.analyst, said.verdict, said.note) == ("Hala", "change", "seen again")
    assert said.made_at.startswith("20")
    assert next(k for k in kept(archive) if k.report.id == ONE).hands == {"e1": "Hala"}


def test_reject_takes_a_record_out_and_add_brings_one_in(archive: Archive) -> None:
    event = counts(archive).events[0]
    editing.correct_record(archive, f"{ONE}#e1", "Hala", reject=True)
    assert counts(archive).events == ()
    stored = archive.report(ONE)
    assert stored is not None
    start = stored.report.body.index("المنطقة الصناعية")
    words = msgspec.structs.replace(event.trigger, start=start, end=start + 16, text="المنطقة الصناعية")
    corrections.make(archive, ONE, "add", "Hala", record=msgspec.structs.replace(event, trigger=words))
    assert [e.id for e in counts(archive).events] == ["a1"]


def test_a_correction_holds_when_ids_change(archive: Archive) -> None:
    editing.correct_record(archive, f"{ONE}#e1", "Hala", changes=["type=COERCE", "mode="])
    coded = next(c for _, c in conoco() if c.id == ONE)
    again = msgspec.structs.replace(
        coded, events=tuple(msgspec.structs.replace(e, id=f"e{n}") for n, e in enumerate(coded.events, 41))
    )
    laid = corrections.lay_over(again, corrections.of(archive, ONE))
    assert (laid.coded.events[0].id, laid.coded.events[0].type) == ("e41", "COERCE")
    assert laid.hands == {"e41": "Hala"}


def test_two_hands_read_apart_and_a_difference_is_settled(archive: Archive) -> None:
    stored = archive.report(ONE)
    assert stored is not None
    machine = stored.machine.events[0]
    editing.correct_record(archive, f"{ONE}#e1", "Hala", accept=True)
    changed = msgspec.structs.replace(machine, status="denied")
    corrections.make(archive, ONE, "change", "Omar", machine=machine, record=changed)
    hala, omar = (corrections.reading_of(archive, ONE, who) for who in ("Hala", "Omar"))
    assert hala is not None and omar is not None
    assert (hala.events[0].status, omar.events[0].status) == ("happened", "denied")
    assert [x[0] for x in editing.unsettled(archive)] == [ONE]
    corrections.make(archive, ONE, "accept", "Salma", machine=machine, settled=True)
    assert editing.unsettled(archive) == []
    assert counts(archive).events[0].status == "happened"


def test_gold_records_are_what_counts_now(archive: Archive) -> None:
    assert list(editing.gold(archive)) == []
    editing.correct_record(archive, f"{ONE}#e1", "Hala", changes=["date=2017-09-15"])
    (line,) = editing.gold(archive)
    assert from_json(line) == counts(archive)
    assert from_json(line).events[0].date == "2017-09-15"


def test_what_is_not_understood_changes_nothing(archive: Archive) -> None:
    for address, changes, words in (
        (f"{ONE}#e99", ["status=denied"], "e99"),
        ("nowhere#e1", ["status=denied"], "nowhere"),
        (f"{ONE}#e1", ["status=perhaps"], "perhaps"),
        (f"{ONE}#e1", ["actor=SDF@ليست هنا"], "does not say"),
    ):
        with pytest.raises(UsageError, match=words):
            editing.correct_record(archive, address, "Hala", changes=changes)
    assert corrections.of(archive) == []
