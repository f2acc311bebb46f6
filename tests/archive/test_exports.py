"""Each export is read back by the tool that people open it with."""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from archive_places import places
from told import conoco, examples

from musnad.archive.archive import Archive
from musnad.archive.query import Filter
from musnad.errors import UsageError
from musnad.export import FORMATS, write
from musnad.export.columns import columns
from musnad.record import from_json

ROOT = Path(__file__).parents[2]
Where = Callable[[], str]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Where]:
    yield from places(request, tmp_path)


@pytest.fixture
def archive(where: Where) -> Iterator[Archive]:
    with Archive.open(where(), create=True) as found:
        found.add_coded(conoco())
        yield found


def out(archive: Archive, format: str, filter: Filter | None = None, **options: Any) -> bytes:
    sink = io.BytesIO()
    write(archive, format, sink, filter, **options)
    return sink.getvalue()


def told() -> tuple[int, int]:
    """How many events and control records the archive was given."""
    coded = [c for _, c in conoco()]
    return sum(len(c.events) for c in coded), sum(len(c.control) for c in coded)


def test_csv_is_read_by_pandas(archive: Archive) -> None:
    raw = out(archive, "csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(io.BytesIO(raw))
    assert list(table.columns) == list(columns("csv"))
    assert len(table) == sum(told())
    first = table[(table.report == "sada-2017-09-16") & (table.kind == "event")].iloc[0]
    assert (first.actor_ids, first.recipient_ids, first.injured_min) == ("RUS-MIL", "SDF", 6)
    assert table[table.kind == "event"].incident.notna().all()
    assert examples()[first.report].body[first.start : first.end] == first.trigger


def test_a_cell_like_a_formula_is_guarded(where: Where) -> None:
    report, coded = conoco()[0]
    report = msgspec.structs.replace(report, title="=1+1")
    with Archive.open(where(), create=True) as archive:
        archive.add_coded([(report, coded)])
        assert set(pd.read_csv(io.BytesIO(out(archive, "csv"))).title) == {"'=1+1"}
        sheet = openpyxl.load_workbook(io.BytesIO(out(archive, "xlsx"))).active
        at = list(columns("xlsx")).index("title") + 1
        assert sheet.cell(2, at).value == "=1+1"
        assert sheet.cell(2, at).data_type == "s"


def test_xlsx_runs_from_right_to_left_in_arabic(archive: Archive) -> None:
    for lang, right in (("ar", True), ("en", False)):
        sheet = openpyxl.load_workbook(io.BytesIO(out(archive, "xlsx", lang=lang))).active
        assert bool(sheet.sheet_view.rightToLeft) is right
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0] == tuple(columns("xlsx"))
        assert len(rows) == 1 + sum(told())


def test_parquet_is_read_by_pyarrow(archive: Archive) -> None:
    table = pq.read_table(io.BytesIO(out(archive, "parquet")))
    assert table.schema.names == list(columns("parquet"))
    assert table.num_rows == sum(told())
    assert str(table.schema.field("lat").type) == "double"
    assert str(table.schema.field("killed_min").type) == "int64"


def test_acled_has_the_columns_and_words_of_its_codebook(archive: Archive) -> None:
    table = pd.read_csv(io.BytesIO(out(archive, "acled", lang="en")))
    assert list(table.columns) == list(columns("acled"))
    strikes = table[table.sub_event_type == "Air/drone strike"]
    assert set(strikes.event_type) == {"Explosions/Remote violence"}
    assert "2017-09-16" in set(strikes.event_date)
    assert table.notes.str.endswith(".").all()
    arabic = pd.read_csv(io.BytesIO(out(archive, "acled", lang="ar")))
    assert arabic.notes.str.contains("[\u0621-\u064a]").all()


def test_cameo_is_tab_separated_with_its_roots(archive: Archive) -> None:
    table = pd.read_csv(io.BytesIO(out(archive, "cameo")), sep="\t", dtype=str)
    assert list(table.columns) == list(columns("cameo"))
    assert all(code.startswith(root) for code, root in zip(table.EventCode, table.EventRootCode, strict=True))
    assert set(table.QuadClass) <= {"1", "2", "3", "4"}
    strike = table[table.EventCode == "195"].iloc[0]
    assert (strike.Actor1Code, strike.Actor1CountryCode) == ("RUS-MIL", "RUS")


def test_plover_and_jsonl_are_lines_of_json(archive: Archive) -> None:
    lines = [json.loads(x) for x in out(archive, "plover").splitlines()]
    assert len(lines) == told()[0]
    assert all(list(x) == list(columns("plover")) for x in lines)
    records = [from_json(x) for x in out(archive, "jsonl").splitlines()]
    assert records == [c for _, c in conoco()]


def test_annotations_quote_the_text(archive: Archive) -> None:
    bodies = {c.id: r.body for r, c in conoco()}
    lines = [json.loads(x) for x in out(archive, "annotations").splitlines()]
    assert len({x["id"] for x in lines}) == len(lines) > told()[0]
    for x in lines:
        body = bodies[x["id"].removeprefix("urn:musnad:").split("/")[0]]
        position, quote = x["target"]["selector"]
        assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        assert body[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in body


@pytest.mark.parametrize("what", ["events", "incidents", "holdings"])
def test_geojson_holds_points(archive: Archive, what: str) -> None:
    found = json.loads(out(archive, "geojson", what=what))
    assert found["type"] == "FeatureCollection"
    assert found["features"]
    for f in found["features"]:
        if f["geometry"] is not None:
            lon, lat = f["geometry"]["coordinates"]
            assert 30 < lat < 40 < lon < 45


def test_a_filter_cuts_every_format(archive: Archive) -> None:
    nobody = Filter.parse({"since": "2030-01-01"})
    for format in FORMATS:
        sink = io.BytesIO()
        assert write(archive, format, sink, nobody) == 0, format


def test_an_unknown_format_is_named(archive: Archive) -> None:
    with pytest.raises(UsageError, match="docx"):
        out(archive, "docx")


def test_the_page_of_exports_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("export_docs", ROOT / "tools" / "export_docs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "EXPORTS.md").read_text("utf8") == module.exports_page(), "run make docs"
