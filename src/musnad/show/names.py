"""What an id stands for, in words: RUS-MIL is Russia's army, SDF the Syrian Democratic Forces."""

from __future__ import annotations

from functools import cache, lru_cache

from musnad.codebook.table import DATA, read_table
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


def country(iso3: str, lang: Lang = "en") -> str:
    """The name of a country by its ISO 3166-1 alpha-3 code; the code itself where the codebook has no such country."""
    return _countries().get(iso3, {}).get(lang) or iso3


def country_named(english: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a country by its English name in any case; None when no country is so called."""
    wanted = english.strip().casefold()
    return next((iso3 for iso3, names in _countries().items() if names["en"].casefold() == wanted), None)


def both_names(id: str) -> str:
    """The words for an id in both languages, for a hint on a page."""
    return " · ".join(dict.fromkeys(name(id, lang) for lang in LANGS))


@cache
def _parties() -> dict[str, str]:
    """Named parties by id; the first row of an id names it."""
    names: dict[str, str] = {}
    for row in read_table(DATA / "actors.tsv", ("id", "english")):
        names.setdefault(row.cells["id"], row.cells["english"])
    return names


@cache
def _countries() -> dict[str, dict[Lang, str]]:
    rows = (row.cells for row in read_table(DATA / "countries.tsv", ("iso3", "english", "names")))
    return {row["iso3"]: {"en": row["english"], "ar": row["names"].split("|")[0]} for row in rows}
