"""Verb stems: what root, pattern and weak letters make of past, present, jussive, imperative and participles.

Stems are built with their vowels in the alphabet of spelling.py. Each pattern is given by what stands before the middle
letter and the vowel after it (قصف: r1 a | ص | a | ف). From there the classes part: sound verbs join the pieces, doubled
ones contract (مدّ), hollow ones have a long vowel in the middle (قال, يقول, قيل), defective ones end in one (رمى, يدعو).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from musnad.arabic.letters import DELETED, norm
from musnad.arabic.spelling import spell

WEAK = "وي"
_GUTTURAL = "ءهعحغخ"
_SHORT_OR_LONG = tuple("aiuAIUY")
_HOLLOW_A = frozenset({"خوف", "نوم", "نيل", "شيء", "هيب", "كود", "زيل", "غير", "حير"})  # خاف يخاف
_KEEPS_MIDDLE = frozenset({("X", "حوذ"), ("X", "صوب"), ("VIII", "زوج"), ("VIII", "جور"), ("IV", "عوز"), ("IV", "حوج")})

Participle = tuple[Literal["participle_active", "participle_passive"], str]
Stems = dict[str, str]
Choices = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: its pattern, the letters before the middle one are in `first`, then `middle`, then `last`."""

    pattern: str
    first: tuple[str, ...]
    middle: str
    last: str
    past_vowel: str
    present_vowel: str
    hollow: bool
    doubled: bool

    @classmethod
    def of(cls, root: str, form: str, masdars: tuple[str, ...] = ()) -> Verb:
        letters = tuple(_letter(c) for c in DELETED.sub("", root) if c not in "- ")
        pattern, _, vowels = form.partition(":")
        sound = vowels == "s"
        wanted = 4 if pattern in ("Q1", "Q2", "Q4") else 3
        if pattern not in _PATTERNS or len(letters) != wanted or vowels not in _VOWEL_SPECS:
            raise ValueError(f"no verb pattern {form!r} for the root {root!r}")
        middle, last = letters[-2], letters[-1]
        defective = last in WEAK
        # in II, V and the quadriliterals a consonant that has no vowel stands before the middle letter
        heavy = pattern in ("II", "V", "Q1", "Q2", "Q4")
        key = "".join(letters)
        if pattern in ("IV", "X") and middle in WEAK and masdars:
            sound = sound or not any(norm(m).endswith("ه") for m in masdars)
        sound = sound or (pattern, key) in _KEEPS_MIDDLE
        hollow = middle in WEAK and not (defective or heavy or sound or pattern in ("III", "VI", "IX"))
        doubled = middle == last and not heavy and pattern != "IX"
        past, present = _form_one_vowels(letters, vowels) if pattern == "I" else ("a", "i")
        first = (*letters[:-2], middle) if pattern in ("II", "V") else letters[:-2]
        return cls(pattern, first, middle, last, past, present, hollow, doubled)

    @property
    def root(self) -> str:
        return self.first[0] + self.middle + self.last

    def past(self, voice: str) -> Stems:
        """The past with all endings, by person."""
        head, vowel = self._head("past", voice)
        if self.pattern == "I" and self.root == "رءي" and voice == "active":
            vowel = "a"
        if self.pattern == "IV" and self.root == "رءي":
            head = head[:-1]  # أرى
            return _past_defective(head + "ر", "aY" if voice == "active" else "iي")
        if self.pattern in ("IX", "Q4"):
            return _past(*self._nine(head, vowel))
        if self.last in WEAK:
            if vowel == "i":
                return _past_defective(head + self.middle, "iي")
            return _past_defective(head + self.middle, "aA" if self.pattern == "I" and self.last == "و" else "aY")
        return _past(*self._closed(head, vowel, "past", voice))

    def present(self, voice: str) -> Choices:
        """The present without its first letter (but with that letter's vowel), by ending."""
        prefix, head, vowel = self._present_head(voice)
        if self.last in WEAK and self.pattern not in ("IX", "Q4"):
            return {k: (prefix + v,) for k, v in _present_defective(head + self._middle(), vowel).items()}
        open_, closed = (
            self._nine(head, vowel) if self.pattern in ("IX", "Q4") else self._closed(head, vowel, "present", voice)
        )
        stems = {"zero": open_, "dual": open_ + "Aن", "mp": open_ + "Uن", "2fs": open_ + "Iن", "fp": closed + "ن"}
        return {k: (prefix + v,) for k, v in stems.items()}

    def jussive(self, voice: str) -> Choices:
        """The jussive, and the subjunctive where it loses its nun, like `present`."""
        prefix, head, vowel = self._present_head(voice)
        if self.last in WEAK and self.pattern not in ("IX", "Q4"):
            return {k: (prefix + v,) for k, v in _jussive_defective(head + self._middle(), vowel).items()}
        open_, closed = (
            self._nine(head, vowel) if self.pattern in ("IX", "Q4") else self._closed(head, vowel, "present", voice)
        )
        stems = {"dual": open_ + "A", "mp": open_ + "Uٱ", "2fs": open_ + "I", "fp": closed + "ن"}
        zero = (
            (prefix + open_, prefix + closed) if self.doubled else (prefix + closed if self.hollow else prefix + open_,)
        )
        return {"zero": zero, **{k: (prefix + v,) for k, v in stems.items()}}

    def imperative(self) -> Choices:
        """The imperative: the jussive without its first letter, with a helping alif before two consonants."""
        out: Choices = {}
        for ending, stems in self.jussive("active").items():
            out[ending] = tuple(self._imperative(s[1:]) for s in stems)
        return out

    def _imperative(self, stem: str) -> str:
        if self.pattern == "IV":
            return "ءa" + ("ي" + stem[1:] if self.first[0] == "ي" else stem)
        if self.pattern == "I" and self.root in ("ءخذ", "ءكل", "ءمر"):
            return stem[1:]
        if len(stem) > 1 and stem[1] not in "aiuAIUY":
            return "ٱ" + ("u" if self.present_vowel == "u" and self.pattern == "I" else "i") + stem
        return stem

    def participles(self) -> tuple[Participle, Participle]:
        """The stems of both participles; `I` and `Y` at the end mark the defective ones (see nouns.py)."""
        if self.pattern == "I":
            return ("participle_active", self._doer()), ("participle_passive", self._done())
        return ("participle_active", self._derived("i")), ("participle_passive", self._derived("a"))

    def _doer(self) -> str:
        r1 = self.first[0] + "A"
        if self.hollow:
            return r1 + "ءI" if self.last == "ء" else r1 + "ءi" + self.last
        if self.doubled:
            return r1 + self.middle + self.last
        return r1 + self.middle + ("I" if self.last in WEAK else "i" + self.last)

    def _done(self) -> str:
        head = "مa" + self.first[0]
        if self.hollow:
            return head + ("U" if self.middle == "و" else "I") + self.last
        if self.last == "و" and self.past_vowel == "a":
            return head + self.middle + "uوو"
        if self.last in WEAK:
            return head + self.middle + "iيي"
        return head + self.middle + "U" + self.last

    def _derived(self, vowel: str) -> str:
        _, head, _ = self._present_head("passive")
        head = "مu" + head
        if self.pattern in ("IX", "Q4"):
            return self._nine(head, vowel)[0]
        if self.last in WEAK:
            return head + self._middle() + ("I" if vowel == "i" else "Y")
        return self._closed(head, vowel, "present", "active" if vowel == "i" else "passive")[0]

    def _middle(self) -> str:
        """رأى loses its hamza in the present: يرى."""
        return "" if self.root == "رءي" and self.pattern in ("I", "IV") else self.middle

    def _head(self, tense: str, voice: str) -> tuple[str, str]:
        """What stands before the middle letter, and the vowel after it."""
        first = self.first
        r1 = first[0]
        r2 = first[1] if len(first) > 1 else ""
        past, passive = tense == "past", voice == "passive"
        v = "u" if past and passive else "a"
        w = "i" if past and passive else "a" if past or passive else "i"
        match self.pattern:
            case "I":
                if past:
                    return r1 + v, "i" if passive else self.past_vowel
                if passive:
                    return r1, "a"
                drops = r1 == "و" and not self.doubled and self.present_vowel != "u"
                return ("" if drops else r1), self.present_vowel
            case "II" | "Q1":
                return r1 + v + r2, w
            case "III":
                return r1 + ("U" if v == "u" else "A"), w
            case "IV":
                return (f"ء{v}{'و' if passive and r1 == 'ي' else r1}" if past else r1), w
            case "V" | "Q2":
                return f"ت{v}{r1}{v}{r2}", "i" if past and passive else "a"
            case "VI":
                return f"ت{v}{r1}{'U' if v == 'u' else 'A'}", "i" if past and passive else "a"
            case "VII":
                return f"{_wasl(past, passive)}ن{r1}{v}", w
            case "VIII":
                return f"{_wasl(past, passive)}{_eight(r1, self.root)}{v}", w
            case "X":
                return f"{_wasl(past, passive)}ست{v}{r1}", w
            case "IX":
                return f"{_wasl(past, passive)}{r1}", w
        return f"{_wasl(past, passive)}{r1}{r2}", w  # Q4

    def _present_head(self, voice: str) -> tuple[str, str, str]:
        head, vowel = self._head("present", voice)
        prefix = "u" if voice == "passive" or self.pattern in ("II", "III", "IV", "Q1") else "a"
        if prefix == "u" and head.startswith("ي") and head[1:2] not in _SHORT_OR_LONG:
            head = "و" + head[1:]  # يوقن, of أيقن
        return prefix, head, vowel

    def _closed(self, head: str, vowel: str, tense: str, voice: str) -> tuple[str, str]:
        """The stem before an ending that begins with a vowel (or none), and before one that begins with a consonant."""
        if self.hollow:
            return self._hollow(head, vowel, tense, voice)
        full = head + self.middle + vowel + self.last
        if self.doubled:
            glued = head if head[-1:] in _SHORT_OR_LONG else head + vowel
            return glued + self.middle + self.last, full
        return full, full

    def _hollow(self, head: str, vowel: str, tense: str, voice: str) -> tuple[str, str]:
        head = head.rstrip("aiu") if head[-1] in "aiu" else head
        if tense == "past":
            long, short = ("I", "i") if voice == "passive" else ("A", "a")
            if self.pattern == "I" and voice == "active":
                short = "u" if self.middle == "و" and self.present_vowel != "a" else "i"
        elif voice == "passive" or self.pattern in ("VII", "VIII"):
            long, short = "A", "a"
        elif self.pattern == "I":
            long, short = {"u": ("U", "u"), "i": ("I", "i")}.get(self.present_vowel, ("A", "a"))
        else:
            long, short = "I", "i"
        return head + long + self.last, head + short + self.last

    def _nine(self, head: str, vowel: str) -> tuple[str, str]:
        """احمرّ and اطمأنّ: the last letter is doubled."""
        if self.pattern == "IX":
            stem = head + self.middle + "a" + self.last
            return stem + self.last, stem + vowel + self.last
        return (
            head + "a" + self.middle + vowel + self.last + self.last,
            head + "a" + self.middle + self.last + vowel + self.last,
        )


