"""The door of the exports: `write(archive, format, out, filter)` puts what a filter lets through into a format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import select

from musnad.archive.query import Filter
from musnad.archive.rows import Asked, Kept, kept
from musnad.archive.tables import incident, report
from musnad.errors import UsageError
from musnad.export import maps
from musnad.export.columns import columns
from musnad.export.csv_lines import guarded, rows
from musnad.export.sentences import Lang, sentence
from musnad.record import Actor, Event, Place, to_json
from musnad.show.names import country, name

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

Row = dict[str, Any]
FACT = ("happened", "ongoing")


def write(
    archive: Archive, format: str, out: BinaryIO, filter: Filter | None = None, *, lang: Lang = "en",
    what: str = "events", on: str | None = None,
    query: str = "",
) -> int:  # fmt: skip
    """Write records in a format; returns how many rows, features or lines were written.

    `query` are words that the report of a record must hold, as in search. `lang` is the language of sentences and
    sheets; `what` (events, incidents, holdings) and `on` (an ISO day) are for geojson. Raises UsageError for an unknown
    format and a query that is not understood.
    """
    asked = Asked(filter or Filter(), query)
    if format == "geojson":
        from musnad.export.geojson import write as write_geojson

        return write_geojson(archive, out, asked, what, on)
    if format not in WRITERS:
        raise UsageError(f"{format}: no such format; there are {', '.join(sorted([*WRITERS, 'geojson']))}")
    return WRITERS[format](archive, out, asked, lang)


def _joined(archive: Archive, numbers: list[int]) -> dict[int, Any]:
    """The incidents of events, by the events' numbers."""
    from musnad.archive.tables import incident_event

    out: dict[int, Any] = {}
    for at in range(0, len(numbers), 500):
        with archive.reading() as connection:
            for r in connection.execute(
                select(incident_event.c.event_n, incident)
                .join(incident, incident.c.n == incident_event.c.incident_n)
                .where(incident_event.c.event_n.in_(numbers[at : at + 500]))
            ):
                out[r.event_n] = r
    return out


def _outlets(archive: Archive, numbers: set[int]) -> dict[int, str]:
    """The outlets that tell incidents, by the incidents' numbers: in alphabetical order, joined by ;."""
    from musnad.archive.tables import event, incident_event

    asked = (
        select(incident_event.c.incident_n, report.c.outlet)
        .join(event, event.c.n == incident_event.c.event_n)
        .join(report, report.c.n == event.c.report_n)
        .where(incident_event.c.incident_n.in_(sorted(numbers)), report.c.outlet.is_not(None))
        .distinct()
    )
    told: dict[int, set[str]] = {}
    with archive.reading() as connection:
        for r in connection.execute(asked):
            told.setdefault(r.incident_n, set()).add(r.outlet)
    return {n: "; ".join(sorted(names)) for n, names in told.items()}


def _first_ids(archive: Archive, numbers: set[int]) -> dict[int, str]:
    with archive.reading() as connection:
        asked = select(report.c.n, report.c.id).where(report.c.n.in_(sorted(numbers)))
        return {r.n: r.id for r in connection.execute(asked)}


def flat_rows(archive: Archive, asked: Asked) -> Iterator[Row]:
    """All records as rows with the columns of `csv`."""
    for k in kept(archive, asked.filter, asked.query):
        incidents = _joined(archive, list(k.numbers.values()))
        first = _first_ids(archive, {k.reprint_of})[k.reprint_of] if k.reprint_of is not None else None
        for row in rows(k.coded):
            at = incidents.get(k.numbers.get(str(row["record"]), -1)) if row["kind"] == "event" else None
            yield row | {
                "title": k.report.title, "url": k.report.url, "incident": at.key if at is not None else None,
                "reprint_of": first, "hand": k.hands.get(str(row["record"])), "outlet": k.report.outlet,
                "published": k.report.published,
            }  # fmt: skip


def _events(archive: Archive, asked: Asked) -> Iterator[tuple[Kept, Event, Any]]:
    for k in kept(archive, asked.filter, asked.query):
        incidents = _joined(archive, list(k.numbers.values()))
        for e in k.coded.events:
            if e.id in k.numbers:
                yield k, e, incidents.get(k.numbers[e.id])


