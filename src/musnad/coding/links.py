"""How acts hang together by the words between them: purpose, cause, answer, after, with.

A link leads from the act that is explained to what explains it: an act done for a purpose, its effect to its cause, an
answer to what it answers, the later act to the earlier. Words such as بسبب, رداً على and بعد stand in the codebook's
links.tsv; لـ before a masdar is read here. Where the other side is told but is no act of the record, its words are the
end of the link; only purpose, cause and answer are kept so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from musnad.arabic.wordlists import words
from musnad.codebook.expressions import Found
from musnad.codebook.relations import RelationEntry
from musnad.coding.context import span
from musnad.coding.document import COMPLEMENTS, RELATIVES, Doc
from musnad.coding.grammar import QUOTES, is_clause_verb
from musnad.record import Link, LinkKind, Span

if TYPE_CHECKING:
    from musnad.coding.coder import Draft

SPEECH = words("REQUEST THREATEN ACCUSE REJECT AGREE SUPPORT CONSULT")
WORDS_SUFFICE = frozenset(["purpose", "cause", "answer"])
CLOSE = frozenset(["وسط", "خلال", "أثناء"]) | {"في ظل"}
REACH = 9
CLOSE_REACH = 3
Word = Found[RelationEntry]


def find_links(doc: Doc, drafts: Sequence[Draft]) -> tuple[Link, ...]:
    """The links of a report, in text order."""
    ids = {d.trigger.candidate.i: f"e{n}" for n, d in enumerate(drafts, 1)}
    by = {d.trigger.candidate.i: d for d in drafts}
    out: list[tuple[int, str, str | Span, str | Span, Span]] = []
    used: set[tuple[str | Span, str | Span]] = set()
    taken: set[int] = set()

    def put(i: int, kind: str, source: str | Span, target: str | Span, evidence: Span) -> None:
        if source != target and (source, target) not in used:
            used.add((source, target))
            out.append((i, kind, source, target, evidence))

    aims = {i: n for i in sorted(by) if (n := _aim(doc, i, by)) >= 0}
    for f in doc.book.links.find(doc.tokens):
        if (
            doc.sent[f.first] < 0
            or doc.blocked[f.first]
            or _is_other(doc, f)
            or taken & set(range(f.first, f.last + 1))
        ):
            continue
        found = _ends(doc, f, by)
        if found is None:
            continue
        left, right = found
        kind = f.reading.entry.kind
        if kind in ("answer", "cause", "after", "with"):
            left = aims.get(left, left)
        if isinstance(right, int) and right in ids and left in ids:
            source, target = ids[left], ids[right]
        elif isinstance(right, Span) and left in ids and kind in WORDS_SUFFICE:
            put(f.first, kind, ids[left], right, span(doc, f.first, f.last))
            continue
        else:
            continue
        taken.update(range(f.first, f.last + 1))
        if kind == "purpose":
            aims[right] = left
        if kind == "before":
            kind, source, target = "after", target, source
        elif kind == "leads":
            kind, source, target = "cause", target, source
        put(f.first, kind, source, target, span(doc, f.first, f.last))
    for i, n in sorted(aims.items()):
        if "ل" in by[i].trigger.candidate.particles:
            put(i, "purpose", ids[n], ids[i], span(doc, i, i))
    out.sort(key=lambda x: x[0])
    return tuple(
        Link(f"l{n}", cast(LinkKind, kind), source, target, evidence)
        for n, (_, kind, source, target, evidence) in enumerate(out, 1)
    )


def _is_other(doc: Doc, f: Word) -> bool:
    """من قبل and بعد followed by a time, ما قبل: no link of acts."""
    lemma = f.reading.entry.lemma
    before = doc.tokens[f.first - 1].norm if f.first else ""
    if lemma in ("قبل", "بعد") and before in ("من", "ما", "علي", "عن"):
        return True
    if lemma == "نتيجة" and "ال" in f.particles:
        return True
    j = f.last + 1
    return j < len(doc.tokens) and doc.date_at[j] >= 0 and doc.dates[doc.date_at[j]].first == j


def _ends(doc: Doc, f: Word, by: dict[int, Draft]) -> tuple[int, int | Span] | None:
    """The act before the word and the act, or the words, after it; for a word that opens the sentence the main clause
    after its comma."""
    s = doc.sentences[doc.sent[f.first]]
    lemma = f.reading.entry.lemma
    right = _act_after(doc, f.last, CLOSE_REACH if lemma in CLOSE else REACH, by)
    left = -1
    for j in range(f.first - 1, s.first - 1, -1):
        t = doc.tokens[j]
        if t.text in ".؛":
            break
        if j in by and (by[j].trigger.type not in SPEECH or f.reading.entry.kind in ("after", "answer", "with")):
            left = j
            break
    if left < 0 and f.reading.entry.kind != "leads":
        left = _main_clause(doc, right if right >= 0 else f.last, by)
        if left == right:
            return None
    if left < 0:
        return None
    if right >= 0:
        return left, right
    words = _phrase(doc, f.last)
    return (left, words) if words is not None else None


def _act_after(doc: Doc, last: int, reach: int, by: dict[int, Draft]) -> int:
    end = doc.sentences[doc.sent[last]].last
    steps, j = 0, last + 1
    while j <= end and steps < reach:
        if j in by:
            return j
        t = doc.tokens[j]
        if t.kind == "punct" and t.text in "،.؛:":
            return -1
        if t.norm in RELATIVES:
            return -1
        if j > last + 2 and is_clause_verb(doc, j):
            return -1
        steps += j == last + 1 or doc.chunk[j] != doc.chunk[j - 1]
        j += 1
    return -1


def _main_clause(doc: Doc, after: int, by: dict[int, Draft]) -> int:
    """The first act after the comma that closes a phrase at the head of the sentence."""
    end = doc.sentences[doc.sent[after]].last
    comma = False
    for j in range(after + 1, end + 1):
        t = doc.tokens[j]
        if t.text in ".؛":
            return -1
        if t.text in "،,":
            comma = True
        elif comma and j in by:
            return j
    return -1


def _phrase(doc: Doc, last: int) -> Span | None:
    """The words after a word of purpose, cause or answer, up to the next mark (8 words at most)."""
    end = doc.sentences[doc.sent[last]].last
    stop = last
    for j in range(last + 1, min(end, last + 8) + 1):
        t = doc.tokens[j]
        if (t.kind == "punct" and t.text not in QUOTES) or t.norm in RELATIVES or t.norm in COMPLEMENTS:
            break
        if (
            j > last + 1
            and (is_clause_verb(doc, j) or t.norm in ("في", "من", "خلال", "بعد", "فيما", "بينما"))
            and j > last + 2
        ):
            break
        stop = j
    while stop > last and doc.tokens[stop].text in QUOTES:
        stop -= 1
    return span(doc, last + 1, stop) if stop > last else None


def _aim(doc: Doc, i: int, by: dict[int, Draft]) -> int:
    """The act whose aim the masdar with لـ at token `i` tells (شنوا غارات لاستعادة التلة); -1 if it is no aim."""
    c = by[i].trigger.candidate
    if "ل" not in c.particles or "ال" in c.particles or not any(r.pos in ("masdar", "noun") for r in c.readings):
        return -1
    first = doc.sentences[doc.sent[i]].first
    for j in range(i - 1, max(first, i - 14) - 1, -1):
        t = doc.tokens[j]
        if t.text in ".؛:" or t.norm in COMPLEMENTS:
            return -1
        w = doc.words[j]
        if j in by:
            d = by[j]
            takes = any("ل" in r.entry.frame for r in d.trigger.candidate.readings)
            return -1 if takes or d.trigger.type in SPEECH or _caused(doc, j, first) else j
        if w is not None and w.cls in "CLHS" and w.cls != "w" and doc.actor_at[j] < 0:
            reading = w.events[0] if w.events else w.speech[0] if w.speech else None
            if reading is not None and (w.cls == "C" or "ل" in reading.entry.frame):
                return -1
    return -1


def _caused(doc: Doc, j: int, first: int) -> bool:
    """أدت الغارة لمقتل جندي: a word of cause before an act makes لـ tell its effect."""
    for x in range(j - 1, first - 1, -1):
        w = doc.words[x]
        if doc.tokens[x].text in "،.؛:":
            return False
        if w is not None and w.cls == "C" and doc.actor_at[x] < 0:
            return True
    return False
