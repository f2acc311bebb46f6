"""One normal form for Arabic letters, with a way back to the text.

Writers differ in hamza, final ya, ta marbuta, vowel signs, tatweel and the shape of digits. The coder compares
normal forms only, and every result points back into the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

DELETED = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]+"
)

_SHAPES: dict[int, str] = {ord(a): b for a, b in {"ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه"}.items()}
_FOLD: dict[int, str] = {
    **_SHAPES,
    **{ord(a): b for a, b in {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"}.items()},
    **{ord(a): " " for a in "\u00a0\u202f\u2009"},
    **{start + digit: str(digit) for start in (0x660, 0x6F0) for digit in range(10)},
}
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_DELETED_OR_SHAPED = re.compile(DELETED.pattern + "|" + _PRESENTATION.pattern)


@lru_cache(maxsize=1 << 17)
def norm(word: str) -> str:
    """The normal form of a short text: a word or a name. Presentation forms, marks and letter variants are folded."""
    if _PRESENTATION.search(word):
        word = unicodedata.normalize("NFKC", word)
    return DELETED.sub("", word).translate(_FOLD)


@lru_cache(maxsize=1 << 17)
def bare(word: str) -> str:
    """A word without its marks, in ordinary letters, but with the hamza, ى and ة that its writer chose.

    It is as long as the normal form, letter by letter: `norm(bare(w)) == norm(w)`.
    """
    if _PRESENTATION.search(word):
        word = unicodedata.normalize("NFKC", word)
    return DELETED.sub("", word).translate(_SHAPES)


@dataclass(frozen=True, slots=True)
class Normal:
    """The normal form of a whole text, and where each of its characters stands in the text as it was written."""

    text: str
    raw: str
    _starts: tuple[int, ...]  # normal positions at which a run begins whose distance to the raw text is new
    _shifts: tuple[int, ...]  # raw position minus normal position in that run
    _single: tuple[bool, ...]  # whether the run is one raw character spelled out (ﷲ): all of it is that character

    def to_raw(self, i: int) -> int:
        """Where the character `text[i]` stands in the raw text; the length of the raw text for `i == len(text)`."""
        if not 0 <= i <= len(self.text):
            raise IndexError(i)
        if i == len(self.text):
            return len(self.raw)
        run = bisect_right(self._starts, i) - 1
        return self._starts[run] + self._shifts[run] if self._single[run] else i + self._shifts[run]

    def to_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the raw text that `text[start:end]` stands for, without marks before or after it."""
        if start >= end:
            at = self.to_raw(start)
            return at, at
        return self.to_raw(start), self.to_raw(end - 1) + 1

    def to_normal(self, raw: int) -> int:
        """The first position of the normal form that stands at or after a position of the raw text."""
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            if self.to_raw(middle) < raw:
                low = middle + 1
            else:
                high = middle
        return low


def normalize(body: str) -> Normal:
    """The normal form of a text of any length, with the way back."""
    pieces: list[str] = []
    starts, shifts, single = [0], [0], [False]
    done = at = 0  # raw and normal positions up to which the text is written out

    def run(shift: int, alone: bool) -> None:
        if starts[-1] == at:
            shifts[-1], single[-1] = shift, alone
        else:
            starts.append(at)
            shifts.append(shift)
            single.append(alone)

    for m in _DELETED_OR_SHAPED.finditer(body):
        begin, end = m.span()
        if begin > done:
            pieces.append(body[done:begin])
            at += begin - done
        if m.group()[0] >= "\ufb50" and m.group()[0] != "\ufeff":
            spelled = DELETED.sub("", unicodedata.normalize("NFKC", m.group()))
            if spelled:
                run(begin - at, True)
                pieces.append(spelled)
                at += len(spelled)
        done = end
        run(done - at, False)
    pieces.append(body[done:])
    return Normal("".join(pieces).translate(_FOLD), body, tuple(starts), tuple(shifts), tuple(single))


def raw_positions(raw: str) -> tuple[int, ...]:
    """For one token: the position in the raw token of each character of its normal form, and the token's end."""
    normal = normalize(raw)
    return (*(normal.to_raw(i) for i in range(len(normal.text))), len(raw))
