"""The reader: a report with its evidence marked, its records beside it, and what analysts say of them."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from musnad.archive import browse, corrections, double, proposals
from musnad.archive.archive import Archive, Stored
from musnad.archive.editing import add_record, correct_record
from musnad.archive.outlets import related
from musnad.codebook.entries import MODES
from musnad.codebook.explaining import Explainer, plainly
from musnad.errors import UsageError
from musnad.record import Actor, CodedReport, Place
from musnad.show.labels import Lang
from musnad.show.marks import KINDS, pieces
from musnad.show.why import Voice, explain
from musnad.web.look import address, analyst, called, in_words, language, page
from musnad.web.words import party, place

FIELDS = (
    "type", "mode", "status", "change", "kind", "date", "actor", "recipient", "narrator", "place", "holder", "former",
    "a", "b", "killed", "injured",
)  # fmt: skip
"""Fields of a record that the reader's form may set."""


def show(request: Request) -> Response:
    """GET /reports/ID: the report as it reads, with its records."""
    archive: Archive = request.app.state.archive
    stored = _stored(archive, request.path_params["id"])
    who = analyst(request)
    pair = double.pair_of(archive, stored.report.id)
    every = corrections.on(archive, stored)
    said = corrections.visible([c for c in every if c.report_id == stored.report.id], who)
    blind = pair is not None and pair.sealed
    if blind:
        said = [c for c in said if c.analyst == who]
    coded = corrections.own(stored.machine, every, who) if blind else stored.coded
    hands = corrections.lay_over(stored.machine, said, every).hands
    folder = request.app.state.settings.codebook
    parties, places = spoken_of(coded)
    mine = pair.of(who) if pair is not None else None
    return page(
        request, "reader.html", parties=parties, places=places, proposed=proposals.among(stored, said, folder),
        news=proposals.news(archive, request.query_params.get("said", ""), folder, who), report=stored.report,
        coded=coded, kinds=KINDS, pieces=pieces(stored.report, coded), hands=hands, said=said, modes=MODES,
        incidents=browse.incident_keys(archive, stored.n), related=related(archive, stored.report.id), blind=blind,
        pair=pair, mine=mine, waits=blind and (mine is None or mine.done_at is not None),
        reprint_of=archive.report(stored.reprint_of) if stored.reprint_of is not None else None,
    )  # fmt: skip


def why(request: Request) -> Response:
    """GET /reports/ID/why/RECORD: why a record was made, in words."""
    archive: Archive = request.app.state.archive
    stored = _stored(archive, request.path_params["id"])
    record = request.path_params["record"]
    pair = double.pair_of(archive, stored.report.id)
    coded = stored.coded
    if pair is not None and pair.sealed:
        coded = corrections.own(stored.machine, corrections.on(archive, stored), analyst(request))
    lang = language(request)
    voice = Voice(lang, lambda i: f"{party(i, lang)} [{i}]", lambda p: place(p.name, p.country, lang))
    mean = explainer(request.app.state.settings.tables, lang)
    told = explain(stored.report, coded, record, mean, voice, partial(plainly, lang=lang))
    return page(request, "why.html", report=stored.report, record=record, told=told)


async def correct(request: Request) -> Response:
    """POST /reports/ID/records/RECORD: an analyst accepts, rejects or changes a record."""
    archive: Archive = request.app.state.archive
    report_id, record = request.path_params["id"], request.path_params["record"]
    form = await request.form(max_files=0, max_fields=60)
    who = _who(form)
    verdict = _text(form, "verdict")
    if verdict not in ("accept", "reject", "change"):
        raise UsageError("say whether the record is accepted, rejected or changed")
    changes = changed_fields(form) if verdict == "change" else []
    if verdict == "change" and not changes:
        raise UsageError("nothing was changed; change a field, or accept the record")
    number = await run_in_threadpool(
        correct_record, archive, f"{report_id}#{record}", who, accept=verdict == "accept", reject=verdict == "reject",
        changes=changes, note=_text(form, "note") or None, blind=_text(form, "blind") == "1",
    )  # fmt: skip
    back = _text(form, "back")
    to = back if back.startswith("/review") else f"{address('reports', report_id)}#rec-{record}"
    return await _done(request, to, who, number)


