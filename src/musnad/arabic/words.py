"""What a written word is made of: particles, stem, pronoun, and what the dictionary knows of the stem.

A word can be cut in several ways (`clitics.cuts`). Which is right is weighed by how often the stem and the shell around
it are found in real reports (`data/`, made by tools/count_words.py) and by the dictionary. A word is cut only where the
rest is attested; the article alone may also stand before a word never seen.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Generic, NamedTuple, TypeVar

from musnad.arabic.clitics import cuts
from musnad.arabic.letters import bare, norm
from musnad.arabic.stems import free_forms, is_apt, weight
from musnad.kept import parsed

R = TypeVar("R")

IN_DICTIONARY = 8.0  # a stem of the dictionary counts as if it had been seen this often more,
FAVOUR = 20.0  # and a cut whose stem the dictionary knows is worth this much more than one whose stem it does not
OTHER_SPELLING = 0.05  # a stem seen with another hamza, ى or ة counts by this part
WHOLE = 0.01  # the weight of a word of which nothing is known
FAINT = 1e-4  # readings fainter than this part of the best are left out, unless the dictionary knows them


class Word(NamedTuple, Generic[R]):
    """One reading of a written word. `stem` is its free normal form (سيطره for سيطرتهم), and stands in the token's
    normal form at [start:end]."""

    conj: str  # و ف
    prep: str  # ب ك ل
    future: bool  # س
    article: bool
    stem: str
    suffix: str  # the pronoun
    readings: tuple[R, ...]  # what the dictionary has under this stem
    start: int
    end: int
    share: float  # how likely this reading is among all of the word, 0 to 1


class Vocabulary(NamedTuple):
    """How often stems and the shells around them were seen."""

    stems: dict[str, int]  # as spelled, without marks
    folded: dict[str, int]  # by normal form
    shells: dict[tuple[str, str], float]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary that the program ships."""
    data = files("musnad.arabic") / "data"
    tables = (data / "stems.tsv.gz").read_bytes(), (data / "clitics.tsv").read_bytes()
    return Vocabulary(*parsed("vocabulary", __file__, _parse, *tables))


def _parse(counts: bytes, clitics: bytes) -> tuple[dict[str, int], dict[str, int], dict[tuple[str, str], float]]:
    stems: dict[str, int] = {}
    for line in gzip.decompress(counts).decode().splitlines():
        stem, _, count = line.partition("\t")
        stems[stem] = int(count)
    shells: dict[tuple[str, str], float] = {}
    for line in clitics.decode().splitlines():
        if line.startswith(("#", "head\t")):
            continue
        head, tail, number = line.split("\t")
        shells[head.strip("-"), tail.strip("-")] = float(number)
    found = as_vocabulary(stems, shells)
    return found.stems, found.folded, found.shells


def as_vocabulary(stems: dict[str, int], shells: Mapping[tuple[str, str], float]) -> Vocabulary:
    """A vocabulary from counts of stems as spelled and of shells."""
    folded: dict[str, int] = {}
    table = str.maketrans("أإآىة", "اااي" + "ه")
    for stem, number in stems.items():
        form = stem.translate(table)
        folded[form] = folded.get(form, 0) + number
    total = sum(shells.values())
    return Vocabulary(stems, folded, {shell: count / total for shell, count in shells.items()})


class Lexicon(Generic[R]):
    """Reads words by a dictionary: `forms` maps the normal form of a stem to what is known of it.

    `analyse(norm, text)` gives the readings of a token, best first; always at least one. They are remembered.
    """

    analyse: Callable[[str, str], tuple[Word[R], ...]]

    def __init__(self, forms: Mapping[str, Sequence[R]] | None = None, words: Vocabulary | None = None) -> None:
        self.forms: Mapping[str, Sequence[R]] = forms if forms is not None else {}
        self.words = words if words is not None else vocabulary()
        self.analyse = lru_cache(maxsize=1 << 17)(self._analyse)

    def best(self, form: str, text: str) -> Word[R]:
        """The likeliest reading."""
        return self.analyse(form, text)[0]

    def count(self, form: str) -> int:
        """How often a stem was seen, by its normal form."""
        return self.words.folded.get(form, 0)

    def knows(self, form: str) -> bool:
        """Whether dictionary or vocabulary has a stem of this normal form."""
        return form in self.forms or form in self.words.folded

    def _analyse(self, form: str, text: str) -> tuple[Word[R], ...]:
        word = bare(text)
        if len(word) != len(form):  # the caller changed the word: a slip corrected, a piece of a glued word
            word = form
        stems, folded, shells = self.words
        forms = self.forms
        found: list[tuple[float, Word[R]]] = []
        total = 0.0
        for head, start, end, tail in cuts(word):
            rate = shells.get((head, tail))
            if rate is None:
                if head or tail:
                    continue
                rate = 1.0
            surface = word[start:end]
            for free in free_forms(surface) if tail else (surface,):
                if (head or tail) and not is_apt(head, free):
                    continue
                key = norm(free)
                known = forms.get(key, ())
                count = stems.get(free, 0) + OTHER_SPELLING * folded.get(key, 0)
                if known:
                    count += IN_DICTIONARY
                value = rate * weight((head, tail), free, count)
                if known:
                    value *= FAVOUR
                if not value:
                    if head or tail:
                        continue
                    value = WHOLE
                total += value
                article = head.endswith("ال")
                particles = head[:-2] if article else head
                future = particles.endswith("س")
                if future:
                    particles = particles[:-1]
                conj = particles[:1] if particles[:1] in ("و", "ف") else ""
                prep = particles[len(conj) :]
                found.append((value, Word(conj, prep, future, article, key, tail, tuple(known), start, end, value)))
        found.sort(key=_by_value)
        if not found:  # a letter or two: nothing to cut
            return (Word("", "", False, False, form, "", tuple(forms.get(form, ())), 0, len(form), 1.0),)
        floor = found[0][0] * FAINT
        return tuple(w._replace(share=value / total) for value, w in found if value >= floor or w.readings)


def _by_value(pair: tuple[float, object]) -> float:
    return -pair[0]
