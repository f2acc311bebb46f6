"""PDF with a text layer: glyphs at places on a page, turned back into Arabic lines.

A PDF stores Arabic in any order: as read, as seen from left to right, in presentation forms, with lam-alef as one
glyph. Only the places of the glyphs can be trusted. So each line is sorted by place and read from the right; what
runs from left to right in it (numbers, Latin words) is turned round again, and brackets are put to face each other.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from musnad.errors import ReadError
from musnad.reading.crawl import read_text
from musnad.reading.options import MB, Draft, ReadOptions

_MAX_PAGES = 2000
_UNPACKED = 8
_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_INNER = ".,:/-%'’_@&٫٬"
_OPENING, _CLOSING = "([{«", ")]}»"
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_PAGE_NUMBER = re.compile(r"\W*(?:صفحة|page)?\W*\d{1,4}\W*(?:(?:من|/|of)\W*\d{1,4}\W*)?", re.I)


@dataclass
class Glyph:
    """One piece of text on a page and where it stands."""

    text: str
    x0: float
    x1: float
    size: float


@dataclass
class Line:
    """A line of glyphs with its box (points, origin at the lower left)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float = 0.0


def read_pdf(data: bytes, source: str, options: ReadOptions) -> Draft:
    """The text of a PDF, page by page, from top to bottom and from the right column to the left one."""
    _check_streams(data, source, options)
    try:
        pages, title = _pages(data, source)
        paragraphs = [p for page in pages for p in _paragraphs(page)]
    except ReadError:
        raise
    except Exception as e:  # pdfminer raises many kinds for damaged files, KeyError and struct.error among them
        raise ReadError(source, f"the PDF is damaged or locked: {type(e).__name__} {e}".rstrip()) from e
    if not any(c.isalpha() for p in paragraphs for c in p):
        raise ReadError(source, "the PDF has no text layer", "it holds pictures of pages: run text recognition first")
    draft = read_text("\n".join(paragraphs), source)
    if re.search("[\u0621-\u064a]", title):
        draft = Draft(**{**draft.__dict__, "title": draft.title or title})
    return draft


def _check_streams(data: bytes, source: str, options: ReadOptions) -> None:
    """Refuse a PDF whose packed streams hold far more than a document does, before anything unpacks them whole."""
    limit, size = options.max_document * _UNPACKED, 0
    for m in re.finditer(rb"stream\r?\n(?=\x78[\x01\x5e\x9c\xda])", data):
        engine, rest = zlib.decompressobj(), memoryview(data)[m.end() :]
        pending: bytes | memoryview = rest[: 1 << 16]
        at = len(pending)
        while pending and not engine.eof:
            try:
                size += len(engine.decompress(pending, 1 << 20))
            except zlib.error:
                break
            if size > limit:
                raise ReadError(source, f"the PDF unpacks to more than {limit // MB} MB: a zip bomb")
            pending = engine.unconsumed_tail
            if not pending:
                pending = rest[at : at + (1 << 16)]
                at += len(pending)


def _pages(data: bytes, source: str) -> tuple[list[list[list[Line]]], str]:
    """The pages as boxes of lines, and the title that the file declares."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTContainer, LTTextBox, LTTextLine
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    document = PDFDocument(PDFParser(io.BytesIO(data)))
    manager = PDFResourceManager()
    device = PDFPageAggregator(
        manager, laparams=LAParams(boxes_flow=None, char_margin=3.0, line_margin=0.6, all_texts=True)
    )
    interpreter = PDFPageInterpreter(manager, device)
    pages: list[list[list[Line]]] = []

    def boxes(container: Any) -> Iterator[list[Line]]:
        for item in container:
            if isinstance(item, LTTextBox):
                lines = [_line(each) for each in item if isinstance(each, LTTextLine)]
                yield [each for each in lines if each.text.strip()]
            elif isinstance(item, LTContainer):
                yield from boxes(item)

    for i, page in enumerate(PDFPage.create_pages(document)):
        if i >= _MAX_PAGES:
            raise ReadError(source, f"the PDF has more than {_MAX_PAGES} pages", "split it")
        interpreter.process_page(page)
        pages.append([box for box in boxes(device.get_result()) if box])
    return pages, _declared_title(document)


def _declared_title(document: Any) -> str:
    from pdfminer.utils import decode_text

    for info in document.info:
        value = info.get("Title")
        if isinstance(value, bytes):
            return " ".join(decode_text(value).split())
    return ""


def _line(line: Any) -> Line:
    from pdfminer.layout import LTChar

    glyphs = [Glyph(c.get_text(), c.x0, c.x1, c.size) for c in line if isinstance(c, LTChar)]
    sizes = sorted(g.size for g in glyphs)
    size = round(sizes[len(sizes) // 2], 1) if sizes else 0.0
    return Line(reorder(glyphs), line.x0, line.y0, line.x1, line.y1, size)


# --- one line ----------------------------------------------------------------------------------------------------


def reorder(glyphs: list[Glyph]) -> str:
    """The text of one line in reading order, from glyphs in any order."""
    seen = _with_spaces(_attach_marks(glyphs))
    joined = "".join(seen)
    arabic = sum("\u0600" <= c <= "\u06ff" or "\ufb50" <= c <= "\ufefc" for c in joined)
    latin = sum(c.isalpha() and c < "\u0250" for c in joined)
    ltr = arabic == 0 or latin > 2 * arabic
    text = joined if ltr else _facing("".join(_turn_runs(seen[::-1])))
    text = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return re.sub(r" {2,}", " ", text).strip()


def _attach_marks(glyphs: list[Glyph]) -> list[Glyph]:
    """Vowel signs put behind the letter that they stand over, all from left to right."""
    letters = sorted((g for g in glyphs if not _is_mark(g.text)), key=lambda g: (g.x0, g.x1))
    for mark in (g for g in glyphs if _is_mark(g.text)):
        middle = (mark.x0 + mark.x1) / 2
        bases = [g for g in letters if g.text.strip()]
        if bases:
            base = min(bases, key=lambda g: max(g.x0 - middle, middle - g.x1, 0.0))
            base.text += mark.text
    return letters


def _is_mark(text: str) -> bool:
    return bool(text) and all(unicodedata.combining(c) for c in text)


def _with_spaces(glyphs: list[Glyph]) -> list[str]:
    """The glyphs' texts from left to right, with a space wherever the gap is wider than any within a word."""
    out: list[str] = []
    for i, glyph in enumerate(glyphs):
        if i and glyph.x0 - glyphs[i - 1].x1 > 0.14 * max(glyph.size, 1.0) and out[-1].strip() and glyph.text.strip():
            out.append(" ")
        out.append(glyph.text.replace("\u00a0", " ") if glyph.text.strip() else " ")
    return out


