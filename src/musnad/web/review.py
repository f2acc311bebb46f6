"""Review: one draft after another, least certain first, and the records on which analysts differ."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from musnad.archive import browse, corrections, editing, proposals, two_hands
from musnad.archive.archive import Archive, Stored
from musnad.codebook.entries import MODES
from musnad.record import Event
from musnad.web.incident import passage_of
from musnad.web.look import analyst, page, query


def show(request: Request) -> Response:
    """GET /review: the next draft of the queue; after= names the one seen last. With blind=1 the queue holds what
    others have read, shown as the machine made it, so that two hands do not see each other."""
    archive: Archive = request.app.state.archive
    after = request.query_params.get("after", "")[:300]
    who = analyst(request)
    blind = request.query_params.get("blind") == "1"
    found = (second_reading(archive, who, after) if who else None) if blind else next_draft(archive, after)
    today, spoken, every = browse.progress(archive, datetime.now(UTC).date().isoformat())
    stored, record = found if found else (None, None)
    here = f"{stored.report.id}#{record.id}" if stored and record else ""
    mode = {"blind": "1"} if blind else {}
    return page(
        request, "review.html", here="review", stored=stored, record=record, today=today, spoken=spoken, every=every,
        modes=MODES, blind=blind, onward="/review" + query(mode, after=here), back="/review" + query(mode, after=after),
        passage=passage_of(stored.report.body, record.trigger) if stored and record else None,
        news=proposals.news(archive, request.query_params.get("said", ""), request.app.state.settings.codebook),
        pointing=[] if blind else proposals.newest(archive, request.app.state.settings.codebook),
        differing=[] if blind else two_hands.differing(archive)[:40],
    )  # fmt: skip


def next_draft(archive: Archive, after: str) -> tuple[Stored, Event] | None:
    """The least certain event that no analyst has spoken of, after the one named."""
    for draft in browse.drafts(archive, limit=1, skip=after):
        stored = archive.report(draft.report_n)
        event = next((e for e in stored.coded.events if e.id == draft.event_id), None) if stored else None
        if stored is not None and event is not None:
            return stored, event
    return None


def second_reading(archive: Archive, who: str, after: str) -> tuple[Stored, Event] | None:
    """The next event of the reports that others have read and of which this analyst has not spoken."""
    said = corrections.of(archive)
    passed = not after
    for report_id in sorted({c.report_id for c in said if c.analyst != who}):
        stored = archive.report(report_id)
        if stored is None:
            continue
        mine = {(c.start, c.end) for c in corrections.on(archive, stored) if c.analyst == who and c.kind == "event"}
        for event in stored.machine.events:
            if passed and (event.trigger.start, event.trigger.end) not in mine:
                return stored, event
            passed = passed or f"{report_id}#{event.id}" == after
    return second_reading(archive, who, "") if after and not passed else None


async def settle(request: Request) -> Response:
    """POST /review/settle: a record on which analysts differ is settled as one of them reads it."""
    form = await request.form(max_files=0, max_fields=8)
    told = {f: v if isinstance(v := form.get(f, ""), str) else "" for f in ("record", "as", "analyst")}
    await run_in_threadpool(
        editing.settle, request.app.state.archive, told["record"], told["analyst"], side_with=told["as"]
    )
    return RedirectResponse("/review", 303)


def gold(request: Request) -> Response:
    """GET /review/gold: the records of the reports that analysts read, as they count now."""
    archive: Archive = request.app.state.archive
    lines = (line + b"\n" for line in editing.gold(archive, None))
    return StreamingResponse(
        lines, media_type="application/x-ndjson",
        headers={"content-disposition": 'attachment; filename="musnad-gold.jsonl"'},
    )  # fmt: skip


routes = [Route("/review", show), Route("/review/settle", settle, methods=["POST"]), Route("/review/gold", gold)]
