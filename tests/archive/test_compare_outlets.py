"""A hand-coded sheet beside the archive, and outlets beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from archive_places import places
from told import conoco

from musnad.archive import compare, outlets
from musnad.archive.archive import Archive
from musnad.archive.query import Filter
from musnad.errors import UsageError
from musnad.report import RelatedLink

HEAD = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,location,latitude,longitude,fatalities\n"
STRIKE = "Explosions/Remote violence,Air/drone strike,RUS-MIL,SDF"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    for where in places(request, tmp_path):
        with Archive.open(where(), create=True) as found:
            found.add_coded(conoco())
            yield found


def sheet(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "sheet.csv"
    path.write_text(head + "".join(r + "\n" for r in rows), "utf8")
    return path


def test_a_row_meets_its_incident_and_what_each_lacks_is_listed(archive: Archive, tmp_path: Path) -> None:
    rows = compare.read_sheet(sheet(
        tmp_path, f"SYR1,2017-09-16,{STRIKE},Industrial zone,35.37,40.2,3",
        f"SYR2,17 September 2017,{STRIKE},Elsewhere,33.5,36.3,0",
    ))  # fmt: skip
    found = compare.compare(archive, rows)
    (pair,) = found.both
    assert pair.row.id == "SYR1"
    assert pair.incident.day_from == "2017-09-16"
    assert "killed: 3 / none told" in pair.differ
    assert [r.id for r in found.sheet_only] == ["SYR2"]
    assert pair.incident.key not in {i.key for i in found.archive_only}


def test_other_columns_are_mapped_and_faults_named(archive: Archive, tmp_path: Path) -> None:
    path = sheet(tmp_path, "16/09/2017,Industrial zone", head="day,where\n")
    (row,) = compare.read_sheet(path, {"event_date": "day", "location": "where"})
    assert row.day.isoformat() == "2017-09-16"
    with pytest.raises(UsageError, match="event_date"):
        compare.read_sheet(path)
    with pytest.raises(UsageError, match=r"line 2.*no date"):
        compare.read_sheet(sheet(tmp_path, f"X,soon,{STRIKE},Here,,,"))


def test_outlets_are_told_with_their_words_and_what_they_leave_out(archive: Archive) -> None:
    found, spoken = outlets.side_by_side(archive, Filter.parse({"actor": "SDF"}))
    given: dict[str, set[str]] = {}
    for report, coded in conoco():
        for e in coded.events:
            if any(a.id == "SDF" for a in (*e.actors, *e.recipients)):
                given.setdefault(report.outlet or "", set()).update(
                    a.text for a in (*e.actors, *e.recipients) if a.id == "SDF"
                )
    assert given and given.keys() <= {o.name for o in found}
    for o in found:
        assert given.get(o.name, set()) <= {w for w, _ in o.words}
        assert not set(o.alone) & set(o.left_out)
        assert {*o.alone, *o.left_out} <= spoken.keys()


def test_a_related_headline_leads_to_its_report_once_that_is_in(archive: Archive) -> None:
    pairs = conoco()
    report, coded = pairs[0]
    title = "عنوان لم يصل بعد إلى المحفوظات"
    links = (RelatedLink(title), RelatedLink(pairs[1][0].title))
    body = report.body + " "
    page = msgspec.structs.replace(report, id="page", body=body, related=links)
    archive.add_coded([(page, msgspec.structs.replace(coded, id="page"))])
    assert outlets.related(archive, "page") == [(title, None), (pairs[1][0].title, pairs[1][0].id)]
    late = msgspec.structs.replace(report, id="late", title=title, body=body + " ")
    archive.add_coded([(late, msgspec.structs.replace(coded, id="late"))])
    assert outlets.related(archive, "page")[0] == (title, "late")
