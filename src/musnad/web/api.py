"""The API for programs, which the pages use too: JSON over GET, described at /api/openapi.json."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from musnad import __version__
from musnad.archive import browse, incidents, search, ties
from musnad.archive import holdings as in_archive
from musnad.archive.archive import Archive
from musnad.archive.holdings import Stretch
from musnad.archive.query import ROLES, STATUSES, TYPES, Filter
from musnad.errors import UsageError
from musnad.show.labels import LANGS
from musnad.web import words
from musnad.web.landmarks import landmarks
from musnad.web.look import address, language
from musnad.web.overview import asked, whole

MOST = 200
encode = msgspec.json.Encoder(enc_hook=lambda x: sorted(x) if isinstance(x, (set, frozenset)) else str(x)).encode


def answer(value: Any, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(encode(value), status, media_type="application/json")


def _page(request: Request) -> tuple[int, int]:
    given = request.query_params.get("limit")
    return max(1, whole(given, MOST)) if given else 50, whole(request.query_params.get("offset"))


def counts(request: Request) -> Response:
    """How much the archive holds, and how much of it a filter lets through."""
    archive: Archive = request.app.state.archive
    filter, said, _ = asked(request)
    return answer({
        "archive": archive.counts(), "events": browse.total(archive, filter, said),
        "incidents": incidents.count(archive, filter, query=said),
        "reports": search.reports(archive, said, filter, limit=1).total,
        "types": dict(browse.kinds(archive, filter, said)), "statuses": dict(browse.statuses(archive, filter, said)),
    })  # fmt: skip


def reports(request: Request) -> Response:
    """Reports, best first when words are asked for, else newest first."""
    archive: Archive = request.app.state.archive
    filter, said, _ = asked(request)
    limit, offset = _page(request)
    found = search.reports(archive, said, filter, limit=limit, offset=offset)
    items = [
        {
            "id": h.id, "title": h.title, "outlet": h.outlet, "published": h.published, "events": h.events,
            "snippet": h.body[h.snippet[0] : h.snippet[1]], "reprint": h.reprint_of is not None,
        }
        for h in found.items
    ]  # fmt: skip
    return answer({"total": found.total, "items": items})


def report(request: Request) -> Response:
    """A report with the record that counts now."""
    archive: Archive = request.app.state.archive
    stored = archive.report(request.path_params["id"])
    if stored is None:
        return answer({"error": "the archive has no such report"}, 404)
    return answer({
        "report": stored.report, "record": stored.coded, "incidents": browse.incident_keys(archive, stored.n),
    })  # fmt: skip


def events(request: Request) -> Response:
    """Events, newest first."""
    archive: Archive = request.app.state.archive
    filter, said, _ = asked(request)
    limit, offset = _page(request)
    found = search.events(archive, said, filter, limit=limit, offset=offset)
    return answer({"total": found.total, "items": found.items})


def incident_list(request: Request) -> Response:
    """Incidents, newest first."""
    archive: Archive = request.app.state.archive
    filter, said, _ = asked(request)
    limit, offset = _page(request)
    disputed = request.query_params.get("disputed") == "1"
    items = incidents.find(archive, filter, query=said, limit=limit, offset=offset, disputed=disputed)
    return answer({"items": items})


def incident(request: Request) -> Response:
    """An incident with its accounts and the points on which they differ."""
    found = incidents.read(request.app.state.archive, request.path_params["key"])
    if found is None:
        return answer({"error": "the archive has no such incident"}, 404)
    one, accounts, differences = found
    return answer({"incident": one, "accounts": accounts, "differences": differences})


def spots(request: Request) -> Response:
    """Places of events with their counts, as the map shows them."""
    archive: Archive = request.app.state.archive
    filter, said, told = asked(request)
    lang = language(request)
    out = []
    for s in browse.spots(archive, filter, said):
        label = words.place(s.name, s.country, lang)
        out.append({
            "name": s.name, "country": s.country, "label": label, "lat": s.lat, "lon": s.lon, "n": s.events,
            "title": f"{label}{words.say('web.colon', lang)} {words.plural('events', s.events, lang)}",
            "href": address("places", s.name, country=s.country, since=told.get("since"), until=told.get("until")),
        })  # fmt: skip
    return answer({"spots": out, "states": words.states(lang)})


def names_on_the_map(request: Request) -> Response:
    """Provinces and large towns, with longitude and latitude; the map writes them where there is room."""
    return answer(landmarks(language(request)))


def timeline(request: Request) -> Response:
    """Counts of events by month."""
    filter, said, _ = asked(request)
    return answer({"months": browse.months(request.app.state.archive, filter, said)})


def holdings(request: Request) -> Response:
    """Who held which place on a day (on=2017-09-23), or the line of one place (place=...); brief=1 leaves the evidence
    of all places out."""
    archive: Archive = request.app.state.archive
    place, on = request.query_params.get("place") or None, request.query_params.get("on") or None
    if on is not None:
        on = iso_day(on)
    if place is not None and (len(place) > 200 or "\0" in place):
        raise UsageError("place: not a value to look for")
    lang = language(request)
    if place is None and request.query_params.get("brief") == "1":
        every = in_archive.outlines(archive)
        return answer({
            "items": [_outline(o, lang) for o in (in_archive.on_day(every, on) if on else every)],
            "states": words.states(lang),
        })  # fmt: skip
    found = archive.holdings(place, on=on)
    return answer({"items": [_stretch(s, lang) for s in found], "states": words.states(lang)})


def _outline(o: in_archive.Outline, lang: Any) -> dict[str, Any]:
    return {
        "place": o.place, "country": o.country, "lat": o.lat, "lon": o.lon, "extent": o.extent, "holder": o.holder,
        "state": o.state, "day_from": o.day_from, "day_to": o.day_to, "label": words.place(o.place, o.country, lang),
        "holder_name": words.party(o.holder, lang) if o.holder else None,
    }  # fmt: skip


def _stretch(s: Stretch, lang: Any) -> dict[str, Any]:
    return {
        **{f: getattr(s, f) for f in s.__dataclass_fields__},
        "label": words.place(s.place, s.country, lang),
        "holder_name": words.party(s.holder, lang) if s.holder else None,
    }


def iso_day(text: str) -> str:
    """A day of an address. Raises UsageError when it is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"on: {text[:40]!r} is no day; write it as 2018-03-26") from None


