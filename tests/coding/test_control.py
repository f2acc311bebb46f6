"""Control: an Arabic sentence, and who holds which place, as `change holder@place status from extent`."""

from __future__ import annotations

import pytest
from coded_sentences import act, actor, acts, doc, place

from musnad.coding.coder import without_holding
from musnad.coding.control import find_control
from musnad.coding.ties import find_ties
from musnad.record import Control

ROWS = [
    ("تسيطر قوات سوريا الديمقراطية على مدينة منبج.", "holds SDF@Manbij happened None whole"),
    ("سيطرت قوات سوريا الديمقراطية على مدينة الطبقة.", "gained SDF@Tabqa happened None whole"),
    ("قصفت الطائرات مدينة الباب التي يسيطر عليها تنظيم داعش.", "holds ISIS@Al-Bab happened None whole"),
    ("تقع بلدة كفرنبل تحت سيطرة هيئة تحرير الشام.", "holds HTS@Kafr Nabl happened None whole"),
    ("قصفت الطائرات مدينة إدلب الخاضعة لسيطرة هيئة تحرير الشام.", "holds HTS@Idlib happened None whole"),
    ("سقطت مدينة الموصل بيد تنظيم داعش.", "gained ISIS@Mosul happened None whole"),
    ("لا تزال مدينة دوما بيد جيش الإسلام.", "holds JAYSH-ISLAM@Douma happened None whole"),
    ("تحتل إسرائيل هضبة الجولان.", "holds ISR-MIL@Golan Heights happened None whole"),
    ("احتل تنظيم داعش مدينة تدمر.", "gained ISIS@Palmyra (Tadmur) happened None whole"),
    ("فرض تنظيم داعش سيطرته على مدينة الرمادي.", "gained ISIS@Ramadi happened None whole"),
    ("تفرض حركة حماس سيطرتها على قطاع غزة.", "holds HAMAS@Gaza Strip happened None whole"),
    ("استعاد الجيش العراقي السيطرة على مدينة الفلوجة من يد تنظيم داعش.", "gained IRQ-MIL@Fallujah happened ISIS whole"),
    ("أعلن الجيش الليبي السيطرة على مدينة درنة.", "gained LBY-MIL@Derna happened None whole"),
    ("تمكنت قوات البشمركة من السيطرة على بلدة مخمور.", "gained PESHMERGA@Makhmur happened None whole"),
    ("فقد الجيش السوداني السيطرة على مدينة مدني.", "lost SDN-MIL@Wad Madani happened None whole"),
    ("خسر تنظيم داعش مدينة الرقة.", "lost ISIS@Raqqa happened None whole"),
    ("كان تنظيم داعش يسيطر على مدينة سرت.", "lost ISIS@Sirte happened None whole"),
    ("قصفت الطائرات بلدة البوكمال التي كان يسيطر عليها تنظيم داعش.", "lost ISIS@Al-Bukamal happened None whole"),
    ("نزح السكان بعد سيطرة الحوثيين على مدينة عدن.", "gained HOUTHI@Aden happened None whole"),
    ("تحاول قوات الدعم السريع السيطرة على مدينة الفاشر.", "contested RSF@El Fasher happened None whole"),
    ("هاجمت قوات الدعم السريع القاعدة بهدف السيطرة على مدينة الأبيض.", "contested RSF@El Obeid happened None whole"),
    ("قصفت المدفعية مناطق سيطرة قوات سوريا الديمقراطية في منبج.", "holds SDF@Manbij happened None whole"),
    ("قصف الطيران مدينة الرقة، معقل تنظيم داعش.", "holds ISIS@Raqqa happened None whole"),
    ("قتل خمسة في معقل بوكو حرام في غابة سامبيسا.", "holds BOKO@Sambisa Forest happened None whole"),
    ("قالت حركة حماس الحاكمة في قطاع غزة إنها ترفض العرض.", "holds HAMAS@Gaza Strip happened None whole"),
    ("بقي جيب لتنظيم داعش في بلدة هجين.", "holds ISIS@Hajin happened None pocket"),
    ("تسيطر قوات النظام السوري على أجزاء من مدينة حلب.", "holds SYR-MIL@Aleppo happened None part"),
    ("تسيطر قوات سوريا الديمقراطية على مدينة الرقة بريف الرقة الشمالي.", "holds SDF@Raqqa happened None whole"),
    (
        "وصلت التعزيزات إلى مدينة القامشلي، وتسيطر قوات سوريا الديمقراطية على المدينة.",
        "holds SDF@Qamishli happened None whole",
    ),
    (
        "اندلعت معارك قرب حقل العمر، وتسيطر عليه قوات سوريا الديمقراطية.",
        "holds SDF@Al-Omar oil field happened None whole",
    ),
    ("غادر السكان أرضا تحتلها إسرائيل في هضبة الجولان.", None),
    (
        "الزبداني آخر مدينة في المنطقة الحدودية مع لبنان لا تزال بيد فصائل المعارضة.",
        "holds SYR-REB@Al-Zabadani happened None whole",
    ),
    ("عاد السكان بعد تحرير مدينة عدن من سيطرة الحوثيين.", None),
    ("هاجم الجيش العراقي مدنا يسيطر عليها تنظيم داعش.", None),
    ("دخلت السيطرة الروسية على مدينة ماريوبول عامها الثاني.", "holds RUS-MIL@Mariupol happened None whole"),
    ("لا تسيطر قوات الدعم السريع على مدينة كسلا.", "holds RSF@Kassala denied None whole"),
    ("يعيش السكان خارج سيطرة تنظيم داعش في الموصل.", None),
    ("بسط الجيش اليمني سيطرته على مدينة زنجبار.", "gained YEM-MIL@Zinjibar happened None whole"),
    ("ما زالت بلدة دابق في قبضة تنظيم داعش.", "holds ISIS@Dabiq happened None whole"),
    ("أصبحت مدينة البيضاء تحت سيطرة الحوثيين.", "gained HOUTHI@Al-Bayda city happened None whole"),
    ("عاد السكان إلى مدينة الرقة التي كانت تحت سيطرة تنظيم داعش.", "lost ISIS@Raqqa happened None whole"),
    ("يتأهب الجيش لاستعادة السيطرة على مدينة سنجة.", None),
    ("يسعى الجيش إلى منع الحوثيين من السيطرة على مدينة مأرب.", None),
    ("تسيطر قوات النظام على كثير من المناطق.", None),
    ("قصفت الطائرات المناطق التي تسيطر عليها المعارضة.", None),
    ("سيطر الخوف على سكان المدينة.", None),
    ("فقدت العائلة منزلها في القصف.", None),
]


