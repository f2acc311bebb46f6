"""Dates as Arabic news tells them, found on tokens and resolved against the day of publication.

Three families of month names and their doubles (9 آذار/مارس الجاري), Hijri dates, numeric dates, weekdays, أمس and
its kin, parts of the day, spans (قبل يومين) and periods (الشهر الماضي، مطلع العام الجاري). An expression is kept
whether or not it can be resolved: without a day of publication relative ones stay null and keep their words.

A phrase is read left to right from a trigger word or a number; what stands side by side and means one time is one
expression (مساء أمس الثلاثاء 20 حزيران/يونيو 2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from musnad.arabic import numbers
from musnad.arabic.text import Token
from musnad.arabic.timepieces import Draft
from musnad.arabic.timereader import Reader
from musnad.arabic.timevalues import DateExpr, Precision, Relation, Resolved
from musnad.arabic.timewords import (
    BARE_SEASONS,
    CLAUSE_STARTS,
    MONTH_HEADS,
    PERIODS,
    RELATIONS,
    SEASONS,
    UNITS,
    YEAR_HEADS,
    YEAR_PAIRS,
    to_come,
    trigger,
    year_of,
)
from musnad.arabic.wordlists import table, words

__all__ = ["DateExpr", "Precision", "Relation", "Resolved", "find_dates", "report_bounds"]


@lru_cache(maxsize=1 << 16)
def _start(form: str) -> str:
    """What a word form can begin: a time word, "ordinal", "cardinal", or "" for nearly all words."""
    word = trigger(form)
    if word is not None:
        return word
    if form in _ORDINAL_DAYS or form in ("ال", "وال"):
        return "ordinal"
    return "cardinal" if numbers.is_cardinal(form) else ""


def find_dates(tokens: Sequence[Token], body: str) -> list[DateExpr]:
    """All time expressions of a text, in order, none overlapping."""
    reader = Reader(tokens, body)
    out: list[DateExpr] = []
    last_month: Draft | None = None
    n = len(tokens)
    i = 0
    while i < n:
        token = tokens[i]
        drafts: list[Draft] = []
        if token.kind == "number":
            if i + 1 < n or i:
                drafts = _at_number(reader, i)
        elif token.kind == "word":
            start = _start(token.norm)
            if start == "":
                i += 1
                continue
            if start == "ordinal":
                found = reader.day_of_month(i)
                drafts = [found] if found is not None else []
            elif start == "cardinal":
                found = _last_hours(reader, i)
                drafts = [found] if found is not None else []
            else:
                drafts = _at_word(reader, i, start)
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


def _last_hours(reader: Reader, i: int) -> Draft | None:
    """24 ساعة الماضية، الأربع والعشرين ساعة الماضية: a stretch that ends now."""
    count, last = numbers.cardinal_at(reader.tokens, i)
    if not count or reader.form(last + 1) not in UNITS:
        return None
    turn, after = reader.turn(last + 2)
    return None if turn is None else Draft(i, after - 1, kind="vague", turn=turn)


def _at_number(reader: Reader, i: int) -> list[Draft]:
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


def _at_word(reader: Reader, i: int, word: str) -> list[Draft]:
    if word in BARE_SEASONS or word in SEASONS:
        draft = _season(reader, i, word)
        if draft is not None:
            return [draft]
    if word in YEAR_HEADS or word in YEAR_PAIRS:
        years = reader.year(i)
        if years:
            return years
    if word in PERIODS and word != "شهر":
        draft = reader.period(i)
        if draft is not None:
            return [draft]
    if word in MONTH_HEADS or word == "شهر":
        draft = reader.month(i)
        if draft is not None:
            return [draft]
    return reader.phrase(i)


def _season(reader: Reader, i: int, word: str) -> Draft | None:
    """الصيف الماضي، صيف 2014، صيف العام الماضي."""
    if word in SEASONS:
        turn, after = reader.turn(i + 1)
        return Draft(i, after - 1, kind="season", season=SEASONS[word], turn=turn) if turn is not None else None
    k = i + 1
    if k < reader.n and reader.tokens[k].kind == "number":
        year = year_of(reader.tokens[k].norm, False)
        return Draft(i, k, kind="season", season=BARE_SEASONS[word], year=year) if year else None
    if reader.form(k) in YEAR_HEADS:
        years = reader.year(k)
        if years:
            years[0].first = i
            years[0].kind = "season"
            years[0].season = BARE_SEASONS[word]
            return years[0]
    return None


def _named_days() -> dict[tuple[int, int], list[tuple[frozenset[str], int]]]:
    out: dict[tuple[int, int], list[tuple[frozenset[str], int]]] = {}
    for month, day, year, heads in table("named_days.tsv"):
        out.setdefault((int(month), int(day)), []).append((words(heads.replace(",", " ")), int(year)))
    return out


_NAMED_DAYS = _named_days()


def _name_year(reader: Reader, draft: Draft) -> None:
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


def _borrow(draft: Draft, before: Draft | None) -> None:
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


def _share_year(reader: Reader, draft: Draft, before: Draft | None, out: list[DateExpr]) -> None:
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


def _told_as_to_come(reader: Reader, first: int) -> bool:
    """Whether the clause before an expression tells of what is to come."""
    for i in range(first - 1, max(first - 16, -1), -1):
        token = reader.tokens[i]
        if token.text in ".؟!؛:" or reader.line_break(i + 1):
            return False
        if token.kind != "word":
            continue
        if token.norm in CLAUSE_STARTS:
            return False
        if to_come(token.norm):
            return True
    return False


def _finish(reader: Reader, draft: Draft) -> DateExpr:
    tokens = reader.tokens
    relation = draft.relation
    if relation is None:
        before = reader.form(draft.first - 1)
        relation = RELATIONS.get(before, "at")
        if before == "بعد" and reader.form(draft.first) in ("ظهر", "الظهر", "منتصف"):
            relation = "at"  # بعد ظهر الأربعاء is a part of that day
        if relation == "at" and before in ("يوم", "شهر"):
            relation = RELATIONS.get(reader.form(draft.first - 2), "at")
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
