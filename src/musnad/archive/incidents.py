"""Incidents: the same event told by several mentions and reports, with its accounts.

`refresh` takes in the reports that came in or changed. What each says of one event is a telling; fresh tellings are
compared with those that share a block, and only what they are connected with is joined anew. The result depends on
the reports alone, not on their order. The scheme is in joining.py.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Column, Connection, Table, delete, func, insert, select

from musnad.archive import joining
from musnad.archive.flat import in_parts
from musnad.archive.mentions import JOINED, LARGE, Mention, Reading, mention, merged
from musnad.archive.stale import work_off
from musnad.archive.tables import (
    event,
    incident,
    incident_event,
    report,
    telling,
    telling_block,
    telling_pair,
)
from musnad.record import Control, Event
from musnad.sides import side

if TYPE_CHECKING:
    from musnad.archive.archive import Archive
    from musnad.archive.query import Filter

PART = 400
"""Stale reports taken in one transaction."""


@dataclass(frozen=True)
class Account:
    """One mention's account of an incident: the report that tells it, its event, and on whose word."""

    report_n: int
    report_id: str
    outlet: str | None
    published: str | None
    title: str
    event: Event
    source: str
    reprint: bool


@dataclass(frozen=True)
class Difference:
    """A point on which accounts differ: the versions, each with the accounts that tell it (indexes)."""

    point: str
    versions: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Incident:
    """An incident. Days are ISO, coordinates degrees (WGS 84). `disputed` lists points on which accounts differ."""

    n: int
    key: str
    type: str
    mode: str | None
    day_from: str | None
    day_to: str | None
    place_name: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision_km: float | None
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    mentions: int
    reports: int
    chains: int
    denied: bool
    disputed: tuple[str, ...]
    first_published: str | None
    last_published: str | None


# ---- bringing up to date


def refresh(archive: Archive) -> None:
    """Take in all stale reports. Stopped in the middle, it goes on where it was when called again."""
    work_off(archive, "incident", PART, _take_in)


@dataclass(frozen=True)
class _Telling:
    """What one report says of one event: as one mention, and the numbers of its events."""

    mention: Mention
    events: tuple[int, ...]


_decode = msgspec.json.Decoder(_Telling).decode


def _take_in(connection: Connection, reports: list[int]) -> None:
    """Make the tellings of some reports anew, compare them within their blocks, and join what they touch."""
    old = connection.execute(select(telling.c.n).where(telling.c.report_n.in_(reports))).scalars().all()
    touched = _beside(connection, old)
    blocks = set(_column(connection, telling_block.c.block, telling_block.c.telling_n, old))
    crowded = {block for block, many in _sizes(connection, blocks).items() if many > joining.CROWDED}
    _delete(connection, telling_pair, telling_pair.c.a, old)
    _delete(connection, telling_pair, telling_pair.c.b, old)
    _delete(connection, telling_block, telling_block.c.telling_n, old)
    _delete(connection, telling, telling.c.n, old)
    touched -= set(old)
    fresh = _tell(connection, reports)
    touched |= set(fresh)
    blocks |= set(_column(connection, telling_block.c.block, telling_block.c.telling_n, fresh))
    touched |= _compare(connection, set(fresh), blocks, crowded)
    component = _connected(connection, touched)
    known = _read(connection, component)
    edges = [
        (r.a, r.b, r.worth)
        for part in in_parts(component)
        for r in connection.execute(select(telling_pair).where(telling_pair.c.a.in_(part)))
    ]
    groups = joining.groups([t.mention for t in known.values()], edges)
    events = sorted(x for t in known.values() for x in t.events)
    _drop(connection, set(_incidents_of(connection, events).values()))
    _write(connection, [sorted(x for m in group for x in known[m.n].events) for group in groups])


def _tell(connection: Connection, reports: Sequence[int]) -> list[int]:
    """Write the tellings of reports, and the blocks in which they meet others."""
    last = connection.execute(select(func.coalesce(func.max(telling.c.n), 0))).scalar_one()
    rows: list[dict[str, Any]] = []
    met: list[dict[str, Any]] = []
    for report_n, told in mentions(connection, reports).items():
        for group in joining.within(told):
            last += 1
            m = replace(merged(group), n=last)
            data = msgspec.json.encode(_Telling(m, tuple(sorted(x.n for x in group)))).decode()
            rows.append({"n": last, "report_n": report_n, "data": data})
            met.extend({"block": block, "telling_n": last} for block in joining.blocks(m))
    if rows:
        connection.execute(insert(telling), rows)
    if met:
        connection.execute(insert(telling_block), met)
    return [row["n"] for row in rows]


