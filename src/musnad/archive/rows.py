"""What exports and pages read: whole reports with their effective records, cut down to what a filter lets through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import or_, select

from musnad.archive import corrections, search
from musnad.archive.query import Filter
from musnad.archive.tables import coding, control, event, report, tie
from musnad.record import CodedReport, from_json
from musnad.report import Report

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

PART = 200


@dataclass(frozen=True)
class Asked:
    """What one wants out of an archive: records that a filter lets through, in reports that a search finds."""

    filter: Filter
    query: str


@dataclass(frozen=True)
class Kept:
    """A report and those of its records that a filter let through. `hands` names the analyst of a corrected record,
    `numbers` the rows of the events by record id."""

    n: int
    report: Report
    coded: CodedReport
    hands: dict[str, str]
    numbers: dict[str, int]
    reprint_of: int | None


def kept(archive: Archive, filter: Filter | None = None, query: str = "") -> Iterator[Kept]:
    """The reports that hold such records, by number, with these records alone; with a query in words, only reports that
    it finds. Reports come whole without a filter. Raises UsageError for a query that is not understood."""
    from musnad.archive.archive import as_report

    wanted = filter or Filter()
    empty = wanted == Filter()
    found = search.finding(archive, query)
    at = 0
    while True:
        with archive.reading() as connection:
            asked = select(report, coding.c.machine).join(coding, coding.c.report_n == report.c.n).where(*found)
            if not empty:
                asked = asked.where(or_(
                    report.c.n.in_(select(event.c.report_n).where(*wanted.of_events()).correlate(None)),
                    report.c.n.in_(select(control.c.report_n).where(*wanted.of_control()).correlate(None)),
                ))  # fmt: skip
            rows = connection.execute(asked.where(report.c.n > at).order_by(report.c.n).limit(PART)).all()
            if not rows:
                return
            numbers = [r.n for r in rows]
            said = corrections.hands(connection, [(r.n, r.digest) for r in rows])
            events: dict[int, dict[str, int]] = {}
            for e in connection.execute(
                select(event.c.report_n, event.c.id, event.c.n).where(
                    event.c.report_n.in_(numbers), *wanted.of_events()
                )
            ):
                events.setdefault(e.report_n, {})[e.id] = e.n
            holds: dict[int, set[str]] = {}
            for c in connection.execute(
                select(control.c.report_n, control.c.id).where(control.c.report_n.in_(numbers), *wanted.of_control())
            ):
                holds.setdefault(c.report_n, set()).add(c.id)
            bonds: dict[int, set[str]] = {}
            for t in connection.execute(
                select(tie.c.report_n, tie.c.id).where(tie.c.report_n.in_(numbers), *wanted.of_ties())
            ):
                bonds.setdefault(t.report_n, set()).add(t.id)
        for r in rows:
            effective = corrections.lay_over(from_json(r.machine), said.get(r.n, []))
            mine = events.get(r.n, {})
            coded = (
                effective.coded
                if empty
                else msgspec.structs.replace(
                    effective.coded,
                    events=tuple(e for e in effective.coded.events if e.id in mine),
                    control=tuple(c for c in effective.coded.control if c.id in holds.get(r.n, ())),
                    ties=tuple(t for t in effective.coded.ties if t.id in bonds.get(r.n, ())),
                    presence=(),
                    links=(),
                )
            )
            yield Kept(r.n, as_report(r), coded, effective.hands, mine, r.reprint_of)
        at = rows[-1].n
