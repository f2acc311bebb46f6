"""How a mention stands to an act: the features by which roles, places and dates are chosen.

Order, distance in chunks, the preposition in front, what lies between, the verb's frame, relative clauses,
coordination. The words are those of grammar, so that the weights can be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from musnad.coding.between import CLEAR
from musnad.coding.document import RELATIVES, Candidate, Doc, clean
from musnad.coding.triggers import governor, word_class

_DISTANCES = ((0, "0"), (1, "1"), (2, "2"), (3, "3"), (5, "5"), (8, "8"), (13, "13"), (21, "21"))
_LONG_PREPOSITIONS = {
    ("قبل", "من"): "من قبل", ("يد", "علي"): "علي يد", ("ايدي", "علي"): "علي يد", ("جانب", "من"): "من قبل",
    ("طرف", "من"): "من قبل", ("جانب", "الي"): "الي جانب",
}  # fmt: skip


@dataclass(slots=True)
class Anchor:
    """The words of an act from which roles are measured: the trigger itself and the verb that governs it."""

    candidate: Candidate
    type: str
    i: int
    governor: int
    governor_name: str
    pos: str
    voice: str


def anchor(doc: Doc, c: Candidate, type_: str) -> Anchor:
    """The anchor of a candidate taken as an act of a type."""
    g, name = governor(doc, c.i)
    reading = next((r for r in c.readings if any(t == type_ for t, _ in r.entry.senses)), c.readings[0])
    poses = sorted({r.pos[:3] for r in c.readings})
    voices = {r.voice for r in c.readings if r.pos == "verb"}
    voice = "passive" if voices == {"passive"} else "either" if "passive" in voices else ""
    return Anchor(c, type_, c.i, g, name, "+".join(poses) if len(poses) > 1 else reading.pos[:4], voice)


def bucket(n: int) -> str:
    """A distance as a word."""
    for top, name in _DISTANCES:
        if n <= top:
            return name
    return "far"


def preposition(doc: Doc, first: int, start: int) -> str:
    """The preposition in front of a mention, written apart or with its first word; empty if none."""
    key = (first, start)
    found = doc.prepositions.get(key)
    if found is None:
        found = doc.prepositions[key] = _find_preposition(doc, first, start)
    return found


def _find_preposition(doc: Doc, first: int, start: int) -> str:
    lead = doc.tokens[first]
    taken = start - lead.start
    if taken > 0 and lead.norm[:1]:
        head = lead.norm[: max(1, min(taken, 3))].replace("ال", "")
        for x in reversed(head):
            if x in "بكل":
                return x
    form = lead.norm
    if form.startswith(("لل", "ولل")):
        return "ل"
    j = first - 1
    while j >= 0 and doc.tokens[j].text in '"«»“”(':
        j -= 1
    if j < 0 or doc.sent[j] != doc.sent[first]:
        return ""
    before = doc.tokens[j].norm
    if before in ("ل", "ب", "لل", "ال"):
        return before
    if j > 0 and (before, doc.tokens[j - 1].norm) in _LONG_PREPOSITIONS:
        return _LONG_PREPOSITIONS[before, doc.tokens[j - 1].norm]
    cls = word_class(doc, j)
    if cls == "p":
        return before
    if before.startswith("و") and before[1:] in ("في", "من", "علي", "الي", "ضد", "بين", "عن", "مع"):
        return before[1:]
    return ""


def joined_to(doc: Doc, first: int) -> bool:
    """Whether a mention is joined by و (or a comma and و) to a mention that ends right before it."""
    if not doc.tokens[first].norm.startswith("و"):
        return first > 0 and doc.tokens[first - 1].norm == "و"
    j = first - 1
    while j >= 0 and doc.tokens[j].text in '"«»“”()،,':
        j -= 1
    return j >= 0 and (doc.actor_at[j] >= 0 or doc.place_at[j] >= 0)


def frame_roles(c: Candidate, prep: str, after: bool) -> tuple[str, ...]:
    """What the entry's frame says of a mention with this preposition (or none, after the trigger)."""
    key = ("frame", prep, after)
    if key in c.acts.kept:
        return c.acts.kept[key]
    out: set[str] = set()
    for r in c.readings:
        frame = r.entry.frame
        if prep and prep in frame:
            out.update(frame[prep])
        elif not prep and after:
            if r.pos == "verb":
                if r.voice == "passive":
                    out.update("pass-" + x for x in frame.get("o", ()))
                else:
                    out.update("subj-" + x for x in frame.get("s", ()))
                    out.update("obj-" + x for x in frame.get("o", ()))
            else:
                out.update("gen-" + x for x in frame.get("o", ()))
                out.update("gen-" + x for x in frame.get("s", ()))
    c.acts.kept[key] = tuple(sorted(out))
    return c.acts.kept[key]


