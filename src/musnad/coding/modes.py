"""How it was done: the mode of an act, from its word, from weapons named near it, and from who did it."""

from __future__ import annotations

from musnad.codebook.entries import MODES
from musnad.coding.document import Doc, clean
from musnad.coding.model import Model
from musnad.coding.triggers import Trigger


def options(doc: Doc, t: Trigger) -> tuple[list[str | None], list[list[str]]]:
    """The modes of an act's type and the features of each; a single None for types without modes."""
    modes = MODES[t.type]
    if not modes:
        return [None], [[]]
    shared, beside = _context(doc, t)
    return list(modes), [[*(f"{m}|{x}" for x in shared), *beside.get(m, ())] for m in modes]


def scores(doc: Doc, t: Trigger, model: Model) -> dict[str, float]:
    """The modes of an act's type with the scores of their `options`, added up without making their strings."""
    modes = MODES[t.type]
    if len(modes) < 2:
        return dict.fromkeys(modes, 0.0)
    shared, beside = _context(doc, t)
    sums = model.side_by_side(modes, shared)
    return {m: x + model.score(beside[m]) if m in beside else x for m, x in zip(modes, sums, strict=True)}


def _context(doc: Doc, t: Trigger) -> tuple[list[str], dict[str, list[str]]]:
    """The features that all modes share, and those of some modes alone: its entry's, and those of weapons near it."""
    i = t.candidate.i
    s = doc.sentences[doc.sent[i]]
    own: list[str] = []
    for r in t.candidate.readings:
        own.extend(mode for type_, mode in r.entry.senses if type_ == t.type and mode)
    shared = ["bias"]
    shared.extend(sorted({"e=" + r.entry.id for r in t.candidate.readings}))
    shared.append("own=" + (own[0] if own else "-"))
    shared.append("stem=" + t.candidate.stem)
    for first, last, kind, mode in doc.weapons:
        if first < s.first or last > s.last:
            continue
        near = "near" if min(abs(first - i), abs(last - i)) <= 6 else "far"
        same = "c" if doc.clause[first] == doc.clause[i] else "s"
        shared.append(f"weapon={mode}/{near}")
        shared.append(f"weapon={mode}/{same}/" + (own[0] if own else "-"))
        shared.append(f"weapon={kind}")
    for actor in doc.actors:
        if s.first <= actor.first and actor.last <= s.last and abs(actor.head - i) <= 8:
            shared.append("head=" + actor.head_class)
    for step in (-2, -1, 1, 2, 3):
        j = i + step
        if s.first <= j <= s.last:
            shared.append("w=" + clean(doc.tokens[j].norm))
    if t.candidate.expression is not None:
        shared.append("expr")
    beside: dict[str, list[str]] = {}
    for n, m in enumerate(dict.fromkeys(own)):
        beside[m] = ["is-own" if n else "is-own-first"]
    for first, _, _, mode in doc.weapons:
        if s.first <= first <= s.last and abs(first - i) <= 8:
            beside.setdefault(mode, []).append("is-weapon-mode")
    return shared, beside
