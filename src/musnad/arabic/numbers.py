"""Numbers in words and digits, vague ones, bounded ones, and duals that count.

Tolls, troop strengths and days are told in every mixture of digits and words (10 آلاف و300، مئة وثلاثة وعشرون،
عشرات، ما لا يقل عن خمسة، قتيلان). Each becomes `[min, max]`, with the noun that it counts. One walk over the
tokens; a word is looked at only when its normal form is in the table of number words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from musnad.arabic.letters import norm
from musnad.arabic.text import Token
from musnad.arabic.wordlists import table, words

NumberKind = Literal["cardinal", "ordinal", "percent", "year", "time", "date", "money", "measure", "fraction", "dual"]
Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "range", "vague"]
Count = tuple[int, int | None]


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


# ---------------------------------------------------------------------------------------------- number words

_UNIT = "unit"  # 1..9
_TEEN = "teen"  # عشر after a unit
_TEN = "ten"  # 10
_TENS = "tens"  # 20..90
_HUNDRED = "hundred"  # 100, multiplies a unit
_HUNDREDS = "hundreds"  # 200..900
_SCALE = "scale"  # thousand, million ...
_DUALSCALE = "dualscale"  # ألفان
_VAGUE = "vague"  # عشرات
_SCALES = "scales"  # آلاف: a scale after a number, vague alone
_ORDINAL = "ordinal"
_FRACTION = "fraction"  # نصف


@dataclass(frozen=True, slots=True)
class _Word:
    cls: str
    value: int
    joined: bool  # carries و
    article: bool
    prefix: str  # ب ل ك ف
    bare: str


def _lexicon() -> dict[str, tuple[str, int]]:
    lex: dict[str, tuple[str, int]] = {}

    def add(cls: str, value: int, forms: str) -> None:
        for word in forms.split():
            lex.setdefault(norm(word), (cls, value))

    for value, forms in enumerate(
        (
            "واحد واحدة واحدا إحدى أحد",
            "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي إثنين إثنان ثنتان ثنتين اتنين",
            "ثلاث ثلاثة ثلاثا",
            "أربع أربعة أربعا",
            "خمس خمسة خمسا",
            "ست ستة ستا",
            "سبع سبعة سبعا",
            "ثمان ثماني ثمانية ثمانيا",
            "تسع تسعة تسعا",
        ),
        1,
    ):
        add(_UNIT, value, forms)
    add(_TEN, 10, "عشر عشرة")
    for value, stem in zip(range(20, 100, 10), ["عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"], strict=True):
        add(_TENS, value, f"{stem}ون {stem}ين")
    add(_HUNDRED, 100, "مئة مائة ماية مية")
    add(_HUNDREDS, 200, "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي")
    for value, stem in zip(range(300, 1000, 100), ["ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"], strict=True):
        add(_HUNDREDS, value, f"{stem}مئة {stem}مائة {stem}ماية")
        add(_HUNDREDS, value, f"{stem}ةمئة {stem}ةمائة")
    add(_HUNDREDS, 800, "ثمانيمئة ثمانيمائة")
    add(_SCALE, 1000, "ألف ألفا")
    add(_DUALSCALE, 2000, "ألفان ألفين ألفي")
    add(_SCALES, 1000, "آلاف")
    add(_SCALE, 10**6, "مليون مليونا")
    add(_DUALSCALE, 2 * 10**6, "مليونان مليونين مليوني")
    add(_SCALES, 10**6, "ملايين")
    add(_SCALE, 10**9, "مليار مليارا بليون بليونا")
    add(_DUALSCALE, 2 * 10**9, "ملياران مليارين ملياري بليونان بليونين بليوني")
    add(_SCALES, 10**9, "مليارات بلايين")
    add(_SCALE, 10**12, "تريليون تريليونا")
    add(_DUALSCALE, 2 * 10**12, "تريليونان تريليونين تريليوني")
    add(_SCALES, 10**12, "تريليونات")
    add(_VAGUE, 24, "عشرات")
    add(_VAGUE, 200, "مئات مائات")
    add(_VAGUE, 2000, "ألوف")
    add(_FRACTION, 2, "نصف")
    return lex


_ORDINALS = {
    "اول": 1, "اولي": 1, "ثاني": 2, "ثانيه": 2, "ثالث": 3, "ثالثه": 3, "رابع": 4, "رابعه": 4, "خامس": 5, "خامسه": 5,
    "سادس": 6, "سادسه": 6, "سابع": 7, "سابعه": 7, "ثامن": 8, "ثامنه": 8, "تاسع": 9, "تاسعه": 9, "عاشر": 10,
    "عاشره": 10, "حادي": 1, "حاديه": 1,
}  # fmt: skip


def _forms() -> dict[str, _Word]:
    """Every number word with the particles that may be written before it."""
    out: dict[str, _Word] = {}
    for word, (cls, value) in _lexicon().items():
        for joined in ("", "و", "ف"):
            for prefix in ("", "ب", "ل", "ك"):
                out.setdefault(joined + prefix + word, _Word(cls, value, joined == "و", False, prefix, word))
                head = joined + "لل" if prefix == "ل" else joined + prefix + "ال"
                out.setdefault(head + word, _Word(cls, value, joined == "و", True, prefix, word))
    for word, value in _ORDINALS.items():
        for joined in ("", "و"):
            for prefix in ("", "ب", "ل", "ك"):
                head = joined + "لل" if prefix == "ل" else joined + prefix + "ال"
                out.setdefault(head + word, _Word(_ORDINAL, value, joined == "و", True, prefix, word))
    for homograph in _NOT_NUMBERS:
        out.pop(homograph, None)
    return out


# forms that are far more often another word: فست، كست، بست، لست (لست أنا), فالف، لاحد، كاحد ...
_NOT_NUMBERS = words(
    "لست فست كست بست لسبع فسبع ولست فاحد كمية وكمية فكمية بمية مية ومية لمية ماية فالف لالف كالف ستا"
    " أربعا خمسا تسعا سبعا"
)
_FORMS: dict[str, _Word] = _forms()

# ---------------------------------------------------------------------------------------------- data tables


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for people: its lemma, grammatical number and what it says of their fate."""

    lemma: str
    number: Literal["singular", "dual", "plural", "ambiguous", "mass"]
    fate: Literal["", "killed", "injured", "both", "captive", "missing"]


