"""A record as rows: one for each event, control, tie and presence, with its parties and places.

What is written is the effective record: the machine's, with the analysts' corrections laid over it. The rows of a
report are always made anew together.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select

from musnad.archive.tables import control, event, party, place, presence, tie
from musnad.record import Actor, CodedReport, Place
from musnad.sides import side

_encode = msgspec.json.Encoder().encode
Row = dict[str, Any]
T = TypeVar("T")
CHUNK = 500
"""Values in one IN list at most."""


def days(date: str | None) -> tuple[str | None, str | None]:
    """The first and the last day of a date: `2018-03-26`, `2018-03`, `2018`, or a range of two joined by `/`."""
    if not date:
        return None, None
    first, slash, last = date.partition("/")
    if slash:
        return days(first)[0], days(last)[1]
    parts = first[:10].split("-")
    if len(parts) == 3:
        return first[:10], first[:10]
    if len(parts) == 2:
        return f"{first}-01", f"{first}-{monthrange(int(parts[0]), int(parts[1]))[1]:02}"
    return f"{first}-01-01", f"{first}-12-31"


def in_parts(of: Iterable[T]) -> Iterator[list[T]]:
    """Values in parts that fit into one IN list."""
    every = list(of)
    for at in range(0, len(every), CHUNK):
        yield every[at : at + CHUNK]


def clear(connection: Connection, reports: Sequence[int]) -> None:
    """Take away the rows of some reports."""
    for part in in_parts(reports):
        for table in (event, control, tie, presence, party, place):
            connection.execute(delete(table).where(table.c.report_n.in_(part)))


def write(
    connection: Connection, coded: Iterable[tuple[int, CodedReport]], hands: dict[tuple[int, str], str] | None = None
) -> None:
    """Write the rows of new records. `hands` names the analyst behind a corrected record, by report and record id."""
    hands = hands or {}
    parties: list[Row] = []
    places: list[Row] = []
    rows: dict[str, list[tuple[Row, list[tuple[str, Sequence[Actor]]], Sequence[Place]]]] = {
        "event": [], "control": [], "tie": [], "presence": [],
    }  # fmt: skip
    for n, c in coded:
        for e in c.events:
            first, last = days(e.date)
            told = days(c.published[:10]) if c.published else (None, None)
            spot = e.places[0] if e.places else None
            rows["event"].append((
                {
                    "report_n": n, "id": e.id, "start": e.trigger.start, "end": e.trigger.end,
                    "trigger": e.trigger.text,
                    "type": e.type, "mode": e.mode, "day_from": first, "day_to": last,
                    "near_from": first or told[0],
                    "near_to": last or told[1], "status": e.status,
                    "killed_min": e.killed[0] if e.killed else None, "killed_max": e.killed[1] if e.killed else None,
                    "injured_min": e.injured[0] if e.injured else None,
                    "injured_max": e.injured[1] if e.injured else None,
                    "place_name": spot.name if spot else None, **_spot(spot), "confidence": e.confidence,
                    "hand": hands.get((n, e.id)), "data": _encode(e).decode(),
                },
                [("actor", e.actors), ("recipient", e.recipients), ("narrator", e.chain)], e.places,
            ))  # fmt: skip
        for x in c.control:
            first, last = days(x.date)
            rows["control"].append((
                {
                    "report_n": n, "id": x.id, "start": x.trigger.start, "end": x.trigger.end,
                    "trigger": x.trigger.text,
                    "holder": x.holder.id, "former": x.former.id if x.former else None, "place_name": x.place.name,
                    **_spot(x.place), "change": x.change, "extent": x.extent, "day_from": first, "day_to": last,
                    "status": x.status, "hand": hands.get((n, x.id)), "data": _encode(x).decode(),
                },
                [("holder", (x.holder,)), ("former", (x.former,) if x.former else ()), ("narrator", x.chain)],
                (x.place,),
            ))  # fmt: skip
        for y in c.ties:
            rows["tie"].append((
                {
                    "report_n": n, "id": y.id, "kind": y.kind, "a": y.a.id, "b": y.b.id, "start": y.evidence.start,
                    "end": y.evidence.end, "hand": hands.get((n, y.id)), "data": _encode(y).decode(),
                },
                [("a", (y.a,)), ("b", (y.b,))], (),
            ))  # fmt: skip
        for z in c.presence:
            first, last = days(z.date)
            rows["presence"].append((
                {
                    "report_n": n, "id": z.id, "actor": z.actor.id, "place_name": z.place.name, **_spot(z.place),
                    "day_from": first, "day_to": last, "data": _encode(z).decode(),
                },
                [("actor", (z.actor,)), ("narrator", z.chain)], (z.place,),
            ))  # fmt: skip
    for kind, table in (("event", event), ("control", control), ("tie", tie), ("presence", presence)):
        if not rows[kind]:
            continue
        numbers = _numbered(connection, table, [row for row, _, _ in rows[kind]])
        for of_n, (row, named, spots) in zip(numbers, rows[kind], strict=True):
            for role, actors in named:
                for rank, a in enumerate(actors):
                    parties.append({
                        "kind": kind, "of_n": of_n, "report_n": row["report_n"], "role": role, "rank": rank,
                        "actor": a.id, "side": side(a.id), "start": a.start, "end": a.end, "text": a.text,
                    })  # fmt: skip
            for rank, p in enumerate(spots):
                places.append({
                    "kind": kind, "of_n": of_n, "report_n": row["report_n"], "rank": rank, "name": p.name, **_spot(p),
                    "place_kind": p.kind, "start": p.start, "end": p.end, "text": p.text,
                })  # fmt: skip
    if parties:
        connection.execute(insert(party), parties)
    if places:
        connection.execute(insert(place), places)


def _spot(p: Place | None) -> Row:
    if p is None:
        return {"country": None, "lat": None, "lon": None, "precision_km": None}
    return {"country": p.country, "lat": p.lat, "lon": p.lon, "precision_km": p.precision_km}


def _numbered(connection: Connection, table: Table, rows: list[Row]) -> list[int]:
    """Insert rows with numbers of our own, given in order: writers take turns, so the next number is free."""
    from sqlalchemy import func

    last = connection.execute(select(func.coalesce(func.max(table.c.n), 0))).scalar_one()
    numbers = list(range(last + 1, last + 1 + len(rows)))
    connection.execute(insert(table), [row | {"n": n} for row, n in zip(rows, numbers, strict=True)])
    return numbers
