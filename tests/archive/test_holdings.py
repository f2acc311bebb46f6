"""Holdings: who held a place when, with evidence and doubts; contested and silent stretches."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from archive_places import places
from told import conoco

from musnad.archive import holdings
from musnad.archive.archive import Archive
from musnad.record import Actor, CodedReport, Control, Place, Span, TimeBounds
from musnad.report import Report

Where = Callable[[], str]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Where]:
    yield from places(request, tmp_path)


def statement(
    id: str, published: str | None, holder: str, change: str, date: str | None = None, *, status: str = "happened",
    extent: str = "whole", narrator: str | None = None, former: str | None = None, time: TimeBounds | None = None,
) -> tuple[Report, CodedReport]:  # fmt: skip
    """A report of one sentence that says who holds the town of Saba."""
    body = "تسيطر القوات على سبأ"
    span = Span(0, 5, "تسيطر")
    party = Actor(6, 12, "القوات", holder)
    chain = (Actor(6, 12, "القوات", narrator),) if narrator else ()
    other = Actor(6, 12, "القوات", former) if former else None
    told = Control(
        "c1", span, party, Place(17, 20, "سبأ", "Saba", "SYR", 35.0, 40.0, 2.0), change, other, date, status, chain,
        extent,
    )  # type: ignore[arg-type]  # fmt: skip
    report = Report(id=id, title=id, body=f"{body} {id}", outlet=f"outlet {id}", published=published)
    return report, CodedReport(id, published, control=(told,), time=time)


def line(where: Where, *told: tuple[Report, CodedReport]) -> list[holdings.Stretch]:
    with Archive.open(where(), create=True) as archive:
        archive.add_coded(told)
        return holdings.ask(archive)


def short(stretches: list[holdings.Stretch]) -> list[tuple[str | None, str, str, str]]:
    return [(s.holder, s.state, s.day_from, s.day_to) for s in stretches]


def test_the_gas_plant_was_the_sdfs_according_to_two_outlets(where: Where) -> None:
    with Archive.open(where(), create=True) as archive:
        archive.add_coded(conoco())
        found = holdings.ask(archive, "Conoco gas plant")
        on_the_24th = holdings.ask(archive, "Conoco gas plant", "2017-09-24")
        in_2019 = holdings.ask(archive, "Conoco gas plant", "2019-01-01")
    assert short(found) == [("SDF", "held", "2017-09-23", "2017-09-23")]
    assert [(e.report_id, e.change, e.former, e.source) for e in found[0].evidence] == [
        ("raqim-2017-09-23", "gained", "ISIS", "SDF"),
        ("sada-2017-09-25", "gained", None, "outlet:صدى الضفتين"),
    ]
    assert [s.holder for s in on_the_24th] == ["SDF"] and in_2019 == []


def test_an_undated_holds_counts_on_the_day_of_publication(where: Where) -> None:
    assert short(line(where, statement("a", "2018-03-01", "SDF", "holds"))) == [
        ("SDF", "held", "2018-03-01", "2018-03-01")
    ]


def test_an_undated_page_counts_between_its_bounds(where: Where) -> None:
    bounds = TimeBounds("2018-03-01", "2018-03-09")
    assert short(line(where, statement("a", None, "SDF", "holds", time=bounds))) == [
        ("SDF", "held", "2018-03-01", "2018-03-09")
    ]


def test_a_long_silence_is_told(where: Where) -> None:
    found = line(where, statement("a", "2018-01-01", "SDF", "holds"), statement("b", "2018-12-01", "SDF", "holds"))
    assert short(found) == [
        ("SDF", "held", "2018-01-01", "2018-01-01"),
        (None, "silent", "2018-01-02", "2018-11-30"),
        ("SDF", "held", "2018-12-01", "2018-12-01"),
    ]


def test_two_holders_at_once_are_contested(where: Where) -> None:
    found = line(where, statement("a", "2018-01-01", "SDF", "holds"), statement("b", "2018-01-01", "SYR-MIL", "holds"))
    assert [(s.state, s.day_from) for s in found] == [("contested", "2018-01-01")]
    assert {e.holder for e in found[0].evidence} == {"SDF", "SYR-MIL"}


def test_a_capture_ends_the_stretch_before(where: Where) -> None:
    found = line(
        where,
        statement("a", "2018-01-01", "ISIS", "holds"),
        statement("b", "2018-02-01", "SDF", "gained", "2018-01-31", former="ISIS"),
    )
    assert short(found) == [
        ("ISIS", "held", "2018-01-01", "2018-01-30"),
        ("SDF", "held", "2018-01-31", "2018-01-31"),
    ]


def test_who_lost_a_place_no_longer_holds_it(where: Where) -> None:
    with Archive.open(where(), create=True) as archive:
        archive.add_coded([
            statement("a", "2018-01-01", "ISIS", "holds"), statement("b", "2018-02-01", "ISIS", "lost", "2018-02-01"),
        ])  # fmt: skip
        assert [s.holder for s in holdings.ask(archive, on="2018-01-20")] == ["ISIS"]
        assert holdings.ask(archive, on="2018-02-10") == []


@pytest.mark.parametrize("status", ["denied", "possible", "planned", "hypothetical"])
def test_what_is_not_told_as_fact_is_a_doubt(where: Where, status: str) -> None:
    found = line(
        where,
        statement("a", "2018-01-01", "SDF", "holds"),
        statement("b", "2018-01-01", "SYR-MIL", "gained", "2018-01-01", status=status),
    )
    assert short(found) == [("SDF", "held", "2018-01-01", "2018-01-01")]
    assert [(d.holder, d.status) for d in found[0].doubts] == [("SYR-MIL", status)]


def test_a_pocket_has_its_own_line(where: Where) -> None:
    found = line(
        where,
        statement("a", "2018-01-01", "SDF", "holds"),
        statement("b", "2018-01-01", "SYR-MIL", "holds", extent="pocket"),
    )
    assert [(s.extent, s.holder, s.state) for s in found] == [("pocket", "SYR-MIL", "held"), ("whole", "SDF", "held")]


def test_a_holders_own_word_alone_is_a_claim(where: Where) -> None:
    own = line(where, statement("a", "2018-01-01", "SDF", "gained", "2018-01-01", narrator="SDF"))
    other = line(where, statement("a", "2018-01-01", "SDF", "gained", "2018-01-01", narrator="SOHR"))
    assert own[0].claimed and not other[0].claimed


def test_any_order_gives_the_same_line_and_a_changed_record_redraws_it(where: Where) -> None:
    told = [
        statement("a", "2018-01-01", "ISIS", "holds"), statement("b", "2018-02-01", "SDF", "gained", "2018-01-31"),
        statement("c", "2018-02-02", "SYR-MIL", "holds"), statement("d", "2018-09-02", "SDF", "holds"),
        statement("e", "2018-02-10", "SDF", "contested"),
    ]  # fmt: skip
    lines = []
    for seed in (1, 2, 3):
        random.Random(seed).shuffle(told)
        with Archive.open(where(), create=True) as archive:
            for one in told:
                archive.add_coded([one])
            lines.append(holdings.ask(archive))
    assert lines[0] == lines[1] == lines[2]
    with Archive.open(where(), create=True) as archive:
        archive.add_coded(told)
        for n in range(1, 6):
            stored = archive.report(n)
            assert stored is not None
            archive._replace([(n, stored.report, msgspec.structs.replace(stored.machine, control=()))])
        archive.refresh()
        assert holdings.ask(archive) == []


def test_two_takers_on_one_day_are_one_contested_stretch(where: Where) -> None:
    found = line(
        where,
        statement("a", "2018-01-01", "SDF", "gained", "2018-01-01"),
        statement("b", "2018-01-02", "SYR-MIL", "gained", "2018-01-01"),
    )
    assert [(s.state, s.day_from, s.day_to) for s in found] == [("contested", "2018-01-01", "2018-01-01")]
    assert {e.holder for e in found[0].evidence} == {"SDF", "SYR-MIL"}


def test_outlines_answer_as_the_whole_does(where: Where) -> None:
    with Archive.open(where(), create=True) as archive:
        archive.add_coded([
            *conoco(), statement("a", "2017-09-01", "SDF", "holds"), statement("b", "2017-09-20", "SDF", "lost"),
            statement("c", "2017-12-01", "ISIS", "gained"), statement("d", "2017-12-01", "SDF", "gained"),
            statement("e", "2017-12-05", "SDF", "gained", status="denied"),
        ])  # fmt: skip
        every, whole = holdings.outlines(archive), archive.holdings()
        assert [(o.place, o.holder, o.state, o.day_from, o.doubted) for o in every] == [
            (s.place, s.holder, s.state, s.day_from, bool(s.doubts)) for s in whole
        ]
        assert holdings.of_numbers(archive, [o.n for o in every]) == whole
        for day in ("2017-09-10", "2017-09-25", "2017-11-20", "2017-12-01", "2018-06-01", "2019-01-01"):
            told = [(s.place, s.extent, s.holder, s.day_from) for s in archive.holdings(on=day)]
            assert [(o.place, o.extent, o.holder, o.day_from) for o in holdings.on_day(every, day)] == told, day
        assert holdings.outlines(archive) is every
        archive.add_coded([statement("f", "2018-01-01", "ISIS", "gained")])
        assert len(holdings.outlines(archive)) > len(every)
