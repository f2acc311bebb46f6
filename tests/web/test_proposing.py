"""A correction leads to the entry that it proposes: seen, tried over the archive, mended, and only then kept."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from musnad.archive.archive import Archive
from musnad.engine import open_book
from musnad.web import Settings, make_app

FROM_HERE = {"origin": "http://127.0.0.1"}
REPORT = "raqim-2017-09-23"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    yield tmp_path / "musnad.codebook"  # type: ignore[misc]
    open_book.cache_clear()


@pytest.fixture
def asking(archive: Archive, tables: Path) -> TestClient:
    return TestClient(make_app(archive, Settings(lang="en", codebook=tables)), base_url="http://127.0.0.1")


def told(html: str) -> dict[str, str]:
    """The hidden and written values of the proposal's form."""
    form = re.search(r"<form class=\"panel entry\".*?</form>", html, re.S)
    assert form is not None
    found = re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form[0])
    return {name: unescape(value) for name, value in found}


def corrected(client: TestClient) -> str:
    """Corrects the type of a record; the address of what it proposes."""
    form = {"analyst": "Layla", "verdict": "change", "type": "THREATEN", "was-type": "ASSAULT"}
    page = client.post(f"/reports/{REPORT}/records/e1", data=form, headers=FROM_HERE).text
    found = re.search(r'<p class="note points"[^>]*>.*?href="(/codebook/proposals/[^"]+)"', page, re.S)
    assert found is not None
    return unescape(found[1])


def test_an_entry_is_tried_then_kept(asking: TestClient, tables: Path) -> None:
    address = corrected(asking)
    assert "/codebook/proposals/" in asking.get("/review").text
    page = asking.get(address).text
    assert re.search(r'value="keep" disabled', page) and str(tables) in page
    tried = asking.post(address.partition("?")[0], data={**told(page), "do": "try"}, headers=FROM_HERE).text
    assert "What it would change" in tried and "coded again" in tried and not tables.exists()
    assert not re.search(r'value="keep" disabled', tried)
    sent = told(tried)
    mended = {**sent, "cell-example": "another", "do": "keep"}
    again = asking.post(address.partition("?")[0], data=mended, headers=FROM_HERE, follow_redirects=False)
    assert again.status_code == 200 and not tables.exists()  # changed since it was tried: tried again, not kept
    kept = asking.post(address.partition("?")[0], data={**sent, "do": "keep"}, headers=FROM_HERE)
    (file,) = tables.rglob("*.tsv")
    assert "The entry is kept." in kept.text and f"--codebook {tables} --keep" in unescape(kept.text)
    assert "THREATEN|" in file.read_text("utf8")


def test_a_wrong_row_is_told(asking: TestClient, tables: Path) -> None:
    address = corrected(asking)
    sent = told(asking.get(address).text)
    answer = asking.post(
        address.partition("?")[0], data={**sent, "cell-type": "BURN", "do": "try"}, headers=FROM_HERE
    )  # fmt: skip
    assert answer.status_code == 400 and "unknown type" in answer.text and not tables.exists()
    assert asking.get("/codebook/proposals/999").status_code == 400


def test_without_a_folder_nothing_is_kept(archive: Archive) -> None:
    client = TestClient(make_app(archive, Settings(lang="en")), base_url="http://127.0.0.1")
    address = corrected(client)
    page = client.post(address.partition("?")[0], data={**told(client.get(address).text), "do": "try"},
                       headers=FROM_HERE).text  # fmt: skip
    assert "musnad serve --codebook DIR" in page and 'value="keep" disabled' in page
    sent = {**told(page), "do": "keep"}
    assert client.post(address.partition("?")[0], data=sent, headers=FROM_HERE).status_code == 400


def test_read_only_pages_propose_nothing(archive: Archive) -> None:
    corrected(TestClient(make_app(archive, Settings(lang="en")), base_url="http://127.0.0.1"))
    client = TestClient(make_app(archive, Settings(lang="en", read_only=True)), base_url="http://127.0.0.1")
    assert "proposals/" not in client.get("/review").text
    assert "proposals/" not in client.get(f"/reports/{REPORT}").text
