"""The normal form and the way back: for words in tables, for any Unicode text by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.arabic.letters import bare, norm, normalize, raw_positions
from musnad.arabic.text import tokenize

# letters, marks, presentation forms, digits and the like are drawn more often than chance would
ARABIC = st.text(
    st.one_of(
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.sampled_from("\u200b\u200f\u00a0\u00ad\ufeff ,.\nab1"),
    ),
    max_size=60,
)
ANY = st.one_of(ARABIC, st.text(max_size=60))


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("أَكَّدَ", "اكد"),  # hamza and vowels
        ("إلى", "الي"),  # final ya
        ("مدينة", "مدينه"),  # ta marbuta
        ("الــنظام", "النظام"),  # tatweel
        ("ﺍﻟﻨﻈﺎﻡ", "النظام"),  # presentation forms
        ("لا\u200fجئ", "لاجئ"),  # zero-width marks
        ("٢٠١٨", "2018"),  # Arabic-Indic digits
        ("۲۰۱۸", "2018"),  # Persian digits
        ("کی", "كي"),  # Persian letters
        ("سُئِلَ", "سئل"),  # the hamza on its seat stays
    ],
)
def test_norm(written: str, form: str) -> None:
    assert norm(written) == form
    assert normalize(written).text == form


def test_the_way_back() -> None:
    body = "قال الــنّاطق: ﻻ تعليق"
    normal = normalize(body)
    assert normal.text == "قال الناطق: لا تعليق"
    at = normal.text.index("الناطق")
    start, end = normal.to_span(at, at + len("الناطق"))
    assert body[start:end] == "الــنّاطق"
    # one character that spells two letters stands for both
    at = normal.text.index("لا")
    assert normal.to_span(at, at + 1) == normal.to_span(at, at + 2)
    assert body[slice(*normal.to_span(at, at + 2))] == "ﻻ"
    assert raw_positions("الــنّ") == (0, 1, 4, 6)


def test_a_position_outside_the_text_is_an_error() -> None:
    with pytest.raises(IndexError):
        normalize("نص").to_raw(3)


@given(ANY)
def test_norm_is_idempotent(text: str) -> None:
    assert norm(norm(text)) == norm(text)


@given(ANY)
def test_bare_is_as_long_as_the_normal_form(text: str) -> None:
    assert len(bare(text)) == len(norm(text))
    assert norm(bare(text)) == norm(text)


@given(ANY)
def test_every_normal_position_maps_into_the_text_in_order(text: str) -> None:
    normal = normalize(text)
    raws = [normal.to_raw(i) for i in range(len(normal.text) + 1)]
    assert raws == sorted(raws)
    assert all(0 <= r < len(text) for r in raws[:-1])
    assert raws[-1] == len(text)
    for i, r in enumerate(raws[:-1]):
        start, end = normal.to_span(i, i + 1)
        assert (start, end) == (r, r + 1)
        assert normal.text[i] in normalize(text[start:end]).text
        assert normal.to_raw(normal.to_normal(r)) >= r


@given(ANY)
def test_tokens_are_exact_and_in_order(text: str) -> None:
    end = 0
    for i, token in enumerate(tokenize(text)):
        assert token.i == i
        assert token.start >= end
        assert text[token.start : token.end] == token.text
        assert token.text.strip() == token.text != ""
        end = token.end
