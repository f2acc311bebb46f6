"""The actors named in a report: every phrase that can be a doer, a recipient or a narrator, with its id.

A mention is a name (قسد), a country or its capital, an adjective (غارات *روسية*), a person, or a role noun with the owner
that its phrase tells (قائد في قوات الدعم السريع، مسؤول عراقي). Names that depend on outlet, day or country are settled here,
and definite words that refer back (التنظيم، الوزير، المصدر) take the id of the nearest fitting mention before them.
Whether a mention does anything is for the later steps to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from musnad.arabic.text import Token
from musnad.codebook.actors import FORCE, ActorBook, Form, Name, Office, Reading, Role, within, words

QUOTES = frozenset("\"«»“”„'’‘()[]")
IN = words("في داخل لدي ضمن وسط بين علي")
STATE = words("GOV MIL COP SPY JUD LEG")
ACTS_OF_FORCE = frozenset(("ASSAULT", "MOBILIZE", "RETREAT"))
BELONGING = words(
    "التابعه التابع التابعين التابعون التابعتين تابعه تابع تابعين تابعون تابعتين تابعا الموالي المواليه الموالين "
    "الموالون موالي مواليه موالين موالون موال المنتمي المنتميه المنتمين منتمين منتمي ينتمون المحسوبه المحسوبين "
    "المحسوب المنضويه المنتسبين الخاضعه"
)
LED_BY = frozenset(("بقياده", "بزعامه"))
_IN_CLASSES = words(
    "force soldier site command commander official ministry diplomat spokesman source member leader fighter group "
    "police spy government parliament court party opposition militia media rights ngo medic people alliance body "
    "journalist civilian victim unknown labour clergy expert refugee"
)
_OF_CLASSES = words(
    "soldier fighter member source commander official force group site diplomat spokesman leader rebels"
)
_L_CLASSES = words(
    "site force vehicle aircraft weapon spokesman leader command commander group militia soldier official member "
    "fighter source body party victim police spy"
)
_B_CLASSES = words(
    "official source spokesman police soldier commander leader member command ministry diplomat spy body"
)
_CIVIL = words(
    "civilian victim people activist settler property facility refugee journalist medic expert business ship"
)
_STATE_OWNED = words("official spokesman member leader source diplomat ministry government body commander soldier")
_PERSONAL = words("official spokesman leader commander diplomat parliament clergy expert journalist police soldier")


class Context(Protocol):
    """What is known of the report as a whole. `country` is the one it is mostly about (ISO3, '' if none)."""

    @property
    def published(self) -> date | str | None: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class ReportContext:
    """A plain `Context`."""

    published: date | None = None
    outlet: str | None = None
    country: str | None = None


@dataclass(slots=True)
class ActorMention:
    """A phrase that can be a party. Tokens `first` to `last` (both included); `body[start:end]` leaves out و ف ب ل in front.

    `kind`: entity, role, person, country, adjective, victims, source, anaphor, possessive or media. `flex`: the id's sector
    depends on the act (a country's name or adjective, see `id_for`). `head` is the head noun's token, `head_class` its
    class. `owner` is the id of the party or country that the phrase belongs to, '' if none is told.
    """

    first: int
    last: int
    start: int
    end: int
    id: str
    kind: str
    number: str
    head: int
    head_class: str
    definite: bool = False
    flex: bool = False
    owner: str = ""
    because: tuple[str, ...] = ()
    heads: frozenset[int] = frozenset()
    words: tuple[str, ...] = ()

    def id_for(self, event_type: str) -> str:
        """The id in an event of this type: a country's name or adjective on an act of force means its forces."""
        return id_for(self, event_type)


def id_for(mention: ActorMention, event_type: str) -> str:
    """See `ActorMention.id_for`."""
    if not mention.flex:
        return mention.id
    country, _, sector = mention.id.partition("-")
    if event_type in ACTS_OF_FORCE and sector == "GOV":
        return country + "-MIL"
    if event_type not in ACTS_OF_FORCE and sector == "MIL" and event_type != "COERCE":
        return country + "-GOV"
    return mention.id


@dataclass(slots=True)
class _Phrase:
    """A noun phrase as parsed: tokens to `last`, the id, and what the id came from."""

    last: int
    id: str
    kind: str
    cls: str
    number: str
    head: int
    definite: bool
    flex: bool
    owner: str
    country: str
    heads: frozenset[int]
    because: tuple[str, ...]
    person: str = ""


def focus_country(tokens: Sequence[Token], book: ActorBook, outlet: str | None = None) -> str:
    """The country that a text is mostly about: its places, countries, adjectives and named parties counted, '' if none."""
    votes: Counter[str] = Counter()
    order: dict[str, int] = {}
    n = len(tokens)
    i = 0
    while i < n:
        readings = book.word(tokens[i].norm) if tokens[i].kind == "word" else ()
        step = 1
        for r in readings:
            found = _longest(r, tokens, i)
            if found is not None:
                last, names = found
                for name in names:
                    weight = {"region": 3, "country": 2, "capital": 2, "entity": 1}.get(name.kind, 0)
                    iso = name.of if name.kind != "entity" else book.entities[name.of][0].country
                    if weight and iso != "XXX":
                        votes[iso] += weight * (2 if i < 40 else 1)
                        order.setdefault(iso, i)
                        step = last - i + 1
                        break
            for a in r.adjectives:
                if a.kind == "country" and a.of != "XXX":
                    votes[a.of] += 1
                    order.setdefault(a.of, i)
            break
        i += step
    home = book.outlet(outlet)[0]
    if home:
        votes[home] += 1
        order.setdefault(home, n)
    if not votes:
        return ""
    return max(votes, key=lambda iso: (votes[iso], -order[iso]))


def find_actors(tokens: Sequence[Token], body: str, book: ActorBook, context: Context) -> list[ActorMention]:
    """All mentions in text order, none overlapping another."""
    return _Finder(tokens, body, book, context).run()


def resolve_quote(mentions: Sequence[ActorMention], start: int, end: int) -> ActorMention | None:
    """The mention that a stretch of the body names: the one that shares most letters with it, the first among equals."""
    best, most = None, 0
    for m in mentions:
        shared = min(end, m.end) - max(start, m.start)
        if shared > most:
            best, most = m, shared
    return best


def _longest(reading: Reading, tokens: Sequence[Token], i: int) -> tuple[int, tuple[Name, ...]] | None:
    """The longest name that begins at token `i` under a reading: its last token and what it can be."""
    node = reading.node
    if node is None:
        return None
    best: tuple[int, tuple[Name, ...]] | None = (i, node[0]) if node[0] else None
    j, n = i, len(tokens)
    while node[1]:
        j += 1
        while j < n and tokens[j].norm in QUOTES:
            j += 1
        if j >= n:
            break
        node = node[1].get(tokens[j].norm)
        if node is None:
            break
        if node[0]:
            best = (j, node[0])
    return best


def _matches(reading: Reading, tokens: Sequence[Token], i: int) -> list[tuple[int, tuple[Name, ...]]]:
    """All names that begin at token `i` under a reading, the longest first."""
    node = reading.node
    out: list[tuple[int, tuple[Name, ...]]] = []
    if node is None:
        return out
    if node[0]:
        out.append((i, node[0]))
    j, n = i, len(tokens)
    while node[1]:
        j += 1
        while j < n and tokens[j].norm in QUOTES:
            j += 1
        if j >= n:
            break
        node = node[1].get(tokens[j].norm)
        if node is None:
            break
        if node[0]:
            out.append((j, node[0]))
    out.reverse()
    return out


class _Finder:
    def __init__(self, tokens: Sequence[Token], body: str, book: ActorBook, context: Context) -> None:
        self.tokens, self.body, self.book = tokens, body, book
        self.n = len(tokens)
        self.day = _day(context.published)
        self.home, self.groups = book.outlet(context.outlet)
        self.focus = context.country or ""
        self.readings = [book.word(t.norm) if t.kind == "word" else () for t in tokens]
        self.found: list[ActorMention] = []
        self.names: dict[str, tuple[str, str]] = {}
        self.places = self._places()

    # ---- the walk

    def run(self) -> list[ActorMention]:
        i, n, tokens = 0, self.n, self.tokens
        readings = self.readings
        while i < n:
            if readings[i]:
                m = self.mention(i)
                if m is not None:
                    self.found.append(m)
                    i = m.last + 1
                    continue
            t = tokens[i]
            if t.kind == "word":
                m = self.called(i) if self.names else None
                if m is None and (t.norm in self.book.given or (t.norm[0] in "وفلب" and t.norm[1:] in self.book.given)):
                    m = self.person_first(i)
                if m is not None:
                    self.found.append(m)
                    i = m.last + 1
                    continue
            elif t.kind == "latin" and self.names:
                m = self.called(i)
                if m is not None:
                    self.found.append(m)
                    i = m.last + 1
                    continue
            i += 1
        return self.found

    def mention(self, i: int) -> ActorMention | None:
        """The mention that begins at token `i`, if any."""
        best: tuple[int, _Phrase, Reading] | None = None
        for reading in self.readings[i]:
            p = self.phrase(i, reading, True)
            if p is not None and (best is None or p.last > best[0]):
                best = (p.last, p, reading)
        if best is None:
            return None
        _, p, reading = best
        if p.cls in ("ground", "word", "act", "modifier", "quantifier"):
            return None
        return self.make(i, p, reading)

    def make(self, i: int, p: _Phrase, reading: Reading) -> ActorMention:
        tokens = self.tokens
        first, start = i, tokens[i].start
        if reading.skip and tokens[i].text[: reading.skip] == reading.particles[-reading.skip :]:
            start += reading.skip
        number = p.number
        k = i - 1
        while k >= 0 and not reading.particles:
            t = tokens[k]
            if t.kind == "number":
                number = "du" if t.norm == "2" else "sg" if t.norm == "1" else "pl"
            elif t.kind == "word" and self.quantifier(k):
                number = (
                    "pl"
                    if number == "sg" and t.norm not in ("احد", "احدي")
                    else "sg"
                    if t.norm.startswith("احد")
                    else number
                )
            elif t.norm in ("من", "ال") and k > 0 and self.quantifier(k - 1):
                pass
            else:
                break
            first, start = k, t.start
            k -= 1
        if first != i and start == tokens[first].start:
            r = self.readings[first]
            if r and r[0].skip and tokens[first].text[:1] == r[0].particles[:1]:
                start += r[0].skip
        last = p.last
        words = tuple(t.norm for t in tokens[i : last + 1] if t.kind == "word")
        if reading.particles and words:
            rest = words[0][reading.skip :] if reading.skip else "ال" + words[0].split("لل", 1)[-1]
            words = (rest, *words[1:])
        return ActorMention(
            first, last, start, tokens[last].end, p.id, p.kind, number, p.head, p.cls, p.definite, p.flex, p.owner,
            p.because, p.heads, words,
        )  # fmt: skip

    def quantifier(self, k: int) -> bool:
        return any(self.book.roles[f.role].cls == "quantifier" for r in self.readings[k] for f in r.forms)

    # ---- phrases

    def after(self, j: int) -> int:
        """The next token that is no quotation mark; -1 at a line break or the end."""
        k = j + 1
        while k < self.n and self.tokens[k].norm in QUOTES:
            k += 1
        if k >= self.n or "\n" in self.body[self.tokens[j].end : self.tokens[k].start]:
            return -1
        return k

    def phrase(self, i: int, reading: Reading, top: bool) -> _Phrase | None:
        """The longest noun phrase at token `i` under one reading."""
        best: _Phrase | None = None
        for last, names in _matches(reading, self.tokens, i):
            for name in names:
                p = self.named(i, last, name, top)
                if p is not None and (best is None or p.last > best.last):
                    best = p
            if best is not None:
                break
        single: _Phrase | None = None
        for form in reading.forms:
            role = self.book.roles[form.role]
            if role.cls in ("modifier", "quantifier"):
                continue
            p = self.role(i, i, role, form, top)
            if p is not None and (single is None or (p.last, p.owner != "") > (single.last, single.owner != "")):
                single = p
        if best is not None and (single is None or best.last >= single.last):
            return best
        if single is not None:
            return single
        for a in reading.adjectives:
            p = self.adjective(i, a.kind, a.of, a.number, a.definite)
            if p is not None:
                return p
        return best

    def named(self, i: int, last: int, name: Name, top: bool) -> _Phrase | None:
        """A phrase of the tables as a party, or None when it is none here."""
        book, kind, of = self.book, name.kind, name.of
        if kind == "entity":
            for e in book.entities[of]:
                if within(e.since, e.until, self.day):
                    flex = e.id in ("SYR-GOV", "ISR-MIL") and self.tokens[last].norm not in ("جيش",)
                    p = _Phrase(last, e.id, "entity", _entity_class(e.sector), "sg", i, True, flex and "احتلال" in self.tokens[i].norm,
                                e.id, e.country, e.heads, (e.entry,))  # fmt: skip
                    return self.extended(p)
            return None
        if kind in ("country", "capital", "seat"):
            if kind == "country" and top and not self.country_here(i, last):
                return None
            if kind == "capital" and top and not self.capital_here(i):
                return None
            return _Phrase(last, of + "-GOV", "country", kind, "sg", i, True, kind != "seat", of + "-GOV", of, frozenset(),
                           (f"countries.tsv:{of}",))  # fmt: skip
        if kind == "context":
            return self.contextual(i, last, of, top)
        if kind in ("person", "short"):
            office = book.office(of, self.day)
            if office is None:
                return None
            if kind == "person":
                self.remember(i, last, office.id, of)
            return _Phrase(last, office.id, "person", "person", "sg", i, True, False, office.id, _country(office.id),
                           frozenset(), (office.entry,), of)  # fmt: skip
        if kind == "media":
            return _Phrase(last, of, "media", "media", "sg", i, True, False, of, book.media[of], frozenset(),
                           (f"actors_media.tsv:{of}",))  # fmt: skip
        if kind == "media-word":
            if top and not self.quoted(i, last):
                return None
            return _Phrase(last, of, "media", "media", "sg", i, True, False, of, book.media[of], frozenset(),
                           (f"actors_media.tsv:{of}",))  # fmt: skip
        if kind == "role":
            number, _, amount = of.partition("/")
            role = book.roles[int(number)]
            definite = self.tokens[last].norm.startswith("ال") or self.tokens[i].norm.startswith("ال")
            return self.role(i, last, role, Form(int(number), amount, definite, "", False), top)
        if kind == "adjective":
            what, _, key = of.partition("/")
            return self.adjective(i, what, key, "sg", self.tokens[i].norm.startswith("ال"), last)
        if kind == "region" and not top:
            return _Phrase(last, of + "-GOV", "region", "region", "sg", i, True, False, of + "-GOV", of, frozenset(),
                           (f"countries.tsv:{of}",))  # fmt: skip
        return None

    def quoted(self, i: int, last: int) -> bool:
        tokens = self.tokens
        return i > 0 and last + 1 < self.n and tokens[i - 1].norm in QUOTES and tokens[last + 1].norm in QUOTES

    def country_here(self, i: int, last: int) -> bool:
        """A country's name in سوريا can also be an adjective's accusative (جنديا سوريا): then it is none."""
        if i and self.tokens[i].norm in ("مالي", "تونس"):
            return not any(f for r in self.readings[i - 1] for f in r.forms)
        return True

    def capital_here(self, i: int) -> bool:
        return True

    def extended(self, p: _Phrase) -> _Phrase:
        """Take in adjectives that only describe a named party (تنظيم داعش *الإرهابي*)."""
        k = self.after(p.last)
        while k > 0 and self.tokens[k].kind == "word":
            r = self.readings[k]
            if not r or r[0].particles:
                break
            if any(self.book.roles[f.role].cls == "modifier" and f.definite for f in r[0].forms) or any(
                a.definite and a.kind == "country" for a in r[0].adjectives
            ):
                p.last = k
                k = self.after(k)
            else:
                break
        return p

    # ---- names that depend on the report

    def rule_id(self, key: str) -> tuple[str, str, bool] | None:
        """The id of a conditional name here: id, entry, and whether an earlier fuller name decides first."""
        for rule in self.book.contexts[key]:
            if rule.focus and self.focus not in rule.focus:
                continue
            if rule.outlets and not (rule.outlets & self.groups):
                continue
            if rule.outside & self.groups:
                continue
            if not within(rule.since, rule.until, self.day):
                continue
            rid = rule.id
            if rid.startswith("FOCUS-"):
                rid = (self.focus or "XXX") + rid[5:]
            return rid, rule.entry, rule.back
        return None

    def contextual(self, i: int, last: int, key: str, top: bool) -> _Phrase | None:
        words = key.split(" ")
        decided = self.rule_id(key)
        rules = self.book.contexts[key]
        roles: set[int] = set()
        if len(words) == 1:
            roles = {f.role for f in self.book.forms.get(words[0], ()) if self.book.roles[f.role].cls != "modifier"}
        cls = self.book.roles[min(roles)].cls if roles else "group"
        if decided is None and not any(r.back for r in rules):
            return None
        if (decided is None or decided[2]) and top:
            earlier = self.earlier_named(words, roles)
            if earlier is not None:
                flex = words[0] in ("النظام", "الاحتلال", "العدو", "الكيان", "الاعداء", "المحتل")
                return _Phrase(last, earlier.id, "anaphor", cls, "sg", i, True, flex, earlier.id, _country(earlier.id),
                               earlier.heads | roles, (f"actors_context.tsv:{key}", "back"))  # fmt: skip
        if decided is None:
            return None
        rid, entry, _ = decided
        if key.startswith("~"):
            return None
        flex = words[0] in ("النظام", "الاحتلال", "العدو", "الكيان", "الاعداء", "المحتل", "المملكه", "صنعاء")
        p = _Phrase(
            last,
            rid,
            "entity",
            cls,
            "sg",
            i,
            True,
            flex and rid[3:4] == "-",
            rid,
            _country(rid),
            frozenset(roles),
            (entry,),
        )
        return self.extended(p)

    def earlier_named(self, words: list[str], roles: set[int]) -> ActorMention | None:
        """The nearest earlier mention whose name holds all these words, or whose head is the same noun."""
        wanted = set(words)
        for m in reversed(self.found):
            if m.kind == "source" or not m.id or m.kind == "possessive":
                continue
            if len(m.words) > len(words) and wanted <= set(m.words):
                return m
            if (
                roles
                and m.head_class not in ("source", "media")
                and roles & m.heads
                and (m.owner or m.kind == "entity")
            ):
                return m
        return None

    # ---- adjectives

    def adjective(
        self, i: int, kind: str, of: str, number: str, definite: bool, last: int | None = None
    ) -> _Phrase | None:
        """An adjective by itself: people (الأميركيون، الحوثيين) or what belongs to them (غارات *روسية*)."""
        last = i if last is None else last
        owner = self.adjective_owner(kind, of)
        if owner is None:
            return None
        oid, country, entry = owner
        prev = self.head_before(i)
        if prev == "ground" or prev == "word":
            return None
        if kind != "country":
            cls = "group"
            return _Phrase(last, oid, "entity" if number != "sg" else "adjective", cls, number, i, definite, False, oid, country,
                           frozenset(), (entry,))  # fmt: skip
        if country == "XXX":
            return None
        if number != "sg":
            return _Phrase(last, country + "-GOV", "adjective", "people", number, i, definite, True, oid, country, frozenset(),
                           (entry,))  # fmt: skip
        cls = prev or "other"
        sector = "MIL" if cls in FORCE or cls == "act" else "GOV"
        return _Phrase(last, f"{country}-{sector}", "adjective", cls, number, i, definite, True, oid, country, frozenset(),
                       (entry,))  # fmt: skip

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
        if decided is None:
            return None
        return decided[0], _country(decided[0]), decided[1]

    def head_before(self, i: int) -> str:
        """The class of the noun that an adjective at `i` describes, '' if it is none of ours."""
        k = i - 1
        for _ in range(3):
            if k < 0:
                return ""
            t = self.tokens[k]
            if t.norm in QUOTES:
                k -= 1
                continue
            if t.kind != "word":
                return ""
            classes = [self.book.roles[f.role].cls for r in self.readings[k] for f in r.forms]
            if not classes:
                return ""
            noun = [c for c in classes if c not in ("modifier", "quantifier")]
            if noun:
                return noun[0]
            k -= 1
        return ""

    # ---- role nouns

    def role(self, i: int, last: int, role: Role, form: Form, top: bool) -> _Phrase | None:
        """A role noun with its owner: idafa, adjectives, من، في، باسم، التابعة لـ."""
        book, tokens = self.book, self.tokens
        cls, sector = role.cls, role.sector
        owner: _Phrase | None = None
        heads = {form.role}
        because = [role.entry]
        definite = form.definite
        described = False
        if form.owner:
            return self.possessed(i, role, form) if top else None
        j, end = last, last
        while owner is None or owner.kind in ("adjective", "country"):
            k = self.after(j)
            if k < 0:
                break
            t = tokens[k]
            if t.kind == "latin" and cls == "media" and owner is None:
                media_id = self.foreign_name(k)
                return _Phrase(media_id[1], media_id[0], "media", "media", form.number, i, True, False, media_id[0], "", frozenset(heads),
                               tuple(because))  # fmt: skip
            if t.kind != "word":
                break
            if t.norm in ("من", "عن") and t.norm == "من":
                o = self.target(k, True) if owner is None and cls in _OF_CLASSES else None
                if o is None or o.kind == "region":
                    break
                owner, j, end = o, o.last, o.last
                break
            if t.norm in IN and owner is None:
                o = self.target(k, False) if cls in _IN_CLASSES else None
                if o is None:
                    break
                if o.kind == "region" and cls in FORCE:
                    break
                owner, j = o, o.last
                end = o.last
                break
            if t.norm == "باسم":
                o = self.target(k, False) if cls in ("spokesman", "leader") else None
                if o is None:
                    break
                owner, j, end = o, o.last, o.last
                break
            if t.norm in BELONGING:
                o = self.belonging(k)
                if o is None:
                    break
                owner, j, end = o, o.last, o.last
                break
            if t.norm in LED_BY:
                break
            rs = self.readings[k]
            if not rs:
                break
            r = rs[0]
            if r.particles:
                if r.particles[-1] == "ب" and cls in _B_CLASSES and owner is None and r.particles == "ب":
                    o = self.owner_phrase(k, r)
                    if o is not None:
                        owner, j, end = o, o.last, o.last
                elif r.particles == "ل" and cls in _L_CLASSES and owner is None:
                    o = self.owner_phrase(k, r)
                    if o is not None and o.kind != "region":
                        owner, j, end = o, o.last, o.last
                break
            modifier = next((f for f in r.forms if book.roles[f.role].cls == "modifier"), None)
            adjective = r.adjectives[0] if r.adjectives else None
            if adjective is not None and (owner is None or owner.kind == "adjective") and not self.longer_name(k, r):
                if owner is None:
                    got = self.adjective_owner(adjective.kind, adjective.of)
                    if got is None:
                        break
                    if adjective.number != "sg" and adjective.definite and not definite and form.number != "du":
                        # مليشيات الحوثيين: the people themselves
                        kind = "entity"
                    else:
                        kind = "adjective"
                    owner = _Phrase(
                        k,
                        got[0],
                        kind,
                        "nationality",
                        "sg",
                        k,
                        adjective.definite,
                        False,
                        got[0],
                        got[1],
                        frozenset(),
                        (got[2],),
                    )
                definite = definite or adjective.definite
                j, end = k, k
                described = True
                continue
            if modifier is not None and not self.longer_name(k, r):
                m = book.roles[modifier.role]
                if m.sector not in ("", "-"):
                    sector = m.sector if not (m.sector == "ANON" and cls != "source") else sector
                    if cls != "source" and m.sector in ("UAF",) and cls not in ("fighter", "civilian"):
                        sector = role.sector
                    because.append(m.entry)
                definite = definite or modifier.definite
                described = True
                j, end = k, k
                continue
            if owner is not None:
                break
            if definite and not described and not self.is_name(k, r):
                break
            o = self.owner_phrase(k, r)
            if o is None or o.cls == "act":
                break
            if o.cls == "portfolio" and not o.owner:
                j, end = o.last, o.last
                definite = True
                described = True
                continue
            if o.cls == "ground" and not o.country:
                end = o.last
                j = o.last
                k2 = self.after(j)
                if (
                    cls in ("civilian", "official", "government", "police", "victim", "people")
                    and k2 > 0
                    and tokens[k2].kind == "word"
                ):
                    r2 = self.readings[k2]
                    place = self.owner_phrase(k2, r2[0]) if r2 and not r2[0].particles else None
                    if place is not None and place.country:
                        owner, j, end = place, place.last, place.last
                break
            if (
                o.kind == "person"
                and cls not in FORCE
                and cls not in ("militia", "group", "fighter", "government", "member")
            ):
                break
            owner, j, end = o, o.last, o.last
            definite = definite or o.definite
            if o.kind not in ("adjective", "country"):
                break
        return self.composed(i, end, role, form, sector, owner, definite, heads, because, described, top)

    def is_name(self, k: int, r: Reading) -> bool:
        found = _longest(r, self.tokens, k)
        return found is not None and any(
            n.kind in ("entity", "country", "context", "media", "media-word", "person") for n in found[1]
        )

    def longer_name(self, k: int, r: Reading) -> bool:
        """Does a name of several words begin here, so that the word is no mere adjective?"""
        found = _longest(r, self.tokens, k)
        return found is not None and (found[0] > k or any(n.kind == "entity" for n in found[1]))

    def owner_phrase(self, k: int, r: Reading) -> _Phrase | None:
        p = self.phrase(k, r, False)
        if p is None or p.cls in ("word",):
            return None
        return p

    def target(self, k: int, of: bool) -> _Phrase | None:
        """The party after من or في."""
        t = self.after(k)
        if t < 0 or self.tokens[t].kind != "word" or not self.readings[t]:
            return None
        r = self.readings[t][0]
        if r.particles:
            return None
        o = self.owner_phrase(t, r)
        if o is None or o.cls in ("act", "ground", "civilian", "victim", "word", "property"):
            return None
        if (
            o.kind == "role"
            and not o.owner
            and o.cls
            not in (
                FORCE
                | {
                    "police",
                    "spy",
                    "government",
                    "ministry",
                    "parliament",
                    "court",
                    "opposition",
                    "militia",
                    "rebels",
                    "group",
                    "medic",
                    "party",
                    "body",
                }
            )
        ):
            return None
        return o

    def belonging(self, k: int) -> _Phrase | None:
        """التابعة لـ X، الموالية لـ X."""
        t = self.after(k)
        if t < 0:
            return None
        token = self.tokens[t]
        if token.norm in ("ل", "الي"):
            t = self.after(t)
            if t < 0 or not self.readings[t]:
                return None
            return self.owner_phrase(t, self.readings[t][0])
        for r in self.readings[t]:
            if r.particles == "ل":
                return self.owner_phrase(t, r)
        return None

    def foreign_name(self, k: int) -> tuple[str, int]:
        """A medium's name in Latin letters from token `k`."""
        words, last = [], k
        while k > 0 and self.tokens[k].kind == "latin":
            words.append(self.tokens[k].text)
            last = k
            k = self.after(k)
        return "MEDIA:" + " ".join(words), last

    def composed(
        self, i: int, end: int, role: Role, form: Form, sector: str, owner: _Phrase | None, definite: bool,
        heads: set[int], because: list[str], described: bool, top: bool,
    ) -> _Phrase | None:  # fmt: skip
        """The id of a role noun with its owner, or of a bare one."""
        cls = role.cls
        if cls in ("act", "ground", "word"):
            country = owner.country if owner is not None and cls == "ground" else ""
            return _Phrase(end, "", "none", cls, form.number, i, definite, False, "", country, frozenset(heads), ())
        kind = (
            "source" if cls == "source" else "victims" if cls in ("victim",) else "media" if cls == "media" else "role"
        )
        if owner is None:
            if cls == "portfolio" or (not top and cls == "source"):
                return _Phrase(
                    end, "", "none", cls, form.number, i, definite, False, "", "", frozenset(heads), tuple(because)
                )
            bare = self.bare(i, end, role, form, sector, definite, heads, because, described, top)
            return bare
        rid = self.compose(role, sector, owner, definite)
        because.extend(owner.because)
        if owner.heads and cls not in ("portfolio",):
            heads |= owner.heads if role.cls in ("spokesman", "member", "source") and False else set()
        flex = cls in ("country",) or role.noun in ("جانب", "كيان")
        p = _Phrase(
            end,
            rid,
            kind,
            cls,
            form.number,
            i,
            definite,
            flex,
            owner.owner or owner.id,
            owner.country,
            frozenset(heads),
            tuple(because),
        )
        if top and ("t" in role.marks or "r" in role.marks):
            self.apposition(p)
        return p

    def compose(self, role: Role, sector: str, owner: _Phrase, definite: bool) -> str:
        """COUNTRY-SECTOR, or the owner's own id, or what the table of compositions says."""
        cls = role.cls
        direct = owner.kind in ("country", "adjective", "region") and owner.id == owner.country + "-GOV"
        keys = [owner.country] if direct else []
        keys.append(owner.id)
        for key in keys:
            for head in (role.noun, cls):
                offices = self.book.compose.get((head, key))
                if offices:
                    office = self.held(offices)
                    if office is not None:
                        return office.id
        if direct:
            if (cls == "source" and not sector) or sector == "ANON":
                sector = ("GOV" if sector != "ANON" else "ANON") if cls == "source" else "CVL"
            if cls == "source" and sector == "ANON":
                return "ANON"
            if cls == "member":
                sector = "GOV"
            if cls in FORCE and sector in ("GOV", "REB", "OPP", "-", ""):
                sector = {"REB": "REB", "OPP": "REB"}.get(sector, "MIL")
            return f"{owner.country}-{sector or 'GOV'}"
        country, _, own = owner.id.partition("-")
        if owner.id.startswith("MEDIA:"):
            return owner.id
        if len(country) == 3 and own in STATE and owner.id not in self.book.entities:
            if cls in _CIVIL and cls not in ("expert", "journalist", "medic"):
                return f"{country}-{role.sector}"
            if own == "GOV" and cls in FORCE and owner.cls not in ("ministry", "official", "portfolio"):
                return f"{country}-MIL"
            if own == "GOV" and cls in ("police", "spy", "court", "parliament", "media"):
                return f"{country}-{role.sector}"
            return owner.id
        if len(country) == 3 and own in STATE:
            if own == "GOV" and cls in FORCE and owner.cls not in ("ministry", "official", "portfolio"):
                return f"{country}-MIL" if cls != "commander" or role.noun != "قيادي" else owner.id
            if own == "GOV" and cls in ("police", "spy", "court", "parliament"):
                return f"{country}-{role.sector}"
            if cls in ("civilian", "people"):
                return f"{country}-{role.sector}"
        return owner.id

    def held(self, offices: tuple[Office, ...]) -> Office | None:
        for o in offices:
            if within(o.since, o.until, self.day):
                return o
        return None

    def bare(
        self, i: int, end: int, role: Role, form: Form, sector: str, definite: bool, heads: set[int],
        because: list[str], described: bool, top: bool,
    ) -> _Phrase | None:  # fmt: skip
        """A role noun whose owner the phrase does not tell."""
        cls = role.cls
        changed = sector != role.sector
        if cls == "source":
            return self.source(i, end, role, form, sector, definite, heads, because)
        if top and definite and role.bare in ("back", "none", "focus") and not form.construct:
            m = self.antecedent(form.role, cls, form.number, sector if changed else "")
            if m is not None:
                return _Phrase(end, m.id, "anaphor", cls, form.number, i, True, m.flex and cls in ("country", "government"), m.owner,
                               _country(m.id), frozenset(heads) | m.heads, (*because, "back"))  # fmt: skip
        if role.bare == "none" and not (changed and top and cls not in ("body", "member", "official", "weapon")):
            if not top:
                return _Phrase(
                    end, "", "none", cls, form.number, i, definite, False, "", "", frozenset(heads), tuple(because)
                )
            if "r" in role.marks or "t" in role.marks:
                p = _Phrase(
                    end, "", "role", cls, form.number, i, definite, False, "", "", frozenset(heads), tuple(because)
                )
                before = p.last
                self.apposition(p)
                if p.last == before:
                    return None
                return p
            return None
        country = self.country_near(i)
        if sector in ("", "-", "ANON"):
            sector = role.sector or "CVL"
        if cls == "opposition" and country == "SYR":
            sector = "REB"
        rid = f"{country or 'XXX'}-{sector}"
        kind = "victims" if cls == "victim" else "media" if cls == "media" else "role"
        p = _Phrase(
            end,
            rid,
            kind,
            cls,
            form.number,
            i,
            definite,
            cls == "country",
            "",
            country,
            frozenset(heads),
            tuple(because),
        )
        if top and ("t" in role.marks or "r" in role.marks):
            self.apposition(p)
        return p

    def source(
        self, i: int, end: int, role: Role, form: Form, sector: str, definite: bool, heads: set[int], because: list[str]
    ) -> _Phrase:
        """مصدر، مصادر، شهود: anonymous, or of the side that the phrase or an earlier one tells."""
        rid = "ANON"
        if sector not in ("", "-", "ANON"):
            rid = f"{self.focus or 'XXX'}-{sector}"
            m = self.antecedent(form.role, "source", form.number, sector)
            if m is not None and definite and m.id.endswith(sector):
                rid = m.id
        elif definite and end == i:
            m = self.antecedent(form.role, "source", form.number, "")
            if m is not None:
                rid = m.id
                because = [*because, "back"]
        return _Phrase(
            end,
            rid,
            "source",
            "source",
            form.number,
            i,
            definite,
            False,
            "",
            _country(rid),
            frozenset(heads),
            tuple(because),
        )

    def antecedent(self, number: int, cls: str, amount: str, sector: str) -> ActorMention | None:
        """The nearest earlier mention that a definite bare head can mean."""
        found = self.found
        for m in reversed(found):
            if not m.id:
                continue
            if cls == "source":
                if m.kind == "source":
                    return m
                continue
            if number in m.heads and (m.owner or m.kind in ("entity", "anaphor", "media", "person")):
                if sector and not m.id.endswith(sector):
                    continue
                return m
            if cls == "media" and m.kind == "media" and m.id.startswith("MEDIA:"):
                return m
        return None

    def possessed(self, i: int, role: Role, form: Form) -> _Phrase | None:
        """قواته، مقاتليها، بلاده: of the nearest party before."""
        if role.cls in ("modifier", "quantifier", "act", "ground", "word", "paper"):
            return None
        owner: ActorMention | None = None
        people = form.owner in ("هم", "هما", "ه", "هن")
        for m in reversed(self.found):
            if not m.id or m.kind in ("source", "victims", "possessive") or m.id == "ANON":
                continue
            if m.head_class in ("civilian", "victim", "property", "facility"):
                if role.cls not in ("civilian", "victim", "property"):
                    continue
            if form.owner == "ه" and m.kind in ("country", "media") and role.cls == "country":
                continue
            if i - m.last > 60 and people:
                break
            owner = m
            break
        if form.owner in ("نا", "كم"):
            owner = None
        if owner is None:
            if role.bare not in ("focus", "back"):
                return None
            country = self.focus
            return _Phrase(i, f"{country or 'XXX'}-{role.sector or 'GOV'}", "possessive", role.cls, form.number, i, True, False, "", country,
                           frozenset((form.role,)), (role.entry,))  # fmt: skip
        country = _country(owner.id)
        flat = _Phrase(i, owner.id, "country" if owner.kind in ("country", "adjective") else owner.kind, owner.head_class, "sg", i, True,
                       False, owner.id, country, owner.heads, ())  # fmt: skip
        if owner.kind in ("country", "adjective"):
            flat.id = country + "-GOV"
        rid = self.compose(role, role.sector, flat, True)
        if role.cls == "country" and country:
            rid = country + "-GOV"
        return _Phrase(i, rid, "possessive", role.cls, form.number, i, True, role.cls == "country", owner.id, country, frozenset((form.role,)),
                       (role.entry, "back"))  # fmt: skip

    # ---- people

    def apposition(self, p: _Phrase) -> None:
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
            office = self.book.office(person, self.day)
            if not p.owner and office is not None:
                p.id, p.owner, p.country = office.id, office.id, _country(office.id)
                p.because = (*p.because, office.entry)
                p.kind = "person"
            p.last = last
            p.person = person
            self.remember(k, last, p.id, person)
            return
        if comma and self.tokens[k].norm not in self.book.given:
            return
        last = self.name_end(k, strong=True)
        if last < k:
            return
        p.last = last
        if not p.id:
            country = self.country_near(k)
            role = next((self.book.roles[h] for h in sorted(p.heads)), None)
            p.id = f"{country or 'XXX'}-{role.sector if role else 'CVL'}"
            p.country = country
        self.remember(k, last, p.id, "")

    def known_person(self, k: int) -> tuple[int, str] | None:
        for r in self.readings[k]:
            if r.particles:
                continue
            for last, names in _matches(r, self.tokens, k):
                for name in names:
                    if name.kind in ("person", "short"):
                        return last, name.of
        return None

    def name_end(self, k: int, strong: bool) -> int:
        """The last token of a personal name that begins at `k`; `k - 1` when none does."""
        tokens, given = self.tokens, self.book.given
        t = tokens[k]
        if t.norm in STOP or t.kind != "word":
            return k - 1
        rs = self.readings[k]
        ranked = 0
        while (
            rs and not rs[0].particles and any("r" in self.book.roles[f.role].marks for f in rs[0].forms) and ranked < 2
        ):
            k2 = self.after(k)
            if k2 < 0 or tokens[k2].kind != "word" or not strong:
                return k - 1
            k, t, rs, ranked = k2, tokens[k2], self.readings[k2], ranked + 1
        if (
            t.norm not in given
            and not (t.norm.startswith("عبد") and len(t.norm) > 4)
            and (
                not strong
                or rs
                or t.norm.startswith("ال")
                or t.norm in STOP
                or len(t.norm) < 3
                or (t.norm[0] in "يتسن" and len(t.norm) < 5)
            )
        ):
            return k - 1
        last = k
        for step in range(4):
            j = last + 1
            while j < self.n and tokens[j].norm in QUOTES:
                j += 1
            if j >= self.n or tokens[j].kind != "word" or "\n" in self.body[tokens[last].end : tokens[j].start]:
                break
            w = tokens[j].norm
            if w in STOP or (w[0] in "وفبل" and w[1:] in STOP):
                break
            if w in LINKS or tokens[last].norm in LINKS:
                last = j
                continue
            if self.readings[j] and not self.readings[j][0].particles and not w.startswith("ال") and w not in given:
                break
            if self.readings[j] and any(f.definite for r in self.readings[j] for f in r.forms) and step >= 1:
                break
            if step >= 1 and w not in given and not w.startswith("ال"):
                if tokens[last].norm not in given and tokens[last].norm not in LINKS:
                    break
            last = j
            if w.startswith("ال") and w not in given:
                break
        if last == k and t.norm not in given and not strong:
            return k - 1
        return last

    def remember(self, first: int, last: int, rid: str, person: str) -> None:
        """Keep a person's names so that a later bare surname means them."""
        words = [t.norm for t in self.tokens[first : last + 1] if t.kind in ("word", "latin")]
        words = [w for w in words if w not in STOP]
        if not words:
            return
        keep: list[str] = []
        if len(words) == 1:
            keep = words
        else:
            keep.append(words[-1])
            if words[-2] in LINKS or words[-2] in ("عبد", "ابو", "بن"):
                keep[-1:] = [words[-2] + " " + words[-1]]
            if words[0] not in LINKS and words[0] not in COMMON_GIVEN:
                keep.append(words[0])
            if len(words) > 2 and words[-2] not in LINKS and words[-2] not in COMMON_GIVEN:
                keep.append(words[-2])
        for w in keep:
            if len(w) > 2:
                self.names[w] = (rid, person)
                if w.startswith("ال"):
                    self.names[w[2:]] = (rid, person)

    def called(self, i: int) -> ActorMention | None:
        """A name told before, now bare: البخيتي، فرحان."""
        t = self.tokens[i]
        tries = [(t.norm, 0)]
        if len(t.norm) > 3 and t.norm[0] in "وفبلك":
            tries.append((t.norm[1:], 1))
        two = self.tokens[i + 1].norm if i + 1 < self.n and self.tokens[i + 1].kind == "word" else ""
        for w, skip in tries:
            hit = self.names.get(w + " " + two) if two else None
            last = i + 1 if hit else i
            hit = hit or self.names.get(w)
            if hit and w not in STOP:
                start = t.start + (skip if t.text[:skip] == t.norm[:skip] else 0)
                return ActorMention(i, last, start, self.tokens[last].end, hit[0], "anaphor", "sg", i, "person", True, False, hit[0],
                                    ("name told before",), frozenset(), (w,))  # fmt: skip
        return None

    def person_first(self, i: int) -> ActorMention | None:
        """A personal name with no title before it; a title after it tells the office (خالد بحاح، رئيس وزراء اليمن)."""
        last = self.name_end(i, strong=False)
        if last <= i:
            return None
        k = self.after(last)
        rid, because = "", ("personal name",)
        if k > 0 and self.tokens[k].text in "،,(":
            k = self.after(k)
        if k > 0 and self.tokens[k].kind == "word" and self.readings[k] and not self.readings[k][0].particles:
            title = None
            for r in self.readings[k][:1]:
                p = self.phrase(k, r, False)
                if p is not None and p.owner and p.cls in _PERSONAL:
                    title = p
            if title is not None:
                rid, because = title.id, title.because
        if not rid:
            rid = f"{self.country_near(i) or 'XXX'}-CVL"
            kind = "person"
        else:
            kind = "person"
        self.remember(i, last, rid, "")
        words = tuple(t.norm for t in self.tokens[i : last + 1])
        start = self.tokens[i].start
        if self.tokens[i].norm not in self.book.given:
            start += 1
        return ActorMention(i, last, start, self.tokens[last].end, rid, kind, "sg", i, "person", True, False,
                            "" if because == ("personal name",) else rid, because, frozenset(), words)  # fmt: skip

    # ---- where

    def _places(self) -> list[tuple[int, str]]:
        out: list[tuple[int, str]] = []
        for i, rs in enumerate(self.readings):
            for r in rs[:1]:
                found = _longest(r, self.tokens, i)
                if found is not None:
                    for name in found[1]:
                        if name.kind in ("region", "country", "capital"):
                            out.append((i, name.of))
                            break
        return out

    def country_near(self, i: int) -> str:
        """The country of people named at token `i` with no country of their own: that of the report."""
        return self.focus or self.home


def _day(published: date | str | None) -> date | None:
    """The day of publication, or None when the report does not tell it."""
    if not isinstance(published, str):
        return published
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _country(rid: str) -> str:
    head, _, tail = rid.partition("-")
    return head if len(head) == 3 and head.isupper() and tail in _SECTORS else ""


def _entity_class(sector: str) -> str:
    return {"MIL": "force", "GOV": "government", "REB": "group", "PRM": "group", "COP": "police", "PTY": "party", "IGO": "igo", "HRI": "rights",
            "NGO": "ngo", "HLH": "medic", "JRN": "media", "SPY": "spy", "JUD": "court", "LEG": "parliament"}.get(sector, "group")  # fmt: skip


_SECTORS = words("GOV MIL COP SPY JUD LEG PTY OPP REB PRM UAF CRM CVL REF JRN HLH EDU REL BUS LAB NGO HRI IGO RES")
LINKS = words("بن ابن ابو ابي عبد ال ام دي فان دو بنت اد فون لو ولد")
COMMON_GIVEN = words(
    "محمد احمد علي حسن حسين محمود خالد سعيد صالح يوسف ابراهيم عمر عثمان مصطفي عبدالله عبد فهد سعد ناصر سالم مبارك جون "
    "مايكل ديفيد سامي كريم جمال كمال طارق وليد ماجد نبيل رامي بشير ياسر حمد راشد منصور عادل ايمن اياد انور نور الشيخ "
    "السيد"
)
STOP = words(
    "من الي في علي عن مع بعد قبل عند لدي بين حتي منذ خلال ضد حول دون عبر ان انه انها انهم بان لان كان كانت قد لقد لم "
    "لن لا ما هو هي هم هذا هذه ذلك تلك الذي التي الذين كما حيث اذا اذ ثم او ام بل لكن ولكن قال قالت اكد اكدت اعلن "
    "اعلنت اضاف اضافت صرح صرحت اشار اشارت اوضح اوضحت ذكر ذكرت افاد افادت كشف كشفت نقل نقلت دعا دعت طالب طالبت حذر "
    "حذرت ادان ادانت اتهم اتهمت نفي نفت وصف وصفت راي اعتبر اعتبرت التقي زار وصل وصلت قام قامت اليوم امس غدا يوم مساء "
    "صباح فجر ليل السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه الماضي الجاري المقبل الحالي بحسب وفق وفقا حسب "
    "ايضا كل بعض غير سوي عدا فقط جدا نحو الان هناك هنا يقول تقول يؤكد يري قائلا مؤكدا مضيفا مشيرا موضحا معتبرا لافتا "
    "الا انما بينما فيما مما ممن اثر اثناء فوق تحت امام وراء خلف ضمن وسط داخل خارج شرق غرب شمال جنوب قتل قتلت اصيب "
    "اصيبت استهدف استهدفت شن شنت قصف قصفت سيطر سيطرت تم تمت جري جرت بدا بدات عقد بحث اجري تلقي عقب فور رئيس وزير"
)
