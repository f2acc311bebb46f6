"""How much of the gold records' words the codebook knows, and how often its entries fire on words that are no act.

    python tools/measure_codebook.py [--gold ../shared/gold] [--unknown] [--fires 40]

Figures are printed for dev, train and lock apart. Of lock only totals are ever printed: nobody reads it. `--unknown`
lists the gold trigger words of dev and train that are not known with their type; `--fires N` the N entries that fire
most often on words that are no trigger there.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from musnad.arabic.letters import norm
from musnad.arabic.text import Token, tokenize
from musnad.codebook import Codebook, EventEntry, load
from musnad.codebook.stems import fits, stems

PARTS = ("dev", "train", "lock")
OPEN = ("dev", "train")


def gold(folder: Path, part: str) -> Iterator[tuple[str, list[dict]]]:
    """Body and gold events of each report of one part."""
    bodies = {}
    for line in (folder / f"{part}.texts.jsonl").open(encoding="utf8"):
        text = json.loads(line)
        bodies[text["id"]] = text["body"]
    for line in (folder / f"{part}.gold.jsonl").open(encoding="utf8"):
        record = json.loads(line)
        yield bodies[record["id"]], record["events"]


def word_entries(book: Codebook, form: str) -> list[EventEntry]:
    """The entries that have a word form (normal form, particles and pronouns and all) in their paradigm."""
    return [
        reading.entry
        for particles, stem, pronoun in stems(form)
        for reading in book.events.get(stem)
        if fits(particles, pronoun, reading.pos, reading.tense)
    ]


def entries_at(book: Codebook, tokens: list[Token]) -> list[list[EventEntry]]:
    """For every token, the entries that may make it the word of an act, each once."""
    found: list[dict[str, EventEntry]] = [{} for _ in tokens]
    for token, here in zip(tokens, found, strict=True):
        if token.kind == "word":
            for entry in word_entries(book, token.norm):
                here.setdefault(entry.id, entry)
    for match in book.expressions.find(tokens):
        found[match.trigger].setdefault(match.reading.entry.id, match.reading.entry)
    return [list(here.values()) for here in found]


def measure(book: Codebook, folder: Path, part: str) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """Counts of one part: totals, unknown trigger words, fires of entries off triggers, fires of entries on them."""
    totals: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    idle: Counter[str] = Counter()
    apt: Counter[str] = Counter()
    for body, events in gold(folder, part):
        tokens = tokenize(body)
        known = entries_at(book, tokens)
        at = {i: n for n, token in enumerate(tokens) for i in range(token.start, token.end)}
        used: set[int] = set()
        for event in events:
            trigger = event["trigger"]
            n = at[trigger["start"]]
            used.add(n)
            used.update(at[also["start"]] for also in event.get("also", ()) if also["start"] in at)
            entries = known[n]
            if tokens[n].text != trigger["text"]:  # words glued together by the crawler; reading them is not our task
                entries = [*entries, *word_entries(book, norm(trigger["text"]))]
            types = {t for entry in entries for t, _ in entry.senses}
            totals["triggers"] += 1
            totals["known"] += bool(entries)
            totals["types"] += len(types)
            if event["type"] in types:
                totals["right"] += 1
            else:
                unknown[f"{event['type']}\t{norm(trigger['text'])}\t{','.join(sorted(types)) or '-'}"] += 1
        for n, here in enumerate(known):
            here = [entry for entry in here if entry.senses]
            if here:
                totals["fired"] += 1
                totals["fired on a trigger"] += n in used
            for entry in here:
                (apt if n in used else idle)[entry.id] += 1
    return totals, unknown, idle, apt


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    parser.add_argument("--overlay", type=Path)
    parser.add_argument("--unknown", action="store_true")
    parser.add_argument("--fires", type=int, default=0)
    options = parser.parse_args()
    book = load(options.overlay)
    entries = [*book.events.entries, *book.expressions.entries]
    with_types = [entry for entry in entries if entry.senses]
    mean = sum(len({t for t, _ in entry.senses}) for entry in with_types) / len(with_types)
    print(f"entries {len(entries)}, with types {len(with_types)}, types an entry {mean:.2f}, forms {len(book.events)}")
    print(f"{'':8}{'triggers':>10}{'known':>8}{'type known':>12}{'types a trigger':>17}{'fires that are acts':>21}")
    unknown: Counter[str] = Counter()
    idle: Counter[str] = Counter()
    apt: Counter[str] = Counter()
    for part in PARTS:
        if not (options.gold / f"{part}.gold.jsonl").exists():
            continue
        totals, missing, off, on = measure(book, options.gold, part)
        n = totals["triggers"]
        print(
            f"{part:8}{n:10}{totals['known'] / n:8.3f}{totals['right'] / n:12.3f}"
            f"{totals['types'] / max(totals['known'], 1):17.2f}"
            f"{totals['fired on a trigger']:10} of {totals['fired']}"
        )
        if part in OPEN:
            unknown += missing
            idle += off
            apt += on
    if options.unknown:
        print("\nnot known with their type (dev and train): type, word, types known")
        for line, count in sorted(unknown.items(), key=lambda item: (-item[1], item[0])):
            print(count, line, sep="\t")
    if options.fires:
        print("\nfires on words that are no trigger (dev and train): off, on, entry")
        for name, count in sorted(idle.items(), key=lambda item: (-item[1], item[0]))[: options.fires]:
            print(count, apt[name], name, sep="\t")


if __name__ == "__main__":
    main()
