"""Which words are acts, and of which type: the codebook proposes, the context decides.

A candidate has one option for each type of its entries, one for being another word of an act told beside it ("also"),
and one for being no act. Every option is described by the same features of the context, prefixed with the option.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from musnad.coding import classes, topic
from musnad.coding.document import COMPLEMENTS, NEGATIONS, PREPOSITIONS, RELATIVES, Candidate, Doc
from musnad.coding.grammar import verbal
from musnad.coding.model import Model, softmax

NONE, ALSO = "none", "also"
WIDTH = 6
CALM = ("a0", "a1p0", "a1p1")
"""Tones of reports with hardly an armed party: there a word must be surely an act."""
SURE, CERTAIN = 0.6, 0.95
OTHER_WORD = 0.6
"""How much the chance of being another word for an act counts in a sentence where no word is surely one."""


@dataclass(slots=True)
class Trigger:
    """A candidate taken for an act."""

    candidate: Candidate
    type: str
    mode: str | None
    probability: float
    features: list[str]
    also: float = 0.0


def word_class(doc: Doc, i: int) -> str:
    """A rough class of a token: mentions, dates, punctuation, particles, and what the codebook knows of it."""
    if i < 0 or i >= len(doc.tokens):
        return "#"
    t = doc.tokens[i]
    if t.kind == "punct":
        return t.text if t.text in "،.:؛؟!" else '"' if t.text in '"«»“”' else "-"
    if doc.actor_at[i] >= 0:
        return "A" + doc.actors[doc.actor_at[i]].kind[:3]
    if doc.place_at[i] >= 0:
        return "P"
    if doc.date_at[i] >= 0:
        return "D"
    if t.kind == "number":
        return "N"
    form = t.norm
    if form in PREPOSITIONS:
        return "p"
    if form in RELATIVES:
        return "r"
    if form in COMPLEMENTS:
        return "q"
    if form in NEGATIONS:
        return "n"
    w = doc.words[i]
    return w.cls if w is not None else "l"


def clean(form: str) -> str:
    """A neighbour's form without the article and the conjunction."""
    if form.startswith("وال") and len(form) > 4:
        return form[3:]
    if form.startswith("ال") and len(form) > 4:
        return form[2:]
    return form


def neighbour(doc: Doc, i: int, step: int) -> int:
    """The next token in a direction, quotation marks and brackets stepped over."""
    j = i + step
    while 0 <= j < len(doc.tokens) and doc.tokens[j].text in '"«»“”()[]{}':
        j += step
    return j


def governor(doc: Doc, i: int) -> tuple[int, str]:
    """The light, phase, cause or speech verb before a word in its own clause, and its class with its lemma."""
    first = doc.sentences[doc.sent[i]].first
    j, steps = i - 1, 0
    while j >= first and steps < WIDTH:
        t = doc.tokens[j]
        if t.kind == "punct" and t.text in "،.؛:":
            return -1, ""
        w = doc.words[j]
        if doc.actor_at[j] < 0 and w is not None and w.cls in "LCHS" and w.cls != "w":
            reading = w.events[0] if w.events and w.cls != "S" else (w.speech[0] if w.speech else None)
            if reading is not None:
                return j, w.cls + ":" + reading.entry.lemma
        if t.norm in RELATIVES:
            return -1, ""
        if j == first or doc.chunk[j] != doc.chunk[j - 1]:
            steps += 1
        j -= 1
    return -1, ""


