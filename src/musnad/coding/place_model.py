"""The nouns of the place finder: a mention of a place, and a name found before it is known which place bears it."""

from __future__ import annotations

from dataclasses import dataclass, field

from musnad.codebook.places import Head, Part
from musnad.coding.areas import Area


@dataclass(slots=True)
class PlaceMention:
    """A mention of a place: tokens `first` to `last`, characters `start` to `end` of the body.

    `form` says how it was read: `name`, `head` (noun of place and name), `unknown` (a name that the codebook lacks),
    `part` (side, countryside, surroundings), `land`, `border`, `back` (المدينة, pointing back). `weak` marks a
    reading that needs support from its role: an ordinary word, or a country or capital that may stand for its
    government. `locative`: a preposition of place or a noun of place stands before it. `inner` holds the larger
    places named in it. `because` names the entry or the rule.
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    country: str
    lat: float | None
    lon: float | None
    precision_km: float | None
    kind: str
    province: str
    entry: str | None
    form: str
    weak: bool = False
    locative: bool = False
    inner: tuple[PlaceMention, ...] = ()
    area: Area | None = None
    because: str = ""


@dataclass(slots=True)
class RawName:
    """A name found. `ids` are the entries that bear it, `taken` the letters of the particles before it; `left` and
    `right` the tokens of the whole mention, with the noun before and the adjectives after; `cut` the letters of a
    glued token that belong to the name (0: all)."""

    first: int
    last: int
    taken: int
    ids: tuple[int, ...]
    key: str
    words: int
    heads: list[tuple[int, int, Head, bool]] = field(default_factory=list)
    """Nouns before it, nearest first: (token, letters taken off, noun, with article)."""
    part: tuple[int, int, Part, int | None] | None = None
    """(token, letters taken off, part, bearing)."""
    left: int = 0
    left_taken: int = 0
    right: int = 0
    bearing: int | None = None
    country: str | None = None
    listed: Head | None = None
    coordinated: bool = False
    cut: int = 0
