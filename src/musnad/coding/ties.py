"""Who backs whom, belongs to whom, is allied with or at odds with whom: standing relations told in passing.

They stand in participles (المدعومة من), adjectives (الموالي لـ), nouns (الجناح العسكري لـ، خلافات بين) and verbs (تدعم).
Each row of the codebook's ties.tsv says which slot is which party. A relation is given once for each pair and kind.
"""

from __future__ import annotations

from musnad.codebook.expressions import Found
from musnad.codebook.relations import RelationEntry
from musnad.coding import slots
from musnad.coding.document import COMPLEMENTS, NEGATIONS, Doc
from musnad.coding.grammar import ADVERBS, QUOTES, is_clause_verb, joined, prep_of
from musnad.coding.slots import Party
from musnad.record import Actor, Span, Tie
from musnad.scoring.match import side

MUTUAL = frozenset(["allied", "opposes"])
BARE_HEADS = frozenset("force group militia fighter rebels soldier people enemy".split())
Relation = Found[RelationEntry]


def find_ties(doc: Doc) -> tuple[Tie, ...]:
    """The standing relations of a report, in text order."""
    out: list[Tie] = []
    seen: set[tuple[str, str, str]] = set()
    done: set[int] = set()
    for f in doc.book.ties.find(doc.tokens):
        i = f.trigger
        if i in done or doc.sent[i] < 0 or doc.blocked[i]:
            continue
        found = pairs(doc, f)
        for a, b in found:
            if not a.id or not b.id or side(a.id) == side(b.id) or "ANON" in (a.id, b.id):
                continue
            e = f.reading.entry
            x, y = side(a.id), side(b.id)
            key = (e.kind, *sorted((x, y))) if e.kind in MUTUAL else (e.kind, x, y)
            done.add(i)
            if key in seen:
                continue
            seen.add(key)  # type: ignore[arg-type]
            out.append(_tie(doc, f, a, b, len(out) + 1))
    return tuple(out)


def _tie(doc: Doc, f: Relation, a: Party, b: Party, number: int) -> Tie:
    start = doc.tokens[f.first].start + _taken(doc, f)
    end = doc.tokens[f.last].end
    for p in (a, b):
        if p.start > start and doc.sent[f.first] >= 0 and p.start - end < 80:
            end = max(end, p.end)
    return Tie(
        id=f"t{number}",
        kind=f.reading.entry.kind,  # type: ignore[arg-type]
        a=Actor(a.start, a.end, doc.text(a.start, a.end), a.id),
        b=Actor(b.start, b.end, doc.text(b.start, b.end), b.id),
        evidence=Span(start, end, doc.text(start, end)),
        because=(f.reading.entry.id,),
    )


def _taken(doc: Doc, f: Relation) -> int:
    """Characters of و and ف before the evidence."""
    text = doc.tokens[f.first].text
    lead = f.particles
    return 1 if lead[:1] in ("و", "ف") and text[:1] == lead[:1] else 0


def pairs(doc: Doc, f: Relation) -> list[tuple[Party, Party]]:
    """The pairs (a, b) that a word of relation tells."""
    pos = f.reading.pos
    if pos == "verb":
        return _verb(doc, f)
    return _noun(doc, f)


def _noun(doc: Doc, f: Relation) -> list[tuple[Party, Party]]:
    e = f.reading.entry
    frame = dict(e.frame)
    i = f.trigger
    if e.pos == "v":
        if f.reading.pos.startswith("participle"):
            moved = "s" if f.reading.pos.endswith("active") else "o"
            if moved in frame:
                frame["h"] = frame.pop(moved)
            for gone in ("s", "o", "g"):
                frame.pop(gone, None)
        else:
            frame.pop("o", None) if "g" in frame and e.frame.get("g") != e.frame.get("s") else None
    found: dict[str, list[Party]] = {}
    head: Party | None = None
    if "بين" in frame:
        both = _between(doc, f)
        if both:
            return [(both[0], x) for x in both[1:]]
    if "h" in frame:
        head = slots.head(doc, f.first)
        hal = e.pos == "adj" and "ال" not in f.particles
        if (head is None and e.pos in ("adj", "x", "n")) or (hal and head is not None and _predicate(doc, f.first, head)):
            head = slots.subject(doc, f.first) if e.pos == "adj" else head
    if "m" in frame:
        k = doc.actor_at[f.first]
        if k < 0:
            return []
        head = slots.party(doc, k)
        found.setdefault(frame["m"][0], []).append(head)
    bar = [head.id] if head is not None else []
    for slot, (role,) in frame.items():
        if slot in ("h", "m", "بين", "s", "go"):
            continue
        p = _slot(doc, f, slot, bar)
        if p is None:
            continue
        many = slots.coordinated(doc, p) if slot != "adj" else [p]
        if role == "P":
            if head is not None:
                return [_patron(head, x) for x in many]
            continue
        found.setdefault(role, []).extend(many)
    if head is not None and "h" in frame:
        role = frame["h"][0]
        found.setdefault(role, []).append(_loyal(doc, e, head, found.get("b" if role == "a" else "a")))
    if "s" in frame and frame["s"][0] not in found and found:
        p = slots.subject(doc, f.first)
        if p is not None:
            found.setdefault(frame["s"][0], []).append(p)
    if "go" in frame and "b" not in found or "g" in frame and "ل" in frame and "a" in found and "b" not in found:
        return _support(doc, f, found)
    return [(a, b) for a in found.get("a", []) for b in found.get("b", [])]


