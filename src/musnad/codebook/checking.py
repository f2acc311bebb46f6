"""What is wrong with the codebook's tables, told with file and line, so that a monitor can mend it.

Compiling stops at the first fault; here all are looked for: cells that cannot be read, entries told twice, entries that
hide one another, examples that are missing or do not use their entry, places outside their country.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from musnad.arabic.letters import norm
from musnad.arabic.text import tokenize
from musnad.codebook import places
from musnad.codebook.book import compile_tables
from musnad.codebook.entries import Entry, EventEntry, SignEntry
from musnad.codebook.events import COLUMNS, read_entry
from musnad.codebook.expressions import ExpressionTable
from musnad.codebook.geometry import distance_km
from musnad.codebook.heads import known_words, with_heads
from musnad.codebook.keys import Names, entry_key
from musnad.codebook.lexicon import Lexicon, paradigm
from musnad.codebook.means import load_phrases
from musnad.codebook.outside import km_outside
from musnad.codebook.speech import SIGN_COLUMNS, SPEECH_COLUMNS, is_clitic, read_sign, read_speech, sign_key
from musnad.codebook.stems import stems
from musnad.codebook.table import DATA, Row, layered, names_in, overlaid
from musnad.errors import CodebookError

E = TypeVar("E", bound=Entry)

FAR_KM = 45.0
"""Outlines are coarse: a place this near to its country counts as inside."""
WITH = {"PSE": ("ISR",), "ESH": ("MAR",), "UKR": ("RUS",)}
"""Countries whose outline is drawn within another's, as coarse maps have it."""
OFFSHORE_KM = 200.0
"""Gas and oil fields may lie this far out at sea."""
EXCLAVE_COLUMNS = ("name", "country", "lat", "lon", "km")
UNCHECKED = ("gazetteer", "places_countries")
"""Tables whose points are not entered by hand: islands and capitals lie off coarse outlines."""
_WHERE = re.compile(r"^(?P<file>.*?):(?P<line>\d+): (?P<text>.*)$", re.DOTALL)


class Problem(NamedTuple):
    """One fault. `line` is 0 when it concerns a whole file."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


def check(overlay: Path | None = None, data: Path = DATA) -> list[Problem]:
    """All faults of the codebook with the user's tables over it, by file and line; none when it is sound."""
    found: list[Problem] = []
    names = Names()
    events: list[EventEntry] = []
    for name in names_in("events", overlay, data):
        events += _entries(name, COLUMNS, entry_key, lambda row: read_entry(row, names), overlay, data, found)
    own = Names()
    speech = _entries("speech.tsv", SPEECH_COLUMNS, entry_key, lambda row: read_speech(row, own), overlay, data, found)
    signs = _entries("signs.tsv", SIGN_COLUMNS, sign_key, lambda row: read_sign(row, own), overlay, data, found)
    known = known_words(events, speech)
    found += [*_shadows(events), *_shadows(speech), *_shadows(signs)]
    found += [*_examples(events, known), *_examples(speech, known), *_examples(signs, known)]
    for name in ("weapons.tsv", "targets.tsv"):
        found += _phrases(name, overlay, data)
    found += _loads(lambda: compile_tables("", overlay, data))
    found += _places(overlay, data)
    return sorted(set(found))


def _problem(error: CodebookError) -> Problem:
    where = _WHERE.match(str(error))
    if where:
        return Problem(where["file"], int(where["line"]), where["text"])
    file, _, text = str(error).partition(": ")
    return Problem(file, 0, text)


def _loads(load: Callable[[], object]) -> list[Problem]:
    try:
        load()
    except CodebookError as error:
        return [_problem(error)]
    return []


def _entries(
    name: str,
    columns: Iterable[str],
    key: Callable[[Row], tuple[str, ...]],
    read: Callable[[Row], E],
    overlay: Path | None,
    data: Path,
    found: list[Problem],
) -> list[E]:
    faults: list[CodebookError] = []
    try:
        rows = layered(name, tuple(columns), key, overlay, data, faults)
        found += _twice(overlaid(name, tuple(columns), overlay, data, faults), key)
    except CodebookError as error:
        found.append(_problem(error))
        return []
    found += [_problem(fault) for fault in faults]
    out: list[E] = []
    for row in rows:
        try:
            out.append(read(row))
        except CodebookError as error:
            found.append(_problem(error))
    return out


