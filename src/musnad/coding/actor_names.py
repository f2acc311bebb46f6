"""People's names: after a title, before one, known to the book, or told before."""

from __future__ import annotations

from musnad.arabic.words import vocabulary
from musnad.codebook.actors import words
from musnad.coding.actor_memory import COMMON_GIVEN, LINKS
from musnad.coding.actor_mentions import ActorMention, Phrase, country_of
from musnad.coding.actor_reader import Reader, matches

STOP = words(
    "من الي في علي عن مع بعد قبل عند لدي بين حتي منذ خلال ضد حول دون عبر ان انه انها انهم بان لان كان كانت قد لقد "
    "لم لن لا ما هو هي هم هذا هذه ذلك تلك الذي التي الذين كما حيث اذا اذ ثم او ام بل لكن ولكن قال قالت اكد اكدت "
    "اعلن اعلنت اضاف اضافت صرح صرحت اشار اشارت اوضح اوضحت ذكر ذكرت افاد افادت كشف كشفت نقل نقلت دعا دعت طالب "
    "طالبت حذر حذرت ادان ادانت اتهم اتهمت نفي نفت وصف وصفت راي اعتبر اعتبرت التقي زار وصل وصلت قام قامت اليوم امس "
    "غدا يوم مساء صباح فجر ليل السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه الماضي الجاري المقبل الحالي "
    "بحسب وفق وفقا حسب ايضا كل بعض غير سوي عدا فقط جدا نحو الان هناك هنا يقول تقول يؤكد يري قائلا مؤكدا مضيفا "
    "مشيرا موضحا معتبرا لافتا الا انما بينما فيما مما ممن اثر اثناء فوق تحت امام وراء خلف ضمن وسط داخل خارج شرق "
    "غرب شمال جنوب قتل قتلت اصيب اصيبت استهدف استهدفت شن شنت قصف قصفت سيطر سيطرت تم تمت جري جرت بدا بدات عقد بحث "
    "اجري تلقي عقب فور رئيس وزير وقال واكد واضاف واعلن واشار واوضح اي اول احد قوله قولها بذاته نفسه نفسها ذاته "
    "مواليد عام سنه شهر منه عنه عليه اليه معه له لها لهم به بها فيه فيها منها عنها عليها اليها عندما حين حينما "
    "شدد شددت لفت لفتت تحدث تحدثت تابع تابعت ختم هدد هددت توعد رفض رفضت وقع وقعت اجتمع استقبل بعث توجه غادر تعهد "
    "رد ردا علق علقت انتقد انتقدت رحب رحبت جدد جددت حمل حملت كتب نشر نشرت قرر امر عين اقال ترأس تراس يدعو يزور "
    "اعرب اعربت سيزور"
)
BELONGING = words(
    "التابعه التابع التابعين التابعون التابعتين تابعه تابع تابعين تابعون تابعتين تابعا الموالي المواليه الموالين "
    "الموالون موالي مواليه موالين موالون موال المنتمي المنتميه المنتمين منتمين منتمي ينتمون المحسوبه المحسوبين "
    "المحسوب المنتسبين"
)
"""Words that lead to whom a party belongs."""
IN_TITLES = words("في الي لدي لشؤون علي بين")
"""Words that lead to the rest of a title."""
ORDINARY_NAMES = words(
    "حسن نيل طال رفعت صباح مفتاح الهام عز باسم نجم ربيع سيف زين بدر رمضان شمس ميلاد جميل سعيد حكيم مالك امير عوض"
    " شاهد ايه ادوار جهاد صلاح نور ريم عماد صالح صادق عادل فاضل غالب كمال جمال جلال"
)
"""Given names that are ordinary words too; without a title, a definite noun after one makes a phrase of the two."""
COMMON = 40
"""A word seen more often than this in ordinary text is no unknown name."""
MIDDLE = words("اكبر اصغر")
"""Second names that are ordinary words too (علي *أكبر*)."""
SPEAKERS = words(
    "official spokesman leader commander diplomat parliament clergy expert journalist police soldier court medic "
    "member person activist rights honor"
)
"""Heads of people who can have had the word."""
TITLED = words(
    "official spokesman leader commander diplomat parliament clergy expert journalist police soldier court medic member"
)

