"""What joining sees of an event: its day, place, parties and toll in comparable form, and the words around it.

A mention is one event of one report. All that a report says of one event, put together, is a mention too (`merged`).
Sentences, words and their stems are found once for a report (`Reading`), for all its mentions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from unicodedata import normalize

from musnad.arabic.letters import norm
from musnad.arabic.wordlists import words as listed
from musnad.archive import words
from musnad.archive.flat import days
from musnad.record import Actor, Event, Toll
from musnad.sides import side

JOINED = frozenset({"happened", "ongoing", "denied", "possible"})
"""Statuses that tell of an event."""
LARGE = frozenset({"country", "region", "sea"})
"""Kinds of place that say little about where."""
BACK_DAYS = 12
"""An undated act is taken to have happened at most so many days before its report."""
GENERAL_KM = 100.0
"""A place known no better than this says no more than a country does."""
WORDS = 16
"""The rarest words of a sentence that are kept of it."""
_AROUND = 30
"""Words of a sentence before and after the trigger that belong to its telling."""
_AFTER, _BEFORE = 60, 40
_NEAR = 45
_LAST = date.max.toordinal()
COMMON = 4000
"""A stem that the vocabulary has seen so often tells nothing."""
_LOOSE_WORDS = listed(
    "al el city town governorate province countryside district neighbourhood neighborhood area village region camp "
    "base air airbase field oil gas plant the of in near refugee international directorate"
)
_DIRECTIONS = listed("northern southern eastern western north south east west central northeastern rural")
_STOP = re.compile(r"[.!؟?\n]+")
_EARLIER = re.compile(r"و?(كان|كانت|سبق|يذكر|يشار|قبل|منذ|امس|الجدير)\b")
_SEVERAL = re.compile(
    r"و?(هجمات|ضربات|غارات|عمليات|اشتباكات|معارك|تفجيرات|مجازر|جرايم|قذايف|احكام|اعمال|حملات)(ه|ها|هم)?$"
)
_SAYING = listed(
    "قال ذكر اضاف اكد اشار اوضح اعلن افاد زعم نفي صرح لفت تابع شدد كشف نقل حسب وفق قايل مشير موضح مؤكد مضيف معتبر لافت "
    "اتهم رد علق راي اعتبر وصف"
)
"""Stems of words with which somebody begins to speak."""
_SERIES = listed("سلسله عده عدد مرات حمله يوميا متكرره مستمره استمرار تواصل تستمر يواصل")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a mention: its names in comparable form, its country, its point (degrees) and radius (km)."""

    names: frozenset[str]
    country: str
    lat: float | None
    lon: float | None
    km: float | None
    general: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """One event of one report, as joining sees it, or all that the report says of one event (`merged`).

    Days are counted from year 1 (`date.toordinal`). `first` and `last` bound the day of the act; `dated` tells that
    the text bounds it, not the report's day alone. `stems`: of the trigger; `around`: the rarest of its sentence;
    `after`: right after the trigger; `named`: of the parties as they are written. `added`: the trigger itself bears a
    و that joins it to what stands before. `sentence`, `said` (how often somebody began to speak before), `spans` (where
    the parties stand) and `after` say something within one report only; the last two are empty in what is merged.
    """

    n: int
    report: str
    start: int
    end: int
    published: int | None
    first: int | None
    last: int | None
    dated: bool
    kinds: frozenset[str]
    status: str
    stems: frozenset[str]
    definite: bool
    another: bool
    several: bool
    series: bool
    earlier: bool
    added: bool
    sentence: int
    said: int
    spots: tuple[Spot, ...]
    actors: frozenset[str]
    recipients: frozenset[str]
    named: tuple[frozenset[str], frozenset[str]]
    spans: tuple[frozenset[int], frozenset[int]]
    around: frozenset[str]
    after: frozenset[str]
    killed: Toll | None
    injured: Toll | None

    @property
    def order(self) -> tuple[int, str, int, int, list[str]]:
        """Where it stands among all mentions: by day of publication, report and place in the text."""
        return (self.published or _LAST, self.report, self.start, self.end, sorted(self.kinds))


