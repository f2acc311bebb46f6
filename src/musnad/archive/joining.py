"""Which mentions tell one event: by kind, parties, place, time and toll.

Two mentions are scored with what speaks for and against them (data/joining.tsv, learned from labelled
pairs; data/kinds.tsv). Then the best pairs
are joined first, and a join is refused where the two sides cannot be one event: other days, other places. Everything
depends on the set of mentions alone, never on the order in which they came.

Only acts told as happened, going on, denied or possible are joined: a plan, a threat or a demand tells of no event yet.
Mentions are compared within small blocks (a kind of act, a week, a place or a party), so that the work grows with the
number of mentions, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from itertools import combinations
from unicodedata import normalize

from musnad.arabic.letters import norm
from musnad.archive.flat import days
from musnad.codebook.geometry import distance_km
from musnad.record import Event, Toll
from musnad.sides import side

JOINED = frozenset({"happened", "ongoing", "denied", "possible"})
"""Statuses that tell of an event."""
LARGE = frozenset({"country", "region", "sea"})
"""Kinds of place that say little about where."""
CROWDED = 160
"""A block with more mentions is not compared pair by pair; each mention meets its `NEIGHBOURS` nearest instead."""
NEIGHBOURS = 24
INSIDE, BETWEEN = -0.2, 0.0
"""Log odds from which a pair may be joined: in one report, and of two."""
INSIDE_MEAN, BETWEEN_MEAN = -1.0, -1.0
"""Log odds that the pairs between two groups must reach on average to become one."""
NEVER = -99.0
SAME = -9999.0
NEAR_KM = 12.0
"""Places whose circles are further apart are not one place."""
BACK_DAYS = 12
"""An undated act is taken to have happened at most so many days before its report."""
WITHIN_DAYS = 4
FEW = 3
"""A toll below this is shared by too many events to tell them apart."""
_SOME = 12
_FLOOR, _CEILING = -4.0, 4.0
_WEEK = 7
_LAST = date.max.toordinal()
_AFTER = 60
_GENERAL = 100.0
"""Kilometres: a place known no better than this says no more than a country does."""
_LOOSE_WORDS = frozenset(
    [
        "al",
        "el",
        "city",
        "town",
        "governorate",
        "province",
        "countryside",
        "district",
        "neighbourhood",
        "neighborhood",
        "area",
        "village",
        "region",
        "camp",
        "base",
        "air",
        "airbase",
        "field",
        "oil",
        "gas",
        "plant",
        "the",
        "of",
        "in",
        "near",
        "refugee",
        "international",
        "directorate",
    ]
)
_DIRECTIONS = frozenset(
    ["northern", "southern", "eastern", "western", "north", "south", "east", "west", "central", "northeastern", "rural"]
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a mention: its names in comparable form, its country, its point (degrees) and radius (km)."""

    names: frozenset[str]
    country: str
    lat: float | None
    lon: float | None
    km: float | None
    general: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """One event of one report, as joining sees it, or all that the report says of one event (`merged`).

    Days are counted from year 1 (`date.toordinal`).

    `first` and `last` bound the day of the act; `dated` tells that the text bounds it, not the report's day alone.
    """

    n: int
    report: str
    start: int
    end: int
    published: int | None
    first: int | None
    last: int | None
    dated: bool
    kinds: frozenset[str]
    status: str
    words: frozenset[str]
    definite: bool
    another: bool
    spots: tuple[Spot, ...]
    actors: frozenset[str]
    recipients: frozenset[str]
    killed: Toll | None
    injured: Toll | None

    @property
    def order(self) -> tuple[int, str, int, int, list[str]]:
        """Where it stands among all mentions: by day of publication, report and place in the text."""
        return (self.published or _LAST, self.report, self.start, self.end, sorted(self.kinds))


