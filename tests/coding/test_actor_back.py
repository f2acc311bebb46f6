"""Words that mean somebody named before, and names that no table holds."""

from __future__ import annotations

import pytest

from musnad.arabic.text import tokenize
from musnad.codebook.actors import ActorBook, load
from musnad.coding.actors import ActorMention, ReportContext, find_actors, focus_country


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load()


def found(text: str, book: ActorBook) -> dict[str, ActorMention]:
    tokens = tokenize(text)
    context = ReportContext(None, None, focus_country(tokens, book))
    return {text[m.start : m.end]: m for m in find_actors(tokens, text, book, context)}


@pytest.mark.parametrize(
    ("text", "phrase", "rid"),
    [
        ("اندلعت معارك بين الجيش السوداني وقوات الدعم السريع. واتفق الطرفان على الهدنة.", "الطرفان", "SDN-MIL"),
        ("اندلعت معارك بين الجيش السوداني وقوات الدعم السريع. وخرق طرفا النزاع الهدنة.", "طرفا النزاع", "SDN-MIL"),
        ("زار الرئيس المصري أنقرة والتقى نظيره التركي. ووقع البلدان اتفاقا.", "البلدان", "EGY-GOV"),
        ("اعتقل الجيش اليمني عشرة جنود يمنيين. وفر أحدهم من السجن.", "أحدهم", "YEM-MIL"),
        ("أسر المسلحون عشرة جنود نيجريين. ثم قتلوا سبعة منهم.", "سبعة منهم", "NER-MIL"),
        ("قتل جندي تركي في حلب وأصيب جنود أتراك. وقال هؤلاء إن القصف مستمر.", "هؤلاء", "TUR-MIL"),
        ("قتل جندي عراقي في الموصل وأصيب آخر.", "آخر", "IRQ-MIL"),
        ("وقال فيرنر زيغلرمان، وزير داخلية ألمانيا، إن الحدود مغلقة.", "فيرنر زيغلرمان", "DEU-GOV"),
        ("أوقفت الشرطة الكينية رجلا كينيا يدعى مواكابي في نيروبي.", "مواكابي", "KEN-CVL"),
        ("ونددت جمعية «غراس الخير» بالغارة على بيروت في لبنان.", "جمعية «غراس الخير", "LBN-NGO"),
        ("هاجم مستوطنو كفار زيتيم المزارعين.", "مستوطنو", "ISR-CVL"),
    ],
)
def test_it_means_somebody(text: str, phrase: str, rid: str, book: ActorBook) -> None:
    mentions = found(text, book)
    assert phrase in mentions, sorted(mentions)
    assert mentions[phrase].id == rid


@pytest.mark.parametrize(
    ("text", "phrase", "wrong"),
    [
        ("يتجه الجيش التركي نحو السد إذا لم تسبقه إليه «قسد».", "قسد", "إليه «قسد"),
        ("دمرت الغارة آلية عسكرية للجيش التركي.", "آلية عسكرية للجيش التركي", "التركي"),
        ("وجهت الأمم المتحدة رسالتين طالبت فيهما بالهدنة.", "الأمم المتحدة", "فيهما"),
    ],
)
def test_a_preposition_with_its_pronoun_is_nobody(text: str, phrase: str, wrong: str, book: ActorBook) -> None:
    mentions = found(text, book)
    assert phrase in mentions, sorted(mentions)
    assert wrong not in mentions


def test_a_name_told_later_by_itself_keeps_its_id(book: ActorBook) -> None:
    text = "وقال فيرنر زيغلرمان، وزير داخلية ألمانيا، إن الحدود مغلقة. وأضاف زيغلرمان أن الجيش جاهز."
    tokens = tokenize(text)
    mentions = find_actors(tokens, text, book, ReportContext(None, None, "FRA"))
    assert [m.id for m in mentions if text[m.start : m.end].endswith("زيغلرمان")] == ["DEU-GOV", "DEU-GOV"]


def test_no_statement_means_its_issuer_without_one(book: ActorBook) -> None:
    assert "البيان" not in found("وجاء في البيان أن الحرب انتهت.", book)
    mentions = found("عقدت حركة أمل اجتماعا. وجاء في البيان أن الحرب انتهت.", book)
    assert mentions["البيان"].id == "AMAL"


def test_an_adjective_is_no_name_of_a_body(book: ActorBook) -> None:
    assert "جماعات متغطرسة" not in found("هاجمت جماعات متغطرسة القرية في مالي.", book)


def test_verbs_and_adjectives_are_no_people(book: ActorBook) -> None:
    assert not {w for w in found("وطالب المجلس بوقف الحرب.", book) if w.startswith("وطالب")}
    assert "حشد" not in " ".join(found("وحشد النظام قواته.", book))
    assert "الأخيرة" not in found("قتلوا في الغارة الأخيرة على تعز.", book)
    assert "آخر" not in found("وفي حادث آخر قتل جندي.", book)