def _duals(singular: str) -> list[str]:
    """The dual of a singular noun in its normal form, in all cases and before a genitive."""
    if singular.endswith("ه"):
        singular = singular[:-1] + "ت"
    return [singular + "ان", singular + "ين", singular + "ا", singular + "ي"]


def _person_forms() -> dict[str, PersonNoun]:
    out: dict[str, PersonNoun] = {}
    for singular, plural, sound, fate in table("person_nouns.tsv"):
        word = norm(singular)
        kind = "" if fate == "-" else fate
        if sound == "mass":
            out.setdefault(word, PersonNoun(word, "mass", kind))  # type: ignore[arg-type]
            continue
        out.setdefault(word, PersonNoun(word, "singular", kind))  # type: ignore[arg-type]
        if not word.endswith("ه") and not word.endswith("ا"):
            out.setdefault(word + "ا", PersonNoun(word, "singular", kind))  # type: ignore[arg-type]
        for form in () if plural == "-" else plural.split(","):
            out.setdefault(norm(form.strip()), PersonNoun(word, "plural", kind))  # type: ignore[arg-type]
        if sound == "sound":
            for end in ("ون", "و", "ين"):
                number = "ambiguous" if end == "ين" else "plural"
                out.setdefault(word + end, PersonNoun(word, number, kind))  # type: ignore[arg-type]
        for form in _duals(word)[:2]:
            out.setdefault(form, PersonNoun(word, "dual", kind))  # type: ignore[arg-type]
        if word in _KIN:
            for own in ("ه", "ها", "هم"):
                out.setdefault(_duals(word)[0][:-2] + own, PersonNoun(word, "singular", ""))
                for dual in _duals(word)[2:]:
                    out.setdefault(dual + own, PersonNoun(word, "dual", ""))
    return out


_KIN = words("والد والدة شقيق شقيقة زوجة ابن نجل طفل ابنة طفلة قريب حفيد")
_PERSONS: dict[str, PersonNoun] = _person_forms()


