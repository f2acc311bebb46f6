"""Why a record was made: the words of the report, who says so, and each codebook entry and rule behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from musnad.errors import UsageError
from musnad.record import Actor, CodedReport, Control, Event, Link, Place, Presence, Tie
from musnad.report import Report
from musnad.show.bidi import visible
from musnad.show.labels import Lang, label
from musnad.show.marks import KINDS, Mark, marks

Record = Event | Control | Tie | Presence | Link
Meaning = Callable[[str], str | None]


@dataclass(frozen=True)
class Voice:
    """How a record is told: in which language, and what parties and places are called in it."""

    lang: Lang = "en"
    party: Callable[[str], str] = str
    place: Callable[[Place], str] = lambda p: p.name

    def say(self, key: str, **told: str) -> str:
        """The words for a key, with what is told put in."""
        return label(f"why.{key}", self.lang).format(**told)

    def parties(self, actors: tuple[Actor, ...]) -> str:
        """Parties in a row."""
        return label("why.and", self.lang).replace("_", " ").join(self.party(a.id) for a in actors)


def explain(
    report: Report, coded: CodedReport, record: str, meaning: Meaning = lambda entry: None, voice: Voice | None = None,
    named: Callable[[str], str] = str,
) -> str:  # fmt: skip
    """Explain one record in plain sentences. `meaning` says what a codebook entry is, or None when it is a rule;
    `named` what a name in `because` is called; `voice` in which language and with which names it is told.

    Raises UsageError when the report has no such record.
    """
    v = voice or Voice()
    found = {r.id: r for r in _records(coded)}.get(record)
    if found is None:
        names = ", ".join(r.id for r in _records(coded)) or "none"
        raise UsageError(f"report {coded.id} has no record {record}; its records are {names}")
    evidence = [m for m in marks(coded) if m.record == record]
    lines = [v.say("head", record=record, report=coded.id, said=_said(found, v))]
    if coded.note:
        lines.append(v.say("note", note=visible(coded.note)))
    lines += ["", *_passages(report, evidence), "", v.say("words")]
    lines += [
        f"  {label(f'kind.{m.kind}', v.lang):12} «{visible(report.body[m.start : m.end])}»  "
        + v.say("characters", start=str(m.start), end=str(m.end))
        for m in sorted(evidence, key=lambda m: (KINDS.index(m.kind), m.start))
    ]
    lines += ["", _told(report, found, v), ""]
    because = getattr(found, "because", ())
    if because:
        lines.append(v.say("because"))
        lines += [
            f"  {visible(named(entry))}" + (f"\n      {words}" if (words := meaning(entry)) else "")
            for entry in because
        ]
    else:
        lines.append(v.say("nothing"))
    return "\n".join(lines)


def _records(coded: CodedReport) -> Iterator[Record]:
    yield from coded.events
    yield from coded.control
    yield from coded.ties
    yield from coded.presence
    yield from coded.links


def _said(record: Record, v: Voice) -> str:
    """The record in one line."""
    match record:
        case Event():
            kind = label(f"type.{record.type}", v.lang) + (
                f" ({label(f'mode.{record.mode}', v.lang)})" if record.mode else ""
            )
            return "".join((
                kind,
                v.say("by", who=v.parties(record.actors)) if record.actors else v.say("nobody"),
                v.say("to", whom=v.parties(record.recipients)) if record.recipients else "",
                v.say("at", place=" / ".join(v.place(p) for p in record.places)) if record.places else "",
                v.say("on", date=record.date) if record.date else "",
                v.say("status", status=label(f"status.{record.status}", v.lang)),
            ))  # fmt: skip
        case Control():
            return v.say(
                "control", holder=v.party(record.holder.id), change=label(f"change.{record.change}", v.lang),
                place=v.place(record.place),
                former=v.say("from", former=v.party(record.former.id)) if record.former else "",
                date=v.say("on", date=record.date) if record.date else "",
            )  # fmt: skip
        case Tie():
            a, b = v.party(record.a.id), v.party(record.b.id)
            return v.say("tie", a=a, kind=label(f"tie.{record.kind}", v.lang), b=b)
        case Presence():
            return v.say("presence", actor=v.party(record.actor.id), place=v.place(record.place))
        case Link():
            source, target = (
                x if isinstance(x, str) else f"«{visible(x.text)}»" for x in (record.source, record.target)
            )
            return v.say("tie", a=source, kind=label(f"link.{record.kind}", v.lang), b=target)


def _told(report: Report, record: Record, v: Voice) -> str:
    chain: tuple[Actor, ...] = getattr(record, "chain", ())
    outlet = visible(report.outlet or v.say("outlet"))
    if not chain:
        return v.say("itself", outlet=outlet)
    quoting = v.say("quoting").replace("_", " ")
    return v.say("chain", chain=quoting.join([outlet, *(f"{visible(a.text)} ({v.party(a.id)})" for a in chain)]))


def _passages(report: Report, evidence: list[Mark]) -> list[str]:
    """The paragraphs of the body in which the evidence stands."""
    body, spans = report.body, []
    for m in evidence:
        start = body.rfind("\n", 0, m.start) + 1
        end = body.find("\n", m.end)
        span = (start, len(body) if end < 0 else end)
        if span not in spans:
            spans.append(span)
    return [visible(body[start:end].strip()) for start, end in sorted(spans)]
