"""How fast the coder is, beside a bare pass over the same text in the same run, and beside rivals from PyPI.

    make bench            the table
    make bench N=500      fewer reports

Reads N reports spread over ../shared/corpus (else the examples, repeated), codes them once to see which hold events,
and measures the mix, the reports with events, those without, and those left by their words alone. Times are CPU seconds
of one core, the best of several rounds, reading excluded; all caches are warm, as they are in a long run.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import rivals
import rooms

import musnad
from musnad.coding import coder
from musnad.reading import read
from musnad.report import Report

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "reports.jsonl.gz"
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Speed:
    """How long the bare pass and the coder take over some reports, in CPU seconds."""

    name: str
    reports: int
    characters: int
    bare: float
    coding: float

    @property
    def ratio(self) -> float:
        """How many times as long as the bare pass the coder takes."""
        return self.coding / self.bare


def reports(count: int) -> tuple[list[Report], str, float]:
    """The reports to measure with, where they are from, and how many characters a CPU second were read."""
    start = time.process_time()
    if CORPUS.exists():
        found = [r for r in read([str(CORPUS)]) if isinstance(r, Report)]
        rate = sum(len(r.body) for r in found) / (time.process_time() - start)
        return found[:: max(1, len(found) // count)][:count], "../shared/corpus", rate
    examples = [r for r in read([str(ROOT / "examples")]) if isinstance(r, Report)]
    rate = sum(len(r.body) for r in examples) / (time.process_time() - start)
    return list(islice(cycle(examples), count)), "examples, repeated", rate


def timed(work: Callable[[], object]) -> float:
    """The CPU seconds that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def bare(found: Sequence[Report]) -> None:
    """The pass that all is measured by."""
    for r in found:
        WORD.findall(r.body)


def code(found: Sequence[Report]) -> list[bool]:
    """Code reports; for each, whether it has events."""
    return [bool(record.events) for record in musnad.code_many(found)]


def groups(found: Sequence[Report]) -> dict[str, list[Report]]:
    """The reports by what is in them."""
    events = code(found)
    left = [coder.is_quiet(r) for r in found]
    return {
        "mix": list(found),
        "with events": [r for r, e in zip(found, events, strict=True) if e],
        "without events": [r for r, e in zip(found, events, strict=True) if not e],
        "left by their words": [r for r, q in zip(found, left, strict=True) if q],
    }


def measure(found: Sequence[Report], rounds: int = 3) -> list[Speed]:
    """The speed in each group, the best of some rounds in which all take turns."""
    parts = {name: part for name, part in groups(found).items() if part}
    best = {name: [9e9, 9e9] for name in parts}
    for _ in range(rounds):
        for name, part in parts.items():
            once = min(timed(partial(bare, part)) for _ in range(3))
            best[name][0] = min(best[name][0], once)
            best[name][1] = min(best[name][1], timed(partial(code, part)))
    return [Speed(n, len(p), sum(len(r.body) for r in p), *best[n]) for n, p in parts.items()]


def startup(*words: str) -> float:
    """The best of five starts of the command, wall seconds, with modules compiled as in an installation."""
    command = [sys.executable, "-m", "musnad", *words]
    keep = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def once() -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=keep)
        return time.perf_counter() - start

    once()
    return min(once() for _ in range(5))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-n", type=int, default=600, help="how many reports (default 600)")
    parser.add_argument("--rounds", type=int, default=3, help="how many rounds; the best counts (default 3)")
    given = parser.parse_args()
    found, source, reading = reports(given.n)
    speeds = measure(found, given.rounds)
    chars = speeds[0].characters
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)

    print(f"{len(found):,} reports, {chars:,} characters ({source}), Python {sys.version.split()[0]}, one core\n")
    print(f"{'coding':24}{'reports':>8}{'reports/s':>11}{'chars/s':>13}{'x bare pass':>13}")
    for s in speeds:
        rate = s.reports / s.coding
        print(f"{s.name:24}{s.reports:8,}{rate:11,.0f}{s.characters / s.coding:13,.0f}{s.ratio:13.1f}")
    base = speeds[0]
    print(f"\n{'the same text':24}{'reports':>8}{'reports/s':>11}{'chars/s':>13}{'x bare pass':>13}   what it does")
    rows = [
        ("re.findall", base.bare, r"the bare pass: cuts at \w+, knows nothing"),
        ("musnad read", chars / reading, "decodes, parses and cleans the file; codes nothing"),
    ]
    bodies = [r.body for r in found]
    for rival in rivals.ALL:
        work = rival.make()
        if work is None:
            print(f"{rival.name:24}  not installed: pip install '.[bench]'")
            continue
        rows.append((rival.name, min(timed(partial(work, bodies)) for _ in range(2)), rival.does))
    for name, seconds, does in rows:
        rate, speed = len(found) / seconds, chars / seconds
        print(f"{name:24}{len(found):8,}{rate:11,.0f}{speed:13,.0f}{seconds / base.bare:13.1f}   {does}")
    print(f"\n{'share of coding time':24}{'%':>8}")
    for name, share in rooms.shares(lambda: code(found)):
        print(f"{name:24}{100 * share:8.1f}")
    example = next(p for p in sorted((ROOT / "examples").iterdir()) if p.is_file())
    print(f"\n{'start-up':36}{'seconds':>9}")
    for name, words in (
        ("musnad --help", ["--help"]),
        ("musnad schema", ["schema"]),
        (f"musnad code examples/{example.name}", ["code", str(example), "--format", "jsonl"]),
    ):
        print(f"{name:36}{startup(*words):9.2f}")
    print(f"{'peak memory of this run, MB':36}{peak:9.0f}")


if __name__ == "__main__":
    main()
