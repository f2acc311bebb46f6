"""The reading room: from files, folders, addresses and streams to reports.

`read` is the only door. It yields what it reads as it reads it, and yields failures too, so that one bad file
never stops the rest. Readers of heavy formats are loaded only when such a format comes.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

from musnad.errors import ReadError
from musnad.reading.finish import finish
from musnad.reading.options import DEFECT, Draft, ReadOptions, Skipped
from musnad.reading.sources import Source, expand, open_local, size_hint
from musnad.report import Report

if TYPE_CHECKING:
    from musnad.reading.fetch import Page

__all__ = ["ReadOptions", "Skipped", "read", "read_bytes", "read_page", "size_hint"]

for _chatty in ("pdfminer", "trafilatura", "htmldate", "courlan", "justext", "feedparser", "urllib3"):
    # What they warn of comes out as an error or a note here; a program that wants their log can still have it.
    logging.getLogger(_chatty).addHandler(logging.NullHandler())


Progress = Callable[[int], None]
Read = Report | ReadError | Skipped


def read(
    paths: Iterable[str], options: ReadOptions | None = None, *, progress: Progress | None = None
) -> Iterator[Read]:
    """Reports of all the paths, in their order: files, folders, globs, http(s) addresses, '-' for standard input.

    What cannot be read comes as a ReadError, what was left out on purpose as Skipped; nothing is raised.
    `progress` is told the number of bytes after each read from disk (see `size_hint` for their sum).
    """
    chosen = options or ReadOptions()
    for source in expand(paths):
        if not isinstance(source, Source):
            yield source
        elif source.is_url:
            yield from _address(source.name, chosen)
        else:
            yield from _file(source, chosen, progress)


def read_bytes(data: bytes, name: str, options: ReadOptions | None = None) -> Iterator[Read]:
    """Reports of bytes already at hand; `name` stands for the file's name in messages and tells the kind of text."""
    yield from _stream(io.BufferedReader(io.BytesIO(data)), name, options or ReadOptions())


def read_page(page: Page, options: ReadOptions | None = None) -> Iterator[Read]:
    """Reports of a page or feed that was fetched (`musnad.reading.fetch`)."""
    stream = cast(io.BufferedReader, io.BufferedReader(io.BytesIO(page.data)))
    yield from _stream(stream, page.url, options or ReadOptions(), page.name, page.url, page.encoding)


def _file(source: Source, options: ReadOptions, progress: Progress | None) -> Iterator[Read]:
    try:
        with open_local(source, progress) as stream:
            yield from _stream(cast(io.BufferedReader, stream), source.name, options)
    except ReadError as e:
        yield e
    except OSError as e:
        yield ReadError(source.name, f"reading failed: {e.strerror or e}")


def _address(url: str, options: ReadOptions) -> Iterator[Read]:
    from musnad.reading.fetch import fetch

    try:
        page = fetch(url, options)
    except ReadError as e:
        yield e
        return
    yield from _stream(io.BufferedReader(io.BytesIO(page.data)), url, options, page.name, page.url, page.encoding)


def _stream(
    stream: io.BufferedReader,
    name: str,
    options: ReadOptions,
    kind_name: str | None = None,
    url: str | None = None,
    hint: str | None = None,
) -> Iterator[Read]:
    from musnad.reading.formats import drafts

    try:
        for draft in drafts(stream, name, options, kind_name=kind_name or name, url=url, hint=hint):
            yield finish(draft, options) if isinstance(draft, Draft) else draft
    except ReadError as e:
        yield e
    except OSError as e:
        yield ReadError(name, f"reading failed: {e.strerror or e}")
    except Exception as e:  # a defect here must not cost the user the rest of the input
        yield ReadError(name, f"reading failed: {type(e).__name__}: {e}", DEFECT)