def _support(doc: Doc, f: Relation, found: dict[str, list[Party]]) -> list[tuple[Party, Party]]:
    """دعم الشرعية without its doer: in a phrase of purpose or practice (لدعم، في مساندة) the subject backs the genitive."""
    e = f.reading.entry
    if "go" not in e.frame or f.pronoun:
        return []
    before = doc.tokens[f.first - 1].norm if f.first else ""
    if "ل" not in f.particles and before not in ("في", "الي", "واصل", "تواصل", "يواصل"):
        return []
    b = slots.bare_after(doc, f.last, 2)
    if b is None:
        return []
    a = slots.subject(doc, f.first)
    if a is None or a.mention == b.mention:
        return []
    return [(a, x) for x in slots.coordinated(doc, b)]


def _slot(doc: Doc, f: Relation, slot: str, bar: list[str]) -> Party | None:
    i, last = f.trigger, f.last
    if slot == "g":
        if f.pronoun:
            return None if "x" in f.reading.entry.frame else slots.resolve(doc, i, f.pronoun, bar)
        return slots.bare_after(doc, last, 2)
    if slot == "x":
        return None
    if slot == "adj":
        return slots.adjective_after(doc, last)
    return slots.after_preposition(doc, last, slot, i, bar=bar)


def _predicate(doc: Doc, i: int, head: Party) -> bool:
    """Whether an adjective without the article is a predicate or a circumstance rather than its neighbour's."""
    if head.mention < 0:
        return False
    m = doc.actors[head.mention]
    return m.definite and bool(prep_of(doc, head.mention)) and m.last < i - 2


def _patron(head: Party, other: Party) -> tuple[Party, Party]:
    """الموالي لـ: a foreign state is the patron, an own government is served."""
    country, _, sector = other.id.partition("-")
    state = len(country) == 3 and sector in ("GOV", "MIL")
    foreign = state and not head.id.startswith(country + "-")
    return (other, head) if foreign and other.kind in ("country", "adjective") else (head, other)


def _loyal(doc: Doc, e: RelationEntry, head: Party, others: list[Party] | None) -> Party:
    return head


def _between(doc: Doc, f: Relation) -> list[Party]:
    """The two parties after بين."""
    end = doc.sentences[doc.sent[f.last]].last
    j, steps = f.last + 1, 0
    while j <= end and steps < 6:
        t = doc.tokens[j]
        if t.norm == "بين":
            p = _first_party(doc, j + 1, end)
            if p is None:
                return []
            out = slots.coordinated(doc, p)
            if len(out) == 1 and p.mention >= 0:
                nxt = _after_and_between(doc, p, end)
                if nxt is not None:
                    out.append(nxt)
            return out[:2] if len({side(x.id) for x in out[:2]}) == 2 else []
        if t.norm in ("بينها", "بينه", "بينهم"):
            p = slots.resolve(doc, f.trigger, t.norm[3:])
            nxt = _first_party(doc, j + 1, end, skip=("وبين",))
            return [p, nxt] if p is not None and nxt is not None else []
        if t.text in ".؛،:" or t.norm in COMPLEMENTS or is_clause_verb(doc, j):
            return []
        steps += 1
        j += 1
    return []


def _first_party(doc: Doc, j: int, end: int, skip: tuple[str, ...] = ()) -> Party | None:
    steps = 0
    while j <= end and steps < 2:
        k = doc.actor_at[j]
        if k >= 0:
            m = doc.actors[k]
            return slots.party(doc, k) if m.id and m.kind != "none" and m.head_class not in slots.NO_PARTY else None
        if doc.tokens[j].text not in QUOTES and doc.tokens[j].norm not in skip:
            steps += 1
        j += 1
    return None


