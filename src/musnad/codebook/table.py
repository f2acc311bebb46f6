"""The codebook's files: tab-separated tables that a monitor can edit, with the user's own laid over them.

A row of the user's folder is added; one with the same key replaces ours; one whose first cell begins with `-` removes
the rows with that first cell. Every fault names the file and the line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from musnad.arabic.letters import norm
from musnad.errors import CodebookError

DATA = Path(__file__).parent / "data"


class Row(NamedTuple):
    """One line of a table: its cells by column, and where it stands."""

    cells: dict[str, str]
    file: str
    line: int

    def fault(self, text: str) -> CodebookError:
        """An error that names this row."""
        return CodebookError(f"{self.file}:{self.line}: {text}")


Faults = list[CodebookError] | None


def read_table(path: Path, columns: Sequence[str], name: str | None = None, faults: Faults = None) -> list[Row]:
    """All rows of one file. Raises CodebookError when the header or the number of cells is not as `columns` ask.

    With a list `faults`, rows with the wrong number of cells are left out and told there.
    """
    name = name or path.name
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodebookError(f"{name}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise CodebookError(f"{name}: {error.strerror}") from None
    header: list[str] | None = None
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            missing = [c for c in columns if c not in header]
            if missing:
                raise CodebookError(f"{name}:{number}: the header lacks {', '.join(missing)}")
            continue
        while len(cells) > len(header) and not cells[-1]:
            cells.pop()
        if cells[0].startswith("-") and len(cells[0]) > 1:
            cells += ["-"] * (len(header) - len(cells))
        if len(cells) != len(header):
            fault = CodebookError(f"{name}:{number}: {len(cells)} cells where the header has {len(header)}")
            if faults is None:
                raise fault
            faults.append(fault)
            continue
        rows.append(Row(dict(zip(header, cells, strict=True)), name, number))
    if header is None:
        raise CodebookError(f"{name}: no header row ({' '.join(columns)})")
    return rows


def layered(
    name: str,
    columns: Sequence[str],
    key: Callable[[Row], tuple[str, ...]],
    overlay: Path | None = None,
    data: Path = DATA,
    faults: Faults = None,
) -> list[Row]:
    """The rows of `name` in our data with the user's file of the same name laid over them."""
    rows, users = overlaid(name, columns, overlay, data, faults)
    for row in users:
        head = row.cells[columns[0]]
        if head.startswith("-") and len(head) > 1:
            gone = norm(head[1:])
            kept = [r for r in rows if norm(r.cells[columns[0]]) != gone]
            if len(kept) == len(rows):
                fault = row.fault(f"nothing to remove: {head[1:]} is not in {name}")
                if faults is None:
                    raise fault
                faults.append(fault)
            rows = kept
            continue
        same = [i for i, r in enumerate(rows) if key(r) == key(row)]
        if same:
            rows[same[0]] = row
            rows = [r for i, r in enumerate(rows) if i not in same[1:]]
        else:
            rows.append(row)
    return rows


def overlaid(
    name: str, columns: Sequence[str], overlay: Path | None = None, data: Path = DATA, faults: Faults = None
) -> tuple[list[Row], list[Row]]:
    """The rows of `name` in our data, and those of the user's file of that name."""
    own, users = data / name, overlay / name if overlay else None
    return (
        read_table(own, columns, name, faults) if own.exists() else [],
        read_table(users, columns, str(users), faults) if users and users.exists() else [],
    )


def names_in(folder: str, overlay: Path | None = None, data: Path = DATA) -> list[str]:
    """The tables of one folder of the data (`events/accuse.tsv`, ...), the user's own among them, by name."""
    found = {f"{folder}/{p.name}" for p in (data / folder).glob("*.tsv")}
    if overlay is not None:
        found |= {f"{folder}/{p.name}" for p in (overlay / folder).glob("*.tsv")}
    return sorted(found)
