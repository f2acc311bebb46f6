"""How often entries fire: the sums follow what is stored, coded again, and brought up from an earlier schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_places import filled
from sqlalchemy import select, text

from musnad.archive import editing, firing
from musnad.archive.archive import Archive
from musnad.archive.tables import coding
from musnad.record import from_json
from musnad.report import Report

HEAD = "lemma\tpos\troot\tform\ttype\tmasdar\tplural\tframe\texample\n"
ROW = "شَقلَبَ\tv\tش-ق-ل-ب\tQ1\tASSAULT/airstrike\tشقلبة\t-\ts=A o=R\tشقلبت الطائرات الروسية مواقع التنظيم.\n"
GIVEN = (
    Report("a", "خبر", "قصفت الطائرات الروسية بلدة منبج أمس. وشقلبت الطائرات تنظيم الدولة.", "الضفة", "2017-09-12"),
    Report("b", "خبر آخر", "قصفت قوات النظام أحياء دوما بالمدفعية.", "الخابور", "2017-09-13"),
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from filled(request, tmp_path, GIVEN)


def summed(archive: Archive) -> Counter[str]:
    """The sums, counted from the stored records by hand."""
    out: Counter[str] = Counter()
    with archive.reading() as connection:
        for machine in connection.execute(select(coding.c.machine)).scalars():
            coded = from_json(machine)
            for r in (*coded.events, *coded.control, *coded.ties, *coded.presence):
                out.update({b for b in r.because if not b.startswith("weight:")})
    return out


def kept(archive: Archive) -> dict[str, int]:
    with archive.reading() as connection:
        return {r.name: r.records for r in connection.execute(select(firing.firing))}


def test_sums_follow_what_is_stored_and_coded_again(where: str, tmp_path: Path) -> None:
    with Archive.open(where) as archive:
        assert kept(archive) == summed(archive)
        assert firing.times(archive, ["assault:قصف", "no such entry"]) == {"assault:قصف": 1}
        folder = tmp_path / "mine" / "events"
        folder.mkdir(parents=True)
        (folder / "mine.tsv").write_text(HEAD + ROW, "utf8")
        assert [r.report.id for r in archive.recode(codebook=folder.parent, keep=True)] == ["a"]  # type: ignore[union-attr]
        assert kept(archive) == summed(archive)
        assert firing.times(archive, ["mine:شقلب"]) == {"mine:شقلب": 1}
        list(archive.recode(keep=True))
        assert kept(archive) == summed(archive) and "mine:شقلب" not in kept(archive)


def test_a_rejected_record_fired_all_the_same(where: str) -> None:
    with Archive.open(where) as archive:
        before = kept(archive)
        editing.correct_record(archive, "b#e1", "ليلى", reject=True)
        assert kept(archive) == before


def test_an_archive_of_the_first_schema_is_summed_up_when_opened(where: str) -> None:
    with Archive.open(where) as archive:
        before = kept(archive)
        with archive.writing() as connection:
            connection.execute(text("DROP TABLE firing"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with Archive.open(where) as archive:
        assert kept(archive) == before
