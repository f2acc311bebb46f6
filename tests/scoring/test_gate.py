"""The gate fails when a figure falls, and never lowers a floor by itself."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The gate with made figures and a floors file of its own."""
    spec = importlib.util.spec_from_file_location("gate", Path(__file__).parents[2] / "tools" / "gate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "FLOORS", tmp_path / "floors.toml")
    monkeypatch.setattr(module, "GOLD", tmp_path)
    return module


def run(gate: ModuleType, monkeypatch: pytest.MonkeyPatch, type_f1: float, *words: str) -> int:
    monkeypatch.setattr(gate, "measure", lambda name: name)
    monkeypatch.setattr(gate, "headline", lambda scores: {"type": type_f1, "wdwtw": 0.5})
    monkeypatch.setattr("sys.argv", ["gate.py", *words])
    return int(gate.main())


def test_floors_rise_and_hold(
    gate: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(gate, monkeypatch, 0.6) == 1  # no floors pinned yet
    assert run(gate, monkeypatch, 0.6, "--raise") == 0
    assert run(gate, monkeypatch, 0.7, "--raise") == 0
    assert run(gate, monkeypatch, 0.65) == 1
    assert "fell: dev.type is 0.6500, its floor 0.7000" in capsys.readouterr().out


def test_raising_lowers_nothing(gate: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    run(gate, monkeypatch, 0.7, "--raise")
    assert run(gate, monkeypatch, 0.6, "--raise") == 1
    assert "type = 0.7000" in gate.FLOORS.read_text("utf8")


def test_lowering_needs_a_reason_and_keeps_it(gate: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    run(gate, monkeypatch, 0.7, "--raise")
    with pytest.raises(SystemExit):
        run(gate, monkeypatch, 0.6, "--lower", "dev.type")
    run(gate, monkeypatch, 0.6, "--lower", "dev.type", "--because", "gold was corrected")
    text = gate.FLOORS.read_text("utf8")
    assert "# lowered dev.type from 0.7000 to 0.6000: gold was corrected" in text
    assert run(gate, monkeypatch, 0.7) == 0
    run(gate, monkeypatch, 0.7, "--raise")
    assert "gold was corrected" in gate.FLOORS.read_text("utf8")
