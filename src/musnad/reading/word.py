"""DOCX: a Word document as a report. The zip and the XML in it are read with bounds; nothing outside is loaded."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from musnad.errors import ReadError
from musnad.reading.crawl import read_text
from musnad.reading.options import MB, Draft, ReadOptions

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_UNPACKED = 8


def read_docx(data: bytes, source: str, options: ReadOptions) -> Draft:
    """The paragraphs of a document, tables cell by cell, in their order."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                raise ReadError(
                    source, "it is a zip archive without a Word document in it", "unpack it and give the folder"
                )
            document = _member(archive, "word/document.xml", source, options)
            core = _member(archive, "docProps/core.xml", source, options) if "docProps/core.xml" in names else b""
    except ReadError:
        raise
    except Exception as e:  # zipfile lets ValueError, struct.error and others of damaged archives through
        raise ReadError(source, f"the Word document is damaged: {e}") from e
    lines = _lines(document, source)
    draft = read_text("\n".join(lines), source)
    title = draft.title or _property(core, "title", source)
    return Draft(**{**draft.__dict__, "title": title})


def _member(archive: zipfile.ZipFile, name: str, source: str, options: ReadOptions) -> bytes:
    """A member of the zip, unpacked up to the limits whatever size its header claims."""
    limit = options.max_document * _UNPACKED
    packed = max(1, archive.getinfo(name).compress_size)
    parts, size = [], 0
    with archive.open(name) as stream:
        while chunk := stream.read(1 << 18):
            size += len(chunk)
            if size > limit or (size > 16 * MB and size > options.max_ratio * packed):
                raise ReadError(source, f"{name} unpacks to more than {size // MB} MB from {packed} bytes: a zip bomb")
            parts.append(chunk)
    return b"".join(parts)


def _xml(data: bytes, source: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        tree = etree.fromstring(data, parser)
    except etree.LxmlError as e:
        raise ReadError(source, f"the Word document is damaged: {e}") from e
    if tree is None:
        raise ReadError(source, "the Word document is damaged: no XML in it")
    return tree


def _lines(document: bytes, source: str) -> list[str]:
    out: list[str] = []
    for paragraph in _xml(document.replace(_STRICT[1:-1].encode(), _W[1:-1].encode()), source).iter(_W + "p"):
        parts: list[str] = []
        for node in paragraph.iter(_W + "t", _W + "tab", _W + "br", _W + "cr", _W + "noBreakHyphen", _W + "p"):
            if node.tag == _W + "t":
                parts.append(node.text or "")
            elif node.tag == _W + "tab":
                parts.append(" ")
            elif node.tag == _W + "noBreakHyphen":
                parts.append("-")
            elif node.tag == _W + "p":
                if node is not paragraph:
                    break  # a text box inside: its paragraphs come by themselves
            else:
                parts.append("\n")
        out.append("".join(parts))
    return out


def _property(core: bytes, name: str, source: str) -> str:
    return " ".join((_xml(core, source).findtext(_DC + name) or "").split()) if core else ""
