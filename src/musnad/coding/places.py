"""Where the report speaks of: every mention of a place, with what is known of it.

Names are found in the codebook, longest first; the noun before (حقل، حي، ريف، شمالي) and the adjective after (الشرقي،
السورية) are taken into the mention as a reader would; a name that several places share is settled by the noun before
it, the country that the report speaks of, the places named near it, and prominence. A place that the codebook lacks
is still a mention when a noun of place introduces it (قرية ...): its country is that of its surroundings, its point unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from musnad.arabic.letters import norm
from musnad.arabic.text import Token, tokenize
from musnad.codebook.places import TOWNS, Head, Part, PlaceBook, PlaceEntry, Word, distance_km
from musnad.coding import areas
from musnad.coding.areas import Area

OPENING = frozenset("\"«“”'‘([")
CLOSING = frozenset("\"»”“'’)]")
DASHES = frozenset("-–—ـ/")

LOCATIVE = frozenset(
    norm(w)
    for w in "في إلى من نحو قرب باتجاه صوب داخل خارج ضمن على عند حول بين عبر بالقرب تجاه قبالة وفي ومن وإلى فوق مقابل وعلى".split()
)
NO_PLACE_BEFORE = frozenset(
    norm(w)
    for w in (
        "صحيفة جريدة قناة وكالة إذاعة مجلة شبكة مراسل مراسلة مراسلو لقناة صحيفتي مصادر سرايا كتائب كتيبة لواء فيلق سيف درع نبع"
        " حزب بطولة نادي فريق منتخب دوري كأس جائزة شركة بنك مصرف مؤسسة ماراثون بورصة أسهم مهرجان محور_ عملية معركة يوم ليلة"
        " عصائب حركة تنظيم جيش قوات سيف مجموعة الأستاذ اللاعب المدرب الحكم الهداف نجم لاعب مدرب"
    ).split()
)
"""Before these a name belongs to an organisation, an outlet, an operation or a club."""
FIELD_FUEL = frozenset(norm(w) for w in "غاز الغاز نفط النفط للغاز للنفط نفطي غازي".split())
QUALITIES = frozenset(
    norm(w)
    for w in (
        "المحتلة المحتل العسكرية العسكري النفطي النفطية الغازي الدولي الدولية الجوية الجوي الحدودي الحدودية الاستراتيجي الاستراتيجية"
        " البحري البحرية البرية البري الأثرية الأثري القديمة القديم الجديدة الجديد الشعبية الشعبي السكنية السكني المحررة المحرر المحاصرة"
        " المحاصر الكبرى الكبير الكبيرة الصغرى الصغير الأولمبي المركزي المركزية المدني المدنية النووي النووية الحراري الحرارية الجامعي"
        " الجامعية الوطني الوطنية التاريخية الزراعي الزراعية الصناعي الصناعية الساحلية المقدسة الفوقاني التحتاني الفوقا التحتا العليا السفلى"
    ).split()
)
"""Adjectives that are quoted with a place's name."""
NAME_STARTS = frozenset(
    "ابو ابي ام بني بنو ال عين راس تل تله دير كفر بيت خربه جبل وادي سيده السيده الشيخ شيخ النبي الامام خان عبد ذي ذو البو ابن بن باب قصر حي"
    " جسر عرب سد بئر بير كوم نهر دار ظهر ضهر حوش مزرعه رسم جب قره غوطه طور اولاد ولد ود حجر زاويه برج سوق قلعه مغر شعب نجع عزبه كفار كريات تسور بيار".split()
)
"""First words of names of two words."""
DEFINITE_KIN = {"مدينه": "city", "عاصمه": "capital"}
KIND_WORDS = {
    "airport": "airport", "base": "base", "field": "field", "crossing": "crossing", "camp": "camp", "port": "port",
    "bridge": "bridge", "dam": "dam", "hospital": "hospital", "prison": "prison", "school": "university or school",
    "mosque": "mosque", "church": "church", "street": "street", "square": "square", "road": "road", "market": "market",
    "plant": "plant", "building": "building", "mountain": "mountain", "valley": "valley", "plain": "plain",
    "desert": "desert", "checkpoint": "checkpoint", "river": "river", "lake": "lake", "island": "island",
    "front": "front", "forest": "forest", "farm": "farms", "strait": "strait", "hill": "hill",
}  # fmt: skip
SIDES = {0: "north", 45: "north-east", 90: "east", 135: "south-east", 180: "south", 225: "south-west", 270: "west", 315: "north-west"}
LANDS = frozenset(
    norm(w)
    for w in (
        "الأراضي أراضي الداخل العمق الأجواء المياه القرى البلدات المدن المناطق الساحل البادية الشواطئ المخيمات السواحل الموانئ"
        " المحافظات الأرياف الولايات السجون المستوطنات"
    ).split()
)
"""Definite nouns that with a country's adjective stand for (land of) the country."""
SIDE_NOUNS = {"الشمال": 0, "الشرق": 90, "الجنوب": 180, "الغرب": 270}
ADJECTIVAL = frozenset({"سوريه"})
"""Countries' names that are written like the adjective."""
OF_CAPITAL = frozenset({"العاصمه"})
OF_COUNTRY = frozenset(norm(w) for w in "البلاد أراضيها أراضيه المملكة بلادنا بلاده".split())
KINGDOMS = frozenset({"SAU", "JOR", "BHR", "MAR", "GBR"})
WITH_PRONOUN = {norm(w): "ريف" if "ريف" in w else "محيط" for w in "ريفها ريفه ريفيها محيطها محيطه أطرافها ضواحيها مشارفها".split()}
BACK = 150
"""How many tokens back المدينة may point."""
SMALL = 27.0
"""Towns of the gazetteer below this weight (some 40,000 people) are read as places only where something speaks for it."""
BORDER = frozenset({"حدود", "الحدود", "حدودها", "الشريطالحدودي"})
RIVERS = {"Euphrates", "Tigris", "Nile", "Dnieper", "Litani", "Jordan"}


