"""Who says so: acts of telling in the text, whom they quote, and how far their speech reaches.

A telling is a word of saying (قال، بحسب، نقل عن), or an act of speech that is an event itself (حذّر، نفى، طالب), with the
mention that tells. The tellings of a report are read in order, as a reader does: a verb without a subject goes on with
the narrator before it, a medium that is spoken to (قال لرويترز) stands outside its speaker, the outlet's own correspondent
is nobody. For each act the narrator is chosen among the tellings of its sentence and those that may still last from
before; nothing chosen means that the outlet itself tells it.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.arabic.letters import norm
from musnad.codebook.entries import SpeechReading
from musnad.coding.document import COMPLEMENTS, NEGATIONS, PREPOSITIONS, RELATIVES, Doc
from musnad.coding.grammar import ADVERBS, PARTICLES, QUOTES, before, is_clause_verb, joined, prep_of, subject, verbal
from musnad.coding.relations import bucket
from musnad.coding.triggers import Trigger, sector, word_class

SPEECH_ACTS = frozenset(["THREATEN", "ACCUSE", "REJECT", "REQUEST", "AGREE", "SUPPORT"])
_NOUNS = frozenset("قال صرح اعلن اكد نقل زعم افاد ذكر ادعي".split())
"""Verbs whose masdars tell as well (قوله، تصريحه، إعلانه)."""
_WEAK = frozenset(
    "شهد زاد حدث علم راي سجل رصد اظهر صور قدر ورد تردد تابع نقل كرر وثق نشر بث وصف علق رد ختم عبر قرا تلا كتب ابدي"
    " اعتبر اشتبه بلغ عقب افترض خاطب تلقي اطلع سمع جزم رجح توقع اعترف اقر ابان فصل دون لاحظ احصي".split()
)
"""Verbs that tell only when told words follow; else they are other acts (شهدت المدينة، نقل الجرحى، تابع الجيش تقدمه)."""
_CORRESPONDENT = frozenset("مراسل مراسلنا مراسلتنا مراسلو مراسلونا مراسله مراسلي موفد موفدنا موفدتنا".split())
_INSIDE = frozenset(["باسم", "في", "ب", "من", "لدي", "بين", "by", "داخل"])
"""Prepositions that tie an unnamed speaker to a side (متحدث باسم، مسؤول في، مصادر من)."""
_TOPIC = frozenset("الي عن علي حول بشان".split())
"""Prepositions that open what is told (أشار إلى، تحدث عن)."""
_SPOKEN_TO = frozenset(["ل", "الي", "مع"])
_ACCORDING = frozenset("ما حسبما وفقما مثلما".split())
_OF = frozenset("عن قول قوله قولها عنه عنها عنهم".split())
_FOOTAGE = frozenset("مشاهد شريط شريطا تسجيل تسجيلا مقطع مقطعا فيديو صور صورا بيانا خبرا الخبر مقاطع".split())
"""What is published to show an act (نشر مشاهد، بث شريطاً)."""
_DOCUMENTS = frozenset("تقرير بيان نشره دراسه وثيقه احصاء حصيله منظمه".split())
_IMPERSONAL = frozenset("يفترض يعتقد يرجح يقال يتوقع يذكر يشار يتردد يزعم يحتمل يظن يشتبه".split())
"""Verbs that, without a subject, are said of nobody: the outlet speaks."""
_REACH, _LASTS = 18, 5


@dataclass(slots=True)
class Telling:
    """One act of telling at token `i`. `narrators` are actor mentions (numbers), outermost first; empty: unknown.

    `before` tells that the narrator stands before the word; `that` what opens the told words (أن, a colon, a quote), and
    `told` where they begin. `hidden` marks a verb whose subject is not named: it goes on with the last narrator.
    `outlet` marks the outlet's own correspondent. `outer` is the medium spoken to.
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
    end: int = -1
    told: int = -1
    outlet: bool = False
    gender: str = ""
    nested: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of telling before its narrator is known: its entry, its part of speech and its last token."""

    kind: str
    lemma: str
    pos: str
    last: int
    pronoun: bool


def tellings(doc: Doc, triggers: list[Trigger]) -> list[Telling]:
    """All tellings in text order, with the carried narrator filled in where the subject is hidden."""
    at = _words(doc, triggers)
    out: list[Telling] = []
    for i in sorted(at):
        found = _telling(doc, i, at[i], out)
        if found is not None:
            out.append(found)
    return out


def _words(doc: Doc, triggers: list[Trigger]) -> dict[int, _Word]:
    at: dict[int, _Word] = {}
    for i, w in enumerate(doc.words):
        if (
            w is None
            or not w.speech
            or doc.sent[i] < 0
            or doc.blocked[i]
            or doc.actor_at[i] >= 0
            or doc.place_at[i] >= 0
        ):
            continue
        word = _word(doc, i, w.speech, w.particles, w.pronoun)
        if word is not None:
            at[i] = word
    for f in doc.speech_expr:
        e = f.reading.entry  # type: ignore[attr-defined]
        if doc.sent[f.first] >= 0 and not doc.blocked[f.first] and doc.actor_at[f.first] < 0:
            if e.kind == "according" and not e.frame:  # type: ignore[attr-defined]
                if doc.tokens[f.first].norm.lstrip("و") == "علي" and doc.tokens[f.last].norm.endswith(
                    ("ه", "ها", "هم")
                ):
                    at[f.last] = _Word("according", norm(e.lemma), f.reading.pos, f.last, True)  # type: ignore[attr-defined]
                    continue
            apart = f.last > f.first + 1 and (e.kind == "relay" or "s" in e.frame)  # type: ignore[attr-defined]
            last = f.first if apart else f.last
            at[f.first] = _Word(e.kind, norm(e.lemma), f.reading.pos, last, False)  # type: ignore[attr-defined]
            for j in range(f.first + 1, f.last + 1):
                at.pop(j, None)
    for t in triggers:
        i = t.candidate.i
        if t.type in SPEECH_ACTS and i not in at:
            r = t.candidate.readings[0]
            pos = "verb" if r.pos == "verb" or verbal(doc, i) else r.pos
            at[i] = _Word("act", t.type, pos, i, bool(t.candidate.pronoun))
    return at


def _word(doc: Doc, i: int, speech: tuple[SpeechReading, ...], particles: str, pronoun: str) -> _Word | None:
    """Whether a form of a word of saying tells here, and as what."""
    if i and doc.sent[i - 1] == doc.sent[i] and doc.tokens[i - 1].norm.lstrip("وف") in ("لم", "لن", "لا"):
        return None
    poses = {r.pos for r in speech}
    if "verb" in poses and _finite(doc, i):
        r = next(x for x in speech if x.pos == "verb")
        lemma = norm(r.entry.lemma)
        passive = all(x.voice == "passive" for x in speech if x.pos == "verb")
        attributive = _attributive(doc, i)
        if lemma in _WEAK and not attributive and not _told_soon(doc, i, particles):
            shows = lemma == "نقل" and _relays(doc, i) or lemma in ("نشر", "بث") and _near(doc, i, _FOOTAGE)
            if not shows:
                return None
        kind = r.entry.kind
        if attributive and kind != "relay":
            kind = "according"
        return _Word("learn" if passive and kind != "relay" else kind, lemma, "verb", i, False)
    for r in speech:
        if r.pos == "verb":
            continue
        lemma = norm(r.entry.lemma)
        if r.pos == "participle_active" and particles.strip("و") == "" and _adverbial(doc, i):
            return _Word(r.entry.kind, lemma, r.pos, i, False)
        if r.pos not in ("masdar", "noun"):
            continue
        if pronoun and i and doc.tokens[i - 1].norm.lstrip("و") in ("وفق", "بحسب", "حسب"):
            return _Word("according", lemma, r.pos, i, True)
        if r.entry.kind in ("medium", "according") or lemma in _NOUNS:
            return _Word(r.entry.kind, lemma, r.pos, i, bool(pronoun))
    return None


def _told_soon(doc: Doc, i: int, particles: str) -> bool:
    """Whether told words follow a verb that tells only with them, no other verb between."""
    told = _that(doc, i)[1]
    if told < 0 or told - i > 14 or "ل" in particles:
        return False
    return not any(is_clause_verb(doc, j) for j in range(i + 1, told))


def _attributive(doc: Doc, i: int) -> bool:
    """Whether a verb of saying stands in حسبما ذكر, وفق ما أعلن, or كما قال behind what is told."""
    form = doc.tokens[i - 1].norm if i else ""
    if form == "كما":
        return i - 1 > doc.sentences[doc.sent[i]].first and not _that(doc, i)[0]
    return form in _ACCORDING


def _adverbial(doc: Doc, i: int) -> bool:
    """Whether a participle is an adverb of the saying before it (مشيراً, مضيفة أن) and no adjective or noun (مزيد)."""
    t = doc.tokens[i]
    if t.norm.endswith("ا"):
        return True
    if not t.norm.endswith(("ه", "ين")):
        return False
    b = doc.tokens[i - 1] if i else None
    return b is not None and (
        b.kind == "punct" or t.norm.startswith("و") or t.text.endswith(("ةً", "ًة")) or bool(_that(doc, i)[0])
    )


def _finite(doc: Doc, i: int) -> bool:
    """Whether a word that looks like a verb of saying is one here, and no preposition or noun (بين، علم)."""
    form = doc.tokens[i].norm.lstrip("وف")
    if form in PREPOSITIONS or form.startswith("بين") and form[3:] in ("ه", "ها", "هم", "هما", "نا", "هن"):
        return False
    w = doc.words[i]
    assert w is not None
    return all(r.pos == "verb" for r in w.speech) or verbal(doc, i) or bool(w.particles.strip("و"))


def _near(doc: Doc, i: int, forms: frozenset[str]) -> bool:
    """Whether one of the forms follows soon in the sentence."""
    s = doc.sentences[doc.sent[i]]
    return any(doc.tokens[j].norm in forms for j in range(i + 1, min(s.last, i + 12) + 1))


def _relays(doc: Doc, i: int) -> bool:
    """Whether عن follows soon after نقل."""
    return _near(doc, i, _OF)


def _that(doc: Doc, last: int) -> tuple[str, int]:
    """What opens the told words after a word of saying (أن, a colon or a quotation; empty when nothing does), and where."""
    s = doc.sentences[doc.sent[last]]
    for j in range(last + 1, min(s.last, last + 30) + 1):
        t = doc.tokens[j]
        if t.norm in COMPLEMENTS:
            return "that", j
        if t.text == ":":
            return "colon", j
        if t.text in '"«“' and j + 1 < len(doc.quote) and doc.quote[j + 1] >= 0 and doc.quote[j + 1] != doc.quote[last]:
            return "quote", j
        w = doc.words[j]
        if w is not None and w.cls == "S" and j > last + 1 and doc.actor_at[j] < 0 and verbal(doc, j):
            break
    return "", -1


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


def _region(doc: Doc, word: _Word, told: int) -> _Region:
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
            elif not prep or according and not out.speakers and loose <= 1:
                if not out.speakers and not closed and (loose <= 1 or comma):
                    out.speakers.append(k)
                    out.loose = loose
                    out.late = comma
                closed = True
            elif prep in _INSIDE and loose and not out.speakers:
                tied.append(k)
            j = m.last + 1
            continue
        w = doc.words[j]
        if t.norm in _CORRESPONDENT or t.norm.startswith("مراسل") and t.norm != "مراسلون":
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
        elif (
            t.norm in _TOPIC
            and not according
            and j + 1 <= s.last
            and doc.actor_at[j + 1] < 0
            and not (relay and t.norm == "عن")
        ):
            out.told = j if out.told < 0 else out.told
            break
        elif w is not None and w.cls == "E" and not according and doc.place_at[j] < 0 and not verbal(doc, j):
            out.told = j if out.told < 0 else out.told
            break
        elif is_clause_verb(doc, j) and t.norm not in ADVERBS:
            if not according or out.speakers:
                break
        elif t.norm not in PREPOSITIONS and t.norm not in ADVERBS and t.norm not in PARTICLES and doc.date_at[j] < 0:
            if doc.place_at[j] < 0 and t.kind == "word":
                out.names.append(t.norm)
                loose += not out.speakers
        j += 1
    if not out.speakers and tied and word.kind != "act":
        out.speakers.append(tied[0])
    return out


def _telling(doc: Doc, i: int, word: _Word, past: list[Telling]) -> Telling | None:
    """The telling of a word, its narrators found right of it, left of it, or among the tellings before."""
    kind, last = word.kind, word.last
    verb = word.pos == "verb"
    that, told = _that(doc, last)
    if kind == "learn" and doc.tokens[last].norm in COMPLEMENTS:
        return Telling(i, kind, word.lemma, word.pos, (), False, False, "that", doc.sent[i], told=last, outlet=True)
    region = _region(doc, word, told)
    told = region.told
    own = [x for x in past if x.sentence == doc.sent[i]]
    gender = _gender(doc, i) if verb or word.pos == "participle_active" else ""
    nested = any(x.told >= 0 and x.told < i and _open(doc, x, i) for x in own)
    make = Telling(
        i, kind, word.lemma, word.pos, (), False, False, that, doc.sent[i], False, last, told, False, gender, nested
    )
    narrators = [] if word.pronoun else list(region.speakers)
    if region.loose and region.names and kind != "according":
        narrators = _by_name(doc, region.names[:1], past) or narrators
    if verb and narrators and (region.loose or region.late) and kind not in ("according", "learn"):
        adjacent = _adjacent(doc, i)
        if adjacent is not None:
            narrators = [adjacent]
            make.before = True
    if kind == "relay" and doc.tokens[last].norm in ("عن", "لسان") and not region.inner:
        if doc.tokens[i].norm.lstrip("وف") in ("نقلا", "ناقلا", "ناقله", "علي"):
            region.inner, narrators = region.speakers[:1], []
            narrators = []
    if verb and not narrators and _correspondent_before(doc, i):
        make.outlet = True
        return make
    if region.correspondent and all(_own(doc, k) or doc.actors[k].kind != "media" for k in narrators):
        make.outlet = True
        return make
    if verb and not narrators and doc.tokens[i].norm.lstrip("و") in _IMPERSONAL:
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
        if not narrators and verb and region.names:
            narrators = _by_name(doc, region.names, past)
        if not narrators and not (verb and _opens_with_and(doc, i)) and kind != "learn":
            narrators = _left(doc, i, verb)
            make.before = bool(narrators)
    outer = [k for k in region.spoken_to if not _own(doc, k)][:1]
    if region.inner and kind in ("relay", "say", "according"):
        narrators = [*narrators[:1], region.inner[0]]
    if any(_own(doc, k) for k in narrators[-1:]) or kind == "learn" and not narrators:
        make.outlet = True
        return make
    if not narrators and kind in ("medium", "according"):
        return None
    if not narrators:
        make.hidden = True
        y = _last(doc, past, gender, i)
        if y is not None:
            if y.outlet:
                make.outlet = True
                return make
            narrators = list(y.narrators)
            if len(narrators) > 1 and gender and y.gender == gender and kind != "act" and y.kind == "relay":
                narrators = narrators[:1]
            make.carried = True
    elif region.pronoun and kind == "relay":
        y = _last(doc, past, "", i)
        if y is not None and y.narrators and y.narrators[-1] not in narrators:
            narrators = [*narrators[:1], y.narrators[-1]]
    if outer and outer[0] not in narrators:
        narrators = [outer[0], *narrators]
    make.narrators = tuple(narrators)
    make.names = tuple(region.names)
    return make


def _correspondent_before(doc: Doc, i: int) -> bool:
    """Whether the outlet's correspondent is the subject before a verb (وكان مراسل القناة في بيروت قد أفاد)."""
    s = doc.sentences[doc.sent[i]]
    for j in range(i - 1, max(s.first, i - 12) - 1, -1):
        t = doc.tokens[j]
        if (
            t.norm in COMPLEMENTS
            or t.norm in RELATIVES
            or t.text in ".؛:"
            or doc.words[j] is not None
            and is_clause_verb(doc, j)
            and t.norm not in ADVERBS
        ):
            return False
        k = doc.actor_at[j]
        if k >= 0 and doc.actors[k].id.startswith("MEDIA:"):
            return _own(doc, k)
        if t.norm in _CORRESPONDENT or t.norm.startswith("مراسل") and t.norm != "مراسلون":
            return not any(
                doc.actor_at[x] >= 0
                and doc.actors[doc.actor_at[x]].id.startswith("MEDIA:")
                and not _own(doc, doc.actor_at[x])
                for x in range(j + 1, i)
            )
    return False