# ---- tables


def _csv(archive: Archive, out: BinaryIO, asked: Asked, lang: Lang) -> int:
    return _table(out, list(columns("csv")), flat_rows(archive, asked))


def _table(out: BinaryIO, names: list[str], found: Iterator[Row], *, dialect: str = "excel", mark: bool = True) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    if mark:
        text.write("\ufeff")
    writer = csv.writer(text, dialect=dialect, lineterminator="\r\n" if mark else "\n")
    writer.writerow(names)
    n = 0
    for row in found:
        writer.writerow([guarded(row.get(c)) for c in names])
        n += 1
    text.flush()
    text.detach()
    return n


def _xlsx(archive: Archive, out: BinaryIO, asked: Asked, lang: Lang) -> int:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    names = list(columns("xlsx"))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("musnad")
    sheet.sheet_view.rightToLeft = lang == "ar"
    sheet.freeze_panes = "A2"
    sheet.append(names)
    n = 0
    for row in flat_rows(archive, asked):
        cells = []
        for c in names:
            value = row.get(c)
            if isinstance(value, str):
                cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000])
                cell.data_type = "s"  # text, whatever it begins with
                cells.append(cell)
            else:
                cells.append(value)
        sheet.append(cells)
        n += 1
    book.save(out)
    return n


def _parquet(archive: Archive, out: BinaryIO, asked: Asked, lang: Lang) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = {"start", "end", "killed_min", "killed_max", "injured_min", "injured_max"}
    schema = pa.schema([
        (c, pa.int64() if c in whole else pa.float64() if c in ("lat", "lon") else pa.string())
        for c in columns("parquet")
    ])  # fmt: skip
    n = 0
    with pq.ParquetWriter(out, schema) as writer:
        part: list[Row] = []
        for row in flat_rows(archive, asked):
            part.append({c: row.get(c) for c in schema.names})
            if len(part) == 10_000:
                writer.write_table(pa.Table.from_pylist(part, schema=schema))
                n += len(part)
                part = []
        if part or not n:
            writer.write_table(pa.Table.from_pylist(part, schema=schema))
        n += len(part)
    return n


# ---- other schemes


def _acled(archive: Archive, out: BinaryIO, asked: Asked, lang: Lang) -> int:
    def found() -> Iterator[Row]:
        tellers: dict[int, str] = {}
        for k, e, at in _events(archive, asked):
            row = maps.of("acled", e.type, e.mode)
            if row is not None and e.status not in ("threatened", "demanded", "hypothetical", "planned"):
                if at is not None and at.n not in tellers:
                    tellers |= _outlets(archive, {at.n})
                outlets = tellers.get(at.n) if at is not None else None
                yield _acled_row(k, e, at, row, lang) | {"source": outlets or k.report.outlet or ""}

    return _table(out, list(columns("acled")), found())


_INTER = {
    "MIL": "State forces", "COP": "State forces", "SPY": "State forces", "GOV": "State forces", "REB": "Rebel group",
    "UAF": "Rebel group", "PRM": "Political militia", "CRM": "Political militia", "CVL": "Civilians",
    "JRN": "Civilians", "HLH": "Civilians", "REF": "Civilians", "EDU": "Civilians", "LAB": "Civilians",
    "REL": "Civilians", "BUS": "Civilians", "NGO": "Civilians", "OPP": "Protesters",
}  # fmt: skip


def _inter(a: Actor | None, e: Event) -> str:
    if a is None or a.id == "ANON":
        return ""
    state, _, sector = a.id.partition("-")
    if len(state) != 3 or not sector:
        return "Rebel group"
    if e.type == "PROTEST" and sector in ("CVL", "OPP"):
        return "Rioters" if e.mode == "riot" else "Protesters"
    return _INTER.get(sector, "External/Other forces")


