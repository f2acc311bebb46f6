"""Word lists and tables of the language, normalised once on loading."""

from __future__ import annotations

from importlib.resources import files

from musnad.arabic.letters import norm


def words(text: str) -> frozenset[str]:
    """The words of a text, separated by white space, in their normal form."""
    return frozenset(norm(word) for word in text.split())


PREPOSITIONS_WITH_PRONOUN = frozenset(
    particle + pronoun
    for particle in ("في", "علي", "الي", "من", "عن", "مع", "ب", "ل", "لدي", "بين", "ضد")
    for pronoun in ("ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم")
)
"""Prepositions written with a pronoun (إليه, فيهما), in their normal form."""


def table(name: str) -> list[list[str]]:
    """The rows of a table in `arabic/data` without its header; lines that begin with # are comments."""
    text = (files("musnad.arabic") / "data" / name).read_text(encoding="utf8")
    rows = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return rows[1:]
