"""Phrases that decide a mode or name what was struck: data/weapons.tsv and data/targets.tsv."""

from __future__ import annotations

from pathlib import Path

import msgspec

from musnad.codebook.phrases import PhraseTable
from musnad.codebook.table import DATA, Row, layered


class PhraseEntry(msgspec.Struct, frozen=True):
    """A phrase with what its table says of it, column by column (`fields`)."""

    id: str
    phrase: str
    fields: dict[str, str]
    file: str
    line: int


def load_phrases(name: str, overlay: Path | None = None, data: Path = DATA) -> PhraseTable[PhraseEntry]:
    """A table whose first column is a phrase; more spellings of it may follow in a column `spellings` (commas)."""
    table: PhraseTable[PhraseEntry] = PhraseTable()
    stem = name.removesuffix(".tsv")
    for row in layered(name, ("phrase",), _key, overlay, data):
        phrase = row.cells["phrase"]
        fields = {column: cell for column, cell in row.cells.items() if column != "phrase"}
        entry = PhraseEntry(f"{stem}:{phrase}", phrase, fields, row.file, row.line)
        try:
            for spelling in (phrase, *row.cells.get("spellings", "-").split(",")):
                if spelling.strip() not in ("", "-"):
                    table.add(spelling, entry)
        except ValueError as error:
            raise row.fault(str(error)) from None
    return table


def _key(row: Row) -> tuple[str, ...]:
    return (row.cells["phrase"],)
