"""What counts as right: small made records, one rule a row."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from musnad.scoring import JudgedReport, Scores, score
from musnad.scoring.judged import Mention
from musnad.scoring.match import agree, near_publication, side

TEXT = "قصفت طائرات روسية مدينة البوكمال"


def span(start: int, end: int, **more: str) -> dict[str, Any]:
    return {"start": start, "end": end, "text": TEXT[start:end], **more}


def event(**changes: Any) -> dict[str, Any]:
    """«Russian aircraft bombed the town of Al Bukamal», as a record; `changes` replace its fields."""
    return {
        "trigger": span(0, 4),
        "also": [],
        "type": "ASSAULT",
        "mode": "airstrike",
        "actors": [span(5, 17, id="RUS-MIL")],
        "recipients": [],
        "places": [span(24, 32, country="SYR")],
        "date": "2017-11-05",
        "killed": [3, 3],
        "injured": None,
        "status": "happened",
        "chain": [span(5, 17, id="SOHR")],
    } | changes


def compare(gold: list[dict[str, Any]], coded: list[dict[str, Any]], **parts: Any) -> Scores:
    def report(events: list[dict[str, Any]], side_parts: dict[str, Any]) -> JudgedReport:
        raw = {"id": "r", "published": "2017-11-07", "events": events, **side_parts}
        return msgspec.convert(raw, JudgedReport)

    of_gold = {k: v[0] for k, v in parts.items()}
    of_coded = {k: v[1] for k, v in parts.items()}
    return score({"r": report(gold, of_gold)}, {"r": report(coded, of_coded)})


def test_the_same_record_is_right_in_everything() -> None:
    scores = compare([event()], [event()])
    for name in ("trigger", "type", "mode", "actor", "place", "source", "chain", "date", "wdwtw", "record"):
        assert scores.headline(name) == 1.0, name
    assert scores.differences == []


@pytest.mark.parametrize(
    ("change", "lost", "kept"),
    [
        ({"type": "COERCE"}, ("type", "wdwtw", "record"), ("trigger",)),
        ({"mode": "shelling"}, ("mode",), ("type", "record")),
        ({"actors": [span(5, 17, id="USA-MIL")]}, ("actor", "wdwtw", "record"), ("type",)),
        # the organs of one state are one side, but ids are compared as they are
        ({"actors": [span(5, 17, id="RUS-GOV")]}, ("actor",), ("wdwtw", "record")),
        ({"places": [span(24, 32, country="IRQ")]}, ("place", "record"), ("wdwtw",)),
        ({"places": [span(0, 4, country="SYR")]}, ("place", "record"), ("wdwtw",)),
        ({"date": "2017-11-04"}, ("date", "record"), ("wdwtw",)),
        ({"status": "denied"}, ("status", "record"), ("wdwtw",)),
        ({"killed": [4, 4]}, ("killed",), ("record",)),
        ({"chain": []}, ("source", "chain", "record"), ("wdwtw",)),
        # only the innermost narrator is the source
        ({"chain": [span(0, 4, id="ANON"), span(5, 17, id="SOHR")]}, ("chain",), ("source", "record")),
    ],
)
def test_one_wrong_field(change: dict[str, Any], lost: tuple[str, ...], kept: tuple[str, ...]) -> None:
    scores = compare([event()], [event(**change)])
    assert {name: scores.headline(name) for name in lost} == dict.fromkeys(lost, 0.0)
    assert {name: scores.headline(name) for name in kept} == dict.fromkeys(kept, 1.0)


@pytest.mark.parametrize(
    "trigger",
    [
        pytest.param(span(0, 8), id="two words"),
        pytest.param({"start": 0, "end": 31, "text": "ق" * 31}, id="longer than 30 characters"),
        pytest.param(span(18, 23), id="another word"),
    ],
)
def test_a_trigger_that_finds_nothing(trigger: dict[str, Any]) -> None:
    scores = compare([event()], [event(trigger=trigger)])
    assert scores.headline("trigger") == 0.0
    assert [d.kind for d in scores.differences] == ["missed", "spurious"]


def test_other_words_of_an_event_find_it_and_a_second_record_there_is_spared_once() -> None:
    gold = event(also=[span(5, 11), span(12, 17)])
    assert compare([gold], [event(trigger=span(5, 11))]).headline("trigger") == 1.0
    twice = compare([gold], [event(), event(trigger=span(5, 11))])
    assert twice.headline("trigger") == 1.0
    thrice = compare([gold], [event(), event(trigger=span(5, 11)), event(trigger=span(12, 17))])
    assert thrice.agreement["trigger"].precision == 0.5


def test_the_right_type_is_paired_before_the_nearer_trigger() -> None:
    coded = [event(type="COERCE"), event(trigger=span(0, 3))]
    assert compare([event()], coded).headline("type") == pytest.approx(2 / 3)


def test_the_day_of_publication_given_to_an_undated_event_is_neither_right_nor_wrong() -> None:
    undated = event(date=None)
    scores = compare([undated], [event(date="2017-11-06")])
    assert scores["date"].figures()["coded"] == 0
    assert scores.headline("record") == 1.0
    assert compare([undated], [event(date="2017-11-05")])["date"].figures()["coded"] == 1


@pytest.mark.parametrize(
    ("gold", "coded", "expected"),
    [
        ((), (), True),
        (("SDF",), (), False),
        (("SDF", "YPG"), ("SDF",), True),  # half of the gold is enough
        (("SDF",), ("SDF", "YPG"), False),  # half of the coded is not
        (("SYR-GOV",), ("SYR-MIL",), True),
        (("SYR-GOV",), ("SYR-CVL",), False),
    ],
)
def test_agree(gold: tuple[str, ...], coded: tuple[str, ...], expected: bool) -> None:
    assert agree([Mention(id=i) for i in gold], [Mention(id=i) for i in coded]) is expected


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        ("RUS-MIL", "RUS-STATE"),
        ("RUS-PRM", "RUS-PRM"),
        ("SDF", "SDF"),
        ("MEDIA:Sky-News Arabia", "MEDIA:skynewsarabia"),
        (None, ""),
    ],
)
def test_side(actor: str | None, expected: str) -> None:
    assert side(actor) == expected


def test_a_publication_date_that_is_none() -> None:
    assert not near_publication("2017-11-05", None)
    assert not near_publication("2017-11-05", "last week")
    assert near_publication("2017-11-05", "2017-11-06T08:00:00+03:00")


def control(**changes: Any) -> dict[str, Any]:
    return {
        "holder": span(5, 17, id="SDF"), "place": span(24, 32, country="SYR"), "change": "holds", "status": "happened"
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({}, 1.0),
        ({"status": "ongoing"}, 1.0),
        ({"status": "denied"}, 0.0),
        ({"change": "lost"}, 0.0),
        ({"holder": span(5, 17, id="ISIS")}, 0.0),
        ({"place": span(0, 4)}, 0.0),
        ({"place": {"text": "البوكمال", "start": 100, "end": 108}}, 1.0),  # the same words elsewhere in the report
        ({"place": None}, 0.0),
    ],
)
def test_control(change: dict[str, Any], right: float) -> None:
    assert compare([], [], control=([control()], [control(**change)])).headline("control") == right


def test_mutual_ties_hold_either_way_round() -> None:
    sdf, russia = span(0, 4, id="SDF"), span(5, 17, id="RUS-GOV")
    for kind, expected in (("allied", 1.0), ("opposes", 1.0), ("backs", 0.0), ("part_of", 0.0)):
        ties = ([{"kind": kind, "a": sdf, "b": russia}], [{"kind": kind, "a": russia, "b": sdf}])
        assert compare([], [], ties=ties).headline("ties") == expected, kind


def test_nothing_on_both_sides_has_no_figures() -> None:
    scores = compare([], [])
    assert {scores.headline(name) for name, _ in scores} == {None}


def test_a_report_that_was_not_coded_counts_as_coded_with_nothing() -> None:
    gold = msgspec.convert({"id": "r", "events": [event()]}, JudgedReport)
    assert score({"r": gold}, {}).figures()["trigger"] == {
        "precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 1, "coded": 0,
    }  # fmt: skip
