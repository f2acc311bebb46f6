"""Review: one draft after another, least certain first, and the records on which analysts differ."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from musnad.archive import browse, editing, two_hands
from musnad.archive.archive import Archive
from musnad.codebook.entries import MODES
from musnad.web.incident import passage_of
from musnad.web.look import page, query


def show(request: Request) -> Response:
    """GET /review: the next draft of the queue; after= names the one that was seen last."""
    archive: Archive = request.app.state.archive
    after = request.query_params.get("after", "")[:300]
    found = browse.drafts(archive, limit=1, skip=after)
    today, spoken, every = browse.progress(archive, datetime.now(UTC).date().isoformat())
    draft = found[0] if found else None
    stored = archive.report(draft.report_n) if draft else None
    record = next((e for e in stored.coded.events if draft and e.id == draft.event_id), None) if stored else None
    here = f"{draft.report_id}#{draft.event_id}" if draft else ""
    return page(
        request, "review.html", here="review", draft=draft, stored=stored, record=record, today=today, spoken=spoken,
        every=every, modes=MODES, onward=f"/review{query({'after': here})}", after=after,
        passage=passage_of(stored.report.body, record.trigger) if stored and record else None,
        differing=[(d.report_id, d.kind, d.start, d.end, d.words) for d in two_hands.differing(archive)[:40]],
    )  # fmt: skip


def gold(request: Request) -> Response:
    """GET /review/gold: the records of the reports that analysts read, as they count now."""
    archive: Archive = request.app.state.archive
    lines = (line + b"\n" for line in editing.gold(archive, None))
    return StreamingResponse(
        lines, media_type="application/x-ndjson",
        headers={"content-disposition": 'attachment; filename="musnad-gold.jsonl"'},
    )  # fmt: skip


routes = [Route("/review", show), Route("/review/gold", gold)]
