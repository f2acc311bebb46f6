"""The grammar of actor phrases: a name, or a role noun with the owner that its phrase tells.

قوات *تركية*, وزارة الخارجية *الإيرانية*, قائد في *الدعم السريع*, مواقع تابعة لـ *قسد*: a noun, its adjectives, and one
owner. What noun and owner make together is in `actor_ids`.
"""

from __future__ import annotations

from dataclasses import replace

from musnad.codebook.actors import FORCE, MODIFIERS, Form, Name, Reading, Role, within, words
from musnad.coding.actor_ids import CIVIL, VAGUE, Ids
from musnad.coding.actor_mentions import Phrase, class_of, country_of, is_state
from musnad.coding.actor_names import BELONGING, STOP
from musnad.coding.actor_reader import PRIORITY, QUOTES, matches

IN = words("في داخل لدي ضمن وسط")
IN_CLASSES = FORCE | words(
    "official ministry diplomat spokesman source member leader fighter group rebels police spy government "
    "parliament court party opposition militia media rights ngo medic people alliance body journalist "
    "civilian victim unknown labour clergy expert correspondent"
)
OF_CLASSES = words(
    "soldier fighter member source commander official force group site diplomat spokesman leader rebels unknown"
)
L_CLASSES = words("site force vehicle aircraft weapon command commander group militia member body paper facility ship")
L_DESCRIBED = words("group spokesman leader commander official command body member source")
B_CLASSES = words("official source spokesman police soldier commander leader member command ministry diplomat spy body")
NO_OWNER = words("act word civilian victim property paper source expert none modifier quantifier")
"""Classes of phrases that own nothing."""
SKIPPING = words("ministry body ngo rights labour official command police court")
"""Heads whose own name may hold words that are not ours (وزير *البنى التحتية*)."""
SUBJECTED = words("journalist expert correspondent")
"""Heads whose subject may stand before their owner (معلق *الشؤون* العسكرية في القناة)."""
MEDIAL = words("media correspondent journalist official spokesman leader source body expert member site paper ministry")
"""Heads that a medium can own."""
DESCRIBING = words(
    "fighter soldier unknown criminal official police media member journalist civilian activist opposition refugee body"
)
"""Classes whose singular is an adjective after a noun (اشتباك *مسلح*, الهدف *الرئيس*)."""
PARTICIPLES = words("متحدثا متهما متهمه معلقا مهاجما معارضا مشيرا مساعدا متهمين")
"""Participles that go with the subject of their clause (قال الوزير، *متهما* ...)."""
PEOPLED = words("soldier fighter civilian victim")


HARMED = words(
    "مقتل قتل قتلت استشهد استشهاد اصيب اصابه اصابت جرح جرحت مصرع اعتقال اعتقل اعتقلت اسر خطف اختطاف اغتيال اغتال "
    "تصفيه وقتل واصيب واصابه وجرح ومقتل واستشهاد يقتل تقتل قتله هاجم فجر نفذ نفذه اطلق وفاه تحييد توقيف اوقف "
    "اعدام جثه"
)
"""Words after which a singular is a person (مقتل *مسلح*)."""


