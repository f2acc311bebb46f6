"""The same coding function over one process or several. How the work is spread never changes a result."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path

from musnad import codebook as books
from musnad.codebook import Codebook
from musnad.coding import code
from musnad.errors import ReadError
from musnad.record import CodedReport
from musnad.report import Report

FEW = 32
"""So few reports are coded in this process: to start others would take longer."""


@lru_cache(maxsize=4)
def open_book(overlay: Path | None) -> Codebook:
    """The codebook with an overlay, opened once a process."""
    return books.load(overlay)


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def pairs(
    reports: Iterable[Report], overlay: Path | None = None, workers: int = 1
) -> Iterator[tuple[Report, CodedReport | ReadError]]:
    """Each report with its record, in order. Memory does not grow with the input.

    With several workers, the work of one that dies is done again; for a report at which a worker dies twice comes a
    `ReadError` that says so. Raises CodebookError for a fault in a table, UsageError when `overlay` is no folder.
    """
    book = open_book(overlay)
    source = iter(reports)
    first = list(islice(source, FEW)) if workers > 1 else []
    if workers <= 1 or len(first) < FEW:
        for report in chain(first, source):
            yield report, code(report, book)
        return
    from musnad.engine import pool

    for report, result in pool.run(chain(first, source), workers, coder, (overlay,), _size):
        if isinstance(result, pool.Died):
            yield report, ReadError(_name(report), f"left out: coding it ended its process twice ({result.status})")
        else:
            yield report, result


def run(
    reports: Iterable[Report],
    overlay: Path | None,
    workers: int,
    lost: Callable[[Report, ReadError], None] | None = None,
) -> Iterator[CodedReport]:
    """The records alone. `lost` is called for a report that is left out; without it the error is raised."""
    for report, result in pairs(reports, overlay, workers):
        if not isinstance(result, ReadError):
            yield result
        elif lost is None:
            raise result
        else:
            lost(report, result)


def coder(overlay: Path | None) -> Callable[[Report], CodedReport]:
    """What a worker calls for each report."""
    return partial(_code, open_book(overlay))


def _code(book: Codebook, report: Report) -> CodedReport:
    return code(report, book)


def _size(report: Report) -> int:
    return len(report.body)


def _name(report: Report) -> str:
    return f"{report.source or 'report'}#{report.id}"
