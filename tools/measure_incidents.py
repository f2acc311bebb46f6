"""How well mentions are joined to incidents: pairs of mentions, against labels made by reading.

    .venv/bin/python tools/measure_incidents.py [gold|coded] [--errors N]

The labels (tests/archive/incident_labels.tsv) name mentions in annotated reports of ../shared/gold, which are reports
of the corpus, and in the example reports. `gold` joins the gold records; `coded` codes the same reports first, and a
labelled mention counts as found when a coded event stands on its trigger or on one of its other words. The example
reports have no gold records and are measured as coded only.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import msgspec

from musnad import code_many
from musnad.archive import joining
from musnad.archive.mentions import JOINED, Mention, Reading, mention
from musnad.codebook.places import PlaceBook
from musnad.engine import open_book
from musnad.record import Event
from musnad.report import Report

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold"
LABELS = ROOT / "tests" / "archive" / "incident_labels.tsv"


@dataclass(frozen=True)
class Labelled:
    """The mentions of one report, and for each the incident it is labelled with: `-` is left out of the measure."""

    report: str
    mentions: list[Mention]
    incidents: list[str]


@dataclass(frozen=True)
class Figures:
    """Pairs of mentions: joined and labelled so, joined only, labelled only."""

    both: int
    joined: int
    missed: int
    reports: int
    mentions: int
    wrong: Counter[tuple[str, str]]
    lost: Counter[str]

    def counts(self) -> Counter[str]:
        """The counts by name."""
        return Counter({"both": self.both, "joined only": self.joined, "labelled only": self.missed})

    @property
    def f1(self) -> float:
        """Pairwise F1."""
        return 2 * self.both / max(2 * self.both + self.joined + self.missed, 1)

    def __str__(self) -> str:
        precision, recall = self.both / max(self.both + self.joined, 1), self.both / max(self.both + self.missed, 1)
        return (
            f"{self.reports} reports, {self.mentions} mentions; pairs: precision {precision:.3f}, "
            f"recall {recall:.3f}, F1 {self.f1:.3f}"
        )


def labelled(records: str) -> list[Labelled]:
    """The labelled reports, from `gold` or `coded` records, or the `examples` alone, coded. Raises FileNotFoundError
    without ../shared."""
    labels: dict[str, dict[tuple[int, str], str]] = defaultdict(dict)
    for line in LABELS.read_text("utf8").splitlines():
        if line.startswith(("#", "report\t")):
            continue
        report, start, _, mode, incident = line.split("\t")
        labels[report]
        if start:
            labels[report][int(start), mode] = incident
    gold: dict[str, dict[str, object]] = {}
    texts: dict[str, Report] = {}
    for part in ("dev", "train"):
        for line in (GOLD / f"{part}.gold.jsonl").read_text("utf8").splitlines():
            record = json.loads(line)
            gold[record["id"]] = record
        for line in (GOLD / f"{part}.texts.jsonl").read_text("utf8").splitlines():
            text = json.loads(line)
            texts[text["id"]] = Report(
                id=text["id"],
                title=text["title"],
                body=text["body"],
                outlet=text["outlet"],
                published=text["published"],
            )
    for path in sorted((ROOT / "examples").glob("*.jsonl")):
        for line in path.read_text("utf8").splitlines():
            text = json.loads(line)
            if records != "gold":  # the examples have no gold records
                texts[text["id"]] = msgspec.convert(text, Report)
            else:
                labels.pop(text["id"], None)
    ids = sorted(i for i in labels if records != "examples" or i not in gold)
    coded = {c.id: c for c in code_many(texts[i] for i in ids)} if records != "gold" else {}
    book = open_book(None).places
    found, n = [], 0
    for i in ids:
        mentions, incidents, used = [], [], set()
        reading = Reading(texts[i].body)
        names: list[tuple[set[int], str]] = []
        if i not in gold:
            names = [({start}, name) for (start, _), name in labels[i].items()]
        for e in gold[i]["events"] if i in gold else ():  # type: ignore[attr-defined]
            start = e["trigger"]["start"]
            name = labels[i].get((start, e["mode"] or "-")) or (
                labels[i].get((start, "-")) if start not in used else None
            )
            used.add(start)
            names.append(({start, *(s["start"] for s in e.get("also", ()))}, name or f"{i}@{start}/{e['mode']}"))
            if records == "gold" and e["status"] in JOINED:
                n += 1
                event = msgspec.convert({**e, "places": [grounded(p, book) for p in e["places"]]}, Event)
                mentions.append(mention(n, i, event, reading, texts[i].published))
                incidents.append(names[-1][1])
        if records != "gold":
            c = coded[i]
            for event in c.events:
                if event.status not in JOINED:
                    continue
                n += 1
                bounds = (c.time.not_before, c.time.not_after) if c.time else (None, None)
                mentions.append(mention(n, i, event, reading, texts[i].published, *bounds))
                t = event.trigger
                at = [name for starts, name in names if any(t.start <= start < t.end for start in starts)]
                incidents.append(at[0] if at else f"{i}@{event.trigger.start}/coded")
        found.append(Labelled(i, mentions, incidents))
    return found


def grounded(place: dict[str, object], book: PlaceBook) -> dict[str, object]:
    """A gold place with the point that the codebook knows for it; gold records name places without points."""
    name, country, text = str(place["name"]), str(place["country"]), str(place["text"])
    known = [e for e in book.find(text) if e.country == country]
    at = book.by_name.get((country, name))
    entry = book.entries[at] if at is not None else known[0] if known else None
    if entry is None:
        return place
    return {**place, "lat": entry.lat, "lon": entry.lon, "precision_km": entry.km, "kind": entry.kind}


def figures(reports: list[Labelled]) -> Figures:
    """Join the mentions of the reports and compare with the labels, pair by pair."""
    truth = {m.n: t for r in reports for m, t in zip(r.mentions, r.incidents, strict=True)}
    joined = joining.join([m for r in reports for m in r.mentions])
    number = {m.n: i for i, group in enumerate(joined) for m in group}
    both = joined_only = missed = 0
    wrong, lost = Counter[tuple[str, str]](), Counter[str]()
    for group in joined:
        for a, b in combinations([truth[m.n] for m in group if truth[m.n] != "-"], 2):
            both, joined_only = both + (a == b), joined_only + (a != b)
            if a != b:
                wrong[min(a, b), max(a, b)] += 1
    by_label: dict[str, list[int]] = defaultdict(list)
    for n, t in truth.items():
        if t != "-":
            by_label[t].append(n)
    for t, members in by_label.items():
        apart = sum(number[a] != number[b] for a, b in combinations(members, 2))
        missed += apart
        if apart:
            lost[t] = apart
    return Figures(both, joined_only, missed, len(reports), len(truth), wrong, lost)


def main() -> None:
    errors = int(sys.argv[sys.argv.index("--errors") + 1]) if "--errors" in sys.argv else 0
    for records in [a for a in sys.argv[1:] if a in ("gold", "coded")] or ["gold", "coded"]:
        found = figures(labelled(records))
        print(f"{records}: {found}")
        for (a, b), count in found.wrong.most_common(errors):
            print(f"  joined wrongly ({count}): {a} and {b}")
        for name, count in found.lost.most_common(errors):
            print(f"  not joined ({count}): {name}")


if __name__ == "__main__":
    main()
