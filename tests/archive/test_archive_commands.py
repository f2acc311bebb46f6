"""The commands on an archive as a user types them, from `add` to `gold agree`, on the example reports."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from told import examples
from typer.testing import CliRunner, Result

from musnad.archive.archive import Archive
from musnad.archive.sheet_names import sides_named
from musnad.cli.app import app
from musnad.export.columns import columns
from musnad.record import from_json

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORT = "raqim-2017-09-23"
Run = Callable[..., Result]


def run(where: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, words)], env={"MUSNAD_ARCHIVE": str(where), "MUSNAD_ANALYST": None})


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the examples, which no test changes."""
    where = tmp_path_factory.mktemp("commands") / "examples.db"
    done = run(where, "add", EXAMPLES)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith(f"{len(examples())} added, 0 known already")
    return where


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Run:
    """Runs commands on a copy of it."""
    copy = tmp_path / "archive.db"
    shutil.copy(filled, copy)

    def words(*given: str | Path) -> Result:
        return run(copy, *given)

    return words


def well(done: Result) -> str:
    assert done.exit_code == 0, done.output
    return done.stdout


def wrong(done: Result, *told: str) -> None:
    assert (done.exit_code, done.stdout) == (2, "")
    for words in told:
        assert words in done.stderr, done.stderr


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


# ---- export


def test_export_writes_every_format_to_a_file(filled: Path, tmp_path: Path) -> None:
    with Archive.open(filled) as archive:
        counts = archive.counts()
    for format in ("csv", "xlsx", "acled", "plover", "cameo", "parquet", "geojson", "annotations", "jsonl"):
        to = tmp_path / f"out.{format}"
        done = run(filled, "export", "--format", format, "-o", to)
        assert (done.exit_code, done.stdout) == (0, ""), done.stderr
        assert f"rows written to {to}" in done.stderr
    records = counts["events"] + counts["control"] + counts["ties"]
    assert [c.id for c in map(from_json, (tmp_path / "out.jsonl").read_bytes().splitlines())] == list(examples())
    assert len((tmp_path / "out.plover").read_text("utf8").splitlines()) == counts["events"]
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    flat = table((tmp_path / "out.csv").read_text("utf8"))
    assert len(flat) == sheet.max_row - 1 == pq.read_table(tmp_path / "out.parquet").num_rows >= records
    for line in lines((tmp_path / "out.annotations").read_text("utf8")):
        assert line["type"] == "Annotation"
    assert (tmp_path / "out.cameo").read_text("utf8").splitlines()[0].split("\t") == list(columns("cameo"))


def test_export_to_stdout_is_cut_by_filters(filled: Path) -> None:
    every = table(well(run(filled, "export", "--format", "csv")))
    strikes = table(well(run(filled, "export", "--format", "csv", "--type", "ASSAULT/airstrike", "--until", "2018")))
    assert {(r["kind"], r["type"], r["mode"]) for r in strikes} == {("event", "ASSAULT", "airstrike")}
    assert 0 < len(strikes) < len(every)
    assert all(r["date"] < "2019" for r in strikes)
    wrong(run(filled, "export", "--format", "csv", "--type", "STRIKE"), "STRIKE")
    wrong(run(filled, "export", "--format", "docx"), "docx", "csv")
    wrong(run(filled, "export", "--format", "xlsx"), "-o")


def test_a_failed_export_leaves_no_file(filled: Path, tmp_path: Path) -> None:
    to = tmp_path / "out.geojson"
    wrong(run(filled, "export", "--format", "geojson", "--what", "ghosts", "-o", to), "ghosts")
    assert not list(tmp_path.iterdir())


def test_acled_names_the_outlets_of_the_incident_and_the_country(filled: Path) -> None:
    rows = table(well(run(filled, "export", "--format", "acled", "--lang", "ar")))
    assert list(rows[0]) == list(columns("acled"))
    with Archive.open(filled) as archive, archive.reading() as connection:
        told: dict[str, set[str]] = {}
        for key, outlet in connection.exec_driver_sql(
            "SELECT i.key, r.outlet FROM incident i JOIN incident_event x ON x.incident_n = i.n "
            "JOIN event e ON e.n = x.event_n JOIN report r ON r.n = e.report_n"
        ):
            told.setdefault(key, set()).add(outlet)
    for row in rows:
        key = row["event_id_cnty"].partition("-")[2]
        assert row["source"].split("; ") == sorted(told[key])
    assert any(";" in row["source"] for row in rows)
    assert {"Syria", "Yemen"} <= {row["country"] for row in rows}
    assert not {row["country"] for row in rows} & {"SYR", "YEM", "XXX"}
    here = [row for row in rows if row["location"] == "Conoco gas plant"]
    assert here and {(row["country"], row["event_id_cnty"][:4]) for row in here} == {("Syria", "SYR-")}


