"""Which actors, places and countries of the codebook a user means who writes an id or a name, Arabic or English."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from musnad.arabic.letters import norm
from musnad.arabic.text import tokenize
from musnad.codebook.book import Codebook
from musnad.errors import UsageError

PROVINCE = re.compile(r" (Governorate|Province|Region|State|Muhafazah)$")
_ID = re.compile(r"([A-Z]{3})-([A-Z0-9:]+)")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")


class PlaceSet(msgspec.Struct, frozen=True):
    """Places that a name stands for: `names` of one country; all of the country when `names` is empty; places of any
    country that bear the name when `country` is empty (a name that the codebook does not know)."""

    country: str
    names: tuple[str, ...]


def actors_named(book: Codebook, field: str, value: str) -> list[str]:
    """Actor ids for an id or name; `RUS-*` for a country. Raises UsageError when nothing is so called."""
    actors = book.actors
    if value.startswith("MEDIA:"):
        return [value]
    known = {entity.id for group in actors.entities.values() for entity in group}
    known |= {office.id for group in actors.persons.values() for office in group}
    upper = value.upper()
    if upper in known:
        return [upper]
    m = _ID.fullmatch(value)
    if value in known or (m and m[1] in book.places.countries):
        return [value]
    if upper in actors.countries:
        return [upper + "-*"]
    found: list[str] = []
    node: list[Any] | None = None
    for i, token in enumerate(tokenize(value)):
        node = (actors.trie if i == 0 else (node or [(), {}])[1] or {}).get(token.norm)
        if node is None:
            break
    for name in node[0] if node else ():
        if name.kind in ("entity", "quoted", "homely"):
            found += [entity.id for entity in actors.entities.get(name.of, ())]
        elif name.kind == "country":
            found.append(name.of + "-*")
        elif name.kind in ("person", "short"):
            found += [office.id for office in actors.persons.get(name.of, ())]
        elif name.kind == "media":
            found.append(name.of if name.of.startswith("MEDIA:") else "MEDIA:" + name.of)
    if not found:
        folded = value.casefold()
        found = [e.id for group in actors.entities.values() for e in group if e.english.casefold() == folded]
        found += [c.iso3 + "-*" for c in actors.countries.values() if c.english.casefold() == folded]
        found += [iso + "-*" for iso, c in book.places.countries.items() if c.name.casefold() == folded]
    if not found:
        raise UsageError(f"{field}: no actor is called {value!r}; give an id (SDF, RUS-MIL) or a name in the codebook")
    return list(dict.fromkeys(found))


def countries_named(book: Codebook, field: str, value: str) -> list[str]:
    """ISO codes for a code or a country's name. Raises UsageError."""
    places = book.places
    if value.upper() in places.countries:
        return [value.upper()]
    folded = value.casefold()
    found = [iso for iso, c in places.countries.items() if c.name.casefold() == folded]
    for i in places.names.get(_key(value), ()):
        if places.entries[i].kind == "country":
            found.append(places.entries[i].country)
    if not found:
        raise UsageError(f"{field}: no country is called {value!r}; give its name or its code (SYR)")
    return list(dict.fromkeys(found))


def places_named(book: Codebook, field: str, value: str) -> list[PlaceSet]:
    """The places that a name stands for: one place, all of a province, all of a country.

    A name in Arabic letters that the codebook lacks stands for itself. Raises UsageError for any other unknown name.
    """
    places = book.places
    if re.fullmatch("[A-Z]{3}", value) and value in places.countries:
        return [PlaceSet(value, ())]
    found = [places.entries[i] for i in places.names.get(_key(value), ())]
    if not found and value in places.by_id:
        found = [places.entries[places.by_id[value]]]
    if not found:
        folded = value.casefold()
        found = [e for e in places.entries if folded in (e.name.casefold(), PROVINCE.sub("", e.name).casefold())]
    out: list[PlaceSet] = []
    for entry in found:
        if entry.kind == "country":
            out.append(PlaceSet(entry.country, ()))
            continue
        names = [entry.name]
        if entry.kind == "province":
            inner = {entry.name, PROVINCE.sub("", entry.name)}
            names += [e.name for e in places.entries if e.country == entry.country and e.province in inner]
        out.append(PlaceSet(entry.country, tuple(sorted(set(names)))))
    if not out:
        if not _ARABIC.search(value):
            raise UsageError(f"{field}: no place is called {value!r} in the codebook; try its Arabic name")
        out.append(PlaceSet("", tuple(dict.fromkeys((value, norm(value))))))
    return list(dict.fromkeys(out))


def _key(name: str) -> str:
    return re.sub(r"\s+", "", norm(name)).casefold() if not _ARABIC.search(name) else re.sub(r"\s+", "", norm(name))
