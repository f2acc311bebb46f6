"""Bytes that come in a bounded way: unpacked as they flow, counted, cut into lines, and never more than allowed.

A gzip or zstd file of a few kilobytes can hold gigabytes. Everything unpacked here passes a counter that stops
when the output is out of all proportion to the input, and says so.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from musnad.errors import ReadError
from musnad.reading.options import MB, ReadOptions

HEAD = 1 << 16
_GRACE = 16 * MB
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class Counted(io.RawIOBase):
    """A raw stream that reports each read to `progress`, for a progress bar over packed bytes."""

    def __init__(self, raw: BinaryIO, progress: Callable[[int], None] | None) -> None:
        self._raw, self._progress = raw, progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        if self._progress is not None and data:
            self._progress(len(data))
        return len(data)

    def close(self) -> None:
        self._raw.close()
        super().close()


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a gzip or zstd stream (several members one after the other are one stream)."""

    def __init__(self, raw: BinaryIO, kind: str, source: str, options: ReadOptions) -> None:
        self._raw, self._kind, self._source, self._options = raw, kind, source, options
        self._read, self._written = 0, 0
        self._pending, self._out = b"", b""
        self._engine: Any = None
        self._started = False
        # A zstd block of 4 bytes may stand for 128 KB, and its engine cannot be told to stop, so feed it little.
        self._step = 1 << 15 if kind == "gzip" else 1 << 10

    def readable(self) -> bool:
        return True

    def _fresh(self) -> Any:
        if self._kind == "gzip":
            return zlib.decompressobj(31)
        import zstandard

        return zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()

    def _more(self) -> bytes:
        if not self._pending:
            self._pending = self._raw.read(self._step)
            self._read += len(self._pending)
        if not self._pending:
            if self._engine is not None:
                raise ReadError(
                    self._source,
                    f"the {self._kind} file is cut off",
                    "what came before the cut was read; fetch it again",
                )
            return b""
        if self._engine is None:
            if self._started and not self._pending.strip(b"\0"):
                self._pending = b""  # zero padding after the last member, as tape tools write it
                return self._more()
            self._engine = self._fresh()
            self._started = True
        if self._kind == "gzip":
            out = self._engine.decompress(self._pending, 1 << 18)
            left = self._engine.unconsumed_tail or (self._engine.unused_data if self._engine.eof else b"")
        else:
            out = self._engine.decompress(self._pending)
            left = self._engine.unused_data if self._engine.eof else b""
        self._pending = left
        if self._engine.eof:
            self._engine = None
        return cast(bytes, out)

    def readinto(self, buffer: Any) -> int:
        while not self._out:
            try:
                data = self._more()
            except ReadError:
                raise
            except Exception as e:  # zlib.error, zstandard.ZstdError: the library is imported only when needed
                raise ReadError(self._source, f"the {self._kind} data is damaged: {e}") from e
            if not data and not self._pending and self._engine is None:
                return 0
            self._out = data
            self._written += len(data)
            self._check()
        n = min(len(buffer), len(self._out))
        buffer[:n] = self._out[:n]
        self._out = self._out[n:]
        return n

    def _check(self) -> None:
        limit = self._options
        if self._written > limit.max_unpacked:
            raise ReadError(
                self._source,
                f"it unpacks to more than {limit.max_unpacked // MB} MB",
                "raise max_unpacked if you trust it",
            )
        if self._written > _GRACE and self._written > limit.max_ratio * self._read:
            raise ReadError(
                self._source,
                f"it unpacks to more than {limit.max_ratio} times its size: a zip bomb",
                "raise max_ratio if you trust it",
            )

    def close(self) -> None:
        self._raw.close()
        super().close()


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    """A reader that can look ahead by `HEAD` bytes."""
    return io.BufferedReader(raw, HEAD)


def head(stream: io.BufferedReader) -> bytes:
    """The first bytes of a stream without taking them: at most `HEAD`, all of a short stream where it flows at once."""
    return stream.peek(HEAD)[:HEAD]


def unpack(stream: io.BufferedReader, source: str, options: ReadOptions) -> io.BufferedReader:
    """The stream with gzip and zstd taken off, also one inside the other."""
    for _ in range(3):
        start = head(stream)[:4]
        if start[:2] == _GZIP:
            stream = buffered(Unpacked(cast(BinaryIO, stream), "gzip", source, options))
        elif start == _ZSTD:
            stream = buffered(Unpacked(cast(BinaryIO, stream), "zstd", source, options))
        else:
            return stream
    return stream


def whole(stream: BinaryIO, source: str, limit: int, what: str = "the file") -> bytes:
    """All that is left of a stream, refused when it is longer than `limit`."""
    parts, size = [], 0
    while chunk := stream.read(1 << 18):
        size += len(chunk)
        if size > limit:
            raise ReadError(
                source,
                f"{what} is larger than {limit // MB} MB",
                "split it, or raise max_document (or max_file) in the options",
            )
        parts.append(chunk)
    return b"".join(parts)


def lines(stream: BinaryIO, source: str, limit: int) -> Iterator[tuple[int, bytes | ReadError]]:
    """The lines of a stream with their numbers, from 1. One longer than `limit` becomes an error; others are read."""
    number, kept, size = 1, [], 0
    while chunk := stream.read(1 << 18):
        pieces = chunk.split(b"\n")
        for i, piece in enumerate(pieces):
            size += len(piece)
            if size <= limit:
                kept.append(piece)
            else:
                kept.clear()
            if i == len(pieces) - 1:
                break
            yield number, _line(source, number, kept, size, limit)
            number, kept, size = number + 1, [], 0
    if size:
        yield number, _line(source, number, kept, size, limit)


def _line(source: str, number: int, kept: list[bytes], size: int, limit: int) -> bytes | ReadError:
    if size > limit:
        return ReadError(f"{source}:{number}", f"the line is longer than {limit // MB} MB")
    return b"".join(kept)
