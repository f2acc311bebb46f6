"""Whether an act is told as fact, or denied, threatened, planned, demanded, agreed, possible or only supposed."""

from __future__ import annotations

from bisect import bisect_left

from musnad.codebook.entries import SignEntry
from musnad.codebook.expressions import Found
from musnad.coding.document import COMPLEMENTS, RELATIVES, Doc, clean
from musnad.coding.grammar import verbal
from musnad.coding.model import Model
from musnad.coding.narrators import Telling
from musnad.coding.relations import bucket
from musnad.coding.triggers import Trigger, governor

STATUSES = ("happened", "ongoing", "planned", "demanded", "possible", "denied", "hypothetical", "threatened", "agreed")


REACH = 14
"""How many chunks an operator may stand before its act."""
SUBJUNCTIVE = frozenset(["ان", "بان", "الا", "كي", "لكي", "حتي", "وان", "بالا"])
PARTICLES = frozenset(["قد", "وقد", "لقد", "كان", "كانت", "كانوا", "وكان", "وكانت", "يكون", "تكون", "سوف"])
NEGATING = frozenset(["لم", "لن", "لا", "ولم", "ولن", "ولا", "فلم", "فلن", "ما", "ليس", "ليست"])
OPENERS = COMPLEMENTS - frozenset(["وان", "وبان"])
"""Words that open the clause of what is said, thought or denied."""
CLAIMS = frozenset(["REQUEST", "THREATEN", "REJECT", "AGREE", "ACCUSE"])
"""Types of acts under which another act is demanded, threatened, refused, agreed to, or laid to someone."""
MEANS = {
    "REQUEST": "demanded", "THREATEN": "threatened", "REJECT": "denied", "AGREE": "agreed", "negated": "denied",
}  # fmt: skip
"""The status that a claim, or a sign that is no status itself, lends to what hangs on it."""


def signs_of(doc: Doc, si: int) -> list[Found[SignEntry]]:
    """The signs in a sentence. A word that the codebook knows as it stands is no sign with a particle taken off it."""
    s = doc.sentences[si]
    out: list[Found[SignEntry]] = []
    k = bisect_left(doc.signs, s.first, key=lambda f: f.first)
    while k < len(doc.signs) and doc.signs[k].first <= s.last:
        f = doc.signs[k]
        w = doc.words[f.first]
        taken = len(f.particles + f.pronoun)
        if f.first != f.last or w is None or w.cls == "w" or len(w.particles + w.pronoun) >= taken:
            out.append(f)
        k += 1
    return out


def particle(doc: Doc, j: int) -> str:
    """The particle in front of a verb, written with it (سـ، لـ) or apart: what it says of the verb's tense."""
    w = doc.words[j]
    if w is not None:
        if "س" in w.particles:
            return "س"
        if "ل" in w.particles:
            return "ل"
    k = j - 1
    while k >= 0 and doc.tokens[k].text in '"«»“”':
        k -= 1
    if k < 0 or doc.sent[k] != doc.sent[j]:
        return "^"
    form = doc.tokens[k].norm
    if form in SUBJUNCTIVE:
        return "ان" if form in ("ان", "بان", "وان", "الا", "بالا") else "كي"
    if form in PARTICLES or form in NEGATING:
        return form.lstrip("وف") if len(form) < 5 else "كان"
    if form in RELATIVES:
        return "rel"
    return ""


def tense_of(doc: Doc, j: int) -> str:
    """The tense of a word read as a verb."""
    w = doc.words[j]
    if w is None:
        return ""
    tenses = [r.tense for r in w.events if r.pos == "verb"] or [r.tense for r in w.speech if r.pos == "verb"]
    return tenses[0] if tenses else ""


