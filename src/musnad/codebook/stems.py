"""Which stems a written word may stand for, when a table of forms decides which of them is real.

Particles in front (و ف ب ك ل, the article, the س of the future) and object or possessive pronouns behind are taken off.
It gives too many on purpose: a stem counts only where the codebook has it.
"""

from __future__ import annotations

from functools import lru_cache

from musnad.arabic.clitics import variants
from musnad.arabic.inflection import free_forms

_PRONOUNS = ("هما", "كما", "هم", "هن", "كم", "كن", "نا", "ني", "ها", "ه", "ك", "ي")


@lru_cache(maxsize=1 << 16)
def stems(norm: str) -> tuple[tuple[str, str, str], ...]:
    """Ways to read a normal form as (particles, stem, pronoun), those that take least off first.

    The article is among the particles. A ta marbuta, final ya or hamza changed by a pronoun is put back
    (مسؤوليته: مسؤوليه, لقائه: لقاء).
    """
    heads: list[tuple[str, str]] = []
    for particles, rest in variants(norm):
        heads.append((particles, rest))
        if len(rest) > 3 and rest.startswith("ال"):
            heads.append((particles + "ال", rest[2:]))
        if len(rest) > 3 and rest[0] == "س" and rest[1] in "يتنا":
            heads.append((particles + "س", rest[1:]))
    out = [(particles, rest, "") for particles, rest in heads]
    for particles, rest in heads:
        if "ال" in particles:
            continue
        for pronoun in _PRONOUNS:
            if len(rest) > len(pronoun) + 1 and rest.endswith(pronoun):
                out.extend((particles, stem, pronoun) for stem in free_forms(rest[: -len(pronoun)]))
    return tuple(dict.fromkeys(out))


def fits(particles: str, pronoun: str, pos: str, tense: str) -> bool:
    """Whether a form of this part of speech can stand in this shell: no article or ب before a verb, س before a present
    only, no pronoun behind the article."""
    if pos == "verb":
        if "ال" in particles or "ب" in particles or "ك" in particles:
            return False
        return tense == "present" if "س" in particles else "ل" not in particles or tense in ("present", "jussive")
    return "س" not in particles and not ("ال" in particles and pronoun)
