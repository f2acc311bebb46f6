"""The further fields of an event: the words for each part of it, doubt, weapons, phase, tolls by group, what was
struck, the channel of a statement, and the entries and rules behind the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from musnad.arabic.people import count_of_noun
from musnad.arabic.tolls import find_tolls
from musnad.arabic.wordlists import words
from musnad.coding.context import span
from musnad.coding.document import COMPLEMENTS, RELATIVES, Doc
from musnad.coding.status import signs_over
from musnad.record import Means, Span, TollGroup

if TYPE_CHECKING:
    from musnad.coding.coder import Draft

ARMED = frozenset(["ASSAULT", "MOBILIZE", "AID", "COERCE", "COOPERATE"])
STRUCK = frozenset(["ASSAULT", "COERCE"])
SPEECH = words("REQUEST THREATEN ACCUSE REJECT AGREE SUPPORT")
SIGN_OF = {"negated": "denied"}
AMONG = words("بينهم بينها منهم منها وبينهم ومنهم بينهن")
OWN_PHRASE = words("بعد قبل عقب اثر منذ خلال اثناء بسبب جراء نتيجه وسط مع رغم")
MOVED = words("نزح نزحت نزوح تهجير شرد شردت تشريد هجر فر فرت فرار نزحوا")


def extras(doc: Doc, d: Draft) -> dict[str, Any]:
    """The further fields of an act, by name as in `musnad.record.Event`."""
    i = d.trigger.candidate.i
    signs = signs_over(doc, i)
    weapons = _weapons(doc, d)
    out: dict[str, Any] = {
        "date_span": _date_span(doc, d),
        "status_spans": tuple(span(doc, a, b) for s, a, b, _ in signs if SIGN_OF.get(s, s) == d.status),
        "toll_spans": tuple(span(doc, t.first, t.last) for t in (d.killed, d.injured) if t is not None),
        "mode_spans": tuple(span(doc, a, b) for a, b, _, mode in weapons if mode and mode == d.trigger.mode),
        "doubt": ("actors",) if d.actors and _doubted(doc, i, [x[0] for x in signs]) else (),
        "means": tuple(
            Means(x.start, x.end, x.text, kind) for x, kind in ((span(doc, a, b), kind) for a, b, kind, _ in weapons)
        ),
        "phase": phase(doc, i),
        "toll": tolls_by_group(doc, d),
        "facility": _facility(doc, d),
        "channel": _channel(doc, d),
        "because": _because(doc, d, [name for *_, name in signs if SIGN_OF.get(_[0], _[0]) == d.status]),
    }
    return out


def _doubted(doc: Doc, i: int, signs: Sequence[str]) -> bool:
    """Whether a sign of doubt about the doer reaches the act, or follows it with no other act between (غارات يرجح أنها
    من ...)."""
    if "doubt_actor" in signs:
        return True
    for f in doc.signs:
        if f.reading.entry.status == "doubt_actor" and doc.sent[f.first] == doc.sent[i] and i < f.first < i + 8:
            return not any(i < c.i < f.first for c in doc.candidates)
    return False


def _date_span(doc: Doc, d: Draft) -> Span | None:
    if d.date is None or d.date_at < 0:
        return None
    e = doc.dates[d.date_at]
    return span(doc, e.first, e.last)


def _rivals(doc: Doc, i: int, first: int, last: int) -> bool:
    """Whether another candidate act of the clause stands nearer to tokens `first` to `last` than the act at `i`."""
    own = min(abs(first - i), abs(last - i))
    return any(
        abs(c.i - i) > 2
        and doc.clause[c.i] == doc.clause[i]
        and not first <= c.i <= last
        and min(abs(first - c.i), abs(last - c.i)) < own
        for c in doc.candidates
    )


def _weapons(doc: Doc, d: Draft) -> list[tuple[int, int, str, str]]:
    """The weapons named in the clause of an act of force, nearer to it than to any other act."""
    if d.trigger.type not in ARMED:
        return []
    i = d.trigger.candidate.i
    out = []
    for first, last, kind, mode in doc.weapons:
        if not kind or doc.clause[first] != doc.clause[i] or first <= i <= last or _rivals(doc, i, first, last):
            continue
        out.append((first, last, kind, "" if mode == "-" else mode))
    return out


def phase(doc: Doc, i: int) -> str | None:
    """begin, continue, resume, attempt, fail, end or prevent, from the word of phase that governs an act."""
    for j in range(max(doc.sentences[doc.sent[i]].first, i - 6), i):
        for f in doc.expr_at.get(j, ()):
            klass = f.reading.entry.klass
            if klass.startswith("PHASE/") and f.last < i and _governs(doc, f.last, i):
                return str(klass[6:])
    first, steps = doc.sentences[doc.sent[i]].first, 0
    for j in range(i - 1, first - 1, -1):
        t = doc.tokens[j]
        if t.text in "،.؛:" or t.norm in RELATIVES or steps > 6:
            return None
        found = _phase_word(doc, j)
        if found:
            return found if _governs(doc, j, i) else None
        steps += doc.chunk[j] != doc.chunk[j + 1]
    return None


def _phase_word(doc: Doc, j: int) -> str:
    """The phase that a word outside a mention tells; a word that may be an act as well (أوقف) only as a verb."""
    w = doc.words[j]
    if w is None or doc.actor_at[j] >= 0:
        return ""
    for r in w.events:
        for type_, name in r.entry.types:
            if type_ == "PHASE" and name and (w.cls == "H" or r.pos == "verb"):
                return name
    return ""


def _governs(doc: Doc, g: int, i: int) -> bool:
    """Whether nothing between a word of phase and an act starts a phrase of its own (بعد قصف) or tells another act."""
    for j in range(g + 1, i):
        t = doc.tokens[j]
        if (
            t.text in "،.؛:"
            or t.norm in OWN_PHRASE
            or (j in doc.number_of and doc.actor_at[j] < 0 and not _helper(doc, j))
        ):
            return False
    return doc.tokens[i - 1].norm not in OWN_PHRASE


def _helper(doc: Doc, j: int) -> bool:
    w = doc.words[j]
    return w is not None and w.cls in "LHC"


def tolls_by_group(doc: Doc, d: Draft) -> tuple[TollGroup, ...]:
    """Counts of people by group and by what befell them, in the words that belong to the act's toll; for arrests and
    flight, the people counted after the act's word."""
    s = doc.sentences[doc.sent[d.trigger.candidate.i]]
    out: dict[int, TollGroup] = {}
    if d.killed is not None or d.injured is not None:
        for t in find_tolls(doc.tokens, doc.numbers, s.first, s.last):
            mine = d.killed if t.kind == "killed" else d.injured
            if mine is None or (t.first, t.last) != (mine.first, mine.last):
                continue
            if t.noun is not None and (group := _group(doc, t.noun)) != "":
                _add(doc, out, t.first, t.last, group, t.kind, t.count)
            for first, last, group, count in _listed_after(doc, t.last, s.last):
                _add(doc, out, first, last, group, t.kind, count)
    harm = _harm(doc, d)
    if harm and not out:
        for first, last, group, count in _counted(doc, d.trigger.candidate.i + 1, s.last, 5):
            if first == last and doc.tokens[last].norm.endswith("ون"):
                continue
            _add(doc, out, first, last, group, harm, count)
            for x in _listed_after(doc, last, s.last):
                _add(doc, out, *x[:3], harm, x[3])
            break
    return tuple(out[k] for k in sorted(out))


