"""Expressions of several words whose first word is inflected: أطلق النار, أطلقت القوات النار, إطلاق نار.

The first word is looked up among the forms of its paradigm. The others stand as written, with or without the article
or a possessive pronoun (رفع حصار, الحصار, حصارها); a preposition may carry a pronoun (أفرج عنه), and one written as
بـ or لـ asks for a word that begins with it. Between a verb and the next word of the expression its subject may stand;
`…` leaves more room, in any place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from musnad.arabic.letters import norm
from musnad.arabic.text import Token
from musnad.codebook.entries import GAP_MARK, Entry, Reading
from musnad.codebook.lexicon import Feature, Lexicon
from musnad.codebook.stems import fits, stems

E = TypeVar("E", bound=Entry)

GAP = 5
"""How many words may stand between a verb and the next word of its expression."""
WIDE_GAP = 9
"""The same where the expression is written with `…` in that place."""

_MOST = 1 << 17
"""How many words that begin no expression are remembered."""
_QUOTES = frozenset('"«»“”')
_PREPOSITIONS: dict[str, tuple[str, ...]] = {
    "علي": ("علي", "عليه", "عليها", "عليهم", "عليهما", "عليهن", "علينا", "عليكم"),
    "الي": ("الي", "اليه", "اليها", "اليهم", "اليهما", "اليهن", "الينا", "اليكم"),
    "عن": ("عن", "عنه", "عنها", "عنهم", "عنهما", "عنهن", "عنا", "عنكم"),
    "من": ("من", "منه", "منها", "منهم", "منهما", "منهن", "منا", "منكم"),
    "في": ("في", "فيه", "فيها", "فيهم", "فيهما", "فيهن", "فينا"),
    "مع": ("مع", "معه", "معها", "معهم", "معهما", "معنا"),
    "بين": ("بين", "بينه", "بينها", "بينهم", "بينهما", "بيننا"),
}
_WORDS = ("word", "number", "latin")


class Found(NamedTuple, Generic[E]):
    """An expression in the text: tokens `first` to `last` (both included); the act's word is token `trigger`."""

    first: int
    last: int
    trigger: int
    reading: Reading[E]
    particles: str
    pronoun: str


class _Slot(NamedTuple):
    forms: frozenset[str]
    prefix: bool
    wide: bool = False


class _Start(NamedTuple, Generic[E]):
    """One expression that a word may begin: how the word is read, what must follow, and how far on it may begin."""

    particles: str
    reading: Reading[E]
    pronoun: str
    rest: tuple[_Slot, ...]
    gap: int


class _Starts(NamedTuple, Generic[E]):
    """All expressions that a word may begin, by what must follow: nothing, a word, a word that begins so."""

    alone: tuple[_Start[E], ...]
    by_next: dict[str, tuple[_Start[E], ...]]
    by_prefix: tuple[_Start[E], ...]
    gap: int


