"""Outlets side by side: who reports of a party, a place or a span, in which words, and what each leaves out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, literal_column, select

from musnad.archive.incidents import Incident, find
from musnad.archive.query import Filter, actor_ids
from musnad.archive.tables import event, incident_event, party, report
from musnad.report import Report

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

MOST = 400
"""Incidents looked at."""


@dataclass(frozen=True)
class Outlet:
    """One outlet: its reports and events that a filter lets through, the words that it uses for the party asked for,
    whom it quotes, the incidents that it tells alone, and those that two others tell and it does not (by key)."""

    name: str
    reports: int
    events: int
    words: tuple[tuple[str, int], ...]
    quotes: tuple[tuple[str, int], ...]
    alone: tuple[str, ...]
    left_out: tuple[str, ...]


def side_by_side(archive: Archive, filter: Filter) -> tuple[list[Outlet], dict[str, Incident]]:
    """The outlets that report what a filter lets through, and the incidents spoken of, by key."""
    where = filter.of_events()
    named_in = party.alias()  # the filter asks the table of parties itself
    named = func.coalesce(report.c.outlet, literal_column("''"))
    with archive.reading() as connection:
        counts = connection.execute(
            select(named.label("outlet"), func.count(report.c.n.distinct()).label("r"), func.count().label("e"))
            .join(event, event.c.report_n == report.c.n)
            .where(*where)
            .group_by(named)
        ).all()
        words: dict[str, Counter[str]] = {}
        if filter.actor:
            for r in connection.execute(
                select(named.label("outlet"), named_in.c.text)
                .join(event, event.c.report_n == report.c.n)
                .join(named_in, (named_in.c.of_n == event.c.n) & (named_in.c.kind == "event"))
                .where(named_in.c.actor.in_(actor_ids(filter.actor)), *where)
            ):
                words.setdefault(r.outlet, Counter())[r.text] += 1
        quotes: dict[str, Counter[str]] = {}
        for r in connection.execute(
            select(named.label("outlet"), named_in.c.actor)
            .join(event, event.c.report_n == report.c.n)
            .join(named_in, (named_in.c.of_n == event.c.n) & (named_in.c.kind == "event"))
            .where(named_in.c.role == "narrator", *where)
        ):
            quotes.setdefault(r.outlet, Counter())[r.actor] += 1
        found = {i.n: i for i in find(archive, filter, limit=MOST)}
        tellers: dict[int, set[str]] = {n: set() for n in found}
        for r in connection.execute(
            select(incident_event.c.incident_n, named.label("outlet"))
            .join(event, event.c.n == incident_event.c.event_n)
            .join(report, report.c.n == event.c.report_n)
            .where(incident_event.c.incident_n.in_(sorted(found)))
        ):
            tellers[r.incident_n].add(r.outlet)
    out = []
    for row in sorted(counts, key=lambda r: (-r.e, r.outlet)):
        mine = row.outlet
        out.append(Outlet(
            mine, row.r, row.e, _top(words.get(mine)), _top(quotes.get(mine)),
            tuple(found[n].key for n in found if tellers[n] == {mine}),
            tuple(found[n].key for n in found if mine not in tellers[n] and len(tellers[n]) >= 2),
        ))  # fmt: skip
    return out, {i.key: i for i in found.values()}


def _top(count: Counter[str] | None) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((count or Counter()).items(), key=lambda x: (-x[1], x[0]))[:10])


def related(archive: Archive, report_id: str) -> list[tuple[str, str | None]]:
    """The headlines listed under a report's page, each with the id of the stored report that bears it, if it is in."""
    from musnad.archive.words import stems

    with archive.reading() as connection:
        row = connection.execute(select(report.c.document).where(report.c.id == report_id)).one_or_none()
        if row is None:
            return []
        document = msgspec.json.decode(row.document, type=Report)
        out: list[tuple[str, str | None]] = []
        for link in document.related:
            by_url = (
                connection.execute(select(report.c.id).where(report.c.url == link.url)).scalar() if link.url else None
            )
            by_title = (
                by_url
                or connection.execute(
                    select(report.c.id).where(report.c.title == link.title).order_by(report.c.n)
                ).scalar()
            )
            if by_title is None:
                from musnad.archive import search

                wanted = stems(link.title)
                hits = (
                    search.reports(archive, '"' + link.title.replace('"', " ") + '"', limit=5).items if wanted else []
                )
                by_title = next((h.id for h in hits if stems(h.title) == wanted), None)
            out.append((link.title, by_title))
    return out
