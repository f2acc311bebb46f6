"""Fresh places for archives, one after another: files, or databases on the tests' own server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from musnad.archive.archive import Archive
from musnad.report import Report

_number = count(1)


def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """A function that gives a new place each time it is called."""
    if request.param == "sqlite":
        yield lambda: str(tmp_path / f"{next(_number)}.db")
        return
    address = request.getfixturevalue("postgres_server")
    engine = create_engine(address.replace("postgresql://", "postgresql+pg8000://"), isolation_level="AUTOCOMMIT")

    def fresh() -> str:
        name = f"incidents{next(_number)}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return f"{address.rpartition('/')[0]}/{name}"

    yield fresh
    engine.dispose()


def filled(request: pytest.FixtureRequest, tmp_path: Path, reports: Iterable[Report]) -> Iterator[str]:
    """The place of a new archive that holds some reports."""
    for place in places(request, tmp_path):
        name = place()
        with Archive.open(name, create=True) as archive:
            archive.add(reports)
        yield name
