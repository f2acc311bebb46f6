"""Who holds, gains, loses or fights over which place.

Two sources: acts that the coder found (a capture gives `gained`, a withdrawal `lost`), and words of holding (تسيطر على،
تحت سيطرة، معقل، بيد) by the frames of the codebook's control.tsv. A word that is an act as well is taken once;
the place is the one that stands in the word's slot, without the larger places named with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from musnad.arabic.letters import norm
from musnad.arabic.wordlists import words
from musnad.codebook.expressions import Found
from musnad.codebook.relations import RelationEntry
from musnad.coding import slot_places, slots
from musnad.coding.context import Circumstances, circumstances, place, span
from musnad.coding.document import NEGATIONS, PREPOSITIONS, RELATIVES, Doc
from musnad.coding.grammar import ADVERBS, QUOTES, is_clause_verb, prep_of
from musnad.coding.slots import Party
from musnad.coding.status import signs_over
from musnad.record import Actor, Control, Tie
from musnad.sides import side

if TYPE_CHECKING:
    from musnad.coding.coder import Draft

UNARMED = ("-JRN", "-EDU", "-BUS", "-HLH", "-REL", "-JUD", "-NGO", "-HRI", "-IGO", "-LAB", "-REF")
UNCERTAIN = words("hypothetical possible planned threatened demanded denied")
FACT = frozenset(["happened", "ongoing"])
EXPULSION = ("طرد", "دحر", "اخرج", "ازاح", "اخراج")
ENTRY = ("دخل", "تقدم", "تمدد", "وسع", "حسم", "ادخل")
SEATS = words("city town village quarter base camp airport field crossing port site front plant building bridge hill")
"""Kinds of places that are taken by going in; who enters a country does not hold it."""
RANKS = words("المركز المرتبة الصدارة صدارة مكانة المراكز مركز مرتبة موقعا مساحة")
"""What is held without being a place (احتلت المركز الأول)."""
OUTSIDE = frozenset(["خارج", "وخارج", "خارجه"])
HOLDING = frozenset(["يد", "ايدي", "سيطره", "قبضه", "براثن"])
GOALS = words(
    "يحاول تحاول حاول حاولت يحاولون محاوله محاولات لمحاوله تسعي يسعي سعت سعي يسعون بهدف بغيه بغرض بقصد اجل"
    " يعتزم تعتزم قرب وشك ستتجه يستهدف تستهدف بانتظار"
)
"""Words that make what follows an aim."""
BECOMING = words("اصبح اصبحت يصبح تصبح بات باتت صار صارت غدا غدت اضحي اضحت")
PAST = words("كان كانت كانوا")
PREVENTING = words("منع لمنع تمنع يمنع منعت ومنع بمنع دون حال حالت")
HELD_BY_THEM = words("ايديهم سيطرتهم قبضتهم براثنهم")
Word = Found[RelationEntry]


def find_control(doc: Doc, drafts: Sequence[Draft], ties: Sequence[Tie] = ()) -> tuple[Control, ...]:
    """The statements of control of a report, in text order. `ties` tell who a bare الميليشيات التابعة لها is."""
    out = _Collector(doc, {(t.a.start, t.a.end): t.a.id for t in ties})
    acts = {d.trigger.candidate.i: d for d in drafts}
    spans: list[tuple[int, int]] = []
    for f in sorted(doc.book.control.find(doc.tokens), key=lambda f: (f.trigger, f.trigger - f.first)):
        if (
            f.trigger in out.told
            or any(a <= f.first and f.last <= b for a, b in spans)
            or f.reading.entry.kind == "present"
        ):
            continue
        if doc.sent[f.trigger] >= 0 and not doc.blocked[f.trigger]:
            _word(doc, f, acts, drafts, out)
            if f.trigger in out.told:
                spans.append((f.first, f.last))
    for d in drafts:
        if d.trigger.candidate.i not in out.triggers:
            _act(doc, d, out)
    return out.finish()


class _Collector:
    """Records as they are found: one for each place, holder and change of a sentence."""

    def __init__(self, doc: Doc, known: dict[tuple[int, int], str]) -> None:
        self.doc = doc
        self.known = known
        self.found: list[tuple[int, Control]] = []
        self.seen: set[tuple[int, str, str, str, str]] = set()
        self.triggers: set[int] = set()
        self.told: set[int] = set()

    def add(
        self,
        i: int,
        holder: Party,
        k: int,
        change: str,
        former: Party | None,
        c: Circumstances,
        extent: str,
        because: str,
    ) -> None:
        doc = self.doc
        holder = replace(holder, id=self.known.get((holder.start, holder.end), holder.id))
        k = slot_places.named(doc, k)
        p = doc.places[k]
        if not c.chain and norm(doc.text(holder.start, holder.end)).endswith("نا"):
            return  # قواتنا: whose they are, the outlet does not say
        if not can_hold(holder) or _vast(doc, k) or slot_places.unnamed(doc, k) or p.first <= i <= p.last:
            return
        country = holder.id.partition("-")[0]
        if holder.kind in ("country", "adjective") and p.kind == "country" and p.country == country:
            return
        fact = "fact" if c.status in FACT else "told"
        key = (doc.sent[i], p.name, side(holder.id), change, fact)
        self.triggers.add(i)
        if key in self.seen:
            return
        self.seen.add(key)
        if former is not None and side(former.id) == side(holder.id):
            former = None
        self.found.append((i, Control(
            id="", trigger=span(doc, i, i), holder=_actor(doc, holder), place=place(doc, k), change=change,  # type: ignore[arg-type]
            former=_actor(doc, former) if former is not None else None, date=c.date, status=c.status, chain=c.chain,  # type: ignore[arg-type]
            extent=extent, because=(because,),
        )))  # fmt: skip

    def finish(self) -> tuple[Control, ...]:
        self.found.sort(key=lambda x: x[0])
        return tuple(
            Control(f"c{n}", *(getattr(c, name) for name in c.__struct_fields__[1:]))
            for n, (_, c) in enumerate(self.found, 1)
        )


def _actor(doc: Doc, p: Party) -> Actor:
    return Actor(p.start, p.end, doc.text(p.start, p.end), p.id)


def _party(doc: Doc, k: int) -> Party:
    return slots.party(doc, k, "ASSAULT")


# ---- from acts


def _act(doc: Doc, d: Draft, out: _Collector) -> None:
    """A capture or a withdrawal that the coder found, by another word than those of control.tsv."""
    i = d.trigger.candidate.i
    because = f"{d.trigger.type}/{d.trigger.mode}"
    if d.trigger.mode == "capture" and d.trigger.type == "ASSAULT":
        if d.status == "denied" or not _takes_place(d):
            return
        places = _captured(doc, d)
        if not places:
            return
        c = circumstances(doc, i, [d])
        if d.status != "happened" or _aimed(doc, i):
            former = taken_from(doc, i)  # لتحرير المدينة من سيطرة فلان: he still holds it
            if former is None:
                return
            for k in places:
                out.add(i, former, k, "holds", None, c.with_status("happened"), "whole", because)
            return
        holder = _party(doc, d.actors[0]) if d.actors else None
        former = _former(doc, d)
        if holder is not None and (_named_with(doc, holder, "من") or _held_by(doc, holder)):
            holder, former = None, holder  # تحريرها من الميليشيات names the loser alone
        elif holder is not None:
            left = taken_from(doc, i)
            if left is not None and (_far(doc, i, holder) or side(left.id) == side(holder.id)):
                holder, former = None, left
        if holder is not None:
            for k in places:
                out.add(i, holder, k, "gained", former, c, "whole", because)
        elif not d.actors and d.recipients:
            for r in d.recipients[:2]:
                for k in places if _driven_out(doc, d, r) else []:
                    out.add(i, _party(doc, r), k, "lost", None, c, "whole", because)
        elif former is not None:
            for p in slots.coordinated(doc, former)[:2]:
                for k in places:
                    out.add(i, p, k, "lost", None, c, "whole", because)
    elif d.trigger.type == "RETREAT" and d.trigger.mode == "withdraw" and d.actors and d.status in FACT:
        c = circumstances(doc, i, [d])
        found, extent, meant = slot_places.place_after(doc, i, "من", i)
        if meant:
            k = slot_places.place_meant(doc, i, False, _pronoun_after(doc, i, "من"))
            found = [k] if k >= 0 else []
        for k in found:
            if (k in d.places or meant) and doc.places[k].kind != "country":
                out.add(i, _party(doc, d.actors[0]), k, "lost", None, c, extent, because)


def _aimed(doc: Doc, i: int) -> bool:
    """Whether an act is only the aim of another one (عملية لتحرير المدينة، يحاولون استعادة المدينة)."""
    t, before = doc.tokens[i].norm, doc.tokens[i - 1].norm if i else ""
    if before in GOALS or (before in ("الي", "علي", "في") and i > 1 and doc.tokens[i - 2].norm in GOALS):
        return True
    return t.startswith("ل") and not is_clause_verb(doc, i) and t[1:2] != "ي"


def _held_by(doc: Doc, p: Party) -> bool:
    """Whether a party is told as the one whose hold was broken (من قبضة فلان)."""
    j = doc.actors[p.mention].first - 1 if p.mention >= 0 else -1
    return j > 0 and doc.tokens[j].norm in HOLDING and doc.tokens[j - 1].norm == "من"


def _far(doc: Doc, i: int, p: Party) -> bool:
    """Whether a party stands in another sentence than a word."""
    return p.mention >= 0 and doc.sent[doc.actors[p.mention].first] != doc.sent[i]


def _named_with(doc: Doc, p: Party, prep: str) -> bool:
    """Whether a preposition stands before a party."""
    return p.mention >= 0 and prep_of(doc, p.mention) == prep


def _pronoun_after(doc: Doc, last: int, prep: str) -> str:
    """The pronoun on the first preposition of this kind after a token (منه، عليها); empty if none."""
    for t in doc.tokens[last + 1 : last + 13]:
        held = slots.WITH_PRONOUN.get(t.norm)
        if held is not None and held[0] == prep:
            return held[1]
    return ""


def _captured(doc: Doc, d: Draft) -> list[int]:
    """The places that an act of capture takes, by the frame of its verb: its object, what follows على, or, of those
    driven out, what follows من."""
    i = d.trigger.candidate.i
    frame = d.trigger.candidate.readings[0].entry.frame
    lemma = norm(d.trigger.candidate.readings[0].entry.lemma)
    places = main_places(doc, d)
    if lemma.startswith(EXPULSION):
        found, _, _ = slot_places.place_after(doc, i, "من", i)
        return [k for k in places if k in found] or (places if _passive(d) else [])
    if lemma.startswith(ENTRY):
        return [
            k for k in places
            if doc.places[k].kind in SEATS and _prep_before(doc, k) != "من" and doc.places[k].first > i
        ]  # fmt: skip
    if "P" in frame.get("o", ()):
        direct = [k for k in places if _is_object(doc, d, k)]
        run = slot_places.run_of_places(doc, direct[-1]) if direct else []
        return [k for k in places if k in direct or k in run]
    return places


def _passive(d: Draft) -> bool:
    return any(r.voice == "passive" for r in d.trigger.candidate.readings)


def _prep_before(doc: Doc, k: int) -> str:
    """The preposition before a place; empty if none."""
    j = doc.places[k].first - 1
    return doc.tokens[j].norm if j >= 0 and doc.tokens[j].norm in PREPOSITIONS else ""


def _is_object(doc: Doc, d: Draft, k: int) -> bool:
    """Whether a place may be the object of an act: before it (a pronoun, a passive, a relative clause stands for
    it), or after it with nothing between but parties and words that name places (استعاد الجيش مواقع في كذا)."""
    i, p = d.trigger.candidate.i, doc.places[k]
    if p.last < i or doc.sent[p.first] != doc.sent[i]:
        return bool(d.trigger.candidate.pronoun) or _passive(d) or slots.antecedent(doc, i) >= 0
    for j in range(i + 1, p.first):
        t = doc.tokens[j]
        if t.kind == "punct" or doc.actor_at[j] >= 0 or doc.place_at[j] >= 0 or doc.date_at[j] >= 0:
            continue
        form = t.norm.removeprefix("و")
        if form in slot_places.FILL or form in ADVERBS or form in PREPOSITIONS or slots.is_adjective(doc, j):
            continue
        return False
    return True


def _driven_out(doc: Doc, d: Draft, r: int) -> bool:
    """Whether a recipient is told to have been driven out (تحريره من فلان، دحر فلان، طُرد فلان)."""
    i, m = d.trigger.candidate.i, doc.actors[r]
    passive = any(x.voice == "passive" for x in d.trigger.candidate.readings)
    return passive or (m.first > i and doc.sent[m.first] == doc.sent[i])


def _takes_place(d: Draft) -> bool:
    """Whether the act's entry has an object or a place in its frame (مكاسب has none)."""
    frames = [r.entry.frame for r in d.trigger.candidate.readings]
    return any("o" in f or any("P" in roles for roles in f.values()) for f in frames) or not frames