def operator(doc: Doc, i: int, claims: dict[int, str]) -> tuple[str, str, str]:
    """What an act hangs on: the sign, the claim (a verb of demand, threat ...) or the finite verb over it.

    Walks back through the act's own clause: past nouns and, when the act is joined by و, past what it is joined to;
    a verb after أن is passed to the word that asks for it. Returns (what, how the walk went, entry).
    """
    signs: dict[int, Found[SignEntry]] = {}
    for f in signs_of(doc, doc.sent[i]):
        if f.reading.entry.direction != "before" and not f.first <= i <= f.last and doc.actor_at[f.last] < 0:
            known = signs.get(f.last)
            if known is None or f.last - f.first > known.last - known.first:
                signs[f.last] = f
    first = doc.sentences[doc.sent[i]].first
    c = doc.words[i]
    path = "w" if c is not None and c.particles.startswith("و") else ""
    j = i - 1
    if verbal(doc, i):
        mark = particle(doc, i)
        if mark in ("ان", "كي"):
            path += "q"
            j -= 1
        elif mark == "ل":
            return "sub:ل", path, ""
        elif path:
            path += "v"
        else:
            near = signs.get(j) or signs.get(j - 1)
            if near is not None and _needs(doc, near, i):
                return near.reading.entry.status, "v", near.reading.entry.id
            denial = _denied_clause(doc, i, signs)
            if denial is not None:
                return "denied", "q", denial
            return "none:" + mark, "v", ""
    steps = commas = acts = 0
    while j >= first and steps < REACH:
        t = doc.tokens[j]
        if t.kind == "punct":
            if t.text in ".؛:؟!":
                break
            if t.text in "،,":
                commas += 1
                if commas > 1 or "w" not in path:
                    break
            j -= 1
            continue
        sign = signs.get(j)
        if sign is not None and _needs(doc, sign, i):
            e = sign.reading.entry
            return e.status, path + ("c" if commas else "") + ("a" if acts else ""), e.id
        if j in claims:
            return claims[j], path + ("c" if commas else "") + ("a" if acts else ""), ""
        if t.norm in RELATIVES:
            return "rel", path, ""
        w = doc.words[j]
        if doc.actor_at[j] < 0 and w is not None and w.cls != "w":
            light = w.cls == "L" and any(r.pos == "masdar" for r in w.events)  # شن is a verb and its own masdar
            if verbal(doc, j) and not light:
                mark = particle(doc, j)
                if mark == "ان":
                    path += "q"
                    j -= 2
                    continue
                if mark or not path.startswith("wv"):
                    return f"verb:{tense_of(doc, j)}:{mark}", path, ""
            acts += w.cls == "E"
        elif t.norm in COMPLEMENTS:
            return "that", path, ""
        if j == first or doc.chunk[j] != doc.chunk[j - 1]:
            steps += 1
        j -= 1
    return "none", path, ""


def certain(doc: Doc, i: int) -> str | None:
    """The status that grammar alone settles: that of a sure sign on which the act hangs right away."""
    if particle(doc, i) == "ل" and tense_of(doc, i) == "past" and verbal(doc, i):
        first = doc.sentences[doc.sent[i]].first
        if any(doc.tokens[j].norm in ("لو", "ولو", "لولا", "ولولا") for j in range(first, i)):
            return "hypothetical"
    what, path, entry = operator(doc, i, {})
    if path not in ("", "v", "q") or what not in STATUSES or not entry:
        return None
    sure = any(f.reading.entry.sure for f in signs_of(doc, doc.sent[i]) if f.reading.entry.id == entry)
    return what if sure else None


def _denied_clause(doc: Doc, i: int, signs: dict[int, Found[SignEntry]]) -> str | None:
    """نفت الوزارة أن تكون قواتها (قد) قصفت: the sign of denial before the أن that opens the verb's clause, if any."""
    first = doc.sentences[doc.sent[i]].first
    j = i - 1
    while j >= first and i - j <= REACH and doc.tokens[j].norm not in OPENERS:
        w = doc.words[j]
        if doc.tokens[j].text in "،,.؛:" or doc.tokens[j].norm in RELATIVES:
            return None
        if doc.actor_at[j] < 0 and w is not None and w.cls in "ES" and verbal(doc, j):
            return None
        j -= 1
    if j < first or doc.tokens[j].norm not in OPENERS:
        return None
    stop = max(first, j - REACH)
    for k in range(j - 1, stop - 1, -1):
        if doc.tokens[k].text in ".؛:" or doc.tokens[k].norm in OPENERS:
            return None
        f = signs.get(k)
        if f is not None:
            return f.reading.entry.id if f.reading.entry.status == "denied" else None
    return None


def _needs(doc: Doc, f: Found[SignEntry], i: int) -> bool:
    word = doc.words[i]
    e = f.reading.entry
    return e.needs == "-" or word is None or _fits(e.needs, word.events)


def following(doc: Doc, i: int) -> str:
    """The verb after an act told by a noun, of its clause or of the relative clause on it, with tense and particle."""
    last = doc.sentences[doc.sent[i]].last
    kind = "main"
    for j in range(i + 1, min(last, i + 12) + 1):
        t = doc.tokens[j]
        if t.kind == "punct" and t.text not in '"«»“”()':
            return ""
        if t.norm in RELATIVES:
            kind = "rel"
            continue
        w = doc.words[j]
        if w is not None and w.cls != "w" and doc.actor_at[j] < 0 and verbal(doc, j):
            return f"{kind}:{tense_of(doc, j)}:{particle(doc, j)}"
    return ""


