"""The pieces that dates are made of: a month with its double name, a day, a year, a numeric date, a weekday.

Each reading method returns what it found with the index after it, or the index it was given when nothing is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musnad.arabic import numbers
from musnad.arabic.text import Token
from musnad.arabic.timevalues import Kind
from musnad.arabic.timewords import (
    EVENT_NAMES,
    MONTH_HEADS,
    MONTHS,
    NEXT,
    NOT_WEEKDAY_AFTER,
    NOT_WEEKDAY_BEFORE,
    NOW,
    PAST,
    SAME,
    WEEKDAYS,
    YEAR_HEADS,
    MonthName,
    Relation,
    trigger,
    year_of,
)


@dataclass(slots=True)
class Draft:
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

    def date_known(self) -> bool:
        return self.month is not None or self.month_offset is not None


class Pieces:
    """Reads the pieces of dates in one text."""

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
        return trigger(self.tokens[i].norm) or self.tokens[i].norm

    def line_break(self, i: int) -> bool:
        """Whether a line ends between tokens `i - 1` and `i`."""
        return 0 < i < self.n and "\n" in self.body[self.tokens[i - 1].end : self.tokens[i].start]

    def month_name(self, i: int, *, bare: bool = True) -> tuple[MonthName | None, int]:
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

    def _one_month(self, i: int, bare: bool) -> tuple[MonthName | None, int]:
        if not 0 <= i < self.n or self.tokens[i].kind != "word":
            return None, i
        form = self.tokens[i].norm
        heads = (form, self.word(i)) if bare else (form,)
        for head in heads:
            if head not in MONTH_HEADS:
                continue
            two = MONTHS.get((head, self.form(i + 1)))
            if two is not None:
                return two, i + 2
            one = MONTHS.get((head,))
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
        if form in PAST:
            return -1, i + 1
        if form in NOW:
            return 0, i + 1
        if form in NEXT:
            return 1, i + 1
        if form in ("قبل", "ماقبل") and self.form(i + 1) in PAST:
            return -2, i + 2
        if form == "ما" and self.form(i + 1) == "قبل" and self.form(i + 2) in PAST:
            return -2, i + 3
        if form == "بعد" and self.form(i + 1) in NEXT:
            return 2, i + 2
        return None, i

    def year_after(self, i: int, draft: Draft) -> int:
        """A year or a turn after a month: 2015، عام 2015، من العام الماضي، الجاري."""
        token = self.tokens[i] if i < self.n else None
        if token is None or self.line_break(i):
            return i
        if token.kind == "number":
            year = year_of(token.norm, draft.hijri)
            if year:
                draft.year = year
                return self._era(i + 1, draft)
            return i
        k = i
        if self.form(k) in ("،", ",", "/", "-") and k + 1 < self.n and self.tokens[k + 1].kind == "number":
            year = year_of(self.tokens[k + 1].norm, draft.hijri)
            if year:
                draft.year = year
                return self._era(k + 2, draft)
            return i
        if self.form(k) in ("من", "في"):
            k += 1
        word = self.form(k)
        if word in YEAR_HEADS:
            if k + 1 < self.n and self.tokens[k + 1].kind == "number":
                year = year_of(self.tokens[k + 1].norm, draft.hijri)
                if year:
                    draft.year = year
                    return self._era(k + 2, draft)
            turn, after = self.turn(k + 1)
            if turn is not None:
                draft.year_offset = turn
                return after
            if self.form(k + 1) in SAME:
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
                    year = year_of(self.tokens[after].norm, draft.hijri)
                    if year:
                        draft.year = year
                        after += 1
                return after
            if self.form(i) in ("المبارك", "الفضيل", "الكريم"):
                return self.year_after(i + 1, draft)
        return i

    def _era(self, i: int, draft: Draft) -> int:
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

    def numeric(self, i: int) -> Draft | None:
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
        draft = Draft(i, k - 1)
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
            dated = before in WEEKDAYS or before in ("بتاريخ", "تاريخ", "يوم", "يومي")
            if dated and 1 <= values[1] <= 12 and 1 <= values[0] <= 31 and self.form(i + 1) in ("/", "-"):
                draft.day, draft.month = values
                return draft
        return None

    def day_of_month(self, i: int) -> Draft | None:
        """A day number (digits or ordinal) and its month, with lists and ranges of days before one month."""
        day, k = self.day_number(i)
        if not day or self._list_mark(i):
            return None
        draft = Draft(i, k - 1)
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
        if self.form(i - 1) in EVENT_NAMES and draft.year is None and draft.turn is None:
            return None
        return draft

    def _month_of_day(self, k: int, draft: Draft) -> int:
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
            if self.form(k + 1) in SAME:
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
        if form in NOW and draft.day is not None and self.form(draft.first - 1) in ("في", "وفي", "يوم", "منذ"):
            draft.month_offset = 0
            return k + 1
        return -1

    def weekday(self, i: int) -> tuple[int, int] | None:
        """A weekday at `i`: (weekday, index after)."""
        word = self.word(i)
        value = WEEKDAYS.get(word)
        if value is None:
            return None
        before = self.form(i - 1)
        if before in NOT_WEEKDAY_BEFORE:
            return None
        nxt = self.form(i + 1)
        if word in ("الاثنين", "الاحد") and nxt in ("معا", "فقط", "من"):
            return None
        if before in ("كلا", "احد", "هذين") or nxt in NOT_WEEKDAY_AFTER:
            return None
        if nxt == "ال" and i + 2 < self.n and self.tokens[i + 2].kind == "number":
            return None  # للجمعة الـ12: the twelfth Friday
        return value, i + 1