def _compare(connection: Connection, fresh: set[int], blocks: set[str], crowded: set[str]) -> set[int]:
    """Write the pairs that fresh tellings form in their blocks. A block that is crowded, or was, is compared anew as
    a whole. Returns the tellings whose pairs changed."""
    sizes = _sizes(connection, blocks)
    whole = {b for b, many in sizes.items() if many > joining.CROWDED} | crowded
    members: dict[str, list[int]] = {}
    for part in in_parts(sorted(blocks)):
        for r in connection.execute(
            select(telling_block).where(telling_block.c.block.in_(part)).order_by(telling_block.c.telling_n)
        ):
            members.setdefault(r.block, []).append(r.telling_n)
    known = _read(connection, {n for inside in members.values() for n in inside})
    changed: set[int] = set()
    found: list[dict[str, Any]] = []
    for block, inside in sorted(members.items()):
        told = [known[n].mention for n in inside]
        pairs = {(a, b): worth for a, b, worth in joining.pairs(told, None if block in whole else fresh)}
        if block in whole:
            asked = select(telling_pair.c.a, telling_pair.c.b).where(telling_pair.c.block == block)
            before = {(r.a, r.b) for r in connection.execute(asked)}
            gone = before - pairs.keys()
            if gone:
                connection.execute(delete(telling_pair).where(telling_pair.c.block == block))
                before = set()
            changed.update(n for pair in gone for n in pair)
            pairs = {pair: worth for pair, worth in pairs.items() if pair not in before}
        found += [{"a": a, "b": b, "block": block, "worth": worth} for (a, b), worth in pairs.items()]
        changed.update(n for pair in pairs if not fresh.isdisjoint(pair) or block in whole for n in pair)
    if found:
        connection.execute(insert(telling_pair), found)
    return changed


def _connected(connection: Connection, start: set[int]) -> set[int]:
    """All tellings that pairs connect with some."""
    seen, todo = set(start), set(start)
    while todo:
        todo = _beside(connection, todo) - seen
        seen |= todo
    return seen


def _beside(connection: Connection, some: Iterable[int]) -> set[int]:
    """The tellings that form a pair with one of some."""
    some = sorted(some)
    return set(_column(connection, telling_pair.c.b, telling_pair.c.a, some)) | set(
        _column(connection, telling_pair.c.a, telling_pair.c.b, some)
    )


def _read(connection: Connection, numbers: Iterable[int]) -> dict[int, _Telling]:
    out: dict[int, _Telling] = {}
    for part in in_parts(sorted(numbers)):
        for r in connection.execute(select(telling.c.n, telling.c.data).where(telling.c.n.in_(part))):
            out[r.n] = _decode(r.data)
    return out


