"""Parties as hand-coded sheets name them, in ACLED's manner, as sides: `Military Forces of Syria (2000-2024)`,
`Civilians (Yemen)`, `HTS: Hayat Tahrir al-Sham`, and `Russia: army` as our own export writes it."""

from __future__ import annotations

import re
from functools import lru_cache

from musnad.archive.query import actor_ids
from musnad.errors import UsageError
from musnad.show.labels import labels
from musnad.show.names import country_named
from musnad.sides import side

OF_STATES = (
    (re.compile(r"(?:military|armed) forces of (.+)"), "MIL"),
    (re.compile(r"police forces of (.+)"), "COP"),
    (re.compile(r"government of (.+)"), "GOV"),
    (re.compile(r"(?:civilians|protesters|rioters) \((.+)\)"), "CVL"),
)
YEARS = re.compile(r"\s*\([0-9]{4}-[0-9]*\)")
BRACKET = re.compile(r"\s*\([^()]*\)$")


@lru_cache(maxsize=8192)
def sides_named(actor: str) -> frozenset[str]:
    """The sides that a sheet's name may stand for; none when the codebook does not know it."""
    name = YEARS.sub("", actor).strip()
    for pattern, sector in OF_STATES:
        found = pattern.fullmatch(name.casefold())
        if found is not None:
            land = country_named(BRACKET.sub("", found[1]))
            return frozenset() if land is None else frozenset({side(f"{land}-{sector}")})
    before, colon, after = name.partition(": ")
    land = country_named(before) if colon else None
    sector_named = _sectors().get(after.casefold())
    if land is not None and sector_named is not None:
        return frozenset({side(f"{land}-{sector_named}")})
    for part in dict.fromkeys((name, BRACKET.sub("", name), BRACKET.sub("", after))):
        try:
            return frozenset(side(x) for x in actor_ids(part))
        except UsageError:
            continue
    return frozenset()


@lru_cache(maxsize=1)
def _sectors() -> dict[str, str]:
    return {
        words["en"].casefold(): key.removeprefix("sector.")
        for key, words in labels().items()
        if key.startswith("sector.")
    }
