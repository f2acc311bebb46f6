"""Programs from PyPI that can be had beside the coder, on the same text. None of them codes; each does one step of it.

They are needed for this table only: pip install '.[bench]'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from musnad.engine import open_book

Work = Callable[[Sequence[str]], object]


@dataclass(frozen=True, slots=True)
class Rival:
    """A rival: `make` prepares it outside of the time that counts, None when it is not installed."""

    name: str
    does: str
    make: Callable[[], Work | None]


def _automaton() -> Work | None:
    try:
        import ahocorasick
    except ImportError:
        return None
    book = open_book(None)
    machine = ahocorasick.Automaton()
    for n, form in enumerate([*book.events, *book.speech, *book.places.names]):
        machine.add_word(form, n)
    machine.make_automaton()
    return lambda bodies: [sum(1 for _ in machine.iter(body)) for body in bodies]


def _spacy() -> Work | None:
    try:
        import spacy
    except ImportError:
        return None
    cut = spacy.blank("ar").tokenizer
    return lambda bodies: [len(cut(body)) for body in bodies]


ALL = (
    Rival("pyahocorasick", "finds the letters of our word forms anywhere: no words, particles or meaning", _automaton),
    Rival("spaCy blank('ar')", "cuts tokens; no normal forms, words are not looked up", _spacy),
)
