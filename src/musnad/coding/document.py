"""A report as the coder sees it: tokens with what the codebook makes of each, sentences, clauses, mentions.

Everything is looked up once, here. The later steps (triggers, roles, narrators, status, time and place) read from it
and never go back to the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import ChainMap, Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, cast

from musnad.arabic.dates import DateExpr, find_dates
from musnad.arabic.letters import norm
from musnad.arabic.numbers import Number, find_numbers
from musnad.arabic.sentences import Clause, Quotation, Sentence, clauses, quotations, split
from musnad.arabic.slips import Slips
from musnad.arabic.text import Token, tokenize
from musnad.arabic.verb_forms import is_verb_form
from musnad.arabic.wordlists import words as listed
from musnad.arabic.words import Lexicon as Words
from musnad.codebook import Codebook
from musnad.codebook.entries import EventEntry, EventReading, SignEntry, SpeechEntry, SpeechReading
from musnad.codebook.expressions import Found
from musnad.codebook.relations import RelationEntry
from musnad.codebook.stems import stems
from musnad.coding.actors import ActorMention, ReportContext, find_actors, focus_country
from musnad.coding.between import Between
from musnad.coding.classes import of as classes_of
from musnad.coding.places import PlaceMention, find_places
from musnad.report import Report
from musnad.sides import side

PREPOSITIONS = listed(
    "في من الي علي عن مع ضد بين لدي عبر خلال نحو تجاه باتجاه صوب بحق حيال ازاء قرب قبل بعد عقب اثر جراء بسبب"
    " منذ حتي دون بدون لصالح امام وسط حول عند تحت فوق داخل خارج ضمن غرب شرق شمال جنوب غربي شرقي شمالي جنوبي"
    " قبيل بعيد رغم وفق حسب بحسب وفقا نقلا طبقا باسم كما مثل لان"
)
RELATIVES = listed("الذي التي الذين اللذان اللذين اللتان اللتين اللواتي ممن والذي والتي والذين")
COMPLEMENTS = listed("ان بان وان وبان انه انها انهم انهما بانه بانها بانهم وانه وانها وانهم وبانه وبانها")
SEATS = frozenset(["capital", "country", "region"])
"""Kinds of places whose bare name also stands for a party."""
NEGATIONS = listed("لم لن لا ليس ليست ما غير دون عدم بدون ولم ولن ولا وليس وعدم نفي لست ليسوا بعدم")
_PARTING = {**dict.fromkeys(RELATIVES, "rel"), **dict.fromkeys(COMPLEMENTS, "that")}
_PARTICLES = (("p", PREPOSITIONS), ("r", RELATIVES), ("q", COMPLEMENTS), ("n", NEGATIONS))


def clean(form: str) -> str:
    """A form without the article and the conjunction."""
    if form.startswith("وال") and len(form) > 4:
        return form[3:]
    if form.startswith("ال") and len(form) > 4:
        return form[2:]
    return form


class Acts:
    """The readings by which a word may be an act, and what follows from them whatever stands around the word."""

    __slots__ = ("entries", "first", "kept", "poses", "ranks", "readings", "short_poses", "unshortened")

    def __init__(self, readings: tuple[EventReading, ...]) -> None:
        self.readings = readings
        self.first = readings[0].entry
        self.entries = sorted({r.entry.id for r in readings})
        self.poses = "+".join(sorted({r.pos[:12] for r in readings}))
        self.short_poses = sorted({r.pos[:3] for r in readings})
        self.ranks: dict[str, int] = {}
        """The types of the entries, each with its best rank among an entry's alternatives."""
        for r in readings:
            for rank, (type_, _mode) in enumerate(r.entry.senses):
                self.ranks[type_] = min(rank, self.ranks.get(type_, 9))
        self.kept: dict[object, tuple[str, ...]] = {}
        """Features that follow from the word alone, made once."""
        plain = tuple(r for r in readings if r.tense != "jussive")
        self.unshortened = self if len(plain) in (0, len(readings)) else Acts(plain)
        """The same without verbs in the jussive (يستعد of استعاد), where others remain."""


