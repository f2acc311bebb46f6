"""Fetching, against a server on this machine: redirects, limits, time, and the refusal of private networks."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
import reading_samples as s

from musnad.errors import ReadError
from musnad.reading import ReadOptions, read
from musnad.reading.fetch import is_public
from musnad.report import Report


class Site(BaseHTTPRequestHandler):
    """A news site with pages that behave badly."""

    agents: ClassVar[list[str]] = []

    def log_message(self, *args: object) -> None:
        del args

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        Site.agents.append(self.headers["User-Agent"])
        page = s.page(charset=None).replace("©", "")
        match self.path.partition("?")[0]:
            case "/a":
                self._send(200, page.encode("cp1256"), Content_Type="text/html; charset=utf-8")
            case "/packed":
                self._send(200, s.gz(page.encode()), Content_Type="text/html", Content_Encoding="gzip")
            case "/bomb":
                self._send(200, s.gz(b" " * (60 << 20)), Content_Type="text/html", Content_Encoding="gzip")
            case "/hop":
                self._send(302, b"", Location="/a?from=hop")
            case "/loop":
                self._send(301, b"", Location="/loop")
            case "/out":
                self._send(302, b"", Location="http://169.254.169.254/latest/meta-data/")
            case "/nowhere":
                self._send(302, b"", Location="http://[x")
            case "/file":
                self._send(302, b"", Location="file:///etc/passwd")
            case "/feed":
                self._send(200, s.rss(dates=["27 آذار 2018"]).encode(), Content_Type="application/rss+xml")
            case "/slow":
                time.sleep(3)
            case "/drip":
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                try:
                    for _ in range(60):
                        self.wfile.write(b"<p>")
                        time.sleep(0.05)
                except OSError:
                    return
            case "/large":
                self._send(200, b" " * 5000, Content_Type="text/html")
            case "/short":
                self.send_response(200)
                self.send_header("Content-Length", "5000")
                self.end_headers()
                self.wfile.write(page.encode()[:50])
            case path if path.startswith("/%D8"):
                self._send(200, page.encode(), Content_Type="text/html")
            case _:
                self._send(404, b"gone")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def get(url: str, **options: object) -> Report | ReadError:
    (found,) = read([url], ReadOptions(allow_private_network=True, **options))  # type: ignore[arg-type]
    assert isinstance(found, Report | ReadError)
    return found


@pytest.mark.parametrize("path", ["/a", "/packed", "/hop", "/خبر-عاجل"])
def test_pages(site: str, path: str) -> None:
    found = get(site + path, user_agent="observatory/1")
    assert isinstance(found, Report), found
    assert (found.title, found.body) == (s.TITLE, s.BODY)
    assert found.url == site + ("/a?from=hop" if path == "/hop" else path)
    assert Site.agents[-1] == "observatory/1"


def test_feed(site: str) -> None:
    found = get(site + "/feed")
    assert isinstance(found, Report) and found.published == "2018-03-27"


@pytest.mark.parametrize(
    ("path", "reason", "options"),
    [
        ("/loop", "redirects more than 5 times", {}),
        ("/file", "only http and https", {}),
        ("/nowhere", "redirects to an address that is none", {}),
        ("/nothing", "answered 404", {}),
        ("/large", "larger than", {"max_document": 4000}),
        ("/bomb", "unpacks to more than", {}),
        ("/short", "broke off", {}),
    ],
)
def test_failures(site: str, path: str, reason: str, options: dict[str, object]) -> None:
    found = get(site + path, **options)
    assert isinstance(found, ReadError) and reason in str(found), found
    assert str(found).startswith(site + path)


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_time_out(site: str, path: str) -> None:
    start = time.monotonic()
    found = get(site + path, timeout=0.5)
    assert isinstance(found, ReadError) and "no answer within 0.5 seconds" in str(found)
    assert time.monotonic() - start < 2.5


def test_private_networks_are_refused_unless_allowed(site: str) -> None:
    for url in (site + "/a", site.replace("127.0.0.1", "localhost") + "/a", "http://10.0.0.1/", "http://[::1]/"):
        (found,) = read([url])
        assert isinstance(found, ReadError) and "private network" in str(found), url


def test_a_redirect_into_a_private_network_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop counts as public here; the second one is looked up again and refused."""
    from musnad.reading import fetch

    monkeypatch.setattr(fetch, "is_public", lambda a: a == "127.0.0.1")
    (found,) = read([site + "/out"])
    assert isinstance(found, ReadError) and "169.254.169.254, an address of a private network" in str(found)


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("93.184.216.34", "192.168.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: both)
    (found,) = read(["http://rebinding.example/"])
    assert isinstance(found, ReadError) and "192.168.1.1" in str(found)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:127.0.0.1", False),
        ("64:ff9b::a00:1", False), ("2002:7f00:1::", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_unknown_host_and_strange_addresses() -> None:
    for url, reason in (
        ("http://no-such-host.invalid/", "was not found"),
        ("http://", "only http and https"),
        ("http://[::1", "no valid address"),
        ("http://x:99999/", "no valid address"),
    ):
        (found,) = read([url])
        assert isinstance(found, ReadError) and reason in str(found), (url, found)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = get(f"http://127.0.0.1:{port}/")
    assert isinstance(found, ReadError) and "no connection to 127.0.0.1" in str(found)
