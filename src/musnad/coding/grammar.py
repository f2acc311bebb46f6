"""The slots around a word: which mention is its subject, its object, its genitive, or stands after a preposition.

Arabic marks these by order, prepositions and clause borders once the vowels are left out. This is no parser of whole
sentences: from a verb or an event noun it walks to both sides as far as its own clause reaches, and names what it
meets. The names (subject-after, subject-before, antecedent, genitive, by, light-subject ...) become features of the
roles, and, through the frame of the codebook's entry, proposals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musnad.arabic.wordlists import PREPOSITIONS_WITH_PRONOUN, words
from musnad.codebook.entries import EventReading
from musnad.coding.document import COMPLEMENTS, PREPOSITIONS, RELATIVES, Doc, WordInfo

QUOTES = frozenset("\"«»“”()[]'")
ADVERBS = words(
    "قد لقد كان كانت كانوا سوف لم لن لا ما ايضا كذلك امس اليوم الان حاليا مؤخرا سابقا لاحقا هنا هناك ثم فقط جدا"
    " فورا اخيرا"
    " مجددا غدا وقد وكان وكانت فقد بدوره بدورها تكون يكون باتت بات ظل ظلت مازال مازالت زال زالت يزال تزال"
)
PARTICLES = (
    words(
        "هذا هذه هذان هذين هؤلاء ذلك تلك ذات نفس كل جميع بعض عده اي ال حوالي نحو اكثر اقل مثل الا سوي"
        " جدا معا ايضا كما منه عنه"
    )
    | PREPOSITIONS_WITH_PRONOUN
)
HOMOGRAPHS = PREPOSITIONS | {"و" + x for x in PREPOSITIONS} | ADVERBS | PARTICLES
"""Particles that the codebook may read as verbs: بين، عبر، حول، قبل."""
UNDERGO = frozenset(["ع-ر-ض", "خ-ض-ع"])
BY = frozenset(["قبل", "يد", "ايدي", "جانب", "طرف", "ايد"])


@dataclass(frozen=True, slots=True)
class Slot:
    """A mention in a slot of a word. `name` tells the slot, `loose` how many unknown nouns lie between."""

    name: str
    mention: int
    loose: int = 0


def verbal(doc: Doc, i: int) -> bool:
    """Whether a word that may be verb or masdar is a verb here."""
    w = doc.words[i]
    if w is None or not w.verbal:
        return False
    if len(w.poses) <= 1:
        return True
    text = doc.tokens[i].text
    if text.endswith(("اً", "ًا", "ٍ", "ٌ")):
        return False
    if text.endswith("ا") and _accusative(w):
        return False
    j = i - 1
    while j >= 0 and doc.tokens[j].text in QUOTES:
        j -= 1
    if j < 0 or doc.sent[j] != doc.sent[i]:
        return True
    t = doc.tokens[j]
    if t.kind == "punct" or t.norm in RELATIVES or t.norm in ADVERBS or t.norm in COMPLEMENTS:
        return True
    if t.norm in PREPOSITIONS or t.kind == "number":
        return t.norm in ("كما", "حتي")
    if doc.actor_at[j] >= 0 or doc.date_at[j] >= 0:
        return True
    before = doc.words[j]
    if before is not None and before.cls in "LCHS" and before.verbal:
        return False
    return doc.tokens[i].norm.startswith(("و", "ف"))


def _accusative(w: WordInfo) -> bool:
    """Whether a word ending in ا is a masdar in the accusative (حقق تقدما) that only looks like a verb of two."""
    verbs = [r for r in w.events if r.pos == "verb"]
    return bool(verbs) and all(r.number == "du" for r in verbs) and any(r.pos == "masdar" for r in w.events)


def is_clause_verb(doc: Doc, j: int) -> bool:
    """Whether a token is a verb that ends the clause of the verb before it."""
    w = doc.words[j]
    if w is None or w.cls == "w" or doc.actor_at[j] >= 0 or doc.tokens[j].norm in HOMOGRAPHS:
        return False
    return verbal(doc, j)


def prep_of(doc: Doc, k: int) -> str:
    """The preposition of mention `k`: written with it, or the word before it; "by" for من قبل and على يد."""
    m = doc.actors[k]
    lead = doc.tokens[m.first]
    taken = m.start - lead.start
    form = lead.norm
    if form.startswith(("لل", "ولل")):
        return "ل"
    if taken > 0:
        for x in reversed(form[: min(taken, 3)]):
            if x in "بكل":
                return x
    j = m.first - 1
    while j >= 0 and doc.tokens[j].text in QUOTES:
        j -= 1
    if j < 0 or doc.sent[j] != doc.sent[m.first]:
        return ""
    before = doc.tokens[j].norm
    if before in BY and j > 0 and doc.tokens[j - 1].norm in ("من", "علي", "ومن", "وعلي"):
        return "by"
    if before.startswith("و") and before[1:] in PREPOSITIONS:
        before = before[1:]
    if before in ("ل", "ب"):
        return before
    return before if before in PREPOSITIONS and doc.actor_at[j] < 0 else ""


def joined(doc: Doc, k: int) -> bool:
    """Whether mention `k` begins with the و of a list right after another mention."""
    if k == 0:
        return False
    m, before = doc.actors[k], doc.actors[k - 1]
    first = doc.tokens[m.first].norm
    j = m.first - 1
    lone = j >= 0 and doc.tokens[j].norm == "و"
    if not (lone or (first.startswith("و") and m.start > doc.tokens[m.first].start) or first.startswith("وال")):
        return False
    gap = [
        x
        for x in range(before.last + 1, m.first)
        if doc.tokens[x].text not in QUOTES and doc.tokens[x].text not in "،,و"
    ]
    return len(gap) <= 1 and doc.sent[before.last] == doc.sent[m.first]


def after(doc: Doc, i: int, limit: int = 24) -> list[Slot]:
    """Mentions to the right of a word, up to the end of its clause."""
    s = doc.sentences[doc.sent[i]]
    out: list[Slot] = []
    j, loose, bare, commas = i + 1, 0, 0, 0
    nominal = not verbal(doc, i)
    inner = ""
    while j <= s.last and j - i < limit:
        t = doc.tokens[j]
        k = doc.actor_at[j]
        if k >= 0:
            m = doc.actors[k]
            if m.first < j:
                j = m.last + 1
                continue
            prep = prep_of(doc, k)
            if joined(doc, k) and out and not prep:
                out.append(Slot(out[-1].name, k, out[-1].loose))
            elif prep:
                out.append(Slot("prep:" + prep, k, loose))
            elif inner:
                out.append(Slot("in:" + inner, k, loose))
            else:
                bare += 1
                out.append(Slot(f"bare{min(bare, 3)}", k, min(loose, 2)))
            inner = ""
            j = m.last + 1
            continue
        if t.kind == "punct":
            if t.text in "؛:.؟!":
                break
            if t.text in "،,":
                commas += 1
                inner = ""
                if (out or nominal) and not _continues(doc, j, s.last):
                    break
                if commas > 2:
                    break
            j += 1
            continue
        if t.norm in COMPLEMENTS:
            break
        if t.norm in RELATIVES:
            if nominal:
                out.extend(_relative(doc, j + 1, s.last))
            break
        if is_clause_verb(doc, j) and t.norm not in ADVERBS:
            if nominal and not out:
                out.extend(_relative(doc, j, s.last))
            break
        if (
            t.kind == "word"
            and t.norm not in PREPOSITIONS
            and t.norm not in ADVERBS
            and t.norm not in PARTICLES
            and doc.date_at[j] < 0
            and doc.place_at[j] < 0
            and j > 0
            and doc.tokens[j - 1].norm not in PREPOSITIONS
        ):
            loose += 1
        inner = _inner(doc, j, inner)
        j += 1
    return out


def _inner(doc: Doc, j: int, inner: str) -> str:
    """The preposition whose phrase is open behind token `j`; a place or a date closes it."""
    t = doc.tokens[j]
    if doc.place_at[j] >= 0 or doc.date_at[j] >= 0:
        return ""
    if t.norm in PREPOSITIONS:
        return t.norm
    if t.norm.startswith("و") and t.norm[1:] in PREPOSITIONS:
        return t.norm[1:]
    w = doc.words[j]
    if w is not None:
        for x in "بل":
            if x in w.particles:
                return x
    if t.norm.startswith("لل") or t.norm.startswith("بال"):
        return t.norm[0]
    return inner


def _continues(doc: Doc, j: int, last: int) -> bool:
    """Whether a list or an insertion goes on after a comma."""
    if j >= last:
        return False
    t = doc.tokens[j + 1]
    return (doc.actor_at[j + 1] >= 0 and t.norm.startswith("و")) or doc.date_at[j + 1] >= 0


def _relative(doc: Doc, j: int, last: int) -> list[Slot]:
    """In غارات شنها الجيش and غارة استهدفت القوات: the verb after an event noun, and the mention that it takes."""
    steps = 0
    while j <= last and steps < 4:
        t = doc.tokens[j]
        if t.norm in ADVERBS or t.text in QUOTES:
            j += 1
            continue
        if is_clause_verb(doc, j):
            w = doc.words[j]
            assert w is not None
            readings = w.events or w.speech
            frame = readings[0].entry.frame if readings else {}
            name = "rel-subject" if w.pronoun else "rel-object" if "R" in frame.get("o", ()) else "rel-other"
            out: list[Slot] = []
            for x in after(doc, j, 14):
                if x.name == "bare1":
                    out.append(Slot(name, x.mention, x.loose))
                elif x.name.startswith(("prep:", "in:")):
                    _, _, prep = x.name.partition(":")
                    roles = "by" if prep == "by" else "".join(frame.get(prep, ())) if w.cls == "E" else w.cls
                    out.append(Slot("rel-prep-" + roles, x.mention, x.loose))
            return out
        steps += 1
        j += 1
    return []


def before(doc: Doc, i: int) -> list[Slot]:
    """The subject or antecedent to the left of a verb."""
    s = doc.sentences[doc.sent[i]]
    j, loose, steps = i - 1, 0, 0
    relative = False
    commas = 0
    while j >= s.first and steps < 26:
        t = doc.tokens[j]
        k = doc.actor_at[j]
        if k >= 0:
            m = doc.actors[k]
            prep = prep_of(doc, k)
            name = ("antecedent" if relative else "before") + ("" if not prep or relative else ":" + prep)
            out = [Slot(name, k, min(loose, 2))]
            x = k
            while joined(doc, x) and x > 0:
                x -= 1
                out.append(Slot(name, x, min(loose, 2)))
            if prep and not relative:
                rest = _earlier_bare(doc, m.first - 1, s.first)
                if rest is not None:
                    out.append(Slot("before-over", rest, 0))
            return out
        if t.kind == "punct":
            if t.text in ".؛:":
                return []
            if t.text in "،,":
                commas += 1
                if commas > 2:
                    return []
            j -= 1
            continue
        if t.norm in RELATIVES:
            if relative or loose:
                return []
            relative = True
        elif t.norm in COMPLEMENTS:
            if loose == 0 and t.norm not in ("انه", "انها", "انهم", "بانه", "بانها", "بانهم"):
                return _main_subject(doc, j, s.first, "control")
            return _main_subject(doc, j, s.first, "that-pronoun")
        elif is_clause_verb(doc, j) and t.norm not in ADVERBS:
            if doc.tokens[i].norm.startswith(("و", "ف", "ثم")):
                return [Slot("shared-" + x.name, x.mention, x.loose) for x in subject(doc, j)]
            return _main_subject(doc, j + 1, s.first, "over-verb")
        elif (
            t.norm not in PREPOSITIONS
            and t.norm not in ADVERBS
            and t.norm not in PARTICLES
            and doc.date_at[j] < 0
            and doc.place_at[j] < 0
        ):
            loose += 1
        steps += 1
        j -= 1
    return []


def _earlier_bare(doc: Doc, j: int, first: int) -> int | None:
    """The nearest earlier mention of the clause without a preposition."""
    while j >= first:
        t = doc.tokens[j]
        k = doc.actor_at[j]
        if k >= 0:
            if not prep_of(doc, k):
                return k
            j = doc.actors[k].first - 1
            continue
        if t.text in ".؛:" or t.norm in COMPLEMENTS or is_clause_verb(doc, j):
            return None
        j -= 1
    return None


def _main_subject(doc: Doc, j: int, first: int, name: str) -> list[Slot]:
    """The subject of the verb before token `j`."""
    x = j - 1
    while x >= first:
        if is_clause_verb(doc, x):
            return [Slot(name, y.mention, y.loose) for y in subject(doc, x)]
        if doc.tokens[x].text in ".؛":
            break
        x -= 1
    return []


def subject(doc: Doc, i: int, depth: int = 0) -> list[Slot]:
    """The mentions that are most likely the subject of a verb: right after it, else before it."""
    right = [x for x in after(doc, i, 10) if x.name == "bare1" and x.loose == 0]
    if right:
        return [Slot("subject-after", x.mention, 0) for x in right]
    if depth > 2:
        return []
    s = doc.sentences[doc.sent[i]]
    j = i - 1
    while j >= s.first:
        t = doc.tokens[j]
        k = doc.actor_at[j]
        if k >= 0 and not prep_of(doc, k):
            out = [Slot("subject-before", k, 0)]
            x = k
            while joined(doc, x) and x > 0:
                x -= 1
                out.append(Slot("subject-before", x, 0))
            return out
        if t.text in ".؛:" or is_clause_verb(doc, j):
            break
        j -= 1
    return []


@dataclass(frozen=True, slots=True)
class Proposal:
    """A role that the grammar proposes for a mention: A actor, R recipient, or another role of the frame."""

    role: str
    mention: int
    rule: str


def propose(doc: Doc, i: int, readings: Sequence[EventReading], governor: int) -> list[Proposal]:
    """What the frames of the act's entry and of its governing verb say of the mentions in their slots."""
    out: list[Proposal] = []
    w = doc.words[i]
    is_verb = verbal(doc, i)
    right = after(doc, i)
    frames = [r for r in readings if (r.pos == "verb") == is_verb] or list(readings)
    frame = frames[0].entry.frame
    if is_verb:
        out.extend(_verb(doc, i, w, frames, right))
    else:
        out.extend(_noun(doc, i, frame, right))
        out.extend(_undergone(doc, i, w))
        out.extend(_controlled(doc, i, w))
        if all(r.pos == "participle_passive" for r in readings):
            out.extend(Proposal("R", x.mention, "participle-" + x.name) for x in before(doc, i))
        if governor >= 0:
            out.extend(_governed(doc, governor, i))
        if governor < 0 or not verbal(doc, governor):
            start = i if governor < 0 else governor
            lead = doc.words[start]
            prep = "".join(x for x in lead.particles if x in "بلك") if lead is not None else ""
            for x in before(doc, start)[:2]:
                out.append(Proposal("?", x.mention, "n-" + x.name))
                out.append(Proposal("?", x.mention, "n-" + x.name + _verb_before(doc, x.mention) + prep))
    return out