def default_masdars(verb: Verb) -> tuple[str, ...]:
    """The regular masdars of a derived form, written (with ة and, for a defective V or VI, a final ٍ)."""
    r1, m, z = verb.first[0], verb.middle, verb.last
    r2 = verb.first[1] if len(verb.first) > 1 else ""
    weak, end = z in WEAK, "ء" if z in WEAK else z
    initial = "I" if r1 in WEAK else "i" + r1  # إيصال
    match verb.pattern:
        case "I":
            return ()
        case "II":
            return (
                tuple(s + "ة" for s in spell(f"تa{r1}{m}i{'ي' if weak else z}a"))
                if weak or z == "ء"
                else spell(f"تa{r1}{m}I{z}")
            )
        case "III":
            tail = "A" if weak else (m + z if verb.doubled else f"{m}a{z}")
            return tuple(s + "ة" for s in spell(f"مu{r1}A{m + 'A' if weak else tail}"))
        case "IV":
            if verb.root == "رءي":
                return ("إراءة",)
            if verb.hollow:
                return tuple(s + "ة" for s in spell(f"ءi{r1}A{z}a"))
            return spell(f"ء{initial}{m}A{end}")
        case "V":
            return tuple(s + "ٍ" for s in spell(f"تa{r1}a{m}{m}I")) if weak else spell(f"تa{r1}a{m}{m}u{z}")
        case "VI":
            if weak:
                return tuple(s + "ٍ" for s in spell(f"تa{r1}A{m}I"))
            return spell(f"تa{r1}A{m}{'' if verb.doubled else 'u'}{z}")
        case "VII":
            return spell(f"ٱiن{r1}i{'ي' if verb.hollow else m}A{end}")
        case "VIII":
            return spell(f"ٱi{_eight(r1, verb.root)}i{'ي' if verb.hollow else m}A{end}")
        case "IX":
            return spell(f"ٱi{r1}{m}i{z}A{z}")
        case "X":
            if verb.hollow:
                return tuple(s + "ة" for s in spell(f"ٱiستi{r1}A{z}a"))
            return spell(f"ٱiست{initial}{m}A{end}")
        case "Q1":
            return tuple(s + "ة" for s in spell(f"{r1}a{r2}{m}a{z}a"))
        case "Q2":
            return spell(f"تa{r1}a{r2}{m}u{z}")
    return spell(f"ٱi{r1}{r2}i{m}{z}A{z}") + ((spell("طuمaءنIن")[0] + "ة",) if verb.root == "طءن" else ())


