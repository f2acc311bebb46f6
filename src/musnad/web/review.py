"""Review: one draft after another, least certain first; double readings, and the records on which analysts differ."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from musnad.archive import browse, double, editing, proposals, two_hands
from musnad.archive.archive import Archive, Stored
from musnad.codebook.entries import MODES
from musnad.errors import UsageError
from musnad.record import Event
from musnad.web.incident import passage_of
from musnad.web.look import analyst, called, page, query
from musnad.web.overview import whole

SHOWN = 40
"""Differences shown at once."""


def show(request: Request) -> Response:
    """GET /review: the next draft of the queue; after= names the one seen last. With double=1 the double readings:
    what is still to be read, who is waited for, and where two readings that are opened differ."""
    archive: Archive = request.app.state.archive
    if request.query_params.get("double") == "1":
        return readings(request)
    after = request.query_params.get("after", "")[:300]
    found = next_draft(archive, after)
    today, spoken, every = browse.progress(archive, datetime.now(UTC).date().isoformat())
    stored, record = found if found else (None, None)
    here = f"{stored.report.id}#{record.id}" if stored and record else ""
    who, folder = analyst(request), request.app.state.settings.codebook
    return page(
        request, "review.html", here="review", stored=stored, record=record, today=today, spoken=spoken, every=every,
        modes=MODES, onward="/review" + query({}, after=here), back="/review" + query({}, after=after),
        passage=passage_of(stored.report.body, record.trigger) if stored and record else None,
        news=proposals.news(archive, request.query_params.get("said", ""), folder, who),
        pointing=proposals.newest(archive, folder), differing=two_hands.differing(archive)[:SHOWN],
    )  # fmt: skip


def readings(request: Request) -> Response:
    """The page of double readings."""
    archive: Archive = request.app.state.archive
    who, every = analyst(request), double.pairs(archive)
    mine = [p for p in every if p.of(who) is not None]
    opened = [p for p in every if not p.sealed]
    differing = differences(archive, opened)
    return page(
        request, "double.html", here="review", given=every, opened=opened, differing=differing[:SHOWN],
        many_differ=len(differing), to_read=[p for p in mine if p.sealed and _reads(p, who)],
        waiting=[p for p in every if p.sealed and not _reads(p, who)], modes=MODES,
    )  # fmt: skip


def _reads(p: double.Pair, who: str) -> bool:
    reading = p.of(who)
    return reading is not None and reading.done_at is None


def differences(archive: Archive, opened: list[double.Pair]) -> list[two_hands.Differing]:
    """The records on which the two readings of opened reports differ, silence counting as the machine's record."""
    by_names: dict[tuple[str, str], set[str]] = {}
    for p in opened:
        one, other = (r.analyst for r in p.readings)
        by_names.setdefault((one, other), set()).add(p.report_id)
    found = [d for (one, other), ids in by_names.items() for d in two_hands.differing(archive, one, other, ids)]
    return sorted(found, key=lambda d: (d.report_id, d.start, d.end, d.kind))


async def give_out(request: Request) -> Response:
    """POST /review/double: reports are given to two analysts, the least certain first; words= limits them."""
    form = await request.form(max_files=0, max_fields=8)
    told = {f: v if isinstance(v := form.get(f, ""), str) else "" for f in ("one", "other", "count", "words")}
    archive: Archive = request.app.state.archive
    count = whole(told["count"], double.MOST)
    ids = await run_in_threadpool(double.choose, archive, told["words"], count) if count else []
    if not ids:
        raise UsageError("there is no such report that nobody has read")
    await run_in_threadpool(double.give_out, archive, ids, (told["one"], told["other"]))
    return RedirectResponse("/review?double=1", 303)


def next_draft(archive: Archive, after: str) -> tuple[Stored, Event] | None:
    """The least certain event that no analyst has spoken of, after the one named."""
    for draft in browse.drafts(archive, limit=1, skip=after):
        stored = archive.report(draft.report_n)
        event = next((e for e in stored.coded.events if e.id == draft.event_id), None) if stored else None
        if stored is not None and event is not None:
            return stored, event
    return None


async def settle(request: Request) -> Response:
    """POST /review/settle: a record on which analysts differ is settled as one of them reads it."""
    form = await request.form(max_files=0, max_fields=8)
    told = {f: v if isinstance(v := form.get(f, ""), str) else "" for f in ("record", "as", "analyst")}
    await run_in_threadpool(
        editing.settle, request.app.state.archive, told["record"], told["analyst"], side_with=told["as"]
    )
    return RedirectResponse("/review?double=1" if form.get("double") == "1" else "/review", 303)


def gold(request: Request) -> Response:
    """GET /review/gold: the records of the reports that analysts read, as they count now."""
    archive: Archive = request.app.state.archive
    lines = (line + b"\n" for line in editing.gold(archive, None))
    return StreamingResponse(
        lines, media_type="application/x-ndjson",
        headers={"content-disposition": 'attachment; filename="musnad-gold.jsonl"'},
    )  # fmt: skip


async def name(request: Request) -> Response:
    """POST /review/name: under which name this browser corrects from now on."""
    form = await request.form(max_files=0, max_fields=4)
    given = form.get("analyst", "")
    if not isinstance(given, str) or not given.strip():
        raise UsageError("write your name")
    return called(RedirectResponse("/review?double=1", 303), given.strip()[:80])


routes = [
    Route("/review", show),
    Route("/review/double", give_out, methods=["POST"]),
    Route("/review/name", name, methods=["POST"]),
    Route("/review/settle", settle, methods=["POST"]),
    Route("/review/gold", gold),
]
