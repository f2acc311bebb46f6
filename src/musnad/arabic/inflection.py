"""From a lemma to every form in which it is written: verbs with their masdars and participles, nouns, nisba adjectives.

Reports are written without vowels, but the spelling of hamza and of the weak letters follows from them. So a verb is
first built with its vowels, from root and pattern, and only then spelled (`spelling.py`). A dictionary that lists one
lemma a line thereby knows the hundred and fifty ways in which a report may write it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from musnad.arabic.letters import norm
from musnad.arabic.nouns import nominal_endings, noun_forms
from musnad.arabic.spelling import spell
from musnad.arabic.verbs import Verb, default_masdars

Pos = Literal["verb", "masdar", "participle_active", "participle_passive", "noun", "adj"]


class Form(NamedTuple):
    """One written form, in normal form, and what it says. Fields that do not apply are empty (person: 0)."""

    text: str
    pos: Pos
    tense: str = ""  # past, present, jussive (also the subjunctive plural), imperative
    voice: str = ""  # active, passive
    person: int = 0
    number: str = ""  # sg, du, pl
    gender: str = ""  # m, f; empty where the form serves both


# suffix of the past tense -> (person, number, gender); the first five begin with a vowel
_PAST = (
    ("3ms", 3, "sg", "m"), ("3fs", 3, "sg", "f"), ("3md", 3, "du", "m"), ("3fd", 3, "du", "f"), ("3mp", 3, "pl", "m"),
    ("3fp", 3, "pl", "f"), ("2s", 2, "sg", ""), ("2d", 2, "du", ""), ("2mp", 2, "pl", "m"), ("2fp", 2, "pl", "f"),
    ("1s", 1, "sg", ""), ("1p", 1, "pl", ""),
)  # fmt: skip
# person, prefix, ending -> (person, number, gender)
_PRESENT = (
    ("ي", "zero", 3, "sg", "m"), ("ت", "zero", 3, "sg", "f"), ("ي", "dual", 3, "du", "m"), ("ت", "dual", 3, "du", "f"),
    ("ي", "mp", 3, "pl", "m"), ("ي", "fp", 3, "pl", "f"), ("ت", "zero", 2, "sg", "m"), ("ت", "2fs", 2, "sg", "f"),
    ("ت", "dual", 2, "du", ""), ("ت", "mp", 2, "pl", "m"), ("ت", "fp", 2, "pl", "f"),
    ("ء", "zero", 1, "sg", ""), ("ن", "zero", 1, "pl", ""),
)  # fmt: skip
_IMPERATIVE = (("zero", "sg", "m"), ("2fs", "sg", "f"), ("dual", "du", ""), ("mp", "pl", "m"), ("fp", "pl", "f"))


def conjugate(root: str, form: str, masdars: Sequence[str] = (), plurals: Sequence[str] = ()) -> list[Form]:
    """All forms of the verb with this root (ق-ص-ف or قصف) and pattern (I .. X, Q1, Q2, Q4; I:a, I:i, I:u with the vowel
    of the present, I:ia with that of the past before it), its masdars with their plurals, and its participles.

    A masdar that is listed wins over the regular one only where the pattern leaves a choice (form I; استجواب beside
    استجابة); the regular masdars of the derived forms are always there. `plurals` are those of the listed masdars.
    """
    return _unique(_conjugate(root, form, tuple(masdars), tuple(plurals)))


def inflect_noun(lemma: str, plurals: Sequence[str] = (), pos: Pos = "noun") -> list[Form]:
    """All forms of a noun in the singular as written (غارة) with its plurals (غارات): tanwin, duals, constructs.

    A plural in ون gives its other cases; a noun in ة without a listed plural gets its regular one.
    """
    return _unique(_nominal(noun_forms(lemma, plurals), pos))


def inflect_adjective(lemma: str, plurals: Sequence[str] = ()) -> list[Form]:
    """All forms of an adjective or noun of agent given in the masculine (مسلح, تركي), with the feminine."""
    return _unique(_adjective(lemma, plurals, "adj"))


def nisba(base: str, plurals: Sequence[str] = ()) -> list[Form]:
    """All forms of the adjective made from a name: روسيا gives روسي, روسية, روسيون ...; `plurals` adds الروس.

    A base that already ends in ي is taken for the adjective itself.
    """
    own = norm(base)
    return _unique(f for f in _adjective(nisba_lemma(base), plurals, "adj") if f.text != own or own.endswith("ي"))


def nisba_lemma(base: str) -> str:
    """The nisba adjective of a name in the masculine singular: تركيا gives تركي, الموصل gives موصلي."""
    name = norm(base)
    if name.startswith("ال") and len(name) > 4:
        name = name[2:]
    for ending in ("يه", "يا", "ه", "ا", "ي"):
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)] + "ي"
    return name + "ي"


def free_forms(stem: str) -> tuple[str, ...]:
    """What a stem that stands before a pronoun is when it stands alone, likeliest first: سيطرت(هم) is سيطره (سيطرة).

    ة opens to ت, ى to ا, وا loses its alif, final hamza takes a seat; all other stems stay as they are.
    """
    last = stem[-1:]
    if last == "ت":
        return (stem, stem[:-1] + "ه")
    if last == "ا":
        return (stem, stem[:-1] + "ي")
    if last == "و":
        return (stem, stem + "ا") if not stem.endswith("تمو") else (stem[:-1], stem + "ا")
    if last in "ئؤ" and stem[-2:-1] in "اوي":
        return (stem[:-1] + "ء", stem)
    return (stem,)


def before_pronoun(form: str) -> tuple[str, ...]:
    """The shapes that a written form (ordinary spelling) may take before a pronoun, in normal form: غارة gives غارت."""
    text = norm(form)
    if form.endswith("ة"):
        return (text[:-1] + "ت",)
    if form.endswith("ى"):
        return (text[:-1] + "ا",)
    if text.endswith("وا"):
        return (text[:-1],)
    if text.endswith("اء"):
        return (text, text[:-1] + "ئ", text[:-1] + "ؤ")
    return (text,)


def _unique(forms: Iterable[Form]) -> list[Form]:
    return list(dict.fromkeys(forms))


def _conjugate(root: str, form: str, masdars: tuple[str, ...], plurals: tuple[str, ...]) -> Iterator[Form]:
    verb = Verb.of(root, form, masdars)
    for voice in ("active", "passive"):
        past = verb.past(voice)
        for key, person, number, gender in _PAST:
            for text in spell(past[key]):
                yield Form(text, "verb", "past", voice, person, number, gender)
        indicative, jussive = verb.present(voice), verb.jussive(voice)
        for prefix, ending, person, number, gender in _PRESENT:
            texts = [t for s in indicative[ending] for t in spell(prefix + s)]
            for text in texts:
                yield Form(text, "verb", "present", voice, person, number, gender)
            for text in (t for s in jussive[ending] for t in spell(prefix + s)):
                if text not in texts:
                    yield Form(text, "verb", "jussive", voice, person, number, gender)
    imperative = verb.imperative()
    for ending, number, gender in _IMPERATIVE:
        for text in (t for s in imperative[ending] for t in spell(s)):
            yield Form(text, "verb", "imperative", "active", 2, number, gender)
    for pos, stem in verb.participles():
        for written, number, gender in nominal_endings(stem):
            for text in spell(written):
                yield Form(text, pos, "", "active" if pos == "participle_active" else "passive", 0, number, gender)
    listed = {norm(m) for m in masdars}
    for masdar in masdars:
        yield from _nominal(noun_forms(masdar, plurals if masdar == masdars[0] else ()), "masdar")
    for masdar in default_masdars(verb):
        if norm(masdar) not in listed:
            yield from _nominal(noun_forms(masdar, ()), "masdar")
        if not masdar.endswith("ة"):
            yield Form(_sound_plural(masdar), "masdar", number="pl", gender="f")


def _sound_plural(masdar: str) -> str:
    """The plural in ات of a masdar of a derived form: تفجير gives تفجيرات, اعتداء gives اعتداءات, تحد gives تحديات."""
    text = norm(masdar)
    return text[:-1] + "يات" if masdar.endswith("ٍ") and text.endswith("ي") else text + "ات"


def _nominal(forms: Iterable[tuple[str, str, str]], pos: Pos) -> Iterator[Form]:
    for text, number, gender in forms:
        yield Form(text, pos, number=number, gender=gender)


def _adjective(lemma: str, plurals: Sequence[str], pos: Pos) -> Iterator[Form]:
    yield from _nominal(noun_forms(lemma, plurals), pos)
    base = norm(lemma)
    if base.endswith("ه"):
        return
    for suffix in ("ون", "ين", "و", "ي"):
        yield Form(base + suffix, pos, number="pl", gender="m")
    yield from _nominal(((t, n, "f") for t, n, _ in noun_forms(base + "ة", ())), pos)
