"""Holdings: for each place, the line of who held it when, as the reports tell it.

The evidence are statements of control: `holds` observes a holder on a day, `gained` begins a stretch, `lost` ends
one, `contested` says that the place is fought over. A statement without a date counts as of the day of publication,
or of the days between which an undated page must have been published. Statements that are not told as fact (denied,
claimed as possible, planned) are kept as doubts and draw no line. A pocket or a part of a place has a line of its own.

Between two observations of one holder the place is taken as held throughout, unless nobody reports for longer than
SILENCE days. Where two parties are told to hold it at once, the stretch is contested.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection, delete, func, insert, or_, select

from musnad.archive.incidents import source
from musnad.archive.query import place_names
from musnad.archive.stale import work_off
from musnad.archive.tables import control, holding, holding_report, report
from musnad.record import Control
from musnad.sides import side

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

_SETTINGS = tomllib.loads((resources.files("musnad.archive") / "data" / "holdings.toml").read_text("utf8"))
SILENCE: int = _SETTINGS["silence_days"]
"""Days without a report after which nothing is said of a holder."""
RECENT: int = _SETTINGS["recent_days"]
"""Days within which another holder contradicts the one before instead of following it."""
FACT = ("happened", "ongoing")
PART = 400
State = Literal["held", "contested", "silent"]


@dataclass(frozen=True)
class Evidence:
    """One statement behind a stretch. Days are ISO; `quote` are the words, `start` and `end` their characters in the
    report's body; `source` names on whose word it stands."""

    report_id: str
    outlet: str | None
    published: str | None
    control: str
    holder: str
    holder_text: str
    change: str
    former: str | None
    status: str
    day_from: str
    day_to: str
    dated: bool
    quote: str
    start: int
    end: int
    source: str


@dataclass(frozen=True)
class Stretch:
    """A stretch of a place's line: `holder` from `day_from` to `day_to` (ISO days, both within it). `doubts` are
    statements that contradict it or were not told as fact."""

    place: str
    country: str | None
    lat: float | None
    lon: float | None
    precision_km: float | None
    extent: str
    holder: str | None
    state: State
    day_from: str
    day_to: str
    evidence: tuple[Evidence, ...]
    doubts: tuple[Evidence, ...]

    @property
    def claimed(self) -> bool:
        """Whether nobody but the holder says so."""
        return bool(self.evidence) and all(e.source == side(e.holder) for e in self.evidence)


# ---- the line


def line(told: Iterable[Evidence]) -> list[tuple[str | None, State, str, str, list[Evidence], list[Evidence]]]:
    """The stretches of one place from its evidence: (holder, state, first day, last day, evidence, doubts)."""
    facts = sorted((e for e in told if e.status in FACT), key=_order)
    doubts = [e for e in told if e.status not in FACT]
    if not facts:
        return []
    days = sorted({e.day_from for e in facts} | {e.day_to for e in facts})
    out: list[tuple[str | None, State, str, str, list[Evidence], list[Evidence]]] = []
    holders: dict[str, list[Evidence]] = {}  # side -> evidence of the running stretch
    names: dict[str, str] = {}
    contested: list[Evidence] = []
    began = days[0]
    last_word = days[0]

    def close(until: str) -> None:
        if (holders or contested) and began <= until:
            every = sorted((e for es in (*holders.values(), contested) for e in es), key=_order)
            state: State = "contested" if contested or len(holders) > 1 else "held"
            chief = max(holders, key=lambda s: (holders[s][-1].day_to, len(holders[s]), s)) if holders else None
            out.append((names.get(chief) if chief else None, state, began, until, every, []))

    for n, e in enumerate(facts):
        gap = _between(last_word, e.day_from)
        if (holders or contested) and gap > SILENCE:
            close(last_word)
            out.append((None, "silent", _next(last_word), _before(e.day_from), [], []))
            holders, contested, began = {}, [], e.day_from
        s = side(e.holder)
        if e.change == "gained":
            if s in holders and len(holders) == 1 and not contested:
                holders[s].append(e)
            else:
                rivals = [
                    o for k, os in holders.items() if k != s for o in os
                    if o.day_from >= e.day_from and o.change != "lost"
                ]  # fmt: skip
                if holders or contested:
                    close(_before(e.day_from))
                holders = {s: [e]}
                names[s] = e.holder
                for o in rivals:
                    holders.setdefault(side(o.holder), []).append(o)
                contested, began = [], e.day_from
        elif e.change == "lost":
            if s in holders or not holders:
                if s in holders:
                    holders[s].append(e)
                    close(e.day_from)
                    holders.pop(s)
                else:
                    out.append((e.holder, "held", e.day_from, e.day_from, [e], []))
                contested, began = [], _next(e.day_from)
            else:
                for k in holders:
                    holders[k].append(e)
                    break
        elif e.change == "contested":
            if holders and not contested:
                close(_before(e.day_from))
                began = max(began, e.day_from)
            elif not holders and not contested:
                began = e.day_from
            contested.append(e)
        else:
            names.setdefault(s, e.holder)
            if holders and s not in holders:
                later = [x for x in facts[n + 1 :] if side(x.holder) in holders and x.change in ("holds", "gained")]
                recent = any(_between(o.day_to, e.day_from) <= RECENT for os in holders.values() for o in os)
                if not later and not recent:  # the old holder is not heard of again: the place changed hands unseen
                    close(_before(e.day_from))
                    holders, contested, began = {}, [], e.day_from
                else:
                    close(_before(e.day_from))
                    began = max(began, e.day_from)
            elif not holders and not contested:
                began = e.day_from
            elif contested and not holders:
                close(_before(e.day_from))
                contested, began = [], e.day_from
            holders.setdefault(s, []).append(e)
        last_word = max(last_word, e.day_to)
    close(last_word)
    for d in sorted(doubts, key=_order):
        for stretch in out:
            if stretch[2] <= d.day_to and d.day_from <= stretch[3]:
                stretch[5].append(d)
                break
        else:
            if out:
                out[-1][5].append(d)
    return [s for s in out if s[2] <= s[3]]


