"""Where the report speaks of: every mention of a place, with what is known of it.

`find_places` reads a text in passes: the names of the codebook with the words around them (place_names), which place
each means (place_choice), what is told without such a name (place_unnamed), what points back (place_back).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from musnad.arabic.text import Token, tokenize
from musnad.codebook.places import PlaceBook
from musnad.coding.place_back import BackReader
from musnad.coding.place_model import PlaceMention

__all__ = ["PlaceMention", "country_near", "find_places", "focus_country", "resolve_place"]


def find_places(
    tokens: Sequence[Token],
    body: str,
    book: PlaceBook,
    context: Any = None,
    exclude: Sequence[tuple[int, int]] = (),
    is_verb: Callable[[Token], bool] | None = None,
) -> list[PlaceMention]:
    """All mentions of places in a text, in its order.

    `exclude` lists token ranges (both ends included) that name something else, such as organisations. `context` may
    have a `country`: the country that the report is known to be about. `is_verb` tells which words are verbs: no
    unknown name begins with one (مدن يسيطر عليها).
    """
    reader = BackReader(tokens, body, book, exclude, False, getattr(context, "country", None))
    reader.is_verb = is_verb
    return _read(reader)


def resolve_place(text: str, book: PlaceBook, country: str | None = None) -> PlaceMention | None:
    """What words that are known to name a place mean (a cell of a table, a search, a user's correction).

    `country` tells which country is meant when several have a place of the name.
    """
    found = _read(BackReader(tokenize(text), text, book, (), True, country))
    return max(found, key=lambda m: (m.end - m.start, -m.start)) if found else None


def focus_country(mentions: Sequence[PlaceMention]) -> str | None:
    """The country that most mentions lie in; None when there are none."""
    count: Counter[str] = Counter(m.country for m in mentions if m.country != "XXX")
    return min(count, key=lambda c: (-count[c], c)) if count else None


def country_near(mentions: Sequence[PlaceMention], start: int) -> str | None:
    """The country of words at a character offset that name no place themselves (منزله, أرض فضاء): that of the mention
    that stands nearest, one before rather than one after."""
    told = [m for m in mentions if m.country != "XXX"]
    if not told:
        return None
    return min(told, key=lambda m: start - m.end if m.end <= start else 2 * max(0, m.start - start)).country


def _read(reader: BackReader) -> list[PlaceMention]:
    mentions = reader.chosen(reader.names())
    others = reader.others(mentions)
    for m in others:
        if m.form == "border":
            m.inner = tuple(x for x in mentions if m.first <= x.first and x.last <= m.last)
            mentions = [x for x in mentions if not (m.first <= x.first and x.last <= m.last)]
    mentions.extend(others)
    mentions.sort(key=lambda m: (m.first, -m.last))
    return mentions
