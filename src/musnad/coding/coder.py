"""The door of the coding room: one report in, its record out."""

from __future__ import annotations

from dataclasses import dataclass, field

from musnad import __version__
from musnad.codebook import Codebook
from musnad.coding import modes, narrators, roles, settings, status, triggers
from musnad.coding.control import find_control
from musnad.coding.document import Doc, build
from musnad.coding.extras import extras
from musnad.coding.links import find_links
from musnad.coding.model import Model, load
from musnad.coding.narrators import Telling
from musnad.coding.presence import find_presence
from musnad.coding.roles import Past
from musnad.coding.ties import find_ties
from musnad.coding.tolls import Toll, assign
from musnad.coding.triggers import Trigger
from musnad.record import Actor, CodedReport, Event, Maker, Place, Span, TimeBounds
from musnad.report import Report

THRESHOLD = {"trigger": 0.3, "actor": 0.5, "recipient": 0.5, "place": 0.45}
ROLES = ("actor", "recipient")


@dataclass(slots=True)
class Draft:
    """An act while it is being coded."""

    trigger: Trigger
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    chain: tuple[int, ...] = ()
    telling: Telling | None = None
    status: str = "happened"
    date: str | None = None
    date_at: int = -1
    killed: Toll | None = None
    injured: Toll | None = None
    because: list[str] = field(default_factory=list)


def code(report: Report, book: Codebook) -> CodedReport:
    """Code one report."""
    return code_doc(build(report, book), load())


def code_doc(doc: Doc, models: dict[str, Model]) -> CodedReport:
    """Code a report that has been looked up, with given models."""
    report = doc.report
    by = Maker(version=__version__, codebook=doc.book.digest[:16], text=report.digest())
    drafts = draft_events(doc, models)
    events = tuple(finish(doc, d, n) for n, d in enumerate(drafts, 1))
    control = find_control(doc, drafts)
    ties = find_ties(doc)
    return CodedReport(
        id=report.id,
        published=report.published,
        events=events,
        control=control,
        ties=ties,
        presence=find_presence(doc, drafts),
        links=find_links(doc, drafts),
        time=_bounds(doc) if report.published is None else None,
        by=by,
        outlet=report.outlet,
        note=report.note,
    )


def draft_events(doc: Doc, models: dict[str, Model]) -> list[Draft]:
    """The acts of a report with all their parts, in text order."""
    found = triggers.decide(doc, models["trigger"], THRESHOLD["trigger"])
    tellings = narrators.tellings(doc, found)
    drafts: list[Draft] = []
    past: list[Past] = []
    sites: dict[str, list[int]] = {}
    for t in found:
        d = Draft(t)
        _mode(doc, d, models["mode"])
        _roles(doc, d, found, past, models)
        _chain(doc, d, tellings, models["chain"])
        _status(doc, d, found, drafts, models["status"])
        _where(doc, d, found, sites, models["place"])
        _when(doc, d, models["date"])
        past.append(Past(doc.sent[t.candidate.i], t.type, t.candidate.stem, tuple(d.actors), tuple(d.recipients)))
        sites[t.candidate.stem] = d.places
        drafts.append(d)
    assign(doc, drafts)
    return drafts


def _mode(doc: Doc, d: Draft, model: Model) -> None:
    names, features = modes.options(doc, d.trigger)
    if len(names) > 1:
        chances = model.distribution(features)
        d.trigger.mode = names[max(range(len(names)), key=lambda k: chances[k])]


def choose_roles(
    doc: Doc, t: Trigger, fillers: list[roles.Filler], models: dict[str, Model]
) -> tuple[list[int], list[int]]:
    """Actors and recipients among the fillers: for each role the best mention or none, then those that go with it."""
    if not fillers:
        return [], []
    nobody = roles.nobody(doc, t, fillers)
    first: dict[str, tuple[int, float]] = {}
    for role in ROLES:
        chances = models[role + "_first"].distribution([nobody, *(f.features for f in fillers)])
        best = max(range(len(chances)), key=lambda k: chances[k])
        if best and sum(c for c, f in zip(chances[1:], fillers, strict=True) if _same(doc, f, fillers[best - 1])) < chances[0]:
            best = 0
        elif not best:
            sums: dict[str, float] = {}
            for c, f in zip(chances[1:], fillers, strict=True):
                ident = doc.actors[f.mention].id
                sums[ident] = sums.get(ident, 0.0) + c
            top = max(sums, key=lambda x: sums[x])
            if sums[top] > chances[0]:
                best = 1 + max(
                    (k for k, f in enumerate(fillers) if doc.actors[f.mention].id == top), key=lambda k: chances[k + 1]
                )
        first[role] = (best - 1, chances[best])
    if first["actor"][0] >= 0 and first["recipient"][0] >= 0:
        a, r = fillers[first["actor"][0]], fillers[first["recipient"][0]]
        if _same(doc, a, r):
            weaker = "actor" if first["actor"][1] < first["recipient"][1] else "recipient"
            first[weaker] = (-1, 0.0)
    out: list[list[int]] = []
    used: set[str] = set()
    for role in ROLES:
        k = first[role][0]
        if k < 0:
            out.append([])
            continue
        head = fillers[k]
        mine = [head.mention]
        idents = {doc.actors[head.mention].id}
        other = first["recipient" if role == "actor" else "actor"][0]
        barred = {doc.actors[fillers[other].mention].id} if other >= 0 else set()
        for f in fillers:
            ident = doc.actors[f.mention].id
            if f is head or ident in idents or ident in barred or ident in used or f.carried != head.carried:
                continue
            if models[role].probability(f.features) >= THRESHOLD[role]:
                mine.append(f.mention)
                idents.add(ident)
        used |= idents
        out.append(mine)
    return out[0], out[1]