def _order(e: Evidence) -> tuple[str, int, str, str, int]:
    rank = {"lost": 0, "gained": 1, "contested": 2, "holds": 3}[e.change]
    return e.day_from, rank, e.day_to, e.report_id, e.start


def _between(a: str, b: str) -> int:
    return (date.fromisoformat(b) - date.fromisoformat(a)).days


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat()


# ---- bringing up to date


def refresh(archive: Archive) -> None:
    """Make anew the lines of the places that stale reports speak of."""
    work_off(archive, "holding", PART, _take_in)


def _take_in(connection: Connection, numbers: list[int]) -> None:
    now = select(control.c.place_name, control.c.country).where(control.c.report_n.in_(numbers))
    before = (
        select(holding.c.place_name, holding.c.country)
        .join(holding_report, holding_report.c.holding_n == holding.c.n)
        .where(holding_report.c.report_n.in_(numbers))
    )
    spoken = {(r[0], r[1]) for asked in (now, before) for r in connection.execute(asked.distinct())}
    for name, country in sorted(spoken, key=lambda x: (x[0], x[1] or "")):
        _draw(connection, name, country)


def _draw(connection: Connection, name: str, country: str | None) -> None:
    connection.execute(
        delete(holding).where(holding.c.place_name == name, holding.c.country.is_not_distinct_from(country))
    )
    rows = connection.execute(
        select(
            control, report.c.id.label("report_id"), report.c.outlet, report.c.published,
            report.c.day_from.label("told_from"), report.c.day_to.label("told_to"), report.c.reprint_of,
        )
        .join(report, report.c.n == control.c.report_n)
        .where(control.c.place_name == name, control.c.country.is_not_distinct_from(country))
        .order_by(report.c.id, control.c.start)
    ).all()  # fmt: skip
    extents: dict[str, list[Any]] = {}
    for r in rows:
        extents.setdefault(r.extent, []).append(r)
    number = connection.execute(select(func.coalesce(func.max(holding.c.n), 0))).scalar_one()
    numbers = {r.report_id: r.report_n for r in rows}
    values: list[dict[str, Any]] = []
    links: list[dict[str, int]] = []
    for extent, told in sorted(extents.items()):
        spot = next((r for r in told if r.lat is not None), told[0])
        evidence = [e for r in told if (e := _evidence(r)) is not None]
        for holder, state, first, last, behind, doubts in line(evidence):
            number += 1
            links.extend(
                {"holding_n": number, "report_n": n} for n in sorted({numbers[e.report_id] for e in (*behind, *doubts)})
            )
            values.append({
                "n": number, "place_name": name, "country": country, "lat": spot.lat, "lon": spot.lon,
                "precision_km": spot.precision_km, "extent": extent, "holder": holder, "state": state,
                "day_from": first, "day_to": last,
                "data": msgspec.json.encode(
                    {"evidence": [asdict(e) for e in behind], "doubts": [asdict(e) for e in doubts]}
                ).decode(),
            })  # fmt: skip
    if values:
        connection.execute(insert(holding), values)
    if links:
        connection.execute(insert(holding_report), links)


def _evidence(r: Any) -> Evidence | None:
    first, last = (r.day_from, r.day_to) if r.day_from else (r.told_from, r.told_to)
    if first is None or last is None:
        first = last = first or last
    if first is None:
        return None
    c = msgspec.json.decode(r.data, type=Control)
    by = source(c, r.outlet, r.reprint_of or r.report_n)
    return Evidence(
        r.report_id, r.outlet, r.published, r.id, r.holder, c.holder.text, r.change, r.former, r.status, first, last,
        bool(r.day_from), r.trigger, r.start, r.end, by,
    )  # fmt: skip