# ---- compare, outlets


def test_compare_takes_back_the_archives_own_sheet(filled: Path, tmp_path: Path) -> None:
    rows = table(well(run(filled, "export", "--format", "acled")))
    dated = [r for r in rows if r["time_precision"] == "1" and r["latitude"] and r["actor1"]][:6]
    assert len(dated) == 6
    sheet = tmp_path / "sheet.csv"
    with sheet.open("w", encoding="utf8", newline="") as out:
        writer = csv.DictWriter(
            out, ["Day", "event_id_cnty", "event_type", "actor1", "location", "latitude", "longitude"]
        )
        writer.writeheader()
        for r in dated:
            writer.writerow({"Day": r["event_date"], **{c: r[c] for c in writer.fieldnames if c != "Day"}})
        writer.writerow({"Day": dated[0]["event_date"], "event_id_cnty": "far", "location": "Lima", "latitude": "-12",
                         "longitude": "-77"})  # fmt: skip
    (found,) = lines(well(run(filled, "compare", sheet, "--column", "event_date=Day", "--format", "jsonl")))
    keys = {r["event_id_cnty"].partition("-")[2] for r in dated}
    assert {p["incident"]["key"] for p in found["both"]} & keys
    assert "far" in [r["id"] for r in found["sheet_only"]]
    assert len(found["both"]) + len(found["sheet_only"]) == 7
    shown = well(run(filled, "compare", sheet, "--column", "event_date=Day"))
    last = f"{len(found['both'])} told by both, {len(found['sheet_only'])} only in the sheet"
    assert shown.splitlines()[-1].startswith(last)
    wrong(run(filled, "compare", sheet), "event_date", str(sheet))
    wrong(run(filled, "compare", sheet, "--column", "event_date"), "ACLED=NAME")
    wrong(run(filled, "compare", tmp_path / "none.csv"), "none.csv")


@pytest.mark.parametrize(
    ("name", "sides"),
    [
        ("Military Forces of Syria (2000-2024)", {"SYR-STATE"}), ("Russia: army", {"RUS-STATE"}),
        ("Civilians (Yemen)", {"YEM-CVL"}), ("HTS: Hayat Tahrir al-Sham", {"HTS"}), ("Islamic State (Syria)", {"ISIS"}),
        ("Unidentified Armed Group (Syria)", set()), ("Military Forces of Nowhere", set()),
    ],
)  # fmt: skip
def test_a_sheets_names_of_parties_are_understood(name: str, sides: set[str]) -> None:
    assert sides_named(name) == sides


def test_outlets_side_by_side(filled: Path) -> None:
    found = lines(well(run(filled, "outlets", "--actor", "SDF", "--format", "jsonl")))
    assert {o["name"] for o in found} <= {r.outlet for r in examples().values()}
    assert len(found) > 1
    shown = well(run(filled, "outlets", "--actor", "SDF"))
    assert all(o["name"] in shown for o in found)
    wrong(run(filled, "outlets", "--since", "yesterday"), "yesterday")


# ---- correct, gold


def test_a_correction_counts_in_gold_and_exports(own: Run) -> None:
    assert well(own("gold", "export")) == ""
    told = own("correct", f"{REPORT}#e1", "--analyst", "Hala", "--set", "status=denied", "--note", "read again")
    assert well(told) == "correction 1 kept\n"
    (line,) = well(own("gold", "export")).splitlines()
    assert next(e for e in from_json(line).events if e.id == "e1").status == "denied"
    (row,) = table(well(own("export", "--format", "csv", "--corrected")))
    assert (row["report"], row["record"], row["status"], row["hand"]) == (REPORT, "e1", "denied", "Hala")


