"""How our types and modes read in other schemes: the tables in export/data, which a user may read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def mapping(name: str) -> dict[tuple[str, str], dict[str, str]]:
    """A table by (type, mode); mode - stands for every other mode."""
    out: dict[tuple[str, str], dict[str, str]] = {}
    header: list[str] = []
    for line in (DATA / f"{name}.tsv").read_text(encoding="utf8").splitlines():
        if line.startswith("#") or not line:
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            continue
        row = dict(zip(header, cells, strict=True))
        out[row["type"], row["mode"]] = row
    return out


def of(name: str, type: str, mode: str | None) -> dict[str, str] | None:
    """The row for a type and mode; None where the other scheme does not code such acts."""
    table = mapping(name)
    return table.get((type, mode or "-")) or table.get((type, "-"))
