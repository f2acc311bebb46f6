"""The nouns of a coded report: what happened, who holds what, who backs whom, and who says so.

They are immutable, and written as JSON exactly as the record format asks. All offsets are characters
(Unicode code points) into the report's body: `body[start:end] == text`. Coordinates are degrees, WGS 84.
"""

from __future__ import annotations

from typing import Literal

import msgspec

EventType = Literal[
    "ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST", "SANCTION", "THREATEN", "ACCUSE",
    "REJECT", "REQUEST", "CONSULT", "AGREE", "SUPPORT", "COOPERATE", "AID", "CONCEDE",
]  # fmt: skip
Status = Literal[
    "happened", "ongoing", "denied", "threatened", "planned", "demanded", "agreed", "possible", "hypothetical"
]
Change = Literal["holds", "gained", "lost", "contested"]
TieKind = Literal["backs", "part_of", "allied", "opposes"]
LinkKind = Literal["purpose", "cause", "answer", "after", "with"]
Toll = tuple[int, int | None]


class Span(msgspec.Struct, frozen=True):
    """Words of the body: `body[start:end] == text`."""

    start: int
    end: int
    text: str


class Actor(msgspec.Struct, frozen=True):
    """A party as the body names it. `id` is a named group (SDF) or COUNTRY-SECTOR (RUS-MIL)."""

    start: int
    end: int
    text: str
    id: str


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place as the body names it. `country` is ISO 3166-1 alpha-3.

    `lat` and `lon` are degrees (WGS 84); `precision_km` is the radius within which the true point lies.
    """

    start: int
    end: int
    text: str
    name: str
    country: str
    lat: float | None = None
    lon: float | None = None
    precision_km: float | None = None
    kind: str | None = None


class Means(msgspec.Struct, frozen=True):
    """A weapon or piece of equipment, with its class in the codebook (drone, artillery, ...)."""

    start: int
    end: int
    text: str
    kind: str


class TollGroup(msgspec.Struct, frozen=True, omit_defaults=True):
    """People of one group hurt by an event: `group` is civilians, children, women, fighters ...;
    `harm` is killed, injured, detained or displaced; `count` is [min, max]."""

    start: int
    end: int
    text: str
    group: str
    harm: str
    count: Toll


class Event(msgspec.Struct, frozen=True):
    """One act that the report tells, with the words for each part of it."""

    id: str
    trigger: Span
    type: EventType
    mode: str | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    places: tuple[Place, ...]
    date: str | None
    killed: Toll | None
    injured: Toll | None
    status: Status
    chain: tuple[Actor, ...]
    date_span: Span | None = None
    status_spans: tuple[Span, ...] = ()
    toll_spans: tuple[Span, ...] = ()
    mode_spans: tuple[Span, ...] = ()
    doubt: tuple[str, ...] = ()
    means: tuple[Means, ...] = ()
    phase: str | None = None
    toll: tuple[TollGroup, ...] = ()
    facility: Span | None = None
    channel: str | None = None
    confidence: float | None = None
    because: tuple[str, ...] = ()


class Control(msgspec.Struct, frozen=True, rename={"former": "from"}):
    """A party holds, gains, loses or fights over a place. `former` is written as `from`."""

    id: str
    trigger: Span
    holder: Actor
    place: Place
    change: Change
    former: Actor | None
    date: str | None
    status: Status
    chain: tuple[Actor, ...]
    extent: str = "whole"
    because: tuple[str, ...] = ()


class Tie(msgspec.Struct, frozen=True):
    """A standing relation: `a` backs `b`, belongs to it, is allied with it or opposes it."""

    id: str
    kind: TieKind
    a: Actor
    b: Actor
    evidence: Span
    because: tuple[str, ...] = ()


class Presence(msgspec.Struct, frozen=True):
    """A party is said to be at a place without holding it."""

    id: str
    trigger: Span
    actor: Actor
    place: Place
    date: str | None
    chain: tuple[Actor, ...]
    because: tuple[str, ...] = ()


class Link(msgspec.Struct, frozen=True, rename={"source": "from", "target": "to"}):
    """One event explained by another (or by words): purpose, cause, answer, after, with."""

    id: str
    kind: LinkKind
    source: str | Span
    target: str | Span
    evidence: Span


class TimeBounds(msgspec.Struct, frozen=True):
    """Earliest and latest day on which an undated report can have been published (ISO dates or null)."""

    not_before: str | None
    not_after: str | None


class Maker(msgspec.Struct, frozen=True):
    """What made a record: the program's version, the codebook's digest and the digest of the text."""

    version: str
    codebook: str
    text: str


class CodedReport(msgspec.Struct, frozen=True):
    """A report's whole record. Written one JSON object a line."""

    id: str
    published: str | None
    events: tuple[Event, ...] = ()
    control: tuple[Control, ...] = ()
    ties: tuple[Tie, ...] = ()
    presence: tuple[Presence, ...] = ()
    links: tuple[Link, ...] = ()
    time: TimeBounds | None = None
    by: Maker | None = None
    outlet: str | None = None
    note: str | None = None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(CodedReport)


def to_json(coded: CodedReport) -> bytes:
    """One line of JSON (UTF-8, without the newline). The same record gives the same bytes."""
    return _encoder.encode(coded)


def from_json(line: bytes | str) -> CodedReport:
    """Read one line written by `to_json`. Raises `msgspec.ValidationError` when it is no coded report."""
    return _decoder.decode(line)


def schema() -> dict[str, object]:
    """JSON Schema (2020-12) of a coded report."""
    return msgspec.json.schema(CodedReport)