def _by_name(doc: Doc, names: list[str], past: list[Telling]) -> list[int]:
    """The narrator whose name was told with an earlier telling (قال قائد الكتيبة العميد روي الكبيتس ... أكد الكبيتس)."""
    for x in reversed(past):
        if x.names and x.narrators and names[-1] in x.names:
            return [x.narrators[-1]]
    return []


def _own(doc: Doc, k: int) -> bool:
    """Whether a mention is the outlet itself."""
    m = doc.actors[k]
    outlet = "".join(c for c in (doc.report.outlet or "").casefold() if c.isalnum())
    if not m.id.startswith("MEDIA:") or not outlet:
        return False
    name = "".join(c for c in m.id.partition(":")[2].casefold() if c.isalnum()).removeprefix("al")
    short = outlet.removeprefix("al")
    if len(outlet) > 5 and name.endswith(outlet[-5:]):
        return True
    return bool(name) and (name == short or len(name) > 3 and name in outlet or len(short) > 3 and short in name)


def _gender(doc: Doc, i: int) -> str:
    """m, f or p: the form of a verb or participle."""
    form = doc.tokens[i].norm.lstrip("وف")
    if form.endswith(("وا", "ون", "ين")):
        return "p"
    return (
        "f"
        if form.endswith(("ت", "ه")) or form.startswith("ت") and not form.startswith(("تابع", "تحدث", "توقع"))
        else "m"
    )


