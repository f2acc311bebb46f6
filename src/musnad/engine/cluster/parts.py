"""Which input files make which part, and what a finished part tells of itself. Nothing here needs Spark.

The division depends on the files alone, not on the cluster, so a run that is repeated finds the parts that were
finished before, also on another cluster, and when files were added meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

import msgspec

from musnad.errors import ReadError, UsageError
from musnad.reading.options import MB, ReadOptions

Kind = Literal["lines", "rows", "files"]
KINDS: tuple[Kind, ...] = ("lines", "rows", "files")

MOST_FILES: Mapping[Kind, int] = {"lines": 1000, "rows": 64, "files": 1000}
"""So many files at most make one part."""
WHOLE = 2000 * MB
"""A file that cannot be cut comes to a worker as one array of bytes, which in Java is smaller than 2 GB."""


class File(msgspec.Struct, frozen=True, order=True):
    """An input file as Spark lists it: its size in bytes, and when it was last changed (milliseconds since 1970)."""

    path: str
    size: int
    changed: int

    @property
    def kind(self) -> Kind:
        """Lines and rows are cut up by Spark; all else is read by the reading room, a whole file at a time."""
        ending = PurePosixPath(self.path.lower()).suffix
        return "lines" if ending in (".jsonl", ".ndjson") else "rows" if ending == ".parquet" else "files"


class Setup(msgspec.Struct, frozen=True):
    """What else than the files decides how records look."""

    version: str
    codebook: str
    options: dict[str, Any]

    @classmethod
    def of(cls, version: str, codebook: str, options: ReadOptions) -> Setup:
        told = msgspec.to_builtins(options)
        return cls(version, codebook, {**told, "columns": dict(sorted(options.columns.items()))})


class DonePart(msgspec.Struct, frozen=True):
    """The mark of a finished part: what it was made from, and how much came of it."""

    setup: Setup
    files: tuple[File, ...]
    coded: int
    skipped: int
    failed: int


@dataclass(frozen=True)
class Part:
    """Files that are read, coded and written together."""

    kind: Kind
    files: tuple[File, ...]

    @property
    def size(self) -> int:
        return sum(f.size for f in self.files)

    def name(self, setup: Setup) -> str:
        """The part's folder. The same files, codebook, options and version give the same name."""
        told = msgspec.json.encode((setup, self.files), order="sorted")
        return f"part={hashlib.sha256(told).hexdigest()[:16]}"


def unfit(files: Iterable[File]) -> list[ReadError]:
    """Why some files are in no part."""
    return [error for f in files if (error := _unfit(f)) is not None]


def _unfit(file: File) -> ReadError | None:
    if not file.size:
        return ReadError(shown(file.path), "the file is empty")
    if file.kind == "files" and file.size > WHOLE:
        return ReadError(shown(file.path), f"it is larger than {WHOLE // MB} MB and cannot be cut by Spark", "cut it")
    return None


def divide(files: Iterable[File], limit: int) -> list[Part]:
    """Parts of files of the same kind, in the order of their names, each of about `limit` bytes or one file."""
    out: list[Part] = []
    given = sorted(files)
    for kind in KINDS:
        held: list[File] = []
        for file in given:
            if file.kind != kind or _unfit(file):
                continue
            if held and (sum(f.size for f in held) + file.size > limit or len(held) >= MOST_FILES[kind]):
                out.append(Part(kind, tuple(held)))
                held = []
            held.append(file)
        if held:
            out.append(Part(kind, tuple(held)))
    return out


def pending(parts: Iterable[Part], finished: Mapping[str, DonePart], setup: Setup, out: str) -> list[Part]:
    """The parts that are still to be done, without files that finished parts hold.

    Raises UsageError when a finished part was made in another way or from a file that has changed since: its records
    would not agree with the new ones.
    """
    covered: dict[str, tuple[File, str]] = {}
    for name, done in finished.items():
        for what, before, now in (
            ("version of Musnad", done.setup.version, setup.version),
            ("codebook", done.setup.codebook, setup.codebook),
            ("options of reading", done.setup.options, setup.options),
        ):
            if before != now:
                raise UsageError(f"{out} holds parts made with another {what}: give a new folder with --out")
        covered.update((f.path, (f, name)) for f in done.files)
    left: list[Part] = []
    for part in parts:
        for file in part.files:
            held = covered.get(file.path)
            if held and held[0] != file:
                raise UsageError(f"{shown(file.path)} has changed since {out}/{held[1]} was made: remove that folder")
        keep = tuple(f for f in part.files if f.path not in covered)
        if keep:
            left.append(Part(part.kind, keep))
    return left


def shown(path: str) -> str:
    """A path of Spark's as people write it."""
    return "/" + path.removeprefix("file:").lstrip("/") if path.startswith("file:") else path
