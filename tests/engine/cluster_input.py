"""A folder with every kind of input that a cluster reads, with faults in it, and the processes of a real cluster."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import reading_samples as samples

TOWNS = ("إدلب", "منبج", "تدمر", "درعا", "حماة", "الحسكة", "عفرين")
OUTLETS = ("السهل", "وكالة/الضفة", None, "م" * 300)
ACT = "قصفت طائرات حربية أمس مواقع لمسلحين قرب مدينة {town}، وقال متحدث إن {n} مدنيين قتلوا في الغارة. "
MORE = "وسيطرت قوات سوريا الديمقراطية على قرية قرب {town} بعد معارك مع تنظيم الدولة، بحسب المرصد السوري. "
QUIET = "افتتحت الوزارة معرض الكتاب في العاصمة بحضور جمهور كبير من القراء والناشرين. "
POISON = "poison"

KILLER = f"""
import os, signal
from musnad import engine
before = engine.code
def code(report, book):
    if report.id == {POISON!r}:
        os.kill(os.getpid(), signal.SIGKILL)
    return before(report, book)
engine.code = code
"""
"""A `sitecustomize` that lets a report end whichever process codes it."""


def report(n: int, sentences: int = 3) -> dict[str, object]:
    town = TOWNS[n % len(TOWNS)]
    body = f"خبر رقم {n}. " + (ACT + MORE).format(town=town, n=3 + n % 5) * sentences
    return {
        "id": f"r{n:04}",
        "title": f"خبر {n}",
        "body": body,
        "published": f"2018-{1 + n % 3:02}-{1 + n % 28:02}" if n % 11 else None,
        "outlet": OUTLETS[n % len(OUTLETS)],
    }


def line(row: dict[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def write_mixed(folder: Path, many: int) -> Path:
    """Good and bad input of every kind; the lines alone are `many` reports."""
    inside = folder / "قديم [1] 50%"
    inside.mkdir(parents=True)
    lines = [line(report(n)) for n in range(many)]
    lines[many // 2] = b'{"id": "cut", "body": "' + b"\n"
    lines[many - 7] = b"\xff\xfe\n"
    lines[many - 5] = line({"id": "persian", "body": samples.PERSIAN})
    lines[many - 3] = b"\r\n"
    lines[many - 2] = line(report(9000) | {"id": POISON})
    (folder / "news.jsonl").write_bytes(b"".join(lines))
    (inside / "packed.jsonl.gz").write_bytes(samples.gz(b"".join(line(report(n)) for n in range(1000, 1010))))
    (inside / "cut.jsonl.gz").write_bytes(samples.gz(b"".join(line(report(n)) for n in range(1100, 1110)))[:-9])
    (inside / "سطور.ndjson").write_bytes(b"".join(line(report(n)) for n in range(1200, 1205)))
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "pic.png").write_bytes(b"\x89PNG....")
    (folder / "page.html").write_text(samples.page(), "utf8")
    html = "200 OK\r\nContent-Type: text/html"
    pages = [
        (f"https://example.org/{n}", samples.page(paragraphs=[f"خبر {n}.", *samples.PARAGRAPHS]).encode(), html)
        for n in range(8)
    ]
    (inside / "crawl.warc.gz").write_bytes(samples.gz(samples.warc(*pages)))
    (inside / "damaged.warc").write_bytes(samples.warc(*pages[:2])[:-40])
    _write_tables(folder)
    return folder


def _write_tables(folder: Path) -> None:
    def table(first: int, **more: object) -> pa.Table:
        rows = [report(n) | more for n in range(first, first + 6)]
        return pa.Table.from_pylist(rows)

    pq.write_table(table(2000), folder / "table.parquet")
    days = pa.array([datetime(2019, 1, n + 1) for n in range(6)], pa.timestamp("us"))
    pq.write_table(table(2100).drop_columns(["published"]).append_column("date", days), folder / "days.parquet")
    renamed = table(2200).rename_columns(["الرقم", "العنوان", "النص", "التاريخ", "المصدر"])
    pq.write_table(renamed, folder / "عربي.parquet")
    stamps = pa.array([datetime(2019, 2, n + 1) for n in range(6)], pa.timestamp("ns"))
    pq.write_table(table(2300).drop_columns(["published"]).append_column("date", stamps), folder / "stamps.parquet")
    pq.write_table(pa.table({"a": [1, 2]}), folder / "numbers.parquet")
    pq.write_table(table(2400), folder / "damaged.parquet", compression="none", use_dictionary=False)
    data = bytearray((folder / "damaged.parquet").read_bytes())
    data[4:600] = b"\xff" * 596
    (folder / "damaged.parquet").write_bytes(data)


def musnad(*words: str | Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "musnad", *map(str, words)],
        capture_output=True, text=True, encoding="utf8", env=env, timeout=600,
    )  # fmt: skip


@contextmanager
def running(*words: str | Path, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The command at work, with the processes that it starts; none of them is left at the end."""
    run = subprocess.Popen(
        [sys.executable, "-m", "musnad", *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf8", env=env, start_new_session=True,
    )  # fmt: skip
    try:
        yield run
    finally:
        end(run)


def end(run: subprocess.Popen[str]) -> None:
    """Kill a command with the processes that it started."""
    with suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    run.communicate()


def coded_lines(out: Path) -> list[str]:
    """The records of an output folder, sorted."""
    found = ds.dataset(out, partitioning="hive", format="parquet").to_table(columns=["record"])
    return sorted(found.column("record").to_pylist())


def messages(stderr: str) -> list[str]:
    return sorted(x for x in stderr.splitlines() if x.startswith("musnad: "))


class Cluster:
    """A standalone master with two workers, each a process of its own, each with one core."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        import pyspark

        self._program = Path(pyspark.__file__).parent / "bin" / "spark-class"
        self._folder, self._env = folder, env
        self.started: list[subprocess.Popen[bytes]] = []
        log = folder / "master.log"
        words = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        self._start("org.apache.spark.deploy.master.Master", words, log)
        self.url = self._told(log, r"(spark://127\.0\.0\.1:\d+)")
        self.workers = []
        for n in range(2):
            log = folder / f"worker{n}.log"
            words = ("--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "1g")
            words += ("--work-dir", str(folder / f"work{n}"), self.url)
            self.workers.append(self._start("org.apache.spark.deploy.worker.Worker", words, log))
        for n in range(2):
            self._told(folder / f"worker{n}.log", r"(Successfully registered)")

    def _start(self, name: str, words: tuple[str, ...], log: Path) -> subprocess.Popen[bytes]:
        with open(log, "wb") as stream:
            process = subprocess.Popen(
                [str(self._program), name, *words], stdout=stream, stderr=stream, env=self._env, cwd=self._folder
            )
        self.started.append(process)
        return process

    def _told(self, log: Path, pattern: str) -> str:
        deadline = time.monotonic() + 240
        while time.monotonic() < deadline:
            found = re.search(pattern, log.read_text("utf8", "replace"))
            if found:
                return found[1]
            time.sleep(0.1)
        raise AssertionError(log.read_text("utf8", "replace"))

    def stop(self) -> None:
        for process in reversed(self.started):
            process.kill()
            process.wait()


def executors(worker: int) -> Iterator[tuple[int, str]]:
    """The processes in which a worker does its tasks, with the names that Spark gives them."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes().decode("utf8", "replace").split("\0")
        except OSError:  # it has ended
            continue
        if parent == worker and "--executor-id" in command:
            yield int(stat.parent.name), command[command.index("--executor-id") + 1]


def environment(folder: Path) -> dict[str, str]:
    """The environment of all processes: this Python on the workers, and the report that ends its process."""
    (folder / "sitecustomize.py").write_text(KILLER, "utf8")
    source = Path(__file__).parents[2] / "src"
    return os.environ | {
        "PYTHONPATH": os.pathsep.join((str(folder), str(source))),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