def _controlled(doc: Doc, i: int, w: WordInfo | None) -> list[Proposal]:
    """The subject and the objects of the verb before a masdar, which may be its doer: شنّ الجيش هجوما بغرض السيطرة."""
    first = doc.sentences[doc.sent[i]].first
    link = "".join(x for x in w.particles if x in "بلك") if w is not None else ""
    if not link and i > first and doc.tokens[i - 1].norm in PREPOSITIONS:
        link = doc.tokens[i - 1].norm
    commas = 0
    for v in range(i - 1, max(first, i - 40) - 1, -1):
        if doc.tokens[v].text in ".؛:":
            break
        commas += doc.tokens[v].text in "،,"
        if not is_clause_verb(doc, v) or doc.tokens[v].norm in ADVERBS:
            continue
        verb = doc.words[v]
        kind = verb.cls if verb is not None else ""
        mark = f"{link}/{min(commas, 2)}"
        subjects = [x.mention for x in subject(doc, v)]
        out = [Proposal("?", k, "ctl-s/" + mark) for k in subjects]
        out.extend(Proposal("?", k, "ctl-s/" + kind) for k in subjects)
        for x in after(doc, v, i - v):
            if x.mention not in subjects and doc.actors[x.mention].last < i:
                out.append(Proposal("?", x.mention, f"ctl-o/{x.name}/{link}"))
        return out
    return []


