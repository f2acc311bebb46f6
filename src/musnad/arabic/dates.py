"""Dates as Arabic news tells them, found on tokens and resolved against the day of publication.

Three families of month names and their doubles (9 آذار/مارس الجاري), Hijri dates, numeric dates, weekdays, أمس and
its kin, parts of the day, spans (قبل يومين) and periods (الشهر الماضي، مطلع العام الجاري). An expression is kept
whether or not it can be resolved: without a day of publication relative ones stay null and keep their words.

A phrase is read left to right from a trigger word or a number; what stands side by side and means one time is one
expression (مساء أمس الثلاثاء 20 حزيران/يونيو 2023).
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from hijridate import Gregorian, Hijri

from musnad.arabic import numbers
from musnad.arabic.letters import norm
from musnad.arabic.text import Token
from musnad.arabic.wordlists import table, words

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
        return _resolve(self, published)

    @property
    def absolute(self) -> bool:
        """Whether the words alone, without a day of publication, give the year."""
        return self.year is not None


# ---------------------------------------------------------------------------------------------- resolving


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


def _resolve(e: DateExpr, published: date | None) -> Resolved:
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
        month, day, length = _FEASTS[name]
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
    first, length = _FEASTS[e.feast or ""][1:]
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


# ---------------------------------------------------------------------------------------------- words


@dataclass(frozen=True, slots=True)
class _MonthName:
    month: int
    hijri: bool
    needs: str  # "-", "hint", "day"


def _month_names() -> dict[tuple[str, ...], _MonthName]:
    out: dict[tuple[str, ...], _MonthName] = {}
    for cal, month, needs, names in table("months.tsv"):
        for name in names.split(","):
            out.setdefault(tuple(norm(name).split()), _MonthName(int(month), cal == "hijri", needs))
    return out


_MONTHS = _month_names()
_MONTH_HEADS = {parts[0] for parts in _MONTHS}

_WEEKDAYS = {
    "الاثنين": 0, "الإثنين": 0, "الثلاثاء": 1, "الثلثاء": 1, "الثلاثا": 1, "الاربعاء": 2, "الاربعا": 2,
    "الخميس": 3, "الجمعه": 4, "السبت": 5, "الاحد": 6, "الثلاتاء": 1, "الاتنين": 0,
}  # fmt: skip
_WEEKDAYS = {norm(k): v for k, v in _WEEKDAYS.items()}

_DAY_PARTS = words(
    "فجر صباح صباحا ضحى ضحي ظهر ظهيره عصر مغرب مساء ليل ليله ليلا سحر غروب عشاء عشيه نهار منتصف بعد قبل وقت ساعات ساعه"
)
_PLAIN_PARTS = words("فجر صباح ضحي ظهر ظهيره عصر مغرب مساء ليل ليله غروب عشيه نهار سحر")
_NIGHT = words("ليل ليله ليلا فجر")
_PERIOD_PARTS = words("مطلع بدايه اوائل اول اواخر نهايه اخر منتصف اواسط وسط خلال طوال طيله غره مستهل ختام بدء نصف ربع")
_PAST = words(
    "الماضي الماضية الفائت الفائتة المنصرم المنصرمة الفارط المنقضي المنقضية السابق السابقة السالف الماضيين"
    " الماضيتين المنصرمين الفائتين الأخيرين الفارطة"
)
_PERIOD_ADJECTIVES = words("ال القليلة القلائل المعدودة")
_YEAR_ADJECTIVES = words("الدراسي المالي الهجري الدراسية المالية الجامعي القضائي")
_NOW = words("الجاري الحالي الحاليه الجاريه الراهن")
_NEXT = words("المقبل القادم الاتي المقبله القادمه الاتيه التالي اللاحق")
_SAME = words("نفسه ذاته عينه نفسها ذاتها عينها المذكور")
_DAY_OFFSETS = {
    "امس": -1, "البارحه": -1, "بارحه": -1, "اليوم": 0, "غدا": 1, "غد": 1, "الغد": 1, "الليله": 0, "البارح": -1,
}  # fmt: skip

# what makes اليوم, أمس or a weekday part of a name or of a set phrase
_NAME_BEFORE = words(
    "صحيفه جريده قناه موقع مجله وكاله مصر عين روسيا المصري اخبار الاخبار كتائب دار شبكه برنامج منصه اذاعه صوت"
    " اليمن العراق سوريا لبنان فلسطين الاردن السودان ليبيا المغرب الجزائر تونس الخليج راي العرب الشرق كوريا"
)
_NOT_TODAY_AFTER = words(
    "العالمي الدولي الوطني التالي السابق الواحد نفسه ذاته الاول الثاني الثالث الرابع الخامس السادس السابع"
    " الثامن التاسع العاشر الحادي العشرين الثلاثين الاخير الذي المقبل القادم المفتوح الدراسي الختامي الافتتاحي"
    " المشهود الموعود العربي الاسود الابيض الاخر الاعلامي التاريخي ال"
)
_NOT_TODAY_BEFORE = words("ذلك لذلك تلك لهذا ذاك في")
_EVENT_NAMES = words(
    "ثوره ميدان مدينه جسر حركه حرب شارع كوبري جامعه ملعب استاد انتفاضه بمدينه ثورتي حزب نادي شباب مجموعه كتيبه"
    " لواء ساحه مستشفي مدرسه قاعه حي تحالف الثوره"
)
# feasts of the Hijri calendar: month, first day, length in days
_FEASTS = {"الفطر": (10, 1, 3), "الاضحي": (12, 10, 4), "عاشوراء": (1, 10, 1)}
_NTH = {"اول": 1, "ثاني": 2, "ثالث": 3, "رابع": 4}
_BEFORE_FEAST = words("في خلال أيام يوم صباح ليلة منذ قبل بعد عشية ثاني ثالث أول رابع إجازة عطلة وخلال وفي فجر مساء")
_UNITS = {
    "يوم": (1, "day"), "يومين": (2, "day"), "ايام": (0, "day"), "يوما": (0, "day"), "بيوم": (1, "day"),
    "بيومين": (2, "day"), "بايام": (0, "day"),
    "اسبوع": (1, "week"), "اسبوعين": (2, "week"), "اسابيع": (0, "week"), "اسبوعا": (0, "week"),
    "شهر": (1, "month"), "شهرين": (2, "month"), "اشهر": (0, "month"), "شهور": (0, "month"), "شهرا": (0, "month"),
    "عام": (1, "year"), "عامين": (2, "year"), "اعوام": (0, "year"), "عاما": (0, "year"),
    "سنه": (1, "year"), "سنتين": (2, "year"), "سنوات": (0, "year"), "سنين": (0, "year"),
    "ساعه": (0, "hour"), "ساعات": (0, "hour"), "ساعتين": (0, "hour"), "دقائق": (0, "hour"), "دقيقه": (0, "hour"),
    "قليل": (0, "hour"), "لحظات": (0, "hour"),
    "عقد": (0, "decade"), "عقدين": (0, "decade"), "عقود": (0, "decade"), "قرن": (0, "decade"), "قرون": (0, "decade"),
}  # fmt: skip
_SOFTENERS = words("نحو حوالي قرابه زهاء")
_YEAR_HEADS = words("عام العام سنه السنه لعام للعام لسنه بعام")
_YEAR_PAIRS = words("عامي العامين سنتي الاعوام اعوام سنوات")
_BEFORE_YEAR = words(
    "في منذ خلال حتي صيف شتاء خريف ربيع نهايه بدايه مطلع اواخر اوائل منتصف قبل بعد وفي ومنذ حدود"
    " بحلول وخلال إلى حتى لغاية"
)
_SEASONS = {"الربيع": 5, "الصيف": 9, "الخريف": 11, "الشتاء": 3}
_BARE_SEASONS = {"ربيع": 5, "صيف": 9, "خريف": 11, "شتاء": 3}
_PERIODS = {
    "الشهر": "month", "شهر": "month", "العام": "year", "السنه": "year", "الاسبوع": "week", "الايام": "vague",
    "الاشهر": "vague", "السنوات": "vague", "الاعوام": "vague", "الاسابيع": "vague", "الساعات": "vague",
    "الفتره": "vague", "العقد": "vague", "القرن": "vague", "العقود": "vague", "الشهور": "vague", "الاسبوعين": "vague",
    "اليومين": "vague", "الشهرين": "vague", "العامين": "vague", "الموسم": "vague", "الليله": "night", "الليل": "night",
}  # fmt: skip
_RELATIONS: dict[str, Relation] = {
    "منذ": "since", "مند": "since", "ومنذ": "since", "حتي": "until", "وحتي": "until", "لغايه": "until",
    "الي": "until", "قبل": "before", "قبيل": "before", "بعد": "after", "عقب": "after",
}  # fmt: skip
_DASHES = frozenset(["-", "–", "—", "ـ", "/", "\\", "−"])


@lru_cache(maxsize=1 << 15)
def _trigger(form: str) -> str | None:
    """The time word inside a form, leading particles taken off; None for all other words."""
    for head in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب"):
        if head and not form.startswith(head):
            continue
        rest = form[len(head) :]
        if rest in _ALL:
            return rest
        if head.endswith("ل") and rest.startswith("ل") and "ا" + rest in _ALL:  # للعام → العام
            return "ا" + rest
    return None


_ALL: frozenset[str] = frozenset(
    _MONTH_HEADS
    | set(_WEEKDAYS)
    | set(_DAY_OFFSETS)
    | _PLAIN_PARTS
    | _YEAR_HEADS
    | _YEAR_PAIRS
    | set(_SEASONS)
    | set(_BARE_SEASONS)
    | set(_PERIODS)
    | {
        "قبل",
        "منذ",
        "مند",
        "اول",
        "الاول",
        "يوم",
        "يومي",
        "هذا",
        "هذه",
        "منتصف",
        "مطلع",
        "بدايه",
        "اوائل",
        "اواخر",
        "نهايه",
    }
    | {"اواسط", "مستهل", "غره", "ختام", "وقت", "بعد", "عيد", "العيد", "عاشوراء"}
)


@dataclass(slots=True)
class _Draft:
    """An expression being read."""

    first: int
    last: int
    kind: Kind = "day"
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
    pair: bool = False
    same: str = ""
    relation: Relation | None = None
    more: list[_Draft] = field(default_factory=list)

    def date_known(self) -> bool:
        return self.month is not None or self.month_offset is not None


class _Reader:
    """Reads the expressions of one text."""

    def __init__(self, tokens: Sequence[Token], body: str) -> None:
        self.tokens = tokens
        self.body = body
        self.n = len(tokens)

    def form(self, i: int) -> str:
        return self.tokens[i].norm if 0 <= i < self.n else ""

    def word(self, i: int) -> str:
        """The time word at `i` without leading particles, or the form itself."""
        if not 0 <= i < self.n or self.tokens[i].kind != "word":
            return self.form(i)
        return _trigger(self.tokens[i].norm) or self.tokens[i].norm

    def line_break(self, i: int) -> bool:
        """Whether a line ends between tokens `i - 1` and `i`."""
        return 0 < i < self.n and "\n" in self.body[self.tokens[i - 1].end : self.tokens[i].start]

    # ---- pieces: each returns the index after what it read, or `i` when nothing is there

    def month_name(self, i: int, *, bare: bool = True) -> tuple[_MonthName | None, int]:
        """A month name, with its double (آذار/مارس، يوليو (تموز)، يوليو تموز) swallowed."""
        name, k = self._one_month(i, bare)
        if name is None:
            return None, i
        j = k
        form = self.form(j)
        closing = False
        if form in ("/", "-", "\\", "–", "ـ", "|"):
            j += 1
        elif form in ("(", "["):
            j += 1
            closing = True
        second, after = self._one_month(j, False)
        if second is not None and second.hijri == name.hijri:
            k = after
            if second.month != name.month and form not in ("-", "–", "ـ"):
                name = second  # a slip: the second, common name is trusted
            if closing and self.form(k) in (")", "]"):
                k += 1
        return name, k

    def _one_month(self, i: int, bare: bool) -> tuple[_MonthName | None, int]:
        if not 0 <= i < self.n or self.tokens[i].kind != "word":
            return None, i
        form = self.tokens[i].norm
        heads = (form, self.word(i)) if bare else (form,)
        for head in heads:
            if head not in _MONTH_HEADS:
                continue
            two = _MONTHS.get((head, self.form(i + 1)))
            if two is not None:
                return two, i + 2
            one = _MONTHS.get((head,))
            if one is not None:
                return one, i + 1
        return None, i

    def day_number(self, i: int) -> tuple[int, int]:
        """A day of the month in digits or as an ordinal; (0, i) when none."""
        if not 0 <= i < self.n:
            return 0, i
        token = self.tokens[i]
        if token.kind == "number":
            return (int(token.norm), i + 1) if token.norm.isdigit() and 1 <= int(token.norm) <= 31 else (0, i)
        if token.kind != "word":
            return 0, i
        if token.norm in ("ال", "لل", "بال", "وال") and i + 1 < self.n and self.tokens[i + 1].kind == "number":
            return self.day_number(i + 1)
        value, last = numbers.ordinal_at(self.tokens, i)
        if 1 <= value <= 31 and not (last == i and token.norm.endswith(("ه", "ولي"))):  # السابعة numbers no day
            return value, last + 1
        return 0, i

    def turn(self, i: int) -> tuple[int | None, int]:
        """الماضي، الجاري، المقبل, قبل الماضي."""
        form = self.form(i)
        if form in _PAST:
            return -1, i + 1
        if form in _NOW:
            return 0, i + 1
        if form in _NEXT:
            return 1, i + 1
        if form in ("قبل", "ماقبل") and self.form(i + 1) in _PAST:
            return -2, i + 2
        if form == "ما" and self.form(i + 1) == "قبل" and self.form(i + 2) in _PAST:
            return -2, i + 3
        if form == "بعد" and self.form(i + 1) in _NEXT:
            return 2, i + 2
        return None, i

    def year_after(self, i: int, draft: _Draft) -> int:
        """A year or a turn after a month: 2015، عام 2015، من العام الماضي، الجاري."""
        token = self.tokens[i] if i < self.n else None
        if token is None or self.line_break(i):
            return i
        if token.kind == "number":
            year = _year(token.norm, draft.hijri)
            if year:
                draft.year = year
                return self._era(i + 1, draft)
            return i
        k = i
        if self.form(k) in ("،", ",", "/", "-") and k + 1 < self.n and self.tokens[k + 1].kind == "number":
            year = _year(self.tokens[k + 1].norm, draft.hijri)
            if year:
                draft.year = year
                return self._era(k + 2, draft)
            return i
        if self.form(k) in ("من", "في"):
            k += 1
        word = self.form(k)
        if word in _YEAR_HEADS:
            if k + 1 < self.n and self.tokens[k + 1].kind == "number":
                year = _year(self.tokens[k + 1].norm, draft.hijri)
                if year:
                    draft.year = year
                    return self._era(k + 2, draft)
            turn, after = self.turn(k + 1)
            if turn is not None:
                draft.year_offset = turn
                return after
            if self.form(k + 1) in _SAME:
                draft.same = "year"
                return k + 2
            return i
        if word in ("هذا", "هذه") and self.form(k + 1) in ("العام", "السنه"):
            draft.year_offset = 0
            return k + 2
        if k == i:
            turn, after = self.turn(i)
            if turn is not None and abs(turn) < 2:
                draft.turn = turn
                if after < self.n and self.tokens[after].kind == "number":
                    year = _year(self.tokens[after].norm, draft.hijri)
                    if year:
                        draft.year = year
                        after += 1
                return after
            if self.form(i) in ("المبارك", "الفضيل", "الكريم"):
                return self.year_after(i + 1, draft)
        return i

    def _era(self, i: int, draft: _Draft) -> int:
        """هـ or م after a year."""
        if self.form(i) in ("ه", "هجري", "هجريه"):
            draft.hijri = True
            return i + 1
        if self.form(i) in ("م", "ميلادي", "ميلاديه"):
            return i + 1
        return i

    def _list_mark(self, i: int) -> bool:
        """A number that only counts the lines: 1- at the start of a line, before a space."""
        if i + 2 >= self.n or self.tokens[i].kind != "number" or not (i == 0 or self.line_break(i)):
            return False
        mark, after = self.tokens[i + 1], self.tokens[i + 2]
        return mark.text in ("-", "–", ")", ".") and mark.start == self.tokens[i].end and after.start > mark.end

    # ---- phrases

    def numeric(self, i: int) -> _Draft | None:
        """24/7/2015, 2015-07-24, 7 / 10 / 1436 هـ, 24.7.2015."""
        token = self.tokens[i]
        parts: list[str] = [token.norm]
        k = i + 1
        if token.norm.count(".") == 2 and "," not in token.norm:
            parts = token.norm.split(".")
        else:
            sep = self.form(k)
            if sep not in ("/", "-", "–", "\\", "−"):
                return None
            while len(parts) < 3 and self.form(k) == sep and k + 1 < self.n and self.tokens[k + 1].kind == "number":
                if self._list_mark(i) or "\n" in self.body[token.start : self.tokens[k + 1].start]:
                    return None
                parts.append(self.tokens[k + 1].norm)
                k += 2
            if self.form(k) == sep and k + 1 < self.n and self.tokens[k + 1].kind == "number" and len(parts) == 3:
                return None
        if not all(p.isdigit() for p in parts):
            return None
        values = [int(p) for p in parts]
        draft = _Draft(i, k - 1)
        if len(values) == 3:
            if len(parts[0]) == 4:
                year, month, day = values
            else:
                day, month, year = values
                if len(parts[2]) == 2:
                    year += 2000 if year < 70 else 1900
                elif len(parts[2]) != 4:
                    return None
            if month > 12 and day <= 12:
                day, month = month, day
            if not (1 <= month <= 12 and 1 <= day <= 31):
                return None
            draft.hijri = 1300 <= year <= 1500
            if not (draft.hijri or 1800 <= year <= 2100):
                return None
            draft.year, draft.month, draft.day = year, month, day
            after = self._era(k, draft)
            draft.last = after - 1
            return draft
        if len(values) == 2:
            before = self.word(i - 1)
            if values[1] > 1900 and 1 <= values[0] <= 12 and len(parts[1]) == 4 and values[1] < 2100:
                draft.month, draft.year = values
                draft.kind = "month"
                return draft
            dated = before in _WEEKDAYS or before in ("بتاريخ", "تاريخ", "يوم", "يومي")
            if dated and 1 <= values[1] <= 12 and 1 <= values[0] <= 31 and self.form(i + 1) in ("/", "-"):
                draft.day, draft.month = values
                return draft
        return None

    def day_of_month(self, i: int) -> _Draft | None:
        """A day number (digits or ordinal) and its month, with lists and ranges of days before one month."""
        day, k = self.day_number(i)
        if not day or self._list_mark(i):
            return None
        draft = _Draft(i, k - 1)
        draft.day = day
        days = [day]
        joiner = ""
        while True:
            form = self.form(k)
            if form in ("و", "الي", "-", "–", "ـ", "حتي", "/", "،") and len(days) < 8:
                nxt, after = self.day_number(k + 1)
                if not nxt or nxt <= days[-1]:
                    break
                joiner = joiner or form
                days.append(nxt)
                k = after
                continue
            if form == "وال":
                nxt, after = self.day_number(k + 1)
                if nxt > days[-1]:
                    joiner = joiner or "و"
                    days.append(nxt)
                    k = after
                    continue
            elif len(form) > 2 and form[0] == "و" and form[1:3] == "ال":
                value, last = numbers.ordinal_at(self.tokens, k)
                if value > days[-1] and value <= 31:
                    days.append(value)
                    k = last + 1
                    continue
            break
        k = self._month_of_day(k, draft)
        if k < 0:
            if len(days) > 1:
                return None
            return None
        if len(days) > 1:
            draft.day, draft.day_to = days[0], days[-1]
            draft.kind = "range" if self.form(i - 1) not in ("يومي", "ليومي", "ويومي") else "day"
        draft.last = k - 1
        if draft.hijri and draft.year is not None and draft.year > 1800:
            return None
        if self.form(i - 1) in _EVENT_NAMES and draft.year is None and draft.turn is None:
            return None
        return draft

    def _month_of_day(self, k: int, draft: _Draft) -> int:
        """The month that a day number belongs to; -1 when no month follows."""
        if self.form(k) == "من":
            k += 1
        if self.form(k) in ("شهر", "لشهر"):
            name, after = self.month_name(k + 1)
            if name is not None:
                draft.month, draft.hijri = name.month, name.hijri
                return self.year_after(after, draft)
        form = self.form(k)
        if form == "الشهر" or (form in ("هذا", "ذات", "نفس") and self.form(k + 1) in ("الشهر",)):
            if form != "الشهر":
                draft.month_offset, draft.same = 0, "" if form == "هذا" else "month"
                return k + 2
            turn, after = self.turn(k + 1)
            if turn is not None:
                draft.month_offset = turn
                return after
            if self.form(k + 1) in _SAME:
                draft.same = "month"
                draft.month_offset = 0
                return k + 2
            return -1
        if form == "منه":
            draft.same = "month"
            return k + 1
        name, after = self.month_name(k, bare=False)
        if name is not None:
            draft.month, draft.hijri = name.month, name.hijri
            return self.year_after(after, draft)
        if form in _NOW and draft.day is not None and self.form(draft.first - 1) in ("في", "وفي", "يوم", "منذ"):
            draft.month_offset = 0
            return k + 1
        return -1

    def month(self, i: int) -> _Draft | None:
        """A month without a day."""
        k = i
        said = False
        if self.word(i) in ("شهر",):
            k += 1
            said = True
        name, after = self.month_name(k, bare=not said)
        if name is None:
            return None
        draft = _Draft(i, after - 1, kind="month")
        draft.month, draft.hijri = name.month, name.hijri
        doubled = after - k > (2 if (self.word(k), self.form(k + 1)) in _MONTHS else 1)
        end = self.year_after(after, draft)
        draft.last = end - 1
        told = draft.year is not None or draft.turn is not None or draft.year_offset is not None or bool(draft.same)
        if name.needs == "day" and not (said or doubled or told):
            madda = "آ" in self.tokens[k].text and self.form(k - 1) in _TIME_PREPOSITIONS
            if not madda:
                return None
        if name.needs == "hint" and not (said or doubled or told or self.form(k - 1) in _TIME_PREPOSITIONS):
            return None
        if draft.hijri and draft.year is not None and draft.year > 1800:
            draft.hijri = False
            return None
        if self.form(i - 1) in _EVENT_NAMES and not told:
            return None
        return draft

    def year(self, i: int) -> list[_Draft]:
        """عام 2014، عامي 2014 و2016، العام الماضي، هذا العام."""
        word = self.word(i)
        if word in _YEAR_HEADS:
            nxt = self.tokens[i + 1] if i + 1 < self.n else None
            if nxt is not None and nxt.kind == "number":
                draft = _Draft(i, i + 1, kind="year")
                year = _year(nxt.norm, False) or _year(nxt.norm, True)
                if year:
                    draft.year = year
                    draft.hijri = year < 1600
                    draft.last = self._era(i + 2, draft) - 1
                    return [draft]
                return []
            if word in ("العام", "السنه"):
                turn, after = self.turn(i + 1)
                if turn is not None:
                    draft = _Draft(i, after - 1, kind="year")
                    draft.year_offset = turn
                    if after < self.n and self.tokens[after].kind == "number":
                        year = _year(self.tokens[after].norm, False)
                        if year:
                            draft.year, draft.last = year, after
                    return [draft]
                if self.form(i + 1) in _SAME:
                    return [_Draft(i, i + 1, kind="year", same="year", year_offset=0)]
                if self.form(i - 1) == "من" and self.form(i - 3) in ("النصف", "الربع"):
                    return [_Draft(i - 3, i, kind="year", year_offset=0, part="نصف")]
            return []
        if word in _YEAR_PAIRS:
            out: list[_Draft] = []
            k = i + 1
            while k < self.n and self.tokens[k].kind == "number":
                year = _year(self.tokens[k].norm, False)
                if not year:
                    break
                out.append(_Draft(k if out else i, k, kind="year", year=year))
                k += 1
                if self.form(k) in ("و", "،", "-", "–", "الي", "/") and k + 1 < self.n:
                    k += 1
                else:
                    break
            return out
        return []

    def bare_year(self, i: int) -> _Draft | None:
        """A year in digits after a preposition of time."""
        year = _year(self.tokens[i].norm, False)
        if not year or not 1900 <= year <= 2060:
            return None
        if self.form(i + 1) in ("-", "–", "ـ", "/") and i + 2 < self.n and self.tokens[i + 2].kind == "number":
            to = _year(self.tokens[i + 2].norm, False)
            if year < to <= min(2060, year + 60) and self.form(i + 3) not in ("/", "-"):
                return _Draft(i, i + 2, kind="range", year=year, year_to=to)
        era = self.form(i + 1) == "م" and self.tokens[i + 1].start == self.tokens[i].end
        if self.word(i - 1) not in _BEFORE_YEAR and not era:
            return None
        if self.form(i + 1) in ("%", "/", "-") or numbers.counts_noun(self.tokens, i):
            return None
        return _Draft(i, self._era(i + 1, _Draft(i, i)) - 1, kind="year", year=year)

    def period(self, i: int) -> _Draft | None:
        """الشهر الماضي، الأسبوع المقبل، الأيام الأخيرة، الليلة الماضية."""
        word = self.word(i)
        unit = _PERIODS.get(word)
        if unit is None:
            return None
        k = i + 1
        if unit == "vague":
            for _ in range(3):  # الساعات الـ24 الماضية، الأيام القليلة الماضية، السنوات الخمس
                form = self.form(k)
                if form in _PERIOD_ADJECTIVES or form.isdigit() or numbers.is_cardinal(form):
                    k += 1
        elif unit == "year" and self.form(k) in _YEAR_ADJECTIVES:
            k += 1
            unit = "vague"
        turn, after = self.turn(k)
        if unit == "vague":
            if turn is None and self.form(k) not in ("الاخيره", "الاخيرين"):
                return None
            return _Draft(i, (after if turn is not None else k + 1) - 1, kind="vague", turn=turn)
        if self.form(k) in ("السابق", "السابقه") and unit in ("month", "year"):
            return _Draft(i, k, kind="month" if unit == "month" else "year", same="before " + unit)
        if turn is None and self.form(k) in ("الاخير", "الاخيره") and unit in ("month", "week", "year"):
            return _Draft(i, k, kind="vague")
        if turn is None:
            if unit == "month" and word == "الشهر" and self.form(k) in _SAME:
                return _Draft(i, k, kind="month", month_offset=0, same="month")
            return None
        draft = _Draft(i, after - 1)
        if unit == "month" and word == "الشهر":
            draft.kind, draft.month_offset = "month", turn
        elif unit == "year":
            draft.kind, draft.year_offset = "year", turn
        elif unit == "week":
            draft.kind, draft.week_offset = "week", turn
        elif unit == "night" and turn < 0:
            draft.day_offset, draft.part = turn, "ليل"
        else:
            return None
        return draft

    def this(self, i: int) -> _Draft | None:
        """هذا العام، هذا الشهر، هذا الأسبوع، هذا اليوم، هذه الليلة."""
        noun = self.form(i + 1)
        if noun in ("العام", "السنه"):
            draft = _Draft(i, i + 1, kind="year", year_offset=0)
            if i + 2 < self.n and self.tokens[i + 2].kind == "number" and _year(self.tokens[i + 2].norm, True):
                draft.last = self._era(i + 3, _Draft(i, i)) - 1  # هذا العام 1436هـ
            return draft
        if noun == "الشهر":
            return _Draft(i, i + 1, kind="month", month_offset=0)
        if noun == "الاسبوع":
            return _Draft(i, i + 1, kind="week", week_offset=0)
        if noun in ("اليوم", "الليله", "الصباح", "المساء", "الفجر"):
            return _Draft(i, i + 1, day_offset=0)
        return None

    def feast(self, i: int, word: str) -> list[_Draft]:
        """عيد الفطر، ثاني أيام عيد الأضحى, after a word of time; with أول أيام it is a day."""
        name = self.form(i + 1) if word == "عيد" else word
        feast = _FEASTS.get(name) if word != "العيد" else (0, 1, 3)
        before = self.form(i - 1)
        if feast is None or before not in _BEFORE_FEAST or (word == "العيد" and before in ("في", "وفي", "منذ")):
            return []
        last = i + 1 if word == "عيد" else i
        draft = _Draft(i, last, kind="month", month=feast[0], hijri=True, feast=name)
        if feast[2] == 1:
            draft.day, draft.kind = feast[1], "day"
        if before in ("يوم", "ليله", "عشيه"):
            draft.first, draft.kind = i - 1, "day"
            draft.day = feast[1] if before == "يوم" else feast[1] - 1
        elif before == "ايام":
            draft.first = i - 1
            value = _NTH.get(self.form(i - 2))
            if value:
                draft.first = i - 2
                draft.kind, draft.day = "day", feast[1] + value - 1
        if self.form(last + 1) == "المبارك":
            last += 1
        draft.last = self.year_after(last + 1, draft) - 1
        return [draft]

    def ago(self, i: int) -> _Draft | None:
        """قبل يومين، منذ ثلاثة أيام، قبل نحو عام، قبل أيام."""
        k = i + 1
        word = self.word(i)
        vague = True
        if self.form(k) in _SOFTENERS:
            k += 1
        elif self.form(k) in ("اكثر", "اقل") and self.form(k + 1) == "من":
            k += 2
        else:
            vague = False
        count = 0
        if self.form(k) in ("بضعه", "بضع", "عده"):
            k += 1
            count = -1
        else:
            number, last = numbers.cardinal_at(self.tokens, k)
            if number:
                count, k = number, last + 1
        unit = _UNITS.get(self.form(k))
        if unit is None:
            return None
        if self.form(k) in ("يوم", "عام", "شهر", "سنه") and not count:
            # قبل يوم الجمعة، منذ عام 2014، منذ شهر آذار are no spans
            nxt = self.tokens[k + 1] if k + 1 < self.n else None
            if nxt is not None and (
                nxt.kind == "number" or self.word(k + 1) in _WEEKDAYS or self._one_month(k + 1, False)[0]
            ):
                return None
            if nxt is not None and (self.word(k + 1) in _DAY_OFFSETS or self.form(k + 1) in ("العيد", "عيد", "عرفه")):
                return None
        amount = 0 if vague else unit[0] if count == 0 else max(count, 0)
        draft = _Draft(i, k, kind="span", back=(amount, unit[1]))
        after = k + 1
        if self.form(after) in ("ونصف", "ونيف", "تقريبا", "فقط"):
            if self.form(after) != "فقط":
                draft.back = (0, unit[1])
            draft.last = after
            after += 1
        if self.form(after) == "واحد" or self.form(after) == "واحده":
            draft.last = after
            after += 1
        if self.form(after) == "من" and word == "قبل" and self.form(after + 1) not in ("الان",):
            draft.back = (0, unit[1])  # counted from another event, not from publication
        if word in ("منذ", "مند"):
            # set off by a comma it tells when; otherwise how long
            apart = self.form(draft.last + 1) in ("،", ",") or self.form(i - 1) in ("،", ",", ".", "(")
            draft.relation = "at" if apart and unit[1] != "hour" else "since"
        else:
            draft.relation = "at"
        return draft

    def weekday(self, i: int) -> tuple[int, int] | None:
        """A weekday at `i`: (weekday, index after)."""
        word = self.word(i)
        value = _WEEKDAYS.get(word)
        if value is None:
            return None
        before = self.form(i - 1)
        if before in _NOT_WEEKDAY_BEFORE:
            return None
        nxt = self.form(i + 1)
        if word in ("الاثنين", "الاحد") and nxt in ("معا", "فقط", "من"):
            return None
        if before in ("كلا", "احد", "هذين") or nxt in _NOT_WEEKDAY_AFTER:
            return None
        if nxt == "ال" and i + 2 < self.n and self.tokens[i + 2].kind == "number":
            return None  # للجمعة الـ12: the twelfth Friday
        return value, i + 1

    def phrase(self, i: int) -> list[_Draft]:
        """The expression that begins at `i`, made of parts that stand side by side."""
        word = self.word(i)
        form = self.form(i)
        if word == "قبل" and self.form(i + 1) in ("امس", "البارحه"):
            return [_Draft(i, i + 1, day_offset=-2, relation="at")]
        if word in ("قبل", "منذ", "مند"):
            draft = self.ago(i)
            return [draft] if draft else []
        if word in ("هذا", "هذه"):
            this = self.this(i)
            return [this] if this else []
        draft = _Draft(i, i)
        k = i
        # part of the day or period
        if word in ("عيد", "العيد", "عاشوراء"):
            return self.feast(i, word)
        if word in _PERIOD_PARTS and word in _ALL and word not in _PLAIN_PARTS:
            if word == "منتصف" and self.form(i + 1) in ("ليل", "ليله", "نهار"):
                draft.part = "ليل"
                k = i + 2
            elif word in ("اول", "الاول"):
                pass
            else:
                inner = self.period_after_part(i + 1)
                if inner is None:
                    return []
                inner.first = i
                inner.part = word
                if word == "غره" and inner.month is not None:
                    inner.day, inner.kind = 1, "day"
                return [inner]
        elif word in _PLAIN_PARTS or form in ("صباحا",):
            draft.part = word
            k = i + 1
            if self.form(k) == "هذا" and self.form(k + 1) == "اليوم":
                draft.day_offset, draft.last = 0, k + 1
                return [draft]
        elif word == "وقت" and self.form(i + 1) in ("سابق", "لاحق", "مبكر", "متاخر"):
            j = i + 2
            if self.form(j) == "من":
                j += 1
            if self.form(j) == "الشهر" and self.turn(j + 1)[0] is None:
                return [_Draft(i, j, kind="month", month_offset=0, part="وقت")]
            inner_list = self.phrase(j) if j < self.n and self.tokens[j].kind == "word" else []
            if inner_list and inner_list[0].kind not in ("span",):
                inner_list[0].first = i
                return inner_list
            return []
        if self.form(k) in ("يوم", "ليوم", "يومي", "ليومي", "نهار") or self.word(k) == "يوم":
            if k == i and self.word(k) not in ("يوم", "يومي"):
                return []
            draft.pair = self.form(k).endswith("يومي")
            k += 1
        core = self.core(k, draft)
        if core < 0:
            # ليل السبت: handled in core; a part of the day alone is no date
            return []
        draft.last = core - 1
        out = [draft]
        out.extend(draft.more)
        return out

    def period_after_part(self, k: int) -> _Draft | None:
        """What مطلع، نهاية، منتصف are the part of: a month, a year, الشهر الجاري."""
        if self.form(k) in ("من",):
            k += 1
        if not 0 <= k < self.n:
            return None
        found: _Draft | None = None
        if self.tokens[k].kind == "number":
            year = _year(self.tokens[k].norm, False)
            return _Draft(k, k, kind="year", year=year) if year and 1900 <= year <= 2060 else None
        word = self.word(k)
        if word in ("هذا", "هذه"):
            found = self.this(k)
        elif word in _PERIODS and word not in ("شهر",):
            found = self.period(k)
            if found is None and word == "الاسبوع":
                return _Draft(k, k, kind="week")
            if found is not None and word == "الليله":
                return found
            if found is None and word in _YEAR_HEADS:
                years = self.year(k)
                found = years[0] if years else None
        elif word in _YEAR_HEADS:
            years = self.year(k)
            found = years[0] if years else None
        elif word in _MONTH_HEADS or word == "شهر":
            found = self.month(k)
        elif word in _WEEKDAYS:
            return None
        if found is not None and found.kind in ("month", "year", "week", "vague"):
            return found
        return None

    def core(self, k: int, draft: _Draft) -> int:
        """أمس، اليوم، a weekday, a date, in any order that means one day; the index after, or -1."""
        start = k
        seen = False
        while k < self.n and not (k > start and self.line_break(k)):
            word = self.word(k)
            form = self.form(k)
            bracket = 0
            if seen and form in ("،", ",") and self.form(k + 1) in ("تاريخ", "بتاريخ"):
                bracket = 2
                k += 2
                word, form = self.word(k), self.form(k)
            elif seen and form in ("تاريخ", "بتاريخ"):
                bracket = 1
                k += 1
                word, form = self.word(k), self.form(k)
            elif seen and form in ("(", "،", ",", "الموافق", "-") and k + 1 < self.n:
                # اليوم (الجمعة)، الخميس، 24 تموز، الموافق 5 شوال
                bracket = 1
                if form == "الموافق" and self.form(k + 1) in ("ل", "ال"):
                    bracket = 2
                k += bracket
                word, form = self.word(k), self.form(k)
            step = self._core_step(k, word, form, draft, seen, bracket)
            if step < 0:
                k -= bracket
                break
            k = step
            if bracket and self.tokens[k - 1 - (step - k)].kind and self.form(k) == ")":
                k += 1
            seen = True
        return k if seen else -1

    def _core_step(self, k: int, word: str, form: str, draft: _Draft, seen: bool, bracket: int) -> int:
        """Read one more piece of a day; -1 when the next word is none."""
        if k >= self.n:
            return -1
        opener = self.form(k - 1) if bracket else ""
        if form in ("يوم", "ليله", "مساء", "صباح", "فجر", "ليل", "ظهر", "عصر") and seen and opener != "(":
            if form == "يوم" or draft.part is None:
                step = self._core_step(k + 1, self.word(k + 1), self.form(k + 1), draft, seen, 0)
                if step > 0 and form != "يوم":
                    draft.part = form
                return step
            return -1
        if draft.day_offset is None and draft.weekday is None and not draft.date_known():
            step = self._relative_day(k, word, form, draft)
            if step > 0:
                return step
        if draft.weekday is None and not draft.date_known():
            found = self.weekday(k)
            if found is not None:
                if seen and not draft.part and draft.day_offset is None:
                    return -1
                if bracket and opener in ("،", ",") and draft.day_offset is None:
                    return -1
                return self._weekday_tail(found, draft)
        if not draft.date_known() and k < self.n and draft.day_offset in (None, 0, -1, -2, 1):
            token = self.tokens[k]
            dated: _Draft | None = None
            if token.kind == "number":
                dated = self.numeric(k) or self.day_of_month(k)
            elif token.kind == "word" and (numbers.ordinal_at(self.tokens, k)[0] or token.norm in ("ال",)):
                dated = self.day_of_month(k)
            elif token.kind == "word" and form in ("من", "في") and seen and draft.weekday is not None and not bracket:
                dated = self._weekday_of_month(k + 1)
            if dated is not None:
                for name in ("year", "year_offset", "month", "month_offset", "day", "day_to", "hijri", "same"):
                    setattr(draft, name, getattr(dated, name))
                if dated.turn is not None:
                    draft.turn = dated.turn
                if dated.kind == "range":
                    draft.kind = "range"
                return dated.last + 1
        elif draft.hijri or bracket:
            # a date in the other calendar beside it
            token = self.tokens[k]
            if token.kind == "number":
                other = self.numeric(k) or self.day_of_month(k)
                if other is not None and other.hijri != draft.hijri:
                    if draft.hijri and (other.year is not None or draft.year is None):
                        draft.year, draft.month, draft.day, draft.hijri = other.year, other.month, other.day, False
                    return other.last + 1
        return -1

    def _weekday_of_month(self, k: int) -> _Draft | None:
        """الخميس من شهر ... is no day; only a numbered day counts."""
        return self.day_of_month(k)

    def _relative_day(self, k: int, word: str, form: str, draft: _Draft) -> int:
        if word in ("اول", "الاول"):
            j = k + 1
            if self.form(j) == "من":
                j += 1
            if self.form(j) == "امس":
                draft.day_offset = -2
                return j + 1
            return -1
        if word == "بعد" and self.form(k + 1) in ("غد", "الغد"):
            draft.day_offset = 2
            return k + 2
        offset = _DAY_OFFSETS.get(word)
        if offset is None:
            return -1
        if word == "امس":
            if self.form(k - 1) in _NAME_BEFORE and draft.part is None:
                return -1
            draft.day_offset = -1
            if self.form(k + 1) == "الاول":
                draft.day_offset = -2
                return k + 2
            return k + 1
        if word == "الليله":
            turn, after = self.turn(k + 1)
            if turn is not None:
                draft.day_offset = turn if turn < 0 else None
                draft.part = "ليل"
                return after if turn < 0 else -1
            if self.form(k - 1) in ("تلك", "ذات") or self.form(k + 1) in (
                "ذاتها",
                "نفسها",
                "التي",
                "الاولي",
                "الثانيه",
            ):
                return -1
            draft.day_offset, draft.part = 0, "ليل"
            return k + 1
        if word == "ليل" and self.form(k + 1) == "قبل":
            return -1
        if word == "اليوم":
            if not self._is_today(k, draft):
                return -1
            draft.day_offset = 0
            return k + 1
        if word == "غد" and form != "غد" and form != "لغد":
            return -1
        draft.day_offset = offset
        return k + 1

    def _is_today(self, k: int, draft: _Draft) -> bool:
        before, after = self.form(k - 1), self.form(k + 1)
        if (
            self.form(k).startswith("لل")
            or after in _NOT_TODAY_AFTER
            or (before in _NOT_TODAY_BEFORE and before != "في")
        ):
            return False
        if draft.part is None and before in _NAME_BEFORE:
            return False
        quoted = after in _QUOTES_END and self.tokens[k + 1].start == self.tokens[k].end
        if quoted and draft.part is None and (before in _QUOTES_BEGIN or self.form(k - 2) in _QUOTES_BEGIN):
            return False  # «اليوم»، "الإمارات اليوم"
        if before == "في" and after in ("و", "ال"):
            return False
        return not (after == "ال" and k + 2 < self.n and self.tokens[k + 2].kind == "number")

    def _weekday_tail(self, found: tuple[int, int], draft: _Draft) -> int:
        """What follows a weekday: الماضي, a second day (ليل السبت - الأحد), a list (الخميس والجمعة)."""
        draft.weekday, k = found
        if draft.kind == "day":
            draft.kind = "weekday"
        turn, after = self.turn(k)
        if turn is not None:
            draft.turn = turn
            return after
        second = self.weekday(k)
        if second is not None and self.form(k) in _WEEKDAYS and second[0] == (draft.weekday + 1) % 7:
            draft.weekday_to = second[0]
            return second[1]
        if self.form(k) in _DASHES and k + 1 < self.n:
            second = self.weekday(k + 1)
            if second is not None and self.form(k + 1) in _WEEKDAYS:
                draft.weekday_to = second[0]
                if draft.part not in ("ليل", "ليله", "فجر") and second[0] != (draft.weekday + 1) % 7:
                    draft.kind = "range"
                return second[1]
        form = self.form(k)
        if form and form[0] == "و" and form[1:] in _WEEKDAYS:
            second = self.weekday(k)
            if second is not None:
                draft.weekday_to = second[0]
                if not draft.pair:
                    draft.kind = "range"
                turn, after = self.turn(second[1])
                if form and self.form(second[1]) in ("الماضيين", "المقبلين", "القادمين"):
                    draft.turn = -1 if self.form(second[1]) == "الماضيين" else 1
                    return second[1] + 1
                if turn is not None:
                    draft.turn = turn
                    return after
                return second[1]
        return k


_QUOTES_BEGIN = frozenset(['"', "«", "“", "”", "'"])
_QUOTES_END = frozenset(['"', "»", "“", "”", "'"])
_TIME_PREPOSITIONS = words(
    "في وفي منذ ومنذ خلال حتي شهر مطلع بدايه نهايه اواخر اوائل منتصف قبل بعد بين مستهل اواسط طوال من الي شهري"
    " لشهر ختام وخلال بحلول غره اخر"
)
_NOT_WEEKDAY_BEFORE = words("صلاه خطبه خطيب كل بصلاه لصلاه وصلاه خطباء جمعه ايام مسجد سوق جامع خميس")
_NOT_WEEKDAY_AFTER = words("الاسود الاسوداء السوداء العظيمه البيضاء الحمراء الاحمر اليتيمه الاكبر الدامي")


@lru_cache(maxsize=1 << 12)
def _year(form: str, hijri: bool) -> int:
    """A year written in four digits, 0 when it is none."""
    if len(form) != 4 or not form.isdigit():
        return 0
    year = int(form)
    if hijri:
        return year if 1300 <= year <= 1500 or 1800 <= year <= 2100 else 0
    return year if 1700 <= year <= 2100 else 0


# ---------------------------------------------------------------------------------------------- the walk


def find_dates(tokens: Sequence[Token], body: str) -> list[DateExpr]:
    """All time expressions of a text, in order, none overlapping."""
    reader = _Reader(tokens, body)
    out: list[DateExpr] = []
    last_month: _Draft | None = None
    n = len(tokens)
    i = 0
    while i < n:
        token = tokens[i]
        drafts: list[_Draft] = []
        if token.kind == "number":
            if i + 1 < n or i:
                drafts = _at_number(reader, i)
        elif token.kind == "word":
            word = _trigger(token.norm)
            if word is not None:
                drafts = _at_word(reader, i, word)
            elif token.norm in _ORDINAL_DAYS or token.norm in ("ال", "وال"):
                found = reader.day_of_month(i)
                drafts = [found] if found is not None else []
            elif numbers.is_cardinal(token.norm):
                found = _last_hours(reader, i)
                drafts = [found] if found is not None else []
        if not drafts:
            i += 1
            continue
        for draft in drafts:
            if draft.same:
                _borrow(draft, last_month)
                if draft.day is not None and not draft.date_known():
                    continue  # الخامس منه without a month before it
            _name_year(reader, draft)
            _share_year(reader, draft, last_month, out)
            out.append(_finish(reader, draft))
            if draft.date_known() or draft.year is not None:
                last_month = draft
        i = max(i + 1, drafts[-1].last + 1)
    return out


def _last_hours(reader: _Reader, i: int) -> _Draft | None:
    """24 ساعة الماضية، الأربع والعشرين ساعة الماضية: a stretch that ends now."""
    count, last = numbers.cardinal_at(reader.tokens, i)
    if not count or reader.form(last + 1) not in _UNITS:
        return None
    turn, after = reader.turn(last + 2)
    return None if turn is None else _Draft(i, after - 1, kind="vague", turn=turn)


def _at_number(reader: _Reader, i: int) -> list[_Draft]:
    stretch = _last_hours(reader, i)
    if stretch is not None:
        return [stretch]
    draft = reader.numeric(i) or reader.day_of_month(i)
    if draft is not None:
        other = reader.core(draft.last + 1, draft) if reader.form(draft.last + 1) == "الموافق" else -1
        if other > 0:
            draft.last = other - 1
        return [draft]
    bare = reader.bare_year(i)
    return [bare] if bare is not None else []


def _at_word(reader: _Reader, i: int, word: str) -> list[_Draft]:
    if word in _BARE_SEASONS or word in _SEASONS:
        draft = _season(reader, i, word)
        if draft is not None:
            return [draft]
    if word in _YEAR_HEADS or word in _YEAR_PAIRS:
        years = reader.year(i)
        if years:
            return years
    if word in _PERIODS and word != "شهر":
        draft = reader.period(i)
        if draft is not None:
            return [draft]
    if word in _MONTH_HEADS or word == "شهر":
        draft = reader.month(i)
        if draft is not None:
            return [draft]
    return reader.phrase(i)


def _season(reader: _Reader, i: int, word: str) -> _Draft | None:
    """الصيف الماضي، صيف 2014، صيف العام الماضي."""
    if word in _SEASONS:
        turn, after = reader.turn(i + 1)
        return _Draft(i, after - 1, kind="season", season=_SEASONS[word], turn=turn) if turn is not None else None
    k = i + 1
    if k < reader.n and reader.tokens[k].kind == "number":
        year = _year(reader.tokens[k].norm, False)
        return _Draft(i, k, kind="season", season=_BARE_SEASONS[word], year=year) if year else None
    if reader.form(k) in _YEAR_HEADS:
        years = reader.year(k)
        if years:
            years[0].first = i
            years[0].kind = "season"
            years[0].season = _BARE_SEASONS[word]
            return years[0]
    return None


def _named_days() -> dict[tuple[int, int], list[tuple[frozenset[str], int]]]:
    out: dict[tuple[int, int], list[tuple[frozenset[str], int]]] = {}
    for month, day, year, heads in table("named_days.tsv"):
        out.setdefault((int(month), int(day)), []).append((words(heads.replace(",", " ")), int(year)))
    return out


_NAMED_DAYS = _named_days()


def _name_year(reader: _Reader, draft: _Draft) -> None:
    """The year of a day known by its event: هجمات 11 أيلول/سبتمبر."""
    if draft.year is not None or draft.turn is not None or draft.hijri or draft.month is None or draft.day is None:
        return
    known = _NAMED_DAYS.get((draft.month, draft.day))
    if known is None or draft.year_offset is not None:
        return
    before = {reader.form(k) for k in range(draft.first - 3, draft.first)}
    before |= {form[1:] for form in before if form[:1] in ("و", "ف", "ب", "ل")}
    for heads, year in known:
        if before & heads:
            draft.year = year
            return


def _borrow(draft: _Draft, before: _Draft | None) -> None:
    """الشهر نفسه، العام نفسه، الشهر السابق: from the month or year told before; unresolved when there was none."""
    step = -1 if draft.same.startswith("before") else 0
    if before is None:
        draft.month_offset = step if step and draft.kind == "month" else None
        draft.year_offset = step if step and draft.kind == "year" else None
        return
    if draft.same in ("month", "before month"):
        draft.month, draft.month_offset, draft.turn, draft.hijri = (
            before.month,
            before.month_offset,
            before.turn,
            before.hijri,
        )
    draft.year, draft.year_offset = before.year, before.year_offset
    if draft.same == "year" and before.year is None and before.year_offset is None:
        draft.turn = draft.turn if draft.turn is not None else before.turn
    if draft.same == "before month":
        if draft.month is not None:
            draft.month = draft.month - 1 or 12
            if draft.month == 12 and draft.year is not None:
                draft.year -= 1
        elif draft.month_offset is not None:
            draft.month_offset -= 1
        else:
            draft.month_offset = -1
    elif draft.same == "before year":
        if draft.year is not None:
            draft.year -= 1
        else:
            draft.year_offset = (draft.year_offset or 0) - 1


_JOINERS = frozenset(["و", "الي", "-", "–", "حتي", "ـ"])


def _share_year(reader: _Reader, draft: _Draft, before: _Draft | None, out: list[DateExpr]) -> None:
    """Months joined in one phrase share their year: مايو ويونيو 2014، من آذار إلى نيسان."""
    if before is None or not out or out[-1].first != before.first or before.month is None or draft.month is None:
        return
    between = range(before.last + 1, draft.first)
    joined = reader.form(draft.first)[:1] == "و" and not between
    if not joined and not (len(between) == 1 and reader.form(between[0]) in _JOINERS):
        return
    if before.hijri != draft.hijri or before.year is not None or before.turn is not None:
        return
    if draft.year is not None or draft.turn is not None or draft.year_offset is not None:
        before.year, before.turn, before.year_offset = draft.year, draft.turn, draft.year_offset
        if before.year is not None and before.month > draft.month:
            before.year -= 1
        out[-1] = _finish(reader, before)
    elif reader.form(draft.first - 1) == "الي":
        draft.from_month = before.month


# words before a date that say it is still to come, and words that begin a clause of its own
_TO_COME = words(
    "مقرر المقرر المقررة مقررا مقررة المزمع مزمع مزمعا المرتقب المرتقبة مرتقب المتوقع المتوقعة يتوقع"
    " متوقع يفترض المنتظر المنتظرة منتظر سوف وسوف يعتزم تعتزم يعتزمون وسيتم سيتم ستتم يبدأ تبدأ ينطلق"
    " تنطلق يقام تقام يعقد تعقد يستمر تستمر يلتقي تلتقي يستضيف تستضيف ينوي تنوي المنوي موعد موعدا"
)
_CLAUSE_STARTS = words(
    "قال قالت أعلن أعلنت أكد أكدت صرح صرحت أفاد أفادت ذكر ذكرت أضاف أضافت وقال وقالت وأعلن وأعلنت وكان وكانت كان كانت"
    " بعدما بعد منذ وأكد وأكدت أوضح كما فيما بينما نقل نقلت وقع وقعت"
)
# beginnings of words with a س of their own
_NO_FUTURE = tuple(
    sorted(
        words(
            "سيار سياس سيطر سيناء سيد سيف سير سيل سيول سيا سيما سيئ سيرك سيلفا سيتي سيدني سيبيري سيراليون"
            " سيناريو سيادي سيمو سيرغ سيزا سيبا سيلي سيسيل سيغال سيكو سيلا ستيو ستال ستور ستان سيفا سيبو سيتا"
            " سيلف ستار ستون ستين ستة ستاد ستراتيج ستيف ستوكهولم ستانل ستيني ستائر"
        )
    )
)


@lru_cache(maxsize=1 << 15)
def _to_come(form: str) -> bool:
    """Whether a word tells of what is to come: a verb with س, or a word like المقرر."""
    if form in _TO_COME:
        return True
    rest = form[1:] if form[:1] in "وف" else form
    return len(rest) > 4 and rest[0] == "س" and rest[1] in "يت" and not rest.startswith(_NO_FUTURE)


def _told_as_to_come(reader: _Reader, first: int) -> bool:
    """Whether the clause before an expression tells of what is to come."""
    for i in range(first - 1, max(first - 16, -1), -1):
        token = reader.tokens[i]
        if token.text in ".؟!؛:" or reader.line_break(i + 1):
            return False
        if token.kind != "word":
            continue
        if token.norm in _CLAUSE_STARTS:
            return False
        if _to_come(token.norm):
            return True
    return False


def _finish(reader: _Reader, draft: _Draft) -> DateExpr:
    tokens = reader.tokens
    relation = draft.relation
    if relation is None:
        before = reader.form(draft.first - 1)
        relation = _RELATIONS.get(before, "at")
        if relation == "at" and before in ("يوم", "شهر"):
            relation = _RELATIONS.get(reader.form(draft.first - 2), "at")
    return DateExpr(
        draft.first,
        draft.last,
        tokens[draft.first].start,
        tokens[draft.last].end,
        draft.kind,
        relation,
        draft.part,
        draft.year,
        draft.year_offset,
        draft.month,
        draft.month_offset,
        draft.day,
        draft.day_to,
        draft.weekday,
        draft.weekday_to,
        draft.day_offset,
        draft.week_offset,
        draft.turn,
        draft.hijri,
        draft.back,
        draft.season,
        draft.year_to,
        draft.feast,
        draft.from_month,
        draft.turn is None
        and draft.year is None
        and (draft.weekday is not None or draft.month is not None)
        and draft.day_offset in (None, 1, 2)
        and _told_as_to_come(reader, draft.first),
    )


_ORDINAL_DAYS = numbers.ordinal_forms()


def report_bounds(dates: Sequence[DateExpr]) -> tuple[str | None, str | None]:
    """Earliest and latest ISO day on which a report without a date can have been published.

    Facts told with a full date lie before it; "today, 5 May 2014" says the day itself; a date told as to come lies
    after it.
    """
    low: str | None = None
    high: str | None = None
    for e in dates:
        if not e.absolute:
            continue
        found = e.resolve(None)
        if found.not_before is None or found.not_after is None:
            continue
        if e.day_offset is not None and found.precision == "day" and found.value is not None:
            day = (date.fromisoformat(found.value) - timedelta(e.day_offset)).isoformat()
            return day, day
        if e.turn is not None and e.turn > 0:
            high = min(high or found.not_after, found.not_after)
        elif e.turn == 0 and e.kind == "year":
            low = max(low or found.not_before, found.not_before)
            high = min(high or found.not_after, found.not_after)
        elif e.relation != "until":
            low = max(low or found.not_before, found.not_before)
    if low is not None and high is not None and low > high:
        return low, None
    return low, high
