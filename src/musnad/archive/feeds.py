"""Feeds that an archive follows, politely: it asks robots.txt first, says who it is, pauses between requests to one
host, and lets servers answer that nothing changed. The bytes are kept as they came, so that they can be read again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import zstandard
from protego import Protego
from sqlalchemy import delete, insert, select, update

from musnad.archive.tables import feed, raw
from musnad.errors import ReadError, UsageError
from musnad.reading import ReadOptions, read_page
from musnad.reading.fetch import Answered, Page, fetch
from musnad.report import Report

if TYPE_CHECKING:
    from musnad.archive.archive import Archive

PAUSE = 2.0
"""Seconds between two requests to one host."""
NAME = "musnad"
"""The name under which robots.txt speaks of us."""
LONGEST = 120.0
"""Seconds of pause that a server may ask for (Crawl-delay); a longer one is cut to this."""
MOST = 500 * 1024
"""Bytes of a robots.txt that are read, as RFC 9309 asks; what stands behind them is left out."""


@dataclass(frozen=True)
class Feed:
    """A feed that is followed, and what its last fetch gave."""

    n: int
    url: str
    outlet: str | None
    etag: str | None
    modified: str | None
    fetched_at: str | None
    outcome: str | None


@dataclass(frozen=True)
class Fetched:
    """What one fetch of a feed gave: reports `new` to the archive, `same` as known, and the error if it failed."""

    url: str
    outcome: str
    new: int = 0
    same: int = 0
    error: ReadError | None = None


def follow(archive: Archive, url: str, outlet: str | None = None) -> None:
    """Follow a feed from now on. Raises UsageError when the address is none or is followed already."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise UsageError(f"{url}: a feed has an http or https address")
    with archive.writing() as connection:
        if connection.execute(select(feed.c.n).where(feed.c.url == url)).first():
            raise UsageError(f"{url} is followed already")
        connection.execute(insert(feed).values(url=url, outlet=outlet))


def leave(archive: Archive, url: str) -> None:
    """Follow a feed no longer; its reports stay. Raises UsageError when it is not followed."""
    with archive.writing() as connection:
        if not connection.execute(delete(feed).where(feed.c.url == url)).rowcount:
            raise UsageError(f"{url} is not followed; musnad feed list shows what is")


def followed(archive: Archive) -> list[Feed]:
    """The feeds that are followed."""
    with archive.reading() as connection:
        return [Feed(*row) for row in connection.execute(select(feed).order_by(feed.c.n))]


def fetch_all(
    archive: Archive, options: ReadOptions | None = None, *, pause: float = PAUSE, workers: int = 1
) -> Iterator[Fetched]:
    """Fetch every feed and add what is new. One that fails is named, and the rest goes on."""
    chosen = options or ReadOptions()
    visitor = _Visitor(chosen, pause)
    for f in followed(archive):
        try:
            allowed = visitor.allowed(f.url)
        except ReadError as e:
            yield _noted(
                archive, f, Fetched(f.url, f"left for this time, robots.txt is not to be had: {e.reason}", error=e)
            )
            continue
        if not allowed:
            yield _noted(archive, f, Fetched(f.url, "robots.txt of the server forbids it"))
            continue
        visitor.wait(f.url)
        try:
            page = fetch(f.url, chosen, (f.etag, f.modified))
        except ReadError as e:
            yield _noted(archive, f, Fetched(f.url, e.reason, error=e))
            continue
        if page.unchanged:
            yield _noted(archive, f, Fetched(f.url, "nothing new"))
            continue
        _keep(archive, page)
        found = list(read_page(page, replace(chosen, outlet=f.outlet) if f.outlet else chosen))
        reports = [r for r in found if isinstance(r, Report)]
        failed = [r for r in found if isinstance(r, ReadError)]
        if failed and not reports:
            yield _noted(archive, f, Fetched(f.url, failed[0].reason, error=failed[0]))
            continue
        done = archive.add(reports, workers=workers)
        failed += done.failed
        outcome = f"{done.new} new" + (f", {len(failed)} failed ({failed[0].reason})" if failed else "")
        yield _noted(
            archive, f,
            Fetched(f.url, outcome, done.new, done.same + len(done.changed), failed[0] if failed else None),
            etag=page.etag, modified=page.modified,
        )  # fmt: skip


def _noted(archive: Archive, f: Feed, done: Fetched, **more: str | None) -> Fetched:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with archive.writing() as connection:
        connection.execute(update(feed).where(feed.c.n == f.n).values(fetched_at=now, outcome=done.outcome, **more))
    return done


class _Visitor:
    """Knows what each server allows and when it was asked last."""

    def __init__(self, options: ReadOptions, pause: float) -> None:
        self.options, self.pause = options, pause
        self._rules: dict[str, Protego | ReadError] = {}
        self._asked: dict[str, float] = {}

    def wait(self, url: str) -> None:
        """Wait until the server of an address may be asked again, and note that it is asked."""
        home = _home(url)
        rules = self._rules.get(home)
        asks = rules.crawl_delay(NAME) if isinstance(rules, Protego) else None
        pause = max(self.pause, min(float(asks or 0), LONGEST))
        left = self._asked.get(home, float("-inf")) + pause - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._asked[home] = time.monotonic()

    def allowed(self, url: str) -> bool:
        """Whether robots.txt lets us read an address: the longest rule that fits it decides, and a server that has
        none (4xx) forbids nothing (RFC 9309).

        Raises ReadError when the server fails (5xx) or does not answer: then nobody knows what it allows.
        """
        home = _home(url)
        if home not in self._rules:
            self._rules[home] = self._read(home)
        rules = self._rules[home]
        if isinstance(rules, ReadError):
            raise rules
        return rules.can_fetch(url, NAME)

    def _read(self, home: str) -> Protego | ReadError:
        self.wait(home)
        try:
            said = fetch(f"{home}/robots.txt", self.options).data[:MOST].decode("utf-8-sig", "replace")
        except Answered as e:
            if not 400 <= e.status < 500:
                return e
            said = ""
        except ReadError as e:
            return e
        return Protego.parse(said)


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _keep(archive: Archive, page: Page) -> None:
    digest = hashlib.sha256(page.data).hexdigest()
    with archive.writing() as connection:
        known = connection.execute(select(raw.c.n).where(raw.c.url == page.url, raw.c.digest == digest)).first()
        if known is None:
            connection.execute(insert(raw).values(
                url=page.url, digest=digest, fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
                content_type=page.name.rpartition(".")[2] or None,
                bytes=zstandard.ZstdCompressor(level=10).compress(page.data),
            ))  # fmt: skip


def raw_bytes(archive: Archive, url: str) -> list[tuple[str, bytes]]:
    """The bytes that came from an address, oldest first: (UTC time, bytes)."""
    with archive.reading() as connection:
        rows = connection.execute(select(raw.c.fetched_at, raw.c.bytes).where(raw.c.url == url).order_by(raw.c.n))
        return [(r.fetched_at, zstandard.ZstdDecompressor().decompress(r.bytes)) for r in rows]
