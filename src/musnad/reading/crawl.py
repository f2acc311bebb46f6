"""Plain text as crawlers save it: headline with the site's name, headline again, credit, text, other headlines."""

from __future__ import annotations

import re

from musnad.arabic.letters import norm
from musnad.reading.blocks import headlines_below
from musnad.reading.credits import part_of
from musnad.reading.options import Draft
from musnad.reading.when import find_day
from musnad.report import RelatedLink

_SUFFIX = re.compile(r"\s+(?:[-–—|«»•·]|::)\s+(?=\S)")
_DATED = re.compile(
    r"\W*(?:تاريخ\s+النشر|نشر\s+في|نُشر\s+في|نشر\s+بتاريخ|آخر\s+تحديث|التاريخ|بتاريخ|published|date|updated)?\W*(?:السبت|الأحد|الاحد|الإثنين|الاثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة)?\W*$",
    re.I,
)
_AFTER_DATE = re.compile(
    r"[\s\d:٠-٩,،|()\-–/]*(?:[صم]|ص\.?|م\.?|AM|PM|صباحا|مساء|بتوقيت.{0,30}|GMT.{0,8})?[\s\d:٠-٩|()+]*", re.I
)
_URL = re.compile(r"(?:الرابط\s*[:：]\s*|url\s*[:：]\s*)?(https?://\S+)", re.I)


def tidy(text: str) -> list[str]:
    """The lines of a text without the white space around them and without empty ones."""
    return [line for line in (raw.strip() for raw in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text)) if line]


def without_site(title: str, again: str = "") -> str:
    """A headline without the site's name after it. `again` is the next line, which often repeats the headline alone."""
    if len(again) >= 8 and title.startswith(again) and (title == again or _SUFFIX.match(title, len(again))):
        return again
    cuts = list(_SUFFIX.finditer(title))
    if cuts:
        site = title[cuts[-1].end() :]
        latin = re.fullmatch(r"[\x00-\x7f’–]+", site) is not None
        if cuts[-1].start() >= 8 and (latin or "|" in cuts[-1].group() or part_of(site) in ("outlet", "agency")):
            return without_site(title[: cuts[-1].start()])
    return title


def read_text(text: str, source: str) -> Draft:
    """A crawled text as a draft. The body is its lines, trimmed, up to the related headlines."""
    lines = tidy(text.lstrip("\ufeff"))
    if not lines:
        return Draft(source, "")
    title, published, url = "", None, None
    if len(lines) > 1 and is_headline(lines):
        title = without_site(lines[0], lines[1])
        lines = lines[2:] if lines[1] == title and len(lines) > 2 else lines[1:]
    while len(lines) > 1:
        day, address = dated_line(lines[0]), _URL.fullmatch(lines[0])
        if day and not published:
            published = day
        elif address and not url:
            url = address[1]
        else:
            break
        lines = lines[1:]
    body, related = cut_related(lines)
    return Draft(source, "\n".join(body), title=title, published=published, url=url, related=related)


def is_headline(lines: list[str]) -> bool:
    """Whether the first of at least two lines is a headline and not the first paragraph."""
    first, second = lines[0], lines[1]
    if first.startswith(second) and len(second) >= 8:
        return True
    return len(first) <= 200 and not first.endswith((".", "،", ":")) and (len(first) < len(second) or len(lines) > 2)


def dated_line(line: str) -> str | None:
    """The ISO day of a line that is nothing but a date."""
    if len(line) > 80:
        return None
    found = find_day(line)
    if found is None:
        return None
    plain = norm(line)
    if _DATED.match(plain[: found[1]]) and _AFTER_DATE.fullmatch(plain[found[2] :]):
        return found[0]
    return None


def cut_related(lines: list[str]) -> tuple[list[str], tuple[RelatedLink, ...]]:
    """The lines of the text, and the headlines listed below it. Signs that close a page (//) are dropped."""
    end = len(lines)
    while end and re.fullmatch(r"[/*=_\-–—~•.·|\s]+", lines[end - 1]):
        end -= 1
    lines = lines[:end]
    at = headlines_below(lines)
    if at is None:
        return lines, ()
    listed = [line.lstrip("-–•*· ") for line in lines[at + 1 :] if re.search(r"\w{2}", line)]
    return lines[:at], tuple(RelatedLink(t) for t in listed)
