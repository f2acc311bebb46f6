"""Who backs whom, belongs to whom, is allied with or at odds with whom: standing relations told in passing.

They stand in participles (المدعومة من), adjectives (الموالي لـ), nouns (الجناح العسكري لـ) and verbs (تدعم).
Each row of the codebook's ties.tsv says which slot is which party. A relation is given once for each pair and kind.
"""

from __future__ import annotations

from dataclasses import replace

from musnad.arabic.letters import norm
from musnad.arabic.wordlists import words
from musnad.codebook.expressions import Found
from musnad.codebook.relations import RelationEntry
from musnad.coding import slots
from musnad.coding.document import COMPLEMENTS, NEGATIONS, RELATIVES, Doc
from musnad.coding.grammar import ADVERBS, QUOTES, is_clause_verb, joined, prep_of
from musnad.coding.slots import Party
from musnad.record import Actor, Span, Tie
from musnad.sides import side

UNFIT = ("-JRN", "-BUS", "-EDU", "-NGO", "-IGO", "-CVL")
"""Sectors that do not stand behind a party in a phrase of purpose."""
DEMONSTRATIVES = words("هذا هذه هؤلاء تلك بعض كل جميع عدة")
MUTUAL = frozenset(["allied", "opposes"])
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
            if not a.id or not b.id or a.id == b.id or "ANON" in (a.id, b.id):
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
        if p.start > start and p.start - end < 80:
            end = max(end, p.end)
    for j in range(f.last + 1, min(f.last + 3, len(doc.tokens))):
        if doc.tokens[j].norm in slots.WITH_PRONOUN:
            end = max(end, doc.tokens[j].end)
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
    base = f.first if "…" in e.lemma else f.last
    masdar = f.reading.pos == "masdar" and e.pos != "n"
    k = doc.actor_at[f.trigger]
    if k >= 0 and e.pos == "n" and doc.actors[k].first < f.trigger:
        return []
    if e.pos == "adj" and "ال" not in f.particles and f.particles.startswith("و"):
        return []
    if f.reading.pos.startswith("participle"):
        moved = "s" if f.reading.pos.endswith("active") else "o"
        if moved not in frame:
            return []
        frame["h"] = frame.pop(moved)
        for gone in ("s", "o", "g"):
            frame.pop(gone, None)
    found: dict[str, list[Party]] = {}
    if "بين" in frame:
        both = _between(doc, f, base)
        if both:
            return [(both[0], x) for x in both[1:]]
    if "x" in frame and f.pronoun:
        return _ally(doc, f, frame["x"][0])
    head: Party | None = None
    if "h" in frame:
        head = slots.head(doc, f.first)
        if (
            head is None
            and e.pos == "adj"
            and frame["h"][0] == "b"
            and "ال" not in f.particles
            and _circumstance(doc, f.first)
        ):
            head = slots.subject(doc, f.first)
        if head is None and e.pos == "n" and "g" in frame:
            head = _praised(doc, f.first)
        if head is None or (e.kind == "part_of" and not _can_belong(doc, f, head)):
            return []
        if e.lemma in ("مقرب", "قريب") and (head.kind == "person" or head.id.endswith("-JRN")):
            return []
        if e.pos == "n" and f.particles.startswith("و"):
            return []
    if "m" in frame:
        head = _around(doc, f)
        if head is None:
            return []
        found[frame["m"][0]] = [head]
    bar = [head.mention] if head is not None else []
    if masdar and f.pronoun and e.kind == "part_of":
        return []
    if masdar and "s" in frame:
        p = slots.resolve(doc, f.first, f.pronoun) if f.pronoun else slots.bare_after(doc, f.first, 1)
        if p is not None and not ("o" in frame and "ل" not in frame):
            found[frame["s"][0]] = slots.coordinated(doc, p)
            bar.append(p.mention)
    over = -1
    for slot in sorted(frame, key=lambda x: (x not in ("g", "adj"), x)):
        if slot in ("h", "m", "بين", "s", "go", "x", "o"):
            continue
        (role,) = frame[slot]
        if slot == "g":
            own = f.pronoun and not masdar
            p = (
                slots.resolve(doc, f.trigger, f.pronoun, bar)
                if own
                else slots.bare_after(doc, f.last if "m" in frame else base, 2)
            )
            over = p.mention if p is not None else -1
        elif slot == "adj":
            p = slots.adjective_after(doc, base)
        else:
            taken = [*bar, *(x.mention for x in found.get("a", []))] if slot in ("مع", "ل") else bar
            p = _joined_before(doc, base, slot, head) if head is not None else None
            if p is None and not (e.kind == "backs" and e.pos == "n" and _pronoun(doc, base, slot)):
                p = slots.after_preposition(doc, base, slot, f.trigger, bar=taken, over=over)
        if p is None or (role in found and role == "a"):
            continue
        many = slots.coordinated(doc, p) if slot != "adj" else [p]
        if role == "P":
            assert head is not None
            return [_patron(doc, _described(doc, head, x), x) for x in many]
        found.setdefault(role, []).extend(many)
    if head is not None and "h" in frame:
        role = frame["h"][0]
        others = found.get("b" if role == "a" else "a", [])
        if others:
            found.setdefault(role, []).append(_described(doc, head, others[0]))
    if "s" in frame and frame["s"][0] not in found and found and e.pos == "x" and not masdar:
        p = _doer_before(doc, f.first) or slots.subject(doc, f.first)
        if p is not None:
            found[frame["s"][0]] = [p]
    if "go" in frame and "b" not in found:
        return _support(doc, f)
    if e.kind == "backs" and e.pos == "n":
        found["b"] = [x for x in found.get("b", []) if not x.id.endswith("-CVL")]
    return [(a, b) for a in found.get("a", []) for b in found.get("b", [])]


