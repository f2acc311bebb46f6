"""What stands in the slots of a word of standing facts: noun, subject, genitive, what follows a preposition.

Words such as المدعومة من, التابع لـ or تحت سيطرة are no acts, so the coder's learned roles do not reach them. Their
fillers stand close by and are found by the frame of the codebook's row: walking to the preposition, to the noun
described, to the subject of the clause, or to what a pronoun means.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from musnad.arabic.wordlists import words
from musnad.coding.actors import ActorMention, find_actors
from musnad.coding.document import COMPLEMENTS, PREPOSITIONS, RELATIVES, Doc
from musnad.coding.grammar import ADVERBS, QUOTES, is_clause_verb, joined, prep_of

WITH_PRONOUN = {
    form: (prep, tail)
    for prep in ("ل", "ب", "من", "مع", "علي", "الي", "في", "عن")
    for tail in ("ه", "ها", "هم", "هما", "هن", "نا")
    for form in (prep + tail,)
}  # fmt: skip
NO_PARTY = words(
    "site aircraft weapon vehicle source property victim civilian facility portfolio ground paper act"
    " word modifier quantifier"
)
"""Classes of head nouns that are no party to a standing relation."""
BARE_HEADS = words("force group militia fighter rebels soldier people enemy")
"""Classes of head nouns that name no party by themselves (قوات، مجموعة، عناصر)."""
BY_WORDS = words("قبل جانب طرف عناصر مقاتلي مسلحي ما يسمي تسمي يعرف بـ")
STOPS = ".؛!؟\n"
OPEN, CLOSE = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Party:
    """A party in a slot: its words, its id, and the number of its mention (-1 when read inside another one)."""

    start: int
    end: int
    id: str
    mention: int = -1
    kind: str = ""
    cls: str = ""


def party(doc: Doc, k: int, type_: str = "") -> Party:
    """Mention `k` as a party."""
    m = doc.actors[k]
    return Party(m.start, m.end, m.id_for(type_) if type_ else m.id, k, m.kind, m.head_class)


def within(doc: Doc, first: int, last: int, m: ActorMention) -> Party | None:
    """The party named by tokens `first` to `last` inside mention `m` (حماس in الشرطة التابعة لحماس)."""
    while first < last and doc.tokens[first].norm in ("ل", "ب", "من", "مع", "الي", *QUOTES):
        first += 1
    found = find_actors(doc.tokens[first : last + 1], doc.report.body, doc.book.actors, doc.context)
    found = [x for x in found if x.id and x.kind != "none"]
    if found:
        x = found[0]
        ident = m.owner if x.kind == "anaphor" and m.owner else x.id
        return Party(x.start, x.end, ident, -1, x.kind, x.head_class)
    return None


def head(doc: Doc, i: int, reach: int = 2) -> Party | None:
    """The party that a word at token `i` describes: the noun before it, or the phrase around it up to the word.

    Between them only adjectives, quotes, insertions in brackets and a place with its preposition may stand.
    """
    k = doc.actor_at[i]
    if k >= 0 and doc.actors[k].first < i:
        return _head_inside(doc, k, i)
    if k >= 0 and doc.actors[k].kind == "entity":
        m = doc.actors[k]
        return Party(m.start, m.end, m.id, k, m.kind, m.head_class)
    first = doc.sentences[doc.sent[i]].first
    j, steps, inside = i - 1, 0, 0
    while j >= first and steps <= reach:
        t = doc.tokens[j]
        if t.text in CLOSE:
            inside += 1
        elif t.text in OPEN:
            inside = max(0, inside - 1)
        elif not inside:
            k = doc.actor_at[j]
            if k >= 0:
                m = doc.actors[k]
                if m.kind == "adjective" or (m.kind == "role" and m.first == m.last and is_adjective(doc, m.first)):
                    j = m.first - 1
                    continue
                if m.kind == "country" and prep_of(doc, k) in ("في", "ب"):
                    j = m.first - (2 if prep_of(doc, k) == "في" else 1)
                    continue
                if m.head_class in NO_PARTY or not m.id or m.kind in ("possessive", "none", "victims"):
                    return None
                return party(doc, k)
            if doc.place_at[j] >= 0:
                p = doc.places[doc.place_at[j]]
                j = p.first - 1
                if j >= first and doc.tokens[j].norm in ("في", "من"):
                    j -= 1
                continue
            if t.text in QUOTES or t.text in "،,-–" or doc.date_at[j] >= 0:
                j -= 1
                continue
            if not is_adjective(doc, j):
                return None
            steps += 1
        j -= 1
    return None


def is_adjective(doc: Doc, j: int) -> bool:
    """Whether a word may be an adjective of the noun before it."""
    form = doc.tokens[j].norm
    return (
        doc.tokens[j].kind == "word"
        and form not in PREPOSITIONS
        and form not in RELATIVES
        and form not in COMPLEMENTS
        and (form.startswith("ال") or form.endswith(("يه", "ين", "ون", "ات", "يا")))
        and not is_clause_verb(doc, j)
    )


def _head_inside(doc: Doc, k: int, i: int) -> Party | None:
    m = doc.actors[k]
    if m.head_class in NO_PARTY - {"civilian"} and m.kind != "source":
        return None
    end = i - 1
    while end > m.first and doc.tokens[end].text in QUOTES:
        end -= 1
    own = within(doc, m.first, end, m)
    if own is not None and own.kind in ("entity", "media"):
        return own
    if m.kind == "source":
        return None
    text_end = doc.tokens[end].end
    if m.kind in ("entity", "media"):
        return Party(m.start, text_end, m.id, k, m.kind, m.head_class)
    bare = m.head_class in BARE_HEADS
    if own is None:
        return None
    if bare:
        return Party(
            m.start,
            text_end,
            m.id if m.id != m.owner else own.id,
            k,
            "owned" if m.id == m.owner else "bare",
            m.head_class,
        )
    if m.head_class == "body" and m.id == m.owner:
        return None
    return Party(m.start, text_end, m.id if m.id != m.owner else own.id, k, m.kind, m.head_class)


def antecedent(doc: Doc, i: int) -> int:
    """The token of the relative pronoun right before a verb at token `i`; -1 when there is none."""
    j = i - 1
    first = doc.sentences[doc.sent[i]].first
    while j >= first and (doc.tokens[j].norm in ADVERBS or doc.tokens[j].text in QUOTES):
        j -= 1
    if j >= first and doc.tokens[j].norm in RELATIVES:
        return j
    return -1


def subject(doc: Doc, i: int, reach: int = 22, bar: Iterable[int] = ()) -> Party | None:
    """The subject of the clause around token `i`: the nearest earlier party without a preposition."""
    first = doc.sentences[doc.sent[i]].first
    j, steps = i - 1, 0
    fallback: Party | None = None
    while j >= first and steps < reach:
        t = doc.tokens[j]
        k = doc.actor_at[j]
        if k >= 0:
            m = doc.actors[k]
            if (
                m.id
                and m.id != "ANON"
                and k not in bar
                and m.kind not in ("adjective", "none")
                and m.head_class not in NO_PARTY
            ):
                prep = prep_of(doc, k)
                if not prep:
                    return party(doc, k)
                if fallback is None and prep not in ("في", "ب", "قرب", "ضد"):
                    fallback = party(doc, k)
            j = m.first - 1
            steps += 1
            continue
        if t.text in STOPS or t.text == ":":
            break
        if t.norm in COMPLEMENTS and t.norm[-1] == "ن":
            break
        steps += 1
        j -= 1
    return fallback


_PLURAL = frozenset(["هم", "هن", "نا"])


def resolve(doc: Doc, i: int, pronoun: str, bar: Iterable[int] = ()) -> Party | None:
    """What a pronoun on the word at token `i` means: the fitting party of the clause, else of the sentence before."""
    barred = set(bar)
    si = doc.sent[i]
    for s in range(si, max(si - 2, -1), -1):
        first = doc.sentences[s].first
        last = i - 1 if s == si else doc.sentences[s].last
        best: tuple[float, Party] | None = None
        seen: set[int] = set()
        for j in range(last, first - 1, -1):
            k = doc.actor_at[j]
            if k < 0 or k in seen:
                continue
            seen.add(k)
            m = doc.actors[k]
            if (
                not m.id
                or k in barred
                or m.id == "ANON"
                or m.kind in ("adjective", "none", "source", "victims", "possessive")
            ):
                continue
            if m.head_class in NO_PARTY or m.first <= i <= m.last:
                continue
            if pronoun == "نا":
                if m.kind == "media" or m.head_class in ("media", "paper", "journalist"):
                    continue
                return party(doc, _opening(doc, first, k))
            prep = prep_of(doc, k)
            score = -0.15 * (len(seen) - 1)
            if not prep:
                score += 1.0
            elif prep in ("في", "ب", "قرب"):
                score -= 1.0
            if m.first == first or is_clause_verb(doc, m.first - 1):
                score += 0.6
            if m.kind in ("person", "media") or m.head_class in ("person", "official", "spokesman"):
                score -= 0.8
            if pronoun == "ه" and doc.tokens[m.head].norm.endswith("ه") and m.kind != "person":
                score -= 0.6
            if pronoun == "ها" and (
                m.kind == "person" or doc.tokens[m.head].norm in ("الجيش", "التنظيم", "الحزب", "تنظيم", "حزب", "جيش")
            ):
                score -= 0.8
            if pronoun in _PLURAL and m.number == "sg" and m.kind in ("country", "person"):
                score -= 0.5
            if best is None or score > best[0]:
                best = (score, party(doc, k))
        if best is not None:
            return best[1]
    return None


def _opening(doc: Doc, first: int, k: int) -> int:
    """The first party of a sentence that is no medium, up to mention `k`: the speaker whom نا means."""
    for x in range(k + 1):
        m = doc.actors[x]
        if (
            m.first >= first
            and m.id
            and m.id != "ANON"
            and m.kind not in ("media", "adjective", "none", "source")
            and m.head_class not in NO_PARTY
        ):
            return x
    return k


def coordinated(doc: Doc, p: Party) -> list[Party]:
    """A party and those joined to it by و right after it."""
    out = [p]
    k = p.mention
    if k < 0:
        return out
    while k + 1 < len(doc.actors) and joined(doc, k + 1):
        m, before = doc.actors[k + 1], doc.actors[k]
        if prep_of(doc, k + 1) not in ("", prep_of(doc, p.mention)) or m.first <= before.last:
            break
        if m.kind != before.kind and "country" in (m.kind, before.kind) and m.head_class not in ("government", "igo"):
            break
        if not m.id or m.head_class in NO_PARTY or (m.kind == "role" and before.definite and not m.definite):
            break
        if m.last + 1 < len(doc.tokens) and doc.book.ties.readings(doc.tokens[m.last + 1].norm):
            break
        out.append(party(doc, k + 1))
        k += 1
    return out


def bare_after(doc: Doc, last: int, reach: int = 3) -> Party | None:
    """The party right after a word (genitive, subject after the verb): nothing but quotes and small words between."""
    j, steps = last + 1, 0
    end = doc.sentences[doc.sent[last]].last
    while j <= end and steps < reach:
        t = doc.tokens[j]
        k = doc.actor_at[j]
        if k >= 0:
            m = doc.actors[k]
            if m.first <= last:
                return within(doc, j, m.last, m)
            if m.kind == "adjective":
                return None
            glued = m.start > doc.tokens[m.first].start and prep_of(doc, k) in ("ل", "ب", "ك")
            if (
                (prep_of(doc, k) and (glued or m.first - 1 > last))
                or not m.id
                or m.kind == "none"
                or m.head_class in NO_PARTY
            ):
                return None
            return party(doc, k)
        if t.text in QUOTES or t.norm in ADVERBS or doc.date_at[j] >= 0:
            j += 1
            continue
        if t.kind == "punct" or t.norm in PREPOSITIONS or t.norm in RELATIVES or t.norm in COMPLEMENTS:
            return None
        if doc.place_at[j] >= 0 or is_clause_verb(doc, j):
            return None
        steps += 1
        j += 1
    return None


def adjective_after(doc: Doc, last: int) -> Party | None:
    """A country told by an adjective right after a word: الدعم الإيراني، بدعم أميركي، مدعومة تركياً."""
    end = doc.sentences[doc.sent[last]].last
    for j in range(last + 1, min(last + 4, end + 1)):
        k = doc.actor_at[j]
        if k >= 0:
            m = doc.actors[k]
            return party(doc, k) if m.kind == "adjective" and m.first == j and m.id else None
        if doc.tokens[j].kind != "word" or doc.tokens[j].norm in PREPOSITIONS:
            return None
    return None


def after_preposition(
    doc: Doc, last: int, prep: str, i: int, reach: int = 5, bar: Iterable[int] = (), over: int = -1
) -> Party | None:
    """The party after preposition `prep` that follows token `last`; a pronoun with it is resolved. Mention `over`
    (the genitive of a masdar) may stand between."""
    end = doc.sentences[doc.sent[last]].last
    j, steps, seen = last + 1, 0, False
    while j <= end and steps < reach:
        t = doc.tokens[j]
        form = t.norm
        k = doc.actor_at[j]
        if t.text in "،," and not seen:
            return None
        if not seen and form in WITH_PRONOUN and WITH_PRONOUN[form][0] == prep:
            return resolve(doc, i, WITH_PRONOUN[form][1], bar)
        if not seen and form == prep:
            seen = True
            j += 1
            steps = 0
            continue
        if k >= 0:
            m = doc.actors[k]
            if m.first <= i:
                if seen or (prep in ("ل", "ب") and form.startswith(prep)):
                    return within(doc, j, m.last, m)
                steps += 1
                j += 1
                continue
            if m.kind == "none" or k == over:
                j = m.last + 1
                steps += 1
                continue
            if not seen and m.kind == "role" and m.first == m.last and form.startswith("ال"):
                j += 1
                steps += 1
                continue
            if seen or (prep in ("ل", "ب") and prep_of(doc, k) == prep):
                if not m.id or m.head_class in NO_PARTY - {"civilian"}:
                    return None
                return party(doc, k)
            if m.kind == "adjective":
                j = m.last + 1
                steps += 1
                continue
            return None
        if not seen and prep in ("ل", "ب") and form.startswith(prep) and form[1:] in BY_WORDS:
            seen = True
            j += 1
            continue
        if t.kind == "punct" and t.text not in QUOTES and t.text not in "-–ـ{}":
            return None
        if form in RELATIVES or form in COMPLEMENTS or (is_clause_verb(doc, j) and form not in BY_WORDS):
            return None
        if form in PREPOSITIONS and form not in BY_WORDS:
            return None
        if t.text not in QUOTES and form not in BY_WORDS:
            steps += 1
        j += 1
    return None


def innermost(doc: Doc, k: int) -> Party | None:
    """The party after التابع لـ inside mention `k` (الشرطة التابعة لحماس): what a relative clause speaks of."""
    m = doc.actors[k]
    for j in range(m.first + 1, m.last):
        if any(r.entry.kind == "part_of" for _, r, _ in doc.book.ties.readings(doc.tokens[j].norm)):
            return within(doc, j + 1, m.last, m)
    return None
