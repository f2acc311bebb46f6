"""How often each entry and rule of the codebook stands behind a machine's record (`because`), kept beside the records.

The sums are brought up to date in the transaction that stores or replaces records, so that they are answered at once
however large the archive is. What an analyst rejects or adds does not change how often an entry fired.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from musnad.archive.flat import CHUNK
from musnad.archive.tables import coding, firing
from musnad.record import CodedReport, Control, Event, Presence, Tie, from_json

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

_WEIGHT = "weight:"


def behind(coded: CodedReport) -> Counter[str]:
    """In how many records of a report each name stands; weights are left out."""
    records: list[Event | Control | Tie | Presence] = [*coded.events, *coded.control, *coded.ties, *coded.presence]
    return Counter(name for r in records for name in dict.fromkeys(r.because) if not name.startswith(_WEIGHT))


def change(connection: Connection, before: Iterable[CodedReport], after: Iterable[CodedReport]) -> None:
    """Take records out of the sums and others into them."""
    sums: Counter[str] = Counter()
    for coded in after:
        sums.update(behind(coded))
    for coded in before:
        sums.subtract(behind(coded))
    fewer = any(n < 0 for n in sums.values())
    rows = [{"name": name, "records": n} for name, n in sorted(sums.items()) if n]
    upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for at in range(0, len(rows), CHUNK):
        fresh = upsert(firing).values(rows[at : at + CHUNK])
        more = {"records": firing.c.records + fresh.excluded.records}
        connection.execute(fresh.on_conflict_do_update(index_elements=["name"], set_=more))
    if fewer:
        connection.execute(delete(firing).where(firing.c.records <= 0))


def count_anew(connection: Connection) -> None:
    """Sum up all stored records."""
    connection.execute(delete(firing))
    sums: Counter[str] = Counter()
    last = 0
    while rows := connection.execute(
        select(coding.c.report_n, coding.c.machine)
        .where(coding.c.report_n > last)
        .order_by(coding.c.report_n)
        .limit(CHUNK)
    ).all():
        for row in rows:
            sums.update(behind(from_json(row.machine)))
        last = rows[-1].report_n
    if sums:
        connection.execute(insert(firing), [{"name": name, "records": n} for name, n in sorted(sums.items())])


def times(archive: Archive, names: Sequence[str]) -> dict[str, int]:
    """In how many machine's records each of some names stands; names that never fired are left out."""
    out: dict[str, int] = {}
    wanted = sorted(set(names))
    with archive.reading() as connection:
        for at in range(0, len(wanted), CHUNK):
            asked = select(firing).where(firing.c.name.in_(wanted[at : at + CHUNK]))
            out.update((r.name, r.records) for r in connection.execute(asked))
    return out
