"""How a mention stands to an act: the features by which roles, places and dates are chosen.

Order, distance in chunks, the preposition in front, what lies between, the verb's frame, relative clauses,
coordination. The words are those of grammar, so that the weights can be read.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.coding.document import COMPLEMENTS, RELATIVES, Candidate, Doc, clean
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


def between(doc: Doc, a: int, b: int) -> list[str]:
    """What lies between two tokens of one sentence (both excluded): marks, particles, acts, mentions."""
    lo, hi = (a, b) if a < b else (b, a)
    commas = acts = actors = places = verbs = 0
    marks: set[str] = set()
    last_actor = last_place = -1
    for j in range(lo + 1, hi):
        t = doc.tokens[j]
        if t.kind == "punct":
            if t.text in "،,":
                commas += 1
            elif t.text in ":؛":
                marks.add("colon")
            elif t.text in '"«»“”':
                marks.add("quote")
            continue
        if t.norm in RELATIVES:
            marks.add("rel")
        elif t.norm in COMPLEMENTS:
            marks.add("that")
        k = doc.actor_at[j]
        if k >= 0:
            if k != last_actor:
                actors += 1
                last_actor = k
            continue
        k = doc.place_at[j]
        if k >= 0:
            if k != last_place:
                places += 1
                last_place = k
            continue
        w = doc.words[j]
        if w is not None and w.cls != "w":
            if w.cls == "E":
                acts += 1
            if any(r.pos == "verb" for r in w.events):
                verbs += 1
            if w.cls == "S":
                marks.add("say")
            elif w.cls in "LCH":
                marks.add(w.cls)
    out = ["btw:commas=" + str(min(commas, 3)), "btw:acts=" + str(min(acts, 3)), "btw:actors=" + str(min(actors, 3))]
    if places:
        out.append("btw:places=" + str(min(places, 2)))
    if verbs:
        out.append("btw:verbs=" + str(min(verbs, 2)))
    out.extend("btw:" + m for m in sorted(marks))
    if commas == acts == actors == 0 and not marks:
        out.append("btw:clear")
    return out


def frame_roles(a: Anchor, prep: str, after: bool) -> list[str]:
    """What the entry's frame says of a mention with this preposition (or none, after the trigger)."""
    out: set[str] = set()
    for r in a.candidate.readings:
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
    return sorted(out)


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
    edge = first if after else last
    mid = between(doc, i, edge)
    f = [
        "bias", f"side={side}", f"d={side}{bucket(d)}", f"d={side}{bucket(d)}/{pos}", f"prep={prep}",
        f"prep={side}{prep}/{pos}",
        f"prep={side}{prep}/{a.type}", f"dprep={side}{bucket(d)}{prep}", f"type={side}{a.type}/{pos}",
    ]  # fmt: skip
    f.extend(side + x for x in mid)
    if "btw:clear" in mid:
        f.append(f"clear={side}{prep}/{pos}/{a.voice}")
        f.append(f"clear={side}{prep}/{a.type}/{pos}")
    for x in frame_roles(a, prep, after):
        f.append("frame=" + x)
        f.append("frame=" + x + ("/clear" if "btw:clear" in mid else "") + "/" + pos)
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
