"""All events of an archive as columns in memory, so that any view of them is counted within milliseconds.

A map, a timeline and the counts beside each filter all look at every event. Over hundreds of thousands of rows that
takes a database seconds; over columns it takes milliseconds. The columns are read once and again when the archive
changed. What a filter lets through is the same as `Filter.of_events` says (a test compares the two).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, or_, select

from musnad.archive.query import Filter, actor_ids, places_meant, side_names, values
from musnad.archive.tables import coding, correction, event, incident, incident_event, party, place, report, stale

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
NEVER = -1
"""Code of a value that is missing."""
LARGE = 50_000
"""Events from which a changed archive is read anew beside the requests, not within one."""
KEPT = 48
"""Views that are kept, so that the parts of one page do not pick the same events again."""


class Words:
    """A column of texts: each row holds the code of its text, missing ones -1."""

    def __init__(self, values: Iterable[Any]) -> None:
        codes: dict[Any, int] = {}
        self.rows: Numbers = np.array(
            [NEVER if v is None else codes.setdefault(v, len(codes)) for v in values], dtype=np.int64
        )
        self.texts: list[Any] = list(codes)
        self.codes = codes

    def equal(self, text: Any) -> Mask:
        """Which rows hold a text."""
        which: Mask = self.rows == self.codes.get(text, -2)
        return which

    def among(self, texts: Iterable[Any]) -> Mask:
        """Which rows hold one of some texts."""
        return np.isin(self.rows, [self.codes[t] for t in texts if t in self.codes])

    def count(self, rows: Numbers) -> list[tuple[Any, int]]:
        """How often each text stands in some rows, most often first."""
        codes = self.rows[rows]
        counted = np.bincount(codes[codes >= 0], minlength=len(self.texts))
        found = [(self.texts[c], int(counted[c])) for c in np.flatnonzero(counted)]
        return sorted(found, key=lambda x: (-x[1], str(x[0])))


@dataclass(frozen=True)
class Point:
    """Events at one place. `lat` and `lon` are degrees (WGS 84); `type` is the type that most of them have."""

    name: str
    country: str | None
    lat: float
    lon: float
    events: int
    type: str


class Panorama:
    """The columns of an archive's events as it was at `stamp`."""

    def __init__(self, archive: Archive, stamp: tuple[Any, ...]) -> None:
        self.stamp = stamp
        with archive.reading() as connection:
            e, r = event.c, report.c
            asked = (
                select(
                    e.n, e.report_n, e.type, e.mode, e.status, e.killed_min, e.day_from, e.day_to, e.near_from, e.hand,
                    e.place_name, e.country, e.lat, e.lon, r.outlet, r.published, r.day_from, r.day_to,
                )
                .join(report, r.n == e.report_n)
                .order_by(e.n)
            )  # fmt: skip
            rows = connection.execute(asked).all()
            columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) if rows else [()] * 18
            parties = connection.execute(
                select(party.c.of_n, party.c.role, party.c.actor, party.c.side).where(party.c.kind == "event")
            ).all()
            newest_first = func.coalesce(incident.c.day_from, incident.c.last_published).desc().nulls_last()
            told = connection.execute(
                select(incident.c.n, incident.c.reports, or_(incident.c.denied, incident.c.disputed != "")).order_by(
                    newest_first, incident.c.key
                )
            ).all()
            joined = connection.execute(select(incident_event.c.event_n, incident_event.c.incident_n)).all()
            places = connection.execute(
                select(place.c.of_n, place.c.name, place.c.country).where(place.c.kind == "event")
            ).all()
        n, report_n, type_, mode, status, killed, first, last, near, hand = columns[:10]
        name, country, lat, lon, outlet, published, told_first, told_last = columns[10:]
        self.n: Numbers = np.array(n, dtype=np.int64)
        self.report_n: Numbers = np.array(report_n, dtype=np.int64)
        self.type, self.mode, self.status, self.outlet = Words(type_), Words(mode), Words(status), Words(outlet)
        self.killed: Numbers = np.array([NEVER if k is None else k for k in killed], dtype=np.int64)
        self.hand: Mask = np.array([h is not None for h in hand], dtype=np.bool_)
        self.first, self.last = _days(first), _days(last)
        self.told_first, self.told_last = _days(told_first), _days(told_last)
        self.spot = Words(
            None if x is None or y is None else (p, c, x, y) for p, c, x, y in zip(name, country, lat, lon, strict=True)
        )
        newest = np.where(self.first >= 0, self.first, _days(published))
        self.order: Numbers = np.lexsort((self.n, -newest))
        self.near = _days(near)
        self.incident: Numbers = np.array([r[0] for r in told], dtype=np.int64)
        self.tellers: Numbers = np.array([r[1] for r in told], dtype=np.int64)
        self.disputed: Mask = np.array([bool(r[2]) for r in told], dtype=np.bool_)
        rank = {i: k for k, (i, _, _) in enumerate(told)}
        of = {event_n: rank.get(i, NEVER) for event_n, i in joined}
        self.in_incident: Numbers = np.array([of.get(k, NEVER) for k in n], dtype=np.int64)
        self._picked: dict[tuple[Filter, str], Mask] = {}
        self._parties(parties)
        self._places(places)

    def _parties(self, rows: Sequence[Any]) -> None:
        of_n, role, actor, side = list(zip(*rows, strict=True)) if rows else ((),) * 4
        self.party_of: Numbers = np.searchsorted(self.n, np.array(of_n, dtype=np.int64))
        self.role, self.actor, self.side = Words(role), Words(actor), Words(side)
        self.narrates: Mask = self.role.equal("narrator")

    def _places(self, rows: Sequence[Any]) -> None:
        of_n, name, country = list(zip(*rows, strict=True)) if rows else ((),) * 3
        self.place_of: Numbers = np.searchsorted(self.n, np.array(of_n, dtype=np.int64))
        self.place, self.country = Words(zip(name, country, strict=True)), Words(country)
        self.place_name = Words(name)

    # ---- what a filter lets through

    def pick(self, filter: Filter, among: Sequence[int] | None = None) -> Mask:
        """Which events a filter lets through; with `among`, only events of these numbers."""
        out: Mask = np.ones(len(self.n), dtype=np.bool_)
        if among is not None:
            out &= np.isin(self.n, np.array(among, dtype=np.int64))
        for value, words in ((filter.mode, self.mode), (filter.status, self.status), (filter.outlet, self.outlet)):
            if value:
                out &= words.among(values(value))
        if filter.type:
            kinds = [v.partition("/") for v in values(filter.type)]
            out &= np.logical_or.reduce([
                self.type.equal(kind) & (self.mode.equal(mode) if slash else True) for kind, slash, mode in kinds
            ])  # fmt: skip
        if filter.killed is not None:
            out &= self.killed >= filter.killed if filter.killed > 0 else self.killed >= 0
        if filter.hand:
            out &= self.hand
        in_role = self.role.equal(filter.role) if filter.role else ~self.narrates
        if filter.actor:
            out &= self._any(self.party_of, self.actor.among(actor_ids(filter.actor)) & in_role)
        if filter.side:
            out &= self._any(self.party_of, self.side.among(side_names(filter.side)) & in_role)
        if filter.narrator:
            out &= self._any(self.party_of, self.actor.among(actor_ids(filter.narrator)) & self.narrates)
        if filter.place:
            out &= self._any(self.place_of, np.logical_or.reduce([self._at(v) for v in values(filter.place)]))
        if filter.country:
            out &= self._any(self.place_of, self.country.among(values(filter.country.upper())))
        if filter.since:
            day = _day(filter.since)
            out &= np.where(self.first >= 0, False, self.told_last >= day) | (self.last >= day)
        if filter.until:
            day = _day(filter.until)
            undated = (self.first < 0) & (self.told_first >= 0) & (self.told_first <= day)
            out &= undated | ((self.first >= 0) & (self.first <= day))
        return out

    def see(self, archive: Archive, filter: Filter | None, query: str = "") -> Mask:
        """Which events a filter lets through, in reports that a query in words finds. What was asked lately is kept."""
        from musnad.archive.search import saying

        key = (filter or Filter(), query.strip())
        kept = self._picked.get(key)
        if kept is None:
            among = None
            if where := saying(archive, key[1]):
                with archive.reading() as connection:
                    among = list(connection.execute(select(event.c.n).where(*where)).scalars())
            kept = self.pick(key[0], among)
            if len(self._picked) >= KEPT:
                self._picked.pop(next(iter(self._picked)), None)
            self._picked[key] = kept
        return kept

    def incidents(self, picked: Mask | None, *, least: int = 1, disputed: bool = False) -> list[int]:
        """The numbers of the incidents that hold an event picked (all when `picked` is None), newest first: those of at
        least so many reports; with `disputed`, only those whose accounts contradict each other."""
        holds: Mask = np.ones(len(self.incident), dtype=np.bool_)
        if picked is not None:
            ranks = self.in_incident[picked]
            holds = np.zeros(len(self.incident), dtype=np.bool_)
            holds[ranks[ranks >= 0]] = True
        holds &= self.tellers >= least
        if disputed:
            holds &= self.disputed
        return self.incident[holds].tolist()  # type: ignore[no-any-return]

    def alone(self, outlet: str) -> tuple[int, int]:
        """Of the incidents that an outlet tells: how many it tells alone, and how many in all. Reports that name no
        outlet count as of one."""
        told = self.in_incident >= 0
        mine = np.unique(self.in_incident[told & self.outlet.equal(outlet)])
        told &= np.isin(self.in_incident, mine)
        size = len(self.outlet.texts) + 1
        tellers = np.unique(self.in_incident[told] * size + self.outlet.rows[told] + 1) // size
        _, many = np.unique(tellers, return_counts=True)
        return int((many == 1).sum()), len(mine)

    def _any(self, of: Numbers, which: Mask) -> Mask:
        out: Mask = np.zeros(len(self.n), dtype=np.bool_)
        out[of[which]] = True
        return out

    def _at(self, named: str) -> Mask:
        country, names, of = places_meant(named)
        if country is not None:
            return self.country.equal(country)
        met = self.place_name.among(names)
        return met & self.country.equal(of) if of else met

    # ---- what is told of it

    def newest(self, picked: Mask, limit: int, offset: int = 0) -> list[int]:
        """The numbers of one page of the events picked, newest first."""
        ordered = self.order[picked[self.order]]
        return [int(n) for n in self.n[ordered[offset : offset + limit]]]

    def reports(self, picked: Mask) -> int:
        """How many reports tell the events picked."""
        return len(np.unique(self.report_n[picked]))

    def count(self, field: str, picked: Mask) -> list[tuple[str, int]]:
        """How many of the events picked have each value of a field, most first. Fields: type, mode, status, outlet,
        actor (in any role but narrator), narrator, country."""
        plain = {"type": self.type, "mode": self.mode, "status": self.status, "outlet": self.outlet}
        if field in plain:
            return plain[field].count(np.flatnonzero(picked))
        if field == "country":
            return self._once(self.country, np.flatnonzero(picked[self.place_of]), self.place_of)
        narrates = self.narrates if field == "narrator" else ~self.narrates
        return self._once(self.actor, np.flatnonzero(narrates & picked[self.party_of]), self.party_of)

    def parties(self, picked: Mask, role: str) -> list[tuple[str, int]]:
        """The parties in a role and how often each stands there, most often first."""
        return self.actor.count(np.flatnonzero(self.role.equal(role) & picked[self.party_of]))

    def times(self, picked: Mask, *, months: bool) -> list[tuple[str, int]]:
        """How many of the events picked began in each month (2017-09) or on each day, in order. What has no date counts
        when its report was published."""
        near = self.near[picked]
        near = near[near >= 0] // (100 if months else 1)
        found, counted = np.unique(near, return_counts=True)
        return [(_iso(int(m)), int(k)) for m, k in zip(found, counted, strict=True)]

    def _once(self, words: Words, rows: Numbers, of: Numbers) -> list[tuple[Any, int]]:
        """How many events hold each text, each event counted once."""
        codes = words.rows[rows]
        rows = rows[codes >= 0]
        codes = codes[codes >= 0]
        size = max(1, len(words.texts))
        once = np.unique(of[rows] * size + codes) % size
        counted = np.bincount(once, minlength=size)
        found = [(words.texts[c], int(counted[c])) for c in np.flatnonzero(counted)]
        return sorted(found, key=lambda x: (-x[1], str(x[0])))

    def points(self, picked: Mask) -> list[Point]:
        """The events picked, by their first place; the most first. Those without coordinates are left out."""
        rows = np.flatnonzero(picked & (self.spot.rows >= 0))
        kinds = max(1, len(self.type.texts))
        pairs, counted = np.unique(self.spot.rows[rows] * kinds + self.type.rows[rows], return_counts=True)
        total: dict[int, int] = {}
        most: dict[int, tuple[int, int]] = {}
        for pair, k in zip(pairs.tolist(), counted.tolist(), strict=True):
            at, kind = divmod(pair, kinds)
            total[at] = total.get(at, 0) + k
            if k > most.get(at, (0, 0))[0]:
                most[at] = (k, kind)
        return [
            Point(name, country, lat, lon, k, self.type.texts[most[at][1]])
            for at, k in sorted(total.items(), key=lambda x: (-x[1], x[0]))
            for name, country, lat, lon in [self.spot.texts[at]]
        ]


