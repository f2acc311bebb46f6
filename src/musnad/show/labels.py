"""What tables and pages call things, in English and in Arabic, from `labels.tsv`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

Lang = Literal["en", "ar"]
LANGS: tuple[Lang, ...] = ("en", "ar")


@cache
def labels() -> dict[str, dict[Lang, str]]:
    """All labels: key -> language -> words."""
    text = files("musnad.show").joinpath("labels.tsv").read_text("utf8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {key: {"en": en, "ar": ar} for key, en, ar in rows[1:]}


def label(key: str, lang: Lang) -> str:
    """The words for a key, such as `type.ASSAULT`. A value that the list lacks is shown as it stands in the record."""
    words = labels().get(key)
    return words[lang] if words else key.partition(".")[2]
