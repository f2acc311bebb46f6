"""Search over reports and events answers the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from musnad import code_many
from musnad.archive import panorama, search
from musnad.archive.archive import Archive
from musnad.archive.query import Filter
from musnad.errors import UsageError
from musnad.report import Report

REPORTS = [
    Report("r1", "قصف على بلدة", "قصف الجيش الروسي اليوم بلدة الباغوز، وقُتل ثلاثة مدنيين.", "صدى", "2019-02-01"),
    Report("r2", "إدانة", "أدانت الحكومة السورية قصفا نفذته طائرة بدون طيار قرب دير الزور.", "رقيم", "2019-02-03"),
    Report("r3", "سوق", "افتتحت البلديه مدرسة جديدة في دير الزور. SDF حاضرة.", "صدى", "2019-03-01"),
    Report("r4", "نهر", "وصل للجيشِ دعم، والمدرسة مغلقة.", None, None),
]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    if request.param == "sqlite":
        where = str(tmp_path_factory.mktemp("search") / "a.db")
    else:
        where = request.getfixturevalue("postgres_server")
    with Archive.open(where, create=True) as opened:
        opened.add_coded(zip(REPORTS, code_many(REPORTS), strict=True))
        yield opened


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("الجيش", {"r1", "r4"}),
        ("جيش", {"r1", "r4"}),
        ("المدرسه", {"r3", "r4"}),
        ("مَدرسة", {"r3", "r4"}),
        ("البلدية", {"r3"}),
        ('"دير الزور"', {"r2", "r3"}),
        ('"الزور دير"', set()),
        ("قصف NOT روسي", {"r2"}),
        ("(الباغوز OR سوق) صدى", set()),
        ("الباغوز OR سوق", {"r1", "r3"}),
        ("طائرة بدون طيار", {"r2"}),
        ("sdf", {"r3"}),
        ("", {"r1", "r2", "r3", "r4"}),
    ],
)
def test_finds(archive: Archive, query: str, ids: set[str]) -> None:
    page = search.reports(archive, query)
    assert {hit.id for hit in page.items} == ids
    assert page.total == len(ids)


def test_filters_pages_and_marks(archive: Archive) -> None:
    only = search.reports(archive, "", Filter.parse({"outlet": "صدى", "until": "2019-02"}))
    assert [hit.id for hit in only.items] == ["r1"]
    first = search.reports(archive, "الزور", limit=1)
    second = search.reports(archive, "الزور", limit=1, offset=1)
    assert first.total == second.total == 2
    assert {first.items[0].id, second.items[0].id} == {"r2", "r3"}
    (hit,) = search.reports(archive, '"الجيش الروسي"').items
    assert [hit.body[start:end] for start, end in hit.marks] == ["الجيش الروسي"]


def test_events_by_words_and_filter(archive: Archive) -> None:
    found = search.events(archive, "الباغوز", Filter.parse({"type": "ASSAULT", "killed": 3}))
    assert {one.report_id for one in found.items} == {"r1"}
    assert search.events(archive, "الباغوز", Filter.parse({"killed": 4})).total == 0


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"outlet": ["صدى", "رقيم"]}, {"r1", "r2", "r3"}),
        ({"outlet": ["صدى"]}, {"r1", "r3"}),
        ({"place": ["الباغوز", "دير الزور"], "type": ["ASSAULT", "ACCUSE"]}, {"r1", "r2"}),
        ({"place": ["الباغوز", "حلب"]}, {"r1"}),
        ({"actor": ["RUS-MIL", "SYR-GOV"]}, {"r1", "r2"}),
        ({"side": ["روسيا", "SDF"]}, {"r1"}),
        ({"type": ["ACCUSE", "ASSAULT/abduct"]}, {"r2"}),
    ],
)
def test_several_values_mean_any_of_them(archive: Archive, asked: dict[str, list[str]], ids: set[str]) -> None:
    filter = Filter.parse(asked)
    assert {hit.id for hit in search.reports(archive, "", filter).items} == ids
    seen = panorama.current(archive)
    told = {hit.report_id for hit in search.events(archive, "", filter, limit=100).items}
    assert seen.reports(seen.see(archive, filter)) == len(told)
    assert told <= ids


def test_events_of_the_best_report_come_first(archive: Archive) -> None:
    newest = search.events(archive, "", Filter.parse({"type": "ASSAULT"})).items
    assert newest[0].report_id == "r2"
    found = search.events(archive, "قصف بلدة OR قصف").items
    best = [hit.id for hit in search.reports(archive, "قصف بلدة OR قصف").items]
    assert best[0] == "r1"
    order = [one.report_id for one in found]
    assert order == sorted(order, key=best.index)
    assert len(set(order)) == 2


@pytest.mark.parametrize("query", ["'", "\\", "a'b", "x:*", "<->", "%", "😀", "\ud800", "\0", "ـ", "&|!", '"NEAR("'])
def test_signs_of_sql_are_only_text(archive: Archive, query: str) -> None:
    try:
        search.reports(archive, query)
        search.events(archive, query)
    except UsageError:
        pass
