"""The columns of every export, with their meaning: data/columns.tsv, from which docs/EXPORTS.md is made as well."""

from __future__ import annotations

from functools import cache

from musnad.export.maps import DATA

SAME = {"xlsx": "csv", "parquet": "csv"}
"""Formats that have the columns of another."""


@cache
def _table() -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for line in (DATA / "columns.tsv").read_text(encoding="utf8").splitlines()[2:]:
        format, column, meaning = line.split("\t")
        out.setdefault(format, {})[column] = meaning
    return out


def columns(format: str) -> dict[str, str]:
    """The columns of a format in their order, with their meaning."""
    return {c: meaning for c, meaning in _table()[SAME.get(format, format)].items() if c != "-"}


def about(format: str) -> str:
    """What a format is, in a sentence or two."""
    return _table()[format]["-"]
