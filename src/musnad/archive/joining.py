"""When two mentions tell of one event: the scheme by which incidents are joined.

A pair is weighed by kind, time, place, parties and toll, each as far as both tell it; what both tell differently
speaks against the pair, except the doer, about whom accounts may disagree. Only mentions that share a key (a place, a
pair of sides, a toll) within a few days are weighed at all, so the work grows with the number of mentions. The
incidents are the connected mentions, the same in any order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from musnad.codebook.geometry import distance_km

JOINED = frozenset({"happened", "ongoing", "denied", "possible"})
"""Statuses of mentions that are joined. What is planned, threatened or demanded has not happened."""
APART = 1
"""Days that two dated mentions may lie apart (a night has two dates)."""
TOLD_LATER = 2
"""Days after an event within which an undated mention is taken to tell of it."""
ENOUGH = 4.5
"""Weight from which a pair is one event."""
LARGE = frozenset({"country", "region", "sea"})
FORCE = frozenset({"airstrike", "shelling", "drone", "attack", "bombing", "suicide", "other", "kill", "destroy"})
"""Modes of assault that outlets use for one another (قصف، غارة، هجوم، مقتل)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a mention."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision_km: float | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """One event of one report, as far as joining needs it. `near` is the range of days on which it can have happened;
    `dated` tells whether the text dates it."""

    n: int
    report_n: int
    report_id: str
    start: int
    type: str
    mode: str | None
    status: str
    near: tuple[str, str]
    dated: bool
    spots: tuple[Spot, ...]
    actors: frozenset[str]
    recipients: frozenset[str]
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None

    @property
    def wide(self) -> bool:
        """Whether its time is known to the month or year only."""
        return self.near[0][:10] != self.near[1][:10]


def keys(m: Mention) -> Iterator[tuple[str, ...]]:
    """What a mention must share with another for the pair to be weighed."""
    for s in m.spots:
        if s.kind not in LARGE:
            yield (m.type, "place", s.name)
            if s.lat is not None and s.lon is not None and (s.precision_km or 99) <= 30:
                for x in (0, 1):
                    for y in (0, 1):
                        yield (m.type, "cell", str(int(s.lat * 2) + x), str(int(s.lon * 2) + y))
    for a in sorted(m.actors):
        for r in sorted(m.recipients):
            yield (m.type, "sides", a, r)
    if m.killed and m.killed[0] >= 3:
        yield (m.type, "killed", str(m.killed[0]))


def day(text: str, more: int = 0) -> str:
    """A day, so many days later."""
    return (date.fromisoformat(text) + timedelta(days=more)).isoformat()


def weigh(a: Mention, b: Mention) -> float:
    """How much speaks for two mentions telling of one event; minus infinity where something rules it out."""
    never = float("-inf")
    if a.type != b.type:
        return never
    total = _kind(a, b)
    time = _time(a, b)
    place = _place(a, b)
    if total == never or time == never or place == never:
        return never
    total += time + place
    if a.actors and b.actors:
        total += 1.5 if a.actors & b.actors else -1.0
    if a.recipients and b.recipients:
        total += 1.5 if a.recipients & b.recipients else -1.5
    return total + _toll(a.killed, b.killed) + 0.5 * _toll(a.injured, b.injured)


def _kind(a: Mention, b: Mention) -> float:
    if a.mode == b.mode:
        return 1.0
    if a.mode is None or b.mode is None or "other" in (a.mode, b.mode):
        return 0.5
    if a.type == "ASSAULT" and {a.mode, b.mode} <= FORCE:
        return 0.0
    return float("-inf")


def _time(a: Mention, b: Mention) -> float:
    if a.wide or b.wide:
        return 0.5 if a.near == b.near else float("-inf")
    apart = (date.fromisoformat(a.near[0]) - date.fromisoformat(b.near[0])).days
    if a.dated and b.dated:
        return 2.0 if not apart else 0.5 if abs(apart) <= APART else float("-inf")
    if not a.dated and not b.dated:
        return 1.0 if abs(apart) <= 1 else float("-inf")
    later = apart if b.dated else -apart  # the undated one is told on or after the day of the dated one
    return 1.0 if 0 <= later <= TOLD_LATER else float("-inf")


def _place(a: Mention, b: Mention) -> float:
    if not a.spots or not b.spots:
        return 0.0
    best = float("-inf")
    for p in a.spots:
        for q in b.spots:
            if p.name == q.name and p.country == q.country:
                best = max(best, 0.5 if p.kind in LARGE else 2.5)
            elif p.country != q.country and "XXX" not in (p.country, q.country):
                continue
            elif p.lat is not None and p.lon is not None and q.lat is not None and q.lon is not None:
                apart = distance_km(p.lat, p.lon, q.lat, q.lon)
                reach = (p.precision_km or 5.0) + (q.precision_km or 5.0)
                if apart <= reach:
                    best = max(best, 0.25 if {p.kind, q.kind} & LARGE else 1.5 if reach <= 40 else 1.0)
            else:
                best = max(best, 0.0)  # a place without a point may be anywhere in its country
    return best


def _toll(a: tuple[int, int | None] | None, b: tuple[int, int | None] | None) -> float:
    if a is None or b is None:
        return 0.0
    if a == b:
        return 1.5 if a[0] > 1 else 0.5
    low, high = max(a[0], b[0]), min(a[1] or 10**9, b[1] or 10**9)
    if low <= high:
        return 0.5
    return -0.5 if max(a[0], b[0]) <= 2 * max(1, min(a[0], b[0])) else -1.5