_PATTERNS = frozenset({"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "Q1", "Q2", "Q4"})
_VOWEL_SPECS = frozenset({"", "s", "a", "i", "u", "aa", "ai", "au", "ia", "ii", "uu"})


def _letter(c: str) -> str:
    return "ء" if c in "أإآؤئءا" else "ي" if c == "ى" else c


def _form_one_vowels(letters: tuple[str, ...], vowels: str) -> tuple[str, str]:
    """The vowels after the middle letter, in the past and in the present."""
    r1, middle, last = letters
    present = vowels[-1:]
    if present in ("", "s"):
        if "".join(letters) in _HOLLOW_A or "".join(letters) == "رءي":
            present = "a"
        elif last in WEAK:
            present = "u" if last == "و" else "i"
        elif middle in WEAK:
            present = "u" if middle == "و" else "i"
        else:
            present = "i" if r1 == "و" else "a"
    if len(vowels) == 2:
        return vowels[0], present
    if last in WEAK and present == "a":
        return ("a" if middle in _GUTTURAL else "i"), present
    return "a", present


def _wasl(past: bool, passive: bool) -> str:
    return ("ٱu" if passive else "ٱi") if past else ""


def _eight(r1: str, root: str) -> str:
    """The first letter of form VIII with its infix: اصطدم, ازدحم, ادعى, اتصل."""
    if r1 in WEAK or root == "ءخذ":
        return "تت"
    if r1 in "صض":
        return r1 + "ط"
    if r1 in "طظد":
        return r1 + r1
    if r1 == "ز":
        return "زد"
    if r1 == "ذ":
        return "دد"
    return r1 + "ت"


def _past(open_: str, closed: str) -> Stems:
    return {
        "3ms": open_, "3fs": open_ + "aت", "3md": open_ + "A", "3fd": open_ + "aتA", "3mp": open_ + "Uٱ",
        "3fp": closed + "ن", "2s": closed + "ت", "2d": closed + "تuمA", "2mp": closed + "تuم",
        "2fp": closed + "تuن", "1s": closed + "ت", "1p": closed + "نA",
    }  # fmt: skip


def _past_defective(base: str, kind: str) -> Stems:
    """دعا (aA), رمى (aY), لقي (iي)."""
    if kind == "iي":
        out = _past(base + "iي", base + "I")
        return {**out, "3mp": base + "Uٱ"}
    letter = "و" if kind == "aA" else "ي"
    out = _past(base + "a" + letter, base + "a" + letter)
    return {**out, "3ms": base + kind[1], "3fs": base + "aت", "3fd": base + "aتA", "3mp": base + "aوٱ"}


def _present_defective(base: str, vowel: str) -> Stems:
    if vowel == "u":
        return {"zero": base + "U", "dual": base + "uوAن", "mp": base + "Uن", "2fs": base + "Iن", "fp": base + "Uن"}
    if vowel == "i":
        return {"zero": base + "I", "dual": base + "iيAن", "mp": base + "Uن", "2fs": base + "Iن", "fp": base + "Iن"}
    return {"zero": base + "Y", "dual": base + "aيAن", "mp": base + "aون", "2fs": base + "aين", "fp": base + "aين"}


def _jussive_defective(base: str, vowel: str) -> Stems:
    if vowel == "u":
        return {"zero": base, "dual": base + "uوA", "mp": base + "Uٱ", "2fs": base + "I", "fp": base + "Uن"}
    if vowel == "i":
        return {"zero": base, "dual": base + "iيA", "mp": base + "Uٱ", "2fs": base + "I", "fp": base + "Iن"}
    return {"zero": base, "dual": base + "aيA", "mp": base + "aوٱ", "2fs": base + "aي", "fp": base + "aين"}
