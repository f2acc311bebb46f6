"""Tables that the program ships, parsed once and kept in the user's cache folder, so that a start takes a moment.

The name of a kept file is the digest of the table's bytes, of the module that parses it, and of the program. A file
that cannot be read or written is no error: the table is then parsed anew.
"""

from __future__ import annotations

import gc
import hashlib
import marshal
import os
import sys
import tempfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import musnad

T = TypeVar("T")

_KEEP = 2


def cache_folder() -> Path:
    """Where compiled tables are kept: $MUSNAD_CACHE, or the platform's cache folder."""
    if own := os.environ.get("MUSNAD_CACHE"):
        return Path(own)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "musnad"


def parsed(name: str, module: str, parse: Callable[..., T], *tables: bytes) -> T:
    """`parse(*tables)`, from the cache when the same bytes were parsed before by the same module (its `__file__`).

    The result must be made of dicts, lists, tuples, strings and numbers; it comes back equal and in the same order.
    """
    sha = hashlib.sha256(f"{musnad.__version__} {sys.version_info[:2]} {len(tables)}".encode())
    for data in (Path(module).read_bytes(), *tables):
        sha.update(len(data).to_bytes(8, "little") + data)
    file = cache_folder() / f"{name}-{sha.hexdigest()[:32]}.table"
    with suppress(OSError, ValueError, EOFError, TypeError):
        held = file.read_bytes()
        if held[:4] == zlib.crc32(memoryview(held)[4:]).to_bytes(4, "little"):
            return _loads(memoryview(held)[4:])  # type: ignore[no-any-return]
    value = parse(*tables)
    _write(file, name, marshal.dumps(value))  # type: ignore[arg-type]
    return value


def _loads(data: memoryview) -> Any:
    """Made without looking for garbage meanwhile: there is none among so many new objects."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return marshal.loads(data)
    finally:
        if collecting:
            gc.enable()


def _write(file: Path, name: str, data: bytes) -> None:
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=file.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(zlib.crc32(data).to_bytes(4, "little") + data)
            os.replace(path, file)
        except BaseException:
            with suppress(OSError):
                os.unlink(path)
            raise
        for old in sorted(file.parent.glob(f"{name}-*.table"), key=lambda p: -p.stat().st_mtime)[_KEEP:]:
            old.unlink(missing_ok=True)
