"""Who is quoted by each word of saying: a table of sentences, apart from any learned weight."""

from __future__ import annotations

import pytest

from musnad import codebook
from musnad.coding.document import build
from musnad.coding.tellings import tellings
from musnad.report import Report

TABLE = [
    ("قالت وزارة الداخلية العراقية إن العبوة انفجرت في السوق", "قالت=IRQ-GOV"),
    ("أكدت مصادر محلية أن القصف توقف. وأضافت أن الجرحى نُقلوا إلى المستشفى", "أكدت=ANON وأضافت=ANON"),
    ("نقلت وكالة رويترز عن مسؤول تركي أن القافلة عادت", "نقلت=MEDIA:Reuters>TUR-GOV"),
    ("ذكرت وكالة رويترز نقلاً عن مسؤول تركي أن القافلة عادت", "ذكرت=MEDIA:Reuters>TUR-GOV"),
    ("قال مسؤول تركي لوكالة رويترز إن القافلة عادت", "قال=MEDIA:Reuters>TUR-GOV"),
    ("قالت الخارجية الروسية، بحسب وكالة رويترز، إن السفير غادر", "قالت=MEDIA:Reuters>RUS-GOV"),
    ("قُتل ثلاثة أشخاص في الغارة، وفق المرصد السوري لحقوق الإنسان", "وفق=SOHR"),
    ("قال الجيش اللبناني إن الصاروخ سقط في حقل، مشيراً إلى أن أحداً لم يُصب", "قال=LBN-MIL مشيراً=LBN-MIL"),
    ("شهدت مدينة تعز هدوءاً أمس", ""),
    ("نقل المسعفون الجرحى إلى المستشفى", ""),
    ("وصل مزيد من الجنود إلى الميناء", ""),
    ("لم تعلن وزارة الدفاع العراقية عدد القتلى", ""),
    ("يُذكر أن البلدة شهدت معارك قبل عام", "يُذكر="),
]


@pytest.mark.parametrize(("body", "expected"), TABLE)
def test_narrators(body: str, expected: str) -> None:
    doc = build(Report(id="t", title="", body=body, published="2020-02-02"), codebook.load())
    found = [
        doc.tokens[x.i].text + "=" + ">".join(doc.actors[k].id for k in x.narrators)
        for x in tellings(doc, [])
        if x.kind != "medium"
    ]
    assert " ".join(found) == expected


def test_the_outlets_own_correspondent_is_no_narrator() -> None:
    body = "أفاد مراسل رويترز في بغداد بأن الجسر أُغلق"
    for outlet, narrators in (("Reuters", []), ("Other", ["MEDIA:Reuters"])):
        doc = build(Report(id="t", title="", body=body, published="2020-02-02", outlet=outlet), codebook.load())
        first = tellings(doc, [])[0]
        assert [doc.actors[k].id for k in first.narrators] == narrators
        assert first.outlet == (outlet == "Reuters")