def context(doc: Doc, c: Candidate) -> list[str]:
    """The features of a candidate's context, shared by all its options."""
    i = c.i
    t = doc.tokens[i]
    s = doc.sentences[doc.sent[i]]
    p1, n1 = neighbour(doc, i, -1), neighbour(doc, i, 1)
    p2, n2 = neighbour(doc, p1, -1), neighbour(doc, n1, 1)
    if p1 < s.first:
        p1 = p2 = -1
    elif p2 < s.first:
        p2 = -1
    if n1 > s.last:
        n1 = n2 = len(doc.tokens)
    elif n2 > s.last:
        n2 = len(doc.tokens)
    cp1, cn1, cp2, cn2 = (word_class(doc, k) for k in (p1, n1, p2, n2))
    poses = "+".join(sorted({r.pos[:12] for r in c.readings}))
    article = "ال" in c.particles
    definite = "def" if article else "pro" if c.pronoun else "bare"
    prep = "".join(x for x in c.particles.replace("ال", "") if x in "بكل")
    entries = sorted({r.entry.id for r in c.readings})
    first = c.readings[0]
    f = [
        "bias",
        "pos=" + poses,
        "def=" + definite + "/" + poses,
        "prep=" + prep,
        "p1=" + cp1 + "/" + poses,
        "n1=" + cn1 + "/" + poses,
        "p1n1=" + cp1 + "/" + cn1,
        "p2p1=" + cp2 + "/" + cp1,
        "n1n2=" + cn1 + "/" + cn2,
        "nsenses=" + str(len({x for r in c.readings for x in r.entry.senses})),
    ]
    for e in entries:
        f.append("e=" + e)
        f.append("e=" + e + "/" + poses + "/" + definite)
    f.append("stem=" + c.stem)
    f.extend(_priors(doc, c))
    if cp1 == "p":
        before_word = clean(doc.tokens[p1].norm)
        f.append(f"p1def={before_word}/{definite}/{poses}")
        f.append(f"p1next={before_word}/{definite}/{cn1}")
    n = doc.number_of[i]
    seen = sum(1 for o in doc.candidates[:n] if o.stem == c.stem or o.readings[0].entry.id == first.entry.id)
    f.append(f"seen={min(seen, 2)}/{definite}/{poses}")
    near = any(doc.sent[i] - doc.sent[o.i] <= 1 for o in doc.candidates[:n] if o.readings[0].entry.id == first.entry.id)
    if near:
        f.append(f"seen-near/{definite}/{poses}")
    f.append("report=" + doc.tone)
    f.append("report=" + doc.tone + "/" + poses)
    crowd = sum(1 for o in doc.candidates if s.first <= o.i <= s.last)
    f.append(f"crowd={min(crowd, 6)}")
    own = classes.of(t.norm)
    f.append("class=" + own[1])
    f.append("class=" + own[0] + "/" + poses)
    for name, k in (("-1", p1), ("+1", n1), ("-2", p2), ("+2", n2)):
        if 0 <= k < len(doc.tokens) and doc.tokens[k].kind == "word":
            coarse, fine = classes.of(doc.tokens[k].norm)
            f.append(f"class{name}={fine}")
            f.append(f"class{name}={coarse}/{poses}")
    around = set()
    for k in range(max(s.first, i - 8), min(s.last, i + 8) + 1):
        if k != i and doc.tokens[k].kind == "word":
            around.add(classes.of(doc.tokens[k].norm)[0])
    f.extend("around=" + x for x in sorted(around))
    f.extend(_pairs(doc, c, s.first, s.last))
    if p1 >= 0:
        w1 = clean(doc.tokens[p1].norm)
        f.append("w-1=" + w1)
        f.append("e=" + entries[0] + "/w-1=" + w1)
    if n1 < len(doc.tokens):
        w1 = clean(doc.tokens[n1].norm)
        f.append("w+1=" + w1)
        f.append("e=" + entries[0] + "/w+1=" + w1)
        if n2 < len(doc.tokens):
            f.append("w+2=" + clean(doc.tokens[n2].norm))
    if p2 >= 0:
        f.append("w-2=" + clean(doc.tokens[p2].norm))
    if c.expression is not None:
        f.append("expr")
        f.append("expr=" + c.expression.reading.entry.id)
    elif any(fd.first <= i <= fd.last for k in (p1, n1) for fd in doc.expr_at.get(k, ())):
        f.append("in-other-expr")
    if doc.actor_at[i] >= 0:
        m = doc.actors[doc.actor_at[i]]
        f.append("in-actor=" + m.kind)
        f.append("in-actor-at=" + ("head" if m.head == i else "tail"))
    if doc.place_at[i] >= 0:
        f.append("in-place")
    g, gname = governor(doc, i)
    if g >= 0:
        f.append("gov=" + gname[0] + "/" + poses)
        f.append("gov=" + gname)
    after = _ahead(doc, i, s.last)
    before = _behind(doc, i, s.first)
    f.extend(after)
    f.extend(before)
    if i == s.first or (p1 >= 0 and doc.tokens[p1].kind == "punct"):
        f.append("opens/" + poses)
    if doc.quote[i] >= 0:
        f.append("quoted")
    verb = next((r for r in c.readings if r.pos == "verb"), None)
    if verb is not None:
        f.append(f"verb={verb.tense}/{verb.person}")
        if verb.person in (1, 2):
            f.append("speaker-verb")
    if first.number:
        f.append("number=" + first.number)
    if t.text.endswith("ا") or t.text.endswith("اً"):
        f.append("tanwin")
    return f


