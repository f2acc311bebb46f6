"""Web archives (WARC, plain or packed): each page in them is a report, as in CC-NEWS.

Responses with status 200 that hold a page or plain text are read, and conversion records (WET). Pictures, robots
files, redirects and requests are passed over in silence: an archive is full of them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from musnad.errors import ReadError
from musnad.reading.crawl import read_text
from musnad.reading.decode import decode
from musnad.reading.options import MB, Draft, ReadOptions
from musnad.reading.page import read_page

_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def read_warc(stream: BinaryIO, source: str, options: ReadOptions) -> Iterator[Draft | ReadError]:
    """The pages of an archive, one record in memory at a time."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    seen = False
    tail = _Tail(stream)
    records = iter(ArchiveIterator(cast(BinaryIO, tail), record_types=WarcRecordType.any_type, parse_http=False))
    while True:
        try:
            record = next(records, None)
        except ReadError:
            raise
        except Exception as e:  # fastwarc raises plain RuntimeError and OSError for broken records
            raise ReadError(source, f"the WARC is damaged: {e}", "the records before it were read") from e
        if record is None:
            break
        seen = True
        length = int(record.content_length)
        url = record.headers.get("WARC-Target-URI") or ""
        place = url or f"{source}#{record.record_id}"
        if not record.record_type & kinds or length == 0:
            if _drain(record.reader) < length:
                raise _cut(source)
            continue
        if length > options.max_document:
            yield ReadError(place, f"the record is larger than {options.max_document // MB} MB")
            continue
        data = record.reader.read(length)
        if len(data) < length:
            raise _cut(source)
        try:
            draft = _record(data, record, place, url, options)
        except ReadError as e:
            yield e
            continue
        if draft is not None:
            yield draft
    if not seen:
        raise ReadError(source, "the WARC holds no whole record", "it may be cut off")
    if tail.last and not tail.last.endswith(b"\n"):
        raise _cut(source)


def _cut(source: str) -> ReadError:
    return ReadError(source, "the WARC is cut off in the middle of a record", "the records before it were read")


class _Tail:
    """The stream as fastwarc wants it, remembering its last bytes: a whole archive ends with an empty line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.last = stream, b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        if data:
            self.last = data[-2:]
        return data


def _drain(reader: Any) -> int:
    size = 0
    while chunk := reader.read(1 << 16):
        size += len(chunk)
    return size


def _record(data: bytes, record: Any, place: str, url: str, options: ReadOptions) -> Draft | None:
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
        kind = str(record.headers.get("Content-Type") or kind).partition(";")[0].strip().lower()
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
