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
    ("من قتل 7 من عناصر الحاجز", [("killed", (7, 7))]),
    ("المسلح الذي قتل عشرات من الشرطة", [("killed", (24, None))]),
    ("المئات سقطوا قتلى", [("killed", (200, None))]),
    ("قتل مع أربعة جنود آخرين", [("killed", (5, 5))]),
    ("قتل مسلحون ستة أشخاص", [("killed", (6, 6))]),
    ("قتل حارسين وأصاب تسعة آخرين", [("injured", (9, 9)), ("killed", (2, 2))]),
    ("أصاب الصاروخ هدفه", []),
    ("سقوط العديد من الضحايا", [("killed", (1, None))]),
    ("أوقعت خسائر مادية وبشرية", [("injured", (1, None)), ("killed", (1, None))]),
    ("تكبد خسائر في الأرواح", [("killed", (1, None))]),
    ("القضاء على عشرات المسلحين", [("killed", (24, None))]),
    ("القضاء على مجموعة مسلحة", [("killed", (1, None))]),
    ("القضاء على البطالة", []),
    ("وإصابة 15 يوم الجمعة", [("injured", (15, 15))]),
    ("لم تعلن الوزارة عن وقوع إصابات", []),
    ("مقتل السيدة سلمى وابنها", [("killed", (2, 2))]),
    ("مقتل سائق تركي وطبيب ألماني وأربعة من كينيا", [("killed", (6, 6))]),
    ("استشهاد رامي (31 عاماً)", [("killed", (1, 1))]),
    ("ارتفاع العدد الإجمالي للقتلى إلى 512", [("killed", (512, 512))]),
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
