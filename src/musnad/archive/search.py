"""Search as readers of Arabic expect: any spelling, with and without clitics and article, phrases, AND, OR, NOT.

A query is parsed into a small tree and written anew for the backend from stems alone, so that nothing of what a user
types reaches SQL or the index's own language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnClause,
    ColumnElement,
    Connection,
    Float,
    Select,
    TextualSelect,
    func,
    select,
    text,
)
from sqlalchemy import column as named_column

from musnad.archive import words
from musnad.archive.query import Filter
from musnad.archive.tables import event, report
from musnad.errors import UsageError
from musnad.record import Event

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

T = TypeVar("T")
MOST_WORDS = 40
COMMON = 20_000
"""Words that more reports have than this tell nothing about any of them: those added last come first, not ranked."""
AROUND = 12
"""Words shown on either side of the first found word."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """A part of what was found, and how many there are in all."""

    items: list[T]
    total: int


@dataclass(frozen=True)
class Hit:
    """A report found. `marks` are the found words as offsets (characters) into the body; `snippet` is the stretch of
    the body to show, as offsets."""

    n: int
    id: str
    title: str
    outlet: str | None
    published: str | None
    body: str
    snippet: tuple[int, int]
    marks: tuple[tuple[int, int], ...]
    events: int
    reprint_of: int | None


@dataclass(frozen=True)
class EventHit:
    """An event found, with its report."""

    n: int
    event: Event
    report_id: str
    title: str
    outlet: str | None
    published: str | None


# ---- the query


@dataclass(frozen=True)
class Node:
    """A part of a query: `op` is word, phrase, and, or, not. A phrase holds its stems, the others their parts."""

    op: str
    parts: tuple[Node, ...] = ()
    stems: tuple[str, ...] = ()


_TOKEN = re.compile(r'"[^"]*"?|«[^»]*»?|“[^”]*”?|[()]|[^\s()"«“]+')
_AND, _OR, _NOT = {"AND", "&", "&&", "و"}, {"OR", "|", "||", "أو", "او"}, {"NOT"}


def parse(query: str) -> Node | None:
    """The tree of a query; None when it holds no word. Words side by side must all be there; a leading - excludes.

    Raises UsageError for brackets that do not close, an operator without its words, or too many words.
    """
    tokens = _TOKEN.findall(query)
    if len(tokens) > 4 * MOST_WORDS:
        raise UsageError(f"a query may have {MOST_WORDS} words")
    node, at = _or(tokens, 0, 0)
    if at < len(tokens):
        raise UsageError("the query has a closing bracket without its opening one")
    if node is not None and _count(node) > MOST_WORDS:
        raise UsageError(f"a query may have {MOST_WORDS} words")
    if node is not None and not _sound(node):
        raise UsageError("the query only excludes; give at least one word to look for beside each NOT")
    return node


def _or(tokens: Sequence[str], at: int, depth: int) -> tuple[Node | None, int]:
    if depth > 20:
        raise UsageError("the query has too many brackets")
    parts: list[Node] = []
    node, at = _and(tokens, at, depth)
    if node is not None:
        parts.append(node)
    while at < len(tokens) and tokens[at] in _OR:
        node, at = _and(tokens, at + 1, depth)
        if node is None or not parts:
            raise UsageError("OR needs a word on either side")
        parts.append(node)
    return (Node("or", tuple(parts)) if len(parts) > 1 else parts[0] if parts else None), at


def _and(tokens: Sequence[str], at: int, depth: int) -> tuple[Node | None, int]:
    parts: list[Node] = []
    while at < len(tokens) and tokens[at] not in _OR and tokens[at] != ")":
        if tokens[at] in _AND:
            at += 1
            continue
        node, at = _one(tokens, at, depth)
        if node is not None:
            parts.append(node)
    return (Node("and", tuple(parts)) if len(parts) > 1 else parts[0] if parts else None), at


def _one(tokens: Sequence[str], at: int, depth: int) -> tuple[Node | None, int]:
    token = tokens[at]
    if token in _NOT or (token.startswith("-") and len(token) > 1):
        if token in _NOT:
            if at + 1 >= len(tokens) or tokens[at + 1] in _OR or tokens[at + 1] == ")":
                raise UsageError("NOT needs a word after it")
            node, at = _one(tokens, at + 1, depth + 1)
        else:
            node, at = _words(token[1:]), at + 1
        return (Node("not", (node,)) if node is not None else None), at
    if token == "(":
        node, at = _or(tokens, at + 1, depth + 1)
        if at >= len(tokens) or tokens[at] != ")":
            raise UsageError("the query has an opening bracket without its closing one")
        return node, at + 1
    return _words(token), at + 1


def _words(token: str) -> Node | None:
    found = tuple(words.stems(token))
    if not found:
        return None
    return Node("phrase" if len(found) > 1 else "word", (), found)


def _count(node: Node) -> int:
    return len(node.stems) + sum(_count(p) for p in node.parts)


def _sound(node: Node) -> bool:
    """Whether each NOT stands beside something to look for."""
    if node.stems:
        return True
    if node.op == "not":
        return False
    wanted = [part for part in node.parts if node.op == "or" or part.op != "not"]
    barred = [part.parts[0] for part in node.parts if node.op == "and" and part.op == "not"]
    return bool(wanted) and all(map(_sound, wanted)) and all(map(_sound, barred))


def _fts5(node: Node) -> str:
    """The query in FTS5's language; stems are letters and digits alone, and quoted."""
    if node.stems:
        return '"' + " ".join(_safe(s) for s in node.stems) + '"'
    if node.op == "and":
        wanted = [_fts5(p) for p in node.parts if p.op != "not"]
        barred = [_fts5(p.parts[0]) for p in node.parts if p.op == "not"]
        out = "(" + " AND ".join(wanted) + ")"
        for b in barred:
            out = f"({out} NOT {b})"
        return out
    return "(" + " OR ".join(_fts5(p) for p in node.parts) + ")"