def _former(doc: Doc, d: Draft) -> Party | None:
    i = d.trigger.candidate.i
    if d.recipients:
        return _party(doc, d.recipients[0])
    p = taken_from(doc, i)
    return p


def taken_from(doc: Doc, i: int) -> Party | None:
    """من يد فلان، من سيطرة فلان: from whom a place was taken."""
    end = doc.sentences[doc.sent[i]].last
    for j in range(i + 1, min(i + 18, end)):
        form = doc.tokens[j].norm
        if doc.tokens[j].text in ".؛:":
            return None
        if form == "من" and doc.tokens[j + 1].norm in HOLDING:
            return slots.bare_after(doc, j + 1, 2)
        if form == "منهم" or (form == "من" and doc.tokens[j + 1].norm in HELD_BY_THEM):
            return slots.resolve(doc, i, "هم")
    return None


def main_places(doc: Doc, d: Draft) -> list[int]:
    """The places of an act without the larger ones named with them: the first one and those joined to it."""
    i = d.trigger.candidate.i
    lemma = norm(d.trigger.candidate.readings[0].entry.lemma)
    found = [k for k in sorted(d.places) if not (lemma.startswith("طرد") and _towards(doc, k))]
    if not found:
        _, _, meant = slot_places.place_after(doc, i, "من", i)
        k = slot_places.place_meant(doc, i, False) if meant else -1
        return slot_places.run_of_places(doc, k) if k >= 0 else []
    later = [k for k in found if doc.places[k].first > i]
    first = later[0] if later else found[0]
    if not later:
        run = slot_places.run_of_places(doc, first)
        return [k for k in run if k in found]
    return [k for k in slot_places.run_of_places(doc, first) if k == first or k in found or k > first]


