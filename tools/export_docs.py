"""Writes docs/EXPORTS.md from the tables of the exports (`make docs`); a test fails when the two part."""

from __future__ import annotations

from pathlib import Path

from musnad.export import FORMATS
from musnad.export.columns import SAME, about, columns
from musnad.export.maps import mapping

DOCS = Path(__file__).resolve().parents[1] / "docs" / "EXPORTS.md"
HEAD = """\
# Exports

Written by `make docs` from `src/musnad/export/data`; a test fails when the two part.
`musnad export --format FORMAT [filters] [-o FILE]` writes what the filters let through.
Corrections of analysts count before the machine's record. Coordinates are degrees (WGS 84), offsets are characters.
"""


def exports_page() -> str:
    """The page: every format with its columns, then the maps of types to other schemes."""
    return HEAD + "".join(_format(f) for f in FORMATS) + _map("acled", "ACLED") + _map("cameo", "CAMEO")


def _format(name: str) -> str:
    if name in SAME:
        return f"\n## {name}\n\n{about(name)} The columns are those of [{SAME[name]}](#{SAME[name]}).\n"
    rows = [f"| `{c}` | {meaning.replace('|', chr(92) + '|')} |" for c, meaning in columns(name).items()]
    return "\n".join([f"\n## {name}\n", about(name), "", "| column | meaning |", "| --- | --- |", *rows]) + "\n"


def _map(name: str, title: str) -> str:
    rows = list(mapping(name).values())
    head = list(rows[0])
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    lines += ["| " + " | ".join(r.values()) + " |" for r in rows]
    return (
        "\n".join([f"\n## Types and modes as {title} codes\n", "Mode - stands for every other mode.", "", *lines])
        + "\n"
    )


if __name__ == "__main__":
    DOCS.write_text(exports_page(), "utf8")
