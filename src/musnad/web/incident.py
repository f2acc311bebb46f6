"""Incidents: the accounts of one act side by side, and the disputes in which accounts contradict each other."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from musnad.archive import browse, holdings, incidents
from musnad.archive.archive import Archive
from musnad.archive.incidents import Account
from musnad.record import Span
from musnad.show.labels import Lang
from musnad.web.look import language, page
from musnad.web.overview import PART, whole
from musnad.web.words import party, say

STOPS = ("\n", ". ", "؟ ", "! ")
MOST = 400
"""Characters shown on either side of a trigger."""


def show(request: Request) -> Response:
    """GET /incidents/KEY."""
    archive: Archive = request.app.state.archive
    found = incidents.read(archive, request.path_params["key"])
    if found is None:
        raise HTTPException(404)
    one, accounts, differences = found
    lang = language(request)
    return page(
        request, "incident.html", incident=one, accounts=[(a, *passage(archive, a)) for a in accounts],
        differences=[(d.point, [(version(d.point, v, lang), ks) for v, ks in d.versions]) for d in differences],
        narrators=sorted({a.source for a in accounts}),
    )  # fmt: skip


def version(point: str, told: str, lang: Lang) -> str:
    """What a version of a point says, in words where it is made of ids."""
    if point == "happened":
        return say(f"web.version.{told}", lang)
    if point == "doer":
        return say("web.comma", lang).join(f" {party(i, lang)}" for i in told.split(", ")).strip()
    return told


def passage(archive: Archive, account: Account) -> tuple[str, str, str]:
    """The sentence or so of an account's report around the event's trigger."""
    stored = archive.report(account.report_n)
    return passage_of(stored.report.body, account.event.trigger) if stored else ("", account.event.trigger.text, "")


def passage_of(body: str, span: Span) -> tuple[str, str, str]:
    """The words of a text before a span as far as its sentence reaches, the span's words, and those after it."""
    start = max(body.rfind(stop, 0, span.start) for stop in STOPS) + 1
    ends = [at for stop in STOPS if (at := body.find(stop, span.end)) >= 0]
    end = min(ends, default=len(body) - 1) + 1
    start, end = max(start, span.start - MOST), min(end, span.end + MOST)
    return body[start : span.start].lstrip(), body[span.start : span.end], body[span.end : end].rstrip()


def disputes(request: Request) -> Response:
    """GET /disputes: what is told in contradicting ways, newest first."""
    archive: Archive = request.app.state.archive
    offset = whole(request.query_params.get("offset"))
    found = incidents.find(archive, disputed=True, limit=PART, offset=offset)
    common: dict[str, Any] = {
        "rows": found, "parts": browse.parts(archive, [i.n for i in found]), "view": "incidents", "offset": offset,
        "part": PART, "base": {},
    }  # fmt: skip
    if request.query_params.get("part") == "rows":
        return page(request, "rows.html", **common)
    contested = [o for o in holdings.outlines(archive) if o.state == "contested" or o.doubted]
    contested.sort(key=lambda o: (o.day_to, o.place), reverse=True)
    held = whole(request.query_params.get("held"))
    shown = holdings.of_numbers(archive, [o.n for o in contested[held : held + PART]])
    told: dict[str, Any] = {"contested": shown, "held": held, "contested_total": len(contested)}
    if request.query_params.get("part") == "held":
        return page(request, "disputed_rows.html", part=PART, **told)
    return page(request, "disputes.html", here="disputes", **told, **common)


routes = [Route("/incidents/{key}", show), Route("/disputes", disputes)]