def _undergone(doc: Doc, i: int, w: WordInfo | None) -> list[Proposal]:
    """In تعرّض الموقع، فجر اليوم، لقصف: the subject of the verb of undergoing before an act with ل."""
    if w is None or "ل" not in w.particles:
        return []
    first = doc.sentences[doc.sent[i]].first
    for j in range(i - 1, max(first, i - 25) - 1, -1):
        if doc.tokens[j].text in ".؛:":
            break
        v = doc.words[j]
        if v is None or v.cls == "w" or doc.actor_at[j] >= 0:
            continue
        if any(r.entry.root in UNDERGO for r in v.events):
            found = [x for x in after(doc, j, i - j) if doc.actors[x.mention].last < i and x.name.startswith("bare")]
            names = found or (subject(doc, j) if verbal(doc, j) else [])
            return [Proposal("R", x.mention, "undergo") for x in names]
    return []


def _verb_before(doc: Doc, k: int) -> str:
    """The class of the verb that stands right before mention `k`, a mention or two apart; - when there is none."""
    j = doc.actors[k].first - 1
    for _ in range(2):
        while j >= 0 and (doc.tokens[j].text in QUOTES or doc.date_at[j] >= 0):
            j -= 1
        if j < 0:
            return "/-"
        if is_clause_verb(doc, j):
            w = doc.words[j]
            return "/" + (w.cls if w is not None else "-")
        if doc.actor_at[j] < 0:
            return "/-"
        j = doc.actors[doc.actor_at[j]].first - 1
    return "/-"


