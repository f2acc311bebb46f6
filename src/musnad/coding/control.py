"""Who holds, gains, loses or fights over which place.

Two sources: acts that the coder found (a capture gives `gained`, a withdrawal `lost`), and words of holding
(تسيطر على، تحت سيطرة، معقل، بيد) by the frames of the codebook's control.tsv. A word that is an act as well is taken once;
the place is the one that stands in the word's slot, without the larger places named with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musnad.codebook.expressions import Found
from musnad.codebook.relations import RelationEntry
from musnad.coding import slots
from musnad.coding.context import Circumstances, circumstances, place, span
from musnad.coding.document import NEGATIONS, RELATIVES, Doc
from musnad.coding.grammar import ADVERBS, QUOTES
from musnad.coding.slots import Party
from musnad.record import Actor, Control
from musnad.scoring.match import side

if TYPE_CHECKING:
    from musnad.coding.coder import Draft

FACT = frozenset(["happened", "ongoing"])
OUTSIDE = frozenset("خارج وخارج خارجه".split())
FORMER = ("من", "by")
HOLDING = frozenset("يد ايدي سيطره قبضه براثن".split())
Word = Found[RelationEntry]


def find_control(doc: Doc, drafts: Sequence[Draft]) -> tuple[Control, ...]:
    """The statements of control of a report, in text order."""
    out = _Collector(doc)
    acts = {d.trigger.candidate.i: d for d in drafts}
    for f in doc.book.control.find(doc.tokens):
        if f.reading.entry.kind != "present" and doc.sent[f.trigger] >= 0 and not doc.blocked[f.trigger]:
            _word(doc, f, acts, drafts, out)
    for d in drafts:
        if d.trigger.candidate.i not in out.triggers:
            _act(doc, d, out)
    return out.finish()


class _Collector:
    """Records as they are found: one for each place, holder and change of a sentence."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.found: list[tuple[int, Control]] = []
        self.seen: set[tuple[int, str, str, str, str]] = set()
        self.triggers: set[int] = set()

    def add(
        self, i: int, holder: Party, k: int, change: str, former: Party | None, c: Circumstances, extent: str, because: str
    ) -> None:
        doc = self.doc
        k = slots.named(doc, k)
        p = doc.places[k]
        if not holder.id or holder.id == "ANON" or not slots.is_region(p):
            return
        country, _, sector = holder.id.partition("-")
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
            Control(f"c{n}", *(getattr(c, name) for name in c.__struct_fields__[1:])) for n, (_, c) in enumerate(self.found, 1)
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
    places = main_places(doc, d)
    if d.trigger.mode == "capture" and d.trigger.type == "ASSAULT":
        c = circumstances(doc, i, [d])
        former = _former(doc, d)
        if d.actors:
            holder = _party(doc, d.actors[0])
            for k in places:
                out.add(i, holder, k, "gained", former, c, "whole", because)
        elif d.recipients:
            for r in d.recipients[:2]:
                for k in places:
                    out.add(i, _party(doc, r), k, "lost", None, c, "whole", because)
    elif d.trigger.type == "RETREAT" and d.trigger.mode == "withdraw" and d.actors and d.status in FACT:
        c = circumstances(doc, i, [d])
        found, extent, _ = slots.place_after(doc, i, "من", i)
        for k in found or []:
            if k in d.places:
                out.add(i, _party(doc, d.actors[0]), k, "lost", None, c, extent, because)


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
    return None


def main_places(doc: Doc, d: Draft) -> list[int]:
    """The places of an act without the larger ones named with them: the first one and those joined to it."""
    i = d.trigger.candidate.i
    found = sorted(d.places)
    if not found:
        return []
    later = [k for k in found if doc.places[k].first > i]
    first = later[0] if later else found[0]
    if not later:
        run = slots.run_of_places(doc, first)
        return [k for k in run if k in found]
    return [k for k in slots.run_of_places(doc, first) if k == first or k in found or k > first]


# ---- from words of holding


def _word(doc: Doc, f: Word, acts: dict[int, Draft], drafts: Sequence[Draft], out: _Collector) -> None:
    e = f.reading.entry
    i = f.trigger
    verbal = f.reading.pos == "verb"
    d = acts.get(i) or acts.get(f.first)
    if verbal and f.reading.person in (1,) and e.kind == "contested":
        return
    before = doc.tokens[f.first - 1].norm if f.first else ""
    if before in OUTSIDE and not verbal:
        return
    change, status = e.kind, ""
    if d is not None and (d.trigger.type, d.trigger.mode) != ("ASSAULT", "capture"):
        if d.trigger.type == "ASSAULT" and change == "gained":
            d = None
    if verbal and e.pos == "v" and change == "gained" and _used_to(doc, f.first):
        change = "gained"
    if _negated(doc, f.first):
        if change == "gained":
            return
        status = "denied"
    change = _by_context(doc, f, change, d)
    if not change:
        return
    places, extent = _places(doc, f)
    if not places and d is not None and change in ("gained", "contested") and d.places:
        places = main_places(doc, d)
    if not places:
        return
    holders = _holders(doc, f, d, places)
    if not holders:
        return
    c = circumstances(doc, i, drafts)
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
    for h in holders:
        for k in places:
            out.add(i, h, k, change, former, c, extent, e.id)


def _used_to(doc: Doc, i: int) -> bool:
    j = i - 1
    return j >= 0 and doc.tokens[j].norm in ("كان", "كانت", "كانوا")


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


