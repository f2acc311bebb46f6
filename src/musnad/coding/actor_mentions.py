"""The nouns of actor finding: the context of a report, a mention, and the small facts about ids that all steps
share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

STATE = frozenset(("GOV", "MIL", "COP", "SPY", "JUD", "LEG"))
SECTORS = STATE | frozenset(
    [
        "PTY",
        "OPP",
        "REB",
        "PRM",
        "UAF",
        "CRM",
        "CVL",
        "REF",
        "JRN",
        "HLH",
        "EDU",
        "REL",
        "BUS",
        "LAB",
        "NGO",
        "HRI",
        "IGO",
    ]
)
ACTS_OF_FORCE = frozenset(("ASSAULT", "MOBILIZE", "RETREAT"))
ABROAD = frozenset(["USA", "RUS", "ISR", "TUR", "GBR", "FRA", "IRN", "SAU", "ARE", "UKR"])
"""States whose people, named as doers of an act of force (الأميركيون قصفوا), are their forces."""


class Context(Protocol):
    """What is known of the report as a whole. `country` is the one it is mostly about (ISO3, '' if none)."""

    @property
    def published(self) -> date | str | None: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class ReportContext:
    """A plain `Context`."""

    published: date | None = None
    outlet: str | None = None
    country: str | None = None


@dataclass(slots=True)
class ActorMention:
    """A phrase that can be a party. Tokens `first` to `last`, both included; `start` leaves out و ف ب ل where it can.

    `kind`: entity, role, person, country, adjective, victims, source, anaphor, possessive or media. `head` is the head
    noun's token, `head_class` its class (see roles.tsv). `owner` is the id of the party or country that the phrase
    belongs to, '' if none is told. `flex`: the id's sector depends on the act (see `id_for`). `heads` and `words` are
    the role nouns and the normal forms by which later words refer back to this mention. `part` is the owner inside the
    phrase, as the body's start and end and its id: حماس in الشرطة التابعة لحماس.
    """

    first: int
    last: int
    start: int
    end: int
    id: str
    kind: str
    number: str
    head: int
    head_class: str
    definite: bool = False
    flex: bool = False
    owner: str = ""
    because: tuple[str, ...] = ()
    heads: frozenset[int] = frozenset()
    words: tuple[str, ...] = ()
    part: tuple[int, int, str] | None = None

    def id_for(self, event_type: str, role: str = "") -> str:
        """The id in an event of this type, as its actor or recipient ('' if not known).

        A country's name or adjective on an act of force means its forces, in other acts its government; its people
        (الأميركيون) speak for it when they act. Struck or moving, a country's name is still its government.
        Palestine has no army: its force is that of armed groups, and what is struck is its people.
        """
        if not self.flex:
            return self.id
        country, _, sector = self.id.partition("-")
        force = event_type in ACTS_OF_FORCE
        if country == "PSE" and force and self.kind == "adjective" and self.head_class != "people":
            return "PSE-CVL" if role == "recipient" else "PSE-RES"
        if self.head_class == "people":
            if role == "recipient" or event_type == "PROTEST":
                return self.id
            if force:
                return country + ("-MIL" if country in ABROAD and role == "actor" else "-CVL")
            return country + "-GOV" if country in ABROAD or role == "actor" else self.id
        if self.kind in ("country", "possessive"):
            return country + "-MIL" if event_type == "ASSAULT" and role != "recipient" else self.id
        if force and sector == "GOV":
            return country + "-MIL"
        if not force and sector == "MIL" and event_type != "COERCE":
            return country + "-GOV"
        return self.id


@dataclass(slots=True)
class Phrase:
    """A noun phrase as parsed: tokens up to `last`, the id, and what the id came from. `id` '' means no party."""

    last: int
    id: str
    kind: str
    cls: str
    number: str
    head: int
    definite: bool
    owner: str = ""
    country: str = ""
    heads: frozenset[int] = frozenset()
    because: tuple[str, ...] = ()
    flex: bool = False
    part: tuple[int, int, str] | None = None


def country_of(rid: str) -> str:
    """The country of a COUNTRY-SECTOR id, '' for a named group."""
    head, _, tail = rid.partition("-")
    return head if len(head) == 3 and head.isupper() and tail in SECTORS else ""


def is_state(rid: str) -> bool:
    """Is this an organ of a state?"""
    head, _, tail = rid.partition("-")
    return len(head) == 3 and tail in STATE


_CLASS_OF_SECTOR = {
    "MIL": "force", "GOV": "government", "COP": "police", "SPY": "spy", "JUD": "court", "LEG": "parliament",
    "PTY": "party", "OPP": "opposition", "IGO": "igo", "HRI": "rights", "NGO": "ngo", "HLH": "medic", "JRN": "media",
    "CVL": "civilian", "REL": "clergy", "BUS": "business", "LAB": "labour", "CRM": "criminal",
}  # fmt: skip


def class_of(sector: str) -> str:
    """The head class of a named party, by its sector."""
    return _CLASS_OF_SECTOR.get(sector, "group")


def day_of(published: date | str | None) -> date | None:
    """The day of publication, or None when the report does not tell it."""
    if not isinstance(published, str):
        return published
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None
