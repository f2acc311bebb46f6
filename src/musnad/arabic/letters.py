"""One normal form for Arabic letters, with a way back to the text.

Writers differ in hamza, final ya, ta marbuta, vowel signs, tatweel and the shape of digits. The coder compares
normal forms only, and every result points back into the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DELETED = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]+")

_FOLD: dict[int, str] = {
    ord(a): b
    for a, b in {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    }.items()
}  # fmt: skip
_FOLD.update({0x660 + d: str(d) for d in range(10)})
_FOLD.update({0x6F0 + d: str(d) for d in range(10)})
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


@lru_cache(maxsize=1 << 17)
def norm(word: str) -> str:
    """The normal form of a short text: a word or a name. Presentation forms, marks and letter variants are folded."""
    if _PRESENTATION.search(word):
        word = unicodedata.normalize("NFKC", word)
    return DELETED.sub("", word).translate(_FOLD)
