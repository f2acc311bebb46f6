"""Numbers in words and digits, vague ones, bounded ones, and duals that count.

Tolls, troop strengths and days are told in every mixture of digits and words (10 آلاف و300، مئة وثلاثة وعشرون،
عشرات، ما لا يقل عن خمسة، قتيلان). Each becomes `[min, max]`, with the noun that it counts. One walk over the
tokens; a word is looked at only when its normal form is in the table of number words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from musnad.arabic.numerals import (
    CLOSING,
    FORMS,
    FRACTION,
    HUNDRED,
    OPENING,
    ORDINAL,
    SCALE,
    SCALES,
    UNIT,
    VAGUE,
    NumberWord,
    Numeral,
    cardinal_at,
    is_cardinal,
    ordinal_at,
    ordinal_forms,
    read_numeral,
)
from musnad.arabic.people import PERSONS, Count, PersonNoun, count_of_noun, person_noun
from musnad.arabic.text import Token
from musnad.arabic.wordlists import words

__all__ = [
    "Bound",
    "Count",
    "Number",
    "NumberKind",
    "PersonNoun",
    "cardinal_at",
    "count_of_noun",
    "counts_noun",
    "find_numbers",
    "is_cardinal",
    "ordinal_at",
    "ordinal_forms",
    "person_noun",
]

NumberKind = Literal["cardinal", "ordinal", "percent", "year", "time", "date", "money", "measure", "fraction", "dual"]
Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "range", "vague"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as the text gives it: tokens `first` to `last`, `body[start:end]`.

    `min` and `max` are whole; `max` is None when no upper bound is told. `decimal` keeps the exact value where it
    is not whole (3.5 per cent). `noun` is the token of the thing counted, None when it is left unsaid. In a dual
    (قتيلان) the noun itself is the number.
    """

    first: int
    last: int
    start: int
    end: int
    min: int
    max: int | None
    kind: NumberKind
    bound: Bound
    noun: int | None
    decimal: float | None = None


_ABOUT = words(
    "نحو حوالي قرابة زهاء تقريبا بنحو بحوالي لنحو لحوالي ونحو وحوالي بقرابة يقارب تقارب يناهز تناهز"
    " قارب قاربت ناهز حوالى"
)
_MORE = words("اكثر ازيد باكثر لاكثر واكثر وباكثر فاكثر فوق بازيد")
_LESS = words("أقل بأقل لأقل وأقل")
_PERCENT = frozenset(["%", "٪"])
_MONEY = words(
    "دولار دولارا دولارات ريال ريالا ريالات دينار دينارا دنانير درهم درهما دراهم يورو جنيه جنيها جنيهات ليره"
    " ليرات ليرة روبل شيكل شيقل فرنك ين يوان استرليني سنت سنتا سنتات هلله روبيه تومان"
)
_MEASURE = words(
    "كيلومتر كيلومترا كيلومترات كلم كم متر مترا امتار ميل ميلا اميال طن طنا اطنان كيلوغرام كيلو غرام جرام"
    " غراما كيلوجرام برميل برميلا براميل هكتار هكتارا دونم دونما لتر لترا ليتر درجه درجات ميغاواط ميجاواط واط"
    " سنتيمتر ملم مم قدم قدما عقده ماخ فدان فدانا كغ كجم سم ميغابايت غيغابايت"
)
_CLOCK = words("الساعة والساعة للساعة بالساعة")


