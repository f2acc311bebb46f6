"""GeoJSON (RFC 7946): events, incidents or holdings as points, with the radius within which the true point lies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from musnad.archive import holdings, incidents
from musnad.archive.rows import kept
from musnad.errors import UsageError

if TYPE_CHECKING:
    from musnad.archive.archive import Archive
    from musnad.archive.rows import Asked

WHAT = ("events", "incidents", "holdings")
PART = 500


def write(archive: Archive, out: BinaryIO, asked: Asked, what: str, on: str | None) -> int:
    """Write one FeatureCollection; returns the number of features. What has no point has null for its geometry."""
    if what not in WHAT:
        raise UsageError(f"{what}: geojson is written of {', '.join(WHAT)}")
    found = {
        "events": lambda: _events(archive, asked), "incidents": lambda: _incidents(archive, asked),
        "holdings": lambda: _holdings(archive, asked, on),
    }[what]()  # fmt: skip
    out.write(b'{"type":"FeatureCollection","features":[')
    n = 0
    for feature in found:
        line = json.dumps(feature, ensure_ascii=False, separators=(",", ":")).encode("utf8", "replace")
        out.write((b",\n" if n else b"\n") + line)
        n += 1
    out.write(b"\n]}\n")
    return n


def feature(lat: float | None, lon: float | None, properties: dict[str, Any]) -> dict[str, Any]:
    """One feature."""
    point = {"type": "Point", "coordinates": [lon, lat]} if lat is not None and lon is not None else None
    return {"type": "Feature", "geometry": point, "properties": properties}


def _events(archive: Archive, asked: Asked) -> Iterator[dict[str, Any]]:
    for k in kept(archive, asked.filter, asked.query):
        for e in k.coded.events:
            if e.id not in k.numbers:
                continue
            p = e.places[0] if e.places else None
            yield feature(p.lat if p else None, p.lon if p else None, {
                "id": f"{k.report.id}/{e.id}", "report": k.report.id, "outlet": k.report.outlet,
                "published": k.report.published, "title": k.report.title, "type": e.type, "mode": e.mode,
                "date": e.date, "status": e.status, "actors": [a.id for a in e.actors],
                "recipients": [a.id for a in e.recipients], "place": p.name if p else None,
                "precision_km": p.precision_km if p else None, "killed": e.killed, "injured": e.injured,
                "chain": [a.id for a in e.chain], "trigger": e.trigger.text,
            })  # fmt: skip


def _incidents(archive: Archive, asked: Asked) -> Iterator[dict[str, Any]]:
    at = 0
    while part := incidents.find(archive, asked.filter, query=asked.query, limit=PART, offset=at):
        for i in part:
            yield feature(i.lat, i.lon, {
                "key": i.key, "type": i.type, "mode": i.mode, "day_from": i.day_from, "day_to": i.day_to,
                "place": i.place_name, "precision_km": i.precision_km, "killed": i.killed, "injured": i.injured,
                "mentions": i.mentions, "reports": i.reports, "chains": i.chains, "denied": i.denied,
                "disputed": list(i.disputed), "first_published": i.first_published,
                "last_published": i.last_published,
            })  # fmt: skip
        at += PART


def _holdings(archive: Archive, asked: Asked, on: str | None) -> Iterator[dict[str, Any]]:
    for s in holdings.ask(archive, asked.filter.place, on):
        yield feature(s.lat, s.lon, {
            "place": s.place, "country": s.country, "precision_km": s.precision_km, "extent": s.extent,
            "holder": s.holder, "state": s.state, "day_from": s.day_from, "day_to": s.day_to,
            "reports": sorted({e.report_id for e in s.evidence}), "doubts": len(s.doubts),
        })  # fmt: skip
