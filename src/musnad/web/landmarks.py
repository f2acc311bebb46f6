"""Names that the map writes of its own, so that a reader knows where they are: provinces and large towns.

Provinces are labels only: no outlines of them are bundled. Points come from the tables of places, in degrees (WGS 84).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from musnad.codebook.table import DATA
from musnad.show.labels import Lang
from musnad.web import words

LARGE = 150_000
"""People of a town that is written."""
Label = tuple[str, float, float]
"""A name with its longitude and latitude."""


@cache
def landmarks(lang: Lang) -> dict[str, list[Label]]:
    """Provinces, and towns from the largest on."""
    provinces: list[Label] = []
    towns: list[tuple[int, Label]] = []
    for row in _rows():
        try:
            point = float(row["lon"]), float(row["lat"])
        except ValueError:
            continue  # a point that another entry gives, or none
        label: Label = (words.place(row["name"], row["country"], lang), *point)
        people = int(row.get("population") or 0)
        if row["kind"] == "province":
            provinces.append((_short(label[0]), *point))
        elif people >= LARGE:
            towns.append((people, label))
    towns.sort(key=lambda t: (-t[0], t[1]))
    return {"provinces": provinces, "towns": [label for _, label in towns]}


def _short(label: str) -> str:
    """A province's name without the word for province."""
    return label.removeprefix("محافظة ").removeprefix("ولاية ").removesuffix(" Governorate").removesuffix(" Province")


def _rows() -> Iterator[dict[str, str]]:
    """The rows of all tables of places that tell points."""
    for path in [*sorted(DATA.glob("places_*.tsv")), DATA / "gazetteer.tsv"]:
        with path.open(encoding="utf8") as lines:
            cells = (line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#"))
            header = next(cells)
            if {"name", "country", "kind", "lat", "lon"} <= set(header):
                yield from (dict(zip(header, row, strict=False)) for row in cells)
