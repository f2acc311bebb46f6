"""What runs on the workers, as `mapInArrow` calls it: batches of lines, rows or files in, batches of records out.

A task that has failed is tried again with care: each report is then coded in a process of its own, and one that ends
its process twice is named and left out.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pyarrow as pa

import musnad
from musnad import engine
from musnad.engine.cluster.parts import shown
from musnad.errors import MusnadError, ReadError
from musnad.reading import ReadOptions, Skipped, read_bytes
from musnad.reading.options import DEFECT
from musnad.reading.pieces import read_line, read_row
from musnad.reading.rows import columns
from musnad.record import CodedReport, to_json
from musnad.report import Report

Batches = Iterator[pa.RecordBatch]
Found = Report | ReadError | Skipped

MANY, LARGE = 256, 4 << 20
"""A batch holds so many rows, or so many bytes, at most."""
NAME = 200
"""A folder's name may have 255 bytes; Spark puts `outlet=` before it and writes some letters in three."""

FOUND = pa.schema(
    [("kind", pa.string()), ("file", pa.string()), ("block", pa.int64()), ("line", pa.int64()), ("data", pa.string())]
)
"""What was read: `kind` is report (`data` its JSON), failed or skipped (`data` ends the message), or lines (a block has
`line` of them). `block` is the byte of its file where a block begins; `line` the line or row in it, from 1."""

CODED = pa.schema(
    [*FOUND, ("id", pa.string()), ("published", pa.string()), ("month", pa.string()), ("outlet", pa.string()),
     ("events", pa.int32()), ("control", pa.int32()), ("ties", pa.int32()), ("record", pa.string())]
)  # fmt: skip
"""What was coded: as above, with `record` the coded report's JSON instead of its report's."""
DDL = {pa.string(): "string", pa.int64(): "bigint", pa.int32(): "int"}


@dataclass(frozen=True)
class Orders:
    """What every worker is told: how to read, and with which codebook to code."""

    options: ReadOptions
    version: str
    digest: str
    overlay: tuple[tuple[str, bytes], ...] | None


@dataclass(frozen=True)
class Piece:
    """Something that was read, and where. With `numbered`, its place is its line, else `what` tells its place."""

    file: str
    block: int
    line: int
    what: Found | int
    numbered: bool = False


def ddl(schema: pa.Schema) -> str:
    """The schema in Spark's words."""
    return ", ".join(f"{field.name} {DDL[field.type]}" for field in schema)


def pack(folder: Path | None) -> tuple[tuple[str, bytes], ...] | None:
    """The user's tables, to be sent to the workers."""
    if folder is None:
        return None
    return tuple((str(p.relative_to(folder)), p.read_bytes()) for p in sorted(folder.rglob("*")) if p.is_file())


# Reading


def lines(orders: Orders, batches: Batches) -> Iterator[Piece]:
    """Reports of batches of (value, file_path, file_block_start), each block's lines in their order."""
    at: tuple[str, int] | None = None
    number = 0
    for batch in batches:
        for value, path, block in zip(*(c.to_pylist() for c in batch.columns), strict=True):
            if at != (path, block):
                if at:
                    yield Piece(at[0], at[1], 0, number)
                at, number = (path, block), 0
            number += 1
            found = read_line(value, path, orders.options)
            if found is not None:
                yield Piece(path, block, number, found, numbered=True)
    if at:
        yield Piece(at[0], at[1], 0, number)


def rows(orders: Orders, names: tuple[str, ...], batches: Batches) -> Iterator[Piece]:
    """Reports of batches of the columns `names`, then file_path and row_index."""
    parts = columns(names, orders.options, "")
    for batch in batches:
        *values, paths, numbers = (c.to_pylist() for c in batch.columns)
        for path, number, *row in zip(paths, numbers, *values, strict=True):
            place = f"{display(path)}#{number + 1}"
            found = read_row(dict(zip(names, row, strict=True)), parts, place, orders.options)
            if found is not None:
                yield Piece(path, 0, number + 1, found)


