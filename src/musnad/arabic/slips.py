"""Words that crawling glued together (مراسلالميادينفي) and slips of the pen (الويات المتحدة), read as they were meant.

Both touch only what the vocabulary and the dictionary prove. A glued word is taken apart where no reading of the whole
is known and every piece is a common word. A slip is read as the one known word within one edit or one swap of
neighbours, and only if a word beside it is often found beside that word: a rare name must stay what it is.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import log
from typing import Any

from musnad.arabic.letters import bare, raw_positions
from musnad.arabic.text import Token
from musnad.arabic.words import Lexicon
from musnad.kept import parsed

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤ"
SHORT_WORDS = frozenset(
    (
        "في",
        "من",
        "عن",
        "ما",
        "لا",
        "لم",
        "لن",
        "قد",
        "او",
        "ان",
        "هو",
        "هي",
        "ثم",
        "اي",
        "كل",
        "بن",
        "مع",
        "ضد",
        "كم",
        "اذ",
    )
)
COMMON = 2.0  # a piece of a glued word is found at least this often as it stands,
PROPER = 2.5  # and the pieces together are likelier than a new word: this many nats a letter,
LISTED = 3.2  # or, of two long pieces one of which the dictionary knows, not much rarer than that,
GLUED = 9.0  # less the rarity of gluing, and of each further piece
PIECE = 1.5
KNOWN = 2.0  # a word whose likeliest reading was seen more often than this is no glued word
TOTAL_WORDS = 3.7e6
TOTAL = log(TOTAL_WORDS)
RARER = 100  # a word that exists is no slip for one that is not this much more frequent
COMMON_WORD = 100  # how often a word must have been seen to be what was meant,
PAIR = 20  # how often beside its neighbour,
RARE = 200
PARTICLE = 20000
LIFT = 15.0  # and how much more often than by chance
PLACE_HEADS = frozenset(
    ("مدينه", "بلده", "قريه", "محافظه", "ناحيه", "منطقه", "بلدتي", "مدينتي", "قريتي", "مخيم", "ريف")
)


Beside = dict[str, list[tuple[str, int]]]


@lru_cache(maxsize=1)
def neighbours() -> tuple[Beside, Beside]:
    """The stems that follow a stem and those that go before it, with counts, where frequent."""
    return parsed("pairs", __file__, _parse, (files("musnad.arabic") / "data" / "pairs.tsv.gz").read_bytes())


def _parse(pairs: bytes) -> tuple[Beside, Beside]:
    behind: Beside = {}
    ahead: Beside = {}
    for line in gzip.decompress(pairs).decode().splitlines():
        first, second, count = line.split("\t")
        behind.setdefault(first, []).append((second, int(count)))
        ahead.setdefault(second, []).append((first, int(count)))
    return behind, ahead


class Slips:
    """Reads damaged words with a lexicon; `is_place` tells whether a normal form is the name of a place."""

    def __init__(self, lexicon: Lexicon[Any], is_place: Callable[[str], bool] | None = None) -> None:
        self.lexicon = lexicon
        self.is_place = is_place if is_place is not None else _never
        self._rate = lru_cache(maxsize=1 << 16)(self._count_as_written)
        self._beside = lru_cache(maxsize=1 << 12)(self._find_beside)
        self._rivals = lru_cache(maxsize=1 << 17)(self._find_rivals)
        self.unglue = lru_cache(maxsize=1 << 16)(self._unglue)

    # glued words

    def split(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with the glued ones taken apart and numbered anew; every piece points into the text."""
        out: list[Token] = []
        for token in tokens:
            pieces = self.unglue(token.norm, token.text) if token.kind == "word" and len(token.norm) > 5 else None
            if pieces is None:
                out.append(token if token.i == len(out) else _numbered(token, len(out)))
                continue
            at = raw_positions(token.text)
            for start, end in pieces:
                first = at[start]
                last = at[end] if end < len(at) - 1 else len(token.text)
                text = token.text[first:last]
                begin = token.start + first
                out.append(Token(len(out), begin, begin + len(text), text, token.norm[start:end], "word"))
        return out

    def _unglue(self, form: str, text: str = "") -> tuple[tuple[int, int], ...] | None:
        """The pieces of a glued word as [start, end) in its normal form, or None if it is not proven to be one."""
        n = len(form)
        if n < 6:
            return None
        word = bare(text) if text else form
        if len(word) != n:
            word = form
        return None if self._is_known(form, word) else self.pieces(word, _ends(text))

    def pieces(self, word: str, ends: frozenset[int] = frozenset()) -> tuple[tuple[int, int], ...] | None:
        """The likeliest common words that the letters of `word` (`letters.bare`) are made of, at least two of them."""
        n = len(word)
        # after ة and ى and the alif of tanwin a word has ended; elsewhere the pieces must prove it
        proofs = {i + 1 for i, c in enumerate(word[:-1]) if c in "ةى"} | {i for i in ends if i < n}
        best: list[tuple[float, tuple[int, ...]] | None] = [(0.0, (0,)), *([None] * n)]
        for end in range(2, n + 1):
            for start in range(max(0, end - 14, end - n + 1), end - 1):
                before = best[start]
                if before is None or any(start < p < end for p in proofs):
                    continue
                count = self._rate(word[start:end])
                if count < COMMON:
                    continue
                value = before[0] + log(count) - TOTAL - PIECE
                now = best[end]
                if now is None or value > now[0]:
                    best[end] = (value, (*before[1], end))
        found = best[n]
        if found is None or len(found[1]) < 3 or len(found[1]) > 6:
            return None
        cuts = found[1]
        if word[cuts[-2] :] in _ENDINGS:
            return None
        long = len(cuts) == 3 and min(cuts[1], n - cuts[1]) >= 4 and n >= 9
        floor = -PROPER * n + (0.0 if proofs or long else GLUED)
        if found[0] < floor and not (long and found[0] > -LISTED * n and self._has_reading(word, cuts)):
            return None
        return tuple(pairwise(cuts))

    def _has_reading(self, word: str, cuts: tuple[int, ...]) -> bool:
        """Whether the dictionary itself knows one of the pieces."""
        pieces = (word[a:b] for a, b in pairwise(cuts))
        return any(self.lexicon.analyse(p.translate(_FOLD), p)[0].readings for p in pieces)

    def _is_known(self, form: str, word: str) -> bool:
        lexicon = self.lexicon
        for reading in lexicon.analyse(form, word):
            if reading.readings or (lexicon.count(reading.stem) > KNOWN and not _cut_by_letter(word)):
                return True
        return False

    def _count_as_written(self, piece: str) -> float:
        """How often a piece may be expected as a word of its own, with its particles."""
        if len(piece) == 2:
            return self.lexicon.count(piece.translate(_FOLD)) if piece.translate(_FOLD) in SHORT_WORDS else 0.0
        if len(piece) < 2 or piece[0] in "ةىءئؤ" or piece in _NO_PIECE or "إ" in piece[5:]:
            return 0.0
        best = 0.0
        words = self.lexicon.words
        for reading in self.lexicon.analyse(piece.translate(_FOLD), piece):
            head = reading.conj + reading.prep + ("س" if reading.future else "") + ("ال" if reading.article else "")
            rate = words.shells.get((head, reading.suffix), 0.0)
            best = max(best, rate * self.lexicon.count(reading.stem))
        return best

    # slips of the pen

    def correct(self, form: str, text: str = "", before: str = "", after: str = "") -> str | None:
        """The normal form that a word was meant to have, or None if it is right or nothing proves what was meant.

        `before` and `after` are the normal forms of its neighbours, without punctuation between.
        """
        if len(form) < 4 or not (before or after):
            return None
        rivals = self._rivals(form, text)
        if rivals is not None:
            return self._other_word(form, rivals, before, after) if rivals else None
        found: list[str] = []
        if self._stem(before) in PLACE_HEADS:
            found = [c for c in dict.fromkeys(_edits(form)) if self.is_place(c)]
        if not found:
            for partners in self._partners(before, after):
                found.extend(c for c in self._near(form, partners) if c not in found)
        return found[0] if len(found) == 1 else None

    def _near(self, form: str, partners: frozenset[str]) -> Iterator[str]:
        """The forms of partners that are one edit away, the same particles in front."""
        for particles in _PARTICLES:
            if not form.startswith(particles):
                continue
            rest = form[len(particles) :]
            for stem in partners:
                if -2 < len(stem) - len(rest) < 3 and _one_edit(rest, stem) and self._is_meant(particles + stem, stem):
                    yield particles + stem

    def _find_rivals(self, form: str, text: str) -> tuple[tuple[str, str, bool], ...] | None:
        """For a word that exists: the far more frequent ones that it may be a swap of: (form, stem, head of a place).

        None for a word that does not exist.
        """
        own = self.lexicon.analyse(form, text or form)[0]
        if own.readings or self.is_place(form):
            return ()
        if not self._is_known(form, bare(text) if text else form):
            return None
        count = self.lexicon.count(own.stem)
        head = not own.article and "".join(sorted(own.stem)) in _HEADS_BY_LETTERS
        if own.suffix or not (head or count <= RARE):
            return ()
        out = []
        for stem in _swaps(own.stem):
            is_head = head and stem in PLACE_HEADS
            if self.lexicon.count(stem) >= max(count * (5 if is_head else RARER), COMMON_WORD):
                candidate = form[: own.start] + stem
                if self._is_meant(candidate, stem):
                    out.append((candidate, stem, is_head))
        return tuple(out)

    def _other_word(self, form: str, rivals: Sequence[tuple[str, str, bool]], before: str, after: str) -> str | None:
        """A word that exists is read as another one only if that belongs here, and this one was never seen here."""
        partners = self._partners(before, after)
        own = self._stem(form)
        if any(own in stems for stems in partners):
            return None
        place = self.is_place(after)
        found = [c for c, stem, head in rivals if (head and place) or any(stem in stems for stems in partners)]
        return found[0] if len(found) == 1 else None

    def _is_meant(self, candidate: str, stem: str) -> bool:
        """Whether a form is a common word without a pronoun, of the stem that belongs beside the neighbour."""
        word = self.lexicon.analyse(candidate, candidate)[0]
        common = self.lexicon.count(stem) >= COMMON_WORD
        return common and word.stem == stem and not word.suffix and self._rate(candidate) >= PAIR

    def _partners(self, before: str, after: str) -> list[frozenset[str]]:
        """The stems that are often found behind the word before, and those ahead of the word after."""
        return [
            self._beside(self._stem(word), behind) for word, behind in ((before, True), (after, False)) if len(word) > 2
        ]

    def _find_beside(self, stem: str, behind: bool) -> frozenset[str]:
        """The stems behind (or ahead of) a stem clearly more often than by chance. Particles prove nothing."""
        count = self.lexicon.count
        if not stem or count(stem) > PARTICLE:
            return frozenset()
        known = neighbours()[0 if behind else 1].get(stem, ())
        return frozenset(o for o, n in known if n >= LIFT * count(stem) * count(o) / TOTAL_WORDS)

    def _stem(self, form: str) -> str:
        return self.lexicon.analyse(form, form)[0].stem if form else ""