class Reading:
    """A report's text as mentions need it: where its sentences begin, and its words with their stems."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.spots = words.spots(body)
        self._starts = [start for start, _, _ in self.spots]
        self.sentences = [0, *(m.end() for m in _STOP.finditer(body))]
        self.said = [start for start, _, stem in self.spots if stem in _SAYING]

    def sentence(self, at: int) -> int:
        """The number of the sentence in which a character stands."""
        return bisect_right(self.sentences, at) - 1

    def bounds(self, sentence: int) -> tuple[int, int]:
        """Where a sentence begins and ends (characters)."""
        last = self.sentences[sentence + 1] if sentence + 1 < len(self.sentences) else len(self.body)
        return self.sentences[sentence], last

    def stems(self, start: int, end: int) -> list[str]:
        """The stems of the words that touch a stretch of the text."""
        first, last = max(bisect_left(self._starts, start) - 1, 0), bisect_left(self._starts, end)
        return [stem for _, b, stem in self.spots[first:last] if b > start]

    def around(self, start: int, end: int) -> frozenset[str]:
        """The rarest stems of the sentence around a trigger, the trigger left out."""
        first, last = self.bounds(self.sentence(start))
        here, there = bisect_left(self._starts, start), bisect_left(self._starts, end)
        before = [s for a, _, s in self.spots[max(here - _AROUND, 0) : here] if first <= a]
        after = [s for _, b, s in self.spots[there : there + _AROUND] if b <= last]
        told = {s for s in (*before, *after) if len(s) > 2 and words.seen(s) < COMMON}
        return frozenset(sorted(told, key=lambda s: (words.seen(s), s))[:WORDS])


def mention(
    n: int,
    report: str,
    event: Event,
    reading: Reading,
    published: str | None,
    not_before: str | None = None,
    not_after: str | None = None,
) -> Mention:
    """An event as joining sees it. `published` is the report's ISO day; without one, the bounds of that day."""
    out = _ordinal(published)
    first_day, last_day = days(event.date)
    dated = first_day is not None
    if dated:
        first, last = _ordinal(first_day), _ordinal(last_day)
    elif out is not None:
        first, last = out - BACK_DAYS, out
    else:
        first, last = _ordinal(not_before), _ordinal(not_after)
        first = first - BACK_DAYS if first is not None else None
    start, end = event.trigger.start, event.trigger.end
    word = norm(event.trigger.text)
    body = reading.body
    following = [norm(w) for w in body[end : end + _AFTER].split()[:6]]
    stems = frozenset(reading.stems(start, end))
    before = [norm(w) for w in body[max(0, start - _BEFORE) : start].split()[-4:]]
    sentence = reading.sentence(start)
    opening = norm(" ".join(body[reading.bounds(sentence)[0] :][:_AFTER].split()))
    return Mention(
        n=n, report=report, start=start, end=end, published=out,
        first=first, last=last, dated=dated, kinds=frozenset({f"{event.type}/{event.mode or 'other'}"}),
        status=event.status, stems=stems,
        definite=word.startswith(("ال", "لل", "هذه", "بال", "وال")),
        another=any(w in _another() for w in following[:4]),
        several=_SEVERAL.search(word) is not None,
        series=any(w in _SERIES for w in (*following, *before)),
        earlier=_EARLIER.match(opening) is not None,
        added=word.startswith("و") and not any(stem.startswith("و") for stem in stems),
        sentence=sentence, said=bisect_left(reading.said, start),
        spots=tuple(
            Spot(
                _names(p.name, p.text), p.country, p.lat, p.lon, p.precision_km,
                p.kind in LARGE or (p.precision_km or 0) > GENERAL_KM or _broad(p.name),
            )
            for p in event.places
        ),
        actors=frozenset(side(a.id) for a in event.actors),
        recipients=frozenset(side(a.id) for a in event.recipients),
        named=(_written(reading, event.actors), _written(reading, event.recipients)),
        spans=(frozenset(a.start for a in event.actors), frozenset(a.start for a in event.recipients)),
        around=reading.around(start, end),
        after=frozenset(s for s in reading.stems(end, end + _NEAR) if len(s) > 2),
        killed=event.killed, injured=event.injured,
    )  # fmt: skip


