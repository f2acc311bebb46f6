"""Pick 500 word tokens of the corpus at random, for someone to take apart by hand (tests/arabic/clitics.tsv).

The tokens come from the reports that `count_words.py` leaves out, so that the counts have not seen them.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from musnad.arabic.text import tokenize

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "reports.jsonl.gz"


def held_out(report_id: str) -> bool:
    """Whether a report is kept apart from the counts: one in twenty."""
    return zlib.crc32(report_id.encode()) % 20 == 0


def reports() -> Iterator[dict[str, str]]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main(seed: int = 2011, many: int = 500) -> None:
    """Print id, offset, token and a little context, one token a line."""
    tokens = [
        (r["id"], r["body"], t) for r in reports() if held_out(r["id"]) for t in tokenize(r["body"]) if t.kind == "word"
    ]
    chosen = random.Random(seed).sample(range(len(tokens)), many)
    for k in sorted(chosen):
        report, body, t = tokens[k]
        context = " ".join(body[max(0, t.start - 25) : t.end + 25].split())
        print(report, t.start, t.text, context, sep="\t")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