_NO_PIECE = frozenset(("وال", "بال", "فال", "كال", "وإل", "الا", "ولل", "والا", "والان", "اللا"))
_ENDINGS = frozenset(
    ("ان", "هم", "هما", "هو", "انها", "أنها", "ياتي", "يات")
)  # of a word never seen, more often than words
_HEADS_BY_LETTERS = frozenset("".join(sorted(head)) for head in PLACE_HEADS)
_PARTICLES = ("", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "فال", "ك", "كال")
_THAT = re.compile("[ولبفك]?[أإ]ن\u0651(?=[\u0621-\u064a])")
_FOLD = str.maketrans("أإآىة", "اااي" + "ه")


def _ends(text: str) -> frozenset[int]:
    """Where marks say that a word has ended, in the normal form: after the alif of اً or ًا, and after أنّ and إنّ."""
    that = _THAT.match(text)
    if "\u064b" not in text and not that:
        return frozenset()
    at = raw_positions(text)
    out = {len(bare(that.group()))} if that else set()
    for i, c in enumerate(text):
        if c == "\u064b":
            length = sum(1 for p in at[:-1] if p < i)  # letters before the mark
            out.add(length if i and text[i - 1] == "ا" else length + (text[i + 1 : i + 2] == "ا"))
    return frozenset(out)