def _open(doc: Doc, x: Telling, i: int) -> bool:
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
        if t.kind != "punct" and t.norm not in ADVERBS and doc.date_at[j] < 0 or t.text in ".؛:":
            return None
    return None


def _first_subject(doc: Doc, i: int) -> list[int]:
    """The subject of the first verb of the sentence, whom a participle further on goes on with (علّق المصدر ... قائلاً)."""
    for j in range(doc.sentences[doc.sent[i]].first, i):
        if is_clause_verb(doc, j) and doc.tokens[j].norm not in ADVERBS:
            return [x.mention for x in subject(doc, j)][:1]
    return []


def _left(doc: Doc, i: int, verb: bool) -> list[int]:
    """The narrator left of the word."""
    left = before(doc, i)
    found = [
        x.mention
        for x in left
        if x.name in ("before", "antecedent", "before-over", "over-verb", "control") or x.name.startswith("shared-")
    ]
    if not found and left:
        found = [left[0].mention]
    return sorted(found)


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


def _last(doc: Doc, past: list[Telling], gender: str, i: int) -> Telling | None:
    """The telling whose narrator a verb without a subject goes on with."""
    near = [x for x in past if x.narrators or x.outlet]
    strong = [
        x
        for x in near
        if x.kind not in ("act", "medium")
        and (x.that or x.kind in ("according", "announce") or x.outlet)
        and x.pos != "masdar"
    ]
    pool = strong or [x for x in near if x.kind != "medium"]
    for x in reversed(pool[-4:]):
        if not x.nested and _agrees(x, gender):
            return x
    for x in reversed(pool[-4:]):
        if _agrees(x, gender):
            return x
    return pool[-1] if pool else None


