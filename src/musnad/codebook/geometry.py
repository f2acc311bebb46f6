"""Plane geometry on degrees, good enough for the distances that matter here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance between two points in kilometres, good to a percent for the distances that matter here."""
    x = (lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    return 111.2 * math.hypot(x, lat2 - lat1)


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Whether a point lies within a closed line (even-odd rule)."""
    lat, lon = point
    odd = False
    for i in range(len(ring)):
        (y1, x1), (y2, x2) = ring[i - 1], ring[i]
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def from_line(point: Point, line: Sequence[Point]) -> tuple[float, bool]:
    """Distance in km from a line, and whether the point lies on its left (looking along the line)."""
    lat, lon = point
    squeeze = math.cos(math.radians(lat))
    best, left = math.inf, False
    for (y1, x1), (y2, x2) in pairwise(line):
        dy, dx = y2 - y1, (x2 - x1) * squeeze
        py, px = lat - y1, (lon - x1) * squeeze
        span = dx * dx + dy * dy
        t = max(0.0, min(1.0, (px * dx + py * dy) / span)) if span else 0.0
        d = math.hypot(py - t * dy, px - t * dx)
        if d < best:
            best, left = d, dx * py - dy * px > 0
    return 111.2 * best, left
