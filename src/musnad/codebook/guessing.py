"""A first guess at the entry of a word that no table knows: what could be its lemma, root and verb form.

Only for a proposal that a person reads and mends: unvowelled writing leaves more than one answer.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from musnad.arabic.clitics import variants
from musnad.arabic.inflection import conjugate
from musnad.arabic.letters import norm

FORMS = ("X", "VIII", "VII", "V", "VI", "IV", "III", "I:u", "I:a", "I:i", "II")
"""Verb forms in the order in which they are tried: those with most letters of their own first."""
FOUR = ("Q1", "Q2")
_OWN = {"X": ("ست",), "VIII": ("ت", "ط", "د"), "VII": ("ن",), "V": ("ت",), "VI": ("ت",)}
"""Letters of which a verb of a form must be written with one."""
LONGEST = 8
PAST, PRESENT, MASDAR = range(3)
Rank = tuple[bool, int, int, str]


class Guess(NamedTuple):
    """The cells of an entry that tell how its word is inflected."""

    lemma: str
    pos: str
    root: str
    form: str
    masdar: str


@lru_cache(maxsize=256)
def guess(word: str) -> Guess:
    """A verb where the word can be the third person of one, or a regular masdar; else a noun as it is written."""
    feminine = word.endswith(("ة", "ه"))
    found = [g for rest in _rests(word) for g in _verbs(*rest) if not (feminine and g[0][1] < MASDAR)]
    if found:
        return min(found)[1]
    lemma = word.removeprefix("ال") if len(word) > 4 else word
    return Guess(lemma, "n", "-", "-", "-")


def _rests(word: str) -> list[tuple[str, bool]]:
    """The word without particles in front, and whether it had the article."""
    return [(rest.removeprefix("ال"), rest.startswith("ال")) for _, rest in variants(norm(word)) if len(rest) > 2]


def _verbs(written: str, definite: bool) -> list[tuple[Rank, Guess]]:
    """Verbs that the word can be of, each behind its rank: three letters of the root before four, sound ones before
    weak ones, past, present, masdar; then by form."""
    if len(written) > LONGEST:
        return []
    out: list[tuple[Rank, Guess]] = []
    for size, patterns in ((3, FORMS), (4, FOUR)):
        tried = [(n, form) for n, form in enumerate(patterns) if any(a in written for a in _OWN.get(form, ("",)))]
        for letters in dict.fromkeys(combinations(written.replace("ا", ""), size)) if not out else ():
            root = "-".join(letters)
            for order, form in tried:
                found = _fits(written, root, form, definite)
                if found is not None:
                    what, lemma, masdar = found
                    rank = (any(letter in "ويه" for letter in letters), what, order, root)
                    out.append((rank, Guess(lemma, "v", root, form, masdar)))
    return out


def _fits(written: str, root: str, form: str, definite: bool) -> tuple[int, str, str] | None:
    """What a word can be of this verb (PAST, PRESENT, MASDAR), with lemma and masdar."""
    try:
        forms = conjugate(root, form)
    except ValueError:
        return None
    lemma = next((f.text for f in forms if (f.pos, f.tense, f.voice, f.person, f.number, f.gender) == _LEMMA), None)
    if lemma is None:
        return None
    for f in forms:
        if f.text != written:
            continue
        if f.pos == "verb" and f.person == 3 and not definite and f.voice == "active":
            return (PAST if f.tense == "past" else PRESENT), lemma, "-"
        if f.pos == "masdar" and not form.startswith("I:"):
            return MASDAR, lemma, written
    return None


_LEMMA = ("verb", "past", "active", 3, "sg", "m")