def signs_over(doc: Doc, i: int) -> list[tuple[str, int, int, str]]:
    """The signs that reach an act at token `i`: (status, first token, last token, entry id)."""
    out: list[tuple[str, int, int, str]] = []
    si = doc.sent[i]
    for f in signs_of(doc, si):
        if f.first <= i <= f.last:
            continue
        e = f.reading.entry
        after = i > f.last
        if (after and e.direction == "before") or (not after and e.direction == "after"):
            continue
        d = (i - f.last) if after else (f.first - i)
        if e.reach == "next":
            lo, hi = (f.last, i) if after else (i, f.first)
            if d > 12 or any(c.i not in (i,) and lo < c.i < hi for c in doc.candidates if c.i != i):
                continue
        elif e.reach == "clause":
            if doc.clause[f.last] != doc.clause[i]:
                continue
        elif e.reach.isdigit() and d > int(e.reach):
            continue
        word = doc.words[i]
        if e.needs != "-" and word is not None and not _fits(e.needs, word.events):
            continue
        out.append((e.status, f.first, f.last, e.id))
    return out


def _fits(need: str, readings: tuple[object, ...]) -> bool:
    for r in readings:
        pos, tense = r.pos, r.tense  # type: ignore[attr-defined]
        if need == pos or (need == "verb" and pos == "verb") or (pos == "verb" and need == tense):
            return True
        if need == "noun" and pos in ("noun", "masdar"):
            return True
    return False


def features(
    doc: Doc,
    t: Trigger,
    tell: Telling | None,
    parents: list[tuple[Trigger, int]],
    before: tuple[Trigger, str] | None = None,
) -> list[str]:
    """Features of an act's surroundings that bear on its status. `before` is the act before it with its status.

    A feature that begins with `@status|` is a vote for that status: its weight is shared by all statuses.
    """
    i = t.candidate.i
    c = t.candidate
    s = doc.sentences[doc.sent[i]]
    is_verb = verbal(doc, i)
    form = "v" if is_verb else "n"
    head = c.particles.replace("ال", "")
    f = ["bias", "type=" + t.type, "e=" + c.readings[0].entry.id, f"type={t.type}/{form}", "prep=" + head + "/" + form]
    f.append("def=" + ("def" if "ال" in c.particles else "pro" if c.pronoun else "bare") + "/" + form)
    claims = {p.candidate.i: p.type for p, _ in parents if p.type in CLAIMS}
    what, path, entry = operator(doc, i, claims)
    means = MEANS.get(what, what if what in STATUSES else "")
    f.append(f"op={what}")
    f.append(f"op={what}/{path}")
    f.append(f"op={what}/{form}/{t.type}")
    if means:
        f.append(f"@{means}|op")
        f.append(f"@{means}|op/{path}")
        f.append(f"@{means}|op/{form}")
        f.append(f"@{means}|op/{what}")
    if entry:
        f.append("op=" + entry)
    if is_verb:
        mark, tense = particle(doc, i), tense_of(doc, i)
        f.append(f"told={tense}/{mark}")
        f.append(f"told={tense}/{mark}/{t.type}")
        f.append(f"told={tense}/{what}")
        if mark in ("س", "سوف"):
            f.append("@planned|future")
        elif mark in ("لم", "لن", "لا", "ما", "ليس"):
            f.append("@denied|verb/" + mark)
        elif tense == "past":
            f.append("@happened|past/" + mark)
    else:
        f.append("told=noun")
        then = following(doc, i)
        if then:
            f.append("then=" + then)
        if "ل" in head:
            f.append("@planned|to/" + ("pro" if c.pronoun else "bare"))
    found = signs_over(doc, i)
    for _status, _first, _last, ident in found:
        f.append("sign=" + ident)
    if found:
        status, first, last, ident = min(found, key=lambda x: (i - x[2] if i > x[2] else x[1] - i + 1, x[3]))
        d = i - last if i > last else first - i
        where = ">" if i > last else "<"
        lo, hi = (last, i) if i > last else (i, first)
        acts = sum(1 for x in parents if lo < x[0].candidate.i < hi)
        f.append(f"near={status}")
        f.append(f"near={status}/{bucket(max(d - 1, 0))}{where}")
        f.append(f"near={status}/{form}{where}")
        f.append(f"near={status}/acts={min(acts, 2)}{where}")
        vote = MEANS.get(status, status)
        f.append(f"@{vote}|near/{bucket(max(d - 1, 0))}{where}")
        f.append(f"@{vote}|near/{form}/{min(acts, 2)}{where}")
        if d <= 2:
            f.append(f"@{vote}|direct/{form}{where}")
            f.append(f"direct={status}{where}")
        if doc.clause[first] == doc.clause[i]:
            f.append(f"@{vote}|clause{where}")
    if before is not None:
        p, told = before
        gap = doc.chunk[i] - doc.chunk[p.candidate.i] - 1
        comma = any(doc.tokens[j].text in "،," for j in range(p.candidate.i, i))
        link = ("c" if comma else "") + ("w" if c.particles.startswith("و") else "")
        same = form == ("v" if verbal(doc, p.candidate.i) else "n")
        f.append(f"before={told}/{bucket(gap)}/{link}")
        f.append(f"before={told}/{p.type == t.type}")
        f.append(f"@{told}|before/{link}/{form}/{same}")
        f.append(f"@{told}|before/{link}/{what[:4]}")
        f.append(f"@{told}|before/{bucket(gap)}/{link}")
    ahead = doc.tokens[max(s.first, i - 40) : i]
    for n, tok in enumerate(ahead):
        if tok.norm in ("اذا", "لو", "واذا", "ولو", "فاذا") or (tok.norm == "حال" and n and ahead[n - 1].norm == "في"):
            same_clause = doc.clause[tok.i] == doc.clause[i]
            f.append(f"if/{'clause' if same_clause else 'far'}/{form}")
    g, name = governor(doc, i)
    if g >= 0:
        w = doc.words[g]
        f.append("gov=" + name)
        if w is not None:
            tense = tense_of(doc, g)
            if tense:
                f.append("gov-tense=" + tense + "/" + name[0])
            if "س" in w.particles:
                f.append("future")
                f.append("@planned|gov-future")
    j = i - 1
    while j > s.first and doc.tokens[j].text in '"«»“”':
        j -= 1
    if j >= s.first:
        f.append("w-1=" + clean(doc.tokens[j].norm))
    if i < s.last:
        f.append("w+1=" + clean(doc.tokens[i + 1].norm))
    if tell is not None:
        f.append("tell=" + tell.kind)
        f.append(f"tell={tell.kind}/{form}/{'>' if i > tell.i else '<'}")
    for p, d in parents[:1]:
        f.append(f"under={p.type}/{bucket(d)}")
        f.append(f"under={p.type}/{form}")
        f.append("under=" + p.candidate.readings[0].entry.id)
        prep = head.replace("و", "") or (clean(doc.tokens[i - 1].norm) if i > s.first else "")
        f.append(f"under={p.type}/{prep[:6]}")
        if p.type in MEANS:
            f.append(f"@{MEANS[p.type]}|under/{bucket(d)}/{form}")
            f.append(f"@{MEANS[p.type]}|under/{prep[:6]}")
    return f