def _towards(doc: Doc, k: int) -> bool:
    """Whether إلى or نحو stands before a place: where those driven out went."""
    j = doc.places[k].first - 1
    return j >= 0 and doc.tokens[j].norm in ("الي", "نحو", "باتجاه")


# ---- from words of holding


def _word(doc: Doc, f: Word, acts: dict[int, Draft], drafts: Sequence[Draft], out: _Collector) -> None:
    e = f.reading.entry
    i = f.trigger
    verbal = f.reading.pos == "verb"
    d = acts.get(i) or acts.get(f.first)
    if verbal and f.reading.person in (1,) and e.kind == "contested":
        return
    before = doc.tokens[f.first - 1].norm if f.first else ""
    if not verbal and (
        before in OUTSIDE or (before == "من" and e.lemma in ("قبضة", "يد", "سيطرة") and "ال" not in f.particles)
    ):
        out.triggers.add(i)  # تحرير المدينة من سيطرة فلان: told by the verb
        return
    if e.lemma == "احتل" and any(t.norm in RANKS for t in doc.tokens[i + 1 : i + 10]):
        return
    change, status = e.kind, ""
    captured = d is not None and (d.trigger.type, d.trigger.mode) == ("ASSAULT", "capture")
    if d is not None and not captured and d.trigger.type == "ASSAULT" and change == "gained":
        d = None
    if "…" in e.lemma and any(is_clause_verb(doc, j) for j in range(f.first + 1, f.trigger)) and e.kind != "lost":
        return
    if verbal and e.pos == "v" and f.reading.person in (1, 2):
        return
    if verbal and e.pos == "v" and change == "holds" and captured and _subjunctive(doc, i):
        change = "gained"
    if verbal and "س" in f.particles:
        status = "planned"
    if e.lemma == "حكم" and not verbal and before in ("فتره", "عهد", "زمن", "سنوات", "خلال"):
        return
    if _negated(doc, f.first):
        if change == "gained":
            return
        status = "denied"
    change = _by_context(doc, f, change, d)
    if e.lemma.startswith(UNDER) and change == "holds":
        change = _by_verb(doc, f.first)
    if change == "gained" and not verbal and _tried(doc, f.first):
        change = "contested"
    if change == "gained" and not verbal and _aimed(doc, f.first):
        out.triggers.add(i)
        return
    if _says_where(doc, f) or (e.pos == "x" and e.kind != "gained") or (verbal and change == "holds"):
        out.triggers.add(i)
    if not change:
        return
    places, extent = _places(doc, f)
    if not places and d is not None and change in ("gained", "contested") and not _says_where(doc, f):
        places = main_places(doc, d)
    if not places:
        return
    speaker = _speaker(doc, f, drafts)
    holders = [speaker] if speaker is not None else _holders(doc, f, d, places)
    if not holders:
        return
    c = circumstances(doc, i, drafts)
    if not status and d is None and change == "gained":
        status = next((s for s, *_ in signs_over(doc, i) if s in UNCERTAIN), "")
    if status:
        c = c.with_status(status)
    elif change in ("holds", "contested", "lost") and (d is None or change == "contested"):
        c = c.with_status("happened")
    former = None
    if change == "gained":
        if "من" in e.frame:
            former = taken_from(doc, i)
        if former is None and d is not None and d.recipients and d.actors:
            former = _party(doc, d.recipients[0])
    out.told.add(i)
    for h in holders:
        for k in places:
            out.add(i, h, k, change, former, c, extent, e.id)


