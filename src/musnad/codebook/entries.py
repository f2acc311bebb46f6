"""The nouns of the codebook: what an entry for an act, for saying, or for a sign of status holds."""

from __future__ import annotations

from functools import cached_property
from typing import Generic, Literal, TypeVar

import msgspec

from musnad.arabic.letters import norm
from musnad.codebook.table import Row

MODES: dict[str, tuple[str, ...]] = {
    "ASSAULT": (
        "airstrike", "drone", "shelling", "bombing", "suicide", "attack", "clash", "capture", "assassinate", "execute",
        "abduct", "torture", "destroy", "kill", "intercept", "other",
    ),
    "COERCE": ("arrest", "siege", "raid", "seize", "ban", "deport", "curfew", "other"),
    "MOBILIZE": ("reinforce", "deploy", "alert", "exercise", "recruit", "other"),
    "RETREAT": ("withdraw", "ceasefire", "surrender", "other"),
    "PROTEST": ("demonstrate", "strike", "riot", "obstruct", "other"),
    "SANCTION": (), "THREATEN": (), "ACCUSE": (), "REJECT": (), "REQUEST": (), "CONSULT": (), "AGREE": (),
    "SUPPORT": (), "COOPERATE": (), "AID": (), "CONCEDE": (),
}  # fmt: skip
"""PLOVER's event types with the modes that each may carry."""

PHASES = ("begin", "continue", "resume", "attempt", "fail", "end", "prevent")
CLASSES: dict[str, tuple[str, ...]] = {"LIGHT": (), "CAUSE": (), "PHASE": PHASES}
"""Words that are no act themselves: they lend a verb to a noun, tie a toll to an act, or tell its phase."""

ROLES = ("A", "R", "P", "M", "T", "C", "N", "N2", "H", "AA", "-")
SPEECH_KINDS = ("say", "continue", "relay", "according", "learn", "claim", "announce", "medium")
STATUSES = (
    "denied", "possible", "planned", "demanded", "threatened", "agreed", "hypothetical", "ongoing", "negated", "tried",
    "doubt_actor",
)  # fmt: skip
DIRECTIONS = ("before", "after", "both")
NEEDS = ("-", "past", "present", "verb", "masdar", "noun")

GAP_MARK = "…"
"""In an expression: room for some words between its parts."""

Frame = dict[str, tuple[str, ...]]
Sense = tuple[str, str | None]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What all entries share: the lemma with what is needed to inflect it, and where its line stands.

    `pos` is v, n, adj or x. An expression (x) has its words in `words`, and `trigger` is the number of the marked one.
    `barred` are normal forms that belong to its paradigm but are hardly ever meant.
    """

    id: str
    lemma: str
    pos: str
    root: str
    form: str
    masdars: tuple[str, ...]
    plurals: tuple[str, ...]
    example: str
    file: str
    line: int
    words: tuple[str, ...] = ()
    trigger: int = 0
    barred: tuple[str, ...] = ()


class EventEntry(Entry, frozen=True, kw_only=True, dict=True):
    """An act, or a word that helps to tell one.

    `types` are (type, mode) by falling likelihood; `klass` is "event", "LIGHT", "CAUSE" or "PHASE/begin" and so on, by
    the likeliest of them. `frame` maps a slot (s, o, or a preposition in its normal form: ب, علي, الي) to the roles
    that it may fill.
    """

    types: tuple[Sense, ...]
    klass: str
    frame: Frame

    @cached_property
    def senses(self) -> tuple[Sense, ...]:
        """The alternatives that are PLOVER types, without the functional classes."""
        return tuple(t for t in self.types if t[0] in MODES)


class SpeechEntry(Entry, frozen=True, kw_only=True):
    """A word or phrase of saying. In `frame`, N is the narrator, N2 the one whom N quotes, H hearer or medium, T what
    is told."""

    kind: str
    frame: Frame


class SignEntry(Entry, frozen=True, kw_only=True):
    """A sign that an act is denied, doubted, planned and so on.

    `direction` says on which side of the sign the act stands: "before", "after" or "both". `reach` is "next" (the
    nearest act), "clause", "sentence", or a number of words. `needs` limits the form of the act's word
    (قد with a present verb), "-" when any will do. `sure` signs settle the status of the act that hangs right on them.
    """

    status: str
    direction: Literal["before", "after", "both"]
    reach: str
    needs: str
    sure: bool = False


E = TypeVar("E", bound=Entry)


class Reading(msgspec.Struct, Generic[E], frozen=True):
    """One way to read a word form: the entry, and the form's place in the entry's paradigm.

    `pos` is verb, masdar, noun, adj, participle_active or participle_passive, or literal for fixed words. `tense`
    (past, present, jussive, imperative), `voice`, `number` (sg, du, pl) and `gender` are empty, and `person` is 0,
    where they do not apply.
    """

    entry: E
    pos: str
    tense: str = ""
    voice: str = ""
    person: int = 0
    number: str = ""
    gender: str = ""


EventReading = Reading[EventEntry]
SpeechReading = Reading[SpeechEntry]
SignReading = Reading[SignEntry]


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a comma-separated cell, without those behind `!`; none for `-` or an empty one."""
    return tuple(part for part in _parts(cell) if not part.startswith("!"))


