"""How two records of one report differ, line by line, for people who decide which to keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from musnad.archive.corrections import Record, _place, anchor, kind_of
from musnad.record import CodedReport

OWN = frozenset({"id", "because", "confidence"})
"""Fields that say nothing of what happened."""


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


def told(before: CodedReport, after: CodedReport) -> Iterator[str]:
    """One line for each record that is gone (-), new (+) or changed (~)."""
    for c in changes(before, after):
        was = ", ".join(f"{f}: {short(getattr(c.before, f))} -> {short(getattr(c.after, f))}" for f in c.fields)
        yield f"{c.sign} {brief(c.record)}" + (f": {was}" if was else "")


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
