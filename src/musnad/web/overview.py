"""The overview: map, timeline and list over filters that stand in the address; what may be downloaded."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, BinaryIO, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from musnad.archive import browse, incidents, search
from musnad.archive.archive import Archive
from musnad.archive.query import ROLES, STATUSES, TYPES, Filter
from musnad.codebook.entries import MODES
from musnad.export import FORMATS
from musnad.web.look import language, page

PART = 40
VIEWS = ("incidents", "events", "reports")
KINDS_OF_FILE = {
    "acled": ("csv", "text/csv"), "annotations": ("jsonl", "application/x-ndjson"), "cameo": ("tsv", "text/plain"),
    "csv": ("csv", "text/csv"), "geojson": ("geojson", "application/geo+json"),
    "jsonl": ("jsonl", "application/x-ndjson"), "parquet": ("parquet", "application/vnd.apache.parquet"),
    "plover": ("jsonl", "application/x-ndjson"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}  # fmt: skip


def asked(request: Request) -> tuple[Filter, str, dict[str, str]]:
    """The filter of an address, its query in words, and both as they stand in the address. Raises UsageError."""
    params = request.query_params
    given = {
        k: "|".join(v for v in params.getlist(k) if v.strip())
        for k in Filter.__struct_fields__
        if params.get(k, "").strip()
    }
    words = request.query_params.get("q", "").strip()[:400]
    told = {**given, **({"q": words} if words else {})}
    return Filter.parse(given), words, told


def whole(value: str | None, most: int = 10**6) -> int:
    """A whole number of an address; 0 when it is none."""
    return min(int(value), most) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0


def show(request: Request) -> Response:
    """GET /: what a filter lets through."""
    archive: Archive = request.app.state.archive
    filter, words, told = asked(request)
    view = request.query_params.get("view", "")
    if view not in VIEWS:
        view = "reports" if words else "incidents"
    offset = whole(request.query_params.get("offset"))
    rows, extra = _rows(archive, view, words, filter, offset)
    base = {**told, "view": view}
    common: dict[str, Any] = {"view": view, "rows": rows, "offset": offset, "part": PART, "base": base, **extra}
    if request.query_params.get("part") == "rows":
        return page(request, "rows.html", **common)
    totals = {
        "incidents": incidents.count(archive, filter, query=words),
        "events": browse.total(archive, filter, words),
        "reports": browse.reports(archive, filter, words),
    }
    return page(
        request, "overview.html", here="overview", told=told, totals=totals, views=VIEWS, roles=ROLES, modes=MODES,
        kinds=dict(browse.kinds(archive, filter, words)), told_as=dict(browse.statuses(archive, filter, words)),
        types=TYPES, states=STATUSES, outlets=browse.outlets(archive), formats=FORMATS,
        times=timeline(archive, filter, words), empty=not archive.counts()["reports"], **common,
    )  # fmt: skip


def _rows(archive: Archive, view: str, words: str, filter: Filter, offset: int) -> tuple[list[Any], dict[str, Any]]:
    if view == "reports":
        return search.reports(archive, words, filter, limit=PART, offset=offset).items, {}
    if view == "events":
        return browse.newest(archive, filter, words, limit=PART, offset=offset), {}
    found = incidents.find(archive, filter, query=words, limit=PART, offset=offset)
    return list(found), {"parts": browse.parts(archive, [i.n for i in found])}


def timeline(archive: Archive, filter: Filter, words: str = "") -> dict[str, Any]:
    """Counts for the timeline: by day when all lies within a quarter, else by month or by year; nothing left out
    between. Each is (name, events, first day, last day)."""
    months = browse.months(archive, filter, words)
    if not months:
        return {"unit": "month", "bars": [], "most": 0}
    if len(_months(months[0][0], months[-1][0])) <= 3:
        told = dict(browse.days(archive, filter, words))
        first, last = date.fromisoformat(min(told)), date.fromisoformat(max(told))
        names = [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]
        bars = [(d, told.get(d, 0), d, d) for d in names]
        unit = "day"
    elif len(_months(months[0][0], months[-1][0])) <= 120:
        told = dict(months)
        bars = [(m, told.get(m, 0), m, m) for m in _months(months[0][0], months[-1][0])]
        unit = "month"
    else:
        years: dict[str, int] = {}
        for m, n in months:
            years[m[:4]] = years.get(m[:4], 0) + n
        bars = [
            (f"{y:04}", years.get(f"{y:04}", 0), f"{y:04}", f"{y:04}")
            for y in range(int(min(years)), int(max(years)) + 1)
        ]
        unit = "year"
    return {"unit": unit, "bars": bars, "most": max(b[1] for b in bars)}


def _months(first: str, last: str) -> list[str]:
    a, b = (int(m[:4]) * 12 + int(m[5:7]) - 1 for m in (first, last))
    return [f"{k // 12:04}-{k % 12 + 1:02}" for k in range(a, b + 1)]


def download(request: Request) -> Response:
    """GET /download/FORMAT: what a filter lets through, in reports that the words find, in a format of the exports."""
    archive: Archive = request.app.state.archive
    format = request.path_params["format"]
    if format not in KINDS_OF_FILE:
        raise HTTPException(404)
    filter, words, _ = asked(request)
    out = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=1 << 24))  # noqa: SIM115
    archive.export(format, out, filter, lang=language(request), query=words)
    out.seek(0)
    ending, kind = KINDS_OF_FILE[format]
    return StreamingResponse(
        _read(out), media_type=kind,
        headers={"content-disposition": f'attachment; filename="musnad-{format}.{ending}"'},
    )  # fmt: skip


def _read(out: BinaryIO) -> Iterator[bytes]:
    with out:
        while part := out.read(1 << 16):
            yield part


routes = [Route("/", show), Route("/download/{format}", download)]
