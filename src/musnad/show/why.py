"""Why a record was made: the words of the report, who says so, and each codebook entry and rule behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from musnad.errors import UsageError
from musnad.record import Actor, CodedReport, Control, Event, Link, Presence, Tie
from musnad.report import Report
from musnad.show.bidi import visible
from musnad.show.labels import label
from musnad.show.marks import KINDS, Mark, marks

Record = Event | Control | Tie | Presence | Link
Meaning = Callable[[str], str | None]


def explain(report: Report, coded: CodedReport, record: str, meaning: Meaning = lambda entry: None) -> str:
    """Explain one record in plain sentences. `meaning` says what a codebook entry is, or None when it is a rule.

    Raises UsageError when the report has no such record.
    """
    found = {r.id: r for r in _records(coded)}.get(record)
    if found is None:
        names = ", ".join(r.id for r in _records(coded)) or "none"
        raise UsageError(f"report {coded.id} has no record {record}; its records are {names}")
    evidence = [m for m in marks(coded) if m.record == record]
    lines = [f"{record} of report {coded.id}: {_said(found)}"]
    if coded.note:
        lines.append(f"Note: {visible(coded.note)}")
    lines += ["", *_passages(report, evidence), "", "The words it rests on:"]
    lines += [
        f"  {label(f'kind.{m.kind}', 'en'):12} «{visible(report.body[m.start : m.end])}»  characters {m.start}-{m.end}"
        for m in sorted(evidence, key=lambda m: (KINDS.index(m.kind), m.start))
    ]
    lines += ["", _told(report, found), ""]
    because = getattr(found, "because", ())
    if because:
        lines.append("The codebook entries and rules that made it:")
        lines += [
            f"  {visible(entry)}" + (f"\n      {words}" if (words := meaning(entry)) else "") for entry in because
        ]
    else:
        lines.append("No entry or rule is kept with it.")
    return "\n".join(lines)


def _records(coded: CodedReport) -> Iterator[Record]:
    yield from coded.events
    yield from coded.control
    yield from coded.ties
    yield from coded.presence
    yield from coded.links


def _ids(actors: tuple[Actor, ...]) -> str:
    return " and ".join(a.id for a in actors)


def _said(record: Record) -> str:
    """The record in one line of English."""
    match record:
        case Event():
            kind = label(f"type.{record.type}", "en") + (
                f" ({label(f'mode.{record.mode}', 'en')})" if record.mode else ""
            )
            doer = f" by {_ids(record.actors)}" if record.actors else ", no doer told"
            to = f", to {_ids(record.recipients)}" if record.recipients else ""
            where = f", at {' / '.join(p.name for p in record.places)}" if record.places else ""
            when = f", on {record.date}" if record.date else ""
            return f"{kind}{doer}{to}{where}{when}; told as {label(f'status.{record.status}', 'en')}."
        case Control():
            former = f", from {record.former.id}" if record.former else ""
            when = f", on {record.date}" if record.date else ""
            return f"{record.holder.id} {label(f'change.{record.change}', 'en')} {record.place.name}{former}{when}."
        case Tie():
            return f"{record.a.id} {label(f'tie.{record.kind}', 'en')} {record.b.id}."
        case Presence():
            return f"{record.actor.id} is at {record.place.name}."
        case Link():
            source, target = (
                x if isinstance(x, str) else f"«{visible(x.text)}»" for x in (record.source, record.target)
            )
            return f"{source} {label(f'link.{record.kind}', 'en')} {target}."


def _told(report: Report, record: Record) -> str:
    chain: tuple[Actor, ...] = getattr(record, "chain", ())
    outlet = visible(report.outlet or "the outlet")
    if not chain:
        return f"Who says so: {outlet} itself."
    return "Who says so: " + ", quoting ".join([outlet, *(f"{visible(a.text)} ({a.id})" for a in chain)]) + "."


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
