"""An HTML page as a report: its headline, writer, day and outlet from what the page declares, its text by trafilatura.

Publication dates are looked for in JSON-LD, in meta tags, in <time>, and last in the visible text around the
headline, where Arabic pages write them in words (26 آذار 2018); a library would take the copyright year.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from musnad.errors import ReadError
from musnad.reading.blocks import related_headline
from musnad.reading.crawl import cut_related, dated_line, is_headline, tidy, without_site
from musnad.reading.decode import decode
from musnad.reading.options import Draft, ReadOptions
from musnad.reading.when import find_day, iso
from musnad.report import RelatedLink

_DATE_META = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.created", "pubdate", "publishdate", "publish_date", "publish-date", "parsely-pub-date",
    "sailthru.date", "article.published", "og:published_time", "cxenseparse:recs:publishtime", "date.created",
)  # fmt: skip
_TITLE_META = ("og:title", "twitter:title", "dc.title", "headline", "title")
_AUTHOR_META = ("author", "article:author", "dc.creator", "parsely-author", "byl", "twitter:creator")
_SITE_META = ("og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site")
_DROP = frozenset(
    ("script", "style", "noscript", "template", "iframe", "svg", "nav", "footer", "aside", "form", "button", "select")
)
_BLOCK = frozenset(
    (
        "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "main", "header",
        "blockquote", "figcaption", "table", "ul", "ol", "td", "dd", "dt", "pre", "body", "title",
    )
)  # fmt: skip
_ARTICLE_TYPES = frozenset(
    (
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting", "liveblogposting",
        "webpage",
    )
)  # fmt: skip
_MAX_DEPTH = 200


def read_page(data: bytes, source: str, options: ReadOptions, url: str | None = None, hint: str | None = None) -> Draft:
    """The main text of a page and what the page says about itself."""
    text, note = decode(data, source, options.encoding, hint)
    return page_draft(text, source, url, note)


def page_draft(text: str, source: str, url: str | None = None, note: str | None = None) -> Draft:
    """The same for a page that is already decoded."""
    tree = parse(text, source)
    meta = _meta(tree)
    linked = list(_json_ld(tree))
    address = _address(tree, meta, url)
    lines, related = cut_related(_main_text(text, tree))
    title = _title(tree, meta, linked)
    published = _published(tree, meta, linked, lines)
    if not title and len(lines) > 1 and is_headline(lines):
        title = without_site(lines[0], lines[1])
    lines = _without_frame(lines, title)
    author = next(iter(_names(linked, "author")), None) or _first(meta, _AUTHOR_META)
    outlet = _first(meta, _SITE_META) or next(iter(_names(linked, "publisher")), None)
    if not outlet and address:
        outlet = _host(address)
    return Draft(
        source=source,
        body="\n".join(lines),
        title=title,
        outlet=outlet.lstrip("@") if outlet else None,
        published=published,
        url=address,
        byline=author if author and not author.startswith(("http", "@")) else None,
        related=related or _related(tree, address or url),
        note=note,
    )


def parse(text: str, source: str) -> Any:
    """The tree of a page. Control characters, which no page may hold, are dropped first."""
    import lxml.html

    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
    clean = re.sub(r"^\s*<\?xml[^>]*\?>", "", clean)
    try:
        tree = lxml.html.document_fromstring(clean, parser=lxml.html.HTMLParser(encoding=None, huge_tree=False))
    except Exception as e:  # lxml raises several kinds for a page with no elements or broken beyond repair
        raise ReadError(source, f"the page could not be parsed: {e}") from e
    return tree


def _meta(tree: Any) -> dict[str, str]:
    out: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        value = " ".join((tag.get("content") or "").split())
        if name and value:
            out.setdefault(name, value)
    return out


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[n] for n in names if n in meta), None)


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD that describe an article, deepest graphs included."""
    for tag in tree.iter("script"):
        if "ld+json" not in (tag.get("type") or "").lower():
            continue
        try:
            todo = [json.loads(tag.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(500):
            if not todo:
                break
            value = todo.pop(0)
            if isinstance(value, list):
                todo += value
            elif isinstance(value, dict):
                kinds = value.get("@type")
                for kind in kinds if isinstance(kinds, list) else [kinds]:
                    if isinstance(kind, str) and kind.lower() in _ARTICLE_TYPES:
                        yield value
                        break
                todo += [v for k, v in value.items() if k in ("@graph", "mainEntity", "mainEntityOfPage")]


def _names(linked: list[dict[str, Any]], key: str) -> Iterator[str]:
    for article in linked:
        value = article.get(key)
        for each in value if isinstance(value, list) else [value]:
            name = each.get("name") if isinstance(each, dict) else each
            if isinstance(name, str) and name.strip():
                yield name.strip()


def _title(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    heads = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    heads = [h for h in heads if len(h) >= 8]
    declared = next(_names(linked, "headline"), None) or _first(meta, _TITLE_META)
    shown = tree.findtext(".//title") or ""
    candidate = " ".join((declared or shown).split())
    for head in heads:
        if candidate.startswith(head) or head == candidate:
            return head
    if not candidate and heads:
        return heads[0]
    return without_site(candidate)


def _published(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]], lines: list[str]) -> str | None:
    for article in linked:
        value = article.get("datePublished")
        if isinstance(value, str) and iso(value):
            return iso(value)
    for name in _DATE_META:
        if name in meta and (found := iso(meta[name])):
            return found
    for tag in tree.iter("time"):
        for value in (tag.get("datetime"), " ".join(tag.text_content().split())):
            if value and (found := iso(value)):
                return found
    for tag in tree.xpath("//*[@itemprop='datePublished']"):
        if found := iso(tag.get("content") or tag.get("datetime") or " ".join(tag.text_content().split())):
            return found
    return _visible(tree) or next((d for line in lines[:4] if (d := dated_line(line))), None)


def _visible(tree: Any) -> str | None:
    """A whole date in an element of its own: by its class (date, time, تاريخ), or a short line near the headline."""
    near: list[tuple[int, str]] = []
    position = headline = 0
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _DROP or element.tag in ("head", "title", "html", "body"):
            continue
        position += 1
        if element.tag == "h1" and not headline:
            headline = position
        text = " ".join((element.text or "").split()) if len(element) else " ".join(element.text_content().split())
        if not text or len(text) > 120:
            continue
        if "©" in text or "حقوق" in text or "copyright" in text.lower():
            continue
        found = find_day(text)
        if found is None:
            continue
        mark = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        named = any(w in mark for w in ("date", "time", "publish", "meta", "info", "post", "تاريخ"))
        if named or dated_line(text):
            near.append((position, found[0]))
    if not near:
        return None
    return min(near, key=lambda n: (abs(n[0] - headline), n[0]))[1]


def _address(tree: Any, meta: dict[str, str], url: str | None) -> str | None:
    link: str | None = next(
        (t.get("href") for t in tree.iter("link") if (t.get("rel") or "").lower() == "canonical"), None
    )
    for value in (link, meta.get("og:url"), url):
        if value:
            whole = _join(url, value)
            if whole:
                return whole
    return url


def _without_frame(lines: list[str], title: str) -> list[str]:
    """The text without the headline and the date, which extraction may leave above it or below it."""
    start, end = 0, len(lines)
    while end - start > 1 and (lines[start] == title or dated_line(lines[start])):
        start += 1
    while end - start > 1 and (lines[end - 1] == title or dated_line(lines[end - 1])):
        end -= 1
    return lines[start:end]


def _related(tree: Any, base: str | None) -> tuple[RelatedLink, ...]:
    """The links of a list under a heading such as مقالات ذات صلة."""
    for element in tree.iter("h2", "h3", "h4", "h5", "h6", "div", "p", "span", "strong", "b"):
        text = " ".join((element.text or "").split()) or (
            " ".join(element.text_content().split()) if not len(element) else ""
        )
        if not text or len(text) > 40 or related_headline(text) != "":
            continue
        around = element
        for _ in range(3):
            around = around.getparent()
            if around is None:
                break
            links = [(" ".join(a.text_content().split()), a.get("href")) for a in around.iter("a")]
            links = [(t, h) for t, h in links if len(t) >= 12]
            if links:
                return tuple(RelatedLink(t, _join(base, h)) for t, h in links[:20]) if len(links) <= 20 else ()
    return ()


def _join(base: str | None, link: str | None) -> str | None:
    try:
        whole = urljoin(base or "", (link or "").strip())
    except ValueError:
        return None
    return whole if whole.startswith(("http://", "https://")) else None


def _host(address: str) -> str | None:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.") or None
    except ValueError:  # http://[
        return None


def _main_text(text: str, tree: Any) -> list[str]:
    """The lines of the main text. Where trafilatura finds little in a page with much, its paragraphs are taken."""
    plain = _paragraphs(tree)
    if _depth(tree) > _MAX_DEPTH:
        return plain
    import trafilatura

    try:
        found = trafilatura.extract(
            text,
            include_comments=False,
            include_tables=True,
            favor_recall=False,
            deduplicate=False,
            output_format="txt",
        )
    except Exception:  # a page that breaks the library is still a page: its paragraphs are read
        found = None
    lines = tidy(found or "")
    size = sum(map(len, lines))
    in_cells = sum(len(line) for line in lines if line.startswith("|"))  # a page laid out with tables, as before 2012
    return lines if size >= 0.3 * sum(map(len, plain)) and in_cells < 0.5 * size else plain


def _depth(tree: Any) -> int:
    deepest, depth, node = 0, 0, tree
    # iterwalk would be shorter, but a page may be a hundred thousand elements deep
    stack = [(node, 1)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        if deepest > _MAX_DEPTH:
            break
        stack.extend((child, depth + 1) for child in node)
    return deepest


def _paragraphs(tree: Any) -> list[str]:
    """The text of the paragraphs of an article, or of the whole page when it has none."""
    for path in ("//article//p", "//main//p", "//p"):
        lines = [" ".join(p.text_content().split()) for p in tree.xpath(path)]
        lines = [line for line in lines if line]
        if sum(map(len, lines)) > 200:
            return lines
    return lines_of(_densest(tree))


def _densest(tree: Any) -> Any:
    """The innermost element that holds most of the page's text: the cell of the report in a page of tables."""
    sizes: dict[Any, int] = {}
    for element in reversed(list(tree.iter())):
        hidden = not isinstance(element.tag, str) or element.tag in _DROP or element.tag == "head"
        sizes[element] = 0 if hidden else sizes.get(element, 0) + len((element.text or "").strip())
        parent = element.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + sizes[element] + len((element.tail or "").strip())
    node = tree
    while len(node):
        largest = max(node, key=lambda child: sizes[child])
        if sizes[largest] < 0.6 * sizes[node] or not isinstance(largest.tag, str):
            break
        node = largest
    return node


def lines_of(tree: Any) -> list[str]:
    """All visible text of a tree, broken into lines where elements stand one below the other."""
    parts: list[str] = []
    todo: list[tuple[Any, bool]] = [(tree, False)]
    while todo:
        node, closing = todo.pop()
        if closing:
            if node.tag in _BLOCK:
                parts.append("\n")
            parts.append(node.tail or "")
            continue
        if not isinstance(node.tag, str) or node.tag in _DROP or node.tag in ("head", "title"):
            parts.append(node.tail or "")
            continue
        if node.tag in _BLOCK:
            parts.append("\n")
        parts.append(node.text or "")
        todo.append((node, True))
        todo.extend((child, False) for child in reversed(node))
    return [" ".join(line.split()) for line in "".join(parts).split("\n") if line.strip()]