@cache
def _another() -> frozenset[str]:
    """Words after a trigger that set its event apart from the one told before."""
    lines = (resources.files("musnad.archive") / "data" / "another.tsv").read_text("utf8").splitlines()
    return frozenset(norm(line) for line in lines if line and not line.startswith(("#", "word")))


@lru_cache(maxsize=1 << 15)
def _names(name: str, text: str) -> frozenset[str]:
    plain = "".join(c for c in normalize("NFD", name.casefold().replace("ı", "i")) if c.isalpha() or c in " -")
    split = [w for w in plain.replace("-", " ").split() if w not in _LOOSE_WORDS]
    arabic = norm(text).removeprefix("ال")
    found = {"".join(split)} if split else set()
    if arabic and " " not in arabic:
        found.add(arabic)
    return frozenset(found or {plain})


def _broad(name: str) -> bool:
    parts = name.casefold().split()
    return parts[0] in _DIRECTIONS or parts[-1] in ("border", "coast") or name in _countries()


@cache
def _countries() -> frozenset[str]:
    lines = (resources.files("musnad.codebook") / "data" / "countries.tsv").read_text("utf8").splitlines()
    return frozenset(cell for line in lines if not line.startswith("#") for cell in line.split("\t")[:3])


def _written(reading: Reading, parties: Iterable[Actor]) -> frozenset[str]:
    return frozenset(s for a in parties for s in reading.stems(a.start, a.end) if len(s) > 2)


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day[:10]).toordinal() if day else None


def merged(mentions: Sequence[Mention]) -> Mention:
    """All that one report says of one event, as one mention: what any of its mentions tells."""
    first = mentions[0]
    dated = [m for m in mentions if m.dated]
    day = min(dated, key=lambda m: ((m.last or 0) - (m.first or 0), m.order)) if dated else first
    spots: dict[Spot, None] = {}
    for m in sorted(mentions, key=lambda m: (not m.spots, m.order)):
        spots.update(dict.fromkeys(m.spots))
    told = [m.status for m in mentions]
    around = {w for m in mentions for w in m.around}
    none: frozenset[int] = frozenset()
    return Mention(
        n=first.n, report=first.report, start=first.start, end=first.end, published=first.published,
        first=day.first, last=day.last, dated=day.dated,
        kinds=frozenset(k for m in mentions for k in m.kinds),
        status=next((s for s in ("happened", "ongoing", "denied") if s in told), told[0]),
        stems=frozenset(w for m in mentions for w in m.stems), definite=all(m.definite for m in mentions),
        another=any(m.another for m in mentions), several=all(m.several for m in mentions),
        series=all(m.series for m in mentions), earlier=all(m.earlier for m in mentions),
        added=first.added, sentence=min(m.sentence for m in mentions), said=first.said,
        spots=tuple(sorted(spots, key=lambda s: s.general)),
        actors=frozenset(a for m in mentions for a in m.actors),
        recipients=frozenset(r for m in mentions for r in m.recipients),
        named=(frozenset(w for m in mentions for w in m.named[0]), frozenset(w for m in mentions for w in m.named[1])),
        spans=(none, none),
        around=frozenset(sorted(around, key=lambda s: (words.seen(s), s))[:WORDS]), after=frozenset(),
        killed=max((m.killed for m in mentions if m.killed), default=None, key=lambda t: t[0]),
        injured=max((m.injured for m in mentions if m.injured), default=None, key=lambda t: t[0]),
    )  # fmt: skip
