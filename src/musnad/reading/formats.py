"""Each kind of input and who reads it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from musnad.errors import ReadError
from musnad.reading.crawl import read_text
from musnad.reading.decode import decode
from musnad.reading.jsonl import read_json, read_jsonl
from musnad.reading.kinds import tell
from musnad.reading.options import Draft, ReadOptions, Skipped
from musnad.reading.stream import head, unpack, whole

Found = Draft | ReadError | Skipped


def drafts(
    stream: io.BufferedReader,
    source: str,
    options: ReadOptions,
    *,
    kind_name: str,
    url: str | None = None,
    hint: str | None = None,
) -> Iterator[Found]:
    """What a stream of bytes holds. `kind_name` is a file's name that tells the kind of text, `url` where a page
    came from, `hint` the encoding that the server declared."""
    stream = unpack(stream, source, options)
    kind = tell(head(stream), kind_name)
    raw = cast(BinaryIO, stream)
    if kind == "jsonl":
        yield from read_jsonl(raw, source, options)
    elif kind == "json":
        yield from read_json(raw, source, options)
    elif kind == "text":
        text, note = decode(whole(raw, source, options.max_document, "the text"), source, options.encoding, hint)
        draft = read_text(text, source)
        yield Draft(**{**draft.__dict__, "note": note, "url": draft.url or url})
    elif kind == "table":
        from musnad.reading.tables import read_table

        yield from read_table(stream, source, options, kind_name)
    elif kind == "parquet":
        from musnad.reading.tables import read_parquet

        yield from read_parquet(raw, source, options)
    elif kind == "html":
        from musnad.reading.page import read_page

        yield read_page(whole(raw, source, options.max_document, "the page"), source, options, url, hint)
    elif kind == "feed":
        from musnad.reading.feeds import read_feed

        yield from read_feed(whole(raw, source, options.max_document, "the feed"), source, options, url)
    elif kind == "warc":
        from musnad.reading.archives import read_warc

        yield from read_warc(raw, source, options)
    elif kind == "docx":
        from musnad.reading.word import read_docx

        yield read_docx(whole(raw, source, options.max_document, "the document"), source, options)
    elif kind == "pdf":
        from musnad.reading.pdf import read_pdf

        yield read_pdf(whole(raw, source, options.max_document, "the document"), source, options)