def _after_and_between(doc: Doc, p: Party, end: int) -> Party | None:
    """The party after وبين, or after و and an insertion."""
    j = doc.actors[p.mention].last + 1
    for x in range(j, min(j + 8, end + 1)):
        if doc.tokens[x].norm == "وبين":
            return _first_party(doc, x + 1, end)
        k = doc.actor_at[x]
        if k >= 0 and k != p.mention and doc.actors[k].first == x:
            return slots.party(doc, k) if joined(doc, k) else None
    return None


def _verb(doc: Doc, f: Relation) -> list[tuple[Party, Party]]:
    frame = f.reading.entry.frame
    i = f.first
    if f.reading.voice == "passive" or f.reading.person in (1, 2):
        return []
    j = i - 1
    while j >= 0 and (doc.tokens[j].norm in ADVERBS or doc.tokens[j].text in QUOTES):
        if doc.tokens[j].norm in NEGATIONS:
            return []
        j -= 1
    if j >= 0 and doc.tokens[j].norm in NEGATIONS:
        return []
    found: dict[str, list[Party]] = {}
    relative = slots.antecedent(doc, i)
    own = f.pronoun
    before = slots.head(doc, relative) if relative >= 0 else None
    right = _bare_run(doc, i, f.last)
    free = [s for s in frame if s not in ("s", "o", "g", "adj")]
    if own and "o" in frame:
        obj = before if before is not None else slots.head(doc, i, 3) or slots.resolve(doc, i, own)
        subj = right[0] if right else None
        _put(doc, found, frame, subj, obj)
    elif relative >= 0:
        _put(doc, found, frame, before, right[0] if right else None)
    elif len(right) > 1 and "o" in frame:
        _put(doc, found, frame, right[0], right[1])
    else:
        subj = slots.subject(doc, i) if not doc.tokens[i].norm.startswith("و") or not right else None
        if "o" in frame and right and subj is not None and subj.mention != right[0].mention:
            _put(doc, found, frame, subj, right[0])
        elif "o" not in frame or free:
            _put(doc, found, frame, right[0] if right and _touches(doc, i, right[0]) else subj, None)
    bar = [p.id for ps in found.values() for p in ps]
    for slot in free:
        (role,) = frame[slot]
        p = slots.after_preposition(doc, f.last, slot, i, reach=9, bar=bar)
        if p is not None and role not in found:
            found[role] = slots.coordinated(doc, p)
    for slot in ("g", "adj"):
        if slot in frame and frame[slot][0] not in found:
            p = slots.bare_after(doc, f.last, 2) if slot == "g" else slots.adjective_after(doc, f.last)
            if p is not None:
                found[frame[slot][0]] = slots.coordinated(doc, p)
    return [(a, b) for a in found.get("a", []) for b in found.get("b", [])]


def _put(doc: Doc, found: dict[str, list[Party]], frame: dict[str, tuple[str, ...]], s: Party | None, o: Party | None) -> None:
    if s is not None and "s" in frame:
        found[frame["s"][0]] = slots.coordinated(doc, s)
    if o is not None and "o" in frame:
        found[frame["o"][0]] = slots.coordinated(doc, o)


def _touches(doc: Doc, i: int, p: Party) -> bool:
    m = doc.actors[p.mention]
    return all(doc.tokens[j].text in QUOTES or doc.tokens[j].norm in ADVERBS | {"هذا", "هذه"} for j in range(i + 1, m.first))


def _bare_run(doc: Doc, i: int, last: int) -> list[Party]:
    """Up to two parties without preposition after a verb, in its clause."""
    out: list[Party] = []
    end = doc.sentences[doc.sent[i]].last
    j, steps = i + 1, 0
    while j <= end and steps < 8 and len(out) < 2:
        t = doc.tokens[j]
        k = doc.actor_at[j]
        if k >= 0:
            m = doc.actors[k]
            if m.id and m.kind not in ("adjective", "none") and m.head_class not in slots.NO_PARTY:
                if prep_of(doc, k):
                    j = m.last + 1
                    steps += 1
                    continue
                if not (out and joined(doc, k)):
                    out.append(slots.party(doc, k))
            j = m.last + 1
            steps += 1
            continue
        if t.kind == "punct" and t.text not in QUOTES or t.norm in COMPLEMENTS or (j > last and is_clause_verb(doc, j)):
            break
        steps += 1
        j += 1
    return out
