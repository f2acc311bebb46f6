"""Which part of the coder the time goes to: the running function is looked at a thousand times a CPU second."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import musnad

PACKAGE = str(Path(musnad.__file__).parent)
SHOWN = 14


def shares(work: Callable[[], object]) -> list[tuple[str, float]]:
    """Rooms, and the modules of the coding room, by their share of the time; the last line is all others."""
    seen: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        while frame is not None and not frame.f_code.co_filename.startswith(PACKAGE):
            frame = frame.f_back
        if frame is not None:
            room, _, module = frame.f_code.co_filename[len(PACKAGE) + 1 :].partition("/")
            seen[f"{room}/{module[:-3]}" if room == "coding" else room.removesuffix(".py")] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    total = sum(seen.values()) or 1
    ranked = sorted(seen.items(), key=lambda x: (-x[1], x[0]))
    out = [(name, n / total) for name, n in ranked[:SHOWN]]
    rest = sum(n for _, n in ranked[SHOWN:])
    return [*out, ("others", rest / total)] if rest else out