class WordInfo:
    """What the codebook makes of a word form, whatever stands around it."""

    __slots__ = ("acts", "classes", "clean", "cls", "events", "form", "particles", "poses", "pronoun", "speech", "stem",
                 "verbal", "word_class")  # fmt: skip

    def __init__(
        self,
        form: str,
        particles: str,
        stem: str,
        pronoun: str,
        events: tuple[EventReading, ...] = (),
        speech: tuple[SpeechReading, ...] = (),
        cls: str = "w",
    ) -> None:
        self.form = form
        self.particles = particles
        self.stem = stem
        self.pronoun = pronoun
        self.events = events
        self.speech = speech
        self.cls = cls
        """E act, L light verb, C cause, H phase, S saying, V any other verb, w other."""
        self.poses = frozenset(r.pos for r in events) | frozenset(r.pos for r in speech)
        self.verbal = cls == "V" or "verb" in self.poses
        readings = tuple(r for r in events if r.entry.senses)
        self.acts = Acts(readings) if readings else None
        self.word_class = next((mark for mark, listed in _PARTICLES if form in listed), cls)
        """The particle that it is (p preposition, r relative, q complement, n negation), else `cls`."""
        self.clean = clean(form)
        self.classes = classes_of(form)


@dataclass(slots=True)
class Candidate:
    """A word that may be an act: token `i`, its readings, and the expression that it stands in, if any."""

    i: int
    acts: Acts
    expression: Found[EventEntry] | None
    particles: str
    stem: str
    pronoun: str
    seen: int = 0
    """How many earlier candidates have its stem or its first entry, at most 2,"""
    near: bool = False
    """and whether one of its first entry stands in this sentence or the one before."""

    @property
    def readings(self) -> tuple[EventReading, ...]:
        """Its readings, the likeliest first."""
        return self.acts.readings


@dataclass(slots=True)
class Doc:
    """All that is known of a report before anything is decided."""

    report: Report
    book: Codebook
    tokens: list[Token]
    words: list[WordInfo | None]
    sentences: list[Sentence]
    sent: list[int]
    clauses: list[list[Clause]]
    clause: list[int]
    quotes: list[Quotation]
    quote: list[int]
    actors: list[ActorMention]
    actor_at: list[int]
    places: list[PlaceMention]
    place_at: list[int]
    dates: list[DateExpr]
    date_at: list[int]
    numbers: list[Number]
    weapons: list[tuple[int, int, str, str]]
    targets: list[tuple[int, int, str]]
    signs: list[Found[SignEntry]]
    control: list[Found[RelationEntry]]
    speech_expr: list[Found[SpeechEntry]]
    expr_at: dict[int, list[Found[EventEntry]]]
    mended: dict[int, str]
    blocked: list[bool]
    context: ReportContext
    published: date | None
    between: Between
    candidates: list[Candidate] = field(default_factory=list)
    chunk: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    """For each token a rough class: mention, date, punctuation, particle, and what the codebook knows of it."""
    governors: dict[int, tuple[int, str]] = field(default_factory=dict)
    """The verbs that govern words, as far as they were asked for (`triggers.governor`)."""
    prepositions: dict[tuple[int, int], str] = field(default_factory=dict)
    """The prepositions of mentions, as far as they were asked for (`relations.preposition`)."""
    crowd: dict[int, int] = field(default_factory=dict)
    """How many candidates a sentence has."""
    number_of: dict[int, int] = field(default_factory=dict)
    tone: str = ""
    sides: dict[tuple[int, str, str], str] = field(default_factory=dict)
    """The sides of mentions in roles of acts of a type, as far as they were asked for (`side`)."""

    def text(self, start: int, end: int) -> str:
        """The words between two character offsets."""
        return self.report.body[start:end]

    def side(self, k: int, type_: str, role: str = "") -> str:
        """The side for which mention `k` stands in a role of an act of this type."""
        key = (k, type_, role)
        found = self.sides.get(key)
        if found is None:
            found = self.sides[key] = side(self.actors[k].id_for(type_, role))
        return found


_SLIPS: dict[int, Slips] = {}
_STATE: dict[int, dict[str, WordInfo]] = {}


def word_info(book: Codebook, token: Token) -> WordInfo:
    """The codebook's reading of a word form: the split that takes least off among those that it knows."""
    cache = _STATE.setdefault(id(book), {})
    found = cache.get(token.text)
    if found is not None and found.form == token.norm:
        return found
    key = token.text if token.norm == norm(token.text) else token.norm
    found = cache.get(key)
    if found is None:
        found = _read(book, token)
        if len(cache) < 200_000:
            cache[key] = found
    return found


