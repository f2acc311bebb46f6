"""How it was done: the mode of an act, from its word, from weapons named near it, and from who did it."""

from __future__ import annotations

from musnad.codebook.entries import MODES
from musnad.coding.document import Doc
from musnad.coding.triggers import Trigger, clean


def options(doc: Doc, t: Trigger) -> tuple[list[str | None], list[list[str]]]:
    """The modes of an act's type and the features of each; a single None for types without modes."""
    modes = MODES[t.type]
    if not modes:
        return [None], [[]]
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
    out: list[list[str]] = []
    for m in modes:
        f = [m + "|" + x for x in shared]
        if own and m == own[0]:
            f.append("is-own-first")
        elif m in own:
            f.append("is-own")
        beside = [w for w in doc.weapons if s.first <= w[0] <= s.last and abs(w[0] - i) <= 8]
        f.extend("is-weapon-mode" for w in beside if w[3] == m)
        out.append(f)
    return list(modes), out