def files(orders: Orders, batches: Batches) -> Iterator[Piece]:
    """Reports of batches of (file_path, content)."""
    for batch in batches:
        for path, content in zip(batch.column(0), batch.column(1), strict=True):
            name = path.as_py()
            data = content.as_py()
            for number, found in enumerate(read_bytes(data, display(name), orders.options), 1):
                yield Piece(name, 0, number, found)


def display(path: str) -> str:
    """The path that Spark writes as an address (`file:///a%20b`), as people write it."""
    return shown(unquote(path))


def found_batches(pieces: Iterable[Piece]) -> Batches:
    """Pieces that are to be coded elsewhere."""
    encode = msgspec.json.Encoder().encode
    return _batches(
        ((*_told(p), encode(p.what).decode()) if isinstance(p.what, Report) else _message(p) for p in pieces), FOUND
    )


def pieces_of(batches: Batches) -> Iterator[tuple[Any, ...] | Piece]:
    """What `found_batches` wrote: reports as pieces, the rest as rows that are only passed on."""
    decode = msgspec.json.Decoder(Report).decode
    for batch in batches:
        for kind, file, block, line, data in zip(*(c.to_pylist() for c in batch.columns), strict=True):
            yield Piece(file, block, line, decode(data)) if kind == "report" else (kind, file, block, line, data)


# Coding


def code_lines(orders: Orders, batches: Batches) -> Batches:
    return _batches(_coded(orders, lines(orders, batches)), CODED)


def code_rows(orders: Orders, names: tuple[str, ...], batches: Batches) -> Batches:
    return _batches(_coded(orders, rows(orders, names, batches)), CODED)


def read_files(orders: Orders, batches: Batches) -> Batches:
    return found_batches(files(orders, batches))


def code_found(orders: Orders, batches: Batches) -> Batches:
    return _batches(_coded(orders, pieces_of(batches)), CODED)


def greet(orders: Orders, batches: Batches) -> Batches:
    """One row that tells whether a worker can code: empty, or what is wrong."""
    for _ in batches:
        try:
            codebook(orders)
            told = ""
        except MusnadError as error:
            told = str(error)
        yield pa.RecordBatch.from_pydict({"told": [told]}, schema=pa.schema([("told", pa.string())]))


