"""Agreement between records: the program against careful readers, or two coders against each other.

`compare_files(gold, coded)` reads two files of coded reports; `score` compares what is already in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from musnad.scoring.figures import ORDER, Accuracy, Agreement, Difference, Scores, score
from musnad.scoring.judged import JudgedReport, judged, load
from musnad.scoring.text import difference, table, to_json

__all__ = [
    "ORDER", "Accuracy", "Agreement", "Comparison", "Difference", "JudgedReport", "Scores",
    "compare_files", "difference", "judged", "load", "score", "table", "to_json",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """The scores of two files, and the reports that only one of them holds."""

    scores: Scores
    not_coded: tuple[str, ...]
    without_gold: tuple[str, ...]


def compare_files(gold: Path | str, coded: Path | str) -> Comparison:
    """Score a file of coded reports against a file of gold ones. Raises ReadError when either is no such file."""
    standard, made = load(gold), load(coded)
    return Comparison(
        score(standard, made),
        tuple(sorted(standard.keys() - made.keys())),
        tuple(sorted(made.keys() - standard.keys())),
    )
