"""RSS and Atom: each item with text is a report. fastfeedparser reads them; feedparser where it fails.

Feeds with Arabic dates (الثلاثاء 27 آذار 2018) are common; both libraries drop those, so they are read here.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Any

from musnad.errors import ReadError
from musnad.reading.decode import decode
from musnad.reading.options import Draft, ReadOptions
from musnad.reading.page import lines_of, parse
from musnad.reading.when import iso


def read_feed(data: bytes, source: str, options: ReadOptions, url: str | None = None) -> Iterator[Draft | ReadError]:
    """The items of a feed, in its order."""
    text, note = decode(data, source, options.encoding)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    outlet, items = _parse(text, source)
    dates = _written_dates(text)
    if not items:
        raise ReadError(source, "the feed has no items")
    for i, item in enumerate(items, 1):
        body = _plain(_content(item), source)
        title = " ".join(_plain(_text(item.get("title")), source).split())
        link = _text(item.get("link")).strip()
        yield Draft(
            source=f"{source}#{i}",
            body=body,
            title=title,
            id=_text(item.get("id") or item.get("guid")).strip() or None,
            outlet=outlet or None,
            published=_date(item) or (dates[i - 1] if len(dates) == len(items) else None),
            url=link if link.startswith("http") else url,
            byline=_text(item.get("author")).strip() or None,
            note=note,
        )


def _parse(text: str, source: str) -> tuple[str, list[Any]]:
    import fastfeedparser

    try:
        with warnings.catch_warnings():  # of time zones that it does not know
            warnings.simplefilter("ignore")
            feed = fastfeedparser.parse(text)
        items = list(feed["entries"])
        outlet = _text(feed["feed"].get("title"))
    except Exception:  # it raises many kinds for feeds that are not quite XML; the slower parser mends them
        items, outlet = [], ""
    if not items:
        import feedparser

        try:
            slow = feedparser.parse(text)
        except Exception as e:
            raise ReadError(source, f"the feed could not be parsed: {e}") from e
        items, outlet = list(slow.entries), _text(slow.feed.get("title"))
    return " ".join(outlet.split()), items


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _content(item: Any) -> str:
    """The longest of the texts that an item gives: its content, or its summary."""
    texts = [_text(item.get("description")), _text(item.get("summary"))]
    content = item.get("content")
    for part in content if isinstance(content, list) else []:
        if hasattr(part, "get"):
            texts.append(_text(part.get("value")))
    return max(texts, key=len)


def _plain(markup: str, source: str) -> str:
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    return "\n".join(lines_of(parse(f"<div>{markup}</div>", source)))


def _date(item: Any) -> str | None:
    for key in ("published", "pubDate", "updated", "date"):
        found = iso(_text(item.get(key)))
        if found:
            return found
    return None


def _written_dates(text: str) -> list[str | None]:
    """The date of each item as it is written, for dates in Arabic words."""
    out: list[str | None] = []
    for item in re.findall(r"<(?:item|entry)[\s>].*?</(?:item|entry)>", text, re.S | re.I):
        m = re.search(
            r"<(?:pubDate|dc:date|published|updated|date)[^>]*>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</",
            item,
            re.S | re.I,
        )
        out.append(iso(m[1]) if m else None)
    return out
