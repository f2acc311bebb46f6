"""The last step for every kind of input: from what a reader found to a Report, or to a reason for leaving it out."""

from __future__ import annotations

import html
import re

from musnad.arabic.language import NAMES, language
from musnad.reading.blocks import mark
from musnad.reading.options import Draft, ReadOptions, Skipped
from musnad.reading.when import iso
from musnad.report import Report, text_digest

_LONE = re.compile("[\ud800-\udfff]")
ID_LENGTH = 16


def clean(text: str) -> str:
    """The text without lone surrogates, which UTF-8 cannot hold. Each becomes U+FFFD, so offsets stay."""
    return _LONE.sub("\ufffd", text) if _LONE.search(text) else text


def finish(draft: Draft, options: ReadOptions) -> Report | Skipped:
    """Settle language, date, id and blocks. The body is taken over character for character."""
    body = clean(draft.body)
    title = clean(draft.title).strip()
    if "&" in title and ";" in title:  # crawlers leave &quot; in headlines; no offset points there
        title = html.unescape(title)
    given = clean(draft.id).strip() if draft.id else ""
    name = given or text_digest(body)[:ID_LENGTH]
    if not body.strip():
        return Skipped(draft.source, "it has no text", name if given else None, "empty")
    tongue = language(body)
    if tongue != "ar" and not options.all_languages:
        reason = f"it is in {NAMES[tongue]}; only Arabic is read" if tongue != "empty" else "it has no words"
        return Skipped(draft.source, reason, name, tongue)
    note = clean(draft.note) if draft.note else None
    published = iso(draft.published) if draft.published else None
    if draft.published and draft.published.strip() and published is None:
        told = f"its publication date was not understood: {clean(draft.published.strip())[:60]!r}"
        note = f"{note}; {told}" if note else told
    if options.published and (options.published_wins or published is None):
        published = options.published
    outlet = options.outlet or (clean(draft.outlet) if draft.outlet else None)
    found = mark(body, title, outlet)
    return Report(
        id=name,
        title=title,
        body=body,
        outlet=outlet or found.outlet,
        published=published,
        url=clean(draft.url) if draft.url else None,
        byline=clean(draft.byline) if draft.byline else found.byline,
        dateline=found.dateline,
        agency=found.agency,
        blocks=found.blocks,
        related=tuple({link.title: link for link in found.related + draft.related}.values()),
        language=tongue,
        source=draft.source,
        note=note,
    )