def _priors(doc: Doc, c: Candidate) -> list[str]:
    """What the codebook says of how often these words are acts, as verbs and nouns, and what they are beside others."""
    verb = verbal(doc, c.i)
    best, role = -1, "-"
    mostly = doc.book.homographs.get(doc.tokens[c.i].norm, {})
    plain = verb and bool(mostly) and _opens_clause(doc, c.i)
    for r in c.readings:
        p = doc.book.priors.get(r.entry.id)
        if p is not None:
            v = p.verb if (r.pos == "verb" and verb) or p.noun is None else p.noun
            if v is not None and not (plain and r.pos == "verb" and r.tense == "past"):
                v = min(v, mostly.get(r.entry.id, 9))
            if v is not None and v > best:
                best, role = v, p.beside
    kind = "v" if verb else "n"
    out = [f"prior={best}", f"prior={best}/{kind}", f"beside={role}", f"prior={best}/{role}"]
    out.extend(f"prior>{x}" for x in (1, 3, 5, 7) if best > x)
    return out


def _opens_clause(doc: Doc, i: int) -> bool:
    """Whether a word read as a verb begins its sentence or clause and a party follows: no noun of its form."""
    if i + 1 >= len(doc.tokens) or doc.actor_at[i + 1] < 0:
        return False
    j = neighbour(doc, i, -1)
    return j < 0 or doc.sent[j] != doc.sent[i] or doc.tokens[j].kind == "punct" or doc.tokens[j].norm in COMPLEMENTS


def _pairs(doc: Doc, c: Candidate, first: int, last: int) -> list[str]:
    """How a candidate stands to the candidates around it: the same act is often told by several words."""
    out: list[str] = []
    n = doc.number_of[c.i]
    own = sorted({x for r in c.readings for x, _ in r.entry.senses})[0]
    for step, side in ((-1, "<"), (1, ">")):
        k = n + step
        if not 0 <= k < len(doc.candidates):
            continue
        o = doc.candidates[k]
        if not first <= o.i <= last:
            continue
        lo, hi = (o.i, c.i) if step < 0 else (c.i, o.i)
        marks = []
        actors = 0
        for j in range(lo + 1, hi):
            x = doc.tokens[j]
            if x.text in "،,":
                marks.append("،")
            elif x.norm in RELATIVES:
                marks.append("r")
            elif x.norm in COMPLEMENTS:
                marks.append("q")
            elif doc.actor_at[j] >= 0:
                actors += doc.actor_at[j] != doc.actor_at[j - 1]
            else:
                w = doc.words[j]
                if w is not None and w.cls in "CLHS":
                    marks.append(w.cls)
        gap = "0" if hi - lo == 1 else "1" if hi - lo == 2 else "s" if hi - lo < 6 else "m" if hi - lo < 12 else "l"
        mark = "".join(dict.fromkeys(marks))
        e = o.readings[0].entry
        pos = o.readings[0].pos[:4]
        kind = e.senses[0][0]
        there = doc.book.priors.get(e.id)
        if there is not None:
            out.append(f"{side}beside={there.beside}/{mark}")
            out.append(f"{side}beside={there.beside}/{kind == own}/{gap}{mark}")
            mine = doc.book.priors.get(c.readings[0].entry.id)
            if mine is not None:
                out.append(f"{side}beside={there.beside}/{mine.beside}/{kind == own}/{mark}")
        out.append(f"{side}pair={kind}/{own}/{gap}{mark}/{min(actors, 2)}")
        out.append(f"{side}pair={pos}/{c.readings[0].pos[:4]}/{gap}{mark}")
        out.append(f"{side}pair={pos}/{c.readings[0].pos[:4]}/{kind}/{own}/{mark}")
        out.append(f"{side}pair={e.id}")
        out.append(f"{side}pair={e.id}/{c.readings[0].entry.id}")
        out.append(f"{side}same-entry={e.id == c.readings[0].entry.id}/{gap}")
        if o.particles.startswith("و") or c.particles.startswith("و"):
            out.append(f"{side}and={kind == own}/{gap}{mark}")
    return out


