"""What speaks for and against two mentions being one event, and how much it weighs (data/joining.tsv).

A trait is a name with a value, mostly 1. The weights are learned from labelled pairs (tools/fit_incidents.py). Two
mentions that cannot be one event (acts of other kinds, other days, places apart, the one struck back, one and another
in one sentence) have no traits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import log

from musnad.archive import words
from musnad.archive.mentions import BACK_DAYS, Mention, Spot
from musnad.codebook.geometry import distance_km
from musnad.record import Toll

NEVER = -99.0
SAME = -9999.0
NEAR_KM = 12.0
"""Places whose circles are further apart are not one place."""
WITHIN_DAYS = 4
FEW = 3
"""A toll below this is shared by too many events to tell them apart."""
Traits = dict[str, float]


@cache
def weights() -> Traits:
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
def family(kind: str) -> str:
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


class Told:
    """What a report tells in all, as far as it bears on its pairs: how many acts of a kind, of a family, how many
    places and days they have, and the order of its mentions."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        ordered = sorted(mentions, key=lambda m: m.order)
        self.order = {m.n: i for i, m in enumerate(ordered)}
        self.kinds = Counter(kind for m in mentions for kind in m.kinds)
        families: dict[str, list[Mention]] = {}
        for m in mentions:
            families.setdefault(family(min(m.kinds)), []).append(m)
        self.families = {name: len(ms) for name, ms in families.items()}
        self.places = {
            name: len({min(s.names) for m in ms for s in m.spots[:1] if not s.general}) for name, ms in families.items()
        }
        self.days = {name: len({m.first for m in ms if m.dated}) for name, ms in families.items()}


def inside(a: Mention, b: Mention, told: Told) -> Traits | None:
    """The traits of two mentions of one report; None when they cannot be one event."""
    if b.order < a.order:
        a, b = b, a
    gap = b.sentence - a.sentence
    if not gap and b.added:
        return None  # one act and another: ضربات وهاجمت
    found = _common(a, b, True)
    if found is None:
        return None
    found["same sentence" if not gap else "next sentence" if gap == 1 else "near" if gap <= 3 else "far"] = 1.0
    if not gap:
        found |= _in_one_sentence(a, b)
    else:
        found |= _retold(a, b)
    kind, group = min(b.kinds), family(min(b.kinds))
    i, j = told.order[a.n], told.order[b.n]
    found["between them"] = min(j - i, 8) / 8
    found["how late"] = j / max(len(told.order) - 1, 1)
    found["of the kind"] = min(max(told.kinds[kind], told.kinds[min(a.kinds)]), 10) / 10
    found["of the family"] = min(told.families[group], 12) / 12
    found["places told"] = min(told.places[group], 6) / 6
    found["days told"] = min(told.days[group], 5) / 5
    found["from the lead"] = float(a.sentence == 0)
    if b.definite:
        found["told again with the article"] = 1.0
        if a.stems & b.stems:
            found["the word again with the article"] = 1.0
        if not b.spots and not b.dated:
            found["told again, bare"] = 1.0
    for name, of_a, of_b in (("day", a.dated, b.dated), ("place", bool(a.spots), bool(b.spots))):
        if of_a is not of_b:
            found[f"{name} told {'first' if of_a else 'later'} only"] = 1.0
    if a.dated is not b.dated and b.published is not None:
        known = a if a.dated else b
        ago = b.published - (known.last or 0)
        when = "itself" if ago <= 0 else "before" if ago == 1 else "days ago" if ago <= 6 else "long ago"
        found[f"the day {when}"] = 1.0
    return {f"in {name}": value for name, value in found.items()}


def _in_one_sentence(a: Mention, b: Mention) -> Traits:
    found = {}
    if a.said == b.said:
        found["in one breath"] = 1.0
    if a.spans[0] & b.spans[0]:
        found["one doer's list"] = 1.0
    if a.spans[1] & b.spans[1]:
        found["one target's list"] = 1.0
    return found


def _retold(a: Mention, b: Mention) -> Traits:
    shared = a.around & b.around
    found = {
        "words shared": min(rarity(shared), 40.0) / 40,
        "share of words": rarity(shared) / max(min(rarity(a.around), rarity(b.around)), 1.0),
        "rarest shared": max((_rare(s) for s in shared), default=0.0) / 8,
        "words after shared": min(rarity(a.after & b.after), 20.0) / 20,
    }
    if b.earlier and not a.earlier:
        found["goes back"] = 1.0
    elif a.earlier and not b.earlier:
        found["comes back"] = 1.0
    if a.stems & b.around or b.stems & a.around:
        found["its word beside"] = 1.0
    for role, i in (("doer", 0), ("target", 1)):
        met = (a.named[i] & b.around) | (b.named[i] & a.around)
        if met:
            found[f"{role} beside"] = min(rarity(met), 10.0) / 10
    return found


