"""What a noun and its owner are called: COUNTRY-SECTOR, the owner's own id, or what the tables say.

Here too: names that depend on outlet, day and country; bare nouns that refer back; possessive endings.
"""

from __future__ import annotations

from musnad.codebook.actors import FORCE, Form, Role, within, words
from musnad.coding.actor_mentions import Phrase, class_of, country_of, is_state
from musnad.coding.actor_names import STOP, Names
from musnad.coding.actor_reader import matches

CIVIL = words("civilian victim people activist settler property facility refugee journalist medic expert business ship")
MODIFIED = FORCE | words(
    "fighter group rebels militia official spokesman source police body ngo media member leader unknown "
    "government party opposition diplomat spy people leadership site alliance paper activist"
)
"""Classes whose sector an adjective can change (مسؤول *عسكري*)."""
ASIDE = frozenset(("جهة", "جانب", "طرف", "والي", "مرجع ديني", "هدف", "أهداف"))
"""Nouns that with a possessive ending are no party (من جهته)."""
ONLY_DEFINITE = words("body alliance media ngo business ministry diplomat igo")
"""Classes that mean nobody when indefinite and without an owner (لجنة، مركز)."""
VAGUE = frozenset(("حركة", "تنظيم", "جبهة", "هيئة", "حزب", "سلطة", "إدارة", "قيادة", "مجموعة", "قوة"))
"""Nouns that are ordinary words in the indefinite singular (حركة السفن، تنظيم الانتخابات)."""
COUNTED = words("group party media country ngo body government ministry igo rights alliance diplomat")
"""Classes whose plural means several parties."""
ONES = words("official leader spokesman")
"""Classes whose singular is one person."""
THINGS = words("aircraft vehicle weapon site")
"""Forces that can be civil."""
NO_PLACE = words("طريق جمره قبيله حي شارع مستشفي")
"""Words whose names are no places where something happens (طريق *القدس*, حي *الزهراء*)."""
FOREIGN = words("دول اجنب عالم امم غرب اورب اوروب اقليم")
"""Stems of adjectives that say that a party is of no one country."""
EXTREME = words("متشدد متطرف سلف تكفير جهاد ارهاب")
"""Stems of adjectives that set a group apart from those that call themselves a resistance."""
WORLDWIDE = ("دولي", "دوليه", "دوليين", "دوليون", "عالميه", "امميه")
NEAR = 10
"""So many words after people can a place tell their country; twice as many before them."""
STOPS = frozenset(".؟?!؛")
INSIDE = words("في داخل شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط العاصمه مدينه بالعاصمه")
FLEXIBLE = words("عمان النظام الاحتلال العدو الكيان الاعداء المحتل المملكه صنعاء المحتلين")
"""Names whose sector depends on the act, as a country's does."""


def number_of(p: Phrase, cls: str) -> str:
    """The number in which a definite noun must agree with what it refers back to; '' if any will do."""
    if cls in COUNTED:
        return p.number
    return "sg" if cls in ONES and p.number == "sg" else ""


