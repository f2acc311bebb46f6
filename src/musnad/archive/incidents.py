"""Incidents: the same event told by several mentions and reports, with its accounts.

`refresh` takes in the reports that came in or changed: it looks for their mentions' fellows within a few days and
joins, or takes apart and joins anew, only the incidents that they touch. The scheme is in joining.py.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, delete, func, insert, or_, select

from musnad.archive.joining import APART, ENOUGH, JOINED, LARGE, TOLD_LATER, Mention, Spot, day, keys, weigh
from musnad.archive.tables import event, incident, incident_event, party, place, report, stale
from musnad.record import Control, Event
from musnad.sides import side

if TYPE_CHECKING:
    from musnad.archive.archive import Archive
    from musnad.archive.query import Filter

PART = 400
"""Stale reports taken in one transaction."""
_CHUNK = 500


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
    while True:
        with archive.writing() as connection:
            rows = connection.execute(
                select(stale.c.key).where(stale.c.kind == "incident").order_by(stale.c.key).limit(PART)
            ).all()
            if not rows:
                return
            _take_in(connection, [int(r.key) for r in rows])
            connection.execute(delete(stale).where(stale.c.kind == "incident", stale.c.key.in_([r.key for r in rows])))


def _take_in(connection: Connection, reports: list[int]) -> None:
    touched = set(
        connection.execute(
            select(event.c.n).where(event.c.report_n.in_(reports), event.c.status.in_(sorted(JOINED)))
        ).scalars()
    )
    gone = set(_incidents_of(connection, sorted(touched)).values())
    if gone:  # their mentions are joined anew
        touched |= set(_members(connection, gone))
        _drop(connection, gone)
    around = _Neighbourhood(connection)
    pairs = [
        (m.n, other.n)
        for m in sorted(mentions(connection, touched), key=lambda m: (m.near, m.n))
        for other in around.of(m)
        if other.n != m.n and weigh(m, other) >= ENOUGH
    ]
    outside = sorted({b for _, b in pairs} - touched)
    whole = _incidents_of(connection, outside)
    node = {x: -i for x, i in whole.items()}  # a mention outside stands for its incident
    sets = _Sets()
    for x in sorted(touched):
        sets.root(x)
    for a, b in pairs:
        sets.join(a, node.get(b, b))
    merged = {i for i in whole.values() if sets.known(-i)}
    inside: dict[int, list[int]] = {}
    for i in sorted(merged):
        inside[-i] = _members(connection, [i])
    groups: dict[int, list[int]] = {}
    for x in sets.nodes():
        groups.setdefault(sets.root(x), []).extend(inside.get(x, [x]) if x < 0 else [x])
    _drop(connection, merged)
    _write(connection, [sorted(g) for g in groups.values()])


class _Sets:
    """Sets that grow by joining (union-find), each named by one of its nodes."""

    def __init__(self) -> None:
        self.parent: dict[int, int] = {}

    def root(self, x: int) -> int:
        """The node that names the set of `x`; a new node is a set of its own."""
        self.parent.setdefault(x, x)
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def join(self, a: int, b: int) -> None:
        """Make one set of two."""
        first, second = sorted((self.root(a), self.root(b)))
        self.parent[second] = first

    def known(self, x: int) -> bool:
        """Whether a node was met."""
        return x in self.parent

    def nodes(self) -> list[int]:
        """All nodes met, in order."""
        return sorted(self.parent)


def _incidents_of(connection: Connection, events: Sequence[int]) -> dict[int, int]:
    out: dict[int, int] = {}
    for at in range(0, len(events), _CHUNK):
        asked = select(incident_event.c.event_n, incident_event.c.incident_n).where(
            incident_event.c.event_n.in_(events[at : at + _CHUNK])
        )
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
    connection.execute(delete(incident_event).where(incident_event.c.incident_n.in_(gone)))
    connection.execute(delete(incident).where(incident.c.n.in_(gone)))


class _Neighbourhood:
    """The mentions around a day, read once and looked up by their keys."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.day = lru_cache(maxsize=12)(self._day)

    def of(self, m: Mention) -> list[Mention]:
        """The mentions that share a key with `m` on a day that fits, by number."""
        found: dict[int, Mention] = {}
        wanted = (
            [m.near]
            if m.wide
            else [(x, x) for d in range(-TOLD_LATER - APART, TOLD_LATER + APART + 1) for x in (day(m.near[0], d),)]
        )
        for near in wanted:
            index = self.day(near)
            for key in keys(m):
                for other in index.get(key, ()):
                    found[other.n] = other
        return [found[n] for n in sorted(found)]

    def _day(self, near: tuple[str, str]) -> dict[tuple[str, ...], list[Mention]]:
        numbers = self.connection.execute(
            select(event.c.n).where(
                event.c.near_from == near[0], event.c.near_to == near[1], event.c.status.in_(sorted(JOINED))
            )
        ).scalars()
        index: dict[tuple[str, ...], list[Mention]] = {}
        for m in mentions(self.connection, list(numbers)):
            for key in keys(m):
                index.setdefault(key, []).append(m)
        return index


