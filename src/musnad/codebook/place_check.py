"""What may be wrong in the place tables: points outside their country, kinds nobody knows, names told twice."""

from __future__ import annotations

from musnad.codebook.geometry import from_line, inside
from musnad.codebook.places import PlaceBook, PlaceEntry

CLAIMED = {"UKR": ("RUS",), "SYR": ("ISR",), "PSE": ("ISR",), "ESH": ("MAR",), "SDN": ("EGY",), "PAK": ("IND", "CHN")}
"""Countries part of whose land the outlines give to another."""
ASTRAY = 20.0
"""Kilometres over a border that are forgiven: outlines are thinned, and crossings lie on them."""


def check(book: PlaceBook) -> list[str]:
    """Faults of our own tables, one line each, with file and line."""
    out: list[str] = []
    seen: dict[tuple[str, str, str], PlaceEntry] = {}
    for entry in book.entries:
        if not entry.source.startswith("places_") or entry.kind == "country":
            continue
        if entry.kind not in book.sets["kind"]:
            out.append(f"{entry.source}: unknown kind {entry.kind}")
        key = (entry.country, entry.name, entry.kind)
        twin = seen.setdefault(key, entry)
        if twin is not entry:
            out.append(f"{entry.source}: {entry.name} ({entry.kind}) stands at {twin.source} too")
        if entry.lat is not None and entry.km is None:
            out.append(f"{entry.source}: {entry.name} has a point but no radius")
        where = _elsewhere(book, entry)
        if where:
            out.append(f"{entry.source}: {entry.name} lies in {where}, not in {entry.country}")
    return out


def _elsewhere(book: PlaceBook, entry: PlaceEntry) -> str | None:
    """The country that an entry's point lies in, when that is plainly another than its own."""
    lat, lon = entry.lat, entry.lon
    if lat is None or lon is None or entry.country not in book.outlines or entry.kind in {"region", "river", "island"}:
        return None
    if entry.name in book.sets["enclave"] or _inside(book, entry.country, lat, lon):
        return None
    for other in book.outlines:
        if other not in CLAIMED.get(entry.country, ()) and _inside(book, other, lat, lon):
            rings = book.outlines[entry.country]
            if min(from_line((lat, lon), (*ring, ring[0]))[0] for ring in rings) > ASTRAY + (entry.km or 0.0):
                return other
    return None


def _inside(book: PlaceBook, country: str, lat: float, lon: float) -> bool:
    return any(inside((lat, lon), ring) for ring in book.outlines.get(country, ()))
