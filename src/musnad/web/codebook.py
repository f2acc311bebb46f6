"""The codebook: its entries with their examples, what a word leads to, and a sentence tried with the reasons shown."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import musnad
from musnad.archive.query import TYPES, Filter
from musnad.codebook import EventEntry, find, load, stats
from musnad.errors import UsageError
from musnad.record import CodedReport, Control, Event, Presence, Tie
from musnad.report import Report
from musnad.show.marks import pieces
from musnad.web.look import page
from musnad.web.overview import whole
from musnad.web.reader import explainer

MOST = 6000
"""Characters of a text to try."""
PART = 60


def show(request: Request) -> Response:
    """GET /codebook: entries (type=, offset=), a word (word=)."""
    kind = request.query_params.get("type", "")
    word = request.query_params.get("word", "").strip()[:120]
    offset = whole(request.query_params.get("offset"))
    entries = of_type(kind) if kind in TYPES else of_type(TYPES[0])
    return page(request, "codebook.html", **_common(
        entries[offset : offset + PART], len(entries), kind if kind in TYPES else TYPES[0], offset, word
    ))  # fmt: skip


async def attempt(request: Request) -> Response:
    """POST /codebook: a text is coded and shown with its records and the reasons; nothing is kept."""
    form = await request.form(max_files=0, max_fields=8)
    text, published = form.get("text", ""), form.get("published", "")
    if not isinstance(text, str) or not isinstance(published, str) or not text.strip():
        raise UsageError("write a sentence to try")
    if len(text) > MOST:
        raise UsageError(f"a text to try may have {MOST} characters; add longer reports with: musnad add")
    day = Filter.parse({"since": published}).since if published.strip() else None
    report = Report(id="try", title="", body=text.replace("\r\n", "\n"), published=day)
    coded: CodedReport = await run_in_threadpool(musnad.code, report)
    tried = {"report": report, "coded": coded, "pieces": pieces(report, coded), "reasons": reasons(coded)}
    entries = of_type(TYPES[0])
    common = _common(entries[:PART], len(entries), TYPES[0], 0, "")
    return page(request, "codebook.html", **{**common, "tried": tried, "text": text, "published": published})


def _common(entries: list[EventEntry], total: int, kind: str, offset: int, word: str) -> dict[str, Any]:
    return {
        "here": "codebook", "types": TYPES, "kind": kind, "entries": entries, "total": total, "offset": offset,
        "part": PART, "word": word, "found": find(word)[:60] if word else [], "tables": _stats(), "tried": None,
        "text": "", "published": "",
    }  # fmt: skip


def reasons(coded: CodedReport) -> dict[str, list[tuple[str, str | None]]]:
    """What stands behind each record: the names it is made of, each with its row of the codebook."""
    mean = explainer()
    every: list[Event | Control | Tie | Presence] = [*coded.events, *coded.control, *coded.ties, *coded.presence]
    return {r.id: [(b, mean(b)) for b in r.because if not b.startswith("weight:")] for r in every}


@lru_cache(maxsize=32)
def of_type(kind: str) -> list[EventEntry]:
    """The entries for acts of a type, those that mean it first; else in the order of their files."""
    book = load()
    every = [e for e in (*book.events.entries, *book.expressions.entries) if any(name == kind for name, _ in e.types)]
    return sorted(every, key=lambda e: e.types[0][0] != kind)


@lru_cache(maxsize=1)
def _stats() -> dict[str, int]:
    return stats()


routes = [Route("/codebook", show), Route("/codebook", attempt, methods=["POST"])]