CLOSING = frozenset(")]»”’")
SYSTEMS = words("النظام القاعده الحركه الجبهه السلطه")
"""Names that are ordinary nouns before some adjectives (النظام *القضائي*, القاعدة *الجوية*)."""
ORDINARY = words(
    "القضائي السياسي الدولي العالمي المالي الصحي الاقتصادي الداخلي الاساسي الانتخابي العام التعليمي الصاروخي "
    "الدفاعي الجوي الضريبي المصرفي الرئاسي البرلماني الغذائي البيئي الاجتماعي الجديد الجويه العسكريه البحريه "
    "الشعبيه الجماهيريه القانونيه الاجتماعيه الاقتصاديه التجاريه الداخليه القضائيه التشريعيه التنفيذيه الرابعه "
    "الشماليه الجنوبيه الشرقيه الغربيه"
)
BACKED = words(
    "المدعومه المدعوم المدعومين المدعومون مدعومه مدعوم مدعومين مدعومون المواليه الموالي الموالين الموالون مواليه "
    "موالين موالون المتحالفه المتحالفين المرتبطه المرتبطين المسانده"
)
"""Words that lead to a backer."""
BACKED_CLASSES = words("force militia group fighter")
NEAR_TO = {"ISR": ("PSE", "LBN", "SYR"), "SYR": ("TUR", "LBN"), "YEM": ("SAU",), "SAU": ("YEM",)}
"""Countries whose reports name another's bodies without saying whose they are."""
FRONTS = frozenset(("region", "country", "adjective"))
"""Owners of a front line (الجبهة *الأوكرانية*)."""
FOLLOWED = FORCE | words("militia group fighter government member")
"""Heads that a person can own (قوات *حفتر*)."""
THINGS = words("aircraft vehicle weapon act court")
"""Heads that a party's vague noun is not named after (تنظيم *مسيرة*)."""
STYLED = words("ngo rights party business labour group")
STYLED_BODIES = {"مركز": "EDU", "معهد": "EDU", "مؤسسة": "NGO"}
"""Heads that a name of their own follows, and the sector that they then have."""
LANDED = words(
    "civilian official government police victim people leader body court medic settler refugee activist clergy"
)
"""Heads that a stretch of land can own (أهالي *القرية*)."""


def two_sites(role: Role, form: Form) -> bool:
    """Is this the two sites of a war (موقعي), which no medium is?"""
    return role.cls == "media" and form.number != "sg"


