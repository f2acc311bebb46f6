"""What kind of input a stream is, told by its first bytes; its name only decides between kinds of text."""

from __future__ import annotations

import json
import re
from typing import Literal

from musnad.errors import ReadError
from musnad.reading.decode import guess
from musnad.reading.rows import SYNONYMS

Kind = Literal["text", "jsonl", "json", "table", "parquet", "html", "feed", "warc", "docx", "pdf"]

_OTHER = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", "save it as .docx"),
    (b"\x89PNG", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""),
    (b"GIF8", "a picture", ""),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"\xfd7zXZ\x00", "an xz file", "unpack it first, or pack it with gzip or zstd"),
    (b"BZh", "a bzip2 file", "unpack it first, or pack it with gzip or zstd"),
    (b"SQLite format 3", "a SQLite database", "export the table as CSV or JSON Lines"),
    (b"\x7fELF", "a program", ""),
    (b"OggS", "a sound or film", ""),
    (b"ID3", "a sound", ""),
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|h1|table|span|a)[\s>/]", re.I)
WRAPPERS = ("reports", "articles", "items", "data", "results", "docs", "documents", "messages", "chats")
"""Keys under which a JSON document holds its list of reports."""
DELIMITERS = ",;\t|"


def tell(start: bytes, name: str) -> Kind:
    """The kind of a stream from its first bytes and its name. Raises ReadError for what cannot be read."""
    if not start:
        raise ReadError(name, "the file is empty")
    for magic, what, hint in _OTHER:
        if start.startswith(magic):
            raise ReadError(name, f"it is {what}, not a report", hint)
    if start.startswith(b"WARC/"):
        return "warc"
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        if b"word/" in start or b"[Content_Types].xml" in start or name.lower().endswith((".docx", ".docm")):
            return "docx"
        raise ReadError(name, "it is a zip archive", "unpack it and give the folder")
    return _text_kind(start.decode(guess(start), "replace").lstrip("\ufeff"), extension(name))


def extension(name: str) -> str:
    """The extension of a name, without a dot and without .gz or .zst."""
    base = re.sub(r"\.(?:gz|gzip|zst|zstd)$", "", name.lower().split("?")[0])
    m = re.search(r"\.([a-z0-9]{1,8})$", base)
    return m[1] if m else ""


def _text_kind(text: str, ext: str) -> Kind:
    body = text.lstrip()
    if ext in ("jsonl", "ndjson"):
        return "jsonl"
    if ext in ("csv", "tsv", "tab"):
        return "table"
    if body[:1] in ("{", "["):
        kind = _json_kind(body)
        if kind is not None or ext == "json":
            return kind or "json"
    if body[:1] == "<" or ext in ("html", "htm", "xhtml", "xml", "rss", "atom"):
        if _FEED.search(body[:4096]):
            return "feed"
        if ext in ("html", "htm", "xhtml") or _HTML.search(body[:8192]):
            return "html"
        if ext in ("xml", "rss", "atom"):
            return "feed"
    if ext in ("", "dat") and is_table(body):
        return "table"
    return "text"


def _json_kind(body: str) -> Kind | None:
    """JSON Lines when the first line is a whole object, JSON when it opens one; None when it is neither."""
    first, newline, _ = body.partition("\n")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        if re.match(r"[\[{]\s*(?:[\[{\"\]}]|-?\d|$)", body) is None:
            return None
        # A broken first line of many: the second one tells.
        second = body[len(first) + 1 :].lstrip().partition("\n")[0]
        return "jsonl" if newline and first.startswith("{") and second.startswith('{"') else "json"
    wrapped = isinstance(value, list) or any(isinstance(value.get(k), list | dict) for k in WRAPPERS)
    return "json" if wrapped else "jsonl"


def delimiter(header: str) -> str:
    """The sign that parts the columns of a header line."""
    return max(DELIMITERS, key=lambda d: (header.count(d), -DELIMITERS.index(d)))


def is_table(body: str) -> bool:
    """Whether a text without a telling name begins with a header line that names a body and another column."""
    header = re.split(r"[\r\n]", body, maxsplit=1)[0]
    if len(header) > 2000:
        return False
    cells = {c.strip(' "').lower() for c in header.split(delimiter(header))}
    known = [part for part, names in SYNONYMS.items() if cells & set(names)]
    return "body" in known and len(known) > 1
