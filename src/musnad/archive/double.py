"""Double readings: two analysts read the same reports without seeing each other; then both readings are opened.

While a reading is sealed, what either says of the report counts nowhere and is shown to its author alone. When both
have said that they are done, the corrections count like all others, and where they differ is there to be settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, insert, select, update

from musnad.archive.tables import correction, event, reading, report
from musnad.errors import UsageError

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

MOST = 200
"""Reports that one double reading may hold."""


@dataclass(frozen=True)
class Reading:
    """One analyst's part in a double reading of a report. Times are UTC."""

    report_id: str
    analyst: str
    assigned_at: str
    done_at: str | None


@dataclass(frozen=True)
class Pair:
    """The two readings of one report."""

    report_id: str
    title: str
    readings: tuple[Reading, ...]

    @property
    def sealed(self) -> bool:
        """Whether one of them still reads."""
        return any(r.done_at is None for r in self.readings)

    def of(self, analyst: str) -> Reading | None:
        """The reading of an analyst, if it is one of the two."""
        return next((r for r in self.readings if r.analyst == analyst), None)

    def waits_for(self) -> list[str]:
        """Those who still read."""
        return [r.analyst for r in self.readings if r.done_at is None]


def pairs(archive: Archive) -> list[Pair]:
    """All double readings, those given out first first."""
    asked = select(reading, report.c.title).join(report, report.c.id == reading.c.report_id)
    found: dict[str, list[Reading]] = {}
    titles: dict[str, str] = {}
    with archive.reading() as connection:
        rows = connection.execute(asked.order_by(reading.c.assigned_at, report.c.n, reading.c.analyst))
        for r in rows:
            found.setdefault(r.report_id, []).append(Reading(r.report_id, r.analyst, r.assigned_at, r.done_at))
            titles[r.report_id] = r.title
    return [Pair(i, titles[i], tuple(both)) for i, both in found.items()]


def pair_of(archive: Archive, report_id: str) -> Pair | None:
    """The double reading of a report."""
    with archive.reading() as connection:
        both = _readings(connection, report_id)
    return Pair(report_id, "", tuple(both)) if both else None


def _readings(connection: Connection, report_id: str) -> list[Reading]:
    asked = select(reading).where(reading.c.report_id == report_id).order_by(reading.c.analyst)
    return [Reading(r.report_id, r.analyst, r.assigned_at, r.done_at) for r in connection.execute(asked)]


def choose(archive: Archive, query: str, count: int) -> list[str]:
    """Reports for a double reading: those with events, that no analyst spoke of and nobody reads, in which the coder is
    least certain; with a query, those that it finds."""
    from musnad.archive import search

    spoken = select(correction.c.report_id)
    taken = select(reading.c.report_id)
    asked = (
        select(report.c.id)
        .join(event, event.c.report_n == report.c.n)
        .where(report.c.id.not_in(spoken), report.c.id.not_in(taken), *search.finding(archive, query))
        .group_by(report.c.id, report.c.n)
        .order_by(func.min(event.c.confidence), report.c.n)
        .limit(count)
    )
    with archive.reading() as connection:
        return list(connection.execute(asked).scalars())


def give_out(archive: Archive, report_ids: Sequence[str], analysts: tuple[str, str]) -> None:
    """Give reports to two analysts. Raises UsageError for one name twice, no or too many reports, and for a report that
    is unknown, already read by two, or corrected by one of them."""
    one, other = (a.strip() for a in analysts)
    if not one or not other or one == other:
        raise UsageError("name two analysts")
    if not 0 < len(report_ids) <= MOST:
        raise UsageError(f"give out 1 to {MOST} reports at once")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with archive.writing() as connection:
        for i in report_ids:
            if connection.execute(select(report.c.n).where(report.c.id == i)).one_or_none() is None:
                raise UsageError(f"{i}: the archive has no such report")
            if _readings(connection, i):
                raise UsageError(f"{i}: two analysts read it already")
            said = select(correction.c.n).where(correction.c.report_id == i, correction.c.analyst.in_((one, other)))
            if connection.execute(said.limit(1)).one_or_none() is not None:
                raise UsageError(f"{i}: one of the two has spoken of it already")
        connection.execute(
            insert(reading),
            [
                {"report_id": i, "analyst": a, "assigned_at": now, "done_at": None}
                for i in report_ids
                for a in (one, other)
            ],
        )


def may_speak(connection: Connection, report_id: str, analyst: str) -> bool:
    """Whether what an analyst says of a report now is sealed. Raises UsageError where it may not be said yet."""
    both = _readings(connection, report_id)
    waits = [r.analyst for r in both if r.done_at is None]
    if not waits:
        return False
    mine = next((r for r in both if r.analyst == analyst), None)
    if mine is None:
        raise UsageError(f"{report_id}: {' and '.join(r.analyst for r in both)} read it; wait until both are done")
    if mine.done_at is not None:
        raise UsageError(f"{report_id}: you are done with it; wait until {' and '.join(waits)} is done too")
    return True


def finish(archive: Archive, report_id: str, analyst: str) -> bool:
    """Note that an analyst is done with a report; returns whether both are, which opens what they said.

    Raises UsageError when it is not this analyst's to read.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with archive.writing() as connection:
        both = _readings(connection, report_id)
        mine = next((r for r in both if r.analyst == analyst.strip()), None)
        if mine is None:
            raise UsageError(f"{report_id}: it is not given to {analyst.strip() or 'you'}")
        if mine.done_at is None:
            connection.execute(
                update(reading)
                .where(reading.c.report_id == report_id, reading.c.analyst == mine.analyst)
                .values(done_at=now)
            )
        opened = all(r.done_at is not None for r in both if r is not mine)
        if opened:
            connection.execute(update(correction).where(correction.c.report_id == report_id).values(sealed=False))
            n = connection.execute(select(report.c.n).where(report.c.id == report_id)).scalar_one()
            archive.rewrite(connection, [n])
    if opened:
        archive.refresh()
    return opened
