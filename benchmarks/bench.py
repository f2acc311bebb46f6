"""How fast the coder is, beside a bare pass over the same text in the same run.

Reads up to N reports (from ../shared/corpus where it is, else the examples, repeated), measures start-up, reading,
one bare `re.findall` over all bodies, and coding on one core, and prints a table.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from itertools import cycle, islice
from pathlib import Path

import musnad
from musnad.reading import read
from musnad.report import Report

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "reports.jsonl.gz"
WORD = re.compile(r"\w+")


def reports(count: int) -> tuple[list[Report], str]:
    """The reports to measure with, and where they are from."""
    if CORPUS.exists():
        return list(islice(_read(CORPUS), count)), "../shared/corpus"
    examples = list(_read(ROOT / "examples"))
    return list(islice(cycle(examples), count)), "examples, repeated"


def _read(path: Path) -> Iterable[Report]:
    return (r for r in read([str(path)]) if isinstance(r, Report))


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def startup(*words: str) -> float:
    """The best of five starts, in seconds."""
    command = [sys.executable, "-m", "musnad", *words]
    return min(timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(5))


def code_all(found: list[Report]) -> int:
    return sum(len(record.events) for record in musnad.code_many(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-n", type=int, default=2000, help="how many reports (default 2000)")
    count = parser.parse_args().n

    start = time.perf_counter()
    found, source = reports(count)
    reading = time.perf_counter() - start
    chars = sum(len(r.body) for r in found)
    loading = timed(lambda: code_all(found[:1]))
    bare = timed(lambda: [WORD.findall(r.body) for r in found])
    coding = timed(lambda: code_all(found))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)

    print(f"{len(found):,} reports, {chars:,} characters ({source}), Python {sys.version.split()[0]}, one core\n")
    print(f"{'':28}{'seconds':>9} {'reports/s':>10} {'chars/s':>13}")
    for name, seconds in (("bare re.findall", bare), ("reading", reading), ("coding", coding)):
        print(f"{name:28}{seconds:9.2f} {len(found) / seconds:10,.0f} {chars / seconds:13,.0f}")
    print(f"{'first report, with codebook':28}{loading:9.2f}")
    print(f"{'start-up: musnad --help':28}{startup('--help'):9.2f}")
    print(f"{'start-up: musnad schema':28}{startup('schema'):9.2f}")
    print(f"{'peak memory':28}{peak:9.0f} MB")
    print(f"\ncoding takes {coding / bare:.0f} times as long as the bare pass")


if __name__ == "__main__":
    main()