def between(a: Mention, b: Mention) -> Traits | None:
    """The traits of two tellings of two reports; None when they cannot be one event."""
    found = _common(a, b, False)
    if found is None:
        return None
    shared = a.around & b.around
    found["words shared"] = min(rarity(shared), 60.0) / 60
    found["share of words"] = rarity(shared) / max(min(rarity(a.around), rarity(b.around)), 1.0)
    found["rarest shared"] = max((_rare(s) for s in shared), default=0.0) / 8
    gap = abs(a.published - b.published) if a.published is not None and b.published is not None else BACK_DAYS
    found["days between"] = min(gap, 12) / 12
    if a.sentence == 0 and b.sentence == 0:
        found["both lead"] = 1.0
    return {f"between {name}": value for name, value in found.items()}


def _common(a: Mention, b: Mention, inside: bool) -> Traits | None:
    like = likeness(a.kinds, b.kinds)
    if not like:
        return None
    when, where, parties = day(a, b, inside), place(a.spots, b.spots), _parties(a, b)
    if when is None or where is None or parties is None:
        return None
    found = {"always": 1.0, "likeness": like, f"time {when}": 1.0, f"place {where}": 1.0}
    found |= dict.fromkeys(parties, 1.0)
    if a.dated and b.dated and (a.first, a.last) == (b.first, b.last):
        found["one date"] = 1.0
    for name, one, other in (("actors", a.actors, b.actors), ("recipients", a.recipients, b.recipients)):
        if one and one == other:
            found[f"{name} alike to a man"] = 1.0
    for role, i in (("doer", 0), ("target", 1)):
        if a.named[i] and b.named[i]:
            met = a.named[i] & b.named[i]
            found[f"{role} in the same words" if met else f"{role} in other words"] = (
                min(rarity(met), 20.0) / 20 if met else 1.0
            )
    names = frozenset(n for s in a.spots for n in s.names), frozenset(n for s in b.spots for n in s.names)
    if names[0] and names[0] == names[1]:
        found["places alike to a man"] = 1.0
    for name, x, y in (("killed", a.killed, b.killed), ("injured", a.injured, b.injured)):
        toll = _toll(x, y)
        if toll:
            found[f"{name} {toll}"] = 1.0
    if a.stems & b.stems:
        found["same word"] = 1.0
    if a.status == b.status:
        found["status same"] = 1.0
    found["status " + " ".join(sorted((a.status, b.status)))] = 1.0
    shared = min(a.kinds & b.kinds, default="")
    found[f"type {min(a.kinds).partition('/')[0]}"] = 1.0
    if shared:
        found["same kind"] = 1.0
        found[f"both {shared}"] = 1.0
    if shared == "ASSAULT/capture" and a.actors and b.actors and not a.actors & b.actors:
        found["taken by another"] = 1.0
    if a.another is not b.another:
        found["another"] = 1.0
    if a.several is not b.several:
        found["one and several"] = 1.0
    elif a.several:
        found["both several"] = 1.0
    if a.series is not b.series:
        found["one and a series"] = 1.0
    return found


def rarity(stems: Iterable[str]) -> float:
    """How much words tell together: each the more, the rarer it is."""
    return sum(map(_rare, stems))


@lru_cache(maxsize=1 << 16)
def _rare(stem: str) -> float:
    return log(200_000 / (words.seen(stem) + 30))


def vague(actor: str) -> bool:
    """Whether an id names no party: unknown hands, a country's fighters of no name."""
    return actor.startswith("XXX-") or actor.endswith("-UAF") or actor == "ANON"


def day(a: Mention, b: Mention, inside: bool) -> str | None:
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


def place(a: Sequence[Spot], b: Sequence[Spot]) -> str | None:
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
    return any(vague(x) or vague(y) or x[:4] == y[:4] for x in one for y in other)


def _toll(a: Toll | None, b: Toll | None) -> str | None:
    if a is None or b is None:
        return None if a is None and b is None else "one unknown"
    if a == b:
        return "same many" if a[0] >= FEW else "same few"
    high_a, high_b = a[1] if a[1] is not None else 10**6, b[1] if b[1] is not None else 10**6
    if a[0] <= high_b and b[0] <= high_a:
        return "meets"
    return "near" if min(a[0], b[0]) >= FEW and 0.7 <= a[0] / b[0] <= 1.43 else "differs"