def _read(book: Codebook, token: Token) -> WordInfo:
    tailed = token.text.rstrip("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652").endswith("ة")
    best: tuple[int, str, str, str] | None = None
    events: list[EventReading] = []
    speech: list[SpeechReading] = []
    mostly = book.homographs.get(token.norm, {})
    for particles, stem, pronoun in stems(token.norm):
        if tailed and pronoun:
            continue
        found_events = book.events.get(stem)
        if mostly:
            found_events = tuple(r for r in found_events if mostly.get(r.entry.id, 9) > 0)
        found_speech = book.speech.get(stem)
        if not found_events and not found_speech:
            continue
        if pronoun or "ب" in particles or "ك" in particles or "ل" in particles or "ال" in particles:
            nominal = "ال" in particles or "ب" in particles or "ك" in particles
            found_events = tuple(r for r in found_events if not (nominal and r.pos == "verb"))
            found_speech = tuple(r for r in found_speech if not (nominal and r.pos == "verb"))
            if not found_events and not found_speech:
                continue
        cost = len(particles) + len(pronoun)
        if best is None or cost < best[0]:
            best = (cost, particles, stem, pronoun)
            events, speech = list(found_events), list(found_speech)
        elif cost == best[0]:
            events.extend(r for r in found_events if r not in events)
            speech.extend(r for r in found_speech if r not in speech)
    if best is None:
        particles, stem, pronoun = _bare(token.norm)
        cls = "V" if is_verb_form(token.norm) and not tailed else "w"
        return WordInfo(token.norm, particles, stem, pronoun, cls=cls)
    classes = {r.entry.klass for r in events}
    if "event" in classes:
        cls = "E"
    elif classes:
        first = events[0].entry.klass
        cls = "L" if first == "LIGHT" else "C" if first == "CAUSE" else "H"
    else:
        cls = "S"
    if speech and cls == "E" and all(r.entry.klass != "event" for r in events):
        cls = "S"
    return WordInfo(token.norm, best[1], best[2], best[3], tuple(events), tuple(speech), cls)


def _bare(norm: str) -> tuple[str, str, str]:
    if len(norm) > 4 and norm.startswith("وال"):
        return "وال", norm[3:], ""
    if len(norm) > 4 and norm.startswith(("بال", "كال", "فال")):
        return norm[:3], norm[3:], ""
    if len(norm) > 4 and norm.startswith("لل"):
        return "لال", norm[2:], ""
    if len(norm) > 4 and norm.startswith("ال"):
        return "ال", norm[2:], ""
    return "", norm, ""


def mend(book: Codebook, tokens: list[Token]) -> tuple[list[Token], dict[int, str]]:
    """Glued words taken apart and slips of the pen read as they were meant, and which tokens these are."""
    slips = _slips(book)
    mended: dict[int, str] = {}
    count = len(tokens)
    tokens = slips.split(tokens)
    for i, t in enumerate(tokens if len(tokens) != count else ()):
        if i and tokens[i - 1].end == t.start and t.kind == "word" and tokens[i - 1].kind == "word":
            mended[i] = "glued"
    for i, t in enumerate(tokens):
        if t.kind != "word" or len(t.norm) < 4:
            continue
        before = tokens[i - 1].norm if i and tokens[i - 1].kind == "word" else ""
        after = tokens[i + 1].norm if i + 1 < len(tokens) and tokens[i + 1].kind == "word" else ""
        meant = slips.correct(t.norm, t.text, before, after)
        if meant is not None:
            tokens[i] = Token(t.i, t.start, t.end, t.text, meant, t.kind)
            mended[i] = meant
    return tokens, mended


def _slips(book: Codebook) -> Slips:
    found = _SLIPS.get(id(book))
    if found is None:
        forms: Mapping[str, Any] = ChainMap(cast(Any, book.events), cast(Any, book.speech))
        found = _SLIPS[id(book)] = Slips(Words(forms), lambda form: bool(book.places.find(form)))
    return found


