"""A correction that points to the codebook proposes an entry; what it would change is seen first; then it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import musnad
from musnad.archive import editing, proposals
from musnad.archive.archive import Archive
from musnad.codebook.guessing import guess
from musnad.codebook.own_tables import put
from musnad.engine import open_book
from musnad.errors import CodebookError, UsageError
from musnad.report import Report

GIVEN = (
    Report("a", "خبر", "وشقلبت الطائرات الروسية مواقع تنظيم الدولة في مدينة الرقة أمس.", "الضفة", "2017-09-12"),
    Report("b", "خبر", "قال مصدر إن الطائرات الروسية شقلبت بلدة منبج.", "الخابور", "2017-09-13"),
    Report("c", "خبر", "اتهمت أنقرة فصيل بني قحطون بقصف بلدة منبج.", "الخابور", "2017-09-14"),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "musnad.db", create=True) as opened:
        opened.add(GIVEN)
        yield opened
    open_book.cache_clear()


def add_word(archive: Archive) -> proposals.Proposal:
    changes = ["type=ASSAULT", "mode=airstrike", "actor=RUS-MIL@الطائرات الروسية"]
    n = editing.add_record(archive, "a", "ليلى", "event", "وشقلبت", changes)
    (found,) = proposals.of(archive, n)
    return found


def test_an_added_act_proposes_an_entry_that_changes_other_reports_too(archive: Archive, tmp_path: Path) -> None:
    p = add_word(archive)
    assert (p.why, p.table, p.cells["root"], p.cells["form"]) == ("missing", "events/archive.tsv", "ش-ق-ل-ب", "Q1")
    assert p.cells["type"] == "ASSAULT/airstrike" and "وشقلبت" in p.cells["example"]
    tried = proposals.trial(archive, None, p)
    assert tried.holding == tried.tried == 2
    assert {stored.report.id for stored, _ in tried.changed} == {"a", "b"} and tried.count("+") == 2
    assert not list(tmp_path.rglob("*.tsv"))  # nothing is kept by a trial
    folder = tmp_path / "musnad.codebook"
    assert proposals.keep(folder, p) == folder / "events" / "archive.tsv"
    coded = musnad.code(GIVEN[1], codebook=folder)
    assert [(e.trigger.text, e.type) for e in coded.events] == [("شقلبت", "ASSAULT")]
    assert [r.report.id for r in archive.recode(codebook=folder)] == ["a", "b"]  # type: ignore[union-attr]
    assert proposals.of(archive, p.correction, folder) == []


def test_a_corrected_type_proposes_the_entry_with_that_type_first(archive: Archive, tmp_path: Path) -> None:
    n = editing.correct_record(archive, "c#e1", "ليلى", changes=["type=THREATEN"])
    (p,) = proposals.of(archive, n)
    assert (p.why, p.table) == ("type", "events/accuse.tsv") and p.cells["type"] == "THREATEN|ACCUSE"
    assert p.stands.split("\t")[4] == "ACCUSE"
    put(tmp_path / "own", p.table, p.cells)
    assert (tmp_path / "own" / "events" / "accuse.tsv").read_text("utf8").count("\n") == 2


def test_a_rejected_act_proposes_to_take_its_entry_out(archive: Archive) -> None:
    n = editing.correct_record(archive, "c#e1", "ليلى", reject=True)
    (p,) = proposals.of(archive, n)
    assert p.why == "unwanted" and p.removes
    tried = proposals.trial(archive, None, p)
    assert tried.holding == 1 and tried.count("-") >= 1


def test_another_party_behind_the_words_proposes_a_name(archive: Archive, tmp_path: Path) -> None:
    n = editing.correct_record(archive, "c#e1", "ليلى", changes=["recipient=SDF@بني قحطون"])
    (p,) = proposals.of(archive, n)
    assert (p.why, p.table, p.cells["id"], p.cells["names"]) == ("party", "actors_archive.tsv", "SDF", "بني قحطون")
    tried = proposals.trial(archive, None, p)
    assert tried.holding == 1 and len(tried.changed) == 1
    proposals.keep(tmp_path / "own", p)
    assert any(a.id == "SDF" for e in musnad.code(GIVEN[2], codebook=tmp_path / "own").events for a in e.recipients)
    assert proposals.of(archive, n, tmp_path / "own") == []


def test_what_points_nowhere_proposes_nothing(archive: Archive) -> None:
    for changes in (["status=denied"], ["date=2017-09-01"]):
        assert proposals.of(archive, editing.correct_record(archive, "c#e1", "ا", changes=changes)) == []
    assert proposals.of(archive, editing.correct_record(archive, "c#e1", "ب", accept=True)) == []
    with pytest.raises(UsageError):
        proposals.of(archive, 999)


def test_a_row_that_cannot_be_read_is_not_kept(archive: Archive, tmp_path: Path) -> None:
    p = add_word(archive)
    for column, value in (("type", "BURN"), ("root", "-"), ("frame", "x")):
        wrong = proposals.edited(p, {**p.cells, column: value})
        with pytest.raises(CodebookError):
            proposals.keep(tmp_path / "own", wrong)
        with pytest.raises(CodebookError):
            proposals.trial(archive, None, wrong)
    assert not (tmp_path / "own").exists()


def test_own_tables_keep_what_stands_there(tmp_path: Path) -> None:
    cells = {"name": "Qahtun", "arabic": "قحطون", "country": "SYR", "kind": "town", "lat": "35.1", "lon": "40.1"}
    file = put(tmp_path, "places_archive.tsv", cells)
    file.write_text("# of the team\n" + file.read_text("utf8"), "utf8")
    put(tmp_path, "places_archive.tsv", {**cells, "arabic": "قحطان"})
    put(tmp_path, "places_archive.tsv", {**cells, "name": "Other"})
    lines = file.read_text("utf8").splitlines()
    assert lines[0] == "# of the team" and len(lines) == 4
    assert lines[2].split("\t")[:2] == ["Qahtun", "قحطون|قحطان"]
    for wrong in ("a\tb", "a\nb", "#", " ", "x" * 700):
        with pytest.raises(UsageError):
            put(tmp_path, "places_archive.tsv", {**cells, "name": wrong})


@pytest.mark.parametrize(
    ("word", "root", "form"),
    [
        ("شقلبت", "ش-ق-ل-ب", "Q1"), ("يستهدفون", "ه-د-ف", "X"), ("وانسحبت", "س-ح-ب", "VII"),
        ("هاجموا", "ه-ج-م", "III"), ("تفخيخ", "ف-خ-خ", "II"), ("اقتحمت", "ق-ح-م", "VIII"), ("القناصة", "-", "-"),
        ("غارة", "-", "-"),
    ],
)  # fmt: skip
def test_guesses(word: str, root: str, form: str) -> None:
    found = guess(word)
    assert (found.root, found.form, found.pos) == (root, form, "n" if root == "-" else "v")
