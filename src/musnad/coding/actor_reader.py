"""What stands at a token: names and the words around them, read with the book of actors. No grammar of phrases yet."""

from __future__ import annotations

from collections.abc import Sequence

from musnad.arabic.text import Token
from musnad.arabic.wordlists import PREPOSITIONS_WITH_PRONOUN
from musnad.codebook.actors import MODIFIERS, ActorBook, Name, Reading, words
from musnad.coding.actor_memory import Memory
from musnad.coding.actor_mentions import Context, day_of

QUOTES = frozenset("\"«»“”„'’‘()[]")
PRIORITY = {
    "entity": 0, "quoted": 0, "homely": 0,
    "context": 1, "media": 2, "person": 3, "adjective": 4, "seat": 5, "country": 6,
    "capital": 7, "media-word": 8, "role": 9, "short": 10, "region": 11,
}  # fmt: skip
NOT_NAMES = words("علي الي عدي لدي موسي")
"""Normal forms that are prepositions where the text writes them with a final ى."""


def matches(reading: Reading, tokens: Sequence[Token], i: int) -> list[tuple[int, tuple[Name, ...]]]:
    """All names that begin at token `i` under a reading, the longest first: last token and what it can be."""
    node = reading.node
    out: list[tuple[int, tuple[Name, ...]]] = []
    if node is None:
        return out
    if node[0]:
        out.append((i, node[0]))
    j, n = i, len(tokens)
    while node[1]:
        j += 1
        while j < n and tokens[j].norm in QUOTES:
            j += 1
        if j >= n:
            break
        node = node[1].get(tokens[j].norm)
        if node is None:
            break
        if node[0]:
            out.append((j, node[0]))
    out.reverse()
    return out


class Reader:
    """Tokens of one report with their readings, and the report's context."""

    def __init__(self, tokens: Sequence[Token], body: str, book: ActorBook, context: Context) -> None:
        self.tokens, self.body, self.book = tokens, body, book
        self.n = len(tokens)
        self.day = day_of(context.published)
        self.home, self.groups = book.outlet(context.outlet)
        self.focus = context.country or self.home
        self.memory = Memory()
        word = book.word
        self.readings: list[tuple[Reading, ...]] = [
            word(t.norm) if t.kind == "word" and not self.preposition(t) else () for t in tokens
        ]

    @staticmethod
    def preposition(token: Token) -> bool:
        """على، إلى written with their own final letter, and إليه، فيهما with a pronoun, which is no ta marbuta.

        The normal form no longer shows these letters (عليّ, آلية).
        """
        if token.text.endswith("ى"):
            return token.norm.lstrip("وف") in NOT_NAMES
        return token.norm in PREPOSITIONS_WITH_PRONOUN and not token.text.endswith("ة")

    def after(self, j: int) -> int:
        """The next token that is no quotation mark; -1 at a line break or the end."""
        k = j + 1
        tokens = self.tokens
        while k < self.n and tokens[k].norm in QUOTES:
            k += 1
        if k >= self.n:
            return -1
        start, end = tokens[j].end, tokens[k].start
        if end - start > 1 and "\n" in self.body[start:end]:
            return -1
        return -1 if end - start == 1 and self.body[start] == "\n" else k

    def known(self, i: int) -> bool:
        """Is token `i` a word of the tables by itself, without particles?"""
        return any(
            not r.particles and (r.forms or r.adjectives or (r.node is not None and r.node[0]))
            for r in self.readings[i]
        )

    def has_particles(self, i: int) -> bool:
        """Is token `i` a word of the tables with particles before it (وللجيش)?"""
        return any(
            r.particles and (r.forms or r.adjectives or (r.node is not None and r.node[0])) for r in self.readings[i]
        )

    def classes(self, i: int) -> list[str]:
        """The classes of the role nouns that token `i` can be."""
        return [self.book.roles[f.role].cls for r in self.readings[i] for f in r.forms]

    def is_quantifier(self, i: int) -> bool:
        """Does token `i` count what follows (عدد، عشرات، ثلاثة)?"""
        roles = self.book.roles
        return any(roles[f.role].cls == "quantifier" and not f.definite for r in self.readings[i] for f in r.forms)

    def is_given(self, i: int) -> bool:
        """Is token `i` a given name?"""
        t = self.tokens[i]
        return t.kind == "word" and t.norm in self.book.given and not self.preposition(t)

    def quoted(self, i: int, last: int) -> bool:
        """Do quotation marks stand around tokens `i` to `last`?"""
        tokens = self.tokens
        return i > 0 and last + 1 < self.n and tokens[i - 1].norm in QUOTES and tokens[last + 1].norm in QUOTES

    def joined(self, i: int) -> bool:
        """Is token `i` joined by و to a party just named?"""
        found = self.memory.found
        return bool(found) and found[-1].last == i - 1 and self.tokens[i].norm.startswith("و")

    def head_before(self, i: int) -> str:
        """The class of the noun that an adjective at `i` describes, '' if it is none of ours."""
        roles, k = self.book.roles, i - 1
        for _ in range(3):
            if k < 0:
                return ""
            t = self.tokens[k]
            if t.norm in QUOTES:
                k -= 1
                continue
            if t.kind != "word":
                return ""
            found = [roles[f.role].cls for r in self.readings[k] for f in r.forms]
            if not found:
                return ""
            nouns = [c for c in found if c not in MODIFIERS]
            if nouns:
                return nouns[0]
            k -= 1
        return ""
