"""Phrases in a row of tokens."""

import pickle

import pytest

from musnad.arabic.text import tokenize
from musnad.codebook.phrases import PhraseTable

TABLE: PhraseTable[str] = PhraseTable()
for phrase, value in [
    ("قوات سوريا الديمقراطية", "SDF"),
    ("قوات", "forces"),
    ("النظام", "SYR-GOV"),
    ("وزارة الدفاع", "MOD"),
    ("قوات قسد", "SDF"),
    ("حلب", "Aleppo"),
]:
    TABLE.add(phrase, value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت قوات سوريا الديمقراطية البلدة", [(1, 3, "SDF", "")]),  # the longest wins
        ("قصفت قوات النظام البلدة", [(1, 1, "forces", ""), (2, 2, "SYR-GOV", "")]),
        ("ولقوات سوريا الديمقراطيّة رأي", [(0, 2, "SDF", "ول")]),  # particles and a vowel sign
        ("قصف للنظام", [(1, 1, "SYR-GOV", "ل")]),  # the alif that the lam swallowed
        ("قالت وزارة الدفاع", [(1, 2, "MOD", "")]),  # its و is no particle
        ('مصدر في قوات "قسد"', [(2, 4, "SDF", "")]),  # quotation marks inside a name
        ("قوات سوريا", [(0, 0, "forces", "")]),  # a longer phrase that breaks off
        ("محلب", []),
    ],
)
def test_find(text: str, expected: list[tuple[int, int, str, str]]) -> None:
    found = [(m.first, m.last, m.values[0], m.particles) for m in TABLE.find(tokenize(text))]
    assert found == expected


def test_several_values_overlap_and_pickle() -> None:
    table: PhraseTable[str] = PhraseTable()
    table.add("لواء", "brigade")
    table.add("لواء", "banner")
    table.add("لواء القدس", "Liwa al-Quds")
    table.add("القدس", "Jerusalem")
    again = pickle.loads(pickle.dumps(table))
    tokens = tokenize("لواء القدس")
    assert [m.values for m in again.find(tokens, overlap=True)] == [("Liwa al-Quds",), ("Jerusalem",)]
    assert again.get("لواء") == ("brigade", "banner")
    assert len(again) == 4


def test_a_phrase_needs_a_word() -> None:
    with pytest.raises(ValueError):
        PhraseTable().add(" «» ", 1)