@lru_cache(maxsize=1 << 15)
def person_noun(form: str) -> PersonNoun | None:
    """What a word form (normal form) says as a noun for people, leading particles and article allowed.

    Nationalities and other nisba adjectives used as nouns (فلسطينيان) are known by their ending: dual in -يان.
    """
    for head in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب"):
        if head and not form.startswith(head):
            continue
        rest = form[len(head) :]
        found = _PERSONS.get(rest)
        if found is None and rest.startswith("ال"):
            found = _PERSONS.get(rest[2:])
        if found is None and head.endswith("ل") and rest.startswith("ل"):
            found = _PERSONS.get(rest[1:])
        if found is not None:
            return found
    return None


def count_of_noun(token: Token) -> Count | None:
    """How many people a noun stands for by its form alone: مدني [1, 1], جنديان [2, 2], مدنيين [1, None].

    A sound plural in -ين is a dual as well on paper; it counts as a plural unless a vowel sign says dual.
    """
    noun = person_noun(token.norm)
    if noun is None:
        return None
    if noun.number == "singular":
        return (1, 1)
    if noun.number == "dual":
        return (2, 2)
    if noun.number == "ambiguous" and _dual_by_vowel(token.text):
        return (2, 2)
    return (1, None)


def _dual_by_vowel(text: str) -> bool:
    """Whether a fatha stands before the final -ين, which only the dual has."""
    return text.endswith(("\u064eين", "\u064eيْن", "\u064eيْنِ", "\u064eينِ"))


# ---------------------------------------------------------------------------------------------- bounds

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


# ---------------------------------------------------------------------------------------------- digits


def _digits(form: str) -> tuple[int, float | None] | None:
    """The value of a number in digits: whole, or whole part and exact value. None when it is no plain number."""
    text = form.replace("٫", ".").replace("٬", ",")
    if text.isdigit():
        return int(text), None
    parts = text.replace(",", ".").split(".")
    if len(parts) > 2 or "," in text:
        seps = {c for c in text if c in ".,"}
        if len(seps) == 1 and all(len(p) == 3 for p in parts[1:]) and len(parts[0]) <= 3:
            return int("".join(parts)), None
        if len(seps) == 2 and all(len(p) == 3 for p in parts[1:-1]):
            value = float("".join(parts[:-1]) + "." + parts[-1])
            return int(value), value
        if len(parts) > 2:
            return None
    if len(parts) == 2:
        value = float(parts[0] + "." + parts[1])
        if len(parts[1]) == 3 and parts[0] != "0" and len(parts[0]) <= 3:
            return int(parts[0] + parts[1]), None
        return int(value), value
    return None


@dataclass(slots=True)
class _Sum:
    """A numeral being read: `total` of finished groups, `group` below the next scale."""

    total: int = 0
    group: int = 0
    scale: int = 10**15
    decimal: float | None = None
    last: int = -1
    article: bool = False
    ordinal: bool = False
    plain_digits: bool = False
    first: int = 0

    def value(self) -> int:
        return self.total + self.group


def _read(tokens: Sequence[Token], i: int) -> _Sum | None:
    """Read the longest numeral that begins at token `i`."""
    n = len(tokens)
    out = _Sum(first=i)
    token = tokens[i]
    if token.kind == "number":
        parsed = _digits(token.norm)
        if parsed is None:
            return None
        out.group, out.decimal = parsed
        out.last = i
        out.plain_digits = True
        if out.decimal is None and _agency_point(tokens, i):  # 3ر5 as some agencies write 3.5
            out.decimal = float(f"{out.group}.{tokens[i + 2].norm}")
            out.last = i + 2
        low = 1 if out.group < 1000 else 0
    else:
        word = _FORMS.get(token.norm)
        if word is None or word.cls in (_VAGUE, _FRACTION):
            return None
        step = _begin(tokens, i, word, out)
        if not step:
            return None
        low = 1
    while low:
        k = out.last + 1
        if k >= n:
            break
        nxt = tokens[k]
        if (
            nxt.text in _CLOSING
            and out.plain_digits
            and not out.total
            and i
            and tokens[i - 1].text in _OPENING
            and k + 1 < n
            and (word := _FORMS.get(tokens[k + 1].norm)) is not None
            and word.cls in (_SCALE, _SCALES)
            and _extend(tokens, k + 1, word, out)
        ):
            continue  # (100) مليون
        if nxt.kind == "word":
            word = _FORMS.get(nxt.norm)
            if word is not None and _extend(tokens, k, word, out):
                continue
            if nxt.norm == "و" and k + 1 < n and _join_after(tokens, k + 1, out):
                continue
        break
    return out


