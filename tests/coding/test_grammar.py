"""The coder against tables that read as its grammar: grammar/*.tsv, one file a group of constructions.

The coder chooses by learned weights, so a group has a floor for the share of its rows that are wholly right
(grammar/floors.tsv); rows marked `must` hold always.
"""

from __future__ import annotations

import csv
from functools import lru_cache

import pytest
from grammar_rows import FOLDER, PUBLISHED, Row, faults, groups, rows

import musnad
from musnad.report import Report

MUST = [row for group in groups() for row in rows(group) if row.must]


def floors() -> dict[str, int]:
    with (FOLDER / "floors.tsv").open(encoding="utf8") as lines:
        return {line["group"]: int(line["floor"]) for line in csv.DictReader(lines, delimiter="\t")}


@lru_cache
def wrong(group: str) -> dict[int, str]:
    """The rows of a group that are not wholly right, by line, with what is wrong."""
    out = {}
    for row in rows(group):
        found = faults(row, musnad.code(row.report()))
        if found:
            out[row.line] = f"{group}.tsv:{row.line} ({row.construction})\n  {row.sentence}\n    " + "\n    ".join(
                found
            )
    return out


@pytest.mark.parametrize("group", groups())
def test_group_keeps_its_floor(group: str) -> None:
    right = 100 * (1 - len(wrong(group)) / len(rows(group)))
    floor = floors()[group]
    assert right >= floor, f"{right:.0f} % of {group} right, floor {floor} %\n" + "\n".join(wrong(group).values())


def test_all_rows_together_keep_their_floor() -> None:
    total = sum(len(rows(group)) for group in groups())
    right = 100 * (1 - sum(len(wrong(group)) for group in groups()) / total)
    assert total >= 400
    assert right >= floors()["all"], f"{right:.1f} % of all rows right"


def test_every_group_has_a_floor() -> None:
    assert sorted(floors()) == sorted([*groups(), "all"])


@pytest.mark.parametrize("row", MUST, ids=lambda row: f"{row.group}:{row.line}")
def test_must(row: Row) -> None:
    assert not wrong(row.group).get(row.line), wrong(row.group)[row.line]


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
