"""Nouns for people: what a form says of how many they are and what befell them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from musnad.arabic.letters import norm
from musnad.arabic.text import Token
from musnad.arabic.wordlists import table, words

Count = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for people: its lemma, grammatical number and what it says of their fate."""

    lemma: str
    number: Literal["singular", "dual", "plural", "ambiguous", "mass"]
    fate: Literal["", "killed", "injured", "both", "captive", "missing"]


def _duals(singular: str) -> list[str]:
    """The dual of a singular noun in its normal form, in all cases and before a genitive."""
    if singular.endswith("ه"):
        singular = singular[:-1] + "ت"
    return [singular + "ان", singular + "ين", singular + "ا", singular + "ي"]


def _person_forms() -> dict[str, PersonNoun]:
    out: dict[str, PersonNoun] = {}
    for singular, plural, sound, fate in table("person_nouns.tsv"):
        word = norm(singular)
        kind = "" if fate == "-" else fate
        if sound == "mass":
            out.setdefault(word, PersonNoun(word, "mass", kind))  # type: ignore[arg-type]
            continue
        out.setdefault(word, PersonNoun(word, "singular", kind))  # type: ignore[arg-type]
        if not word.endswith("ه") and not word.endswith("ا"):
            out.setdefault(word + "ا", PersonNoun(word, "singular", kind))  # type: ignore[arg-type]
        for form in () if plural == "-" else plural.split(","):
            out.setdefault(norm(form.strip()), PersonNoun(word, "plural", kind))  # type: ignore[arg-type]
        if sound == "sound":
            for end in ("ون", "و", "ين"):
                number = "ambiguous" if end == "ين" else "plural"
                out.setdefault(word + end, PersonNoun(word, number, kind))  # type: ignore[arg-type]
        for form in _duals(word)[:2]:
            out.setdefault(form, PersonNoun(word, "dual", kind))  # type: ignore[arg-type]
        if word in _KIN:
            for own in ("ه", "ها", "هم"):
                out.setdefault(_duals(word)[0][:-2] + own, PersonNoun(word, "singular", ""))
                for dual in _duals(word)[2:]:
                    out.setdefault(dual + own, PersonNoun(word, "dual", ""))
    return out


_KIN = words("والد والدة شقيق شقيقة زوجة ابن نجل طفل ابنة طفلة قريب حفيد")
PERSONS: dict[str, PersonNoun] = _person_forms()


@lru_cache(maxsize=1 << 15)
def person_noun(form: str) -> PersonNoun | None:
    """What a word form (normal form) says as a noun for people, leading particles and article allowed.

    Nationalities and other nisba adjectives used as nouns (فلسطينيان) are known by their ending: dual in -يان.
    """
    for head in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب"):
        if head and not form.startswith(head):
            continue
        rest = form[len(head) :]
        found = PERSONS.get(rest)
        if found is None and rest.startswith("ال"):
            found = PERSONS.get(rest[2:])
        if found is None and head.endswith("ل") and rest.startswith("ل"):
            found = PERSONS.get(rest[1:])
        if found is not None:
            return found
    return None


def count_of_noun(token: Token) -> Count | None:
    """How many people a noun stands for by its form alone: مدني [1, 1], جنديان [2, 2], مدنيين [1, None].

    A sound plural in -ين is a dual as well on paper; it counts as a plural unless a vowel sign says dual.
    """
    noun = person_noun(token.norm)
    if noun is None:
        return None
    if noun.number == "singular":
        return (1, 1)
    if noun.number == "dual":
        return (2, 2)
    if noun.number == "ambiguous" and _dual_by_vowel(token.text):
        return (2, 2)
    return (1, None)


def _dual_by_vowel(text: str) -> bool:
    """Whether a fatha stands before the final -ين, which only the dual has."""
    return text.endswith(("\u064eين", "\u064eيْن", "\u064eيْنِ", "\u064eينِ"))