def _ahead(doc: Doc, i: int, last: int) -> list[str]:
    """Mentions and particles after a word, up to the end of its clause."""
    out: list[str] = []
    steps, prep, seen = 0, "", set()
    for j in range(i + 1, last + 1):
        t = doc.tokens[j]
        if t.kind == "punct" and t.text in "،.؛:":
            break
        if j > i + 1 and doc.chunk[j] == doc.chunk[j - 1]:
            continue
        steps += 1
        if steps > WIDTH:
            break
        cls = word_class(doc, j)
        near = "near" if steps == 1 else "far"
        if cls[0] == "A":
            m = doc.actors[doc.actor_at[j]]
            key = f"after-actor={prep}{_clitic(doc, j)}/{near}"
            if key not in seen:
                seen.add(key)
                out.append(key)
                out.append("after-sector=" + sector(m.id) + "/" + m.head_class + "/" + near)
            prep = ""
        elif cls == "P":
            key = f"after-place={prep}/{near}"
            if key not in seen:
                seen.add(key)
                out.append(key)
            prep = ""
        elif cls == "p":
            prep = t.norm
            if steps <= 2:
                out.append("after-prep=" + prep)
        elif cls in "rq":
            out.append("after-" + cls)
            break
        elif cls in "ELHCS":
            out.append("after-" + cls + "/" + near)
            prep = ""
        elif cls != '"':
            prep = ""
    if not any(x.startswith("after-actor") for x in out):
        out.append("after-actor=no")
    return out


def _behind(doc: Doc, i: int, first: int) -> list[str]:
    """Mentions and words before a word, back to the start of its clause."""
    out: list[str] = []
    steps, comma = 0, ""
    seen: Counter[str] = Counter()
    for j in range(i - 1, first - 1, -1):
        t = doc.tokens[j]
        if t.kind == "punct" and t.text in "،؛:":
            comma = "c"
        if j < i - 1 and doc.chunk[j] == doc.chunk[j + 1]:
            continue
        steps += 1
        if steps > 12:
            break
        cls = word_class(doc, j)
        near = "near" if steps == 1 else "mid" if steps < 5 else "far"
        if cls[0] == "A" and seen["A"] < 1:
            seen["A"] += 1
            m = doc.actors[doc.actor_at[j]]
            out.append(f"before-actor={near}{comma}")
            out.append("before-sector=" + sector(m.id) + "/" + m.head_class + "/" + near)
        elif cls[0] in "ECLHS" and cls[0] != "w" and seen[cls[0]] < 1:
            seen[cls[0]] += 1
            w = doc.words[j]
            out.append(f"before-{cls[0]}={near}{comma}")
            if cls == "E" and w is not None:
                out.append("before-type=" + (w.events[0].entry.types[0][0]) + "/" + near + comma)
            if cls == "S" and w is not None and w.speech:
                out.append("before-say=" + w.speech[0].entry.lemma)
    if not seen["E"]:
        out.append("before-E=no")
    return out


