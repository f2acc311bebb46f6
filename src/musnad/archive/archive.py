"""The door of the archive room: `Archive.open(where)`, and what one asks of an archive.

with Archive.open("musnad.db", create=True) as archive:
    archive.add(read(["reports/"]))
    for hit in archive.search("قصف حلب").items: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from musnad.archive import corrections, firing, flat, reprints, store, words
from musnad.archive.flat import CHUNK, days, in_parts
from musnad.archive.tables import coding, control, event, incident, incident_event, report, stale, tie
from musnad.errors import ReadError
from musnad.record import CodedReport, from_json, to_json
from musnad.report import Report

if TYPE_CHECKING:
    from musnad.archive.holdings import Stretch
    from musnad.archive.incidents import Incident
    from musnad.archive.query import Filter
    from musnad.archive.search import Hit, Page

BATCH = 64
Progress = Callable[[int], None]
T = TypeVar("T")


@dataclass
class Added:
    """What became of the reports given: `new` stored, `same` known already, `changed` known by their id with another
    text (the earlier text is kept; their ids are listed), `failed` left out because coding them ended its process."""

    new: int = 0
    same: int = 0
    changed: list[str] = field(default_factory=list)
    failed: list[ReadError] = field(default_factory=list)


@dataclass(frozen=True)
class Stored:
    """A report as the archive keeps it. `n` is its number, `coded` the record that counts now."""

    n: int
    report: Report
    coded: CodedReport
    machine: CodedReport
    reprint_of: int | None
    added_at: str


@dataclass(frozen=True)
class Recoded:
    """A report whose record changes when it is coded again."""

    report: Report
    before: CodedReport
    after: CodedReport


class Archive:
    """Reports kept with their records. Made by `Archive.open`; a context manager."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine, self.name = engine, name

    @classmethod
    def open(cls, where: str | Path = store.DEFAULT, *, create: bool = False) -> Self:
        """Open the archive in a file or at a postgresql:// address; with `create`, make it when it is missing.

        Raises ArchiveError when it cannot be opened, with the reason.
        """
        return cls(store.connect(where, create=create), str(where))

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to ask; it sees one state of the archive."""
        with store.explained(self.name), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction to write in."""
        with store.explained(self.name), store.writing(self.engine) as connection:
            yield connection

    # ---- reports in

    def add(
        self, reports: Iterable[Report], *, codebook: Path | None = None, workers: int = 1, batch: int = BATCH,
        progress: Progress | None = None,
    ) -> Added:  # fmt: skip
        """Code reports and store them, `batch` at a time; each batch is kept whole or not at all.

        Reports that the archive has already are left out before they are coded. `progress` hears how many more
        reports the archive is known to hold now. A report that cannot be coded is named in `failed`, and the rest
        goes on. At the end incidents and holdings are brought up to date.
        """
        from musnad.engine import pairs

        done = Added()

        def fresh() -> Iterator[Report]:
            source = iter(reports)
            while chunk := list(islice(source, batch)):
                unknown = self._unknown(chunk, done)
                if progress is not None and len(unknown) < len(chunk):
                    progress(len(chunk) - len(unknown))
                yield from unknown

        kept: list[tuple[Report, CodedReport]] = []
        for r, result in pairs(fresh(), codebook, workers):
            if isinstance(result, ReadError):
                done.failed.append(result)
                continue
            kept.append((r, result))
            if len(kept) >= batch:
                self._keep(kept, done, progress)
                kept = []
        self._keep(kept, done, progress)
        self.refresh()
        return done

    def add_coded(
        self, pairs: Iterable[tuple[Report, CodedReport]], *, batch: int = CHUNK, progress: Progress | None = None
    ) -> Added:
        """Store reports with records that were made before (by `musnad code`, or by hand as gold)."""
        done = Added()
        source = iter(pairs)
        while chunk := list(islice(source, batch)):
            self._keep(chunk, done, progress)
        self.refresh()
        return done

    def _unknown(self, chunk: list[Report], done: Added) -> list[Report]:
        if not chunk:
            return []
        with self.reading() as connection:
            known = self._known(connection, chunk)
        fresh: dict[str, Report] = {}
        for r in chunk:
            digest = known.get(r.id) or (fresh[r.id].digest() if r.id in fresh else None)
            if digest is None:
                fresh[r.id] = r
            elif digest == r.digest():
                done.same += 1
            else:
                done.changed.append(r.id)
        return list(fresh.values())

    @staticmethod
    def _known(connection: Connection, chunk: Iterable[Report]) -> dict[str, str]:
        known: dict[str, str] = {}
        for part in in_parts([r.id for r in chunk]):
            found = connection.execute(select(report.c.id, report.c.digest).where(report.c.id.in_(part)))
            known.update((row.id, row.digest) for row in found)
        return known

    def _keep(self, pairs: list[tuple[Report, CodedReport]], done: Added, progress: Progress | None) -> None:
        if not pairs:
            return
        same, changed, fresh = 0, [], []
        with self.writing() as connection:
            known = self._known(connection, [r for r, _ in pairs])  # another program may have added them meanwhile
            for r, c in pairs:
                if r.id not in known:
                    fresh.append((r, c))
                    known[r.id] = r.digest()
                elif known[r.id] == r.digest():
                    same += 1
                else:
                    changed.append(r.id)
            if fresh:
                self._store(connection, fresh)
        done.new += len(fresh)
        done.same += same
        done.changed.extend(changed)
        if progress is not None:
            progress(len(pairs))

    def _store(self, connection: Connection, pairs: list[tuple[Report, CodedReport]]) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        last = connection.execute(select(func.coalesce(func.max(report.c.n), 0))).scalar_one()
        numbered = list(enumerate(pairs, last + 1))
        connection.execute(insert(report), [_report_row(n, r, c, now) for n, (r, c) in numbered])
        connection.execute(insert(coding), [_coding_row(n, c, now) for n, (_, c) in numbered])
        firing.change(connection, (), (c for _, c in pairs))
        hands = corrections.hands(connection, [(n, r.digest()) for n, (r, _) in numbered])
        effective = [(n, corrections.lay_over(c, hands.get(n, []))) for n, (_, c) in numbered]
        flat.write(
            connection, [(n, e.coded) for n, e in effective],
            {(n, i): who for n, e in effective for i, who in e.hands.items()},
        )  # fmt: skip
        words.add(connection, [(n, r.title, r.body) for n, (r, _) in numbered])
        reprints.place(connection, [(n, r) for n, (r, _) in numbered])
        mark_stale(connection, [n for n, _ in numbered])

    def refresh(self) -> None:
        """Bring incidents and holdings up to date with the reports that came in or changed."""
        from musnad.archive import holdings, incidents

        incidents.refresh(self)
        holdings.refresh(self)

    # ---- reports out

    def report(self, which: int | str) -> Stored | None:
        """A report by its number or id."""
        with self.reading() as connection:
            key = report.c.n == which if isinstance(which, int) else report.c.id == which
            row = connection.execute(
                select(report, coding.c.machine).join(coding, coding.c.report_n == report.c.n).where(key)
            ).one_or_none()
            if row is None:
                return None
            machine = from_json(row.machine)
            hands = corrections.hands(connection, [(row.n, row.digest)]).get(row.n, [])
            effective = corrections.lay_over(machine, hands)
        return Stored(row.n, as_report(row), effective.coded, machine, row.reprint_of, row.added_at)

    def counts(self) -> dict[str, int]:
        """How much the archive holds."""
        from musnad.archive.tables import holding

        tables = {
            "reports": report, "events": event, "control": control, "ties": tie, "incidents": incident,
            "holdings": holding,
        }  # fmt: skip
        with self.reading() as connection:
            return {k: connection.execute(select(func.count()).select_from(t)).scalar_one() for k, t in tables.items()}

    def reports(self, filter: Filter | None = None) -> Iterator[tuple[int, Report]]:
        """All reports that a filter lets through, by number, read a part at a time."""
        at = 0
        while True:
            with self.reading() as connection:
                asked = select(report).where(report.c.n > at).order_by(report.c.n).limit(500)
                if filter is not None:
                    asked = asked.where(*filter.of_reports())
                rows = connection.execute(asked).all()
            if not rows:
                return
            for row in rows:
                yield row.n, as_report(row)
            at = rows[-1].n

    def recode(
        self, *, codebook: Path | None = None, workers: int = 1, filter: Filter | None = None, keep: bool = False,
    ) -> Iterator[Recoded | ReadError]:  # fmt: skip
        """Code stored reports again and yield those whose record changes; with `keep` the new records are stored.

        Corrections are laid over the new records by the text's digest and the trigger's place. A report that cannot
        be coded comes as a ReadError; its record stays as it was.
        """
        from musnad.engine import pairs

        numbers: dict[str, int] = {}

        def passing() -> Iterator[Report]:
            for n, r in self.reports(filter):
                numbers[r.id] = n
                yield r

        changed: list[tuple[int, Report, CodedReport]] = []
        for r, after in pairs(passing(), codebook, workers):
            n = numbers.pop(r.id)
            if isinstance(after, ReadError):
                yield after
                continue
            with self.reading() as connection:
                before = from_json(
                    connection.execute(select(coding.c.machine).where(coding.c.report_n == n)).scalar_one()
                )
            differs = msgspec.structs.replace(before, by=None) != msgspec.structs.replace(after, by=None)
            if keep and (differs or before.by != after.by):
                changed.append((n, r, after))
            if len(changed) >= BATCH:
                self._replace(changed)
                changed = []
            if differs:
                yield Recoded(r, before, after)
        if keep:
            self._replace(changed)
            self.refresh()

    def _replace(self, changed: list[tuple[int, Report, CodedReport]]) -> None:
        if not changed:
            return
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.writing() as connection:
            asked = select(coding.c.machine).where(coding.c.report_n.in_([n for n, _, _ in changed]))
            before = [from_json(machine) for machine in connection.execute(asked).scalars()]
            firing.change(connection, before, (c for _, _, c in changed))
            for n, _, c in changed:
                connection.execute(update(coding).where(coding.c.report_n == n).values(_coding_row(n, c, now)))
            self.rewrite(connection, [n for n, _, _ in changed])

    def rewrite(self, connection: Connection, numbers: list[int]) -> None:
        """Make the rows of some reports anew, from the machine's records and the corrections."""
        mark_stale(connection, [*numbers, *_fellows(connection, numbers)])
        flat.clear(connection, numbers)
        for part in in_parts(sorted(set(numbers))):
            rows = connection.execute(
                select(report.c.n, report.c.digest, coding.c.machine)
                .join(coding, coding.c.report_n == report.c.n)
                .where(report.c.n.in_(part))
                .order_by(report.c.n)
            ).all()
            hands = corrections.hands(connection, [(row.n, row.digest) for row in rows])
            effective = [(row.n, corrections.lay_over(from_json(row.machine), hands.get(row.n, []))) for row in rows]
            flat.write(
                connection, [(n, e.coded) for n, e in effective],
                {(n, i): who for n, e in effective for i, who in e.hands.items()},
            )  # fmt: skip

    # ---- what one asks

    def search(self, query: str = "", filter: Filter | None = None, *, limit: int = 20, offset: int = 0) -> Page[Hit]:
        """Reports that a query in words finds, best first, the found words marked (`musnad.archive.search`)."""
        from musnad.archive import search

        return search.reports(self, query, filter, limit=limit, offset=offset)

    def incidents(self, filter: Filter | None = None, *, limit: int = 50, offset: int = 0) -> list[Incident]:
        """Incidents, newest first."""
        from musnad.archive import incidents

        return incidents.find(self, filter, limit=limit, offset=offset)

    def holdings(self, place: str | None = None, *, on: str | None = None) -> list[Stretch]:
        """Who held a place when; or, with `on` alone, who held which place on that day."""
        from musnad.archive import holdings

        return holdings.ask(self, place, on)

    def export(self, format: str, out: BinaryIO, filter: Filter | None = None, **options: Any) -> int:
        """Write what a filter lets through in a format of `musnad.export`; returns the number of rows."""
        from musnad.export import write

        return write(self, format, out, filter, **options)