OF_THE_FIRST = words("احد احدي اهم ابرز اقوي اقرب اكبر اشد اوثق من بين")
"""What stands before the noun in من أقوى حلفاء فلان."""


def _praised(doc: Doc, i: int) -> Party | None:
    """بولندا من أقوى حلفاء أوكرانيا: the subject of a clause that counts a party among the allies of another."""
    first = doc.sentences[doc.sent[i]].first
    j = i
    while j > first and doc.tokens[j - 1].norm in OF_THE_FIRST:
        j -= 1
    if all(doc.tokens[x].norm in ("من", "بين") for x in range(j, i)):
        return None
    p = slots.head(doc, j) or slots.subject(doc, j, reach=8)
    return None if p is None or p.kind in ("person", "media") else p


def _can_belong(doc: Doc, f: Relation, head: Party) -> bool:
    """Whether a party may be told to be part of another: no country, no crowd; with a pronoun (التابعة لها) a force."""
    if f.reading.entry.lemma == "عضو":
        return head.kind in ("country", "entity")
    if head.kind in ("owned", "country", "person") or head.id.endswith("-CVL"):
        return False
    return head.cls in slots.BARE_HEADS or not _pronoun(doc, f.last, "ل")


def _pronoun(doc: Doc, base: int, prep: str) -> bool:
    """Whether the preposition after a word carries a pronoun (معها، لهم)."""
    for j in range(base + 1, min(base + 4, len(doc.tokens))):
        found = slots.WITH_PRONOUN.get(doc.tokens[j].norm)
        if found is not None and found[0] == prep:
            return True
    return False


def _joined_before(doc: Doc, base: int, prep: str, head: Party) -> Party | None:
    """الحركة والفصائل المتحالفة معها: the pronoun means the party that the head is joined to."""
    if head.mention <= 0 or not _pronoun(doc, base, prep) or not joined(doc, head.mention):
        return None
    before = doc.actors[head.mention - 1]
    return slots.party(doc, head.mention - 1) if before.id and before.kind not in ("adjective", "none") else None


def _ally(doc: Doc, f: Relation, role: str) -> list[tuple[Party, Party]]:
    """إيران وحليفها حزب الله: the owner of the pronoun, and the party named after the word."""
    other = slots.bare_after(doc, f.last, 1)
    if other is None:
        other = slots.after_preposition(doc, f.last, "في", f.trigger)
        if other is None or other.kind not in ("entity", "anaphor"):
            return []
    if other.mention >= 0 and (
        joined(doc, other.mention) or doc.tokens[doc.actors[other.mention].first].norm.startswith("وال")
    ):
        return []
    j = f.first - 1
    k = doc.actor_at[j] if j >= 0 else -1
    owner = slots.party(doc, k) if k >= 0 and doc.actors[k].id and doc.sent[j] == doc.sent[f.first] else None
    if owner is not None and owner.cls in slots.BARE_HEADS and doc.actors[k].first == j and not f.particles:
        owner = slots.resolve(doc, f.first, f.pronoun, [k, other.mention])  # وقوات حليفهم فلان: the forces are his
    owner = owner or slots.resolve(doc, f.first, f.pronoun, [other.mention])
    return [] if owner is None else [(owner, other)]


