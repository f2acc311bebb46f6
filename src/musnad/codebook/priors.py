"""How often a word of the codebook is an act when it occurs: data/event_priors.tsv, a judgement a line.

The annotated reports have too few examples of most words. A monitor's judgement stands in: `verb` and `noun` are
chances in tenths, `beside` tells whether the word is the act itself (main), usually only its outcome or another word
for an act named beside it (also), or either. data/event_homographs.tsv lists written forms that are mostly other words.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from musnad.arabic.letters import norm
from musnad.codebook.table import DATA, layered


class Prior(msgspec.Struct, frozen=True):
    """Chances in tenths (None: the form does not exist), and what the word is beside another act."""

    verb: int | None
    noun: int | None
    beside: str


def load_priors(overlay: Path | None = None, data: Path = DATA) -> dict[str, Prior]:
    """Priors by entry id."""
    out: dict[str, Prior] = {}
    columns = ("entry", "verb", "noun", "role")
    for row in layered("event_priors.tsv", columns, lambda r: (r.cells["entry"],), overlay, data):
        c = row.cells
        if c["role"] not in ("main", "also", "either"):
            raise row.fault(f"unknown role {c['role']!r}; one of main, also, either")
        for name in ("verb", "noun"):
            if c[name] != "-" and not (c[name].isdigit() and len(c[name]) == 1):
                raise row.fault(f"{name} is a digit 0 to 9, or -")
        out[c["entry"]] = Prior(_tenths(c["verb"]), _tenths(c["noun"]), c["role"])
    return out


def load_homographs(overlay: Path | None = None, data: Path = DATA) -> dict[str, dict[str, int]]:
    """Written forms (normal) that are mostly another word than the entries they are read as: form, entry id, chance in
    tenths."""
    out: dict[str, dict[str, int]] = {}
    columns = ("form", "entry", "chance", "note")
    for row in layered("event_homographs.tsv", columns, lambda r: (r.cells["form"], r.cells["entry"]), overlay, data):
        c = row.cells
        if not (c["chance"].isdigit() and len(c["chance"]) == 1):
            raise row.fault("chance is a digit 0 to 9")
        out.setdefault(norm(c["form"]), {})[c["entry"]] = int(c["chance"])
    return out


def _tenths(cell: str) -> int | None:
    return None if cell == "-" else int(cell)
