"""Which words are acts, and of which type: the codebook proposes, the context decides.

A candidate has one option for each type of its entries, one for being another word of an act told beside it ("also"),
and one for being no act. Every option is described by the same features of the context, prefixed with the option.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from musnad.coding import classes, topic
from musnad.coding.document import COMPLEMENTS, RELATIVES, Candidate, Doc, clean
from musnad.coding.grammar import verbal
from musnad.coding.model import Model, softmax

NONE, ALSO = "none", "also"
WIDTH = 6
CALM = ("a0", "a1p0", "a1p1")
"""Tones of reports with hardly an armed party: there a word must be surely an act."""
SURE, CERTAIN = 0.6, 0.95
OTHER_WORD = 0.6
"""How much the chance of being another word for an act counts in a sentence where no word is surely one."""


_STEPPED_OVER = frozenset('"«»“”()[]{}')


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
    """A rough class of a token (`Doc.kinds`), # outside the text."""
    return doc.kinds[i] if 0 <= i < len(doc.kinds) else "#"


def neighbour(doc: Doc, i: int, step: int) -> int:
    """The next token in a direction, quotation marks and brackets stepped over."""
    tokens = doc.tokens
    j = i + step
    while 0 <= j < len(tokens) and tokens[j].text in _STEPPED_OVER:
        j += step
    return j


def governor(doc: Doc, i: int) -> tuple[int, str]:
    """The light, phase, cause or speech verb before a word in its own clause, and its class with its lemma."""
    found = doc.governors.get(i)
    if found is None:
        found = doc.governors[i] = _find_governor(doc, i)
    return found


def _find_governor(doc: Doc, i: int) -> tuple[int, str]:
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
    i, acts, poses = c.i, c.acts, c.acts.poses
    tokens, words = doc.tokens, doc.words
    end = len(tokens)
    s = doc.sentences[doc.sent[i]]
    p1, n1 = neighbour(doc, i, -1), neighbour(doc, i, 1)
    p2, n2 = neighbour(doc, p1, -1), neighbour(doc, n1, 1)
    if p1 < s.first:
        p1 = p2 = -1
    elif p2 < s.first:
        p2 = -1
    if n1 > s.last:
        n1 = n2 = end
    elif n2 > s.last:
        n2 = end
    cp1, cn1, cp2, cn2 = (word_class(doc, k) for k in (p1, n1, p2, n2))
    definite = "def" if "ال" in c.particles else "pro" if c.pronoun else "bare"
    f = [
        *(acts.kept.get("word") or _of_word(doc, c, definite)),
        *_priors(doc, c),
        f"p1={cp1}/{poses}",
        f"n1={cn1}/{poses}",
        f"p1n1={cp1}/{cn1}",
        f"p2p1={cp2}/{cp1}",
        f"n1n2={cn1}/{cn2}",
        f"seen={c.seen}/{definite}/{poses}",
        "report=" + doc.tone,
        f"report={doc.tone}/{poses}",
        f"crowd={min(doc.crowd[doc.sent[i]], 6)}",
    ]
    if cp1 == "p":
        before_word = clean(tokens[p1].norm)
        f.append(f"p1def={before_word}/{definite}/{poses}")
        f.append(f"p1next={before_word}/{definite}/{cn1}")
    if c.near:
        f.append(f"seen-near/{definite}/{poses}")
    entry = acts.entries[0]
    for name, k in (("-1", p1), ("+1", n1), ("-2", p2), ("+2", n2)):
        if 0 <= k < end:
            w = words[k]
            if w is not None:
                coarse, fine = w.classes
                f.append(f"class{name}={fine}")
                f.append(f"class{name}={coarse}/{poses}")
            plain = w.clean if w is not None else tokens[k].norm
            f.append(f"w{name}={plain}")
            if k in (p1, n1):
                f.append(f"e={entry}/w{name}={plain}")
    beside = words[max(s.first, i - 8) : i] + words[i + 1 : min(s.last, i + 8) + 1]
    around = {w.classes[0] for w in beside if w is not None}
    f.extend(["around=" + x for x in sorted(around)])
    f.extend(_pairs(doc, c, s.first, s.last))
    if c.expression is None and any(fd.first <= i <= fd.last for k in (p1, n1) for fd in doc.expr_at.get(k, ())):
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
    f.extend(_ahead(doc, i, s.last))
    f.extend(_behind(doc, i, s.first))
    if i == s.first or (p1 >= 0 and tokens[p1].kind == "punct"):
        f.append("opens/" + poses)
    if doc.quote[i] >= 0:
        f.append("quoted")
    if tokens[i].text.endswith(("ا", "اً")):
        f.append("tanwin")
    return f