UNDER = ("تحت ", "في *", "*بيد", "*بأيدي")


def _by_verb(doc: Doc, i: int) -> str:
    """أصبحت تحت سيطرة tells a gain, كانت تحت سيطرة a loss, as the verb of being before the words says."""
    first = doc.sentences[doc.sent[i]].first
    for j in range(i - 1, max(first, i - 7) - 1, -1):
        t = doc.tokens[j]
        form = t.norm.removeprefix("و")
        if t.text in ".؛:" or (t.text == "،" and j < i - 1) or form in RELATIVES:
            return "holds"
        if form in BECOMING:
            return "gained"
        if form in PAST:
            return "lost"
        if is_clause_verb(doc, j) and form not in STILL:
            return "holds"
    return "holds"


STILL = words("تزال يزال زال زالت يزالون تزل يزل")


def _vast(doc: Doc, k: int) -> bool:
    """Whether a place is a part of the world that belongs to no country (الشرق الأوسط)."""
    return doc.places[k].country == "XXX" and doc.places[k].kind == "region"


def _subjunctive(doc: Doc, i: int) -> bool:
    """قبل أن تتقدم وتسيطر على البلدة: a present form after أن tells what came about."""
    first = doc.sentences[doc.sent[i]].first
    for j in range(i - 1, max(first, i - 10) - 1, -1):
        if doc.tokens[j].text in ("أن", "ان") and j + 1 < len(doc.tokens):
            return j + 1 == i or is_clause_verb(doc, j + 1)
        if doc.tokens[j].text in "،.؛:":
            return False
    return doc.tokens[i].norm.startswith("ل")


