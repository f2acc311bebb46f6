"""What analysts say of the machine's records: accepted, changed, rejected, added. Kept beside them, never over them.

A correction is anchored on the digest of the text and the span of the trigger (of a tie: its evidence), so it holds
when the report is coded again and the records get other ids. Where several analysts speak of one record, the latest
word counts, and a settling word counts before all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import Connection, insert, select

from musnad.archive import double
from musnad.archive.tables import correction, report
from musnad.errors import UsageError
from musnad.record import CodedReport, Control, Event, Tie

if TYPE_CHECKING:
    from musnad.archive.archive import Archive, Stored

Kind = Literal["event", "control", "tie"]
Verdict = Literal["accept", "change", "reject", "add"]
Record = Event | Control | Tie
Key = tuple[str, int, int, str]
KINDS: dict[str, type[Event] | type[Control] | type[Tie]] = {"event": Event, "control": Control, "tie": Tie}


@dataclass(frozen=True)
class Correction:
    """One word of an analyst on one record."""

    n: int
    report_id: str
    digest: str
    kind: str
    start: int
    end: int
    verdict: str
    machine: str | None
    record: str | None
    analyst: str
    made_at: str
    note: str | None
    settled: bool
    sealed: bool = False


@dataclass(frozen=True)
class Effective:
    """The record that counts, and the analysts behind its parts by record id."""

    coded: CodedReport
    hands: dict[str, str]


def kind_of(record: Record) -> str:
    """event, control or tie."""
    return type(record).__name__.lower()


def anchor(record: Record) -> tuple[int, int]:
    """The span on which a correction of a record is anchored."""
    span = record.evidence if isinstance(record, Tie) else record.trigger
    return span.start, span.end


def hands(
    connection: Connection, reports: Sequence[tuple[int, str]], *, sealed: bool = False
) -> dict[int, list[Correction]]:
    """The corrections of some reports, given as (n, digest), oldest first; `sealed` ones (`double`) only when asked."""
    digests = {digest for _, digest in reports}
    asked = select(correction).where(correction.c.digest.in_(digests)).order_by(correction.c.n)
    rows = connection.execute(asked if sealed else asked.where(correction.c.sealed.is_(False))).all()
    by_digest: dict[str, list[Correction]] = {}
    for row in rows:
        by_digest.setdefault(row.digest, []).append(Correction(*row))
    return {n: by_digest[digest] for n, digest in reports if digest in by_digest}


def key_of(record: Record) -> Key:
    """What a correction of a record is anchored on: kind, span, and what tells records with one trigger apart."""
    return (kind_of(record), *anchor(record), _place(record))


def key_said(c: Correction) -> Key:
    """The key of the record that a correction speaks of."""
    source = c.machine or c.record
    return (c.kind, c.start, c.end, _place(msgspec.json.decode(source, type=KINDS[c.kind])) if source else "")


def spoken(c: Correction) -> Record | None:
    """The record as a correction leaves it; None when it is rejected. An accepted record is the one that was seen."""
    source = c.machine if c.verdict == "accept" else c.record
    return None if c.verdict == "reject" or source is None else msgspec.json.decode(source, type=KINDS[c.kind])


def name_added(said: Iterable[Correction]) -> dict[Key, str]:
    """Ids for records that the machine lacks: `a` and the number of the first word on each."""
    names: dict[Key, str] = {}
    for c in said:
        names.setdefault(key_said(c), f"a{c.n}")
    return names


def bases(machine: CodedReport, said: Sequence[Correction]) -> dict[str, Record]:
    """What corrections speak of, by id: the machine's records, and those that analysts added as they came in."""
    told: tuple[Record, ...] = (*machine.events, *machine.control, *machine.ties)
    found = {r.id: r for r in told}
    there = {key_of(r) for r in told}
    names = name_added(said)
    for c in said:
        name = names[key_said(c)]
        first = c.machine or c.record
        if key_said(c) not in there and name not in found and first is not None:
            found[name] = msgspec.structs.replace(msgspec.json.decode(first, type=KINDS[c.kind]), id=name)
    return found


def lay_over(coded: CodedReport, said: Iterable[Correction], among: Sequence[Correction] | None = None) -> Effective:
    """The machine's record with corrections laid over it.

    `among` are all corrections of the report when `said` is a part of them: a record keeps its id in every reading.
    """
    spoke = list(said)
    word: dict[Key, Correction] = {}
    for c in spoke:
        before = word.get(key_said(c))
        if before is None or c.settled or not before.settled:
            word[key_said(c)] = c
    if not word:
        return Effective(coded, {})
    named: dict[str, str] = {}
    parts: dict[str, list[Record]] = {}
    given: dict[str, tuple[Record, ...]] = {"event": coded.events, "control": coded.control, "tie": coded.ties}
    for kind, told in given.items():
        kept: list[Record] = []
        for record in told:
            said_of = word.pop(key_of(record), None)
            counts = record if said_of is None else spoken(said_of)
            if counts is not None:
                kept.append(msgspec.structs.replace(counts, id=record.id))
                if said_of is not None:
                    named[record.id] = said_of.analyst
        parts[kind] = kept
    names = name_added(spoke if among is None else among)
    for key, c in word.items():
        added = spoken(c)
        if added is not None:
            parts[c.kind].append(msgspec.structs.replace(added, id=names[key]))
            named[names[key]] = c.analyst
    for records in parts.values():
        records.sort(key=anchor)
    return Effective(
        msgspec.structs.replace(
            coded, events=tuple(parts["event"]), control=tuple(parts["control"]), ties=tuple(parts["tie"])
        ),
        named,
    )


