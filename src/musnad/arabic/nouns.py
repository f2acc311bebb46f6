"""The endings of nouns and participles: feminine, dual, sound plurals, construct without nun, the alif of tanwin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from musnad.arabic.letters import DELETED, norm

Inflected = tuple[str, str, str]  # written form, number, gender

_DUAL = ("ان", "ين", "ا", "ي")
_DIPTOTE = re.compile(r"^..ا(.|.ي)?.$|^.و?.?ا..ه?$")  # عناصر, تفاصيل: plurals that take no alif


def nominal_endings(stem: str) -> Iterator[Inflected]:
    """A vowelled participle (see spelling.py) with all its endings, still vowelled.

    A stem that ends in `I` or `Y` is that of a defective verb: رامٍ (المهاجم ... الرامي), مسمّى.
    """
    if stem.endswith("I"):
        base = stem[:-1]
        yield base, "sg", "m"
        yield stem, "sg", "m"
        stem, plural = base + "iي", ("U", "I")
    elif stem.endswith("Y"):
        base = stem[:-1]
        yield stem, "sg", "m"
        yield base + "Aه", "sg", "f"
        for ending in ("Aن", "aين", "A", "aي"):
            yield base + "aي" + ending, "du", "m"
        for ending in ("aون", "aين", "aو", "aي"):
            yield base + ending, "pl", "m"
        for ending in ("Aن", "aين", "A", "aي"):
            yield base + "Aت" + ending, "du", "f"
        yield base + "aيAت", "pl", "f"
        return
    else:
        base, plural = stem, ("U", "I")
        yield stem, "sg", "m"
    yield stem + "A", "sg", "m"
    for ending in ("Aن", "aين", "A", "aي"):
        yield stem + ending, "du", "m"
    for vowel in plural:
        yield base + vowel + "ن", "pl", "m"
        yield base + vowel, "pl", "m"
    yield stem + "aه", "sg", "f"
    for ending in ("Aن", "aين", "A", "aي"):
        yield stem + "aت" + ending, "du", "f"
    yield stem + "Aت", "pl", "f"


def noun_forms(lemma: str, plurals: Sequence[str]) -> Iterator[Inflected]:
    """A noun given in ordinary spelling with all its endings, in normal form."""
    lemma = lemma.strip()
    written = DELETED.sub("", lemma)
    gender = "f" if written.endswith("ة") else "m"
    for text in _singular(written, lemma.endswith("ٍ")):
        yield text, "sg", gender
    for text in _dual(written, lemma.endswith("ٍ")):
        yield text, "du", gender
    if not plurals and gender == "f" and not written.endswith("اة"):
        yield norm(written[:-1] + "ات"), "pl", "f"
    for plural in plurals:
        yield from _plural(DELETED.sub("", plural.strip()), gender)


def _singular(written: str, defective: bool) -> Iterator[str]:
    text = norm(written)
    if defective:  # محامٍ: المحامي, محامياً
        yield from (text.removesuffix("ي"), text.removesuffix("ي") + "ي", text.removesuffix("ي") + "يا")
        return
    yield text
    yield from _tanwin(written)


def _tanwin(written: str) -> Iterator[str]:
    """The indefinite accusative, where it takes an alif."""
    if written.endswith(("ة", "ى", "اء", "أ", "ا")):
        return
    if written.endswith("ء"):
        yield from (v + "ا" for v in _seats(norm(written)))
        return
    yield norm(written) + "ا"


def _seats(text: str) -> Iterator[str]:
    """The shapes of a final hamza after a consonant once an ending follows: عبء, عبئا; جزء, جزءا, جزأين."""
    yield text
    if text[-2:-1] not in "ادذرزو":
        yield text[:-1] + "ئ"


def _dual(written: str, defective: bool) -> Iterator[str]:
    text = norm(written)
    if defective:
        yield from (text.removesuffix("ي") + "ي" + e for e in _DUAL)
    elif written.endswith("ة"):
        yield from (text[:-1] + "ت" + e for e in _DUAL)
    elif written.endswith("ى"):
        yield from (text[:-1] + "ي" + e for e in _DUAL)
    elif written.endswith("اء"):
        yield from (text + e for e in _DUAL)
        yield from (text[:-1] + "ئ" + e for e in ("ين", "ي"))
    elif written.endswith("ء"):
        yield from (v + e for v in _seats(text) for e in _DUAL)
        yield from (text[:-1] + "ا" + e for e in ("ن", "ين"))
    elif written.endswith("أ"):
        yield from (text + e for e in ("ن", "ين", "", "ي"))
    elif not written.endswith("ا"):
        yield from (text + e for e in _DUAL)


def _plural(written: str, gender: str) -> Iterator[Inflected]:
    text = norm(written)
    if text.endswith("ون") and len(text) > 4:
        yield from ((text[:-2] + e, "pl", "m") for e in ("ون", "ين", "و", "ي"))
        return
    yield text, "pl", "f" if text.endswith("ات") else gender
    if not text.endswith(("ات", "ين")) and not _DIPTOTE.match(text):
        yield from ((t, "pl", gender) for t in _tanwin(written))
