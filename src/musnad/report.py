"""The noun that comes in: one report as an outlet published it."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

BlockKind = Literal["lead_repeat", "dateline", "agency", "byline", "tags", "link", "related", "boilerplate"]


class Block(msgspec.Struct, frozen=True):
    """A stretch of the body that is not reporting; nothing is coded from it. Offsets are characters."""

    start: int
    end: int
    kind: BlockKind


class RelatedLink(msgspec.Struct, frozen=True):
    """A headline listed under a page ("related articles"), kept but never coded."""

    title: str
    url: str | None = None


class Report(msgspec.Struct, frozen=True):
    """One report. `body` is the text that all offsets point into and is never changed after reading.

    `published` is an ISO date or date-time, or None when the source does not tell it. `blocks` marks what
    in the body is no reporting. `note` is shown wherever the report or its record is shown.
    """

    id: str
    title: str
    body: str
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None
    dateline: str | None = None
    agency: str | None = None
    blocks: tuple[Block, ...] = ()
    related: tuple[RelatedLink, ...] = ()
    language: str = "ar"
    source: str | None = None
    note: str | None = None

    def digest(self) -> str:
        """SHA-256 of the body, in hex. Equal texts have equal digests wherever they came from."""
        return text_digest(self.body)


def text_digest(body: str) -> str:
    """SHA-256 of a text in UTF-8 (lone surrogates kept by `surrogatepass`), in hex."""
    return hashlib.sha256(body.encode("utf8", "surrogatepass")).hexdigest()
