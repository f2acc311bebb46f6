"""The example reports: enough of them, of five outlets, dated, short, and each saying that it is not news."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORTS: list[dict[str, Any]] = [
    json.loads(line) for file in sorted(EXAMPLES.glob("*.jsonl")) for line in file.read_text("utf8").splitlines()
]


def test_twenty_four_reports_of_four_outlets_and_an_agency() -> None:
    assert len(REPORTS) == len({r["id"] for r in REPORTS}) == 24
    assert len(Counter(r["outlet"] for r in REPORTS)) == 5


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r["id"])
def test_an_example_says_what_it_is(report: dict[str, Any]) -> None:
    assert report["note"] == (
        "كُتب لمُسنَد انطلاقا من وقائع معلنة، وليس خبرا · Written for Musnad from public facts; not news"
    )
    assert report["title"] and report["outlet"]
    assert 300 < len(report["body"]) < 1500
    assert 4 <= report["body"].count(".") <= 9
    assert report["published"] is None or report["published"][:3] == "201"


def test_one_report_has_no_date_so_that_relative_dates_are_seen_to_stay_open() -> None:
    assert [r["id"] for r in REPORTS if r["published"] is None] == ["dafatir-2018-02-khasham"]