def find_numbers(tokens: Sequence[Token], body: str, skip: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """All numbers of a text in order. `skip` holds token ranges (first, last) to leave out, such as dates."""
    skipped: set[int] = set()
    for first, last in skip:
        skipped.update(range(first, last + 1))
    out: list[Number] = []
    forms = FORMS
    persons = _DUAL_PERSONS
    vague = _VAGUE_STARTS
    n = len(tokens)
    i = 0
    while i < n:
        token = tokens[i]
        kind = token.kind
        found: Number | None = None
        if i in skipped or kind == "punct" or kind == "latin":
            i += 1
            continue
        if kind == "number":
            if not _part_of_name(tokens, i):
                found = _numeral(tokens, i, body)
        else:
            form = token.norm
            if form in forms:
                found = _numeral(tokens, i, body)
            elif form in vague:
                found = _vague(tokens, i)
            elif form in persons:
                found = _dual(tokens, i)
            elif form == "يقل" or form == "تقل":
                found = _least_dual(tokens, i)
        if found is None:
            i += 1
            continue
        out.append(found)
        i = found.last + 1
    return out


_TOUCHING = words("و ب ل ف ك ال وال بال لل من في إلى عن نحو ول وب")


def _part_of_name(tokens: Sequence[Token], i: int) -> bool:
    """M1, MBC1, سي5: a number that is written together with a short name. Longer words are glued by bad crawling."""
    before = tokens[i - 1] if i else None
    if before is None or before.end != tokens[i].start:
        return False
    if before.kind == "latin":
        return True
    return before.kind == "word" and len(before.norm) <= 2 and before.norm not in _TOUCHING


def _number(
    tokens: Sequence[Token],
    first: int,
    last: int,
    low: int,
    high: int | None,
    kind: NumberKind,
    bound: Bound,
    noun: int | None,
    decimal: float | None = None,
) -> Number:
    return Number(first, last, tokens[first].start, tokens[last].end, low, high, kind, bound, noun, decimal)


_VAGUE_STARTS = frozenset(
    p + w for p in ("", "و", "ب", "ل", "وب", "ف") for w in ("بضع", "بضعه", "عده", "عدد", "عددا", "البضع")
)
_NOT_DUALS = words("والدين طالبان طالبين شبان شبين راعين مالين مالان فردين")
_DUAL_PERSONS = frozenset(
    p + a + form
    for form, noun in PERSONS.items()
    if noun.number == "dual" and form not in _NOT_DUALS
    for p in ("", "و", "ب", "ل", "وب", "ف")
    for a in ("", "ال")
)


def _vague(tokens: Sequence[Token], i: int) -> Number | None:
    """بضعة [3, 9]; عدة، عدد من [1, None]: more than one, how many is not told."""
    form = tokens[i].norm
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is None:
        alone = form in ("عده", "وعده") and tokens[i].text.endswith("ة")
        return _number(tokens, i, i, 1, None, "cardinal", "vague", _word_before(tokens, i)) if alone else None
    if form.endswith(("بضع", "بضعه")):
        follow = FORMS.get(nxt.norm)
        if follow is not None and follow.cls in (VAGUE, SCALES):
            return _numeral(tokens, i + 1, "")
        return _number(tokens, i, i, 3, 9, "cardinal", "vague", i + 1)
    if form.endswith("عده"):
        if form not in ("عده", "وعده") and not tokens[i].text.endswith("ة"):
            return None  # بعده: after him
        if tokens[i].text.endswith("ه") and nxt.norm.startswith("ال"):
            return None  # عدّه المراقبون: a verb
        if nxt.kind != "word" or nxt.norm in _PREPOSITIONS:  # صواريخ عدة
            return _number(tokens, i, i, 1, None, "cardinal", "vague", _word_before(tokens, i))
        return _number(tokens, i, i, 1, None, "cardinal", "vague", i + 1)
    if form.endswith(("عدد", "عددا")) and nxt.norm == "من" and i + 2 < len(tokens):
        return _number(tokens, i, i + 1, 1, None, "cardinal", "vague", i + 2)
    if form.endswith(("عدد", "عددا")) and nxt.norm in _SIZES and i + 3 < len(tokens) and tokens[i + 2].norm == "من":
        return _number(tokens, i, i + 2, 1, None, "cardinal", "vague", i + 3)
    return None


_SIZES = words("كبير كبيرا قليل محدود آخر ضئيل هائل غير إضافي")


_PREPOSITIONS = words(
    "من في على إلى عن مع بين حتى منذ خلال قبل بعد ضد الذي التي الذين أن أنه أي أو ثم كما وفق حسب بحسب وذلك أخرى"
)


def _word_before(tokens: Sequence[Token], i: int) -> int | None:
    return i - 1 if i and tokens[i - 1].kind == "word" else None


_GLUED = ("أن", "أنّ", "إن", "إنّ", "أنَّ", "إنَّ")


def _least_dual(tokens: Sequence[Token], i: int) -> Number | None:
    """ما لا يقل عن سيارتين: a dual of any noun counts where a bound stands before it."""
    k = i + 2
    if k >= len(tokens) or tokens[i + 1].norm != "عن" or tokens[k].kind != "word" or tokens[i - 1].norm not in _NO:
        return None
    form = tokens[k].norm
    if form in FORMS or len(form) < 5 or not form.endswith(("ين", "ان")) or form.startswith("ال"):
        return None
    return _number(tokens, k, k, 2, None, "dual", "at_least", k)


def _dual(tokens: Sequence[Token], i: int) -> Number | None:
    """A dual noun for people counts them: قتيلان، جنديين. With اثنان after it, one number."""
    last = i
    if tokens[i].text.endswith(_GLUED):
        return None  # الأميركيأنّ: a word glued to the next by bad crawling
    before = tokens[i - 1] if i else None
    if before is not None and before.kind == "word" and before.norm.endswith(("ين", "ان")) and len(before.norm) > 4:
        return None  # البلدين الشقيقين: an adjective of the dual before it
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is not None:
        follow = FORMS.get(nxt.norm)
        if follow is not None and follow.value == 2 and follow.cls == UNIT:
            last = i + 1
    return _number(tokens, i, last, 2, 2, "dual", "exact", i)


def _numeral(tokens: Sequence[Token], i: int, body: str) -> Number | None:
    """The number that begins at `i`, with what stands before and after it."""
    token = tokens[i]
    n = len(tokens)
    word = FORMS.get(token.norm) if token.kind == "word" else None
    first = i
    # vague multiples: عشرات الآلاف، مئات، آلاف
    if word is not None and word.cls in (VAGUE, SCALES):
        return _vague_multiple(tokens, i, word)
    if word is not None and word.cls == FRACTION:
        return _half(tokens, i)
    clock = _clock(tokens, i)
    if clock is not None:
        return clock
    read = read_numeral(tokens, i)
    if read is None:
        return None
    value, last = read.value(), read.last
    if word is not None and not _plausible(tokens, i, word, read):
        return None
    kind: NumberKind = "ordinal" if read.ordinal else "cardinal"
    low: int = value
    high: int | None = value
    bound: Bound = "exact"
    nxt = tokens[last + 1] if last + 1 < n else None
    if kind == "cardinal":
        kind = _kind_after(tokens, last, value, read)
    noun = _noun(tokens, last, i)
    if kind == "cardinal" and last == i and read.plain_digits and 1900 <= value <= 2040 and len(token.norm) == 4:
        counted = noun is not None and (counts_noun(tokens, i) or tokens[noun].norm.endswith("ا"))
        if i and tokens[i - 1].norm in ("ال", "بال", "لل"):
            counted = True
        if (
            not counted
            and (bound_word := _bound(tokens, i, last, low, high))[0] == "exact"
            and bound_word[2] is not None
        ):
            kind = "year"
    if kind == "ordinal":
        return _number(tokens, first, last, low, high, kind, bound, None)
    # "10 إلى 12", "بين 5 و7"
    second = _range_end(tokens, i, last)
    if second is not None:
        low2, last2, _decimal2 = second
        if low2 > low:
            kind = _kind_after(tokens, last2, low2, read)
            noun = _noun(tokens, last2, i)
            return _number(tokens, first, last2, low, low2, kind, "range", noun, read.decimal)
    bound, low, high = _bound(tokens, i, last, low, high)
    if read.decimal is not None and nxt is not None and kind == "cardinal" and nxt.norm in _MEASURE:
        kind = "measure"
    return _number(tokens, first, last, low, high, kind, bound, noun, read.decimal)


def _clock(tokens: Sequence[Token], i: int) -> Number | None:
    """A time of day after الساعة (10:30، الخامسة والنصف), or hours and minutes joined by a colon."""
    n = len(tokens)
    token = tokens[i]
    k = i - 1
    if k >= 0 and tokens[k].norm in ("ال", "ب", "بال"):
        k -= 1
    after_hour_word = k >= 0 and tokens[k].norm in _CLOCK
    last = i
    if token.kind == "number":
        colon = (
            i + 2 < n
            and tokens[i + 1].text in (":", "ر")
            and tokens[i + 2].kind == "number"
            and len(tokens[i + 2].norm) == 2
            and tokens[i + 2].end - token.start <= 7
        )
        if not (after_hour_word or (colon and len(token.norm) <= 2)) or not token.norm[:2].isdigit():
            return None
        if colon:
            last = i + 2
        hour = int(token.norm[:2]) if len(token.norm) in (1, 2, 4) or "." in token.norm else 99
        if hour > 24 and colon and tokens[i + 1].norm == "ر":  # 47ر09, minutes first
            hour = int(tokens[i + 2].norm)
        if hour > 24:
            return None
    else:
        word = FORMS[token.norm]
        if not after_hour_word or word.cls not in (ORDINAL, UNIT) or not word.article:
            return None
        read = read_numeral(tokens, i)
        if read is None or read.value() > 24:
            return None
        hour, last = read.value(), read.last
        if last + 1 < n and tokens[last + 1].norm in _PARTS_OF_HOUR:
            last += 1
    return _number(tokens, i, last, hour, hour, "time", "exact", None)


_PARTS_OF_HOUR = words("والنصف ونصف والربع وربع والثلث وثلث")


def _vague_multiple(tokens: Sequence[Token], i: int, word: NumberWord) -> Number | None:
    value = word.value * 2 if word.cls == SCALES else word.value
    last = i
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    follow = FORMS.get(nxt.norm) if nxt is not None else None
    if word.cls == VAGUE and follow is not None and follow.cls in (SCALES, SCALE, VAGUE) and not follow.joined:
        base = {24: 20, 200: 200, 2000: 2000}[word.value]
        unit = follow.value if follow.cls != VAGUE else 1000 if follow.bare == "الوف" else 1
        if unit > 1:
            value, last = base * unit, i + 1
    return _number(tokens, i, last, value, None, "cardinal", "vague", _noun(tokens, last, i))


def _half(tokens: Sequence[Token], i: int) -> Number | None:
    """نصف مليون is a number; نصف المدينة is not one that counts."""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    follow = FORMS.get(nxt.norm) if nxt is not None else None
    if follow is None or follow.cls != SCALE or follow.value < 10**6 or follow.joined:
        return None
    value = follow.value // 2
    bound, low, high = _bound(tokens, i, i + 1, value, value)
    return _number(tokens, i, i + 1, low, high, "cardinal", bound, _noun(tokens, i + 1, i))


_NOT_AFTER_ONE = words("كل اي ولا لا كان اكثر حتي")


_SHARES = words("أرباع أخماس أثلاث أسداس أثمان أعشار")


def _greeting(token: Token | None) -> bool:
    """ألف مبروك، ألف شكر، ألف ليلة count nothing."""
    return token is not None and token.norm in ("مبروك", "شكر", "تحيه", "ليله", "باء", "سلامه")


def _share(tokens: Sequence[Token], i: int, word: NumberWord) -> bool:
    """الخمس، السدس alone: a fifth, a sixth."""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    before = tokens[i - 1].norm if i else ""
    stands_alone = nxt is None or nxt.kind == "punct"
    return word.bare in ("خمس", "سبع", "تسع", "عشر") and stands_alone and not before.startswith("ال")


def _plausible(tokens: Sequence[Token], i: int, word: NumberWord, read: Numeral) -> bool:
    """Whether a number word stands here as a number: rules out واحد in واحداً تلو الآخر, المئة in بالمئة, and so on."""
    prev = tokens[i - 1] if i else None
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if word.cls == ORDINAL:
        return True
    if "أ" in tokens[i].text and word.value == 1 and read.last == i:
        return False  # وأحد: and one of
    if nxt is not None and nxt.norm in _SHARES:
        return False  # ثلاثة أرباع
    if word.cls == HUNDRED and word.article and read.last == i:
        return not word.prefix and not (prev is not None and prev.norm == "في")
    if word.cls == SCALE and word.bare == "الف" and read.last == i and (word.article or _greeting(nxt)):
        return False
    if word.value == 1 and read.last == i and word.cls == UNIT:
        if prev is not None and prev.norm in _NOT_AFTER_ONE:
            return False
        if nxt is not None and nxt.norm in ("تلو", "بعد", "من"):
            return nxt.norm == "من" and not word.article
    return not (word.article and read.last == i and (word.bare == "اثنين" or _share(tokens, i, word)))


def _kind_after(tokens: Sequence[Token], last: int, value: int, read: Numeral) -> NumberKind:
    """What the words after a number make of it."""
    n = len(tokens)
    nxt = tokens[last + 1] if last + 1 < n else None
    after = tokens[last + 2] if last + 2 < n else None
    if read.first > 0 and tokens[read.first - 1].text in _PERCENT:
        return "percent"
    if nxt is None:
        return "cardinal"
    if nxt.text in _PERCENT or nxt.norm in ("بالمئه", "بالمائه", "بالميه"):
        return "percent"
    if nxt.norm == "في" and after is not None and after.norm in ("المئه", "المائه", "الميه", "المايه"):
        return "percent"
    if nxt.norm in _MONEY:
        return "money"
    if nxt.norm in _MEASURE:
        return "measure"
    return "cardinal"


def _noun(tokens: Sequence[Token], last: int, first: int) -> int | None:
    """The noun that a number counts: the word after it or after من; before it when the number is definite."""
    k = last + 1
    n = len(tokens)
    if first > 0:
        before = tokens[first - 1]
        word = FORMS.get(tokens[first].norm) if tokens[first].kind == "word" else None
        if word is not None and word.article and not word.prefix and before.kind == "word" and before.norm[:2] == "ال":
            return first - 1  # الأشهر الثلاثة
        if before.norm == "ال" and first > 1 and tokens[first - 2].norm.startswith("ال"):
            return first - 2  # المسلحين الـ55
        if word is not None and word.value in (1, 2) and not word.article:
            for j in (first - 1, first - 2):  # عسكريين اثنين، جنديين آخرين اثنين
                if j >= 0 and (noun := person_noun(tokens[j].norm)) is not None and noun.number != "plural":
                    return j
        if k < n and tokens[k].text in CLOSING and before.text in OPENING:
            k += 1  # (354) شخصا
    if k >= n:
        return None
    token = tokens[k]
    if token.norm == "من" and k + 1 < n:
        k += 1
        token = tokens[k]
        if token.norm in ("بين", "اصل", "قبل"):
            return None
    return k if token.kind == "word" and len(token.norm) > 1 and token.norm not in _PREPOSITIONS else None


def _range_end(tokens: Sequence[Token], i: int, last: int) -> tuple[int, int, float | None] | None:
    """The upper end of a range whose lower end is tokens `i` to `last`."""
    n = len(tokens)
    if last + 2 >= n:
        return None
    prev = tokens[i - 1].norm if i else ""
    nxt, after = tokens[last + 1], tokens[last + 2]
    joiner = nxt.norm
    start = last + 2
    if prev in ("بين", "وبين", "مابين", "بين"):
        if joiner in ("الي", "-", "–") or (joiner == "و" and after.kind == "number"):
            pass
        elif nxt.kind == "word" and (w := FORMS.get(joiner)) is not None and w.joined:
            start = last + 1
        else:
            return None
    elif (
        (joiner == "الي" and prev in ("من", "ومن"))
        or joiner not in ("الي", "-", "–", "ـ", "او")
        or (joiner == "-" and (tokens[last].end != nxt.start or after.start != nxt.end))
    ):
        return None
    read = read_numeral(tokens, start)
    if read is None or read.ordinal:
        return None
    return read.value(), read.last, read.decimal


_LESS_VERBS = words("يقل تقل يقلون تقلّ قل")
_MORE_VERBS = words("يزيد تزيد يربو تربو زاد زادت يزيدون ويزيد وزاد")
_OVER_VERBS = words("تجاوز يتجاوز تتجاوز تجاوزت وتجاوز فاق فاقت يفوق تفوق تخطى تخطت يتخطى تتخطى تعدى يتعدى تتعدى")
_NO = words("لا ولا لم ولم ألا")


def _bound(tokens: Sequence[Token], i: int, last: int, low: int, high: int | None) -> tuple[Bound, int, int | None]:
    """What the words around a number do to it: at least, more than, less than, about."""
    if i and (tokens[i - 1].text in OPENING or tokens[i - 1].text in _PERCENT or tokens[i - 1].norm == "ال"):
        i -= 1
    p1 = tokens[i - 1].norm if i else ""
    p2 = tokens[i - 2].norm if i > 1 else ""
    p3 = tokens[i - 3].norm if i > 2 else ""
    p4 = tokens[i - 4].norm if i > 3 else ""
    if p1 == "عن" or p1 == "علي":
        for k in range(i - 2, max(i - 7, 0), -1):  # لا يقل عمره عن
            verb = tokens[k].norm
            if tokens[k].kind == "punct":
                break
            if verb in _LESS_VERBS and tokens[k - 1].norm in _NO:
                return "at_least", low, None
            if verb in _MORE_VERBS and tokens[k - 1].norm in _NO:
                return "at_most", 0, high
            if verb in _MORE_VERBS and k >= i - 3:
                return "more_than", low, None
    if p1 in _OVER_VERBS:
        return ("at_most", 0, high) if p2 in _NO else ("more_than", low, None)
    for k in range(i - 2, max(i - 5, -1), -1):  # تجاوز عدد الجرحى 1900
        if tokens[k].norm in _OVER_VERBS and tokens[k + 1].norm.startswith("عدد"):
            return ("at_most", 0, high) if k and tokens[k - 1].norm in _NO else ("more_than", low, None)
    if p1 == "من":
        if p2 in _MORE:
            return "more_than", low, None
        if p2 in _LESS:
            return "less_than", 0, high
    if p1 in _ABOUT:
        return "about", low, high
    for k in range(last + 1, min(last + 8, len(tokens) - 1)):
        word = tokens[k]
        if word.kind in ("punct", "number") or word.norm in FORMS:
            break
        if word.norm == "علي" and tokens[k + 1].norm == "الاقل":
            return "at_least", low, None
        if word.norm in ("فاكثر", "فما"):
            return "at_least", low, None
    if p4 == "علي" and p3 == "الاقل":
        return "at_least", low, None
    if p2 == "علي" and p1 == "الاقل":
        return "at_least", low, None
    return "exact", low, high


def counts_noun(tokens: Sequence[Token], i: int) -> bool:
    """Whether the number in digits at `i` counts the noun right after it (2014 قتيلا), so that it is no year."""
    if i + 1 >= len(tokens):
        return False
    form = tokens[i + 1].norm
    if form in _MONEY or form in _MEASURE:
        return True
    noun = person_noun(form)
    return (noun is not None and noun.number == "singular" and form.endswith("ا")) or is_cardinal(form)
