"""When are two records the same? The rules by which coded records meet gold records, one to one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from musnad.scoring.judged import JudgedControl, JudgedEvent, JudgedTie, Mention
from musnad.sides import side

FACT = frozenset({"happened", "ongoing"})
WITH_MODES = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST"})
MUTUAL_TIES = frozenset({"allied", "opposes"})
LONGEST_TRIGGER = 30
LONGEST_PLACE = 8
_SPACE = re.compile(r"\s")


class _Words(Protocol):
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...


def overlap(a: _Words | None, b: _Words | None) -> bool:
    """Do two stretches of the body share a character?"""
    if a is None or b is None or a.start is None or b.start is None or a.end is None or b.end is None:
        return False
    return a.start < b.end and b.start < a.end


def ids(mentions: Iterable[Mention] | None) -> set[str | None]:
    return {m.id for m in mentions or ()}


def sides(mentions: Iterable[Mention] | None) -> list[str]:
    """The sides of a list of parties, in order."""
    return [side(m.id) for m in mentions or ()]


def agree(gold: Iterable[Mention] | None, coded: Iterable[Mention] | None) -> bool:
    """Do two lists of parties name the same sides: both none, or more than half of the coded and half of the gold?"""
    g, c = set(sides(gold)), set(sides(coded))
    if not g and not c:
        return True
    shared = len(g & c)
    return shared > 0 and 2 * shared > len(c) and 2 * shared >= len(g)


def shared_places(gold: Sequence[Mention], coded: Sequence[Mention]) -> int:
    """How many places are named by both, one to one."""
    left, found = list(coded), 0
    for g in gold:
        for n, c in enumerate(left):
            if overlap(g, c) and len((c.text or "").split()) <= LONGEST_PLACE and g.country == c.country:
                del left[n]
                found += 1
                break
    return found


def mode(event: JudgedEvent) -> str | None:
    return event.mode if event.type in WITH_MODES else None


def near_publication(day: str | None, published: str | None) -> bool:
    """Is this the day of publication or the one before, which a coder may give to undated news without being wrong?"""
    if not day or not published:
        return False
    try:
        last = date.fromisoformat(published[:10])
    except ValueError:
        return False
    return day in (last.isoformat(), (last - timedelta(days=1)).isoformat())


class Matched(NamedTuple):
    """Events of one report: found (gold, coded), missed by the coder, and made up by it."""

    pairs: list[tuple[JudgedEvent, JudgedEvent]]
    missed: list[JudgedEvent]
    spurious: list[JudgedEvent]


def match_events(gold: Sequence[JudgedEvent], coded: Sequence[JudgedEvent]) -> Matched:
    """Pair events one to one, the best pairs first.

    The right type comes first, then the trigger itself before a gold record's other words, then records whose
    parties agree, then nearness. A second record of the same type on the other words of a found event is neither
    right nor wrong, once for each event.
    """
    candidates = []
    for i, g in enumerate(gold):
        for j, c in enumerate(coded):
            where = _meets(g, c)
            if where is not None:
                parties = agree(g.actors, c.actors) + agree(g.recipients, c.recipients)
                distance = abs(g.trigger.start - c.trigger.start)
                candidates.append((g.type != c.type, where, -parties, distance, i, j))
    found: dict[int, int] = {}
    used: set[int] = set()
    pairs = []
    for *_, i, j in sorted(candidates):
        if i not in found and j not in used:
            found[i] = j
            used.add(j)
            pairs.append((gold[i], coded[j]))
    open_twins = [g for i, g in enumerate(gold) if i in found and g.also]
    spurious = []
    for j, c in enumerate(coded):
        if j in used:
            continue
        twin = next((n for n, g in enumerate(open_twins) if g.type == c.type and _on_other_words(g, c)), None)
        if twin is None:
            spurious.append(c)
        else:
            del open_twins[twin]
    return Matched(pairs, [g for i, g in enumerate(gold) if i not in found], spurious)


def _meets(gold: JudgedEvent, coded: JudgedEvent) -> int | None:
    """0 when the coded trigger is on the gold one, 1 when it is on other words for it, None when on neither."""
    trigger = coded.trigger
    if trigger.end - trigger.start > LONGEST_TRIGGER or _SPACE.search(trigger.text or ""):
        return None
    if overlap(gold.trigger, trigger):
        return 0
    return 1 if _on_other_words(gold, coded) else None


def _on_other_words(gold: JudgedEvent, coded: JudgedEvent) -> bool:
    return any(overlap(words, coded.trigger) for words in gold.also or ())


def same_control(gold: JudgedControl, coded: JudgedControl) -> bool:
    """The same holder by side, the same change, both told as fact or both not, and the same words for the place."""
    if coded.holder is None or coded.place is None or gold.holder is None or gold.place is None:
        return False
    words = overlap(gold.place, coded.place) or bool(gold.place.text and gold.place.text == coded.place.text)
    return (
        words
        and side(gold.holder.id) == side(coded.holder.id)
        and gold.change == coded.change
        and (gold.status in FACT) == (coded.status in FACT)
    )


def tie_key(tie: JudgedTie) -> tuple[str, str, str]:
    """Equal for two ties that say the same, either way round where the tie is mutual."""
    a, b = side(tie.a.id), side(tie.b.id)
    if tie.kind in MUTUAL_TIES and b < a:
        a, b = b, a
    return tie.kind, a, b