class Phrases(Ids):
    """Reading noun phrases."""

    def noun_phrase(self, k: int) -> Phrase | None:
        return self.phrase(k, self.readings[k][0], False)

    def phrase(self, i: int, reading: Reading, top: bool) -> Phrase | None:
        """The noun phrase at token `i` under one reading. `top`: it stands by itself, not as an owner."""
        best: Phrase | None = None
        for last, names in matches(reading, self.tokens, i):
            if len(names) > 1:
                names = tuple(sorted(names, key=lambda n: PRIORITY[n.kind]))
            for name in names:
                best = self.named(i, last, name, top)
                if best is not None and not (name.kind == "context" and self.has_nationality(last)):
                    break
            if best is not None:
                break
        if best is not None and best.last > i and best.kind in ("entity", "anaphor", "media", "person"):
            return best
        single: Phrase | None = None
        roles = self.book.roles
        forms = [f for f in reading.forms if roles[f.role].cls not in MODIFIERS] if reading.forms else ()
        describes = False
        if top and forms:
            if self.is_adverb(i, reading):
                return best
            describes = self.describes(i, reading)
        marbuta = "ة" in self.tokens[i].text[-2:]
        for form in forms:
            cls = roles[form.role].cls
            if (marbuta and form.owner) or (describes and (cls in DESCRIBING or cls == "diplomat")):
                continue
            p = self.role(i, i, form.role, form, top)
            if p is not None and (single is None or (p.last, p.owner != "") > (single.last, single.owner != "")):
                single = p
        named = best is not None and best.kind in ("entity", "anaphor") and best.last + 1 < self.n
        if named and best is not None and self.tokens[best.last + 1].norm in IN:
            return best
        if best is not None and (single is None or best.last >= single.last or not single.owner):
            return best
        if single is not None:
            return single
        for a in reading.adjectives:
            p = self.adjective(i, a.kind, a.of, a.number, a.definite, i)
            if p is not None:
                return p
        return best

    def named(self, i: int, last: int, name: Name, top: bool) -> Phrase | None:
        """A phrase of the tables as a party, or None when it is none here."""
        book, kind, of = self.book, name.kind, name.of
        if kind == "quoted":
            if top and not self.quoted(i, last) and (not self.joined(i) or self.has_object(last)):
                return None
            kind = "entity"
        if kind == "homely":
            if not self.is_at_home(book.entities[of][0].country):
                return None
            kind = "entity"
        if kind == "entity":
            for e in book.entities[of]:
                if within(e.since, e.until, self.day):
                    flex = e.id in ("SYR-GOV", "ISR-MIL") and self.tokens[last].norm != "الجيش" and i == last - 1
                    flex = flex and self.tokens[i].norm.endswith(("النظام", "الاحتلال", "نظام", "العدو"))
                    heads = e.heads
                    if self.readings[i] and self.readings[i][0].forms:
                        heads |= {
                            f.role for f in self.readings[i][0].forms if self.book.roles[f.role].cls not in MODIFIERS
                        }
                    p = Phrase(
                        last,
                        e.id,
                        "entity",
                        class_of(e.sector),
                        "sg",
                        i,
                        True,
                        e.id,
                        e.country,
                        heads,
                        (e.entry,),
                        flex,
                    )
                    return self.extended(p)
            return None
        if kind == "context":
            if of in SYSTEMS and self.is_system(last):
                return None
            return self.contextual(i, last, of)
        if kind in ("country", "capital", "seat"):
            if kind == "country" and top and not self.is_country(i):
                return None
            return Phrase(
                last, of + "-GOV", "country", kind, "sg", i, True, of + "-GOV", of, frozenset(),
                (f"countries.tsv:{of}",), kind != "seat",
            )  # fmt: skip
        if kind == "region":
            if top:
                return None
            return Phrase(
                last,
                of + "-GOV",
                "region",
                "region",
                "sg",
                i,
                True,
                of + "-GOV",
                of,
                frozenset(),
                (f"countries.tsv:{of}",),
            )
        if kind in ("person", "short"):
            office = book.office(of, self.day)
            if office is None or (kind == "short" and not within(office.since, office.until, self.day)):
                return None
            if kind == "person":
                self.memory.remember(self.tokens[i : last + 1], office.id)
                last = self.fathers(last)
            return Phrase(
                last,
                office.id,
                "person",
                "person",
                "sg",
                i,
                True,
                office.id,
                country_of(office.id),
                frozenset(),
                (office.entry,),
            )
        if kind in ("media", "media-word"):
            if kind == "media-word" and top and not self.quoted(i, last):
                return None
            heads = (
                frozenset(f.role for f in self.readings[i][0].forms) if last > i and self.readings[i] else frozenset()
            )
            p = Phrase(
                last, of, "media", "media", "sg", i, True, of, book.media[of], heads, (f"actors_media.tsv:{of}",)
            )
            return self.extended(p)
        if kind == "role":
            number, _, amount = of.partition("/")
            definite = self.tokens[last].norm.startswith("ال") or self.tokens[i].norm.startswith("ال")
            return self.role(i, last, int(number), Form(int(number), amount, definite, "", False), top)
        what, _, key = of.partition("/")
        return self.adjective(i, what, key, "sg", self.tokens[i].norm.startswith("ال"), last)

    def is_system(self, last: int) -> bool:
        """Does an adjective follow that makes the name an ordinary noun?"""
        k = self.after(last)
        return k > 0 and self.tokens[k].norm in ORDINARY

    def is_at_home(self, country: str) -> bool:
        """Can a name of ordinary nouns mean this country's body here: is the report about it, or was it named?"""
        near = self.focus in ("", country, *NEAR_TO.get(country, ())) or self.home == country
        return near or any(m.id.startswith(country) or m.owner.startswith(country) for m in self.memory.found)

    def has_object(self, last: int) -> bool:
        """Does a definite noun follow, so that the word before is a verbal noun (وفتح *الباب*)?"""
        k = self.after(last)
        return k > 0 and self.tokens[k].norm.startswith("ال")

    def is_country(self, i: int) -> bool:
        """Mali's name is also the word for financial: it is a country only after a preposition, a verb or at the
        start."""
        if self.tokens[i].norm.lstrip("وف") != "مالي":
            return True
        return i > 0 and self.tokens[i - 1].norm in ("في", "من", "الي", "شمال", "شمالي", "وسط", "عن", "جيش", "حكومه")

    def extended(self, p: Phrase) -> Phrase:
        """Take in adjectives that only describe a named party (تنظيم داعش *الإرهابي*)."""
        roles = self.book.roles
        k = self.after(p.last)
        while k > 0 and self.tokens[k].kind == "word":
            r = self.readings[k]
            if not r or r[0].particles:
                break
            modifies = any(roles[f.role].cls == "modifier" and f.definite for f in r[0].forms)
            if not modifies and not any(
                a.definite and a.kind == "country" and a.number == "sg" for a in r[0].adjectives
            ):
                break
            p.last = k
            k = self.after(k)
        return p

    def adjective(self, i: int, kind: str, of: str, number: str, definite: bool, last: int) -> Phrase | None:
        """An adjective by itself: people (الأميركيون، الحوثيين) or what belongs to them (غارات *روسية*)."""
        owner = self.adjective_owner(kind, of)
        if owner is None:
            return None
        oid, country, entry = owner
        before = self.head_before(i)
        if before == "ground" or (before == "word" and number == "sg"):
            return None
        if kind != "country":
            shape = "entity" if number != "sg" or definite else "adjective"
            return Phrase(last, oid, shape, "group", number, i, definite, oid, country, frozenset(), (entry,))
        if country == "XXX":
            return None
        agrees = number == "du" and before in ("act", "vehicle", "aircraft", "weapon", "force")
        if number != "sg" and not (agrees and self.tokens[i - 1].norm.endswith(("ين", "ان"))):
            return Phrase(
                last,
                country + "-CVL",
                "adjective",
                "people",
                number,
                i,
                definite,
                oid,
                country,
                frozenset(),
                (entry,),
                True,
            )
        harmed = i > 0 and self.tokens[i - 1].norm in HARMED
        if before == "" and not definite and (country == "PSE" or harmed) and not self.tokens[i].norm.endswith("ه"):
            own = country + "-CVL"
            return Phrase(last, own, "adjective", "people", "sg", i, False, oid, country, frozenset(), (entry,), True)
        sector = "MIL" if before in FORCE or before == "act" else "GOV"
        return Phrase(
            last,
            f"{country}-{sector}",
            "adjective",
            before or "other",
            "sg",
            i,
            definite,
            oid,
            country,
            frozenset(),
            (entry,),
            True,
        )

    # ---- role nouns

    def role(self, i: int, last: int, number: int, form: Form, top: bool) -> Phrase | None:
        """A role noun with its owner: idafa, adjectives, من، في، باسم، التابعة لـ."""
        book, tokens = self.book, self.tokens
        role = book.roles[number]
        if (role.noun == "موقع" and two_sites(role, form)) or (role.noun == "نظام" and self.is_system(last)):
            return None
        if form.owner and role.noun != "نظير":
            return self.possessed(i, role, form) if top else None
        cls, sector, definite = role.cls, role.sector, form.definite
        because = [role.entry]
        owner: Phrase | None = None
        described, marked = last > i, False
        adjectived = described and (cls == "unknown" or "modifier" in self.classes(last))
        skipped = 0
        j = end = last
        while owner is None or owner.kind in ("adjective", "country"):
            k = self.after(j)
            if k < 0:
                break
            t = tokens[k]
            if cls == "media" and owner is None and k > j + 1:
                title = self.quoted_title(k)
                if title is not None:
                    rid, heads = "MEDIA:" + title[1], frozenset((number,))
                    return Phrase(title[0], rid, "media", "media", form.number, i, True, rid, "", heads, tuple(because))
            if owner is None and j == last and not form.definite and (cls in STYLED or role.noun in STYLED_BODIES):
                named = self.styled(i, k, number, form, because)
                if named is not None:
                    return named
            if t.kind == "latin" and cls == "media" and owner is None:
                return self.foreign_medium(i, k, form, frozenset((number,)), because)
            if t.kind != "word":
                break
            if owner is None:
                o: Phrase | None = None
                if t.norm == "من" and self.is_nationality(k + 1):
                    o = self.of_nationality(k + 1)
                    if o is None:
                        break
                elif t.norm == "من":
                    o = self.target(k) if cls in OF_CLASSES else None
                    if o is None or o.kind == "region":
                        break
                elif t.norm in IN:
                    o = (
                        self.target(k)
                        if cls in IN_CLASSES and cls != "weapon" and (cls != "media" or role.noun != "موقع")
                        else None
                    )
                    if o is None or (o.kind == "region" and cls in FORCE):
                        break
                elif t.norm == "باسم":
                    o = self.target(k) if cls in ("spokesman", "leader") else None
                    if o is None:
                        break
                elif t.norm in BELONGING:
                    o = self.belonging(k)
                    if o is None:
                        break
                if o is not None:
                    owner, end = o, o.last
                    break
            if owner is None and t.norm in ("الشؤون", "شؤون") and cls in SUBJECTED:
                j, definite = k, True
                continue
            rs = self.readings[k]
            if not rs:
                if (
                    owner is None
                    and cls in SKIPPING
                    and not form.definite
                    and skipped < 3
                    and t.norm.startswith(("ال", "وال"))
                    and len(t.norm) > 4
                ):
                    skipped, j, definite = skipped + 1, k, True
                    continue
                break
            r = rs[0]
            if r.particles:
                if owner is None and self.takes(r.particles, cls, definite, described):
                    o = self.owner_at(k, r)
                    if o is not None and cls == "police" and o.kind not in ("region", "country"):
                        break
                    if o is not None and o.kind != "media" and (o.kind != "region" or r.particles == "ب"):
                        owner, end = o, o.last
                elif r.particles == "و" and (cls in ("ministry", "official") or described) and self.is_portfolio(r):
                    j = k
                    continue
                break
            longer = self.is_longer(k, r)
            if r.adjectives and not longer and (owner is None or owner.kind == "adjective"):
                a = r.adjectives[0]
                if owner is None:
                    got = self.adjective_owner(a.kind, a.of)
                    if got is None:
                        break
                    owner = Phrase(
                        k,
                        got[0],
                        "adjective",
                        "nationality",
                        "sg",
                        k,
                        a.definite,
                        got[0],
                        got[1],
                        frozenset(),
                        (got[2],),
                    )
                definite = definite or a.definite
                j = end = k
                described = adjectived = True
                continue
            modifier = next((f for f in r.forms if book.roles[f.role].cls == "modifier"), None)
            if modifier is not None and not longer:
                m = book.roles[modifier.role]
                changed = self.modified(cls, sector, m.sector)
                if changed != sector or (m.sector and m.sector == sector):
                    sector, marked = changed, True
                    because.append(m.entry)
                definite = definite or modifier.definite
                j = end = k
                described = adjectived = True
                continue
            if owner is not None or adjectived or (definite and not self.is_name(k, r)):
                break
            o = self.owner_at(k, r, True)
            if o is None or o.cls == "act":
                break
            if o.cls == "portfolio" and o.country and cls in ("ministry", "official"):
                o = replace(o, id=o.country + "-GOV", owner=o.country + "-GOV", kind="adjective")
            if o.cls == "portfolio" and not o.owner:
                j = end = o.last
                definite = described = True
                continue
            if o.cls == "ground" and cls not in LANDED:
                break
            if o.cls == "ground" and o.country:
                owner = replace(o, id=o.country + "-GOV", owner=o.country + "-GOV", kind="region", cls="region")
                end = o.last
                break
            if o.cls == "ground":
                end = j = o.last
                k2 = self.after(j)
                if k2 > 0 and self.is_unknown(k2):
                    end = j = k2
                    adjectived = described = True
                    continue
                if k2 > 0 and tokens[k2].kind == "word" and self.readings[k2] and not self.readings[k2][0].particles:
                    place = self.owner_at(k2, self.readings[k2][0])
                    if place is not None and place.country and place.kind in ("region", "country"):
                        owner, end = place, place.last
                break
            if not o.id or (o.kind == "media" and cls not in MEDIAL) or cls in ("victim", "enemy"):
                break
            if o.kind == "person" and (form.definite or "r" in role.marks or cls not in FOLLOWED):
                break
            owner, end, j = o, o.last, o.last
            definite = definite or o.definite
            if o.kind not in ("adjective", "country"):
                break
        if role.noun in ("جانب", "طرف") and not form.definite:
            return None
        if owner is None and top and cls in BACKED_CLASSES and sector in (role.sector, "MIL"):
            p = self.backed(i, end, number, form, definite, because)
            if p is not None:
                return p
        return self.composed(i, end, number, form, sector, owner, definite, because, marked, top)

    def backed(self, i: int, end: int, number: int, form: Form, definite: bool, because: list[str]) -> Phrase | None:
        """Forces told by their backer alone (القوات *المدعومة من واشنطن*): what the table of compositions says of such
        forces in the country of the report, else a militia of it."""
        k = self.after(end)
        if k < 0 or self.tokens[k].norm not in BACKED:
            return None
        cls = self.book.roles[number].cls
        t = self.after(k)
        if t > 0 and self.tokens[t].norm in ("من", "ل", "مع"):
            t = self.after(t)
        country = ""
        if t > 0 and self.readings[t]:
            r = self.readings[t][0]
            if r.adjectives and not r.particles and self.tokens[t].norm.endswith("ا"):
                country = r.adjectives[0].of if r.adjectives[0].kind == "country" else ""
            else:
                o = self.owner_at(t, r)
                country = o.country if o is not None and (is_state(o.id) or o.kind in ("country", "region")) else ""
        p = Phrase(end, "", "role", cls, form.number, i, definite, "", "", frozenset((number,)), tuple(because))
        for office in self.book.compose.get((f"backed@{self.focus}", country), ()) if country else ():
            if within(office.since, office.until, self.day):
                p.id, p.because = office.id, (*p.because, office.entry)
                return p
        if not country and self.focus in ("", "XXX"):
            return None
        militia = cls != "group" and country in ("", self.focus)
        p.id = f"{self.focus or 'XXX'}-{'PRM' if militia else 'REB'}"
        return p

    def is_nationality(self, k: int) -> bool:
        """Does token `k` say nationality (من *الجنسية* اليمنية)?"""
        return (
            k < self.n
            and self.tokens[k].norm in ("الجنسيه", "جنسيه", "حمله", "ذوي")
            and not (self.tokens[k].norm in ("حمله", "ذوي") and not self.is_nationality(k + 1))
        )

    def of_nationality(self, k: int) -> Phrase | None:
        """The country after من الجنسية."""
        while self.tokens[k].norm in ("حمله", "ذوي"):
            k += 1
        k = self.after(k)
        r = self.readings[k] if k > 0 else ()
        a = next((a for a in r[0].adjectives if a.kind == "country"), None) if r and not r[0].particles else None
        if a is None:
            return None
        got = a.of + "-GOV"
        return Phrase(
            k, got, "adjective", "nationality", "sg", k, True, got, a.of, frozenset(), (f"countries.tsv:{a.of}",)
        )

    def takes(self, particles: str, cls: str, definite: bool, described: bool) -> bool:
        """May a phrase of this class take its owner with ب or ل?"""
        if particles == "ب":
            return cls in B_CLASSES
        if particles != "ل":
            return False
        return (cls in L_CLASSES and not definite) or (cls in L_DESCRIBED and described)

    def describes(self, i: int, reading: Reading) -> bool:
        """Is the singular word at `i` an adjective of the noun before it, rather than a person?"""
        if i == 0 or reading.particles:
            return False
        roles = self.book.roles
        modifies = any(roles[f.role].cls == "modifier" for f in reading.forms)
        nouns = [
            f
            for f in reading.forms
            if not f.owner
            and not f.construct
            and (roles[f.role].cls in DESCRIBING or (modifies and roles[f.role].cls == "diplomat"))
        ]
        if not nouns or any(f.number != "sg" for f in nouns):
            return False
        before = self.tokens[i - 1]
        if before.kind != "word" or self.preposition(before):
            return False
        if roles[nouns[0].role].cls in ("civilian", "activist", "opposition", "refugee", "journalist") and not modifies:
            return False
        if nouns[0].definite:
            return before.norm.startswith(("ال", "وال", "بال", "لل", "فال"))
        if before.norm.startswith(("ال", "وال", "بال", "لل", "فال")) or before.norm.endswith("وا"):
            return False
        if not modifies:
            return before.norm == "دون" or before.norm == "بدون"
        return before.norm not in HARMED and before.norm not in STOP and not self.is_quantifier(i - 1)

    def is_adverb(self, i: int, reading: Reading) -> bool:
        """Is the word at `i` an accusative that tells how (عسكريا، متحدثا عن) and not a person? It is a person after a
        number or a word of harm, and with an owner."""
        w = self.tokens[i].norm
        if w not in PARTICIPLES:
            roles = self.book.roles
            if not w.endswith("يا") or not any(roles[f.role].cls == "modifier" for f in reading.forms):
                return False
        if (
            i == 0
            or self.tokens[i - 1].kind == "number"
            or self.tokens[i - 1].norm in HARMED
            or self.is_quantifier(i - 1)
        ):
            return False
        if w in PARTICIPLES:
            return self.tokens[i - 1].kind == "punct"
        k = self.after(i)
        described = k > 0 and self.readings[k] and not self.readings[k][0].particles
        return not (described and (self.readings[k][0].adjectives or self.readings[k][0].forms))

    def is_person_after(self, last: int) -> bool:
        """Does a person of the book follow?"""
        k = self.after(last)
        return k > 0 and bool(self.readings[k]) and self.known_person(k) is not None

    def is_unknown(self, k: int) -> bool:
        """Is token `k` a word that nothing is known of, such as the name of a small place?"""
        t = self.tokens[k]
        return t.kind == "word" and not self.known(k) and t.norm not in STOP and not self.preposition(t)

    def has_nationality(self, last: int) -> bool:
        """Does a nationality follow, which tells more than the name by itself (الطيران الحربي *التركي*)?"""
        k = self.after(last)
        if k < 0 or not self.readings[k] or self.readings[k][0].particles:
            return False
        return any(a.kind == "country" and a.number == "sg" for a in self.readings[k][0].adjectives)

    def is_portfolio(self, r: Reading) -> bool:
        """Is this word part of a ministry's name (والكهرباء)?"""
        roles = self.book.roles
        return any(roles[f.role].cls in ("portfolio", "modifier") for f in r.forms)

    def is_name(self, k: int, r: Reading) -> bool:
        """Does a party's name begin here?"""
        found = matches(r, self.tokens, k)
        return bool(found) and any(
            n.kind in ("entity", "homely", "quoted", "country", "context", "media", "media-word", "person")
            for n in found[0][1]
        )

    def is_longer(self, k: int, r: Reading) -> bool:
        """Does a name of several words begin here, so that the word is no mere adjective?"""
        found = matches(r, self.tokens, k)
        return bool(found) and (found[0][0] > k or any(n.kind in ("entity", "homely") for n in found[0][1]))

    def owner_at(self, k: int, r: Reading, any_class: bool = False) -> Phrase | None:
        """The phrase at token `k` as an owner. `any_class` lets grounds and portfolios through, which own nothing."""
        p = self.phrase(k, r, False)
        if p is None or p.cls in ("word", "modifier", "quantifier"):
            return None
        if not any_class and (not p.id or p.cls in NO_OWNER):
            return None
        return p

    def target(self, k: int) -> Phrase | None:
        """The party after من، في، باسم at token `k`."""
        t = self.after(k)
        if t < 0 or self.tokens[t].kind != "word" or not self.readings[t] or self.readings[t][0].particles:
            return None
        return self.owner_at(t, self.readings[t][0])

    def belonging(self, k: int) -> Phrase | None:
        """التابعة لـ X، الموالية لـ X."""
        t = self.after(k)
        if t < 0:
            return None
        if self.tokens[t].norm in ("ل", "الي"):
            t = self.after(t)
            return self.owner_at(t, self.readings[t][0]) if t > 0 and self.readings[t] else None
        for r in self.readings[t]:
            if r.particles == "ل":
                return self.owner_at(t, r)
        return None

    def quoted_title(self, k: int) -> tuple[int, str] | None:
        """A medium's unknown name in quotation marks from token `k`: its last token and the name."""
        if (
            self.tokens[k - 1].norm not in QUOTES - CLOSING or self.is_name(k, self.readings[k][0])
            if self.readings[k]
            else False
        ):
            return None
        for j in range(k, min(k + 5, self.n)):
            if self.tokens[j].norm in QUOTES:
                return (j - 1, self.body[self.tokens[k].start : self.tokens[j - 1].end]) if j > k else None
            if self.tokens[j].kind == "punct":
                return None
        return None

    def styled(self, i: int, k: int, number: int, form: Form, because: list[str]) -> Phrase | None:
        """A body with a name that the tables do not hold, in quotation marks or of rare words (جمعية «...»)."""
        role = self.book.roles[number]
        last = k - 1
        if k > i + 1 and self.tokens[k - 1].norm in QUOTES:
            title = self.quoted_title(k)
            last = title[0] if title is not None else last
        elif form.number == "sg" and not self.tokens[k].norm.endswith("ه"):
            while last + 1 < self.n and last < k + 1 and self.after(last) == last + 1 and self.is_rare(last + 1):
                last += 1
        if last < k:
            return None
        rid = f"{self.focus or 'XXX'}-{STYLED_BODIES.get(role.noun, role.sector)}"
        return Phrase(
            last, rid, "entity", role.cls, form.number, i, True, rid, country_of(rid), frozenset((number,)),
            (*because, "name"),
        )  # fmt: skip

    def foreign_medium(self, i: int, k: int, form: Form, heads: frozenset[int], because: list[str]) -> Phrase:
        """A medium whose name is in Latin letters."""
        parts, last = [], k
        while k > 0 and self.tokens[k].kind == "latin":
            parts.append(self.tokens[k].text)
            last = k
            k = self.after(k)
        rid = "MEDIA:" + " ".join(parts)
        return Phrase(last, rid, "media", "media", form.number, i, True, rid, "", heads, tuple(because))

    def composed(
        self, i: int, end: int, number: int, form: Form, sector: str, owner: Phrase | None, definite: bool,
        because: list[str], marked: bool, top: bool,
    ) -> Phrase | None:  # fmt: skip
        """The phrase that a role noun and its owner make."""
        role = self.book.roles[number]
        cls = role.cls
        p = Phrase(end, "", "none", cls, form.number, i, definite, "", "", frozenset((number,)), tuple(because))
        if cls in ("act", "ground", "word"):
            p.country = owner.country if owner is not None and cls == "ground" else ""
            return p
        p.kind = {"source": "source", "victim": "victims", "media": "media"}.get(cls, "role")
        if (
            role.noun in VAGUE
            and owner is not None
            and (owner.cls in CIVIL or (owner.cls in THINGS and not form.definite))
        ):
            return None
        if cls == "portfolio" and top and not definite and owner is not None and owner.kind in ("anaphor", "media"):
            return None
        if role.noun == "جبهة" and owner is not None and owner.kind in FRONTS and is_state(owner.id):
            return p
        if owner is None:
            q = self.bare(p, role, form, sector, marked, top)
            if q is None:
                return None
            p = q
        else:
            p.id = self.compose(role, sector, owner)
            p.owner, p.country = owner.owner or owner.id, owner.country
            p.part = (owner.head, owner.last, owner.id)
            p.because += owner.because
            p.flex = cls == "country" or role.noun in ("جانب", "كيان")
        titled = "t" in role.marks or "r" in role.marks or (cls in PEOPLED and form.number == "sg")
        if titled and (top or (p.id and self.is_person_after(p.last))):
            q = replace(p)
            self.apposition(p)
            if p.last == q.last and not p.id:
                return None
        return p if p.id or not top else None
