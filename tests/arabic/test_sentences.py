"""Sentences, clauses, quotations and lists, as a reader would cut them."""

from __future__ import annotations

import pytest

from musnad.arabic.sentences import clauses, joined, quotations, split
from musnad.arabic.text import tokenize

SENTENCES = [
    ("عاد الجنود. بقي الحراس.", ["عاد الجنود.", "بقي الحراس."]),
    ("عاد الجنود.بقي الحراس.", ["عاد الجنود.", "بقي الحراس."]),  # no space after the stop
    ("عاد الجنود\nبقي الحراس", ["عاد الجنود", "بقي الحراس"]),
    ("هل عادوا؟ نعم عادوا!", ["هل عادوا؟", "نعم عادوا!"]),
    ("بلغت النسبة 3.5 في المئة.", ["بلغت النسبة 3.5 في المئة."]),
    ("قال د. سامي إنه عاد.", ["قال د. سامي إنه عاد."]),
    ("أفادت بي.بي.سي بأنه عاد.", ["أفادت بي.بي.سي بأنه عاد."]),
    ("عاد.. ثم خرج.", ["عاد.. ثم خرج."]),  # two points are a pause
    ("قال: «عاد الجنود.» ثم خرج.", ["قال: «عاد الجنود.»", "ثم خرج."]),
    ('قال: "عاد الجنود". ثم خرج.', ['قال: "عاد الجنود".', "ثم خرج."]),
    ("***\nعاد الجنود", ["عاد الجنود"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    found = split(tokenize(text), text)
    assert [text[s.start : s.end] for s in found] == expected


def test_every_word_is_in_one_sentence() -> None:
    text = "عاد الجنود؛ بقي الحراس. «خرج» الناس\n\nوقال: نعم"
    tokens = tokenize(text)
    covered = [i for s in split(tokens, text) for i in range(s.first, s.last + 1)]
    assert covered == sorted(set(covered))
    assert {t.i for t in tokens if t.kind == "word"} <= set(covered)


CLAUSES = [
    ("عاد الجنود، فيما بقي الحراس", ["main", "parallel"]),
    ("قال إنه عاد", ["main", "complement"]),
    ("الجنود الذين عادوا خرجوا", ["main", "relative"]),
    ("لم يعد، لكنه اتصل", ["main", "contrast"]),
    ("عاد الجنود، ما أدى إلى توتر", ["main", "result"]),
    ("بقي لأنه مريض", ["main", "cause"]),
]


@pytest.mark.parametrize(("text", "kinds"), CLAUSES)
def test_clauses(text: str, kinds: list[str]) -> None:
    tokens = tokenize(text)
    (sentence,) = split(tokens, text)
    found = clauses(tokens, sentence)
    assert [c.kind for c in found] == kinds
    assert [i for c in found for i in range(c.first, c.last + 1)] == list(range(sentence.first, sentence.last + 1))


def test_verb_after_and_opens_a_clause() -> None:
    text = "دخل الجنود البلدة واعتقلوا الحراس"
    tokens = tokenize(text)
    (sentence,) = split(tokens, text)
    found = clauses(tokens, sentence, lambda token: token.norm == "واعتقلوا")
    assert [text[c.start : c.end] for c in found] == ["دخل الجنود البلدة", "واعتقلوا الحراس"]


QUOTATIONS = [
    ("قال إن «الجنود عادوا إلى مواقعهم أمس» ثم خرج", [("«الجنود عادوا إلى مواقعهم أمس»", "speech", True)]),
    ('قال: "الجنود عادوا إلى مواقعهم أمس".', [('"الجنود عادوا إلى مواقعهم أمس"', "speech", True)]),
    ('دخل "جيش" العدو', [('"جيش"', "scare", True)]),
    ("ذكرت صحيفة «النهار» ذلك", [("«النهار»", "title", True)]),
    ("قال: “الجنود عادوا إلى مواقعهم”", [("“الجنود عادوا إلى مواقعهم”", "speech", True)]),
    ("قال: «الجنود عادوا إلى مواقعهم", [("«الجنود عادوا إلى مواقعهم", "speech", False)]),
    ("وضع الخيمة عند l'arbre", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTATIONS)
def test_quotations(text: str, expected: list[tuple[str, str, bool]]) -> None:
    found = quotations(tokenize(text), text)
    assert [(text[q.start : q.end], q.kind, q.balanced) for q in found] == expected


def test_nested_quotation() -> None:
    text = 'قال: «إن جنود "الفرقة الأولى" عادوا إلى مواقعهم»'
    outer, inner = quotations(tokenize(text), text)
    assert (outer.depth, inner.depth) == (0, 1)
    assert text[inner.start : inner.end] == '"الفرقة الأولى"'


def test_a_quotation_ends_with_its_line() -> None:
    text = 'قال "عاد الجنود إلى مواقعهم\nثم خرج الناس من "البلدة"'
    found = quotations(tokenize(text), text)
    assert all("\n" not in text[q.start : q.end] for q in found)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("دمشق وحلب وحمص", ["دمشق", "وحلب", "وحمص"]),
        ("وزارة الدفاع ووزارة الداخلية", ["وزارة الدفاع", "ووزارة الداخلية"]),
        ("دمشق، حلب", ["دمشق", "حلب"]),
    ],
)
def test_joined(text: str, members: list[str]) -> None:
    tokens = tokenize(text)
    found = joined(tokens, 0, len(tokens) - 1)
    assert [text[tokens[a].start : tokens[b].end] for a, b in found] == members
