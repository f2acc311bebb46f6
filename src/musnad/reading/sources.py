"""From what the user names (files, folders, globs, addresses, '-') to streams of bytes, in a fixed order."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from musnad.errors import ReadError
from musnad.reading.options import Skipped
from musnad.reading.stream import Counted, buffered

NOT_TEXT = frozenset(
    (
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".css", ".js", ".map",
        ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".ogg", ".oga", ".ogv", ".webm", ".mov", ".avi",
        ".m4a", ".wav", ".tgs",
    )
)  # fmt: skip
"""Endings of files in a folder that are no reports."""


@dataclass(frozen=True)
class Source:
    """One thing to open: a file, an address or standard input ('-')."""

    name: str
    path: Path | None = None

    @property
    def is_url(self) -> bool:
        return self.path is None and self.name != "-"


def is_url(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def expand(paths: Iterable[str]) -> Iterator[Source | ReadError | Skipped]:
    """The sources behind the names given, folders walked and globs filled in, each in the order of its names."""
    for name in paths:
        if name == "-" or is_url(name):
            yield Source(name)
            continue
        try:
            yield from _local(name)
        except (OSError, ValueError) as e:  # ValueError: a NUL in the name
            yield ReadError(name, f"it cannot be opened: {getattr(e, 'strerror', None) or e}")


def _local(name: str) -> Iterator[Source | ReadError | Skipped]:
    path = Path(name)
    if path.is_dir():
        found = False
        for each in _walk(path):
            found = True
            if each.suffix.lower() in NOT_TEXT:
                yield Skipped(str(each), "it is no kind of report (by its name)")
            else:
                yield Source(str(each), each)
        if not found:
            yield ReadError(name, "the folder holds no files")
    elif path.exists():
        yield Source(name, path)
    elif any(c in name for c in "*?["):
        matches = sorted(glob.glob(name, recursive=True))
        if not matches:
            yield ReadError(name, "no file matches")
        for match in matches:
            if os.path.isfile(match):
                yield Source(match, Path(match))
    else:
        yield ReadError(name, "there is no such file or folder", "check the path; put a pattern in quotes")


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for n in sorted(names):
            if not n.startswith("."):
                yield Path(root, n)


def open_local(source: Source, progress: Callable[[int], None] | None) -> BinaryIO:
    """The bytes of a file or of standard input, counted for a progress bar."""
    try:
        raw = sys.stdin.buffer if source.path is None else open(source.path, "rb", buffering=0)  # noqa: SIM115
    except OSError as e:
        raise ReadError(source.name, f"it cannot be opened: {e.strerror or e}") from e
    return cast(BinaryIO, buffered(Counted(cast(BinaryIO, raw), progress)))


def size_hint(paths: Iterable[str]) -> int | None:
    """The bytes that reading these paths takes from disk, or None with an address or standard input among them."""
    total = 0
    for source in expand(paths):
        if isinstance(source, Source):
            if source.path is None:
                return None
            try:
                total += source.path.stat().st_size
            except OSError:
                continue
    return total
