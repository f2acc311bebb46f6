"""A word that may be verb or noun, or several verbs, is read by what stands beside it."""

from __future__ import annotations

import pytest

from musnad import codebook
from musnad.coding.document import Candidate, Doc, build
from musnad.report import Report


def read(sentence: str) -> Doc:
    return build(Report(id="1", title="", body=sentence, published="2024-03-28"), codebook.load())


def candidate(doc: Doc, word: str) -> Candidate:
    return next(c for c in doc.candidates if doc.tokens[c.i].text == word)


@pytest.mark.parametrize(
    ("sentence", "word", "shortened"),
    [("يستعد الجيش لعملية كبيرة", "يستعد", False), ("لم يستعد الجيش المدينة", "يستعد", True)],
)
def test_a_shortened_verb_needs_a_particle_before_it(sentence: str, word: str, shortened: bool) -> None:
    found = candidate(read(sentence), word)
    assert any(r.tense == "jussive" for r in found.readings) is shortened
