"""The table in a terminal: everything that matters is in it, and its columns stay in their places."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from sample import CODED, NOTE, REPORT

from musnad.record import CodedReport
from musnad.show.labels import Lang, label
from musnad.show.terminal import LRM, print_report, toll


def printed(width: int, lang: Lang = "en", coded: CodedReport = CODED) -> str:
    out = io.StringIO()
    print_report(Console(file=out, width=width), REPORT, coded, lang)
    return out.getvalue()


@pytest.mark.parametrize("width", [70, 160])
def test_the_whole_record_is_there(width: int) -> None:
    text = printed(width)
    for words in (
        "قصفت", "RUS-MIL", "طائرات روسية", "SDF", "Conoco gas plant", "2017-09-16", "أمس", "happened", "denied",
        "SOHR", "↳ ANON", "the outlet itself", "killed 5", "injured 0", "backs", "holds", "وكالة رقيم", NOTE,
    ):  # fmt: skip
        assert words in text, words


def test_arabic_headings() -> None:
    text = printed(160, "ar")
    for key in ("ui.who", "mode.airstrike", "status.denied", "tie.backs", "ui.outlet_itself"):
        assert label(key, "ar") in text, key


def test_lines_run_left_to_right_and_cells_keep_their_places() -> None:
    for line in printed(160).splitlines():
        if "طائرات" in line:
            assert line.startswith(LRM)
            assert line.count("│") == 9 and line.count(f"{LRM}│{LRM}") == 9


def test_arabic_is_not_reshaped() -> None:
    assert not [c for c in printed(160) if "\ufb50" <= c <= "\ufefc"]


def test_a_report_with_nothing_to_record() -> None:
    assert label("ui.nothing", "en") in printed(100, coded=CodedReport("sample-1", None))


@pytest.mark.parametrize(("count", "words"), [((5, 5), "5"), ((5, None), "5+"), ((5, 8), "5-8"), ((0, 0), "0")])
def test_toll(count: tuple[int, int | None], words: str) -> None:
    assert toll(count) == words