def _acled_row(k: Kept, e: Event, at: Any, kind: dict[str, str], lang: Lang) -> Row:
    actors, recipients = list(e.actors), list(e.recipients)
    if e.mode == "clash" and len(actors) > 1 and not recipients:
        actors, recipients = actors[:1], actors[1:]
    one, two = actors[0] if actors else None, recipients[0] if recipients else None
    sub = kind["sub_event_type"]
    if e.mode == "capture" and one is not None and _inter(one, e) == "State forces":
        sub = "Government regains territory"
    spot = e.places[0] if e.places else None
    when = e.date or k.report.published or ""
    civil = two is not None and _inter(two, e) == "Civilians" and kind["disorder_type"] == "Political violence"
    first, second = _inter(one, e), _inter(two, e)
    land = country(spot.country) if spot and spot.country != "XXX" else ""
    return {
        "event_id_cnty": f"{spot.country if spot else 'XXX'}-{at.key if at is not None else k.report.id + '-' + e.id}",
        "event_date": (when + "-01-01")[:10] if when else "", "year": when[:4],
        "time_precision": {10: 1, 7: 2}.get(len(e.date or ""), 3), "disorder_type": kind["disorder_type"],
        "event_type": kind["event_type"], "sub_event_type": sub, "actor1": name(one.id, "en") if one else "",
        "assoc_actor_1": "; ".join(name(a.id, "en") for a in actors[1:]), "inter1": first,
        "actor2": name(two.id, "en") if two else "",
        "assoc_actor_2": "; ".join(name(a.id, "en") for a in recipients[1:]), "inter2": second,
        "interaction": "-".join(x for x in (first, second) if x),
        "civilian_targeting": "Civilian targeting" if civil else "", "country": land,
        "admin1": _province(spot), "location": spot.name if spot else "",
        "latitude": spot.lat if spot else None, "longitude": spot.lon if spot else None,
        "geo_precision": _precision(spot),
        "notes": sentence(e, lang, k.report.outlet), "fatalities": e.killed[0] if e.killed else 0,
        "tags": "" if e.status == "happened" else f"status={e.status}",
    }  # fmt: skip


def _precision(p: Place | None) -> int | None:
    if p is None or p.precision_km is None:
        return None
    return 1 if p.precision_km <= 5 else 2 if p.precision_km <= 30 else 3


def _province(p: Place | None) -> str:
    if p is None:
        return ""
    return p.name if p.kind == "province" else _provinces().get((p.name, p.country), "")


@cache
def _provinces() -> dict[tuple[str, str], str]:
    """The province of each place of the gazetteer by name and country; of namesakes, that of the weightiest."""
    from musnad.codebook import load

    best: dict[tuple[str, str], tuple[float, str, str]] = {}
    for e in load().places.entries:
        if e.province:
            mine = (e.weight, e.id, e.province)
            best[e.name, e.country] = max(mine, best.get((e.name, e.country), mine))
    return {key: province for key, (_, _, province) in best.items()}


def _cameo(archive: Archive, out: BinaryIO, asked: Asked, lang: Lang) -> int:
    def found() -> Iterator[Row]:
        seen = ""
        for k, e, at in _events(archive, asked):
            code = maps.of("cameo", e.type, e.mode)
            if code is None or e.status not in FACT:
                continue
            one, two = e.actors[0] if e.actors else None, e.recipients[0] if e.recipients else None
            if e.mode == "clash" and two is None and len(e.actors) > 1:
                two = e.actors[1]
            spot = e.places[0] if e.places else None
            when = (e.date or "").replace("-", "")
            yield {
                "GlobalEventID": f"{k.report.id}/{e.id}", "SQLDATE": when if len(when) == 8 else "",
                "MonthYear": when[:6] if len(when) >= 6 else "", "Year": when[:4],
                "Actor1Code": one.id if one else "", "Actor1Name": one.text if one else "",
                "Actor1CountryCode": _country(one), "Actor2Code": two.id if two else "",
                "Actor2Name": two.text if two else "", "Actor2CountryCode": _country(two),
                "IsRootEvent": int(k.report.id != seen), "EventCode": code["code"], "EventBaseCode": code["code"][:3],
                "EventRootCode": code["root"], "QuadClass": code["quad"],
                "NumMentions": at.mentions if at is not None else 1, "NumSources": at.chains if at is not None else 1,
                "NumArticles": at.reports if at is not None else 1, "ActionGeo_FullName": spot.name if spot else "",
                "ActionGeo_CountryCode": spot.country if spot else "", "ActionGeo_Lat": spot.lat if spot else None,
                "ActionGeo_Long": spot.lon if spot else None,
                "DATEADDED": (k.report.published or "")[:10].replace("-", ""), "SOURCEURL": k.report.url or "",
            }  # fmt: skip
            seen = k.report.id

    return _table(out, list(columns("cameo")), found(), dialect="excel-tab", mark=False)