_OUTLET_AGAIN = frozenset(
    "وكان وكانت وكانوا كان كانت يذكر ويذكر يشار ويشار يأتي ياتي وياتي وتاتي تاتي وجاء جاء".split()
)
_GOES_ON = frozenset(
    "وان وانه وانها لان لانه لانها حيث اذ فيما بينما كما كذلك ايضا لكن ولكن الا مما ما وهو وهي وهم".split()
)


def _opener(doc: Doc, si: int) -> str:
    """How a sentence opens: with words by which the outlet speaks again, words that go on, a date, a verb, a quotation."""
    s = doc.sentences[si]
    t = doc.tokens[s.first]
    if t.text in '"«“':
        return "quote"
    if t.norm in _OUTLET_AGAIN:
        return "again"
    if t.norm in _GOES_ON:
        return "goes-on"
    if doc.date_at[s.first] >= 0 or s.first < s.last and t.norm in ("في", "وفي") and doc.date_at[s.first + 1] >= 0:
        return "date"
    return ("and-" if t.norm.startswith("و") else "") + word_class(doc, s.first)


def _line(doc: Doc, a: int, b: int) -> bool:
    """Whether a line break lies between two tokens."""
    return "\n" in doc.report.body[doc.tokens[a].start : doc.tokens[b].start]


