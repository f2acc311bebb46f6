"""What may stand in front of a word and be written with it: و ف, then ب ك ل س, then ال."""

from __future__ import annotations

from functools import lru_cache


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
