"""The pages over the example reports and one hostile report, asked in memory or from a real browser."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from musnad.archive.archive import Archive
from musnad.reading import read
from musnad.report import Report
from musnad.web import Settings, make_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync", "--disable-default-apps"]  # fmt: skip
HOSTILE = Report(
    id="hostile",
    outlet='<img src=x onerror="document.title=1">',
    published="2018-03-01",
    title="<script>document.title='taken'</script> عاجل \u202eمقلوب\u202c",
    body=(
        "قصف الجيش السوري مدينة دوما \u202eأمس\u202c، ما أدى إلى مقتل خمسة مدنيين.\n"
        "<script>document.title='taken'</script></div></main><b>قال ناشط"
        "\u200b"
        '</b> "onmouseover="document.title=1" إن طائرات روسية قصفت <svg/onload=document.title=1> حرستا.'
    ),
)


def fill(archive: Archive) -> None:
    """Put the example reports and the hostile one into an archive."""
    archive.add([*(r for r in read([str(ROOT / "examples")]) if isinstance(r, Report)), HOSTILE])


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that tests must not change; those that do copy it."""
    path = tmp_path_factory.mktemp("web") / "example.db"
    with Archive.open(path, create=True) as archive:
        fill(archive)
    return path


@pytest.fixture(scope="session")
def archive(filled: Path) -> Iterator[Archive]:
    with Archive.open(filled) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> TestClient:
    return TestClient(make_app(archive), base_url="http://localhost")


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of the archive that a test may change."""
    path = tmp_path / "own.db"
    shutil.copy(filled, path)
    with Archive.open(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not os.path.exists(CHROMIUM):
        pytest.skip("chromium is not installed")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def at(own: Archive) -> Iterator[str]:
    """The address of a running server over an archive of the test's own."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(make_app(own, Settings()), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        threading.Event().wait(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