def _twice(tables: Iterable[list[Row]], key: Callable[[Row], tuple[str, ...]]) -> list[Problem]:
    """Rows of one table with the same key and the same meaning."""
    out: list[Problem] = []
    for rows in tables:
        first: dict[tuple[str, ...], Row] = {}
        for row in rows:
            told = (*key(row), row.cells.get("root", ""), row.cells.get("type", row.cells.get("kind", "")))
            before = first.setdefault(told, row)
            if before is not row:
                out.append(Problem(row.file, row.line, f"told twice: as in line {before.line}"))
    return out


def _shadows(entries: Iterable[Entry]) -> list[Problem]:
    """Entries of which a report could never tell which is meant: the same words with the same meaning, in two files."""
    out: list[Problem] = []
    first: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        words = norm(entry.lemma.replace("*", ""))
        meaning = entry.types if isinstance(entry, EventEntry) else getattr(entry, "kind", getattr(entry, "status", ""))
        inflected = (entry.pos, entry.root, entry.form.partition(":")[0], entry.trigger)
        before = first.setdefault((words, inflected, meaning), entry)
        if before is not entry and before.file != entry.file:
            out.append(Problem(entry.file, entry.line, f"is shadowed by {before.file}:{before.line} ({before.lemma})"))
    return out


def _examples(entries: list[E], known: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]) -> list[Problem]:
    """Entries without an example, or whose example does not use them (a wrong root shows itself here)."""
    out: list[Problem] = []
    expressions = {e.id: e for e in with_heads(entries, known)}
    for entry in entries:
        if entry.example in ("", "-"):
            out.append(Problem(entry.file, entry.line, f"{entry.lemma} has no example"))
            continue
        tokens = tokenize(entry.example)
        try:
            if isinstance(entry, SignEntry) and is_clitic(entry):
                used = any(t.norm.startswith(norm(entry.lemma)) for t in tokens)
            elif entry.id in expressions:
                table = ExpressionTable([(expressions[entry.id], paradigm(expressions[entry.id]))])
                used = bool(table.find(tokens))
            else:
                lexicon = Lexicon([entry])
                used = any(stem in lexicon for t in tokens for _, stem, _ in stems(t.norm))
        except CodebookError as error:
            out.append(_problem(error))
            continue
        if not used:
            out.append(Problem(entry.file, entry.line, f"the example of {entry.lemma} does not use it"))
    return out


def _phrases(name: str, overlay: Path | None, data: Path) -> list[Problem]:
    try:
        table = load_phrases(name, overlay, data)
    except CodebookError as error:
        return [_problem(error)]
    out: list[Problem] = []
    for phrase, entries in table.items():
        for entry in entries[1:]:
            out.append(Problem(entry.file, entry.line, f"{phrase} is shadowed by line {entries[0].line}"))
    return out


def _places(overlay: Path | None, data: Path) -> list[Problem]:
    try:
        book = places.load(data, overlay)
    except CodebookError as error:
        return [_problem(error)]
    out: list[Problem] = []
    exclaves: dict[str, list[tuple[float, float, float]]] = {}
    for row in layered("exclaves.tsv", EXCLAVE_COLUMNS, lambda r: (r.cells["name"], r.cells["country"]), overlay, data):
        lat, lon, km = (float(row.cells[column]) for column in ("lat", "lon", "km"))
        exclaves.setdefault(row.cells["country"], []).append((lat, lon, km))
    for place in book.entries:
        if place.lat is None or place.lon is None or place.source.startswith(UNCHECKED):
            continue
        rings = [r for c in (place.country, *WITH.get(place.country, ())) for r in book.outlines.get(c, ())]
        if not rings or place.kind in ("sea", "strait", "island"):
            continue
        if any(distance_km(place.lat, place.lon, *at) < km for *at, km in exclaves.get(place.country, ())):
            continue
        away = km_outside((place.lat, place.lon), rings)
        if away > (OFFSHORE_KM if place.kind == "field" else FAR_KM) + (place.km or 0.0):
            file, _, line = place.source.rpartition(":")
            text = f"{place.name} lies {away:.0f} km outside {place.country}"
            out.append(Problem(file or place.source, int(line) if line.isdigit() else 0, text))
    return out
