"""Feeds from a server of the tests' own: politely asked, never added twice, their bytes kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from archive_places import places
from typer.testing import CliRunner

from musnad.archive import feeds
from musnad.archive.archive import Archive
from musnad.cli.app import app
from musnad.errors import UsageError
from musnad.reading import ReadOptions

OPTIONS = ReadOptions(allow_private_network=True, timeout=5)
ITEMS = (
    "قصفت الطائرات الروسية بلدة منبج ما أدى إلى مقتل ثلاثة مدنيين، كما قال شهود من أهل البلدة.",
    "سيطرت قوات سوريا الديمقراطية على مدينة الرقة بعد معارك طويلة مع تنظيم الدولة في المدينة.",
    "أعلنت الأمم المتحدة إدخال مساعدات إلى مدينة دوما المحاصرة بعد أسابيع من الانتظار.",
)


@dataclass
class Site:
    """A server: what it answers by path (status and body), and who asked for what, when."""

    home: str = ""
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[tuple[float, str, str | None, str]] = field(default_factory=list)

    def feed(self, path: str, many: int) -> str:
        """Let a feed hold so many items; its address."""
        rows = "".join(
            f"<item><title>خبر {n}</title><link>{self.home}/{n}</link><guid>{self.home}/{n}</guid>"
            f"<pubDate>Mon, {10 + n} Sep 2017 10:00:00 GMT</pubDate><description>{ITEMS[n]}</description></item>"
            for n in range(many)
        )
        self.answers[path] = (200, f'<rss version="2.0"><channel><title>الضفة</title>{rows}</channel></rss>')
        return self.home + path

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for _, path, _, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            since = self.headers.get("If-None-Match")
            made.asked.append((time.monotonic(), self.path, since, self.headers["User-Agent"]))
            status, said = made.answers.get(self.path, (404, ""))
            data = said.encode()
            etag = f'"{len(data)}"'
            if status == 200 and since == etag:
                status, data = 304, b""
            self.send_response(status)
            self.send_header("ETag", etag)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    made.home = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    for where in places(request, tmp_path):
        with Archive.open(where(), create=True) as found:
            yield found


def fetched(archive: Archive, pause: float = 0) -> list[feeds.Fetched]:
    return list(feeds.fetch_all(archive, OPTIONS, pause=pause))


def test_a_feed_is_taken_in_once_and_grows(archive: Archive, site: Site) -> None:
    url = site.feed("/feed", 2)
    feeds.follow(archive, url, "الضفة")
    (done,) = fetched(archive)
    assert (done.url, done.outcome, done.new, done.same, done.error) == (url, "2 new", 2, 0, None)
    assert sorted(r.outlet or "" for _, r in archive.reports()) == ["الضفة", "الضفة"]
    assert site.paths() == ["/robots.txt", "/feed"]
    assert all("musnad" in agent.lower() for _, _, _, agent in site.asked)
    first = site.answers["/feed"][1].encode()

    (done,) = fetched(archive)
    assert (done.outcome, done.new) == ("nothing new", 0)
    assert site.asked[-1][2] == f'"{len(first)}"'
    assert archive.counts()["reports"] == 2

    site.feed("/feed", 3)
    (done,) = fetched(archive)
    assert (done.outcome, done.new, done.same) == ("1 new", 1, 2)
    assert archive.counts()["reports"] == 3
    assert [data for _, data in feeds.raw_bytes(archive, url)] == [first, site.answers["/feed"][1].encode()]
    (said,) = feeds.followed(archive)
    assert said.outcome == "1 new"
    assert said.fetched_at is not None


def test_what_robots_forbids_is_not_asked_for(archive: Archive, site: Site) -> None:
    site.answers["/robots.txt"] = (200, "User-agent: musnad\nDisallow: /closed\n\nUser-agent: *\nDisallow: /\n")
    feeds.follow(archive, site.feed("/closed/feed", 1))
    feeds.follow(archive, site.feed("/open/feed", 2))
    closed, opened = fetched(archive)
    assert closed.outcome == "robots.txt of the server forbids it"
    assert opened.outcome == "2 new"
    assert site.paths() == ["/robots.txt", "/open/feed"]


@pytest.mark.parametrize(
    ("rules", "path", "read"),
    [
        ("Disallow: /news\nAllow: /news/feed", "/news/feed/today", True),
        ("Allow: /news/feed\nDisallow: /news", "/news/feed/today", True),
        ("Allow: /news\nDisallow: /news/feed", "/news/feed/today", False),
        ("Disallow: /news/feed\nAllow: /news", "/news/feed/today", False),
        ("Disallow: /*/private\nAllow: /", "/syria/private/feed", False),
        ("Disallow: /*/private\nAllow: /", "/syria/open/feed", True),
        ("Disallow: /*.xml$", "/feed.xml", False),
        ("Disallow: /*.xml$", "/feed.xml/new", True),
        ("Disallow: /feed\nAllow: /feed", "/feed", True),
        ("Disallow:", "/feed", True),
    ],
)
def test_the_longest_rule_that_fits_decides(archive: Archive, site: Site, rules: str, path: str, read: bool) -> None:
    site.answers["/robots.txt"] = (200, f"User-agent: *\n{rules}\nCrawl-delay: 0.1\n")
    feeds.follow(archive, site.feed(path, 1))
    (done,) = fetched(archive)
    assert done.outcome == ("1 new" if read else "robots.txt of the server forbids it")
    assert site.paths() == (["/robots.txt", path] if read else ["/robots.txt"])


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_server_without_robots_forbids_nothing(tmp_path: Path, site: Site, status: int) -> None:
    site.answers["/robots.txt"] = (status, "")
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        feeds.follow(archive, site.feed("/feed", 1))
        assert [d.outcome for d in fetched(archive)] == ["1 new"]


def test_where_robots_cannot_be_had_the_feed_is_left_for_this_time(archive: Archive, site: Site) -> None:
    site.answers["/robots.txt"] = (503, "")
    url = site.feed("/feed", 1)
    feeds.follow(archive, "http://127.0.0.1:1/feed")
    feeds.follow(archive, url)
    dead, left = fetched(archive)
    assert dead.outcome.startswith("left for this time, robots.txt is not to be had: no connection to 127.0.0.1")
    assert (
        left.outcome == "left for this time, robots.txt is not to be had: the server answered 503 Service Unavailable"
    )
    assert left.error is not None
    assert site.paths() == ["/robots.txt"]
    del site.answers["/robots.txt"]
    assert [d.outcome for d in fetched(archive)][1] == "1 new"


def test_pauses_are_kept(tmp_path: Path, site: Site) -> None:
    site.answers["/robots.txt"] = (200, "User-agent: *\nCrawl-delay: 1\n")
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        feeds.follow(archive, site.feed("/feed", 1))
        fetched(archive, pause=0.2)
        site.answers["/robots.txt"] = (200, "")
        fetched(archive, pause=0.2)
    at = [when for when, _, _, _ in site.asked]
    assert at[1] - at[0] >= 0.99
    assert 0.19 <= at[3] - at[2] < 0.99


def test_one_feed_that_fails_stops_no_other(archive: Archive, site: Site) -> None:
    feeds.follow(archive, site.home + "/gone")
    site.answers["/page"] = (200, "<p>no feed</p>")
    feeds.follow(archive, site.feed("/feed", 1))
    gone, good = fetched(archive)
    assert gone.outcome == "the server answered 404 Not Found"
    assert gone.error is not None
    assert good.outcome == "1 new"


def test_the_commands(tmp_path: Path, site: Site) -> None:
    where = str(tmp_path / "a.db")
    url = site.feed("/feed", 1)

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, [*words, "--archive", where])
        return done.exit_code, done.stdout + done.stderr

    assert run("feed", "add", url)[0] == 0
    assert run("feed", "add", url) == (2, f"musnad: {url} is followed already\n")
    assert run("fetch", "--pause", "0", "--private-network") == (0, f"{url}: 1 new\n")
    assert run("feed", "list")[1].rstrip().endswith("1 new")
    site.answers["/feed"] = (500, "")
    code, said = run("fetch", "--pause", "0", "--private-network")
    assert (code, said) == (1, f"{url}: the server answered 500 Internal Server Error\n")
    assert run("feed", "remove", url)[0] == 0
    assert run("feed", "remove", url)[0] == 2
    assert run("status")[1].split()[:2] == ["1", "reports"]


def test_an_address_must_be_one(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        for wrong in ("feed.xml", "ftp://host/feed", "http://"):
            with pytest.raises(UsageError, match="http or https"):
                feeds.follow(archive, wrong)
        assert feeds.followed(archive) == []