def _of_word(doc: Doc, c: Candidate, definite: str) -> tuple[str, ...]:
    """The features of the candidate's own word and readings."""
    acts, poses = c.acts, c.acts.poses
    coarse, fine = classes.of(doc.tokens[c.i].norm)
    f = [
        "bias",
        "pos=" + poses,
        f"def={definite}/{poses}",
        "prep=" + "".join(x for x in c.particles.replace("ال", "") if x in "بكل"),
        f"nsenses={len({x for r in acts.readings for x in r.entry.senses})}",
        "stem=" + c.stem,
        "class=" + fine,
        f"class={coarse}/{poses}",
    ]
    for e in acts.entries:
        f.append("e=" + e)
        f.append(f"e={e}/{poses}/{definite}")
    if c.expression is not None:
        f.append("expr")
        f.append("expr=" + c.expression.reading.entry.id)
    verb = next((r for r in acts.readings if r.pos == "verb"), None)
    if verb is not None:
        f.append(f"verb={verb.tense}/{verb.person}")
        if verb.person in (1, 2):
            f.append("speaker-verb")
    if acts.readings[0].number:
        f.append("number=" + acts.readings[0].number)
    acts.kept["word"] = tuple(f)
    return acts.kept["word"]


def _priors(doc: Doc, c: Candidate) -> tuple[str, ...]:
    """What the codebook says of how often these words are acts, as verbs and nouns, and what they are beside others."""
    verb = verbal(doc, c.i)
    mostly = doc.book.homographs.get(doc.tokens[c.i].norm, {})
    plain = verb and bool(mostly) and _opens_clause(doc, c.i)
    kept = c.acts.kept.get((verb, plain))
    if kept is not None:
        return kept
    best, role = -1, "-"
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
    c.acts.kept[verb, plain] = tuple(out)
    return c.acts.kept[verb, plain]


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
    own = min(c.acts.ranks)
    mine = c.readings[0]
    prior = doc.book.priors.get(mine.entry.id)
    for k, side in ((n - 1, "<"), (n + 1, ">")):
        if not 0 <= k < len(doc.candidates):
            continue
        o = doc.candidates[k]
        if not first <= o.i <= last:
            continue
        lo, hi = (o.i, c.i) if side == "<" else (c.i, o.i)
        mark, actors = _parted(doc, lo, hi)
        gap = "0" if hi - lo == 1 else "1" if hi - lo == 2 else "s" if hi - lo < 6 else "m" if hi - lo < 12 else "l"
        e = o.acts.first
        pos = o.readings[0].pos[:4]
        kind = e.senses[0][0]
        there = doc.book.priors.get(e.id)
        if there is not None:
            out.append(f"{side}beside={there.beside}/{mark}")
            out.append(f"{side}beside={there.beside}/{kind == own}/{gap}{mark}")
            if prior is not None:
                out.append(f"{side}beside={there.beside}/{prior.beside}/{kind == own}/{mark}")
        out.append(f"{side}pair={kind}/{own}/{gap}{mark}/{actors}")
        out.append(f"{side}pair={pos}/{mine.pos[:4]}/{gap}{mark}")
        out.append(f"{side}pair={pos}/{mine.pos[:4]}/{kind}/{own}/{mark}")
        out.append(f"{side}pair={e.id}")
        out.append(f"{side}pair={e.id}/{mine.entry.id}")
        out.append(f"{side}same-entry={e.id == mine.entry.id}/{gap}")
        if o.particles.startswith("و") or c.particles.startswith("و"):
            out.append(f"{side}and={kind == own}/{gap}{mark}")
    return out


