"""Presence: an Arabic sentence, and who is said to be where without holding it."""

from __future__ import annotations

import pytest
from coded_sentences import act, doc

from musnad.coding.presence import find_presence

ROWS = [
    ("تتمركز قوات أميركية في قاعدة التنف.", "USA-MIL@Al-Tanf base"),
    ("قصفت المدفعية مسلحي تنظيم داعش المتحصنين في مدينة الرقة.", "ISIS@Raqqa"),
    ("تنتشر قوات الحشد الشعبي في مدينة كركوك.", "PMF@Kirkuk"),
    ("توجد في قاعدة عين الأسد قوات أميركية.", "USA-MIL@Ain al-Asad air base"),
    ("استهدف الهجوم القوات الأميركية المتمركزة في قاعدة حرير.", "USA-MIL@Harir base"),
    ("يتحصن مقاتلو تنظيم داعش في مدينة الموصل القديمة.", "ISIS@Old Mosul"),
    ("تتركز قوات الدعم السريع في مدينة الخرطوم بحري.", "RSF@Khartoum North (Bahri)"),
    ("ترابط قوات حرس الحدود السعودية في منطقة جازان.", "SAU-COP@Jizan"),
    ("تنشط حركة الشباب في جنوب الصومال.", "SHABAAB@south Somalia"),
    ("يتواجد مقاتلو حزب الله في بلدة القصير.", "HEZBOLLAH@Al-Qusayr (Homs)"),
    ("زار الوزير مدينة بغداد أمس.", None),
    ("لا تتمركز قوات أميركية في مدينة الحسكة.", None),
    ("يوجد المدير في مدينة باريس.", None),
]


@pytest.mark.parametrize(("body", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_presence(body: str, expected: str | None) -> None:
    found = [f"{p.actor.id}@{p.place.name}" for p in find_presence(doc(body), [])]
    assert found == ([expected] if expected else [])


def test_a_deployment_that_happened_is_an_act() -> None:
    d = doc("تمركزت قوات أميركية في قاعدة التنف.")
    assert find_presence(d, [act(d, "تمركزت", "MOBILIZE/deploy")]) == ()


def test_where_troops_stay_is_presence_even_when_it_is_coded_as_an_act() -> None:
    d = doc("تتمركز قوات أميركية في قاعدة التنف.")
    assert [p.id for p in find_presence(d, [act(d, "تتمركز", "MOBILIZE/deploy")])] == ["p1"]
