"""Classes of words that are used alike, so that what is learned of one word helps with its kin (tools/cluster.py)."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from musnad.kept import parsed

_HEADS = ("وبال", "ولل", "وال", "بال", "كال", "فال", "لل", "ال")


@lru_cache(maxsize=1 << 17)
def light(form: str) -> str:
    """A normal form without article and what is written before it."""
    for head in _HEADS:
        if form.startswith(head) and len(form) > len(head) + 1:
            return form[len(head) :]
    if len(form) > 4 and form[0] == "و" and form[1] in "يتاسمقفنبلكحع":
        return form[1:]
    return form


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[str, str]]:
    """Word to (coarse class, fine class)."""
    return parsed("classes", __file__, _parse, (files("musnad.coding") / "classes.tsv").read_bytes())


def _parse(data: bytes) -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for line in data.decode("utf8").splitlines():
        if not line.startswith("#"):
            word, coarse, fine = line.split("\t")
            out[word] = (coarse, fine)
    return out


@lru_cache(maxsize=1 << 17)
def of(form: str) -> tuple[str, str]:
    """The classes of a word form, ("", "") when it is too rare to have any."""
    return table().get(light(form), ("", ""))
