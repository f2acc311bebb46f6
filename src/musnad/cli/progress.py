"""How far long work has come, on stderr: reports so far, and the time left by the bytes still to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


def _nothing(amount: int) -> None:
    """Nobody looks."""


@dataclass(frozen=True)
class Steps:
    """What the work calls as it goes on: after reading some bytes, and after some reports."""

    read: Callable[[int], None] = _nothing
    done: Callable[[int], None] = _nothing


@contextmanager
def progress(show: bool, doing: str, size: int | None) -> Iterator[Steps]:
    """Steps to call, shown on stderr if asked for. `size` is the sum of bytes to read, None when it is not known."""
    if not show:
        yield Steps()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[reports]:,} reports"),
        TextColumn("· elapsed"), TimeElapsedColumn(), TextColumn("· left"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=size or None, reports=0)
        reports = 0

        def done(amount: int) -> None:
            nonlocal reports
            reports += amount
            bar.update(task, reports=reports)

        yield Steps(read=lambda amount: bar.advance(task, amount), done=done)
