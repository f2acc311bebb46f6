"""The notation of the grammar's tables: an Arabic sentence and the record that a careful reader makes of it.

A record is written short: `ASSAULT/shelling قصفت A=SYR-MIL R=SYR-CVL P=الرستن date=2018-03-26 killed=3`. Several are
set apart by `;`, and `nothing` stands for none. What a row does not write must be empty in the record (the status,
when not written, is `happened`). Inside a value, `,` sets parties or places apart and `|` stands between readings
that are equally right; `-` is none, `*` is anything, and a record or a party with `*` in front may be missing. Tolls
are `3`, `3+` or `3-5`. `@2023-05-10` in front says when the report was published. Control is written
`CONTROL/gained استعادت A=IRQ-MIL P=الموصل from=ISIS`, a tie `TIE/backs المدعومة A=TUR-GOV B=SNA`. As in the scoring,
the day of publication and the one before may stand where a row writes no date.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import TypeVar

from musnad.record import Actor, CodedReport, Control, Event, Place, Tie, Toll
from musnad.report import Report
from musnad.scoring.match import near_publication
from musnad.sides import side

FOLDER = Path(__file__).parent / "grammar"
PUBLISHED = "2018-03-28"
T = TypeVar("T")
_FIELD = re.compile(r"\s(?=(?:[ABRP]|date|killed|injured|status|chain|from)=)")


@dataclass(frozen=True)
class Expected:
    """One record of a row, as written."""

    optional: bool
    kinds: dict[str, list[str]]
    words: tuple[str, ...]
    fields: dict[str, str]


@dataclass(frozen=True)
class Row:
    group: str
    line: int
    construction: str
    sentence: str
    published: str
    records: tuple[Expected, ...]
    must: bool

    @classmethod
    def read(cls, group: str, number: int, line: dict[str, str]) -> Row:
        record, published = line["record"], PUBLISHED
        if record.startswith("@"):
            published, record = record[1:].split(" ", 1)
        expected = () if record == "nothing" else tuple(_expected(r.strip()) for r in record.split(";"))
        must = line["must"] == "must"
        return cls(group, number, line["construction"], line["sentence"], published, expected, must)

    def report(self) -> Report:
        return Report(id=f"{self.group}:{self.line}", title="", body=self.sentence, published=self.published)


def groups() -> list[str]:
    return sorted(p.stem for p in FOLDER.glob("*.tsv") if p.stem != "floors")


def rows(group: str) -> list[Row]:
    with (FOLDER / f"{group}.tsv").open(encoding="utf8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Row.read(group, n, line) for n, line in enumerate(table, 2)]


def _expected(text: str) -> Expected:
    head, *fields = _FIELD.split(text)
    kind, words = head.removeprefix("*").split(" ", 1)
    kinds: dict[str, list[str]] = {}
    modes: list[str] = []
    for part in kind.split("|"):
        name, slash, mode = part.partition("/")
        if name.isupper():
            modes = kinds.setdefault(name, [])
        modes.append(mode if slash else "*" if name.isupper() else name)
    values = dict(f.split("=", 1) for f in fields)
    return Expected(text.startswith("*"), kinds, tuple(words.strip().split("|")), values)


def judge(row: Row, coded: CodedReport) -> list[list[str]]:
    """For each record written, found or made up, what is wrong in it: an empty list for one that is right."""
    left: list[Event | Control | Tie] = [*coded.events, *coded.control, *coded.ties]
    judged: list[list[str]] = []
    for expected in row.records:
        best: tuple[list[str], Event | Control | Tie] | None = None
        for record in left:
            wrong = _compare(row, expected, record)
            if wrong is not None and (best is None or len(wrong) < len(best[0])):
                best = wrong, record
        if best:
            left.remove(best[1])
            judged.append(best[0])
        elif not expected.optional:
            judged.append([f"no {'|'.join(expected.kinds)} {'|'.join(expected.words)}"])
    return judged + [[f"made up: {short(r)}"] for r in left]


def faults(row: Row, coded: CodedReport) -> list[str]:
    """What is wrong in the record of a row's sentence; empty when all is right."""
    return [fault for record in judge(row, coded) for fault in record]


