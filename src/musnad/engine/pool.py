"""Work on many inputs over several processes, in order, and nothing lost when a process dies.

Each worker has its own pipe and holds one batch at a time, so it is known what a dead worker was at: its batch is done
again, one input by itself. An input at which a worker dies twice is given back as `Died`. At most a few batches a
worker are held at any time, however long the input is.
"""

from __future__ import annotations

import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

BATCH = 16
"""How many inputs a worker gets at a time, at most,"""
BATCH_SIZE = 200_000
"""and how large they may be together."""
AHEAD = 4
"""How many batches a worker may be read ahead of the one that is waited for."""
DEATHS = 2
"""An input at which so many workers died is given up."""
PRELOADED = ["musnad.engine"]


@dataclass(frozen=True, slots=True)
class Died:
    """What comes back for an input at which its worker died twice; `status` as the system tells it (-9: killed)."""

    status: int | None


@dataclass(slots=True)
class _Batch(Generic[In]):
    """Inputs with their results as far as there are any, and how many workers died at them."""

    inputs: list[In]
    results: list[Any]
    left: int


@dataclass(slots=True)
class _Task(Generic[In]):
    """Some inputs of a batch, by their places in it."""

    batch: _Batch[In]
    places: list[int]
    deaths: int = 0


class _Worker(Generic[In]):
    def __init__(self, context: ForkServerContext | SpawnContext, start: Callable[..., Any], args: tuple[Any, ...]):
        mine, theirs = context.Pipe()
        self.pipe: Connection = mine
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, mine, start, args), daemon=True)
        self.process.start()
        theirs.close()
        self.task: _Task[In] | None = None

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()


def run(
    inputs: Iterable[In],
    workers: int,
    start: Callable[..., Callable[[In], Out]],
    args: tuple[Any, ...] = (),
    size: Callable[[In], int] = lambda _: 1,
) -> Iterator[tuple[In, Out | Died]]:
    """Each input with its result, in order. `start(*args)` is called once in every worker and gives the function that
    is called with each input; both must be importable there. What these raise is raised here."""
    context = _context()
    crew: list[_Worker[In]] = []
    source = _batches(inputs, size)
    held: deque[_Batch[In]] = deque()
    again: deque[_Task[In]] = deque()
    ended = False
    try:
        while True:
            for n in range(workers):
                if n < len(crew) and crew[n].task is not None:
                    continue
                task: _Task[In] | None = None
                if again:
                    task = again.popleft()
                elif not ended and len(held) < AHEAD * workers:
                    inside = next(source, None)
                    if inside is None:
                        ended = True
                    else:
                        batch = _Batch(inside, [None] * len(inside), len(inside))
                        held.append(batch)
                        task = _Task(batch, list(range(len(inside))))
                if task is None:
                    break
                if n == len(crew):
                    crew.append(_Worker(context, start, args))
                _give(crew, n, task)
            if held and not held[0].left:
                done = held.popleft()
                yield from zip(done.inputs, done.results, strict=True)
                continue
            if not held:
                return
            busy = {w.pipe: n for n, w in enumerate(crew) if w.task is not None}
            for pipe in wait(list(busy)):
                _take(context, crew, busy[pipe], again, start, args)  # type: ignore[index]
    finally:
        for w in crew:
            w.stop()


def _batches(inputs: Iterable[In], size: Callable[[In], int]) -> Iterator[list[In]]:
    out: list[In] = []
    total = 0
    for x in inputs:
        out.append(x)
        total += size(x)
        if len(out) >= BATCH or total >= BATCH_SIZE:
            yield out
            out, total = [], 0
    if out:
        yield out


def _give(crew: list[_Worker[In]], n: int, task: _Task[In]) -> None:
    """Send a task to an idle worker. One that has died meanwhile is noticed when its answer is waited for."""
    crew[n].task = task
    with suppress(OSError):  # a broken pipe is reported by `wait` at once, and the task is done again
        crew[n].pipe.send([task.batch.inputs[k] for k in task.places])


def _take(
    context: ForkServerContext | SpawnContext,
    crew: list[_Worker[In]],
    n: int,
    again: deque[_Task[In]],
    start: Callable[..., Any],
    args: tuple[Any, ...],
) -> None:
    """Take the results of a worker, or, when it has died, put its task back and another worker in its place."""
    worker = crew[n]
    task = worker.task
    assert task is not None
    try:
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join()
        status = worker.process.exitcode
        worker.pipe.close()
        crew[n] = _Worker(context, start, args)
        deaths = task.deaths + 1
        if len(task.places) == 1 and deaths >= DEATHS:
            _put(task.batch, task.places[0], Died(status))
        else:
            again.extend(_Task(task.batch, [k], deaths) for k in task.places)
        return
    worker.task = None
    if isinstance(answer, BaseException):
        raise answer
    for k, result in zip(task.places, answer, strict=True):
        _put(task.batch, k, result)


def _put(batch: _Batch[In], place: int, result: Any) -> None:
    batch.results[place] = result
    batch.left -= 1


def _serve(pipe: Connection, other: Connection, start: Callable[..., Callable[[Any], Any]], args: Any) -> None:
    """A worker: takes batches and gives results, until its pipe is closed."""
    other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells when to stop
    work: Callable[[Any], Any] | None = None
    while True:
        try:
            inputs = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            if work is None:
                work = start(*args)
            answer: Any = [work(x) for x in inputs]
        except Exception as error:
            answer = _sendable(error)
        try:
            pipe.send(answer)
        except OSError:
            return


def _sendable(error: Exception) -> Exception:
    """The error itself if it can be sent to another process, else one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # whatever its class does when it is packed or unpacked
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _context() -> ForkServerContext | SpawnContext:
    if sys.platform == "win32":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context
