"""CSV: one row a record, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest
from sample import CODED, NOTE

from musnad.export import CSV_COLUMNS, csv_line, header, rows


def table() -> list[dict[str, str]]:
    text = header() + "".join(map(csv_line, rows(CODED)))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_for_each_event_control_and_tie() -> None:
    assert [(r["record"], r["kind"], r["type"], r["mode"]) for r in table()] == [
        ("e1", "event", "ASSAULT", "airstrike"),
        ("e2", "event", "ASSAULT", "airstrike"),
        ("c1", "control", "holds", "part"),
        ("t1", "tie", "backs", ""),
    ]


def test_an_event_as_a_row() -> None:
    row = table()[0]
    assert row | {
        "actor_ids": "RUS-MIL", "recipients": "قسد", "places": "Conoco gas plant", "countries": "SYR", "lat": "35.1",
        "date": "2017-09-16", "killed_min": "5", "killed_max": "5", "injured_min": "", "chain_ids": "SOHR < ANON",
        "chain": "المرصد السوري < مصادر محلية", "note": NOTE, "because": "events/assault.tsv:قصف",
    } == row  # fmt: skip


def test_every_row_carries_the_note() -> None:
    assert {r["note"] for r in table()} == {NOTE}


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200e=1", "\ufeff=1", "＝1", "\n=1"]
)
def test_a_formula_becomes_text(cell: str) -> None:
    coded = msgspec.structs.replace(CODED, outlet=cell, id=cell)
    line = csv_line(next(iter(rows(coded))))
    row = dict(zip(CSV_COLUMNS, next(csv.reader(io.StringIO(line, newline=""))), strict=True))
    assert row["outlet"] == row["report"] == "'" + cell


@pytest.mark.parametrize("cell", ["قصف - كونيكو", "a=b", "دير الزور"])
def test_plain_text_stays(cell: str) -> None:
    coded = msgspec.structs.replace(CODED, outlet=cell)
    assert cell in csv_line(next(iter(rows(coded)))) and f"'{cell}" not in csv_line(next(iter(rows(coded))))


def test_numbers_below_zero_stay_numbers() -> None:
    assert csv_line({"lat": -3.5}).count("'") == 0