def short(c: Control) -> str:
    former = c.former.id if c.former is not None else None
    return f"{c.change} {c.holder.id}@{c.place.name} {c.status} {former} {c.extent}"


@pytest.mark.parametrize(("body", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_words_of_holding(body: str, expected: str | None) -> None:
    assert [short(c) for c in find_control(doc(body), [])] == ([expected] if expected else [])


def test_a_capture_gives_a_gain_with_its_former_holder() -> None:
    d = doc("حرر الجيش العراقي مدينة تكريت من تنظيم داعش في محافظة صلاح الدين.")
    e = act(d, "حرر", "ASSAULT/capture")
    e.actors, e.recipients = [actor(d, "IRQ-MIL")], [actor(d, "ISIS")]
    e.places = [place(d, "Tikrit"), place(d, "Salah al-Din")]
    assert [short(c) for c in find_control(d, [e])] == ["gained IRQ-MIL@Tikrit happened ISIS whole"]


def test_a_capture_without_its_doer_is_a_loss_of_those_driven_out() -> None:
    d = doc("وصل الوفد بعد تحرير مدينة تكريت من تنظيم داعش.")
    e = act(d, "تحرير", "ASSAULT/capture")
    e.recipients, e.places = [actor(d, "ISIS")], [place(d, "Tikrit")]
    assert [short(c) for c in find_control(d, [e])] == ["lost ISIS@Tikrit happened None whole"]


def test_a_withdrawal_is_a_loss() -> None:
    d = doc("انسحبت قوات الدعم السريع من مدينة مدني.")
    e = act(d, "انسحبت", "RETREAT/withdraw")
    e.actors, e.places = [actor(d, "RSF")], [place(d, "Wad Madani")]
    assert [short(c) for c in find_control(d, [e])] == ["lost RSF@Wad Madani happened None whole"]


def test_a_capture_that_is_only_planned_gives_no_gain() -> None:
    d = doc("تعهد الجيش العراقي بتحرير مدينة تكريت من تنظيم داعش.")
    e = act(d, "بتحرير", "ASSAULT/capture")
    e.actors, e.places, e.status = [actor(d, "IRQ-MIL")], [place(d, "Tikrit")], "planned"
    assert find_control(d, [e]) == ()


def test_who_still_holds_a_place_that_others_want_to_free() -> None:
    d = doc("بدأ الجيش العراقي عملية لتحرير مدينة تكريت من سيطرة تنظيم داعش.")
    e = act(d, "لتحرير", "ASSAULT/capture")
    e.actors, e.places, e.status = [actor(d, "IRQ-MIL")], [place(d, "Tikrit")], "planned"
    assert [short(c) for c in find_control(d, [e])] == ["holds ISIS@Tikrit happened None whole"]


def test_who_has_lost_a_place_that_nobody_is_named_to_have_freed() -> None:
    d = doc("وصلت القوات الحكومية. عادت الحياة إلى مدينة عدن بعد تحريرها من قبضة الحوثيين.")
    e = act(d, "تحريرها", "ASSAULT/capture")
    e.actors, e.places = [0], [place(d, "Aden")]
    assert [short(c) for c in find_control(d, [e])] == ["lost HOUTHI@Aden happened None whole"]


def test_foreign_troops_that_leave_a_country_lose_no_ground() -> None:
    d = doc("انسحبت القوات الفرنسية من مالي.")
    e = act(d, "انسحبت", "RETREAT/withdraw")
    e.actors, e.places = [actor(d, "FRA-MIL")], [place(d, "Mali")]
    assert find_control(d, [e]) == ()


def test_a_denied_capture_is_no_gain() -> None:
    d = doc("نفى المتحدث تحرير مدينة تكريت.")
    e = act(d, "تحرير", "ASSAULT/capture")
    e.places, e.status = [place(d, "Tikrit")], "denied"
    assert find_control(d, [e]) == ()


def test_a_gain_is_told_once_for_an_act_and_its_word() -> None:
    d = doc("سيطرت قوات سوريا الديمقراطية على مدينة الطبقة.")
    e = act(d, "سيطرت", "ASSAULT/capture")
    e.actors, e.places, e.date = [actor(d, "SDF")], [place(d, "Tabqa")], "2020-06-14"
    found = find_control(d, [e])
    assert [short(c) for c in found] == ["gained SDF@Tabqa happened None whole"]
    assert found[0].date == "2020-06-14"


def test_one_record_a_named_place() -> None:
    d = doc("تسيطر قوات سوريا الديمقراطية على مدينتي منبج والطبقة.")
    assert [c.place.name for c in find_control(d, [])] == ["Manbij", "Tabqa"]


def test_a_tie_tells_who_the_militias_are() -> None:
    d = doc("ربطت إيران البلدين عبر سيطرة الميليشيات التابعة لها على مدينة البوكمال.")
    assert [c.holder.id for c in find_control(d, [], find_ties(d))] == ["IRN-PROXY"]


def test_numbers_follow_the_text() -> None:
    d = doc("تسيطر قوات سوريا الديمقراطية على مدينة منبج. وتسيطر هيئة تحرير الشام على مدينة إدلب.")
    assert [(c.id, c.holder.id) for c in find_control(d, acts(d, ""))] == [("c1", "SDF"), ("c2", "HTS")]


@pytest.mark.parametrize(
    ("sentence", "word", "kept"),
    [
        ("تسيطر قوات سوريا الديمقراطية على مدينة منبج.", "تسيطر", 0),
        ("سيطرت قوات سوريا الديمقراطية على مدينة منبج.", "سيطرت", 1),
    ],
)
def test_holding_is_no_capture(sentence: str, word: str, kept: int) -> None:
    d = doc(sentence)
    drafts = [act(d, word, "ASSAULT/capture")]
    assert len(without_holding(d, drafts, find_control(d, drafts, find_ties(d)))) == kept
