"""The codebook: its entries with their examples and how often they fire, what a word leads to, and a sentence tried
with the reasons shown."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import musnad
from musnad.arabic.letters import norm
from musnad.archive import firing
from musnad.archive.archive import Archive
from musnad.archive.query import TYPES, Filter
from musnad.codebook import Codebook, EventEntry, Finding, stats
from musnad.codebook.entries import GAP_MARK
from musnad.codebook.explaining import plainly
from musnad.codebook.lookup import find_in
from musnad.engine import open_book
from musnad.errors import UsageError
from musnad.record import CodedReport, Control, Event, Presence, Tie
from musnad.report import Report
from musnad.show.labels import Lang
from musnad.show.marks import pieces
from musnad.web.look import language, page
from musnad.web.overview import whole
from musnad.web.reader import explainer

MOST = 6000
"""Characters of a text to try."""
PART = 60


def show(request: Request) -> Response:
    """GET /codebook: entries (type=, order=fires, offset=), a word (word=)."""
    return page(request, "codebook.html", **_common(request))


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
    folder = request.app.state.settings.tables
    coded: CodedReport = await run_in_threadpool(musnad.code, report, codebook=folder)
    tried = {
        "report": report,
        "coded": coded,
        "pieces": pieces(report, coded),
        "reasons": reasons(coded, folder, language(request)),
    }
    return page(request, "codebook.html", **{**_common(request), "tried": tried, "text": text, "published": published})


def _common(request: Request) -> dict[str, Any]:
    archive: Archive = request.app.state.archive
    asked = request.query_params
    kind = asked.get("type", "") if asked.get("type", "") in TYPES else TYPES[0]
    word, offset, order = asked.get("word", "").strip()[:120], whole(asked.get("offset")), asked.get("order", "")
    folder = request.app.state.settings.tables
    book = open_book(folder)
    entries = of_type(book, kind)
    fires = firing.times(archive, [e.id for e in entries])
    if order == "fires":
        entries = sorted(entries, key=lambda e: -fires.get(e.id, 0))
    found = find_in(book, word)[:60] if word else []
    return {
        "here": "codebook", "types": TYPES, "kind": kind, "entries": entries[offset : offset + PART],
        "total": len(entries), "offset": offset, "part": PART, "order": "fires" if order == "fires" else "",
        "fires": fires, "looked_for": looked_for, "word": word,
        "found": list(zip(found, found_in(archive, found), strict=True)),
        "tables": _stats(folder, book.digest), "tried": None, "text": "", "published": "",
    }  # fmt: skip


def looked_for(lemma: str) -> str:
    """The words to search for where an entry fires: of alternatives the first."""
    words = (w.lstrip("*").partition("/")[0].rstrip("ـ") for w in lemma.split() if w != GAP_MARK)
    return " ".join(w for w in words if w)


def found_in(archive: Archive, found: list[Finding]) -> list[int]:
    """How often each thing found fires in the archive; records name it by its entry, or by its file and line."""
    names = [_names(f) for f in found]
    fires = firing.times(archive, [n for some in names for n in some])
    return [max((fires.get(n, 0) for n in some), default=0) for some in names]


def _names(f: Finding) -> list[str]:
    if f.table == "speech":
        return [f.entry, f"told by: {norm(f.entry.partition(':')[2])}"]
    return [f.entry, f.file, f"{f.file}:{f.line}"]


def reasons(coded: CodedReport, folder: Path | None, lang: Lang) -> dict[str, list[tuple[str, str | None]]]:
    """What stands behind each record: the names it is made of, each with its row of the codebook."""
    mean = explainer(folder, lang)
    every: list[Event | Control | Tie | Presence] = [*coded.events, *coded.control, *coded.ties, *coded.presence]
    return {r.id: [(plainly(b, lang), mean(b)) for b in r.because if not b.startswith("weight:")] for r in every}


def of_type(book: Codebook, kind: str) -> list[EventEntry]:
    """The entries for acts of a type, those that mean it first; else in the order of their files."""
    every = [e for e in (*book.events.entries, *book.expressions.entries) if any(name == kind for name, _ in e.types)]
    return sorted(every, key=lambda e: e.types[0][0] != kind)


@lru_cache(maxsize=2)
def _stats(folder: Path | None, digest: str) -> dict[str, int]:
    """How much the codebook of a digest holds, table by table."""
    one_kind = re.compile("events [A-Z]+|signs (?!of status$).+")
    return {name: n for name, n in stats(folder).items() if not one_kind.fullmatch(name)}


routes = [Route("/codebook", show), Route("/codebook", attempt, methods=["POST"])]