def _country(a: Actor | None) -> str:
    if a is None:
        return ""
    state, bar, _ = a.id.partition("-")
    return state if bar and len(state) == 3 and state != "XXX" else ""


def _plover(archive: Archive, out: BinaryIO, asked: Asked, lang: Lang) -> int:
    def people(actors: tuple[Actor, ...]) -> list[Row]:
        return [{"name": a.text, "code": a.id} for a in actors]

    n = 0
    for k, e, _ in _events(archive, asked):
        row = {
            "id": f"{k.report.id}/{e.id}", "date": e.date, "event_type": e.type, "mode": e.mode,
            "context": None if e.status == "happened" else e.status, "actor": people(e.actors),
            "recipient": people(e.recipients),
            "location": [
                {"name": p.name, "country": p.country, "lat": p.lat, "lon": p.lon, "precision_km": p.precision_km}
                for p in e.places
            ],
            "magnitude": {"killed": e.killed, "injured": e.injured}, "source": people(e.chain),
            "publisher": k.report.outlet, "publication_date": k.report.published, "headline": k.report.title,
            "url": k.report.url,
            "text": {"start": e.trigger.start, "end": e.trigger.end, "quote": e.trigger.text},
        }  # fmt: skip
        out.write(json.dumps(row, ensure_ascii=False).encode("utf8", "replace") + b"\n")
        n += 1
    return n


def _jsonl(archive: Archive, out: BinaryIO, asked: Asked, lang: Lang) -> int:
    n = 0
    for k in kept(archive, asked.filter, asked.query):
        out.write(to_json(k.coded) + b"\n")
        n += 1
    return n


AROUND = 32
"""Characters of context in a TextQuoteSelector."""


def _annotations(archive: Archive, out: BinaryIO, asked: Asked, lang: Lang) -> int:
    n = 0
    for k in kept(archive, asked.filter, asked.query):
        body = k.report.body
        target = k.report.url or f"urn:musnad:report:{k.report.id}"
        for e in k.coded.events:
            quoted: list[tuple[str, str, Any]] = [("trigger", f"{e.type}/{e.mode}" if e.mode else e.type, e.trigger)]
            quoted += [("actor", a.id, a) for a in e.actors] + [("recipient", a.id, a) for a in e.recipients]
            quoted += [("place", p.name, p) for p in e.places] + [("narrator", a.id, a) for a in e.chain]
            quoted += [("date", e.date or "", e.date_span)] if e.date_span else []
            for field, value, span in quoted:
                line = {
                    "@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation",
                    "id": f"urn:musnad:{k.report.id}/{e.id}/{field}/{span.start}", "motivation": "classifying",
                    "body": [
                        {"type": "TextualBody", "purpose": "tagging", "value": field},
                        {"type": "TextualBody", "purpose": "classifying", "value": value},
                    ],
                    "target": {
                        "source": target,
                        "selector": [
                            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                            {
                                "type": "TextQuoteSelector", "exact": body[span.start : span.end],
                                "prefix": body[max(0, span.start - AROUND) : span.start],
                                "suffix": body[span.end : span.end + AROUND],
                            },
                        ],
                    },
                }  # fmt: skip
                out.write(json.dumps(line, ensure_ascii=False).encode("utf8", "replace") + b"\n")
                n += 1
    return n


WRITERS: dict[str, Callable[[Archive, BinaryIO, Asked, Lang], int]] = {
    "csv": _csv, "xlsx": _xlsx, "parquet": _parquet, "acled": _acled, "cameo": _cameo, "plover": _plover,
    "jsonl": _jsonl, "annotations": _annotations,
}  # fmt: skip
