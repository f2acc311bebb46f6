"""What an id stands for, in words: RUS-MIL is Russia's army, SDF the Syrian Democratic Forces."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files

from musnad.show.labels import LANGS, Lang, label, labels


@lru_cache(maxsize=4096)
def name(id: str, lang: Lang) -> str:
    """The words for an actor's id; the id itself where there are none in that language."""
    if id.startswith("MEDIA:"):
        return id.removeprefix("MEDIA:")
    if id == "ANON":
        return label("sector.ANON", lang)
    country, _, sector = id.partition("-")
    if f"sector.{sector}" in labels() and (country in _countries() or country == "XXX"):
        state = _countries().get(country, {}).get(lang) or label("sector.XXX", lang)
        return f"{state}: {label(f'sector.{sector}', lang)}"
    return _parties().get(id, id) if lang == "en" else id


def both_names(id: str) -> str:
    """The words for an id in both languages, for a hint on a page."""
    return " · ".join(dict.fromkeys(name(id, lang) for lang in LANGS))


def _rows(table: str) -> list[dict[str, str]]:
    text = files("musnad.codebook").joinpath("data", table).read_text("utf8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _parties() -> dict[str, str]:
    """Named parties by id; the first row of an id names it."""
    names: dict[str, str] = {}
    for row in _rows("actors.tsv"):
        names.setdefault(row["id"], row["english"])
    return names


@cache
def _countries() -> dict[str, dict[Lang, str]]:
    return {row["iso3"]: {"en": row["english"], "ar": row["names"].split("|")[0]} for row in _rows("countries.tsv")}
