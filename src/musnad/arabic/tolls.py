"""How many were killed and how many hurt: the counts around the words of death and injury.

A toll is told in many shapes: a noun of fate with its number (5 قتلى و12 جريحاً), a masdar or a verb with the people
counted after it (مقتل 18 شخصاً، أصيب آخرون) or before it (28 شخصاً قتلوا), a form that counts by itself (قتيلان،
جندي), or a plain denial (من دون إصابات، لم يصب أحد). Which event a toll belongs to is for the coder to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from musnad.arabic.numbers import Number
from musnad.arabic.people import Count, count_of_noun, person_noun
from musnad.arabic.text import Token
from musnad.arabic.wordlists import words

Fate = Literal["killed", "injured"]


@dataclass(frozen=True, slots=True)
class TollCount:
    """`kind` with its [min, max]. Tokens `first` to `last` tell it, `trigger` is the word of death or injury,
    `noun` the word for the people, None when they are left unsaid."""

    kind: Fate
    count: Count
    first: int
    last: int
    start: int
    end: int
    trigger: int
    noun: int | None


# masdars and verbs that have the people after them (or, in the plural and dual, before them)
_KILLED_MASDAR = words("مقتل استشهاد مصرع وفاة ارتقاء قتل قتله قتلهم اغتيال إعدام تصفية ذبح وقتل")
_KILLED_VERB = words(
    "قتل قتلت قتلوا قتلا قتلتا يقتل تقتل استشهد استشهدت استشهدوا استشهدا ارتقى ارتقت ارتقوا ارتقيا توفي توفيت توفوا"
    " لقي لقوا قضى قضوا أعدم أعدمت ذبح ذبحت اغتيل اغتالت"
)
_INJURED_MASDAR = words("إصابة جرح إصابتهم")
_INJURED_VERB = words("أصيب أصيبت أصيبوا أصيبا جرح جرحت جرحوا جرحا يصاب أصابوا يصب تصب")
_ACTIVE: dict[Fate, frozenset[str]] = {"injured": words("أصاب أصابت أصابوا أصابا"), "killed": words("أردى أردت أردوا")}
"""Verbs whose object is who was hurt or killed; without people right after them they say something else."""
_JUSSIVE = words("يصب تصب")  # "was hurt" only after لم; else it is another verb
_LIFE = words("بحياة بأرواح حياة أرواح")
_VICTIM = words("ضحيته ضحيتها ضحيتهما ضحاياه ضحاياها ضحيتهم")
_TAKES = words("أودى أودت وأودى وأودت يودي تودي أزهق أزهقت حصد حصدت راح ذهب وراح وذهب")
_NO = words("دون بدون عدم لم ولم لا ولا ينفي وعدم بلا")
_AMONG = words("بينهم منهم بينها منها وبينهم ومنهم أغلبهم معظمهم جلهم بينهن غالبيتهم")
_OTHERS = words("آخرين آخرون الآخرين أخريات")
_FEW_BEFORE = words("عدد حصيلة أعداد عداد وعدد وحصيلة إجمالي العدد الحصيلة")
_SEVERAL = words("عدد عددا العديد الكثير كثير مزيد المزيد")
_UNTOLD = words(
    "تعلن يعلن تذكر يذكر تكشف يكشف توضح يوضح تحدد يحدد تصدر يصدر تعرف يعرف تتضح يتضح تؤكد يؤكد تشر يشر تورد يورد"
)
"""Verbs of telling: what is not told is not denied."""
_TOGETHER = words("مع برفقة رفقة")
_DAYS = words("الأحد الإثنين الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت أمس")
_LOSS = words("خسائر الخسائر")
_SUFFERED = words(
    "تكبد تكبدت تكبدوا وتكبد تكبيد تكبيدهم تكبيدها كبد كبدت كبدوا وكبد وكبدت أوقع أوقعت أوقعوا وأوقعت إيقاع"
    " خلف خلفت مخلفا مخلفة ألحقوا ألحقت وألحقت إلحاق أسفر أسفرت عن وقوع وقعت إلى بوقوع تسبب تسببت"
)
_BOTH_WORDS = words("ضحايا")
_NOT_PEOPLE = words(
    "مركبة مركبات آلية آليات دبابة دبابات سيارة سيارات طائرة طائرات مسيرة مسيرات هدف أهداف هدفا موقع مواقع منزل منازل"
    " منزلا مبنى مبان مباني صاروخ صواريخ صاروخا قذيفة قذائف عربة عربات سفينة سفن زورق زوارق قاعدة قواعد يوم أيام يوما"
    " عام أعوام عاما سنة سنوات شهر أشهر ساعة ساعات أسبوع أسابيع دقيقة دقائق كيلومتر كيلومترا كلم كم متر مترا ألف مليون"
    " دولار مرة مرات غارة غارات هجوم هجمات هجوما عملية عمليات عبوة عبوات مدينة مدن قرية قرى بلدة بلدات منطقة مناطق رأس"
    " رؤوس بقرة غنم جرافة جرافات ناقلة ناقلات مدرعة مدرعات مدفع مدافع منصة منصات برج أبراج آلياته آلياتهم مراكز مقرات"
    " مقر نقطة نقاط حاجز حواجز مستودع مستودعات طن أطنان قناة محطة محطات انفجار انفجارات صورة صور دولة دول"
)
_STOP_KINDS = frozenset(".؟!؛\n:")


_NAMED = tuple(sorted(words("مقتل استشهاد مصرع وفاة اغتيال")))
_ATTEMPTS = words("محاولة محاولات عملية عمليات لمحاولة لمحاولات بمحاولة لعمليات")
_PREPOSITIONS = words("في من على عن إلى كل هذا هذه ذلك")
_PRONOUNS = ("هما", "هم", "هن", "ها", "ه")
_OF_SOMEONE = words("مقتل استشهاد اغتيال إصابت إعدام وفات مصرع")
_BODY = words("بجروح بشظية بشظايا برصاص بالرصاص بطلق بطلقات برصاصة بحروق بجراح برضوض بكسور بجرح بعيار بأعيرة")
_DEATH_MET = words("مصرعه مصرعها مصرعهم مصرعهما حتفه حتفها حتفهم حتفهما حتفهن")
_MEETS = words("لقي لقوا لقيا لقيت يلقى")
_PASSES = words("قضى قضوا قضت قضيا")
_PASSED_BY = words("برصاص نحبه نحبهم نحبها متأثرا متأثرين جراء إثر شهيدا شهداء تحت")
_AFTER_VERB = words(
    "في برصاص بالرصاص خلال جراء على بنيران بعد إثر أيضا مع من بجروح أثناء قرب قبل عندما بغارة بقصف و حين بيد"
)
_CASES = words("حالة حالات")
_BAND = words("مجموعة خلية عدد عناصر أفراد فلول قوة")
_WIPING = words("القضاء والقضاء بالقضاء للقضاء")
_KIN = {
    1: words("نجله نجلها ابنه ابنها ابنته ابنتها زوجته زوجها شقيقه شقيقها شقيقته شقيقتها والده والدها والدته والدتها"
             " طفله طفلها طفلته طفلتها مرافقه سائقه أخيه أخوه أخته أمه أباه أبيه حفيده حفيدته"),
    2: words("نجليه نجليها ولديه ولديها طفليه طفليها ابنيه ابنيها ابنتيه ابنتيها شقيقيه والديه مرافقيه"),
}  # fmt: skip
"""Kin and company joined to one person who was killed or hurt (وزوجته), by how many they are."""


@lru_cache(maxsize=1 << 14)
def _kinds(form: str) -> tuple[str, Fate] | None:
    """("masdar" | "verb" | "active" | "fate" | "life" | "victim", kind) of a word, leading particles taken off."""
    for head in ("", "و", "ف", "ب", "ل", "وب", "ول"):
        if head and not form.startswith(head):
            continue
        rest = form[len(head) :]
        if len(rest) < 3:
            continue
        if rest in _KILLED_MASDAR and head not in ("ف",) and (rest not in _KILLED_VERB or "ب" in head or "ل" in head):
            return "masdar", "killed"
        if rest in _KILLED_VERB and "ب" not in head and "ل" not in head:
            return "verb", "killed"
        if rest in _INJURED_MASDAR and (rest not in _INJURED_VERB or "ب" in head or "ل" in head):
            return "masdar", "injured"
        if rest in _INJURED_VERB and "ب" not in head and "ل" not in head:
            return "verb", "injured"
        if rest in _VICTIM:
            return "victim", "killed"
        if rest.endswith(_PRONOUNS):
            for pronoun in _PRONOUNS:
                if rest.endswith(pronoun) and rest[: -len(pronoun)] in _OF_SOMEONE:
                    return "pronoun", "injured" if rest.startswith("اصابت") else "killed"
    for fate, verbs in _ACTIVE.items():
        if form in verbs or (form[:1] in "وف" and form[1:] in verbs):
            return "active", fate
    if form in _LIFE:
        return "life", "killed"
    noun = person_noun(form)
    if noun is not None and noun.fate in ("killed", "injured"):
        return "fate", noun.fate
    return None


def find_tolls(
    tokens: Sequence[Token], numbers: Sequence[Number], first: int = 0, last: int | None = None
) -> list[TollCount]:
    """The tolls told in tokens `first` to `last` (a sentence, by default all), in order, with those of `numbers`."""
    stop = len(tokens) - 1 if last is None else last
    finder = _Finder(tokens, [n for n in numbers if first <= n.first and n.last <= stop], first, stop)
    i = first
    while i <= stop:
        token = tokens[i]
        if token.kind == "word":
            found = _kinds(token.norm)
            if found is not None:
                finder.look(i, *found)
            elif token.norm in _LOSS:
                finder.losses(i)
            elif token.norm in _WIPING and finder.form(i + 1) == "علي":
                finder.wiped_out(i)
        i += 1
    finder.out.sort(key=lambda t: (t.trigger, t.kind))
    return finder.out


class _Finder:
    def __init__(self, tokens: Sequence[Token], numbers: Sequence[Number], first: int, last: int) -> None:
        self.tokens = tokens
        self.first = first
        self.last = last
        self.by_start = {n.first: n for n in numbers if n.kind in ("cardinal", "dual", "year")}
        self.by_noun = {n.noun: n for n in numbers if n.noun is not None and n.kind in ("cardinal", "dual", "year")}
        self.out: list[TollCount] = []
        self.used: set[int] = set()  # number or noun tokens that are already part of a toll

    def form(self, i: int) -> str:
        return self.tokens[i].norm if self.first <= i <= self.last else ""

    def add(self, kind: Fate, count: Count, first: int, last: int, trigger: int, noun: int | None) -> None:
        self.used.update(range(first, last + 1))
        tokens = self.tokens
        self.out.append(TollCount(kind, count, first, last, tokens[first].start, tokens[last].end, trigger, noun))

    # ---- the shapes

    def look(self, i: int, shape: str, kind: Fate) -> None:
        if i in self.used:
            return
        if shape == "fate":
            self.fate(i, kind)
        elif shape == "active":
            self.after(i, kind, 3)
        elif shape in ("victim", "life"):
            if any(self.form(k) in _TAKES for k in range(i - 4, i)):
                self.after(i, kind, 6)
        elif self.denied_one(i) or self.form(i) in _JUSSIVE:
            if not self.denied_one(i):
                return
            self.add(kind, (0, 0), i, i, i, None)
        elif shape == "pronoun":
            form = self.form(i)
            met = any(self.form(k) in _MEETS or self.form(k)[1:] in _MEETS for k in range(i - 25, i))
            if (kind == "killed" and not met) or self.form(i + 1) in _BODY:
                count = (2, 2) if form.endswith("هما") else (1, None) if form.endswith(("هم", "هن")) else (1, 1)
                self.add(kind, count, i, i, i, None)
        elif shape == "masdar":
            cases = self.by_noun.get(i - 1) if self.form(i - 1) in _CASES else None
            if cases is not None:  # 10 حالات وفاة
                self.add(kind, (cases.min, cases.max), cases.first, i, i, None)
            elif not self.twin(i, kind, "masdar"):
                self.after(i, kind, 5)
        else:
            self.verb(i, kind)

    def fate(self, i: int, kind: Fate) -> None:
        """A noun of fate: counted, dual, plural alone, denied, or the head of a total."""
        number = self.by_noun.get(i)
        both = self.partner(i, kind)
        if number is None and self.form(i - 1) in _CASES:
            number = self.by_noun.get(i - 1)  # 10 حالات وفاة
        if self.form(i).startswith("ل") and number is None and self.form(i - 1)[:4] in ("تعرض", "يتعر"):
            self.before(i, kind)
            return
        if self.denied(i):
            if self.untold(i):
                return
            self.add(kind, (0, 0), i, i, i, None)
            if both is not None or self.form(i) in _BOTH_WORDS or self.form(i + 1) == "بشريه":
                self.add("injured" if kind == "killed" else "killed", (0, 0), i, both or i, i, None)
            return
        if number is not None:
            if both is not None:  # one total for both
                shared: Count = (number.min, None) if number.bound == "vague" else (1, None)
                self.add(kind, shared, number.first, i, i, i)
                self.add("injured" if kind == "killed" else "killed", shared, number.first, both, both, both)
                return
            self.add(kind, (number.min, number.max), min(number.first, i), max(number.last, i), i, i)
            return
        if self.form(i - 1) == "بين" and both is not None:  # بين قتيل وجريح
            self.add(kind, (1, None), i, i, i, None)
            self.add("injured" if kind == "killed" else "killed", (1, None), both, both, both, None)
            return
        if self.form(i - 1) == "من" and self.form(i - 2) in _SEVERAL:
            self.add(kind, (1, None), i - 2, both or i, i, i)
            if both is not None:
                self.add("injured" if kind == "killed" else "killed", (1, None), both, both, both, both)
            return
        if self.form(i - 1) in _FELL and (count_of_noun(self.tokens[i]) or (0, 0))[1] is None:
            many = self.by_start.get(i - 2)
            if many is not None and self.people(many):  # العشرات سقطوا قتلى
                self.add(kind, (many.min, many.max), many.first, i, i, i)
                return
        if any(self.form(k) in _FEW_BEFORE for k in (i - 1, i - 2)):
            total = self.total(i) if both is None else None
            if total is not None:
                self.add(kind, (total.min, total.max), total.first, total.last, i, i)
            return
        form = self.form(i)
        count = count_of_noun(self.tokens[i])
        if count is None or _definite(form) or self.form(i + 1) in ("مباشره", "دقيقه"):
            return  # إصابات مباشرة are hits
        if not self.subject_of_fall(i):
            return  # a person called شهيد, the victims of something
        self.add(kind, count, i, i, i, i)

    def partner(self, i: int, kind: Fate) -> int | None:
        """The other fate joined to this one: قتلى وجرحى، قتيل وجريح."""
        for k in (i + 1, i + 2):
            form = self.form(k)
            if form[:1] == "و" and k not in self.by_noun:
                noun = person_noun(form)
                if noun is not None and noun.fate in ("killed", "injured") and noun.fate != kind:
                    return k
                return None
        return None

    def subject_of_fall(self, i: int) -> bool:
        return any(
            self.form(k) in _FALLS or self.form(k)[1:] in _FALLS for k in range(max(self.first, i - 3), i)
        ) or self.form(i - 1).endswith("سقوط")

    def total(self, i: int) -> Number | None:
        """The number of a total told after its noun: عدد القتلى ... إلى 125، بلغ 30."""
        for k in range(i + 1, min(i + 16, self.last + 1)):
            if self.tokens[k].text in _STOP_KINDS:
                return None
            number = self.by_start.get(k)
            if number is not None and number.noun is not None and self.form(number.noun) in _NOT_PEOPLE:
                continue
            if number is None or k in self.used:
                continue
            noun = number.noun
            fate = _kinds(self.form(noun)) if noun is not None else None
            if noun is not None and fate is not None and fate[0] == "fate" and self.partner(noun, fate[1]) is not None:
                return None  # one total for the dead and the hurt
            if any(self.form(j) in _REACHES for j in range(k - 4, k)):
                return number
            if number.noun is not None and (who := person_noun(self.form(number.noun))) is not None and not who.fate:
                return number
        return None

    def denied(self, i: int) -> bool:
        """من دون وقوع إصابات، لم تسجل أي إصابات، عدم سقوط ضحايا."""
        for k in range(i - 1, max(self.first, i - 6) - 1, -1):
            token = self.tokens[k]
            if token.kind == "punct":
                return False
            if token.norm in _NO:
                return True
            if token.norm in ("الا", "سوي", "بل"):
                return False
        return False

    def untold(self, i: int) -> bool:
        """لم تعلن الوزارة عن وقوع إصابات: what is not told is neither denied nor said."""
        return any(self.form(k) in _NO and self.form(k + 1) in _UNTOLD for k in range(max(self.first, i - 6), i))

    def denied_one(self, i: int) -> bool:
        """لم يصب أحد، لم يقتل أحد."""
        near = (self.form(i + 1), self.form(i + 2))
        return any(self.form(k) in ("لم", "ولم", "دون", "عدم") for k in (i - 1, i - 2)) and any(
            form in ("احد", "احدا", "اي") for form in near
        )

    def losses(self, i: int) -> None:
        """خسائر بشرية, خسائر في الأرواح: people were killed or hurt, nobody when it is denied."""
        if self.form(i + 1) in ("بشريه", "البشريه", "في") and self.denied(i):
            if self.form(i + 1) == "في" and self.form(i + 2) != "الارواح":
                return
            self.add("killed", (0, 0), i, i + 1, i, None)
            self.add("injured", (0, 0), i, i + 1, i, None)
            return
        near = [self.form(k) for k in range(i + 1, i + 4)]
        if not {"بشريه", "وبشريه", "الارواح"} & set(near) or not any(self.form(k) in _SUFFERED for k in (i - 1, i - 2)):
            return
        self.add("killed", (1, None), i, i + 1, i, None)
        if "الارواح" not in near:
            self.add("injured", (1, None), i, i + 1, i, None)

    def wiped_out(self, i: int) -> None:
        """القضاء على عشرات المسلحين, على مجموعة إرهابية: those named after it were killed."""
        if not self.after(i, "killed", 5) and self.form(i + 2) in _BAND:
            self.add("killed", (1, None), i + 2, i + 2, i, i + 2)

    def verb(self, i: int, kind: Fate) -> None:
        """A verb: the people come after it, or before it when it stands in the plural or dual."""
        form = self.form(i)
        bare = form[1:] if form[:1] in "وف" and form[1:] in _MEETS | _PASSES else form
        if bare in _MEETS and not any(self.form(k) in _DEATH_MET for k in range(i + 1, i + 26)):
            return
        if bare in _PASSES and self.form(i + 1) not in _PASSED_BY:
            return
        dual = form.endswith(("تلا", "تلتا", "يبا", "هدا", "رحا", "قيا"))
        plural = form.endswith("وا")
        if (dual or plural) and self.before(i, kind):
            return
        if not (dual or plural) and self.form(i - 1) in _WHO:
            self.after(i, kind, 2)  # الذي قتل في is a back-reference, الذي قتل عشرات is none
            return
        if plural and self.form(i - 1) in _WHO and (total := self.total(i)) is not None:
            self.add(kind, (total.min, total.max), total.first, total.last, i, total.noun)
            return
        if self.twin(i, kind, "verb"):
            return
        if not (dual or plural) and self.after(i, kind, 9):
            return
        if self.form(i + 1) not in _AFTER_VERB and self.form(i + 1)[:1] not in ("", "ب", "،", "."):
            return
        if dual:
            self.add(kind, (2, 2), i, i, i, None)
        elif plural:
            if self.form(i - 1) not in _WHO:
                self.add(kind, (1, None), i, i, i, None)
        elif not self.before(i, kind) and self.form(i + 1) in _AFTER_VERB:
            count: Count = (1, 1)
            for k in range(i - 1, max(self.first, i - 5) - 1, -1):
                if self.tokens[k].kind == "punct":
                    break
                who = count_of_noun(self.tokens[k])
                if who is not None:
                    count = who
                    break
            number = self.by_start.get(i + 2) if self.form(i + 1) == "مع" else None
            if number is not None and count == (1, 1) and self.people(number):
                count = (1 + number.min, None if number.max is None else 1 + number.max)
            self.add(kind, count, i, i, i, None)

    def twin(self, i: int, kind: Fate, shape: str) -> bool:
        """قتل وأصيب عدد من، مقتل وإصابة عشرات: one count for both, which says only that there were some."""
        form = self.form(i + 1)
        if form[:1] != "و":
            return False
        other = _kinds(form)
        if other is None or other[0] != shape or other[1] == kind:
            return False
        mark = len(self.out)
        if not self.after(i + 1, other[1], 7) or len(self.out) <= mark:
            return False
        told = self.out[mark]
        count: Count = (1, None) if told.count != (1, 1) else told.count
        self.out[mark] = _with_count(told, count)
        self.out.append(_with_count(told, count, kind, i))
        return True

    def before(self, i: int, kind: Fate) -> bool:
        """28 شخصا قتلوا: the nearest number of people before the verb."""
        for k in range(i - 1, max(self.first, i - 11) - 1, -1):
            if self.tokens[k].text in _STOP_KINDS:
                return False
            number = self.by_start.get(k)
            if number is not None and k not in self.used and self.people(number):
                self.add(
                    kind, (number.min, number.max), number.first, max(number.last, number.noun or 0), i, number.noun
                )
                return True
        return False

    def people(self, number: Number) -> bool:
        """Whether a number counts people as far as its noun tells."""
        if number.kind == "dual":
            return True
        if number.noun is None:
            return number.bound != "vague" or number.min >= 24
        if self.form(number.noun) == "يوم" and self.form(number.noun + 1) in _DAYS:
            return True  # إصابة 17 يوم الأحد
        return self.form(number.noun) not in _NOT_PEOPLE

    def object_of(self, k: int, count: Count) -> Number | None:
        """The people counted right after a bare plural that killed them: قتل مسلحون ثمانية أشخاص."""
        number = self.by_start.get(k + 1) if count == (1, None) else None
        return number if number is not None and number.noun is not None and self.people(number) else None

    def kin(self, k: int, count: Count) -> tuple[Count, int]:
        """Add the kin joined to one named person: السيدة فلانة ونجلها."""
        for j in range(k + 1, k + 6):
            form = self.form(j)
            if not form or self.tokens[j].kind == "punct":
                break
            for n, kin in _KIN.items():
                if form[:1] == "و" and form[1:] in kin and count[1] is not None:
                    return (count[0] + n, count[1] + n), j
        return count, k

    def after(self, i: int, kind: Fate, window: int) -> bool:
        """The people counted after a word of death or injury."""
        found = _kinds(self.form(i))
        shape = found[0] if found else ""
        for k in range(i + 1, min(i + window, self.last) + 1):
            token = self.tokens[k]
            if token.kind == "punct" and token.text not in ('"', "«", "»", "“", "”", "(", "-"):
                break
            form = token.norm
            number = self.by_start.get(k)
            if number is not None and k not in self.used:
                if not self.people(number):
                    if self.tokens[k - 1].text == "(":
                        break  # an age after a name
                    return False
                return self.counted(i, kind, number)
            if form in _AMONG or k in self.used:
                return False
            if form in ("احد", "احدي") and k <= i + 2:
                self.add(kind, (1, 1), k, min(k + 1, self.last), i, min(k + 1, self.last))
                return True
            if form in _OTHERS:
                self.add(kind, (1, None), k, k, i, k)
                return True
            if form in ("اخر", "اخري") and k == i + 1:
                self.add(kind, (1, 1), k, k, i, k)
                return True
            noun = person_noun(form)
            if noun is not None:
                count = count_of_noun(token)
                if count is None:
                    return False
                if k > i + 1 and _definite(form) and count == (1, 1):
                    continue
                if k > i + 3 and count == (1, 1):
                    continue
                two = self.by_noun.get(k) or (self.by_noun.get(k + 1) if _kinds(self.form(k + 1)) is None else None)
                if two is not None and two.first > k:  # عسكريين اثنين
                    count = (two.min, two.max)
                doer = self.object_of(k, count) if shape == "verb" else None
                if doer is not None:
                    return self.counted(i, kind, doer)
                total, last = self.joined(k, count)
                if count == (1, 1) and total == count:
                    total, last = self.kin(k, count)
                self.add(kind, total, k, last, i, k)
                return True
            if _kinds(form) is not None:
                return False
        if kind == "killed" and self.form(i) and i + 1 <= self.last and self.named(i):
            one, last = self.kin(i + 1, (1, 1))
            self.add(kind, one, i + 1, last, i, i + 1)
            return True
        return False

    def named(self, i: int) -> bool:
        """مقتل followed by a name or a title: one person."""
        found = _kinds(self.form(i))
        nxt = self.tokens[i + 1]
        bare = next((w for w in _NAMED if self.form(i).endswith(w)), None)
        if bare is None or self.form(i - 1) in _ATTEMPTS or nxt.norm in _PREPOSITIONS:
            return False
        return found is not None and found[0] == "masdar" and nxt.kind == "word"

    def counted(self, i: int, kind: Fate, number: Number) -> bool:
        noun = number.noun if number.noun != i else None  # إصابة اثنين: the word itself is no noun for the people
        last = max(number.last, noun if noun is not None else number.last)
        if (
            noun is not None
            and (fate := person_noun(self.form(noun))) is not None
            and fate.fate in ("killed", "injured")
        ):
            return False  # counted as a noun of fate
        count, end = self.joined(last, (number.min, number.max))
        if self.form(number.first - 1) in _TOGETHER and self.form(last + 1) in _OTHERS:  # قتل مع ثلاثة آخرين
            count = (count[0] + 1, None if count[1] is None else count[1] + 1)
        self.add(kind, count, number.first, max(last, end), i, noun)
        return True

    def joined(self, k: int, count: Count) -> tuple[Count, int]:
        """Add what is joined by و: سيدة وثلاثة أطفال، ثلاثة جنود وضابط."""
        end = k
        for step in (1, 2, 3):
            j = end + step
            form = self.form(j)
            if not form or self.tokens[j].kind == "punct" or form in _AMONG:
                break
            number = self.by_start.get(j) or (self.by_start.get(j + 1) if form == "و" else None)
            if number is not None and (form[:1] == "و") and self.people(number):
                noun = person_noun(self.form(number.noun)) if number.noun is not None else None
                last = max(number.last, number.noun or 0)
                more_of_them = self.form(number.last + 1) in _OTHERS | {"من"} and number.noun is None
                if not more_of_them and (noun is None or noun.fate in ("killed", "injured")):
                    break
                high = None if count[1] is None or number.max is None else count[1] + number.max
                return self.joined(last, (count[0] + number.min, high))
            if form in ("واخر", "واخري"):
                high = None if count[1] is None else count[1] + 1
                return (count[0] + 1, high), j
            if form[:1] == "و":
                if form.endswith("ا") and count[0] > 10:
                    break  # 22 عنصرا ومسؤولا: one count for both nouns
                noun = person_noun(form)
                if noun is None or noun.fate in ("killed", "injured") or _kinds(form) is not None:
                    break
                more = count_of_noun(self.tokens[j])
                if more is None:
                    break
                high = None if count[1] is None or more[1] is None else count[1] + more[1]
                return self.joined(j, (count[0] + more[0], high))
        return count, end


_FALLS = words(
    "مخلفا مخلفة وخلف وخلفت أدت أدى بوقوع بارتقاء حصيلة إلى أوقعا سقوطهم موقعا موقعة إيقاع بينهم"
    " هناك يوقع سقط سقوط وقوع وقع ارتقى ارتقاء بسقوط وسقوط وسقط خلف خلفت أوقع أوقعت أسفر أسفرت تسجيل"
    " عن حقق حققت موقعين محققة"
)
_FELL = words("سقطوا سقط سقطت يسقطون وقعوا ارتقوا")
_REACHES = words("إلى بلغ بلغت بلغوا وصل وصلت تجاوز ارتفع ارتفعت نحو يبلغ ليصل ليبلغ لتبلغ عند")
_WHO = words("الذين الذي التي من الذين ممن")


def _with_count(told: TollCount, count: Count, kind: Fate | None = None, trigger: int | None = None) -> TollCount:
    return TollCount(
        kind or told.kind,
        count,
        told.first,
        told.last,
        told.start,
        told.end,
        told.trigger if trigger is None else trigger,
        told.noun,
    )


def _definite(form: str) -> bool:
    """Whether a word carries the article."""
    return form.startswith(("ال", "وال", "بال", "لل", "فال", "كال", "ولل", "وبال"))
