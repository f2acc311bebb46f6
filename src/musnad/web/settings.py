"""What is decided when the pages are opened: the language, who may ask, and whether anything may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from musnad.show.labels import Lang

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Settings:
    """`lang` is the language of first sight; `hosts` are the names under which the pages answer; `password`, when it
    is given, is asked of everybody; `read_only` refuses every change; `tiles` is the address of street tiles with {z},
    {x} and {y}, which a reader may turn on; without it no other host is ever asked. `codebook` is the folder of own
    tables: sentences are tried with it, and entries that corrections propose are kept there."""

    lang: Lang = "ar"
    hosts: tuple[str, ...] = LOOPBACK
    password: str | None = None
    read_only: bool = False
    tiles: str | None = None
    codebook: Path | None = None

    @property
    def tables(self) -> Path | None:
        """The folder of own tables once it is there."""
        return self.codebook if self.codebook is not None and self.codebook.is_dir() else None
