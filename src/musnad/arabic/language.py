"""Which language a text in Arabic letters is in, told by its letters alone.

Arabic, Persian, Urdu, Sorani Kurdish and Pashto share a script but not an alphabet. Libraries that learned from
web text mistake Sorani for Persian and short Persian for Arabic; the letters do not. Arabic typed on a Persian
keyboard (ی and ک for ي and ك) and Iraqi names with گ or چ must still count as Arabic, so single letters decide
nothing: shares do, together with the article ال, which begins every fifth Arabic word and almost no other.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

Language = Literal["ar", "fa", "ur", "ckb", "ps", "latin", "other", "empty"]

NAMES: dict[str, str] = {
    "ar": "Arabic",
    "fa": "Persian",
    "ur": "Urdu",
    "ckb": "Sorani Kurdish",
    "ps": "Pashto",
    "latin": "a language in Latin letters",
    "other": "a language in other letters",
    "empty": "no words",
}

_URDU = "ٹڈڑےںۓ"
_SORANI = "ۆێڕڵڎۊەڤ"
_PASHTO = "ښځڅټډړۍېڼږ"
_PERSIAN = "پچژگ"
_FAR_KAF_YA = "کی"
_ARABIC_KAF_YA = "كيى"
_ARABIC_ONLY = "ةأإؤ"
_SAMPLE = 3000
_SURE = 0.16


def language(text: str) -> Language:
    """The language of a text: `ar`, `fa`, `ur`, `ckb`, `ps`, `latin`, `other`, or `empty` when it has no letters."""
    if len(text) > _SAMPLE:
        text = text[: _SAMPLE // 2] + " " + text[len(text) // 2 : len(text) // 2 + _SAMPLE // 2]
    gaps = text.count(" ") + text.count("\n")
    if gaps >= 25:  # the plain case, settled by counting alone
        articles = text.count(" ال") + text.count("\nال") + text.count(" وال") + text.count(" بال") + text.count(" لل")
        if articles > _SURE * gaps:
            return "ar"
    letters = Counter(text)
    script = latin = other = 0
    for ch, n in letters.items():
        if not ch.isalpha():
            continue
        if "\u0620" <= ch <= "\u06ff" or "\u0750" <= ch <= "\u077f" or "\ufb50" <= ch <= "\ufefc":
            script += n
        elif ch < "\u0250" or "\u1e00" <= ch <= "\u1eff":
            latin += n
        else:
            other += n
    if not script + latin + other:
        return "empty"
    # A long Arabic text may carry more Latin than Arabic letters when a page's script was crawled with it.
    if script < (0.4 if script < 200 else 0.2) * (script + latin + other):
        return "latin" if latin >= other else "other"

    def share(chars: str) -> float:
        return sum(letters[c] for c in chars) / script

    words = [w.lstrip("«\"'([“”‘’ـ") for w in text.split()]
    words = [w for w in words if "\u0620" <= w[:1] <= "\u06ff"]
    article = sum(1 for w in words if w.startswith(("ال", "وال", "بال", "لل", "كال", "فال"))) / max(1, len(words))
    if article > 0.13:
        return "ar"
    marks = {"ur": share(_URDU), "ckb": share(_SORANI), "ps": share(_PASHTO)}
    best = max(marks, key=lambda k: marks[k])
    if marks[best] > 0.015:
        return best  # type: ignore[return-value]
    if share(_PERSIAN) > 0.012:
        return "fa"
    if share(_FAR_KAF_YA) > 2 * share(_ARABIC_KAF_YA) and share(_ARABIC_ONLY) < 0.008 and article < 0.06:
        return "fa"
    return "ar"
