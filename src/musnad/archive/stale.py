"""Reports that incidents and holdings must take in anew: marks that a stopped run leaves and the next one works off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select

from musnad.archive.tables import stale

if TYPE_CHECKING:
    from musnad.archive.archive import Archive


def work_off(archive: Archive, kind: str, part: int, take: Callable[[Connection, list[int]], None]) -> None:
    """Take in the reports marked for `kind`, `part` at a time; each part and its marks go in one transaction."""
    while True:
        with archive.writing() as connection:
            asked = select(stale.c.key).where(stale.c.kind == kind).order_by(stale.c.key).limit(part)
            keys = list(connection.execute(asked).scalars())
            if not keys:
                return
            take(connection, [int(key) for key in keys])
            connection.execute(delete(stale).where(stale.c.kind == kind, stale.c.key.in_(keys)))
