"""What the coder still misses on the development reports, by kind, so that the next step is chosen by weight.

python tools/misses.py [dev|train]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import musnad
from musnad import codebook
from musnad.coding.document import build
from musnad.reading import read
from musnad.report import Report
from musnad.scoring import judged
from musnad.scoring.judged import load
from musnad.scoring.match import agree, match_events, shared_places
from musnad.sides import side

GOLD = Path(__file__).parents[2] / "shared/gold"


def main() -> None:
    part = sys.argv[1] if len(sys.argv) > 1 else "dev"
    book = codebook.load()
    golds = load(GOLD / f"{part}.gold.jsonl")
    count: Counter[str] = Counter()
    for report in read([str(GOLD / f"{part}.texts.jsonl")]):
        if not isinstance(report, Report):
            continue
        doc = build(report, book)
        words = [(doc.tokens[c.i].start, doc.tokens[c.i].end) for c in doc.candidates]
        gold = golds[report.id]
        pairs, missed, spurious = match_events(gold.events, judged(musnad.code(report)).events)
        for g in missed:
            known = any(g.trigger.start < end and start < g.trigger.end for start, end in words)
            count["event missed, " + ("its word known" if known else "its word unknown or glued")] += 1
        count["event that gold lacks"] += len(spurious)
        for g, c in pairs:
            if g.type != c.type:
                count["wrong type"] += 1
                continue
            count["event with the right type"] += 1
            count["its actors differ"] += not agree(g.actors, c.actors)
            count["its recipients differ"] += not agree(g.recipients, c.recipients)
            count["its places differ"] += bool(g.places or c.places) and not shared_places(
                g.places or (), c.places or ()
            )
            count["its status differs"] += g.status != c.status
            count["its narrator differs"] += [side(x.id) for x in (g.chain or ())[-1:]] != [
                side(x.id) for x in (c.chain or ())[-1:]
            ]
            count["its date differs where gold has one"] += bool(g.date) and g.date != c.date
    for name, n in sorted(count.items(), key=lambda x: (-x[1], x[0])):
        print(f"{n:5} {name}")


if __name__ == "__main__":
    main()