def _direction(text: str) -> str:
    """L for Latin letters, N for digits, R for Arabic letters, and - for what takes the direction around it."""
    c = text[:1]
    if c.isdigit():
        return "N"
    if "\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufefc":
        return "R" if c.isalpha() else "-"
    return "L" if c.isalpha() else "-"


def _turn_runs(pieces: list[str]) -> list[str]:
    """Runs from left to right turned round again: numbers with their points, Latin words with their spaces."""
    out: list[str] = []
    i = 0
    while i < len(pieces):
        kind = _direction(pieces[i])
        if kind not in "LN":
            out.append(pieces[i])
            i += 1
            continue
        end = j = i
        latin = False
        while j < len(pieces):
            now = _direction(pieces[j])
            if now in "LN":
                latin = latin or now == "L"
                end = j + 1
            elif (
                now == "R" or (j - end >= 1 and not latin) or not (pieces[j] in _INNER or (latin and pieces[j] == " "))
            ):
                break
            j += 1
        out.extend(pieces[i:end][::-1])
        i = end
    return out


def _facing(text: str) -> str:
    """Brackets as written: some files store the glyph's shape, others the letter. The way in which they face wins."""
    swapped = text.translate(_MIRROR)
    return swapped if _pairs(swapped) > _pairs(text) else text


def _pairs(text: str) -> int:
    score, depth = 0, 0
    for c in text:
        if c in _OPENING:
            depth += 1
        elif c in _CLOSING:
            score += 1 if depth > 0 else -1
            depth = max(0, depth - 1)
    return score - depth


# --- one page ----------------------------------------------------------------------------------------------------


def _paragraphs(boxes: list[list[Line]]) -> list[str]:
    """The paragraphs of a page. A line that stops well before the left margin with a full stop ends its paragraph.
    A headline set in large type over several lines is one paragraph."""
    out: list[str] = []
    every = sorted(line.size for box in boxes for line in box)
    large = 1.15 * every[len(every) // 2] if every else 0.0
    last = 0.0
    for box in _ordered(boxes):
        left, right = min(each.x0 for each in box), max(each.x1 for each in box)
        kept: list[str] = []
        for line in sorted(box, key=lambda each: (-each.y1, -each.x1)):
            if _PAGE_NUMBER.fullmatch(line.text):
                continue
            kept.append(line.text)
            if line.x0 - left > 0.12 * (right - left) and line.text[-1:] in '.؟!:»"':
                out.append(" ".join(kept))
                kept = []
        if kept:
            size = box[0].size
            if out and size == last > large and out[-1][-1] not in ".؟!:":
                out[-1] += " " + " ".join(kept)
            else:
                out.append(" ".join(kept))
            last = size
    return out


def _ordered(boxes: list[list[Line]]) -> list[list[Line]]:
    """Boxes in reading order: cut the page where white runs across it, then where it runs down it, right part first."""
    return [f.lines for f in _cut([Frame.around(b) for b in boxes], 0)]


@dataclass(frozen=True)
class Frame:
    """A box of lines with its extents along x and y."""

    x: tuple[float, float]
    y: tuple[float, float]
    lines: list[Line]

    @classmethod
    def around(cls, lines: list[Line]) -> Frame:
        """The frame of a box."""
        return cls(
            (min(each.x0 for each in lines), max(each.x1 for each in lines)),
            (min(each.y0 for each in lines), max(each.y1 for each in lines)),
            lines,
        )


def _cut(frames: list[Frame], depth: int) -> list[Frame]:
    if len(frames) > 1 and depth < 40:
        for axis in ("y", "x"):
            groups = _split(frames, axis)
            if len(groups) > 1:
                return [f for group in reversed(groups) for f in _cut(group, depth + 1)]
    return sorted(frames, key=lambda f: (-f.y[1], -f.x[1]))


def _split(frames: list[Frame], axis: str) -> list[list[Frame]]:
    """Groups of frames whose extents along one axis do not touch, from low to high."""
    groups: list[list[Frame]] = []
    reach = float("-inf")
    for frame in sorted(frames, key=lambda f: f.x if axis == "x" else f.y):
        low, high = frame.x if axis == "x" else frame.y
        if low >= reach - 0.5:
            groups.append([])
        groups[-1].append(frame)
        reach = max(reach, high)
    return groups