@cache
def weights() -> dict[str, float]:
    """The table joining.tsv: what each trait adds to the log odds."""
    lines = (resources.files("musnad.archive") / "data" / "joining.tsv").read_text("utf8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith(("#", "trait\t"))]
    return {name: float(worth) for name, worth in rows}


@cache
def _likenesses() -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for line in (resources.files("musnad.archive") / "data" / "kinds.tsv").read_text("utf8").splitlines():
        if line and not line.startswith(("#", "kind\t")):
            one, other, worth = line.split("\t")
            found[one, other] = found[other, one] = float(worth)
    return found


@lru_cache(maxsize=1 << 15)
def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How well two sets of kinds of act go together, 0 to 1; 0 when they are never one event."""
    if one & other:
        return 1.0
    table = _likenesses()
    return max(
        table.get((a, b), table.get((a.partition("/")[0], b.partition("/")[0]), 0.0)) for a in one for b in other
    )


@cache
def _family(kind: str) -> str:
    """Kinds that can be joined share a family: the connected groups of kinds.tsv."""
    table = _likenesses()
    type = kind.partition("/")[0]
    if (type, type) in table:
        return type
    seen, todo = {kind}, [kind]
    while todo:
        one = todo.pop()
        for a, b in table:
            if a == one and b not in seen:
                seen.add(b)
                todo.append(b)
    return min(seen)


@lru_cache(maxsize=1 << 15)
def _names(name: str, text: str) -> frozenset[str]:
    plain = "".join(c for c in normalize("NFD", name.casefold().replace("ı", "i")) if c.isalpha() or c in " -")
    words = [w for w in plain.replace("-", " ").split() if w not in _LOOSE_WORDS]
    arabic = norm(text).removeprefix("ال")
    found = {"".join(words)} if words else set()
    if arabic and " " not in arabic:
        found.add(arabic)
    return frozenset(found or {plain})


def mention(
    n: int,
    report: str,
    event: Event,
    body: str,
    published: str | None,
    not_before: str | None = None,
    not_after: str | None = None,
) -> Mention:
    """An event as joining sees it. `published` is the report's ISO day; without one, the bounds of that day."""
    out = _ordinal(published)
    first_day, last_day = days(event.date)
    dated = first_day is not None
    if dated:
        first, last = _ordinal(first_day), _ordinal(last_day)
    elif out is not None:
        first, last = out - BACK_DAYS, out
    else:
        first, last = _ordinal(not_before), _ordinal(not_after)
        first = first - BACK_DAYS if first is not None else None
    word = norm(event.trigger.text)
    return Mention(
        n=n, report=report, start=event.trigger.start, end=event.trigger.end, published=out,
        first=first, last=last, dated=dated, kinds=frozenset({f"{event.type}/{event.mode or 'other'}"}),
        status=event.status, words=frozenset({_stem(word)}),
        definite=word.startswith(("ال", "لل", "هذه", "بال", "وال")),
        another=any(norm(w) in _another() for w in body[event.trigger.end : event.trigger.end + _AFTER].split()[:4]),
        spots=tuple(
            Spot(
                _names(p.name, p.text), p.country, p.lat, p.lon, p.precision_km,
                p.kind in LARGE or (p.precision_km or 0) > _GENERAL or _broad(p.name),
            )
            for p in event.places
        ),
        actors=frozenset(side(a.id) for a in event.actors),
        recipients=frozenset(side(a.id) for a in event.recipients),
        killed=event.killed, injured=event.injured,
    )  # fmt: skip


@cache
def _another() -> frozenset[str]:
    """Words after a trigger that set its event apart from the one told before."""
    lines = (resources.files("musnad.archive") / "data" / "another.tsv").read_text("utf8").splitlines()
    return frozenset(norm(line) for line in lines if line and not line.startswith(("#", "word")))


def _broad(name: str) -> bool:
    words = name.casefold().split()
    return words[0] in _DIRECTIONS or words[-1] in ("border", "coast") or name in _countries()


@cache
def _countries() -> frozenset[str]:
    lines = (resources.files("musnad.codebook") / "data" / "countries.tsv").read_text("utf8").splitlines()
    return frozenset(cell for line in lines if not line.startswith("#") for cell in line.split("\t")[:3])


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day[:10]).toordinal() if day else None


def _stem(word: str) -> str:
    for head in ("وال", "بال", "كال", "فال", "لل", "ال"):
        if word.startswith(head) and len(word) - len(head) >= 3:
            word = word[len(head) :]
            break
    for tail in ("ات", "ين", "ها", "ه", "ت", "وا"):
        if word.endswith(tail) and len(word) - len(tail) >= 3:
            return word[: -len(tail)]
    return word