def can_hold(p: Party) -> bool:
    """Whether a party can hold ground or be posted somewhere: no person, outlet, school or business."""
    return bool(p.id) and p.id != "ANON" and p.kind not in ("person", "media") and not p.id.endswith(UNARMED)


def fill(doc: Doc, f: Word) -> tuple[list[int], list[Party]]:
    """The places and the parties in the slots of a word of control.tsv."""
    places, _ = _places(doc, f)
    return places, _holders(doc, f, None, places) if places else []


def negated(doc: Doc, f: Word) -> bool:
    """Whether a word of control.tsv is negated."""
    return _negated(doc, f.first)


def _negated(doc: Doc, i: int) -> bool:
    """لا تقع تحت سيطرة: a negation right before the word or its verb; لا تزال and ما زال are none."""
    first = doc.sentences[doc.sent[i]].first
    for j in range(i - 1, max(first, i - 4) - 1, -1):
        t = doc.tokens[j]
        if t.kind == "punct" and t.text not in QUOTES:
            return False
        if t.norm in NEGATIONS and t.norm not in ("دون", "بدون", "غير", "نفي"):
            following = doc.tokens[j + 1].norm if j + 1 < len(doc.tokens) else ""
            return not following.startswith(("تزال", "يزال", "زال", "زالت", "يزالون", "تزل", "يزل"))
        if doc.actor_at[j] >= 0 or t.norm in RELATIVES:
            return False
    return False


