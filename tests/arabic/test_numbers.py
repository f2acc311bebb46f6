"""Numbers: Arabic → [min, max], with the kind where it is not a plain count and the word that is counted."""

from __future__ import annotations

import pytest

from musnad.arabic.numbers import count_of_noun, find_numbers, person_noun
from musnad.arabic.text import tokenize


def told(text: str) -> list[tuple[int, int | None]]:
    return [(n.min, n.max) for n in find_numbers(tokenize(text), text) if n.kind not in ("ordinal", "time")]


ROWS = [
    # digits
    ("عاد 23 شخصاً", [(23, 23)]),
    ("عاد ٢٣ شخصاً", [(23, 23)]),
    ("نزح 1,250 شخصاً", [(1250, 1250)]),
    ("نزح 12.500 شخص", [(12500, 12500)]),
    ("ضحيتها3 أطفال", [(3, 3)]),  # glued by a crawler
    # units and gender
    ("وصل ثلاثة جنود وأربع نساء", [(3, 3), (4, 4)]),
    ("وصل ثمانية رجال وثماني نساء", [(8, 8), (8, 8)]),
    ("اعتقل اثنان من الحراس", [(2, 2)]),
    ("بقي شخص واحد", [(1, 1)]),
    # teens, tens, hundreds in both spellings
    ("أحد عشر قارباً", [(11, 11)]),
    ("اثنتا عشرة قرية", [(12, 12)]),
    ("خمسة عشر حارساً", [(15, 15)]),
    ("خمسة وعشرون حارساً", [(25, 25)]),
    ("واحد وعشرون حارساً", [(21, 21)]),
    ("إحدى وعشرون امرأة", [(21, 21)]),
    ("مئة بيت", [(100, 100)]),
    ("مائة بيت", [(100, 100)]),
    ("مئتان وخمسون بيتاً", [(250, 250)]),
    ("مائتي بيت", [(200, 200)]),
    ("ثلاثمئة بيت", [(300, 300)]),
    ("ثلاثمائة بيت", [(300, 300)]),
    ("أربع مئة بيت", [(400, 400)]),
    ("مئة وثلاثة وعشرون بيتاً", [(123, 123)]),
    # thousands and beyond
    ("ألف مقاتل", [(1000, 1000)]),
    ("ألفا مقاتل", [(2000, 2000)]),
    ("ألفي مقاتل", [(2000, 2000)]),
    ("ألفان و300 نازح", [(2300, 2300)]),
    ("12 ألفاً", [(12000, 12000)]),
    ("10 آلاف و300 نازح", [(10300, 10300)]),
    ("ثلاثة عشر ألفا وخمسمائة وسبعة", [(13507, 13507)]),
    ("3 ملايين و200 ألف نازح", [(3200000, 3200000)]),
    ("1.5 مليون نازح", [(1500000, 1500000)]),
    ("مليون ونصف المليون نازح", [(1500000, 1500000)]),
    ("نصف مليون نازح", [(500000, 500000)]),
    ("ثلاثة آلاف مليار ليرة", [(3 * 10**12, 3 * 10**12)]),
    ("(100) مليون ليرة", [(100000000, 100000000)]),
    # vague ones
    ("عشرات الجنود", [(24, None)]),
    ("مئات الجنود", [(200, None)]),
    ("آلاف الجنود", [(2000, None)]),
    ("عشرات الآلاف من الناس", [(20000, None)]),
    ("بضعة أشخاص", [(3, 9)]),
    ("عدد من الحراس", [(1, None)]),
    ("عدداً من الحراس", [(1, None)]),
    ("عدد كبير من الحراس", [(1, None)]),
    ("عدة قرى", [(1, None)]),
    ("قرى عدة", [(1, None)]),
    # bounds
    ("ما لا يقل عن خمسة حراس", [(5, None)]),
    ("خمسة حراس على الأقل", [(5, None)]),
    ("أكثر من 27 حارساً", [(27, None)]),
    ("تجاوز عدد الحراس 27", [(27, None)]),
    ("ما يزيد على 40 حارساً", [(40, None)]),
    ("أقل من 10 حراس", [(0, 10)]),
    ("لا يتجاوز 10 حراس", [(0, 10)]),
    ("نحو 20 حارساً", [(20, 20)]),
    ("حوالي عشرين حارساً", [(20, 20)]),
    ("بين 5 و7 حراس", [(5, 7)]),
    ("ما بين 10 إلى 15 حارساً", [(10, 15)]),
    ("15-20 حارساً", [(15, 20)]),
    ("ارتفع من 53 إلى 108 حراس", [(53, 53), (108, 108)]),  # a change is two numbers
    ("ما لا يقل عن شاحنتين", [(2, None)]),
    # duals that count
    ("عاد جنديان", [(2, 2)]),
    ("بينهم قتيلين", [(2, 2)]),
    ("عسكريين اثنين", [(2, 2)]),
    ("البلدين الشقيقين", []),
    # what is no count
    ("كمية من السلاح", []),
    ("وجهاً بعد وجه بعده", []),
    ("ثلاثة أرباع المدينة", []),
    ("وأحد الحراس", []),
    ("دبابة M1 في الشارع", []),
    ("ألف مبروك", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_numbers(text: str, expected: list[tuple[int, int | None]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("نسبة 30 في المئة", "percent", "30"),
        ("نسبة %30", "percent", "30"),
        ("بقيمة 5 دولارات", "money", "5"),
        ("على بعد 7 كيلومترات", "measure", "7"),
        ("في الساعة 10:30", "time", "10:30"),
        ("عند الساعة الخامسة والنصف", "time", "الخامسة والنصف"),
        ("في المرة الثانية", "ordinal", "الثانية"),
    ],
)
def test_kinds(text: str, kind: str, words: str) -> None:
    (number,) = find_numbers(tokenize(text), text)
    assert (number.kind, text[number.start : number.end]) == (kind, words)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("وصل 23 شخصاً", "شخصاً"),
        ("خمسة من عناصر الشرطة", "عناصر"),
        ("الأشهر الثلاثة", "الأشهر"),
        ("الجنود الـ 55 الذين عادوا", "الجنود"),
        ("(354) نازحاً", "نازحاً"),
    ],
)
def test_what_is_counted(text: str, noun: str) -> None:
    tokens = tokenize(text)
    (number,) = find_numbers(tokens, text)
    assert number.noun is not None
    assert tokens[number.noun].text == noun


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("مدني", (1, 1)),
        ("جنديان", (2, 2)),
        ("قتيلين", (2, 2)),
        ("مدنيين", (1, None)),  # a dual on paper too: the plural is likelier
        ("مدنيَين", (2, 2)),  # the fatha says dual
        ("وشهداء", (1, None)),
        ("الطفلة", (1, 1)),
        ("شقيقه", (1, 1)),
        ("دبابة", None),
    ],
)
def test_count_of_noun(word: str, expected: tuple[int, int | None] | None) -> None:
    (token,) = tokenize(word)
    assert count_of_noun(token) == expected


def test_fate_of_nouns() -> None:
    assert [person_noun(word).fate for word in ("قتلي", "جرحي", "شخص")] == ["killed", "injured", ""]  # type: ignore[union-attr]


def test_offsets_and_skipped_tokens() -> None:
    text = "في 24 تموز عاد 5 جنود"
    tokens = tokenize(text)
    numbers = find_numbers(tokens, text, [(1, 2)])
    assert [text[n.start : n.end] for n in numbers] == ["5"]
