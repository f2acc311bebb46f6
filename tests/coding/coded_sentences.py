"""Short ways to build a report of one sentence, and acts in it, for the tables of the records around the events."""

from __future__ import annotations

from functools import lru_cache

from musnad import codebook
from musnad.codebook import Codebook
from musnad.coding.coder import Draft
from musnad.coding.document import Doc, build
from musnad.coding.triggers import Trigger
from musnad.report import Report


@lru_cache(maxsize=1)
def book() -> Codebook:
    """Our own codebook."""
    return codebook.load()


def doc(body: str, published: str = "2020-06-15") -> Doc:
    """A report with this body, looked up."""
    return build(Report(id="x", outlet=None, published=published, title="", body=body), book())


def act(d: Doc, word: str, kind: str) -> Draft:
    """The candidate at the first token written `word`, taken as an act of a type (ASSAULT/airstrike)."""
    at = next(t.i for t in d.tokens if t.text == word)
    candidate = next(c for c in d.candidates if c.i == at)
    type_, _, mode = kind.partition("/")
    return Draft(Trigger(candidate, type_, mode or None, 1.0, []))


def acts(d: Doc, told: str) -> list[Draft]:
    """Acts written as `word=TYPE/mode`, in text order."""
    found = [act(d, *part.split("=")) for part in told.split()]
    return sorted(found, key=lambda x: x.trigger.candidate.i)


def actor(d: Doc, ident: str) -> int:
    """The number of the first mention with an id."""
    return next(k for k, m in enumerate(d.actors) if m.id_for("ASSAULT") == ident or m.id == ident)


def place(d: Doc, name: str) -> int:
    """The number of the first place mention with a name."""
    return next(k for k, p in enumerate(d.places) if p.name == name)
