"""The output folder, on a disk or in an object store: whatever file system Spark can write to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

CHUNK = 1 << 20


class Folder:
    """A folder that is reached through Spark's own file systems. What it holds is named relative to it."""

    def __init__(self, spark: Any, path: str) -> None:
        self._path = spark._jvm.org.apache.hadoop.fs.Path
        root = self._path(path)
        self._fs = root.getFileSystem(spark._jsc.hadoopConfiguration())
        self._root = self._fs.makeQualified(root)

    @property
    def path(self) -> str:
        """The whole path, as Spark writes it."""
        return str(self._root.toString())

    def at(self, name: str) -> str:
        """The whole path of what it holds under a name."""
        return str(self._child(name).toString())

    def names(self) -> list[str]:
        """What it holds, in order; nothing when it is not there."""
        if not self._fs.exists(self._root):
            return []
        return sorted(status.getPath().getName() for status in self._fs.listStatus(self._root))

    def has(self, name: str) -> bool:
        return bool(self._fs.exists(self._child(name)))

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it."""
        self._fs.delete(self._child(name), True)

    def read(self, name: str) -> bytes:
        stream = self._fs.open(self._child(name))
        try:
            return b"".join(iter(lambda: bytes(stream.readNBytes(CHUNK)), b""))
        finally:
            stream.close()

    def write(self, name: str, lines: Iterable[bytes]) -> None:
        """Write a file whole: it gets its name when all of it is there."""
        part, end = self._child(name + ".tmp"), self._child(name)
        stream = self._fs.create(part, True)
        try:
            for chunk in _chunks(lines):
                stream.write(bytearray(chunk))
        finally:
            stream.close()
        self._fs.delete(end, False)
        if not self._fs.rename(part, end):
            raise OSError(f"{end.toString()} cannot be written")

    def _child(self, name: str) -> Any:
        return self._path(self._root, name)


def resolve(spark: Any, path: str) -> list[str]:
    """The whole paths that a path or a pattern of the user's stands for; none when there is no such file."""
    given = spark._jvm.org.apache.hadoop.fs.Path(path)
    fs = given.getFileSystem(spark._jsc.hadoopConfiguration())
    if fs.exists(given):
        return [str(fs.makeQualified(given).toString())]
    return [str(status.getPath().toString()) for status in fs.globStatus(given) or ()]


def _chunks(lines: Iterable[bytes]) -> Iterator[bytes]:
    held, size = [], 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= CHUNK:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
