"""Who wrote it and from where: datelines, agency credits and bylines at the edges of a report.

A credit is believed only when a known agency, outlet or dateline city stands in it and nothing in it looks like
a sentence: hiding real reporting costs more than coding a credit that names no act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from musnad.arabic.letters import norm

Part = Literal["agency", "outlet", "desk", "city", "country", "date", "name", "word"]

DASH = r"[-–—ـ−]{1,3}"
_SPLIT = re.compile(
    r"\s*(?:[|/:،,؛•\n]|ـ{1,3}(?=[\s(«\"“]|$)|(?<=[\s)»\"”])ـ{1,3}|[–—−]|(?<![A-Za-z\d])-{1,3}|-{1,3}(?![A-Za-z\d]))\s*"
)
_TO = re.compile(r"\s[بل]ـ+\s*(?=[«{}\"])")
_STRIP = " \t\u00a0\u200f\u200e\ufeff()[]{}«»\"“”'‘’:.*•"
_ABBREVIATION = re.compile(r"(?:\S[ .]{0,2}){1,4}\S?")
_DATE = re.compile(r"(?:\S+ )?\d{1,2}(?: \S+){1,2}(?: \d{4})?|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")
_FRONT = re.compile(
    r"(?:وكاله|وكالات|صحيفه|جريده|موقع|قناه|شبكه|اذاعه|تلفزيون|راديو|مراسل|مراسله|خاص|مكتب|انباء|متابعات)\s+(?:ال|ل|ب|لـ)?(.+)"
)
_NOT_NAMES = frozenset(
    norm(w)
    for w in (
        "في", "من", "إلى", "عن", "أن", "إن", "مع", "بعد", "قبل", "بين", "حول", "ضد", "عبر", "خلال",
        "منذ", "حتى", "هذا", "هذه", "ذلك", "التي", "الذي", "لم", "لا", "لن", "قد", "كان", "كانت", "قال",
        "قالت", "ما", "هل", "كيف", "لماذا", "متى", "أين",
    )
)  # fmt: skip
_WORD = re.compile(r"[\u0621-\u065f\u0670-\u06d3ـ.'’]+|[A-Za-z.'’]+")


@dataclass
class Credit:
    """What a credit says. Empty lists where it says nothing."""

    places: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    desks: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Whether an agency, an outlet or a desk is named: a city alone is not enough everywhere."""
        return bool(self.agencies or self.outlets or self.desks)


def _table(name: str) -> dict[str, Part]:
    out: dict[str, Part] = {}
    text = files("musnad.reading").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#") and line != "name\tkind":
            word, kind = line.split("\t")
            out.setdefault(_key(word), kind)  # type: ignore[arg-type]
    return out


def _key(text: str) -> str:
    """The form under which a name is looked up: its normal form with single spaces. Single letters are joined and
    marked (أ ف ب and ا.ف.ب are ~افب), so that the month آب is not the agency أ ب."""
    text = " ".join(norm(text).strip(_STRIP).split()).casefold()
    return "~" + re.sub(r"[ .]", "", text) if _ABBREVIATION.fullmatch(text) and re.search(r"[ .]", text) else text


@cache
def _credits() -> dict[str, Part]:
    return _table("credits.tsv")


@cache
def _places() -> dict[str, Part]:
    return _table("datelines.tsv")


@lru_cache(maxsize=4096)
def part_of(segment: str, outlet: str | None = None) -> Part | None:
    """What a piece of a credit is, or None when it may be part of a sentence."""
    key = _key(segment)
    if not key or len(key) > 60:
        return None
    if outlet and key == _key(outlet):
        return "outlet"
    kind = _credits().get(key)
    place = _places().get(key)
    if kind and not (place and kind == "outlet"):
        return kind
    if place:
        return place
    m = re.fullmatch(r"(.+?)\s*\((.+)\)", key)
    if m and m[1] in _places() and m[2] in _places():
        return "city"
    m = _FRONT.fullmatch(key)
    if m:
        inner = _credits().get(_key(m[1])) or _credits().get("ال" + m[1])
        if inner:
            return inner
    if re.search(r"\d", key):
        dated = re.match(r"(\D+?) \d", key)
        if dated and dated[1] in _places() and _DATE.fullmatch(key[dated.end() - 1 :]):
            return _places()[dated[1]]
        return "date" if _DATE.fullmatch(key) else None
    words = key.split()
    if "على" in segment.split()[1:]:  # the preposition; as a first word it may be the name علي
        return None
    if 2 <= len(words) <= 4 and all(_WORD.fullmatch(w) and w not in _NOT_NAMES for w in words):
        return "name"
    return (
        "word" if len(words) == 1 and 3 <= len(key) <= 12 and _WORD.fullmatch(key) and key not in _NOT_NAMES else None
    )


def segments(text: str) -> list[str]:
    """The pieces of a credit between its dashes, bars, commas and colons, brackets taken off."""
    text = re.sub(r"\s\((?=[^()]*\)\s*$)", " - (", _TO.sub(" - ", text))
    return [s for s in (p.strip(_STRIP) for p in _SPLIT.split(text)) if s]


def credit(text: str, outlet: str | None = None) -> Credit | None:
    """The parts of a credit, or None when some piece of it is not part of one."""
    found = Credit()
    pieces = segments(text)
    if not pieces or len(pieces) > 5:
        return None
    for piece in pieces:
        kind = part_of(piece, outlet)
        if kind is None:
            return None
        if kind in ("city", "country"):
            found.places.append(re.sub(r"\s+[\d٠-٩].*", "", piece))
        elif kind == "agency":
            found.agencies.append(piece)
        elif kind == "outlet":
            found.outlets.append(piece)
        elif kind == "desk":
            found.desks.append(piece)
        elif kind == "name":
            found.names.append(piece)
        elif kind == "word":
            found.words.append(piece)
    if found.words:
        # One unknown word beside an outlet or agency is a town that the list lacks: سبق - النماص
        if len(found.words) > 1 or found.places or not (found.agencies or found.outlets):
            return None
        found.places = found.words
    return found
