"""A hand-coded sheet beside the archive: which of its rows the archive tells too, where they differ, what each lacks.

A sheet has ACLED's columns, or others that a mapping names. Its rows are matched with incidents by day, place, kind
and parties; each row and each incident is matched once, best pairs first.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from musnad.archive.incidents import Incident, _as_incident
from musnad.archive.sheet_names import sides_named
from musnad.archive.tables import incident, incident_event, party
from musnad.codebook.geometry import distance_km
from musnad.errors import UsageError
from musnad.export import maps

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

NEEDED = ("event_date", "location")
KNOWN = (
    "event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2", "location", "latitude",
    "longitude", "fatalities", "notes",
)  # fmt: skip
FAR = 15.0
"""Kilometres that a sheet's point and an incident's may lie apart, beyond the incident's own precision."""
ENOUGH = 3.0


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet. `line` is its line in the file."""

    line: int
    id: str
    day: date
    kind: str
    sub_kind: str
    actors: tuple[str, ...]
    place: str
    lat: float | None
    lon: float | None
    killed: int | None


@dataclass(frozen=True)
class Pair:
    """A row and the incident that tells the same; `differ` names what they tell differently."""

    row: SheetRow
    incident: Incident
    differ: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What a sheet and an archive have in common, and what each has alone."""

    both: tuple[Pair, ...]
    sheet_only: tuple[SheetRow, ...]
    archive_only: tuple[Incident, ...]


def read_sheet(path: Path, columns: Mapping[str, str] | None = None) -> list[SheetRow]:
    """The rows of a CSV file. `columns` maps ACLED's names to the sheet's own. Raises UsageError naming line and
    column when something is missing or no date or number."""
    named = {c: c for c in KNOWN} | dict(columns or {})
    for c in columns or ():
        if c not in KNOWN:
            raise UsageError(f"--column {c}: a sheet has {', '.join(KNOWN)}")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{path}: {reason}") from error
    sample = text[:4096]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if sample.count(";") > sample.count(",") else ",")
    there = reader.fieldnames or []
    for c in NEEDED:
        if named[c] not in there:
            raise UsageError(f"{path}: no column {named[c]!r}; name it with --column {c}=NAME")
    out = []
    for cells in reader:
        line = reader.line_num

        def cell(c: str, cells: dict[str, str] = cells) -> str:
            return (cells.get(named[c]) or "").strip()

        out.append(SheetRow(
            line, cell("event_id_cnty") or f"line {line}", _day(cell("event_date"), path, line),
            cell("event_type"), cell("sub_event_type"), tuple(x for x in (cell("actor1"), cell("actor2")) if x),
            cell("location"), _number(cell("latitude"), path, line), _number(cell("longitude"), path, line),
            None if (f := _number(cell("fatalities"), path, line)) is None else int(f),
        ))  # fmt: skip
    return out


def _day(text: str, path: Path, line: int) -> date:
    for form in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y"):
        from datetime import datetime

        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise UsageError(f"{path}, line {line}: {text!r} is no date (2018-03-26, 26 March 2018 or 26/03/2018)")


def _number(text: str, path: Path, line: int) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise UsageError(f"{path}, line {line}: {text!r} is no number") from None


def compare(archive: Archive, rows: list[SheetRow]) -> Comparison:
    """Match the rows with the incidents of the same days."""
    if not rows:
        return Comparison((), (), ())
    first, last = min(r.day for r in rows), max(r.day for r in rows)
    with archive.reading() as connection:
        found = [
            _as_incident(r)
            for r in connection.execute(
                select(incident)
                .where(
                    incident.c.day_from <= (last + timedelta(1)).isoformat(),
                    incident.c.day_to >= (first - timedelta(1)).isoformat(),
                )
                .order_by(incident.c.key)
            )
        ]
        found = [i for i in found if i.day_from == i.day_to and maps.of("acled", i.type, i.mode) is not None]
        sides: dict[int, set[str]] = {}
        for p in connection.execute(
            select(incident_event.c.incident_n, party.c.side)
            .join(party, (party.c.of_n == incident_event.c.event_n) & (party.c.kind == "event"))
            .where(party.c.role.in_(("actor", "recipient")))
        ):
            sides.setdefault(p.incident_n, set()).add(p.side)
    by_day: dict[str, list[Incident]] = {}
    for i in found:
        by_day.setdefault(i.day_from or "", []).append(i)
    scored: list[tuple[float, int, str, SheetRow, Incident]] = []
    for row in rows:
        for d in (-1, 0, 1):
            for i in by_day.get((row.day + timedelta(d)).isoformat(), ()):
                weight = _weigh(row, i, sides.get(i.n, set())) - 0.5 * abs(d)
                if weight >= ENOUGH:
                    scored.append((weight, row.line, i.key, row, i))
    scored.sort(key=lambda s: (-s[0], s[1], s[2]))
    taken_rows: set[int] = set()
    taken: set[int] = set()
    both: list[Pair] = []
    for _, line, _, row, i in scored:
        if line not in taken_rows and i.n not in taken:
            taken_rows.add(line)
            taken.add(i.n)
            both.append(Pair(row, i, _differences(row, i, sides.get(i.n, set()))))
    both.sort(key=lambda p: p.row.line)
    span = [i for i in found if first.isoformat() <= (i.day_from or "") <= last.isoformat()]
    return Comparison(
        tuple(both), tuple(r for r in rows if r.line not in taken_rows), tuple(i for i in span if i.n not in taken)
    )


def _sides_of(row: SheetRow) -> list[frozenset[str]]:
    return [sides_named(a) for a in row.actors]


def _weigh(row: SheetRow, i: Incident, theirs: set[str]) -> float:
    place = 0.0
    if row.lat is not None and row.lon is not None and i.lat is not None and i.lon is not None:
        apart = distance_km(row.lat, row.lon, i.lat, i.lon)
        if apart > FAR + (i.precision_km or 0.0):
            return 0.0
        place = 2.5 if apart <= FAR else 1.5
    elif row.place and i.place_name and row.place.casefold() == i.place_name.casefold():
        place = 2.5
    kind = maps.of("acled", i.type, i.mode)
    same_kind = kind is not None and row.kind == kind["event_type"]
    met = sum(bool(s & theirs) for s in _sides_of(row))
    return place + (1.0 if same_kind else 0.0) + met


def _differences(row: SheetRow, i: Incident, theirs: set[str]) -> tuple[str, ...]:
    out = []
    if i.day_from != row.day.isoformat():
        out.append(f"day: {row.day.isoformat()} / {i.day_from}")
    kind = maps.of("acled", i.type, i.mode)
    if kind is not None and row.kind and row.kind != kind["event_type"]:
        out.append(f"kind: {row.kind} / {kind['event_type']}")
    for a, s in zip(row.actors, _sides_of(row), strict=True):
        if s and not s & theirs:
            out.append(f"party: {a} / {', '.join(sorted(theirs)) or 'nobody'}")
    if row.killed is not None and i.killed is not None:
        low, high = i.killed
        if row.killed < low or (high is not None and row.killed > high):
            out.append(f"killed: {row.killed} / {low}" + ("" if high == low else f" to {high if high else 'more'}"))
    elif row.killed and i.killed is None:
        out.append(f"killed: {row.killed} / none told")
    return tuple(out)
