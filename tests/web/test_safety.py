"""Who is answered: host names, origins, passwords; and what a page may load."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from musnad.archive.archive import Archive
from musnad.cli.app import app
from musnad.errors import UsageError
from musnad.web import Settings, make_app
from musnad.web.safety import Sessions
from musnad.web.serving import read_password, serve

FORM = {"analyst": "ا", "verdict": "accept"}
ADDRESS = "/reports/raqim-2017-09-23/records/e1"


def test_other_host_names_are_refused(client: TestClient) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8000"):
        assert client.get("/", headers={"host": host}).status_code == 421, host
    for host in ("localhost:8000", "127.0.0.1:8000", "[::1]:8000"):
        assert client.get("/login", headers={"host": host}).status_code == 200, host


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9"},
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1", "sec-fetch-site": "cross-site"},
    ],
)  # fmt: skip
def test_changes_from_other_sites_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(ADDRESS, data=FORM, headers=headers).status_code == 403


def test_other_methods_and_large_bodies_are_refused(client: TestClient) -> None:
    assert client.delete(ADDRESS).status_code == 405
    assert client.put("/", content=b"x").status_code == 405
    big = {"text": "ق" * 400_000}
    assert client.post("/codebook", data=big, headers={"origin": "http://127.0.0.1"}).status_code == 413


def test_pages_are_bound(client: TestClient) -> None:
    for path in ("/", "/nope", "/api/counts", "/login"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_no_page_names_another_host(client: TestClient) -> None:
    import re

    for path in ("/", "/holdings", "/codebook", "/review", "/reports/raqim-2017-09-23"):
        for address in re.findall(r'(?:src|href|action)="([^"]*)"', client.get(path).text):
            assert address.startswith(("/", "?", "#")) and not address.startswith("//"), (path, address)


def test_no_file_of_the_disk_can_be_asked_for(client: TestClient) -> None:
    names = (
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/%2e%2e/record.py",
        "/etc/passwd",
        "fonts/../../app.py",
        "../labels.tsv",
    )
    for name in names:
        answer = client.get(f"/static/{name}")
        assert answer.status_code == 404 or "import" not in answer.text, name
    assert client.get("/static/web.css").status_code == 200
    assert client.get("/static/basemap.LICENSE").status_code == 200


def test_a_password_is_asked(archive: Archive) -> None:
    client = TestClient(make_app(archive, Settings(password="a long password")), base_url="http://127.0.0.1")
    origin = {"origin": "http://127.0.0.1"}
    assert client.get("/", follow_redirects=False).headers["location"] == "/login"
    assert client.get("/api/counts").status_code == 401
    assert client.post(ADDRESS, data=FORM, headers=origin).status_code == 401
    assert client.post("/login", data={"password": "wrong"}, headers=origin).status_code == 403
    assert client.post("/login", data={"password": "a long password"}, headers=origin).status_code == 200
    assert client.get("/api/counts").status_code == 200
    client.post("/logout", headers=origin)
    assert client.get("/api/counts").status_code == 401


def test_a_password_is_not_tried_for_ever() -> None:
    sessions = Sessions("a long password")
    assert sessions.begin("a long password") is not None
    for _ in range(Sessions.TRIES):
        assert sessions.begin("guess") is None
    assert sessions.begin("a long password") is None


def test_other_hosts_need_a_password(filled: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["serve", "--archive", str(filled), "--host", "0.0.0.0", "--port", "0"])
    assert result.exit_code == 2
    short = tmp_path / "password"
    short.write_text("short\n")
    with pytest.raises(UsageError):
        read_password(short)
    short.write_text("long enough\nsecond line\n")
    assert read_password(short) == "long enough"


def test_a_missing_archive_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["serve", "--archive", str(tmp_path / "none.db"), "--port", "0"])
    assert result.exit_code == 1


def test_street_tiles_are_of_one_host_and_only_where_set(archive: Archive) -> None:
    tiles = "https://tiles.example/{z}/{x}/{y}.png"
    client = TestClient(make_app(archive, Settings(tiles=tiles)), base_url="http://127.0.0.1")
    answer = client.get("/")
    assert "img-src 'self' https://tiles.example data:;" in answer.headers["content-security-policy"]
    assert f'data-tiles="{tiles}"' in answer.text
    for wrong in ("tiles.example/{z}/{x}/{y}", "https://x.example/{z}", "https://x.example/{z}/{x}/{y};script-src *"):
        with pytest.raises(UsageError):
            serve("none.db", host="127.0.0.1", port=0, lang="en", tiles=wrong)