def test_a_record_is_added_by_its_words(own: Run) -> None:
    add = ("correct", REPORT, "--analyst", "Hala", "--add")
    well(own(*add, "event", "--words", "تعليق", "--set", "type=REJECT"))
    fields = ("kind=opposes", "a=SDF@قوات سوريا الديمقراطية", "b=ISIS@تنظيم الدولة الإسلامية")
    well(own(*add, "tie", "--words", "بعد معارك", *(x for f in fields for x in ("--set", f))))
    gold = from_json(well(own("gold", "export", "--analyst", "Hala")))
    assert ("a1", "REJECT", "تعليق") in [(e.id, e.type, e.trigger.text) for e in gold.events]
    assert ("a2", "opposes", "SDF", "ISIS") in [(t.id, t.kind, t.a.id, t.b.id) for t in gold.ties]
    wrong(own(*add, "event", "--words", "المعمل", "--set", "type=REJECT"), "more than once")
    wrong(own(*add, "event", "--words", "10-9000", "--set", "type=REJECT"), "9000")
    wrong(own(*add, "event", "--words", "بلدة"), "type")
    wrong(own(*add, "event"), "--words")


def test_two_hands_from_blind_reading_to_one_word(own: Run, tmp_path: Path) -> None:
    e1, e2 = f"{REPORT}#e1", f"{REPORT}#e2"
    well(own("correct", e1, "--analyst", "Hala", "--set", "status=denied"))
    well(own("correct", e1, "--analyst", "Omar", "--set", "killed=3-5"))
    well(own("correct", e2, "--analyst", "Omar", "--reject"))
    shown = well(own("gold", "differences")).splitlines()
    assert shown[0].split() == [e1, "event"]
    assert sorted(shown[1:3]) == [
        "    Hala: killed none, status denied", "    Omar: killed [3, 5], status happened"
    ]  # fmt: skip
    assert shown[3:] == ["1 to settle"]
    pair = lines(well(own("gold", "differences", "Hala", "Omar", "--format", "jsonl")))
    assert [d["record"] for d in pair] == ["e1", "e2"]

    (agree,) = lines(well(own("gold", "agree", "Hala", "Omar", "--format", "jsonl")))
    assert (agree["reports"], agree["alone"]) == (1, [1, 0])
    assert agree["alpha"]["type"] == 1.0 and agree["alpha"]["status"] < 1.0
    mine, theirs = tmp_path / "hala.jsonl", tmp_path / "omar.jsonl"
    for who, to in (("Hala", mine), ("Omar", theirs)):
        well(own("gold", "export", "--analyst", who, "-o", to))
    assert json.loads(well(own("score", mine, theirs, "--json"))) == agree["scores"]
    assert "status" in well(own("gold", "agree", "Hala", "Omar"))

    well(own("correct", e1, "--analyst", "Salma", "--settle", "--side-with", "Omar"))
    assert well(own("gold", "differences")) == "0 to settle\n"
    (line,) = well(own("gold", "export")).splitlines()
    settled = next(e for e in from_json(line).events if e.id == "e1")
    assert (settled.status, settled.killed) == ("happened", (3, 5))


def test_what_a_correction_lacks_is_said_and_nothing_is_kept(own: Run) -> None:
    by = ("--analyst", "Hala")
    wrong(own("correct", f"{REPORT}#e1", *by), "--accept")
    wrong(own("correct", f"{REPORT}#e1", *by, "--accept", "--reject"), "--accept")
    wrong(own("correct", f"{REPORT}#e99", *by, "--accept"), "e99", "e1")
    wrong(own("correct", REPORT, *by, "--accept"), "REPORT#RECORD")
    wrong(own("correct", "none#e1", *by, "--accept"), "none")
    wrong(own("correct", f"{REPORT}#e1", *by, "--side-with", "Omar"), "--settle")
    wrong(own("correct", f"{REPORT}#e1", *by, "--settle", "--side-with", "Omar"), "Omar")
    wrong(own("correct", f"{REPORT}#e1", "--analyst", " ", "--accept"), "analyst")
    wrong(own("gold", "agree", "Hala", "Omar"), "Hala")
    wrong(own("gold", "differences", "Hala"), "two analysts")
    assert well(own("gold", "export")) == ""


def test_an_archive_that_is_not_there_is_named(tmp_path: Path) -> None:
    for words in (("export", "--format", "csv"), ("gold", "export"), ("outlets",), ("gold", "differences")):
        done = run(tmp_path / "none.db", *words)
        assert done.exit_code != 0 and "none.db" in done.stderr
    assert not (tmp_path / "none.db").exists()
