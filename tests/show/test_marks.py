"""The body cut into pieces: nothing lost, nothing doubled, every piece knows its records."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sample import BODY, CODED, REPORT, span

from musnad.record import CodedReport, Event, Span
from musnad.report import Block, Report
from musnad.show.marks import KINDS, marks, pieces


def test_pieces_joined_give_the_body_and_each_mark_its_words() -> None:
    cut = pieces(REPORT, CODED)
    assert "".join(p.text for p in cut) == BODY
    for m in marks(CODED):
        assert "".join(p.text for p in cut if m in p.marks) == BODY[m.start : m.end]


def test_overlapping_evidence_is_kept_for_each_record() -> None:
    tie = span("المدعومة من التحالف الدولي")
    coalition = [p for p in pieces(REPORT, CODED) if p.text == "التحالف الدولي"]
    assert [(m.record, m.kind) for m in coalition[0].marks] == [("t1", "tie"), ("t1", "actor")]
    assert coalition[0].kind == "actor"
    assert tie.text.endswith(coalition[0].text)


def test_the_trigger_carries_the_numbers_of_its_records() -> None:
    heads = {p.text: p.heads for p in pieces(REPORT, CODED) if p.heads}
    assert heads == {"قصفت": ("e1",), "مواقع": ("p1",), "القصف": ("e2",), "وتسيطر": ("c1",)}


def test_what_is_no_reporting_is_marked_as_such() -> None:
    assert [(p.text, p.block) for p in pieces(REPORT, CODED) if p.block] == [("رقيم – دير الزور", "dateline")]


def test_every_kind_has_a_place_in_the_order() -> None:
    assert {m.kind for m in marks(CODED)} <= set(KINDS)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=8))
def test_any_spans_over_any_text(body: str, spans: list[tuple[int, int]]) -> None:
    """Spans from a record that does not fit its text are left out, and the text stays whole."""
    events = tuple(
        Event(
            f"e{n}", Span(a, b, ""), "ASSAULT", None, (), (), (), None, None, None, "happened", ()
        )
        for n, (a, b) in enumerate(spans)
    )  # fmt: skip
    report = Report(id="r", title="", body=body, blocks=(Block(2, 9, "tags"),))
    cut = pieces(report, CodedReport(id="r", published=None, events=events))
    assert "".join(p.text for p in cut) == body
