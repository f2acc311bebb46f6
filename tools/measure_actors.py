"""How many gold actor quotes get the gold id, and the gold side, from the mention that overlaps them.

usage: measure_actors.py [--errors N] [--role ROLE] [GOLD_DIR]

Prints one row a set (dev, train, lock) and one a role. Errors are shown for dev and train only; of lock, totals are
printed and nothing else.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from musnad.arabic.slips import Slips
from musnad.arabic.text import tokenize
from musnad.arabic.words import Lexicon
from musnad.codebook.actors import load
from musnad.coding.actors import ReportContext, find_actors, focus_country, resolve_quote
from musnad.scoring.match import side

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"


def quotes(gold: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Role, event type and quote of every party in a gold report."""
    for e in gold["events"]:
        for role in ("actors", "recipients", "chain"):
            for a in e.get(role) or []:
                yield role, "" if role == "chain" else e["type"], a
    for c in gold.get("control") or []:
        for role in ("holder", "from"):
            if c.get(role):
                yield "control", "ASSAULT", c[role]
    for t in gold.get("ties") or []:
        for role in ("a", "b"):
            yield "ties", "TIE", t[role]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--role", default="")
    parser.add_argument("--sets", default="dev,train,lock")
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    args = parser.parse_args()
    book = load()
    slips = Slips(Lexicon())
    for name in args.sets.split(","):
        texts = [json.loads(line) for line in (args.gold / f"{name}.texts.jsonl").open(encoding="utf8")]
        gold = {r["id"]: r for r in map(json.loads, (args.gold / f"{name}.gold.jsonl").open(encoding="utf8"))}
        total: Counter[str] = Counter()
        ids: Counter[str] = Counter()
        sides: Counter[str] = Counter()
        none: Counter[str] = Counter()
        errors: Counter[tuple[str, str, str, str, str]] = Counter()
        mentions_found = 0
        for report in texts:
            body = report["body"]
            tokens = slips.split(tokenize(body))
            day = date.fromisoformat(report["published"][:10]) if report.get("published") else None
            focus = focus_country(tokens, book, report.get("outlet"))
            mentions = find_actors(tokens, body, book, ReportContext(day, report.get("outlet"), focus))
            mentions_found += len(mentions)
            for role, event_type, quote in quotes(gold[report["id"]]):
                if "start" not in quote:
                    continue
                m = resolve_quote(mentions, quote["start"], quote["end"])
                got = (m.id_for(event_type, role[:-1]) if event_type else m.id) if m else ""
                for key in ("all", role):
                    total[key] += 1
                    ids[key] += got == quote["id"]
                    sides[key] += side(got) == side(quote["id"])
                    none[key] += m is None
                if got != quote["id"] and (not args.role or role == args.role):
                    found = body[m.start : m.end] + " " + m.kind if m else "-"
                    errors[(report["id"], quote["text"], quote["id"], found, got)] += 1
        print(f"{name}: {len(texts)} reports, {mentions_found / len(texts):.0f} mentions a report")
        for key in ("all", "actors", "recipients", "chain", "control", "ties"):
            if total[key]:
                n, found = total[key], f"no mention {none[key] / total[key]:.3f}"
                print(f"  {key:10} {n:5} quotes  id {ids[key] / n:.3f}  side {sides[key] / n:.3f}  {found}")
        if name != "lock":
            for (rid, text, want, found, got), n in errors.most_common(args.errors):
                print(f"    {n} {rid} «{text}» {want} | {found} {got}")


if __name__ == "__main__":
    main()
