"""The actors named in a report: every phrase that can be a doer, a recipient or a narrator, with its id.

A mention is a name (قسد), a country or its capital, an adjective (غارات *روسية*), a person, or a role noun with the
owner that its phrase tells (قائد في قوات الدعم السريع، مسؤول عراقي). Names that depend on outlet, day or country are
settled here, and definite words that refer back (التنظيم، الوزير، المصدر) take the id of the nearest fitting mention
before them. Whether a mention does anything is for the later steps to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from musnad.arabic.text import Token
from musnad.codebook.actors import ActorBook, Reading
from musnad.coding.actor_back import Backs
from musnad.coding.actor_mentions import ActorMention, Context, Phrase, ReportContext, country_of
from musnad.coding.actor_names import CALLED, SAID
from musnad.coding.actor_reader import Reader, matches

__all__ = ["ActorMention", "Context", "ReportContext", "find_actors", "focus_country", "resolve_quote"]

NAMING = CALLED | SAID
"""Words after which an unknown name is due."""
_WEIGHT = {"region": 3, "country": 2, "capital": 2, "seat": 1, "entity": 1}


def focus_country(tokens: Sequence[Token], book: ActorBook, outlet: str | None = None) -> str:
    """The country that a text is mostly about: its places, countries, adjectives and named parties counted, '' if
    none."""
    votes: Counter[str] = Counter()
    order: dict[str, int] = {}
    n = len(tokens)
    i = 0
    word = book.word
    while i < n:
        t = tokens[i]
        readings = word(t.norm) if t.kind == "word" and (t.text[-1] != "ى" or not Reader.preposition(t)) else ()
        i += _vote(readings, tokens, i, book, votes, order) if readings else 1
    home = book.outlet(outlet)[0]
    if home:
        votes[home] += 2
        order.setdefault(home, n)
    if not votes:
        return ""
    return max(votes, key=lambda iso: (votes[iso], -order[iso]))


def _vote(
    readings: tuple[Reading, ...], tokens: Sequence[Token], i: int, book: ActorBook, votes: Counter[str],
    order: dict[str, int],
) -> int:  # fmt: skip
    """Count what token `i` says of the country; the number of tokens that it used up."""
    early = 2 if i < 60 else 1
    r = readings[0]
    for last, names in matches(r, tokens, i) if r.node is not None else ():
        for name in names:
            weight = _WEIGHT.get(name.kind, 0)
            iso = name.of if name.kind != "entity" else book.entities[name.of][0].country
            if weight and iso != "XXX":
                votes[iso] += weight * early
                order.setdefault(iso, i)
                return last - i + 1
    for a in r.adjectives[:1]:
        if a.kind == "country" and a.of != "XXX":
            votes[a.of] += early
            order.setdefault(a.of, i)
    return 1


def find_actors(tokens: Sequence[Token], body: str, book: ActorBook, context: Context) -> list[ActorMention]:
    """All mentions in text order, none overlapping another."""
    return _Finder(tokens, body, book, context).run()


def resolve_quote(mentions: Sequence[ActorMention], start: int, end: int) -> ActorMention | None:
    """The mention that a stretch of the body names: the one that shares most letters with it, the first among
    equals."""
    best, most = None, 0
    for m in mentions:
        shared = min(end, m.end) - max(start, m.start)
        if shared > most:
            best, most = m, shared
    if best is not None and best.part is not None and best.start < best.part[0] <= start and end <= best.part[1]:
        first, last, rid = best.part
        if country_of(rid) and country_of(rid) == country_of(best.id):
            return best
        return replace(best, start=first, end=last, id=rid, flex=False, owner=rid, part=None)
    return best


class _Finder(Backs):
    """One walk over a report."""

    def run(self) -> list[ActorMention]:
        i, n, tokens, found, firsts = 0, self.n, self.tokens, self.memory.found, self.memory.firsts
        readings, given = self.readings, self.book.given
        while i < n:
            m = self.mention(i) if readings[i] else None
            if m is not None and m.first == m.last and m.kind == "role" and tokens[i].norm in firsts:
                m = self.called(i) or m
            if m is None:
                t = tokens[i]
                if t.kind == "word":
                    m = self.called(i) if t.norm in firsts or t.norm[1:] in firsts or t.norm[:2] == "لل" else None
                    if m is None and (t.norm in given or (t.norm[0] in "وفلب" and t.norm[1:] in given)):
                        m = self.person_first(i) if not self.preposition(t) else None
                    if m is None and i and tokens[i - 1].norm in NAMING:
                        m = self.named_so(i) or self.said(i)
                elif t.kind == "latin" and t.norm in firsts:
                    m = self.called(i)
            if m is None and tokens[i].kind != "punct":
                m = self.back_word(i)
            if m is None or (found and m.first <= found[-1].last):
                i += 1
            else:
                found.append(m)
                i = m.last + 1
        return found

    def mention(self, i: int) -> ActorMention | None:
        """The mention that begins at token `i`, if any."""
        best: Phrase | None = None
        chosen: Reading | None = None
        for reading in self.readings[i]:
            p = self.phrase(i, reading, True)
            if p is not None and (best is None or p.last > best.last):
                best, chosen = p, reading
        if best is None or chosen is None or not best.id:
            return None
        return self.two_states(self.make(i, best, chosen))

    def make(self, i: int, p: Phrase, reading: Reading) -> ActorMention:
        """A mention of a phrase, with the number words before it taken in and the particles left out."""
        tokens = self.tokens
        first, start, number = i, tokens[i].start, p.number
        if reading.skip and tokens[i].text[: reading.skip] == reading.particles[: reading.skip]:
            start += reading.skip
        k = i - 1
        while k >= 0 and not reading.particles and p.kind not in ("country", "entity", "person", "media"):
            t = tokens[k]
            if t.kind == "number":
                number = {"1": "sg", "2": "du"}.get(t.norm, "pl")
            elif t.kind == "word" and self.is_quantifier(k):
                number = "sg" if t.norm.endswith(("احد", "احدي")) else "pl" if number == "sg" else number
            elif not (t.norm == "من" and k > 0 and self.is_quantifier(k - 1)):
                break
            first, start = k, t.start
            r = self.readings[k]
            if r and r[0].skip and t.text[:1] == r[0].particles[:1]:
                start += r[0].skip
                break
            k -= 1
        words = [t.norm for t in tokens[i : p.last + 1] if t.kind == "word"]
        if words:
            words[0] = reading.rest
        return ActorMention(
            first, p.last, start, tokens[p.last].end, p.id, p.kind, number, p.head, p.cls, p.definite, p.flex, p.owner,
            p.because, p.heads, tuple(words),
            (tokens[p.part[0]].start, tokens[p.part[1]].end, p.part[2]) if p.part is not None else None,
        )  # fmt: skip
