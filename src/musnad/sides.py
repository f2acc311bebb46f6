"""Which side an id stands for: the organs of one state act as one."""

from __future__ import annotations

import re
from functools import lru_cache

_STATE_ORGANS = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
_NOT_A_LETTER = re.compile(r"\W")


@lru_cache(maxsize=4096)
def side(actor: str | None) -> str:
    """The side an id stands for: the organs of one state are one side; media names are compared by their letters."""
    actor = actor or ""
    if actor.startswith("MEDIA:"):
        return "MEDIA:" + _NOT_A_LETTER.sub("", actor[6:]).casefold()
    country, _, sector = actor.partition("-")
    return f"{country}-STATE" if len(country) == 3 and sector in _STATE_ORGANS else actor
