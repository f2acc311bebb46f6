"""The tables of acts: data/events/*.tsv, one entry a line, each with its type, its frame and an example."""

from __future__ import annotations

from pathlib import Path

from musnad.codebook.entries import EventEntry, barred, listed, read_frame, read_types, word_parts
from musnad.codebook.keys import Names, entry_key
from musnad.codebook.table import DATA, Row, layered, names_in

COLUMNS = ("lemma", "pos", "root", "form", "type", "masdar", "plural", "frame", "example")
POS = ("v", "n", "adj", "x")


def load_events(overlay: Path | None = None, data: Path = DATA) -> list[EventEntry]:
    """All entries for acts, in the order of the files (by name) and of their lines."""
    names = Names()
    out: list[EventEntry] = []
    for name in names_in("events", overlay, data):
        out.extend(read_entry(row, names) for row in layered(name, COLUMNS, entry_key, overlay, data))
    return out


def read_entry(row: Row, names: Names) -> EventEntry:
    """One row as an entry. Raises CodebookError for what cannot be read."""
    cells = row.cells
    pos = cells["pos"]
    if pos not in POS:
        raise row.fault(f"unknown pos {pos!r}; one of {', '.join(POS)}")
    if pos == "v" and cells["root"] == "-":
        raise row.fault("a verb needs its root")
    types = read_types(row)
    words, trigger = word_parts(row) if pos == "x" else ((), 0)
    first, mode = types[0]
    return EventEntry(
        id=names.unique(row, cells["lemma"]),
        lemma=cells["lemma"],
        pos=pos,
        root=cells["root"],
        form=cells["form"],
        masdars=listed(cells["masdar"]),
        plurals=listed(cells["plural"]),
        barred=barred(cells["masdar"], cells["plural"]),
        example=cells["example"],
        file=row.file,
        line=row.line,
        words=words,
        trigger=trigger,
        types=types,
        klass=f"PHASE/{mode}" if first == "PHASE" else first if first in ("LIGHT", "CAUSE") else "event",
        frame=read_frame(row),
    )
