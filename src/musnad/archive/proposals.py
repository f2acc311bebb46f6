"""What a correction says of the codebook: the entry that it proposes, and what that entry would change in the archive.

An act that an analyst adds points to a word that the tables lack; another type or mode, to an entry that means
something else; a rejected act, to an entry that should perhaps not be there; another party or place behind the same
words, to a name that is missing. Nothing is kept before an analyst has seen the changes and says so.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from musnad import __version__
from musnad.arabic.letters import norm
from musnad.arabic.text import tokenize
from musnad.archive import corrections, search
from musnad.archive.corrections import KINDS, Correction, Record
from musnad.archive.differences import Change, changes
from musnad.codebook import Codebook, EventEntry, load
from musnad.codebook.actors import ENTITY_COLUMNS
from musnad.codebook.events import COLUMNS as EVENT_COLUMNS
from musnad.codebook.events import read_entry
from musnad.codebook.guessing import guess
from musnad.codebook.keys import Names
from musnad.codebook.lexicon import paradigm
from musnad.codebook.lookup import find_in
from musnad.codebook.own_tables import put, row_at
from musnad.codebook.places import COLUMNS as PLACE_COLUMNS
from musnad.codebook.table import Row
from musnad.errors import UsageError
from musnad.record import Actor, CodedReport, Control, Event, Place, Tie

if TYPE_CHECKING:
    from musnad.archive.archive import Archive, Stored

Why = Literal["missing", "type", "unwanted", "party", "place"]
MOST = 60
"""Reports that a trial codes again."""
FORMS = 200
"""Forms of a word that are looked for."""


@dataclass(frozen=True)
class Proposal:
    """A row of a table that a correction proposes. `words` are those of the report; `stands` is the row as the codebook
    has it now, empty where it has none; a row that takes an entry out begins with `-`."""

    correction: int
    report_id: str
    why: Why
    words: str
    table: str
    cells: dict[str, str]
    stands: str = ""

    @property
    def name(self) -> str:
        """What tells the proposals of one correction apart."""
        return f"{self.why}:{self.words}"

    @property
    def removes(self) -> bool:
        """Whether the row takes an entry out."""
        return next(iter(self.cells.values())).startswith("-")

    @property
    def line(self) -> str:
        """The row as it stands in its table."""
        return "\t".join(self.cells.values())


@dataclass(frozen=True)
class Trial:
    """What a proposal would change: `holding` reports of the archive hold its word, `tried` of them (those added last)
    were coded with and without it; `changed` are the reports whose records differ."""

    holding: int
    tried: int
    changed: tuple[tuple[Stored, tuple[Change, ...]], ...]

    def count(self, sign: str) -> int:
        """How many records are new (+), gone (-) or changed (~)."""
        return sum(c.sign == sign for _, found in self.changed for c in found)


# ---- what a correction proposes


def of(archive: Archive, number: int, overlay: Path | None = None, viewer: str = "") -> list[Proposal]:
    """The proposals of the correction with a number. Raises UsageError when there is none that the viewer may see."""
    said = next((c for c in corrections.visible(corrections.of(archive), viewer) if c.n == number), None)
    stored = archive.report(said.report_id) if said is not None else None
    if said is None or stored is None:
        raise UsageError(f"there is no correction {number}")
    return list(_proposed(said, stored.report.body, _book(overlay), overlay))


def news(archive: Archive, number: str, overlay: Path | None = None, viewer: str = "") -> list[Proposal]:
    """The proposals of a correction that was made just now; none for a number that is none."""
    try:
        return (
            of(archive, int(number), overlay, viewer)
            if number.isascii() and number.isdigit() and len(number) < 12
            else []
        )
    except UsageError:
        return []


def among(stored: Stored, said: Iterable[Correction], overlay: Path | None = None) -> set[int]:
    """Those of a report's corrections that propose an entry, by number."""
    book, body = _book(overlay), stored.report.body
    return {c.n for c in said if any(True for _ in _proposed(c, body, book, overlay))}


def newest(archive: Archive, overlay: Path | None = None, *, limit: int = 12) -> list[Proposal]:
    """The first proposal of each of the corrections made last, newest first. Rejected acts are left out: most of them
    point to no entry; what the user's folder says already proposes nothing more."""
    out: list[Proposal] = []
    book = _book(overlay)
    for c in reversed(corrections.of(archive)[-4 * limit :]):
        stored = archive.report(c.report_id) if c.verdict in ("change", "add") and not c.sealed else None
        if stored is not None and len(out) < limit:
            out += list(_proposed(c, stored.report.body, book, overlay))[:1]
    return out


def _book(overlay: Path | None) -> Codebook:
    from musnad.engine import open_book

    return open_book(overlay if overlay is not None and overlay.is_dir() else None)