def _agency_point(tokens: Sequence[Token], i: int) -> bool:
    """Whether ر stands between two numbers without a space, for the decimal point."""
    if i + 2 >= len(tokens) or tokens[i + 1].norm != "ر" or tokens[i + 2].kind != "number":
        return False
    return (
        tokens[i].end == tokens[i + 1].start
        and tokens[i + 1].end == tokens[i + 2].start
        and tokens[i + 2].norm.isdigit()
    )


def _begin(tokens: Sequence[Token], i: int, word: _Word, out: _Sum) -> bool:
    """The first word of a numeral; false when the word alone is no number here."""
    out.article = word.article
    out.last = i
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    follow = _FORMS.get(nxt.norm) if nxt is not None else None
    if word.cls == _ORDINAL:
        out.ordinal = True
        out.group = word.value
        if follow is not None and follow.bare in ("عشر", "عشره") and not follow.joined:
            out.group = 10 + word.value
            out.last = i + 1
        elif follow is not None and follow.cls == _TENS and follow.joined:
            out.group = word.value + follow.value
            out.last = i + 1
        elif word.bare in ("حادي", "حاديه"):
            return False
        return True
    if word.cls == _UNIT:
        if word.bare in ("احد", "احدي"):
            if follow is not None and not follow.joined and follow.bare in ("عشر", "عشره"):
                out.group, out.last = 11, i + 1
                return True
            if word.bare == "احدي" and follow is not None and follow.cls == _TENS and follow.joined:
                out.group = 1
                return True
            return False
        out.group = word.value
        if follow is not None and not follow.joined:
            if follow.bare in ("عشر", "عشره") and not follow.prefix:
                out.group, out.last = 10 + word.value, i + 1
            elif follow.cls == _HUNDRED and not follow.prefix:
                out.group, out.last = 100 * word.value, i + 1
        elif word.bare in ("اثنا", "اثني", "اثنتا", "اثنتي"):
            return False
        return True
    if word.cls in (_TEN, _TENS, _HUNDRED, _HUNDREDS):
        out.group = word.value
        return True
    if word.cls == _SCALE:
        if word.bare in ("الفا", "مليونا", "مليارا"):
            # ألفا شخص is a dual, ألفاً and ألفا و500 are not
            dual = nxt is not None and nxt.kind == "word" and nxt.norm != "و" and not (follow and follow.joined)
            if "ً" in tokens[i].text:
                dual = False
            out.total = 2 * word.value if dual else word.value
        else:
            out.total = word.value
        out.scale = word.value
        return True
    if word.cls == _DUALSCALE:
        out.total = word.value
        out.scale = word.value // 2
        return True
    return False


def _extend(tokens: Sequence[Token], k: int, word: _Word, out: _Sum) -> bool:
    """Take one more number word into the numeral."""
    if out.ordinal:
        return False
    if word.cls in (_SCALE, _SCALES) and not word.joined and not word.prefix:
        if out.group == 0 and out.total and word.value > out.scale and out.last == k - 1:
            out.total *= word.value  # ثلاثة آلاف مليار
            out.scale = word.value
            out.last = k
            return True
        if out.group == 0 or word.value >= out.scale:
            return False
        amount = out.decimal * word.value if out.decimal is not None else out.group * word.value
        out.total += round(amount)
        out.decimal = None
        out.group = 0
        out.scale = word.value
        out.last = k
        return True
    if not word.joined or word.prefix or out.decimal is not None:
        return False
    if word.cls == _FRACTION:
        if out.total and not out.group and out.scale < 10**15:
            out.total += out.scale // 2
            out.last = k
            if k + 1 < len(tokens):  # مليون ونصف المليون
                again = _FORMS.get(tokens[k + 1].norm)
                if again is not None and again.value == out.scale and again.cls == _SCALE and not again.joined:
                    out.last = k + 1
            return True
        return False
    return _add_part(tokens, k, word, out)