def _says_where(doc: Doc, f: Word) -> bool:
    """Whether the place's preposition follows, with something that names no place (على عدة مواقع)."""
    end = doc.sentences[doc.sent[f.last]].last
    return "علي" in f.reading.entry.frame and any(
        doc.tokens[j].norm == "علي" for j in range(f.last + 1, min(f.last + 7, end + 1))
    )


CONTEST = words(
    "محاوله محاولات لمحاوله يحاول تحاول حاول حاولت يسعي تسعي تتقاتل يتقاتل تتنافس يتنازع اجل بهدف بغيه بغرض بقصد"
)
GAINING = words("تمكن تمكنت تمكنوا نجح نجحت نجحوا استطاع استطاعت اعلن اعلنت تم تمت بعد عقب اثر منذ فور")


def _tried(doc: Doc, i: int) -> bool:
    """Whether a word of attempt governs a noun (محاولات الجيش إحكام سيطرته)."""
    first = doc.sentences[doc.sent[i]].first
    for j in range(i - 1, max(first, i - 4) - 1, -1):
        if doc.tokens[j].kind == "punct" and doc.tokens[j].text not in QUOTES:
            return False
        if doc.tokens[j].norm in CONTEST:
            return True
    return False


def _by_context(doc: Doc, f: Word, change: str, d: Draft | None) -> str:
    """A bare سيطرة is a state, a gain or an aim by the words before it."""
    e = f.reading.entry
    if e.pos != "n" or change != "holds" or e.lemma not in ("سيطرة",):
        return change
    first = doc.sentences[doc.sent[f.first]].first
    for j in range(f.first - 1, max(first, f.first - 5) - 1, -1):
        t = doc.tokens[j]
        if t.text in ".؛:،":
            break
        if t.norm in CONTEST:
            return "contested"
        if t.norm in PREVENTING:
            return ""
        if t.norm in GAINING:
            return "gained"
    if "ل" in f.particles.replace("ال", ""):
        return "contested" if d is None or d.status not in FACT else "gained"
    if d is not None:
        return "gained"
    stated = f.pronoun or "ال" not in f.particles or slots.adjective_after(doc, f.last) is not None
    return "holds" if stated else ""


def _places(doc: Doc, f: Word) -> tuple[list[int], str]:
    """The places in the slots of a word, and how much of them is meant."""
    e = f.reading.entry
    frame = _frame(f)
    verbal = f.reading.pos == "verb"
    base = f.last
    relative = slots.antecedent(doc, f.first) if verbal else -1
    for slot, role in frame.items():
        if role != "P":
            continue
        if slot in ("h", "s"):
            if slot == "s" and verbal and relative < 0:
                found = _subject_place(doc, f)
                if found or doc.sentences[doc.sent[f.first]].first == f.first:
                    return found, "whole"
            if slot == "s" and not verbal:
                found, extent, _ = slot_places.place_after(doc, f.first, "", f.first, reach=2)
                return found, extent
            if slot == "h" and e.pos != "x" and e.pos != "adj" and not _apposed(doc, f):
                continue
            k = slot_places.place_before(doc, f.first)
            if k >= 0 and (e.pos != "adj" or doc.places[k].last >= f.first - 4):
                start = max(doc.sentences[doc.sent[f.first]].first, doc.places[k].first - 3)
                return _before_run(doc, k), slot_places.extent(doc, start, doc.places[k].first + 1)
            continue
        if slot == "o":
            if f.pronoun and verbal:
                found, extent, _ = slot_places.place_after(doc, base, "", f.trigger, reach=2)
                if found and relative < 0 and doc.actor_at[doc.places[found[0]].first] < 0:
                    return found, extent
                k = slot_places.place_meant(doc, relative if relative >= 0 else f.first, relative >= 0, f.pronoun)
                return ([k] if k >= 0 else []), "whole"
            right = slots.bare_after(doc, f.first, 1) if verbal else None
            after = doc.actors[right.mention].last if right is not None and right.mention >= 0 else base
            found, extent, _ = slot_places.place_after(doc, after, "", f.trigger, reach=8)
            if found:
                return found, extent
            continue
        if slot in ("g", "next"):
            found, extent, _ = slot_places.place_after(doc, base, "", f.trigger, reach=3)
            if found:
                return found, extent
            continue
        reach = 3 if e.lemma == "حاكم" else 12
        found, extent, meant = slot_places.place_after(doc, base, slot, f.trigger, reach)
        if meant and not _dual(doc, base):
            j = relative if relative >= 0 else f.first
            k = slot_places.place_meant(doc, j, relative >= 0, _pronoun_after(doc, base, slot))
            if k >= 0:
                return [k], slot_places.extent(doc, max(0, doc.places[k].first - 3), doc.places[k].first + 1)
        if (
            found
            and e.pos in ("n", "x")
            and slot in ("في", "ب")
            and doc.places[found[0]].kind == "country"
            and e.kind == "holds"
        ):
            continue
        if found:
            if e.lemma == "جيب":
                extent = "pocket"
            return found, extent
    return [], "whole"


