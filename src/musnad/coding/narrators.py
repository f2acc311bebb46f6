"""Who says so: acts of telling in the text, whom they quote, and how far their speech reaches.

A telling is a word of saying (قال، بحسب، نقل عن), or an act of speech that is an event itself (حذّر، نفى، طالب), with the
mention that tells. For each act the narrator is chosen among the tellings of its sentence and the one that still
lasts from before (وأضاف، وتابع, open quotations); nothing chosen means that the outlet itself tells it.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.coding.document import COMPLEMENTS, PREPOSITIONS, Doc
from musnad.coding.grammar import after, before, joined, verbal
from musnad.coding.relations import bucket
from musnad.coding.triggers import Trigger, sector, word_class

_NOUNS = frozenset("قال صرح أعلن أكد نقل".split())
"""Verbs whose masdars tell as well (قوله، تصريحه، إعلانه)."""
SPEECH_ACTS = frozenset(["THREATEN", "ACCUSE", "REJECT", "REQUEST", "AGREE", "SUPPORT"])


@dataclass(slots=True)
class Telling:
    """One act of telling at token `i`. `narrators` are actor mentions (numbers), outermost first; empty: unknown.

    `before` tells that the narrator stands before the word; `that` what opens the told words (أن, a colon, a quote).
    `hidden` marks a verb whose subject is not named: it goes on with the last narrator.
    """

    i: int
    kind: str
    lemma: str
    pos: str
    narrators: tuple[int, ...]
    before: bool
    hidden: bool
    that: str
    sentence: int
    carried: bool = False
    end: int = -1


def tellings(doc: Doc, triggers: list[Trigger]) -> list[Telling]:
    """All tellings in text order, with the carried narrator filled in where the subject is hidden."""
    acts = {t.candidate.i: t for t in triggers if t.type in SPEECH_ACTS}
    at: dict[int, tuple[str, str, str, dict[str, tuple[str, ...]], int]] = {}
    for i, w in enumerate(doc.words):
        if w is None or doc.sent[i] < 0 or doc.blocked[i]:
            continue
        if w.speech and doc.actor_at[i] < 0 and doc.place_at[i] < 0:
            poses = {r.pos for r in w.speech}
            if "verb" not in poses and not poses & {"participle_active"} and all(
                r.entry.kind not in ("medium", "according") and r.entry.lemma not in _NOUNS for r in w.speech
            ):
                continue
            if w.particles.endswith("ال") and not poses & {"masdar", "noun"}:
                continue
            r = next((x for x in w.speech if x.pos == "verb"), w.speech[0])
            pos = "verb" if "verb" in poses else r.pos
            at[i] = (r.entry.kind, r.entry.lemma, pos, r.entry.frame, i)
    for f in doc.speech_expr:
        e = f.reading.entry  # type: ignore[attr-defined]
        if doc.sent[f.first] >= 0 and not doc.blocked[f.first]:
            at[f.first] = (e.kind, e.lemma, f.reading.pos, e.frame, f.last)  # type: ignore[attr-defined]
    for i, t in acts.items():
        if i not in at:
            r = t.candidate.readings[0]
            at[i] = ("act", t.type, r.pos, r.entry.frame, i)
    out: list[Telling] = []
    for i in sorted(at):
        kind, lemma, pos, frame, last = at[i]
        found = _telling(doc, i, last, kind, lemma, pos)
        if found is not None:
            out.append(found)
    _carry(doc, out)
    return out


def _telling(doc: Doc, i: int, last: int, kind: str, lemma: str, pos: str) -> Telling | None:
    verb = pos == "verb"
    if verb and i == last and doc.words[i] is not None and not _finite(doc, i):
        return None
    right = [x for x in after(doc, last, 16) if doc.quote[doc.actors[x.mention].first] == doc.quote[i]]
    inner = [x.mention for x in right if x.name in ("prep:عن", "prep:علي لسان")] if kind in ("relay", "say") else []
    narrators: list[int] = []
    wanted = ("bare1",)
    if kind == "according":
        wanted = ("bare1", "prep:عن", "prep:ل", "prep:ب", "prep:من", "prep:في", "prep:علي")
    for x in right:
        if x.name in wanted and x.loose <= 1 and x.mention not in inner:
            if narrators and not joined(doc, x.mention):
                break
            narrators.append(x.mention)
    before_ = False
    if not narrators and kind not in ("according", "medium") and not (verb and _opens_with_and(doc, i)):
        left = before(doc, i)
        found = [x.mention for x in left if x.name in ("before", "antecedent", "before-over", "over-verb", "control")
                 or x.name.startswith("shared-")]  # fmt: skip
        if not found and left:
            found = [left[0].mention]
        narrators = sorted(found)
        before_ = bool(narrators)
    chain = (*narrators[:1], inner[0]) if inner else tuple(narrators)
    hidden = not chain
    if hidden and kind in ("medium", "according"):
        return None
    return Telling(i, kind, lemma, pos, chain, before_, hidden, _that(doc, last), doc.sent[i])


def _finite(doc: Doc, i: int) -> bool:
    """Whether a word that looks like a verb of saying is one here, and no preposition or noun (بين، علم)."""
    form = doc.tokens[i].norm.lstrip("وف")
    if form in PREPOSITIONS or form.startswith("بين") and form[3:] in ("ه", "ها", "هم", "هما", "نا", "هن"):
        return False
    w = doc.words[i]
    assert w is not None
    return not w.speech or all(r.pos == "verb" for r in w.speech) or verbal(doc, i) or bool(w.particles.strip("و"))


def _opens_with_and(doc: Doc, i: int) -> bool:
    """وأضاف, وتابع at the head of a sentence: the narrator is the one before."""
    return doc.tokens[i].norm.startswith(("و", "ف")) and i <= doc.sentences[doc.sent[i]].first + 1


def _that(doc: Doc, last: int) -> str:
    """What opens the told words after a word of saying: أن, a colon or a quotation; empty when nothing does."""
    s = doc.sentences[doc.sent[last]]
    for j in range(last + 1, min(s.last, last + 30) + 1):
        t = doc.tokens[j]
        if t.norm in COMPLEMENTS:
            return "that"
        if t.text == ":":
            return "colon"
        if t.text in "\"«“" and j + 1 < len(doc.quote) and doc.quote[j + 1] >= 0:
            return "quote"
        w = doc.words[j]
        if w is not None and w.cls == "S" and j > last + 1 and doc.actor_at[j] < 0:
            break
    return ""


def _carry(doc: Doc, found: list[Telling]) -> None:
    """Fill in hidden narrators from the telling before (of the same or an earlier sentence)."""
    current: tuple[int, ...] = ()
    for t in found:
        if t.narrators:
            if t.kind not in ("act",) or not current:
                current = t.narrators
        elif current:
            t.narrators = current
            t.carried = True


def options(doc: Doc, t: Trigger, found: list[Telling]) -> tuple[list[Telling | None], list[list[str]]]:
    """The tellings that may stand behind an act (None first: the outlet itself), with their features."""
    i = t.candidate.i
    si = doc.sent[i]
    own = [x for x in found if x.sentence == si and x.i != i and x.narrators]
    earlier = [x for x in found if x.sentence < si and x.narrators and si - x.sentence <= 3]
    s = doc.sentences[si]
    choice: list[Telling | None] = [None]
    poses = sorted({r.pos[:3] for r in t.candidate.readings})
    opens = doc.tokens[s.first].norm
    base = [
        "none:type=" + t.type, "none:own=" + str(min(len(own), 3)), "none:quoted=" + str(doc.quote[i] >= 0),
        "none:own0" if not own else "none:own1",
        "none:speech-act" if t.type in SPEECH_ACTS else "none:other-act",
        "none:speech-act/own=" + str(min(len(own), 2)) if t.type in SPEECH_ACTS else "none:act/own=" + str(min(len(own), 2)),
    ]  # fmt: skip
    features: list[list[str]] = [base]
    for x in own:
        features.append(_features(doc, t, x, own, poses))
        choice.append(x)
    seen: set[str] = {doc.actors[x.narrators[-1]].id for x in own}
    rank = 0
    for x in reversed(earlier):
        ident = doc.actors[x.narrators[-1]].id
        if ident in seen:
            continue
        seen.add(ident)
        gap = si - x.sentence
        line = "\n" not in doc.report.body[doc.tokens[x.i].start : doc.tokens[i].start]
        r = f"carry{rank}"
        features.append([
            r, f"{r}/gap={gap}", f"{r}/own={min(len(own), 2)}", f"{r}/kind={x.kind}", f"{r}/that={x.that}",
            f"{r}/quoted={doc.quote[i] >= 0}", f"{r}/type={t.type}", f"{r}/line={line}/{gap}",
            f"{r}/opens=" + opens[:14], f"{r}/n={sector(doc.actors[x.narrators[-1]].id)}",
            f"{r}/first={i - s.first < 4}", f"{r}/cls={word_class(doc, s.first)}", f"{r}/pos={x.pos[:4]}",
            f"carry/kind={x.kind}/{gap}", f"carry/lemma={x.lemma}", f"{r}/carried={x.carried}",
            f"carry/quoted={doc.quote[i] >= 0}/{min(len(own), 2)}",
        ])  # fmt: skip
        choice.append(x)
        rank += 1
        if rank == 3:
            break
    return choice, features


def _features(doc: Doc, t: Trigger, x: Telling, own: list[Telling], poses: list[str]) -> list[str]:
    i = t.candidate.i
    after_ = i > x.i
    side = ">" if after_ else "<"
    lo, hi = (x.i, i) if after_ else (i, x.i)
    d = bucket(doc.chunk[hi] - doc.chunk[lo] - 1)
    n = doc.actors[x.narrators[-1]]
    between = [y for y in own if lo < y.i < hi]
    commas = sum(1 for j in range(lo + 1, hi) if doc.tokens[j].text in "،,")
    thats = sum(1 for j in range(lo + 1, hi) if doc.tokens[j].norm in COMPLEMENTS)
    acts = sum(1 for j in range(lo + 1, hi) if (w := doc.words[j]) is not None and w.cls == "E")
    same_quote = doc.quote[i] >= 0 and x.that in ("quote", "colon", "that")
    f = [
        f"tell={side}{x.kind}", f"tell={side}{x.kind}/{x.pos[:4]}", f"tell={side}{x.lemma}", f"tell={side}{x.kind}/{x.that}",
        f"d={side}{d}/{x.kind}", f"between={side}{min(len(between), 2)}", f"commas={side}{min(commas, 3)}/{x.kind}",
        f"that={side}{min(thats, 2)}/{x.kind}", f"acts={side}{min(acts, 3)}", f"type={side}{t.type}/{x.kind}",
        f"hidden={x.carried}{side}", f"n={sector(n.id)}{side}", f"nkind={n.kind}{side}", f"before={x.before}{side}",
        f"clause={doc.clause[i] == doc.clause[x.i]}{side}", f"quoted={same_quote}{side}",
        f"first={x is own[0]}{side}", f"last={x is own[-1]}{side}", "pos=" + side + "+".join(poses) + "/" + x.kind,
        f"prep={side}{t.candidate.particles.replace('ال', '')}/{x.kind}", f"ncount={len(own)}",
    ]  # fmt: skip
    s = doc.sentences[doc.sent[i]]
    head = x.i <= s.first + 1 or (x.i <= s.first + 3 and doc.tokens[s.first].norm in ("كان", "وكان", "كانت", "وكانت"))
    main = f"{side}{x.pos[:4]}/{'head' if head else 'mid'}/{x.that}"
    f.extend((f"main={main}", f"main={main}/{x.kind}", f"main={main}/b{min(len(between), 1)}"))
    says = [y for y in between if y.kind != "act"]
    f.append(f"says-between={side}{min(len(says), 2)}/{x.kind}")
    if doc.quote[i] >= 0 and doc.quote[x.i] < 0:
        q = doc.quotes[doc.quote[i]]
        gap = q.first - x.i
        f.append(f"own-quote={side}{x.kind}/{'near' if 0 < gap < 12 else 'far'}")
    last_comma = max((j for j in range(lo, hi) if doc.tokens[j].text in "،,"), default=-1)
    if last_comma >= 0 and after_:
        nxt = doc.tokens[last_comma + 1].norm if last_comma + 1 < len(doc.tokens) else ""
        f.append(f"comma-next={nxt[:8]}/{x.kind}")
    if not between:
        f.append(f"nearest{side}{x.kind}")
    if t.type in SPEECH_ACTS:
        f.append(f"speech-act{side}{x.kind}")
    k = doc.actor_at[i]
    if k >= 0 and k in x.narrators:
        f.append("inside-narrator")
    g = i - 1
    if g >= 0 and doc.actor_at[g] in x.narrators:
        f.append("right-after-narrator")
    return f


def parent(doc: Doc, x: Telling, found: list[Telling]) -> Telling | None:
    """The telling in whose speech another telling stands: an earlier one of its sentence with أن, a colon or a quote."""
    best: Telling | None = None
    own = doc.actors[x.narrators[-1]].id if x.narrators else ""
    for y in found:
        if y is x or y.sentence != x.sentence or not y.narrators or y.i >= x.i or x.carried:
            continue
        if doc.actors[y.narrators[-1]].id == own or set(y.narrators) & set(x.narrators):
            continue
        if y.kind != "act" and (y.that or y.kind in ("relay", "according")):
            best = y
    return best
