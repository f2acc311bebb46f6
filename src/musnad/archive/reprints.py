"""Reprints: near-identical reports found as they come in, so that a text passed on ten times is one source.

Candidates share a band of their MinHash sketches (Broder 1997; banding after Leskovec, Rajaraman and Ullman, "Mining
of Massive Datasets", chapter 3), kept in a table so that new reports meet old ones. A pair counts when its sets of
word shingles really overlap. Groups are the connected pairs: the same in any order of arrival. The first report of a
group is its oldest by date, then by id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rensa import RMinHash
from sqlalchemy import Connection, func, insert, or_, select, update

from musnad.arabic.text import tokenize
from musnad.archive.flat import in_parts
from musnad.archive.tables import report, sketch
from musnad.report import Report

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

SHINGLE = 4
"""Words in a shingle."""
PERMUTATIONS, BANDS = 64, 16
SEED = 7
ALIKE = 0.6
"""Share of shingles that two reprints have in common (Jaccard)."""
INSIDE = 0.8
"""Share of the shorter text's shingles that stand in the longer one, which is at most three times as long."""
FEWEST = 20
"""Shingles under which a text is too short to tell."""


def shingles(body: str) -> frozenset[str]:
    """The shingles of a text in normal form."""
    forms = [t.norm for t in tokenize(body) if t.kind == "word"]
    return frozenset(" ".join(forms[i : i + SHINGLE]) for i in range(len(forms) - SHINGLE + 1))


def alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two texts are reprints."""
    if min(len(a), len(b)) < FEWEST:
        return False
    common = len(a & b)
    if common >= ALIKE * (len(a) + len(b) - common):
        return True
    return common >= INSIDE * min(len(a), len(b)) and 3 * min(len(a), len(b)) >= max(len(a), len(b))


def _bands(of: frozenset[str]) -> list[tuple[int, int]]:
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update(sorted(of))
    values = minhash.digest()
    rows = PERMUTATIONS // BANDS
    out = []
    for band in range(BANDS):
        mixed = 0
        for v in values[band * rows : (band + 1) * rows]:
            mixed = (mixed * 1_000_003 + v) & 0x7FFF_FFFF_FFFF_FFFF
        out.append((band, mixed))
    return out


def place(connection: Connection, reports: Sequence[tuple[int, Report]]) -> None:
    """Put new reports beside the reports they reprint."""
    sets: dict[int, frozenset[str]] = {}
    rows: list[dict[str, int]] = []
    for n, r in reports:
        found = shingles(r.body)
        if len(found) >= FEWEST:
            sets[n] = found
            rows.extend({"band": band, "hash": value, "report_n": n} for band, value in _bands(found))
    if not rows:
        return
    connection.execute(insert(sketch), rows)
    mates: dict[int, set[int]] = {}
    hit = sketch.alias()
    same_band = (hit.c.band == sketch.c.band) & (hit.c.hash == sketch.c.hash) & (hit.c.report_n < sketch.c.report_n)
    asked = select(sketch.c.report_n, hit.c.report_n).join(hit, same_band)
    for part in in_parts(sorted(sets)):
        for a, b in connection.execute(asked.where(sketch.c.report_n.in_(part)).distinct()):
            mates.setdefault(a, set()).add(b)
    for n in sorted(mates):
        groups = _by_head(connection, [n, *sorted(mates[n])])
        mine = next(head for head, members in groups.items() if n in members)
        for head in sorted(groups.keys() - {mine}):  # of its own group it is already, however many they are
            for other in groups[head]:
                if other not in sets:
                    body = connection.execute(select(report.c.body).where(report.c.n == other)).scalar_one()
                    sets[other] = shingles(body)
                if alike(sets[n], sets[other]):
                    mine = _join(connection, mine, head)
                    break


def _by_head(connection: Connection, numbers: Sequence[int]) -> dict[int, list[int]]:
    """Reports by the first report of the group they are in."""
    found: dict[int, list[int]] = {}
    for part in in_parts(numbers):
        asked = select(report.c.n, func.coalesce(report.c.reprint_of, report.c.n)).where(report.c.n.in_(part))
        for n, head in connection.execute(asked.order_by(report.c.n)):
            found.setdefault(head, []).append(n)
    return found


def _join(connection: Connection, a: int, b: int) -> int:
    """Make one group of two, named by their first reports; the older of these is the first of all, and is returned."""
    asked = select(report.c.n, report.c.published, report.c.id).where(report.c.n.in_((a, b)))
    first, later = sorted(connection.execute(asked).all(), key=_age)
    moved = or_(report.c.n == later.n, report.c.reprint_of == later.n)
    connection.execute(update(report).where(moved).values(reprint_of=first.n))
    return int(first.n)


def _age(row: Any) -> tuple[str, str]:
    return row.published or "9999", row.id


def groups(archive: Archive, limit: int = 100) -> list[list[tuple[str, str | None, str | None, str]]]:
    """Groups of reprints, largest first: (report id, outlet, published, title) of each, the first report first."""
    with archive.reading() as connection:
        heads = connection.execute(
            select(report.c.reprint_of, func.count().label("size"))
            .where(report.c.reprint_of.is_not(None))
            .group_by(report.c.reprint_of)
            .order_by(func.count().desc(), report.c.reprint_of)
            .limit(limit)
        ).all()
        out = []
        for head in heads:
            rows = connection.execute(
                select(report).where(or_(report.c.n == head.reprint_of, report.c.reprint_of == head.reprint_of))
            ).all()
            out.append([(r.id, r.outlet, r.published, r.title) for r in sorted(rows, key=_age)])
    return out