NAMED = words("victim civilian activist fighter labour business refugee")
"""Further heads of one person that a name follows (الأسير، الشاب), where nothing of the name is an ordinary word."""
RARE = 6
"""A word seen no more often than this in ordinary text is likely a name where one is due."""
SAYING = words(
    "قال قالت اضاف اضافت اوضح اوضحت اكد اكدت اشار اشارت تابع تابعت ذكر ذكرت كشف كشفت لفت لفتت شدد شددت صرح صرحت اعتبر "
    "اعتبرت ختم ختمت يقول تقول يضيف تضيف حذر حذرت زعم زعمت طالب طالبت دعا دعت اعرب اعربت عبر نفي نفت بين بينت كتب "
    "كتبت رد ردت علق علقت استدرك اردف استطرد مضي ثمن انتقد انتقدت هدد اعلن اعلنت"
)
"""Verbs of saying, after which a name is due."""
SAID = SAYING | {p + w for w in SAYING for p in "وف"}
"""The same with a particle before them."""
CALLED = words("يدعي تدعي ويدعي وتدعي المدعو المدعوه اسمه واسمه اسمها واسمها الملقب المكني يسمي")
"""Words that give a person's name (رجل *يدعى* ...)."""


def seen(word: str) -> int:
    """How often a word was seen in ordinary text."""
    return vocabulary().folded.get(word, 0)


