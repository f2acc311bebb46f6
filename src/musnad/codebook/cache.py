"""The compiled codebook kept in the user's cache folder, so that the next start takes a moment.

The file's name is the digest of everything that went into it: the tables, the user's tables, the program. A file that
cannot be read or written is no error: the codebook is then compiled anew.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import musnad
from musnad.kept import cache_folder

_KEEP = 8
_PACKAGE = Path(__file__).parents[1]


def tables_digest(data: Path, overlay: Path | None) -> str:
    """SHA-256 (hex) of all tables, ours and the user's, by name and content. Equal digests mean equal codebooks."""
    sha = hashlib.sha256()
    for folder in (data, overlay):
        sha.update(b"\0folder\0")
        if folder is None:
            continue
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".tsv", ".toml") and p.is_file()):
            sha.update(path.relative_to(folder).as_posix().encode() + b"\0")
            sha.update(hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()


@lru_cache(maxsize=1)
def _program_digest() -> str:
    sha = hashlib.sha256(f"{musnad.__version__} {sys.version_info[:2]}".encode())
    for room in ("arabic", "codebook"):
        for path in sorted((_PACKAGE / room).glob("*.py")):
            sha.update(path.read_bytes())
    return sha.hexdigest()


def cache_file(digest: str, overlay: Path | None = None) -> Path:
    """The file that holds, or would hold, the codebook compiled from tables with this digest by this program.

    The user's folder counts too, because entries keep where they stand in it.
    """
    where = str(overlay.resolve()) if overlay else ""
    name = hashlib.sha256("\0".join((digest, _program_digest(), where)).encode()).hexdigest()[:32]
    return cache_folder() / f"codebook-{name}.pickle"


def read(path: Path) -> Any | None:
    """What was kept in `path`, or None when there is nothing that can be used."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return pickle.loads(path.read_bytes())
    except Exception:  # a file cut short or written by another version may fail in any way
        return None
    finally:
        if collecting:
            gc.enable()


def write(path: Path, value: Any) -> None:
    """Keep `value` in `path`, whole or not at all, and drop the oldest beyond a few."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                pickle.dump(value, file, protocol=5)
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
        for old in sorted(path.parent.glob("codebook-*.pickle"), key=lambda p: -p.stat().st_mtime)[_KEEP:]:
            old.unlink(missing_ok=True)
