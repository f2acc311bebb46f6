"""What is asked of an archive besides words: who, where, when, of what kind, told by whom.

One filter serves search, incidents, exports, pages and the API. `Filter.parse` reads it from words as users give them
(names in Arabic or English, ids, days) and refuses what it does not understand; `conditions` turns it into clauses of
SQL with bound values.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, get_args

import msgspec
from sqlalchemy import ColumnElement, Table, and_, or_, select

from musnad.archive import tables as t
from musnad.archive.naming import PlaceSet, actors_named, countries_named, places_named
from musnad.codebook.book import Codebook
from musnad.errors import UsageError
from musnad.record import Change, EventType, Status
from musnad.sides import side

Kind = Literal["event", "control", "tie", "presence"]
KINDS: tuple[str, ...] = get_args(Kind)
ROLES = ("actor", "recipient", "holder", "former", "a", "b", "narrator")
FIELDS = (
    "text", "actor", "role", "side", "type", "mode", "place", "country", "since", "until", "status", "outlet",
    "narrator", "killed", "injured", "kind", "change", "report",
)  # fmt: skip
_TABLES: dict[str, Table] = {"event": t.event, "control": t.control, "tie": t.tie, "presence": t.presence}
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MODE = re.compile(r"[a-z][a-z-]*")


class Filter(msgspec.Struct, frozen=True):
    """What is asked for. Values of one field are alternatives; fields must all hold.

    `actor` and `narrator` hold actor ids, `RUS-*` for all of a country; `side` holds sides. `role` says in which part
    the actors or sides must stand (any but narrator when empty). `places` are resolved names. `since` and `until` are
    ISO days, both included. `killed` and `injured` ask for at least that many. `change` is of control records,
    `report` are ids of reports. `kind` says which records are asked for.
    """

    text: str = ""
    actor: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    place: tuple[PlaceSet, ...] = ()
    country: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    status: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    narrator: tuple[str, ...] = ()
    killed: int | None = None
    injured: int | None = None
    kind: Kind = "event"
    change: tuple[str, ...] = ()
    report: tuple[str, ...] = ()

    @staticmethod
    def parse(asked: Mapping[str, object], book: Codebook | None = None) -> Filter:
        """Read a filter from words: each value a text (alternatives separated by commas or |), a number or a list.

        `book` is the codebook whose names are understood (the program's own when None). Empty values are passed over.
        Raises UsageError that names the field and what was not understood.
        """
        for name in asked:
            if name not in FIELDS:
                raise UsageError(f"no filter is called {name}; there are: {', '.join(FIELDS)}")
        given = {name: value for name, value in asked.items() if value not in (None, "", (), [])}
        if book is None and given.keys() & {"actor", "side", "place", "country", "narrator"}:
            from musnad.codebook import load

            book = load()
        out: dict[str, Any] = {}
        for name, value in given.items():
            if name == "text":
                out[name] = str(value)
            elif name in ("since", "until"):
                out[name] = parse_day(name, str(value), last=name == "until")
            elif name in ("killed", "injured"):
                out[name] = _number(name, value)
            else:
                found = _VALUES[name](name, _list(name, value), book)
                if name == "kind" and len(found) > 1:
                    raise UsageError("kind must be one of " + ", ".join(KINDS))
                out[name] = found[0] if name == "kind" else tuple(dict.fromkeys(found))
        read = Filter(**out)
        if read.since and read.until and read.since > read.until:
            raise UsageError(f"since {read.since} is after until {read.until}")
        if read.role and not (read.actor or read.side):
            raise UsageError("role says in which part an actor stands; give an actor or a side with it")
        return read

    def conditions(self, kind: Kind | None = None) -> list[ColumnElement[bool]]:
        """Clauses on the table of `kind` (`self.kind` when None), all of which must hold; [] when nothing is asked.

        `text` is not among them: that is for search. What a table has no column for (the mode of a control record)
        can hold for none of its rows, so the clause is false there.
        """
        kind = kind or self.kind
        rows = _TABLES[kind]
        out: list[ColumnElement[bool]] = []
        for column, values in (
            ("type", self.type), ("mode", self.mode), ("status", self.status), ("change", self.change),
        ):  # fmt: skip
            if values:
                out.append(_column(rows, column, values))
        for who, sides in ((self.actor, False), (self.side, True)):
            if who:
                out.append(self._party(rows, kind, who, self.role, of_sides=sides))
        if self.narrator:
            out.append(self._party(rows, kind, self.narrator, ("narrator",), of_sides=False))
        if self.place or self.country:
            out += self._places(rows, kind)
        if self.since:
            out.append(rows.c.day_to >= self.since if "day_to" in rows.c else _never(rows))
        if self.until:
            out.append(rows.c.day_from <= self.until if "day_from" in rows.c else _never(rows))
        for column, least in (("killed_min", self.killed), ("injured_min", self.injured)):
            if least is not None:
                out.append(rows.c[column] >= least if column in rows.c else _never(rows))
        if self.outlet or self.report:
            out.append(rows.c.report_n.in_(select(t.report.c.n).where(*self._of_source())))
        return out

    def of_reports(self) -> list[ColumnElement[bool]]:
        """Clauses on the table `report`: its outlet and day of publication, and that it holds a record asked for."""
        out = self._of_source()
        if self.since:
            out.append(t.report.c.published >= self.since)
        if self.until:
            out.append(t.report.c.published <= self.until + "\uffff")  # published may carry a time of day
        bare = msgspec.structs.replace(self, since=None, until=None, outlet=(), report=())
        inner = bare.conditions()
        if inner:
            out.append(t.report.c.n.in_(select(_TABLES[self.kind].c.report_n).where(*inner)))
        return out

    def _of_source(self) -> list[ColumnElement[bool]]:
        out: list[ColumnElement[bool]] = []
        if self.outlet:
            out.append(t.report.c.outlet.in_(self.outlet))
        if self.report:
            out.append(t.report.c.id.in_(self.report))
        return out

    def _party(
        self, rows: Table, kind: str, who: tuple[str, ...], roles: tuple[str, ...], *, of_sides: bool
    ) -> ColumnElement[bool]:
        party = t.party
        column = party.c.side if of_sides else party.c.actor
        plain = [one for one in who if not one.endswith("-*")]
        clauses: list[ColumnElement[bool]] = [column.in_(plain)] if plain else []
        for one in who:
            if one.endswith("-*"):
                clauses += [column == one[:-2], column.startswith(one[:-1], autoescape=True)]
        where = [party.c.kind == kind, or_(*clauses)]
        where.append(party.c.role.in_(roles) if roles else party.c.role != "narrator")
        return rows.c.n.in_(select(party.c.of_n).where(*where))

    def _places(self, rows: Table, kind: str) -> list[ColumnElement[bool]]:
        if kind == "tie":
            return [_never(rows)]
        place = t.place
        out: list[ColumnElement[bool]] = []
        if self.place:
            clauses: list[ColumnElement[bool]] = []
            for one in self.place:
                if not one.names:
                    clauses.append(place.c.country == one.country)
                elif one.country:
                    clauses.append(and_(place.c.country == one.country, place.c.name.in_(one.names)))
                else:
                    clauses.append(place.c.name.in_(one.names))
            out.append(rows.c.n.in_(select(place.c.of_n).where(place.c.kind == kind, or_(*clauses))))
        if self.country:
            within = place.c.country.in_(self.country)
            out.append(rows.c.n.in_(select(place.c.of_n).where(place.c.kind == kind, within)))
        return out


def parse_day(name: str, value: str, *, last: bool = False) -> str:
    """A day as ISO text from a day, a month or a year: its first day, or its last. Raises UsageError."""
    m = _DAY.fullmatch(value.strip())
    try:
        if m is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in m.groups())
        if not month:
            month, day = (12, 31) if last else (1, 1)
        elif not day:
            date(year, month, 1)
            day = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, day).isoformat()
    except ValueError:
        raise UsageError(f"{name}: {value!r} is no date; write 2018-03-26, 2018-03 or 2018") from None


def _number(name: str, value: object) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch("[0-9]{1,9}", text):
        raise UsageError(f"{name}: {text!r} is no number; write how many at least, as 5")
    return int(text)


def _list(name: str, value: object) -> list[str]:
    if isinstance(value, str):
        values: Iterable[object] = re.split("[,،|]", value) if name not in ("outlet", "report") else value.split("|")
    elif isinstance(value, list | tuple | set | frozenset):
        values = value
    else:
        raise UsageError(f"{name}: {value!r} is not understood; give a text or a list of texts")
    out = [str(one).strip() for one in values]
    return [one for one in out if one]


def _one_of(allowed: tuple[str, ...]) -> Any:
    known = {one.casefold(): one for one in allowed}

    def read(name: str, values: list[str], book: Codebook | None) -> list[str]:
        for value in values:
            if value.casefold() not in known:
                raise UsageError(f"{name}: {value!r} is not known; it is one of {', '.join(allowed)}")
        return [known[value.casefold()] for value in values]

    return read


def _modes(name: str, values: list[str], book: Codebook | None) -> list[str]:
    for value in values:
        if not _MODE.fullmatch(value.casefold()):
            raise UsageError(f"{name}: {value!r} is no mode; a mode is a word as airstrike or small-arms")
    return [value.casefold() for value in values]


def _as_given(name: str, values: list[str], book: Codebook | None) -> list[str]:
    return values


def _actors(name: str, values: list[str], book: Codebook | None) -> list[str]:
    assert book is not None
    return [one for value in values for one in actors_named(book, name, value)]


def _sides(name: str, values: list[str], book: Codebook | None) -> list[str]:
    assert book is not None
    out = []
    for value in values:
        if re.fullmatch("[A-Za-z]{3}-STATE", value.upper()) and value[:3].upper() in book.places.countries:
            out.append(value.upper())
            continue
        for one in actors_named(book, name, value):
            out.append(one[:3] + "-STATE" if one.endswith("-*") else side(one))
    return out


def _places(name: str, values: list[str], book: Codebook | None) -> list[PlaceSet]:
    assert book is not None
    return [one for value in values for one in places_named(book, name, value)]


def _countries(name: str, values: list[str], book: Codebook | None) -> list[str]:
    assert book is not None
    return [one for value in values for one in countries_named(book, name, value)]


_VALUES: dict[str, Any] = {
    "actor": _actors,
    "narrator": _actors,
    "side": _sides,
    "place": _places,
    "country": _countries,
    "role": _one_of(ROLES),
    "type": _one_of(get_args(EventType)),
    "status": _one_of(get_args(Status)),
    "change": _one_of(get_args(Change)),
    "kind": _one_of(KINDS),
    "mode": _modes,
    "outlet": _as_given,
    "report": _as_given,
}


def _column(rows: Table, column: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    return rows.c[column].in_(values) if column in rows.c else _never(rows)


def _never(rows: Table) -> ColumnElement[bool]:
    return rows.c.n.is_(None)
