"""How a vowelled word is written: vowels fall away, long ones take letters, hamza takes its seat.

The working alphabet of the paradigms: Arabic letters are consonants, `a i u` the short vowels, `A I U` the long ones,
`Y` a final ā written with ya (رمى), `ٱ` the helping alif of اقتحم and the silent one of قصفوا. Hamza is always ء here;
its seats follow from the vowels beside it, and where writers differ (قرؤوا, قرأوا, قرءوا; مسؤول, مسئول) all are given.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

SHORT = "aiu"
LONG = "AIU"
VOWELS = SHORT + LONG + "Y"
_LETTER = {"A": "ا", "I": "ي", "U": "و", "Y": "ي", "ٱ": "ا"}
_NO_JOIN = "ادذرزوء"  # letters that do not join to the left: after them hamza is written alone, else on ya
_TWO_HAMZAS = re.compile(r"ء([aiu])ء(?![aiuAIUY])")


@lru_cache(maxsize=1 << 14)
def spell(word: str) -> tuple[str, ...]:
    """The written shapes of a vowelled word in normal form, the usual one first."""
    word = _TWO_HAMZAS.sub(lambda m: "ء" + m[1].upper(), word)
    parts: list[tuple[str, ...]] = []
    i, n = 0, len(word)
    while i < n:
        c = word[i]
        if c == "ء":
            seats, step = _hamza(word, i)
            parts.append(seats)
            i += step
            continue
        if c in SHORT or (i and c == word[i - 1] and c not in VOWELS):
            pass
        else:
            parts.append((_LETTER.get(c, c),))
        i += 1
    return tuple(dict.fromkeys("".join(p) for p in product(*parts)))


def _hamza(word: str, i: int) -> tuple[tuple[str, ...], int]:
    """The seats of the hamza at `i`, and how many characters of the word they use up (2 where alif swallows ā)."""
    before = word[i - 1] if i else ""
    after = word[i + 1] if i + 1 < len(word) else ""
    doubled = before == "ء"
    if not before:
        return ("ا",), 2 if after == "A" else 1
    if doubled:
        return ("",), 1
    if after == "ء":  # a doubled hamza (ترؤّس) is seated by what follows the second
        after = word[i + 2] if i + 2 < len(word) else ""
    if not after or (after == "ٱ" and before in "AIU"):
        return ({"i": "ئ", "u": "ؤ", "a": "ا"}.get(before, "ء"),), 1
    if after in "iI" or before in "iIي":
        return ("ئ",), 1
    if after in "uU":
        if after == "u":
            return ("ؤ",), 1
        if before == "a":
            return ("ؤ", "ا", "ء"), 1
        if before == "A":
            return ("ؤ", "ء"), 1
        letter = word[i - 2] if before == "u" and i > 1 else before
        return ("ؤ", "ء" if letter in _NO_JOIN or letter == "U" else "ئ"), 1
    if before == "u":
        return ("ؤ",), 1
    if after not in VOWELS:
        return ("ا",), 1
    if before in "AU" or before == "و":
        return ("ء",), 1
    return ("ا",), 2 if after == "A" else 1