class Names(Reader):
    """Finding people."""

    def known_person(self, k: int) -> tuple[int, str] | None:
        """The person of the book whose name begins at token `k`: last token and key."""
        for r in self.readings[k]:
            if r.particles:
                continue
            for last, names in matches(r, self.tokens, k):
                for name in names:
                    if name.kind in ("person", "short"):
                        return last, name.of
        return None

    def apposition(self, p: Phrase) -> None:
        """A personal name after a title: taken into the phrase, and remembered for later."""
        k = self.after(p.last)
        comma = False
        if k > 0 and self.tokens[k].text in "،,:" and p.id:
            k = self.after(k)
            comma = True
        if k < 0 or self.tokens[k].kind != "word":
            return
        known = self.known_person(k)
        if known is not None:
            last, person = known
            last = self.fathers(last)
            office = self.book.office(person, self.day)
            if (not p.owner or p.kind == "anaphor") and office is not None:
                p.id, p.owner, p.country, p.kind = office.id, office.id, country_of(office.id), "person"
                p.because = (*p.because, office.entry)
            p.last = last
            self.memory.remember(self.tokens[k : last + 1], p.id)
            return
        told = p.definite or (bool(p.owner) and p.kind != "anaphor")
        titled = p.number == "sg" and told and (p.cls in TITLED or (p.cls in NAMED and self.is_rare(k)))
        last = self.name_end(k, titled) if self.is_given(k) or self.tokens[k].norm in LINKS or not comma else k - 1
        if last < k and comma and titled and p.owner:
            last = self.between_commas(k)
        if last < k:
            return
        p.last = last
        before = self.title_before(p.head) if not p.owner and self.is_rank(p.head) else None
        if before is not None:
            p.id, p.owner, p.country, p.because = before.id, before.owner, country_of(before.id), before.because
        if not p.id:
            role = next((self.book.roles[h] for h in sorted(p.heads)), None)
            p.country = self.focus
            p.id = f"{self.focus or 'XXX'}-{(role.sector if role else '') or 'CVL'}"
        self.memory.remember(self.tokens[k : last + 1], p.id)

    def fathers(self, last: int) -> int:
        """The last token of the chain of fathers and the house that follow a name (بن عبدالعزيز آل سعود)."""
        tokens = self.tokens
        while last + 2 < self.n and tokens[last + 1].norm in ("بن", "ابن", "ال") and tokens[last + 2].kind == "word":
            last += 2
        return last

    def between_commas(self, k: int) -> int:
        """The last token of a name of unknown words that stands between commas after a title; `k - 1` when there
        is none."""
        last = k - 1
        for j in range(k, min(k + 5, self.n)):
            t = self.tokens[j]
            if t.text in "،,.:(؛" or (t.norm in ("ان", "انه", "انها", "بان") and j > k + 1):
                return last if last > k else k - 1
            linked = t.norm in LINKS or self.is_given(j) or self.tokens[j - 1].norm in LINKS or self.is_rank(j)
            if t.kind != "word" or self.preposition(t) or (t.norm in STOP and not linked):
                return k - 1
            if not linked and (seen(t.norm) > COMMON * 5 or (self.known(j) and not t.norm.startswith("ال"))):
                return k - 1
            last = j
        return k - 1

    def title_before(self, i: int) -> ActorMention | None:
        """The title that a name at token `i` belongs to, when something stands between them (... في سوريا، *أوليغ
        إيغوروف*)."""
        for m in reversed(self.memory.found[-2:]):
            if m.head_class not in TITLED or m.number != "sg" or not m.owner or i - m.last > 9:
                continue
            between = self.tokens[m.last + 1 : i]
            if any(t.text in ".؛؟!" or t.norm in STOP - IN_TITLES for t in between):
                return None
            if "\n" in self.body[m.end : self.tokens[i].start]:
                return None
            comma = bool(between) and between[-1].text in "،,("
            if comma or (between and (between[0].norm in IN_TITLES or between[0].norm.startswith("لل"))):
                return m
        return None

    def name_end(self, k: int, titled: bool) -> int:
        """The last token of a personal name that begins at `k`; `k - 1` when none does. `titled`: a title stands
        before."""
        tokens, book = self.tokens, self.book
        if tokens[k].kind != "word" or (tokens[k].norm in STOP and not self.is_given(k)):
            return k - 1
        start = k
        for _ in range(2):
            ranks = self.readings[k]
            if not (titled and ranks and not ranks[0].particles and self.is_rank(k)):
                break
            following = self.after(k)
            if following < 0 or tokens[following].kind != "word":
                break
            k = following
        t = tokens[k]
        joined = not titled and self.is_joined_name(k)
        if (
            not joined
            and not self.is_given(k)
            and not (t.norm.startswith("عبد") and len(t.norm) > 4)
            and t.norm not in LINKS
        ):
            unlike = (
                not titled
                or self.known(k)
                or self.has_particles(k)
                or self.preposition(t)
                or t.norm.startswith("ال")
                or (t.norm[0] in "وفبل" and seen(t.norm[1:]) > COMMON)
                or len(t.norm) < (5 if t.norm[0] in "يتسن" else 3)
                or seen(t.norm) > COMMON
            )
            if unlike:
                return start - 1
        last, real = k, t.norm not in LINKS
        for step in range(4):
            j = last + 1
            if j >= self.n or tokens[j].kind != "word" or "\n" in self.body[tokens[last].end : tokens[j].start]:
                break
            w = tokens[j].norm
            if (w.startswith("وال") and len(w) > 4) or w in BELONGING or self.has_particles(j):
                break
            stopped = w in STOP or (w[0] in "وفبل" and w[1:] in STOP)
            if (stopped and not self.is_given(j)) or self.preposition(tokens[j]):
                break
            linked = tokens[last].norm in LINKS
            if w in LINKS or linked:
                last, real = j, real or linked
                continue
            if w in MIDDLE and tokens[last].norm in ("علي", "محمد", "حسين", "غلام"):
                last = j
                continue
            r = self.readings[j]
            if self.known(j) and not w.startswith("ال") and w not in book.given:
                break
            if step and r and any(f.definite for x in r for f in x.forms):
                break
            if step and w not in book.given and not w.startswith("ال") and tokens[last].norm not in book.given:
                break
            if w not in book.given and not linked and self.no_surname(j, w):
                break
            last = j
            if w.startswith("ال") and w not in book.given:
                break
        return last if real else start - 1

    def is_joined_name(self, k: int) -> bool:
        """Is token `k` a given name behind و ف ل ب with a surname after it (وريتشارد مارلز)?"""
        t = self.tokens[k]
        if len(t.norm) < 5 or t.norm[0] not in "وفلب" or t.norm[1:] not in self.book.given or k + 1 >= self.n:
            return False
        following = self.tokens[k + 1]
        w = following.norm
        if following.kind != "word" or w in STOP or self.has_particles(k + 1) or w in BELONGING:
            return False
        return (
            w in self.book.given
            or w in LINKS
            or (len(w) > 3 and not self.known(k + 1) and seen(w.removeprefix("ال")) <= COMMON)
        )

    def no_surname(self, j: int, w: str) -> bool:
        """Is the unlinked word at `j` a word of the language, or the start of a title (*ولي* العهد), rather than a
        surname?"""
        if w.startswith("ال"):
            return False
        r = self.readings[j]
        if r and not r[0].particles and matches(r[0], self.tokens, j):
            return True
        return len(w) > 3 and w[0] in "وفبل" and seen(w[1:]) > COMMON and seen(w) <= seen(w[1:])

    def is_rare(self, k: int) -> bool:
        """Is token `k` a word that ordinary text hardly knows, alone and without its particles?"""
        t = self.tokens[k]
        if t.kind != "word" or len(t.norm) < 4 or t.norm in STOP or self.known(k) or self.has_particles(k):
            return False
        bare = t.norm.removeprefix("ال")
        if bare != t.norm and t.norm.endswith("ي"):
            return seen(bare) <= COMMON
        return not self.preposition(t) and seen(bare) <= RARE and (t.norm[0] not in "وفبلكس" or seen(bare[1:]) <= RARE)

    def said(self, i: int) -> ActorMention | None:
        """An unknown name after a verb of saying (وأضاف *رودس*): of two rare words a new person's, of one that of the
        speaker who had the word last."""
        if i == 0 or self.tokens[i - 1].norm not in SAID or not self.is_rare(i):
            return None
        last = i
        while last + 1 < self.n and last < i + 2 and self.after(last) == last + 1 and self.is_rare(last + 1):
            last += 1
        if last == i and self.after(i) == i + 1 and (self.is_given(i + 1) or self.tokens[i + 1].norm in LINKS):
            last = max(self.name_end(i + 1, False), i)
        title: Phrase | ActorMention | None = self.title_after(last)
        if title is None and last == i:
            title = next(
                (m for m in reversed(self.memory.found) if m.number == "sg" and m.owner and m.head_class in SPEAKERS),
                None,
            )
        if title is not None:
            rid, owner, because = title.id, title.id, (*title.because, "speaks")
        elif last > i:
            rid, owner, because = self.person_id(), "", ("personal name",)
        else:
            return None
        return self.person(i, last, self.tokens[i].start, rid, owner, because)

    def named_so(self, i: int) -> ActorMention | None:
        """A name that يدعى، اسمه lead to: of the person just told of."""
        if i == 0 or self.tokens[i - 1].norm not in CALLED or self.known(i) or self.tokens[i].norm in STOP:
            return None
        last = i
        while last + 1 < self.n and last < i + 3 and self.after(last) == last + 1:
            t = self.tokens[last + 1]
            if t.kind != "word" or not (self.is_rare(last + 1) or self.is_given(last + 1) or t.norm in LINKS):
                break
            last += 1
        m = next((m for m in reversed(self.memory.found[-2:]) if m.number == "sg" and i - m.last < 12), None)
        rid = m.id if m is not None else self.person_id()
        return self.person(i, last, self.tokens[i].start, rid, rid if m is not None else "", ("name told",))

    def person(self, i: int, last: int, start: int, rid: str, owner: str, because: tuple[str, ...]) -> ActorMention:
        """A mention of a person by name, remembered for later."""
        self.memory.remember(self.tokens[i : last + 1], rid)
        return ActorMention(
            i, last, start, self.tokens[last].end, rid, "person", "sg", i, "person", True, False, owner, because,
            frozenset(), tuple(t.norm for t in self.tokens[i : last + 1]),
        )  # fmt: skip

    def is_rank(self, k: int) -> bool:
        """Is token `k` a rank or courtesy title (العميد، الشيخ)?"""
        roles = self.book.roles
        return any("r" in roles[f.role].marks or roles[f.role].noun == "ركن" for x in self.readings[k] for f in x.forms)

    def called(self, i: int) -> ActorMention | None:
        """A name told before, now bare: البخيتي، فرحان."""
        t, names = self.tokens[i], self.memory.names
        tries = [(t.norm, 0)]
        if len(t.norm) > 3 and t.norm[0] in "وفبلك":
            tries.append((t.norm[1:], 1))
        if len(t.norm) > 5 and t.norm.startswith("لل"):
            tries.append(("ال" + t.norm[2:], 0))
        following = self.tokens[i + 1].norm if i + 1 < self.n and self.tokens[i + 1].kind == "word" else ""
        for w, skip in tries:
            if w in COMMON_GIVEN and (following in LINKS or following in self.book.given or following.startswith("ال")):
                continue
            rid, last = names.get(f"{w} {following}") if following else None, i + 1
            if rid is None:
                rid, last = names.get(w), i
            if rid is None or w in STOP:
                continue
            start = t.start + (skip if t.text[:skip] == t.norm[:skip] else 0)
            while last + 1 < self.n and names.get(self.tokens[last + 1].norm) == rid and self.after(last) == last + 1:
                last += 1
            return ActorMention(
                i, last, start, self.tokens[last].end, rid, "anaphor", "sg", i, "person", True, False, rid,
                ("name told before",), frozenset(), (w,),
            )  # fmt: skip
        return None

    def title_after(self, last: int) -> Phrase | None:
        """The title that follows a name (خالد بحاح، رئيس وزراء اليمن), if it tells an office."""
        k = self.after(last)
        if k > 0 and self.tokens[k].text in "،,(":
            k = self.after(k)
        for _ in range(3):
            if k > 0 and self.tokens[k].norm in ("وهو", "وهي", "هو", "من", "كبار", "احد", "ابرز"):
                k = self.after(k)
        if k < 0 or self.tokens[k].kind != "word" or not self.readings[k] or self.readings[k][0].particles:
            return None
        p = self.noun_phrase(k)
        return p if p is not None and p.id and p.cls in TITLED else None

    def noun_phrase(self, k: int) -> Phrase | None:
        """The noun phrase at token `k`; the grammar of phrases gives it."""
        raise NotImplementedError

    def person_id(self) -> str:
        """The id of a person of whom no office is told."""
        return f"{self.focus or 'XXX'}-CVL"

    def is_ordinary(self, i: int, last: int) -> bool:
        """Are two words that could be a name rather an ordinary phrase (حسن الجوار, سيف القدس, نجم الكرة)?"""
        if last != i + 1 or self.tokens[i].norm not in ORDINARY_NAMES:
            return False
        second = self.tokens[last].norm
        if second.startswith("ال"):
            return not second.endswith("ي")
        return second.endswith(("ها", "هم", "نا")) or second.startswith(("لل", "بال"))

    def person_first(self, i: int) -> ActorMention | None:
        """A personal name with no title before it."""
        last = self.name_end(i, False)
        if last <= i or (self.tokens[i].norm == "باسم" and self.known(i + 1)):
            return None
        title: Phrase | ActorMention | None = self.title_before(i) or self.title_after(last)
        if title is not None:
            rid, owner, because = title.id, title.id, title.because
        elif self.is_ordinary(i, last):
            return None
        else:
            rid, owner, because = self.person_id(), "", ("personal name",)
        start = self.tokens[i].start + (not self.is_given(i))
        return self.person(i, last, start, rid, owner, because)
