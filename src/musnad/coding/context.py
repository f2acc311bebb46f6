"""The circumstances of a standing fact: who says so, when, and whether it is told as fact.

They are those of the act that stands at the same word or nearest in the sentence; without one, those of the telling in
front of the fact and of the date in its clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from musnad.coding.document import COMPLEMENTS, Doc
from musnad.record import Actor, Place, Span

if TYPE_CHECKING:
    from musnad.coding.coder import Draft


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Status, date and narrators of a fact."""

    status: str
    date: str | None
    chain: tuple[Actor, ...]

    def with_status(self, status: str) -> Circumstances:
        """The same with another status."""
        return replace(self, status=status)


def circumstances(doc: Doc, i: int, drafts: Sequence[Draft]) -> Circumstances:
    """The circumstances of a fact told at token `i`."""
    same = next((d for d in drafts if d.trigger.candidate.i == i), None)
    if same is not None:
        return Circumstances(same.status, same.date, _chain(doc, same.chain))
    near = [d for d in drafts if doc.sent[d.trigger.candidate.i] == doc.sent[i]]
    chain: tuple[Actor, ...] = ()
    if near:
        d = min(near, key=lambda x: (abs(x.trigger.candidate.i - i), x.trigger.candidate.i))
        t = d.telling
        if t is not None and (t.i < i or t.kind == "according" or t.sentence != doc.sent[i]):
            chain = _chain(doc, d.chain)
    return Circumstances("happened", date_in_clause(doc, i), chain)


def date_in_clause(doc: Doc, i: int) -> str | None:
    """The day told in the clause of token `i`, not parted from it by أن or a mark."""
    best: tuple[int, str] | None = None
    for d in doc.dates:
        if doc.sent[d.first] != doc.sent[i] or doc.clause[d.first] != doc.clause[i]:
            continue
        lo, hi = (i, d.first) if d.first > i else (d.last, i)
        if hi - lo > 12 or any(
            doc.tokens[j].norm in COMPLEMENTS or doc.tokens[j].text in ".؛:" for j in range(lo + 1, hi)
        ):
            continue
        value = d.resolve(doc.published).value
        if value is not None and (best is None or hi - lo < best[0]):
            best = (hi - lo, value)
    return best[1] if best is not None else None


def _chain(doc: Doc, chain: Sequence[int]) -> tuple[Actor, ...]:
    return tuple(Actor(m.start, m.end, doc.text(m.start, m.end), m.id) for m in (doc.actors[k] for k in chain))


def place(doc: Doc, k: int) -> Place:
    """A place mention as it is written into the record."""
    p = doc.places[k]
    return Place(p.start, p.end, doc.text(p.start, p.end), p.name, p.country, p.lat, p.lon, p.precision_km, p.kind)


def span(doc: Doc, first: int, last: int) -> Span:
    """The words from one token to another."""
    start, end = doc.tokens[first].start, doc.tokens[last].end
    return Span(start, end, doc.text(start, end))
