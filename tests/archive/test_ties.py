"""Ties over time: as the reports of a span tell them, reprints once, mutual ties in one direction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from archive_places import places

from musnad.archive import ties
from musnad.archive.archive import Archive
from musnad.record import Actor, CodedReport, Span, Tie
from musnad.report import Report

Where = Callable[[], str]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Where]:
    yield from places(request, tmp_path)


def told(id: str, day: str, kind: str, a: str, b: str) -> tuple[Report, CodedReport]:
    body = f"الفصائل المدعومة من الدولة {id}"
    tie = Tie("t1", kind, Actor(20, 26, body[20:26], a), Actor(0, 7, body[:7], b), Span(8, 19, body[8:19]))  # type: ignore[arg-type]
    return Report(id=id, title=id, body=body, outlet=f"outlet {id}", published=day), CodedReport(id, day, ties=(tie,))


def test_ties_are_told_with_their_first_and_last_day_and_outlets(where: Where) -> None:
    with Archive.open(where(), create=True) as archive:
        archive.add_coded([
            told("a", "2018-01-01", "backs", "TUR-GOV", "SNA"), told("b", "2018-06-01", "backs", "TUR-GOV", "SNA"),
            told("c", "2018-02-01", "opposes", "SDF", "ISIS"), told("d", "2018-03-01", "opposes", "ISIS", "SDF"),
        ])  # fmt: skip
        every = ties.over_time(archive)
        spring = ties.over_time(archive, since="2018-02-15", until="2018-04-01")
        of_turkey = ties.over_time(archive, "TUR-GOV")
    assert [(t.kind, t.a, t.b, t.first, t.last) for t in every] == [
        ("backs", "TUR-GOV", "SNA", "2018-01-01", "2018-06-01"),
        ("opposes", "ISIS", "SDF", "2018-02-01", "2018-03-01"),
    ]
    assert every[0].outlets == ("outlet a", "outlet b")
    assert [(t.kind, t.reports) for t in spring] == [("opposes", ("d",))]
    assert [t.kind for t in of_turkey] == ["backs"]
