"""Web archives (WARC, plain or packed): each page in them is a report, as in CC-NEWS.

Responses with status 200 that hold a page or plain text are read, and conversion records (WET). Pictures, robots
files, redirects and requests are passed over in silence: an archive is full of them. The format is simple enough
to be read here, and so a cut or a broken record is told for certain.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from musnad.errors import ReadError
from musnad.reading.crawl import read_text
from musnad.reading.decode import decode
from musnad.reading.options import MB, Draft, ReadOptions
from musnad.reading.page import read_page

_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_KINDS = ("response", "conversion", "resource")
_HEADER_LINE = 1 << 16
_HEADER_LINES = 1000
_BEFORE = "the records before it were read"


def read_warc(stream: BinaryIO, source: str, options: ReadOptions) -> Iterator[Draft | ReadError]:
    """The pages of an archive, one record in memory at a time."""
    number = 0
    while (headers := _headers(stream, source)) is not None:
        number += 1
        size = headers.get("content-length", "")
        if not size.isdigit():
            raise ReadError(source, f"the WARC is damaged: record {number} tells no length", _BEFORE)
        length = int(size)
        url = headers.get("warc-target-uri", "").strip("<>")
        place = url or f"{source}#{number}"
        wanted = headers.get("warc-type", "").lower() in _KINDS
        data = _take(stream, length, source, keep=wanted and length <= options.max_document)
        if not wanted or not length:
            continue
        if length > options.max_document:
            yield ReadError(place, f"the record is larger than {options.max_document // MB} MB")
            continue
        try:
            draft = _record(data, headers.get("content-type", ""), place, url, options)
        except ReadError as e:
            yield e
            continue
        if draft is not None:
            yield draft
    if not number:
        raise ReadError(source, "the WARC holds no record")


def _headers(stream: BinaryIO, source: str) -> dict[str, str] | None:
    """The headers of the next record, their names in small letters, or None at the end of the archive."""
    line = stream.readline(_HEADER_LINE)
    while line and not line.strip():
        line = stream.readline(_HEADER_LINE)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise ReadError(source, "the WARC is damaged: a record does not begin where the last one ends", _BEFORE)
    out: dict[str, str] = {}
    for _ in range(_HEADER_LINES):
        line = stream.readline(_HEADER_LINE)
        if not line.endswith(b"\n"):
            raise _cut(source)
        if not line.strip():
            return out
        name, _, value = line.decode("utf-8", "replace").partition(":")
        out[name.strip().lower()] = value.strip()
    raise ReadError(source, "the WARC is damaged: a header without end", _BEFORE)


def _take(stream: BinaryIO, length: int, source: str, *, keep: bool) -> bytes:
    """The next `length` bytes, or nothing when they are only to be passed over."""
    parts = []
    while length:
        chunk = stream.read(min(length, 1 << 18))
        if not chunk:
            raise _cut(source)
        length -= len(chunk)
        if keep:
            parts.append(chunk)
    return b"".join(parts)


def _cut(source: str) -> ReadError:
    return ReadError(source, "the WARC is cut off in the middle of a record", _BEFORE)


def _record(data: bytes, content_type: str, place: str, url: str, options: ReadOptions) -> Draft | None:
    kind, hint = "text/plain", None
    if data.startswith(b"HTTP/"):
        top, _, data = data.partition(b"\r\n\r\n")
        status = re.match(rb"HTTP/\S+\s+(\d{3})", top)
        headers = dict(re.findall(r"^([A-Za-z-]+):\s*(.*?)\s*$", top.decode("latin-1").lower().replace("\r", ""), re.M))
        if status is None or status[1] != b"200":
            return None
        declared = headers.get("content-type", "text/html")
        data = _body(data, headers, place, options)
        kind = declared.partition(";")[0].strip()
        charset = re.search(r"charset=[\"']?([\w.:-]+)", declared)
        hint = charset[1] if charset else None
    else:
        kind = (content_type or kind).partition(";")[0].strip().lower()
    if kind not in _TYPES or not data.strip():
        return None
    if kind == "text/plain":
        text, note = decode(data, place, options.encoding, hint)
        draft = read_text(text, place)
        return Draft(**{**draft.__dict__, "url": draft.url or url or None, "note": note})
    return read_page(data, place, options, url or None, hint)


def _body(data: bytes, headers: dict[str, str], place: str, options: ReadOptions) -> bytes:
    """The page as it was before the server cut it into chunks and packed it."""
    if "chunked" in headers.get("transfer-encoding", "") and re.match(rb"[0-9A-Fa-f]+\s*(?:;[^\r\n]*)?\r\n", data):
        data = _dechunk(data)
    packing = headers.get("content-encoding", "").strip()
    if packing in ("gzip", "x-gzip", "deflate") and data:
        engine = zlib.decompressobj(47)
        try:
            data = engine.decompress(data, options.max_document + 1)
        except zlib.error:
            return data  # archives often keep the header and store the page unpacked
        if len(data) > options.max_document:
            raise ReadError(place, f"the page unpacks to more than {options.max_document // MB} MB")
    return data


def _dechunk(data: bytes) -> bytes:
    out, pos = [], 0
    while m := re.compile(rb"([0-9A-Fa-f]+)\s*(?:;[^\r\n]*)?\r\n").match(data, pos):
        size = int(m[1], 16)
        if size == 0:
            break
        out.append(data[m.end() : m.end() + size])
        pos = m.end() + size + 2
    return b"".join(out)
