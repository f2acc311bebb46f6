"""A row of a table, or an object of JSON, as a report. The body is taken character for character."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from musnad.errors import ReadError
from musnad.reading.options import FIELDS, Draft, ReadOptions

SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "uuid", "article_id", "doc_id", "المعرف", "الرقم"),
    "title": ("title", "headline", "العنوان", "عنوان"),
    "body": ("body", "text", "content", "article", "maintext", "body_text", "full_text", "articlebody", "article_text",
             "النص", "نص", "المحتوى", "نص الخبر", "الخبر"),
    "published": ("published", "date", "published_at", "publish_date", "date_publish", "publishdate", "pubdate",
                  "datepublished", "publication_date", "created_at", "التاريخ", "تاريخ النشر", "تاريخ"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "site", "source_domain", "المصدر", "الصحيفة", "الموقع"),
    "url": ("url", "link", "href", "الرابط", "رابط"),
    "note": ("note", "ملاحظة", "تنبيه"),
}  # fmt: skip
"""Names by which a column is known without being told, the likeliest first."""


def columns(names: Iterable[str], options: ReadOptions, source: str) -> dict[str, str]:
    """Which column holds which part of a report. Raises ReadError when a named one, or the body, is absent."""
    given = list(names)
    folded: dict[str, str] = {}
    for n in given:
        folded.setdefault(n.strip().lower(), n)
    out: dict[str, str] = {}
    for part, column in options.columns.items():
        if part not in FIELDS:
            raise ReadError(source, f"a report has no part {part!r}", f"parts are {', '.join(FIELDS)}")
        if column not in given:
            raise ReadError(source, f"there is no column {column!r} for the {part}", _list(given))
        out[part] = column
    for part, known in SYNONYMS.items():
        if part not in out:
            found = next((folded[k] for k in known if k in folded and folded[k] not in out.values()), None)
            if found is not None:
                out[part] = found
    if "body" not in out:
        raise ReadError(source, "no column holds the text of the reports", "name it: body=COLUMN. " + _list(given))
    return out


def _list(names: list[str]) -> str:
    shown = ", ".join(repr(n[:40]) for n in names[:20])
    return f"columns are {shown}" + (" ..." if len(names) > 20 else "")


def as_text(value: Any) -> str:
    """A cell as text: None is nothing, numbers and dates are written out."""
    if value is None or value != value:  # NaN, which a table writes for an empty cell
        return ""
    if isinstance(value, str):
        return value
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def row_draft(row: Mapping[str, Any], parts: Mapping[str, str], source: str) -> Draft:
    """One row as a draft."""

    def cell(part: str) -> str:
        return as_text(row.get(parts[part])) if part in parts else ""

    return Draft(
        source=source,
        body=cell("body"),
        title=cell("title"),
        id=cell("id") or None,
        outlet=cell("outlet").strip() or None,
        published=cell("published").strip() or None,
        url=cell("url").strip() or None,
        note=cell("note").strip() or None,
    )