def barred(*cells: str) -> tuple[str, ...]:
    """The parts behind `!` of comma-separated cells, as normal forms."""
    return tuple(norm(part[1:].strip()) for cell in cells for part in _parts(cell) if part.startswith("!"))


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.replace("،", ",").split(",") if part.strip() not in ("", "-")]


def read_types(row: Row) -> tuple[Sense, ...]:
    """The alternatives of the `type` cell. Raises CodebookError for an unknown type, mode or class."""
    out: list[Sense] = []
    for part in row.cells["type"].split("|"):
        name, _, mode = part.strip().partition("/")
        allowed = MODES.get(name, CLASSES.get(name))
        if allowed is None:
            raise row.fault(f"unknown type {name!r}; one of {', '.join([*MODES, *CLASSES])}")
        if mode and mode not in allowed:
            raise row.fault(f"unknown mode {mode!r} of {name}; one of {', '.join(allowed) or 'none'}")
        if name == "PHASE" and not mode:
            raise row.fault(f"PHASE needs one of {', '.join(PHASES)}")
        out.append((name, mode or None))
    return tuple(out)


def read_frame(row: Row) -> Frame:
    """The `frame` cell (`s=A o=R ب=M من=P|T`) as slots and roles. Raises CodebookError when it cannot be read."""
    frame: Frame = {}
    cell = row.cells["frame"]
    if cell in ("", "-"):
        return frame
    for part in cell.split():
        slot, equals, roles = part.partition("=")
        if not equals or not slot or not roles:
            raise row.fault(f"cannot read {part!r} in the frame; write slot=role, as in s=A o=R ب=M")
        slot, found = norm(slot), tuple(roles.split("|"))
        for role in found:
            if role not in ROLES:
                raise row.fault(f"unknown role {role!r} in the frame; one of {', '.join(ROLES)}")
        if slot in frame:
            raise row.fault(f"slot {slot!r} stands twice in the frame")
        frame[slot] = found
    return frame


def word_parts(row: Row, column: str = "lemma") -> tuple[tuple[str, ...], int]:
    """The words of an expression (with the `…` between them) and the number, among its words alone, of the one marked
    `*` (the first when none is marked)."""
    words = row.cells[column].split()
    if not words or words[0] == GAP_MARK or words[-1] == GAP_MARK:
        raise row.fault(f"an expression begins and ends with a word, not with {GAP_MARK}")
    marked = [i for i, word in enumerate(w for w in words if w != GAP_MARK) if word.startswith("*")]
    if len(marked) > 1:
        raise row.fault("more than one word is marked with *")
    return tuple(word.lstrip("*") for word in words), marked[0] if marked else 0
