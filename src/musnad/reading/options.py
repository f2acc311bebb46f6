"""What a caller may ask of the reading room, and the two plain values that pass through it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from musnad.report import RelatedLink

FIELDS = ("id", "title", "body", "published", "outlet", "url", "note")
"""The parts of a report that a table may give."""

MB = 1 << 20
DEFECT = "this is a defect of Musnad: please report it with the file"


@dataclass(frozen=True)
class ReadOptions:
    """How to read.

    `columns` says which column (or JSON key) holds which part of a report: {"body": "text", "published": "day"}.
    `encoding` overrides what is declared or guessed. `published` is given to every report that carries no date
    of its own, or to all of them with `published_wins`. Limits are in bytes and seconds:
    `max_document` for one report's source (a page, a line, a document), `max_file` for a file that must be held
    whole (a JSON document), `max_unpacked` and `max_ratio` for what may come out of a compressed file.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    published: str | None = None
    published_wins: bool = False
    outlet: str | None = None
    all_languages: bool = False
    allow_private_network: bool = False
    timeout: float = 30.0
    max_redirects: int = 5
    user_agent: str = "musnad (reads news reports; https://pypi.org/project/musnad)"
    max_document: int = 20 * MB
    max_file: int = 512 * MB
    max_unpacked: int = 64 * 1024 * MB
    max_ratio: int = 250


@dataclass(frozen=True)
class Skipped:
    """A source that was read and left out on purpose: a page in Persian, a message with no text, a picture."""

    source: str
    reason: str
    id: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Draft:
    """What a format's reader found, before language, blocks and id are settled. Empty text counts as not given."""

    source: str
    body: str
    title: str = ""
    id: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None
    related: tuple[RelatedLink, ...] = ()
    note: str | None = None
