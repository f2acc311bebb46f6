"""Where an archive lives: one SQLite file, or a PostgreSQL database named by its address.

Opening checks what is there (a file that is no archive, a newer schema, a missing server) and says so plainly.
SQLite runs with a write-ahead log and full synchronisation: what was confirmed survives a power cut. Writers take
turns (`BEGIN IMMEDIATE`), so that two programs may add to one archive at once.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError

from musnad.errors import ArchiveError, UsageError

DEFAULT = "musnad.db"
SCHEMA = "0005"
"""The present revision of the schema (migrations/versions)."""
WAIT = 60_000
"""Milliseconds that a writer waits for another one (SQLite; on a server it waits as long as the other one writes)."""
ANSWER = 20
"""Seconds in which a server must answer a call to connect. What is asked afterwards may take any time."""
OURS = frozenset({"report", "coding", "stale"})
"""Tables by which an archive is known."""
_LOCK = 0x6D75736E6164
"""PostgreSQL's advisory lock under which reports are written, so that numbers and groups come out in order."""


def is_address(where: str) -> bool:
    """Whether an archive is named by the address of a server."""
    return where.startswith(("postgresql://", "postgres://", "postgresql+pg8000://"))


def connect(where: str | Path, *, create: bool = False) -> Engine:
    """The engine of an archive, its schema brought up to date.

    With `create`, an archive that does not exist yet is made. Raises ArchiveError for everything that stands in the
    way, UsageError for an address of another kind.
    """
    where = str(where)
    if is_address(where):
        engine = _server(where)
    elif re.match(r"[a-z+0-9]+://", where):
        raise UsageError(f"{_shown(where)}: an archive is a file, or postgresql://USER:PASSWORD@HOST/DATABASE")
    else:
        try:
            engine = _file(Path(where), create)
        except OSError as error:
            raise ArchiveError(f"{where}: it cannot be opened: {error.strerror or error}") from error
    with explained(where):
        _bring_up(engine, _shown(where), create)
    return engine


def _shown(where: str) -> str:
    """An address without its password."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", where)


def _server(address: str) -> Engine:
    url = re.sub(r"^postgres(ql)?(\+pg8000)?://", "postgresql+pg8000://", address)
    engine = create_engine(url, pool_pre_ping=True, connect_args={"timeout": ANSWER})

    @event.listens_for(engine, "connect")
    def _patient(raw: Any, _: Any) -> None:
        raw._usock.settimeout(None)  # pg8000's limit holds for answers too: a writer that waits its turn would fail

    return engine


def _file(path: Path, create: bool) -> Engine:
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder; give the name of an archive file, such as {path / DEFAULT}")
    if not path.exists():
        if not create:
            raise ArchiveError(f"{path}: there is no archive; make one with: musnad add REPORTS --archive {path}")
        if not path.parent.is_dir():
            raise ArchiveError(f"{path}: the folder {path.parent} does not exist")
        if not os.access(path.parent, os.W_OK):
            raise ArchiveError(f"{path}: the folder {path.parent} cannot be written to")
    elif path.stat().st_size:
        with open(path, "rb") as f:
            if f.read(16) != b"SQLite format 3\0":
                raise ArchiveError(f"{path} is no archive; nothing was changed")
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT / 1000, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _settings(raw: sqlite3.Connection, _: Any) -> None:
        raw.isolation_level = None
        raw.execute(f"PRAGMA busy_timeout = {WAIT}")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("PRAGMA cache_size = -65536")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _bring_up(engine: Engine, name: str, create: bool) -> None:
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        version = None
        if "alembic_version" in tables:
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version == SCHEMA:
        return
    if version is not None and not tables >= OURS:
        raise ArchiveError(f"{name} is a database of another program; nothing was changed")
    if version is not None and version > SCHEMA:
        raise ArchiveError(
            f"{name} was made by a newer Musnad (schema {version}, this one knows {SCHEMA}); update Musnad to open it"
        )
    if version is None and tables:
        raise ArchiveError(f"{name} is a database of another program; nothing was changed")
    if version is None and not create:
        raise ArchiveError(f"{name}: there is no archive yet; make one with: musnad add REPORTS --archive {name}")
    _migrate(engine)


def _migrate(engine: Engine) -> None:
    import logging

    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            if connection.in_transaction():
                connection.rollback()
            _write_ahead(raw)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with writing(engine) as connection:
        if inspect(connection).has_table("alembic_version"):
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if found == SCHEMA:
                return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _write_ahead(raw: sqlite3.Connection) -> None:
    """Switch the write-ahead log on. Here SQLite does not wait for another program by itself."""
    until = time.monotonic() + WAIT / 1000
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes. It waits for other writers; what it did counts when the block ends without error."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn what a database says of trouble into a plain ArchiveError."""
    try:
        yield
    except DBAPIError as error:
        raise ArchiveError(f"{_shown(name)}: {_reason(error)}") from error
    except sqlite3.Error as error:
        raise ArchiveError(f"{_shown(name)}: {_worded(str(error)) or error}") from error
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.filename is not None:
            raise  # not the database's: a reader who went away, or a file that is written from the archive
        raise ArchiveError(f"{_shown(name)}: the connection to the server was lost ({error})") from error


def _reason(error: DBAPIError) -> str:
    said = str(error.orig)
    low = said.casefold()
    if "28p01" in low or "password authentication failed" in low:
        return "the server refuses the user name or the password"
    if "3d000" in low or ("database" in low and "does not exist" in low):
        return "the server has no such database; make it with createdb"
    if "28000" in low:
        return "the server does not let this user in"
    if isinstance(error, (InterfaceError, OperationalError)) and (
        "create a connection" in low or "refused" in low or "timed out" in low or "getaddrinfo" in low
    ):
        return "no server answers there; is it running, and are host and port right?"
    if isinstance(error, ProgrammingError) and "42501" in low:
        return "this user may not write to the database"
    return _worded(said) or (said.splitlines()[0] if said else type(error).__name__)


def _worded(said: str) -> str | None:
    """What a backend says of trouble with its files, in plain words."""
    low = said.casefold()
    if "readonly" in low or "read-only" in low:
        return "the archive cannot be written to (read-only file or folder)"
    if "disk is full" in low or "no space" in low or "53100" in low:
        return "the disk is full; what was confirmed is kept"
    if "disk i/o error" in low:
        return "the disk takes no more (it fails, or files may not grow); what was confirmed is kept"
    if "locked" in low:
        return "another program writes to the archive and does not finish"
    if "not a database" in low or "malformed" in low or "corrupt" in low:
        return "the file is damaged or no archive"
    if "unable to open" in low:
        return "the file cannot be opened"
    return None
