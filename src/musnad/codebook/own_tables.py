"""A row written into a user's folder of tables (`--codebook DIR`): the file is whole before it takes its name."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from musnad.arabic.letters import norm
from musnad.codebook.table import DATA, Row, read_table
from musnad.errors import CodebookError, UsageError

SPELLINGS = {"actors": "names", "places": "arabic"}
"""Tables whose rows hold many spellings: a further row on one party or place adds to the one that is there."""
LONGEST = 600


def put(folder: Path, table: str, cells: Mapping[str, str]) -> Path:
    """Put a row into a table of the folder, in place of one with the same key; returns the file. The folder is made
    where it is missing. Raises CodebookError when a file cannot be read or written, UsageError for cells that no table
    can hold."""
    for column, value in cells.items():
        if any(c in value for c in "\t\n\r\0") or len(value) > LONGEST:
            raise UsageError(f"{column}: a cell is one line of at most {LONGEST} characters, without tabs")
    columns = list(cells)
    if not cells[columns[0]].strip() or cells[columns[0]].startswith("#"):
        raise UsageError(f"{columns[0]}: it is empty, or begins as a comment does")
    file = folder / table
    rows = read_table(file, columns, str(file)) if file.exists() else []
    told = {c: cells[c].strip() for c in columns}
    same = [r for r in rows if _key(table, r.cells) == _key(table, told)]
    spelled = SPELLINGS.get(Path(table).name.partition("_")[0].removesuffix(".tsv"))
    if spelled is not None:
        every = [n.strip() for cells in (*(r.cells for r in same), told) for n in cells[spelled].split("|")]
        told[spelled] = "|".join(n for n in dict.fromkeys(every) if n)
    lines = file.read_text("utf-8-sig").splitlines() if file.exists() else ["\t".join(columns)]
    header = list(rows[0].cells) if rows else columns
    gone = {r.line for r in same}
    lines = [line for n, line in enumerate(lines, 1) if n not in gone]
    lines.append("\t".join(told.get(c, "-") for c in header))
    _write(file, "\n".join(lines) + "\n")
    return file


def row_at(table: str, line: int, data: Path = DATA) -> Row | None:
    """The row at a line of a table of ours, or of the user's when `table` is the path of one."""
    path = data / table  # an absolute path stays as it is
    return next((r for r in read_table(path, (), table) if r.line == line), None) if path.exists() else None


def _key(table: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    """What a row is known by, as `layered` tells rows apart."""
    if table.startswith("events/"):
        return norm(cells["lemma"].replace("*", "")), cells["pos"], cells["form"].partition(":")[0]
    if table.startswith("places"):
        return cells["name"], cells["country"], cells["kind"]
    return (cells[next(iter(cells))],)


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf8", newline="\n") as out:
                out.write(text)
            os.chmod(name, 0o644)
            os.replace(name, file)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise CodebookError(f"{file}: it cannot be written: {error.strerror or error}") from error
