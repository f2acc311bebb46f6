"""Tolls: Arabic → killed and injured."""

from __future__ import annotations

import pytest

from musnad.arabic.numbers import find_numbers
from musnad.arabic.text import tokenize
from musnad.arabic.tolls import find_tolls

ROWS: list[tuple[str, list[tuple[str, tuple[int, int | None]]]]] = [
    ("مقتل 18 شخصاً وإصابة آخرين بجروح", [("killed", (18, 18)), ("injured", (1, None))]),
    ("أسفر عن سقوط 5 قتلى و12 جريحاً", [("killed", (5, 5)), ("injured", (12, 12))]),
    ("استشهد 3 فلسطينيين وأصيب آخرون", [("killed", (3, 3)), ("injured", (1, None))]),
    ("أدى القصف إلى استشهاد مقاتل وإصابة اثنين آخرين", [("killed", (1, 1)), ("injured", (2, 2))]),
    ("مقتل عسكريين اثنين في المعسكر", [("killed", (2, 2))]),
    ("مقتل مدنيين في البلدة", [("killed", (1, None))]),
    ("مقتل مدني في البلدة", [("killed", (1, 1))]),
    ("مقتل جنديين في البلدة", [("killed", (2, 2))]),
    ("مقتل عسكريين اثنين", [("killed", (2, 2))]),
    ("مقتل أحد الحراس", [("killed", (1, 1))]),
    ("مقتل ما لا يقل عن 5 مدنيين", [("killed", (5, None))]),
    ("إصابة عشرات المتظاهرين", [("injured", (24, None))]),
    ("استشهاد سيدة وثلاثة أطفال", [("killed", (4, 4))]),
    ("28 شخصاً قتلوا في المعارك", [("killed", (28, 28))]),
    ("قتلت القوات 143 شخصاً", [("killed", (143, 143))]),
    ("أودى الانفجار بحياة 6 مدنيين", [("killed", (6, 6))]),
    ("وقعت 10 حالات وفاة", [("killed", (10, 10))]),
    ("سقط أفراد الطاقم بين قتيل وجريح", [("killed", (1, None)), ("injured", (1, None))]),
    ("سقوط أكثر من 50 قتيلاً وجريحاً", [("injured", (1, None)), ("killed", (1, None))]),
    ("لم يصب أحد بأذى", [("injured", (0, 0))]),
    ("من دون وقوع إصابات", [("injured", (0, 0))]),
    ("من دون وقوع خسائر بشرية", [("injured", (0, 0)), ("killed", (0, 0))]),
    ("إصابة 3 دبابات", []),
    ("محاولة اغتيال فاشلة", []),
    ("حقق القصف إصابات مباشرة", []),
    ("عاد 5 جنود", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_tolls(text: str, expected: list[tuple[str, tuple[int, int | None]]]) -> None:
    tokens = tokenize(text)
    found = find_tolls(tokens, find_numbers(tokens, text))
    assert sorted((t.kind, t.count) for t in found) == sorted(expected)


def test_tolls_of_one_sentence() -> None:
    text = "مقتل جندي. مقتل 3 مدنيين."
    tokens = tokenize(text)
    found = find_tolls(tokens, find_numbers(tokens, text), 3, len(tokens) - 1)
    assert [(t.kind, t.count) for t in found] == [("killed", (3, 3))]
