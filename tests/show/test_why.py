"""Why a record was made, in sentences."""

from __future__ import annotations

import pytest
from sample import BODY, CODED, NOTE, REPORT

from musnad.codebook.explaining import Explainer, plainly
from musnad.errors import UsageError
from musnad.show.why import Voice, explain


def test_an_event() -> None:
    text = explain(REPORT, CODED, "e1", {"events/assault.tsv:قصف": "قَصَفَ: bombed"}.get)
    for words in (
        "e1 of report sample-1: assault (airstrike) by RUS-MIL, to SDF, at Conoco gas plant, on 2017-09-16; ",
        f"Note: {NOTE}",
        f"what         «قصفت»  characters {BODY.index('قصفت')}-{BODY.index('قصفت') + 4}",
        "Who says so: وكالة رقيم, quoting المرصد السوري (SOHR), quoting مصادر محلية (ANON).",
        "  events/assault.tsv:قصف\n      قَصَفَ: bombed",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("e2", "assault (airstrike), no doer told; told as denied."),
        ("c1", "SDF holds Conoco gas plant, from RUS-GOV."),
        ("t1", "CJTF-OIR backs SDF."),
        ("p1", "SDF is at Conoco gas plant."),
        ("l1", "e2 in answer to e1."),
    ],
)
def test_each_kind_of_record(record: str, words: str) -> None:
    assert words in explain(REPORT, CODED, record)


def test_a_record_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="has no record e9; its records are e1, e2, c1, t1, p1, l1"):
        explain(REPORT, CODED, "e9")


def test_in_arabic() -> None:
    text = explain(REPORT, CODED, "e1", voice=Voice("ar", lambda i: "روسيا: الجيش" if i == "RUS-MIL" else i))
    for words in ("e1 من التقرير sample-1: اعتداء (غارة جوية) من روسيا: الجيش، بحق", "الألفاظ التي يقوم عليها:",
                  "القائل: وكالة رقيم نقلا عن المرصد السوري", "مداخل المعجم والقواعد التي أنشأته:"):  # fmt: skip
        assert words in text, (words, text)
    assert "told as" not in text and "characters" not in text


def test_rules_in_both_languages() -> None:
    assert plainly("back", "ar") == "لفظ يعود على طرف سبق ذكره" and "points back" in plainly("back")
    assert plainly("told by: قال", "ar") == "رواه: قال" and plainly("assault:قصف", "ar") == "assault:قصف"
    told = Explainer(lang="ar")("assault:قصف")
    assert told is not None and "المدخل قَصَفَ" in told and "النوع ASSAULT" in told
