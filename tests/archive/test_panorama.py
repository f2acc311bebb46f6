"""What the columns in memory let through and count is what the filters of the archive say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from musnad.archive import corrections, panorama, search
from musnad.archive.archive import Archive
from musnad.archive.query import Filter
from musnad.archive.tables import event
from musnad.reading import read
from musnad.report import Report

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("panorama") / "a.db"
    with Archive.open(path, create=True) as opened:
        opened.add(r for r in read([str(EXAMPLES)]) if isinstance(r, Report))
        yield opened


FILTERS = (
    {}, {"type": "ASSAULT"}, {"type": "ASSAULT/airstrike"}, {"mode": "shelling"}, {"status": "denied"},
    {"actor": "SDF"}, {"actor": "SDF", "role": "recipient"}, {"actor": "SDF", "role": "actor", "type": "ASSAULT"},
    {"side": "SYR-STATE"}, {"narrator": "المرصد السوري لحقوق الإنسان"}, {"place": "Deir ez-Zor"}, {"place": "Syria"},
    {"place": "Deir ez-Zor Governorate"}, {"country": "SYR"}, {"since": "2017-09"}, {"until": "2017-09"},
    {"since": "2017-09-20", "until": "2017-10-20"}, {"killed": "0"}, {"killed": "5"}, {"hand": "1"},
    {"outlet": "وكالة رقيم للأنباء"}, {"outlet": "وكالة رقيم للأنباء", "since": "2017-10", "actor": "SDF"},
)  # fmt: skip


def wanted(archive: Archive, filter: Filter) -> set[int]:
    with archive.reading() as connection:
        return set(connection.execute(select(event.c.n).where(*filter.of_events())).scalars())


@pytest.mark.parametrize("given", FILTERS, ids=str)
def test_picks_what_the_filter_says(archive: Archive, given: dict[str, str]) -> None:
    filter = Filter.parse(given)
    columns = panorama.current(archive)
    picked = columns.pick(filter)
    assert {int(n) for n in columns.n[picked]} == wanted(archive, filter)
    found = search.events(archive, "", filter, limit=10_000)
    assert columns.newest(picked, 10_000) == [hit.n for hit in found.items]


def test_most_filters_let_something_through(archive: Archive) -> None:
    assert sum(bool(wanted(archive, Filter.parse(f))) for f in FILTERS) >= len(FILTERS) - 3


def test_counts(archive: Archive) -> None:
    columns = panorama.current(archive)
    filter = Filter.parse({"since": "2017"})
    picked = columns.pick(filter)
    events = [hit.event for hit in search.events(archive, "", filter, limit=10_000).items]
    assert dict(columns.count("type", picked)) == Counter(e.type for e in events)
    actors = Counter(i for e in events for i in {a.id for a in (*e.actors, *e.recipients)})
    assert dict(columns.count("actor", picked)) == actors
    assert dict(columns.count("narrator", picked)) == Counter(i for e in events for i in {a.id for a in e.chain})
    assert dict(columns.count("country", picked)) == Counter(c for e in events for c in {p.country for p in e.places})
    assert sum(n for _, n in columns.times(picked, months=True)) == sum(
        n for _, n in columns.times(picked, months=False)
    )
    located = [e for e in events if e.places and e.places[0].lat is not None]
    assert sum(p.events for p in columns.points(picked)) == len(located)
    assert columns.reports(picked) == len({h.report_id for h in search.events(archive, "", filter, limit=10_000).items})


def test_only_among_some_events(archive: Archive) -> None:
    columns = panorama.current(archive)
    some = [int(n) for n in columns.n[:5]]
    assert columns.newest(columns.pick(Filter(), some), 10) and int(columns.pick(Filter(), some).sum()) == 5
    assert not columns.pick(Filter(), []).any()


def test_made_anew_when_a_record_is_corrected(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "b.db", create=True) as archive:
        assert not panorama.current(archive).pick(Filter()).any()
        archive.add(r for r in list(read([str(EXAMPLES)]))[:4] if isinstance(r, Report))
        before = panorama.current(archive)
        assert panorama.current(archive) is before
        hit = search.events(archive, "", limit=1).items[0]
        corrections.make(archive, hit.report_id, "reject", "hand", machine=hit.event)
        after = panorama.current(archive)
        assert after.pick(Filter()).sum() == before.pick(Filter()).sum() - 1
