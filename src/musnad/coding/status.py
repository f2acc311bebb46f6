"""Whether an act is told as fact, or denied, threatened, planned, demanded, agreed, possible or only supposed."""

from __future__ import annotations

from musnad.coding.document import Doc
from musnad.coding.narrators import Telling
from musnad.coding.relations import bucket
from musnad.coding.triggers import Trigger, clean, governor

STATUSES = ("happened", "ongoing", "planned", "demanded", "possible", "denied", "hypothetical", "threatened", "agreed")


def signs_over(doc: Doc, i: int) -> list[tuple[str, int, int, str]]:
    """The signs that reach an act at token `i`: (status, first token, last token, entry id)."""
    out: list[tuple[str, int, int, str]] = []
    si = doc.sent[i]
    for f in doc.signs:
        if doc.sent[f.first] != si or f.first <= i <= f.last:
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
    """Features of an act's surroundings that bear on its status. `before` is the act before it with its status."""
    i = t.candidate.i
    c = t.candidate
    s = doc.sentences[doc.sent[i]]
    poses = sorted({r.pos[:3] for r in c.readings})
    pos = "+".join(poses)
    f = ["bias", "pos=" + pos, "type=" + t.type, "e=" + c.readings[0].entry.id, f"type={t.type}/{pos}"]
    verb = next((r for r in c.readings if r.pos == "verb"), None)
    if verb is not None:
        f.append(f"tense={verb.tense}")
        f.append(f"tense={verb.tense}/{pos}/{t.type}")
        if "س" in c.particles:
            f.append("future")
    f.append("prep=" + c.particles.replace("ال", "") + "/" + pos)
    f.append("def=" + ("def" if "ال" in c.particles else "pro" if c.pronoun else "bare") + "/" + pos)
    found = signs_over(doc, i)
    for status, first, last, ident in found:
        d = i - last if i > last else first - i
        f.append("sign=" + status)
        f.append("sign=" + status + "/" + bucket(max(d - 1, 0)) + (">" if i > last else "<"))
        f.append("sign=" + ident)
    f.append("signs=" + str(min(len(found), 3)))
    if found:
        status, first, last, ident = min(found, key=lambda x: (i - x[2] if i > x[2] else x[1] - i + 1, x[3]))
        d = i - last if i > last else first - i
        where = ">" if i > last else "<"
        lo, hi = (last, i) if i > last else (i, first)
        acts = sum(1 for x in doc.candidates if lo < x.i < hi)
        f.append(f"near={status}")
        f.append(f"near={status}/{bucket(max(d - 1, 0))}{where}")
        f.append(f"near={status}/{pos}{where}")
        f.append(f"near={status}/acts={min(acts, 2)}{where}")
        if d <= 2 and where == ">":
            f.append(f"direct={status}")
            f.append(f"direct={status}/{pos}")
        f.append(f"near={ident}/{min(acts, 1)}")
        if doc.clause[first] == doc.clause[i]:
            f.append(f"near={status}/clause")
    if before is not None:
        p, told = before
        gap = doc.chunk[i] - doc.chunk[p.candidate.i] - 1
        comma = any(doc.tokens[j].text in "،," for j in range(p.candidate.i, i))
        joined = c.particles.startswith("و")
        f.append(f"before={told}/{bucket(gap)}/{'c' if comma else ''}{'w' if joined else ''}")
        f.append(f"before={told}/{'c' if comma else ''}{'w' if joined else ''}/{pos}")
        f.append(f"before={told}/{p.type == t.type}")
    lead = doc.tokens[max(s.first, i - 40) : i]
    for n, tok in enumerate(lead):
        if tok.norm in ("اذا", "لو", "واذا", "ولو") or (tok.norm == "حال" and n and lead[n - 1].norm == "في"):
            same = doc.clause[tok.i] == doc.clause[i]
            f.append(f"if/{'clause' if same else 'far'}/{pos}")
    if doc.clause[i] >= 0:
        k = next((x for x in range(i - 1, s.first - 1, -1) if doc.clause[x] != doc.clause[i]), s.first - 1) + 1
        f.append("clause-opens=" + doc.tokens[k].norm[:10])
    g, name = governor(doc, i)
    if g >= 0:
        w = doc.words[g]
        f.append("gov=" + name)
        if w is not None:
            v = next((r for r in (*w.events, *w.speech) if r.pos == "verb"), None)
            if v is not None:
                f.append("gov-tense=" + v.tense + "/" + name[0])
            if "س" in w.particles:
                f.append("future")
    window = []
    for j in range(i - 1, max(s.first, i - 5) - 1, -1):
        tok = doc.tokens[j]
        if tok.kind == "punct" and tok.text in "،.؛:":
            break
        window.append(clean(tok.norm))
    if window:
        f.append("w-1=" + window[0])
    f.extend("win=" + w for w in window)
    if len(window) > 1:
        f.append("w-2=" + window[1] + "/" + window[0])
    j = i + 1
    if j <= s.last:
        f.append("w+1=" + clean(doc.tokens[j].norm))
    if tell is not None:
        f.append("tell=" + tell.kind)
        f.append("tell=" + tell.lemma)
        f.append(f"tell={tell.kind}/{pos}/{'>' if i > tell.i else '<'}")
    for p, d in parents:
        f.append(f"under={p.type}/{bucket(d)}")
        f.append(f"under={p.type}/{pos}")
        f.append("under=" + p.candidate.readings[0].entry.id)
        prep = c.particles.replace("ال", "").replace("و", "") or (window[0] if window else "")
        f.append(f"under={p.type}/{prep[:6]}")
        f.append(f"under={p.type}/{prep[:6]}/{pos}")
    return f


def governing_acts(doc: Doc, t: Trigger, triggers: list[Trigger]) -> list[tuple[Trigger, int]]:
    """The act right before this one in its sentence (what is demanded, threatened or denied stands after its verb)."""
    i = t.candidate.i
    si = doc.sent[i]
    before = [x for x in triggers if doc.sent[x.candidate.i] == si and x.candidate.i < i]
    if not before:
        return []
    x = before[-1]
    if any(doc.tokens[j].text in ".؛" for j in range(x.candidate.i, i)):
        return []
    return [(x, doc.chunk[i] - doc.chunk[x.candidate.i] - 1)]


def options(feats: list[str]) -> list[list[str]]:
    """The features of each status, in the order of STATUSES; "happened" is the one without."""
    return [[] if s == "happened" else [s + "|" + x for x in feats] for s in STATUSES]
