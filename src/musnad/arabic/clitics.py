"""What may be written together with a word: و ف, then س or ب ك ل, then ال in front, and a pronoun behind.

This module lists the ways in which a word can be cut; which of them is right is for the dictionary and the vocabulary
to say (`words.py`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

PRONOUNS = ("هما", "ها", "هم", "هن", "كم", "نا", "ني", "ه", "ك", "ي")
# begin with ال for ever: relative pronouns, الله, الآن; and إلى, إلا without their hamza
_LEXICAL_AL = (
    "الذي التي الذين اللذان اللذين اللتان اللتين اللواتي اللاتي اللائي الذى التى الله الآن الان الى الي الا الف "
    "اليه اليها اليهم الينا اليك"
)
_NO_ARTICLE = frozenset(_LEXICAL_AL.split())
_PRONOUN_SET = frozenset(PRONOUNS)
_FUSED = (
    "كما كذلك ذلك هناك هنالك تلك أولئك اولئك لكن فيما بينما حينما عندما بعدما مما عما لماذا لقد لله فقط لدى حيثما كلما "
    "طالما إنما ربما لولا كيلا إلا والي"
)
_WHOLE = frozenset(_FUSED.split())
_FUTURE = "يتنأا"
_AFTER_YA = frozenset({"مع", "عند", "من", "عن", "إل", "ال", "لد", "إن", "ان", "أن", "لأن", "لكن", "أخ", "والد", "نفس"})


class Cut(NamedTuple):
    """One way to cut a word: the stem is `word[start:end]`; `head` names what stands before it, `tail` the pronoun."""

    head: str  # و ف, س, ب ك ل, ال in their order; لل is "لال" here
    start: int
    end: int
    tail: str


def cuts(word: str) -> list[Cut]:
    """All ways to cut a word written without marks (`letters.bare`), the whole word first.

    Stems have two letters or more, or are ب and ل before a pronoun.
    """
    n = len(word)
    at = 1 if n > 2 and word[0] in "وف" else 0
    if word in _WHOLE or word[at:] in _WHOLE:
        at = 0 if word in _WHOLE else at
        return [Cut(word[:at], at, n, "")]
    if word[at] in "بل" and word[at + 1 :] in _PRONOUN_SET:
        return [Cut(word[:at], at, at + 1, word[at + 1 :])]
    out: list[Cut] = []
    for head, start, nominal in _heads(word, n):
        if n - start >= 2 or start == 0:
            out.append(Cut(head, start, n, ""))
        if nominal or n - start < 2:
            continue
        for tail in PRONOUNS:
            end = n - len(tail)
            if end - start < 2 or not word.endswith(tail):
                continue
            stem = word[start:end]
            if tail == "ي" and stem not in _AFTER_YA:
                continue
            out.append(Cut(head, start, end, tail))
    return out


def _heads(word: str, n: int) -> list[tuple[str, int, bool]]:
    """What can be taken off in front: (what, how many letters, whether a noun must follow)."""
    out: list[tuple[str, int, bool]] = []
    begins = [("", 0)]
    if n > 2 and word[0] in "وف":
        if word[1] in "أإآ" and n > 3:
            begins.clear()  # hardly a root begins so: وأضاف, فإن
        begins.append((word[0], 1))
    for conj, i in begins:
        rest = n - i
        out.append((conj, i, False))
        if rest < 3:
            continue
        c, d = word[i], word[i + 1]
        if c == "ا" and d == "ل" and word[i:] not in _NO_ARTICLE:
            out.append((conj + "ال", i + 2, True))
        elif c == "س" and d in _FUTURE and rest > 3:
            out.append((conj + "س", i + 1, False))
        elif c in "بكل":
            out.append((conj + c, i + 1, False))
            if c == "ل" and d == "ل":
                out.append((conj + "لال", i + 2, True))
            elif c != "ل" and rest > 4 and d == "ا" and word[i + 2] == "ل" and word[i + 1 :] not in _NO_ARTICLE:
                out.append((conj + c + "ال", i + 3, True))
    return out


@lru_cache(maxsize=1 << 16)
def variants(norm: str) -> tuple[tuple[str, str], ...]:
    """Ways to read a word's normal form with its leading particles taken off, as (particles, rest).

    The whole word comes first. The article stays with the rest, and the alif that لل swallows is put back
    (للنظام gives ("ل", "النظام")), so that names can be looked up as the dictionary writes them. Which of the
    readings is right is for the dictionary to say.
    """
    out = [("", norm)]
    heads = [("", norm)]
    if len(norm) > 2 and norm[0] in "وف":
        heads.append((norm[0], norm[1:]))
        out.append((norm[0], norm[1:]))
    for particles, rest in heads:
        if len(rest) > 3 and rest.startswith("لل"):
            out.append((particles + "ل", "ال" + rest[2:]))
        if len(rest) > 2 and rest[0] in "بكل":
            out.append((particles + rest[0], rest[1:]))
    return tuple(out)
