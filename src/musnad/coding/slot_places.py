"""The places in the slots of a word of holding: after its preposition, before it, or meant by its pronoun.

A place is taken with those joined to it by و; the larger places named with it (بلدة كذا في ريف كذا) are left out.
"""

from __future__ import annotations

from musnad.arabic.text import Token
from musnad.arabic.wordlists import words
from musnad.coding.document import COMPLEMENTS, PREPOSITIONS, RELATIVES, Doc
from musnad.coding.grammar import ADVERBS, QUOTES, is_clause_verb
from musnad.coding.slots import CLOSE, OPEN, STOPS, WITH_PRONOUN, is_adjective

EXTENT = {
    "part": words(
        "جزء اجزاء الاجزاء بعض معظم غالبيه اغلب اغلبيه نصف ثلث ربع ثلثي قسم اقسام احياء مواقع نقاط مناطق قري"
        " بلدات مساحه مساحات صغيره عده عدد اراض اراضي شطر جانب اطراف"
    ),
    "pocket": frozenset(["جيب", "جيوب", "جيبين", "جيبا", "جيبن"]),
}
FILL = words(
    "نحو مساحه كامل كل جميع سائر باقي كافه انحاء كامله الكامله التامه الكلي الكامل تماما بالكامل واسعه"
    " شاسعه كبيره كبري مهمه عدد من في هذا هذه اخر احد احدي مركز وسط محيط منطقه مدينه بلده قريه حي ناحيه"
    " قضاء مديريه محافظه مدينتي بلدتي قريتي منطقتي حيي مناطق مدن بلدات قري احياء مواقع نقاط الجزء الشمالي"
    " الجنوبي الشرقي الغربي شمالي جنوبي شرقي غربي شمال جنوب شرق غرب اجزاء جزء بعض معظم نصف ثلث ربع غالبيه"
    " اغلب مساحات مساحه اراض اراضي كبيرا كبيرتين صغيره صغير قلب داخل طول امتداد"
)


def extent(doc: Doc, first: int, last: int) -> str:
    """whole, part or pocket, by the words between a holding word and its place."""
    for j in range(first, last):
        form = doc.tokens[j].norm
        for name, forms in EXTENT.items():
            if form in forms or (form.startswith("و") and form[1:] in forms):
                return name
    return "whole"


GENERIC = words(
    "مناطق المناطق مواقع المواقع نقاط النقاط اراض اراضي الاراضي القري قري بلدات البلدات مدن المدن احياء"
    " الاحياء مساحات المساحات اماكن الاماكن جيوب منطقه حقول الحقول مقار مقرات معابر"
)
"""Nouns that name no place by themselves (المناطق التي يسيطر عليها)."""


TOWNS = frozenset(["المدينه", "البلده", "القريه", "العاصمه"])


def named(doc: Doc, k: int) -> int:
    """The nearest mention that names the town that mention `k` (المدينة) points to; other places (الحقل، القطاع) are
    quoted as they stand."""
    p = doc.places[k]
    if p.form != "back" or doc.tokens[p.last].norm.removeprefix("و") not in TOWNS:
        return k
    names = [x for x, q in enumerate(doc.places) if q.name == p.name and q.country == p.country and q.form != "back"]
    return min(names, key=lambda x: abs(doc.places[x].start - p.start)) if names else k


def unnamed(doc: Doc, k: int) -> bool:
    """Whether mention `k` only points at places without a name (المناطق، محيطه)."""
    p = doc.places[k]
    return p.first == p.last and (
        p.form == "part" or (p.form == "back" and doc.tokens[p.first].norm.removeprefix("و") in GENERIC)
    )


_MORE = (["اضافه", "الي"], ["الاضافه", "الي"], ["صولا", "الي"], ["فضلا", "عن"], ["كذلك"], ["كذلك", "في"], ["ايضا"])


def run_of_places(doc: Doc, k: int) -> list[int]:
    """A place and those joined to it by و or commas; the larger places named with it are left out."""
    out = [k]
    last = doc.places[k].last
    x = k + 1
    while x < len(doc.places):
        p = doc.places[x]
        if p.first <= last:
            x += 1
            continue
        gap = _outside_brackets(doc, last + 1, p.first)
        words = [t for t in gap if t.text not in QUOTES and t.text not in "،,"]
        lead = doc.tokens[p.first]
        and_ = (lead.norm.startswith("و") and p.start > lead.start) or any(t.norm == "و" for t in words)
        rest = [t for t in words if t.norm != "و"]
        if doc.sent[p.first] != doc.sent[last]:
            break
        if (
            (and_ and not rest)
            or (and_ and all(t.norm in FILL for t in rest))
            or (
                rest
                and rest[0].norm.startswith("و")
                and all(t.norm.lstrip("و") in FILL or t.norm[1:] in FILL for t in rest)
            )
            or _more(rest)
            or (not rest and len(words) < len(gap) and "،" in "".join(t.text for t in gap) and _list_goes_on(doc, x))
        ):
            out.append(x)
        elif (rest and len(rest) <= 2 and all(t.norm in FILL or t.norm in PREPOSITIONS for t in rest)) or not gap:
            pass  # في محافظة كذا: the larger place
        else:
            break
        last = p.last
        x += 1
    return out


