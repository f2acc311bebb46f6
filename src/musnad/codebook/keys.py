"""Names by which entries are known: stable, readable, and never twice the same."""

from __future__ import annotations

from pathlib import PurePath

from musnad.arabic.letters import DELETED, norm
from musnad.codebook.table import Row


def entry_key(row: Row) -> tuple[str, ...]:
    """What makes a row of the user's replace one of ours: the same lemma, part of speech and verb form."""
    cells = row.cells
    return norm(cells["lemma"].replace("*", "")), cells.get("pos", ""), cells.get("form", "").partition(":")[0]


class Names:
    """Hands out ids such as `accuse:اتهم`; a second entry of the same lemma in a file gets `accuse:اتهم~2`."""

    def __init__(self) -> None:
        self._count: dict[str, int] = {}

    def unique(self, row: Row, lemma: str) -> str:
        """The id of the next entry of this lemma."""
        name = f"{PurePath(row.file).stem}:{DELETED.sub('', lemma.replace('*', ''))}"
        count = self._count[name] = self._count.get(name, 0) + 1
        return name if count == 1 else f"{name}~{count}"
