"""How reports and records are written: as a table for people, as JSON Lines, JSON or CSV for programs."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import msgspec

from musnad.cli.output import Write
from musnad.record import CodedReport, to_json
from musnad.report import Report
from musnad.show.labels import Lang

if TYPE_CHECKING:
    from rich.console import Console

BOM = b"\xef\xbb\xbf"
ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv"}


def chosen(format: StrEnum | None, output: Path | None) -> str:
    """The format asked for, else the one that the file's ending tells, else a table."""
    if format is not None:
        return format.value
    return ENDINGS.get(output.suffix.lower(), "table") if output else "table"


def of_reports(format: str, write: Write, output: Path | None, lang: Lang) -> Callable[[Report], None]:
    """A function that writes one report as it was read."""
    if format == "table":
        from musnad.show.terminal import print_steady, reading

        console = _console(write, output)
        return lambda report: print_steady(console, reading(report, lang))
    encode = msgspec.json.Encoder().encode
    return lambda report: write(encode(report) + b"\n")


@contextmanager
def of_records(
    format: str, write: Write, output: Path | None, lang: Lang
) -> Iterator[Callable[[Report, CodedReport], None]]:
    """A function that writes one report's record."""
    if format == "jsonl":
        yield lambda report, coded: write(to_json(coded) + b"\n")
    elif format == "csv":
        from musnad import export

        write((BOM if output else b"") + export.header().encode())
        yield lambda report, coded: write("".join(map(export.csv_line, export.rows(coded))).encode())
    elif format == "json":
        with _array(write) as add:
            yield lambda report, coded: add(msgspec.json.format(to_json(coded), indent=1))
    else:
        from musnad.show.terminal import print_report

        console = _console(write, output)
        yield lambda report, coded: print_report(console, report, coded, lang)


@contextmanager
def _array(write: Write) -> Iterator[Callable[[bytes], None]]:
    """A JSON array, closed whatever happens in between."""
    first = True

    def add(item: bytes) -> None:
        nonlocal first
        head, first = (b"[\n" if first else b",\n"), False
        write(head + item)

    try:
        yield add
    finally:
        write(b"[]\n" if first else b"\n]\n")


class _Pages(io.TextIOBase):
    """What rich prints, passed on as whole pieces of UTF-8."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def write(self, text: str) -> int:
        self._write(text.encode("utf8", "replace"))
        return len(text)


def _console(write: Write, output: Path | None) -> Console:
    from rich.console import Console

    to_terminal = output is None and sys.stdout.isatty()
    width = shutil.get_terminal_size((120, 24)).columns
    return Console(file=cast("IO[str]", _Pages(write)), width=width, force_terminal=to_terminal, highlight=False)
