"""Parts and sides of places: where the east of the Euphrates, the north of Syria or a border strip lies.

"ريف دير الزور الشرقي" has no point in any gazetteer. Its area is computed from what the codebook knows: the towns of
the province, the outline of the country, the line of the river or the border.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import msgspec

from musnad.codebook.geometry import Point, distance_km, from_line, inside
from musnad.codebook.places import PlaceBook, PlaceEntry


class Area(msgspec.Struct, frozen=True):
    """A stretch of land: its centre, the radius that holds most of it, and its box (south, west, north, east)."""

    lat: float
    lon: float
    radius_km: float
    bbox: tuple[float, float, float, float]


def of_points(points: Sequence[Point], margin_km: float = 0.0) -> Area:
    """The area that the points cover: centre at their mean, radius at nine tenths of their distances."""
    lat = sum(p[0] for p in points) / len(points)
    lon = sum(p[1] for p in points) / len(points)
    far = sorted(distance_km(lat, lon, *p) for p in points)
    radius = far[min(len(far) - 1, int(0.9 * len(far)))] + margin_km
    return Area(
        round(lat, 3), round(lon, 3), round(radius, 1),
        (
            round(min(p[0] for p in points), 3), round(min(p[1] for p in points), 3),
            round(max(p[0] for p in points), 3), round(max(p[1] for p in points), 3),
        ),
    )  # fmt: skip


def around(lat: float, lon: float, radius_km: float) -> Area:
    """A circle."""
    dlat = radius_km / 111.2
    dlon = dlat / max(0.1, math.cos(math.radians(lat)))
    return Area(
        round(lat, 3), round(lon, 3), round(radius_km, 1),
        (round(lat - dlat, 3), round(lon - dlon, 3), round(lat + dlat, 3), round(lon + dlon, 3)),
    )  # fmt: skip


def shifted(lat: float, lon: float, bearing: int, km: float) -> Point:
    """The point so many kilometres away in a direction."""
    angle = math.radians(bearing)
    dlat = km * math.cos(angle) / 111.2
    dlon = km * math.sin(angle) / (111.2 * max(0.1, math.cos(math.radians(lat))))
    return lat + dlat, lon + dlon


def side_of(points: Sequence[Point], bearing: int | None, share: float = 0.4) -> list[Point]:
    """The points that lie farthest in a direction; the middle ones when there is none."""
    lat = sum(p[0] for p in points) / len(points)
    lon = sum(p[1] for p in points) / len(points)
    squeeze = math.cos(math.radians(lat))
    if bearing is None:
        ranked = sorted(points, key=lambda p: math.hypot(p[0] - lat, (p[1] - lon) * squeeze))
    else:
        angle = math.radians(bearing)
        ranked = sorted(
            points, key=lambda p: -((p[0] - lat) * math.cos(angle) + (p[1] - lon) * squeeze * math.sin(angle))
        )
    return ranked[: max(1, round(share * len(points)))]


def grid(book: PlaceBook, country: str) -> list[Point]:
    """Some two hundred points spread over a country."""
    return _grid(book.outlines.get(country, ()))


@cache
def _grid(rings: tuple[tuple[Point, ...], ...]) -> list[Point]:
    if not rings:
        return []
    ring = max(
        rings,
        key=lambda r: (max(p[0] for p in r) - min(p[0] for p in r)) * (max(p[1] for p in r) - min(p[1] for p in r)),
    )
    south, north = min(p[0] for p in ring), max(p[0] for p in ring)
    west, east = min(p[1] for p in ring), max(p[1] for p in ring)
    steps = 20
    points = [
        (south + (north - south) * (i + 0.5) / steps, west + (east - west) * (j + 0.5) / steps)
        for i in range(steps)
        for j in range(steps)
    ]
    return [p for p in points if inside(p, ring)] or [ring[0]]


def province_points(book: PlaceBook, country: str, province: str) -> list[Point]:
    """The points of all places that the codebook knows in a province."""
    return [
        (e.lat, e.lon)
        for e in book.entries
        if e.country == country
        and e.province == province
        and e.lat is not None
        and e.lon is not None
        and (e.km or 0) < 20
    ]


def side_of_country(book: PlaceBook, country: str, bearing: int | None) -> Area | None:
    """The north, south-east ... or middle of a country, from its outline."""
    points = grid(book, country)
    return of_points(side_of(points, bearing)) if points else None


def side_of_place(book: PlaceBook, entry: PlaceEntry, bearing: int | None, countryside: bool) -> Area | None:
    """A side or the countryside of a town or province.

    A province (or the countryside of its capital) is as wide as its towns lie; a town's side is a strip beside it.
    """
    if entry.kind == "country":
        return side_of_country(book, entry.country, bearing)
    if entry.lat is None or entry.lon is None:
        return None
    wide = entry.kind in {"province", "region", "district"} or (countryside and entry.name == entry.province)
    if wide:
        points = province_points(book, entry.country, entry.province or entry.name)
        if len(points) >= 6:
            return of_points(points if bearing is None else side_of(points, bearing), 5.0)
    extent = max(entry.km or 5.0, 5.0)
    reach = 25.0 if countryside else extent + 8.0
    if bearing is None:
        return around(entry.lat, entry.lon, reach if countryside else extent)
    lat, lon = shifted(entry.lat, entry.lon, bearing, reach * 0.7)
    return around(lat, lon, reach)


def side_of_river(book: PlaceBook, river: str, bearing: int, country: str) -> Area | None:
    """The land of a country on one side of a river, no more than 120 km from it.

    The rivers of the codebook run downstream; of a river that runs south-east, the left bank is its north and east.
    """
    line = book.rivers.get(river)
    points = grid(book, country)
    if not line or not points:
        return None
    angle = math.radians(bearing)
    near = []
    banks: dict[bool, float] = {True: 0.0, False: 0.0}
    for p in points:
        km, left = from_line(p, line)
        if km < 120:
            near.append((p, left))
            foot = min(line, key=lambda q: distance_km(*p, *q))
            banks[left] += (p[0] - foot[0]) * math.cos(angle) + (p[1] - foot[1]) * math.sin(angle)
    wanted = banks[True] > banks[False]
    chosen = [p for p, left in near if left == wanted]
    return of_points(chosen) if chosen else None


def along_border(book: PlaceBook, a: str, b: str) -> Area | None:
    """The strip along the border of two countries."""
    line = book.borders.get((a, b) if a < b else (b, a))
    if not line:
        return None
    even: list[Point] = []
    for (y1, x1), (y2, x2) in pairwise(line):
        steps = max(1, round(distance_km(y1, x1, y2, x2) / 10))
        even.extend((y1 + (y2 - y1) * k / steps, x1 + (x2 - x1) * k / steps) for k in range(steps))
    even.append(line[-1])
    return of_points(even, 10.0)
