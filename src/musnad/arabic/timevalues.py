"""What time expressions mean: their fields, and how these become a day, a month or a year.

Everything relative is counted from the day of publication; without one it stays unresolved and keeps its words.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hijridate import Gregorian, Hijri

from musnad.arabic.timewords import FEASTS

Precision = Literal["day", "month", "year"]
Relation = Literal["at", "since", "until", "before", "after"]
Kind = Literal["day", "weekday", "month", "year", "week", "span", "season", "range", "vague"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an expression means: `value` is an ISO day, month or year, or None when it cannot be told.

    `not_before` and `not_after` are ISO days that bound it, None where there is no bound.
    """

    value: str | None
    precision: Precision | None
    not_before: str | None = None
    not_after: str | None = None


_UNRESOLVED = Resolved(None, None)


@dataclass(frozen=True, slots=True)
class DateExpr:
    """A time expression: tokens `first` to `last`, `body[start:end]`, and what it says.

    `relation` is what the word before makes of it (منذ: since, حتى: until, قبل: before, بعد: after). `part` is the
    part of the day, month or year (فجر، مساء، ليل، مطلع، نهاية). Offsets count from the publication date. `turn` is -1
    for الماضي, 0 for الجاري, 1 for المقبل, None when nothing is said.
    """

    first: int
    last: int
    start: int
    end: int
    kind: Kind
    relation: Relation = "at"
    part: str | None = None
    year: int | None = None
    year_offset: int | None = None
    month: int | None = None
    month_offset: int | None = None
    day: int | None = None
    day_to: int | None = None
    weekday: int | None = None
    weekday_to: int | None = None
    day_offset: int | None = None
    week_offset: int | None = None
    turn: int | None = None
    hijri: bool = False
    back: tuple[int, str] | None = None
    season: int | None = None
    year_to: int | None = None
    feast: str | None = None
    from_month: int | None = None
    future: bool = False

    def resolve(self, published: date | None) -> Resolved:
        """The day, month or year meant, seen from the day of publication."""
        return resolve_expression(self, published)

    @property
    def absolute(self) -> bool:
        """Whether the words alone, without a day of publication, give the year."""
        return self.year is not None


def _iso_day(day: date) -> Resolved:
    iso = day.isoformat()
    return Resolved(iso, "day", iso, iso)


def _iso_month(year: int, month: int) -> Resolved:
    last = calendar.monthrange(year, month)[1]
    return Resolved(
        f"{year:04d}-{month:02d}", "month", f"{year:04d}-{month:02d}-01", f"{year:04d}-{month:02d}-{last:02d}"
    )


def _iso_year(year: int) -> Resolved:
    return Resolved(f"{year:04d}", "year", f"{year:04d}-01-01", f"{year:04d}-12-31")


def _between(first: date, last: date) -> Resolved:
    """A stretch of days: its month, or its year, when it does not leave it."""
    low, high = first.isoformat(), last.isoformat()
    if first == last:
        return Resolved(low, "day", low, high)
    if (first.year, first.month) == (last.year, last.month):
        return Resolved(low[:7], "month", low, high)
    return Resolved(None, None, low, high)


def _shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    k = year * 12 + month - 1 + by
    return k // 12, k % 12 + 1


def resolve_expression(e: DateExpr, published: date | None) -> Resolved:
    try:
        return _resolve_checked(e, published)
    except (ValueError, OverflowError):  # a day that its month does not have: the words give no date
        return _UNRESOLVED


