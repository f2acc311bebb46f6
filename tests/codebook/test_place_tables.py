"""The place tables: what they must know, and what must not be wrong in them."""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path

import pytest

from musnad.codebook import places
from musnad.codebook.geometry import distance_km
from musnad.codebook.places import PlaceBook
from musnad.errors import CodebookError


@pytest.fixture(scope="module")
def book() -> PlaceBook:
    return places.load()


@pytest.mark.parametrize(
    ("arabic", "country", "kind", "lat", "lon", "within"),
    [
        ("البوكمال", "SYR", "city", 34.45, 40.92, 10),
        ("دير الزور", "SYR", "city", 35.33, 40.14, 10),
        ("ديرالزور", "SYR", "city", 35.33, 40.14, 10),  # written as one word
        ("كفر سوسة", "SYR", "quarter", 33.50, 36.27, 5),
        ("كفرسوسة", "SYR", "quarter", 33.50, 36.27, 5),
        ("حقل العمر النفطي", "SYR", "field", 35.10, 40.53, 15),
        ("معبر باب الهوى", "SYR", "crossing", 36.24, 36.68, 6),
        ("سد الموصل", "IRQ", "dam", 36.63, 42.82, 6),
        ("مخيم جباليا", "PSE", "camp", 31.53, 34.50, 4),
        ("ميس الجبل", "LBN", "town", 33.17, 35.52, 4),
        ("سلاح المدرعات", "SDN", "base", 15.52, 32.50, 8),
        ("أفدييفكا", "UKR", "city", 48.14, 37.75, 6),
        ("نور شمس", "PSE", "camp", 32.32, 35.06, 4),
        ("الفاشر", "SDN", "city", 13.63, 25.35, 10),
    ],
)
def test_knows(book: PlaceBook, arabic: str, country: str, kind: str, lat: float, lon: float, within: float) -> None:
    entry = book.find(arabic)[0]
    assert (entry.country, entry.kind) == (country, kind)
    assert entry.lat is not None and entry.lon is not None
    assert distance_km(entry.lat, entry.lon, lat, lon) <= within


def test_is_large_and_mostly_placed(book: PlaceBook) -> None:
    own = [e for e in book.entries if e.source.startswith("places_") and e.kind != "country"]
    assert len(own) >= 3500
    assert sum(e.lat is not None for e in own) > 0.95 * len(own)


def test_every_capital_has_a_point(book: PlaceBook) -> None:
    unplaced = [c.iso3 for c in book.countries.values() if book.entries[c.capital].lat is None]
    assert len(unplaced) < 25  # a few island states
    assert not {"SYR", "IRQ", "PSE", "SDN", "KWT", "TUN"} & set(unplaced)


def test_kinds_are_known_and_entries_stand_once(book: PlaceBook) -> None:
    own = [e for e in book.entries if e.source.startswith("places_") and e.kind != "country"]
    assert {e.kind for e in own} <= book.sets["kind"]
    twice = [k for k, n in Counter((e.country, e.name, e.kind) for e in own).items() if n > 1]
    assert twice == []


def test_every_point_has_a_radius(book: PlaceBook) -> None:
    assert [e.name for e in book.entries if e.lat is not None and e.km is None and e.kind != "capital"] == []


def overlay(folder: Path, *rows: str) -> Path:
    header = "name\tarabic\tcountry\tkind\tprovince\tlat\tlon\tkm\n"
    (folder / "places.tsv").write_text(header + "".join(r + "\n" for r in rows), encoding="utf8")
    return folder


def test_overlay_adds(tmp_path: Path) -> None:
    mine = places.load(overlay=overlay(tmp_path, "Tell Sabbah\tتل الصباح البعيد\tSYR\thill\t\t35.0\t40.0\t2"))
    assert [e.name for e in mine.find("تل الصباح البعيد")] == ["Tell Sabbah"]


def test_point_of_another(tmp_path: Path) -> None:
    row = "Corner shop\tركن دكان الحارة\tSYR\tmarket\t\t@Aleppo\t\t9"
    entry = places.load(overlay=overlay(tmp_path, row)).find("ركن دكان الحارة")[0]
    assert (entry.lat, entry.lon, entry.km) == (36.203, 37.155, 9.0)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Nowhere\tلا مكان\tSYR\ttown\t\tnorth\t40.0\t2", "places.tsv:2"),
        ("Nowhere\tلا مكان\tSYR\ttown\t\t@Atlantis\t\t2", "@Atlantis"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(CodebookError, match=says):
        places.load(overlay=overlay(tmp_path, row))


def test_is_pickled_whole(book: PlaceBook) -> None:
    again: PlaceBook = pickle.loads(pickle.dumps(book))
    assert again.find("الرقة") == book.find("الرقة")
    assert len(again.names) == len(book.names)
