"""The parties of the world as reports name them: named groups, states, offices, people, media, and role nouns.

The tables (`actors*.tsv`, `countries.tsv`, `roles.tsv`, `persons.tsv`) are compiled into an `ActorBook`: one look-up by
word form, one trie of phrases. The book knows what a name can mean and when; which meaning a report intends is decided
by `musnad.coding.actors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from musnad.arabic.clitics import variants
from musnad.arabic.letters import norm
from musnad.codebook.actor_forms import adjective_shapes, noun_shapes
from musnad.codebook.phrases import phrase_words
from musnad.codebook.table import DATA, Row, layered

ENTITY_COLUMNS = ("key", "id", "english", "country", "sector", "names", "adjectives", "from", "to", "note")
COUNTRY_COLUMNS = ("iso3", "english", "names", "nisba", "people", "capital", "seats", "regions")
ROLE_COLUMNS = ("noun", "plurals", "class", "sector", "bare", "marks")
CONTEXT_COLUMNS = ("name", "id", "focus", "outlets", "from", "to", "back", "note")
OUTLET_COLUMNS = ("outlet", "country", "groups")
COMPOSE_COLUMNS = ("head", "owner", "id", "from", "to", "note")
PERSON_COLUMNS = ("person", "names", "short", "id", "from", "to", "office")
MEDIA_COLUMNS = ("id", "country", "names", "words", "note")
GIVEN_COLUMNS = ("names",)


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


FORCE = words("force soldier aircraft vehicle weapon site command commander")
"""Classes of head nouns whose country gives its armed forces."""
MODIFIERS = frozenset(("modifier", "quantifier"))
SPECIAL_TABLES = frozenset(("actors_context.tsv", "actors_outlets.tsv", "actors_compose.tsv", "actors_media.tsv"))
"""Tables beside the named parties; all other actors*.tsv hold parties."""
PLURALS = words("وسائل شهود تقارير قوات اجهزه طائرات دفاعات صفوف")
"""First words that are plurals though a phrase is listed under them."""
HEADS_FROM = 12
"""So many of a party's names, the usual ones, tell by which nouns it is referred back to (الحركة، التنظيم)."""
WELL_KNOWN = frozenset(("USA", "RUS", "GBR", "XXX"))
"""Countries whose bodies are named abroad without saying whose they are (وكالة الاستخبارات المركزية)."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named party. `id` is what is coded; `key` names it in this codebook; `heads` the roles its names begin with."""

    key: str
    id: str
    english: str
    country: str
    sector: str
    since: date | None
    until: date | None
    heads: frozenset[int]
    entry: str


@dataclass(frozen=True, slots=True)
class Country:
    """A state: `iso3`, its English name, and its forces and government as ids."""

    iso3: str
    english: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun: its class, the sector that it gives, and what it means with no owner told."""

    noun: str
    cls: str
    sector: str
    bare: str
    marks: str
    entry: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One meaning of a name that depends on the report."""

    id: str
    focus: frozenset[str]
    outlets: frozenset[str]
    outside: frozenset[str]
    since: date | None
    until: date | None
    back: bool
    entry: str


@dataclass(frozen=True, slots=True)
class Office:
    """What a person spoke for between two days."""

    id: str
    since: date | None
    until: date | None
    entry: str


class Form(NamedTuple):
    """A word form of a role noun."""

    role: int
    number: str
    definite: bool
    owner: str
    construct: bool


class Adjective(NamedTuple):
    """A word form of a nationality or of a party's adjective. `of`: iso3, or an index of a name for parties."""

    kind: str
    of: str
    number: str
    definite: bool
    feminine: bool


class Name(NamedTuple):
    """What a phrase can be: `kind` entity, country, capital, seat, region, person, short, context, media or role."""

    kind: str
    of: str


class Reading(NamedTuple):
    """One way to read a written word: particles taken off, the `rest`, and what that can be.

    `skip` is the number of letters before the rest that a span can leave out (the لل of للجيش stays).
    """

    skip: int
    particles: str
    rest: str
    node: list[Any] | None
    forms: tuple[Form, ...]
    adjectives: tuple[Adjective, ...]