def _owner(doc: Doc, i: int, found: list[Telling]) -> Telling | None:
    """The telling whose quotation an act stands in: one that opens it, or one right behind it."""
    k = doc.quote[i]
    if k < 0:
        return None
    q = doc.quotes[k]
    best = None
    for x in found:
        if x.i > q.last + 4:
            break
        if x.i > q.last:
            return best or (x if x.pos == "verb" or x.kind == "according" else None)
        if x.i < q.first and (x.told >= 0 and x.told <= q.first or q.first - x.i < 12):
            if doc.sent[q.first] - x.sentence <= (1 if x.that == "colon" else 0):
                best = x
    return best


def governing(doc: Doc, i: int, own: list[Telling]) -> Telling | None:
    """The telling that grammar gives an act: the last whose told words have begun before it and still run; else a
    بحسب or a verb without told words of its own behind it."""
    left: Telling | None = None
    for x in own:
        if x.i >= i:
            break
        if x.kind == "medium" or x.outlet and x.told < 0:
            continue
        if x.told >= 0:
            if x.told <= i and _open(doc, x, i):
                left = x
        elif x.kind in ("announce", "according", "relay", "claim", "learn") or x.pos == "verb" and x.kind != "act":
            left = x
    if left is not None and (left.told >= 0 or left.kind in ("according", "relay")):
        return left
    for x in own:
        if x.i > i and (x.kind in ("according", "relay") or x.pos == "verb" and x.kind == "say" and not x.that):
            if not any(i < y.i < x.i and y.that and not y.outlet for y in own):
                return x
            break
    return left


