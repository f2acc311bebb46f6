"""Whether a report speaks of conflict and power at all, by its words alone.

Words such as ضربة, هجوم or سيطرة are acts in one report and football in another. The weights of the task "topic" are
log-odds of word stems, learned by tools/train.py from corpus reports full of words of conflict, from annotated reports
and from quiet ones. A positive sum speaks for conflict.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from musnad.arabic.letters import norm
from musnad.arabic.text import Token
from musnad.coding.model import Model

SILENT, CALM, CLEAR = -3.0, -0.5, 2.0
"""Below the first nothing in a report is coded. Below the second it is quiet: only what is surely an act is one. From
the third on it surely speaks of conflict."""

FEW = 30
"""Different words under which a text is too short to be judged."""


@lru_cache(maxsize=1 << 16)
def stem(form: str) -> str:
    """A word's normal form without conjunction, preposition and article, as far as the letters tell."""
    if form[:1] in "وف" and len(form) > 4:
        form = form[1:]
    if form[:2] == "لل" and len(form) > 4:
        return form[2:]
    if form[:3] in ("بال", "كال") and len(form) > 5:
        return form[3:]
    if form[:2] == "ال" and len(form) > 4:
        return form[2:]
    return form[1:] if form[:1] in "بل" and len(form) > 5 else form


def stems(tokens: Iterable[Token]) -> list[str]:
    """The distinct stems of a text, sorted."""
    return sorted({stem(form) for form in {t.norm for t in tokens if t.kind == "word"}})


def score(tokens: Iterable[Token], model: Model) -> float:
    """The log-odds that a report speaks of conflict; 0, undecided, for a text of few words."""
    found = stems(tokens)
    return model.score(found) if len(found) >= FEW else 0.0


class Scorer:
    """The same over the distinct words of a text as they are written (`arabic.text.surfaces`), in any order.

    The stem of each written word is found once, and kept as a number; the model's stems have the first numbers."""

    def __init__(self, model: Model) -> None:
        self._stems = sorted(model.weights)
        self._weights = [model.weights[form] for form in self._stems]
        self._forget()

    def _forget(self) -> None:
        self._number = {form: n for n, form in enumerate(self._stems)}
        self._known: dict[str, int] = {}

    def score(self, words: Collection[str]) -> float:
        """The log-odds that a report of these words speaks of conflict: equal to `score`, to the last digit."""
        known = self._known
        found: set[int] = set(map(known.get, words))  # type: ignore[arg-type]
        if None in found:
            if len(known) > _MOST:
                self._forget()
                return self.score(words)
            number = self._number
            for word in words:
                if word not in known:
                    form = norm(word)
                    known[word] = number.setdefault(stem(form), len(number)) if form else _NO_WORD
            found = set(map(known.__getitem__, words))
        found.discard(_NO_WORD)
        if len(found) < FEW:
            return 0.0
        weights, end = self._weights, len(self._weights)
        total = 0.0
        for n in sorted(found):
            if n >= end:
                break
            total += weights[n]
        return total


_MOST = 1 << 18
_NO_WORD = -1
"""The number of what has no letters (lone marks)."""