def _roles(frame: dict[str, tuple[str, ...]], slot: str) -> tuple[str, ...]:
    return frame.get(slot, ())


def _verb(doc: Doc, i: int, w: WordInfo | None, readings: Sequence[EventReading], right: list[Slot]) -> list[Proposal]:
    out: list[Proposal] = []
    frame = readings[0].entry.frame
    voices = {r.voice for r in readings if r.pos == "verb"}
    passive = voices == {"passive"} or ("ُ" in doc.tokens[i].text[:3])
    intransitive = "o" not in frame
    left = before(doc, i)
    own = [x for x in left if x.name in ("before", "antecedent") or x.name.startswith("shared-")]
    pronoun = bool(w and w.pronoun)
    bare1 = [x for x in right if x.name == "bare1"]
    for x in right:
        if x.name.startswith("prep:"):
            p = x.name[5:]
            if p == "by":
                out.append(Proposal("A", x.mention, "by"))
            else:
                out.extend(Proposal(r, x.mention, f"v-prep{(x.loose and '+') or ''}") for r in _roles(frame, p))
        elif x.name.startswith("in:"):
            out.extend(Proposal(r, x.mention, "v-in") for r in _roles(frame, x.name[3:]) or ("?",))
        elif x.name == "bare1":
            loose = "+" if x.loose else ""
            if passive:
                out.extend(Proposal(r, x.mention, "passive-subject" + loose) for r in _roles(frame, "o"))
            elif own and any(y.name == "before" for y in own) and not intransitive:
                out.extend(Proposal(r, x.mention, "svo-object" + loose) for r in _roles(frame, "o"))
                out.extend(Proposal(r, x.mention, "svo-subject?" + loose) for r in _roles(frame, "s"))
            elif pronoun:
                out.extend(Proposal(r, x.mention, "v-subject-pronoun" + loose) for r in _roles(frame, "s"))
            else:
                rule = "v-subject" + ("-ant" if own else "") + loose
                out.extend(Proposal(r, x.mention, rule) for r in _roles(frame, "s"))
                out.extend(
                    Proposal(r, x.mention, "v-object?" + ("-ant" if own else "") + loose) for r in _roles(frame, "o")
                )
        elif x.name == "bare2":
            loose = "+" if x.loose else ""
            out.extend(Proposal(r, x.mention, "vso-object" + loose) for r in _roles(frame, "o"))
    for x in left:
        if passive:
            out.extend(Proposal(r, x.mention, "p-" + x.name) for r in _roles(frame, "o"))
        elif pronoun and x.name == "antecedent":
            out.extend(Proposal(r, x.mention, "antecedent-object") for r in _roles(frame, "o"))
        else:
            tag = x.name + ("/free" if not bare1 else "/taken") + ("+" if x.loose else "")
            out.extend(Proposal(r, x.mention, tag) for r in _roles(frame, "s"))
    return out


