"""The door of the coding room: one report in, its record out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from musnad import __version__
from musnad.arabic.text import surfaces
from musnad.codebook import Codebook
from musnad.coding import modes, narrators, roles, settings, status, topic, triggers
from musnad.coding.control import find_control
from musnad.coding.document import Doc, build
from musnad.coding.extras import extras
from musnad.coding.links import find_links
from musnad.coding.model import Model, load, softmax
from musnad.coding.narrators import Telling
from musnad.coding.presence import find_presence
from musnad.coding.roles import Past
from musnad.coding.ties import find_ties
from musnad.coding.tolls import Toll, assign
from musnad.coding.triggers import Trigger
from musnad.record import Actor, CodedReport, Control, Event, Maker, Place, Span, TimeBounds
from musnad.report import Report

THRESHOLD = {"trigger": 0.35, "actor": 0.4, "recipient": 0.4, "place": 0.35}
ROLES = ("actor", "recipient")
LEAST = 0.02
"""An actor less likely than this is not weighed with the recipients."""
OPPONENT = 0.2
"""The other side of a clash is taken when it is at least so likely."""


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
    """Code one report. One whose words speak of anything but conflict is left early."""
    if is_quiet(report):
        by = Maker(version=__version__, codebook=book.digest[:16], text=report.digest())
        return CodedReport(report.id, report.published, by=by, outlet=report.outlet, note=report.note)
    return code_doc(build(report, book), load())


def is_quiet(report: Report) -> bool:
    """Whether a report is left by its words alone; one without a date is not, since its time is told from its text."""
    return report.published is not None and _scorer().score(surfaces(report.body)) < topic.SILENT


@lru_cache(maxsize=1)
def _scorer() -> topic.Scorer:
    return topic.Scorer(load()["topic"])


def code_doc(doc: Doc, models: dict[str, Model]) -> CodedReport:
    """Code a report that has been looked up, with given models."""
    report = doc.report
    by = Maker(version=__version__, codebook=doc.book.digest[:16], text=report.digest())
    drafts = draft_events(doc, models)
    ties = find_ties(doc)
    control = find_control(doc, drafts, ties)
    drafts = without_holding(doc, drafts, control)
    events = tuple(finish(doc, d, n) for n, d in enumerate(drafts, 1))
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


def without_holding(doc: Doc, drafts: list[Draft], control: Sequence[Control]) -> list[Draft]:
    """The acts but for captures whose verb only tells that a place is held now (تسيطر): such a word is no act."""
    held = [c.trigger for c in control if c.change == "holds"]

    def holds(d: Draft) -> bool:
        i = d.trigger.candidate.i
        at = doc.tokens[i].start
        now = d.trigger.mode == "capture" and status.tense_of(doc, i) == "present"
        return now and any(s.start <= at < s.end for s in held)

    return [d for d in drafts if not holds(d)]


def draft_events(doc: Doc, models: dict[str, Model]) -> list[Draft]:
    """The acts of a report with all their parts, in text order."""
    about = topic.score(doc.tokens, models["topic"])
    found = triggers.decide(doc, models["trigger"], THRESHOLD["trigger"], about)
    tellings = narrators.tellings(doc, found)
    drafts: list[Draft] = []
    past: list[Past] = []
    stage = roles.scene(doc, found)
    sites: dict[str, list[int]] = {}
    for t in found:
        d = Draft(t)
        d.because.extend(f"weight:{w:+.2f} {f}" for f, w in models["trigger"].reasons(("*", t.type), t.features))
        _mode(doc, d, models["mode"])
        _roles(doc, d, found, past, models, stage)
        _chain(doc, d, tellings, models["chain"])
        _status(doc, d, found, drafts, models["status"])
        _where(doc, d, found, sites, models["place"])
        _when(doc, d, models["date"])
        sides = parties(doc, d)
        past.append(Past(doc.sent[t.candidate.i], t.type, t.candidate.stem, tuple(sides[0]), tuple(sides[1])))
        sites[t.candidate.stem] = d.places
        drafts.append(d)
    assign(doc, drafts)
    return drafts


def _mode(doc: Doc, d: Draft, model: Model) -> None:
    scores = modes.scores(doc, d.trigger, model)
    if len(scores) > 1:
        d.trigger.mode = max(scores, key=lambda mode: scores[mode])


def choose_roles(
    doc: Doc, t: Trigger, fillers: list[roles.Filler], models: dict[str, Model], past: list[Past]
) -> tuple[list[int], list[int]]:
    """Actors and recipients among the fillers: the likeliest pair of sides (either may be nobody), then the mentions
    that go with them."""
    if not fillers:
        return [], []
    nobody = roles.nobody(doc, t, fillers)
    options = [nobody, *(f.features for f in fillers)]
    lead = models["actor_first"].distribution(options)
    base = [models["recipient_first"].score(x) for x in options]
    sides = {role: ["", *(doc.side(f.mention, t.type, role) for f in fillers)] for role in ROLES}
    pairing = roles.Pairing(doc, t, fillers, past)
    joint: dict[tuple[str, str], float] = {}
    best: dict[str, list[float]] = {role: [0.0] * len(options) for role in ROLES}
    for n, p in enumerate(lead):
        if p < LEAST:
            continue
        more = pairing.beside(fillers[n - 1] if n else None)
        chances = softmax([b + models["recipient_first"].score(x) for b, x in zip(base, more, strict=True)])
        for k, q in enumerate(chances):
            pair = sides["actor"][n], sides["recipient"][k]
            joint[pair] = joint.get(pair, 0.0) + p * q
            best["actor"][n] += p * q
            best["recipient"][k] += p * q
    chosen = max(joint, key=lambda x: joint[x])
    if t.mode == "clash" and len({*chosen} - {""}) == 1:
        chosen = _two_sides(doc, t, fillers, models["actor"], sides, chosen, best["actor"])
    out: list[list[int]] = []
    for role, want, other in zip(ROLES, chosen, reversed(chosen), strict=True):
        if not want:
            out.append([])
            continue
        k = max((k for k, x in enumerate(sides[role]) if x == want), key=lambda k: best[role][k])
        head = fillers[k - 1]
        mine = [head.mention]
        taken = {want, other}
        for n, f in enumerate(fillers, 1):
            if sides[role][n] in taken or f.carried != head.carried:
                continue
            beside = roles.company(doc, t, head, f)
            if models[role].probability([*f.features, *beside]) >= THRESHOLD[role]:
                mine.append(f.mention)
                taken.add(sides[role][n])
        out.append(mine)
    return out[0], out[1]


def _two_sides(
    doc: Doc,
    t: Trigger,
    fillers: list[roles.Filler],
    model: Model,
    sides: dict[str, list[str]],
    chosen: tuple[str, str],
    best: list[float],
) -> tuple[str, str]:
    """The sides of a clash of which only one was found: the likeliest other one with it, if any is likely."""
    want = next(x for x in chosen if x)
    k = max((k for k, x in enumerate(sides["actor"]) if x == want), key=lambda k: best[k], default=0)
    if not k:
        return chosen
    head = fillers[k - 1]
    found = [
        (model.probability([*f.features, *roles.company(doc, t, head, f)]), x)
        for f, x in zip(fillers, sides["actor"][1:], strict=True)
        if x != want and x in sides["recipient"] and (not f.carried or head.carried)
    ]
    chance, other = max(found, key=lambda x: x[0], default=(0.0, ""))
    return (want, other) if chance >= OPPONENT else chosen


def _roles(
    doc: Doc, d: Draft, found: list[Trigger], past: list[Past], models: dict[str, Model], stage: roles.Scene
) -> None:
    options = roles.fillers(doc, d.trigger, found, past, stage)
    d.actors, d.recipients = choose_roles(doc, d.trigger, options, models, past)


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
    scores = status.scores(feats, model)
    d.status = (
        status.certain(doc, d.trigger.candidate.i) or status.STATUSES[max(range(len(scores)), key=lambda k: scores[k])]
    )


def _where(doc: Doc, d: Draft, found: list[Trigger], before: dict[str, list[int]], model: Model) -> None:
    chosen = False
    for site in settings.sites(doc, d.trigger, found, before):
        chosen = model.probability(site.given(chosen)) >= THRESHOLD["place"]
        if chosen:
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


def actor(doc: Doc, k: int, type_: str = "", role: str = "") -> Actor:
    """A mention as it is written into the record, with the id that it has in this role of an act of this type."""
    m = doc.actors[k]
    return Actor(m.start, m.end, doc.text(m.start, m.end), m.id_for(type_, role) if type_ else m.id)


def place(doc: Doc, k: int) -> Place:
    """A place mention as it is written into the record."""
    p = doc.places[k]
    return Place(p.start, p.end, doc.text(p.start, p.end), p.name, p.country, p.lat, p.lon, p.precision_km, p.kind)


def span(doc: Doc, first: int, last: int) -> Span:
    """The words from one token to another."""
    start, end = doc.tokens[first].start, doc.tokens[last].end
    return Span(start, end, doc.text(start, end))


def parties(doc: Doc, d: Draft) -> tuple[list[int], list[int]]:
    """Actors and recipients as they are written into the record: all sides of a clash are its actors."""
    if d.trigger.mode == "clash":
        return roles.all_sides(doc, d.trigger, d.actors, d.recipients), []
    return d.actors, d.recipients


def finish(doc: Doc, d: Draft, number: int) -> Event:
    """A draft as an event of the record."""
    i = d.trigger.candidate.i
    more = extras(doc, d)
    actors, recipients = parties(doc, d)
    return Event(
        id=f"e{number}",
        trigger=span(doc, i, i),
        type=d.trigger.type,  # type: ignore[arg-type]
        mode=d.trigger.mode,
        actors=tuple(actor(doc, k, d.trigger.type, ROLES[0]) for k in actors),
        recipients=tuple(actor(doc, k, d.trigger.type, ROLES[1]) for k in recipients),
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