def _clitic(doc: Doc, j: int) -> str:
    """The preposition written with a mention's first word, when the dictionary reads one there."""
    form = doc.tokens[j].norm
    m = doc.actors[doc.actor_at[j]]
    lead = doc.tokens[j].start
    taken = m.start - lead
    return form[taken - 1] if taken > 0 and form[taken - 1] in "بكل" else ""


def sector(ident: str) -> str:
    """The sector of an id; named groups count as GROUP."""
    head, _, tail = ident.partition("-")
    return tail if tail and len(head) == 3 else "GROUP" if not ident.startswith("MEDIA") else "MEDIA"


def ranks(c: Candidate) -> dict[str, int]:
    """The types of a candidate's entries, each with its best rank among an entry's alternatives."""
    types: dict[str, int] = {}
    for r in c.readings:
        for rank, (type_, _mode) in enumerate(r.entry.senses):
            types[type_] = min(rank, types.get(type_, 9))
    return types


def _rank_features(rank: int, type_: str) -> list[str]:
    return ["rank=" + str(min(rank, 3)), "rank=" + str(min(rank, 3)) + "/" + type_]


def options(doc: Doc, c: Candidate) -> tuple[list[str], list[list[str]]]:
    """The labels that a candidate may get and the features of each. The first is always "none", the second "also"."""
    shared = context(doc, c)
    types = ranks(c)
    out: list[list[str]] = [[], ["+|" + x for x in shared]]
    for type_, rank in types.items():
        own = _rank_features(rank, type_)
        out.append([*own, *("*|" + x for x in shared), *(type_ + "|" + x for x in shared)])
    return [NONE, ALSO, *types], out


def decide(doc: Doc, model: Model, threshold: float, about: float = topic.CLEAR) -> list[Trigger]:
    """The acts of a report, in text order. The scores are those of `options`, added up without making its strings.

    Words likelier to be acts than the threshold are taken. In a sentence that has none, a word that may be either the
    act or another word for it is weighed as both: the act would otherwise be lost with all its words. `about` is how
    surely the report speaks of conflict (`topic.score`): where it does not, a word must be surely an act.
    """
    found: list[tuple[Candidate, float, float, str, list[str]]] = []
    told: set[int] = set()
    spare: dict[int, tuple[float, int]] = {}
    if about < topic.CALM:
        threshold = max(threshold, CERTAIN)
    elif about < topic.CLEAR and doc.tone.startswith(CALM):
        threshold = max(threshold, SURE)
    for c in doc.candidates:
        shared = context(doc, c)
        types = ranks(c)
        base, also, *own = model.side_by_side(("*", "+", *types), shared)
        scores = [0.0, also]
        for (type_, rank), mine in zip(types.items(), own, strict=True):
            scores.append(base + mine + model.score(_rank_features(rank, type_)))
        chances = softmax(scores)
        event = sum(chances[2:])
        sentence = doc.sent[c.i]
        lone = event + OTHER_WORD * chances[1]
        if event >= threshold:
            told.add(sentence)
        elif lone < threshold or sentence in told or lone <= spare.get(sentence, (0.0, 0))[0]:
            continue
        else:
            spare[sentence] = (lone, c.i)
        best = max(range(len(types)), key=lambda k: chances[k + 2])
        found.append((c, event, chances[1], list(types)[best], shared))
    out: list[Trigger] = []
    for c, event, other, type_, shared in found:
        sentence = doc.sent[c.i]
        if event >= threshold or (sentence not in told and spare[sentence][1] == c.i):
            features = [p + x for x in shared for p in ("*|", type_ + "|")]
            out.append(Trigger(c, type_, None, event, features, other))
    return out
