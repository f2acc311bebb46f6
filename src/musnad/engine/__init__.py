"""The same coding function over one process or several. How the work is spread never changes a result."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from musnad import codebook as books
from musnad.codebook import Codebook
from musnad.coding import code
from musnad.record import CodedReport
from musnad.report import Report

BATCH = 16


@lru_cache(maxsize=4)
def open_book(overlay: Path | None) -> Codebook:
    """The codebook with an overlay, opened once a process."""
    return books.load(overlay)


def run(reports: Iterable[Report], overlay: Path | None, workers: int) -> Iterator[CodedReport]:
    """Code reports in order. At most two batches a worker wait at any time, so memory does not grow with the input."""
    book = open_book(overlay)
    if workers <= 1:
        for report in reports:
            yield code(report, book)
        return
    source = iter(reports)
    waiting: deque[Future[list[CodedReport]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        while True:
            while len(waiting) < 2 * workers:
                batch = list(islice(source, BATCH))
                if not batch:
                    break
                waiting.append(pool.submit(_batch, batch, overlay))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _batch(reports: list[Report], overlay: Path | None) -> list[CodedReport]:
    book = open_book(overlay)
    return [code(report, book) for report in reports]
