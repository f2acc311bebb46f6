"""Lines and rows that another program has cut from files, read just as they are when they come in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from musnad.errors import ReadError
from musnad.reading.decode import known
from musnad.reading.finish import finish
from musnad.reading.jsonl import line_draft
from musnad.reading.options import DEFECT, MB, Draft, ReadOptions, Skipped
from musnad.reading.rows import row_draft
from musnad.report import Report


def read_line(line: bytes, place: str, options: ReadOptions) -> Report | ReadError | Skipped | None:
    """The report of a line of JSON Lines, why it cannot be read or was left out, or None for an empty line.

    `place` names the line in messages."""
    encoding = known(options.encoding) if options.encoding else "utf-8"
    if encoding is None:
        return ReadError(place, f"no such encoding: {options.encoding!r}")
    if len(line) > options.max_document:
        return ReadError(place, f"the line is longer than {options.max_document // MB} MB")
    return _finished(lambda: line_draft(line, place, encoding, options), place, options)


def read_row(
    row: Mapping[str, Any], parts: Mapping[str, str], place: str, options: ReadOptions
) -> Report | ReadError | Skipped | None:
    """The report of a table's row. `parts` says which column holds what (`musnad.reading.rows.columns`)."""
    return _finished(lambda: row_draft(row, parts, place), place, options)


def _finished(
    draft: Callable[[], Draft | ReadError | None], place: str, options: ReadOptions
) -> Report | ReadError | Skipped | None:
    try:
        found = draft()
        return finish(found, options) if isinstance(found, Draft) else found
    except Exception as e:  # a defect here must not cost the user the rest of the input
        return ReadError(place, f"reading failed: {type(e).__name__}: {e}", DEFECT)
