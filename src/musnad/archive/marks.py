"""Reports that an analyst has read: what no correction speaks of is right as it stood.

A mark is kept with the record as the analyst read it. Coding the report again does not change what was read, so gold
made of a marked report is that record with the corrections laid over it. Like corrections, marks hold for a text by
its digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from musnad.archive import corrections
from musnad.archive.tables import mark
from musnad.errors import UsageError
from musnad.record import CodedReport, from_json, to_json

if TYPE_CHECKING:
    from musnad.archive.archive import Archive


@dataclass(frozen=True)
class Mark:
    """That an analyst has read a report: the digest of its text, the machine's record as it stood, and when (UTC)."""

    report_id: str
    digest: str
    analyst: str
    machine: str
    made_at: str


def read(archive: Archive, report_id: str, analyst: str) -> None:
    """Note that an analyst has read a report; said again, the record as it stands now counts.

    Raises UsageError when the archive has no such report, or the analyst has no name.
    """
    analyst = _named(analyst)
    stored = archive.report(report_id)
    if stored is None:
        raise UsageError(f"{report_id}: the archive has no such report")
    digest = stored.report.digest()
    with archive.writing() as connection:
        connection.execute(delete(mark).where(mark.c.digest == digest, mark.c.analyst == analyst))
        connection.execute(insert(mark).values(
            digest=digest, analyst=analyst, report_id=report_id, machine=to_json(stored.machine).decode(),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        ))  # fmt: skip


def unread(archive: Archive, report_id: str, analyst: str) -> None:
    """Take the mark back. Raises UsageError when there is none."""
    analyst = _named(analyst)
    with archive.writing() as connection:
        gone = connection.execute(delete(mark).where(mark.c.report_id == report_id, mark.c.analyst == analyst))
        if not gone.rowcount:
            raise UsageError(f"{report_id}: {analyst} has not marked it as read")


def of(archive: Archive, analyst: str | None = None) -> list[Mark]:
    """The marks kept (of one analyst), oldest first."""
    asked = select(mark.c.report_id, mark.c.digest, mark.c.analyst, mark.c.machine, mark.c.made_at)
    if analyst is not None:
        asked = asked.where(mark.c.analyst == analyst)
    with archive.reading() as connection:
        return [Mark(*row) for row in connection.execute(asked.order_by(mark.c.made_at, mark.c.report_id))]


def as_read(archive: Archive, told: Mark, analyst: str | None = None) -> CodedReport | None:
    """The record of a marked report: as it was read, with the corrections laid over it, all of them or those of one
    analyst. None when the archive holds the report no longer with this text."""
    stored = archive.report(told.report_id)
    if stored is None or stored.report.digest() != told.digest:
        return None
    said = corrections.on(archive, stored)
    machine = from_json(told.machine)
    if analyst is not None:
        return corrections.own(machine, said, analyst)
    return corrections.lay_over(machine, [c for c in said if not c.sealed]).coded


def _named(analyst: str) -> str:
    if not analyst.strip():
        raise UsageError("a mark needs the name of its analyst")
    return analyst.strip()
