"""The written forms of role nouns and nationality adjectives: article, number, case and possessive ending.

All in normal form (`musnad.arabic.letters.norm`), without the particles that may be written in front.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from musnad.arabic.letters import norm

ENDINGS = ("ه", "ها", "هم", "هما", "هن", "نا", "كم", "ي")
"""Possessive endings. The last one (ي) is generated only where it cannot be taken for another form."""


class Shape(NamedTuple):
    """One written form: `number` sg, du or pl; `definite` with ال; `owner` the possessive ending or ''; `feminine`;
    `construct`: a form that only stands before a genitive (مقاتلو، مسؤولي)."""

    form: str
    number: str
    definite: bool
    owner: str
    feminine: bool
    construct: bool = False


def _with_owner(stem: str, number: str, feminine: bool) -> Iterator[Shape]:
    heads: tuple[str, ...]
    if stem.endswith("اء"):
        heads = (stem, stem[:-1] + "ؤ", stem[:-1] + "ئ")
    elif stem.endswith("ه"):
        heads = (stem[:-1] + "ت",)
    elif stem.endswith("ا") and len(stem) > 3:
        heads = (stem,)
    else:
        heads = (stem,)
    for head in heads:
        for ending in ENDINGS[:-1]:
            yield Shape(head + ending, number, False, ending, feminine)


def _plain(stem: str, number: str, feminine: bool) -> Iterator[Shape]:
    article = stem if stem.startswith("ال") and number == "fixed" else "ال" + stem
    yield Shape(stem, number, False, "", feminine)
    yield Shape(article, number, True, "", feminine)
    if not stem.endswith(("ه", "ا", "ات", "اء", "ي")):
        yield Shape(stem + "ا", number, False, "", feminine)
    if stem.endswith("ي"):
        yield Shape(stem + "ا", number, False, "", feminine)


def _dual(stem: str, feminine: bool) -> Iterator[Shape]:
    base = stem[:-1] + "ت" if stem.endswith("ه") else stem
    for ending in ("ان", "ين"):
        yield Shape(base + ending, "du", False, "", feminine)
        yield Shape("ال" + base + ending, "du", True, "", feminine)
    yield Shape(base + "ا", "du", False, "", feminine, True)
    yield Shape(base + "ي", "du", False, "", feminine, True)


def _sound_masculine(stem: str) -> Iterator[Shape]:
    for ending in ("ون", "ين"):
        yield Shape(stem + ending, "pl", False, "", False)
        yield Shape("ال" + stem + ending, "pl", True, "", False)
    yield Shape(stem + "و", "pl", False, "", False, True)
    yield Shape(stem + "ي", "pl", False, "", False, True)
    for middle in ("و", "ي"):
        for ending in ("ه", "ها", "هم", "نا"):
            yield Shape(stem + middle + ending, "pl", False, ending, False)


def noun_shapes(noun: str, plurals: list[str], feminine: bool) -> Iterator[Shape]:
    """All forms of a one-word noun. `plurals`: broken plurals, or +ون / +ات; `feminine`: it has a form in ة too."""
    stem = norm(noun)
    bare = stem.removeprefix("ال") if noun.startswith("ال") else stem
    yield from _plain(bare, "sg", stem.endswith("ه"))
    yield from _with_owner(bare, "sg", stem.endswith("ه"))
    yield from _dual(bare, stem.endswith("ه"))
    if feminine and not bare.endswith("ه"):
        yield from _plain(bare + "ه", "sg", True)
        yield from _dual(bare + "ه", True)
        yield from _plain(bare + "ات", "pl", True)
        yield from _with_owner(bare + "ه", "sg", True)
    for plural in plurals:
        if plural == "+ون":
            yield from _sound_masculine(bare)
        elif plural == "+ات":
            yield from _plain(bare.removesuffix("ه") + "ات", "pl", True)
            yield from _with_owner(bare.removesuffix("ه") + "ات", "pl", True)
        else:
            form = norm(plural)
            yield from _plain(form.removeprefix("ال") if plural.startswith("ال") else form, "pl", form.endswith("ات"))
            if not form.endswith(("ون", "ين")):
                yield from _with_owner(form, "pl", form.endswith("ات"))
            else:
                yield Shape(form[:-1], "pl", False, "", False, True)


def adjective_shapes(adjective: str, people: list[str] | None = None) -> Iterator[Shape]:
    """All forms of an adjective given in the masculine singular (تركي), with further plurals (أتراك)."""
    stem = norm(adjective)
    if " " in stem:
        parts = stem.split(" ")
        for ending in ("", "ه"):
            yield Shape(" ".join(p + ending for p in parts), "sg", False, "", bool(ending))
            yield Shape(" ".join("ال" + p + ending for p in parts), "sg", True, "", bool(ending))
        for ending in ("ون", "ين"):
            yield Shape(" ".join(p + ending for p in parts), "pl", False, "", False)
            yield Shape(" ".join("ال" + p + ending for p in parts), "pl", True, "", False)
        return
    for form, number, feminine in ((stem, "sg", False), (stem + "ه", "sg", True), (stem + "ات", "pl", True)):
        yield Shape(form, number, False, "", feminine)
        yield Shape("ال" + form, number, True, "", feminine)
    yield Shape(stem + "ا", "sg", False, "", False)
    for base, feminine in ((stem, False), (stem + "ت", True)):
        for ending in ("ان", "ين"):
            yield Shape(base + ending, "du", False, "", feminine)
            yield Shape("ال" + base + ending, "du", True, "", feminine)
    for ending in ("ون", "ين"):
        yield Shape(stem + ending, "pl", False, "", False)
        yield Shape("ال" + stem + ending, "pl", True, "", False)
    for ending in ("و", "ي"):
        yield Shape(stem + ending, "pl", False, "", False, True)
    for plural in people or []:
        form = norm(plural).removeprefix("ال") if plural.startswith("ال") else norm(plural)
        yield Shape(form, "pl", False, "", False)
        yield Shape("ال" + form, "pl", True, "", False)
        if not form.endswith(("ه", "ا", "ين")):
            yield Shape(form + "ا", "pl", False, "", False)
