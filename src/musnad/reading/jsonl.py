"""JSON Lines and JSON: one object a report. A broken line is reported with its number; the others are read."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from musnad.errors import ReadError
from musnad.reading import telegram
from musnad.reading.decode import decode, known
from musnad.reading.kinds import WRAPPERS
from musnad.reading.options import Draft, ReadOptions
from musnad.reading.rows import columns, row_draft
from musnad.reading.stream import lines, whole


def read_jsonl(stream: BinaryIO, source: str, options: ReadOptions) -> Iterator[Draft | ReadError]:
    """The reports of a JSON Lines stream, one line in memory at a time."""
    encoding = known(options.encoding) if options.encoding else "utf-8"
    if encoding is None:
        raise ReadError(source, f"no such encoding: {options.encoding!r}")
    for number, line in lines(stream, source, options.max_document):
        found = line if isinstance(line, ReadError) else line_draft(line, f"{source}:{number}", encoding, options)
        if found is not None:
            yield found


def line_draft(line: bytes, place: str, encoding: str, options: ReadOptions) -> Draft | ReadError | None:
    """The report of one line, why it cannot be read, or None for an empty line."""
    if not line.strip(b" \t\r\xef\xbb\xbf"):
        return None
    try:
        value = json.loads(line.decode(encoding).lstrip("\ufeff"))
        return _object(value, place, options)
    except UnicodeDecodeError as e:
        return ReadError(place, f"the line is not in {encoding}: {e.reason} at byte {e.start}", "name its encoding")
    except ValueError as e:
        return ReadError(place, f"invalid JSON: {e}", "the other lines are read")
    except RecursionError:
        return ReadError(place, "invalid JSON: too deeply nested", "the other lines are read")
    except ReadError as e:
        return e


def read_json(stream: BinaryIO, source: str, options: ReadOptions) -> Iterator[Draft | ReadError]:
    """The reports of one JSON document: a list, an object that holds one, one report, or a Telegram export."""
    data = whole(stream, source, options.max_file, "the JSON document")
    text, _ = decode(data, source, options.encoding)
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except ValueError as e:
        if "Extra data" in str(e):  # JSON Lines whose first line is longer than what the kind was told by
            yield from read_jsonl(io.BytesIO(text.encode()), source, replace(options, encoding=None))
            return
        raise ReadError(source, f"invalid JSON: {e}") from e
    except RecursionError as e:
        raise ReadError(source, "invalid JSON: too deeply nested") from e
    if isinstance(value, dict):
        if telegram.is_export(value):
            yield from telegram.read_export(value, source)
            return
        rows = next((value[k] for k in WRAPPERS if isinstance(value.get(k), list)), [value])
    else:
        rows = value
    if not isinstance(rows, list):
        raise ReadError(source, "the JSON holds no report", "give an object with a body, or a list of such objects")
    for i, row in enumerate(rows, 1):
        try:
            yield _object(row, f"{source}#{i}" if len(rows) > 1 else source, options)
        except ReadError as e:
            yield e


def _object(value: Any, place: str, options: ReadOptions) -> Draft:
    if not isinstance(value, dict):
        raise ReadError(place, f"a report is a JSON object, not {type(value).__name__}")
    parts = columns(value, options, place)
    if not isinstance(value[parts["body"]], str | None):
        raise ReadError(place, f"its {parts['body']!r} is {type(value[parts['body']]).__name__}, not text")
    return row_draft(value, parts, place)
