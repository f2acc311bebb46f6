"""The place finder: a sentence, and the mentions that it holds as text → (name, country, kind, form)."""

from __future__ import annotations

import pytest
from coded_sentences import doc

from musnad.arabic.text import tokenize
from musnad.codebook import places
from musnad.codebook.geometry import distance_km
from musnad.codebook.places import PlaceBook
from musnad.coding.places import PlaceMention, country_near, find_places, focus_country, resolve_place


@pytest.fixture(scope="module")
def book() -> PlaceBook:
    return places.load()


def read(text: str, book: PlaceBook, exclude: list[tuple[int, int]] | None = None) -> dict[str, PlaceMention]:
    found = find_places(tokenize(text), text, book, exclude=exclude or [])
    return {text[m.start : m.end]: m for m in found}


@pytest.mark.parametrize(
    ("text", "quote", "name", "country", "kind"),
    [
        # names, with their particles left out
        ("قصفت الطائرات البوكمال ليلا", "البوكمال", "Al-Bukamal", "SYR", "city"),
        ("وصل الرتل إلى منبج وجرابلس", "جرابلس", "Jarabulus", "SYR", "town"),
        ("سقطت قذائف بالقامشلي أمس", "القامشلي", "Qamishli", "SYR", "city"),
        ("اشتباكات في ديرالزور", "ديرالزور", "Deir ez-Zor", "SYR", "city"),
        ("وصلت تعزيزات للرمادي", "للرمادي", "Ramadi", "IRQ", "city"),
        # the noun before the name
        ("دخلت القوات مدينة سراقب", "مدينة سراقب", "Saraqib", "SYR", "town"),
        ("استهدف القصف حي الشجاعية", "حي الشجاعية", "Al-Shujaiya", "PSE", "quarter"),
        ('سقط صاروخ على قاعدة "عين الأسد"', 'قاعدة "عين الأسد"', "Ain al-Asad air base", "IRQ", "base"),
        ("هاجموا حقل غاز كونيكو فجرا", "حقل غاز كونيكو", "Conoco gas plant", "SYR", "field"),
        ("تظاهروا في العاصمة بغداد", "العاصمة بغداد", "Baghdad", "IRQ", "capital"),
        ("أغلق مطار ريمون", "مطار ريمون", "Ramon prison airport", "ISR", "airport"),
        ("سيطروا على بلدة تل أبيض الحدودية", "بلدة تل أبيض الحدودية", "Tell Abyad", "SYR", "town"),
        ("هاجم مسلحون في نيجيريا قرى قرب باغا شمال نيجيريا", "باغا", "Baga", "NGA", "city"),
        # adjectives after it
        ("غادروا مدينة القائم العراقية", "مدينة القائم العراقية", "Al-Qaim", "IRQ", "town"),
        ("وصلوا إلى القدس المحتلة", "القدس المحتلة", "Jerusalem", "PSE", "capital"),
        ("حلقت الطائرة فوق قاعدة العند الجوية", "قاعدة العند الجوية", "Al Anad air base", "YEM", "base"),
        # parts and sides
        ("قصف على ريف إدلب الجنوبي", "ريف إدلب الجنوبي", "south Idlib countryside", "SYR", "area"),
        ("كمين شمال غربي الرقة", "شمال غربي الرقة", "north-west Raqqa", "SYR", "area"),
        ("تمركزوا شرق نهر الفرات في سوريا", "شرق نهر الفرات", "east of the Euphrates", "SYR", "area"),
        ("قصف محيط مدينة دمشق", "محيط مدينة دمشق", "Damascus surroundings", "SYR", "area"),
        ("عملية عسكرية في شمال العراق", "شمال العراق", "north Iraq", "IRQ", "area"),
        # countries told by their adjective
        ("توغلوا في الأراضي السورية", "الأراضي السورية", "Syria", "SYR", "country"),
        ("سفينة في المياه الإقليمية اليمنية", "المياه الإقليمية اليمنية", "Yemen", "YEM", "country"),
        ("انفجار في العاصمة اللبنانية", "العاصمة اللبنانية", "Beirut", "LBN", "capital"),
        ("سيطروا على الشمال السوري", "الشمال السوري", "north Syria", "SYR", "area"),
        # borders
        ("على الحدود السورية العراقية", "الحدود السورية العراقية", "Syria-Iraq border", "SYR", "border"),
        ("أغلقت تركيا الحدود مع سوريا", "الحدود مع سوريا", "Turkey-Syria border", "TUR", "border"),
        # a name that several places share
        ("سقط قتيل في طرابلس اللبنانية", "طرابلس اللبنانية", "Tripoli (Lebanon)", "LBN", "city"),
        ("حكومة ليبيا في طرابلس", "طرابلس", "Tripoli (Libya)", "LBY", "capital"),
        ("قال مسؤول لبناني إن الجيش اللبناني انتشر في طرابلس", "طرابلس", "Tripoli (Lebanon)", "LBN", "city"),
        ("زار وفد مغربي القنيطرة والرباط", "القنيطرة", "Kenitra", "MAR", "city"),
        ("قصف إسرائيلي على القنيطرة ودرعا", "القنيطرة", "Quneitra", "SYR", "city"),
        ("سكان تونس في مدينة تونس", "مدينة تونس", "Tunis", "TUN", "capital"),
        # ordinary words that are places only here
        ("دخلوا مدينة الباب شمالي حلب", "مدينة الباب", "Al-Bab", "SYR", "town"),
        ("معارك في هيت والرمادي والفلوجة غربي العراق", "هيت", "Hit", "IRQ", "town"),
    ],
)
def test_mention(book: PlaceBook, text: str, quote: str, name: str, country: str, kind: str) -> None:
    found = read(text, book)
    assert quote in found, sorted(found)
    m = found[quote]
    assert (m.name, m.country, m.kind) == (name, country, kind)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("طرق الجندي الباب ثم دخل", "الباب"),
        ("انتشرت القوات العراقية في المدينة قرب البصرة", "المدينة"),
        ("المسؤول القائم بالأعمال في السفارة", "القائم"),
        ("أصدرت الوزارة بيان إدانة يوم الجمعة", "بيان"),
        ("قال مراسل قناة الميادين", "الميادين"),
        ("أعلنت سرايا القدس مسؤوليتها", "القدس"),
        ("بدأت معركة طوفان الأقصى", "الأقصى"),
        ("عملية درع الفرات", "الفرات"),
        ("في شهر مايو الماضي", "مايو"),
        ("الحد الأقصى للأجور", "الأقصى"),
        ("إحياء ذكرى الشهداء", "إحياء ذكرى"),
        ("نشر موقع بوليتيكو تقريرا", "موقع بوليتيكو"),
    ],
)
def test_no_place(book: PlaceBook, text: str, absent: str) -> None:
    assert not any(absent in quote for quote in read(text, book))