def _coded(orders: Orders, pieces: Iterable[Piece | tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """A row of CODED for each piece."""
    from pyspark import TaskContext

    overlay = codebook(orders)
    context = TaskContext.get()
    again = context is not None and context.attemptNumber() > 0
    held: list[tuple[Any, ...]] = []

    def reports() -> Iterator[Piece]:
        for piece in pieces:
            if isinstance(piece, tuple):
                held.append(piece)
            elif isinstance(piece.what, Report):
                yield piece
            else:
                held.append(_message(piece))

    for piece, result in _each(reports(), overlay, again):
        yield from (_filled(row) for row in held)
        held.clear()
        yield _record(piece, result) if isinstance(result, CodedReport) else _filled(_left(piece, result))
    yield from (_filled(row) for row in held)


def _each(reports: Iterator[Piece], overlay: Path | None, careful: bool) -> Iterator[tuple[Piece, CodedReport | str]]:
    """Each report with its record, or why it has none."""
    if not careful:
        work = coder(overlay)
        for piece in reports:
            yield piece, work(piece)
        return
    from musnad.engine import pool

    for piece, result in pool.run(reports, 1, coder, (overlay,), _size):
        if isinstance(result, pool.Died):
            yield piece, f"left out: coding it ended its process twice ({result.status})"
        else:
            yield piece, result


def coder(overlay: Path | None) -> Callable[[Piece], CodedReport | str]:
    """Codes a report; a defect that one report brings out must not cost the user the others."""
    return partial(_guarded, engine.coder(overlay))


def _guarded(work: Callable[[Report], CodedReport], piece: Piece) -> CodedReport | str:
    assert isinstance(piece.what, Report)
    try:
        return work(piece.what)
    except Exception as error:
        return f"left out: coding failed: {type(error).__name__}: {error} ({DEFECT})"


def _size(piece: Piece) -> int:
    return len(piece.what.body) if isinstance(piece.what, Report) else 0


def codebook(orders: Orders) -> Path | None:
    """Where this worker has the user's tables. Raises MusnadError when it would code otherwise than the driver."""
    if musnad.__version__ != orders.version:
        raise MusnadError(f"a worker has Musnad {musnad.__version__}, the driver {orders.version}: install the same")
    overlay = None if orders.overlay is None else _unpacked(orders.overlay)
    if engine.open_book(overlay).digest != orders.digest:
        raise MusnadError("a worker has other tables in its codebook than the driver: install the same Musnad on both")
    return overlay


@lru_cache(maxsize=2)
def _unpacked(tables: tuple[tuple[str, bytes], ...]) -> Path:
    """The user's tables as a folder that Spark removes at the end, made once on each machine."""
    from pyspark import SparkFiles

    root = Path(SparkFiles.getRootDirectory())
    folder = root / f"codebook-{sha256(repr(tables).encode()).hexdigest()[:16]}"
    if not folder.exists():
        made = Path(tempfile.mkdtemp(dir=root))
        for name, data in tables:
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_bytes(data)
        try:
            os.rename(made, folder)
        except OSError:  # another worker was quicker
            if not folder.exists():
                raise
    return folder


# Rows


def _told(piece: Piece) -> tuple[str, str, int, int]:
    return ("report", piece.file, piece.block, piece.line)


def _message(piece: Piece) -> tuple[Any, ...]:
    """The row of what is no report: the place, and what is to be said after it. Lines are numbered by block here."""
    what = piece.what
    if isinstance(what, int):
        return ("lines", piece.file, piece.block, what, None)
    if isinstance(what, ReadError):
        kind, place = "failed", what.source
        told = f": {what.reason}" + (f" ({what.hint})" if what.hint else "")
    else:
        assert isinstance(what, Skipped)
        kind, place, told = "skipped", what.source, f": skipped, {what.reason}"
    return (kind, *_place(piece, place), told)


def _left(piece: Piece, reason: str) -> tuple[Any, ...]:
    assert isinstance(piece.what, Report)
    return ("failed", *_place(piece, piece.what.source or ""), f"#{piece.what.id}: {reason}")


def _place(piece: Piece, told: str) -> tuple[str, int, int]:
    return (piece.file, piece.block, piece.line) if piece.numbered else (told, 0, 0)


def _filled(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row + (None,) * (len(CODED) - len(FOUND))


def _record(piece: Piece, coded: CodedReport) -> tuple[Any, ...]:
    month = re.match(r"\d{4}-\d{2}", coded.published or "")
    return (
        "record", display(piece.file), piece.block, piece.line, None,
        coded.id, coded.published, month[0] if month else None, folder_name(coded.outlet),
        len(coded.events), len(coded.control), len(coded.ties), to_json(coded).decode(),
    )  # fmt: skip


def folder_name(outlet: str | None) -> str | None:
    """An outlet's name as a folder can have it: a very long one is cut, and told apart by a digest."""
    if outlet is None:
        return None
    size = sum(3 if c.isascii() and not c.isalnum() else len(c.encode()) for c in outlet)
    if size <= NAME and "\0" not in outlet:
        return outlet
    return f"{outlet.replace(chr(0), '')[: NAME // 8]}~{sha256(outlet.encode()).hexdigest()[:16]}"


def _batches(made: Iterable[tuple[Any, ...]], schema: pa.Schema) -> Batches:
    held: list[tuple[Any, ...]] = []
    size = 0
    for row in made:
        held.append(row)
        size += sum(len(x) for x in row if isinstance(x, str))
        if len(held) >= MANY or size >= LARGE:
            yield _batch(held, schema)
            held, size = [], 0
    if held:
        yield _batch(held, schema)


def _batch(made: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(zip(*made, strict=True), schema, strict=True)],
        schema=schema,
    )
