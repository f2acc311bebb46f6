"""The labelled corpus reports that teach the weights: their offsets lie in the text that was labelled."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from musnad import record

ROOT = Path(__file__).parents[2]
SPANS = ("trigger", "holder", "place", "from", "a", "b", "evidence")


def tool() -> Any:
    spec = importlib.util.spec_from_file_location("labels", ROOT / "tools" / "labels.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["labels"] = module
    spec.loader.exec_module(module)
    return module


def spans(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All stretches that a labelled record names."""
    for key, value in found.items():
        if key in SPANS and value:
            yield value
        elif key in ("actors", "recipients", "places", "chain", "also"):
            yield from value


@pytest.mark.shared
def test_labels_stand_on_the_text_that_was_labelled() -> None:
    types = set(get_args(record.EventType))
    count = 0
    for report, labels in tool().labelled():
        count += 1
        for event in labels["events"]:
            assert event["type"] in types, (report.id, event)
        for found in (*labels["events"], *labels["control"], *labels["ties"]):
            for span in spans(found):
                assert 0 <= span["start"] < span["end"] <= len(report.body), (report.id, span)
                assert report.body[span["start"] : span["end"]].strip(), (report.id, span)
    assert count == len(tool().labels()) > 800