def _tsquery(node: Node) -> str:
    if node.stems:
        return "(" + " <-> ".join("'" + _safe(s) + "'" for s in node.stems) + ")"
    if node.op == "not":
        return "!" + _tsquery(node.parts[0])
    return "(" + (" & " if node.op == "and" else " | ").join(_tsquery(p) for p in node.parts) + ")"


def _safe(stem: str) -> str:
    return re.sub(r"[^\w]", " ", stem).replace("_", " ").strip() or "0"


# ---- finding


def reports(
    archive: Archive, query: str = "", filter: Filter | None = None, *, limit: int = 20, offset: int = 0
) -> Page[Hit]:
    """Reports, best first; without a query, newest first. Raises UsageError for a query that is not understood."""
    node = parse(query)
    where = (filter or Filter()).of_reports()
    counted = select(func.count()).select_from(event).where(event.c.report_n == report.c.n).scalar_subquery()
    columns = (report, counted.label("events"))
    with archive.reading() as connection:
        if node is None:
            asked = select(*columns).where(*where).order_by(report.c.published.desc().nulls_last(), report.c.n.desc())
            total = connection.execute(select(func.count()).select_from(report).where(*where)).scalar_one()
            rows = connection.execute(asked.limit(limit).offset(offset)).all()
        else:
            total, numbers = _best(connection, node, where, limit, offset)
            found = {row.n: row for row in connection.execute(select(*columns).where(report.c.n.in_(numbers)))}
            rows = [found[n] for n in numbers]
    return Page([_hit(row, node) for row in rows], total)


def _asked(sqlite: bool, node: Node) -> tuple[str, str, str, str]:
    """How the index of words is asked: what is matched, numbers alone, numbers with ranks, and the query's value."""
    if sqlite:
        match = "FROM report_words WHERE report_words MATCH :query"
        number, rank, value = "rowid", "bm25(report_words, 6.0, 1.0)", _fts5(node)
    else:
        match = "FROM report_words, to_tsquery('simple', :query) q WHERE words @@ q"
        number, rank, value = "report_n", "-ts_rank_cd(words, q, 1)", _tsquery(node)
    return match, f"SELECT {number} AS n {match}", f"SELECT {number} AS n, {rank} AS rank {match}", value


def _ranked(archive: Archive, node: Node) -> TextualSelect:
    """The numbers of the reports that a query finds, with their ranks, the best lowest."""
    _, _, scored, value = _asked(archive.engine.dialect.name == "sqlite", node)
    return text(scored).bindparams(query=value).columns(named_column("n", BigInteger), named_column("rank", Float))


def _best(
    connection: Connection, node: Node, where: list[ColumnElement[bool]], limit: int, offset: int
) -> tuple[int, list[int]]:
    """How many reports a query finds, and one page of their numbers, best first."""
    n, rank = named_column("n", BigInteger), named_column("rank", Float)
    match, plain, scored, value = _asked(connection.dialect.name == "sqlite", node)

    # found once and kept: else a filter on reports makes the backend look every report up in the index by itself
    def matched(sql: str, *columns: ColumnClause[Any]) -> CTE:
        found = text(sql).bindparams(query=value).columns(*columns).cte("found")
        return found.prefix_with("MATERIALIZED") if where else found

    def inside(found: CTE) -> list[ColumnElement[bool]]:
        return [found.c.n.in_(select(report.c.n).where(*where).correlate(None))] if where else []

    everywhere = text(f"SELECT count(*) {match}").bindparams(query=value)
    found = matched(plain, n)
    total = connection.execute(select(func.count()).select_from(found).where(*inside(found))).scalar_one()
    if not total:
        return 0, []
    if total <= COMMON and (not where or connection.execute(everywhere).scalar_one() <= COMMON):
        found = matched(scored, n, rank)
        order: list[ColumnElement[Any]] = [found.c.rank, found.c.n]
    else:
        order = [found.c.n.desc()]
    asked = select(found.c.n).where(*inside(found)).order_by(*order).limit(limit).offset(offset)
    return total, list(connection.execute(asked).scalars())