def _more(rest: list[Token]) -> bool:
    """إضافة إلى, وصولا إلى and the like, before one more place of a list."""
    forms = [t.norm.lstrip("وب") for t in rest]
    return any(forms[: len(x)] == x and all(y in FILL for y in forms[len(x) :]) for x in _MORE)


def _outside_brackets(doc: Doc, first: int, end: int) -> list[Token]:
    out: list[Token] = []
    inside = 0
    for j in range(first, end):
        t = doc.tokens[j]
        if t.text in OPEN:
            inside += 1
        elif t.text in CLOSE:
            inside = max(0, inside - 1)
        elif not inside:
            out.append(t)
    return out


def _list_goes_on(doc: Doc, x: int) -> bool:
    """Whether a comma before place `x` stands in a list that ends with و."""
    y = x
    while y + 1 < len(doc.places):
        p, q = doc.places[y], doc.places[y + 1]
        between = "".join(t.text for t in doc.tokens[p.last + 1 : q.first])
        if doc.tokens[q.first].norm.startswith("و") and q.start > doc.tokens[q.first].start and not between.strip("،"):
            return True
        if between != "،":
            return False
        y += 1
    return False


def place_after(doc: Doc, last: int, prep: str, i: int, reach: int = 12) -> tuple[list[int], str, bool]:
    """Places after preposition `prep` (empty: right after the word), how much of them, and whether a pronoun stands
    for them: (mentions, extent, pronoun)."""
    end = doc.sentences[doc.sent[last]].last
    j, steps, seen = last + 1, 0, prep == ""
    begin = last + 1
    bare = 0
    while j <= end and steps < reach:
        t = doc.tokens[j]
        form = t.norm
        if not seen and form in WITH_PRONOUN and WITH_PRONOUN[form][0] == prep:
            return [], "whole", WITH_PRONOUN[form][1] in ("ه", "ها")
        k = doc.place_at[j]
        if not seen and (form == prep or form == "و" + prep):
            seen, begin, bare = True, j + 1, 0
            j += 1
            continue
        if k >= 0:
            p = doc.places[k]
            lead = doc.tokens[p.first].norm
            clitic = (prep in ("ل", "ب") and p.start > doc.tokens[p.first].start and lead.startswith(prep)) or (
                prep == "ل" and lead.startswith("لل")
            )
            if seen or clitic:
                if p.first < begin and not clitic and not prep:
                    return [], "whole", False
                if any(doc.tokens[x].norm == "بين" for x in range(begin, p.first)):
                    return [k], "part", False
                return run_of_places(doc, k), extent(doc, begin, p.first + 1), False
            a = doc.actor_at[j]
            if a < 0 and prep:
                steps += 1
                j = p.last + 1
                continue
        a = doc.actor_at[j]
        if a >= 0 and seen and k < 0 and doc.actors[a].kind != "adjective" and prep:
            break
        if a >= 0 and (not seen or not prep):
            j = max(doc.actors[a].last, j) + 1
            steps += 1
            continue
        if t.kind == "punct":
            if t.text in STOPS or t.text == ":":
                break
            if seen and t.text in "،,":
                break
            j += 1
            steps += 1
            continue
        if form in COMPLEMENTS or (form in RELATIVES and not (not seen and a >= 0)):
            break
        if is_clause_verb(doc, j) and form not in ADVERBS and not (seen and form in FILL):
            break
        if (
            not prep
            and form in PREPOSITIONS
            and not (form in FILL and doc.tokens[j - 1].norm in FILL)
            and form != "نحو"
        ):
            break
        if seen and form not in FILL and doc.date_at[j] < 0:
            bare += 1
            if bare > 2:
                break
        elif not seen and prep and form in PREPOSITIONS and form not in ("من", "في", "بعد", "خلال", "منذ", "مع", "عن"):
            steps += 2
        steps += 1
        j += 1
    return [], "whole", False


