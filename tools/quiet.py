"""Reports that tell of no conflict (sport, culture, weather, markets): how often does the coder fire on them?

A corpus report counts as quiet when words of these topics stand in it and words of conflict do not. Half of
them (by the digest of the id) may be learned from as examples of silence; the other half is only measured:

    python tools/quiet.py [--show] [COUNT]    events a hundred reports on the measured half, with --show each of them
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import musnad
from musnad.arabic.text import tokenize
from musnad.arabic.wordlists import words
from musnad.reading import read
from musnad.report import Report, text_digest

CORPUS = Path(__file__).parents[2] / "shared/corpus/reports.jsonl.gz"
TOPICS = words(
    "الدوري كأس الكأس مباراة المباراة مباراته اللاعب لاعب اللاعبين المدرب مدرب الهلال النصر الاتحاد الأهلي"
    " النادي المنتخب الأسهم السهم المؤشر البورصة أرباح الأرباح الشركة المبيعات المستثمرين العقار الذهب الأوقية"
    " البنك درجات الحرارة الأمطار الطقس الرياح مهرجان المهرجان مسرحية المسرح فيلم الفيلم السينما أغنية الفنان"
    " الفنانة الرواية القصيدة معرض المعرض الكتاب السياحة الزوار الحجاج المعتمرين جامعة الجامعة الطلاب الطالبات"
    " المدارس التعليم المرضى المستشفى الصحة الدواء السكري المستهلك الأسعار السيارات الهاتف التطبيق البلدية"
    " الأمانة المشروع الحديقة الزواج الأسرة الطبخ الموضة"
)
CONFLICT = words(
    "قصف القصف غارة غارات الغارات مقتل قتل قتلى هجوم الهجوم هجمات اشتباكات الاشتباكات تفجير التفجير انفجار داعش"
    " الحوثي الحوثيين الحوثيون المتمردين ميليشيا ميليشيات المليشيات الجيش قوات القوات الاحتلال الإرهاب"
    " الإرهابية إرهابية إرهابي القاعدة المقاومة الحرب حرب العدوان عدوان اعتقال اعتقلت اعتقل القبض السلاح أسلحة"
    " صاروخ صواريخ مظاهرات تظاهرات الرئيس الحكومة وزير الوزير العقوبات إيران إسرائيل سوريا العراق اليمن فلسطين"
    " غزة ليبيا أوكرانيا روسيا النووي الشرطة شرطة سفير السفير الأمم المحادثات المفاوضات عسكرية العسكرية عسكري"
    " العسكري الانتخابات البرلمان الأمن الأمنية حادث طعن جريمة الجريمة سرقة ضبط ضبطت المحكمة"
)

LOUD = 7
"""Different words of conflict in a report that surely speaks of it."""


def quiet(learn: bool) -> Iterator[Report]:
    """Quiet corpus reports, those to learn from or those to measure on, in the order of their ids' digests."""
    found = [r for r in read([str(CORPUS)]) if isinstance(r, Report)]
    for r in sorted(found, key=lambda r: text_digest(r.id)):
        if (int(text_digest(r.id)[-1], 16) % 2 == 0) != learn:
            continue
        found = {x for t in tokenize(r.body) if t.kind == "word" for x in (t.norm, t.norm.lstrip("وفبل"))}
        if len(found & TOPICS) >= 3 and len(found & CONFLICT) <= 1:
            yield r


def loud(count: int) -> Iterator[Report]:
    """Corpus reports full of words of conflict, in the order of their ids' digests."""
    found = sorted((r for r in read([str(CORPUS)]) if isinstance(r, Report)), key=lambda r: text_digest(r.id))
    for r in found:
        forms = {x for t in tokenize(r.body) if t.kind == "word" for x in (t.norm, t.norm.lstrip("وفبل"))}
        if len(forms & CONFLICT) >= LOUD:
            yield r
            count -= 1
            if not count:
                return


def main() -> None:
    count = next((int(a) for a in sys.argv[1:] if a.isdigit()), 300)
    reports = [r for r, _ in zip(quiet(learn=False), range(count), strict=False)]
    events = 0
    for r, coded in zip(reports, musnad.code_many(reports, workers=2), strict=True):
        events += len(coded.events)
        if "--show" in sys.argv:
            for e in coded.events:
                lo, hi = max(0, e.trigger.start - 60), e.trigger.end + 50
                print(f"{r.id} {e.type} {e.confidence} {r.body[lo:hi]!r}")
    print(f"{events} events in {len(reports)} quiet reports: {100 * events / max(1, len(reports)):.1f} a hundred")


if __name__ == "__main__":
    main()
