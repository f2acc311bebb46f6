"""From bytes to letters, when the encoding is told wrongly or not at all.

Arabic pages come in UTF-8, Windows-1256, ISO-8859-6 and UTF-16. UTF-8 proves itself by its form. Between the
single-byte sets only the language decides: in the wrong one the letters after ص come out as others, so the
words of every sentence (في، من، على) and the article are not there.
"""

from __future__ import annotations

import codecs
import re

from musnad.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE = ("cp1256", "iso8859-6", "mac-arabic", "cp1252")
_COMMON = re.compile(
    r"(?<!\w)(?:في|من|على|إلى|الى|أن|ان|عن|مع|التي|الذي|هذا|هذه|كان|بعد|قبل|بين|قال|وقال|ما|لا|أو|كما|خلال|ال\w\w+|وال\w\w+)(?!\w)"
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.I)
_SAMPLE = 1 << 16


def declared(data: bytes) -> str | None:
    """The encoding that a page or XML file names in its first bytes, if Python knows it."""
    m = _DECLARED.search(data[:4096])
    return known(m[1].decode("ascii")) if m else None


def known(name: str | None) -> str | None:
    """Python's name of an encoding of text, or None."""
    try:
        info = codecs.lookup((name or "").strip())
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is 00 or 06 (Arabic), far more often than its neighbour."""
    sample = data[: 4096 & ~1]
    if len(sample) < 8:
        return None
    even = sum(b in (0, 6) for b in sample[::2])
    odd = sum(b in (0, 6) for b in sample[1::2])
    half = len(sample) // 2
    if odd > 0.85 * half and even < 0.4 * half:
        return "utf-16-le"
    if even > 0.85 * half and odd < 0.4 * half:
        return "utf-16-be"
    return None


def _nearly_utf8(data: bytes) -> bool:
    """Whether nearly all bytes above 7F stand in well-formed UTF-8 (a page with a few broken letters)."""
    high = sum(b > 0x7F for b in data)
    if not high:
        return True
    bad = data.decode("utf-8", "replace").count("\ufffd")
    return bad <= max(2, 0.02 * high) and bad * 4 < high


def _plausible(text: str) -> float:
    """How much a text looks like Arabic: common words and articles, less the signs that no Arabic text has."""
    odd = sum("\x80" <= c <= "\x9f" or c == "\ufffd" or ("\u00a1" <= c <= "\u00ff" and c not in "«»°×÷") for c in text)
    return len(_COMMON.findall(text)) - 0.5 * odd


def guess(data: bytes, hint: str | None = None) -> str:
    """The encoding of a text from its bytes; `hint` is what was declared, believed only where it holds."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    wide = _utf16(data)
    if wide:
        return wide
    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1 or len(sample)]
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as e:
        if not (e.end >= len(sample) - 3 and len(data) > _SAMPLE) and not _nearly_utf8(sample):
            return _single(sample, hint)
    return "utf-8"


def _single(sample: bytes, hint: str | None) -> str:
    choices = list(_SINGLE)
    if hint and hint not in choices and not hint.startswith(("utf", "ascii")):
        choices.insert(0, hint)
    scores = []
    for i, name in enumerate(choices):
        score = _plausible(sample.decode(name, "replace")) + (0.5 if name == hint else 0)
        scores.append((score, -i, name))
    return max(scores)[2]


def decode(data: bytes, source: str, forced: str | None = None, hint: str | None = None) -> tuple[str, str | None]:
    """The text of a document and a note when some bytes could not be read. `forced` is the user's word.

    Raises ReadError when the user's encoding is unknown or does not fit, and when the bytes are no text.
    """
    if forced:
        name = known(forced)
        if name is None:
            raise ReadError(source, f"no such encoding: {forced!r}", "use utf-8, windows-1256, iso-8859-6 or utf-16")
        try:
            return data.decode(name), None
        except UnicodeDecodeError as e:
            raise ReadError(source, f"it is not in {forced}: {e.reason} at byte {e.start}") from e
    name = guess(data, known(hint) or declared(data))
    text = data.decode(name, "replace")
    check_text(text, source)
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    return text, f"{bad} letters could not be read as {name}" if bad > 0 else None


def check_text(text: str, source: str) -> None:
    """Refuse what is no text: too many control characters or unreadable bytes."""
    sample = text[:20000]
    odd = sum((c < " " and c not in "\t\n\r\f\x0b\x1a\x1b") or c == "\ufffd" or "\x7f" <= c < "\xa0" for c in sample)
    if odd > 0.05 * len(sample) + 2:
        raise ReadError(source, "it is a binary file, not text", "give a page, text, table, feed, WARC, DOCX or PDF")