def mentions(connection: Connection, numbers: Iterable[int]) -> list[Mention]:
    """Events as mentions, by number; those whose time nothing tells are left out."""
    wanted = sorted(numbers)
    out: list[Mention] = []
    for at in range(0, len(wanted), _CHUNK):
        part = wanted[at : at + _CHUNK]
        spots: dict[int, list[Spot]] = {}
        for p in connection.execute(
            select(place).where(place.c.kind == "event", place.c.of_n.in_(part)).order_by(place.c.of_n, place.c.rank)
        ):
            spots.setdefault(p.of_n, []).append(Spot(p.name, p.country, p.lat, p.lon, p.precision_km, p.place_kind))
        sides: dict[tuple[int, str], set[str]] = {}
        for p in connection.execute(
            select(party.c.of_n, party.c.role, party.c.side).where(party.c.kind == "event", party.c.of_n.in_(part))
        ):
            sides.setdefault((p.of_n, p.role), set()).add(p.side)
        for e in connection.execute(
            select(event, report.c.id.label("report_id"))
            .join(report, report.c.n == event.c.report_n)
            .where(event.c.n.in_(part))
            .order_by(event.c.n)
        ):
            if e.near_from is None or e.near_to is None:
                continue
            out.append(Mention(
                e.n, e.report_n, e.report_id, e.start, e.type, e.mode, e.status, (e.near_from, e.near_to),
                e.day_from is not None, tuple(spots.get(e.n, ())), frozenset(sides.get((e.n, "actor"), ())),
                frozenset(sides.get((e.n, "recipient"), ())), _toll(e.killed_min, e.killed_max),
                _toll(e.injured_min, e.injured_max),
            ))  # fmt: skip
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
    wanted = sorted(numbers)
    out: dict[int, Account] = {}
    for at in range(0, len(wanted), _CHUNK):
        for r in connection.execute(
            select(
                event.c.n, event.c.data, report.c.n.label("report_n"), report.c.id, report.c.outlet,
                report.c.published, report.c.title, report.c.reprint_of,
            )
            .join(report, report.c.n == event.c.report_n)
            .where(event.c.n.in_(wanted[at : at + _CHUNK]))
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
    denied = any(a.event.status == "denied" for a in told)
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
    disputed: bool = False,
) -> list[Incident]:  # fmt: skip
    """Incidents that hold an event which a filter lets through, newest first. `least` is the least number of
    reports; `disputed` asks for those whose accounts contradict each other."""
    asked = select(incident).where(incident.c.reports >= least)
    if filter is not None and (where := filter.of_events()):
        inner = select(incident_event.c.incident_n).join(event, event.c.n == incident_event.c.event_n).where(*where)
        asked = asked.where(incident.c.n.in_(inner.correlate(None)))
    if disputed:
        asked = asked.where(or_(incident.c.denied, incident.c.disputed != ""))
    asked = asked.order_by(
        func.coalesce(incident.c.day_from, incident.c.last_published).desc().nulls_last(), incident.c.key
    )
    with archive.reading() as connection:
        return [_as_incident(r) for r in connection.execute(asked.limit(limit).offset(offset))]


def count(archive: Archive, filter: Filter | None = None, *, least: int = 1) -> int:
    """How many incidents `find` would give in all."""
    asked = select(func.count()).select_from(incident).where(incident.c.reports >= least)
    if filter is not None and (where := filter.of_events()):
        inner = select(incident_event.c.incident_n).join(event, event.c.n == incident_event.c.event_n).where(*where)
        asked = asked.where(incident.c.n.in_(inner.correlate(None)))
    with archive.reading() as connection:
        return connection.execute(asked).scalar_one()


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
