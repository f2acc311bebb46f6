"""Where a command writes: standard output or a file, always in whole lines.

A file is written beside its name as `NAME.part` and takes its name when it is complete. When the work is stopped,
the part stays, made of whole lines; when it fails, the part is removed. The old file is never half overwritten.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from musnad.errors import UsageError

Write = Callable[[bytes], None]


class _WholeLines:
    """Holds Ctrl-C back while a line is being written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._writing = self._stopped = False

    def write(self, lines: bytes) -> None:
        self._writing = True
        try:
            self._stream.write(lines)
            self._stream.flush()
        finally:
            self._writing = False
        if self._stopped:
            raise KeyboardInterrupt

    def interrupt(self, signum: int, frame: FrameType | None) -> None:
        self._stopped = True
        if not self._writing:
            raise KeyboardInterrupt


@contextmanager
def output(path: Path | None) -> Iterator[Write]:
    """A function that writes whole lines (bytes with their line end) to the file, or to standard output for None."""
    if path is None or str(path) == "-":
        with interruptible(sys.stdout.buffer) as write:
            yield write
        return
    if path.is_dir():
        raise UsageError(f"{path} is a folder; give the name of a file to write")
    part = path.with_name(path.name + ".part")
    try:
        stream = open(part, "wb")  # noqa: SIM115
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    with stream:
        try:
            with interruptible(stream) as write:
                yield write
        except KeyboardInterrupt:
            raise
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    os.replace(part, path)


@contextmanager
def interruptible(stream: BinaryIO) -> Iterator[Write]:
    """A function that writes whole lines to a stream; Ctrl-C waits for the end of the line."""
    lines = _WholeLines(stream)
    if threading.current_thread() is not threading.main_thread():
        yield lines.write
        return
    before = signal.signal(signal.SIGINT, lines.interrupt)
    try:
        yield lines.write
    finally:
        signal.signal(signal.SIGINT, before)