def _around(doc: Doc, f: Relation) -> Party | None:
    """The party that the first word of an expression stands in (التحالف الدولي ضد ...)."""
    k = doc.actor_at[f.first]
    if k < 0:
        return None
    m = doc.actors[k]
    if m.last >= f.trigger or m.first < f.first:
        return slots.within(doc, f.first, min(m.last, f.trigger - 1), m)
    return slots.party(doc, k)


def _circumstance(doc: Doc, i: int) -> bool:
    """Whether an adjective without the article may belong to the subject of the clause (تقدم الجيش، مدعوماً بـ)."""
    text = doc.tokens[i].text
    if text.endswith(("اً", "ًا", "ا", "ةً", "ين")):
        return True
    before = doc.tokens[i - 1] if i else None
    return before is not None and (
        before.norm in ADVERBS or before.text in "،," or before.norm in ("وهي", "وهو", "وهم", "هي", "هو")
    )


def _object(doc: Doc, f: Relation) -> tuple[Party, Party] | None:
    """دعم واشنطن الاحتلالَ: the genitive and the object of the masdar, side by side."""
    a = slots.bare_after(doc, f.last, 1)
    if a is None or a.mention < 0 or a.mention + 1 >= len(doc.actors):
        return None
    m = doc.actors[a.mention + 1]
    apart = m.first != doc.actors[a.mention].last + 1 or m.start != doc.tokens[m.first].start
    if apart or joined(doc, a.mention + 1) or not m.id or m.kind == "adjective" or m.head_class in slots.NO_PARTY:
        return None
    return a, slots.party(doc, a.mention + 1)


def _support(doc: Doc, f: Relation) -> list[tuple[Party, Party]]:
    """دعم الشرعية without its doer: after لـ or في (لدعم، في مساندة) the subject backs the genitive."""
    e = f.reading.entry
    if "go" not in e.frame or f.pronoun:
        return []
    before = doc.tokens[f.first - 1].norm if f.first else ""
    if slots.after_preposition(doc, f.last, "ل", f.trigger) is not None:
        return []
    object_ = _object(doc, f)
    if object_ is not None:
        return [object_]
    if "ل" not in f.particles and before not in ("في", "الي", "واصل", "تواصل", "يواصل"):
        return []
    b = slots.bare_after(doc, f.last, 1)
    if b is None or (b.mention >= 0 and joined(doc, b.mention)):
        return []
    a = slots.subject(doc, f.first)
    if a is None or a.mention == b.mention or a.kind == "media" or a.id.endswith(UNFIT):
        return []
    return [(a, x) for x in slots.coordinated(doc, b)]


def _patron(doc: Doc, head: Party, other: Party) -> tuple[Party, Party]:
    """الموالي لـ: a foreign state is the patron, an own government is served."""
    country, _, sector = other.id.partition("-")
    state = len(country) == 3 and sector in ("GOV", "MIL")
    own = (country == doc.context.country or head.id.startswith(country + "-")) and not head.id.endswith("-PROXY")
    return (other, head) if state and not own else (head, other)


def _described(doc: Doc, head: Party, other: Party) -> Party:
    """A head that names no party by itself (القوات، اللجان) gets its id from the party that it serves."""
    lone = (
        head.kind == "anaphor"
        and head.cls in ("force", "militia")
        and doc.tokens[doc.actors[head.mention].head].end == head.end
    )
    if not lone and (head.kind != "owned" or head.cls not in slots.BARE_HEADS):
        return head
    country, _, sector = other.id.partition("-")
    if not sector and _person(doc, other):
        return replace(head, id=other.id)  # القوات الموالية لفلان are his own camp, no second party
    if len(country) == 3 and sector in ("GOV", "MIL"):
        if country == doc.context.country:
            return replace(head, id=country + "-PRM")
        return replace(head, id="IRN-PROXY") if country == "IRN" else head
    if lone and doc.context.country and not sector:
        return replace(head, id=doc.context.country + "-PRM")
    return head


def _doer_before(doc: Doc, i: int) -> Party | None:
    """من قبل المقاتلين بدعم من فلان: the doer of a passive act right before a word."""
    k = doc.actor_at[i - 1] if i else -1
    return slots.party(doc, k) if k >= 0 and doc.actors[k].id and prep_of(doc, k) == "قبل" else None


def _person(doc: Doc, p: Party) -> bool:
    """Whether a party is named by a man or his office (الرئيس السابق فلان)."""
    first = doc.text(p.start, p.end).split()[0] if p.end > p.start else ""
    return (
        p.kind in ("person", "role")
        or p.cls in ("person", "official")
        or norm(first).removeprefix("ل").startswith(OFFICES)
    )