def _add(
    doc: Doc, out: dict[int, TollGroup], first: int, last: int, group: str, harm: str, count: tuple[int, int | None]
) -> None:
    x = span(doc, first, last)
    out.setdefault(first, TollGroup(x.start, x.end, x.text, group, harm, count))


def _harm(doc: Doc, d: Draft) -> str:
    if (d.trigger.type == "COERCE" and d.trigger.mode == "arrest") or d.trigger.mode == "abduct":
        return "detained"
    i = d.trigger.candidate.i
    if d.trigger.mode == "deport" or doc.tokens[i].norm.removeprefix("و") in MOVED:
        return "displaced"
    return ""


def _group(doc: Doc, j: int) -> str:
    form = doc.tokens[j].norm
    groups = doc.book.groups
    for head in ("", "و", "ف", "ال", "وال", "ب", "ل"):
        if form.startswith(head) and (found := groups.get(form[len(head) :])) is not None:
            return found
    return ""


def _counted(doc: Doc, first: int, end: int, reach: int) -> list[tuple[int, int, str, tuple[int, int | None]]]:
    """People counted in a stretch: a number with a noun, or a singular or dual noun that counts by itself."""
    out: list[tuple[int, int, str, tuple[int, int | None]]] = []
    j, steps = first, 0
    numbers = {n.first: n for n in doc.numbers}
    while j <= end and steps < reach:
        t = doc.tokens[j]
        if t.kind == "punct" and t.text in ".؛:":
            break
        n = numbers.get(j)
        if n is not None and not _group(doc, j) and n.last < end:
            for k in range(n.last + 1, min(n.last + 3, end + 1)):
                group = _group(doc, k)
                if group:
                    out.append((j, k, group, (n.min, n.max)))
                    j = k
                    break
            j = max(j, n.last) + 1
            steps += 1
            continue
        group = _group(doc, j)
        if group and not t.norm.removeprefix("و").startswith("ال"):
            count = count_of_noun(t) or (1, None)
            out.append((j, j, group, count))
        steps += 1
        j += 1
    return out