def blocks(m: Mention) -> list[str]:
    """The blocks in which a mention meets others. Two mentions that share none are never compared."""
    families = sorted({_family(kind) for kind in m.kinds})
    found: set[str] = set()
    if m.first is None or m.last is None:
        weeks: Iterable[int] = ()
    else:
        weeks = range(m.first // _WEEK, m.last // _WEEK + 1)
        if len(weeks) > 6:
            weeks = ()
    whom = [f"{a}>{r}" for a in sorted(m.actors) for r in sorted(m.recipients) if not (_vague(a) or _vague(r))]
    whom += [f">{r}" for r in sorted(m.recipients) if r.isalpha()]  # groups with a name of their own
    if "ASSAULT/clash" in m.kinds:
        whom += [f"{a}>{b}" for a, b in combinations(sorted(m.actors), 2)]
    if m.killed and m.killed[0] >= FEW:
        whom.append(f"killed {m.killed[0]}")
    where = sorted({name for s in m.spots if not s.general for name in s.names})
    for week in weeks:
        found.update(f"{week}|{family}|{key}" for family in families for key in (*where, *whom))
    return sorted(found)


def _vague(actor: str) -> bool:
    return actor.startswith("XXX-") or actor.endswith("-UAF") or actor == "ANON"


def traits(a: Mention, b: Mention) -> list[str] | None:
    """What speaks for and against two mentions being one event, by name; None when they cannot be one."""
    like = likeness(a.kinds, b.kinds)
    if not like:
        return None
    inside = a.report == b.report
    when = _time(a, b, inside)
    where = _place(a.spots, b.spots)
    if when is None or where is None:
        return None
    found = ["always", f"kind {int(like * 10) / 10:g}", f"time {when}", f"place {where}"]
    parties = _parties(a, b)
    if parties is None:
        return None
    found += parties
    found += [f"place {where}, time {when}", f"place {where}, kind {int(like * 10) / 10:g}"]
    found += [f"place {where}, {p}" for p in parties]
    if len(parties) > 1:
        found.append(", ".join(parties))
    for name, one, other in (("killed", a.killed, b.killed), ("injured", a.injured, b.injured)):
        toll = _toll(one, other)
        if toll:
            found.append(f"{name} {toll}")
    if a.words & b.words:
        found.append("same word")
    if a.status != b.status:
        found.append("status " + " ".join(sorted((a.status, b.status))))
    elif a.status == "ongoing":
        found.append("status ongoing twice")
    shared = min(a.kinds & b.kinds, default="")
    if shared and not shared.startswith("ASSAULT/"):
        found.append(f"type {shared.partition('/')[0]}")
    elif shared in ("ASSAULT/capture", "ASSAULT/other", "ASSAULT/kill", "ASSAULT/clash", "ASSAULT/attack"):
        found.append(f"both {shared[8:]}")
    if shared == "ASSAULT/capture" and a.actors and b.actors and not a.actors & b.actors:
        found.append("taken by another")
    if a.another is not b.another:
        found.append("another")
    if inside:
        later = b if (b.start, b.end) > (a.start, a.end) else a
        if later.definite:
            found.append("told again with the article")
            if like == 1 and not later.spots and not later.dated:
                found.append("told again, bare")
        gap = abs(a.start - b.start)
        found.append("near" if gap <= 150 else "close" if gap <= 400 else "apart")
        return ["in " + name for name in found]
    return ["between " + name for name in found]


def score(a: Mention, b: Mention) -> float:
    """The log odds that two mentions tell one event; `NEVER` when they cannot."""
    found = traits(a, b)
    if found is None:
        return NEVER
    w = weights()
    return sum(w.get(name, 0.0) for name in found)


def _time(a: Mention, b: Mention, inside: bool) -> str | None:
    if a.dated and b.dated:
        assert a.first is not None and a.last is not None and b.first is not None and b.last is not None
        gap = max(a.first - b.last, b.first - a.last)
        if gap > 1 or (gap == 1 and inside):
            return None
        if gap == 1:
            return "next day"
        return "same day" if max(a.last - a.first, b.last - b.first) <= 1 else "same span"
    if a.dated or b.dated:
        known, loose = (a, b) if a.dated else (b, a)
        if inside:
            return "one dated" if _recent(known) else "one long before"
        if loose.published is None or known.first is None or known.last is None:
            return "one dated" if loose.published is None and _meet(known, loose) else None
        if known.first > loose.published or known.last < loose.published - 3 * BACK_DAYS:
            return None
        return "one dated" if known.last >= loose.published - WITHIN_DAYS else "one long before"
    if inside:
        return "undated"
    if a.published is None or b.published is None:
        return "unknown" if _meet(a, b) else None
    gap = abs(a.published - b.published)
    if gap > BACK_DAYS:
        return None
    return "one day" if gap <= 1 else "few days" if gap <= WITHIN_DAYS else "days apart"


def _recent(m: Mention) -> bool:
    return m.published is None or m.last is None or m.last >= m.published - WITHIN_DAYS


def _meet(a: Mention, b: Mention) -> bool:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return False
    return a.first <= b.last and b.first <= a.last


def _place(a: Sequence[Spot], b: Sequence[Spot]) -> str | None:
    if not a or not b:
        return "unknown" if not a and not b else "one unknown"
    if a[0].names & b[0].names and a[0].country == b[0].country:
        return "same" if not a[0].general and not b[0].general else "same general"
    if {s.country for s in a}.isdisjoint(s.country for s in b):
        return None
    one, other = [s for s in a if not s.general], [s for s in b if not s.general]
    if not one or not other:
        return "general"
    gap = _gap(one[0], other[0])
    if gap is not None:
        return "same" if gap == SAME else "inside" if gap <= 0 else "near" if gap <= NEAR_KM else None
    if any(one[0].names & y.names for y in other) or any(other[0].names & x.names for x in one):
        return "shared"
    return "beside" if any(x.names & y.names for x in one for y in other) else "other name"


def _gap(x: Spot, y: Spot) -> float | None:
    """Kilometres between two places beyond the radius of the larger; None when a point is not known."""
    if x.names & y.names:
        return SAME
    if x.lat is None or x.lon is None or y.lat is None or y.lon is None:
        return None
    return distance_km(x.lat, x.lon, y.lat, y.lon) - max(x.km or 0.0, y.km or 0.0)


def _parties(a: Mention, b: Mention) -> list[str] | None:
    if "ASSAULT/clash" in a.kinds or "ASSAULT/clash" in b.kinds:
        one, other = a.actors | a.recipients, b.actors | b.recipients
        if not one or not other:
            return ["clash unknown"]
        same = one & other
        return ["clash same" if len(same) > 1 else "clash one same" if same else "clash differ"]
    if a.actors and b.actors and not a.actors & b.actors and (a.actors & b.recipients or b.actors & a.recipients):
        return None  # the one struck back
    found = []
    for role, one, other in (("actor", a.actors, b.actors), ("recipient", a.recipients, b.recipients)):
        if not one and not other:
            continue
        if not one or not other:
            found.append(f"{role} one unknown")
        elif one & other:
            found.append(f"{role} same")
        else:
            found.append(f"{role} like" if _alike(one, other) else f"{role} differs")
    return found


def _alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of sides may name the same people: unknown hands, bodies of one country."""
    other = tuple(other)
    return any(_vague(x) or _vague(y) or x[:4] == y[:4] for x in one for y in other)


def _toll(a: Toll | None, b: Toll | None) -> str | None:
    if a is None or b is None:
        return None if a is None and b is None else "one unknown"
    if a == b:
        return "same many" if a[0] >= FEW else "same few"
    high_a, high_b = a[1] if a[1] is not None else 10**6, b[1] if b[1] is not None else 10**6
    return "meets" if a[0] <= high_b and b[0] <= high_a else "differs"


def merged(mentions: Sequence[Mention]) -> Mention:
    """All that one report says of one event, as one mention: what any of its mentions tells."""
    first = mentions[0]
    if len(mentions) == 1:
        return first
    dated = [m for m in mentions if m.dated]
    day = min(dated, key=lambda m: ((m.last or 0) - (m.first or 0), m.order)) if dated else first
    spots: dict[Spot, None] = {}
    for m in sorted(mentions, key=lambda m: (not m.spots, m.order)):
        spots.update(dict.fromkeys(m.spots))
    told = [m.status for m in mentions]
    return Mention(
        n=first.n, report=first.report, start=first.start, end=first.end, published=first.published,
        first=day.first, last=day.last, dated=day.dated,
        kinds=frozenset(k for m in mentions for k in m.kinds),
        status=next((s for s in ("happened", "ongoing", "denied") if s in told), told[0]),
        words=frozenset(w for m in mentions for w in m.words), definite=False, another=any(m.another for m in mentions),
        spots=tuple(sorted(spots, key=lambda s: s.general)),
        actors=frozenset(a for m in mentions for a in m.actors),
        recipients=frozenset(r for m in mentions for r in m.recipients),
        killed=max((m.killed for m in mentions if m.killed), default=None, key=lambda t: t[0]),
        injured=max((m.injured for m in mentions if m.injured), default=None, key=lambda t: t[0]),
    )  # fmt: skip


def within(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """What one report tells, event by event: its mentions of one event together."""
    edges = [
        (a.n, b.n, worth)
        for a, b in combinations(sorted(mentions, key=lambda m: m.order), 2)
        if (worth := score(a, b)) >= INSIDE
    ]
    return groups(mentions, edges, INSIDE_MEAN)


def pairs(members: Sequence[Mention], fresh: Container[int] | None = None) -> list[tuple[int, int, float]]:
    """The pairs of a block that may be one event, as (n, n, score). A crowded block is walked in order, not squared.

    With `fresh`, only the pairs that have one of these numbers.
    """
    ordered = sorted(members, key=lambda m: m.order)
    reach = len(ordered)
    if reach > CROWDED:
        ordered.sort(key=lambda m: (sorted(m.actors), sorted(m.recipients), m.first or 0, m.order))
        reach = NEIGHBOURS
    found = []
    for i, a in enumerate(ordered):
        for b in ordered[i + 1 : i + 1 + reach]:
            if a.report == b.report or (fresh is not None and a.n not in fresh and b.n not in fresh):
                continue
            worth = score(a, b)
            if worth >= BETWEEN:
                found.append((a.n, b.n, worth) if a.n < b.n else (b.n, a.n, worth))
    return found


class _Group:
    """What is common to mentions joined so far: the days left, and the places."""

    __slots__ = ("dated", "first", "last", "members", "spots")

    def __init__(self, m: Mention) -> None:
        self.members = [m]
        self.dated = m.dated
        self.first, self.last = (m.first, m.last) if m.dated else (None, None)
        self.spots = {m.spots} if m.spots else set()

    def fits(self, other: _Group, mean: float, known: dict[tuple[int, int], float]) -> bool:
        if self.dated and other.dated:
            assert self.first is not None and self.last is not None
            assert other.first is not None and other.last is not None
            if max(self.first - other.last, other.first - self.last) > 1:
                return False
        if any(_place(a, b) is None for a in self.spots for b in other.spots):
            return False
        one, two = self.members[:_SOME], other.members[:_SOME]
        worth = 0.0
        for a in one:
            for b in two:
                pair = (a.n, b.n) if a.n < b.n else (b.n, a.n)
                if pair not in known:
                    known[pair] = score(a, b)
                worth += min(max(known[pair], _FLOOR), _CEILING)
        return round(worth, 6) >= mean * len(one) * len(two)

    def take(self, other: _Group) -> None:
        self.members = sorted(self.members + other.members, key=lambda m: m.order)
        self.spots |= other.spots
        if other.dated:
            if self.dated:
                assert self.first is not None and self.last is not None
                assert other.first is not None and other.last is not None
                first, last = max(self.first, other.first), min(self.last, other.last)
                self.first, self.last = min(first, last), max(first, last)
            else:
                self.dated, self.first, self.last = True, other.first, other.last


def groups(
    mentions: Iterable[Mention], edges: Iterable[tuple[int, int, float]], mean: float = BETWEEN_MEAN
) -> list[list[Mention]]:
    """Join mentions into events: the best pairs first, never against what the two sides tell of day and place.

    Every mention is in one group. Groups and their members stand in the order of `Mention.order`.
    """
    by_n = {m.n: m for m in mentions}
    best: dict[tuple[int, int], float] = {}
    for a, b, worth in edges:
        if a in by_n and b in by_n:
            best[a, b] = max(worth, best.get((a, b), worth))
    group = {n: _Group(m) for n, m in by_n.items()}
    known = dict(best)

    def rank(item: tuple[tuple[int, int], float]) -> tuple[object, ...]:
        (a, b), worth = item
        one, other = by_n[a], by_n[b]
        return (-round(worth, 6), abs(one.start - other.start), *sorted((one.order, other.order)))

    for (a, b), _ in sorted(best.items(), key=rank):
        one, other = group[a], group[b]
        if one is other or not one.fits(other, mean, known):
            continue
        if len(one.members) < len(other.members):
            one, other = other, one
        one.take(other)
        for m in other.members:
            group[m.n] = one
    distinct = {id(g): g for g in group.values()}.values()
    return sorted((sorted(g.members, key=lambda m: m.order) for g in distinct), key=lambda ms: ms[0].order)


def join(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Join a whole set of mentions at once: first what each report tells, then the reports."""
    of_report: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        of_report[m.report].append(m)
    tellings = {(t := merged(g)).n: (t, g) for report in of_report.values() for g in within(report)}
    members: dict[str, list[Mention]] = defaultdict(list)
    for telling, _ in tellings.values():
        for block in blocks(telling):
            members[block].append(telling)
    edges = [edge for inside in members.values() for edge in pairs(inside)]
    joined = groups([t for t, _ in tellings.values()], edges, BETWEEN_MEAN)
    return [sorted((m for t in g for m in tellings[t.n][1]), key=lambda m: m.order) for g in joined]
