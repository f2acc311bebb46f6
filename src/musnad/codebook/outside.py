"""Whether a point lies in a country, and how far from it when it does not. Degrees in, kilometres out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Ring = Sequence[Point]

_KM = 111.2


def km_outside(point: Point, rings: Sequence[Ring]) -> float:
    """0 inside any of the rings (latitude, longitude), else the distance to the nearest of their lines."""
    if any(_inside(point, ring) for ring in rings):
        return 0.0
    return min((_to_line(point, a, b) for ring in rings for a, b in pairwise(ring)), default=math.inf)


def _inside(point: Point, ring: Ring) -> bool:
    lat, lon = point
    odd = False
    for (lat1, lon1), (lat2, lon2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (lat1 > lat) != (lat2 > lat) and lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1:
            odd = not odd
    return odd


def _to_line(point: Point, a: Point, b: Point) -> float:
    narrow = math.cos(math.radians(point[0]))
    ax, ay = (a[1] - point[1]) * narrow, a[0] - point[0]
    bx, by = (b[1] - point[1]) * narrow, b[0] - point[0]
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    part = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
    return _KM * math.hypot(ax + part * dx, ay + part * dy)
