"""What the commands share: read what was given, say on stderr what could not be read, code the rest in order."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from musnad.cli.answers import complain
from musnad.cli.progress import progress
from musnad.errors import ReadError, UsageError
from musnad.reading import ReadOptions, Skipped, read, size_hint
from musnad.record import CodedReport
from musnad.report import Report


@dataclass
class Tally:
    """How many inputs were read, skipped on purpose, and failed."""

    read: int = 0
    skipped: int = 0
    failed: int = 0

    @property
    def all_read(self) -> bool:
        return not self.failed


def options(
    published: str | None,
    column: list[str] | None,
    outlet: str | None,
    encoding: str | None,
    all_languages: bool,
    private_network: bool,
) -> ReadOptions:
    """The options of a command as the reading room takes them."""
    if published is not None:
        try:
            date.fromisoformat(published)
        except ValueError:
            raise UsageError(f"--published {published}: write the day as 2018-03-26") from None
    columns = {}
    for pair in column or ():
        part, equals, name = pair.partition("=")
        if not equals or not part or not name:
            raise UsageError(f"--column {pair}: write it as PART=NAME, for example --column body=text")
        columns[part] = name
    return ReadOptions(
        published=published,
        columns=columns,
        outlet=outlet,
        encoding=encoding,
        all_languages=all_languages,
        allow_private_network=private_network,
    )


def reports(
    paths: Iterable[str], options: ReadOptions, tally: Tally, *, doing: str = "", quiet: bool = True
) -> Iterator[Report]:
    """The reports of all paths. What fails or is skipped is named on stderr, and the rest goes on.

    Unless `quiet`, progress is shown when someone looks at stderr.
    """
    paths = list(paths)
    shown = not quiet and sys.stderr.isatty()
    with progress(shown, doing, size_hint(paths) if shown else None) as steps:
        for found in readable(paths, options, tally, steps.read):
            yield found
            steps.done(1)


def readable(
    paths: Iterable[str], options: ReadOptions, tally: Tally, steps: Callable[[int], None] | None = None
) -> Iterator[Report]:
    """The reports of all paths, the rest named on stderr. `steps` hears how many more bytes were read."""
    for found in read(paths, options, progress=steps):
        if isinstance(found, ReadError):
            tally.failed += 1
            complain(found)
        elif isinstance(found, Skipped):
            tally.skipped += 1
            complain(f"{found.source}: skipped, {found.reason}")
        else:
            tally.read += 1
            yield found


def over_terminal(output: Path | None) -> bool:
    """Do the results run over the same terminal as the progress would?"""
    return output is None and sys.stdout.isatty()


def coded(
    found: Iterable[Report], *, codebook: Path | None = None, workers: int | None = 1, tally: Tally | None = None
) -> Iterator[tuple[Report, CodedReport]]:
    """Each report with its record, in the order of reading. `workers` None: as many as there are cores.

    A report that ended its process twice is named on stderr and counted as failed.
    """
    from musnad.engine import cores, open_book, pairs

    open_book(codebook)
    gc.freeze()  # what was loaded lives to the end: the search for garbage need not walk through it
    for report, result in pairs(found, codebook, workers or cores()):
        if isinstance(result, ReadError):
            complain(result)
            if tally is not None:
                tally.failed += 1
        else:
            yield report, result


def find_record(
    address: str, options: ReadOptions, tally: Tally, codebook: Path | None
) -> tuple[Report, CodedReport, str]:
    """The report, its record and the record's id that an address such as `page.txt#e3` names."""
    file, mark, name = address.rpartition("#")
    if not mark or not file or not name:
        raise UsageError(f"{address}: write it as FILE#RECORD, for example page.txt#e3, or archive.jsonl#REPORT/e3")
    report_id, _, record_id = name.rpartition("/")
    found = [r for r in reports([file], options, tally) if not report_id or r.id == report_id]
    if len(found) > 1:
        raise UsageError(f"{file} holds {len(found)} reports; say which: {file}#{found[0].id}/{record_id}")
    for report, record in coded(found, codebook=codebook):
        return report, record, record_id
    raise UsageError(f"{file} holds no report {report_id}" if report_id else f"{file} holds no report")
