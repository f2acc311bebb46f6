"""Acts, saying and signs in sentences: *Arabic → the entries that are found and the word of the act*."""

import pytest

from musnad.arabic.text import tokenize
from musnad.codebook import load
from musnad.codebook.stems import fits, stems

BOOK = load()


def types_of(word: str) -> set[str]:
    return {
        t
        for p, s, o in stems(tokenize(word)[0].norm)
        for r in BOOK.events.get(s)
        if fits(p, o, r.pos, r.tense)
        for t, _ in r.entry.senses
    }


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("واتهمتهم", "ACCUSE"),  # و and an object pronoun
        ("ندّدوا", "ACCUSE"),
        ("لإدانة", "ACCUSE"),  # ل before a masdar
        ("المندّدين", "ACCUSE"),  # participle with the article
        ("سيهددون", "THREATEN"),
        ("تهديداته", "THREATEN"),
        ("بالعقوبات", "SANCTION"),
        ("رفضهم", "REJECT"),
        ("نفاه", "REJECT"),  # a final ya that opened before the pronoun
        ("نافيةً", "REJECT"),
        ("داعياً", "REQUEST"),
        ("دعوته", "REQUEST"),
        ("ناشدن", "REQUEST"),
        ("لقائه", "CONSULT"),  # the seat of the hamza changes
        ("والتقيا", "CONSULT"),
        ("مباحثاتهما", "CONSULT"),
        ("زياراته", "CONSULT"),
        ("وقّعا", "AGREE"),
        ("تعهداتها", "AGREE"),
        ("أشادتا", "SUPPORT"),
        ("تعازيه", "SUPPORT"),
        ("بتنسيق", "COOPERATE"),
        ("تعاونوا", "COOPERATE"),
        ("إجلاؤهم", "AID"),
        ("تزويدها", "AID"),
        ("مساعدات", "AID"),
        ("المفرج", "CONCEDE"),
        ("استقالته", "CONCEDE"),
    ],
)
def test_word_forms(word: str, kind: str) -> None:
    assert kind in types_of(word)


@pytest.mark.parametrize("word", ["بقصفوا", "السيقصف", "وزارات", "الاستقالوا"])
def test_shells_that_cannot_be(word: str) -> None:
    assert types_of(word) == set()


@pytest.mark.parametrize(
    ("sentence", "kind", "trigger"),
    [
        ("حمّلت الحكومة الليبية الفصيل مسؤولية الهجوم", "ACCUSE", "حمّلت"),  # subject and object between
        ("فتحت النيابة العامة تحقيقاً في الحادث", "ACCUSE", "تحقيقاً"),
        ("ألقت موسكو باللوم على كييف", "ACCUSE", "باللوم"),
        ("قطعت المنامة علاقاتها مع الجوار", "SANCTION", "قطعت"),
        ("قال إن كل الخيارات مطروحة", "THREATEN", "الخيارات"),
        ("أكد أن لا صحة للخبر", "REJECT", "صحة"),
        ("شدد السفير على ضرورة الحوار", "REQUEST", "شدد"),
        ("وقام الوزير بزيارة إلى بيروت", "CONSULT", "بزيارة"),
        ("توصل الوفدان لاتفاق", "AGREE", "لاتفاق"),
        ("أعرب عن تضامنه مع الضحايا", "SUPPORT", "تضامنه"),
        ("اشترت المغرب ثلاثين صاروخاً", "COOPERATE", "اشترت"),  # the alif of tanwin
        ("وصلت أمس قافلة إلى البلدة", "AID", "وصلت"),
        ("أطلقوا سراحه", "CONCEDE", "أطلقوا"),
        ("إطلاق سراح الأسرى", "CONCEDE", "إطلاق"),
        ("رفعت القوات حصارها عن البلدة", "CONCEDE", "رفعت"),  # a possessive pronoun on the second word
        ("رفعت القوات. الحصار", "CONCEDE", None),  # not over a full stop
    ],
)
def test_expressions(sentence: str, kind: str, trigger: str | None) -> None:
    tokens = tokenize(sentence)
    found = {
        tokens[f.trigger].text
        for f in BOOK.expressions.find(tokens)
        if any(t == kind for t, _ in f.reading.entry.senses)
    }
    assert found == (set() if trigger is None else {trigger})


@pytest.mark.parametrize(
    ("sentence", "kind", "first"),
    [
        ("نقلت الوكالة عن ضابط أن القرية سقطت", "relay", "نقلت"),
        ("سقط خمسة بحسب فرق الإسعاف", "according", "بحسب"),
        ("سقط خمسة وفقاً للمستشفى", "according", "وفقاً"),
        ("من جانبه قال العمدة", "according", "من"),
        ("روى قصته في حديث لقناة مصرية", "medium", "في"),
        ("أعلن الفصيل مسؤوليته عن الهجوم", "claim", "أعلن"),
    ],
)
def test_phrases_of_speech(sentence: str, kind: str, first: str) -> None:
    tokens = tokenize(sentence)
    found = [(f.reading.entry.kind, tokens[f.first].text) for f in BOOK.phrases_of_speech.find(tokens)]
    assert (kind, first) in found


@pytest.mark.parametrize(
    ("word", "kind"),
    [("وأضافت", "continue"), ("أفادوا", "say"), ("زاعماً", "claim"), ("مؤكداً", "say"), ("وأعلنت", "announce")],
)
def test_words_of_speech(word: str, kind: str) -> None:
    readings = [r for _, s, _ in stems(tokenize(word)[0].norm) for r in BOOK.speech.get(s)]
    assert kind in {r.entry.kind for r in readings}


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("وربما قصفت الطائرات", "possible"),
        ("من المحتمل أن تهاجم", "possible"),
        ("لم تقصف الطائرات", "negated"),
        ("ينفي القصف", "denied"),
        ("تعتزم الحكومة نشر الجنود", "planned"),
        ("من المقرر أن يلتقي", "planned"),
        ("تهدف الحملة إلى اعتقالهم", "planned"),
        ("طالبوا برفع الحصار", "demanded"),
        ("هددوا بقصف المدينة", "threatened"),
        ("اتفقا على الهدنة", "agreed"),
        ("في حال هاجموا", "hypothetical"),
        ("لا تزال القوات تحاصر", "ongoing"),
        ("يرجح أنها إسرائيلية", "doubt_actor"),
    ],
)
def test_signs(sentence: str, status: str) -> None:
    assert status in {f.reading.entry.status for f in BOOK.signs.find(tokenize(sentence))}


def test_signs_written_with_the_next_word() -> None:
    assert (BOOK.clitic_signs["س"].status, BOOK.clitic_signs["س"].needs) == ("planned", "present")
    assert BOOK.clitic_signs["ل"].needs == "masdar"


def test_means() -> None:
    (match,) = BOOK.weapons.find(tokenize("أصابت طائرة مسيّرة"))
    assert match.values[0].fields["mode"] == "drone"
    assert [m.values[0].fields["class"] for m in BOOK.targets.find(tokenize("قُصف مستشفى"))] == ["hospital"]
