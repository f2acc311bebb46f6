"""Numerals in digits and words: the longest one that begins at a token, and its value.

Every number word is kept with the particles that may be written before it; a word that is not in the table costs one
look-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musnad.arabic.letters import norm
from musnad.arabic.text import Token
from musnad.arabic.wordlists import words

UNIT = "unit"  # 1..9
TEN = "ten"  # 10
TENS = "tens"  # 20..90
HUNDRED = "hundred"  # 100, multiplies a unit
HUNDREDS = "hundreds"  # 200..900
SCALE = "scale"  # thousand, million ...
DUALSCALE = "dualscale"  # ألفان
VAGUE = "vague"  # عشرات
SCALES = "scales"  # آلاف: a scale after a number, vague alone
ORDINAL = "ordinal"
FRACTION = "fraction"  # نصف


@dataclass(frozen=True, slots=True)
class NumberWord:
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
        add(UNIT, value, forms)
    add(TEN, 10, "عشر عشرة")
    for value, stem in zip(range(20, 100, 10), ["عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"], strict=True):
        add(TENS, value, f"{stem}ون {stem}ين")
    add(HUNDRED, 100, "مئة مائة ماية مية")
    add(HUNDREDS, 200, "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي")
    for value, stem in zip(range(300, 1000, 100), ["ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"], strict=True):
        add(HUNDREDS, value, f"{stem}مئة {stem}مائة {stem}ماية")
        add(HUNDREDS, value, f"{stem}ةمئة {stem}ةمائة")
    add(HUNDREDS, 800, "ثمانيمئة ثمانيمائة")
    add(SCALE, 1000, "ألف ألفا")
    add(DUALSCALE, 2000, "ألفان ألفين ألفي")
    add(SCALES, 1000, "آلاف")
    add(SCALE, 10**6, "مليون مليونا")
    add(DUALSCALE, 2 * 10**6, "مليونان مليونين مليوني")
    add(SCALES, 10**6, "ملايين")
    add(SCALE, 10**9, "مليار مليارا بليون بليونا")
    add(DUALSCALE, 2 * 10**9, "ملياران مليارين ملياري بليونان بليونين بليوني")
    add(SCALES, 10**9, "مليارات بلايين")
    add(SCALE, 10**12, "تريليون تريليونا")
    add(DUALSCALE, 2 * 10**12, "تريليونان تريليونين تريليوني")
    add(SCALES, 10**12, "تريليونات")
    add(VAGUE, 24, "عشرات")
    add(VAGUE, 200, "مئات مائات")
    add(VAGUE, 2000, "ألوف")
    add(FRACTION, 2, "نصف")
    return lex


_ORDINALS = {
    "اول": 1, "اولي": 1, "ثاني": 2, "ثانيه": 2, "ثالث": 3, "ثالثه": 3, "رابع": 4, "رابعه": 4, "خامس": 5, "خامسه": 5,
    "سادس": 6, "سادسه": 6, "سابع": 7, "سابعه": 7, "ثامن": 8, "ثامنه": 8, "تاسع": 9, "تاسعه": 9, "عاشر": 10,
    "عاشره": 10, "حادي": 1, "حاديه": 1,
}  # fmt: skip


def _forms() -> dict[str, NumberWord]:
    """Every number word with the particles that may be written before it."""
    out: dict[str, NumberWord] = {}
    for word, (cls, value) in _lexicon().items():
        for joined in ("", "و", "ف"):
            for prefix in ("", "ب", "ل", "ك"):
                out.setdefault(joined + prefix + word, NumberWord(cls, value, joined == "و", False, prefix, word))
                head = joined + "لل" if prefix == "ل" else joined + prefix + "ال"
                out.setdefault(head + word, NumberWord(cls, value, joined == "و", True, prefix, word))
    for word, value in _ORDINALS.items():
        for joined in ("", "و"):
            for prefix in ("", "ب", "ل", "ك"):
                head = joined + "لل" if prefix == "ل" else joined + prefix + "ال"
                out.setdefault(head + word, NumberWord(ORDINAL, value, joined == "و", True, prefix, word))
    for homograph in _NOT_NUMBERS:
        out.pop(homograph, None)
    return out


# forms that are far more often another word: فست، كست، بست، لست (لست أنا), فالف، لاحد، كاحد ...
_NOT_NUMBERS = words(
    "لست فست كست بست لسبع فسبع ولست فاحد كمية وكمية فكمية بمية مية ومية لمية ماية فالف لالف كالف ستا"
    " أربعا خمسا تسعا سبعا"
)
FORMS: dict[str, NumberWord] = _forms()

OPENING = frozenset('("«“[')
CLOSING = frozenset(')"»”]')


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
class Numeral:
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


def read_numeral(tokens: Sequence[Token], i: int) -> Numeral | None:
    """Read the longest numeral that begins at token `i`."""
    n = len(tokens)
    out = Numeral(first=i)
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
        word = FORMS.get(token.norm)
        if word is None or word.cls in (VAGUE, FRACTION):
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
            nxt.text in CLOSING
            and out.plain_digits
            and not out.total
            and i
            and tokens[i - 1].text in OPENING
            and k + 1 < n
            and (word := FORMS.get(tokens[k + 1].norm)) is not None
            and word.cls in (SCALE, SCALES)
            and _extend(tokens, k + 1, word, out)
        ):
            continue  # (100) مليون
        if nxt.kind == "word":
            word = FORMS.get(nxt.norm)
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


def _begin(tokens: Sequence[Token], i: int, word: NumberWord, out: Numeral) -> bool:
    """The first word of a numeral; false when the word alone is no number here."""
    out.article = word.article
    out.last = i
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    follow = FORMS.get(nxt.norm) if nxt is not None else None
    if word.cls == ORDINAL:
        out.ordinal = True
        out.group = word.value
        if follow is not None and follow.bare in ("عشر", "عشره") and not follow.joined:
            out.group = 10 + word.value
            out.last = i + 1
        elif follow is not None and follow.cls == TENS and follow.joined:
            out.group = word.value + follow.value
            out.last = i + 1
        elif word.bare in ("حادي", "حاديه"):
            return False
        return True
    if word.cls == UNIT:
        if word.bare in ("احد", "احدي"):
            if follow is not None and not follow.joined and follow.bare in ("عشر", "عشره"):
                out.group, out.last = 11, i + 1
                return True
            if word.bare == "احدي" and follow is not None and follow.cls == TENS and follow.joined:
                out.group = 1
                return True
            return False
        out.group = word.value
        if follow is not None and not follow.joined:
            if follow.bare in ("عشر", "عشره") and not follow.prefix:
                out.group, out.last = 10 + word.value, i + 1
            elif follow.cls == HUNDRED and not follow.prefix:
                out.group, out.last = 100 * word.value, i + 1
        elif word.bare in ("اثنا", "اثني", "اثنتا", "اثنتي"):
            return False
        return True
    if word.cls in (TEN, TENS, HUNDRED, HUNDREDS):
        out.group = word.value
        return True
    if word.cls == SCALE:
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
    if word.cls == DUALSCALE:
        out.total = word.value
        out.scale = word.value // 2
        return True
    return False


def _extend(tokens: Sequence[Token], k: int, word: NumberWord, out: Numeral) -> bool:
    """Take one more number word into the numeral."""
    if out.ordinal:
        return False
    if word.cls in (SCALE, SCALES) and not word.joined and not word.prefix:
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
    if word.cls == FRACTION:
        if out.total and not out.group and out.scale < 10**15:
            out.total += out.scale // 2
            out.last = k
            if k + 1 < len(tokens):  # مليون ونصف المليون
                again = FORMS.get(tokens[k + 1].norm)
                if again is not None and again.value == out.scale and again.cls == SCALE and not again.joined:
                    out.last = k + 1
            return True
        return False
    return _add_part(tokens, k, word, out)


def _add_part(tokens: Sequence[Token], k: int, word: NumberWord, out: Numeral) -> bool:
    """A part joined by و that must be smaller than what was read: مئة | وثلاثة | وعشرون."""
    g = out.group
    nxt = tokens[k + 1] if k + 1 < len(tokens) else None
    follow = FORMS.get(nxt.norm) if nxt is not None else None
    value, last = word.value, k
    if word.cls == UNIT:
        if word.bare in ("احد", "احدي") and not (
            follow is not None and (follow.bare in ("عشر", "عشره") or (follow.cls == TENS and follow.joined))
        ):
            return False
        if follow is not None and not follow.joined and not follow.prefix:
            if follow.bare in ("عشر", "عشره"):
                value, last = 10 + value, k + 1
            elif follow.cls == HUNDRED:
                value, last = 100 * value, k + 1
    if word.cls == TENS:
        fits = (0 < g % 100 < 10 and g % 10 == g % 100 and not out.plain_digits) or (g % 100 == 0 and (g or out.total))
    elif word.cls in (UNIT, TEN):
        fits = bool(g % 1000 and g % 100 == 0 and value < 100) or (g == 0 and bool(out.total) and value < out.scale)
        if g % 100 == 0 and g and value >= 100:
            fits = False
    elif word.cls in (HUNDRED, HUNDREDS):
        fits = g == 0 and bool(out.total) and value < out.scale
    elif word.cls in (SCALE, DUALSCALE):
        unit = word.value if word.cls == SCALE else word.value // 2
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


def _join_after(tokens: Sequence[Token], k: int, out: Numeral) -> bool:
    """A part in digits after a lone و: ألفان و300، 10 آلاف و300، 5 ملايين و200 ألف."""
    token = tokens[k]
    if out.ordinal or out.group or not out.total or token.kind != "number" or tokens[k - 1].end != token.start:
        return False
    parsed = _digits(token.norm)
    if parsed is None or parsed[1] is not None or parsed[0] >= out.scale:
        return False
    nxt = tokens[k + 1] if k + 1 < len(tokens) else None
    follow = FORMS.get(nxt.norm) if nxt is not None else None
    if follow is not None and follow.cls in (SCALE, SCALES) and not follow.joined and follow.value >= out.scale:
        return False
    if out.total % out.scale == 0 and parsed[0] < 100 and out.scale == 1000 and follow is None:
        # "5 آلاف و20 جريحا" may be two counts; a noun follows in both, so the smaller reading is not taken
        pass
    out.group = parsed[0]
    out.last = k
    return True


def ordinal_forms() -> frozenset[str]:
    """All forms that can begin an ordinal with the article (السابع، الحادي), and tens with it (العشرين)."""
    return frozenset(form for form, word in FORMS.items() if word.article and word.cls in (ORDINAL, TENS))


def ordinal_at(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    """An ordinal with the article at token `i` (التاسع والعشرين، العشرين): its value and last token, or (0, i)."""
    if not 0 <= i < len(tokens) or tokens[i].kind != "word":
        return 0, i
    word = FORMS.get(tokens[i].norm)
    if word is None or not word.article or word.cls not in (ORDINAL, TENS):
        return 0, i
    read = read_numeral(tokens, i)
    return (0, i) if read is None else (read.value(), read.last)


def cardinal_at(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    """A whole number in digits or words at token `i`: its value and last token, or (0, i)."""
    if not 0 <= i < len(tokens) or tokens[i].kind not in ("number", "word"):
        return 0, i
    read = read_numeral(tokens, i)
    return (0, i) if read is None or read.ordinal or read.decimal is not None else (read.value(), read.last)


def is_cardinal(form: str) -> bool:
    """Whether a word form is a number word."""
    word = FORMS.get(form)
    return word is not None and word.cls not in (ORDINAL, FRACTION)
