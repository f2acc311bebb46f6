"""How two records of one report differ, line by line, and the entries and rules behind each change, for people who
decide which to keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from musnad.archive.corrections import Record, _place, anchor, kind_of
from musnad.record import CodedReport

OWN = frozenset({"id", "because", "confidence"})
"""Fields that say nothing of what happened."""
WEIGHTS = "weights"
"""The cause of a change behind which only learned weights differ, or nothing that is named."""
_WEIGHT = "weight:"


@dataclass(frozen=True)
class Change:
    """A record that is gone (`after` is None), new (`before` is None) or tells something else in some `fields`."""

    before: Record | None
    after: Record | None
    fields: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """-, + or ~."""
        return "-" if self.after is None else "+" if self.before is None else "~"

    @property
    def record(self) -> Record:
        """The record as it is afterwards, or as it was when it is gone."""
        found = self.before if self.after is None else self.after
        assert found is not None
        return found


def changes(before: CodedReport, after: CodedReport) -> Iterator[Change]:
    """The records that differ, in the order of their words; ids and reasons do not count."""
    old, new = _records(before), _records(after)
    for key in sorted({*old, *new}):
        a, b = old.get(key), new.get(key)
        if a is None or b is None:
            yield Change(a, b)
            continue
        differ = tuple(f for f in a.__struct_fields__ if f not in OWN and getattr(a, f) != getattr(b, f))
        if differ:
            yield Change(a, b, differ)


def causes(change: Change) -> tuple[str, ...]:
    """The entries and rules (as `because` names them) behind a change: with + those that speak now and did not, with -
    those that spoke before. Of a new or gone record: all that stood behind it. `weights` when none is named."""
    was, now = (_reasons(r) for r in (change.before, change.after))
    found = (*(f"+{name}" for name in now if name not in was), *(f"-{name}" for name in was if name not in now))
    return found or (WEIGHTS,)


def _reasons(record: Record | None) -> tuple[str, ...]:
    names = dict.fromkeys(record.because) if record is not None else ()
    return tuple(name for name in names if not name.startswith(_WEIGHT))


def as_row(report_id: str, change: Change) -> dict[str, Any]:
    """A change for JSON: the report, the sign, what kind of record it is, the record before and after (null where there
    is none), the fields that differ, and its causes."""
    return {
        "report": report_id, "change": change.sign, "kind": kind_of(change.record), "before": change.before,
        "after": change.after, "fields": change.fields, "causes": causes(change),
    }  # fmt: skip


def told(before: CodedReport, after: CodedReport) -> Iterator[str]:
    """One line for each record that is gone (-), new (+) or changed (~), with its causes in brackets."""
    for c in changes(before, after):
        yield line(c)


def line(change: Change) -> str:
    """A change in one line, with its causes in brackets."""
    was = ", ".join(
        f"{f}: {short(getattr(change.before, f))} -> {short(getattr(change.after, f))}" for f in change.fields
    )
    return f"{change.sign} {brief(change.record)}" + (f": {was}" if was else "") + f" [{', '.join(causes(change))}]"


def _records(coded: CodedReport) -> dict[tuple[int, int, str, str], Record]:
    every: list[Record] = [*coded.events, *coded.control, *coded.ties]
    return {(*anchor(r), kind_of(r), _place(r)): r for r in every}


def brief(r: Record) -> str:
    """A record in a few words."""
    data = msgspec.to_builtins(r)
    if kind_of(r) == "event":
        kind = f"{data['type']}/{data['mode']}" if data["mode"] else data["type"]
        return f"{kind} {data['trigger']['text']} {short(data['actors'])} > {short(data['recipients'])}"
    if kind_of(r) == "control":
        return f"{data['change']} {data['holder']['id']} {data['place']['name']}"
    return f"{data['a']['id']} {data['kind']} {data['b']['id']}"


def short(value: Any) -> str:
    """A field's value in a few words: ids of parties, names of places, quoted words."""
    data = msgspec.to_builtins(value)
    if isinstance(data, (list, tuple)):
        return "[" + ", ".join(short(x) for x in data) + "]"
    if isinstance(data, dict):
        return str(data.get("id") or data.get("name") or data.get("text") or data)
    return "none" if data is None else str(data)
