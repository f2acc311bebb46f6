"""Files are written whole: the old one stays until the new one is complete."""

from __future__ import annotations

import io
import signal
from pathlib import Path

import pytest

from musnad.cli.output import interruptible, output


def test_a_complete_file_takes_its_name(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"old\n")
    with output(out) as write:
        write(b"one\n")
        assert out.read_bytes() == b"old\n"
        write(b"two\n")
    assert out.read_bytes() == b"one\ntwo\n"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_failure_leaves_no_trace(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(ZeroDivisionError), output(out) as write:
        write(b"one\n")
        _ = 1 / 0
    assert list(tmp_path.iterdir()) == []


def test_a_stop_keeps_the_lines_so_far_beside_the_name(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt), output(out) as write:
        write(b"one\n")
        signal.raise_signal(signal.SIGINT)
        write(b"two\n")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"out.jsonl.part": b"one\n"}


def test_ctrl_c_works_as_before_afterwards(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    with output(tmp_path / "out") as write:
        write(b"one\n")
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


class Interrupted(io.BytesIO):
    """A stream on which Ctrl-C comes in the middle of writing."""

    def write(self, line: bytes, /) -> int:  # type: ignore[override]
        half = len(line) // 2
        super().write(line[:half])
        signal.raise_signal(signal.SIGINT)
        return super().write(line[half:])


def test_ctrl_c_waits_for_the_end_of_the_line() -> None:
    stream = Interrupted()
    with pytest.raises(KeyboardInterrupt), interruptible(stream) as write:
        write(b"a whole line\n")
    assert stream.getvalue() == b"a whole line\n"
