"""The coder's time beside a bare pass over the same text must stay under tests/speed_limits.toml."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMITS = tomllib.loads((ROOT / "tests" / "speed_limits.toml").read_text(encoding="utf8"))


@pytest.mark.slow
@pytest.mark.shared
def test_the_ratio_to_a_bare_pass_stays_under_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import bench

    found, source, _ = bench.reports(LIMITS["reports"])
    assert source == "../shared/corpus"
    measured = {s.name: round(s.ratio, 1) for s in bench.measure(found, rounds=2)}
    over = {name: (measured[name], limit) for name, limit in LIMITS["ratio"].items() if measured[name] > limit}
    assert set(LIMITS["ratio"]) == set(measured)
    assert not over, f"slower than allowed on {sys.platform} (measured, limit): {over}"
