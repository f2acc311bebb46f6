"""What pages ask beside search and incidents: counts of what a filter lets through, by day, place, kind and party."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, select

from musnad.archive import panorama, search
from musnad.archive.incidents import of_events
from musnad.archive.panorama import Mask, Panorama
from musnad.archive.query import Filter, actor_ids
from musnad.archive.search import EventHit
from musnad.archive.tables import correction, event, holding, incident_event, party, reading, report
from musnad.record import Event

if TYPE_CHECKING:
    from musnad.archive.archive import Archive


@dataclass(frozen=True)
class Spot:
    """A place and how many events a filter lets through there. Coordinates are degrees (WGS 84)."""

    name: str
    country: str | None
    lat: float
    lon: float
    events: int


@dataclass(frozen=True)
class Word:
    """What an outlet calls a party, and how often."""

    outlet: str
    text: str
    times: int


def spots(archive: Archive, filter: Filter | None = None, query: str = "", *, limit: int = 600) -> list[Spot]:
    """The places of events, most events first."""
    columns, seen = view(archive, filter, query)
    return [Spot(p.name, p.country, p.lat, p.lon, p.events) for p in columns.points(seen) if p.name][:limit]


def view(archive: Archive, filter: Filter | None = None, query: str = "") -> tuple[Panorama, Mask]:
    """The archive's events as columns, and which of them a filter lets through in reports that a query finds."""
    columns = panorama.current(archive)
    return columns, columns.see(archive, filter, query)


def months(archive: Archive, filter: Filter | None = None, query: str = "") -> list[tuple[str, int]]:
    """How many events began in each month (2017-09), in order; what has no day is left out."""
    columns, seen = view(archive, filter, query)
    return columns.times(seen, months=True)


def days(archive: Archive, filter: Filter | None = None, query: str = "") -> list[tuple[str, int]]:
    """How many events began on each day, in order."""
    columns, seen = view(archive, filter, query)
    return columns.times(seen, months=False)


def kinds(archive: Archive, filter: Filter | None = None, query: str = "") -> list[tuple[str, int]]:
    """How many events are of each type, most first."""
    columns, seen = view(archive, filter, query)
    return columns.count("type", seen)


def statuses(archive: Archive, filter: Filter | None = None, query: str = "") -> list[tuple[str, int]]:
    """How many events are told in each status, most first."""
    columns, seen = view(archive, filter, query)
    return columns.count("status", seen)


def total(archive: Archive, filter: Filter | None = None, query: str = "") -> int:
    """How many events a filter lets through, in reports that a query in words finds."""
    return int(view(archive, filter, query)[1].sum())


def reports(archive: Archive, filter: Filter | None = None, query: str = "") -> int:
    """How many reports a filter lets through: those with such an event, or all where it asks nothing of events."""
    asked = filter or Filter()
    if asked == Filter(since=asked.since, until=asked.until, outlet=asked.outlet):
        return search.reports(archive, query, asked, limit=1).total
    columns, seen = view(archive, asked, query)
    return columns.reports(seen)


def newest(
    archive: Archive, filter: Filter | None = None, query: str = "", *, limit: int = 40, offset: int = 0
) -> list[EventHit]:
    """The events that a filter lets through, newest first."""
    columns, seen = view(archive, filter, query)
    numbers = columns.newest(seen, limit, offset)
    asked = (
        select(event.c.n, event.c.data, report.c.id, report.c.title, report.c.outlet, report.c.published)
        .join(report, report.c.n == event.c.report_n)
        .where(event.c.n.in_(numbers))
    )
    with archive.reading() as connection:
        found = {
            r.n: EventHit(r.n, msgspec.json.decode(r.data, type=Event), r.id, r.title, r.outlet, r.published)
            for r in connection.execute(asked)
        }
    return [found[n] for n in numbers if n in found]


def outlets(archive: Archive) -> list[tuple[str, int]]:
    """The outlets and how many reports the archive has of each, most first."""
    many = func.count()
    asked = select(report.c.outlet, many).where(report.c.outlet.is_not(None)).group_by(report.c.outlet)
    with archive.reading() as connection:
        return [(r[0], r[1]) for r in connection.execute(asked.order_by(many.desc(), report.c.outlet))]


def parties(
    archive: Archive, filter: Filter | None = None, *, role: str = "actor", limit: int = 20
) -> list[tuple[str, int]]:
    """The parties of events in a role and how often each stands there, most often first."""
    columns, seen = view(archive, filter)
    return columns.parties(seen, role)[:limit]


def names_by_outlet(archive: Archive, actor: str, *, limit: int = 60) -> list[Word]:
    """The words by which outlets call a party (id or name), most often first."""
    many = func.count()
    named = func.coalesce(report.c.outlet, "")
    asked = (
        select(named, party.c.text, many)
        .join(report, report.c.n == party.c.report_n)
        .where(party.c.actor.in_(actor_ids(actor)))
        .group_by(named, party.c.text)
        .order_by(many.desc(), named, party.c.text)
        .limit(limit)
    )
    with archive.reading() as connection:
        return [Word(*r) for r in connection.execute(asked)]