def _compare(row: Row, want: Expected, got: Event | Control | Tie) -> list[str] | None:
    """The fields in which a record differs from the written one; None when it is another record altogether."""
    body = row.sentence
    about = "|".join(want.words)
    if isinstance(got, Tie):
        if got.kind not in want.kinds.get("TIE", ()):
            return None
        straight = _parties(want.fields["A"], [got.a]) and _parties(want.fields["B"], [got.b])
        swapped = _parties(want.fields["A"], [got.b]) and _parties(want.fields["B"], [got.a])
        mutual = got.kind in ("allied", "opposes")
        return [] if straight or (mutual and swapped) else [f"{about}: parties {got.a.id} {got.b.id}"]
    if not any(_on(body, word, got.trigger.start, got.trigger.end) for word in want.words):
        return None
    if isinstance(got, Control):
        if got.change not in want.kinds.get("CONTROL", ()):
            return None
        checks = {
            "A": _parties(want.fields["A"], [got.holder]),
            "P": _places(body, want.fields["P"], [got.place]),
            "from": _parties(want.fields.get("from", "-"), [got.former] if got.former else []),
            "status": got.status in want.fields.get("status", "happened").split("|"),
            "chain": _chain(want.fields.get("chain", "-"), got.chain),
        }
        return [
            f"{about}: {name} is not {want.fields.get(name, 'empty')} ({short(got)})"
            for name, ok in checks.items()
            if not ok
        ]
    if got.type not in want.kinds:
        return None
    modes = want.kinds[got.type]
    checks = {
        "mode": "*" in modes or got.mode in modes,
        "A": _parties(want.fields.get("A", "-"), got.actors),
        "R": _parties(want.fields.get("R", "-"), got.recipients),
        "P": _places(body, want.fields.get("P", "-"), got.places),
        "date": _any(want.fields.get("date", "-"), got.date or "-")
        or ("date" not in want.fields and near_publication(got.date, row.published)),
        "killed": _any(want.fields.get("killed", "-"), _toll(got.killed)),
        "injured": _any(want.fields.get("injured", "-"), _toll(got.injured)),
        "status": _any(want.fields.get("status", "happened"), got.status),
        "chain": _chain(want.fields.get("chain", "-"), got.chain),
    }
    return [f"{about}: {name} is not {_wanted(want, name)} ({short(got)})" for name, ok in checks.items() if not ok]


def _wanted(want: Expected, name: str) -> str:
    return "|".join(want.kinds) + str(want.kinds.values()) if name == "mode" else want.fields.get(name, "empty")


def _any(written: str, value: str) -> bool:
    return written == "*" or value in written.split("|")


def _toll(toll: Toll | None) -> str:
    if toll is None:
        return "-"
    low, high = toll
    return f"{low}+" if high is None else str(low) if low == high else f"{low}-{high}"


def _on(body: str, word: str, start: int, end: int) -> bool:
    """Does any occurrence of a word in the body share a letter with a stretch of it?"""
    return any(m.start() < end and start < m.end() for m in re.finditer(re.escape(word), body))


def _parties(written: str, got: Sequence[Actor]) -> bool:
    """Are the parties those written, by side, in any order?"""
    return _meet(written, got, lambda word, actor: side(word) == side(actor.id))


def _places(body: str, written: str, got: Sequence[Place]) -> bool:
    return _meet(written, got, lambda word, have: _on(body, word, have.start, have.end))


def _chain(written: str, got: Sequence[Actor]) -> bool:
    if written in ("*", "-"):
        return written == "*" or not got
    want = [w.strip().split("|") for w in written.split(",")]
    return (
        len(want) == len(got) and all(any(side(w) == side(a.id) for w in ws) for ws, a in zip(want, got, strict=True))
    ) or (not got and any("-" in ws for ws in want))


def _meet(written: str, got: Sequence[T], same: Callable[[str, T], bool]) -> bool:
    """Do the things found answer the things written one to one, optional ones left out or not?"""
    parts = [p.strip() for p in written.split(",")]
    if parts == ["-"]:
        return not got
    if parts == ["*"]:
        return True
    rest = "*" in parts
    parts = [p for p in parts if p != "*"]
    if not got:
        return all(p.startswith("*") or "-" in p.split("|") for p in parts)
    needed = [p for p in parts if not p.startswith("*")]
    everything = needed + [p for p in parts if p.startswith("*")]
    if len(got) < len(needed) or (len(got) > len(everything) and not rest):
        return False
    slots = everything + [""] * max(0, len(got) - len(everything))
    for order in permutations(range(len(slots)), len(got)):
        if set(range(len(needed))) <= set(order) and all(
            not slots[k] or any(same(w, have) for w in slots[k].lstrip("*").split("|"))
            for k, have in zip(order, got, strict=True)
        ):
            return True
    return False


def short(record: Event | Control | Tie) -> str:
    """A coded record in the notation of the tables."""
    if isinstance(record, Tie):
        return f"TIE/{record.kind} A={record.a.id} B={record.b.id}"
    if isinstance(record, Control):
        former = f" from={record.former.id}" if record.former else ""
        text = f"CONTROL/{record.change} {record.trigger.text} A={record.holder.id} P={record.place.text}{former}"
        return (
            text + (f" status={record.status}" if record.status != "happened" else "") + _list(" chain=", record.chain)
        )
    text = (
        f"{record.type}/{record.mode} {record.trigger.text}" if record.mode else f"{record.type} {record.trigger.text}"
    )
    text += _list(" A=", record.actors) + _list(" R=", record.recipients)
    text += f" P={', '.join(p.text for p in record.places)}" if record.places else ""
    text += f" date={record.date}" if record.date else ""
    text += f" killed={_toll(record.killed)}" if record.killed else ""
    text += f" injured={_toll(record.injured)}" if record.injured else ""
    text += f" status={record.status}" if record.status != "happened" else ""
    return text + _list(" chain=", record.chain)


def _list(name: str, parties: Iterable[Actor]) -> str:
    ids = ", ".join(a.id for a in parties)
    return name + ids if ids else ""