def _dual(doc: Doc, last: int) -> bool:
    return any(doc.tokens[j].norm.endswith("هما") for j in range(last + 1, min(last + 4, len(doc.tokens))))


def _frame(f: Word) -> dict[str, str]:
    frame = {slot: roles[0] for slot, roles in f.reading.entry.frame.items()}
    if f.reading.entry.pos == "v" and f.reading.pos.startswith("participle"):
        moved = "s" if f.reading.pos.endswith("active") else "o"
        if moved in frame:
            frame["h"] = frame.pop(moved)
    return frame


def _apposed(doc: Doc, f: Word) -> bool:
    """الرقة، معقل التنظيم; تعد المدينة معقل الحركة: a place before a noun of holding, near enough."""
    k = slot_places.place_before(doc, f.first, 6)
    return k >= 0 and not any(
        slots.WITH_PRONOUN.get(doc.tokens[j].norm) for j in range(doc.places[k].last + 1, f.first)
    )


def _before_run(doc: Doc, k: int) -> list[int]:
    return [k]


def _subject_place(doc: Doc, f: Word) -> list[int]:
    """تخضع البلدة لسيطرة، سقطت المدينة بيد: the place after the verb, else the one before it."""
    end = doc.sentences[doc.sent[f.first]].last
    for j in range(f.first + 1, min(f.first + 4, end + 1)):
        if doc.tokens[j].kind == "punct" and doc.tokens[j].text not in QUOTES:
            break
        k = doc.place_at[j]
        if k >= 0:
            return [
                x for x in slot_places.run_of_places(doc, k) if doc.places[x].last < max(f.trigger, f.last) or x == k
            ]
    return []


def _speaker(doc: Doc, f: Word, drafts: Sequence[Draft]) -> Party | None:
    """تحت سيطرتنا، قواتنا تسيطر: the last narrator speaks of his own side."""
    ours = _tail(doc, f) == "نا" or f.pronoun == "نا"
    if not ours:
        return None
    near = [d for d in drafts if doc.sent[d.trigger.candidate.i] == doc.sent[f.trigger] and d.chain]
    if near:
        return _party(doc, min(near, key=lambda d: abs(d.trigger.candidate.i - f.trigger)).chain[-1])
    return slots.resolve(doc, f.trigger, "نا")


def _holders(doc: Doc, f: Word, d: Draft | None, places: list[int]) -> list[Party]:
    """Who holds: a genitive or a subject right beside the word; else, for an act, as the coder decided; else the
    nearest that the frame allows."""
    frame = _frame(f)
    e = f.reading.entry
    found: list[Party] = []
    sure = False
    for slot in sorted((s for s, r in frame.items() if r == "H"), key=lambda s: (s != "g", s)):
        p, sure = _holder(doc, f, slot)
        if p is None or _is_place(doc, p, places) or (e.lemma == "حاكم" and p.id.endswith(("-PTY", "-GOV"))):
            continue
        found = slots.coordinated(doc, p)[:2] if e.kind == "holds" and slot != "g" else [p]
        break
    if d is not None and d.actors and not (found and sure):
        found = [_party(doc, d.actors[0])]
    return [_forced(doc, p) for p in found]