def _listed_after(doc: Doc, last: int, end: int) -> list[tuple[int, int, str, tuple[int, int | None]]]:
    """The breakdown after بينهم: بينهم ثلاثة أطفال وامرأتان."""
    for j in range(last + 1, min(last + 6, end + 1)):
        t = doc.tokens[j]
        if t.norm in AMONG:
            return _counted(doc, j + 1, end, 7)
        if t.text in ".؛:" or t.norm in COMPLEMENTS:
            break
    return []


def _facility(doc: Doc, d: Draft) -> Span | None:
    """The facility struck or searched: the nearest one after the act's word in its clause, else before it."""
    if d.trigger.type not in STRUCK:
        return None
    i = d.trigger.candidate.i
    found = [
        (a, b)
        for a, b, _ in doc.targets
        if doc.clause[a] == doc.clause[i] and not a <= i <= b and not _rivals(doc, i, a, b)
    ]
    after = [x for x in found if x[0] > i]
    best = after[0] if after else None
    return span(doc, *best) if best is not None else None


def _channel(doc: Doc, d: Draft) -> str | None:
    """By what means the act's narrator spoke, or its speaker for an act of speech."""
    at = d.telling.i if d.telling is not None and d.chain else d.trigger.candidate.i if d.trigger.type in SPEECH else -1
    if at < 0:
        return None
    s = doc.sentences[doc.sent[at]]
    base = max(s.first, at - 8)
    best: tuple[int, str] | None = None
    for f in doc.book.channels.find(doc.tokens[base : min(s.last, at + 14) + 1]):
        j = base + f.first
        lead = doc.tokens[j - 1].norm if j > s.first else ""
        if f.reading.pos == "verb" or not (
            f.particles.startswith(("ب", "وب", "ل")) or lead in ("في", "عبر", "علي", "خلال", "وفي", "ضمن", "حسب", "وفق")
        ):
            continue
        if any(doc.tokens[x].text in ".؛" for x in range(min(at, j), max(at, j))):
            continue
        if best is None or abs(j - at) < best[0]:
            best = (abs(j - at), f.reading.entry.kind)
    return best[1] if best is not None else None


def _because(doc: Doc, d: Draft, signs: Sequence[str]) -> tuple[str, ...]:
    """The entry of the act's word, its expression, the signs of its status, and what named its parties and places."""
    c = d.trigger.candidate
    out: list[str] = []
    if c.expression is not None:
        out.append(c.expression.reading.entry.id)
    fitting = [r.entry.id for r in c.readings if any(t == d.trigger.type for t, _ in r.entry.senses)]
    out.extend(fitting[:1] or [c.readings[0].entry.id])
    out.extend(signs)
    if d.telling is not None and d.chain:
        out.append(f"told by: {d.telling.lemma}")
    for k in (*d.actors, *d.recipients):
        out.extend(doc.actors[k].because)
    for k in d.places:
        p = doc.places[k]
        if p.because:
            out.append(p.because)
    out.extend(d.because)
    return tuple(dict.fromkeys(out))