def bonds(request: Request) -> Response:
    """Ties between parties, most often told first."""
    filter, _, _ = asked(request)
    found = ties.over_time(request.app.state.archive, filter.actor, since=filter.since, until=filter.until)
    return answer({"items": found})


# ---- the description


@dataclass(frozen=True)
class Door:
    """One address of the API."""

    path: str
    does: Callable[[Request], Response]
    query: tuple[str, ...] = ()
    named: str | None = None


FILTER = (*Filter.__struct_fields__, "q")
PAGED = ("limit", "offset")
DOORS = (
    Door("/api/counts", counts, FILTER),
    Door("/api/reports", reports, (*FILTER, *PAGED)),
    Door("/api/reports/{id}", report, named="id"),
    Door("/api/events", events, (*FILTER, *PAGED)),
    Door("/api/incidents", incident_list, (*FILTER, "disputed", *PAGED)),
    Door("/api/incidents/{key}", incident, named="key"),
    Door("/api/spots", spots, (*FILTER, "lang")),
    Door("/api/landmarks", names_on_the_map, ("lang",)),
    Door("/api/timeline", timeline, FILTER),
    Door("/api/holdings", holdings, ("place", "on", "brief", "lang")),
    Door("/api/ties", bonds, ("actor", "since", "until")),
)
_ENUMS = {"type": TYPES, "status": STATUSES, "role": ROLES, "lang": LANGS, "disputed": ("0", "1"), "brief": ("0", "1")}


def openapi(request: Request) -> Response:
    """The description of the API."""
    return answer(description())


def description() -> dict[str, Any]:
    """The API in OpenAPI 3.1."""
    wrong = {"description": "The request is not understood; `error` says why.", "content": _json("Error")}
    paths: dict[str, Any] = {}
    for door in DOORS:
        answers: dict[str, Any] = {"200": {"description": "The answer.", "content": _json("Answer")}, "400": wrong}
        if door.named:
            answers["404"] = {"description": "There is none of that name.", "content": _json("Error")}
        named = (
            [{"name": door.named, "in": "path", "required": True, "schema": {"type": "string"}}] if door.named else []
        )
        asked_for = [{"name": q, "in": "query", "schema": _schema(q)} for q in door.query]
        paths[door.path] = {"get": {
            "summary": (door.does.__doc__ or "").strip(), "operationId": door.does.__name__,
            "parameters": [*named, *asked_for], "responses": answers,
        }}  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": "Musnad", "version": __version__, "description": "What an archive of coded reports answers."},
        "paths": paths,
        "components": {"schemas": {
            "Answer": {"type": "object"},
            "Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}},
        }},
    }  # fmt: skip


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _schema(name: str) -> dict[str, Any]:
    if name in _ENUMS:
        return {"type": "string", "enum": list(_ENUMS[name])}
    if name in ("limit", "offset", "killed"):
        return {"type": "integer", "minimum": 1 if name == "limit" else 0}
    return {"type": "boolean"} if name == "hand" else {"type": "string"}


routes = [*(Route(d.path.replace("{id}", "{id:path}"), d.does) for d in DOORS), Route("/api/openapi.json", openapi)]
