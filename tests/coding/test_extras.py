"""Further fields of an event: an Arabic sentence, one act in it, and what else is told of it."""

from __future__ import annotations

from typing import Any

import pytest
from coded_sentences import act, actor, doc

from musnad.coding.extras import extras, phase
from musnad.coding.tolls import assign


def fields(body: str, word: str, kind: str) -> dict[str, Any]:
    d = doc(body)
    e = act(d, word, kind)
    assign(d, [e])
    return extras(d, e)


@pytest.mark.parametrize(
    ("body", "word", "expected"),
    [
        ("بدأت القوات قصف البلدة.", "قصف", "begin"),
        ("واصلت الطائرات قصف البلدة.", "قصف", "continue"),
        ("استأنفت القوات قصف البلدة.", "قصف", "resume"),
        ("حاولت القوات اقتحام البلدة.", "اقتحام", "attempt"),
        ("فشلت القوات في اقتحام البلدة.", "اقتحام", "fail"),
        ("أوقفت القوات قصف البلدة.", "قصف", "end"),
        ("أحبطت الشرطة هجوما على السوق.", "هجوما", "prevent"),
        ("قصفت القوات البلدة.", "قصفت", None),
        # an act in a phrase of its own is not governed
        ("حاولت القوات التقدم بعد قصف عنيف.", "قصف", None),
    ],
)
def test_phase(body: str, word: str, expected: str | None) -> None:
    d = doc(body)
    assert phase(d, act(d, word, "ASSAULT").trigger.candidate.i) == expected


@pytest.mark.parametrize(
    ("body", "word", "kind", "expected"),
    [
        (
            "قصفت الطائرات السوق، ما أدى إلى مقتل سبعة مدنيين بينهم ثلاثة أطفال وامرأتان.",
            "قصفت",
            "ASSAULT/airstrike",
            [("civilians", "killed", (7, 7)), ("children", "killed", (3, 3)), ("women", "killed", (2, 2))],
        ),
        ("قتل خمسة جنود في انفجار لغم.", "انفجار", "ASSAULT/bombing", [("soldiers", "killed", (5, 5))]),
        ("أصيب أربعة متظاهرين برصاص الشرطة.", "أصيب", "ASSAULT/attack", [("protesters", "injured", (4, 4))]),
        ("اعتقلت الشرطة خمسة صحافيين في العاصمة.", "اعتقلت", "COERCE/arrest", [("journalists", "detained", (5, 5))]),
        ("خطف مسلحون ثلاثة أطباء من المستشفى.", "خطف", "ASSAULT/abduct", [("medics", "detained", (3, 3))]),
        ("قصفت الطائرات السوق.", "قصفت", "ASSAULT/airstrike", []),
    ],
)
def test_toll_by_group(body: str, word: str, kind: str, expected: list[tuple[str, str, tuple[int, int]]]) -> None:
    assert [(g.group, g.harm, g.count) for g in fields(body, word, kind)["toll"]] == expected


@pytest.mark.parametrize(
    ("body", "word", "kind", "expected"),
    [
        ("قصفت الطائرات مستشفى في البلدة.", "قصفت", "ASSAULT/airstrike", "مستشفى"),
        ("أصابت القذائف مدرسة في الحي.", "أصابت", "ASSAULT/shelling", "مدرسة"),
        ("قصفت الطائرات البلدة.", "قصفت", "ASSAULT/airstrike", None),
        ("زار الوزير مستشفى في البلدة.", "زار", "CONSULT", None),
    ],
)
def test_facility(body: str, word: str, kind: str, expected: str | None) -> None:
    found = fields(body, word, kind)["facility"]
    assert (found.text if found is not None else None) == expected


@pytest.mark.parametrize(
    ("body", "word", "kind", "expected"),
    [
        ("قصفت القوات البلدة بالمدفعية الثقيلة.", "قصفت", "ASSAULT/shelling", "artillery"),
        ("استهدفت القوات الموقع بطائرة مسيرة.", "استهدفت", "ASSAULT/drone", "drone"),
        ("قصفت الطائرات البلدة بالبراميل المتفجرة.", "قصفت", "ASSAULT/airstrike", "barrel_bomb"),
    ],
)
def test_means(body: str, word: str, kind: str, expected: str) -> None:
    assert expected in [m.kind for m in fields(body, word, kind)["means"]]


@pytest.mark.parametrize(
    ("body", "word", "kind", "expected"),
    [
        ("حذرت الوزارة في بيان من هجوم جديد.", "حذرت", "THREATEN", "statement"),
        ("هدد القائد في تسجيل صوتي بقصف المدينة.", "هدد", "THREATEN", "broadcast"),
        ("طالب الوزير في مؤتمر صحفي بوقف القصف.", "طالب", "REQUEST", "press_conference"),
        ("ندد الرئيس في تغريدة بالهجوم.", "ندد", "ACCUSE", "social_media"),
        ("طالب الوزير بوقف القصف.", "طالب", "REQUEST", None),
    ],
)
def test_channel(body: str, word: str, kind: str, expected: str | None) -> None:
    assert fields(body, word, kind)["channel"] == expected


def test_doubt_of_the_doer() -> None:
    d = doc("تعرضت البلدة لغارات يرجح أنها من طائرات التحالف الدولي.")
    e = act(d, "لغارات", "ASSAULT/airstrike")
    e.actors = [actor(d, "CJTF-OIR")]
    assert extras(d, e)["doubt"] == ("actors",)


def test_words_for_the_date_and_the_status() -> None:
    d = doc("ربما قصفت الطائرات البلدة يوم الأحد.")
    e = act(d, "قصفت", "ASSAULT/airstrike")
    e.status, e.date, e.date_at = "possible", "2020-06-14", 0
    found = extras(d, e)
    assert [s.text for s in found["status_spans"]] == ["ربما"]
    assert "الأحد" in found["date_span"].text


def test_because_names_the_entry() -> None:
    assert any("قصف" in name for name in fields("قصفت الطائرات البلدة.", "قصفت", "ASSAULT/airstrike")["because"])