def place_before(doc: Doc, i: int, reach: int = 9) -> int:
    """The nearest place named before token `i` in its sentence, larger places after it stepped over; -1 if none."""
    first = doc.sentences[doc.sent[i]].first
    j, steps = i - 1, 0
    while j >= first and steps < reach:
        t = doc.tokens[j]
        k = doc.place_at[j]
        if k >= 0:
            while k > 0 and (_larger(doc, k) or _towards(doc, k)):
                k -= 1
            return k
        if t.text in STOPS or t.text == ":" or t.norm in COMPLEMENTS:
            break
        steps += 1
        j -= 1
    return -1


def _larger(doc: Doc, k: int) -> bool:
    """Whether place `k` is the larger one of a pair (بلدة كذا في ريف كذا)."""
    p, q = doc.places[k], doc.places[k - 1]
    if q.last >= p.first:
        return True
    gap = doc.tokens[q.last + 1 : p.first]
    clitic = p.start > doc.tokens[p.first].start and doc.tokens[p.first].norm.startswith("ب")
    words = [t for t in gap if t.text not in QUOTES]
    if doc.sent[q.last] != doc.sent[p.first] or (q.form == "back" and words and words[0].norm.startswith("الواقع")):
        return False
    return (clitic and not words) or (
        0 < len(words) <= 2 and all(t.norm in FILL or t.norm in ("من", "الواقعه", "ب") for t in words)
    )


def _towards(doc: Doc, k: int) -> bool:
    """Whether place `k` only tells where the one before it lies (مدينة في المنطقة الحدودية مع لبنان)."""
    p, q = doc.places[k], doc.places[k - 1]
    j = p.first - 1
    if doc.sent[q.last] != doc.sent[p.first] or j - q.last > 5:
        return False
    return doc.tokens[j].norm in BESIDE or (doc.tokens[j].norm == "في" and doc.tokens[j - 1].norm in APPOSED)


APPOSED = words("مدينه بلده قريه منطقه معقل موقع حي قاعده")
"""Nouns of place without article that describe the place before them (الزبداني، آخر مدينة في الريف)."""
BESIDE = words("مع قرب قباله جوار بجوار بمحاذاه")
MALE_LANDS = words("العراق لبنان اليمن الاردن السودان المغرب الصومال النيجر")
MALE_NOUNS = words(
    "مطار حقل معبر حي ميناء مخيم جسر موقع مقر معسكر قصر سد سجن مبني طريق ريف جبل تل وادي قضاء اقليم قطاع مركز لواء"
    " ملعب مصنع معمل مستشفي منفذ سوق شارع حاجز ساحل شمال جنوب شرق غرب وسط محور محيط"
)
"""Nouns of place of masculine gender: a pronoun ه may mean them, ها may not."""


def agrees(doc: Doc, k: int, pronoun: str) -> bool:
    """Whether a pronoun (ه، ها) can mean place `k` by its gender: towns and lands are feminine, nouns as they are."""
    if pronoun not in ("ه", "ها"):
        return True
    p = doc.places[k]
    lead = doc.tokens[p.first].norm
    forms = {lead, lead.removeprefix("و"), lead[1:] if lead[:1] in "بلو" else lead}
    bare = {x.removeprefix("ال") for x in forms}
    male = bool(bare & MALE_NOUNS) or (p.first == p.last and bool(forms & MALE_LANDS))
    return male if pronoun == "ه" else not male


def place_meant(doc: Doc, i: int, relative: bool, pronoun: str = "") -> int:
    """The place that a pronoun (عليها) means: the noun before the relative clause, else the nearest place before that
    agrees with it; -1 when the noun names none (المناطق التي يسيطر عليها)."""
    j = i - 1
    first = doc.sentences[doc.sent[i]].first
    while j >= first and (
        doc.tokens[j].text in QUOTES
        or (doc.place_at[j] < 0 and is_adjective(doc, j) and doc.tokens[j].norm not in GENERIC)
    ):
        j -= 1
    if (
        j >= first
        and doc.tokens[j].norm.removeprefix("و") in GENERIC
        and (doc.place_at[j] < 0 or unnamed(doc, doc.place_at[j]))
    ):
        return -1
    k = place_before(doc, i, 14 if relative else 40)
    if not relative:
        while k >= 0 and not agrees(doc, k, pronoun):
            k = place_before(doc, doc.places[k].first, 20)
    if k >= 0:
        return k
    si = doc.sent[i]
    if si > 0 and not relative:
        s = doc.sentences[si - 1]
        inside = [x for x, p in enumerate(doc.places) if s.first <= p.first <= s.last and agrees(doc, x, pronoun)]
        return inside[0] if inside else -1
    return -1
