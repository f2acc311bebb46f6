"""Whether a word form is a verb, for words that no codebook lists: they still end clauses and take subjects.

The list comes from counting (tools/count_verbs.py); clitics are taken off here.
"""

from __future__ import annotations

from functools import lru_cache

from musnad.arabic.wordlists import table

_PRONOUNS = ("هما", "ها", "هم", "نا", "ه")


@lru_cache(maxsize=1)
def forms() -> frozenset[str]:
    """All listed forms, normalised."""
    return frozenset(row[0] for row in table("verb_forms.tsv"))


@lru_cache(maxsize=1 << 16)
def is_verb_form(form: str) -> bool:
    """Whether a normalised form is a verb wherever it stands, with or without و and ف, س, and an object pronoun."""
    known = forms()
    if form in known:
        return True
    if len(form) > 3 and form[0] in "وف" and form[1:] in known:
        return True
    bare = form[1:] if len(form) > 4 and form[0] in "وف" else form
    if len(bare) > 4 and bare[0] == "س" and bare[1] in "يتن" and bare[1:] in known:
        return True
    if bare[:1] in "يس":
        for p in _PRONOUNS:
            if len(bare) > len(p) + 3 and bare.endswith(p):
                stem = bare[: -len(p)]
                if stem in known or (stem[0] == "س" and stem[1:] in known):
                    return True
    return False