def _add_part(tokens: Sequence[Token], k: int, word: _Word, out: _Sum) -> bool:
    """A part joined by و that must be smaller than what was read: مئة | وثلاثة | وعشرون."""
    g = out.group
    nxt = tokens[k + 1] if k + 1 < len(tokens) else None
    follow = _FORMS.get(nxt.norm) if nxt is not None else None
    value, last = word.value, k
    if word.cls == _UNIT:
        if word.bare in ("احد", "احدي") and not (
            follow is not None and (follow.bare in ("عشر", "عشره") or (follow.cls == _TENS and follow.joined))
        ):
            return False
        if follow is not None and not follow.joined and not follow.prefix:
            if follow.bare in ("عشر", "عشره"):
                value, last = 10 + value, k + 1
            elif follow.cls == _HUNDRED:
                value, last = 100 * value, k + 1
    if word.cls == _TENS:
        fits = (0 < g % 100 < 10 and g % 10 == g % 100 and not out.plain_digits) or (g % 100 == 0 and (g or out.total))
    elif word.cls in (_UNIT, _TEN):
        fits = bool(g % 1000 and g % 100 == 0 and value < 100) or (g == 0 and bool(out.total) and value < out.scale)
        if g % 100 == 0 and g and value >= 100:
            fits = False
    elif word.cls in (_HUNDRED, _HUNDREDS):
        fits = g == 0 and bool(out.total) and value < out.scale
    elif word.cls in (_SCALE, _DUALSCALE):
        unit = word.value if word.cls == _SCALE else word.value // 2
        if g or not out.total or unit >= out.scale:
            return False
        out.total += word.value
        out.scale = unit
        out.last = k
        return True
    else:
        return False
    if not fits or (out.plain_digits and not out.total):
        return False
    out.group = g + value
    out.last = last
    return True


def _join_after(tokens: Sequence[Token], k: int, out: _Sum) -> bool:
    """A part in digits after a lone و: ألفان و300، 10 آلاف و300، 5 ملايين و200 ألف."""
    token = tokens[k]
    if out.ordinal or out.group or not out.total or token.kind != "number" or tokens[k - 1].end != token.start:
        return False
    parsed = _digits(token.norm)
    if parsed is None or parsed[1] is not None or parsed[0] >= out.scale:
        return False
    nxt = tokens[k + 1] if k + 1 < len(tokens) else None
    follow = _FORMS.get(nxt.norm) if nxt is not None else None
    if follow is not None and follow.cls in (_SCALE, _SCALES) and not follow.joined and follow.value >= out.scale:
        return False
    if out.total % out.scale == 0 and parsed[0] < 100 and out.scale == 1000 and follow is None:
        # "5 آلاف و20 جريحا" may be two counts; a noun follows in both, so the smaller reading is not taken
        pass
    out.group = parsed[0]
    out.last = k
    return True


# ---------------------------------------------------------------------------------------------- the walk


def find_numbers(tokens: Sequence[Token], body: str, skip: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """All numbers of a text in order. `skip` holds token ranges (first, last) to leave out, such as dates."""
    skipped: set[int] = set()
    for first, last in skip:
        skipped.update(range(first, last + 1))
    out: list[Number] = []
    forms = _FORMS
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
    for form, noun in _PERSONS.items()
    if noun.number == "dual" and form not in _NOT_DUALS
    for p in ("", "و", "ب", "ل", "وب", "ف")
    for a in ("", "ال")
)


def _vague(tokens: Sequence[Token], i: int) -> Number | None:
    """بضعة [3, 9]; عدة، عدد من [1, None]: more than one, how many is not told."""
    form = tokens[i].norm
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is None:
        return None
    if form.endswith(("بضع", "بضعه")):
        follow = _FORMS.get(nxt.norm)
        if follow is not None and follow.cls in (_VAGUE, _SCALES):
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
    if form in _FORMS or len(form) < 5 or not form.endswith(("ين", "ان")) or form.startswith("ال"):
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
        follow = _FORMS.get(nxt.norm)
        if follow is not None and follow.value == 2 and follow.cls == _UNIT:
            last = i + 1
    return _number(tokens, i, last, 2, 2, "dual", "exact", i)