# ---- asking


def ask(archive: Archive, place: str | None = None, on: str | None = None) -> list[Stretch]:
    """The line of a place, or of all places; with `on` (an ISO day) only the stretches of that day.

    Between the last word on a holder and SILENCE days later, the holder is still answered.
    """
    asked = select(holding)
    if place is not None:
        names, country = place_names(place)
        asked = asked.where(holding.c.place_name.in_(names))
        if country is not None:
            asked = asked.where(holding.c.country == country)
    if on is not None:
        grace = (date.fromisoformat(on) - timedelta(SILENCE)).isoformat()
        asked = asked.where(holding.c.day_from <= on, or_(holding.c.day_to >= on, holding.c.day_to >= grace))
    asked = asked.order_by(
        holding.c.place_name, holding.c.country, holding.c.extent, holding.c.day_from, holding.c.day_to, holding.c.n
    )
    with archive.reading() as connection:
        found = [_stretch(r) for r in connection.execute(asked)]
    if on is None:
        return found
    latest: dict[tuple[str, str | None, str], Stretch] = {}
    for s in found:
        latest[s.place, s.country, s.extent] = s
    return [s for s in latest.values() if s.day_to >= on or not (s.state == "silent" or _ended(s))]


def _ended(s: Stretch) -> bool:
    """Whether the last word on a stretch is that its holder lost the place."""
    last = s.evidence[-1] if s.evidence else None
    return last is not None and last.change == "lost" and s.holder is not None and side(last.holder) == side(s.holder)


def _stretch(r: Any) -> Stretch:
    data = msgspec.json.decode(r.data, type=dict[str, list[Evidence]])
    return Stretch(
        r.place_name, r.country, r.lat, r.lon, r.precision_km, r.extent, r.holder, r.state, r.day_from, r.day_to,
        tuple(data["evidence"]), tuple(data["doubts"]),
    )  # fmt: skip


# ---- all places at once


@dataclass(frozen=True, slots=True)
class Outline:
    """A stretch without its evidence, for maps and lists of many. `ended`: the last word is that the holder lost the
    place; `doubted`: statements contradict it or were not told as fact."""

    n: int
    place: str
    country: str | None
    lat: float | None
    lon: float | None
    extent: str
    holder: str | None
    state: State
    day_from: str
    day_to: str
    ended: bool
    doubted: bool


class _Said(msgspec.Struct):
    holder: str
    change: str


class _Behind(msgspec.Struct):
    evidence: list[_Said]
    doubts: list[_Said]


_behind = msgspec.json.Decoder(_Behind).decode
_OUTLINES: WeakKeyDictionary[Archive, tuple[tuple[Any, ...], list[Outline]]] = WeakKeyDictionary()


def outlines(archive: Archive) -> list[Outline]:
    """All stretches of all places, in order of place and time. Read once for each state of the archive."""
    from musnad.archive import panorama

    with archive.reading() as connection:
        last = connection.execute(select(func.max(holding.c.n), func.count())).one()
    now = (*panorama.stamp(archive), *last)
    made = _OUTLINES.get(archive)
    if made is None or made[0] != now:
        h = holding.c
        asked = select(
            h.n, h.place_name, h.country, h.lat, h.lon, h.extent, h.holder, h.state, h.day_from, h.day_to, h.data
        ).order_by(h.place_name, h.country, h.extent, h.day_from, h.day_to, h.n)
        with archive.reading() as connection:
            found = [Outline(*r[:10], *_ends(r.holder, r.data)) for r in connection.execute(asked)]
        _OUTLINES[archive] = made = (now, found)
    return made[1]


def _ends(holder: str | None, data: str) -> tuple[bool, bool]:
    behind = _behind(data)
    last = behind.evidence[-1] if behind.evidence else None
    ended = last is not None and last.change == "lost" and holder is not None and side(last.holder) == side(holder)
    return ended, bool(behind.doubts)


def on_day(every: Iterable[Outline], day: str) -> list[Outline]:
    """Who held which place on a day (ISO), as `ask` answers it."""
    grace = (date.fromisoformat(day) - timedelta(SILENCE)).isoformat()
    latest: dict[tuple[str, str | None, str], Outline] = {}
    for o in every:
        if o.day_from <= day and o.day_to >= grace:
            latest[o.place, o.country, o.extent] = o
    return [o for o in latest.values() if o.day_to >= day or not (o.state == "silent" or o.ended)]


def of_numbers(archive: Archive, numbers: list[int]) -> list[Stretch]:
    """Some stretches with their evidence, in the order given."""
    with archive.reading() as connection:
        found = {r.n: _stretch(r) for r in connection.execute(select(holding).where(holding.c.n.in_(numbers)))}
    return [found[n] for n in numbers if n in found]