def test_unknown_name_is_kept_without_a_point(book: PlaceBook) -> None:
    m = read("قتل ثلاثة جنود سوريين في قرية تل الغزلان قرب الحسكة", book)["قرية تل الغزلان"]
    assert (m.name, m.country, m.kind, m.form) == ("تل الغزلان", "SYR", "village", "unknown")
    assert m.lat is None and m.entry is None


def test_list_shares_the_noun(book: PlaceBook) -> None:
    found = read("استهدف القصف مطاري دمشق وحلب", book)
    assert [m.kind for m in found.values()] == ["airport", "airport"]
    found = read("سيطروا على حقلي كونيكو والعمر", book)
    assert found["العمر"].name == "Al-Omar oil field"


def test_words_that_point_back(book: PlaceBook) -> None:
    found = read("دخل الجيش السوري مدينة تدمر. ثم انسحب من المدينة وقصف ريفها، وعاد إلى العاصمة", book)
    assert found["المدينة"].name == "Palmyra (Tadmur)" and found["المدينة"].weak
    assert found["ريفها"].name == "Palmyra (Tadmur) countryside"
    assert found["العاصمة"].name == "Damascus"


def test_nothing_points_back_to_nothing(book: PlaceBook) -> None:
    assert read("عادوا إلى المدينة في المساء", book) == {}


def test_larger_place_is_within(book: PlaceBook) -> None:
    m = read("اشتباكات غربي حمص", book)["غربي حمص"]
    assert [x.name for x in m.inner] == ["Homs"]