CONTEST = frozenset("محاوله محاولات لمحاوله يحاول تحاول حاول حاولت يسعي تسعي تتقاتل يتقاتل تتنافس يتنازع اجل بهدف بغيه بغرض بقصد".split())
GAINING = frozenset("تمكن تمكنت تمكنوا نجح نجحت نجحوا استطاع استطاعت اعلن اعلنت تم تمت بعد عقب اثر منذ فور".split())


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
        if t.norm in GAINING:
            return "gained"
    if "ل" in f.particles:
        return "contested" if d is None or d.status not in FACT else "gained"
    if d is not None:
        return "gained"
    return "holds" if f.pronoun or "ال" not in f.particles else ""


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
                if found:
                    return found, "whole"
            if slot == "h" and e.pos != "x" and e.pos != "adj" and not _apposed(doc, f):
                continue
            k = slots.place_before(doc, f.first)
            if k >= 0 and (e.pos != "adj" or doc.places[k].last >= f.first - 4):
                start = max(doc.sentences[doc.sent[f.first]].first, doc.places[k].first - 3)
                return _before_run(doc, k), slots.extent(doc, start, doc.places[k].first + 1)
            continue
        if slot == "o":
            if f.pronoun and verbal:
                k = slots.place_meant(doc, relative if relative >= 0 else f.first, relative >= 0)
                return ([k] if k >= 0 else []), "whole"
            found, extent, _ = slots.place_after(doc, base, "", f.trigger, reach=8)
            if found:
                return found, extent
            continue
        if slot in ("g", "go"):
            found, extent, _ = slots.place_after(doc, base, "", f.trigger, reach=3)
            if found:
                return found, extent
            continue
        found, extent, meant = slots.place_after(doc, base, slot, f.trigger)
        if meant:
            j = relative if relative >= 0 else f.first
            k = slots.place_meant(doc, j, relative >= 0)
            if k >= 0:
                return [k], slots.extent(doc, max(0, doc.places[k].first - 3), doc.places[k].first + 1)
        if found:
            if e.lemma == "جيب" or "جيب" in e.lemma:
                extent = "pocket"
            return found, extent
    return [], "whole"


def _frame(f: Word) -> dict[str, str]:
    frame = {slot: roles[0] for slot, roles in f.reading.entry.frame.items()}
    if f.reading.entry.pos == "v" and f.reading.pos.startswith("participle"):
        moved = "s" if f.reading.pos.endswith("active") else "o"
        if moved in frame:
            frame["h"] = frame.pop(moved)
    return frame


def _apposed(doc: Doc, f: Word) -> bool:
    """الرقة، معقل التنظيم; تعد المدينة معقل الحركة: a place before a noun of holding, near enough."""
    k = slots.place_before(doc, f.first, 6)
    return k >= 0 and not any(slots.WITH_PRONOUN.get(doc.tokens[j].norm) for j in range(doc.places[k].last + 1, f.first))


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
            return [x for x in slots.run_of_places(doc, k) if doc.places[x].last < max(f.trigger, f.last) or x == k]
    return []


def _holders(doc: Doc, f: Word, d: Draft | None, places: list[int]) -> list[Party]:
    """Who holds: by the frame; for an act, as the coder decided."""
    if d is not None and d.actors and f.reading.pos != "adj":
        return [_party(doc, d.actors[0])]
    frame = _frame(f)
    verbal = f.reading.pos == "verb"
    e = f.reading.entry
    found: list[Party] = []
    for slot in sorted((s for s, r in frame.items() if r in ("H", "HH")), key=lambda s: (s != "g", s)):
        p: Party | None = None
        if slot == "g":
            p = slots.resolve(doc, f.trigger, f.pronoun or _tail(doc, f)) if f.pronoun or _tail(doc, f) else slots.bare_after(doc, f.last, 2)
        elif slot == "s":
            p = _subject(doc, f) if verbal or e.pos == "x" else slots.subject(doc, f.first)
        elif slot == "h":
            p = slots.head(doc, f.first) or (slots.subject(doc, f.first) if "ال" not in f.particles and e.pos == "adj" else None)
        elif slot == "m":
            p = slots.bare_after(doc, f.first, 1)
        elif slot == "بين":
            p = None
        else:
            p = slots.after_preposition(doc, f.last, slot, f.trigger)
        if p is not None and not _is_place(doc, p, places):
            found = _both(doc, p) if e.kind == "holds" and slot != "g" else [p]
            break
    if not found and d is not None and d.actors:
        found = [_party(doc, d.actors[0])]
    return [_forced(doc, p) for p in found]


def _forced(doc: Doc, p: Party) -> Party:
    """A country's name that holds ground means its forces."""
    if p.mention < 0:
        return p
    return Party(p.start, p.end, doc.actors[p.mention].id_for("ASSAULT"), p.mention, p.kind, p.cls)


def _both(doc: Doc, p: Party) -> list[Party]:
    return slots.coordinated(doc, p)[:2]


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


def _subject(doc: Doc, f: Word) -> Party | None:
    """The subject of a verb of holding: after it, the noun before its relative clause, or the one before it."""
    i = f.first
    if f.reading.pos != "verb":
        return slots.subject(doc, i)
    right = slots.bare_after(doc, i, 2)
    relative = slots.antecedent(doc, i)
    if right is not None and right.mention >= 0:
        m = doc.actors[right.mention]
        if all(doc.tokens[j].text in QUOTES or doc.tokens[j].norm in ADVERBS or doc.actor_at[j] < 0 for j in range(i + 1, m.first)):
            return right
    if relative >= 0:
        return slots.head(doc, relative) or slots.subject(doc, relative, reach=6)
    if i and doc.actor_at[i - 1] >= 0:
        found = slots.head(doc, i)
        if found is not None:
            return found
    return slots.subject(doc, i)
