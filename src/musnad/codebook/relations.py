"""The tables of standing facts and of what joins one act to another: ties.tsv, control.tsv, links.tsv, channels.tsv.

A row of ties.tsv or control.tsv is a word or expression with a frame: which slot around it (`h` the noun that it
describes, `g` its genitive, `s` subject, `o` object, `adj` an adjective of nationality, or a preposition) is which
party or place. A row of links.tsv is a word that joins two acts. Words are inflected as those of the events are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from musnad.arabic.letters import norm
from musnad.arabic.text import Token
from musnad.codebook.entries import Entry, Frame, Reading, barred, listed, word_parts
from musnad.codebook.expressions import ExpressionTable, Found
from musnad.codebook.heads import Pattern, with_heads
from musnad.codebook.keys import Names, entry_key
from musnad.codebook.lexicon import Lexicon, paradigm
from musnad.codebook.stems import fits, stems
from musnad.codebook.table import DATA, Row, layered

TIE_KINDS = ("backs", "part_of", "allied", "opposes")
CHANGES = ("holds", "gained", "lost", "contested", "present")
LINK_KINDS = ("purpose", "cause", "answer", "after", "before", "with", "leads")
CHANNELS = ("press_conference", "interview", "statement", "speech", "broadcast", "social_media", "letter", "testimony")
KINDS = {"ties.tsv": TIE_KINDS, "control.tsv": CHANGES, "links.tsv": LINK_KINDS, "channels.tsv": CHANNELS}
ROLES = {
    "ties.tsv": ("a", "b", "ab", "P", "-"),
    "control.tsv": ("H", "P", "F", "HH", "-"),
    "links.tsv": ("-",),
    "channels.tsv": ("-",),
}
"""Roles by table: parties a and b of a tie (`P` patron or party, told by who they are); holder H, place P, former
holder F, HH several that fight over it."""

NEVER_MEANT = frozenset(["ي", "ني", "ك", "كم", "كن"])
"""Pronouns that reports hardly write behind these words; the letters belong to another word (خسروي)."""

COLUMNS = ("lemma", "pos", "root", "form", "masdar", "plural", "kind", "frame", "example")


class RelationEntry(Entry, frozen=True, kw_only=True):
    """A word of standing facts: `kind` is that of the tie, the change of control, or the link; `frame` maps a slot to
    the role of what fills it. `needs` limits the form: present, past, verb, noun; "-" when any will do."""

    kind: str
    frame: Frame
    needs: str


class RelationTable:
    """The words and expressions of one table; `find` gives them in a row of tokens."""

    def __init__(self, entries: Sequence[RelationEntry], known: dict[str, Pattern] | None = None) -> None:
        self.words: Lexicon[RelationEntry] = Lexicon(e for e in entries if e.pos != "x")
        self.expressions: ExpressionTable[RelationEntry] = ExpressionTable(
            (e, paradigm(e)) for e in with_heads(list(entries), known or {})
        )
        self._seen: dict[str, tuple[tuple[str, Reading[RelationEntry], str], ...]] = {}

    def __getstate__(self) -> tuple[Any, ...]:
        return self.words, self.expressions

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.words, self.expressions = state
        self._seen = {}

    @property
    def entries(self) -> list[RelationEntry]:
        """All entries, words first."""
        return [*self.words.entries, *self.expressions.entries]

    def readings(self, form: str) -> tuple[tuple[str, Reading[RelationEntry], str], ...]:
        """The readings of a word form as (particles, reading, pronoun), those that take least off."""
        found = self._seen.get(form)
        if found is None:
            found = self._seen[form] = self._read(form)
        return found

    def _read(self, form: str) -> tuple[tuple[str, Reading[RelationEntry], str], ...]:
        out: list[tuple[str, Reading[RelationEntry], str]] = []
        cost = -1
        for particles, stem, pronoun in stems(form):
            here = len(particles) + len(pronoun)
            if cost >= 0 and here > cost:
                continue
            for reading in self.words.get(stem):
                if not fits(particles, pronoun, reading.pos, reading.tense) or not _needed(reading):
                    continue
                if pronoun in NEVER_MEANT:
                    continue
                if reading.pos == "verb" and pronoun and "o" not in reading.entry.frame and reading.entry.frame:
                    continue
                cost = here
                if all(
                    (r.entry.id, r.pos, r.voice) != (reading.entry.id, reading.pos, reading.voice) for _, r, _ in out
                ):
                    out.append((particles, reading, pronoun))
        return tuple(out)

    def find(self, tokens: Sequence[Token]) -> list[Found[RelationEntry]]:
        """All words and expressions of the table, in text order; an expression hides the words inside it."""
        longer = [f for f in self.expressions.find(tokens) if _needed(f.reading)]
        inside = {f.trigger for f in longer} | {f.first for f in longer}
        out = list(longer)
        seen = self._seen
        for i, token in enumerate(tokens):
            readings = seen.get(token.norm)
            if readings is None and token.kind == "word":
                readings = self.readings(token.norm)
            if not readings or token.kind != "word" or i in inside:
                continue
            for particles, reading, pronoun in readings:
                out.append(Found(i, i, i, reading, particles, pronoun))
        out.sort(key=lambda f: (f.first, -f.last))
        return out


def _needed(reading: Reading[RelationEntry]) -> bool:
    need = reading.entry.needs
    if need == "-":
        return True
    if reading.pos == "verb":
        return need in ("verb", reading.tense) or (need == "present" and reading.tense == "jussive")
    return need == "noun"


def load_relations(
    name: str, known: dict[str, Pattern], overlay: Path | None = None, data: Path = DATA
) -> RelationTable:
    """One of the tables, inflected. `known` holds the paradigms of the events' and the speech words' heads."""
    names = Names()
    rows = layered(name, COLUMNS, _key, overlay, data)
    return RelationTable([_read(row, names, name) for row in rows], known)


def _key(row: Row) -> tuple[str, ...]:
    return (*entry_key(row), row.cells["kind"])


def _read(row: Row, names: Names, name: str) -> RelationEntry:
    cells = row.cells
    if cells["pos"] not in ("v", "n", "adj", "x"):
        raise row.fault(f"unknown pos {cells['pos']!r}; one of v, n, adj, x")
    if cells["pos"] == "v" and cells["root"] == "-":
        raise row.fault("a verb needs its root")
    if cells["kind"] not in KINDS[name]:
        raise row.fault(f"unknown kind {cells['kind']!r}; one of {', '.join(KINDS[name])}")
    words, trigger = word_parts(row) if cells["pos"] == "x" else ((), 0)
    return RelationEntry(
        id=names.unique(row, cells["lemma"]),
        lemma=cells["lemma"],
        pos=cells["pos"],
        root=cells["root"],
        form=cells["form"],
        masdars=listed(cells["masdar"]),
        plurals=listed(cells["plural"]),
        barred=barred(cells["masdar"], cells["plural"]),
        example=cells["example"],
        file=row.file,
        line=row.line,
        words=words,
        trigger=trigger,
        kind=cells["kind"],
        frame=_frame(row, ROLES[name]),
        needs=cells.get("needs", "-"),
    )


def _frame(row: Row, roles: tuple[str, ...]) -> Frame:
    frame: Frame = {}
    if row.cells["frame"] in ("", "-"):
        return frame
    for part in row.cells["frame"].split():
        slot, equals, role = part.partition("=")
        if not equals or not slot or role not in roles:
            raise row.fault(f"cannot read {part!r} in the frame; write slot=role with one of {', '.join(roles)}")
        frame[norm(slot)] = (role,)
    return frame


def load_groups(overlay: Path | None = None, data: Path = DATA) -> dict[str, str]:
    """groups.tsv: from the normal form of a noun for people to the group that a toll is counted for."""
    out: dict[str, str] = {}
    for row in layered("groups.tsv", ("noun", "group", "plurals", "example"), _noun, overlay, data):
        for form in (row.cells["noun"], *row.cells["plurals"].split(",")):
            if form.strip() not in ("", "-"):
                out[norm(form.strip())] = row.cells["group"]
    return out


def _noun(row: Row) -> tuple[str, ...]:
    return (norm(row.cells["noun"]),)
