"""Verbs that no codebook lists are known by their form, with and without clitics; nouns are not."""

from __future__ import annotations

import pytest

from musnad.arabic.letters import norm
from musnad.arabic.verb_forms import is_verb_form


@pytest.mark.parametrize("word", ["يمكن", "وتمكنت", "سيبحث", "فازداد", "يحتاجها", "تشترك", "وصرح"])
def test_a_verb_is_known_with_its_clitics(word: str) -> None:
    assert is_verb_form(norm(word))


@pytest.mark.parametrize("word", ["مدينة", "القرية", "والوزير", "مستشفى", "طريق", "ثلاثة", "يوم", "يد"])
def test_a_noun_is_no_verb(word: str) -> None:
    assert not is_verb_form(norm(word))