def _never(form: str) -> bool:
    return False


def _cut_by_letter(word: str) -> bool:
    return any(c in "ةى" for c in word[:-1])


def _numbered(token: Token, i: int) -> Token:
    return Token(i, token.start, token.end, token.text, token.norm, token.kind)


def _swaps(form: str) -> Iterator[str]:
    for i in range(len(form) - 1):
        if form[i] != form[i + 1]:
            yield form[:i] + form[i + 1] + form[i] + form[i + 2 :]


def _edits(form: str) -> Iterator[str]:
    """All forms one swap of neighbours, or one letter more, less or other away; the first and last letter are kept."""
    yield from _swaps(form)
    last = len(form) - 1
    for i in range(1, last):
        yield form[:i] + form[i + 1 :]
        for letter in LETTERS:
            if letter != form[i]:
                yield form[:i] + letter + form[i + 1 :]
    for i in range(1, last + 1):
        for letter in LETTERS:
            yield form[:i] + letter + form[i:]


def _one_edit(wrong: str, right: str) -> bool:
    """Whether one swap of neighbours, or one letter (or لا) more, less or other makes the one of the other.

    The first and the last letter are kept: there a letter is more often an ending not seen before than a slip.
    """
    if len(wrong) < 3 or wrong[0] != right[0] or wrong[-1] != right[-1]:
        return False
    i = 0
    while i < len(wrong) and i < len(right) and wrong[i] == right[i]:
        i += 1
    j = 1
    while j <= len(wrong) - i and j <= len(right) - i and wrong[-j] == right[-j]:
        j += 1
    was, now = wrong[i : len(wrong) - j + 1], right[i : len(right) - j + 1]
    if len(was) == 2 == len(now):
        return was == now[::-1]
    return len(was) + len(now) > 0 and ((len(was) < 2 and len(now) < 2) or (not was and now in ("لا", "ال")))
