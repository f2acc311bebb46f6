"""Tables kept in the cache come back equal and in order; a damaged or foreign file is never used."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.coding import classes, model
from musnad.kept import parsed

TABLE = {"ب": [("x", 1.5), ("y", -0.1)], "ا": [("z", 2.0)]}


def keep(calls: list[bytes], data: bytes = b"1") -> object:
    def parse(table: bytes) -> dict[str, list[tuple[str, float]]]:
        calls.append(table)
        return TABLE

    return parsed("test", __file__, parse, data)


def test_parsed_once_and_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSNAD_CACHE", str(tmp_path))
    calls: list[bytes] = []
    assert keep(calls) == TABLE and keep(calls) == TABLE
    assert calls == [b"1"]
    found = keep(calls)
    assert isinstance(found, dict) and list(found) == list(TABLE)
    keep(calls, b"2")
    assert calls == [b"1", b"2"]


@pytest.mark.parametrize("damage", [lambda b: b[:20], lambda b: b[:-1] + b"\xff", lambda b: b"", lambda b: b"0000" + b])
def test_a_damaged_file_is_parsed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: object) -> None:
    monkeypatch.setenv("MUSNAD_CACHE", str(tmp_path))
    calls: list[bytes] = []
    keep(calls)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert keep(calls) == TABLE
    assert len(calls) == 2


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("MUSNAD_CACHE", str(tmp_path / "file"))
    calls: list[bytes] = []
    assert keep(calls) == TABLE and len(calls) == 1


def test_old_files_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSNAD_CACHE", str(tmp_path))
    for n in range(5):
        keep([], bytes([n]))
    assert len(list(tmp_path.iterdir())) == 2


def test_kept_weights_and_classes_are_those_of_the_tables() -> None:
    data = Path(model.__file__).with_name("weights.tsv").read_bytes()
    parsed = {task: weights for task, (weights, _) in model._parse(data).items()}
    assert {task: m.weights for task, m in model.load().items()} == parsed
    assert classes.table() == classes._parse(Path(classes.__file__).with_name("classes.tsv").read_bytes())
