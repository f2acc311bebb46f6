"""Links: an Arabic sentence, the acts in it, and the link told between them as kind, from, to and the words for it."""

from __future__ import annotations

import pytest
from coded_sentences import acts, doc

from musnad.coding.links import find_links
from musnad.record import Span

ROWS: list[tuple[str, str, list[tuple[str, str, str, str]]]] = [
    (
        "قصفت الطائرات مواقع التنظيم بهدف استعادة البلدة.",
        "قصفت=ASSAULT/airstrike استعادة=ASSAULT/capture",
        [("purpose", "قصفت", "استعادة", "بهدف")],
    ),
    (
        "شنت القوات هجوما على القاعدة لاستعادة التلة.",
        "هجوما=ASSAULT/attack لاستعادة=ASSAULT/capture",
        [("purpose", "هجوما", "لاستعادة", "لاستعادة")],
    ),
    (
        "أغلقت الشرطة الطريق من أجل منع التظاهر.",
        "أغلقت=COERCE/other التظاهر=PROTEST/demonstrate",
        [("purpose", "أغلقت", "التظاهر", "من أجل")],
    ),
    (
        "قصفوا البلدة تمهيدا لاقتحامها.",
        "قصفوا=ASSAULT/shelling لاقتحامها=COERCE/raid",
        [("purpose", "قصفوا", "لاقتحامها", "تمهيدا")],
    ),
    (
        "قصف الجيش الحي في محاولة لاقتحام المخيم.",
        "قصف=ASSAULT/shelling لاقتحام=COERCE/raid",
        [("purpose", "قصف", "لاقتحام", "في محاولة")],
    ),
    (
        "نزح السكان بسبب القصف المدفعي.",
        "القصف=ASSAULT/shelling",
        [],
    ),
    (
        "أصيب طفل جراء انفجار لغم.",
        "أصيب=ASSAULT/other انفجار=ASSAULT/bombing",
        [("cause", "أصيب", "انفجار", "جراء")],
    ),
    (
        "قتل جندي نتيجة انفجار عبوة ناسفة.",
        "قتل=ASSAULT/kill انفجار=ASSAULT/bombing",
        [("cause", "قتل", "انفجار", "نتيجة")],
    ),
    (
        "قصف الجيش القرية رداً على هجوم المسلحين.",
        "قصف=ASSAULT/shelling هجوم=ASSAULT/attack",
        [("answer", "قصف", "هجوم", "رداً على")],
    ),
    (
        "هاجم المسلحون الحاجز انتقاماً لمقتل قائدهم.",
        "هاجم=ASSAULT/attack لمقتل=ASSAULT/kill",
        [("answer", "هاجم", "لمقتل", "انتقاماً")],
    ),
    (
        "تظاهر المئات احتجاجاً على اعتقال الناشط.",
        "تظاهر=PROTEST/demonstrate اعتقال=COERCE/arrest",
        [("answer", "تظاهر", "اعتقال", "احتجاجاً على")],
    ),
    (
        "انسحب المسلحون من البلدة بعد معارك عنيفة.",
        "انسحب=RETREAT/withdraw معارك=ASSAULT/clash",
        [("after", "انسحب", "معارك", "بعد")],
    ),
    (
        "بعد معارك عنيفة، انسحب المسلحون من البلدة.",
        "معارك=ASSAULT/clash انسحب=RETREAT/withdraw",
        [("after", "انسحب", "معارك", "بعد")],
    ),
    (
        "انسحبت القوات عقب الهجوم على القاعدة.",
        "انسحبت=RETREAT/withdraw الهجوم=ASSAULT/attack",
        [("after", "انسحبت", "الهجوم", "عقب")],
    ),
    (
        "قصفت الطائرات الحي قبل اقتحام البلدة.",
        "قصفت=ASSAULT/airstrike اقتحام=COERCE/raid",
        [("after", "اقتحام", "قصفت", "قبل")],
    ),
    (
        "تقدمت القوات بالتزامن مع قصف عنيف.",
        "تقدمت=MOBILIZE/deploy قصف=ASSAULT/shelling",
        [("with", "تقدمت", "قصف", "بالتزامن مع")],
    ),
    (
        "اقتحمت القوات المخيم وسط إطلاق نار كثيف.",
        "اقتحمت=COERCE/raid إطلاق=ASSAULT/attack",
        [("with", "اقتحمت", "إطلاق", "وسط")],
    ),
    (
        "قتل ضابط خلال اشتباكات في المدينة.",
        "قتل=ASSAULT/kill اشتباكات=ASSAULT/clash",
        [("with", "قتل", "اشتباكات", "خلال")],
    ),
    (
        "اعتقلت الشرطة ناشطا فيما فرقت تظاهرة في العاصمة.",
        "اعتقلت=COERCE/arrest تظاهرة=PROTEST/demonstrate",
        [("with", "اعتقلت", "تظاهرة", "فيما")],
    ),
    (
        "هاجم المسلحون القاعدة ما أدى إلى انسحاب الجنود.",
        "هاجم=ASSAULT/attack انسحاب=RETREAT/withdraw",
        [("cause", "انسحاب", "هاجم", "أدى إلى")],
    ),
    (
        "قصفت الطائرات الحي بعد يومين.",
        "قصفت=ASSAULT/airstrike",
        [],
    ),
    (
        "دعا الوزير إلى وقف القصف.",
        "دعا=REQUEST القصف=ASSAULT/shelling",
        [],
    ),
    (
        "أدت الغارة لمقتل جندي.",
        "الغارة=ASSAULT/airstrike لمقتل=ASSAULT/kill",
        [],
    ),
    (
        "قصف الجيش القرية. وهاجم المسلحون الحاجز.",
        "قصف=ASSAULT/shelling وهاجم=ASSAULT/attack",
        [],
    ),
    (
        "تعرض الموقع للقصف من قبل الجيش، وانسحب المسلحون.",
        "للقصف=ASSAULT/shelling وانسحب=RETREAT/withdraw",
        [],
    ),
    (
        "شن الجيش هجوما بهدف استعادة التلة ردا على تفجير السوق.",
        "هجوما=ASSAULT/attack استعادة=ASSAULT/capture تفجير=ASSAULT/bombing",
        [("purpose", "هجوما", "استعادة", "بهدف"), ("answer", "هجوما", "تفجير", "ردا على")],
    ),
    (
        "قصفت المدفعية القرية لإجبار المسلحين على الانسحاب.",
        "قصفت=ASSAULT/shelling الانسحاب=RETREAT/withdraw",
        [("purpose", "قصفت", "الانسحاب", "لإجبار")],
    ),
]


@pytest.mark.parametrize(("body", "told", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_link(body: str, told: str, expected: list[tuple[str, str, str, str]]) -> None:
    d = doc(body)
    drafts = acts(d, told)
    words = {f"e{n}": d.tokens[x.trigger.candidate.i].text for n, x in enumerate(drafts, 1)}

    def end(x: str | Span) -> str:
        return words[x] if isinstance(x, str) else f"«{x.text}»"

    assert [(x.kind, end(x.source), end(x.target), x.evidence.text) for x in find_links(d, drafts)] == expected


def test_words_are_the_end_of_a_link_where_no_act_stands() -> None:
    d = doc("قصفت الطائرات الجسر بهدف قطع الإمداد عن المسلحين.")
    (link,) = find_links(d, acts(d, "قصفت=ASSAULT/airstrike"))
    assert (link.id, link.kind, link.source) == ("l1", "purpose", "e1")
    assert isinstance(link.target, Span)
    assert link.target.text.startswith("قطع الإمداد")