def incident_keys(archive: Archive, report_n: int) -> dict[str, str]:
    """The keys of the incidents that the events of a report belong to, by the events' ids."""
    with archive.reading() as connection:
        asked = select(event.c.n, event.c.id).where(event.c.report_n == report_n)
        ids = {r.n: r.id for r in connection.execute(asked)}
    return {ids[n]: key for n, key in of_events(archive, ids).items()}


@dataclass(frozen=True)
class Parts:
    """What a list shows of an incident beside its row: who acts on whom (ids, most often told first), the words of its
    mentions, and the title of the report that told it first."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    words: tuple[str, ...]
    title: str


def parts(archive: Archive, incidents: list[int]) -> dict[int, Parts]:
    """The parts of some incidents, by the incidents' numbers."""
    ids: dict[tuple[int, str], Counter[str]] = {}
    words: dict[int, dict[str, None]] = {}
    titles: dict[int, str] = {}
    member = select(incident_event.c.event_n, incident_event.c.incident_n)
    with archive.reading() as connection:
        of = {r[0]: r[1] for r in connection.execute(member.where(incident_event.c.incident_n.in_(incidents)))}
        # the events are named one by one: else the backend walks through all parties of all events
        numbers = sorted(of)
        for at in range(0, len(numbers), 500):
            some = numbers[at : at + 500]
            who = select(party.c.of_n, party.c.role, party.c.actor).where(
                party.c.kind == "event", party.c.of_n.in_(some), party.c.role.in_(("actor", "recipient"))
            )
            for n, role, actor in connection.execute(who):
                ids.setdefault((of[n], role), Counter())[actor] += 1
            told = (
                select(event.c.n, event.c.trigger, report.c.title)
                .join(report, report.c.n == event.c.report_n)
                .where(event.c.n.in_(some))
                .order_by(report.c.published.asc().nulls_last(), event.c.n)
            )
            for n, trigger, title in connection.execute(told):
                words.setdefault(of[n], {})[trigger] = None
                titles.setdefault(of[n], title)

    def parties(n: int, role: str) -> tuple[str, ...]:
        return tuple(i for i, _ in sorted(ids.get((n, role), Counter()).items(), key=lambda x: (-x[1], x[0])))

    return {n: Parts(parties(n, "actor"), parties(n, "recipient"), tuple(words[n])[:4], titles[n]) for n in words}


@dataclass(frozen=True)
class Draft:
    """A record that no analyst has spoken of: an event of a report, with how sure the coder is (0 to 1)."""

    report_n: int
    report_id: str
    event_id: str
    confidence: float | None


def drafts(archive: Archive, *, limit: int = 50, skip: str = "") -> list[Draft]:
    """Events that no analyst has spoken of and no two are reading, least certain first; `skip` is the REPORT#RECORD
    after which to go on."""
    e = event.c
    asked = (
        select(e.report_n, report.c.id, e.id, e.confidence)
        .join(report, report.c.n == e.report_n)
        .where(e.hand.is_(None), report.c.id.not_in(select(reading.c.report_id).where(reading.c.done_at.is_(None))))
        .order_by(e.confidence.asc().nulls_first(), e.n)
    )
    here = _place_in_queue(archive, skip) if skip else None
    if here is not None:
        sure, n = here
        if sure is None:
            asked = asked.where(e.confidence.is_not(None) | (e.n > n))
        else:
            asked = asked.where((e.confidence > sure) | ((e.confidence == sure) & (e.n > n)))
    with archive.reading() as connection:
        return [Draft(*r) for r in connection.execute(asked.limit(limit))]


def _place_in_queue(archive: Archive, address: str) -> tuple[float | None, int] | None:
    report_id, _, name = address.rpartition("#")
    asked = (
        select(event.c.confidence, event.c.n)
        .join(report, report.c.n == event.c.report_n)
        .where(report.c.id == report_id, event.c.id == name)
    )
    with archive.reading() as connection:
        row = connection.execute(asked).one_or_none()
    return (row[0], int(row[1])) if row else None


def progress(archive: Archive, day: str) -> tuple[int, int, int]:
    """Corrections made on a day (UTC, ISO), events spoken of in all, and all events."""
    with archive.reading() as connection:
        today = connection.execute(
            select(func.count()).select_from(correction).where(correction.c.made_at.startswith(day))
        ).scalar_one()
        spoken = connection.execute(
            select(func.count()).select_from(event).where(event.c.hand.is_not(None))
        ).scalar_one()
        every = connection.execute(select(func.count()).select_from(event)).scalar_one()
    return today, spoken, every


def span(archive: Archive) -> tuple[str, str] | None:
    """First and last day of which a statement of control speaks."""
    with archive.reading() as connection:
        row = connection.execute(select(func.min(holding.c.day_from), func.max(holding.c.day_to))).one()
    return (row[0], row[1]) if row[0] and row[1] else None


def alone(archive: Archive, outlet: str) -> tuple[int, int]:
    """Of the incidents that an outlet tells: how many it tells alone, and how many in all."""
    return panorama.current(archive).alone(outlet)
