"""Which mentions tell one event: by kind, parties, place, time, toll and words.

Two mentions are scored with what speaks for and against them (`traits`, learned from labelled pairs). Then the best
pairs are joined first, and a join is refused where the two sides cannot be one event: other days, other places.
Everything depends on the set of mentions alone, never on the order in which they came.

Only acts told as happened, going on, denied or possible are joined: a plan, a threat or a demand tells of no event yet.
Mentions are compared within small blocks (a kind of act, a week, a place or a party), so that the work grows with the
number of mentions, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from datetime import date
from itertools import combinations

from musnad.archive import traits
from musnad.archive.mentions import Mention, merged
from musnad.archive.traits import FEW, NEVER, Told, Traits, vague

CROWDED = 160
"""A block with more mentions is not compared pair by pair; each mention meets its `NEIGHBOURS` nearest instead."""
NEIGHBOURS = 24
INSIDE, BETWEEN = -0.4, -0.2
"""Log odds from which a pair may be joined: in one report, and of two."""
INSIDE_MEAN, BETWEEN_MEAN = -0.8, -1.0
"""Log odds that the pairs between two groups must reach on average to become one."""
_SOME = 12
_FLOOR, _CEILING = -4.0, 4.0
_WEEK, _WEEKS = 7, 6


def blocks(m: Mention) -> list[str]:
    """The blocks in which a mention meets others. Two mentions that share none are never compared."""
    families = sorted({traits.family(kind) for kind in m.kinds})
    times: list[str] = []
    if m.first is not None and m.last is not None:
        weeks = range(m.first // _WEEK, m.last // _WEEK + 1)
        # what is told by the year meets what is told so as well
        times = [f"{k}" for k in weeks] if len(weeks) <= _WEEKS else [f"y{date.fromordinal(m.first).year}"]
    whom = [f"{a}>{r}" for a in sorted(m.actors) for r in sorted(m.recipients) if not (vague(a) or vague(r))]
    whom += [f">{r}" for r in sorted(m.recipients) if r.isalpha()]  # groups with a name of their own
    if "ASSAULT/clash" in m.kinds:
        whom += [f"{a}>{b}" for a, b in combinations(sorted(m.actors), 2)]
    if m.killed and m.killed[0] >= FEW:
        whom.append(f"killed {m.killed[0]}")
    where = sorted({name for s in m.spots if not s.general for name in s.names})
    wide = sorted({name for s in m.spots if s.general for name in s.names})
    whom += [f"{a}@{name}" for a in sorted(m.actors) if not vague(a) for name in wide]
    return sorted({f"{time}|{family}|{key}" for time in times for family in families for key in (*where, *whom)})


def score(a: Mention, b: Mention, told: Told | None = None) -> float:
    """The log odds that two mentions tell one event; `NEVER` when they cannot. Of one report, with what it `told`."""
    found = traits.between(a, b) if told is None else traits.inside(a, b, told)
    return NEVER if found is None else weighed(found)


def weighed(found: Traits) -> float:
    """What traits add up to."""
    w = traits.weights()
    return sum(value * w[name] for name, value in found.items() if name in w)


def within(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """What one report tells, event by event: its mentions of one event together."""
    told = Told(mentions)
    worths = {
        (a.n, b.n) if a.n < b.n else (b.n, a.n): score(a, b, told)
        for a, b in combinations(sorted(mentions, key=lambda m: m.order), 2)
    }
    edges = [(a, b, worth) for (a, b), worth in worths.items() if worth >= INSIDE]
    return groups(mentions, edges, INSIDE_MEAN, worths)


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
        if any(traits.place(a, b) is None for a in self.spots for b in other.spots):
            return False
        one, two = self.members[:_SOME], other.members[:_SOME]
        worth = 0.0
        for a in one:
            for b in two:
                pair = (a.n, b.n) if a.n < b.n else (b.n, a.n)
                if pair not in known:
                    known[pair] = score(a, b)
                if known[pair] == NEVER and a.report == b.report and a.sentence == b.sentence:
                    return False
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
    mentions: Iterable[Mention], edges: Iterable[tuple[int, int, float]], mean: float | None = None,
    worths: dict[tuple[int, int], float] | None = None,
) -> list[list[Mention]]:  # fmt: skip
    """Join mentions into events: the best pairs first, never against what the two sides tell of day and place.

    `mean` is `BETWEEN_MEAN` unless given; `worths` are the scores of pairs known already, by their numbers, the lower
    first. Every mention is in one group. Groups and their members stand in the order of `Mention.order`.
    """
    by_n = {m.n: m for m in mentions}
    best: dict[tuple[int, int], float] = {}
    for a, b, worth in edges:
        if a in by_n and b in by_n:
            best[a, b] = max(worth, best.get((a, b), worth))
    group = {n: _Group(m) for n, m in by_n.items()}
    known = dict(worths or best)
    mean = BETWEEN_MEAN if mean is None else mean

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
    joined = groups([t for t, _ in tellings.values()], edges)
    return [sorted((m for t in g for m in tellings[t.n][1]), key=lambda m: m.order) for g in joined]
