"""The finder of actor mentions: a sentence, and the mentions with their ids."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from musnad.arabic.text import tokenize
from musnad.codebook.actors import ActorBook, load
from musnad.coding.actors import ActorMention, ReportContext, find_actors, focus_country, resolve_quote


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load()


def mentions(
    book: ActorBook, body: str, country: str | None = None, outlet: str | None = None, day: date | None = None
) -> list[ActorMention]:
    tokens = tokenize(body)
    focus = country if country is not None else focus_country(tokens, book, outlet)
    return find_actors(tokens, body, book, ReportContext(day, outlet, focus))


def told(book: ActorBook, body: str, **context: object) -> list[str]:
    return [f"{body[m.start : m.end]} {m.id}" for m in mentions(book, body, **context)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # role noun and nationality
        ("وصلت قوات تركية إلى البلدة", ["قوات تركية TUR-MIL"]),
        ("التقى مسؤول عراقي نظيره", ["مسؤول عراقي IRQ-GOV"]),
        ("قصف الطيران الروسي المدينة", ["الطيران الروسي RUS-MIL"]),
        ("نددت وزارة الخارجية الإيرانية بالقرار", ["وزارة الخارجية الإيرانية IRN-GOV"]),
        ("اعتقلت الشرطة المصرية ناشطاً", ["الشرطة المصرية EGY-COP", "ناشطاً EGY-CVL"]),
        ("حكمت محكمة كويتية عليه", ["محكمة كويتية KWT-JUD"]),
        ("نفت وزارة الكهرباء والمياه اللبنانية ذلك", ["وزارة الكهرباء والمياه اللبنانية LBN-GOV"]),
        # a nationality by itself tells whose act it is
        ("نفذت غارات روسية", ["روسية RUS-MIL"]),
        # a land is no actor
        ("دخلوا الأراضي السورية", []),
        # names, quoted and with particles in front
        ('هاجمت "قسد" مواقع لداعش', ["قسد SDF", "مواقع لداعش ISIS"]),
        ("بين الحوثيين وقوات الشرعية", ["الحوثيين HOUTHI", "قوات الشرعية YEM-MIL"]),
        ('قال قيادي في قوات "الدعم السريع"', ['قيادي في قوات "الدعم السريع RSF']),
        # owners behind من، في، باسم، التابعة لـ
        ("قتل عناصر من تنظيم الدولة", ["عناصر من تنظيم الدولة ISIS"]),
        ("قال المتحدث باسم حركة حماس", ["المتحدث باسم حركة حماس HAMAS"]),
        ("دمروا آليات تابعة للجيش السوداني", ["آليات تابعة للجيش السوداني SDN-MIL"]),
        ("استهدف مقرات الحشد الشعبي", ["مقرات الحشد الشعبي PMF"]),
        ("قوات النظام السوري انسحبت", ["قوات النظام السوري SYR-MIL"]),
        # a person with a title, known or not
        ("قال وزير الخارجية الروسي سيرغي لافروف", ["وزير الخارجية الروسي سيرغي لافروف RUS-GOV"]),
        ("أكد رئيس الوزراء الماليزي عبده بن علان", ["رئيس الوزراء الماليزي عبده بن علان MYS-GOV"]),
        # capitals and seats of power speak for governments
        ("أعلن الكرملين أن باريس رفضت", ["الكرملين RUS-GOV", "باريس FRA-GOV"]),
        # militias of a country are not its army
        ("سيطرت ميليشيات إيرانية على البلدة", ["ميليشيات إيرانية IRN-PROXY"]),
        # settlers
        ("اقتحم مستوطنون متطرفون القرية", ["مستوطنون متطرفون ISR-CVL"]),
    ],
)
def test_phrases(book: ActorBook, body: str, expected: list[str]) -> None:
    assert told(book, body) == expected


@pytest.mark.parametrize(
    ("body", "context", "expected"),
    [
        # people without a country are of the country that the report is about
        ("قتل ثلاثة مدنيين", {"country": "YEM"}, ["ثلاثة مدنيين YEM-CVL"]),
        ("هاجم مسلحون مجهولون القرية", {"country": "NGA"}, ["مسلحون مجهولون NGA-UAF"]),
        # the outlet and the day decide what a name means
        ("أعلنت القوات المسلحة اليمنية", {"outlet": "almayadeen", "day": date(2023, 9, 1)}, "HOUTHI"),
        ("أعلنت القوات المسلحة اليمنية", {"outlet": "aawsat", "day": date(2015, 9, 1)}, "YEM-MIL"),
        ("هاجمت المقاومة الموقع", {"country": "YEM", "outlet": "okaz", "day": date(2015, 8, 1)}, "YEM-RES"),
        ("هاجمت المقاومة الموقع", {"country": "LBN", "outlet": "almayadeen", "day": date(2023, 11, 1)}, "HEZBOLLAH"),
        ("هاجمت المقاومة الموقع", {"country": "PSE", "day": date(2023, 11, 1)}, "PSE-RES"),
        ("قصف التحالف المدينة", {"country": "YEM", "day": date(2016, 1, 1)}, "SLC"),
        ("قصف التحالف المدينة", {"country": "SYR", "day": date(2016, 1, 1)}, "CJTF-OIR"),
        ("تقدم الجيش الوطني", {"country": "SYR", "day": date(2019, 10, 9)}, "SNA"),
        ("تقدم الجيش الوطني", {"country": "YEM", "day": date(2016, 1, 1)}, "YEM-MIL"),
        ("هاجمت فلول النظام دورية", {"country": "SYR", "day": date(2025, 3, 7)}, "SYR-REB"),
        ("قصفت قوات النظام البلدة", {"country": "SYR", "day": date(2016, 3, 7)}, "SYR-MIL"),
        ("تقدمت جبهة النصرة", {"country": "SYR", "day": date(2015, 3, 7)}, "NUSRA"),
        ("تقدمت جبهة النصرة", {"country": "SYR", "day": date(2023, 3, 7)}, "HTS"),
    ],
)
def test_names_that_depend_on_the_report(
    book: ActorBook, body: str, context: dict[str, object], expected: list[str] | str
) -> None:
    found = told(book, body, **context)
    if isinstance(expected, str):
        assert found[0].rsplit(" ", 1)[1] == expected
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("body", "word", "rid"),
    [
        # a definite noun means the nearest fitting party before it
        ("قالت حركة طالبان إنها ستقاتل. ونفت الحركة ذلك", "الحركة", "TALIBAN"),
        ("أعلن الجيش السوداني الانسحاب. ثم عاد الجيش", "الجيش", "SDN-MIL"),
        ("زار وزير الدفاع التركي القاعدة. وقال الوزير", "الوزير", "TUR-GOV"),
        ("نقلت صحيفة هآرتس عن ضابط. وأضافت الصحيفة", "الصحيفة", "MEDIA:Haaretz"),
        ("قال مصدر عسكري عراقي ذلك. وأضاف المصدر", "المصدر", "IRQ-MIL"),
        # a surname means the person told before
        ("صرح وزير الداخلية اليمني عبده الشرجبي. وأكد الشرجبي", "الشرجبي", "YEM-GOV"),
        ("قال قائد قوات حفتر في الجنوب، سعيد الطرفاوي، ذلك. وتابع الطرفاوي", "الطرفاوي", "LNA"),
    ],
)
def test_words_that_refer_back(book: ActorBook, body: str, word: str, rid: str) -> None:
    start = body.rindex(word)
    m = resolve_quote(mentions(book, body), start, start + len(word))
    assert m is not None and m.kind in ("anaphor", "source") and m.id == rid


def test_possessives_belong_to_the_party_before(book: ActorBook) -> None:
    found = mentions(book, "أعلنت روسيا أن قواتها انسحبت")
    assert [(m.id, m.kind) for m in found] == [("RUS-GOV", "country"), ("RUS-MIL", "possessive")]


def test_a_country_is_its_forces_when_it_strikes(book: ActorBook) -> None:
    m = mentions(book, "قصفت تركيا القرية")[0]
    assert (m.id_for("ASSAULT", "actor"), m.id_for("CONSULT"), m.id_for("ASSAULT", "recipient")) == (
        "TUR-MIL", "TUR-GOV", "TUR-GOV",
    )  # fmt: skip


def test_spans_leave_particles_out_and_numbers_in(book: ActorBook) -> None:
    body = "ولإيران وأصيب 12 جندياً تركياً وللجيش التركي"
    assert [body[m.start : m.end] for m in mentions(book, body)] == ["إيران", "12 جندياً تركياً", "للجيش التركي"]


def test_mentions_do_not_overlap_and_point_into_the_body(book: ActorBook) -> None:
    body = (
        "قال المتحدث باسم الجيش الإسرائيلي دانيال هاغاري إن حزب الله أطلق صواريخ\n"
        "واتهمت بيروت تل أبيب بقصف مدنيين لبنانيين"
    )
    found = mentions(book, body)
    assert len(found) >= 5
    for before, after in itertools.pairwise(found):
        assert before.last < after.first and before.end <= after.start
    tokens = tokenize(body)
    for m in found:
        assert tokens[m.first].start <= m.start < m.end == tokens[m.last].end
        assert m.id and m.because


def test_prepositions_are_no_names(book: ActorBook) -> None:
    assert told(book, "هجوم على محمد", country="SYR") == []


def test_the_country_of_a_report(book: ActorBook) -> None:
    assert focus_country(tokenize("قصفت طائرات حربية مدينة تعز وريف الحديدة"), book) == "YEM"
    assert focus_country(tokenize("لا شيء هنا"), book) == ""
    assert focus_country(tokenize("أعلنت وزارة الداخلية"), book, "alriyadh") == "SAU"


def test_the_owner_inside_a_phrase_is_found_too(book: ActorBook) -> None:
    body = "قالت الشرطة التابعة لحماس ذلك"
    found = mentions(book, body, "PSE")
    start = body.index("حماس")
    m = resolve_quote(found, start, start + 4)
    assert m is not None and m.id == "HAMAS"
    assert found[0].id == "PSE-COP"


@pytest.mark.parametrize(
    "body",
    [
        "وقع اشتباك مسلح في المدينة",  # an adjective, no gunman
        "من جهة أخرى توقفت حركة المرور",  # nouns of other uses
        "فتح الباب على مصراعيه",  # a verb that is also a party's name
        "أفاد بأن الوضع هادئ",
    ],
)
def test_words_that_only_look_like_actors(book: ActorBook, body: str) -> None:
    assert told(book, body, country="SYR") == []


@pytest.mark.parametrize(
    ("body", "context", "expected"),
    [
        # forces told by their backer alone
        ("انسحبت القوات المدعومة من واشنطن", {"country": "SYR", "day": date(2019, 5, 1)}, "القوات SDF"),
        ("وصلت القوات المدعومة إماراتياً", {"country": "YEM", "day": date(2019, 5, 1)}, "القوات STC"),
        ("يتابع حلفاء واشنطن الوضع", {"country": "SYR", "day": date(2019, 5, 1)}, "حلفاء واشنطن SDF"),
        ("قصف الجيش السوري القوات الموالية له", {"country": "SYR"}, "القوات SYR-PRM"),
        # several of a kind are not the one named before; one is not several
        ("قال ممثلو حماس ثم نددت الحركات الأخرى", {"country": "PSE"}, "الحركات PSE-RES"),
        ("ذكر موقع أكسيوس ذلك. وأضاف الموقع أن", {"country": "USA"}, "الموقع MEDIA:Axios"),
        # the nearest place tells whose people they are
        ("أصيب ثلاثة مدنيين في حيفا", {"country": "LBN"}, "ثلاثة مدنيين في حيفا ISR-CVL"),
        ("سقطت القذائف على حيفا وجرح سكان", {"country": "LBN"}, "سكان ISR-CVL"),
        ("قتل ثلاثة مدنيين قرب الحدود", {"country": "LBN"}, "ثلاثة مدنيين LBN-CVL"),
        ("اعتقلوا مقيماً من الجنسية اليمنية", {"country": "SAU"}, "مقيماً من الجنسية اليمنية YEM-CVL"),
        # ـه means no feminine noun, ـها no man
        ("هاجم الجيش الإيراني قوات قسد وقال إن قواته تقدمت", {"country": "SYR"}, "قواته IRN-MIL"),
        # counterparts, foreign bodies, kin, homes
        ("التقى الوزير نظيره الأرميني آرام بدروسيان", {"country": "IRN"}, "نظيره الأرميني آرام بدروسيان ARM-GOV"),
        ("طالبت منظمات دولية بفتح المعبر", {"country": "SDN"}, "منظمات دولية XXX-IGO"),
        ("قتل والده في الغارة", {"country": "PSE"}, "والده PSE-CVL"),
        ("قصفت الطائرات منازل في البلدة", {"country": "PSE"}, "منازل PSE-CVL"),
        ("قصفوا أهدافاً مدنية", {"country": "UKR"}, "أهدافاً مدنية UKR-CVL"),
        # names of ordinary nouns mean a country's body only at home
        ("نشر الحرس الوطني حواجز", {"country": "TUN"}, "الحرس الوطني TUN-COP"),
        ("نشر الحرس الوطني حواجز", {"country": "KWT"}, "الحرس الوطني KWT-MIL"),
        # an armed group of another country is not meant
        ("قتل عنصر من حزب الله ثم هاجم الإرهابيون الحاجز", {"country": "PAK"}, "الإرهابيون PAK-REB"),
        # sites, subjects and adjectives
        ("استهدفت القاعدة الجوية صباحاً", {"country": "YEM"}, "القاعدة الجوية YEM-MIL"),
        ("قال محلل الشؤون العسكرية في قناة الجزيرة", {}, "محلل الشؤون العسكرية في قناة الجزيرة MEDIA:Al Jazeera"),
        ("صدت هجومين روسيين", {"country": "UKR"}, "روسيين RUS-MIL"),
        ("وقال العميد الركن سامر النخيل", {"country": "IRQ"}, "العميد الركن سامر النخيل IRQ-MIL"),
    ],
)
def test_what_stands_in_unseen_reports(book: ActorBook, body: str, context: dict[str, object], expected: str) -> None:
    assert expected in told(book, body, **context)


@pytest.mark.parametrize(
    ("body", "country", "junk"),
    [
        ("ودعمته عسكرياً وسياسياً", "SAU", "عسكريا"),
        ("شن هجوماً مسلحاً على البلدة", "MLI", "مسلحا"),
        ("قتل 30 عسكرياً روسياً وتدمير دبابتين", "UKR", "وتدمير"),
        ("إصلاح النظام القضائي في البلاد", "ISR", "النظام"),
        ("شكر الشعب اليمني الشقيق", "SAU", "الشقيق"),
        ("مواقف بذلت خلال تنظيم مسيرة سلام", "TUR", "تنظيم"),
        ("سيطروا على الموقع الاستراتيجي", "YEM", "الموقع"),
        ("قال الوزير، متحدثاً عن الاتفاق", "IRN", "متحدثا"),
    ],
)
def test_what_is_no_actor(book: ActorBook, body: str, country: str, junk: str) -> None:
    assert not [m for m in mentions(book, body, country) if m.words and m.words[0] == junk]
