"""What is marked in a body as no reporting, and what must not be. Blocks are written kind|text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from musnad.reading.blocks import mark

LEAD = "مقاتلون محليون يعلنون استعادة التلة المشرفة على الطريق الدولي بعد يومين من المعارك"
REPORT = "أعلن مقاتلون محليون اليوم استعادة التلة.\nوقال قائد ميداني إن المعارك أوقعت ستة قتلى من الطرفين."


def shown(body: str, **known: str) -> list[str]:
    found = mark(body, **known)
    for b in found.blocks:
        assert 0 <= b.start < b.end <= len(body)
    return [f"{b.kind}|{body[b.start : b.end]}" for b in found.blocks]


@pytest.mark.parametrize(
    ("credit", "kind", "dateline", "agency", "byline", "outlet"),
    [
        ("بلدي نيوز – (سمير الحسن)", "byline", None, None, "سمير الحسن", "بلدي نيوز"),
        ("بلدي نيوز - (خاص)", "byline", None, None, None, "بلدي نيوز"),
        ("عين اليوم – عدن", "dateline", "عدن", None, None, "عين اليوم"),
        ("عنب بلدي - وكالات", "byline", None, "وكالات", None, "عنب بلدي"),
        ("دمشق - سانا", "dateline", "دمشق", "سانا", None, None),
        ("رويترز", "agency", None, "رويترز", None, None),
        ("سمير الحسن ـ حلب", "dateline", "حلب", None, "سمير الحسن", None),
        ("بقلم: سمير الحسن", "byline", None, None, "سمير الحسن", None),
        ("كتب/ سمير الحسن", "byline", None, None, "سمير الحسن", None),
        ("بيروت: «الشرق الأوسط»", "dateline", "بيروت", None, None, "الشرق الأوسط"),
        ("لندن - تل أبيب: «الشرق الأوسط»", "dateline", "لندن - تل أبيب", None, None, "الشرق الأوسط"),
    ],
)
def test_credit_on_a_line_of_its_own(
    credit: str, kind: str, dateline: str | None, agency: str | None, byline: str | None, outlet: str | None
) -> None:
    found = mark(f"{credit}\n{REPORT}")
    assert shown(f"{credit}\n{REPORT}") == [f"{kind}|{credit}"]
    assert (found.dateline, found.agency, found.byline, found.outlet) == (dateline, agency, byline, outlet)


@pytest.mark.parametrize(
    ("credit", "dateline", "agency"),
    [
        ("غزة (رويترز) -", "غزة", "رويترز"),
        ("بيروت/دمشق (أ ف ب) –", "بيروت - دمشق", "أ ف ب"),
        ("بغداد 12 تموز (رويترز) -", "بغداد", "رويترز"),
        ("(د ب أ) -", None, "د ب أ"),
        ("رويترز- بنغازي (ليبيا):", "بنغازي - ليبيا", "رويترز"),
        ("سمير الحسن- سبق- عدن:", "عدن", None),
        ("سبق- وكالات:", None, "وكالات"),
        ("أ ف ب- أبو ظبي:", "أبو ظبي", "أ ف ب"),
        ("صنعاء – سبأ –", "صنعاء", "سبأ"),
        ("سبق- النماص:", "النماص", None),
    ],
)
def test_credit_before_the_text(credit: str, dateline: str | None, agency: str | None) -> None:
    body = f"{credit} {REPORT}"
    found = mark(body)
    assert [body[b.start : b.end] for b in found.blocks] == [credit]
    assert (found.dateline, found.agency) == (dateline, agency)


@pytest.mark.parametrize(
    "start",
    [
        "المقاومة في الجنوب - الكتيبة الأولى، تستهدف موقعا قرب الحدود",
        "روسيا - أوكرانيا: هجوم جديد على الميناء",
        "غزة: قصف على حي الشجاعية",
        "مصدر عسكري - للوكالة: قتل جنديان",
        "رويترز: مقتل جنديين في قصف على القاعدة",
        "قالت الوزارة (الدفاع) - إن الهجوم وقع فجرا",
        "آب (أغسطس) - شهر المعارك",
        "الجيش يعلن: قصفنا الموقع",
    ],
)
def test_sentences_that_look_like_credits_stay_open(start: str) -> None:
    assert shown(f"{start}\n{REPORT}") == []
    assert shown(start) == []


def test_a_city_before_a_colon_is_metadata_only() -> None:
    assert mark("غزة: قصف على حي الشجاعية").dateline == "غزة"


def test_the_headline_again_on_top_is_marked() -> None:
    assert shown(f"{LEAD}\n{REPORT}", title=LEAD) == [f"lead_repeat|{LEAD}"]
    assert shown(f"{LEAD}\n{REPORT}", title="عنوان آخر") == []
    assert shown(LEAD, title=LEAD) == []  # a report that is its headline keeps it


def test_the_later_of_two_equal_paragraphs_is_marked() -> None:
    body = f"{LEAD}.\n{REPORT}\n{LEAD}."
    found = mark(body)
    assert [(b.kind, b.start) for b in found.blocks] == [("lead_repeat", len(body) - len(LEAD) - 1)]


def test_sentences_that_come_again_in_one_run_are_one_block() -> None:
    first = "سقطت ثلاث قذائف على السوق القديم في ساعة مبكرة من الصباح. وأصيب سبعة أشخاص بجروح بعضهم في حال الخطر."
    body = f"{first} وأعلنت البلدية الحداد.\n{first}"
    assert shown(body) == [f"lead_repeat|{first}"]


def test_short_and_similar_sentences_are_no_repeats() -> None:
    assert shown("لا جديد. وقع القصف فجرا. لا جديد. وقع القصف فجرا في القرية الأخرى القريبة من النهر.") == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("رابط الخبر بصحيفة السهل: مقتل ثلاثة في قصف على الصخرة", "link"),
        ("رابط الخبر: https://example.org/1", "link"),
        ("سمات سوريا حلب القصف النزوح", "tags"),
        ("الوسوم: سوريا، حلب، قصف", "tags"),
        ("كلمات مفتاحية: قصف، حلب", "tags"),
        ("#سوريا #حلب", "tags"),
        ("المصدر: رويترز", "agency"),
        ("(أ ف ب)", "agency"),
        ("* خدمة «واشنطن بوست»", "agency"),
        ("نقلا عن الجزيرة", "byline"),
        ("سمير الحسن (حلب)", "byline"),
        ("تصوير: سمير الحسن", "byline"),
        ("* باحث في الشأن العراقي", "byline"),
        ("...المزيد", "boilerplate"),
        ("https://example.org/a", "boilerplate"),
        ("تابعونا على قناتنا في تلغرام", "boilerplate"),
        ("جميع الحقوق محفوظة لموقع السهل 2024", "boilerplate"),
        ("//", "boilerplate"),
        ("للتواصل أرسل رسالة تبدأ بالرمز (12) ثم مسافة ثم نص الرسالة إلى 88000", "boilerplate"),
        ("شارك هذا الخبر", "boilerplate"),
        ("اقرأ أيضاً: قصف على قرية مجاورة يوقع قتلى", "related"),
        ("اقرأ المزيد: قصف على قرية مجاورة", "related"),
        ("شاهد أيضاً: لحظة انفجار السيارة", "related"),
    ],
)
def test_last_line(line: str, kind: str) -> None:
    assert shown(f"{REPORT}\n{line}") == [f"{kind}|{line}"]


def test_ends_glued_to_the_text() -> None:
    assert shown(f"{REPORT} (رويترز)") == ["agency|(رويترز)"]
    assert shown(f"{REPORT} #سوريا #حلب") == ["tags|#سوريا #حلب"]
    assert shown(f"{REPORT} سمات سوريا حلب القصف") == ["tags|سمات سوريا حلب القصف"]
    assert shown(f"{REPORT} رابط الخبر بصحيفة السهل: مقتل ثلاثة") == ["link|رابط الخبر بصحيفة السهل: مقتل ثلاثة"]
    assert shown(f"{REPORT} (الجيش)") == []


def test_a_script_crawled_with_the_text_is_marked() -> None:
    code = ".box { padding: 0; margin: 0; } .vote { width: 20px; } jQuery(document).ready(function(){ go(); });"
    assert shown(f"{REPORT} {code} كيف تقيم الأداء؟") == [f"boilerplate|{code}"]
    assert shown(f"{REPORT} {{أ}}; {{ب}};") == []


def test_related_list_at_the_end_is_kept_as_links() -> None:
    body = f"{REPORT}\nمقالات ذات صلة\nقصف على قرية مجاورة\n- اتفاق على تبادل الأسرى\n//"
    found = mark(body)
    assert [(b.kind, b.start, b.end) for b in found.blocks] == [("related", len(REPORT) + 1, len(body))]
    assert [r.title for r in found.related] == ["قصف على قرية مجاورة", "اتفاق على تبادل الأسرى"]


def test_read_also_in_the_middle_hides_one_line_only() -> None:
    first, second = REPORT.split("\n")
    long = (
        second + " وأضاف أن القوات عززت مواقعها في محيط القرية تحسبا لهجوم جديد، في حين نزحت عشرات العائلات نحو البلدات"
        " القريبة من الحدود، وقالت منظمة محلية إن المدارس فتحت أبوابها لإيواء من فقدوا بيوتهم."
    )
    body = f"{first}\nاقرأ أيضاً\nقصف على قرية مجاورة\n{long}"
    assert shown(body) == ["related|اقرأ أيضاً\nقصف على قرية مجاورة"]


@pytest.mark.parametrize(
    "sentence",
    [
        "شاهد أيضا عشرات النازحين يعبرون النهر.",
        "شاهد عيان قال إن الطائرات قصفت السوق.",
        "انظر إلى ما فعلته القذائف في السوق.",
        "المصدر قال إن القتلى ثلاثة.",
        "سمات المرحلة المقبلة رسمها الهجوم الأخير على المدينة.",
        "تحرير المدينة: القوات دخلت من الشرق.",
        "أخبار أخرى تحدثت عن قصف على القرية.",
        "اقرأ البيان الذي أصدرته القوات بعد القصف.",
        "تقرير الأمم المتحدة: قتل ألف مدني.",
        "عن رويترز نقلت الصحف نبأ الهجوم على الميناء.",
        "للمزيد من الضغط قصفت القوات أطراف البلدة.",
        "تابع الجيش تقدمه نحو المدينة.",
    ],
)
def test_reporting_that_must_stay_open(sentence: str) -> None:
    for body in (f"{REPORT}\n{sentence}", f"{sentence}\n{REPORT}", f"{REPORT}\n{sentence}\n{REPORT[:30]}"):
        assert shown(body) == []


@pytest.mark.shared
def test_no_gold_record_lies_in_a_block_unless_it_is_a_repeat() -> None:
    gold = Path(__file__).parents[2].parent / "shared" / "gold"
    if not gold.exists():
        pytest.skip("../shared is absent")
    hidden = {"lead_repeat": 0}
    for part in ("dev", "train"):
        texts = [json.loads(x) for x in (gold / f"{part}.texts.jsonl").read_text(encoding="utf-8").splitlines()]
        by_id = {t["id"]: t for t in texts}
        for line in (gold / f"{part}.gold.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = by_id[record["id"]]
            blocks = mark(text["body"], text["title"], text["outlet"]).blocks
            spans = [e["trigger"] for e in record["events"] + record["control"]] + [
                t["evidence"] for t in record["ties"]
            ]
            for span in spans:
                for b in blocks:
                    if b.start < span["end"] and span["start"] < b.end:
                        hidden[b.kind] = hidden.get(b.kind, 0) + 1
    assert hidden == {"lead_repeat": 4}