def _same(doc: Doc, a: roles.Filler, b: roles.Filler) -> bool:
    return doc.actors[a.mention].id == doc.actors[b.mention].id


def _roles(doc: Doc, d: Draft, found: list[Trigger], past: list[Past], models: dict[str, Model]) -> None:
    d.actors, d.recipients = choose_roles(doc, d.trigger, roles.fillers(doc, d.trigger, found, past), models)


def _chain(doc: Doc, d: Draft, tellings: list[Telling], model: Model) -> None:
    choice, features = narrators.options(doc, d.trigger, tellings)
    if len(choice) == 1:
        return
    best = narrators.likeliest(doc, choice, model.distribution(features))
    if best is None:
        return
    d.telling = best
    d.chain = chain_of(doc, best, tellings)


def chain_of(doc: Doc, telling: Telling, tellings: list[Telling]) -> tuple[int, ...]:
    """The narrators behind a telling, outermost first."""
    outer = narrators.parent(doc, telling, tellings)
    return (*(outer.narrators[:1] if outer else ()), *telling.narrators)


def _status(doc: Doc, d: Draft, found: list[Trigger], drafts: list[Draft], model: Model) -> None:
    last = drafts[-1] if drafts else None
    same = last is not None and doc.sent[last.trigger.candidate.i] == doc.sent[d.trigger.candidate.i]
    before = (last.trigger, last.status) if last is not None and same else None
    feats = status.features(doc, d.trigger, d.telling, status.governing_acts(doc, d.trigger, found), before)
    chances = model.distribution(status.options(feats))
    d.status = status.STATUSES[max(range(len(chances)), key=lambda k: chances[k])]


def _where(doc: Doc, d: Draft, found: list[Trigger], before: dict[str, list[int]], model: Model) -> None:
    for site in settings.sites(doc, d.trigger, found, before):
        if model.probability(site.features) >= THRESHOLD["place"]:
            d.places.append(site.mention)


def _when(doc: Doc, d: Draft, model: Model) -> None:
    choice, features = settings.dates(doc, d.trigger)
    if len(choice) == 1:
        return
    chances = model.distribution(features)
    best = choice[max(range(len(choice)), key=lambda k: chances[k])]
    if best is not None:
        d.date = best[0]
        d.date_at = doc.dates.index(best[1])


def actor(doc: Doc, k: int, type_: str = "") -> Actor:
    """A mention as it is written into the record, with the id that it has in an act of this type."""
    m = doc.actors[k]
    return Actor(m.start, m.end, doc.text(m.start, m.end), m.id_for(type_) if type_ else m.id)


def place(doc: Doc, k: int) -> Place:
    """A place mention as it is written into the record."""
    p = doc.places[k]
    return Place(p.start, p.end, doc.text(p.start, p.end), p.name, p.country, p.lat, p.lon, p.precision_km, p.kind)


def span(doc: Doc, first: int, last: int) -> Span:
    """The words from one token to another."""
    start, end = doc.tokens[first].start, doc.tokens[last].end
    return Span(start, end, doc.text(start, end))


def finish(doc: Doc, d: Draft, number: int) -> Event:
    """A draft as an event of the record."""
    i = d.trigger.candidate.i
    more = extras(doc, d)
    return Event(
        id=f"e{number}",
        trigger=span(doc, i, i),
        type=d.trigger.type,  # type: ignore[arg-type]
        mode=d.trigger.mode,
        actors=tuple(actor(doc, k, d.trigger.type) for k in d.actors),
        recipients=tuple(actor(doc, k, d.trigger.type) for k in d.recipients),
        places=tuple(place(doc, k) for k in d.places),
        date=d.date,
        killed=d.killed.count if d.killed else None,
        injured=d.injured.count if d.injured else None,
        status=d.status,  # type: ignore[arg-type]
        chain=tuple(actor(doc, k) for k in d.chain),
        confidence=round(d.trigger.probability, 3),
        **more,
    )


def _bounds(doc: Doc) -> TimeBounds:
    from musnad.arabic.dates import report_bounds

    return TimeBounds(*report_bounds(doc.dates))