def _fellows(connection: Connection, numbers: list[int]) -> list[int]:
    """The reports that share an incident with some reports; these incidents are taken away."""
    gone: set[int] = set()
    for part in in_parts(numbers):
        theirs = (
            select(incident_event.c.incident_n)
            .join(event, event.c.n == incident_event.c.event_n)
            .where(event.c.report_n.in_(part))
        )
        gone.update(connection.execute(theirs.distinct()).scalars())
    found: set[int] = set()
    for incidents in in_parts(sorted(gone)):
        beside = (
            select(event.c.report_n)
            .join(incident_event, incident_event.c.event_n == event.c.n)
            .where(incident_event.c.incident_n.in_(incidents))
        )
        found.update(connection.execute(beside.distinct()).scalars())
    for incidents in in_parts(sorted(gone)):
        connection.execute(delete(incident_event).where(incident_event.c.incident_n.in_(incidents)))
        connection.execute(delete(incident).where(incident.c.n.in_(incidents)))
    return sorted(found - set(numbers))


def mark_stale(connection: Connection, numbers: Iterable[int]) -> None:
    """Note that incidents and holdings must take these reports in."""
    for part in in_parts(list(dict.fromkeys(numbers))):
        keys = [str(n) for n in part]
        known = {(row.kind, row.key) for row in connection.execute(select(stale).where(stale.c.key.in_(keys)))}
        wanted = [(kind, key) for key in keys for kind in ("incident", "holding")]
        fresh = [{"kind": kind, "key": key} for kind, key in wanted if (kind, key) not in known]
        if fresh:
            connection.execute(insert(stale), fresh)


def as_report(row: Any) -> Report:
    """A row of the report table as the noun."""
    return msgspec.structs.replace(msgspec.json.decode(row.document, type=Report), body=row.body)


def _report_row(n: int, r: Report, c: CodedReport, now: str) -> dict[str, Any]:
    first = last = r.published[:10] if r.published else None
    if first is None and c.time is not None:
        first, last = days(c.time.not_before)[0], days(c.time.not_after)[1]
    document = msgspec.json.encode(msgspec.structs.replace(r, body="")).decode()
    return {
        "n": n, "id": r.id, "digest": r.digest(), "outlet": r.outlet,
        "published": r.published[:10] if r.published else None, "day_from": first, "day_to": last, "title": r.title,
        "url": r.url, "body": r.body, "document": document, "source": r.source, "added_at": now, "reprint_of": None,
    }  # fmt: skip


def _coding_row(n: int, c: CodedReport, now: str) -> dict[str, Any]:
    by = c.by
    return {
        "report_n": n, "version": by.version if by else "", "codebook": by.codebook if by else "", "coded_at": now,
        "machine": to_json(c).decode(),
    }  # fmt: skip
