"""One flat row for each event, control record and tie, safe to open in a spreadsheet.

Reports come from anywhere, and a spreadsheet runs a cell that begins with `=`. Such cells get an apostrophe in front.
Lines end in CR LF, as RFC 4180 has it, so that either character inside a cell is quoted.
Lists are joined by ` | `; chains by ` < `, outermost narrator first.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from musnad.record import Actor, CodedReport, Control, Event, Place, Tie, Toll

CSV_COLUMNS = (
    "report", "outlet", "published", "record", "kind", "type", "mode", "trigger", "start", "end",
    "actor_ids", "actors", "recipient_ids", "recipients", "places", "place_words", "countries", "lat", "lon",
    "date", "killed_min", "killed_max", "injured_min", "injured_max", "status", "chain_ids", "chain", "because", "note",
)  # fmt: skip
_FORMULA = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
Cell = str | int | float | None


def rows(coded: CodedReport) -> Iterator[dict[str, Cell]]:
    """The records of a report as flat rows with the names of CSV_COLUMNS: events, then control, then ties."""
    same: dict[str, Cell] = {
        "report": coded.id, "outlet": coded.outlet, "published": coded.published, "note": coded.note,
    }  # fmt: skip
    for event in coded.events:
        yield same | _event(event)
    for control in coded.control:
        yield same | _control(control)
    for tie in coded.ties:
        yield same | _tie(tie)


def header() -> str:
    """The first line of the table."""
    return _line(CSV_COLUMNS)


def csv_line(row: dict[str, Cell]) -> str:
    """One row as a CSV line. A cell that a spreadsheet would run is given an apostrophe in front."""
    return _line([guarded(row.get(name)) for name in CSV_COLUMNS])


def _line(cells: Iterable[Cell]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def guarded(cell: Cell) -> Cell:
    """A cell as it may stand in a table: what a spreadsheet would run gets an apostrophe in front."""
    if isinstance(cell, str) and _FORMULA.match(cell):
        return "'" + cell
    return cell


def _event(event: Event) -> dict[str, Cell]:
    return {
        "record": event.id, "kind": "event", "type": event.type, "mode": event.mode,
        "trigger": event.trigger.text, "start": event.trigger.start, "end": event.trigger.end,
        "actor_ids": _ids(event.actors), "actors": _words(event.actors),
        "recipient_ids": _ids(event.recipients), "recipients": _words(event.recipients),
        **_places(event.places),
        "date": event.date, **_toll("killed", event.killed), **_toll("injured", event.injured),
        "status": event.status, **_chain(event.chain), "because": " | ".join(event.because),
    }  # fmt: skip


def _control(control: Control) -> dict[str, Cell]:
    former = (control.former,) if control.former else ()
    return {
        "record": control.id, "kind": "control", "type": control.change, "mode": control.extent,
        "trigger": control.trigger.text, "start": control.trigger.start, "end": control.trigger.end,
        "actor_ids": control.holder.id, "actors": control.holder.text,
        "recipient_ids": _ids(former), "recipients": _words(former),
        **_places((control.place,)),
        "date": control.date, "status": control.status, **_chain(control.chain), "because": " | ".join(control.because),
    }  # fmt: skip


def _tie(tie: Tie) -> dict[str, Cell]:
    return {
        "record": tie.id, "kind": "tie", "type": tie.kind,
        "trigger": tie.evidence.text, "start": tie.evidence.start, "end": tie.evidence.end,
        "actor_ids": tie.a.id, "actors": tie.a.text, "recipient_ids": tie.b.id, "recipients": tie.b.text,
        "because": " | ".join(tie.because),
    }  # fmt: skip


def _ids(actors: Iterable[Actor]) -> str:
    return " | ".join(a.id for a in actors)


def _words(actors: Iterable[Actor]) -> str:
    return " | ".join(a.text for a in actors)


def _places(places: tuple[Place, ...]) -> dict[str, Cell]:
    """Names of all places; the coordinates of the first, which is the most specific."""
    return {
        "places": " | ".join(p.name for p in places),
        "place_words": " | ".join(p.text for p in places),
        "countries": " | ".join(dict.fromkeys(p.country for p in places)),
        "lat": places[0].lat if places else None,
        "lon": places[0].lon if places else None,
    }


def _toll(name: str, toll: Toll | None) -> dict[str, Cell]:
    low, high = toll or (None, None)
    return {f"{name}_min": low, f"{name}_max": high}


def _chain(chain: tuple[Actor, ...]) -> dict[str, Cell]:
    return {"chain_ids": " < ".join(a.id for a in chain), "chain": " < ".join(a.text for a in chain)}