def options(doc: Doc, t: Trigger, found: list[Telling]) -> tuple[list[Telling | None], list[list[str]]]:
    """The tellings that may stand behind an act (None first: the outlet itself), with their features."""
    i = t.candidate.i
    si = doc.sent[i]
    s = doc.sentences[si]
    here = [x for x in found if x.sentence == si and x.i != i]
    own = [x for x in here if x.narrators]
    past = [x for x in found if x.sentence < si and (x.narrators or x.outlet)]
    rule = governing(doc, i, [x for x in here if x.narrators or x.outlet])
    owner = _owner(doc, i, [x for x in found if (x.narrators or x.outlet) and si - x.sentence <= 12])
    poses = sorted({r.pos[:3] for r in t.candidate.readings})
    quoted = doc.quote[i] >= 0
    opener = _opener(doc, si)
    speech = "speech-act" if t.type in SPEECH_ACTS else "act"
    r = "none" if rule is None else "outlet" if rule.outlet else f"{'<' if rule.i < i else '>'}{rule.kind}/{rule.that}"
    o = "none" if owner is None else "outlet" if owner.outlet else "own" if owner.sentence == si else "before"
    ahead = _lasting(past, doc, i, owner)
    base = [
        "none:type=" + t.type, f"none:quoted={quoted}/{o}", f"none:{speech}/own={min(len(own), 2)}", f"none:rule={r}",
        f"none:{speech}/rule={r}", f"none:opener={opener}", f"none:opener={opener}/own={bool(own)}",
        f"none:first={si == 0}", "none:carry=" + ("yes" if ahead else "no"),
    ]  # fmt: skip
    choice: list[Telling | None] = [None]
    features: list[list[str]] = [base]
    for x in own:
        features.append([*_features(doc, t, x, own, poses), *_ruled(x, rule, owner, speech, i)])
        choice.append(x)
    for rank, x in enumerate(ahead):
        gap = min(si - x.sentence, _LASTS)
        line = _line(doc, x.i, s.first)
        p = f"carry{rank}"
        rest = sum(1 for y in past if x.sentence < y.sentence and not y.outlet and y.narrators)
        reset = "outlet" if past and past[-1].outlet else "last" if past and past[-1] is x else "over"
        features.append([
            p, f"{p}/gap={gap}/line={line}", f"{p}/own={min(len(own), 2)}", f"{p}/kind={x.kind}/{x.that}",
            f"{p}/type={t.type}", f"{p}/opener={opener}", f"{p}/opener={opener}/line={line}",
            f"{p}/n={sector(doc.actors[x.narrators[-1]].id)}", f"{p}/first={i - s.first < 4}", f"{p}/reset={reset}/{min(rest, 2)}",
            f"carry/kind={x.kind}/{gap}", f"carry/lemma={x.lemma}", f"{p}/carried={x.carried}/pos={x.pos[:4]}",
            f"carry/rule={r}", f"carry/{speech}/rule={r}", f"carry/owner={x is owner}/quoted={quoted}",
            f"carry/owner={x is owner}/{p}", f"carry/nested={x.nested}", f"carry/start={x.sentence == 0}/{gap}",
        ])  # fmt: skip
        choice.append(x)
    return choice, features