def _resolve_checked(e: DateExpr, published: date | None) -> Resolved:
    if e.feast == "العيد":
        return _resolve_eid(e, published)
    if e.hijri:
        found = _resolve_hijri(e, published)
        if e.feast is not None and e.day is None and found.not_before is not None:
            return _feast_month(e, found)
        return found
    if e.month is not None or e.month_offset is not None:
        return _resolve_month(e, published)
    if e.weekday is not None:
        return _resolve_weekday(e, published)
    if e.day_offset is not None:
        return _UNRESOLVED if published is None else _iso_day(published + timedelta(e.day_offset))
    if e.back is not None:
        back = _resolve_back(e.back, published)
        return back if e.relation != "since" else Resolved(None, None, back.not_before, back.not_after)
    if e.week_offset is not None:
        if published is None:
            return _UNRESOLVED
        start = published - timedelta((published.weekday() + 2) % 7) + timedelta(7 * e.week_offset)
        return Resolved(None, None, start.isoformat(), (start + timedelta(6)).isoformat())
    if e.season is not None and e.year is None and e.year_offset is None:
        if published is None:
            return _UNRESOLVED
        return _iso_year(
            published.year - 1 if published.month <= e.season and (e.turn is None or e.turn < 0) else published.year
        )
    if e.year is not None and e.year_to is not None:
        return Resolved(None, None, f"{e.year:04d}-01-01", f"{e.year_to:04d}-12-31")
    if e.year is not None:
        return _iso_year(e.year)
    if e.year_offset is not None:
        return _UNRESOLVED if published is None else _iso_year(published.year + e.year_offset)
    return _UNRESOLVED


def _resolve_eid(e: DateExpr, published: date | None) -> Resolved:
    """العيد alone: the last of the two great feasts that had begun, or one that is at most three weeks ahead."""
    if published is None:
        return _UNRESOLVED
    year = Gregorian(published.year, published.month, published.day).to_hijri().year
    starts: list[tuple[date, int]] = []
    for name in ("الفطر", "الاضحي"):
        month, day, length = FEASTS[name]
        for y in (year - 1, year, year + 1):
            start = Hijri(y, month, day).to_gregorian()
            starts.append((date(start.year, start.month, start.day), length))
    past = [s for s in starts if s[0] <= published]
    coming = [s for s in starts if published < s[0] <= published + timedelta(21)]
    begin, days = max(past)
    if coming and (published - begin).days > 21:
        begin, days = min(coming)
    if e.day is not None:
        return _iso_day(begin + timedelta(e.day - 1))
    return _between(begin, begin + timedelta(days - 1))


def _feast_month(e: DateExpr, month: Resolved) -> Resolved:
    """A feast as a whole: its days, as fine as the month that holds them."""
    first, length = FEASTS[e.feast or ""][1:]
    start = date.fromisoformat(month.not_before or "") + timedelta(first - 1)
    return _between(start, start + timedelta(length - 1))


def _resolve_month(e: DateExpr, published: date | None) -> Resolved:
    year = e.year
    if year is None and e.year_offset is not None:
        if published is None:
            return _UNRESOLVED
        year = published.year + e.year_offset
    month = e.month
    if month is None:
        if published is None:
            return _UNRESOLVED
        year, month = _shift_month(published.year, published.month, e.month_offset or 0)
    elif year is None:
        if published is None:
            return _UNRESOLVED
        if e.from_month is not None and e.turn is None:  # من آذار إلى نيسان: the year of the first, or the next
            start = _year_of(e.from_month, None, None, published)
            year = start if month >= e.from_month else start + 1
        else:
            year = _year_of(month, e.day, 2 if e.future and e.turn is None else e.turn, published)
    if e.day is None:
        return _iso_month(year, month)
    first = date(year, month, e.day)
    if e.day_to is not None and e.day_to > e.day:
        stretch = _between(first, date(year, month, e.day_to))
        return (
            stretch if e.kind == "range" else Resolved(first.isoformat(), "day", stretch.not_before, stretch.not_after)
        )
    return _iso_day(first)


def _year_of(month: int, day: int | None, turn: int | None, published: date) -> int:
    """The year of a month told without one: the last such month not after publication, unless المقبل says otherwise.

    A day later in the month of publication, or in the next month, is still to come.
    """
    here = published.year
    if turn == 2:  # told as to come, this month or this very day included
        return here if (month, day or 31) >= (published.month, published.day) else here + 1
    if turn == 1:
        return (
            here if month > published.month or (month == published.month and (day or 0) > published.day) else here + 1
        )
    if turn == 0:
        return here
    if turn == -1:
        if month == published.month and day is not None:
            return here if day <= published.day else here - 1
        return here if month < published.month else here - 1
    if month == published.month:
        return here
    if day is not None and _shift_month(here, published.month, 1)[1] == month and day <= published.day:
        return _shift_month(here, published.month, 1)[0]
    return here if month < published.month else here - 1


