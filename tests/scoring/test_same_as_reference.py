"""The package's scorer gives the figures of the reference scorer, on gold records and on damaged copies of them."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from musnad.scoring import compare_files

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (GOLD / "score.py").exists(), reason="the gold records in ../shared are not here"),
]
Rows = dict[str, dict[str, float | int | None]]


def reference(gold: Path, coded: Path) -> Rows:
    spec = importlib.util.spec_from_file_location("reference_score", GOLD / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows: Rows = module.score(module.load(gold), module.load(coded))
    return rows


def damage(report: dict[str, Any], dice: random.Random, rate: float) -> dict[str, Any]:
    """A copy of a report as a poor coder would have made it: events dropped, doubled, moved, their fields changed."""
    everyone = [a for e in report["events"] for a in e["actors"] + e["recipients"] + e["chain"]] or [{"id": "SDF"}]

    def hit() -> bool:
        return dice.random() < rate

    def parties(xs: list[Any]) -> list[Any]:
        kept = [x for x in xs if not hit()]
        return [*kept, dice.choice(everyone)] if hit() else kept

    def change(e: dict[str, Any]) -> dict[str, Any]:
        e = {k: v for k, v in e.items() if k != "also"}
        for role in ("actors", "recipients", "chain"):
            e[role] = parties(e[role])
        if hit():
            e["type"] = dice.choice(["ASSAULT", "COERCE", "REJECT", "AID"])
        if hit():
            move = dice.choice([-40, -3, 3, 40])
            e["trigger"] = e["trigger"] | {"start": e["trigger"]["start"] + move, "end": e["trigger"]["end"] + move}
        if hit():
            e["trigger"] = e["trigger"] | {"text": e["trigger"]["text"] + " ثم"}
        if hit():
            e["places"] = [p | {"start": p["start"] + 2, "country": dice.choice(["SYR", "IRQ"])} for p in e["places"]]
        if hit():
            e["date"] = dice.choice([None, (report["published"] or "2017-01-01")[:10], "2018-02-07"])
        if hit():
            e["status"] = dice.choice(["happened", "ongoing", "denied", "possible"])
        if hit():
            e["killed"], e["injured"] = dice.choice([None, [1, None], [3, 3]]), dice.choice([None, [2, 5]])
        if hit():
            e["mode"] = dice.choice([None, "attack", "shelling"])
        return e

    events = [change(e) for e in report["events"] if not hit()]
    also = [e | {"trigger": dice.choice(e["also"])} for e in report["events"] if e["also"] and hit()]
    events += [change(e) for e in report["events"] if hit()] + [
        {k: v for k, v in e.items() if k != "also"} for e in also
    ]
    dice.shuffle(events)
    control = [c | {"change": dice.choice(["holds", "lost"])} if hit() else c for c in report["control"] if not hit()]
    ties = [t | {"a": t["b"], "b": t["a"]} if hit() else t for t in report["ties"] if not hit()]
    return report | {"events": events, "control": control, "ties": ties}


def copies(rate: float, seed: int) -> Callable[[list[dict[str, Any]]], list[dict[str, Any]]]:
    def make(reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
        dice = random.Random(seed)
        return [damage(r, dice, rate) for r in reports if dice.random() > rate / 4]

    return make


@pytest.mark.parametrize("name", ["dev", "train"])
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda reports: reports, id="the gold itself"),
        pytest.param(copies(0.1, 1), id="a tenth damaged"),
        pytest.param(copies(0.3, 2), id="a third damaged"),
        pytest.param(copies(0.6, 3), id="mostly damaged"),
        pytest.param(lambda reports: [], id="nothing"),
    ],
)
def test_same_figures(tmp_path: Path, name: str, make: Callable[[list[Any]], list[Any]]) -> None:
    gold = GOLD / f"{name}.gold.jsonl"
    coded = tmp_path / "coded.jsonl"
    reports = [json.loads(line) for line in gold.read_text("utf8").splitlines()]
    coded.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in make(reports)), "utf8")
    ours, theirs = compare_files(gold, coded).scores.figures(), reference(gold, coded)
    assert {name: row for name, row in ours.items() if name in theirs} == theirs
    # the reference leaves out the rows that nothing was counted for; here they are there and empty
    assert not [row for name, row in ours.items() if name not in theirs if any(row.values())]
