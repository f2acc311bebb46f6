"""Acts of telling in a report, with whom each of them quotes.

They are read in text order, as a reader does: a verb without a subject goes on with the narrator before it (وأضاف), a
participle with the verb of its sentence (مشيراً), a medium that is spoken to stands outside its speaker (قال لرويترز),
and the outlet's own correspondent is nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.arabic.wordlists import words
from musnad.coding.document import COMPLEMENTS, PREPOSITIONS, RELATIVES, Doc
from musnad.coding.grammar import ADVERBS, PARTICLES, before, is_clause_verb, joined, prep_of, subject, verbal
from musnad.coding.speech_words import Word, told_words, words_of_telling
from musnad.coding.triggers import Trigger

_CORRESPONDENT = words("مراسل مراسلنا مراسلتنا مراسلو مراسلونا مراسله مراسلي موفد موفدنا موفدتنا")
_INSIDE = frozenset(["باسم", "في", "ب", "من", "لدي", "بين", "by", "داخل"])
"""Prepositions that tie an unnamed speaker to a side (متحدث باسم، مسؤول في، مصادر من)."""
_TOPIC = frozenset(["الي", "عن", "علي", "حول", "بشان"])
"""Prepositions that open what is told (أشار إلى، تحدث عن)."""
_SPOKEN_TO = frozenset(["ل", "الي", "مع"])
_ASIDE = frozenset(["نقلا", "ناقلا", "ناقله", "علي"])
"""First words of نقلاً عن, على لسان: what follows is the one whom the narrator quotes."""
_DOCUMENTS = words("تقرير بيان نشره دراسه وثيقه احصاء حصيله منظمه")
_IMPERSONAL = words("يفترض يعتقد يرجح يقال يتوقع يذكر يشار يتردد يزعم يحتمل يظن يشتبه")
"""Verbs that, without a subject, are said of nobody: the outlet speaks."""
_REACH = 18


@dataclass(slots=True)
class Telling:
    """One act of telling at token `i`. `narrators` are actor mentions (numbers), outermost first; empty: unknown.

    `before` tells that the narrator stands before the word; `that` what opens the told words (أن, a colon, a quote),
    and `told` where they begin. `hidden` marks a verb whose subject is not named: it goes on with the last narrator.
    `outlet` marks the outlet itself, `nested` a telling within the told words of another, `names` the unknown words
    beside the narrator (a person's name after a title).
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
    told: int = -1
    outlet: bool = False
    gender: str = ""
    nested: bool = False
    names: tuple[str, ...] = ()


def tellings(doc: Doc, triggers: list[Trigger]) -> list[Telling]:
    """All tellings in text order, with the carried narrator filled in where the subject is hidden."""
    at = words_of_telling(doc, triggers)
    out: list[Telling] = []
    for i in sorted(at):
        found = _telling(doc, i, at[i], out)
        if found is not None:
            out.append(found)
    return out


@dataclass(slots=True)
class _Region:
    """The mentions between a word of saying and the told words, by what they are to it."""

    speakers: list[int]
    inner: list[int]
    spoken_to: list[int]
    pronoun: bool
    correspondent: bool
    names: list[str]
    told: int
    loose: int = 0
    late: bool = False


def _region(doc: Doc, word: Word, told: int) -> _Region:
    """Who speaks, on whose word, and to whom, right of a word of saying."""
    last = word.last
    s = doc.sentences[doc.sent[last]]
    stop = min(s.last, last + _REACH, told - 1 if told > 0 else s.last)
    out = _Region([], [], [], False, False, [], told)
    tied: list[int] = []
    loose, comma, j = 0, False, last + 1
    relay = word.kind == "relay"
    inner_next = relay and doc.tokens[last].norm in ("عن", "لسان")
    according = word.kind == "according" or inner_next
    closed = False
    while j <= stop:
        t = doc.tokens[j]
        k = doc.actor_at[j]
        if k >= 0:
            m = doc.actors[k]
            prep = prep_of(doc, k) if not (j == last + 1 and according) else ""
            following = joined(doc, k) and k > 0 and doc.actors[k - 1].first > last
            if following and not prep:
                for group in (out.speakers, out.inner):
                    if group and group[-1] == k - 1:
                        group.append(k)
            elif word.kind == "learn":
                if prep in ("من", "لدي", "في") and not out.speakers:
                    out.speakers.append(k)
                elif not prep and m.id.startswith("MEDIA:"):
                    out.spoken_to.append(k)
            elif prep in ("عن", "علي لسان") and relay:
                out.inner.append(k)
            elif prep in _SPOKEN_TO:
                if prep == "ل" and out.names and out.names[0] in _DOCUMENTS and not out.speakers and not closed:
                    out.speakers.append(k)
                    closed = True
                elif m.id.startswith("MEDIA:"):
                    out.spoken_to.append(k)
                elif according and not out.speakers and loose <= 1 and prep == "ل":
                    out.speakers.append(k)
            elif not prep or (according and not out.speakers and loose <= 1):
                if not out.speakers and not closed and (loose <= 1 or comma):
                    out.speakers.append(k)
                    out.loose = loose
                    out.late = comma
                closed = True
            elif prep in _INSIDE and loose and not out.speakers:
                tied.append(k)
            j = m.last + 1
            continue
        if _correspondent(t.norm):
            out.correspondent = True
        elif t.kind == "punct":
            if t.text in "،,":
                if out.speakers and word.kind not in ("relay", "say", "continue", "announce"):
                    break
                comma = True
            elif t.text in ".؛:؟!":
                break
        elif t.norm in RELATIVES or t.norm in COMPLEMENTS or t.norm in ("حيث", "بينما", "فيما"):
            if not according or out.speakers or t.norm not in RELATIVES:
                break
        elif t.norm in ("عنه", "عنها", "عنهم", "لسانه"):
            out.pronoun = True
        elif not according and (_topic(doc, j, s.last, relay) or _act_noun(doc, j)):
            out.told = j if out.told < 0 else out.told
            break
        elif is_clause_verb(doc, j) and t.norm not in ADVERBS:
            if not according or out.speakers:
                break
        elif t.kind == "word" and _unknown(doc, j):
            out.names.append(t.norm)
            loose += not out.speakers
        j += 1
    if not out.speakers and tied and word.kind != "act":
        out.speakers.append(tied[0])
    return out


def _unknown(doc: Doc, j: int) -> bool:
    """Whether a word is no particle, date or place: part of a name or title that nothing knows."""
    form = doc.tokens[j].norm
    if form in PREPOSITIONS or form in ADVERBS or form in PARTICLES:
        return False
    return doc.date_at[j] < 0 and doc.place_at[j] < 0


def _topic(doc: Doc, j: int, last: int, relay: bool) -> bool:
    """Whether a preposition opens what is told (أشار إلى إصابة ...)."""
    form = doc.tokens[j].norm
    return form in _TOPIC and j < last and doc.actor_at[j + 1] < 0 and not (relay and form == "عن")


def _act_noun(doc: Doc, j: int) -> bool:
    """Whether the noun of an act, which is told itself, stands at a token (أعلن مقتل ...)."""
    w = doc.words[j]
    return w is not None and w.cls == "E" and doc.place_at[j] < 0 and not verbal(doc, j)


def _telling(doc: Doc, i: int, word: Word, past: list[Telling]) -> Telling | None:
    """The telling of a word, its narrators found right of it, left of it, or among the tellings before."""
    kind, last = word.kind, word.last
    verb = word.pos == "verb"
    that, told = told_words(doc, last)
    if kind == "learn" and doc.tokens[last].norm in COMPLEMENTS:
        return Telling(i, kind, word.lemma, word.pos, (), False, False, "that", doc.sent[i], told=last, outlet=True)
    region = _region(doc, word, told)
    told = region.told
    own = _of_sentence(past, doc.sent[i])
    gender = _gender(doc, i) if verb or word.pos == "participle_active" else ""
    nested = any(x.told >= 0 and x.told < i and still_open(doc, x, i) for x in own)
    make = Telling(
        i, kind, word.lemma, word.pos, (), False, False, that, doc.sent[i], told=told, gender=gender, nested=nested
    )
    narrators = [] if word.pronoun else list(region.speakers)
    if region.loose and region.names and kind != "according":
        narrators = _by_name(region.names[:1], past) or narrators
    if verb and narrators and (region.loose or region.late) and kind not in ("according", "learn"):
        adjacent = _adjacent(doc, i)
        if adjacent is not None:
            narrators = [adjacent]
            make.before = True
    aside = kind == "relay" and doc.tokens[i].norm.lstrip("وف") in _ASIDE
    if aside and doc.tokens[last].norm in ("عن", "لسان") and not region.inner:
        region.inner, narrators = region.speakers[:1], []
    if _outlet_speaks(doc, i, verb, narrators, region):
        make.outlet = True
        return make
    if not narrators and (kind not in ("according", "medium") or word.pronoun):
        if word.pos == "participle_active" or word.pronoun:
            x = _before_it(own, gender)
            if x is not None:
                if x.outlet:
                    make.outlet = True
                    return make
                narrators = list(x.narrators)
                make.carried = x.carried
                make.before = True
            elif word.pos == "participle_active":
                narrators = _first_subject(doc, i)
                make.before = bool(narrators)
        if not narrators and not make.carried and kind == "relay" and region.inner and own and not _opens(doc, i):
            x = _before_it(own, "")
            narrators = list(x.narrators[:1]) if x is not None else []
        if not narrators and verb and own and doc.tokens[i].norm.startswith("و") and not _opens(doc, i):
            x = next((y for y in reversed(own) if y.pos == "verb" and y.gender == gender and y.narrators), None)
            narrators = list(x.narrators) if x is not None else []
            make.before = bool(narrators)
        if not narrators and verb and region.names:
            narrators = _by_name(region.names, past)
        alone = (kind == "relay" and not verb) or (verb and _opens_with_and(doc, i)) or kind == "learn"
        if not narrators and not alone:
            narrators = _left(doc, i)
            make.before = bool(narrators)
    outer = [k for k in region.spoken_to if not own_medium(doc, k)][:1]
    if region.inner and kind in ("relay", "say", "according"):
        narrators = [*narrators[:1], region.inner[0]]
    if any(own_medium(doc, k) for k in narrators[-1:]) or (kind == "learn" and not narrators):
        make.outlet = True
        return make
    if not narrators and kind in ("medium", "according"):
        return None
    if not narrators:
        make.hidden = True
        y = _last(doc, past, gender)
        if y is not None:
            if y.outlet:
                make.outlet = True
                return make
            narrators = list(y.narrators)
            if len(narrators) > 1 and gender and y.gender == gender and kind != "act" and y.kind == "relay":
                narrators = narrators[:1]
            make.carried = True
    elif region.pronoun and kind == "relay":
        y = _last(doc, past, "")
        if y is not None and y.narrators and y.narrators[-1] not in narrators:
            narrators = [*narrators[:1], y.narrators[-1]]
    if narrators and own and _inserted(doc, own[-1], i, aside, kind, narrators):
        return None
    if outer and outer[0] not in narrators:
        narrators = [outer[0], *narrators]
    make.narrators = tuple(narrators)
    make.names = tuple(region.names)
    return make


def _inserted(doc: Doc, main: Telling, i: int, aside: bool, kind: str, narrators: list[int]) -> bool:
    """Take a source named between a verb of saying and its told words into the verb's chain.

    ذكرت الصحيفة نقلاً عن مسؤول أن: the official stands inside; قال الناطق بحسب الوكالة إن: the agency stands outside.
    """
    if not (main.i < i < main.told) or not main.narrators or main.kind in ("act", "medium"):
        return False
    if aside:
        main.narrators = (*main.narrators[:1], narrators[-1])
    elif kind == "according" and doc.actors[narrators[-1]].id.startswith("MEDIA:"):
        main.narrators = (narrators[-1], *main.narrators)
    else:
        return False
    return True


def _of_sentence(past: list[Telling], sentence: int) -> list[Telling]:
    """The tellings of the sentence that is being read."""
    n = len(past)
    while n and past[n - 1].sentence == sentence:
        n -= 1
    return past[n:]


def _outlet_speaks(doc: Doc, i: int, verb: bool, narrators: list[int], region: _Region) -> bool:
    """Whether the outlet's correspondent tells, or nobody (يُعتقد أن)."""
    if region.correspondent and all(own_medium(doc, k) or doc.actors[k].kind != "media" for k in narrators):
        return True
    if not verb or narrators:
        return False
    return doc.tokens[i].norm.lstrip("و") in _IMPERSONAL or _correspondent_before(doc, i)


def _correspondent_before(doc: Doc, i: int) -> bool:
    """Whether the outlet's correspondent is the subject before a verb (وكان مراسل القناة في بيروت قد أفاد)."""
    s = doc.sentences[doc.sent[i]]
    for j in range(i - 1, max(s.first, i - 12) - 1, -1):
        t = doc.tokens[j]
        if t.norm in COMPLEMENTS or t.norm in RELATIVES or t.text in ".؛:":
            return False
        if doc.words[j] is not None and is_clause_verb(doc, j) and t.norm not in ADVERBS:
            return False
        k = doc.actor_at[j]
        if k >= 0 and doc.actors[k].id.startswith("MEDIA:"):
            return own_medium(doc, k)
        if _correspondent(t.norm):
            return True
    return False


def _correspondent(form: str) -> bool:
    """مراسل and its forms, glued to the next word too, but not مراسلون بلا حدود."""
    return form in _CORRESPONDENT or (form.startswith("مراسل") and form != "مراسلون")


def _by_name(names: list[str], past: list[Telling]) -> list[int]:
    """The narrator whose name stood beside an earlier telling (قال قائد اللواء سامر النوري ... أكد النوري)."""
    for x in reversed(past):
        if x.names and x.narrators and names[-1] in x.names:
            return [x.narrators[-1]]
    return []


def own_medium(doc: Doc, k: int) -> bool:
    """Whether a mention is the outlet itself."""
    m = doc.actors[k]
    outlet = "".join(c for c in (doc.report.outlet or "").casefold() if c.isalnum())
    if not m.id.startswith("MEDIA:") or not outlet:
        return False
    name = "".join(c for c in m.id.partition(":")[2].casefold() if c.isalnum()).removeprefix("al")
    short = outlet.removeprefix("al")
    if len(outlet) > 5 and name.endswith(outlet[-5:]):
        return True
    return bool(name) and (name == short or (len(name) > 3 and name in outlet) or (len(short) > 3 and short in name))


def _gender(doc: Doc, i: int) -> str:
    """m, f or p: the form of a verb or participle."""
    form = doc.tokens[i].norm.lstrip("وف")
    if form.endswith(("وا", "ون", "ين")):
        return "p"
    return (
        "f"
        if form.endswith(("ت", "ه")) or (form.startswith("ت") and not form.startswith(("تابع", "تحدث", "توقع")))
        else "m"
    )


def still_open(doc: Doc, x: Telling, i: int) -> bool:
    """Whether the told words of a telling still run at token `i`: its quotation, if it has one, is not closed."""
    if x.that == "quote" and x.told + 1 < len(doc.quote):
        q = doc.quote[x.told + 1]
        return q < 0 or i <= doc.quotes[q].last
    return True


def _opens(doc: Doc, i: int) -> bool:
    return i <= doc.sentences[doc.sent[i]].first + 1


def _opens_with_and(doc: Doc, i: int) -> bool:
    """وأضاف, وتابع at the head of a sentence, or كذلك أوضحت: the narrator is the one before."""
    first = doc.sentences[doc.sent[i]].first
    if doc.tokens[i].norm.startswith(("و", "ف")) and i <= first + 1:
        return True
    return i <= first + 2 and doc.tokens[first].norm in ("كما", "كذلك", "ايضا", "ثم")


def _adjacent(doc: Doc, i: int) -> int | None:
    """A mention right before a verb, as its subject (إن الوزارة أكدت، وكان المتحدث قد أعلن)."""
    s = doc.sentences[doc.sent[i]]
    for j in range(i - 1, max(s.first, i - 6) - 1, -1):
        k = doc.actor_at[j]
        if k >= 0:
            return k if not prep_of(doc, k) else None
        t = doc.tokens[j]
        if (t.kind != "punct" and t.norm not in ADVERBS and doc.date_at[j] < 0) or t.text in ".؛:":
            return None
    return None


def _first_subject(doc: Doc, i: int) -> list[int]:
    """The subject of the first verb of the sentence, with whom a participle goes on (علّق المصدر ... قائلاً)."""
    for j in range(doc.sentences[doc.sent[i]].first, i):
        if is_clause_verb(doc, j) and doc.tokens[j].norm not in ADVERBS:
            return [x.mention for x in subject(doc, j)][:1]
    return []


def _left(doc: Doc, i: int) -> list[int]:
    """The narrator left of the word."""
    left = before(doc, i)
    found = [
        x.mention
        for x in left
        if x.name in ("before", "antecedent", "before-over", "over-verb", "control") or x.name.startswith("shared-")
    ]
    if not found and left:
        found = [left[0].mention]
    return sorted(found) if _gender(doc, i) == "p" else found[:1]


def _agrees(x: Telling, gender: str) -> bool:
    """Whether a verb form may go on with the narrator of a telling: قالت الوزارة ... وأضافت, قال شهود ... وأضافوا."""
    return not gender or not x.gender or x.gender == gender or gender == "p"


def _before_it(own: list[Telling], gender: str) -> Telling | None:
    """The telling of the same sentence whose speaker a participle or a pronoun goes on with."""
    fit = [x for x in own if (x.narrators or x.outlet) and x.kind != "medium"]
    for x in reversed(fit):
        if x.pos == "verb" and _agrees(x, gender):
            return x
    return fit[-1] if fit else None


def _lasts(doc: Doc, x: Telling) -> bool:
    """Whether a telling makes its narrator the one who goes on speaking."""
    if x.kind == "act" or (x.kind == "claim" and not x.that):
        return x.pos == "verb" and _opens(doc, x.i) and not x.nested
    if x.kind == "medium" or x.pos == "masdar":
        return False
    return bool(x.that) or x.kind in ("according", "announce") or x.outlet


def _last(doc: Doc, past: list[Telling], gender: str) -> Telling | None:
    """The telling whose narrator a verb without a subject goes on with."""
    near = [x for x in past[-12:] if x.narrators or x.outlet]
    strong = [x for x in near if _lasts(doc, x)]
    pool = strong or [x for x in near if x.kind != "medium"]
    for x in reversed(pool[-4:]):
        if not x.nested and _agrees(x, gender):
            return x
    for x in reversed(pool[-4:]):
        if _agrees(x, gender):
            return x
    return pool[-1] if pool else None
