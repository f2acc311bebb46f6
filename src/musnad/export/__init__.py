"""Records written for other programs.

`rows(coded)` gives a coded report as flat rows, `CSV_COLUMNS` their names in order, and `csv_line` one row as a line
that a spreadsheet opens as text, never as a formula.
"""

from musnad.export.csv_lines import CSV_COLUMNS, csv_line, header, rows

__all__ = ["CSV_COLUMNS", "csv_line", "header", "rows"]