class ExpressionTable(Generic[E]):
    """Expressions by the forms of their first word."""

    def __init__(self, entries: Iterable[tuple[E, Iterable[tuple[str, Feature]]]] = ()) -> None:
        self._heads: Lexicon[E] = Lexicon()
        self._rest: dict[str, tuple[_Slot, ...]] = {}
        self._first: dict[str, _Starts[E]] = {}
        self._silent: set[str] = set()
        for entry, forms in entries:
            self.add(entry, forms)

    @property
    def entries(self) -> list[E]:
        """All expressions, in the order of the files."""
        return self._heads.entries

    def __len__(self) -> int:
        return len(self._heads.entries)

    def __getstate__(self) -> tuple[Any, ...]:
        return self._heads, self._rest

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._heads, self._rest = state
        self._first = {}
        self._silent = set()

    def add(self, entry: E, forms: Iterable[tuple[str, Feature]]) -> None:
        """Put in an expression with the forms of its first word."""
        self._heads.add(entry, forms)
        self._rest[entry.id] = _slots(entry.words[1:])
        self._first.clear()
        self._silent.clear()

    def heads(self, form: str) -> list[tuple[str, Reading[E], str]]:
        """The expressions that a word (normal form) may begin, as (particles, reading of the word, pronoun)."""
        out = []
        for particles, stem, pronoun in stems(form):
            for reading in self._heads.get(stem):
                if reading.pos == "literal":
                    fitting = not pronoun and "س" not in particles
                    if "ال" in particles and (reading.entry.root == "=" or len(stem) < 3):
                        fitting = False
                else:
                    fitting = fits(particles, pronoun, reading.pos, reading.tense)
                if fitting:
                    out.append((particles, reading, pronoun))
        return out

    def match(self, tokens: Sequence[Token], i: int) -> list[Found[E]]:
        """All expressions that begin at token `i`, the longest first, each entry once."""
        starts = self._started(tokens[i].norm)
        if starts is None:
            return []
        out = {s.reading.entry.id: Found(i, i, i, s.reading, s.particles, s.pronoun) for s in starts.alone}
        if starts.by_next or starts.by_prefix:
            self._follow(tokens, i, starts, out)
        found = list(out.values())
        if len(found) > 1:
            found.sort(key=lambda f: -f.last)
        return found

    def find(self, tokens: Sequence[Token]) -> list[Found[E]]:
        """All expressions in a row of tokens, in the order of their first words."""
        out: list[Found[E]] = []
        silent = self._silent
        for i, token in enumerate(tokens):
            form = token.norm
            if form not in silent and token.kind == "word":
                starts = self._started(form)
                if starts is not None and self._may_go_on(tokens, i, starts):
                    out.extend(self.match(tokens, i))
        return out

    def _started(self, form: str) -> _Starts[E] | None:
        """The expressions that a word may begin, None if there are none."""
        starts = self._first.get(form)
        if starts is None and form not in self._silent:
            starts = self._starts(form)
            if starts is not None:
                self._first[form] = starts
            elif len(self._silent) < _MOST:
                self._silent.add(form)
        return starts

    @staticmethod
    def _may_go_on(tokens: Sequence[Token], i: int, starts: _Starts[E]) -> bool:
        """Whether an expression may begin at token `i`, by the token behind it where that must be its second word."""
        if starts.alone or starts.by_prefix or starts.gap or i + 1 >= len(tokens):
            return True
        form = tokens[i + 1].norm
        return form in starts.by_next or form in _QUOTES

    def _starts(self, form: str) -> _Starts[E] | None:
        alone: dict[str, _Start[E]] = {}
        by_next: dict[str, list[_Start[E]]] = {}
        by_prefix: list[_Start[E]] = []
        widest = 0
        for particles, reading, pronoun in self.heads(form):
            rest = self._rest[reading.entry.id]
            gap = GAP if reading.pos in ("verb", "masdar") else 0
            if rest and rest[0].wide:
                gap = WIDE_GAP
            start = _Start(particles, reading, pronoun, rest, gap)
            if not rest:
                alone.setdefault(reading.entry.id, start)
                continue
            widest = max(widest, gap)
            if rest[0].prefix:
                by_prefix.append(start)
            else:
                for word in sorted(rest[0].forms):
                    by_next.setdefault(word, []).append(start)
        if not (alone or by_next or by_prefix):
            return None
        return _Starts(tuple(alone.values()), {w: tuple(s) for w, s in by_next.items()}, tuple(by_prefix), widest)

    @staticmethod
    def _follow(tokens: Sequence[Token], i: int, starts: _Starts[E], out: dict[str, Found[E]]) -> None:
        j, passed, end = i, 0, len(tokens)
        while passed <= starts.gap:
            j += 1
            while j < end and tokens[j].norm in _QUOTES:
                j += 1
            if j >= end or tokens[j].kind not in _WORDS:
                return
            form = tokens[j].norm
            follow: tuple[_Start[E], ...] = starts.by_next.get(form, ())
            if starts.by_prefix:
                follow += tuple(s for s in starts.by_prefix if any(form.startswith(f) for f in s.rest[0].forms))
            for start in follow:
                entry = start.reading.entry
                if passed > start.gap or entry.id in out:
                    continue
                places = _rest_of(tokens, [i, j], start.rest)
                if places is not None:
                    last = places[-2] if start.rest[-1].prefix else places[-1]
                    out[entry.id] = Found(i, last, places[entry.trigger], start.reading, start.particles, start.pronoun)
            passed += 1


def _rest_of(tokens: Sequence[Token], places: list[int], rest: tuple[_Slot, ...]) -> list[int] | None:
    """The places of all words of an expression whose first two are found, or None."""
    i, end = places[-1], len(tokens)
    for slot in rest[1:]:
        i += 1
        left = WIDE_GAP if slot.wide else 0
        while True:
            while i < end and tokens[i].norm in _QUOTES:
                i += 1
            if i >= end or tokens[i].kind not in _WORDS:
                return None
            form = tokens[i].norm
            if form in slot.forms or (slot.prefix and any(form.startswith(f) for f in slot.forms)):
                break
            if not left:
                return None
            left -= 1
            i += 1
        places.append(i)
    return places


def _slots(words: Sequence[str]) -> tuple[_Slot, ...]:
    return tuple(_slot(word, i > 0 and words[i - 1] == GAP_MARK) for i, word in enumerate(words) if word != GAP_MARK)


def _slot(word: str, wide: bool) -> _Slot:
    if word.endswith("ـ"):
        return _Slot(frozenset({norm(word)}), True, wide)
    forms: set[str] = set()
    for alternative in word.split("/"):
        form = norm(alternative)
        forms.update(_PREPOSITIONS.get(form, (form,)))
        if form in _PREPOSITIONS or len(form) < 3:
            continue
        bare = form[2:] if form.startswith("ال") and len(form) > 4 else form
        open_form = bare[:-1] + "ت" if bare.endswith("ه") else bare
        if not bare.endswith(("ه", "ا", "ء", "ات")):
            forms.add(bare + "ا")
        forms.update((bare, "ال" + bare, open_form + "ه", open_form + "ها", open_form + "هم"))
    return _Slot(frozenset(forms), False, wide)
