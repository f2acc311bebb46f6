"""Words taken apart: *word → parts*, with the shipped vocabulary and a small dictionary of the tests' own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.arabic.inflection import conjugate, inflect_noun
from musnad.arabic.letters import norm
from musnad.arabic.words import Lexicon

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
from score_clitics import score


def dictionary() -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    verbs = [("ق-ص-ف", "I:i", "قصف"), ("س-ي-ط-ر", "Q1", "سيطرة"), ("ه-د-ف", "X", "استهداف"), ("ق-ت-ل", "I:u", "قتل")]
    for root, pattern, masdar in verbs:
        for form in conjugate(root, pattern, [masdar]):
            forms.setdefault(form.text, []).append(masdar)
    for noun, plural in [("ميليشيا", "ميليشيات"), ("قوة", "قوات")]:
        for form in inflect_noun(noun, [plural]):
            forms.setdefault(form.text, []).append(noun)
    return forms


LEXICON = Lexicon(dictionary())
PLAIN: Lexicon[str] = Lexicon()


def parts(lexicon: Lexicon[str], word: str) -> str:
    best = lexicon.best(norm(word), word)
    pieces = [best.conj, best.prep, "س" * best.future, "ال" * best.article, best.stem, best.suffix]
    return "+".join(piece for piece in pieces if piece)


CUT = [
    # conjunction, verb, object
    ("وقصفتها", "و+قصفت+ها"),
    # ta marbuta opens before a pronoun
    ("سيطرتهم", "سيطره+هم"),
    # conjunction and article
    ("فالميليشيات", "ف+ال+ميليشيات"),
    # the alif of the article falls after ل
    ("وللمعارضة", "و+ل+ال+معارضه"),
    ("لإجبار", "ل+اجبار"),
    ("واستهدفت", "و+استهدفت"),
    ("المدعومة", "ال+مدعومه"),
    ("وسيطرت", "و+سيطرت"),
    # the future
    ("سيقصف", "س+يقصف"),
    ("بالتعاون", "ب+ال+تعاون"),
    ("لقواته", "ل+قوات+ه"),
    # ى opens to alif, وا loses its alif, hamza takes a seat
    ("رماها", "رمي+ها"),
    ("قصفوها", "قصفوا+ها"),
    ("أصدقائه", "اصدقاء+ه"),
    ("وإلى", "و+الي"),
    ("وبأنهم", "و+ب+ان+هم"),
    ("بها", "ب+ها"),
]
WHOLE = "وزارة بلدة فرنسا كتائب والي فصائل لبنان بغداد كركوك سوريا وحدات لواء فيلق باكستان كوباني التقى واصل"
FUSED = "كما هناك الذي الله"


@pytest.mark.parametrize(("word", "wanted"), CUT)
def test_cut(word: str, wanted: str) -> None:
    assert parts(PLAIN, word) == wanted
    assert parts(LEXICON, word) == wanted


@pytest.mark.parametrize("word", [*WHOLE.split(), *FUSED.split()])
def test_whole(word: str) -> None:
    assert parts(PLAIN, word) == norm(word)
    assert parts(LEXICON, word) == norm(word)


def test_readings_of_the_dictionary_come_with_the_stem() -> None:
    word = LEXICON.best("وقصفتها", "وقصفتها")
    assert set(word.readings) == {"قصف"}
    assert "وقصفتها"[word.start : word.end] == "قصفت"
    # both readings of سيطرت before a pronoun are there: the noun and the verb
    assert [w.stem for w in LEXICON.analyse("سيطرتهم", "سيطرتهم")] == ["سيطره", "سيطرت"]


def test_after_ta_marbuta_there_is_no_pronoun() -> None:
    assert all(not w.suffix for w in LEXICON.analyse("قوه", "قوة"))


@given(st.text("ابتدرسصطعفقكلمنهويىةءأإآؤئ", min_size=1, max_size=14))
def test_any_word_has_a_reading_inside_the_word(word: str) -> None:
    form = norm(word)
    words = LEXICON.analyse(form, word)
    assert words
    assert sum(w.share for w in words) <= 1.0001
    for w in words:
        assert 0 <= w.start < w.end <= len(form)
        assert form[w.end :] == w.suffix


def test_labelled_tokens_of_the_corpus() -> None:
    shares = score(PLAIN)
    assert shares["random"] >= 0.99
    assert shares["rare"] >= 0.98
