"""The tables of actors: what they hold, and what a name means when and where."""

from __future__ import annotations

import itertools
import pickle
import re
import time
from datetime import date
from pathlib import Path

import pytest

from musnad.arabic.letters import norm
from musnad.codebook.actor_forms import adjective_shapes, noun_shapes
from musnad.codebook.actors import SPECIAL_TABLES, ActorBook, load, words
from musnad.codebook.table import DATA, read_table
from musnad.errors import CodebookError

SHARED = Path(__file__).parents[2].parent / "shared"
SECTORS = words("GOV MIL COP SPY JUD LEG PTY OPP REB PRM UAF CRM CVL REF JRN HLH EDU REL BUS LAB NGO HRI IGO")


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load()


def entity_rows() -> list[dict[str, str]]:
    names = sorted(p.name for p in DATA.glob("actors*.tsv") if p.name not in SPECIAL_TABLES)
    return [r.cells for n in names for r in read_table(DATA / n, ("key", "id", "names"))]


def test_there_are_enough_parties_and_names() -> None:
    rows = entity_rows()
    names = {norm(n) for r in rows for n in r["names"].split("|")}
    assert len({r["key"] for r in rows}) == len(rows) >= 400 + 60
    assert len(names) >= 2000


@pytest.mark.shared
def test_every_shared_id_is_known() -> None:
    path = SHARED / "gold" / "actors.tsv"
    if not path.exists():
        pytest.skip("no ../shared here")
    ids = {line.split("\t")[0] for line in path.read_text("utf8").splitlines()[1:] if line}
    known = {r["id"] for r in entity_rows()} | {"ANON"}
    assert ids <= known


def test_ids_are_named_groups_or_country_and_sector(book: ActorBook) -> None:
    groups = {k for k, es in book.entities.items() for e in es if e.id == k}
    ids = {e.id for es in book.entities.values() for e in es}
    ids |= {o.id for os in book.persons.values() for o in os}
    ids |= {r.id for rs in book.contexts.values() for r in rs} | {o.id for os in book.compose.values() for o in os}
    for rid in sorted(ids):
        country, _, sector = rid.partition("-")
        plain = sector in SECTORS and (country in book.countries or country in ("XXX", "FOCUS", "OWNER"))
        assert plain or rid in groups or re.match(r"MEDIA:\S", rid), rid


def test_offices_of_a_person_follow_each_other(book: ActorBook) -> None:
    for person, offices in book.persons.items():
        for before, after in itertools.pairwise(offices):
            assert before.until is not None, person
            assert after.since is not None and before.until <= after.since, person


@pytest.mark.parametrize(
    ("person", "day", "rid"),
    [
        ("Ahmad al-Sharaa", date(2015, 5, 1), "NUSRA"),
        ("Ahmad al-Sharaa", date(2021, 5, 1), "HTS"),
        ("Ahmad al-Sharaa", date(2025, 5, 1), "SYR-GOV"),
        ("Mohamed Morsi", date(2013, 1, 1), "EGY-GOV"),
        ("Mohamed Morsi", date(2015, 1, 1), "MB"),
        ("Hakan Fidan", date(2020, 1, 1), "TUR-SPY"),
        ("Hakan Fidan", None, "TUR-GOV"),
    ],
)
def test_a_person_speaks_for_another_body_after_a_change(
    book: ActorBook, person: str, day: date | None, rid: str
) -> None:
    office = book.office(person, day)
    assert office is not None and office.id == rid


@pytest.mark.parametrize(
    ("adjective", "forms"),
    [
        ("تركي", "تركي تركية التركي التركية تركيين الأتراك أتراك تركيان تركيتان تركيات"),
        ("حوثي", "الحوثيون الحوثيين الحوثية حوثية حوثيان حوثيو"),
    ],
)
def test_forms_of_an_adjective(adjective: str, forms: str) -> None:
    made = {s.form for s in adjective_shapes(adjective, ["أتراك"])}
    assert {norm(f) for f in forms.split()} <= made


@pytest.mark.parametrize(
    ("noun", "plurals", "forms"),
    [
        ("قوة", ["قوات"], "قوة القوة قوات القوات قواته قواتها قواتهم قوتين قوتان قوتها"),
        ("مقاتل", ["+ون"], "مقاتلون المقاتلين مقاتلو مقاتلي مقاتليها مقاتلوه مقاتلان مقاتلا"),
        ("حليف", ["حلفاء"], "حلفاؤه حلفائه حلفاءه الحلفاء"),
    ],
)
def test_forms_of_a_noun(noun: str, plurals: list[str], forms: str) -> None:
    made = {s.form for s in noun_shapes(noun, plurals, False)}
    assert {norm(f) for f in forms.split()} <= made


def test_the_book_is_quick_to_build_and_pickles(book: ActorBook) -> None:
    started = time.perf_counter()
    load()
    assert time.perf_counter() - started < 5
    again = pickle.loads(pickle.dumps(book))
    assert again.word(norm("قوات")) == book.word(norm("قوات"))
    assert again.entities == book.entities


def test_a_user_adds_and_removes_names(tmp_path: Path) -> None:
    header = "key\tid\tenglish\tcountry\tsector\tnames\tadjectives\tfrom\tto\tnote\n"
    (tmp_path / "actors.tsv").write_text(
        header + "my-group\tSYR-REB\tMy Group\tSYR\tREB\tكتيبة النخيل\t\t\t\t\n-TALIBAN\n", "utf8"
    )
    book = load(DATA, tmp_path)
    assert book.entities["my-group"][0].id == "SYR-REB"
    assert "TALIBAN" not in book.entities


def test_a_wrong_date_names_file_and_line(tmp_path: Path) -> None:
    header = "person\tnames\tshort\tid\tfrom\tto\toffice\n"
    (tmp_path / "persons.tsv").write_text(header + "Someone\tفلان الفلاني\t\tSYR-GOV\t2015-13-01\t\tminister\n", "utf8")
    with pytest.raises(CodebookError, match=r"persons\.tsv:2: from is no ISO date"):
        load(DATA, tmp_path)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ميليشيا أسد", "SYR-MIL"),
        ("الحمزات", "SNA"),
        ("وحدات حماية المرأة", "YPG"),
        ("العمالقة الجنوبية", "YEM-MIL"),
        ("قوات دفاع شبوة", "STC"),
        ("المستعربون", "isr-cop"),
        ("كتيبة البراء بن مالك", "sdn-brigades"),
        ("جبهة تحرير أزواد", "mli-plateforme"),
        ("داعش خراسان", "ISIS"),
        ("أحمد شاشان", "rus-akhmat"),
        ("وحدة الرضوان", "HEZBOLLAH"),
    ],
)
def test_names_of_the_press_of_many_countries(book: ActorBook, name: str, key: str) -> None:
    level, found = book.trie, ()
    for word in norm(name).split():
        found, following = level[word]
        level = following or {}
    assert key in {n.of for n in found}


@pytest.mark.parametrize(
    ("person", "day", "rid"),
    [
        ("Abu Aqla Kaikal", date(2024, 5, 1), "RSF"),
        ("Abu Aqla Kaikal", date(2025, 5, 1), "SDN-PRM"),
        ("Penny Wong", date(2023, 5, 1), "AUS-GOV"),
        ("Getachew Reda", date(2021, 5, 1), "ETH-REB"),
        ("Bafel Talabani", None, "IRQ-PTY"),
    ],
)
def test_people_of_many_countries(book: ActorBook, person: str, day: date | None, rid: str) -> None:
    office = book.office(person, day)
    assert office is not None and office.id == rid
