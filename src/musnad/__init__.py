"""Musnad: who did what to whom, where and when, and who says so.

`code` codes one report, `code_many` many, in order, over several processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musnad.errors import ReadError
    from musnad.record import CodedReport
    from musnad.report import Report

__version__ = "0.1.0"
__all__ = ["__version__", "code", "code_many"]


def code(report: Report, *, codebook: Path | None = None) -> CodedReport:
    """The record of one report. `codebook` is a folder of the user's own tables, laid over the codebook.

    Raises CodebookError for a fault in a table, UsageError when `codebook` is no folder.
    """
    from musnad.coding import code as code_with
    from musnad.engine import open_book

    return code_with(report, open_book(codebook))


def code_many(
    reports: Iterable[Report],
    *,
    codebook: Path | None = None,
    workers: int = 1,
    lost: Callable[[Report, ReadError], None] | None = None,
) -> Iterator[CodedReport]:
    """The records of many reports, in their order. The same bytes come out whatever the number of `workers`.

    Work of a worker process that dies is done again. A report at which workers die twice is given to `lost` with the
    reason and has no record; without `lost` the ReadError is raised.
    """
    from musnad.engine import run

    return run(reports, codebook, workers, lost)
