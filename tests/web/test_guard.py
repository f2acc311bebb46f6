"""Who is answered, what a page may load, and that a report's own text stays text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from musnad.archive.archive import Archive
from musnad.archive.corrections import of
from musnad.errors import UsageError
from musnad.web import Settings, make_app
from musnad.web.serving import serve

REPORT = "raqim-2017-09-23"
PAGES = (
    "/", "/?q=قصف", "/?view=events", f"/reports/{REPORT}", "/reports/hostile", "/holdings", "/disputes", "/codebook",
    "/review", "/actors/SDF", "/places/Deir%20ez-Zor", "/no-such-page", "/?since=never", "/api/events",
)  # fmt: skip
SAME = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


class Elements(HTMLParser):
    """The elements of a page: (name, attributes); and its words, without what stands in form fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_answer_is_bound(client: TestClient, address: str, lang: str) -> None:
    answer = client.get(address + ("&" if "?" in address else "?") + f"lang={lang}")
    assert answer.status_code in (200, 400, 404)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy and "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer")
    if address.startswith("/api/"):
        return
    for tag, attributes in Elements(answer.text).found:
        assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
        if tag == "script":
            assert (attributes.get("src") or "").startswith("/static/") or attributes.get("type") == "application/json"
        for name in ("src", "href", "action"):
            assert not (attributes.get(name) or "").lower().startswith(("http:", "javascript:", "data:", "//"))


@pytest.mark.parametrize("address", ["/reports/hostile", "/?q=حرستا", "/?view=events&since=2018-03-01"])
def test_a_hostile_report_is_text(client: TestClient, address: str) -> None:
    text = client.get(address).text
    page = Elements(text)
    tags = [t for t, a in page.found if t == "script" and not (a.get("src") or "").startswith("/static/")]
    assert tags == [] and "<svg/onload" not in text and "<img src=x" not in text
    assert not set(page.words) & set("\u202e\u202c\u200b"), "characters that turn or hide text must be shown as signs"
    if address == "/reports/hostile":
        assert "RLO" in text and "ZWSP" in text and "&lt;script&gt;" in text


def test_other_host_names_are_refused(archive: Archive) -> None:
    client = TestClient(make_app(archive), base_url="http://evil.example")
    assert client.get("/").status_code in (400, 403, 421)
    assert TestClient(make_app(archive), base_url="http://127.0.0.1:8000").get("/codebook").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"},
     {"origin": "http://localhost", "sec-fetch-site": "cross-site"}],
    ids=str,
)  # fmt: skip
def test_changes_come_from_these_pages_only(own: Archive, headers: dict[str, str]) -> None:
    client = TestClient(make_app(own), base_url="http://localhost")
    form = {"verdict": "reject", "analyst": "eve"}
    assert client.post(f"/reports/{REPORT}/records/e1", data=form, headers=headers).status_code == 403
    assert of(own) == []
    assert client.post(f"/reports/{REPORT}/records/e1", data=form, headers=SAME, follow_redirects=False).is_redirect
    assert [c.verdict for c in of(own)] == ["reject"]


def test_read_only(own: Archive) -> None:
    client = TestClient(make_app(own, Settings(read_only=True)), base_url="http://localhost")
    answer = client.post(f"/reports/{REPORT}/records/e1", data={"verdict": "accept", "analyst": "a"}, headers=SAME)
    assert answer.status_code == 403 and of(own) == []
    page = client.get(f"/reports/{REPORT}").text
    assert "<form" not in page or 'value="reject"' not in page


def test_too_much_is_refused(own: Archive) -> None:
    client = TestClient(make_app(own), base_url="http://localhost")
    answer = client.post(f"/reports/{REPORT}/records/e1", data={"note": "x" * 2_000_000}, headers=SAME)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "name", ["../labels.tsv", "..%2Flabels.tsv", "%2e%2e/app.py", "/etc/passwd", "..\\app.py", "fonts", ""]
)
def test_no_file_but_the_bundled_ones(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_password_is_asked_and_tries_are_counted(own: Archive) -> None:
    client = TestClient(make_app(own, Settings(password="right horse battery")), base_url="http://localhost")
    assert client.get("/", follow_redirects=False).headers["location"] == "/login"
    assert client.get("/api/events").status_code == 401
    assert (
        client.post(f"/reports/{REPORT}/records/e1", data={}, headers=SAME, follow_redirects=False).status_code != 200
    )
    good = client.post("/login", data={"password": "right horse battery"}, headers=SAME, follow_redirects=False)
    assert good.is_redirect and "httponly" in good.headers["set-cookie"].lower()
    assert client.get("/").status_code == 200
    stranger = TestClient(client.app, base_url="http://localhost")
    for _ in range(6):
        stranger.post("/login", data={"password": "wrong"}, headers=SAME)
    stranger.post("/login", data={"password": "right horse battery"}, headers=SAME)
    assert stranger.get("/api/events").status_code == 401


def test_others_are_served_with_a_password_only(filled: Path) -> None:
    with pytest.raises(UsageError, match="password"):
        serve(str(filled), host="0.0.0.0", port=0, lang="ar")