def _holder(doc: Doc, f: Word, slot: str) -> tuple[Party | None, bool]:
    """The party in a slot, and whether it stands right beside the word."""
    e = f.reading.entry
    if slot == "g":
        tail = f.pronoun or _tail(doc, f)
        if tail:
            return slots.resolve(doc, f.trigger, tail), False
        by = slots.adjective_after(doc, f.last) if e.pos == "n" else None
        return (by, True) if by is not None else (slots.bare_after(doc, f.last, 2), True)
    if slot == "s":
        return _subject(doc, f)
    if slot == "h":
        p = slots.head(doc, f.first)
        if p is None and e.pos == "adj" and "ال" not in f.particles:
            return slots.subject(doc, f.first), False
        return p, True
    if slot == "m":
        return slots.bare_after(doc, f.first, 1), True
    return slots.after_preposition(doc, f.last, slot, f.trigger), True


def _forced(doc: Doc, p: Party) -> Party:
    """A country's name that holds ground means its forces."""
    if p.mention < 0:
        return p
    return Party(p.start, p.end, doc.actors[p.mention].id_for("ASSAULT"), p.mention, p.kind, p.cls)


def _tail(doc: Doc, f: Word) -> str:
    """The pronoun on the marked word of an expression (فرض سيطرته، تحت سيطرتنا)."""
    if f.trigger == f.first:
        return ""
    form = doc.tokens[f.trigger].norm
    for stem in ("سيطرت", "سلطت", "قبضت", "نفوذ", "حكم", "احتلال"):
        x = form.find(stem)
        if 0 <= x <= 1 and form[x + len(stem) :] in ("ه", "ها", "هم", "هما", "نا"):
            return form[x + len(stem) :]
    return ""


def _is_place(doc: Doc, p: Party, places: list[int]) -> bool:
    return any(doc.places[k].start < p.end and p.start < doc.places[k].end for k in places)


def _subject(doc: Doc, f: Word) -> tuple[Party | None, bool]:
    """The subject of a verb of holding: after it, the noun before its relative clause, or the one before it."""
    i = f.first
    if f.reading.pos != "verb":
        return slots.subject(doc, i), False
    right = slots.bare_after(doc, f.trigger if "…" in f.reading.entry.lemma else i, 2)
    if right is not None and right.mention >= 0:
        return right, True
    relative = slots.antecedent(doc, i)
    if relative >= 0:
        for j in (relative - 1, relative - 2):
            if j >= 0 and doc.actor_at[j] >= 0:
                inner = slots.innermost(doc, doc.actor_at[j])
                if inner is not None:
                    return inner, True
                break
        p = slots.head(doc, relative)
        return (p, True) if p is not None else (slots.subject(doc, relative, reach=6), False)
    if i == doc.sentences[doc.sent[i]].first:
        later = _later_subject(doc, i)
        if later is not None:
            return later, True
    if i and doc.actor_at[i - 1] >= 0:
        p = slots.innermost(doc, doc.actor_at[i - 1]) or slots.head(doc, i)
        if p is not None:
            return p, True
    return slots.subject(doc, i), False


def _later_subject(doc: Doc, i: int) -> Party | None:
    """تسيطر على العاصمة حكومة ...: the subject after the place of a verb that opens the sentence."""
    end = doc.sentences[doc.sent[i]].last
    j = i + 1
    while j <= min(end, i + 9):
        k = doc.actor_at[j]
        if k >= 0:
            m = doc.actors[k]
            if not prep_of(doc, k) and m.kind not in ("adjective", "country") and doc.place_at[m.first] < 0 and m.id:
                return slots.party(doc, k)
            j = m.last + 1
            continue
        if (doc.tokens[j].kind == "punct" and doc.tokens[j].text not in QUOTES) or is_clause_verb(doc, j):
            return None
        j += 1
    return None
