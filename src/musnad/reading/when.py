"""Publication dates as outlets write them, turned into ISO.

Only whole dates are read here (in a column, a meta tag, a line under the headline); dates inside sentences
belong to the Arabic room.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from musnad.arabic.letters import norm

_MONTHS = {
    1: "يناير كانون_الثاني جانفي ينايير january jan",
    2: "فبراير شباط فيفري february feb",
    3: "مارس اذار march mar",
    4: "ابريل نيسان افريل april apr",
    5: "مايو ايار ماي may",
    6: "يونيو حزيران جوان يونيه june jun",
    7: "يوليو تموز جويليه يوليوز يوليه july jul",
    8: "اغسطس اب اوت غشت august aug",
    9: "سبتمبر ايلول شتنبر september sep sept",
    10: "اكتوبر تشرين_الاول october oct",
    11: "نوفمبر تشرين_الثاني نونبر november nov",
    12: "ديسمبر كانون_الاول دجنبر december dec",
}
_MONTH: dict[str, int] = {norm(w.replace("_", " ")): n for n, words in _MONTHS.items() for w in words.split()}
_NAMES = "|".join(sorted((re.escape(w).replace(r"\ ", r"\s+") for w in _MONTH), key=len, reverse=True))

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?", re.I)
_YMD = re.compile(r"(?<!\d)(\d{4})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{1,2})(?!\d)")
_DMY = re.compile(r"(?<!\d)(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?!\d)")
_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*(?:من\s+|-\s*)?(?:شهر\s+)?({_NAMES})(?:\s*[(/\-]\s*(?:{_NAMES})\s*\)?)?\s*[,،\-]?\s*(\d{{4}})(?!\d)",
    re.I,
)
_MONTH_FIRST = re.compile(rf"\b({_NAMES})\s+(\d{{1,2}})\s*[,،]?\s*(\d{{4}})(?!\d)", re.I)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def iso(text: str) -> str | None:
    """An ISO date or date-time for a date as written, or None. ISO input is kept as it stands."""
    text = text.strip()
    m = _ISO.fullmatch(text)
    if m:
        if _day(int(m[1]), int(m[2]), int(m[3])) is None:
            return None
        return text if text[10:11] != " " else text[:10] + "T" + text[11:].replace(" ", "")
    if re.match(r"[A-Za-z]{3},?\s|\d{1,2}\s[A-Za-z]{3}\s", text):
        try:
            return parsedate_to_datetime(text).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    if _EPOCH.fullmatch(text):
        seconds = int(text[:10])
        return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds > 0 else None
    found = find_day(text[:200])
    return found[0] if found else None


def find_day(text: str) -> tuple[str, int, int] | None:
    """The first whole date in a short text that is written as a date: (ISO day, start, end) in its normal form.

    Day before month in slashed dates, as Arabic outlets write; 13/25/2018 is none.
    """
    plain = norm(text)
    best: tuple[str, int, int] | None = None
    for pattern, order in ((_ISO, "ymd"), (_YMD, "ymd"), (_DMY, "dmy"), (_NAMED, "dny"), (_MONTH_FIRST, "ndy")):
        m = pattern.search(plain)
        if m is None or (best is not None and m.start() >= best[1]):
            continue
        parts = {}
        for kind, value in zip(order, m.groups()[:3], strict=True):
            parts[kind] = _MONTH[re.sub(r"\s+", " ", value.lower())] if kind == "n" else int(value)
        found = _day(parts["y"], parts.get("m", parts.get("n", 0)), parts["d"])
        if found is not None:
            best = (found, m.start(), m.end())
    return best