def _numeral(tokens: Sequence[Token], i: int, body: str) -> Number | None:
    """The number that begins at `i`, with what stands before and after it."""
    token = tokens[i]
    n = len(tokens)
    word = _FORMS.get(token.norm) if token.kind == "word" else None
    first = i
    # vague multiples: عشرات الآلاف، مئات، آلاف
    if word is not None and word.cls in (_VAGUE, _SCALES):
        return _vague_multiple(tokens, i, word)
    if word is not None and word.cls == _FRACTION:
        return _half(tokens, i)
    clock = _clock(tokens, i)
    if clock is not None:
        return clock
    read = _read(tokens, i)
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
        word = _FORMS[token.norm]
        if not after_hour_word or word.cls not in (_ORDINAL, _UNIT) or not word.article:
            return None
        read = _read(tokens, i)
        if read is None or read.value() > 24:
            return None
        hour, last = read.value(), read.last
        if last + 1 < n and tokens[last + 1].norm in _PARTS_OF_HOUR:
            last += 1
    return _number(tokens, i, last, hour, hour, "time", "exact", None)


_PARTS_OF_HOUR = words("والنصف ونصف والربع وربع والثلث وثلث")


def _vague_multiple(tokens: Sequence[Token], i: int, word: _Word) -> Number | None:
    value = word.value * 2 if word.cls == _SCALES else word.value
    last = i
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    follow = _FORMS.get(nxt.norm) if nxt is not None else None
    if word.cls == _VAGUE and follow is not None and follow.cls in (_SCALES, _SCALE, _VAGUE) and not follow.joined:
        base = {24: 20, 200: 200, 2000: 2000}[word.value]
        unit = follow.value if follow.cls != _VAGUE else 1000 if follow.bare == "الوف" else 1
        if unit > 1:
            value, last = base * unit, i + 1
    return _number(tokens, i, last, value, None, "cardinal", "vague", _noun(tokens, last, i))


def _half(tokens: Sequence[Token], i: int) -> Number | None:
    """نصف مليون is a number; نصف المدينة is not one that counts."""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    follow = _FORMS.get(nxt.norm) if nxt is not None else None
    if follow is None or follow.cls != _SCALE or follow.value < 10**6 or follow.joined:
        return None
    value = follow.value // 2
    bound, low, high = _bound(tokens, i, i + 1, value, value)
    return _number(tokens, i, i + 1, low, high, "cardinal", bound, _noun(tokens, i + 1, i))


_NOT_AFTER_ONE = words("كل اي ولا لا كان اكثر حتي")


_SHARES = words("أرباع أخماس أثلاث أسداس أثمان أعشار")


def _greeting(token: Token | None) -> bool:
    """ألف مبروك، ألف شكر، ألف ليلة count nothing."""
    return token is not None and token.norm in ("مبروك", "شكر", "تحيه", "ليله", "باء", "سلامه")


def _share(tokens: Sequence[Token], i: int, word: _Word) -> bool:
    """الخمس، السدس alone: a fifth, a sixth."""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    before = tokens[i - 1].norm if i else ""
    stands_alone = nxt is None or nxt.kind == "punct"
    return word.bare in ("خمس", "سبع", "تسع", "عشر") and stands_alone and not before.startswith("ال")


def _plausible(tokens: Sequence[Token], i: int, word: _Word, read: _Sum) -> bool:
    """Whether a number word stands here as a number: rules out واحد in واحداً تلو الآخر, المئة in بالمئة, and so on."""
    prev = tokens[i - 1] if i else None
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if word.cls == _ORDINAL:
        return True
    if "أ" in tokens[i].text and word.value == 1 and read.last == i:
        return False  # وأحد: and one of
    if nxt is not None and nxt.norm in _SHARES:
        return False  # ثلاثة أرباع
    if word.cls == _HUNDRED and word.article and read.last == i:
        return not word.prefix and not (prev is not None and prev.norm == "في")
    if word.cls == _SCALE and word.bare == "الف" and read.last == i and (word.article or _greeting(nxt)):
        return False
    if word.value == 1 and read.last == i and word.cls == _UNIT:
        if prev is not None and prev.norm in _NOT_AFTER_ONE:
            return False
        if nxt is not None and nxt.norm in ("تلو", "بعد", "من"):
            return nxt.norm == "من" and not word.article
    return not (word.article and read.last == i and (word.bare == "اثنين" or _share(tokens, i, word)))


