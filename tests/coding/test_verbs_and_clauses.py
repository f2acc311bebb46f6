"""What counts as a verb in its clause: listed ones, others by their form, masdars that look like verbs of two."""

from __future__ import annotations

import pytest
from coded_sentences import doc

from musnad.coding.grammar import is_clause_verb, verbal


def at(sentence: str, word: str) -> tuple[object, int]:
    d = doc(sentence)
    return d, next(t.i for t in d.tokens if t.text == word)


@pytest.mark.parametrize(
    ("sentence", "word", "verb"),
    [
        ("حققت القوة تقدما في الضاحية", "تقدما", False),
        ("شن الطيران قصفا على التلة", "قصفا", False),
        ("تقدم الجيش نحو التلة", "تقدم", True),
        ("اقترب الرتل من القرية", "اقترب", True),
    ],
)
def test_verb_or_masdar(sentence: str, word: str, verb: bool) -> None:
    d, i = at(sentence, word)
    assert verbal(d, i) is verb  # type: ignore[arg-type]


def test_a_verb_that_no_codebook_lists_ends_the_clause_before_it() -> None:
    d, i = at("قصف الجيش التلة بينما كانت الفرق تحتاج إلى الوقود", "تحتاج")
    assert is_clause_verb(d, i)  # type: ignore[arg-type]
