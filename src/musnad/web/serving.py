"""The server behind `musnad serve`: one process that answers for one archive until it is stopped."""

from __future__ import annotations

import re
import socket
import threading
import webbrowser
from pathlib import Path

import uvicorn

from musnad.archive import holdings, panorama
from musnad.archive.archive import Archive
from musnad.archive.store import is_address
from musnad.engine import open_book
from musnad.errors import UsageError
from musnad.show.labels import Lang
from musnad.web.app import make_app
from musnad.web.settings import LOOPBACK, Settings

_TILES = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?/(?=.*\{z\})(?=.*\{x\})(?=.*\{y\})[^\s'\";,]*")


def serve(
    where: str, *, host: str, port: int, lang: Lang, open_browser: bool = False, read_only: bool = False,
    password_file: Path | None = None, tiles: str | None = None, codebook: Path | None = None,
) -> None:  # fmt: skip
    """Answer at host and port until stopped. `codebook` is the folder of own tables; for an archive in a file it is by
    default the one beside it (`musnad.db` has `musnad.codebook`). Raises UsageError when a host that others can reach
    has no password, or the port is taken; ArchiveError when the archive cannot be opened."""
    password = read_password(password_file) if password_file is not None else None
    if host not in LOOPBACK and password is None:
        raise UsageError(f"{host} can be reached by others; give a password with --password-file")
    if tiles is not None and not _TILES.fullmatch(tiles):
        raise UsageError(f"--tiles {tiles}: write an address such as https://tiles.example/{{z}}/{{x}}/{{y}}.png")
    hosts = LOOPBACK if host in LOOPBACK else (*LOOPBACK, host.casefold(), socket.gethostname().casefold())
    with Archive.open(where) as archive, listening(host, port) as door:
        named = f"[{host}]" if ":" in host else host
        address = f"http://{named}:{door.getsockname()[1]}/"
        print(f"{where}: {address}", flush=True)
        tables = codebook if codebook is not None or is_address(where) else Path(where).with_suffix(".codebook")
        app = make_app(archive, Settings(lang, hosts, password, read_only, tiles, tables))
        threading.Thread(target=warm, args=(archive,), name="warm", daemon=True).start()
        if open_browser:
            threading.Timer(0.7, webbrowser.open, [address]).start()
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
        uvicorn.Server(config).run(sockets=[door])


def warm(archive: Archive) -> None:
    """Read what the first pages need before somebody asks for them."""
    panorama.current(archive)
    holdings.outlines(archive)
    open_book(None)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens at host and port."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(f"{host}:{port} cannot be used: {error.strerror or error}; try another --port") from None


def read_password(path: Path) -> str:
    """The password in the first line of a file."""
    try:
        password = path.read_text("utf8").split("\n", 1)[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None
    if len(password) < 8:
        raise UsageError(f"{path}: its first line must hold a password of at least 8 characters")
    return password