def build(report: Report, book: Codebook) -> Doc:
    """Look everything up."""
    body = report.body
    tokens, mended = mend(book, tokenize(body))
    n = len(tokens)
    sentences = split(tokens, body)
    sent = [-1] * n
    for k, s in enumerate(sentences):
        sent[s.first : s.last + 1] = [k] * (s.last + 1 - s.first)
    words: list[WordInfo | None] = [word_info(book, t) if t.kind == "word" else None for t in tokens]

    def is_verb(token: Token) -> bool:
        w = words[token.i]
        return w is not None and w.verbal

    by_sentence = [clauses(tokens, s, is_verb) for s in sentences]
    clause = [-1] * n
    number = 0
    for cs in by_sentence:
        for c in cs:
            clause[c.first : c.last + 1] = [number] * (c.last + 1 - c.first)
            number += 1
    quotes = quotations(tokens, body)
    quote = [-1] * n
    for k, q in enumerate(quotes):
        if q.kind == "speech":
            quote[q.first : q.last + 1] = [k] * (q.last + 1 - q.first)
    published = _day(report.published)
    context = ReportContext(published, report.outlet, focus_country(tokens, book.actors, report.outlet))
    actors = find_actors(tokens, body, book.actors, context)
    named = [
        (m.first, m.last)
        for m in actors
        if m.kind in ("entity", "media", "person") and not _opens_place(book, tokens, m)
    ]
    places = find_places(tokens, body, book.places, context, named, is_verb)
    dates = find_dates(tokens, body)
    spans = [(d.first, d.last) for d in dates]
    expressions = book.expressions.find(tokens)
    expr_at: dict[int, list[Found[EventEntry]]] = {}
    for f in expressions:
        expr_at.setdefault(f.trigger, []).append(f)
    blocked = [False] * n
    for b in report.blocks:
        if b.kind != "lead_repeat":
            first, last = bisect_right(tokens, b.start, key=_end), bisect_left(tokens, b.end, key=_start)
            blocked[first:last] = [True] * (last - first)
    weapons = [
        (m.first, m.last, m.values[0].fields.get("class", ""), m.values[0].fields.get("mode", ""))
        for m in book.weapons.find(tokens)
    ]
    targets = [(m.first, m.last, m.values[0].fields.get("class", "")) for m in book.targets.find(tokens)]
    actor_at, place_at = _cover(actors, n), _cover(places, n)
    doc = Doc(
        report=report, book=book, tokens=tokens, words=words, sentences=sentences, sent=sent, clauses=by_sentence,
        clause=clause, quotes=quotes, quote=quote, actors=actors, actor_at=actor_at, places=places,
        place_at=place_at, dates=dates, date_at=_cover(dates, n), numbers=find_numbers(tokens, body, spans),
        weapons=weapons, targets=targets, signs=book.signs.find(tokens), control=book.control.find(tokens),
        speech_expr=book.phrases_of_speech.find(tokens),
        expr_at=expr_at, mended=mended, blocked=blocked, context=context, published=published,
        between=Between(tokens, words, actor_at, place_at, _PARTING),
    )  # fmt: skip
    doc.candidates = _candidates(doc)
    doc.crowd = Counter(sent[c.i] for c in doc.candidates)
    doc.chunk = _chunks(doc)
    doc.kinds = _kinds(doc)
    doc.tone = _tone(doc)
    doc.number_of = {c.i: n for n, c in enumerate(doc.candidates)}
    return doc


_start, _end = attrgetter("start"), attrgetter("end")


def _opens_place(book: Codebook, tokens: list[Token], m: ActorMention) -> bool:
    """Whether a party's name is a place as well: a noun of place with its name (قاعدة عين الأسد), a seat (صنعاء)."""
    head = book.places.word(tokens[m.first].norm)
    if head is not None and head.head is not None:
        return True
    if m.kind == "entity" and _is_seat(book, tokens, m):
        return True
    before = tokens[m.first - 1] if m.first else None
    if m.kind != "person" or before is None or before.kind != "word":
        return False
    noun = book.places.word(before.norm)
    return noun is not None and noun.head is not None


def _is_seat(book: Codebook, tokens: list[Token], m: ActorMention) -> bool:
    """Whether the words of a party's name are the name of a capital, country or region (صنعاء, كيان الاحتلال)."""
    word = book.places.word(tokens[m.first].norm)
    starts = word.starts if word is not None else []
    rest = "".join(t.norm for t in tokens[m.first + 1 : m.last + 1])
    ids = next((found for _, _, stem in starts if (found := book.places.names.get(stem + rest))), ())
    return any(book.places.entries[i].kind in SEATS for i in ids)