def _lasting(past: list[Telling], doc: Doc, i: int, owner: Telling | None) -> list[Telling]:
    """Tellings of earlier sentences that may still last, the likeliest first, one for each narrator, three at most."""
    si = doc.sent[i]
    out: list[Telling] = []
    seen: set[str] = set()
    if owner is not None and owner.sentence < si and owner.narrators:
        out.append(owner)
        seen.add(doc.actors[owner.narrators[-1]].id)
    for x in reversed(past):
        if si - x.sentence > _LASTS or len(out) == 3:
            break
        if not x.narrators:
            continue
        ident = doc.actors[x.narrators[-1]].id
        if ident in seen:
            continue
        seen.add(ident)
        out.append(x)
    return out


def _ruled(x: Telling, rule: Telling | None, owner: Telling | None, speech: str, i: int) -> list[str]:
    """What grammar and quotation marks say of an own telling."""
    d = ">" if i > x.i else "<"
    return [
        f"rule={x is rule}{d}{x.kind}/{x.that}", f"rule={x is rule}{d}{speech}", f"rule={x is rule}{d}{x.pos[:4]}/{x.nested}",
        f"owner={x is owner}/{owner is not None}{d}", f"nested={x.nested}{d}{x.kind}",
    ]  # fmt: skip


def _features(doc: Doc, t: Trigger, x: Telling, own: list[Telling], poses: list[str]) -> list[str]:
    i = t.candidate.i
    after_ = i > x.i
    side = ">" if after_ else "<"
    lo, hi = (x.i, i) if after_ else (i, x.i)
    d = bucket(doc.chunk[hi] - doc.chunk[lo] - 1)
    n = doc.actors[x.narrators[-1]]
    between = [y for y in own if lo < y.i < hi]
    commas = sum(1 for j in range(lo + 1, hi) if doc.tokens[j].text in "،,")
    thats = sum(1 for j in range(lo + 1, hi) if doc.tokens[j].norm in COMPLEMENTS)
    acts = sum(1 for j in range(lo + 1, hi) if (w := doc.words[j]) is not None and w.cls == "E")
    same_quote = doc.quote[i] >= 0 and x.that in ("quote", "colon", "that")
    f = [
        f"tell={side}{x.kind}", f"tell={side}{x.kind}/{x.pos[:4]}", f"tell={side}{x.lemma}", f"tell={side}{x.kind}/{x.that}",
        f"d={side}{d}/{x.kind}", f"between={side}{min(len(between), 2)}", f"commas={side}{min(commas, 3)}/{x.kind}",
        f"that={side}{min(thats, 2)}/{x.kind}", f"acts={side}{min(acts, 3)}", f"type={side}{t.type}/{x.kind}",
        f"hidden={x.carried}{side}", f"n={sector(n.id)}{side}", f"nkind={n.kind}{side}", f"before={x.before}{side}",
        f"clause={doc.clause[i] == doc.clause[x.i]}{side}", f"quoted={same_quote}{side}",
        f"first={x is own[0]}{side}", f"last={x is own[-1]}{side}", "pos=" + side + "+".join(poses) + "/" + x.kind,
        f"prep={side}{t.candidate.particles.replace('ال', '')}/{x.kind}", f"ncount={len(own)}",
    ]  # fmt: skip
    s = doc.sentences[doc.sent[i]]
    head = x.i <= s.first + 1 or (x.i <= s.first + 3 and doc.tokens[s.first].norm in ("كان", "وكان", "كانت", "وكانت"))
    main = f"{side}{x.pos[:4]}/{'head' if head else 'mid'}/{x.that}"
    f.extend((f"main={main}", f"main={main}/{x.kind}", f"main={main}/b{min(len(between), 1)}"))
    says = [y for y in between if y.kind != "act"]
    f.append(f"says-between={side}{min(len(says), 2)}/{x.kind}")
    if doc.quote[i] >= 0 and doc.quote[x.i] < 0:
        q = doc.quotes[doc.quote[i]]
        gap = q.first - x.i
        f.append(f"own-quote={side}{x.kind}/{'near' if 0 < gap < 12 else 'far'}")
    last_comma = max((j for j in range(lo, hi) if doc.tokens[j].text in "،,"), default=-1)
    if last_comma >= 0 and after_:
        nxt = doc.tokens[last_comma + 1].norm if last_comma + 1 < len(doc.tokens) else ""
        f.append(f"comma-next={nxt[:8]}/{x.kind}")
    if not between:
        f.append(f"nearest{side}{x.kind}")
    if t.type in SPEECH_ACTS:
        f.append(f"speech-act{side}{x.kind}")
    k = doc.actor_at[i]
    if k >= 0 and k in x.narrators:
        f.append("inside-narrator")
    g = i - 1
    if g >= 0 and doc.actor_at[g] in x.narrators:
        f.append("right-after-narrator")
    return f


def parent(doc: Doc, x: Telling, found: list[Telling]) -> Telling | None:
    """The telling in whose speech another telling stands: an earlier one of its sentence with أن, a colon or a quote."""
    best: Telling | None = None
    own = doc.actors[x.narrators[-1]].id if x.narrators else ""
    for y in found:
        if y is x or y.sentence != x.sentence or not y.narrators or y.i >= x.i or x.carried:
            continue
        if doc.actors[y.narrators[-1]].id == own or set(y.narrators) & set(x.narrators):
            continue
        if y.kind != "act" and (y.that or y.kind in ("relay", "according")):
            best = y
    return best


def likeliest(doc: Doc, choice: list[Telling | None], chances: list[float]) -> Telling | None:
    """The telling to take: tellings of one narrator stand together against the others and the outlet."""
    sums: dict[str, float] = {}
    for x, c in zip(choice, chances, strict=True):
        ident = doc.actors[x.narrators[-1]].id if x is not None else ""
        sums[ident] = sums.get(ident, 0.0) + c
    top = max(sums, key=lambda k: sums[k])
    fit = [k for k, x in enumerate(choice) if (doc.actors[x.narrators[-1]].id if x is not None else "") == top]
    return choice[max(fit, key=lambda k: chances[k])]