def test_excluded_tokens_name_no_place(book: PlaceBook) -> None:
    text = "دخل مجلس منبج العسكري مدينة منبج"
    assert list(read(text, book, [(1, 3)])) == ["مدينة منبج"]


def test_quotes_point_into_the_text(book: PlaceBook) -> None:
    text = "وفي مدينةِ الرَّقّة، وبِريف حَلَب"
    for m in find_places(tokenize(text), text, book):
        assert text[m.start] not in "وب" and text[m.start : m.end].strip() == text[m.start : m.end]


def test_country_as_actor_is_weak(book: PlaceBook) -> None:
    found = read("نددت روسيا بالقصف، ووصل الوفد إلى تركيا", book)
    assert found["روسيا"].weak and not found["روسيا"].locative
    assert found["تركيا"].locative and not found["تركيا"].weak


def test_town_of_talks_is_weak(book: PlaceBook) -> None:
    assert read("رفضوا تنفيذ اتفاق الرياض", book)["الرياض"].weak
    assert not read("وصل الوفد إلى الرياض", book)["الرياض"].weak


@pytest.mark.parametrize(
    ("text", "lat", "lon", "within"),
    [
        ("شرق الفرات", 36.2, 40.2, 90),
        ("ريف دير الزور الشرقي", 34.8, 40.7, 40),
        ("شمال شرق سوريا", 36.2, 40.4, 120),
        ("الحدود السورية العراقية", 35.2, 41.0, 80),
        ("شمال حلب", 36.35, 37.16, 15),
        ("جنوب لبنان", 33.25, 35.4, 20),
    ],
)
def test_area(book: PlaceBook, text: str, lat: float, lon: float, within: float) -> None:
    m = resolve_place(text, book)
    assert m is not None and m.lat is not None and m.lon is not None
    assert distance_km(m.lat, m.lon, lat, lon) <= within


def test_area_has_its_extent(book: PlaceBook) -> None:
    m = read("قصف ريف دير الزور الشرقي", book)["ريف دير الزور الشرقي"]
    assert m.area is not None
    south, west, north, east = m.area.bbox
    assert south < m.area.lat < north and west < m.area.lon < east and m.area.radius_km == m.precision_km


def test_two_banks_differ(book: PlaceBook) -> None:
    east, west = resolve_place("شرق الفرات", book), resolve_place("غرب الفرات", book)
    assert east is not None and west is not None and east.lon is not None and west.lon is not None
    assert east.lon > west.lon


def test_resolve_with_a_country(book: PlaceBook) -> None:
    here, there = resolve_place("طرابلس", book, "LBN"), resolve_place("طرابلس", book, "LBY")
    assert here is not None and there is not None
    assert (here.country, there.country) == ("LBN", "LBY")


def test_helpers(book: PlaceBook) -> None:
    text = "اشتباكات في عدن وتعز، ثم اقتحموا منزله"
    mentions = find_places(tokenize(text), text, book)
    assert focus_country(mentions) == "YEM"
    assert country_near(mentions, text.index("منزله")) == "YEM"
    assert focus_country([]) is None and country_near([], 0) is None


def test_same_text_same_mentions(book: PlaceBook) -> None:
    text = "قصف على بلدات هجين والشعفة، وغارات على حي جوبر والغوطة الشرقية"
    assert read(text, book) == read(text, places.load())


def test_a_river_bank_is_not_the_west_bank(book: PlaceBook) -> None:
    river = read("انتشرت القوات على الضفة الغربية لنهر الفرات قرب دير الزور.", book)
    assert not [m for m in river.values() if "West Bank" in m.name]
    bank = read("اقتحم الجيش بلدة في الضفة الغربية قرب نابلس.", book)
    assert "West Bank" in [m.name for m in bank.values()]


def test_a_seat_that_names_a_party_is_a_place_too() -> None:
    """صنعاء is a party and a town, التحالف a party that a hamlet shares its name with."""
    d = doc("انفجرت عبوة في صنعاء بعدما قصف التحالف مواقع.")
    assert [p.name for p in d.places] == ["Sanaa"]
