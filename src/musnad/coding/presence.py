"""Who is said to be at a place without holding it: تتمركز، تتحصن، المنتشرة في، توجد فيها.

The words are the rows of control.tsv of the kind `present`. A word that the coder took for an act (a deployment that
happened) is no presence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musnad.coding import slot_places
from musnad.coding.context import circumstances, place, span
from musnad.coding.control import can_hold, fill, negated
from musnad.coding.document import Doc
from musnad.record import Actor, Presence

if TYPE_CHECKING:
    from musnad.coding.coder import Draft
    from musnad.coding.triggers import Trigger


def find_presence(doc: Doc, drafts: Sequence[Draft]) -> tuple[Presence, ...]:
    """The statements of presence of a report, in text order, each party and place once a sentence."""
    acts = {d.trigger.candidate.i: d.trigger for d in drafts}
    out: list[Presence] = []
    seen: set[tuple[int, str, str]] = set()
    for f in doc.control:
        i, e = f.trigger, f.reading.entry
        if e.kind != "present" or _moved(acts.get(i), f.reading.tense) or doc.sent[i] < 0 or doc.blocked[i]:
            continue
        if f.reading.person in (1, 2) or (
            f.reading.pos == "verb" and f.reading.voice == "passive" and "و" not in f.reading.entry.root
        ):
            continue
        places, parties = fill(doc, f)
        if not places or not parties or (negated(doc, f) and not _only(doc, i)):
            continue
        c = circumstances(doc, i, drafts)
        for p in parties:
            if not can_hold(p) or p.cls in ("country", "official") or p.id.endswith(("-CVL", "-GOV", "-LEG", "-PTY")):
                continue
            for k in places:
                k = slot_places.named(doc, k)
                key = (doc.sent[i], p.id, doc.places[k].name)
                if slot_places.unnamed(doc, k) or key in seen or doc.places[k].first <= i <= doc.places[k].last:
                    continue
                seen.add(key)
                who = Actor(p.start, p.end, doc.text(p.start, p.end), p.id)
                out.append(Presence(f"p{len(out) + 1}", span(doc, i, i), who, place(doc, k), c.date, c.chain, (e.id,)))
    return tuple(out)


def _moved(act: Trigger | None, tense: str) -> bool:
    """Whether the word tells a movement that happened rather than where somebody stays."""
    return act is not None and (tense != "present" or act.mode != "deploy")


def _only(doc: Doc, i: int) -> bool:
    """لم تعد متواجدة سوى في: there still."""
    end = doc.sentences[doc.sent[i]].last
    return any(doc.tokens[j].norm in ("سوي", "الا") for j in range(i + 1, min(i + 4, end + 1)))
