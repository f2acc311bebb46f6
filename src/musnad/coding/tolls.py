"""The dead and the hurt: counts found by the Arabic room, given to the act that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.arabic.tolls import TollCount, find_tolls
from musnad.coding.document import Doc

if TYPE_CHECKING:
    from musnad.coding.coder import Draft

VIOLENT = frozenset(["ASSAULT"])


@dataclass(slots=True)
class Toll:
    """How many people an act killed or hurt, `[min, max]`, with the tokens that say so."""

    count: tuple[int, int | None]
    first: int
    last: int


def assign(doc: Doc, drafts: Sequence[Draft]) -> None:
    """Give each count to an act of violence of its sentence: the one whose word it is, else the nearest before it,
    else the nearest after it."""
    for count in find_tolls(doc.tokens, doc.numbers):
        d = _owner(doc, drafts, count)
        if d is None:
            continue
        toll = Toll(count.count, count.first, count.last)
        if count.kind == "killed" and d.killed is None:
            d.killed = toll
        elif count.kind == "injured" and d.injured is None:
            d.injured = toll


def _owner(doc: Doc, drafts: Sequence[Draft], count: TollCount) -> Draft | None:
    si = doc.sent[count.trigger]
    own = [d for d in drafts if d.trigger.type in VIOLENT and doc.sent[d.trigger.candidate.i] == si]
    exact = [d for d in own if d.trigger.candidate.i == count.trigger]
    if exact:
        return exact[0]
    before = [d for d in own if d.trigger.candidate.i < count.trigger]
    if before:
        return before[-1]
    return own[0] if own else None
