"""Records written for other programs.

`rows(coded)` gives a coded report as flat rows, `CSV_COLUMNS` their names in order, and `csv_line` one row as a line
that a spreadsheet opens as text, never as a formula. `write(archive, format, out, filter)` puts what an archive holds
into one of FORMATS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from musnad.export.csv_lines import CSV_COLUMNS, csv_line, header, rows

if TYPE_CHECKING:
    from musnad.archive.archive import Archive
    from musnad.archive.query import Filter

FORMATS = ("acled", "annotations", "cameo", "csv", "geojson", "jsonl", "parquet", "plover", "xlsx")
__all__ = ["CSV_COLUMNS", "FORMATS", "csv_line", "header", "rows", "write"]


def write(archive: Archive, format: str, out: BinaryIO, filter: Filter | None = None, **options: Any) -> int:
    """Write what a filter lets through in a format; returns the number of rows (`musnad.export.writing.write`)."""
    from musnad.export.writing import write as into

    return into(archive, format, out, filter, **options)
