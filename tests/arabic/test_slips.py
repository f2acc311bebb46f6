"""Damaged words: glued ones taken apart, slips of the pen corrected, and right words left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.arabic.inflection import conjugate
from musnad.arabic.letters import norm
from musnad.arabic.slips import Slips
from musnad.arabic.text import tokenize
from musnad.arabic.words import Lexicon

PLACES = {norm(name) for name in ("البوكمال", "جيبين", "حلب", "الرقة", "تل رفعت")}
FORMS = {form.text: ["قصف"] for form in conjugate("ق-ص-ف", "I:i", ["قصف"])}
SLIPS = Slips(Lexicon(FORMS), PLACES.__contains__)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("مراسلالميادينفي", "مراسل الميادين في"),
        ("مصادرالميادين", "مصادر الميادين"),
        ("قصفهاموقعي", "قصفها موقعي"),
        # ة and ى end a word
        ("سوريةفي", "سوريه في"),
        ("إلىاتفاق", "الي اتفاق"),
        # the alif of tanwin too
        ("قراراًبإقالة", "قرارا باقاله"),
        ("وأعلنتوزارة", "واعلنت وزاره"),
        ("بوركينافاسو", "بوركينا فاسو"),
    ],
)
def test_glued_words(word: str, pieces: str) -> None:
    form = norm(word)
    cuts = SLIPS.unglue(form, word)
    assert cuts is not None
    assert " ".join(form[a:b] for a, b in cuts) == pieces


NOT_GLUED = (
    "ستوكهولم ديسانتيس باكستانية دونيتسك فاستهدفتها والمستشفيات للاستخبارات بروكسل أفغانستان مستوطناتهم "
    "الطائراتان وسيستهدفونها نواكشوط"
)


@pytest.mark.parametrize("word", [*NOT_GLUED.split()])
def test_words_that_are_whole(word: str) -> None:
    assert SLIPS.unglue(norm(word), word) is None


def test_pieces_point_into_the_text() -> None:
    body = "أفاد مراسلالميادينفي حلب بأنّ قراراًبإقالة القائد صدر"
    tokens = SLIPS.split(tokenize(body))
    assert " ".join(t.text for t in tokens) == "أفاد مراسل الميادين في حلب بأنّ قراراً بإقالة القائد صدر"
    assert [t.i for t in tokens] == [*range(len(tokens))]
    assert all(body[t.start : t.end] == t.text and norm(t.text) == t.norm for t in tokens)


@pytest.mark.parametrize(
    ("before", "word", "after", "meant"),
    [
        # a swap that makes another word, before the name of a place
        ("في", "مدنية", "البوكمال", "مدينة"),
        # a word that does not exist, beside the word that it belongs to
        ("", "الويات", "المتحدة", "الولايات"),
        ("", "علميات", "عسكرية", "عمليات"),
        ("باسم", "وزراة", "الدفاع", "وزارة"),
        ("الجيش", "السوادني", "", "السوداني"),
        # a place behind the noun that asks for one
        ("بلدة", "جيبن", "", "جيبين"),
        # right words, and damaged ones that nothing proves
        ("منشآت", "مدنية", "في", None),
        ("أهداف", "مدنية", "وعسكرية", None),
        ("", "الويات", "", None),
        ("الرئيس", "فلاديمير", "بوتين", None),
        ("قوات", "سوريا", "الديمقراطية", None),
        ("مدينة", "حلب", "السورية", None),
    ],
)
def test_slips_of_the_pen(before: str, word: str, after: str, meant: str | None) -> None:
    got = SLIPS.correct(norm(word), word, norm(before), norm(after))
    assert got == (None if meant is None else norm(meant))


@given(st.text("ابتدرسفقكلمنهويىةءأإًّ ", max_size=60))
def test_splitting_any_text_keeps_every_letter(body: str) -> None:
    tokens = tokenize(body)
    split = SLIPS.split(tokens)
    assert "".join(t.norm for t in split) == "".join(t.norm for t in tokens)
    end = 0
    for i, t in enumerate(split):
        assert t.i == i and t.start >= end and body[t.start : t.end] == t.text and norm(t.text) == t.norm
        end = t.end
