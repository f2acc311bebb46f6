"""A real cluster of several processes: the records of one process, also when a worker is killed or a run repeated."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from socket import create_server

import cluster_input as ci
import pyarrow.dataset as ds
import pytest

HERE = find_spec("pyspark") is not None and shutil.which("java") is not None
pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(not HERE, reason="needs Java (Debian: default-jre-headless) and pip install musnad[cluster]"),
]
VERB = (
    "lemma\tpos\troot\tform\ttype\tmasdar\tplural\tframe\texample\n"
    "طَوَّبَ\tv\tط-و-ب\tII\tASSAULT/shelling\tتطويب\t-\ts=A o=R\tطوّب الجيش القرية\n"
)


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return ci.environment(tmp_path_factory.mktemp("env"))


@pytest.fixture
def cluster(tmp_path: Path, env: dict[str, str]) -> Iterator[ci.Cluster]:
    (tmp_path / "cluster").mkdir()
    made = ci.Cluster(tmp_path / "cluster", env)
    yield made
    made.stop()


def free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def asked(port: int, what: str) -> list[dict[str, object]]:
    """What Spark says of the running work; nothing while it does not answer."""
    base = f"http://127.0.0.1:{port}/api/v1/applications"
    try:
        with urllib.request.urlopen(base, timeout=5) as answer:
            name = json.load(answer)[0]["id"]
        with urllib.request.urlopen(f"{base}/{name}/{what}", timeout=5) as answer:
            return list(json.load(answer))
    except (OSError, IndexError, ValueError):
        return []


def wait_for(what: str, condition: Callable[[], object], run: subprocess.Popen[str]) -> None:
    """Wait while the command runs. It must not end before."""
    deadline = time.monotonic() + 400
    while time.monotonic() < deadline and run.poll() is None:
        if condition():
            return
        time.sleep(0.1)
    ci.end(run)
    raise AssertionError(f"never: {what}")


def test_a_worker_killed_in_mid_run_changes_nothing(tmp_path: Path, env: dict[str, str], cluster: ci.Cluster) -> None:
    source = ci.write_mixed(tmp_path / "in", many=240)
    tables = tmp_path / "tables"
    (tables / "events").mkdir(parents=True)
    (tables / "events" / "mine.tsv").write_text(VERB, "utf8")
    (source / "own.jsonl").write_bytes(
        ci.line({"id": "own", "body": "طوّب الجيش القرية أمس، وقال شهود إن ذلك كان ليلا."})
    )
    port, out = free_port(), tmp_path / "out"
    settings = {
        "spark.ui.enabled": "true", "spark.ui.port": str(port), "spark.driver.host": "127.0.0.1",
        "spark.executor.memory": "512m", "spark.sql.files.maxPartitionBytes": "16k",
        "spark.sql.files.openCostInBytes": "1",
    }  # fmt: skip
    words = ["code", str(source), str(tmp_path / "none.jsonl"), "--codebook", str(tables)]
    more = ["--engine", "spark", "--master", cluster.url, "--out", str(out)]
    more += [w for pair in settings.items() for w in ("--spark", "=".join(pair))]

    def at_work() -> bool:
        """A long stage is under way, and both workers have tasks in it."""
        stages = asked(port, "stages?status=active")
        at = [e for e in asked(port, "executors") if e["id"] != "driver"]
        long = any(int(str(s["numTasks"])) >= 8 and int(str(s["numCompleteTasks"])) >= 2 for s in stages)
        return long and len(at) == 2 and all(int(str(e["activeTasks"])) > 0 for e in at)

    with ci.running(*words, *more, env=env) as run:
        wait_for("both workers at work", at_work, run)
        victim = cluster.workers[0]
        executor, name = next(ci.executors(victim.pid))
        os.kill(victim.pid, signal.SIGKILL)
        os.kill(executor, signal.SIGKILL)
        wait_for(
            "the worker is missed",
            lambda: any(e["id"] == name and not e["isActive"] for e in asked(port, "allexecutors")), run,
        )  # fmt: skip
        said, errors = run.communicate(timeout=600)
        assert victim.wait() == -signal.SIGKILL

    one = ci.musnad(*words, "--format", "jsonl", "--workers", "2", env=env)
    assert one.returncode == run.returncode == 1
    expected = sorted(one.stdout.splitlines())
    assert len(expected) > 280
    assert ci.coded_lines(out) == expected
    assert ci.messages(errors) == ci.messages(one.stderr)
    assert any("ended its process twice" in m and "news.jsonl:239#poison" in m for m in ci.messages(errors))
    assert said.startswith(f"{out}: {len(expected)} reports, 2 skipped, ")
    assert '"type":"ASSAULT"' in next(x for x in expected if x.startswith('{"id":"own"'))
    check_layout(out)


def check_layout(out: Path) -> None:
    """Parted by month and outlet, with flat columns that say what the record says."""
    table = ds.dataset(out, partitioning="hive", format="parquet").to_table().to_pylist()
    for row in table:
        record = json.loads(row["record"])
        assert (row["id"], row["published"]) == (record["id"], record["published"])
        assert row["month"] == (record["published"][:7] if record["published"] else None)
        assert [row[k] for k in ("events", "control", "ties")] == [
            len(record[k]) for k in ("events", "control", "ties")
        ]
        assert row["outlet"] == record["outlet"] or record["outlet"].startswith(row["outlet"].partition("~")[0])
    assert {p.name.partition("=")[0] for p in out.glob("part=*/*") if p.is_dir()} == {"month"}
    assert {p.name.partition("=")[0] for p in out.glob("part=*/month=*/*")} == {"outlet"}


def test_a_repeated_run_keeps_finished_parts(tmp_path: Path, env: dict[str, str]) -> None:
    """The driver is killed when some parts are finished. The same command then does the others only."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for n in range(5):
        events = [ci.line(ci.report(100 * n + k, sentences=2)) for k in range(4 * n)]
        quiet = [ci.line({"id": f"q{n}-{k}", "body": ci.QUIET * 300 + str(k)}) for k in range(30)]
        (source / f"{n}.jsonl").write_bytes(b"".join([*quiet, *events]) + b"no report\n")
    words = ["code", str(source), "--engine", "spark", "--master", "local[2]", "--out", str(out), "--part", "1"]
    with ci.running(*words, env=env) as first:
        wait_for("a part is finished", lambda: list(out.glob("part=*/_done.json")), first)
    kept = {p: p.stat().st_mtime_ns for mark in out.glob("part=*/_done.json") for p in mark.parent.rglob("*")}
    finished = len(list(out.glob("part=*/_done.json")))
    assert 1 <= finished < 5
    again = ci.musnad(*words, env=env)
    one = ci.musnad("code", source, "--format", "jsonl", "--workers", "2", env=env)
    assert again.returncode == one.returncode == 1
    assert f"5 failed; {5 - finished} parts done, {finished} kept" in again.stdout
    assert {p: p.stat().st_mtime_ns for p in kept} == kept
    assert ci.coded_lines(out) == sorted(one.stdout.splitlines())
    assert ci.messages(again.stderr) == ci.messages(one.stderr)