def _proposed(c: Correction, body: str, book: Codebook, overlay: Path | None) -> Iterator[Proposal]:
    before = _record(c.machine, c.kind)
    after = _record(c.record, c.kind)
    if c.verdict == "accept":
        return
    if isinstance(before, Event) and (c.verdict == "reject" or isinstance(after, Event)):
        yield from _of_entry(c, before, after if isinstance(after, Event) else None, book, overlay)
    if isinstance(after, Event) and before is None:
        yield from _of_word(c, after, body, book, overlay)
    if after is not None:
        yield from _of_names(c, before, after, book)


def _record(data: str | None, kind: str) -> Record | None:
    return None if data is None else msgspec.json.decode(data, type=KINDS[kind])


def _sense(e: Event) -> str:
    return f"{e.type}/{e.mode}" if e.mode else e.type


def _of_entry(
    c: Correction, before: Event, after: Event | None, book: Codebook, overlay: Path | None
) -> Iterator[Proposal]:
    """The entry behind an event whose type was corrected, or which is no act at all."""
    if after is not None and (after.type, after.mode) == (before.type, before.mode):
        return
    entry = next((e for name in before.because if (e := _entry(name, book)) is not None), None)
    if entry is not None:
        yield from _changed_entry(c, before.trigger.text, entry, _sense(after) if after is not None else None, overlay)


def _changed_entry(
    c: Correction, words: str, entry: EventEntry, sense: str | None, overlay: Path | None
) -> Iterator[Proposal]:
    row = row_at(entry.file, entry.line)
    if row is None:
        return
    cells = {column: row.cells.get(column, "-") for column in EVENT_COLUMNS}
    stands = "\t".join(cells.values())
    file = Path(entry.file)
    table = file.relative_to(overlay).as_posix() if overlay is not None and file.is_relative_to(overlay) else entry.file
    if sense is None:
        gone = {column: "-" for column in EVENT_COLUMNS} | {"lemma": f"-{cells['lemma']}"}
        yield Proposal(c.n, c.report_id, "unwanted", words, table, gone, stands)
        return
    senses = [sense, *(t for t in cells["type"].split("|") if t.strip() != sense)]
    if "|".join(senses) != cells["type"]:
        yield Proposal(c.n, c.report_id, "type", words, table, cells | {"type": "|".join(senses)}, stands)


def _of_word(c: Correction, added: Event, body: str, book: Codebook, overlay: Path | None) -> Iterator[Proposal]:
    """A word that an analyst says is an act: an entry of its own, or one more meaning of the entry that it has."""
    found = [f.entry for f in find_in(book, added.trigger.text) if f.table == "event"]
    known = [e for name in found if (e := _entry(name, book)) is not None]
    if any((added.type, added.mode) in e.types or (added.type, None) in e.types for e in known):
        return
    if known:
        yield from _changed_entry(c, added.trigger.text, known[0], _sense(added), overlay)
        return
    text = added.trigger.text
    cells = dict.fromkeys(EVENT_COLUMNS, "-")
    if " " in text:
        cells |= {"lemma": "*" + text, "pos": "x"}
    else:
        cells |= guess(text)._asdict()
    cells |= {"type": _sense(added), "frame": "s=A o=R", "example": sentence(body, added.trigger.start)}
    yield Proposal(c.n, c.report_id, "missing", text, "events/archive.tsv", cells)


def _entry(name: str, book: Codebook) -> EventEntry | None:
    for entries in (book.events.entries, book.expressions.entries):
        for e in entries:
            if e.id == name:
                return e
    return None


def _of_names(c: Correction, before: Record | None, after: Record, book: Codebook) -> Iterator[Proposal]:
    """Words that mean another party or place than the codebook thinks."""
    seen = {(a.start, a.end, _told(a)) for a in _named(before)} if before is not None else set()
    done: set[str] = set()
    for a in _named(after):
        if (a.start, a.end, _told(a)) in seen or a.text in done:
            continue
        done.add(a.text)
        nobody = isinstance(a, Actor) and (a.id == "ANON" or a.id.startswith("MEDIA:"))
        if isinstance(a, Actor) and not nobody and a.id not in _known(a.text, book):
            yield Proposal(c.n, c.report_id, "party", a.text, "actors_archive.tsv", _party_row(a, book))
        elif isinstance(a, Place) and not _is_known_place(a, book):
            yield Proposal(c.n, c.report_id, "place", a.text, "places_archive.tsv", _place_row(a))


def _told(a: Actor | Place) -> str:
    return a.id if isinstance(a, Actor) else a.name


