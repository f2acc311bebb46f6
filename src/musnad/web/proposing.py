"""Entries that corrections propose: the row, which an analyst may mend, what it would change, and where it is kept."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from musnad.archive import proposals
from musnad.archive.archive import Archive
from musnad.archive.differences import Change
from musnad.archive.proposals import Proposal, Trial
from musnad.archive.store import is_address
from musnad.engine import open_book
from musnad.errors import CodebookError, UsageError
from musnad.record import Actor, Place
from musnad.show.labels import Lang
from musnad.show.terminal import toll
from musnad.web.look import analyst, language, page
from musnad.web.reader import explainer
from musnad.web.words import day, digits, party, place, say

SHOWN = {
    "type": "type", "mode": "mode", "status": "status", "date": "date", "actors": "actor", "recipients": "recipient",
    "places": "place", "chain": "narrator", "killed": "killed", "injured": "injured", "holder": "holder",
    "former": "former", "place": "place", "change": "change", "kind": "kind", "a": "a", "b": "b",
}  # fmt: skip
"""Fields of a record whose change is shown, each with its label."""


def show(request: Request) -> Response:
    """GET /codebook/proposals/N: what the correction N proposes; kept=1 after it was kept."""
    found = _found(request, request.query_params.get("name", ""))
    if not found:
        return _page(request, None, kept=request.query_params.get("kept") == "1")
    return _page(request, found[0], others=found[1:], kept=request.query_params.get("kept") == "1")


async def decide(request: Request) -> Response:
    """POST /codebook/proposals/N: the row as it was sent is tried over the archive (do=try) or kept (do=keep). A row
    that was changed since it was tried is tried first."""
    form = await request.form(max_files=0, max_fields=40)
    sent = {k: v for k, v in form.items() if isinstance(v, str)}
    found = await run_in_threadpool(_found, request, sent.get("name", ""))
    if not found:
        raise UsageError("this correction proposes no entry")
    p = proposals.edited(found[0], {k.removeprefix("cell-"): v for k, v in sent.items() if k.startswith("cell-")})
    folder: Path | None = request.app.state.settings.codebook
    if sent.get("do") == "keep" and sent.get("seen") == seal(p):
        if folder is None:
            raise UsageError("there is no folder to keep it in; start with: musnad serve --codebook DIR")
        await run_in_threadpool(proposals.keep, folder, p)
        open_book.cache_clear()
        explainer.cache_clear()
        return RedirectResponse(f"/codebook/proposals/{p.correction}?kept=1", 303)
    try:
        tried = await run_in_threadpool(proposals.trial, request.app.state.archive, folder, p)
    except (CodebookError, UsageError) as error:
        return _page(request, p, wrong=str(error).partition("/tables/")[2] or str(error))
    return _page(request, p, tried=tried)


def _found(request: Request, name: str) -> list[Proposal]:
    """The proposals of the address, the one of a name first."""
    archive: Archive = request.app.state.archive
    folder = request.app.state.settings.codebook
    every = proposals.of(archive, int(request.path_params["number"]), folder, analyst(request))
    return sorted(every, key=lambda p: p.name != name)


def _page(
    request: Request, p: Proposal | None, *, others: list[Proposal] | None = None, tried: Trial | None = None,
    wrong: str = "", kept: bool = False,
) -> Response:  # fmt: skip
    folder: Path | None = request.app.state.settings.codebook
    archive: Archive = request.app.state.archive
    name = "postgresql://..." if is_address(archive.name) else archive.name
    lang = language(request)
    shown: list[Any] = []
    for stored, found in tried.changed if tried is not None else ():
        shown.append((stored.report, [(c, versions(c, lang)) for c in found]))
    return page(
        request, "proposal.html", status=400 if wrong else 200, here="codebook", number=request.path_params["number"],
        proposal=p, others=others or [], tried=tried, shown=shown, wrong=wrong, kept=kept, folder=folder,
        seal=seal(p) if p is not None and tried is not None else "",
        command=f"musnad recode --archive {name} --codebook {folder} --keep" if folder is not None else "",
    )  # fmt: skip


def seal(p: Proposal) -> str:
    """What a row is known by, so that only what was tried is kept."""
    return sha256("\n".join((p.table, p.name, p.line)).encode("utf8", "surrogatepass")).hexdigest()[:16]


def versions(c: Change, lang: Lang) -> list[tuple[str, str, str]]:
    """The fields that a change alters: label, value before and value after, in words."""
    out = []
    for field in c.fields:
        if field in SHOWN:
            before, after = (_told(field, getattr(r, field), lang) for r in (c.before, c.after))
            out.append((say(f"web.field.{SHOWN[field]}", lang), before, after))
    return out


def _told(field: str, value: Any, lang: Lang) -> str:
    """A field's value in words; a dash where there is none."""
    if value is None or value == ():
        return "—"
    if field in ("killed", "injured"):
        return digits(toll(value), lang)
    if isinstance(value, tuple):
        return say("web.comma", lang).join(f" {_told(field, v, lang)}" for v in value).strip()
    if isinstance(value, Actor):
        return party(value.id, lang)
    if isinstance(value, Place):
        return place(value.name, value.country, lang)
    if field == "date":
        return day(str(value), lang)
    return say(f"{'tie' if field == 'kind' else field}.{value}", lang)


routes = [
    Route("/codebook/proposals/{number:int}", show),
    Route("/codebook/proposals/{number:int}", decide, methods=["POST"]),
]
