"""A whole run on a cluster: list the input, keep the parts that are finished, do the others, say what came of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import msgspec

import musnad
from musnad import engine
from musnad.engine.cluster import session
from musnad.engine.cluster.parts import DonePart, File, Part, Setup, divide, pending, shown, unfit
from musnad.errors import ClusterError, ReadError, UsageError
from musnad.reading import ReadOptions, Skipped
from musnad.reading.options import MB
from musnad.reading.sources import NOT_TEXT, is_url

PART = 256 * MB
AT_ONCE = 4
"""So many parts are worked on at once, so that machines that are done with one need not wait for its last task."""


@dataclass
class Done:
    """What came of a run: reports with a record, inputs skipped on purpose, inputs that failed; and how many parts
    were done now, were finished before, and failed."""

    coded: int = 0
    skipped: int = 0
    failed: int = 0
    parts: int = 0
    kept: int = 0
    broken: int = 0


def _silent(amount: int) -> None:
    """Nobody looks."""


def code_on_cluster(
    paths: Iterable[str],
    out: str,
    *,
    options: ReadOptions | None = None,
    overlay: Path | None = None,
    master: str = "local[*]",
    settings: Mapping[str, str] | None = None,
    part_size: int = PART,
    tell: Callable[[str], None] = lambda message: None,
    read: Callable[[int], None] = _silent,
    coded: Callable[[int], None] = _silent,
) -> Done:
    """Code all reports in files and folders, on disks or object stores, into the folder `out` (docs/SCALE.md tells its
    layout).

    `settings` are Spark's own (`spark.executor.memory`); `part_size` is in bytes. `tell` hears why an input has no
    record, `read` and `coded` how many more bytes were read and reports coded. Parts that an earlier run finished are
    kept; a part that fails is told and leaves nothing. Raises ClusterError when Spark is missing or does not start,
    CodebookError for a fault in the user's tables, UsageError when `out` does not go with this input.
    """
    chosen = options or ReadOptions()
    paths = list(paths)
    for path in paths:
        if path == "-" or is_url(path):
            raise UsageError(f"{path}: a cluster reads files and folders that all its machines can reach")
    session.check_installed()
    from musnad.engine.cluster import work

    digest = engine.open_book(overlay).digest
    orders = work.Orders(chosen, musnad.__version__, digest, work.pack(overlay))
    spark = session.start(master, settings or {})
    try:
        return _run(spark, orders, paths, out, part_size, tell, read, coded)
    finally:
        with suppress(Exception):  # it may have ended by itself, which was told before
            spark.stop()


def _greet(spark: Any, orders: Any) -> None:
    """See that a worker has what it needs before all of them are sent to work."""
    from musnad.engine.cluster import work

    try:
        told = spark.range(1).mapInArrow(partial(work.greet, orders), "told string").collect()[0]["told"]
    except Exception as error:
        raise ClusterError(f"a worker could not begin: {session.reason(error)}") from error
    if told:
        raise ClusterError(told)


def _run(
    spark: Any,
    orders: Any,
    paths: list[str],
    out: str,
    part_size: int,
    tell: Callable[[str], None],
    read: Callable[[int], None],
    coded: Callable[[int], None],
) -> Done:
    from musnad.engine.cluster.folder import Folder
    from musnad.engine.cluster.jobs import DONE, LEFT, Jobs, Left

    folder = Folder(spark, out)
    setup = Setup.of(orders.version, orders.digest, orders.options)
    tally = Done()
    files: list[File] = []
    for found in _listed(spark, paths, folder):
        if isinstance(found, File):
            files.append(found)
            continue
        if isinstance(found, Skipped):
            tally.skipped += 1
            tell(f"{found.source}: skipped, {found.reason}")
        else:
            tally.failed += 1
            tell(str(found))
    for error in unfit(files):
        tally.failed += 1
        tell(str(error))
    finished = _finished(folder)
    left = pending(divide(files, part_size), finished, setup, out)

    def took(name: str, done: DonePart) -> None:
        tally.coded += done.coded
        tally.skipped += done.skipped
        tally.failed += done.failed
        if done.skipped or done.failed:
            for line in folder.read(f"{name}/{LEFT}").splitlines():
                tell(msgspec.json.decode(line, type=Left).message)

    for name, done in finished.items():
        if any(f in done.files for f in files):
            tally.kept += 1
            took(name, done)
            read(sum(f.size for f in done.files))
            coded(done.coded)
    if left:
        _greet(spark, orders)
    jobs = Jobs(spark, orders, setup, folder)
    for part, result in _in_order(spark, jobs.do, left):
        read(part.size)
        if isinstance(result, Exception):
            tally.broken += 1
            tally.failed += 1
            tell(_broken(part, result))
            folder.remove(part.name(setup))
            continue
        done = msgspec.json.decode(folder.read(f"{result}/{DONE}"), type=DonePart)
        tally.parts += 1
        took(result, done)
        coded(done.coded)
    return tally


def _in_order(spark: Any, do: Callable[[Part], str], parts: list[Part]) -> Iterator[tuple[Part, str | Exception]]:
    """Each part with the name of its folder or what went wrong, in order; several are worked on at once."""

    def one(part: Part) -> str | Exception:
        try:
            return do(part)
        except Exception as error:  # what Spark raises comes in many classes
            return error

    crew = ThreadPoolExecutor(AT_ONCE)
    try:
        for part, result in zip(parts, crew.map(one, parts), strict=True):
            if isinstance(result, Exception) and not _running(spark):
                raise ClusterError(
                    f"Spark has ended: {session.reason(result)} (run the same again to go on; when memory was short, "
                    "with --spark spark.driver.memory=8g, or spark.executor.memory)"
                )
            yield part, result
    finally:
        crew.shutdown(wait=False, cancel_futures=True)


def _running(spark: Any) -> bool:
    """Whether Spark still works: its process may be gone, or it has stopped because the cluster is."""
    try:
        return not spark.sparkContext._jsc.sc().isStopped()
    except Exception:  # nobody answers
        return False


def _broken(part: Part, error: Exception) -> str:
    first, more = shown(part.files[0].path), len(part.files) - 1
    named = f"{first} and {more} more" if more else first
    return f"{named}: not coded: {session.reason(error)} (run the same again; finished parts are kept)"


def _listed(spark: Any, paths: list[str], out: Any) -> list[File | ReadError | Skipped]:
    """The files of all paths, each once, as Spark finds them; names that begin with _ or . are passed over."""
    from musnad.engine.cluster.folder import resolve
    from musnad.engine.cluster.jobs import escaped

    found: list[File | ReadError | Skipped] = []
    roots: dict[str, str] = {}
    for path in paths:
        try:
            whole = resolve(spark, path)
        except Exception as error:
            raise ClusterError(f"{path} cannot be listed: {session.reason(error)}") from error
        if not whole:
            found.append(ReadError(path, "there is no such file or folder", "check the path; put a pattern in quotes"))
        for root in whole:
            if f"{out.path}/".startswith(f"{root}/"):
                raise UsageError(f"{shown(out.path)} lies in {path}, which is read: give another folder with --out")
        roots.update(dict.fromkeys(whole, path))
    if not roots:
        return found
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    table = reader.load([escaped(r) for r in roots])
    rows = table.selectExpr("path", "length", "unix_millis(modificationTime)").toLocalIterator()
    filled = {File(*row) for row in rows}
    known = {shown(f.path) for f in filled}
    # Spark reads no empty file, but lists it.
    empty = {File(p, 0, 0) for p in map(unquote, table.inputFiles()) if shown(p) not in known}
    files = sorted(filled | empty)
    names = [f.path for f in files]
    for root, path in roots.items():
        at = bisect_left(names, root)
        if not any(n == root or n.startswith(f"{root}/") for n in (*names[at : at + 1], *_after(names, root))):
            found.append(ReadError(path, "the folder holds no files"))
    for file in files:
        if file.path not in roots and PurePosixPath(file.path.lower()).suffix in NOT_TEXT:
            found.append(Skipped(shown(file.path), "it is no kind of report (by its name)"))
        else:
            found.append(file)
    return found


def _after(names: list[str], root: str) -> list[str]:
    """The first name in a folder, if there is one."""
    at = bisect_left(names, f"{root}/")
    return names[at : at + 1]


def _finished(folder: Any) -> dict[str, DonePart]:
    """The finished parts of the output folder. What a stopped run left half written is removed."""
    from musnad.engine.cluster.jobs import DONE

    done: dict[str, DonePart] = {}
    for name in folder.names():
        if name.startswith(("_", ".")):
            continue
        if not name.startswith("part="):
            raise UsageError(f"{shown(folder.path)} holds other files ({name}): give a new folder with --out")
        if not folder.has(f"{name}/{DONE}"):
            folder.remove(name)
            continue
        try:
            done[name] = msgspec.json.decode(folder.read(f"{name}/{DONE}"), type=DonePart)
        except msgspec.DecodeError as error:
            raise UsageError(f"{shown(folder.path)}/{name}/{DONE} is damaged: remove that folder") from error
    return done