def _parted(doc: Doc, lo: int, hi: int) -> tuple[str, int]:
    """The marks and particles between two candidates, each once, and how many mentions of actors (at most 2)."""
    marks: dict[str, None] = {}
    actors = 0
    for j in range(lo + 1, hi):
        x = doc.tokens[j]
        if x.text in "،,":
            marks["،"] = None
        elif x.norm in RELATIVES:
            marks["r"] = None
        elif x.norm in COMPLEMENTS:
            marks["q"] = None
        elif doc.actor_at[j] >= 0:
            actors += doc.actor_at[j] != doc.actor_at[j - 1]
        else:
            w = doc.words[j]
            if w is not None and w.cls in "CLHS":
                marks[w.cls] = None
    return "".join(marks), min(actors, 2)


def _ahead(doc: Doc, i: int, last: int) -> list[str]:
    """Mentions and particles after a word, up to the end of its clause."""
    out: list[str] = []
    tokens, chunk, kinds = doc.tokens, doc.chunk, doc.kinds
    steps, prep, seen = 0, "", set()
    for j in range(i + 1, last + 1):
        cls = kinds[j]
        if cls in "،.؛:":
            break
        if j > i + 1 and chunk[j] == chunk[j - 1]:
            continue
        steps += 1
        if steps > WIDTH:
            break
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
            prep = tokens[j].norm
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
    chunk, kinds = doc.chunk, doc.kinds
    steps, comma = 0, ""
    seen: set[str] = set()
    for j in range(i - 1, first - 1, -1):
        cls = kinds[j]
        if cls in "،؛:":
            comma = "c"
        if j < i - 1 and chunk[j] == chunk[j + 1]:
            continue
        steps += 1
        if steps > 12:
            break
        near = "near" if steps == 1 else "mid" if steps < 5 else "far"
        if cls[0] == "A" and "A" not in seen:
            seen.add("A")
            m = doc.actors[doc.actor_at[j]]
            out.append(f"before-actor={near}{comma}")
            out.append("before-sector=" + sector(m.id) + "/" + m.head_class + "/" + near)
        elif cls in "ECLHS" and cls not in seen:
            seen.add(cls)
            w = doc.words[j]
            out.append(f"before-{cls}={near}{comma}")
            if cls == "E" and w is not None:
                out.append("before-type=" + (w.events[0].entry.types[0][0]) + "/" + near + comma)
            if cls == "S" and w is not None and w.speech:
                out.append("before-say=" + w.speech[0].entry.lemma)
    if "E" not in seen:
        out.append("before-E=no")
    return out


def _clitic(doc: Doc, j: int) -> str:
    """The preposition written with a mention's first word, when the dictionary reads one there."""
    form = doc.tokens[j].norm
    m = doc.actors[doc.actor_at[j]]
    lead = doc.tokens[j].start
    taken = m.start - lead
    return form[taken - 1] if taken > 0 and form[taken - 1] in "بكل" else ""


@lru_cache(maxsize=1 << 12)
def sector(ident: str) -> str:
    """The sector of an id; named groups count as GROUP."""
    head, _, tail = ident.partition("-")
    return tail if tail and len(head) == 3 else "GROUP" if not ident.startswith("MEDIA") else "MEDIA"


def _rank_features(type_: str, rank: int) -> list[str]:
    return ["rank=" + str(min(rank, 3)), "rank=" + str(min(rank, 3)) + "/" + type_]


def options(doc: Doc, c: Candidate) -> tuple[list[str], list[list[str]]]:
    """The labels that a candidate may get and the features of each. The first is always "none", the second "also"."""
    shared = context(doc, c)
    types = c.acts.ranks
    out: list[list[str]] = [[], ["+|" + x for x in shared]]
    for type_, rank in types.items():
        own = _rank_features(type_, rank)
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
    ranked: dict[tuple[str, int], float] = {}
    for c in doc.candidates:
        shared = context(doc, c)
        types = c.acts.ranks
        base, also, *own = model.side_by_side(("*", "+", *types), shared)
        scores = [0.0, also]
        for key, mine in zip(types.items(), own, strict=True):
            if key not in ranked:
                ranked[key] = model.score(_rank_features(*key))
            scores.append(base + mine + ranked[key])
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
            out.append(Trigger(c, type_, None, event, shared, other))
    return out
