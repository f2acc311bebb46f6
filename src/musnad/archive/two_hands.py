"""Two analysts on the same reports: where they differ, one by one, and how far they agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.archive import corrections, marks
from musnad.archive.corrections import Correction, Key, Record, key_of, key_said, spoken
from musnad.archive.differences import OWN, short
from musnad.errors import UsageError
from musnad.record import CodedReport, Control, Event, Tie
from musnad.scoring.alpha import nominal

if TYPE_CHECKING:
    from musnad.archive.archive import Archive
    from musnad.scoring import Scores

FIELDS = (
    "type", "mode", "status", "date", "actors", "recipients", "places", "chain", "killed", "injured", "holder", "place",
    "change", "former", "kind", "a", "b",
)  # fmt: skip
"""Fields for which alpha is told, in this order."""


@dataclass(frozen=True)
class Differing:
    """A record of which analysts think differently. `sides` holds what each makes of it (None: no such record);
    `words` are their latest words, and the settling one when it came before a new difference."""

    report_id: str
    record: str
    kind: str
    start: int
    end: int
    words: tuple[Correction, ...]
    sides: dict[str, Record | None]

    def points(self) -> tuple[str, ...]:
        """The fields on which those who keep the record differ."""
        kept = [r for r in self.sides.values() if r is not None]
        if not kept:
            return ()
        fields = kept[0].__struct_fields__
        return tuple(f for f in fields if f not in OWN and len({repr(getattr(r, f)) for r in kept}) > 1)

    def told(self) -> tuple[str, ...]:
        """One line for each analyst: what this one makes of the record, on the points that differ."""
        points = self.points()
        return tuple(
            f"{who}: " + ("no such record" if r is None else ", ".join(f"{f} {short(getattr(r, f))}" for f in points))
            if r is None or points
            else f"{who}: keeps it"
            for who, r in sorted(self.sides.items())
        )


def differing(
    archive: Archive, one: str | None = None, other: str | None = None, read: Collection[str] | None = None
) -> list[Differing]:
    """The records on which analysts differ and that nobody has settled since, by report and place in it.

    Without names: where the words of any analysts on one record part. With two: where their readings of the reports
    that both spoke of part, silence counting as the machine's record; `read` names the reports that both have read,
    where one of them may have had nothing to say. Raises UsageError for half a pair.
    """
    if (one is None) != (other is None) or (one is not None and one == other):
        raise UsageError("name two analysts, or none")
    by_text: dict[str, list[Correction]] = {}
    for c in (c for c in corrections.of(archive) if not c.sealed):
        by_text.setdefault(c.digest, []).append(c)
    out = []
    for said in by_text.values():
        if read is not None:
            both = said[0].report_id in read
        else:
            both = one is None or {one, other} <= {c.analyst for c in said if not c.settled}
        if not both:
            continue
        out += _of_text(archive, said, None if one is None or other is None else (one, other))
    return sorted(out, key=lambda d: (d.report_id, d.start, d.end, d.kind, d.record))


def _of_text(archive: Archive, said: list[Correction], pair: tuple[str, str] | None) -> list[Differing]:
    by_key: dict[Key, list[Correction]] = {}
    for c in said:
        by_key.setdefault(key_said(c), []).append(c)
    report_id, found = said[0].report_id, []
    machine: dict[Key, Record] | None = None
    ids: dict[Key, str] = {}
    for key, words in by_key.items():
        settled = max((c.n for c in words if c.settled), default=0)
        own = {c.analyst: c for c in words if not c.settled and (pair is None or c.analyst in pair)}
        fresh = [c for c in own.values() if c.n > settled]
        if not fresh:
            continue
        if pair is None:
            latest = {c.analyst: c for c in fresh}
            sides = {who: spoken(c) for who, c in latest.items()}
        else:
            latest = own
            if machine is None:
                machine = _machine(archive, report_id)
            sides = {who: spoken(own[who]) if who in own else machine.get(key) for who in pair}
        shown = list(latest.values())
        if settled:
            last = next(c for c in words if c.n == settled)
            shown.append(last)
            if pair is None:
                sides[last.analyst] = spoken(last)
        if not _part(sides.values()):
            continue
        if not ids:
            machine = _machine(archive, report_id) if machine is None else machine
            ids = corrections.name_added(said) | {k: r.id for k, r in machine.items()}
        words_shown = tuple(sorted(shown, key=lambda c: (c.analyst, c.n)))
        found.append(Differing(report_id, ids[key], key[0], key[1], key[2], words_shown, sides))
    return found


def _machine(archive: Archive, report_id: str) -> dict[Key, Record]:
    stored = archive.report(report_id)
    return {} if stored is None else {key_of(r): r for r in _records(stored.machine)}


def _records(coded: CodedReport) -> tuple[Record, ...]:
    return (*coded.events, *coded.control, *coded.ties)


def _part(records: Iterable[Record | None]) -> bool:
    """Do records differ in what they tell, their ids and reasons aside?"""

    def content(r: Record | None) -> str:
        return "" if r is None else repr([getattr(r, f) for f in r.__struct_fields__ if f not in OWN])

    return len({content(r) for r in records}) > 1


@dataclass(frozen=True)
class TwoHands:
    """How far two analysts agree on the reports that both spoke of.

    `scores` are the figures of `musnad score` with the first as gold; `alpha` Krippendorff's alpha (nominal) by field
    over the `matched` records, None where all say the same; `alone` counts the records that only one of them keeps.
    """

    one: str
    other: str
    reports: int
    matched: int
    alone: tuple[int, int]
    scores: Scores
    alpha: dict[str, float | None]


def _read_by(archive: Archive, analyst: str) -> set[str]:
    """The reports that an analyst corrected, or marked as read."""
    spoken_of = {c.report_id for c in corrections.of(archive, analyst=analyst) if not c.settled and not c.sealed}
    return spoken_of | {m.report_id for m in marks.of(archive, analyst)}


def agreement(archive: Archive, one: str, other: str) -> TwoHands:
    """Compare the readings of two analysts, each the machine's record with that analyst's own corrections, in the
    reports that both corrected or marked as read.

    Raises UsageError when there is no such report.
    """
    from musnad.scoring import judged, score

    if one == other:
        raise UsageError("name two analysts")
    both = sorted(_read_by(archive, one) & _read_by(archive, other))
    if not both:
        raise UsageError(f"there is no report of which both {one} and {other} spoke")
    readings = {
        who: {i: c for i in both if (c := corrections.reading_of(archive, i, who)) is not None} for who in (one, other)
    }
    units: dict[str, list[tuple[str | None, str | None]]] = {}
    matched, alone = 0, [0, 0]
    for i in both:
        pairs, left, right = match(readings[one][i], readings[other][i])
        matched += len(pairs)
        alone[0] += left
        alone[1] += right
        for a, b in pairs:
            for f in FIELDS:
                if hasattr(a, f):
                    name = "control" if f in ("change", "holder", "former", "place") else "tie" if f in _TIE else ""
                    units.setdefault(f"{name} {f}".strip(), []).append((value(a, f), value(b, f)))
    mine, theirs = ({i: judged(c) for i, c in readings[who].items()} for who in (one, other))
    alpha = {f: nominal(u) for f, u in units.items()}
    return TwoHands(one, other, len(both), matched, (alone[0], alone[1]), score(mine, theirs), alpha)


_TIE = ("kind", "a", "b")


def match(one: CodedReport, other: CodedReport) -> tuple[list[tuple[Record, Record]], int, int]:
    """Pair two readings' records one to one: on the same words first, then of one kind on words that overlap, nearest
    first. Returns the pairs and how many records each reading has alone."""
    left, right = list(_records(one)), list(_records(other))
    near = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            (s, e), (t, u) = corrections.anchor(a), corrections.anchor(b)
            if type(a) is type(b) and s < u and t < e:
                near.append((key_of(a) != key_of(b), a.id != b.id, abs(s - t) + abs(e - u), i, j))
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs: list[tuple[Record, Record]] = []
    for *_, i, j in sorted(near):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((left[i], right[j]))
    return pairs, len(left) - len(pairs), len(right) - len(pairs)


def value(record: Event | Control | Tie, field: str) -> str:
    """A field as one nominal value: ids of parties in alphabetical order, names of places, `none` where none is told.

    A chain keeps its order, for it tells who cites whom.
    """
    found = getattr(record, field)
    if isinstance(found, tuple) and field not in ("killed", "injured"):
        parts = [short(x) for x in found]
        return ";".join(parts if field == "chain" else sorted(set(parts))) or "none"
    return short(found)
