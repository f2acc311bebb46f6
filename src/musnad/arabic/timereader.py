"""Time expressions as phrases: what stands side by side and means one time is read as one."""

from __future__ import annotations

from musnad.arabic import numbers
from musnad.arabic.timepieces import Draft, Pieces
from musnad.arabic.timewords import (
    ALL,
    BEFORE_FEAST,
    BEFORE_YEAR,
    DASHES,
    DAY_OFFSETS,
    EVENT_NAMES,
    FEASTS,
    MONTH_HEADS,
    MONTHS,
    NAME_BEFORE,
    NOT_TODAY_AFTER,
    NOT_TODAY_BEFORE,
    NTH,
    PERIOD_ADJECTIVES,
    PERIOD_PARTS,
    PERIODS,
    PLAIN_PARTS,
    QUOTES_BEGIN,
    QUOTES_END,
    SAME,
    SOFTENERS,
    TIME_PREPOSITIONS,
    UNITS,
    WEEKDAYS,
    YEAR_ADJECTIVES,
    YEAR_HEADS,
    YEAR_PAIRS,
    year_of,
)


class Reader(Pieces):
    """Reads the expressions of one text."""

    def month(self, i: int) -> Draft | None:
        """A month without a day."""
        k = i
        said = False
        if self.word(i) in ("شهر",):
            k += 1
            said = True
        name, after = self.month_name(k, bare=not said)
        if name is None:
            return None
        draft = Draft(i, after - 1, kind="month")
        draft.month, draft.hijri = name.month, name.hijri
        doubled = after - k > (2 if (self.word(k), self.form(k + 1)) in MONTHS else 1)
        end = self.year_after(after, draft)
        draft.last = end - 1
        told = draft.year is not None or draft.turn is not None or draft.year_offset is not None or bool(draft.same)
        if name.needs == "day" and not (said or doubled or told):
            madda = "آ" in self.tokens[k].text and self.form(k - 1) in TIME_PREPOSITIONS
            if not madda:
                return None
        if name.needs == "hint" and not (said or doubled or told or self.form(k - 1) in TIME_PREPOSITIONS):
            return None
        if draft.hijri and draft.year is not None and draft.year > 1800:
            draft.hijri = False
            return None
        if not told and (
            self.form(i - 1) in EVENT_NAMES or (self.day_number(i - 1)[0] and self.form(i - 2) in EVENT_NAMES)
        ):
            return None  # ثورة 25 يناير names an event
        return draft

    def year(self, i: int) -> list[Draft]:
        """عام 2014، عامي 2014 و2016، العام الماضي، هذا العام."""
        word = self.word(i)
        if word in YEAR_HEADS:
            nxt = self.tokens[i + 1] if i + 1 < self.n else None
            if nxt is not None and nxt.kind == "number":
                draft = Draft(i, i + 1, kind="year")
                year = year_of(nxt.norm, False) or year_of(nxt.norm, True)
                if year:
                    draft.year = year
                    draft.hijri = year < 1600
                    draft.last = self._era(i + 2, draft) - 1
                    return [draft]
                return []
            if word in ("العام", "السنه"):
                turn, after = self.turn(i + 1)
                if turn is not None:
                    draft = Draft(i, after - 1, kind="year")
                    draft.year_offset = turn
                    if after < self.n and self.tokens[after].kind == "number":
                        year = year_of(self.tokens[after].norm, False)
                        if year:
                            draft.year, draft.last = year, after
                    return [draft]
                if self.form(i + 1) in SAME:
                    return [Draft(i, i + 1, kind="year", same="year", year_offset=0)]
                if self.form(i - 1) == "من" and self.form(i - 3) in ("النصف", "الربع"):
                    return [Draft(i - 3, i, kind="year", year_offset=0, part="نصف")]
            return []
        if word in YEAR_PAIRS:
            out: list[Draft] = []
            k = i + 1
            while k < self.n and self.tokens[k].kind == "number":
                year = year_of(self.tokens[k].norm, False)
                if not year:
                    break
                out.append(Draft(k if out else i, k, kind="year", year=year))
                k += 1
                if self.form(k) in ("و", "،", "-", "–", "الي", "/") and k + 1 < self.n:
                    k += 1
                else:
                    break
            return out
        return []

    def bare_year(self, i: int) -> Draft | None:
        """A year in digits after a preposition of time."""
        year = year_of(self.tokens[i].norm, False)
        if not year or not 1900 <= year <= 2060:
            return None
        if self.form(i + 1) in ("-", "–", "ـ", "/") and i + 2 < self.n and self.tokens[i + 2].kind == "number":
            to = year_of(self.tokens[i + 2].norm, False)
            if year < to <= min(2060, year + 60) and self.form(i + 3) not in ("/", "-"):
                return Draft(i, i + 2, kind="range", year=year, year_to=to)
        era = self.form(i + 1) == "م" and self.tokens[i + 1].start == self.tokens[i].end
        if self.word(i - 1) not in BEFORE_YEAR and not era:
            return None
        if self.form(i + 1) in ("%", "/", "-") or numbers.counts_noun(self.tokens, i):
            return None
        return Draft(i, self._era(i + 1, Draft(i, i)) - 1, kind="year", year=year)

    def period(self, i: int) -> Draft | None:
        """الشهر الماضي، الأسبوع المقبل، الأيام الأخيرة، الليلة الماضية."""
        word = self.word(i)
        unit = PERIODS.get(word)
        if unit is None:
            return None
        k = i + 1
        if unit == "vague":
            for _ in range(3):  # الساعات الـ24 الماضية، الأيام القليلة الماضية، السنوات الخمس
                form = self.form(k)
                if form in PERIOD_ADJECTIVES or form.isdigit() or numbers.is_cardinal(form):
                    k += 1
        elif unit == "year" and self.form(k) in YEAR_ADJECTIVES:
            k += 1
            unit = "vague"
        turn, after = self.turn(k)
        if unit == "vague":
            if turn is None and self.form(k) not in ("الاخيره", "الاخيرين"):
                return None
            return Draft(i, (after if turn is not None else k + 1) - 1, kind="vague", turn=turn)
        if self.form(k) in ("السابق", "السابقه") and unit in ("month", "year"):
            return Draft(i, k, kind="month" if unit == "month" else "year", same="before " + unit)
        if turn is None and self.form(k) in ("الاخير", "الاخيره") and unit in ("month", "week", "year"):
            return Draft(i, k, kind="vague")
        if turn is None:
            if unit == "month" and word == "الشهر" and self.form(k) in SAME:
                return Draft(i, k, kind="month", month_offset=0, same="month")
            return None
        draft = Draft(i, after - 1)
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

    def this(self, i: int) -> Draft | None:
        """هذا العام، هذا الشهر، هذا الأسبوع، هذا اليوم، هذه الليلة."""
        noun = self.form(i + 1)
        if noun in ("العام", "السنه"):
            draft = Draft(i, i + 1, kind="year", year_offset=0)
            if i + 2 < self.n and self.tokens[i + 2].kind == "number" and year_of(self.tokens[i + 2].norm, True):
                draft.last = self._era(i + 3, Draft(i, i)) - 1  # هذا العام 1436هـ
            return draft
        if noun == "الشهر":
            return Draft(i, i + 1, kind="month", month_offset=0)
        if noun == "الاسبوع":
            return Draft(i, i + 1, kind="week", week_offset=0)
        if noun in ("اليوم", "الليله", "الصباح", "المساء", "الفجر"):
            return Draft(i, i + 1, day_offset=0)
        return None

    def feast(self, i: int, word: str) -> list[Draft]:
        """عيد الفطر، ثاني أيام عيد الأضحى, after a word of time; with أول أيام it is a day."""
        name = self.form(i + 1) if word == "عيد" else word
        feast = FEASTS.get(name) if word != "العيد" else (0, 1, 3)
        before = self.form(i - 1)
        if feast is None or before not in BEFORE_FEAST or (word == "العيد" and before in ("في", "وفي", "منذ")):
            return []
        last = i + 1 if word == "عيد" else i
        draft = Draft(i, last, kind="month", month=feast[0], hijri=True, feast=name)
        if feast[2] == 1:
            draft.day, draft.kind = feast[1], "day"
        if before in ("يوم", "ليله", "عشيه"):
            draft.first, draft.kind = i - 1, "day"
            draft.day = feast[1] if before == "يوم" else feast[1] - 1
        elif before == "ايام":
            draft.first = i - 1
            value = NTH.get(self.form(i - 2))
            if value:
                draft.first = i - 2
                draft.kind, draft.day = "day", feast[1] + value - 1
        if self.form(last + 1) == "المبارك":
            last += 1
        draft.last = self.year_after(last + 1, draft) - 1
        return [draft]

    def ago(self, i: int) -> Draft | None:
        """قبل يومين، منذ ثلاثة أيام، قبل نحو عام، قبل أيام."""
        k = i + 1
        word = self.word(i)
        vague = True
        if self.form(k) in SOFTENERS:
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
        unit = UNITS.get(self.form(k))
        if unit is None:
            return None
        if self.form(k) in ("يوم", "عام", "شهر", "سنه") and not count:
            # قبل يوم الجمعة، منذ عام 2014، منذ شهر آذار are no spans
            nxt = self.tokens[k + 1] if k + 1 < self.n else None
            if nxt is not None and (
                nxt.kind == "number" or self.word(k + 1) in WEEKDAYS or self._one_month(k + 1, False)[0]
            ):
                return None
            if nxt is not None and (self.word(k + 1) in DAY_OFFSETS or self.form(k + 1) in ("العيد", "عيد", "عرفه")):
                return None
        amount = 0 if vague else unit[0] if count == 0 else max(count, 0)
        draft = Draft(i, k, kind="span", back=(amount, unit[1]))
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

    def phrase(self, i: int) -> list[Draft]:
        """The expression that begins at `i`, made of parts that stand side by side."""
        word = self.word(i)
        form = self.form(i)
        if word == "قبل" and self.form(i + 1) in ("امس", "البارحه"):
            return [Draft(i, i + 1, day_offset=-2, relation="at")]
        if word in ("قبل", "منذ", "مند"):
            draft = self.ago(i)
            return [draft] if draft else []
        if word in ("هذا", "هذه"):
            this = self.this(i)
            return [this] if this else []
        draft = Draft(i, i)
        k = i
        # part of the day or period
        if word in ("عيد", "العيد", "عاشوراء"):
            return self.feast(i, word)
        if word in PERIOD_PARTS and word in ALL and word not in PLAIN_PARTS:
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
        elif word in PLAIN_PARTS or form in ("صباحا",):
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
                return [Draft(i, j, kind="month", month_offset=0, part="وقت")]
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
        return [draft]

    def period_after_part(self, k: int) -> Draft | None:
        """What مطلع، نهاية، منتصف are the part of: a month, a year, الشهر الجاري."""
        if self.form(k) in ("من",):
            k += 1
        if not 0 <= k < self.n:
            return None
        found: Draft | None = None
        if self.tokens[k].kind == "number":
            year = year_of(self.tokens[k].norm, False)
            return Draft(k, k, kind="year", year=year) if year and 1900 <= year <= 2060 else None
        word = self.word(k)
        if word in ("هذا", "هذه"):
            found = self.this(k)
        elif word in PERIODS and word not in ("شهر",):
            found = self.period(k)
            if found is None and word == "الاسبوع":
                return Draft(k, k, kind="week")
            if found is not None and word == "الليله":
                return found
            if found is None and word in YEAR_HEADS:
                years = self.year(k)
                found = years[0] if years else None
        elif word in YEAR_HEADS:
            years = self.year(k)
            found = years[0] if years else None
        elif word in MONTH_HEADS or word == "شهر":
            found = self.month(k)
        elif word in WEEKDAYS:
            return None
        if found is not None and found.kind in ("month", "year", "week", "vague"):
            return found
        return None

    def core(self, k: int, draft: Draft) -> int:
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

    def _core_step(self, k: int, word: str, form: str, draft: Draft, seen: bool, bracket: int) -> int:
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
            dated: Draft | None = None
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

    def _weekday_of_month(self, k: int) -> Draft | None:
        """الخميس من شهر ... is no day; only a numbered day counts."""
        return self.day_of_month(k)

    def _relative_day(self, k: int, word: str, form: str, draft: Draft) -> int:
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
        offset = DAY_OFFSETS.get(word)
        if offset is None:
            return -1
        if word == "امس":
            if self.form(k - 1) in NAME_BEFORE and draft.part is None:
                return -1
            draft.day_offset = -1
            if self.form(k + 1) == "الاول":
                draft.day_offset = -2
                return k + 2
            return k + 1
        if word == "الامس" and self.form(k + 1) in ("القريب", "البعيد"):
            return -1  # the past
        if word == "البارحه" and self.form(k + 1) == "الاولي":
            draft.day_offset = -2
            return k + 2
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

    def _is_today(self, k: int, draft: Draft) -> bool:
        before, after = self.form(k - 1), self.form(k + 1)
        if self.form(k).startswith("لل") or after in NOT_TODAY_AFTER or (before in NOT_TODAY_BEFORE and before != "في"):
            return False
        if draft.part is None and before in NAME_BEFORE:
            return False
        quoted = after in QUOTES_END and self.tokens[k + 1].start == self.tokens[k].end
        if quoted and draft.part is None and (before in QUOTES_BEGIN or self.form(k - 2) in QUOTES_BEGIN):
            return False  # «اليوم»، "الإمارات اليوم"
        if before == "في" and after in ("و", "ال"):
            return False
        return not (after == "ال" and k + 2 < self.n and self.tokens[k + 2].kind == "number")

    def _weekday_tail(self, found: tuple[int, int], draft: Draft) -> int:
        """What follows a weekday: الماضي, a second day (ليل السبت - الأحد), a list (الخميس والجمعة)."""
        draft.weekday, k = found
        if draft.kind == "day":
            draft.kind = "weekday"
        turn, after = self.turn(k)
        if turn is not None:
            draft.turn = turn
            return after
        second = self.weekday(k)
        if second is not None and self.form(k) in WEEKDAYS and second[0] == (draft.weekday + 1) % 7:
            draft.weekday_to = second[0]
            return second[1]
        if self.form(k) in DASHES and k + 1 < self.n:
            second = self.weekday(k + 1)
            if second is not None and self.form(k + 1) in WEEKDAYS:
                draft.weekday_to = second[0]
                if draft.part not in ("ليل", "ليله", "فجر") and second[0] != (draft.weekday + 1) % 7:
                    draft.kind = "range"
                return second[1]
        form = self.form(k)
        if form and form[0] == "و" and form[1:] in WEEKDAYS:
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
