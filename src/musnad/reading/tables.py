"""CSV, TSV and Parquet: one row a report. Bodies stay as they are, line ends within a cell too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from musnad.errors import ReadError
from musnad.reading.decode import guess, known
from musnad.reading.kinds import delimiter, extension
from musnad.reading.options import MB, Draft, ReadOptions
from musnad.reading.rows import columns, row_draft
from musnad.reading.stream import HEAD


def read_table(stream: io.BufferedReader, source: str, options: ReadOptions, name: str) -> Iterator[Draft | ReadError]:
    """The rows of a CSV or TSV stream, one in memory at a time."""
    start = stream.peek(HEAD)[:HEAD]
    encoding = known(options.encoding) if options.encoding else guess(start)
    if encoding is None:
        raise ReadError(source, f"no such encoding: {options.encoding!r}")
    if encoding == "utf-8":
        encoding = "utf-8-sig"
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    header = start.decode(encoding, "replace").lstrip("\ufeff\r\n").partition("\n")[0]
    csv.field_size_limit(options.max_document)
    sign = "\t" if extension(name) in ("tsv", "tab") else delimiter(header)
    rows = csv.reader(text, delimiter=sign)
    try:
        names = next((row for row in rows if any(cell.strip() for cell in row)), None)
        if names is None:
            raise ReadError(source, "the table is empty")
        parts = columns([n.strip("\ufeff") for n in names], options, source)
        at = {n.strip("\ufeff"): i for i, n in reversed(list(enumerate(names)))}
        for row in rows:
            place = f"{source}:{rows.line_num}"
            if not row:
                continue
            if len(row) <= at[parts["body"]]:
                yield ReadError(place, f"the row has {len(row)} of {len(names)} columns and no text")
                continue
            cells = {n: row[i] for n, i in at.items() if i < len(row)}
            draft = row_draft(cells, parts, place)
            if "\ufffd" in draft.body:
                draft = Draft(**{**draft.__dict__, "note": f"some letters could not be read as {encoding}"})
            yield draft
    except csv.Error as e:
        if "field larger" in str(e):
            raise ReadError(
                f"{source}:{rows.line_num}",
                f"a cell is larger than {options.max_document // MB} MB",
                "look for a quotation mark that is never closed",
            ) from e
        raise ReadError(f"{source}:{rows.line_num}", f"the table is broken: {e}") from e
    finally:
        text.detach()


def read_parquet(stream: BinaryIO, source: str, options: ReadOptions) -> Iterator[Draft | ReadError]:
    """The rows of a Parquet file, a batch at a time. Parquet is read from its end, so the packed bytes are held."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = io.BytesIO()
    while chunk := stream.read(1 << 20):
        if whole.tell() + len(chunk) > options.max_file:
            raise ReadError(
                source, f"the table is larger than {options.max_file // MB} MB", "split it, or raise max_file"
            )
        whole.write(chunk)
    try:
        table = pq.ParquetFile(whole)
        parts = columns(table.schema_arrow.names, options, source)
        number = 0
        for batch in table.iter_batches(batch_size=256, columns=sorted(set(parts.values()))):
            for row in cast("list[dict[str, object]]", batch.to_pylist()):
                number += 1
                body = row[parts["body"]]
                if not isinstance(body, str | None):
                    raise ReadError(source, f"its column {parts['body']!r} holds {type(body).__name__}, not text")
                yield row_draft(row, parts, f"{source}#{number}")
    except (pa.ArrowException, OSError, ValueError) as e:
        raise ReadError(source, f"the Parquet file is damaged: {e}") from e
