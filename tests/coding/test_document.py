"""What holds for every text whatever it says: no error, spans that lie on their words, the same record each time."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from grammar_rows import groups, rows
from hypothesis import given, settings
from hypothesis import strategies as st

import musnad
from musnad.record import Actor, CodedReport, Means, Place, Span, TollGroup, from_json, to_json
from musnad.report import Block, Report

WORDS = [row.sentence for group in groups() for row in rows(group)[:4]]
PIECES = sorted({word for sentence in WORDS for word in sentence.split()})
SPANS = (Span, Actor, Place, Means, TollGroup)

# Arabic with all that outlets put between its letters: marks, tatweel, joiners, quotation marks, both kinds of digits.
arabic = st.text(
    st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ ًٌٍَُِّْـ٠١٢3456،؛؟.!:()[]\"“”«»'-–—/\u200c\u200f\u202b\n\t ")
)
shuffled = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)
cut = st.tuples(st.sampled_from(WORDS), st.integers(0, 120), st.integers(0, 160)).map(lambda t: t[0][t[1] : t[2]])
glued = st.lists(st.one_of(cut, shuffled, arabic, st.text()), max_size=5).map("".join)
days = st.one_of(st.none(), st.dates().map(str), st.just("2018-03-28T09:15:00+03:00"))


def report(body: str, published: str | None = "2018-03-28", **fields: object) -> Report:
    return Report(id="x", title="", body=body, published=published, **fields)  # type: ignore[arg-type]


def spans(value: object) -> Iterator[Span | Actor | Place | Means | TollGroup]:
    """All stretches of the body that a record names, at any depth."""
    if isinstance(value, SPANS):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from spans(part)


def check(body: str, coded: CodedReport) -> None:
    for span in spans(coded):
        assert body[span.start : span.end] == span.text
        assert span.start < span.end
    assert from_json(to_json(coded)) == coded
    assert [e.id for e in coded.events] == [f"e{n}" for n in range(1, len(coded.events) + 1)]


@settings(max_examples=300, deadline=None)
@given(body=st.one_of(st.text(), arabic, shuffled, cut, glued), published=days)
def test_any_text_gives_a_record_whose_spans_lie_on_their_words(body: str, published: str | None) -> None:
    coded = musnad.code(report(body, published))
    check(body, coded)
    assert to_json(musnad.code(report(body, published))) == to_json(coded)


@settings(max_examples=100, deadline=None)
@given(body=glued, ends=st.tuples(st.integers(0, 80), st.integers(0, 80)))
def test_nothing_is_coded_from_a_block_that_is_no_reporting(body: str, ends: tuple[int, int]) -> None:
    start, end = (min(n, len(body)) for n in sorted(ends))
    coded = musnad.code(report(body, blocks=(Block(start, end, "boilerplate"),)))
    check(body, coded)
    assert not [e for e in coded.events if start <= e.trigger.start < end]


@pytest.mark.parametrize("group", groups())
def test_spans_of_the_tables_lie_on_their_words(group: str) -> None:
    for row in rows(group):
        check(row.sentence, musnad.code(row.report()))


def test_text_in_front_moves_the_spans_and_nothing_else() -> None:
    body = "قصفت مدفعية قوات النظام مدينة تلبيسة في ريف حمص الشمالي مساء أمس."
    before, after = musnad.code(report(body)), musnad.code(report("\n\n  " + body))
    assert before.events
    assert [e.trigger.start + 4 for e in before.events] == [e.trigger.start for e in after.events]
    assert [(e.type, e.mode, e.date, e.status) for e in before.events] == [
        (e.type, e.mode, e.date, e.status) for e in after.events
    ]


def test_several_processes_give_the_bytes_of_one() -> None:
    reports = [row.report() for group in groups() for row in rows(group)]
    one = [to_json(coded) for coded in musnad.code_many(reports, workers=1)]
    two = [to_json(coded) for coded in musnad.code_many(reports, workers=2)]
    assert [from_json(line).id for line in one] == [r.id for r in reports]
    assert one == two