@dataclass(slots=True)
class ActorBook:
    """All that is known of parties. Look words up with `word`; resolve conditions with `rule` and `office`."""

    entities: dict[str, tuple[Entity, ...]] = field(default_factory=dict)
    countries: dict[str, Country] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    contexts: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    persons: dict[str, tuple[Office, ...]] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    outlets: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    compose: dict[tuple[str, str], tuple[Office, ...]] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    armed: dict[str, str] = field(default_factory=dict)
    forms: dict[str, tuple[Form, ...]] = field(default_factory=dict)
    adjectives: dict[str, tuple[Adjective, ...]] = field(default_factory=dict)
    trie: dict[str, list[Any]] = field(default_factory=dict)
    _words: dict[str, tuple[Reading, ...]] = field(default_factory=dict)

    def __getstate__(self) -> tuple[Any, ...]:
        return tuple({} if n == "_words" else getattr(self, n) for n in self.__slots__)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        for name, value in zip(self.__slots__, state, strict=True):
            setattr(self, name, value)

    def word(self, form: str) -> tuple[Reading, ...]:
        """What a word's normal form can be, the reading with fewest particles first; () for most words."""
        found = self._words.get(form)
        return self._new(form) if found is None else found

    def _new(self, form: str) -> tuple[Reading, ...]:
        found = tuple(self._read(form))
        if len(self._words) < 1 << 18:
            self._words[form] = found
        return found

    def _read(self, form: str) -> Iterator[Reading]:
        for particles, rest in variants(form):
            node, forms, adjectives = self.trie.get(rest), self.forms.get(rest, ()), self.adjectives.get(rest, ())
            if node is not None or forms or adjectives:
                skip = len(form) - len(rest) if form.endswith(rest) else int(len(particles) > 1)
                yield Reading(skip, particles, rest, node, forms, adjectives)
                if forms or adjectives or (node is not None and node[0]):
                    return

    def outlet(self, name: str | None) -> tuple[str, frozenset[str]]:
        """An outlet's country ('' if unknown) and its groups, itself among them."""
        if not name:
            return "", frozenset()
        key = norm(name).casefold()
        country, groups = self.outlets.get(key, ("", frozenset()))
        return country, groups | {key}

    def office(self, person: str, day: date | None) -> Office | None:
        """What a person spoke for on a day; the last known office before it when none fits; the first when undated."""
        offices = self.persons.get(person, ())
        return fitting(offices, day)


def fitting(offices: tuple[Office, ...], day: date | None) -> Office | None:
    """The office held on a day, else the latest that began before it, else the first."""
    if not offices:
        return None
    if day is None:
        return offices[-1]
    for o in offices:
        if within(o.since, o.until, day):
            return o
    past = [o for o in offices if o.since is None or o.since <= day]
    return past[-1] if past else offices[0]


def within(since: date | None, until: date | None, day: date | None) -> bool:
    """Is a day between two days, either of which may be open? An unknown day fits everything."""
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


def load(data: Path = DATA, overlay: Path | None = None) -> ActorBook:
    """Read all actor tables, with the user's folder laid over them. Raises CodebookError for a fault in a table."""
    return _Builder(data, overlay).build()


