"""Reports of the corpus that were read and labelled for learning: the records without the text.

`tools/labels/*.jsonl` holds, for each report, its id in ../shared/corpus, the digest of its body, and records as in
../shared/gold, with offsets instead of quotations; `unread` are stretches that were left out. Together with the
annotated reports of ../shared/gold these teach the weights (tools/train.py); nothing is measured on them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from musnad.reading import read
from musnad.report import Report, text_digest

FOLDER = Path(__file__).parent / "labels"
CORPUS = Path(__file__).parents[2] / "shared/corpus/reports.jsonl.gz"


def labels() -> dict[str, dict[str, Any]]:
    """The labelled records by report id, in the order of the ids."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.jsonl")):
        with open(path, encoding="utf8") as f:
            for line in f:
                record = json.loads(line)
                found[record["id"]] = record
    return dict(sorted(found.items()))


def labelled() -> Iterator[tuple[Report, dict[str, Any]]]:
    """Each labelled report with its records.

    Raises ValueError when the corpus holds another text under a labelled id: its offsets would point elsewhere.
    """
    wanted = labels()
    for r in read([str(CORPUS)]):
        if isinstance(r, Report) and r.id in wanted:
            record = wanted[r.id]
            if record["text"] != text_digest(r.body)[:16]:
                raise ValueError(f"{r.id}: the corpus holds another text than the one that was labelled")
            yield r, record