def _noun(doc: Doc, i: int, frame: dict[str, tuple[str, ...]], right: list[Slot]) -> list[Proposal]:
    """A noun with ال or a pronoun has no genitive: what follows is its adjective, or an object."""
    out: list[Proposal] = []
    w = doc.words[i]
    text = doc.tokens[i].text
    closed = (w is not None and ("ال" in w.particles or bool(w.pronoun))) or text.endswith(("اً", "ًا", "ٌ", "ٍ"))
    has_l = any(x.name == "prep:ل" for x in right)
    for x in right:
        loose = "+" if x.loose else ""
        if x.name == "prep:by":
            out.append(Proposal("A", x.mention, "by"))
        elif x.name == "prep:ل":
            roles = _roles(frame, "ل") or ("R" if "o" in frame else "A",)
            out.extend(Proposal(r, x.mention, "n-ل" + loose) for r in roles)
        elif x.name.startswith("prep:"):
            out.extend(Proposal(r, x.mention, "n-prep" + loose) for r in _roles(frame, x.name[5:]))
        elif x.name.startswith("in:"):
            out.extend(Proposal(r, x.mention, "n-in" + loose) for r in _roles(frame, x.name[3:]) or ("?",))
        elif x.name == "bare1" and doc.actors[x.mention].kind == "adjective":
            out.append(Proposal("A", x.mention, "nisba" + loose))
        elif x.name == "bare1" and closed:
            out.extend(Proposal(r, x.mention, "closed-object" + loose) for r in _roles(frame, "o") or ("?",))
        elif x.name == "bare1":
            if "o" in frame and not has_l:
                out.extend(Proposal(r, x.mention, "genitive-object" + loose) for r in _roles(frame, "o"))
                out.extend(Proposal(r, x.mention, "genitive-subject?" + loose) for r in _roles(frame, "s"))
            else:
                out.extend(Proposal(r, x.mention, "genitive-subject" + loose) for r in _roles(frame, "s"))
        elif x.name == "bare2":
            out.extend(Proposal(r, x.mention, "masdar-object" + loose) for r in _roles(frame, "o"))
        elif x.name == "rel-subject":
            out.append(Proposal("A", x.mention, "rel-subject" + loose))
        elif x.name == "rel-object":
            out.append(Proposal("R", x.mention, "rel-object" + loose))
        elif x.name.startswith("rel-prep-"):
            role = {"by": "A", "A": "A", "R": "R", "RP": "R", "C": "R"}.get(x.name[9:], "?")
            out.append(Proposal(role, x.mention, x.name + loose))
        else:
            out.append(Proposal("?", x.mention, x.name + loose))
    return out


def _governed(doc: Doc, g: int, i: int) -> list[Proposal]:
    """The parties of the light or phase verb that governs the event noun at `i`."""
    w = doc.words[g]
    if w is None:
        return []
    readings = w.events or w.speech
    if not readings:
        return []
    frame = readings[0].entry.frame
    kind = w.cls
    out: list[Proposal] = []
    right = after(doc, g, 14)
    left = before(doc, g) if verbal(doc, g) else []
    found = [x for x in right if x.name == "bare1"]
    subject_roles = frame.get("s", ("A",))
    for x in found:
        if doc.actors[x.mention].first > i:
            continue
        out.extend(Proposal(r, x.mention, f"{kind}-subject" + ("+" if x.loose else "")) for r in subject_roles)
    for x in right:
        if x.name.startswith("prep:"):
            beyond = "+" if doc.actors[x.mention].first > i else ""
            out.extend(Proposal(r, x.mention, f"{kind}-prep{beyond}") for r in frame.get(x.name[5:], ()))
    for x in left:
        tag = f"{kind}-{x.name}" + ("/free" if not found else "/taken")
        out.extend(Proposal(r, x.mention, tag) for r in subject_roles)
    return out