def governing_acts(doc: Doc, t: Trigger, triggers: list[Trigger]) -> list[tuple[Trigger, int]]:
    """The acts before this one in its sentence, the nearest first (what is demanded, threatened or denied stands after
    its verb)."""
    i = t.candidate.i
    si = doc.sent[i]
    before = [x for x in triggers if doc.sent[x.candidate.i] == si and x.candidate.i < i]
    if not before:
        return []
    if any(doc.tokens[j].text in ".؛" for j in range(before[-1].candidate.i, i)):
        return []
    return [(x, doc.chunk[i] - doc.chunk[x.candidate.i] - 1) for x in reversed(before)]


def options(feats: list[str]) -> list[list[str]]:
    """The features of each status, in the order of STATUSES. A vote counts for the status that it names alone."""
    shared, votes = _parts(feats)
    return [[*((s + "|" + x for x in shared) if s != "happened" else ()), *votes.get(s, ())] for s in STATUSES]


def scores(feats: list[str], model: Model) -> list[float]:
    """The scores of `options`, added up without making their strings."""
    shared, votes = _parts(feats)
    sums = [0.0, *model.side_by_side(STATUSES[1:], shared)]
    return [x + model.score(votes[s]) if s in votes else x for s, x in zip(STATUSES, sums, strict=True)]


def _parts(feats: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The features that all statuses share, and the votes for each status."""
    votes: dict[str, list[str]] = {}
    shared: list[str] = []
    for x in feats:
        if x.startswith("@"):
            status, _, name = x[1:].partition("|")
            votes.setdefault(status, []).append("vote|" + name)
        else:
            shared.append(x)
    return shared, votes
