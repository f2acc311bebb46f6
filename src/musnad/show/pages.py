"""Pages on disk: one file for one report, or a folder with a list for many."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

from musnad.errors import UsageError
from musnad.record import CodedReport
from musnad.report import Report
from musnad.show.labels import Lang

INDEX = "index.html"
PAGE_ENDINGS = (".html", ".htm")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")


def write_pages(coded: Iterable[tuple[Report, CodedReport]], out: Path, lang: Lang = "en") -> Iterator[Path]:
    """Write the reports as pages and yield the path to open: `out` itself for one report, else the list in the folder.

    A name that ends in .html takes one report; any other name is a folder, made when it is not there.
    """
    from musnad.show.page import index, page

    if out.suffix.lower() in PAGE_ENDINGS:
        first = list(islice(iter(coded), 2))
        if len(first) > 1:
            raise UsageError(f"{out} can hold one report, and several were read; name a folder: --html {out.stem}")
        for report, record in first:
            _write(out, page(report, record, lang))
            yield out
        return
    out.mkdir(parents=True, exist_ok=True)
    entries: list[tuple[str, Report, CodedReport]] = []
    taken = {INDEX}
    for report, record in coded:
        name = _file_name(report.id, taken)
        _write(out / name, page(report, record, lang, index=INDEX))
        entries.append((name, report, record))
    if entries:
        _write(out / INDEX, index(entries, lang))
        yield out / INDEX


def _file_name(report: str, taken: set[str]) -> str:
    """A file name that any system takes, from the report's id where that is plain enough."""
    stem = report if _SAFE.fullmatch(report) else sha256(report.encode("utf8", "surrogatepass")).hexdigest()[:16]
    names = chain([f"{stem}.html"], (f"{stem}-{n}.html" for n in range(2, 1 << 30)))
    name = next(n for n in names if n.lower() not in taken)
    taken.add(name.lower())
    return name


def _write(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, "utf8")
        os.replace(part, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
