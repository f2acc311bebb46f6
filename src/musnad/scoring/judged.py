"""What the scorer reads: the scored fields of a coded report, and nothing else.

Gold records lack what the program adds (ids on control, spans of evidence), and other coders may write less still,
so these nouns are looser than those of `musnad.record`: only a trigger with its place and a type are asked of an event.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from musnad.errors import ReadError
from musnad.record import CodedReport


class Mention(msgspec.Struct, frozen=True):
    """Words of the body with what they name: an actor (`id`), a place (`country`), or a plain span."""

    start: int | None = None
    end: int | None = None
    text: str | None = None
    id: str | None = None
    country: str | None = None


class Trigger(msgspec.Struct, frozen=True):
    """The word that expresses an event."""

    start: int
    end: int
    text: str | None = None


class JudgedEvent(msgspec.Struct, frozen=True):
    """One event as the scorer sees it. `also` holds a gold record's other words for the same event."""

    trigger: Trigger
    type: str
    mode: str | None = None
    also: tuple[Mention, ...] | None = ()
    actors: tuple[Mention, ...] | None = ()
    recipients: tuple[Mention, ...] | None = ()
    places: tuple[Mention, ...] | None = ()
    date: str | None = None
    killed: tuple[int | None, int | None] | None = None
    injured: tuple[int | None, int | None] | None = None
    status: str | None = None
    chain: tuple[Mention, ...] | None = ()


class JudgedControl(msgspec.Struct, frozen=True):
    """One control record as the scorer sees it."""

    holder: Mention | None = None
    place: Mention | None = None
    change: str | None = None
    status: str | None = None


class JudgedTie(msgspec.Struct, frozen=True):
    """One tie as the scorer sees it."""

    kind: str
    a: Mention
    b: Mention


class JudgedReport(msgspec.Struct, frozen=True):
    """One report's record as the scorer sees it."""

    id: str
    published: str | None = None
    events: tuple[JudgedEvent, ...] | None = ()
    control: tuple[JudgedControl, ...] | None = ()
    ties: tuple[JudgedTie, ...] | None = ()


_decoder = msgspec.json.Decoder(JudgedReport)


def judged(coded: CodedReport) -> JudgedReport:
    """A coded report as the scorer sees it."""
    return msgspec.convert(msgspec.to_builtins(coded), JudgedReport)


def load(path: Path | str) -> dict[str, JudgedReport]:
    """Read coded reports, gold or not, one a line, by report id. A later line replaces an earlier one of the same id.

    Raises ReadError, which names the file and the line.
    """
    reports: dict[str, JudgedReport] = {}
    try:
        with open(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    report = _decode(line, f"{path}, line {number}")
                    reports[report.id] = report
    except OSError as error:
        raise ReadError(str(path), error.strerror or "cannot be read", "check the file's name") from error
    return reports


def _decode(line: bytes, source: str) -> JudgedReport:
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = "coded reports are what `musnad code --format jsonl` writes"
        raise ReadError(source, f"no coded report: {error}", hint) from error