def _day(published: str | None) -> date | None:
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _cover(mentions: Iterable[ActorMention | PlaceMention | DateExpr], n: int) -> list[int]:
    at = [-1] * n
    for k, m in enumerate(mentions):
        at[m.first : m.last + 1] = [k] * (m.last + 1 - m.first)
    return at


def _candidates(doc: Doc) -> list[Candidate]:
    out: list[Candidate] = []
    by_stem: dict[str, list[int]] = {}
    by_entry: dict[str, list[int]] = {}
    for i, w in enumerate(doc.words):
        if w is None or doc.blocked[i] or doc.sent[i] < 0:
            continue
        expression = None
        acts = w.acts
        if expressions := doc.expr_at.get(i):
            expression = max(expressions, key=lambda f: f.last - f.first)
            own = expression.reading
            readings = (own, *(r for r in w.events if r.entry.id != own.entry.id))
            readings = tuple(r for r in readings if r.entry.senses)
            acts = Acts(readings) if readings else None
        if acts is None:
            continue
        if acts.unshortened is not acts and not _asks_for_jussive(doc, i):
            acts = acts.unshortened
        stem, entry = by_stem.setdefault(w.stem, []), by_entry.setdefault(acts.first.id, [])
        seen = min(2, len({*stem[-2:], *entry[-2:]}))
        near = bool(entry) and doc.sent[i] - doc.sent[entry[-1]] <= 1
        out.append(Candidate(i, acts, expression, w.particles, w.stem, w.pronoun, seen, near))
        stem.append(i)
        entry.append(i)
    return out


def _asks_for_jussive(doc: Doc, i: int) -> bool:
    """Whether the word before may be followed by a verb in the jussive or subjunctive."""
    before = doc.tokens[i - 1].norm if i else ""
    return before.lstrip("وف") in ("لم", "لا", "ان", "لن", "كي", "لكي", "حتي", "من", "بان", "الا")


def _kinds(doc: Doc) -> list[str]:
    """A rough class of each token: # none, A with a mention's kind, P place, D date, N number, l foreign, else a mark
    or `WordInfo.word_class`."""
    out: list[str] = []
    for t, w, actor, place, day in zip(doc.tokens, doc.words, doc.actor_at, doc.place_at, doc.date_at, strict=True):
        if t.kind == "punct":
            out.append(t.text if t.text in "،.:؛؟!" else '"' if t.text in '"«»“”' else "-")
        elif actor >= 0:
            out.append("A" + doc.actors[actor].kind[:3])
        elif place >= 0:
            out.append("P")
        elif day >= 0:
            out.append("D")
        elif t.kind == "number":
            out.append("N")
        else:
            out.append(w.word_class if w is not None else "l")
    return out


ARMED = frozenset(["MIL", "REB", "PRM", "UAF", "COP", "SPY"])
POWERS = frozenset(["GOV", "PTY", "OPP", "IGO", "LEG", "JUD"])


def _tone(doc: Doc) -> str:
    """How much of a report speaks of conflict and politics: armed parties, powers, and words that are surely acts."""
    armed = powers = 0
    for m in doc.actors:
        head, _, sector = m.id.partition("-")
        named = not sector or len(head) != 3
        if sector in ARMED or (named and m.kind in ("entity", "role")):
            armed += 1
        elif sector in POWERS:
            powers += 1
    sure = 0
    for c in doc.candidates:
        prior = doc.book.priors.get(c.readings[0].entry.id)
        if prior is not None and max(prior.verb or 0, prior.noun or 0) >= 7:
            sure += 1
    return f"a{_few(armed)}p{_few(powers)}s{_few(sure)}"


def _few(n: int) -> str:
    return "0" if n == 0 else "1" if n < 3 else "3" if n < 8 else "8"


def _chunks(doc: Doc) -> list[int]:
    """Chunk numbers: a mention, a date or a lone token is one chunk; distances are counted in chunks."""
    out: list[int] = []
    number, last, alone = -1, (-1, -1, -1), (-1, -1, -1)
    for key in zip(doc.actor_at, doc.place_at, doc.date_at, strict=True):
        if key == alone or key != last:
            number += 1
        last = key
        out.append(number)
    return out
