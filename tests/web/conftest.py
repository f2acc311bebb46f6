"""An archive of the example reports, coded once, and the pages over a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from contested import CONTESTED
from hostile import HOSTILE
from starlette.testclient import TestClient

from musnad.archive.archive import Archive
from musnad.reading import read
from musnad.report import Report
from musnad.web import Settings, make_app

EXAMPLES = Path(__file__).parents[2] / "examples"
ORIGIN = "http://127.0.0.1"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an archive with the example reports, a hostile one, and two that contradict each other."""
    path = tmp_path_factory.mktemp("web") / "examples.db"
    with Archive.open(path, create=True) as archive:
        archive.add([*(r for r in read([str(EXAMPLES)]) if isinstance(r, Report)), HOSTILE])
        archive.add_coded(CONTESTED)
    return path


@pytest.fixture
def archive(filled: Path, tmp_path: Path) -> Iterator[Archive]:
    copy = tmp_path / "archive.db"
    shutil.copy(filled, copy)
    with Archive.open(copy) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> TestClient:
    return TestClient(make_app(archive, Settings()), base_url=ORIGIN, raise_server_exceptions=True)
