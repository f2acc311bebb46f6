"""What stands behind a name in `because`: the row of the table that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from musnad.arabic.letters import norm
from musnad.codebook.book import Codebook, load
from musnad.codebook.table import DATA

_AT_LINE = re.compile(r"(?P<file>[\w/]+\.tsv):(?P<line>\d+)")
_WITH_KEY = re.compile(r"(?P<file>[\w/]+\.tsv):(?P<key>.+)")
_SAYING = "told by: "
_RULES: dict[str, tuple[str, str]] = {
    "back": ("a word that points back to a party named before", "لفظ يعود على طرف سبق ذكره"),
    "border": ("a border belongs to the country named first", "الحدود للبلد المذكور أولا"),
    "name told before": (
        "a short name of a party or person named in full before", "اسم مختصر لطرف أو شخص سبق ذكره كاملا"
    ),
    "personal name": (
        "a name of a person, who speaks for the office or side told with it",
        "اسم شخص يتكلم باسم المنصب أو الجهة المذكورة معه",
    ),
    "noun and adjective": (
        "a noun for people with the adjective of a country or party", "اسم لأشخاص ومعه نسبة إلى بلد أو طرف"
    ),
    "land and adjective": ("a part of a country told by its adjective", "جزء من بلد ذُكر بالنسبة إليه"),
    "capital and adjective": ("a capital told by the adjective of its country", "عاصمة ذُكرت بالنسبة إلى بلدها"),
    "the country that the report speaks of": (
        "a word such as the country, which means the one that the report speaks of",
        "لفظ مثل «البلاد»، وهي التي يتحدث عنها التقرير",
    ),
    "the armed group named last": (
        "fighters with no side told are those of the armed group named last",
        "مقاتلون لم تُذكر جهتهم، فهم للجماعة المسلحة المذكورة أخيرا",
    ),
    "the army named last": (
        "soldiers with no side told are those of the army named last", "جنود لم تُذكر جهتهم، فهم للجيش المذكور أخيرا"
    ),
}  # fmt: skip
"""Rules by their names, in English and in Arabic."""
_NAMED: dict[str, tuple[str, str]] = {
    "points back to ": ("a word that points back to", "لفظ يعود على"),
    "head ": ("a place with no entry, told by the noun", "مكان بلا مدخل، دل عليه الاسم"),
    "told by: ": ("told by:", "رواه:"),
    "weight:": ("weight", "وزن"),
}
"""Beginnings of names that tell a rule and what it was used on."""
_COLUMNS = {
    "lemma": "المدخل", "pos": "القسم", "root": "الجذر", "form": "الوزن", "type": "النوع", "masdar": "المصدر",
    "plural": "الجمع", "frame": "المواضع", "example": "مثال", "kind": "الصنف", "phrase": "العبارة",
    "status": "الصيغة", "direction": "الجهة", "reach": "المدى", "needs": "الشرط", "name": "الاسم",
    "arabic": "بالعربية", "country": "البلد", "province": "المحافظة", "lat": "العرض", "lon": "الطول",
    "km": "كم", "key": "المفتاح", "id": "الرمز", "english": "بالإنجليزية", "sector": "القطاع",
    "names": "الأسماء", "adjectives": "النسب", "from": "من", "to": "إلى", "note": "ملاحظة", "noun": "الاسم",
    "plurals": "الجموع", "class": "الصنف", "bare": "مجردا", "marks": "علامات", "iso3": "رمز البلد",
    "nisba": "النسبة", "people": "السكان", "capital": "العاصمة", "person": "الشخص", "short": "المختصر",
    "office": "المنصب",
}  # fmt: skip
"""Columns of the tables in Arabic."""


def plainly(name: str, lang: str = "en") -> str:
    """A name in `because` in words of a language, where it is a rule; the entry's own name else."""
    at = lang == "ar"
    if name in _RULES:
        return _RULES[name][at]
    for begin, words in _NAMED.items():
        if name.startswith(begin):
            return f"{words[at]} {name.removeprefix(begin)}"
    return name


_CELLS, _LENGTH = 7, 70


class Explainer:
    """Finds the row behind a name. The user's folder is looked into first."""

    def __init__(self, overlay: Path | None = None, data: Path = DATA, lang: str = "en") -> None:
        self._lang = lang
        self._folders = [folder for folder in (overlay, data) if folder is not None]
        self._rows = dict(_rows(load(overlay, data=data)))

    def __call__(self, name: str) -> str | None:
        """The row in words with its file and line; None when `name` says itself what it means."""
        name = name.removeprefix(_SAYING)
        if name in _RULES:
            return plainly(name, self._lang)
        if name in self._rows:
            return self._entry(*self._rows[name])
        if found := _AT_LINE.fullmatch(name):
            return self._at(found["file"], int(found["line"]))
        if found := _WITH_KEY.fullmatch(name):
            return self._with(found["file"], found["key"])
        return None

    def _entry(self, file: str, line: int, lemma: str) -> str | None:
        """The row of an entry; its lemma tells from which of the folders it is."""
        for lines in self._files(file):
            if line <= len(lines) and norm(lines[line - 1].split("\t")[0].strip()) == norm(lemma):
                return self._words(file, line, lines)
        return None

    def _at(self, file: str, line: int) -> str | None:
        """The row at a line, where only one of the folders has such a file."""
        files = self._files(file)
        return self._words(file, line, files[0]) if len(files) == 1 and 0 < line <= len(files[0]) else None

    def _with(self, file: str, key: str) -> str | None:
        """The first row with this cell."""
        for lines in self._files(file):
            for line, text in enumerate(lines, 1):
                if not text.startswith("#") and norm(key) in (norm(cell) for cell in text.split("\t")):
                    return self._words(file, line, lines)
        return None

    def _files(self, file: str) -> list[tuple[str, ...]]:
        return [lines for folder in self._folders if (lines := _lines(folder / file))]

    def _words(self, file: str, line: int, lines: tuple[str, ...]) -> str:
        header = next((text.split("\t") for text in lines if text.strip() and not text.startswith("#")), [])
        cells = lines[line - 1].split("\t")
        told = [
            (column, cell.strip()) for column, cell in zip(header, cells, strict=False) if cell.strip() not in ("", "-")
        ]
        shown = [
            f"{self._column(column)} {cell if len(cell) <= _LENGTH else cell[:_LENGTH] + '…'}"
            for column, cell in told[:_CELLS]
        ]
        return f"{file}:{line}  " + " · ".join(shown)

    def _column(self, column: str) -> str:
        return _COLUMNS.get(column, column) if self._lang == "ar" else column


def _rows(book: Codebook) -> Iterator[tuple[str, tuple[str, int, str]]]:
    """The names of all entries, each with file, line and lemma. Words of saying are named by their lemma too."""
    relations = (e for table in (book.ties, book.control, book.links, book.channels) for e in table.entries)
    speech = [*book.phrases_of_speech.entries, *book.speech.entries]
    events = [*book.expressions.entries, *book.events.entries]
    for entry in (*book.clitic_signs.values(), *book.signs.entries, *relations, *speech, *events):
        yield entry.id, (entry.file, entry.line, entry.lemma)
    for entry in speech:
        yield entry.lemma, (entry.file, entry.line, entry.lemma)


@lru_cache(maxsize=64)
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text("utf-8-sig").splitlines()) if path.is_file() else ()