def _named(r: Record) -> tuple[Actor | Place, ...]:
    if isinstance(r, Event):
        return (*r.actors, *r.recipients, *r.chain, *r.places)
    if isinstance(r, Control):
        return (r.holder, *((r.former,) if r.former else ()), *r.chain, r.place)
    assert isinstance(r, Tie)
    return r.a, r.b


def _known(text: str, book: Codebook) -> set[str | None]:
    """The ids that the codebook gives to words standing alone."""
    from musnad.coding.actor_mentions import ReportContext
    from musnad.coding.actors import find_actors

    return {m.id for m in find_actors(tokenize(text), text, book.actors, ReportContext(None, None, None))}


def _is_known_place(p: Place, book: Codebook) -> bool:
    found = book.places.names.get(norm(p.text).replace(" ", ""), ())
    return any(book.places.entries[i].name == p.name for i in found)


def _party_row(a: Actor, book: Codebook) -> dict[str, str]:
    country, _, sector = a.id.partition("-")
    found = book.actors.entities.get(a.id, ())
    cells = dict.fromkeys(ENTITY_COLUMNS, "")
    cells |= {"key": a.id, "id": a.id, "names": a.text}
    if found:
        return cells | {"english": found[0].english, "country": found[0].country, "sector": found[0].sector}
    return cells | {"english": a.id, "country": country if sector else "XXX", "sector": sector or "REB"}


def _place_row(p: Place) -> dict[str, str]:
    cells = dict.fromkeys(PLACE_COLUMNS, "")
    cells |= {"name": p.name, "arabic": p.text, "country": p.country, "kind": p.kind or "town"}
    if p.lat is not None and p.lon is not None:
        cells |= {"lat": f"{p.lat:g}", "lon": f"{p.lon:g}", "km": f"{p.precision_km or 5:g}"}
    return cells


def sentence(body: str, at: int) -> str:
    """The sentence of a text around a character, on one line, as the example of an entry."""
    start = max(body.rfind(stop, 0, at) for stop in ("\n", ". ", "؟ ", "! ")) + 1
    end = min((e for stop in ("\n", ". ", "؟", "!") if (e := body.find(stop, at)) >= 0), default=len(body) - 1) + 1
    return " ".join(body[start:end].split())[:300] or "-"


# ---- what it would change


def edited(p: Proposal, cells: dict[str, str]) -> Proposal:
    """The proposal with cells that an analyst wrote otherwise; those of other columns are left out."""
    told = {c: " ".join(cells.get(c, v).split()) or ("-" if v == "-" else "") for c, v in p.cells.items()}
    return replace(p, cells=told)


def trial(archive: Archive, overlay: Path | None, p: Proposal, *, most: int = MOST) -> Trial:
    """Code the reports that hold the word again, with the proposed row laid over the codebook, and tell what differs.

    Raises CodebookError when the row cannot be read, with the reason.
    """
    from musnad.coding import code

    folder = overlay if overlay is not None and overlay.is_dir() else None
    now = load(folder)
    with tempfile.TemporaryDirectory() as made:
        own = Path(made) / "tables"
        if folder is not None:
            shutil.copytree(folder, own)
        put(own, p.table, p.cells)
        then = load(own, cached=False)
    holding, numbers = search.holding(archive, forms(p), limit=most)
    changed = []
    for n in numbers:
        stored = archive.report(n)
        if stored is None:
            continue
        by = stored.machine.by
        fresh = by is not None and by.version == __version__ and by.codebook == now.digest[:16]
        before: CodedReport = stored.machine if fresh else code(stored.report, now)
        found = tuple(changes(before, code(stored.report, then)))
        if found:
            changed.append((stored, found))
    return Trial(holding, len(numbers), tuple(changed))


def forms(p: Proposal) -> list[str]:
    """The written forms of a proposed row's word, by which reports are found."""
    if not p.table.startswith("events/"):
        column = "arabic" if p.why == "place" else "names"
        return [n for n in p.cells[column].split("|") if n.strip()]
    cells = dict(zip(p.cells, p.stands.split("\t"), strict=True)) if p.removes else p.cells
    entry = read_entry(Row(dict(cells), p.table, 0), Names())
    if entry.words:
        spelled = [w.split("/") for w in entry.words if w != "…"]
        return [" ".join(w[0] for w in spelled), p.words]
    return list(dict.fromkeys([p.words, *(text for text, _ in paradigm(entry))]))[:FORMS]


def keep(overlay: Path, p: Proposal) -> Path:
    """Write the row into the user's folder; returns the file. The codebook is compiled with it first, so that a row
    that cannot be read is never kept."""
    with tempfile.TemporaryDirectory() as made:
        own = Path(made) / "tables"
        if overlay.is_dir():
            shutil.copytree(overlay, own)
        put(own, p.table, p.cells)
        load(own, cached=False)
    return put(overlay, p.table, p.cells)