def _sizes(connection: Connection, blocks: Iterable[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for part in in_parts(sorted(blocks)):
        asked = select(telling_block.c.block, func.count()).where(telling_block.c.block.in_(part))
        out.update((r[0], r[1]) for r in connection.execute(asked.group_by(telling_block.c.block)))
    return out


def _column(connection: Connection, wanted: Column[Any], key: Column[Any], values: Iterable[Any]) -> list[Any]:
    return [
        x
        for part in in_parts(sorted(values))
        for x in connection.execute(select(wanted).where(key.in_(part)).distinct()).scalars()
    ]


def _delete(connection: Connection, table: Table, key: Column[Any], values: Iterable[Any]) -> None:
    for part in in_parts(sorted(values)):
        connection.execute(delete(table).where(key.in_(part)))


def _incidents_of(connection: Connection, events: Sequence[int]) -> dict[int, int]:
    out: dict[int, int] = {}
    for part in in_parts(events):
        asked = select(incident_event.c.event_n, incident_event.c.incident_n).where(incident_event.c.event_n.in_(part))
        out.update((r.event_n, r.incident_n) for r in connection.execute(asked))
    return out


def _members(connection: Connection, incidents: Iterable[int]) -> list[int]:
    return list(
        connection.execute(
            select(incident_event.c.event_n).where(incident_event.c.incident_n.in_(sorted(incidents)))
        ).scalars()
    )


def _drop(connection: Connection, incidents: Iterable[int]) -> None:
    gone = sorted(incidents)
    _delete(connection, incident_event, incident_event.c.incident_n, gone)
    _delete(connection, incident, incident.c.n, gone)


def mentions(connection: Connection, reports: Iterable[int]) -> dict[int, list[Mention]]:
    """The mentions of reports that can be joined, by the report's number."""
    out: dict[int, list[Mention]] = {}
    for part in in_parts(sorted(reports)):
        reading: tuple[int, Reading] | None = None
        for e in connection.execute(
            select(
                event.c.n, event.c.report_n, event.c.data, report.c.id, report.c.body, report.c.published,
                report.c.day_from, report.c.day_to,
            )
            .join(report, report.c.n == event.c.report_n)
            .where(event.c.report_n.in_(part), event.c.status.in_(sorted(JOINED)))
            .order_by(event.c.report_n, event.c.start, event.c.n)
        ):  # fmt: skip
            told = msgspec.json.decode(e.data, type=Event)
            if reading is None or reading[0] != e.report_n:
                reading = e.report_n, Reading(e.body)
            m = mention(e.n, e.id, told, reading[1], e.published, e.day_from, e.day_to)
            out.setdefault(e.report_n, []).append(m)
    return out


def _toll(low: int | None, high: int | None) -> tuple[int, int | None] | None:
    return None if low is None else (low, high)


def _write(connection: Connection, groups: Sequence[list[int]]) -> None:
    last = connection.execute(select(func.coalesce(func.max(incident.c.n), 0))).scalar_one()
    rows: list[dict[str, Any]] = []
    links: list[dict[str, int]] = []
    tells = _accounts(connection, [x for g in groups for x in g])
    for n, group in enumerate(sorted(groups), last + 1):
        accounts = [tells[x] for x in group]
        rows.append({"n": n, **summary(accounts)})
        links.extend({"event_n": x, "incident_n": n} for x in group)
    if rows:
        connection.execute(insert(incident), rows)
        connection.execute(insert(incident_event), links)


# ---- accounts


def _accounts(connection: Connection, numbers: Iterable[int]) -> dict[int, Account]:
    out: dict[int, Account] = {}
    for part in in_parts(sorted(numbers)):
        for r in connection.execute(
            select(
                event.c.n, event.c.data, report.c.n.label("report_n"), report.c.id, report.c.outlet,
                report.c.published, report.c.title, report.c.reprint_of,
            )
            .join(report, report.c.n == event.c.report_n)
            .where(event.c.n.in_(part))
        ):  # fmt: skip
            e = msgspec.json.decode(r.data, type=Event)
            out[r.n] = Account(
                r.report_n, r.id, r.outlet, r.published, r.title, e, source(e, r.outlet, r.reprint_of or r.report_n),
                r.reprint_of is not None,
            )  # fmt: skip
    return out


def source(e: Event | Control, outlet: str | None, group: int) -> str:
    """On whose word an account stands: the innermost narrator who has a name, else the outlet (or the group of
    reprints). Two accounts with one source are not independent."""
    for narrator in reversed(e.chain):
        if narrator.id and narrator.id != "ANON":
            return side(narrator.id)
    return f"outlet:{outlet}" if outlet else f"report:{group}"


def summary(accounts: Sequence[Account]) -> dict[str, Any]:
    """The columns of an incident, from its accounts in any order."""
    told = sorted(accounts, key=lambda a: (a.published or "9999", a.report_id, a.event.trigger.start))
    types = Counter(a.event.type for a in told)
    modes = Counter(a.event.mode for a in told if a.event.mode and a.event.mode != "other")
    mode = min(modes, key=lambda m: (-modes[m], m)) if modes else told[0].event.mode
    from musnad.archive.flat import days

    dated = [days(a.event.date) for a in told if a.event.date]
    narrow = Counter(d for d in dated if d[0] == d[1]) or Counter(dated)
    first, last = min(narrow, key=lambda d: (-narrow[d], d)) if narrow else (None, None)
    spots = Counter((p.name, p.country) for a in told for p in a.event.places)
    best = None
    if spots:
        every = {(p.name, p.country): p for a in reversed(told) for p in a.event.places}
        best = every[min(spots, key=lambda k: (every[k].kind in LARGE, -spots[k], every[k].precision_km or 999, k))]
    names = {a.report_id for a in told if not a.reprint}
    denied = any(a.event.status == "denied" and a.event.chain for a in told)  # a plain negation denies nothing
    published = sorted(a.published for a in told if a.published)
    killed, injured = _span([a.event.killed for a in told]), _span([a.event.injured for a in told])
    lead = told[0]
    return {
        "key": hashlib.sha256(f"{lead.report_id}\0{lead.event.trigger.start}".encode()).hexdigest()[:12],
        "type": min(types, key=lambda t: (-types[t], t)), "mode": mode, "day_from": first, "day_to": last,
        "place_name": best.name if best else None, "country": best.country if best else None,
        "lat": best.lat if best else None, "lon": best.lon if best else None,
        "precision_km": best.precision_km if best else None, "killed_min": killed[0] if killed else None,
        "killed_max": killed[1] if killed else None, "injured_min": injured[0] if injured else None,
        "injured_max": injured[1] if injured else None, "mentions": len(told), "reports": len(names) or 1,
        "chains": len({a.source for a in told}), "denied": denied,
        "disputed": ",".join(d.point for d in differences(told)),
        "first_published": published[0] if published else None, "last_published": published[-1] if published else None,
    }  # fmt: skip


def _span(tolls: Iterable[tuple[int, int | None] | None]) -> tuple[int, int | None] | None:
    told = [t for t in tolls if t]
    if not told:
        return None
    return min(t[0] for t in told), None if any(t[1] is None for t in told) else max(t[1] or 0 for t in told)


def differences(accounts: Sequence[Account]) -> list[Difference]:
    """The points on which accounts differ: whether it happened, the doer, the toll, the place."""
    out: list[Difference] = []

    def compare(point: str, tells: list[tuple[str, int]], apart: bool) -> None:
        versions: dict[str, list[int]] = {}
        for version, k in tells:
            versions.setdefault(version, []).append(k)
        if apart and len(versions) > 1:
            out.append(Difference(point, tuple((v, tuple(ks)) for v, ks in sorted(versions.items()))))

    happened = [("denied" if a.event.status == "denied" else "told", k) for k, a in enumerate(accounts)]
    compare("happened", happened, True)
    doers = [(frozenset(side(x.id) for x in a.event.actors), k) for k, a in enumerate(accounts) if a.event.actors]
    split = any(not x & y for x, _ in doers for y, _ in doers)
    compare("doer", [(", ".join(sorted(x)), k) for x, k in doers], split)
    tolls = [(a.event.killed, k) for k, a in enumerate(accounts) if a.event.killed]
    apart = any((x[1] is not None and x[1] < y[0]) for x, _ in tolls for y, _ in tolls)
    compare("toll", [(_count(t), k) for t, k in tolls], apart)
    spots = [(frozenset(p.name for p in a.event.places if p.kind not in LARGE), k) for k, a in enumerate(accounts)]
    spots = [(s, k) for s, k in spots if s]
    far = any(not x & y for x, _ in spots for y, _ in spots)
    compare("place", [(", ".join(sorted(s)), k) for s, k in spots], far)
    return out


def _count(t: tuple[int, int | None]) -> str:
    return f"{t[0]}" if t[0] == t[1] else f"{t[0]}+" if t[1] is None else f"{t[0]}–{t[1]}"


# ---- asking


def find(
    archive: Archive, filter: Filter | None = None, *, limit: int = 50, offset: int = 0, least: int = 1,
    disputed: bool = False, query: str = "",
) -> list[Incident]:  # fmt: skip
    """Incidents that hold an event which a filter lets through, newest first. `least` is the least number of
    reports; `disputed` asks for those whose accounts contradict each other; `query` are words that a report of such an
    event must hold."""
    numbers = _numbers(archive, filter, query, least, disputed)[offset : offset + limit]
    with archive.reading() as connection:
        found = {r.n: _as_incident(r) for r in connection.execute(select(incident).where(incident.c.n.in_(numbers)))}
    return [found[n] for n in numbers if n in found]


def _numbers(archive: Archive, filter: Filter | None, query: str, least: int, disputed: bool = False) -> list[int]:
    from musnad.archive import panorama

    columns = panorama.current(archive)
    every = (filter is None or not filter.of_events()) and not query.strip()
    return columns.incidents(
        None if every else columns.see(archive, filter, query), least=least, disputed=disputed
    )  # fmt: skip


def count(archive: Archive, filter: Filter | None = None, *, least: int = 1, query: str = "") -> int:
    """How many incidents `find` would give in all."""
    return len(_numbers(archive, filter, query, least))


def read(archive: Archive, key: str) -> tuple[Incident, list[Account], list[Difference]] | None:
    """An incident by its key, with its accounts in order of publication and the points on which they differ."""
    with archive.reading() as connection:
        row = connection.execute(select(incident).where(incident.c.key == key)).one_or_none()
        if row is None:
            return None
        tells = _accounts(connection, _members(connection, [row.n]))
    accounts = sorted(tells.values(), key=lambda a: (a.published or "9999", a.report_id, a.event.trigger.start))
    return _as_incident(row), accounts, differences(accounts)


def of_events(archive: Archive, numbers: Iterable[int]) -> dict[int, str]:
    """The keys of the incidents that events belong to, by the events' numbers."""
    with archive.reading() as connection:
        return {
            r.event_n: r.key
            for r in connection.execute(
                select(incident_event.c.event_n, incident.c.key)
                .join(incident, incident.c.n == incident_event.c.incident_n)
                .where(incident_event.c.event_n.in_(list(numbers)))
            )
        }


def _as_incident(r: Any) -> Incident:
    return Incident(
        r.n, r.key, r.type, r.mode, r.day_from, r.day_to, r.place_name, r.country, r.lat, r.lon, r.precision_km,
        _toll(r.killed_min, r.killed_max), _toll(r.injured_min, r.injured_max), r.mentions, r.reports, r.chains,
        r.denied, tuple(p for p in r.disputed.split(",") if p), r.first_published, r.last_published,
    )  # fmt: skip
