"""The tables of saying (data/speech.tsv) and of signs of status (data/signs.tsv)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from musnad.codebook.entries import (
    DIRECTIONS,
    NEEDS,
    SPEECH_KINDS,
    STATUSES,
    SignEntry,
    SpeechEntry,
    barred,
    listed,
    read_frame,
    word_parts,
)
from musnad.codebook.keys import Names, entry_key
from musnad.codebook.table import DATA, Row, layered

SPEECH_COLUMNS = ("lemma", "pos", "root", "form", "masdar", "plural", "kind", "frame", "example")
SIGN_COLUMNS = ("phrase", "root", "form", "masdar", "status", "direction", "reach", "needs", "example")


def is_clitic(sign: SignEntry) -> bool:
    """Whether a sign is written with the word after it (سـ, لـ)."""
    return len(sign.words) == 1 and sign.lemma.endswith("ـ")


def load_speech(overlay: Path | None = None, data: Path = DATA) -> list[SpeechEntry]:
    """All entries for saying, in the order of the file."""
    names = Names()
    return [read_speech(row, names) for row in layered("speech.tsv", SPEECH_COLUMNS, entry_key, overlay, data)]


def load_signs(overlay: Path | None = None, data: Path = DATA) -> list[SignEntry]:
    """All signs of status, in the order of the file. All are expressions, if only of one word."""
    names = Names()
    return [read_sign(row, names) for row in layered("signs.tsv", SIGN_COLUMNS, sign_key, overlay, data)]


def sign_key(row: Row) -> tuple[str, ...]:
    """What makes a row of the user's replace one of ours: the same words with the same status."""
    cells = row.cells
    return entry_key(Row({"lemma": cells["phrase"], "pos": cells["status"], "form": cells["form"]}, row.file, row.line))


def read_speech(row: Row, names: Names) -> SpeechEntry:
    """One row as an entry. Raises CodebookError for what cannot be read."""
    cells = row.cells
    if cells["pos"] not in ("v", "n", "x"):
        raise row.fault(f"unknown pos {cells['pos']!r}; one of v, n, x")
    if cells["pos"] == "v" and cells["root"] == "-":
        raise row.fault("a verb needs its root")
    if cells["kind"] not in SPEECH_KINDS:
        raise row.fault(f"unknown kind {cells['kind']!r}; one of {', '.join(SPEECH_KINDS)}")
    words, trigger = word_parts(row) if cells["pos"] == "x" else ((), 0)
    return SpeechEntry(
        id=names.unique(row, cells["lemma"]),
        lemma=cells["lemma"],
        pos=cells["pos"],
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
        kind=cells["kind"],
        frame=read_frame(row),
    )


def read_sign(row: Row, names: Names) -> SignEntry:
    """One row as an entry. Raises CodebookError for what cannot be read."""
    sure = row.cells["status"].endswith("!")
    cells = row.cells | {"status": row.cells["status"].removesuffix("!")}
    for column, allowed in (("status", STATUSES), ("direction", DIRECTIONS), ("needs", NEEDS)):
        if cells[column] not in allowed:
            raise row.fault(f"unknown {column} {cells[column]!r}; one of {', '.join(allowed)}")
    if cells["reach"] not in ("next", "clause", "sentence") and not cells["reach"].isdigit():
        raise row.fault(f"unknown reach {cells['reach']!r}; next, clause, sentence or a number of words")
    words, trigger = word_parts(row, "phrase")
    return SignEntry(
        id=names.unique(row, cells["phrase"]),
        lemma=cells["phrase"],
        pos="x",
        root=cells["root"],
        form=cells["form"],
        masdars=listed(cells["masdar"]),
        plurals=(),
        barred=barred(cells["masdar"]),
        example=cells["example"],
        file=row.file,
        line=row.line,
        words=words,
        trigger=trigger,
        status=cells["status"],
        direction=cast(Literal["before", "after", "both"], cells["direction"]),
        reach=cells["reach"],
        needs=cells["needs"],
        sure=sure,
    )
