"""The dead and the hurt: counts found by the Arabic room, given to the act that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.arabic.people import count_of_noun
from musnad.arabic.tolls import TollCount, find_tolls
from musnad.coding.document import Doc
from musnad.coding.grammar import verbal

if TYPE_CHECKING:
    from musnad.coding.coder import Draft

VIOLENT = frozenset(["ASSAULT"])
RISKY = frozenset(["PROTEST"])
"""Types of acts in which people die where no act of force is told beside them."""
UNDONE = frozenset(["planned", "demanded", "threatened", "hypothetical", "agreed"])
"""Statuses of acts that have cost no life yet."""
DEADLY = frozenset(["kill", "assassinate", "execute"])
"""Modes that say that somebody died, whether or not a number is given."""
ATTEMPT = frozenset(["محاوله", "محاولات"])
BY = frozenset(["في", "خلال", "جراء", "اثر", "نتيجه", "بسبب", "بفعل"])
"""Prepositions that tie a toll to the act named after it (قتل اثنان في تفجير)."""


@dataclass(slots=True)
class Toll:
    """How many people an act killed or hurt, `[min, max]`, with the tokens that say so."""

    count: tuple[int, int | None]
    first: int
    last: int


def assign(doc: Doc, drafts: Sequence[Draft]) -> None:
    """Give each count to an act of violence of its sentence: the one whose word it is, the one that a preposition ties
    to it, else the nearest before it, else the nearest after it. Whoever was killed by name is one."""
    for count in find_tolls(doc.tokens, doc.numbers):
        d = _owner(doc, drafts, count)
        if d is None:
            continue
        toll = Toll(count.count, count.first, count.last)
        if count.kind == "killed" and _says_more(d.killed, toll):
            d.killed = toll
        elif count.kind == "injured" and _says_more(d.injured, toll):
            d.injured = toll
    for d in drafts:
        i = d.trigger.candidate.i
        tried = i > 0 and doc.tokens[i - 1].norm.removeprefix("ل").removeprefix("ب") in ATTEMPT
        if d.killed is None and d.status == "happened" and d.trigger.mode in DEADLY and d.recipients and not tried:
            d.killed = Toll(_people(doc, d.recipients), i, i)


def _says_more(told: Toll | None, toll: Toll) -> bool:
    """Whether a toll is the first of its act, or a number in the place of "some" (ضحايا, بينهم ... 3 قتلى)."""
    return told is None or (told.count == (1, None) and toll.count[0] > 1)


def _people(doc: Doc, mentions: Sequence[int]) -> tuple[int, int | None]:
    """How many people a mention that carries no number stands for."""
    if len(mentions) > 1:
        return 1, None
    m = doc.actors[mentions[0]]
    if m.kind == "person":
        return 1, 1
    return count_of_noun(doc.tokens[m.head]) or (1, None)


def _owner(doc: Doc, drafts: Sequence[Draft], count: TollCount) -> Draft | None:
    si = doc.sent[count.trigger]
    told = [d for d in drafts if d.status not in UNDONE and doc.sent[d.trigger.candidate.i] == si]
    own = [d for d in told if d.trigger.type in VIOLENT] or [d for d in told if d.trigger.type in RISKY]
    exact = [d for d in own if d.trigger.candidate.i == count.trigger]
    if exact:
        return exact[0]
    after = next((d for d in own if d.trigger.candidate.i > count.trigger), None)
    if after is not None and _tied(doc, count, after.trigger.candidate.i):
        return after
    before = [d for d in own if d.trigger.candidate.i < count.trigger]
    if before:
        return _first_of(doc, before)
    return after


def _tied(doc: Doc, count: TollCount, i: int) -> bool:
    """Whether a toll that follows no word of cause (أدى إلى) is tied by a preposition to the act at token `i`."""
    near = [j for j in range(count.last + 1, i) if doc.tokens[j].kind == "punct" and doc.tokens[j].text in "،,؛:"]
    if doc.tokens[i].norm.startswith("ب") and doc.words[i] is not None and i - count.last <= 4 and not near:
        return True  # أصيب ثلاثة بانفجار
    if i - count.last > 6 or any(_causes(doc, j) for j in range(max(count.first - 4, 0), count.trigger)):
        return False
    tied = False
    for j in range(count.last + 1, i):
        t = doc.tokens[j]
        if t.kind == "punct" and t.text in "،,؛:":
            return False
        tied = tied or t.norm in BY
    return tied


def _causes(doc: Doc, j: int) -> bool:
    w = doc.words[j]
    return w is not None and w.cls == "C"


def _first_of(doc: Doc, before: list[Draft]) -> Draft:
    """The first of the acts that are joined by و to the last one before a toll: one toll of several acts is its own."""
    k = len(before) - 1
    while k > 0 and before[k].trigger.candidate.particles.startswith("و"):
        lo, hi = before[k - 1].trigger.candidate.i, before[k].trigger.candidate.i
        if hi - lo > 6 or any(doc.tokens[j].text in "،,؛:" for j in range(lo + 1, hi)) or verbal(doc, hi):
            break
        k -= 1
    return before[k]