def _place(record: Record) -> str:
    """What tells records with one trigger apart: the place of a control, the parties of a tie."""
    if isinstance(record, Control):
        return f"{record.place.start}"
    return f"{record.a.start} {record.b.start}" if isinstance(record, Tie) else ""


def make(
    archive: Archive, report_id: str, verdict: Verdict, analyst: str, *, machine: Record | None = None,
    record: Record | None = None, note: str | None = None, settled: bool = False,
) -> int:  # fmt: skip
    """Keep a correction and bring the report's rows up to date; returns the correction's number.

    Raises UsageError when the report is unknown, a span is not in its text, the verdict lacks its record, or others
    read the report unseen (`double`).
    """
    if not analyst.strip():
        raise UsageError("a correction needs the name of its analyst")
    if (machine is None) != (verdict == "add") or (record is None) != (verdict in ("accept", "reject")):
        raise UsageError(f"{verdict}: a correction accepts or rejects a record, changes one into another, or adds one")
    told = record if machine is None else machine
    assert told is not None
    with archive.writing() as connection:
        row = connection.execute(
            select(report.c.n, report.c.digest, report.c.body).where(report.c.id == report_id)
        ).one_or_none()
        if row is None:
            raise UsageError(f"{report_id}: the archive has no such report")
        if record is not None:
            check(record, row.body)
        sealed = double.may_speak(connection, report_id, analyst.strip())
        if sealed and settled:
            raise UsageError(f"{report_id}: two analysts read it; nothing is settled before both are done")
        start, end = anchor(told)
        values: dict[str, Any] = {
            "report_id": report_id, "digest": row.digest, "kind": kind_of(told), "start": start, "end": end,
            "verdict": verdict, "machine": msgspec.json.encode(machine).decode() if machine is not None else None,
            "record": msgspec.json.encode(record).decode() if record is not None else None,
            "analyst": analyst.strip(), "made_at": datetime.now(UTC).isoformat(timespec="seconds"), "note": note,
            "settled": settled, "sealed": sealed,
        }  # fmt: skip
        key = connection.execute(insert(correction).values(values).returning(correction.c.n)).scalar_one()
        archive.rewrite(connection, [row.n])
    archive.refresh()
    return int(key)


def check(record: Record, body: str) -> None:
    """Raise UsageError when a span of a record is not what stands in the text."""

    def spans(value: Any) -> Iterable[tuple[int, int, str]]:
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys():
                yield value["start"], value["end"], value["text"]
            for x in value.values():
                yield from spans(x)
        elif isinstance(value, list):
            for x in value:
                yield from spans(x)

    for start, end, text in spans(msgspec.to_builtins(record)):
        if not 0 <= start < end <= len(body) or body[start:end] != text:
            raise UsageError(f"characters {start} to {end} of the report are not {text!r}")


def of(archive: Archive, report_id: str | None = None, analyst: str | None = None) -> list[Correction]:
    """Corrections kept, oldest first."""
    asked = select(correction).order_by(correction.c.n)
    if report_id is not None:
        asked = asked.where(correction.c.report_id == report_id)
    if analyst is not None:
        asked = asked.where(correction.c.analyst == analyst)
    with archive.reading() as connection:
        return [Correction(*row) for row in connection.execute(asked)]


def on(archive: Archive, stored: Stored) -> list[Correction]:
    """All corrections on the text of a report, the sealed ones too, oldest first."""
    with archive.reading() as connection:
        return hands(connection, [(stored.n, stored.report.digest())], sealed=True).get(stored.n, [])


def visible(said: Iterable[Correction], analyst: str) -> list[Correction]:
    """Those of some corrections that an analyst may see: sealed ones only of the analyst's own."""
    return [c for c in said if not c.sealed or c.analyst == analyst]


def own(machine: CodedReport, said: Sequence[Correction], analyst: str) -> CodedReport:
    """A report's record as one analyst reads it: the machine's with this analyst's corrections alone.

    Settling words are left out: they are made with the others' words in view.
    """
    return lay_over(machine, [c for c in said if c.analyst == analyst and not c.settled], said).coded


def reading_of(archive: Archive, report_id: str, analyst: str) -> CodedReport | None:
    """A stored report's record as one analyst reads it (`own`); None when the archive has no such report."""
    stored = archive.report(report_id)
    return None if stored is None else own(stored.machine, on(archive, stored), analyst)
