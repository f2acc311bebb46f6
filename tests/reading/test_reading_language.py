"""Which language: short texts, mixed texts, Arabic typed on foreign keyboards."""

from __future__ import annotations

import pytest

from musnad.arabic.language import language


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("سقطت قذيفة على حي سكني وأصيب رجل", "ar"),
        ("مقتل جندي شمال حلب", "ar"),
        ("قتل خمسة في تفجير", "ar"),
        # Arabic typed on a Persian keyboard: ya and kaf are the Persian ones
        ("أعلن الجیش فی بیان له أن القوات انسحبت من البلدة بعد معارک عنیفة", "ar"),
        # Iraqi and foreign names with letters that Arabic lacks
        ("اعتقلت القوة في منطقة گرمة علي وفي چمچمال رجلين يشتبه في صلتهما بالهجوم على الپيشمرگة", "ar"),
        ("«نيويورك تايمز» (The New York Times) نقلت عن مسؤول قوله إن الضربة أصابت المخزن", "ar"),
        ("ارتش سوریه اعلام کرد شهر را پس گرفت", "fa"),
        ("دو نفر در انفجار کشته شدند", "fa"),
        ("سه سرباز زخمی شدند و حمله ادامه دارد", "fa"),
        ("وزیر خارجه گفت که مذاکرات فردا آغاز می‌شود", "fa"),
        # Persian typed on an Arabic keyboard
        ("رئيس جمهور گفت اين حمله بدون پاسخ نمي ماند و پيگيري مي شود", "fa"),
        ("دھماکے میں تین افراد زخمی ہو گئے", "ur"),
        ("وزیر اعظم نے کہا کہ مذاکرات جاری رہیں گے", "ur"),
        ("دوو کەس لە تەقینەوەیەکدا بریندار بوون", "ckb"),
        ("هێزەکانی پێشمەرگە گوندەکەیان گرتەوە", "ckb"),
        ("په چاودنه کې درې تنه ټپيان شول", "ps"),
        ("Three people were wounded", "latin"),
        ("Trois morts à Gao", "latin"),
        ("Üç asker yaralandı", "latin"),
        ("Трое солдат ранены", "other"),
        ("שלושה חיילים נפצעו", "other"),
        ("", "empty"),
        ("123 -- ... ؟", "empty"),
        ("۱۲۳ ٤٥٦", "empty"),
    ],
)
def test_language(text: str, wanted: str) -> None:
    assert language(text) == wanted
    assert language(text * 300) == wanted


def test_arabic_with_a_script_crawled_along() -> None:
    text = "قالت الوزارة إن القوات انسحبت من القرية بعد اتفاق مع الأهالي على وقف النار. " * 6
    assert language(text + "function() { return jQuery(this).attr(name); } " * 20) == "ar"
    assert language("قال " + "the army said in a statement that it left the village " * 20) == "latin"