async def add(request: Request) -> Response:
    """POST /reports/ID/records: an analyst adds an event, a control or a tie (of=) on some words of the text."""
    form = await request.form(max_files=0, max_fields=60)
    report_id, who, kind = request.path_params["id"], _who(form), _text(form, "of") or "event"
    if kind not in ("event", "control", "tie"):
        raise UsageError("add an event, a control or a tie")
    words, start, end = (_text(form, f).strip() for f in ("words", "start", "end"))
    offsets = [int(x) for x in (start, end) if x.isascii() and x.isdigit() and len(x) < 10]
    if not words and len(offsets) < 2:
        raise UsageError("select the words of the text that tell it, or write them")
    changes = [f"{f}={value}" for f in FIELDS if (value := _text(form, f).strip())]
    number = await run_in_threadpool(
        add_record, request.app.state.archive, report_id, who, cast(corrections.Kind, kind),
        (offsets[0], offsets[1]) if len(offsets) == 2 else words, changes, note=_text(form, "note") or None,
    )  # fmt: skip
    return await _done(request, f"{address('reports', report_id)}#records", who, number)


def spoken_of(coded: CodedReport) -> tuple[list[str], list[str]]:
    """The parties and places of a record as a form writes them (ID@words, NAME@words), each once, in text order."""
    parties: dict[str, int] = {}
    places: dict[str, int] = {}
    for r in (*coded.events, *coded.control, *coded.ties, *coded.presence):
        for value in (getattr(r, f) for f in r.__struct_fields__):
            for x in value if isinstance(value, tuple) else (value,):
                if isinstance(x, Actor):
                    parties.setdefault(in_words(x), x.start)
                elif isinstance(x, Place):
                    places.setdefault(in_words(x), x.start)
    return sorted(parties, key=parties.__getitem__), sorted(places, key=places.__getitem__)


async def finish(request: Request) -> Response:
    """POST /reports/ID/done: an analyst of a double reading is done with the report."""
    form = await request.form(max_files=0, max_fields=4)
    who, report_id = _who(form), request.path_params["id"]
    await run_in_threadpool(double.finish, request.app.state.archive, report_id, who)
    return RedirectResponse("/review?double=1", 303)


def _who(form: FormData) -> str:
    return (_text(form, "another").strip() or _text(form, "analyst").strip())[:80]


async def _done(request: Request, to: str, who: str, number: int) -> Response:
    """The way back after a correction; its number goes with it where it points to the codebook."""
    folder = request.app.state.settings.codebook
    if await run_in_threadpool(proposals.news, request.app.state.archive, str(number), folder, who):
        path, hash, part = to.partition("#")
        to = f"{path}{'&' if '?' in path else '?'}said={number}{hash}{part}"
    return called(RedirectResponse(to, 303), who)


def changed_fields(form: FormData) -> list[str]:
    """The fields that differ from what the form was shown with, as FIELD=VALUE."""
    return [
        f"{f}={_text(form, f).strip()}"
        for f in FIELDS
        if f in form and _text(form, f).strip() != _text(form, f"was-{f}").strip()
    ]


@lru_cache(maxsize=4)
def explainer(folder: Path | None, lang: Lang) -> Explainer:
    """What finds the row of the codebook behind a name; it takes a moment to make."""
    return Explainer(folder, lang=lang)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _stored(archive: Archive, id: str) -> Stored:
    stored = archive.report(id)
    if stored is None:
        raise HTTPException(404)
    return stored


routes = [
    Route("/reports/{id:path}/why/{record}", why),
    Route("/reports/{id:path}/done", finish, methods=["POST"]),
    Route("/reports/{id:path}/records", add, methods=["POST"]),
    Route("/reports/{id:path}/records/{record}", correct, methods=["POST"]),
    Route("/reports/{id:path}", show),
]