@dataclass(slots=True)
class PlaceMention:
    """A mention of a place: tokens `first` to `last`, characters `start` to `end` of the body.

    `form` says how it was read: `name`, `head` (noun of place and name), `unknown` (a name that the codebook lacks),
    `part` (side, countryside, surroundings), `land`, `border`, `back` (المدينة, pointing back). `weak` marks a
    reading that needs support from its role: an ordinary word, or a country or capital that may stand for its
    government. `locative`: a preposition of place or a noun of place stands before it. `inner` holds the larger
    places named in it. `because` names the entry or the rule.
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    country: str
    lat: float | None
    lon: float | None
    precision_km: float | None
    kind: str
    province: str
    entry: str | None
    form: str
    weak: bool = False
    locative: bool = False
    inner: tuple[PlaceMention, ...] = ()
    area: Area | None = None
    because: str = ""


@dataclass(slots=True)
class _Raw:
    """A name found, before it is known which place bears it."""

    first: int
    last: int
    taken: int
    ids: tuple[int, ...]
    key: str
    words: int
    heads: list[tuple[int, int, Head, bool]] = field(default_factory=list)
    """Nouns before it, nearest first: (token, letters taken off, noun, with article)."""
    part: tuple[int, int, Part, int | None] | None = None
    left: int = 0
    left_taken: int = 0
    right: int = 0
    bearing: int | None = None
    country: str | None = None
    listed: Head | None = None
    coordinated: bool = False
    cut: int = 0
    """Letters of the last token that belong to the name; 0 for all."""


def focus_country(mentions: Sequence[PlaceMention]) -> str | None:
    """The country that most mentions lie in; None when there are none."""
    count: Counter[str] = Counter()
    for m in mentions:
        if m.country != "XXX":
            count[m.country] += 1
    return min(count, key=lambda c: (-count[c], c)) if count else None


def find_places(
    tokens: Sequence[Token],
    body: str,
    book: PlaceBook,
    context: Any = None,
    exclude: Sequence[tuple[int, int]] = (),
) -> list[PlaceMention]:
    """All mentions of places in a text, in its order.

    `exclude` lists token ranges (both ends included) that name something else, such as organisations. `context` may
    have a `country`: the country that the report is known to be about.
    """
    return _Finder(tokens, body, book, getattr(context, "country", None), exclude).run()


def resolve_place(text: str, book: PlaceBook, country: str | None = None) -> PlaceMention | None:
    """What words that are known to name a place mean (a cell of a table, a search, a user's correction).

    `country` tells which country is meant when several have a place of the name.
    """
    found = _Finder(tokenize(text), text, book, country, (), sure=True).run()
    return max(found, key=lambda m: (m.end - m.start, -m.start)) if found else None


class _Finder:
    def __init__(
        self,
        tokens: Sequence[Token],
        body: str,
        book: PlaceBook,
        home: str | None,
        exclude: Sequence[tuple[int, int]],
        sure: bool = False,
    ) -> None:
        self.tokens, self.body, self.book, self.home, self.sure = tokens, body, book, home, sure
        self.n = len(tokens)
        word = book.word
        self.words: list[Word | None] = [word(t.norm) if t.kind == "word" else None for t in tokens]
        self.closed = [False] * self.n
        for a, b in exclude:
            for i in range(a, b + 1):
                self.closed[i] = True
        self.taken = [False] * self.n
        self.focus: Counter[str] = Counter()
        self.points: list[tuple[float, float, str]] = []
        self.nisbas: list[tuple[int, str]] = []

    def run(self) -> list[PlaceMention]:
        raws = self._names()
        for raw in raws:
            self._left(raw)
            self._right(raw)
        raws = self._unmatched(raws)
        self._lists(raws)
        self._weigh(raws)
        mentions = [m for raw in raws if (m := self._resolve(raw))]
        for m in mentions:
            for i in range(m.first, m.last + 1):
                self.taken[i] = True
        others = self._others(mentions)
        for m in others:
            if m.form == "border":
                m.inner = tuple(x for x in mentions if m.first <= x.first and x.last <= m.last)
                mentions = [x for x in mentions if not (m.first <= x.first and x.last <= m.last)]
        mentions.extend(others)
        mentions.sort(key=lambda m: (m.first, -m.last))
        return mentions

    # names -----------------------------------------------------------------------------------------------------

    def _names(self) -> list[_Raw]:
        out: list[_Raw] = []
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
            if raw is None or self._belongs_to_other(raw):
                i += 1
                continue
            out.append(raw)
            i = raw.last + 1
        return out

    def _match(self, i: int, w: Word) -> _Raw | None:
        tokens, names, first = self.tokens, self.book.names, self.book.first
        best: _Raw | None = None
        if w.glued is not None:
            best = _Raw(i, i, 0, names[w.glued[1]], w.glued[1], 1, cut=w.glued[0])
        for taken, _, stem in w.starts:
            key, last = stem, i
            if key in names and (best is None or best.words < 1):
                best = _Raw(i, i, taken, names[key], key, 1)
            for count in range(2, first[stem] + 1):
                last += 1
                if last < self.n and tokens[last].text in DASHES:
                    last += 1
                if last >= self.n or tokens[last].kind != "word" or self.closed[last]:
                    break
                key += tokens[last].norm
                if key in names and (best is None or best.words < count):
                    best = _Raw(i, last, taken, names[key], key, count)
        if best is not None:
            best.left, best.left_taken, best.right = best.first, best.taken, best.last
        return best

    def _belongs_to_other(self, raw: _Raw) -> bool:
        p = raw.first - 1
        if p >= 0 and self.tokens[p].text in OPENING:
            p -= 1
        if p < 0 or self.tokens[p].kind != "word" or raw.taken:
            return False
        before = self.tokens[p].norm
        return before in NO_PLACE_BEFORE or (before[0] in "وبل" and before[1:] in NO_PLACE_BEFORE)

    # what stands around a name -----------------------------------------------------------------------------------

    def _left(self, raw: _Raw) -> None:
        """Take in the nouns of place, sides and parts before the name."""
        if raw.taken or self.tokens[raw.first].norm.startswith("لل") and raw.key.startswith("ال"):
            return
        p = raw.first - 1
        while p >= 0:
            quoted = self.tokens[p].text in OPENING and p > 0
            q = p - 1 if quoted else p
            w = self.words[q]
            if self.closed[q] or self.taken[q]:
                return
            if w is None:
                if self.tokens[q].norm in FIELD_FUEL and q and self._is_field(q - 1):
                    w, q = self.words[q - 1], q - 1
                elif self.tokens[q].norm in QUALITIES and q and self._definite_head(q - 1):
                    w, q = self.words[q - 1], q - 1
                else:
                    return
            elif self.tokens[q].norm in FIELD_FUEL and q and self._is_field(q - 1):
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

    def _head_fits(self, raw: _Raw, head: Head) -> bool:
        return any(self.book.entries[i].kind in head.kinds for i in raw.ids)

    def _side(self, i: int) -> tuple[int, int, int, Part] | None:
        """A side that ends at token `i`, of one word or two (شمال غربي): (its first token, letters off, bearing, part)."""
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

    def _right(self, raw: _Raw) -> None:
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
            elif form == norm("الأوسط") and (raw.heads or raw.part):
                r += 1
            elif form in QUALITIES:
                r += 1
            elif w is not None and w.nisba is not None and w.nisba[2] and not w.nisba[0]:
                if self._adjective_of_other(raw, w.nisba[1]):
                    break
                raw.country, r = w.nisba[1], r + 1
            else:
                break
            raw.right = r

    def _adjective_of_other(self, raw: _Raw, country: str) -> bool:
        """Whether an adjective belongs to a noun before the name (الجيش في حلب السوري) or tells another country."""
        return all(self.book.entries[i].country != country for i in raw.ids) and not raw.heads

    def _specific(self, raw: _Raw, head: Head) -> None:
        """مطاري دمشق وحلب: the name together with the noun, where the codebook knows the two as one name."""
        ids = self.book.names.get(head.word + raw.key)
        if ids:
            raw.ids = ids

    def _unmatched(self, raws: list[_Raw]) -> list[_Raw]:
        """حقلي كونيكو والعمر: a word of a list that is a name only together with the plural noun before the list."""
        out: list[_Raw] = []
        for raw in raws:
            out.append(raw)
            head = raw.heads[0][2] if raw.heads and raw.heads[0][2].plural else None
            if head is None:
                continue
            self._specific(raw, head)
            i = raw.right + 1
            while i < self.n and self.words[i] is None or i < self.n and not self._starts_raw(raws, i):
                token = self.tokens[i]
                if not token.norm.startswith("و") or self.closed[i]:
                    break
                ids = self.book.names.get(head.word + token.norm[1:])
                if not ids:
                    break
                out.append(_Raw(i, i, 1, ids, head.word + token.norm[1:], 2, left=i, left_taken=1, right=i, listed=head))
                i += 1
        return out

    def _starts_raw(self, raws: list[_Raw], i: int) -> bool:
        return any(r.first <= i <= r.last for r in raws)

    def _lists(self, raws: list[_Raw]) -> None:
        """Names joined by و or a comma share the plural noun before the first (بلدات ... و...)."""
        for a, b in zip(raws, raws[1:], strict=False):
            gap = range(a.right + 1, b.left)
            joined = (not gap and self.tokens[b.left].norm.startswith("و") and b.left_taken) or (
                len(gap) <= 2 and gap and all(self.tokens[k].text in {"،", ",", "و", "-", "–"} | CLOSING | OPENING for k in gap)
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

    # which place -------------------------------------------------------------------------------------------------

    def _weigh(self, raws: list[_Raw]) -> None:
        """What the report as a whole says of countries and points."""
        entries, common = self.book.entries, self.book.common
        for i, w in enumerate(self.words):
            if w is not None and w.nisba is not None and w.nisba[2]:
                self.nisbas.append((i, w.nisba[1]))
        for _, country in self.nisbas:
            self.focus[country] += 1
        for raw in raws:
            lands = {entries[i].country for i in raw.ids}
            if len(lands) != 1 or raw.key in common:
                continue
            entry = entries[raw.ids[0]]
            self.focus[entry.country] += 2 if entry.kind == "country" else 3
            if entry.lat is not None and entry.lon is not None and entry.kind != "country" and (entry.km or 0) <= 150:
                self.points.append((entry.lat, entry.lon, entry.country))
        if self.home:
            self.focus[self.home] += 3

    def _score(self, raw: _Raw, entry: PlaceEntry) -> float:
        total = 0.6 * entry.weight + (0.0 if entry.id.startswith("gn:") else 6.0)
        country = self.book.countries.get(entry.country)
        total += 0.25 * (country.weight if country else 20.0)
        weight = sum(self.focus.values())
        if weight:
            total += 60.0 * self.focus[entry.country] / weight
        if raw.country:
            total += 100.0 if raw.country == entry.country else -50.0
        follow = self._country_after(raw)
        if follow:
            total += 60.0 if follow == entry.country else 0.0
        for _, _, head, definite in raw.heads[:1] or ([(0, 0, raw.listed, False)] if raw.listed else []):
            if entry.kind in head.kinds:
                total += 40.0
            elif definite:
                total -= 20.0
            elif entry.kind == "country":
                total -= 10.0
        if raw.part is not None and entry.kind in {"city", "capital", "province", "region", "country"}:
            total += 8.0
        if entry.lat is not None and entry.lon is not None and entry.kind != "country" and self.points:
            near = min(distance_km(entry.lat, entry.lon, a, b) for a, b, _ in self.points)
            total += 25.0 if near < 60 else 14.0 if near < 150 else 6.0 if near < 300 else 0.0
        for at, land in self.nisbas:
            if land == entry.country and abs(at - raw.first) < 12:
                total += 8.0
                break
        return total

    def _country_after(self, raw: _Raw) -> str | None:
        """The country that a following في, comma or bracket names: طرابلس في لبنان, (سوريا)."""
        j = raw.right + 1
        for _ in range(2):
            if j < self.n and (self.tokens[j].norm in {"في", "من", "شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي", "بشمال", "بجنوب", "وسط", "،", "(", "-"}):
                j += 1
        if j == raw.right + 1 or j >= self.n:
            return None
        w = self.words[j]
        if w is None:
            return None
        for _, _, stem in w.starts:
            for i in self.book.names.get(stem, ()):
                if self.book.entries[i].kind == "country":
                    return self.book.entries[i].country
        return None

    def _resolve(self, raw: _Raw) -> PlaceMention | None:
        entries = self.book.entries
        ranked = sorted(raw.ids, key=lambda i: (-self._score(raw, entries[i]), i)) if len(raw.ids) > 1 else raw.ids
        entry = entries[ranked[0]]
        if raw.key == "عمان":
            entry = self._oman(raw, entry)
        why = self.book.common.get(raw.key)
        locative = self._locative(raw)
        if why is None and raw.words == 1 and entry.weight < SMALL and all(entries[i].id.startswith("gn:") for i in raw.ids):
            why = "small"
        if why == "mild" and raw.key == "النيل" and self._next(raw) == "من":
            return None
        if raw.key in ADJECTIVAL and not (locative or raw.coordinated) and raw.first and self._noun_before(raw.first):
            return None
        if not self.sure and why in {"head", "word", "person", "small"} and not self._vouched(raw, entry, locative, why):
            return None
        weak = (why is not None and not raw.heads) or (
            entry.kind in {"country", "capital"} and not raw.heads and raw.part is None and not locative
        )
        mention = self._mention(raw, entry, locative)
        mention.weak = weak
        return mention

    def _next(self, raw: _Raw) -> str:
        return self.tokens[raw.right + 1].norm if raw.right + 1 < self.n else ""

    def _noun_before(self, i: int) -> bool:
        before = self.tokens[i - 1]
        return before.kind == "word" and before.norm not in LOCATIVE and before.norm.endswith(("ه", "ات", "ا"))

    def _oman(self, raw: _Raw, entry: PlaceEntry) -> PlaceEntry:
        text = self.tokens[raw.first].text
        wanted = "OMN" if "ع\u064f" in text else "JOR" if "\u0651" in text else None
        for i in raw.ids:
            if self.book.entries[i].country == wanted:
                return self.book.entries[i]
        return entry

    def _locative(self, raw: _Raw) -> bool:
        if raw.heads or raw.part:
            return True
        i = raw.left
        form = self.tokens[i].norm
        if raw.left_taken and form[raw.left_taken - 1] == "ب":
            return True
        while i and self.tokens[i - 1].text in OPENING:
            i -= 1
        return i > 0 and self.tokens[i - 1].norm in LOCATIVE

    def _vouched(self, raw: _Raw, entry: PlaceEntry, locative: bool, why: str) -> bool:
        """Whether something speaks for reading an ordinary word as a place."""
        if raw.country or self._country_after(raw) == entry.country:
            return True
        for q, _, head, definite in raw.heads:
            if definite:
                continue
            if any(self.book.entries[i].kind in head.kinds for i in raw.ids):
                return True
            if head.unknown == "yes" or self.tokens[q + 1].text in OPENING:
                return True
        if why == "head":
            return False
        if raw.listed is not None or (raw.part is not None and raw.part[2].role in {"countryside", "around"}):
            return True
        near = entry.lat is not None and entry.lon is not None and any(
            distance_km(entry.lat, entry.lon, a, b) < 160 for a, b, _ in self.points
        )
        if why == "small":
            told = self.focus[entry.country] > 0.15 * sum(self.focus.values())
            return (near or told) and (locative or raw.coordinated or raw.part is not None)
        return near and (raw.coordinated or (locative and raw.key.startswith("ال")) or raw.part is not None)

    # making mentions ---------------------------------------------------------------------------------------------

    def _span(self, first: int, taken: int, last: int, cut: int = 0) -> tuple[int, int]:
        """Character offsets of tokens `first` to `last` without the particles of the first; `cut`: letters kept of the last."""
        token = self.tokens[first]
        start = token.start
        while taken:
            if norm(self.body[start]):
                taken -= 1
            start += 1
        while start < token.end and not norm(self.body[start]):
            start += 1
        end = self.tokens[last].end
        if cut:
            end = self.tokens[last].start
            while cut:
                if norm(self.body[end]):
                    cut -= 1
                end += 1
        return start, end

    def _mention(self, raw: _Raw, entry: PlaceEntry, locative: bool) -> PlaceMention:
        start, end = self._span(raw.left, raw.left_taken, raw.right, raw.cut)
        m = PlaceMention(
            raw.left, raw.right, start, end, entry.name, entry.country, entry.lat, entry.lon, entry.km, entry.kind,
            entry.province, entry.id, "name", locative=locative, because=entry.source,
        )  # fmt: skip
        if raw.heads:
            self._under_head(m, raw, entry)
        if raw.part is not None or raw.bearing is not None:
            self._as_part(m, raw, entry)
        return m

    def _under_head(self, m: PlaceMention, raw: _Raw, entry: PlaceEntry) -> None:
        m.form = "head"
        book = self.book
        for _, _, head, _ in raw.heads:
            if head.kind == entry.kind or entry.kind in head.kinds:
                continue
            if head.kind in {"city", "town", "village", "capital", "area", "site", "front", "quarter", "settlement", "region", "district"}:
                if head.kind in {"city", "capital"} and entry.kind == "country":
                    seat = book.entries[book.countries[entry.country].capital]
                    m.name, m.lat, m.lon, m.precision_km, m.kind, m.entry = (
                        seat.name, seat.lat, seat.lon, seat.km, "capital", seat.id,
                    )  # fmt: skip
                elif entry.kind in TOWNS and head.kind == "district":
                    m.kind, m.precision_km = "district", max(m.precision_km or 0, head.km)
                continue
            if head.kind == "province" and entry.kind in TOWNS | {"district"}:
                m.kind, m.precision_km, m.entry = "province", head.km, None
                continue
            kind = KIND_WORDS.get(head.kind)
            if kind and m.kind != head.kind:
                m.inner = (self._plain(raw, entry),)
                m.name = f"{entry.name} {kind}"
                m.kind, m.entry = head.kind, None
                m.precision_km = (entry.km or 5.0) + head.km if entry.kind in TOWNS else max(entry.km or 0, head.km)

    def _plain(self, raw: _Raw, entry: PlaceEntry) -> PlaceMention:
        start, end = self._span(raw.first, raw.taken, raw.last, raw.cut)
        return PlaceMention(
            raw.first, raw.last, start, end, entry.name, entry.country, entry.lat, entry.lon, entry.km, entry.kind,
            entry.province, entry.id, "name", locative=True, because=entry.source,
        )  # fmt: skip

    def _as_part(self, m: PlaceMention, raw: _Raw, entry: PlaceEntry) -> None:
        bearing = raw.part[3] if raw.part and raw.part[3] is not None else raw.bearing
        role = raw.part[2].role if raw.part else "side"
        if raw.part is None and entry.kind not in {"city", "capital", "province", "region", "country"}:
            return
        m.form = "part"
        m.inner = (*m.inner, self._plain(raw, entry))
        side = SIDES.get(bearing) if bearing is not None else None
        if role == "land" and bearing is None:
            m.form = "land"
            return
        if entry.kind == "river" and bearing is not None:
            country = self._river_country(entry)
            area = areas.side_of_river(self.book, entry.name.removesuffix(" River"), bearing, country)
            m.name, m.kind, m.country = f"{side} of the {entry.name}", "area", country
        else:
            area = areas.side_of_place(self.book, entry, bearing, role == "countryside")
            what = "countryside" if role == "countryside" else "surroundings" if role == "around" else ""
            m.name = " ".join(x for x in (side, entry.name, what) if x)
            m.kind = "area"
        m.entry = None
        if area is not None:
            m.area, m.lat, m.lon, m.precision_km = area, area.lat, area.lon, area.radius_km

    def _river_country(self, entry: PlaceEntry) -> str:
        lands = {"Euphrates": ("SYR", "IRQ", "TUR"), "Tigris": ("IRQ", "SYR", "TUR"), "Nile": ("SDN", "EGY"), "Jordan": ("PSE", "JOR", "ISR")}
        options = lands.get(entry.name.removesuffix(" River"), (entry.country,))
        return max(options, key=lambda c: (self.focus[c], -options.index(c)))

    # places without a name in the codebook ------------------------------------------------------------------------

    def _others(self, known: list[PlaceMention]) -> list[PlaceMention]:
        out: list[PlaceMention] = []
        by_end = sorted(known, key=lambda m: m.first)
        for i in range(self.n):
            w = self.words[i]
            form = self.tokens[i].norm
            if self.taken[i] or self.closed[i]:
                continue
            m = None
            if "حدود" in form and (form.lstrip("وبل") in BORDER or form.lstrip("وبل") in {"حدود", "لحدود"}):
                m = self._border(i, by_end + out)
            if m is None and w is not None and w.head is not None and not w.head[2]:
                m = self._unknown(i, w, by_end + out)
            if m is None and w is not None:
                m = self._of_country(i, w)
            if m is None:
                m = self._of_report(i, by_end + out) or self._with_pronoun(i, by_end + out)
            if m is None and w is not None and w.head is not None and w.head[2] and w.head[1].ref:
                m = self._back(i, w, by_end + out)
            if m is not None:
                for k in range(m.first, m.last + 1):
                    self.taken[k] = True
                out.append(m)
        return out

    def _surroundings(self, i: int, mentions: list[PlaceMention]) -> str:
        """The country that a place without an entry most likely lies in: that of the nearest mention before, or after."""
        nearest, best = None, 10**9
        for m in mentions:
            if m.country == "XXX" or (m.weak and m.kind == "country"):
                continue
            d = i - m.last if m.last < i else 2 * (m.first - i)
            if 0 < d < best:
                nearest, best = m.country, d
        if nearest is not None and best < 60:
            return nearest
        if self.focus:
            return min(self.focus, key=lambda c: (-self.focus[c], c))
        return nearest or "XXX"

    def _unknown(self, i: int, w: Word, mentions: list[PlaceMention]) -> PlaceMention | None:
        assert w.head is not None
        taken, head, _ = w.head
        if head.unknown == "no":
            return None
        j = i + 1
        quoted = j < self.n and self.tokens[j].text in OPENING
        if quoted:
            j += 1
        if j >= self.n or self.tokens[j].kind != "word" or self.taken[j] or self.closed[j]:
            return None
        form = self.tokens[j].norm
        last = j
        if quoted:
            while last + 1 < self.n and last - j < 4 and self.tokens[last + 1].kind in {"word", "number"}:
                last += 1
            if last + 1 >= self.n or self.tokens[last + 1].text not in CLOSING:
                return None
            end_token = last + 1
        else:
            definite = form.startswith("ال") and len(form) > 4
            if form in self.book.stop or len(form) < 3 or form in self.book.heads:
                return None
            if not definite and (head.unknown == "definite" or not self._name_like(form)):
                return None
            following = self.words[j]
            if following is not None and (following.nisba is not None or following.part is not None):
                return None
            if form in QUALITIES or form in self.book.bearings:
                return None
            if form in NAME_STARTS and last + 1 < self.n and self.tokens[last + 1].kind == "word" and not self.taken[last + 1]:
                last += 1
            while last + 1 < self.n and self.tokens[last + 1].norm in (self.book.bearings.keys() | QUALITIES) and last - j < 3:
                last += 1
            end_token = last
        name = self.body[self.tokens[j].start : self.tokens[last].end]
        start, end = self._span(i, taken, end_token)
        return PlaceMention(
            i, end_token, start, end, name, self._surroundings(i, mentions), None, None, None, head.kind, "", None,
            "unknown", weak=not quoted and head.unknown == "definite", locative=True, because=f"head {head.word}",
        )  # fmt: skip

    def _name_like(self, form: str) -> bool:
        return not form.endswith(("ها", "هم", "نا")) and form not in LOCATIVE

    def _of_country(self, i: int, w: Word) -> PlaceMention | None:
        """الأراضي السورية, العاصمة اللبنانية, الشمال السوري, بلدة تركية."""
        j = i + 1
        if j >= self.n:
            return None
        form = self.tokens[i].norm
        taken = w.head[0] if w.head else w.part[0] if w.part else 0
        bare = form[taken:] if not form.startswith(("لل", "ولل")) else "ال" + form.partition("لل")[2]
        after = self.words[j]
        if after is None or after.nisba is None or after.nisba[0]:
            return None
        country, definite = after.nisba[1], after.nisba[2]
        book = self.book
        land = book.countries.get(country)
        if land is None:
            return None
        entry = book.entries[land.entry]
        last = j
        if last + 1 < self.n and self.tokens[last + 1].norm in {"المحتله", "المحتل"}:
            last += 1
        start, end = self._span(i, taken, last)
        m = PlaceMention(
            i, last, start, end, entry.name, country, entry.lat, entry.lon, entry.km, "country", "", entry.id, "land",
            locative=True, because="land and adjective",
        )  # fmt: skip
        if bare in SIDE_NOUNS and definite:
            bearing = SIDE_NOUNS[bare]
            m.name, m.kind, m.form, m.entry = f"{SIDES[bearing]} {entry.name}", "area", "part", None
            area = areas.side_of_country(book, country, bearing)
            if area is not None:
                m.area, m.lat, m.lon, m.precision_km = area, area.lat, area.lon, area.radius_km
            return m
        if bare in {"العاصمه", "عاصمه"}:
            seat = book.entries[land.capital]
            m.name, m.lat, m.lon, m.precision_km, m.kind, m.entry = seat.name, seat.lat, seat.lon, seat.km, "capital", seat.id
            return m
        if bare in LANDS and definite:
            return m
        if w.head is not None and w.head[1].kind in {"city", "town", "village", "quarter"} and definite == w.head[2]:
            m.kind, m.name, m.form, m.entry = w.head[1].kind, f"{w.head[1].kind} in {entry.name}", "unknown", None
            m.weak = True
            return m
        return None

    def _border(self, i: int, mentions: list[PlaceMention]) -> PlaceMention | None:
        """الحدود السورية العراقية, الحدود مع لبنان, حدود ... ."""
        found: list[str] = []
        last, j = i, i + 1
        while j < self.n and len(found) < 2 and j - i < 6:
            w, t = self.words[j], self.tokens[j]
            if w is not None and w.nisba is not None:
                found.append(w.nisba[1])
                last = j
            elif t.norm in {"مع", "بين", "و", "البريه"} or t.text in DASHES:
                pass
            else:
                named = [m for m in mentions if m.first == j and m.kind == "country"]
                if not named:
                    break
                found.append(named[0].country)
                last = j = named[0].last
            j += 1
        countries = list(dict.fromkeys(found))
        if not countries:
            return None
        if len(countries) == 1:
            own = self._neighbour(i, countries[0], mentions)
            beside = any(0 <= i - m.last <= 4 and m.country == own and m.kind != "country" for m in mentions)
            if own and (self.tokens[i + 1].norm == "مع" or beside):
                countries.insert(0, own)
            elif own:
                countries.append(own)
        taken = len(self.tokens[i].norm) - len(self.tokens[i].norm.lstrip("وبل")) if self.tokens[i].norm[0] in "وبل" else 0
        start, end = self._span(i, taken if self.tokens[i].norm[taken:] in BORDER else 0, last)
        names = [self.book.countries[c].name for c in countries if c in self.book.countries]
        area = areas.along_border(self.book, countries[0], countries[1]) if len(countries) > 1 else None
        return PlaceMention(
            i, last, start, end, "-".join(names) + " border", countries[0], area.lat if area else None,
            area.lon if area else None, area.radius_km if area else None, "border", "", None, "border", locative=True,
            area=area, because="border",
        )  # fmt: skip

    def _spoken_country(self, i: int, mentions: list[PlaceMention], among: frozenset[str] | None = None) -> str | None:
        """The country that the words before token `i` last spoke of, by its name, its adjective or a place in it."""
        best, at = None, -1
        for m in mentions:
            if at < m.last < i and m.country in self.book.countries and (among is None or m.country in among):
                if m.form != "back":
                    best, at = m.country, m.last
        if best is not None and i - at < BACK and among is None:
            return best
        spoken = [c for c in self.focus if c in self.book.countries and (among is None or c in among)]
        return min(spoken, key=lambda c: (-self.focus[c], c)) if spoken else best

    def _of_report(self, i: int, mentions: list[PlaceMention]) -> PlaceMention | None:
        """العاصمة, البلاد, أراضيها, المناطق الحدودية: the country is the one that the report speaks of."""
        form = self.tokens[i].norm
        bare = form.lstrip("وبفل") if form not in OF_COUNTRY and form not in OF_CAPITAL else form
        if form.startswith(("لل", "ولل")):
            bare = "ال" + form.partition("لل")[2]
        first, taken = i, 0 if form.startswith(("لل", "ولل")) else len(form) - len(bare)
        bearing = None
        if bare in OF_CAPITAL or bare in OF_COUNTRY:
            country = self._spoken_country(i, mentions, KINGDOMS if bare == "المملكه" else None)
        elif bare in LANDS | {"المنطقه", "الشريط", "القري", "البلدات"} and i + 1 < self.n:
            if self.tokens[i + 1].norm not in {"الحدوديه", "الحدودي"}:
                return None
            country = self._spoken_country(i, mentions)
        else:
            return None
        if country is None:
            return None
        land = self.book.countries[country]
        entry = self.book.entries[land.capital if bare in OF_CAPITAL else land.entry]
        last = i
        name, kind, lat, lon, km, area = entry.name, entry.kind, entry.lat, entry.lon, entry.km, None
        if bare in OF_COUNTRY and not taken and i and bare == "البلاد":
            sided = self._side(i - 1)
            if sided is not None and not self.taken[sided[0]]:
                first, taken, bearing = sided[0], sided[1], sided[2]
                area = areas.side_of_country(self.book, country, bearing)
                name, kind = f"{SIDES[bearing]} {entry.name}", "area"
        elif bare not in OF_CAPITAL and bare not in OF_COUNTRY:
            last, name, kind = i + 1, f"{entry.name} border area", "border"
        if area is not None:
            lat, lon, km = area.lat, area.lon, area.radius_km
        start, end = self._span(first, taken, last)
        return PlaceMention(
            first, last, start, end, name, country, lat, lon, km, kind, "", entry.id if area is None else None, "back",
            weak=True, locative=True, area=area, because="the country that the report speaks of",
        )  # fmt: skip

    def _with_pronoun(self, i: int, mentions: list[PlaceMention]) -> PlaceMention | None:
        """ريفها, محيطها, شرق النهر: a part of the town or river named last."""
        form = self.tokens[i].norm
        bare = form if form in WITH_PRONOUN else form[1:]
        sided = self._side(i - 1) if i and form == "النهر" else None
        if bare not in WITH_PRONOUN and sided is None:
            return None
        kinds = {"river"} if sided else {"city", "capital", "town", "province", "village"}
        towns = [m for m in (x for y in mentions for x in (y, *y.inner)) if m.last < i and m.kind in kinds and m.entry]
        if not towns:
            return None
        town = max(towns, key=lambda m: (m.last, -m.first))
        entry = self.book.entry(town.entry or "")
        if entry is None:
            return None
        if sided is not None:
            first, taken, bearing = sided[0], sided[1], sided[2]
            country = self._river_country(entry)
            area = areas.side_of_river(self.book, entry.name, bearing, country)
            name = f"{SIDES[bearing]} of the {entry.name}"
        else:
            first, taken, country = i, len(form) - len(bare), entry.country
            countryside = WITH_PRONOUN[bare] == "ريف"
            area = areas.side_of_place(self.book, entry, None, countryside)
            name = f"{entry.name} {'countryside' if countryside else 'surroundings'}"
        start, end = self._span(first, taken, i)
        return PlaceMention(
            first, i, start, end, name, country, area.lat if area else None, area.lon if area else None,
            area.radius_km if area else None, "area", entry.province, None, "back", weak=True, locative=True, area=area,
            because=f"part of {entry.name}",
        )  # fmt: skip

    def _neighbour(self, i: int, country: str, mentions: list[PlaceMention]) -> str | None:
        """The neighbour of a country that the text speaks of: near this word first, then in the whole report."""
        def meets(other: str) -> bool:
            return (min(other, country), max(other, country)) in self.book.borders

        near = sorted((m for m in mentions if m.last < i and meets(m.country)), key=lambda m: i - m.last)
        if near and i - near[0].last < 60:
            return near[0].country
        spoken = [c for c in self.focus if meets(c)]
        return min(spoken, key=lambda c: (-self.focus[c], c)) if spoken else None

    def _back(self, i: int, w: Word, mentions: list[PlaceMention]) -> PlaceMention | None:
        """A noun of place alone (المدينة), pointing back to the last place of its kind."""
        assert w.head is not None
        taken, head, _ = w.head
        if head.plural or self.tokens[i].norm.startswith(("لل", "ولل")) and len(self.tokens[i].norm) < 5:
            return None
        if i and self.tokens[i - 1].norm in NO_PLACE_BEFORE:
            return None
        best: PlaceMention | None = None
        for m in mentions:
            if 0 < i - m.last < BACK and m.form != "back" and (m.kind in head.kinds or m.kind == head.kind):
                if best is None or m.last > best.last:
                    best = m
        if best is None:
            return None
        start, end = self._span(i, taken, i)
        return PlaceMention(
            i, i, start, end, best.name, best.country, best.lat, best.lon, best.precision_km, best.kind, best.province,
            best.entry, "back", weak=True, locative=True, because=f"points back to {best.name}",
        )  # fmt: skip