class Ids(Names):
    """Giving ids."""

    def modified(self, cls: str, sector: str, by: str) -> str:
        """The sector of a noun of this class after an adjective with its own sector."""
        if by in ("", "-") or cls not in MODIFIED:
            return sector
        if by == "ANON":
            return by if cls == "source" else sector
        if cls == "media":
            return sector
        if by == "OPP" and cls in ("group", "fighter", "rebels", "militia", *FORCE):
            return "REB"
        if (cls == "militia" and by == "REB") or (cls == "party" and by == "CVL"):
            return sector
        if by == "CVL":
            return (
                "PRM" if cls in FORCE and cls not in THINGS else by if cls not in ("official", "government") else sector
            )
        if by == "UAF" and cls not in ("fighter", "unknown", "group", "source"):
            return sector
        if cls in ("government", "party", "opposition", "people") and by in ("COP", "MIL"):
            return by if cls == "government" else sector
        return by

    # ---- names that depend on the report

    def rule_id(self, key: str) -> tuple[str, str, bool] | None:
        """The id of a conditional name here, its entry, and whether an earlier fuller name decides first."""
        for rule in self.book.contexts[key]:
            if rule.focus and self.focus not in rule.focus:
                continue
            if rule.outlets and not (rule.outlets & self.groups):
                continue
            if rule.outside & self.groups or not within(rule.since, rule.until, self.day):
                continue
            rid = (self.focus or "XXX") + rule.id[5:] if rule.id.startswith("FOCUS-") else rule.id
            return rid, rule.entry, rule.back
        return None

    def contextual(self, i: int, last: int, key: str) -> Phrase | None:
        """A name that depends on the report, or on what was named before."""
        names = key.split(" ")
        decided = self.rule_id(key)
        roles = self.book.roles
        heads = frozenset(
            f.role
            for f in self.book.forms.get(names[0], ())
            if roles[f.role].cls not in ("modifier", "quantifier", "act")
        )
        cls = roles[min(heads)].cls if heads else ""
        flex = names[0] in FLEXIBLE
        if decided[2] if decided is not None else any(r.back for r in self.book.contexts[key]):
            m = self.memory.fuller(names, heads if len(names) == 1 else frozenset())
            if m is not None:
                return Phrase(
                    last, m.id, "anaphor", cls or m.head_class, "sg", i, True, m.id, country_of(m.id), m.heads | heads,
                    (f"actors_context.tsv:{key}", "back"), flex,
                )  # fmt: skip
        if decided is None:
            return None
        rid, entry, _ = decided
        return Phrase(
            last, rid, "entity", cls or class_of(rid.partition("-")[2]), "sg", i, True, rid, country_of(rid), heads,
            (entry,), flex and is_state(rid),
        )  # fmt: skip

    def adjective_owner(self, kind: str, of: str) -> tuple[str, str, str] | None:
        """Whose an adjective is: id, country, entry."""
        if kind == "country":
            return of + "-GOV", of, f"countries.tsv:{of}"
        if kind == "entity":
            for e in self.book.entities[of]:
                if within(e.since, e.until, self.day):
                    return e.id, e.country, e.entry
            return None
        decided = self.rule_id(of)
        return (decided[0], country_of(decided[0]), decided[1]) if decided is not None else None

    # ---- a noun and its owner

    def tabled(self, role: Role, owner: Phrase, direct: bool) -> str:
        """What the table of compositions says, '' if nothing."""
        for key in (owner.country, owner.id) if direct else (owner.id,):
            for head in (role.noun, role.cls):
                for office in self.book.compose.get((head, key), ()):
                    if within(office.since, office.until, self.day):
                        return owner.country + office.id[5:] if office.id.startswith("OWNER-") else office.id
        return ""

    def compose(self, role: Role, sector: str, owner: Phrase) -> str:
        """The id of a role noun with this owner."""
        cls = role.cls
        if cls == "settler":
            return "ISR-CVL"
        if role.noun == "حليف":
            for office in self.book.compose.get((f"backed@{self.focus}", owner.country), ()):
                if within(office.since, office.until, self.day):
                    return office.id
            return "XXX-GOV" if country_of(owner.id) else owner.id
        direct = owner.kind in ("country", "adjective", "region") and owner.id == owner.country + "-GOV"
        if sector == role.sector or cls not in FORCE:
            rid = self.tabled(role, owner, direct)
            if rid:
                return rid
        if owner.kind == "media":
            return "ANON" if cls == "source" else owner.id
        if direct:
            return self.of_country(role, sector, owner.country)
        country = country_of(owner.id)
        if country and is_state(owner.id):
            return self.of_state(role, owner, country)
        if cls in ("property", "facility", "civilian", "refugee") and country:
            return f"{country}-{role.sector}"
        return owner.id

    def of_country(self, role: Role, sector: str, country: str) -> str:
        """A noun with a country or its adjective."""
        cls = role.cls
        if sector == "ANON":
            return "ANON"
        if cls == "source":
            sector = sector or ("CVL" if role.noun.startswith(("شاهد", "ناشط")) else "GOV")
        elif role.noun == "إعلام" and cls == "portfolio":
            sector = "JRN"
        elif cls in ("member", "paper") or (cls == "leader" and sector == "PTY"):
            sector = "GOV"
        elif (role.noun in ("عنصر", "فرد", "طاقم") and sector == "REB") or (
            cls in FORCE and sector in ("GOV", "OPP", "-", "")
        ):
            sector = "MIL"
        return f"{country}-{sector or 'GOV'}"

    def of_state(self, role: Role, owner: Phrase, country: str) -> str:
        """A noun with an organ of a state."""
        cls, own = role.cls, owner.id.partition("-")[2]
        if (
            owner.flex
            and own == "MIL"
            and cls in ("official", "diplomat", "government", "ministry", "parliament", "court", "police")
        ):
            return f"{country}-{role.sector}"
        if cls in CIVIL:
            return owner.id if cls in ("expert", "ship", "business") else f"{country}-{role.sector}"
        if own == "GOV" and cls in FORCE and owner.cls not in ("ministry", "official", "portfolio"):
            return owner.id if role.noun == "قيادي" else f"{country}-MIL"
        if own == "GOV" and cls in ("police", "spy", "court", "parliament") and owner.cls != "official":
            return f"{country}-{role.sector}"
        return owner.id

    # ---- nouns alone

    def bare(self, p: Phrase, role: Role, form: Form, sector: str, marked: bool, top: bool) -> Phrase | None:
        """A role noun whose owner the phrase does not tell. An id of '' means no party by itself."""
        cls, number = role.cls, form.role
        if cls == "portfolio":
            return p
        if cls == "source":
            if not top or (role.bare == "none" and not marked):
                return p
            return self.source(p, form, sector)
        if form.construct and not (top and cls in ("settler", "civilian", "activist") and self.is_before_word(p.last)):
            return p if not top else None
        changed = sector if sector != role.sector else ""
        definite = p.definite and not form.construct
        if definite and role.noun == "شقيق":
            return p if not top else None
        if (
            definite
            and cls not in CIVIL
            and not (cls == "country" and self.several(p))
            and (cls != "paper" or (form.definite and form.number == "sg"))
        ):
            kind = "sg" if cls == "country" and not self.several(p) else number_of(p, cls)
            m = self.memory.antecedent(number, "" if role.noun == "موقع" else cls, changed, kind)
            if m is not None:
                p.id, p.kind, p.owner, p.country = m.id, "anaphor", m.owner or m.id, country_of(m.id)
                p.flex = m.flex and cls in ("country", "government")
                p.heads |= m.heads
                p.because = (*p.because, "back")
                return p
        if cls in ("paper", "alliance", "enemy"):
            return p if not top else None
        if (cls in ("fighter", "criminal") or role.noun in ("قيادي", "متزعم")) and sector in ("REB", "UAF"):
            m = self.memory.armed(self.book.armed, self.focus)
            if m is not None:
                p.id, p.kind, p.owner, p.country = m.id, "anaphor", m.id, country_of(m.id)
                p.because = (*p.because, "the armed group named last")
                return p
        if role.bare == "none" and not (marked and cls in FORCE):
            return p
        if self.is_foreign(p):
            party = "IGO" if sector in ("GOV", "NGO", "") and self.tokens[p.last].norm.endswith(WORLDWIDE) else sector
            p.id, p.country = f"XXX-{party or role.sector or 'CVL'}", ""
            return p
        if role.noun == "جبهة" and not marked:
            return p if not top else None
        vague = cls in ONLY_DEFINITE or (role.noun in VAGUE and form.number == "sg") or role.noun in ("نظام", "رئاسة")
        if vague and not p.definite and not marked and (p.last == p.head or role.noun == "تنظيم"):
            return p if not top else None
        country = self.country_near(p.head) if cls in CIVIL else self.focus or "XXX"
        if (cls == "country" and (not form.definite or self.several(p))) or cls == "ship":
            country = "XXX"
        if cls == "fighter" and definite and sector == "UAF" and not marked:
            sector = "REB"
        if cls == "settler" or (role.noun == "يهودي" and country == "PSE"):
            country = "ISR"
        if role.noun == "أجنبي":
            country = "XXX"
        if cls == "opposition" and country == "SYR":
            sector = "REB"
        if sector in ("", "-", "ANON"):
            sector = role.sector or "CVL"
        if cls == "soldier" or (cls in FORCE and marked and not definite and sector == "MIL"):
            m = self.memory.soldiers()
            if m is not None:
                p.id, p.kind, p.owner, p.country = m.id, "anaphor", m.id, country_of(m.id)
                p.because = (*p.because, "the army named last")
                return p
            if country == "PSE":
                country = "ISR"
        state = Phrase(p.last, country + "-GOV", "country", "country", "sg", p.head, True, "", country)
        if cls == "group":
            own = self.book.compose.get((role.noun, country)) or self.book.compose.get((cls, country))
            if own and own[0].id.endswith("-RES") and self.is_extreme(p):
                own = ()
            p.id = own[0].id if own and sector == role.sector else f"{country}-{sector}"
        else:
            p.id = self.compose(role, sector, state) if cls in FORCE else f"{country}-{sector}"
        p.country = "" if country == "XXX" else country
        p.flex = cls == "country"
        return p

    def is_before_word(self, last: int) -> bool:
        """Does a word follow, as it must after مستوطنو، مواطنو?"""
        k = self.after(last)
        return k > 0 and self.tokens[k].kind == "word" and self.tokens[k].norm not in STOP

    def is_foreign(self, p: Phrase) -> bool:
        """Does an adjective say that the party is not of the report's country (منظمات *دولية*, شركات *أجنبية*)?"""
        return p.last > p.head and any(
            t.norm.removeprefix("ال").rstrip("هنويات") in FOREIGN for t in self.tokens[p.head + 1 : p.last + 1]
        )

    def is_extreme(self, p: Phrase) -> bool:
        """Is the group called extremist (جماعة *متشددة*), as those at odds with the resistance of a land are?"""
        return any(t.norm.removeprefix("ال").rstrip("هنويات") in EXTREME for t in self.tokens[p.head + 1 : p.last + 1])

    def several(self, p: Phrase) -> bool:
        """Does the noun mean several countries (الدول، البلدين), which البلاد does not?"""
        return p.number == "du" or (p.number == "pl" and not self.tokens[p.head].norm.endswith("بلاد"))

    def country_near(self, i: int) -> str:
        """The country of people named at token `i`: that of the nearest place in the sentence, else of the report."""
        tokens = self.tokens
        for k in range(i + 1, min(i + NEAR, self.n)):
            if tokens[k].text in STOPS:
                break
            iso = self.place_at(k)
            if iso:
                return iso
        for k in range(i - 1, max(i - 2 * NEAR, -1), -1):
            if tokens[k].text in STOPS:
                break
            iso = self.place_at(k)
            if iso:
                return iso
        return self.focus or "XXX"

    def place_at(self, k: int) -> str:
        """The country of the place that token `k` names: a town or province, or a country that something happens in."""
        r = self.readings[k]
        if not r or r[0].node is None or (k > 0 and self.tokens[k - 1].norm in NO_PLACE):
            return ""
        for _, names in matches(r[0], self.tokens, k):
            for name in names:
                if name.kind == "region":
                    return name.of
                if name.kind in ("country", "capital"):
                    inside = r[0].particles.endswith("ب") or (k > 0 and self.tokens[k - 1].norm in INSIDE)
                    return name.of if inside else ""
        return ""

    def source(self, p: Phrase, form: Form, sector: str) -> Phrase:
        """مصدر، مصادر، شهود: anonymous, or of the side that the phrase or an earlier one tells."""
        p.id = "ANON"
        told = sector not in ("", "-", "ANON")
        if told:
            p.id = f"{self.focus or 'XXX'}-{sector}"
        if p.definite:
            m = self.memory.antecedent(form.role, "source")
            if m is not None and (p.last == p.head if not told else m.id.endswith(sector)):
                p.id = m.id
                p.because = (*p.because, "back")
        p.country = country_of(p.id)
        return p

    def possessed(self, i: int, role: Role, form: Form) -> Phrase | None:
        """قواته، مقاتليها، بلاده: of the nearest party before."""
        cls = role.cls
        if (
            cls in ("modifier", "quantifier", "act", "ground", "word", "paper", "portfolio", "source")
            or role.noun in ASIDE
            or (role.noun == "موقع" and form.number == "sg")
        ):
            return None
        m = None
        if form.owner not in ("نا", "كم"):
            m = self.memory.owner_before(
                i, form.owner, cls in ("civilian", "victim", "property"), cls == "country", cls
            )
        if m is None:
            if role.bare not in ("focus", "back"):
                return None
            rid = f"{self.focus or 'XXX'}-{role.sector or 'GOV'}"
            owner = ""
        else:
            country = country_of(m.id)
            plain = m.kind in ("country", "adjective") and bool(country)
            owner = m.id
            rid = self.compose(role, role.sector, Phrase(
                i, country + "-GOV" if plain else m.id, "country" if plain else m.kind, m.head_class, "sg", i, True,
                m.id, country,
            ))  # fmt: skip
            if cls == "country" and country:
                rid = country + "-GOV"
        last = i
        while True:
            k = self.after(last)
            r = self.readings[k] if k > 0 else ()
            if (
                not r
                or r[0].particles
                or not any(self.book.roles[f.role].cls == "modifier" and f.definite for f in r[0].forms)
            ):
                break
            last = k
        return Phrase(
            last, rid, "possessive", cls, form.number, i, True, owner, country_of(rid), frozenset((form.role,)),
            (role.entry, "back"), cls == "country",
        )  # fmt: skip
