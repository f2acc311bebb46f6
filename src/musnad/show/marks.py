"""Where in the body the evidence stands: the text cut into pieces, each with the records that rest on it.

Spans of different records overlap freely, so the body is cut at every border; each piece knows all records it
belongs to and the part that it plays in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from musnad.record import CodedReport, Control, Event, Link, Presence, Span, Tie
from musnad.report import Report

KINDS = (
    "trigger", "control", "narrator", "actor", "recipient", "toll", "place", "date", "means", "status", "tie",
)  # fmt: skip
"""What evidence can be evidence of; where pieces overlap, the first in this order gives the colour."""


class _Words(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that speak for a record: `kind` says for what in it."""

    start: int
    end: int
    record: str
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the body between two borders. `heads` are records whose trigger ends here."""

    text: str
    marks: tuple[Mark, ...]
    heads: tuple[str, ...]
    block: str | None

    @property
    def kind(self) -> str | None:
        """The kind that gives the piece its colour."""
        return min((m.kind for m in self.marks), key=KINDS.index, default=None)

    @property
    def records(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.record for m in self.marks))


def marks(coded: CodedReport) -> list[Mark]:
    """All evidence of a record, in the order of the text."""
    found = [
        Mark(words.start, words.end, record, kind)
        for record, kind, words in _evidence(coded)
        if words.start < words.end
    ]
    return sorted(set(found), key=lambda m: (m.start, m.end, m.record, m.kind))


def pieces(report: Report, coded: CodedReport) -> list[Piece]:
    """The body cut at every border of evidence and of what is no reporting. Joined, the pieces give the body again."""
    size = len(report.body)
    found = [m for m in marks(coded) if 0 <= m.start < m.end <= size]
    borders = {0, size}
    for m in found:
        borders |= {m.start, m.end}
    for b in report.blocks:
        borders |= {min(b.start, size), min(b.end, size)}
    cuts = sorted(borders)
    out: list[Piece] = []
    open_marks: list[Mark] = []
    coming = 0
    for start, end in pairwise(cuts):
        open_marks = [m for m in open_marks if m.end > start]
        while coming < len(found) and found[coming].start <= start:
            open_marks.append(found[coming])
            coming += 1
        heads = tuple(dict.fromkeys(m.record for m in open_marks if m.end == end and m.kind in ("trigger", "control")))
        block = next((b.kind for b in report.blocks if b.start <= start and end <= b.end), None)
        out.append(Piece(report.body[start:end], tuple(open_marks), heads, block))
    return out


def _evidence(coded: CodedReport) -> Iterator[tuple[str, str, _Words]]:
    for event in coded.events:
        yield from ((event.id, kind, words) for kind, words in _of_event(event))
    for control in coded.control:
        yield from ((control.id, kind, words) for kind, words in _of_control(control))
    for tie in coded.ties:
        yield from ((tie.id, kind, words) for kind, words in _of_tie(tie))
    for presence in coded.presence:
        yield from ((presence.id, kind, words) for kind, words in _of_presence(presence))
    for link in coded.links:
        yield from ((link.id, kind, words) for kind, words in _of_link(link))


def _of_event(e: Event) -> Iterator[tuple[str, _Words]]:
    yield "trigger", e.trigger
    yield from (("actor", x) for x in e.actors)
    yield from (("recipient", x) for x in e.recipients)
    yield from (("place", x) for x in e.places)
    yield from (("narrator", x) for x in e.chain)
    yield from (("status", x) for x in e.status_spans)
    yield from (("means", x) for x in e.mode_spans)
    yield from (("means", x) for x in e.means)
    yield from (("toll", x) for x in e.toll_spans)
    yield from (("toll", x) for x in e.toll)
    if e.date_span:
        yield "date", e.date_span
    if e.facility:
        yield "place", e.facility


def _of_control(c: Control) -> Iterator[tuple[str, _Words]]:
    yield "control", c.trigger
    yield "actor", c.holder
    yield "place", c.place
    if c.former:
        yield "recipient", c.former
    yield from (("narrator", x) for x in c.chain)


def _of_tie(t: Tie) -> Iterator[tuple[str, _Words]]:
    yield "tie", t.evidence
    yield "actor", t.a
    yield "recipient", t.b


def _of_presence(p: Presence) -> Iterator[tuple[str, _Words]]:
    yield "control", p.trigger
    yield "actor", p.actor
    yield "place", p.place
    yield from (("narrator", x) for x in p.chain)


def _of_link(link: Link) -> Iterator[tuple[str, _Words]]:
    yield "status", link.evidence
    for end in (link.source, link.target):
        if isinstance(end, Span):
            yield "trigger", end