def _kind_after(tokens: Sequence[Token], last: int, value: int, read: _Sum) -> NumberKind:
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
        word = _FORMS.get(tokens[first].norm) if tokens[first].kind == "word" else None
        if word is not None and word.article and not word.prefix and before.kind == "word" and before.norm[:2] == "ال":
            return first - 1  # الأشهر الثلاثة
        if before.norm == "ال" and first > 1 and tokens[first - 2].norm.startswith("ال"):
            return first - 2  # المسلحين الـ55
        if word is not None and word.value in (1, 2) and not word.article:
            for j in (first - 1, first - 2):  # عسكريين اثنين، جنديين آخرين اثنين
                if j >= 0 and (noun := person_noun(tokens[j].norm)) is not None and noun.number != "plural":
                    return j
        if k < n and tokens[k].text in _CLOSING and before.text in _OPENING:
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


_OPENING = frozenset('("«“[')
_CLOSING = frozenset(')"»”]')


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
        elif nxt.kind == "word" and (w := _FORMS.get(joiner)) is not None and w.joined:
            start = last + 1
        else:
            return None
    elif (
        (joiner == "الي" and prev in ("من", "ومن"))
        or joiner not in ("الي", "-", "–", "ـ", "او")
        or (joiner == "-" and (tokens[last].end != nxt.start or after.start != nxt.end))
    ):
        return None
    read = _read(tokens, start)
    if read is None or read.ordinal:
        return None
    return read.value(), read.last, read.decimal


_LESS_VERBS = words("يقل تقل يقلون تقلّ قل")
_MORE_VERBS = words("يزيد تزيد يربو تربو زاد زادت يزيدون ويزيد وزاد")
_OVER_VERBS = words("تجاوز يتجاوز تتجاوز تجاوزت وتجاوز فاق فاقت يفوق تفوق تخطى تخطت يتخطى تتخطى تعدى يتعدى تتعدى")
_NO = words("لا ولا لم ولم ألا")


def _bound(tokens: Sequence[Token], i: int, last: int, low: int, high: int | None) -> tuple[Bound, int, int | None]:
    """What the words around a number do to it: at least, more than, less than, about."""
    if i and (tokens[i - 1].text in _OPENING or tokens[i - 1].text in _PERCENT or tokens[i - 1].norm == "ال"):
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
        if word.kind in ("punct", "number") or word.norm in _FORMS:
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


# ---------------------------------------------------------------------------------------------- for the dates


def ordinal_forms() -> frozenset[str]:
    """All forms that can begin an ordinal with the article (السابع، الحادي), and tens with it (العشرين)."""
    return frozenset(form for form, word in _FORMS.items() if word.article and word.cls in (_ORDINAL, _TENS))


def ordinal_at(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    """An ordinal with the article at token `i` (التاسع والعشرين، العشرين): its value and last token, or (0, i)."""
    if not 0 <= i < len(tokens) or tokens[i].kind != "word":
        return 0, i
    word = _FORMS.get(tokens[i].norm)
    if word is None or not word.article or word.cls not in (_ORDINAL, _TENS):
        return 0, i
    read = _read(tokens, i)
    return (0, i) if read is None else (read.value(), read.last)


def cardinal_at(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    """A whole number in digits or words at token `i`: its value and last token, or (0, i)."""
    if not 0 <= i < len(tokens) or tokens[i].kind not in ("number", "word"):
        return 0, i
    read = _read(tokens, i)
    return (0, i) if read is None or read.ordinal or read.decimal is not None else (read.value(), read.last)


def is_cardinal(form: str) -> bool:
    """Whether a word form is a number word."""
    word = _FORMS.get(form)
    return word is not None and word.cls not in (_ORDINAL, _FRACTION)


def counts_noun(tokens: Sequence[Token], i: int) -> bool:
    """Whether the number in digits at `i` counts the noun right after it (2014 قتيلا), so that it is no year."""
    if i + 1 >= len(tokens):
        return False
    form = tokens[i + 1].norm
    if form in _MONEY or form in _MEASURE:
        return True
    noun = person_noun(form)
    return (noun is not None and noun.number == "singular" and form.endswith("ا")) or is_cardinal(form)
