"""How the first word of an expression is inflected when its own line does not say so.

`أعلن *الحرب` needs no root and form of its own where أعلن stands elsewhere in the codebook: its paradigm is borrowed.
A verb is borrowed only by the same spelling of a verb, vowel signs and all where both have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from musnad.arabic.letters import norm
from musnad.codebook.entries import Entry

E = TypeVar("E", bound=Entry)

Pattern = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def known_words(*tables: Iterable[Entry]) -> dict[str, Pattern]:
    """Lemma (as written and in normal form) to root, form, masdars, plurals; the first entry of a lemma wins."""
    out: dict[str, Pattern] = {}
    for entry in (e for table in tables for e in table):
        if entry.pos in ("v", "n"):
            pattern = (entry.root, entry.form, entry.masdars, entry.plurals)
            out.setdefault(entry.lemma, pattern)
            out.setdefault(norm(entry.lemma), pattern)
    return out


def with_heads(entries: Sequence[E], known: dict[str, Pattern]) -> list[E]:
    """The expressions among `entries`, each with the paradigm of its first word."""
    return [_with_head(e, known) for e in entries if e.pos == "x"]


def _with_head(entry: E, known: dict[str, Pattern]) -> E:
    if entry.root != "-" or entry.plurals:
        return entry
    pattern = known.get(entry.words[0]) or known.get(norm(entry.words[0]))
    if pattern is None:
        return entry
    root, form, masdars, plurals = pattern
    return msgspec.structs.replace(entry, root=root, form=form, masdars=masdars, plurals=plurals)
