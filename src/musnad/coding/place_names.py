"""Names of places in a row of tokens, with the words around them that belong to the mention.

Names are found in the codebook, longest first. The noun before (حقل، حي، ريف، شمالي) and the adjective after (الشرقي،
السورية) are taken in as a reader would; names joined in a list share the plural noun before the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from musnad.arabic.letters import norm
from musnad.arabic.text import Token
from musnad.codebook.places import Head, Part, PlaceBook, Word
from musnad.coding.place_model import RawName

OPENING = frozenset("\"«“”'‘([")
CLOSING = frozenset("\"»”“'’)]")
DASHES = frozenset("-–—ـ/")
DEFINITE_KIN = frozenset({"مدينه", "عاصمه"})
"""Nouns that stand before a name with the article too (العاصمة بغداد)."""
MIDDLE = norm("الأوسط")


class NameReader:
    """Reads the names of one text."""

    def __init__(
        self, tokens: Sequence[Token], body: str, book: PlaceBook, exclude: Sequence[tuple[int, int]], sure: bool
    ) -> None:
        self.tokens, self.body, self.book, self.sure = tokens, body, book, sure
        self.n = len(tokens)
        word = book.word
        self.words: list[Word | None] = [word(t.norm) if t.kind == "word" else None for t in tokens]
        for t in tokens:
            if t.norm.endswith("احياء") and "إ" in t.text:  # إحياء (keeping alive) is no أحياء (quarters)
                self.words[t.i] = None
        self.closed = [False] * self.n
        for a, b in exclude:
            for i in range(a, b + 1):
                self.closed[i] = True

    def names(self) -> list[RawName]:
        """All names in order, with their surroundings."""
        raws = self._names()
        for raw in raws:
            self._left(raw)
            self._right(raw)
        raws = self._unmatched(raws)
        self._lists(raws)
        return raws

    def _names(self) -> list[RawName]:
        out: list[RawName] = []
        i = 0
        while i < self.n:
            w = self.words[i]
            if w is None or not (w.starts or w.glued) or self.closed[i]:
                i += 1
                continue
            raw = self._match(i, w)
            if raw is not None and not raw.ids:
                for k in range(i, raw.last + 1):
                    self.closed[k] = True
                i = raw.last + 1
                continue
            if raw is not None and self._is_noun_of_longer(raw):
                raw = None
            if raw is None or self._belongs_to_other(raw):
                i += 1
                continue
            out.append(raw)
            i = raw.last + 1
        return out

    def _match(self, i: int, w: Word) -> RawName | None:
        tokens, names, first = self.tokens, self.book.names, self.book.first
        best: RawName | None = None
        if w.glued is not None:
            best = RawName(i, i, 0, names[w.glued[1]], w.glued[1], 1, cut=w.glued[0])
        for taken, _, stem in w.starts:
            key, last = stem, i
            if key in names and (best is None or best.words < 1):
                best = RawName(i, i, taken, names[key], key, 1)
            for count in range(2, first[stem] + 1):
                last += 1
                if last < self.n and tokens[last].text in DASHES:
                    last += 1
                if last >= self.n or tokens[last].kind != "word" or self.closed[last]:
                    break
                key += tokens[last].norm
                if key in names and (best is None or best.words < count):
                    best = RawName(i, last, taken, names[key], key, count)
        if best is None or self._is_beginning(best):
            return None
        best.left, best.left_taken, best.right = best.first, best.taken, best.last
        return best

    def _is_beginning(self, raw: RawName) -> bool:
        """Whether a name ends in a word that begins longer ones, and goes on (قرية تل in قرية تل الغزلان)."""
        if not raw.ids or raw.last + 1 >= self.n or self.tokens[raw.last].norm not in self.book.sets["glued"]:
            return False
        after = self.tokens[raw.last + 1]
        if after.kind != "word" or not after.norm.startswith("ال"):
            return False
        return after.norm not in self.book.bearings and after.norm not in self.book.sets["quality"]

    def _is_noun_of_longer(self, raw: RawName) -> bool:
        """Whether a noun of place and a name (بلدة تل) begin that noun and a longer name (بلدة تل أبيض)."""
        w, last = self.words[raw.first], self.words[raw.last]
        if raw.first == raw.last or w is None or w.head is None or last is None or not last.starts:
            return False
        longer = self._match(raw.last, last)
        return longer is not None and longer.last > raw.last and not longer.taken and bool(longer.ids)

    def _belongs_to_other(self, raw: RawName) -> bool:
        p = raw.first - 1
        if p >= 0 and self.tokens[p].text in OPENING:
            p -= 1
        if p < 0 or self.tokens[p].kind != "word" or raw.taken:
            return False
        before = self.tokens[p].norm
        return before in self.book.sets["other"] or (before[0] in "وبل" and before[1:] in self.book.sets["other"])

    def _left(self, raw: RawName) -> None:
        """Take in the nouns of place, sides and parts before the name."""
        if raw.taken or (self.tokens[raw.first].norm.startswith("لل") and raw.key.startswith("ال")):
            return
        p = raw.first - 1
        while p >= 0:
            quoted = self.tokens[p].text in OPENING and p > 0
            q = p - 1 if quoted else p
            w = self.words[q]
            if self.closed[q]:
                return
            if w is None:
                if (self.tokens[q].norm in self.book.sets["fuel"] and q and self._is_field(q - 1)) or (
                    self.tokens[q].norm in self.book.sets["quality"] and q and self._definite_head(q - 1)
                ):
                    w, q = self.words[q - 1], q - 1
                else:
                    return
            elif self.tokens[q].norm in self.book.sets["fuel"] and q and self._is_field(q - 1):
                w, q = self.words[q - 1], q - 1
            if w is None:
                return
            if w.nisba and w.nisba[2] and q and self._definite_head(q - 1) and not raw.heads:
                raw.country = raw.country or w.nisba[1]
                w, q = self.words[q - 1], q - 1
                if w is None:
                    return
            sided = self._side(q)
            if sided is not None:
                start, taken, bearing, part = sided
                raw.part = (start, taken, part, bearing)
                raw.left, raw.left_taken = start, taken
                return
            if w.head is not None and not (w.part and w.part[1].role != "land" and not self._head_fits(raw, w.head[1])):
                taken, head, definite = w.head
                if definite and raw.heads:
                    return
                if definite and head.word not in DEFINITE_KIN and not quoted and not self._head_fits(raw, head):
                    return
                raw.heads.append((q, taken, head, definite))
                raw.left, raw.left_taken = q, taken
                if quoted and raw.right + 1 < self.n and self.tokens[raw.right + 1].text in CLOSING:
                    raw.right += 1
                if taken:
                    return
                p = q - 1
                continue
            if w.part is not None:
                taken, part = w.part
                raw.part = (q, taken, part, part.bearing)
                raw.left, raw.left_taken = q, taken
                return
            return

    def _is_field(self, i: int) -> bool:
        w = self.words[i]
        return w is not None and w.head is not None and w.head[1].kind in {"field", "plant"}

    def _definite_head(self, i: int) -> bool:
        w = self.words[i]
        return w is not None and w.head is not None and w.head[2]

    def _head_fits(self, raw: RawName, head: Head) -> bool:
        return any(self.book.entries[i].kind in head.kinds for i in raw.ids)

    def _side(self, i: int) -> tuple[int, int, int, Part] | None:
        """A side that ends at token `i`, of one word or two (شمال غربي): (first token, letters off, bearing, part)."""
        w = self.words[i]
        if w is None or w.part is None or w.part[1].bearing is None:
            return None
        taken, part = w.part
        if not taken and i:
            before = self.words[i - 1]
            if before is not None and before.part is not None and not self.closed[i - 1]:
                both = self.book.parts.get(before.part[1].word + " " + self.tokens[i].norm) or self.book.parts.get(
                    self.tokens[i - 1].norm[before.part[0] :] + " " + self.tokens[i].norm
                )
                if both is not None and both.bearing is not None:
                    return i - 1, before.part[0], both.bearing, both
        assert part.bearing is not None
        return i, taken, part.bearing, part

    def _right(self, raw: RawName) -> None:
        """Take in the adjectives after the name: a side, a quality, a country's adjective."""
        r = raw.right
        if raw.cut:
            return
        if r == raw.last and r + 1 < self.n and self.tokens[r + 1].text in CLOSING and raw.left < raw.first:
            opened = self.tokens[raw.first - 1].text in OPENING
            r = r + 1 if opened else r
        for _ in range(3):
            if r + 1 >= self.n or self.closed[r + 1] or self.tokens[r + 1].kind != "word":
                break
            form = self.tokens[r + 1].norm
            two = form + " " + self.tokens[r + 2].norm if r + 2 < self.n else ""
            w = self.words[r + 1]
            if two in self.book.bearings:
                raw.bearing, r = self.book.bearings[two], r + 2
            elif form in self.book.bearings and (raw.heads or raw.part or raw.words == 1):
                raw.bearing, r = self.book.bearings[form], r + 1
            elif (form == MIDDLE and (raw.heads or raw.part)) or form in self.book.sets["quality"]:
                r += 1
            elif w is not None and w.nisba is not None and w.nisba[2] and not w.nisba[0]:
                if self._adjective_of_other(raw, w.nisba[1]):
                    break
                raw.country, r = w.nisba[1], r + 1
            else:
                break
            raw.right = r

    def _adjective_of_other(self, raw: RawName, country: str) -> bool:
        """Whether an adjective belongs to a noun before the name (الجيش في حلب السوري) or tells another country."""
        return all(self.book.entries[i].country != country for i in raw.ids) and not raw.heads

    def _specific(self, raw: RawName, head: Head) -> None:
        """مطاري دمشق وحلب: the name together with the noun, where the codebook knows the two as one name."""
        ids = self.book.names.get(head.word + raw.key)
        if ids:
            raw.ids = ids

    def _unmatched(self, raws: list[RawName]) -> list[RawName]:
        """حقلي كونيكو والعمر: a word of a list that is a name only together with the plural noun before the list."""
        out: list[RawName] = []
        for raw in raws:
            out.append(raw)
            head = raw.heads[0][2] if raw.heads and raw.heads[0][2].plural else None
            if head is None:
                continue
            self._specific(raw, head)
            i = raw.right + 1
            while (i < self.n and self.words[i] is None) or (i < self.n and not self._starts_raw(raws, i)):
                token = self.tokens[i]
                if not token.norm.startswith("و") or self.closed[i]:
                    break
                ids = self.book.names.get(head.word + token.norm[1:])
                if not ids:
                    break
                out.append(
                    RawName(i, i, 1, ids, head.word + token.norm[1:], 2, left=i, left_taken=1, right=i, listed=head)
                )
                i += 1
        return out

    def _starts_raw(self, raws: list[RawName], i: int) -> bool:
        return any(r.first <= i <= r.last for r in raws)

    def _lists(self, raws: list[RawName]) -> None:
        """Names joined by و or a comma share the plural noun before the first (بلدات ... و...)."""
        for a, b in pairwise(raws):
            gap = range(a.right + 1, b.left)
            joined = (not gap and self.tokens[b.left].norm.startswith("و") and b.left_taken) or (
                len(gap) <= 2
                and gap
                and all(self.tokens[k].text in {"،", ",", "و", "-", "–"} | CLOSING | OPENING for k in gap)
            )
            if not joined:
                continue
            a.coordinated = b.coordinated = True
            head = a.listed or (a.heads[0][2] if a.heads and a.heads[0][2].plural else None)
            if head is not None and not b.heads:
                b.listed = head
                self._specific(b, head)
            if a.part is not None and a.part[2].role == "countryside" and b.part is None and self._dual(a.part[0]):
                b.part = (b.left, b.left_taken, a.part[2], None)

    def _dual(self, i: int) -> bool:
        return self.tokens[i].norm.endswith(("ريفي", "ريفا"))
