"""What the codebook makes of a word or phrase, and how much it holds, in lines for people."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from musnad.arabic.letters import norm
from musnad.arabic.text import Token, tokenize
from musnad.codebook.actors import ActorBook
from musnad.codebook.book import Codebook, load
from musnad.codebook.entries import Entry, EventEntry, Frame, Reading, SignEntry, SpeechEntry
from musnad.codebook.expressions import ExpressionTable
from musnad.codebook.lexicon import Lexicon
from musnad.codebook.stems import fits, stems


class Finding(NamedTuple):
    """One thing that a word may mean: the table and entry that say so, what it means, and how the word was read."""

    table: str
    entry: str
    meaning: str
    reading: str
    file: str
    line: int

    def __str__(self) -> str:
        where = f"  ({self.file}:{self.line})" if self.line else f"  ({self.file})" if self.file else ""
        read = f"  [{self.reading}]" if self.reading else ""
        return f"{self.table}: {self.entry}  {self.meaning}{read}{where}"


def find(word: str, overlay: Path | None = None) -> list[Finding]:
    """All that the codebook knows of a word or phrase in any inflected form; nothing when it knows none of it."""
    return find_in(load(overlay), word)


def find_in(book: Codebook, word: str) -> list[Finding]:
    """The same in a codebook that is loaded already."""
    tokens = tokenize(word)
    out: list[Finding] = []
    for token in tokens:
        out += _words("event", book.events, token)
        out += _words("speech", book.speech, token)
    out += _expressions("event", book.expressions, tokens)
    out += _expressions("speech", book.phrases_of_speech, tokens)
    out += _expressions("sign", book.signs, tokens)
    for name, table in (("weapon", book.weapons), ("target", book.targets)):
        for match in table.find(tokens, overlap=True):
            for entry in match.values:
                said = ", ".join(f"{k} {v}" for k, v in entry.fields.items() if k in ("class", "mode") and v != "-")
                out.append(Finding(name, entry.phrase, said, "", entry.file, entry.line))
    for i in range(len(tokens)):
        out += _actors(book.actors, tokens, i)
    for i in range(len(tokens)):
        for j in range(len(tokens), i, -1):
            out += _places(book, "".join(t.norm for t in tokens[i:j]))
    return list(dict.fromkeys(out))


def stats(overlay: Path | None = None) -> dict[str, int]:
    """How many entries of each kind the codebook holds."""
    book = load(overlay)
    events: list[EventEntry] = [*book.events.entries, *book.expressions.entries]
    kinds = Counter(name for entry in events for name in dict.fromkeys(t for t, _ in entry.types))
    out = {
        "event entries": len(events),
        "event expressions among them": len(book.expressions),
        "event word forms": len(book.events),
    }
    out.update({f"events {kind}": kinds[kind] for kind in sorted(kinds)})
    out["speech entries"] = len(book.speech.entries) + len(book.phrases_of_speech)
    signs = [*book.signs.entries, *book.clitic_signs.values()]
    out["signs of status"] = len(signs)
    statuses = Counter(sign.status for sign in signs)
    out.update({f"signs {status}": statuses[status] for status in sorted(statuses)})
    out["weapon phrases"] = len(book.weapons)
    out["target phrases"] = len(book.targets)
    out["named actors"] = len(book.actors.entities)
    out["role nouns"] = len(book.actors.roles)
    out["persons"] = len(book.actors.persons)
    out["media"] = len(book.actors.media)
    out["places"] = len(book.places.entries)
    out["place names"] = len(book.places.names)
    return out


def _words(table: str, lexicon: Lexicon[EventEntry] | Lexicon[SpeechEntry], token: Token) -> list[Finding]:
    out: dict[str, Finding] = {}
    for particles, stem, pronoun in stems(token.norm):
        for reading in lexicon.get(stem):
            if fits(particles, pronoun, reading.pos, reading.tense):
                out.setdefault(
                    reading.entry.id, _finding(table, reading.entry, _read(particles, stem, pronoun, reading))
                )
    return list(out.values())


def _expressions(
    table: str,
    expressions: ExpressionTable[EventEntry] | ExpressionTable[SpeechEntry] | ExpressionTable[SignEntry],
    tokens: list[Token],
) -> list[Finding]:
    out = []
    for found in expressions.find(tokens):
        entry: Entry = found.reading.entry
        out.append(_finding(table, entry, " ".join(t.text for t in tokens[found.first : found.last + 1])))
    return out


def _finding(table: str, entry: Entry, reading: str) -> Finding:
    return Finding(table, entry.id, _meaning(entry), reading, entry.file, entry.line)


def _meaning(entry: Entry) -> str:
    if isinstance(entry, EventEntry):
        types = "|".join(f"{kind}/{mode}" if mode else kind for kind, mode in entry.types)
        return f"{types} {_frame(entry.frame)}".strip()
    if isinstance(entry, SpeechEntry):
        return f"{entry.kind} {_frame(entry.frame)}".strip()
    if isinstance(entry, SignEntry):
        return f"{entry.status} {entry.direction} {entry.reach}" + (f" {entry.needs}" if entry.needs != "-" else "")
    return ""


def _frame(frame: Frame) -> str:
    return " ".join(f"{slot}={'|'.join(roles)}" for slot, roles in frame.items())


def _read(particles: str, stem: str, pronoun: str, reading: Reading[EventEntry] | Reading[SpeechEntry]) -> str:
    word = "+".join(part for part in (particles, stem, pronoun) if part)
    person = str(reading.person) if reading.person else ""
    return " ".join(p for p in (word, reading.pos, reading.tense, reading.voice, person, reading.number) if p)


def _actors(book: ActorBook, tokens: list[Token], i: int) -> list[Finding]:
    out: list[Finding] = []
    for reading in book.word(tokens[i].norm):
        for form in reading.forms:
            role = book.roles[form.role]
            meaning = " ".join(p for p in (role.cls, role.sector) if p and p != "-")
            out.append(Finding("role", role.noun, meaning, form.number, role.entry, 0))
        for adjective in reading.adjectives:
            out.append(Finding("adjective", adjective.of, adjective.kind, adjective.number, "", 0))
        node, j = reading.node, i
        while node is not None:
            for name in node[0]:
                entity = book.entities.get(name.of, ()) if name.kind == "entity" else ()
                said = entity[0].english if entity else name.kind
                words = " ".join(t.text for t in tokens[i : j + 1])
                out.append(Finding("actor", name.of, said, words, entity[0].entry if entity else "", 0))
            j += 1
            node = node[1].get(tokens[j].norm) if j < len(tokens) and node[1] else None
    return out


def _places(book: Codebook, name: str) -> list[Finding]:
    out = []
    for i in book.places.names.get(norm(name), ()):
        place = book.places.entries[i]
        point = f" {place.lat:.2f},{place.lon:.2f}" if place.lat is not None and place.lon is not None else ""
        file, _, line = place.source.rpartition(":")
        out.append(
            Finding(
                "place",
                place.name,
                f"{place.country} {place.kind}{point}",
                "",
                file,
                int(line) if line.isdigit() else 0,
            )
        )
    return out
