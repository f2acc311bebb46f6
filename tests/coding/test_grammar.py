"""The coder against tables that read as its grammar: grammar/*.tsv, one file a group of constructions.

The coder chooses by learned weights, so a group has floors (grammar/floors.tsv): for the share of its rows that are
wholly right, and for the share of its records that are, made-up ones counted as wrong. Rows marked `must` hold always.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache

import pytest
from grammar_rows import FOLDER, PUBLISHED, Row, faults, groups, judge, rows

import musnad
from musnad.report import Report

MUST = [row for group in groups() for row in rows(group) if row.must]


def floors() -> dict[str, tuple[int, int]]:
    with (FOLDER / "floors.tsv").open(encoding="utf8") as lines:
        return {f["group"]: (int(f["rows"]), int(f["records"])) for f in csv.DictReader(lines, delimiter="\t")}


@lru_cache
def judged(group: str) -> dict[int, list[list[str]]]:
    """For each row of a group, by line, what is wrong in each of its records."""
    return {row.line: judge(row, musnad.code(row.report())) for row in rows(group)}


def told(row: Row) -> str:
    """What is wrong in a row; empty when it is wholly right."""
    found = [fault for record in judged(row.group)[row.line] for fault in record]
    if not found:
        return ""
    return "\n    ".join([f"{row.group}.tsv:{row.line} ({row.construction})\n  {row.sentence}", *found])


def shares(names: Sequence[str]) -> tuple[float, float]:
    """How many of a hundred rows, and of a hundred records, are wholly right."""
    lines = [records for group in names for records in judged(group).values()]
    records = [record for line in lines for record in line]
    right_lines = sum(not any(line) for line in lines)
    return 100 * right_lines / len(lines), 100 * sum(not r for r in records) / max(1, len(records))


@pytest.mark.parametrize("group", groups())
def test_group_keeps_its_floors(group: str) -> None:
    right, floor = shares([group]), floors()[group]
    wrong = "\n".join(filter(None, map(told, rows(group))))
    assert right[0] >= floor[0] and right[1] >= floor[1], (
        f"{group}: rows and records right {right}, floors {floor}\n{wrong}"
    )


def test_all_rows_together_keep_their_floors() -> None:
    assert sum(len(rows(group)) for group in groups()) >= 400
    right, floor = shares(groups()), floors()["all"]
    assert right[0] >= floor[0] and right[1] >= floor[1], f"rows and records right {right}, floors {floor}"


def test_every_group_has_a_floor() -> None:
    assert sorted(floors()) == sorted([*groups(), "all"])


@pytest.mark.parametrize("row", MUST, ids=lambda row: f"{row.group}:{row.line}")
def test_must(row: Row) -> None:
    assert not told(row), told(row)


BODY = "قصفت مدفعية قوات النظام مدينة تلبيسة في ريف حمص الشمالي مساء أمس"


@pytest.mark.parametrize(
    ("record", "right"),
    [
        ("ASSAULT/shelling قصفت A=SYR-MIL P=تلبيسة, ريف حمص date=2018-03-27", True),
        ("ASSAULT/airstrike|shelling قصفت A=* P=*, تلبيسة date=*", True),
        ("ASSAULT/shelling قصفت A=SYR-MIL, *RUS-MIL P=تلبيسة, ريف حمص date=2018-03-27; *PROTEST مدينة", True),
        ("ASSAULT/airstrike قصفت A=SYR-MIL P=تلبيسة, ريف حمص date=2018-03-27", False),
        ("ASSAULT/shelling قصفت A=SYR-MIL, RUS-MIL P=تلبيسة, ريف حمص date=2018-03-27", False),
        ("ASSAULT/shelling قصفت A=SYR-MIL P=تلبيسة date=2018-03-27", False),
        ("ASSAULT/shelling قصفت A=SYR-MIL R=SYR-CVL P=تلبيسة, ريف حمص date=2018-03-27", False),
        ("ASSAULT/shelling قصفت A=SYR-MIL P=تلبيسة, ريف حمص date=2018-03-26", False),
        ("ASSAULT/shelling قصفت A=SYR-MIL P=تلبيسة, ريف حمص date=2018-03-27 killed=3", False),
        ("ASSAULT/shelling قصفت A=SYR-MIL P=تلبيسة, ريف حمص date=2018-03-27 status=denied", False),
        ("ASSAULT/shelling قصفت A=SYR-MIL P=تلبيسة, ريف حمص date=2018-03-27 chain=SOHR", False),
        ("ASSAULT/shelling قصفت A=* P=* date=*; PROTEST مدينة", False),
        ("nothing", False),
    ],
)
def test_the_notation_tells_right_from_wrong(record: str, right: bool) -> None:
    """The tables' own reader, on a record that is known."""
    coded = musnad.code(Report(id="x", title="", body=BODY, published=PUBLISHED))
    row = Row.read("notation", 2, {"construction": "-", "sentence": BODY, "record": record, "must": "-"})
    assert (not faults(row, coded)) == right
