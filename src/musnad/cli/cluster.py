"""`musnad code --engine spark`: the same records, coded on a cluster and written to a folder of Parquet files."""

from __future__ import annotations

import sys
from pathlib import Path

from musnad.cli.answers import complain
from musnad.cli.progress import progress
from musnad.errors import UsageError
from musnad.reading import ReadOptions


def check(engine: str, spark: dict[str, object], here: dict[str, object]) -> None:
    """Raise UsageError when options of one engine are given with the other (None: not given)."""
    other = here if engine == "spark" else spark
    given = [name for name, value in other.items() if value is not None]
    if given:
        raise UsageError(f"{' and '.join(given)} cannot be given with --engine {engine}")
    if engine == "spark" and spark["--out"] is None:
        raise UsageError("--engine spark writes a folder: name it with --out DIR")


def run(
    paths: list[str],
    out: str,
    options: ReadOptions,
    codebook: Path | None,
    master: str | None,
    settings: list[str] | None,
    part: int | None,
) -> bool:
    """Code on a cluster; False when some input failed."""
    from musnad.engine.cluster import code_on_cluster
    from musnad.engine.cluster.run import PART
    from musnad.reading.options import MB

    told: dict[str, str] = {}
    for pair in settings or ():
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"--spark {pair}: write it as NAME=VALUE, for example --spark spark.executor.memory=4g")
        told[name] = value
    with progress(sys.stderr.isatty(), "coding", None) as steps:
        done = code_on_cluster(
            paths, out, options=options, overlay=codebook, master=master or "local[*]", settings=told,
            part_size=part * MB if part else PART, tell=complain, read=steps.read, coded=steps.done,
        )  # fmt: skip
    parts = f"{done.parts:,} parts done" + (f", {done.kept:,} kept" if done.kept else "")
    parts += f", {done.broken:,} failed" if done.broken else ""
    print(f"{out}: {done.coded:,} reports, {done.skipped:,} skipped, {done.failed:,} failed; {parts}")
    return not done.failed