def _days(values: Sequence[str | None]) -> Numbers:
    """ISO days as numbers 20180326, missing ones -1."""
    return np.array([NEVER if v is None else _day(v) for v in values], dtype=np.int64)


def _iso(number: int) -> str:
    """20180326 as 2018-03-26, 201803 as 2018-03."""
    text = str(number)
    return "-".join(part for part in (text[:4], text[4:6], text[6:8]) if part)


def _day(iso: str) -> int:
    return int(iso[:4] + iso[5:7] + iso[8:10])


# ---- one panorama for each archive, made anew when the archive changed

_LOCK = threading.Lock()
_MADE: WeakKeyDictionary[Archive, Panorama] = WeakKeyDictionary()


def stamp(archive: Archive) -> tuple[Any, ...]:
    """What changes whenever the archive's records change."""
    with archive.reading() as connection:
        columns = (report.c.n, correction.c.n, coding.c.coded_at, event.c.n, incident.c.n)
        last = [connection.execute(select(func.max(column))).scalar_one() for column in columns]
        return (*last, connection.execute(select(func.count()).select_from(stale)).scalar_one())


def current(archive: Archive) -> Panorama:
    """The panorama of an archive as it is now. Of a large archive that changed, the one made before is given until the
    new one is ready, some seconds later."""
    now = stamp(archive)
    made = _MADE.get(archive)
    if made is not None and made.stamp == now:
        return made
    if made is not None and len(made.n) > LARGE:
        if not _LOCK.locked():
            threading.Thread(target=_make, args=(archive, now), name="panorama", daemon=True).start()
        return made
    return _make(archive, now)


def _make(archive: Archive, now: tuple[Any, ...]) -> Panorama:
    with _LOCK:
        made = _MADE.get(archive)
        if made is None or made.stamp != now:
            _MADE[archive] = made = Panorama(archive, now)
        return made
