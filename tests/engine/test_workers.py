"""Several processes: the same bytes in the same order, bounded memory, and nothing lost when one of them is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest

import musnad
from musnad import engine
from musnad.engine import pool
from musnad.errors import MusnadError, ReadError
from musnad.record import to_json
from musnad.report import Report

BODY = "قصفت طائرات حربية أمس مواقع لمسلحين قرب مدينة إدلب، وقال متحدث إن {} مدنيين قتلوا في الغارة."


def reports(count: int) -> Iterator[Report]:
    for n in range(count):
        yield Report(id=f"r{n}", title="", body=BODY.format(n + 3), published="2018-03-26", source="made.jsonl")


def double() -> Callable[[int], int]:
    return lambda n: 2 * n


def kills_at(number: int, once: str) -> Callable[[int], int]:
    """A worker that is killed at a number: each time, or only while the file `once` is not there."""

    def work(n: int) -> int:
        if n == number and not (once and os.path.exists(once)):
            if once:
                Path(once).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * n

    return work


def fails_at(number: int) -> Callable[[int], int]:
    def work(n: int) -> int:
        if n == number:
            raise MusnadError(f"number {n}")
        return n

    return work


def cannot_start() -> Callable[[int], int]:
    raise MusnadError("no table")


def test_same_bytes_in_the_same_order() -> None:
    one = [to_json(c) for c in musnad.code_many(reports(90))]
    assert len(one) == 90 and all(json.loads(c)["events"] for c in one)
    assert [to_json(c) for c in musnad.code_many(reports(90), workers=3)] == one


def test_few_reports_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "run", None)
    assert len(list(musnad.code_many(reports(engine.FEW - 1), workers=4))) == engine.FEW - 1


def test_a_killed_worker_takes_no_report_with_it() -> None:
    """A child is killed from outside in the middle of the work."""
    one = [to_json(c) for c in musnad.code_many(reports(400))]
    out: list[bytes] = []
    killed: list[int] = []
    for coded in musnad.code_many(reports(400), workers=2):
        out.append(to_json(coded))
        if len(out) in (20, 260):
            child = active_children()[0]
            assert child.pid is not None
            os.kill(child.pid, signal.SIGKILL)
            killed.append(child.pid)
    assert len(set(killed)) == 2
    assert out == one
    assert not active_children()


def test_an_input_that_kills_once_is_done_again(tmp_path: Path) -> None:
    once = str(tmp_path / "killed")
    assert list(pool.run(range(100), 2, kills_at, (41, once))) == [(n, 2 * n) for n in range(100)]
    assert os.path.exists(once)


def test_an_input_that_kills_twice_is_left_out() -> None:
    found = list(pool.run(range(100), 2, kills_at, (41, "")))
    assert [n for n, _ in found] == list(range(100))
    assert [x for x in found if isinstance(x[1], pool.Died)] == [(41, pool.Died(-signal.SIGKILL))]
    assert all(result == 2 * n for n, result in found if n != 41)


def test_a_report_that_kills_twice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    died = pool.Died(-9)
    monkeypatch.setattr(pool, "run", lambda source, *_: ((r, died if r.id == "r7" else musnad.code(r)) for r in source))
    lost: list[ReadError] = []
    found = list(musnad.code_many(reports(engine.FEW + 6), workers=2, lost=lambda _, error: lost.append(error)))
    assert [c.id for c in found] == [f"r{n}" for n in range(engine.FEW + 6) if n != 7]
    assert [str(e) for e in lost] == ["made.jsonl#r7: left out: coding it ended its process twice (-9)"]
    with pytest.raises(ReadError, match="r7"):
        list(musnad.code_many(reports(engine.FEW + 6), workers=2))


def test_what_a_worker_raises_is_raised() -> None:
    with pytest.raises(MusnadError, match="number 33"):
        list(pool.run(range(100), 2, fails_at, (33,)))
    with pytest.raises(MusnadError, match="no table"):
        list(pool.run(range(3), 2, cannot_start))
    assert not active_children()


def test_no_more_is_read_than_can_be_held() -> None:
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        for n in range(100_000):
            taken = n
            yield n

    found = pool.run(numbers(), 2, double)
    for n, (x, result) in enumerate(found):
        assert (x, result) == (n, 2 * n)
        assert taken - n <= (pool.AHEAD * 2 + 1) * pool.BATCH
        if n == 400:
            time.sleep(0.3)
            assert taken - n <= (pool.AHEAD * 2 + 1) * pool.BATCH
        if n == 2000:
            break
    found.close()  # type: ignore[attr-defined]
    assert not active_children()


def test_large_inputs_make_small_batches() -> None:
    batches = list(pool._batches(range(10), lambda _: pool.BATCH_SIZE // 2))
    assert [len(b) for b in batches] == [2] * 5


@pytest.mark.slow
def test_a_long_stream_is_coded_in_bounded_memory() -> None:
    """Twice the input takes no more memory, in the command and in its workers."""
    program = (
        "import json, resource, subprocess, sys; n = int(sys.argv[1]); "
        "p = subprocess.Popen([sys.executable, '-m', 'musnad', 'code', '-', '--format', 'jsonl', '--workers', '2'],"
        " stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True); import threading; "
        "body = 'أعلنت الوزارة أمس افتتاح معرض الكتاب في العاصمة بحضور جمهور كبير. ' * 40; "
        "feed = lambda: ([p.stdin.write(json.dumps({'id': str(k), 'body': body, 'published': '2018-03-26'}) + chr(10))"
        " for k in range(n)], p.stdin.close()); threading.Thread(target=feed).start(); "
        "lines = sum(1 for _ in p.stdout); assert p.wait() == 0; "
        "print(lines, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )

    def peak(count: int) -> int:
        done = subprocess.run([sys.executable, "-c", program, str(count)], check=True, capture_output=True, text=True)
        lines, memory = map(int, done.stdout.split())
        assert lines == count
        return memory

    peak(50)
    assert peak(6000) < peak(1500) * 1.15


def test_the_command_counts_a_left_out_report_as_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from musnad.cli import work

    monkeypatch.setattr(pool, "run", lambda source, *_: ((r, pool.Died(-9) if r.id == "r3" else r) for r in source))
    tally = work.Tally()
    assert len(list(work.coded(reports(engine.FEW + 6), workers=2, tally=tally))) == engine.FEW + 5
    assert not tally.all_read
    assert "made.jsonl#r3" in capsys.readouterr().err
