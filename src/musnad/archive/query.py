"""What one asks an archive for: a filter over events and reports, the same for search, incidents, exports and pages.

Parties and places may be given by their id or by any name that the codebook knows, in Arabic or English. A province
means every place in it, a country every place in the country. Several values of one field, joined by `|`, mean any of
them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from sqlalchemy import ColumnElement, Table, and_, false, or_, select

from musnad.archive.tables import control, event, party, place, report, tie
from musnad.errors import UsageError
from musnad.record import EventType, Status
from musnad.sides import side as side_of

if TYPE_CHECKING:
    from musnad.codebook.actors import ActorBook

ROLES = ("actor", "recipient", "narrator", "holder", "former")
TYPES = get_args(EventType)
STATUSES = get_args(Status)
_DAY = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
MANY = ("actor", "side", "type", "mode", "place", "country", "status", "outlet", "narrator")
"""Fields that may hold several values."""
MOST_VALUES = 100
_ID = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")


class Filter(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Everything that must hold; an empty field asks nothing.

    `actor` is a party (id or name) in `role` or in any role; `side` a side (its state's organs act as one). `since`
    and `until` are ISO days that bound when the act happened; for what has no date, when it was published. `killed`
    is the least number of killed. `hand` asks for records that an analyst spoke of. The fields in `MANY` may hold
    several values, joined by `|`: one of them must hold; of types also TYPE/MODE.
    """

    actor: str | None = None
    role: str | None = None
    side: str | None = None
    type: str | None = None
    mode: str | None = None
    place: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None
    outlet: str | None = None
    narrator: str | None = None
    killed: int | None = None
    hand: bool | None = None

    @classmethod
    def parse(cls, given: Mapping[str, Any]) -> Filter:
        """A filter from names and values, as a command or an address gives them; a list of values means any of them.
        Raises UsageError for what is not understood."""
        known = {f: joined(v) for f, v in given.items() if v not in (None, "", [], ())}
        for name in known:
            if name not in cls.__struct_fields__:
                raise UsageError(f"{name}: no such filter; there are {', '.join(cls.__struct_fields__)}")
        for name in ("since", "until"):
            if name in known:
                known[name] = _day(name, str(known[name]))
        if known.get("since", "") > known.get("until", "9999-12-31"):
            raise UsageError(f"since {known['since']} is after until {known['until']}")
        if "killed" in known:
            try:
                known["killed"] = int(known["killed"])
            except ValueError:
                raise UsageError(f"killed: {known['killed']!r} is no number") from None
            if not 0 <= known["killed"] < 10**9:
                raise UsageError(f"killed: {known['killed']} is no number of people")
        if "hand" in known:
            known["hand"] = str(known["hand"]).casefold() in ("1", "true", "yes")
        if "type" in known:
            kinds = [
                (kind.upper(), slash, mode) for kind, slash, mode in (v.partition("/") for v in values(known["type"]))
            ]
            known["type"] = "|".join("".join(kind) for kind in kinds)
            if len(kinds) == 1 and kinds[0][1]:
                known["type"], _, known["mode"] = kinds[0]
        for name, allowed in (("type", TYPES), ("status", STATUSES), ("role", ROLES)):
            for value in values(known.get(name)):
                if (value.partition("/")[0] if name == "type" else value) not in allowed:
                    raise UsageError(f"{name}: {value!r} is not one of {', '.join(allowed)}")
        for name, value in known.items():
            if isinstance(value, str) and ("\0" in value or len(value) > 300 * max(len(values(value)), 1)):
                raise UsageError(f"{name}: not a value to look for")
            if isinstance(value, str) and len(values(value)) > (MOST_VALUES if name in MANY else 1):
                raise UsageError(f"{name}: {MOST_VALUES if name in MANY else 'only 1'} value at most may be given")
        return cls(**known)

    def of_events(self) -> list[ColumnElement[bool]]:
        """Conditions on rows of `event`."""
        out = self._common(event, "event")
        if self.type:
            kinds = [v.partition("/") for v in values(self.type)]
            out.append(or_(*(
                and_(event.c.type == kind, event.c.mode == mode) if slash else event.c.type == kind
                for kind, slash, mode in kinds
            )))  # fmt: skip
        if self.mode:
            out.append(event.c.mode.in_(values(self.mode)))
        if self.killed is not None:
            out.append(event.c.killed_min >= self.killed)
        return out

    def of_control(self) -> list[ColumnElement[bool]]:
        """Conditions on rows of `control`; filters that only events know let nothing through."""
        out = self._common(control, "control")
        if self.type or self.mode or self.killed is not None:
            out.append(false())
        return out

    def of_ties(self) -> list[ColumnElement[bool]]:
        """Conditions on rows of `tie`: parties, outlet, days of publication; what ties lack lets nothing through."""
        out: list[ColumnElement[bool]] = []
        lacking = (self.role, self.type, self.mode, self.place, self.country, self.status, self.narrator)
        if any(lacking) or self.killed is not None:
            out.append(false())
        for value, column in ((self.actor, "actor"), (self.side, "side")):
            if value:
                wanted = actor_ids(value) if column == "actor" else side_names(value)
                out.append(_has_party(tie, "tie", party.c[column].in_(wanted), None))
        if self.hand:
            out.append(tie.c.hand.is_not(None))
        out.extend(_reported(tie, self._of_source()))
        return out

    def of_reports(self) -> list[ColumnElement[bool]]:
        """Conditions on rows of `report`: those that hold at least one such event, and their outlet and day."""
        inner = msgspec.structs.replace(self, outlet=None)
        if any(getattr(inner, f) for f in self.__struct_fields__ if f not in ("since", "until", "outlet")):
            out: list[ColumnElement[bool]] = [
                report.c.n.in_(select(event.c.report_n).where(*inner.of_events()).correlate(None))
            ]
            return out + ([report.c.outlet.in_(values(self.outlet))] if self.outlet else [])
        return self._of_source()

    def _of_source(self) -> list[ColumnElement[bool]]:
        out: list[ColumnElement[bool]] = []
        if self.outlet:
            out.append(report.c.outlet.in_(values(self.outlet)))
        if self.since:
            out.append(report.c.day_to >= self.since)
        if self.until:
            out.append(report.c.day_from <= self.until)
        return out

    def _common(self, table: Table, kind: str) -> list[ColumnElement[bool]]:
        out: list[ColumnElement[bool]] = []
        if self.actor:
            out.append(_has_party(table, kind, party.c.actor.in_(actor_ids(self.actor)), self.role))
        if self.side:
            out.append(_has_party(table, kind, party.c.side.in_(side_names(self.side)), self.role))
        if self.narrator:
            out.append(_has_party(table, kind, party.c.actor.in_(actor_ids(self.narrator)), "narrator"))
        if self.place:
            out.append(_at(table, kind, at_place(self.place, place)))
        if self.country:
            out.append(_at(table, kind, place.c.country.in_(values(self.country.upper()))))
        if self.status:
            out.append(table.c.status.in_(values(self.status)))
        if self.hand:
            out.append(table.c.hand.is_not(None))
        if self.since:
            out.append(or_(table.c.day_to >= self.since, _undated(table, report.c.day_to >= self.since)))
        if self.until:
            out.append(or_(table.c.day_from <= self.until, _undated(table, report.c.day_from <= self.until)))
        if self.outlet:
            out.extend(_reported(table, [report.c.outlet.in_(values(self.outlet))]))
        return out


