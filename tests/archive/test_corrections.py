"""What analysts say counts first, stays when a report is coded again, and never replaces the machine's record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from archive_places import places
from told import conoco

from musnad.archive import corrections, editing, two_hands
from musnad.archive.archive import Archive
from musnad.archive.rows import kept
from musnad.errors import UsageError
from musnad.record import CodedReport, from_json
from musnad.scoring.alpha import nominal

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
    assert [e.id for e in counts(archive).events] == ["a2"]


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
    (found,) = two_hands.differing(archive)
    assert (found.report_id, found.record, found.points()) == (ONE, "e1", ("status",))
    assert found.told() == ("Hala: status happened", "Omar: status denied")
    editing.settle(archive, f"{ONE}#e1", "Salma", accept=True)
    assert two_hands.differing(archive) == []
    assert counts(archive).events[0].status == "happened"


def test_a_new_difference_after_a_settling_word_shows_and_does_not_count(archive: Archive) -> None:
    e1 = f"{ONE}#e1"
    editing.correct_record(archive, e1, "Hala", changes=["status=denied"])
    editing.correct_record(archive, e1, "Omar", accept=True)
    editing.settle(archive, e1, "Salma", side_with="Hala", changes=["injured=7"])
    assert two_hands.differing(archive) == []
    editing.correct_record(archive, e1, "Hala", reject=True)
    (found,) = two_hands.differing(archive)
    assert [c.analyst for c in found.words] == ["Hala", "Salma"]
    assert found.sides["Hala"] is None
    (event,) = counts(archive).events
    assert (event.status, event.injured) == ("denied", (7, 7))
    editing.settle(archive, e1, "Salma", side_with="Hala")
    assert two_hands.differing(archive) == []
    assert counts(archive).events == ()


def test_a_second_analyst_builds_on_nobody_elses_word(archive: Archive) -> None:
    e1 = f"{ONE}#e1"
    editing.correct_record(archive, e1, "Hala", changes=["status=denied"])
    editing.correct_record(archive, e1, "Omar", changes=["injured=7"])
    omar = corrections.reading_of(archive, ONE, "Omar")
    assert omar is not None
    assert (omar.events[0].status, omar.events[0].injured) == ("happened", (7, 7))
    editing.correct_record(archive, e1, "Hala", changes=["mode=shelling"])
    hala = corrections.reading_of(archive, ONE, "Hala")
    assert hala is not None
    assert (hala.events[0].status, hala.events[0].mode, hala.events[0].injured) == ("denied", "shelling", (6, 6))
    added = editing.add_record(archive, ONE, "Hala", "event", "المنطقة الصناعية", ["type=ACCUSE"])
    with pytest.raises(UsageError, match=f"no record a{added}; it has e1"):
        editing.correct_record(archive, f"{ONE}#a{added}", "Omar", reject=True)


def test_what_one_rejected_can_be_taken_back(archive: Archive) -> None:
    before = counts(archive)
    editing.correct_record(archive, f"{ONE}#e1", "Hala", reject=True)
    editing.correct_record(archive, f"{ONE}#e1", "Hala", accept=True)
    assert counts(archive) == before


def test_pages_accept_what_they_show(archive: Archive) -> None:
    editing.correct_record(archive, f"{ONE}#e1", "Hala", changes=["status=denied"])
    editing.correct_record(archive, f"{ONE}#e1", "Omar", accept=True, blind=False)
    assert counts(archive).events[0].status == "denied"
    assert two_hands.differing(archive) == []


def test_an_accepted_record_outlives_a_new_coding(archive: Archive) -> None:
    before = counts(archive).events[0]
    editing.correct_record(archive, f"{ONE}#e1", "Hala", accept=True)
    coded = next(c for _, c in conoco() if c.id == ONE)
    for events in ((msgspec.structs.replace(before, type="THREATEN", mode=None),), ()):
        again = msgspec.structs.replace(coded, events=events)
        (event,) = corrections.lay_over(again, corrections.of(archive, ONE)).coded.events
        assert msgspec.structs.replace(event, id="e1") == before


def test_controls_on_one_word_are_told_apart_by_their_place(tmp_path: Path) -> None:
    report, coded = next(pair for pair in conoco() if pair[1].id == "raqim-2017-09-23")
    (first,) = coded.control
    at = report.body.index("دير الزور")
    other = msgspec.structs.replace(first.place, start=at, end=at + 9, text="دير الزور", name="Deir ez-Zor")
    two = msgspec.structs.replace(coded, control=(first, msgspec.structs.replace(first, id="c2", place=other)))
    with Archive.open(tmp_path / "two.db", create=True) as archive:
        archive.add_coded([(report, two)])
        editing.correct_record(archive, f"{two.id}#c1", "Hala", reject=True)
        editing.correct_record(archive, f"{two.id}#c2", "Omar", accept=True)
        assert two_hands.differing(archive) == []
        assert [c.id for c in counts(archive, two.id).control] == ["c2"]
        editing.correct_record(archive, f"{two.id}#c2", "Hala", changes=["place=كونيكو"])
        editing.correct_record(archive, f"{two.id}#c2", "Hala", changes=["change=lost"])
        hala = corrections.reading_of(archive, two.id, "Hala")
        assert hala is not None
        assert [(c.id, c.change) for c in hala.control] == [("c2", "lost")]
        assert [d.record for d in two_hands.differing(archive)] == ["c2"]


def test_a_control_and_a_tie_are_added(archive: Archive) -> None:
    report = "raqim-2017-09-23"
    n = editing.add_record(
        archive, report, "Hala", "tie", "قوات سوريا الديمقراطية",
        ["kind=opposes", "a=SDF@قوات سوريا الديمقراطية", "b=ISIS@تنظيم الدولة الإسلامية"],
    )  # fmt: skip
    (tie,) = counts(archive, report).ties
    assert (tie.id, tie.kind, tie.a.id, tie.b.id) == (f"a{n}", "opposes", "SDF", "ISIS")
    with pytest.raises(UsageError, match="needs a value for holder, place, change"):
        editing.add_record(archive, report, "Hala", "control", "سيطرتها", [])
    with pytest.raises(UsageError, match=f"a{n} on these words already"):
        editing.add_record(
            archive, report, "Hala", "tie", "قوات سوريا الديمقراطية",
            ["kind=allied", "a=SDF@قوات سوريا الديمقراطية", "b=ISIS@تنظيم الدولة الإسلامية"],
        )  # fmt: skip
    added = {"control": ["holder=SDF@قوات سوريا الديمقراطية", "place=Deir ez-Zor@دير الزور", "change=contested"]}
    editing.add_record(archive, report, "Hala", "control", "سيطرتها", added["control"])
    assert ("contested", "SDF") in {(c.change, c.holder.id) for c in counts(archive, report).control}


def test_agreement_of_two_hands(archive: Archive) -> None:
    for report, record in ((ONE, "e1"), ("sada-2017-09-25", "e1"), ("sada-2017-09-25", "e2")):
        editing.correct_record(archive, f"{report}#{record}", "Hala", accept=True)
    editing.correct_record(archive, f"{ONE}#e1", "Omar", changes=["status=possible"])
    editing.correct_record(archive, f"{ONE}#e1", "Salma", accept=True)
    editing.correct_record(archive, "sada-2017-09-25#e3", "Omar", reject=True)
    found = two_hands.agreement(archive, "Hala", "Omar")
    assert (found.reports, found.matched, found.alone) == (2, 4, (1, 0))
    assert found.alpha["type"] is None
    assert found.alpha["mode"] == 1.0
    # happened x3 agreed, happened/possible once: observed 2, expected 7*1*2, of 6 values
    assert found.alpha["status"] == pytest.approx(1 - (6 - 1) * 2 / (2 * 5 * 1))
    assert found.scores["type"].figures()["recall"] == 0.75
    assert [(d.report_id, d.record) for d in two_hands.differing(archive, "Hala", "Omar")] == [
        (ONE, "e1"),
        ("sada-2017-09-25", "e3"),
    ]
    with pytest.raises(UsageError, match="no report of which both"):
        two_hands.agreement(archive, "Hala", "Nobody")


def test_alpha_gives_the_values_of_the_examples_it_was_published_with() -> None:
    assert nominal(zip("0100000010", "1110010000", strict=True)) == pytest.approx(0.095, abs=5e-4)
    assert nominal(zip("aabbdcccedda", "babbbccceddd", strict=True)) == pytest.approx(0.692, abs=5e-4)
    four = zip("123321412...", "1233224125.3", ".3332342251.", "12332441251.", strict=True)
    with_gaps = [[None if v == "." else v for v in unit] for unit in four]
    assert nominal(with_gaps) == pytest.approx(0.743, abs=5e-4)
    assert nominal([("x", "x"), ("x", "x")]) is None


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


def test_a_mode_goes_with_its_type(archive: Archive) -> None:
    assert counts(archive).events[0].mode
    with pytest.raises(UsageError, match="no mode of COERCE"):
        editing.correct_record(archive, f"{ONE}#e1", "Hala", changes=["type=COERCE", "mode=airstrike"])
    editing.correct_record(archive, f"{ONE}#e1", "Hala", changes=["type=COERCE"])
    assert (counts(archive).events[0].type, counts(archive).events[0].mode) == ("COERCE", None)
