"""How well the place finder does on the gold records: `python tools/measure_places.py [--misses N]`.

For dev, train and lock apart: how many gold place quotes are overlapped by a mention, and how many by one in the right
country; how many mentions are near no gold place; and ../shared/gold/places.tsv, right country and within its radius.
Of lock only the totals are printed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from musnad.arabic.text import tokenize
from musnad.codebook import places
from musnad.codebook.geometry import distance_km
from musnad.coding.places import PlaceMention, country_near, find_places, resolve_place

GOLD = Path(__file__).parents[2] / "shared" / "gold"


def quotes(record: dict) -> dict[tuple[int, int], tuple[str, str]]:  # type: ignore[type-arg]
    """Gold place quotes of a report by span, with text and country."""
    out = {}
    for event in record.get("events") or []:
        for p in event.get("places") or []:
            out[p["start"], p["end"]] = (p["text"], p["country"])
    for control in record.get("control") or []:
        p = control.get("place")
        if p and "start" in p:
            out[p["start"], p["end"]] = (p["text"], p.get("country"))
    return out


def flat(mentions: list[PlaceMention]) -> list[PlaceMention]:
    return [x for m in mentions for x in (m, *m.inner)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0, help="also print the commonest misses of dev and train")
    args = parser.parse_args()
    book = places.load()
    print(f"{len(book.entries)} entries, {len(book.names)} names")
    for part in ("dev", "train", "lock"):
        texts = {(r := json.loads(line))["id"]: r for line in (GOLD / f"{part}.texts.jsonl").open(encoding="utf8")}
        total = found = right = told = same = mentioned = beside = 0
        missed: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        extra: Counter[str] = Counter()
        for line in (GOLD / f"{part}.gold.jsonl").open(encoding="utf8"):
            record = json.loads(line)
            body = texts[record["id"]]["body"]
            mentions = find_places(tokenize(body), body, book)
            gold = quotes(record)
            every = flat(mentions)
            for (start, end), (text, country) in gold.items():
                over = [m for m in every if m.start < end and start < m.end]
                total += 1
                found += bool(over)
                right += any(m.country == country for m in over)
                told += any(m.country == country for m in over) or (not over and country_near(every, start) == country)
                same += any((m.start, m.end) == (start, end) for m in over)
                if not over:
                    missed[text] += 1
                elif all(m.country != country for m in over):
                    wrong[f"{text} gold {country}, here {over[0].name} {over[0].country} {over[0].form}"] += 1
            for m in mentions:
                mentioned += 1
                if not any(m.start < end and start < m.end for start, end in gold):
                    beside += 1
                    extra[f"{body[m.start : m.end]} ({m.form}{' weak' if m.weak else ''})"] += 1
        print(
            f"{part:6} gold quotes {total}: overlapped {found / total:.3f}, right country {right / total:.3f}"
            f" ({told / total:.3f} where words without a name take the country of their surroundings)"
            f" ({right / max(found, 1):.3f} of those overlapped), same span {same / total:.3f};"
            f" mentions {mentioned}, {beside / max(mentioned, 1):.2f} of them at no gold place"
        )
        if part != "lock" and args.misses:
            for title, count in (("missed", missed), ("wrong country", wrong), ("extra", extra)):
                print("  ", title, "; ".join(f"{t} {n}" for t, n in count.most_common(args.misses)))
    hits = rows = 0
    for line in (GOLD / "places.tsv").read_text(encoding="utf8").splitlines()[1:]:
        name, arabic, country, lat, lon, within = line.split("\t")
        rows += 1
        mention = resolve_place(arabic, book, country if name.startswith("Tripoli") else None)
        km = (
            distance_km(mention.lat, mention.lon, float(lat), float(lon))
            if mention and mention.lat is not None and mention.lon is not None
            else 1e9
        )
        if mention and mention.country == country and km <= float(within):
            hits += 1
        else:
            print(
                "   not right:",
                name,
                arabic,
                country,
                mention and (mention.name, mention.country, mention.lat, mention.lon),
                round(km),
            )
    print(f"places.tsv {rows}: right country and within its radius {hits / rows:.3f}")


if __name__ == "__main__":
    main()
