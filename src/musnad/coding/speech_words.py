"""Which words of a report tell: verbs, masdars and participles of saying, expressions, and acts that are speech.

Many words of saying are other words as well (شهدت المدينة، نقل الجرحى، مزيد من). A verb of that kind tells only when
told words follow, a participle only as an adverb of the saying before it, a negated verb never.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.arabic.letters import norm
from musnad.arabic.wordlists import words
from musnad.codebook.entries import Frame, SpeechReading
from musnad.coding.document import COMPLEMENTS, PREPOSITIONS, Doc
from musnad.coding.grammar import is_clause_verb, verbal
from musnad.coding.triggers import Trigger

SPEECH_ACTS = frozenset(["THREATEN", "ACCUSE", "REJECT", "REQUEST", "AGREE", "SUPPORT"])
_NOUNS = frozenset(["قال", "صرح", "اعلن", "اكد", "نقل", "زعم", "افاد", "ذكر", "ادعي"])
"""Verbs whose masdars tell as well (قوله، تصريحه، إعلانه)."""
_WEAK = words(
    "شهد زاد حدث علم راي سجل رصد اظهر صور قدر ورد تردد تابع نقل كرر وثق نشر بث وصف علق رد ختم عبر قرا تلا كتب ابدي"
    " اعتبر اشتبه بلغ ابلغ اتبع عقب افترض خاطب تلقي اطلع سمع جزم رجح توقع اعترف اقر ابان فصل دون لاحظ احصي"
)
"""Verbs that tell only when told words follow; else they are other acts (شهدت المدينة، نقل الجرحى)."""
_ACCORDING = frozenset(["حسبما", "وفقما", "مثلما"])
_MEASURE = words("بحسب حسب وفق فق وفقا فقا طبقا علي تبعا")
"""Words before ما that make the verb behind it attributive (بحسب ما ذكر)."""
_OF = words("عن قول قوله قولها عنه عنها عنهم")
_FOOTAGE = words("مشاهد شريط شريطا تسجيل تسجيلا مقطع مقطعا فيديو صور صورا بيانا خبرا الخبر مقاطع")
"""What is published to show an act (نشر مشاهد، بث شريطاً)."""
_SOON, _FAR = 14, 30


@dataclass(frozen=True, slots=True)
class Word:
    """A word of telling before its narrator is known: its entry, its part of speech and its last token."""

    kind: str
    lemma: str
    pos: str
    last: int
    pronoun: bool


def words_of_telling(doc: Doc, triggers: list[Trigger]) -> dict[int, Word]:
    """The words that tell, by their tokens: of the dictionary of speech, its expressions, and acts of speech."""
    at: dict[int, Word] = {}
    for i, w in enumerate(doc.words):
        if w is None or not w.speech or doc.sent[i] < 0 or doc.blocked[i]:
            continue
        if doc.actor_at[i] >= 0 or doc.place_at[i] >= 0:
            continue
        word = _word(doc, i, w.speech, w.particles, w.pronoun)
        if word is not None:
            at[i] = word
    for f in doc.speech_expr:
        if doc.sent[f.first] < 0 or doc.blocked[f.first] or doc.actor_at[f.first] >= 0:
            continue
        reading = f.reading
        e = reading.entry
        if e.kind == "according" and not e.frame and _by_pronoun(doc, f.first, f.last):
            at[f.last] = Word("according", norm(e.lemma), reading.pos, f.last, True)
            continue
        apart = f.last > f.first + 1 and (e.kind == "relay" or "s" in e.frame)
        at[f.first] = Word(
            e.kind, norm(e.lemma), reading.pos, f.first if apart else f.last, _pronoun(doc, f.first, e.frame)
        )
        for j in range(f.first + 1, f.last + 1):
            at.pop(j, None)
    for t in triggers:
        i = t.candidate.i
        if t.type in SPEECH_ACTS and i not in at:
            r = t.candidate.readings[0]
            pos = "verb" if r.pos == "verb" or verbal(doc, i) else r.pos
            at[i] = Word("act", t.type, pos, i, bool(t.candidate.pronoun))
    return at


def _pronoun(doc: Doc, first: int, frame: Frame) -> bool:
    """قوله إن, قولهم إن: an expression without slots whose narrator is a pronoun."""
    w = doc.words[first]
    return not frame and w is not None and bool(w.pronoun)


def _by_pronoun(doc: Doc, first: int, last: int) -> bool:
    """على حد قوله, على حد تعبيرها: the narrator is a pronoun."""
    return doc.tokens[first].norm.lstrip("و") == "علي" and doc.tokens[last].norm.endswith(("ه", "ها", "هم"))


def _word(doc: Doc, i: int, speech: tuple[SpeechReading, ...], particles: str, pronoun: str) -> Word | None:
    """Whether a form of a word of saying tells here, and as what."""
    if i and doc.sent[i - 1] == doc.sent[i] and doc.tokens[i - 1].norm.lstrip("وف") in ("لم", "لن", "لا"):
        return None
    poses = {r.pos for r in speech}
    if "ل" in particles and "verb" in poses:
        stem = doc.words[i].stem  # type: ignore[union-attr]
        poses = poses if stem.startswith(("ي", "ت")) and not stem.endswith("ت") else poses - {"verb"}
    if "verb" in poses and _finite(doc, i):
        r = next(x for x in speech if x.pos == "verb")
        lemma = norm(r.entry.lemma)
        passive = all(x.voice == "passive" for x in speech if x.pos == "verb")
        attributive = _attributive(doc, i)
        if lemma in _WEAK and not attributive and not _told_soon(doc, i, particles):
            shows = (lemma == "نقل" and _relays(doc, i)) or (lemma in ("نشر", "بث") and _near(doc, i, _FOOTAGE))
            if not shows:
                return None
        kind = r.entry.kind
        if attributive and kind != "relay":
            kind = "according"
        return Word("learn" if passive and kind != "relay" else kind, lemma, "verb", i, False)
    for r in speech:
        if r.pos == "verb":
            continue
        lemma = norm(r.entry.lemma)
        if r.pos == "participle_active" and particles.strip("و") == "" and _adverbial(doc, i):
            if lemma in _WEAK and not _told_soon(doc, i, particles):
                continue
            return Word(r.entry.kind, lemma, r.pos, i, False)
        if r.pos not in ("masdar", "noun"):
            continue
        if pronoun and i and doc.tokens[i - 1].norm.lstrip("و") in ("وفق", "بحسب", "حسب"):
            return Word("according", lemma, r.pos, i, True)
        if r.entry.kind in ("medium", "according") or lemma in _NOUNS:
            return Word(r.entry.kind, lemma, r.pos, i, bool(pronoun))
    return None


def _told_soon(doc: Doc, i: int, particles: str) -> bool:
    """Whether told words follow a verb that tells only with them, no other verb between."""
    told = told_words(doc, i)[1]
    if told < 0 or told - i > _SOON or "ل" in particles:
        return False
    return not any(is_clause_verb(doc, j) for j in range(i + 1, told))


def _attributive(doc: Doc, i: int) -> bool:
    """Whether a verb of saying stands in حسبما ذكر, وفق ما أعلن, or كما قال behind what is told."""
    form = doc.tokens[i - 1].norm if i else ""
    if form == "كما":
        return i - 1 > doc.sentences[doc.sent[i]].first and not told_words(doc, i)[0]
    if form in ("ما", "لما"):
        return i > 1 and doc.tokens[i - 2].norm.lstrip("و") in _MEASURE
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
        b.kind == "punct" or t.norm.startswith("و") or t.text.endswith(("ةً", "ًة")) or bool(told_words(doc, i)[0])
    )


def _finite(doc: Doc, i: int) -> bool:
    """Whether a word that looks like a verb of saying is one here, and no preposition or noun (بين، علم)."""
    form = doc.tokens[i].norm.lstrip("وف")
    if form in PREPOSITIONS or (form.startswith("بين") and form[3:] in ("ه", "ها", "هم", "هما", "نا", "هن")):
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


def told_words(doc: Doc, last: int) -> tuple[str, int]:
    """What opens the told words after a word of saying (أن, a colon, a quotation; else empty), and where."""
    s = doc.sentences[doc.sent[last]]
    for j in range(last + 1, min(s.last, last + _FAR) + 1):
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
