"""The Spark job of one part: read by Spark's readers, code on the workers, write by month and outlet.

What is written for a part, in its folder:
- `month=2018-03/outlet=NAME/*.parquet`: the records, with the flat columns that `RECORDS` names
- `_left.jsonl`: what could not be read or was skipped, a message a line
- `_done.json`: the mark, written last. A part without it is not finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial, reduce
from itertools import groupby
from typing import Any

import msgspec

from musnad.engine.cluster import work
from musnad.engine.cluster.folder import Folder
from musnad.engine.cluster.parts import DonePart, File, Part, Setup, shown
from musnad.errors import ReadError
from musnad.reading.rows import columns

DONE, LEFT = "_done.json", "_left.jsonl"
RECORDS = ("file", "id", "published", "events", "control", "ties", "record", "month", "outlet")
"""The columns of what is written: `record` is the line that `musnad code --format jsonl` writes."""
PLAIN = {"string", "timestamp_ntz", "date", "tinyint", "smallint", "int", "bigint", "float", "double", "boolean"}
"""Types that come out of Spark's Parquet reader just as out of the reading room."""
PIECE, MOST_PIECES = 1 << 20, 4000
"""The reports of whole files are spread over the cluster, about so many bytes of input to a task."""


class Left(msgspec.Struct, frozen=True):
    """A message about an input that has no record; `failed` unless it was left out on purpose."""

    message: str
    failed: bool


@dataclass
class Jobs:
    """Does parts on a Spark session."""

    spark: Any
    orders: work.Orders
    setup: Setup
    out: Folder

    def do(self, part: Part) -> str:
        """Read, code and write a part; its folder's name comes back. What Spark raises is raised."""
        name = part.name(self.setup)
        try:
            return self._write(name, part, *self._coded(part))
        except Exception:
            if part.kind != "rows":
                raise
        # The reading room reads what Spark's Parquet reader does not, or says which file is damaged.
        return self._write(name, part, self._files(part.files), [])

    def _coded(self, part: Part) -> tuple[Any, list[Left]]:
        if part.kind == "lines":
            return self._lines(part.files), []
        return self._rows(part.files) if part.kind == "rows" else (self._files(part.files), [])

    def _reader(self) -> Any:
        return self.spark.read.option("recursiveFileLookup", "true")  # so that no column comes from a folder's name

    def _lines(self, files: tuple[File, ...]) -> Any:
        text = self._reader().option("lineSep", "\n").text([escaped(f.path) for f in files])
        found = text.selectExpr("CAST(value AS BINARY) AS value", "_metadata.file_path", "_metadata.file_block_start")
        return found.mapInArrow(partial(work.code_lines, self.orders), work.ddl(work.CODED))

    def _files(self, files: tuple[File, ...]) -> Any:
        size = sum(f.size for f in files)
        pieces = min(MOST_PIECES, max(self.spark.sparkContext.defaultParallelism, size // PIECE))
        whole = self._reader().format("binaryFile").load([escaped(f.path) for f in files])
        read = whole.select("_metadata.file_path", "content").mapInArrow(
            partial(work.read_files, self.orders), work.ddl(work.FOUND)
        )
        return read.repartition(pieces, "file", "line").mapInArrow(
            partial(work.code_found, self.orders), work.ddl(work.CODED)
        )

    def _rows(self, files: tuple[File, ...]) -> tuple[Any, list[Left]]:
        """Tables with the same columns are read together; those that Spark reads otherwise, by the reading room."""
        left: list[Left] = []
        alike: list[tuple[tuple[str, ...], File]] = []
        other: list[File] = []
        for file in files:
            try:
                fields = dict(self._reader().parquet(escaped(file.path)).dtypes)
            except Exception:  # damaged, or of types that Spark does not know: the reading room will tell
                other.append(file)
                continue
            try:
                parts = columns(fields, self.orders.options, shown(file.path))
            except ReadError as error:
                left.append(Left(str(error), failed=True))
                continue
            if fields[parts["body"]] == "string" and {fields[c] for c in parts.values()} <= PLAIN:
                alike.append((tuple(dict.fromkeys(parts.values())), file))
            else:
                other.append(file)
        frames = [self._files(tuple(other))] if other else []
        for names, group in groupby(sorted(alike), key=lambda x: x[0]):
            table = self._reader().parquet(*(escaped(f.path) for _, f in group))
            chosen = [table[f"`{n.replace('`', '``')}`"].alias(f"c{i}") for i, n in enumerate(names)]
            found = table.select(*chosen, "_metadata.file_path", "_metadata.row_index")
            frames.append(found.mapInArrow(partial(work.code_rows, self.orders, names), work.ddl(work.CODED)))
        if not frames:
            frames = [self.spark.createDataFrame([], work.ddl(work.CODED))]
        return reduce(lambda a, b: a.union(b), frames), left

    def _write(self, name: str, part: Part, coded: Any, left: list[Left]) -> str:
        from pyspark import StorageLevel

        coded = coded.persist(StorageLevel.DISK_ONLY)
        try:
            records = coded.where("kind = 'record'").repartition("month", "outlet")
            records = records.sortWithinPartitions("month", "outlet", "file", "block", "line").select(*RECORDS)
            records.write.mode("overwrite").partitionBy("month", "outlet").parquet(self.out.at(name))
            counts = {row["kind"]: row["count"] for row in coded.groupBy("kind").count().collect()}
            if left or counts.get("failed") or counts.get("skipped"):
                told = (*left, *_left(coded)) if left else _left(coded)
                self.out.write(f"{name}/{LEFT}", (msgspec.json.encode(x) + b"\n" for x in told))
            done = DonePart(
                self.setup, part.files, counts.get("record", 0), counts.get("skipped", 0),
                counts.get("failed", 0) + len(left),
            )  # fmt: skip
            self.out.write(f"{name}/{DONE}", [msgspec.json.encode(done)])
        finally:
            coded.unpersist()
        return name


def _left(coded: Any) -> Iterator[Left]:
    """What has no record, in the order of the input, its lines numbered from the beginning of the file."""
    before: dict[tuple[str, int], int] = {}
    file, total = "", 0
    blocks = coded.where("kind = 'lines'").select("file", "block", "line").orderBy("file", "block")
    for row in blocks.toLocalIterator():
        total = total if row["file"] == file else 0
        file = row["file"]
        before[file, row["block"]] = total
        total += row["line"]
    found = coded.where("kind IN ('failed', 'skipped')").orderBy("file", "block", "line", "data")
    for row in found.toLocalIterator():
        place = row["file"]
        if row["line"]:
            place = f"{work.display(place)}:{before[place, row['block']] + row['line']}"
        yield Left(place + row["data"], row["kind"] == "failed")


def escaped(path: str) -> str:
    """A path as Spark's readers take it: they fill in patterns, this is none."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", path)