def events(
    archive: Archive, query: str = "", filter: Filter | None = None, *, limit: int = 20, offset: int = 0
) -> Page[EventHit]:
    """Events that a filter lets through, in reports that a query finds: those of the best reports first, and of one
    report the latest; without a query (or when its words are in more than `COMMON` reports) the latest first."""
    node = parse(query)
    where = [*(filter or Filter()).of_events(), *saying(archive, query)]
    columns = (event.c.n, event.c.data, report.c.id, report.c.title, report.c.outlet, report.c.published)
    latest = [func.coalesce(event.c.day_from, report.c.published).desc().nulls_last(), event.c.n]
    with archive.reading() as connection:
        total = connection.execute(select(func.count()).select_from(event).where(*where)).scalar_one()
        asked = select(*columns).join(report, report.c.n == event.c.report_n).where(*where).order_by(*latest)
        if node is not None and total:
            ranked = _ranked(archive, node).cte("ranked").prefix_with("MATERIALIZED")
            many = connection.execute(
                select(func.count()).select_from(_matching(archive, node).subquery())
            ).scalar_one()
            if many <= COMMON:
                asked = asked.join(ranked, ranked.c.n == event.c.report_n).order_by(None)
                asked = asked.order_by(ranked.c.rank, report.c.n, *latest)
        rows = connection.execute(asked.limit(limit).offset(offset)).all()
    return Page(
        [EventHit(r.n, msgspec.json.decode(r.data, type=Event), r.id, r.title, r.outlet, r.published) for r in rows],
        total,
    )


def saying(archive: Archive, query: str) -> list[ColumnElement[bool]]:
    """Conditions on rows of `event`: that their report is one that a query finds; none for a query without words."""
    node = parse(query)
    return [] if node is None else [event.c.report_n.in_(_matching(archive, node))]


def finding(archive: Archive, query: str) -> list[ColumnElement[bool]]:
    """Conditions on rows of `report`: that a query finds them; none for a query without words."""
    node = parse(query)
    return [] if node is None else [report.c.n.in_(_matching(archive, node))]


def _matching(archive: Archive, node: Node) -> Select[tuple[int]]:
    """The numbers of the reports that a query finds."""
    if archive.engine.dialect.name == "sqlite":
        match = text("SELECT rowid AS n FROM report_words WHERE report_words MATCH :query").bindparams(
            query=_fts5(node)
        )
    else:
        match = text("SELECT report_n AS n FROM report_words WHERE words @@ to_tsquery('simple', :query)").bindparams(
            query=_tsquery(node)
        )
    found = match.columns(report.c.n).subquery("found")
    return select(found.c.n)


def holding(archive: Archive, forms: Iterable[str], *, limit: int) -> tuple[int, list[int]]:
    """How many reports hold one of some words or phrases, written in any of the given forms, and the numbers of those
    added last."""
    told = dict.fromkeys(tuple(words.stems(form)) for form in forms)
    nodes = tuple(Node("phrase" if len(stems) > 1 else "word", (), stems) for stems in told if stems)
    if not nodes:
        return 0, []
    where = [report.c.n.in_(_matching(archive, Node("or", nodes)))]
    with archive.reading() as connection:
        total = connection.execute(select(func.count()).select_from(report).where(*where)).scalar_one()
        asked = select(report.c.n).where(*where).order_by(report.c.n.desc()).limit(limit)
        return total, list(connection.execute(asked).scalars())


def _hit(row: Any, node: Node | None) -> Hit:
    marks = found_in(row.body, node) if node is not None else ()
    at = marks[0][0] if marks else 0
    spots = [m.span() for m in re.finditer(r"\S+", row.body)]
    here = next((k for k, (_, end) in enumerate(spots) if end > at), 0)
    first, last = max(0, here - AROUND), min(len(spots) - 1, here + 2 * AROUND)
    snippet = (spots[first][0], spots[last][1]) if spots else (0, 0)
    return Hit(
        row.n, row.id, row.title, row.outlet, row.published, row.body, snippet, marks, row.events, row.reprint_of
    )


def found_in(body: str, node: Node) -> tuple[tuple[int, int], ...]:
    """Where the wanted words and phrases of a query stand in a text (characters)."""
    wanted: set[tuple[str, ...]] = set()

    def gather(x: Node) -> None:
        if x.stems:
            wanted.add(x.stems)
        elif x.op != "not":
            for p in x.parts:
                gather(p)

    gather(node)
    found = words.spots(body)
    stems = [stem for _, _, stem in found]
    starts: dict[str, list[tuple[str, ...]]] = {}
    for w in sorted(wanted):
        starts.setdefault(w[0], []).append(w)
    out: list[tuple[int, int]] = []
    for i, s in enumerate(stems):
        for w in starts.get(s, ()):
            if tuple(stems[i : i + len(w)]) == w:
                out.append((found[i][0], found[i + len(w) - 1][1]))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(out):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
