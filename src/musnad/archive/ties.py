"""Ties over time: who backs, belongs to, is allied with or opposes whom, as the reports of a span tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from musnad.archive.query import actor_ids
from musnad.archive.tables import report, tie

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

MUTUAL = frozenset({"allied", "opposes"})


@dataclass(frozen=True)
class Bond:
    """A tie as several reports tell it: first and last day of publication (ISO), the reports, and the outlets."""

    kind: str
    a: str
    b: str
    first: str | None
    last: str | None
    reports: tuple[str, ...]
    outlets: tuple[str, ...]


def over_time(
    archive: Archive, actor: str | None = None, *, since: str | None = None, until: str | None = None
) -> list[Bond]:
    """The ties told in a span, most often told first. `actor` is an id or a name; days are ISO. Reprints count once."""
    asked = select(tie.c.kind, tie.c.a, tie.c.b, report.c.id, report.c.outlet, report.c.published).join(
        report, report.c.n == tie.c.report_n
    )
    asked = asked.where(report.c.reprint_of.is_(None))
    if actor:
        ids = actor_ids(actor)
        asked = asked.where(or_(tie.c.a.in_(ids), tie.c.b.in_(ids)))
    if since:
        asked = asked.where(report.c.day_to >= since)
    if until:
        asked = asked.where(report.c.day_from <= until)
    told: dict[tuple[str, str, str], list[tuple[str, str | None, str | None]]] = {}
    with archive.reading() as connection:
        for r in connection.execute(asked.order_by(report.c.id)):
            a, b = (min(r.a, r.b), max(r.a, r.b)) if r.kind in MUTUAL else (r.a, r.b)
            told.setdefault((r.kind, a, b), []).append((r.id, r.outlet, r.published))
    out = []
    for (kind, a, b), rows in told.items():
        days = sorted(p for _, _, p in rows if p)
        out.append(Bond(
            kind, a, b, days[0] if days else None, days[-1] if days else None,
            tuple(dict.fromkeys(i for i, _, _ in rows)), tuple(sorted({o for _, o, _ in rows if o})),
        ))  # fmt: skip
    return sorted(out, key=lambda x: (-len(x.reports), x.kind, x.a, x.b))