@lru_cache(maxsize=1 << 16)
def _placed(side: str, d: str, prep: str, pos: str, type_: str, voice: str, clear: bool) -> tuple[str, ...]:
    """The features of order, distance and preposition."""
    f = (
        "bias", f"side={side}", f"d={side}{d}", f"d={side}{d}/{pos}", f"prep={prep}", f"prep={side}{prep}/{pos}",
        f"prep={side}{prep}/{type_}", f"dprep={side}{d}{prep}", f"type={side}{type_}/{pos}",
    )  # fmt: skip
    return (*f, f"clear={side}{prep}/{pos}/{voice}", f"clear={side}{prep}/{type_}/{pos}") if clear else f


def geometry(doc: Doc, a: Anchor, first: int, last: int, start: int) -> list[str]:
    """Features of order, distance, preposition and what lies between, for a mention in the sentence of the act."""
    i = a.i
    pos = a.pos
    if first <= i <= last:
        return ["bias", "inside", "inside/" + pos]
    after = first > i
    d = (doc.chunk[first] - doc.chunk[i] if after else doc.chunk[i] - doc.chunk[last]) - 1
    side = ">" if after else "<"
    prep = preposition(doc, first, start)
    mid = doc.between.features(i, first) if after else doc.between.features(last, i)
    clear = mid[-1] == CLEAR
    f = [*_placed(side, bucket(d), prep, pos, a.type, a.voice, clear), *(side + x for x in mid)]
    for x in frame_roles(a.candidate, prep, after):
        f.append("frame=" + x)
        f.append(f"frame={x}{'/clear' if clear else ''}/{pos}")
    same = doc.clause[first] == doc.clause[i]
    f.append(("same-clause" if same else "other-clause") + side)
    entry = a.candidate.readings[0].entry.id
    f.append(f"e={entry}/{side}{prep}")
    if not after:
        j = last + 1
        while j < i and doc.tokens[j].text in '"«»“”)،':
            j += 1
        if j < i and doc.tokens[j].norm in RELATIVES:
            f.append("antecedent")
            f.append("antecedent/" + bucket(doc.chunk[i] - doc.chunk[j]))
        if doc.sentences[doc.sent[i]].first >= first - 1:
            f.append("opens-sentence")
    if a.governor >= 0:
        g = a.governor
        gside = ">" if first > g else "<"
        gname = a.governor_name
        gd = (doc.chunk[first] - doc.chunk[g] if first > g else doc.chunk[g] - doc.chunk[last]) - 1
        inner = "in" if g < first < i else "out"
        f.append(f"gov={gname[0]}{gside}{inner}{bucket(gd)}{prep}")
        f.append(f"gov={gname}{gside}{inner}{prep}")
    if (doc.quote[first] >= 0) != (doc.quote[i] >= 0):
        f.append("quote-border")
    j = first - 1
    if j >= 0 and doc.sent[j] == doc.sent[first]:
        f.append("m-1=" + clean(doc.tokens[j].norm)[:12])
        w = doc.words[j]
        if w is not None and w.cls != "w" and j != i:
            f.append("m-1cls=" + w.cls)
            if w.cls == "E":
                f.append("other-act-before")
    j = last + 1
    if j < len(doc.tokens) and doc.sent[j] == doc.sent[first]:
        w = doc.words[j]
        f.append("m+1cls=" + word_class(doc, j))
        if w is not None and w.cls == "E" and j != i:
            f.append("other-act-after")
    return f