class _Builder:
    def __init__(self, data: Path, overlay: Path | None) -> None:
        self.data, self.overlay = data, overlay
        self.book = ActorBook()
        self.forms: dict[str, dict[Form, None]] = {}
        self.adjectives: dict[str, dict[Adjective, None]] = {}

    def rows(self, name: str, columns: tuple[str, ...], key: Callable[[Row], tuple[str, ...]]) -> list[Row]:
        return layered(name, columns, key, self.overlay, self.data)

    def build(self) -> ActorBook:
        self._roles()
        self._countries()
        self._context()
        self._entities()
        self._media()
        self._persons()
        self._compose()
        self._outlets()
        book = self.book
        book.forms = {w: tuple(f) for w, f in self.forms.items()}
        book.adjectives = {w: tuple(a) for w, a in self.adjectives.items()}
        given = self.rows("given_names.tsv", GIVEN_COLUMNS, lambda r: (r.cells["names"],))
        book.armed = {
            e.id: e.country for es in book.entities.values() for e in es if e.sector in ("REB", "PRM") and e.id == e.key
        }
        book.given = frozenset(norm(n) for r in given for n in _list(r.cells["names"]))
        return book

    def name(self, phrase: str, value: Name) -> None:
        words = phrase_words(phrase)
        level, node = self.book.trie, None
        for i, word in enumerate(words):
            node = level.get(word)
            if node is None:
                node = level[word] = [(), None]
            if i + 1 < len(words):
                if node[1] is None:
                    node[1] = {}
                level = node[1]
        if node is not None and value not in node[0]:
            node[0] = (*node[0], value)

    def _roles(self) -> None:
        for row in self.rows("roles.tsv", ROLE_COLUMNS, lambda r: (r.cells["noun"], r.cells["class"])):
            c = row.cells
            number = len(self.book.roles)
            marks, cls = c["marks"], c["class"]
            sector = c["sector"]
            self.book.roles.append(Role(c["noun"], cls, sector, c["bare"], marks, f"roles.tsv:{c['noun']}"))
            spellings = [c["noun"], *_list(c["plurals"])]
            if cls == "modifier":
                for s in adjective_shapes(c["noun"], _list(c["plurals"])):
                    self.form(s.form, Form(number, s.number, s.definite, "", s.construct))
                continue
            single = [p for p in spellings[1:] if " " not in p]
            if " " not in c["noun"]:
                for s in noun_shapes(c["noun"], single, "f" in marks):
                    self.form(s.form, Form(number, s.number, s.definite, s.owner, s.construct))
                phrases = [p for p in spellings if " " in p]
            else:
                phrases = spellings
            for p in phrases:
                amount = self._amount(p, phrases[0])
                for spelling in _definites(p):
                    self.name(spelling, Name("role", f"{number}/{amount}"))

    def _amount(self, phrase: str, first: str) -> str:
        """The number of a role phrase: that of its first word."""
        word = phrase_words(phrase)[0]
        if word in PLURALS:
            return "pl"
        if word.removeprefix("ال") == phrase_words(first)[0].removeprefix("ال"):
            return "sg"
        numbers = {f.number for f in self.forms.get(word, ())}
        return numbers.pop() if len(numbers) == 1 else "pl"

    def form(self, word: str, form: Form) -> None:
        self.forms.setdefault(word, {})[form] = None

    def adjective(self, word: str, adjective: Adjective) -> None:
        if " " in word:
            self.name(word, Name("adjective", f"{adjective.kind}/{adjective.of}"))
        else:
            self.adjectives.setdefault(word, {})[adjective] = None

    def _countries(self) -> None:
        for row in self.rows("countries.tsv", COUNTRY_COLUMNS, lambda r: (r.cells["iso3"],)):
            c = row.cells
            iso = c["iso3"]
            self.book.countries[iso] = Country(iso, c["english"])
            for column, kind in (
                ("names", "country"),
                ("capital", "capital"),
                ("seats", "seat"),
                ("regions", "region"),
            ):
                for n in _list(c[column]):
                    self.name(n, Name(kind, iso))
            for k, n in enumerate(_list(c["nisba"])):
                for s in adjective_shapes(n, _list(c["people"]) if not k else None):
                    if not s.construct:
                        self.adjective(s.form, Adjective("country", iso, s.number, s.definite, s.feminine))

    def _context(self) -> None:
        rules: dict[str, list[Rule]] = {}
        for row in self.rows("actors_context.tsv", CONTEXT_COLUMNS, lambda r: tuple(r.cells.values())[:6]):
            c = row.cells
            groups = c["outlets"].split()
            key = " ".join(phrase_words(c["name"].removeprefix("~")))
            key = "~" + key if c["name"].startswith("~") else key
            if key not in rules:
                rules[key] = []
                if key.startswith("~"):
                    for s in adjective_shapes(c["name"][1:]):
                        self.adjective(s.form, Adjective("context", key, s.number, s.definite, s.feminine))
                else:
                    self.name(c["name"], Name("context", key))
            rules[key].append(
                Rule(
                    id=c["id"],
                    focus=frozenset(_list(c["focus"])),
                    outlets=frozenset(norm(g).casefold() for g in groups if not g.startswith("!")),
                    outside=frozenset(norm(g[1:]).casefold() for g in groups if g.startswith("!")),
                    since=_day(row, "from"),
                    until=_day(row, "to"),
                    back=c["back"] == "yes",
                    entry=f"actors_context.tsv:{c['name']}",
                )
            )
        self.book.contexts = {k: tuple(v) for k, v in rules.items()}

    def _entities(self) -> None:
        found: dict[str, list[Entity]] = {}
        for name in self._entity_tables():
            for row in self.rows(name, ENTITY_COLUMNS, lambda r: (r.cells["key"],)):
                c = row.cells
                heads: set[int] = set()
                for k, n in enumerate(_list(c["names"])):
                    first = phrase_words(n)[0]
                    for f in self.forms.get(first, ()) if k < HEADS_FROM else ():
                        if self.book.roles[f.role].cls not in MODIFIERS:
                            heads.add(f.role)
                    kind = "quoted" if n.startswith('"') else "homely" if self._homely(n, c["id"]) else "entity"
                    self.name(n, Name(kind, c["key"]))
                entity = Entity(
                    c["key"], c["id"], c["english"], c["country"], c["sector"], _day(row, "from"), _day(row, "to"),
                    frozenset(heads), f"{name}:{c['key']}",
                )  # fmt: skip
                found.setdefault(c["key"], []).append(entity)
                for n in _list(c["adjectives"]):
                    for s in adjective_shapes(n):
                        self.adjective(s.form, Adjective("entity", c["key"], s.number, s.definite, s.feminine))
        self.book.entities = {k: tuple(v) for k, v in found.items()}

    def _homely(self, name: str, rid: str) -> bool:
        """Is the name of a country's body made of ordinary nouns only (الحرس الوطني), so that other countries have one
        too?"""
        parts = phrase_words(name)
        country, _, sector = rid.partition("-")
        plain = len(country) == 3 and bool(sector) and country not in WELL_KNOWN
        return plain and len(parts) > 1 and all(w in self.forms for w in parts)

    def _entity_tables(self) -> list[str]:
        names = {p.name for p in self.data.glob("actors*.tsv")}
        if self.overlay is not None:
            names |= {p.name for p in self.overlay.glob("actors*.tsv")}
        return sorted(names - SPECIAL_TABLES)

    def _media(self) -> None:
        for row in self.rows("actors_media.tsv", MEDIA_COLUMNS, lambda r: (r.cells["id"],)):
            c = row.cells
            self.book.media[c["id"]] = c["country"]
            for n in _list(c["names"]):
                self.name(n, Name("media", c["id"]))
            for n in _list(c["words"]):
                self.name(n, Name("media-word", c["id"]))

    def _persons(self) -> None:
        offices: dict[str, list[Office]] = {}
        for row in self.rows(
            "persons.tsv", PERSON_COLUMNS, lambda r: (r.cells["person"], r.cells["id"], r.cells["from"])
        ):
            c = row.cells
            key = c["person"]
            for n in _list(c["names"]):
                self.name(n, Name("person", key))
            for n in _list(c["short"]):
                self.name(n, Name("short", key))
            offices.setdefault(key, []).append(
                Office(c["id"], _day(row, "from"), _day(row, "to"), f"persons.tsv:{key}")
            )
        self.book.persons = {k: tuple(v) for k, v in offices.items()}

    def _compose(self) -> None:
        found: dict[tuple[str, str], list[Office]] = {}
        for row in self.rows("actors_compose.tsv", COMPOSE_COLUMNS, lambda r: tuple(r.cells.values())[:4]):
            c = row.cells
            office = Office(c["id"], _day(row, "from"), _day(row, "to"), f"actors_compose.tsv:{c['head']}+{c['owner']}")
            for owner in _list(c["owner"]):
                for head in _list(c["head"]):
                    found.setdefault((head, owner), []).append(office)
        self.book.compose = {k: tuple(v) for k, v in found.items()}

    def _outlets(self) -> None:
        for row in self.rows("actors_outlets.tsv", OUTLET_COLUMNS, lambda r: (r.cells["outlet"],)):
            groups = frozenset(row.cells["groups"].split())
            for n in _list(row.cells["outlet"]):
                self.book.outlets[norm(n).casefold()] = (row.cells["country"], groups)


def _list(cell: str) -> list[str]:
    return [x.strip() for x in cell.split("|") if x.strip()]


def _definites(phrase: str) -> list[str]:
    """A phrase as given and, when its first two words are a noun and its adjective, with both articles or none."""
    words = phrase.split()
    out = [phrase]
    if len(words) == 2 and not any(w.startswith("ال") for w in words) and words[1].endswith(("ة", "ي", "ون", "ين")):
        out.append(" ".join("ال" + w for w in words))
    return out


def _day(row: Row, column: str) -> date | None:
    cell = row.cells[column]
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise row.fault(f"{column} is no ISO date: {cell}") from None
