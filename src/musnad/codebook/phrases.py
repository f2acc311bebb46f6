"""Phrases found in a row of tokens: names, places, weapons, and whatever else is written as fixed words.

A trie over normal forms. The first word may carry particles (و ف ب ك ل); the rest must stand as the table has it.
Quotation marks and brackets inside a phrase are stepped over, so that قوات "قسد" is found under قوات قسد.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from musnad.arabic.clitics import variants
from musnad.arabic.letters import norm
from musnad.arabic.text import Token, tokenize

T = TypeVar("T")

QUOTES = frozenset("\"«»“”„'’‘()[]")
_MAX_CACHE = 1 << 17


class Match(NamedTuple, Generic[T]):
    """A phrase found: tokens `first` to `last` (both included), what it stands for, and the particles before it."""

    first: int
    last: int
    values: tuple[T, ...]
    particles: str


class _Node:
    __slots__ = ("next", "values")

    def __init__(self) -> None:
        self.next: dict[str, _Node] | None = None
        self.values: tuple[Any, ...] = ()

    def __getstate__(self) -> tuple[dict[str, _Node] | None, tuple[Any, ...]]:
        return self.next, self.values

    def __setstate__(self, state: tuple[dict[str, _Node] | None, tuple[Any, ...]]) -> None:
        self.next, self.values = state


class PhraseTable(Generic[T]):
    """Phrases and their values; several values may share a phrase. `find` gives the longest phrase from each place."""

    def __init__(self, clitics: bool = True) -> None:
        self._root: dict[str, _Node] = {}
        self._clitics = clitics
        self._size = 0
        self._first: dict[str, tuple[tuple[str, _Node], ...]] = {}

    def __len__(self) -> int:
        return self._size

    def __getstate__(self) -> dict[str, Any]:
        return {"_root": self._root, "_clitics": self._clitics, "_size": self._size, "_first": {}}

    def add(self, phrase: str, value: T) -> None:
        """Put in a phrase in ordinary spelling. Raises ValueError when it has no word."""
        words = phrase_words(phrase)
        if not words:
            raise ValueError(f"no word in {phrase!r}")
        level, node = self._root, None
        for word in words:
            node = level.get(word)
            if node is None:
                node = level[word] = _Node()
            if node.next is None:
                node.next = {}
            level = node.next
        assert node is not None
        if value not in node.values:
            node.values = (*node.values, value)
            self._size += 1
        self._first.clear()

    def get(self, phrase: str) -> tuple[T, ...]:
        """The values of exactly this phrase, or an empty tuple."""
        level: dict[str, _Node] | None = self._root
        node = None
        for word in phrase_words(phrase):
            node = level.get(word) if level else None
            if node is None:
                return ()
            level = node.next
        return node.values if node else ()

    def items(self) -> Iterator[tuple[str, tuple[T, ...]]]:
        """All phrases (as normal forms) with their values, in the order in which they were put in."""
        stack: list[tuple[str, _Node]] = [(w, n) for w, n in reversed(self._root.items())]
        while stack:
            words, node = stack.pop()
            if node.values:
                yield words, node.values
            if node.next:
                stack.extend((f"{words} {w}", n) for w, n in reversed(node.next.items()))

    def match(self, tokens: Sequence[Token], i: int) -> Match[T] | None:
        """The longest phrase that begins at token `i`; a reading with fewer particles wins a tie."""
        form = tokens[i].norm
        starts = self._first.get(form)
        if starts is None:
            starts = self._starts(form)
        if not starts:
            return None
        best: Match[T] | None = None
        for particles, start in starts:
            node, j, last = start, i, i
            values = node.values
            while node.next:
                j += 1
                while j < len(tokens) and tokens[j].norm in QUOTES:
                    j += 1
                if j >= len(tokens):
                    break
                following = node.next.get(tokens[j].norm)
                if following is None:
                    break
                node = following
                if node.values:
                    values, last = node.values, j
            if values and (best is None or last > best.last):
                best = Match(i, last, values, particles)
        return best

    def find(self, tokens: Sequence[Token], overlap: bool = False) -> list[Match[T]]:
        """All phrases in a row of tokens, from the left, the longest from each place; apart unless `overlap`."""
        out: list[Match[T]] = []
        first, i, end = self._first, 0, len(tokens)
        while i < end:
            if first.get(tokens[i].norm) != ():
                found = self.match(tokens, i)
                if found is not None:
                    out.append(found)
                    if not overlap:
                        i = found.last
            i += 1
        return out

    def _starts(self, form: str) -> tuple[tuple[str, _Node], ...]:
        readings = variants(form) if self._clitics else (("", form),)
        starts = tuple((particles, self._root[rest]) for particles, rest in readings if rest in self._root)
        if len(self._first) < _MAX_CACHE:
            self._first[form] = starts
        return starts


def phrase_words(phrase: str) -> list[str]:
    """The words of a phrase as normal forms, without quotation marks and brackets."""
    return [t.norm for t in tokenize(norm(phrase)) if t.norm not in QUOTES]
