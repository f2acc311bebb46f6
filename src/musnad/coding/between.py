"""What lies between two words of a sentence: marks, particles, acts, mentions.

It is asked for every pair of an act and a mention, so each token's share is added up once, in running sums, and the
answer is the difference of two of them. One number holds all the counts, a field of bits for each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from musnad.arabic.text import Token

if TYPE_CHECKING:
    from musnad.coding.document import WordInfo

CLEAR = "btw:clear"
"""The feature of words with nothing between them that parts them."""
_FIELD = 32
"""Bits of a field: more tokens than a text may have."""
_NAMES = ("commas", "acts", "verbs", "C", "H", "L", "colon", "quote", "rel", "say", "that")
_ONE = {name: 1 << (n * _FIELD) for n, name in enumerate(_NAMES)}
_MARKS = _NAMES[3:]


class Between:
    """The running sums of a text."""

    __slots__ = ("_actors", "_places", "_sums")

    def __init__(
        self,
        tokens: Sequence[Token],
        words: Sequence[WordInfo | None],
        actor_at: Sequence[int],
        place_at: Sequence[int],
        particles: dict[str, str],
    ) -> None:
        shares: list[int] = []
        self._actors, self._places = _Runs(), _Runs()
        for j, t in enumerate(tokens):
            share = 0
            if t.kind == "punct":
                mark = next((name for marks, name in _PUNCTUATION if t.text in marks), "")
                shares.append(_ONE[mark] if mark else 0)
                continue
            if t.norm in particles:
                share = _ONE[particles[t.norm]]
            if actor_at[j] >= 0:
                self._actors.add(j, actor_at[j])
            elif place_at[j] >= 0:
                self._places.add(j, place_at[j])
            else:
                w = words[j]
                if w is not None and w.cls != "w":
                    share += _share(w)
            shares.append(share)
        self._sums = list(accumulate(shares, initial=0))

    def features(self, lo: int, hi: int) -> tuple[str, ...]:
        """The features of what lies between token `lo` and a later token `hi`, both left out."""
        return _features(self._sums[hi] - self._sums[lo + 1], self._actors.count(lo, hi), self._places.count(lo, hi))


class _Runs:
    """Tokens in mentions, and how often the mention changes from one such token to the next."""

    __slots__ = ("at", "changes", "last")

    def __init__(self) -> None:
        self.at: list[int] = []
        self.changes: list[int] = []
        self.last = -1

    def add(self, j: int, mention: int) -> None:
        """Take in the next token that stands in a mention."""
        self.changes.append((self.changes[-1] if self.changes else 0) + (mention != self.last))
        self.at.append(j)
        self.last = mention

    def count(self, lo: int, hi: int) -> int:
        """How many mentions stand between two tokens, at most 3."""
        first = bisect_left(self.at, lo + 1)
        last = bisect_left(self.at, hi, first) - 1
        return min(1 + self.changes[last] - self.changes[first], 3) if first <= last else 0


_PUNCTUATION = (("،,", "commas"), (":؛", "colon"), ('"«»“”', "quote"))


def _share(w: WordInfo) -> int:
    """What a verb, or a word that the codebook knows, adds."""
    if w.cls == "V":
        return _ONE["verbs"]
    out = _ONE["acts"] if w.cls == "E" else _ONE["say"] if w.cls == "S" else _ONE[w.cls]
    return out + _ONE["verbs"] if any(r.pos == "verb" for r in w.events) else out


@lru_cache(maxsize=1 << 16)
def _features(counts: int, actors: int, places: int) -> tuple[str, ...]:
    found = {name: counts >> (n * _FIELD) & ((1 << _FIELD) - 1) for n, name in enumerate(_NAMES)}
    marks = [name for name in _MARKS if found[name]]
    out = [f"btw:{name}={min(found[name], 3)}" for name in ("commas", "acts")]
    out.append(f"btw:actors={actors}")
    if places:
        out.append(f"btw:places={min(places, 2)}")
    if found["verbs"]:
        out.append(f"btw:verbs={min(found['verbs'], 2)}")
    out.extend("btw:" + m for m in marks)
    if found["commas"] == found["acts"] == actors == 0 and not marks:
        out.append(CLEAR)
    return tuple(out)