def _undated(table: Table, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(table.c.day_from.is_(None), *_reported(table, [condition]))


def _reported(table: Table, conditions: list[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    if not conditions:
        return []
    return [table.c.report_n.in_(select(report.c.n).where(*conditions).correlate(None))]


def _at(table: Table, kind: str, where: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a row has such a place. The places are looked up once, by name, and not again for each row."""
    return table.c.n.in_(select(place.c.of_n).where(place.c.kind == kind, where).correlate(None))


def _has_party(table: Table, kind: str, which: ColumnElement[bool], role: str | None) -> ColumnElement[bool]:
    wanted = [party.c.kind == kind, which]
    if role:
        wanted.append(party.c.role == role)
    elif kind != "tie":
        wanted.append(party.c.role != "narrator")
    return table.c.n.in_(select(party.c.of_n).where(*wanted).correlate(None))


def _day(name: str, value: str) -> str:
    """A day, or the first or last day of a month or year."""
    m = _DAY.fullmatch(value.strip())
    try:
        if m is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in m.groups())
        if not month:
            month = 12 if name == "until" else 1
        if not day:
            day = monthrange(year, month)[1] if name == "until" else 1
        return date(year, month, day).isoformat()
    except ValueError:
        raise UsageError(f"{name}: {value!r} is no date; write it as 2018-03-26, 2018-03 or 2018") from None


def joined(value: Any) -> Any:
    """Several values as a field holds them; what is no list stays as it is."""
    return "|".join(str(v) for v in value if v not in (None, "")) if isinstance(value, list | tuple) else value


def values(value: str | None) -> list[str]:
    """The values that a field holds."""
    return [v.strip() for v in (value or "").split("|") if v.strip()]


def actor_ids(named: str) -> list[str]:
    """The ids that an id or a name, or several joined by `|`, stand for. Raises UsageError when the codebook knows
    nobody of such a name."""
    return sorted({id for name in values(named) for id in _ids(name)})


@lru_cache(maxsize=4096)
def _ids(named: str) -> list[str]:
    if _ID.fullmatch(named) or named.startswith("MEDIA:"):
        return [named]
    from musnad.arabic.text import tokenize
    from musnad.coding.actor_mentions import ReportContext
    from musnad.coding.actors import find_actors

    found = {
        m.id
        for m in find_actors(tokenize(named), named, _actors(), ReportContext(None, None, None))
        if m.id and m.id != "ANON" and m.end - m.start >= 0.6 * len(named.strip())
    }
    wanted = named.strip().casefold()
    found |= _english().get(wanted, set())
    if not found:
        raise UsageError(f"actor: the codebook knows no party called {named!r}; ids look like SDF or RUS-MIL")
    return sorted(found)


@lru_cache(maxsize=1)
def _actors() -> ActorBook:
    """The codebook's actors; reading them takes a moment."""
    from musnad.codebook import load

    return load().actors


@lru_cache(maxsize=1)
def _english() -> dict[str, set[str]]:
    """Ids by the English names of named parties, in lower case."""
    from musnad.codebook.table import DATA, read_table

    named: dict[str, set[str]] = {}
    for r in read_table(DATA / "actors.tsv", ("id", "english")):
        named.setdefault(r.cells["english"].casefold(), set()).add(r.cells["id"])
    return named


def side_names(named: str) -> list[str]:
    """The sides that an id or a name, or several joined by `|`, stand for."""
    return [name if name.endswith("-STATE") else side_of(actor_ids(name)[0]) for name in values(named)]


@lru_cache(maxsize=4096)
def places_meant(named: str) -> tuple[str | None, tuple[str, ...], str | None]:
    """What a name of a place means: (country when it is one, names, country of the names)."""
    from musnad.codebook import load
    from musnad.coding.places import resolve_place

    book = load().places
    found = resolve_place(named, book)
    if found is None:
        wanted = named.strip().casefold()
        same = [e for e in book.entries if e.name.casefold() == wanted]
        if not same:
            return None, (named.strip(),), None
        entry = max(same, key=lambda e: (e.weight, e.id))
        kind, name, country = entry.kind, entry.name, entry.country
    else:
        kind, name, country = found.kind, found.name, found.country
    if kind == "country":
        return country, (), None
    names = {name}
    if kind in ("province", "region"):
        bare = re.sub(r" (Governorate|Province|State|Oblast|Region)$", "", name)
        names |= {e.name for e in book.entries if e.country == country and e.province in (name, bare)}
    return None, tuple(sorted(names)), country


def at_place(named: str, table: Table) -> ColumnElement[bool]:
    """Condition on a table with a place's name and country: that it lies at the place, or in it."""
    return or_(*(_at_one(name, table) for name in values(named)))


def _at_one(named: str, table: Table) -> ColumnElement[bool]:
    country, names, of = places_meant(named)
    if country is not None:
        return table.c.country == country
    column = table.c.name if "name" in table.c else table.c.place_name
    met = column.in_(names)
    return and_(met, table.c.country == of) if of else met


def place_names(named: str) -> tuple[tuple[str, ...], str | None]:
    """The names of places that a name (or several, joined by `|`) means, and their country when one is known."""
    meant = [(name, places_meant(name)) for name in values(named)]
    names = tuple(n for name, (_, inside, _) in meant for n in inside or (name,))
    countries = {country or of for _, (country, _, of) in meant}
    return names, countries.pop() if len(countries) == 1 else None