def _resolve_weekday(e: DateExpr, published: date | None) -> Resolved:
    if published is None or e.weekday is None:
        return _UNRESOLVED
    ago = (published.weekday() - e.weekday) % 7
    if e.turn == 1:
        day = published + timedelta((e.weekday - published.weekday() - 1) % 7 + 1)
    elif e.turn == 2:
        day = published + timedelta((e.weekday - published.weekday() - 1) % 7 + 8)
    elif e.turn == -1:
        day = published - timedelta(ago or 7)
    elif e.turn == -2:
        day = published - timedelta((ago or 7) + 7)
    elif e.future or (e.day_offset is not None and e.day_offset > 0):
        day = published + timedelta((e.weekday - published.weekday()) % 7)
    else:
        day = published - timedelta(ago)
    if e.weekday_to is not None and e.kind == "range":
        later = day + timedelta((e.weekday_to - e.weekday) % 7)
        if later > published and e.turn is None and not e.future:
            day, later = day - timedelta(7), later - timedelta(7)
        return _between(day, later)
    return _iso_day(day)


def _resolve_back(back: tuple[int, str], published: date | None) -> Resolved:
    """A span counted back from publication (قبل يومين، قبل أسبوع، قبل عام): as fine as its unit."""
    if published is None or back[0] == 0:
        return _UNRESOLVED
    count, unit = back
    if unit == "day":
        return _iso_day(published - timedelta(count))
    if unit == "week":
        return _iso_day(published - timedelta(7 * count))
    if unit == "month":
        return _iso_month(*_shift_month(published.year, published.month, -count))
    if unit == "year" and count < published.year:
        return _iso_year(published.year - count)
    return _UNRESOLVED


def _resolve_hijri(e: DateExpr, published: date | None) -> Resolved:
    month = e.month
    year = e.year
    if published is not None and 1924 < published.year < 2077:
        today = Gregorian(published.year, published.month, published.day).to_hijri()
        if month is None and e.month_offset is not None:
            year, month = _shift_month(today.year, today.month, e.month_offset)
        if year is None and e.year_offset is not None:
            year = today.year + e.year_offset
        if year is None and month is not None:
            year = today.year
            if e.turn == 1:
                year += month < today.month or (month == today.month and (e.day or 0) <= today.day)
            elif e.turn == -1:
                year -= month >= today.month
            elif month > today.month:
                year -= 1
    if year is None:
        return _UNRESOLVED
    if month is None:
        first, last = Hijri(year, 1, 1).to_gregorian(), Hijri(year, 12, 29).to_gregorian()
        return Resolved(None, None, first.isoformat(), last.isoformat())
    if e.day is not None:
        if e.feast is not None and e.day == 0:  # the eve
            first_day = Hijri(year, month, 1).to_gregorian()
            return _iso_day(date(first_day.year, first_day.month, first_day.day) - timedelta(1))
        first = Hijri(year, month, e.day).to_gregorian()
        if e.day_to is not None and e.day_to > e.day:
            return _between(first, Hijri(year, month, e.day_to).to_gregorian())
        return _iso_day(date(first.year, first.month, first.day))
    # a whole Hijri month: the Gregorian month that holds its middle
    length = Hijri(year, month, 1).month_length()
    first, last = Hijri(year, month, 1).to_gregorian(), Hijri(year, month, length).to_gregorian()
    middle: date = Hijri(year, month, 15).to_gregorian()
    if published is not None and first <= published <= last:
        middle = published
    return Resolved(f"{middle.year:04d}-{middle.month:02d}", "month", first.isoformat(), last.isoformat())
