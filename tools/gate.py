"""The gate: agreement with careful readers must not fall below the floors pinned in tests/gate_floors.toml.

    tools/gate.py                                  check; fails under a floor
    tools/gate.py --raise                          raise every floor to what is reached now (never lowers one)
    tools/gate.py --lower SET.NAME --because TEXT  lower one floor to what is reached now; the reason stays in the file

The sets are those of ../shared/gold. Of the locked set only totals are computed; no text or record of it is shown.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from pathlib import Path

import musnad
from musnad.reading import read
from musnad.report import Report
from musnad.scoring import ORDER, Scores, judged, load, score

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
FLOORS = ROOT / "tests" / "gate_floors.toml"
SETS = ("dev", "train", "lock")
SLACK = 0.0005
HEAD = """\
# The least agreement with gold records that `make gate` lets pass: F1, or accuracy for status, killed and injured.
# Written by tools/gate.py; a floor is lowered only with --lower and a reason, which stays below as a comment.
"""


def measure(name: str) -> Scores:
    """Code the texts of one set as `musnad code` does and compare them with its gold records."""
    gold = load(GOLD / f"{name}.gold.jsonl")
    reports = [r for r in read([str(GOLD / f"{name}.texts.jsonl")]) if isinstance(r, Report)]
    return score(gold, {c.id: judged(c) for c in musnad.code_many(reports)})


def headline(scores: Scores) -> dict[str, float]:
    return {name: round(value, 4) for name in ORDER if (value := scores.headline(name)) is not None}


def write_floors(floors: dict[str, dict[str, float]], reasons: list[str]) -> None:
    parts = [HEAD, *(f"# {reason}\n" for reason in reasons)]
    for name in SETS:
        parts.append(f"\n[{name}]\n")
        parts += [f"{row} = {value:.4f}\n" for row, value in floors.get(name, {}).items()]
    FLOORS.write_text("".join(parts), "utf8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="up", action="store_true", help="raise every floor to what is reached now")
    parser.add_argument("--lower", metavar="SET.NAME", help="lower one floor to what is reached now")
    parser.add_argument("--because", metavar="TEXT", help="why the floor is lowered")
    asked = parser.parse_args()
    if bool(asked.lower) != bool(asked.because):
        parser.error("--lower needs --because, and the other way round")
    if not GOLD.is_dir():
        print(f"the gate needs the gold records in {GOLD}", file=sys.stderr)
        return 2

    text = FLOORS.read_text("utf8") if FLOORS.exists() else ""
    floors: dict[str, dict[str, float]] = tomllib.loads(text)
    reasons = [line[2:] for line in text.splitlines() if line.startswith("# lowered ")]
    reached = {}
    for name in SETS:
        start = time.perf_counter()
        reached[name] = headline(measure(name))
        print(f"{name}: coded and scored in {time.perf_counter() - start:.1f} s", file=sys.stderr)

    if asked.lower:
        name, _, row = asked.lower.partition(".")
        if row not in reached.get(name, {}):
            parser.error(f"no such figure: {asked.lower}")
        before = floors.get(name, {}).get(row, 0.0)
        floors.setdefault(name, {})[row] = reached[name][row]
        reasons.append(f"lowered {asked.lower} from {before:.4f} to {reached[name][row]:.4f}: {asked.because}")
    if asked.up:
        for name, rows in reached.items():
            old = floors.get(name, {})
            floors[name] = {row: max(value, old.get(row, 0.0)) for row, value in rows.items()}
    if asked.lower or asked.up:
        write_floors(floors, reasons)
    return report(floors, reached)


def report(floors: dict[str, dict[str, float]], reached: dict[str, dict[str, float]]) -> int:
    """Print what is reached beside its floor. 1 when something fell, or no floor is pinned."""
    fallen = []
    print(f"{'':10}" + "".join(f"{name:>9} {'floor':>7}" for name in SETS))
    for row in ORDER:
        cells = []
        for name in SETS:
            value, floor = reached[name].get(row), floors.get(name, {}).get(row)
            cells.append(f"{value if value is not None else 0:9.4f} {'-' if floor is None else f'{floor:.4f}':>7}")
            if floor is not None and (value is None or value < floor - SLACK):
                fallen.append(f"{name}.{row} is {value or 0:.4f}, its floor {floor:.4f}")
        print(f"{row:10}" + "".join(cells))
    unpinned = [name for name in SETS if not floors.get(name)]
    for line in fallen:
        print(f"fell: {line}")
    if unpinned:
        print(f"no floors pinned for {', '.join(unpinned)}; pin them with tools/gate.py --raise")
    print("gate: failed" if fallen or unpinned else "gate: passed")
    return 1 if fallen or unpinned else 0


if __name__ == "__main__":
    raise SystemExit(main())