OFFICES = ("لرئيس", "الرئيس", "رئيس", "لزعيم", "زعيم", "لمخلوع", "المخلوع")


def _between(doc: Doc, f: Relation, base: int) -> list[Party]:
    """The two parties after بين."""
    end = doc.sentences[doc.sent[base]].last
    j, steps = base + 1, 0
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
            return out[:2] if len({x.start for x in out[:2]}) == 2 else []
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
    reached = [s for s in free if relative >= 0 and right and _pronoun(doc, f.last, s)]
    if reached and "s" in frame and "o" not in frame:
        _put(doc, found, frame, right[0], None)  # الحزب الذي ينتمي إليه فلان
        (role,) = frame[reached[0]]
        if before is not None:
            found[role] = [before]
    elif own and "o" in frame:
        obj = before or _chained(doc, i) or slots.head(doc, i)
        bar_ = [obj.mention] if obj is not None else []
        subj = right[0] if right else slots.subject(doc, relative if relative >= 0 else i, bar=bar_)
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
            near = right[0] if right and _touches(doc, i, right[0]) else None
            if near is None and i and doc.actor_at[i - 1] >= 0 and doc.sent[i - 1] == doc.sent[i]:
                near = slots.head(doc, i)
                subj = None
            _put(doc, found, frame, near or (subj if _follows(doc, i) else None), None)
    bar = [p.mention for ps in found.values() for p in ps]
    for slot in free:
        (role,) = frame[slot]
        over = max((x.mention for x in found.get("a", [])), default=-1)
        p = slots.after_preposition(doc, f.last, slot, i, reach=9, bar=bar, over=over)
        if p is not None and role not in found:
            found[role] = slots.coordinated(doc, p)
    for slot in ("g", "adj"):
        if slot in frame and frame[slot][0] not in found:
            p = slots.bare_after(doc, f.last, 2) if slot == "g" else slots.adjective_after(doc, f.last)
            if p is not None:
                found[frame[slot][0]] = slots.coordinated(doc, p)
    if f.reading.entry.kind == "part_of":
        found["b"] = [x for x in found.get("b", []) if not x.id.endswith("-CVL")]
    return [(a, b) for a in found.get("a", []) for b in found.get("b", [])]


def _chained(doc: Doc, i: int) -> Party | None:
    """The antecedent of a relative clause that goes on with و (الذي يقاتل الجيش وتصنفه أنقرة ...)."""
    if not doc.tokens[i].norm.startswith("و"):
        return None
    first = doc.sentences[doc.sent[i]].first
    for j in range(i - 1, max(first, i - 24) - 1, -1):
        if doc.tokens[j].norm in RELATIVES:
            return slots.head(doc, j)
    return None


def _follows(doc: Doc, i: int) -> bool:
    """Whether a verb may have the party before it as subject: no other noun stands right before the verb."""
    if doc.tokens[i].norm.startswith("و") or i == 0:
        return True
    t = doc.tokens[i - 1]
    return (
        t.kind == "punct"
        or doc.actor_at[i - 1] >= 0
        or doc.place_at[i - 1] >= 0
        or doc.date_at[i - 1] >= 0
        or t.norm in ADVERBS
    )


def _put(
    doc: Doc, found: dict[str, list[Party]], frame: dict[str, tuple[str, ...]], s: Party | None, o: Party | None
) -> None:
    if s is not None and "s" in frame:
        found[frame["s"][0]] = slots.coordinated(doc, s)
    if o is not None and "o" in frame:
        found[frame["o"][0]] = slots.coordinated(doc, o)


def _touches(doc: Doc, i: int, p: Party) -> bool:
    m = doc.actors[p.mention]
    return all(
        doc.tokens[j].text in QUOTES or doc.tokens[j].norm in ADVERBS | {"هذا", "هذه"} for j in range(i + 1, m.first)
    )


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
            if m.id and m.kind not in ("adjective", "none") and m.head_class not in slots.NO_PARTY and m.last != last:
                if prep_of(doc, k):
                    j = m.last + 1
                    steps += 1
                    continue
                if not (out and joined(doc, k)):
                    out.append(slots.party(doc, k))
            j = m.last + 1
            steps += 1
            continue
        if (
            (t.kind == "punct" and t.text not in QUOTES)
            or t.norm in COMPLEMENTS
            or (j > last and is_clause_verb(doc, j))
        ):
            break
        if (
            not (j <= last and out)
            and t.text not in QUOTES
            and doc.date_at[j] < 0
            and t.norm not in ADVERBS | DEMONSTRATIVES
        ):
            break
        steps += 1
        j += 1
    return out
