"""Which place a name means, and what the mention says of it.

A name that several places share is settled by the noun before it, the country that the report speaks of, the places
named near it, and prominence. A name that is also an ordinary word is read as a place only where something speaks
for it. A part or a side becomes an area.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from musnad.arabic.letters import norm
from musnad.arabic.text import Token
from musnad.codebook.geometry import distance_km
from musnad.codebook.places import TOWNS, PlaceBook, PlaceEntry
from musnad.coding import areas
from musnad.coding.place_model import PlaceMention, RawName
from musnad.coding.place_names import OPENING, NameReader

SMALL = 27.0
"""Towns of the gazetteer below this weight (some 40,000 people) are places only where something speaks for it."""
KIND_WORDS = {
    "airport": "airport", "base": "base", "field": "field", "crossing": "crossing", "camp": "camp", "port": "port",
    "bridge": "bridge", "dam": "dam", "hospital": "hospital", "prison": "prison", "school": "university or school",
    "mosque": "mosque", "church": "church", "street": "street", "square": "square", "road": "road", "market": "market",
    "plant": "plant", "building": "building", "mountain": "mountain", "valley": "valley", "plain": "plain",
    "desert": "desert", "checkpoint": "checkpoint", "river": "river", "lake": "lake", "island": "island",
    "front": "front", "forest": "forest", "farm": "farms", "strait": "strait", "hill": "hill",
}  # fmt: skip
"""Kinds that make another place of a town's name (مطار حلب)."""
SETTLED = frozenset("city town village capital area site front quarter settlement region district".split())  # noqa: SIM905
"""Kinds whose noun only says what the named place is."""
SIDES = {
    0: "north", 45: "north-east", 90: "east", 135: "south-east", 180: "south", 225: "south-west", 270: "west",
    315: "north-west",
}  # fmt: skip


class PlaceChooser(NameReader):
    """Settles the names of one text."""

    def __init__(
        self,
        tokens: Sequence[Token],
        body: str,
        book: PlaceBook,
        exclude: Sequence[tuple[int, int]],
        sure: bool,
        home: str | None,
    ) -> None:
        super().__init__(tokens, body, book, exclude, sure)
        self.home = home
        self.taken = [False] * self.n
        self.focus: Counter[str] = Counter()
        self.points: list[tuple[float, float, str]] = []
        self.nisbas: list[tuple[int, str]] = []
        self.rivers = False
        self.banks = 0

    def chosen(self, raws: list[RawName]) -> list[PlaceMention]:
        """The mentions that the names make."""
        self._weigh(raws)
        mentions = [m for raw in raws if (m := self._resolve(raw))]
        for m in mentions:
            for i in range(m.first, m.last + 1):
                self.taken[i] = True
        return mentions

    def _weigh(self, raws: list[RawName]) -> None:
        """What the report as a whole says of countries and points."""
        entries, common = self.book.entries, self.book.common
        for i, w in enumerate(self.words):
            if w is None or w.nisba is None:
                continue
            if w.nisba[2] or self.tokens[i].norm not in self.book.sets["two_sensed"]:
                self.nisbas.append((i, w.nisba[1]))
        for _, country in self.nisbas:
            self.focus[country] += 1
        for raw in raws:
            self.rivers |= any(entries[i].kind == "river" for i in raw.ids)
            self.banks += "الضفه" in raw.key
            lands = {entries[i].country for i in raw.ids}
            if len(lands) != 1 or raw.key in common:
                continue
            entry = entries[raw.ids[0]]
            self.focus[entry.country] += 2 if entry.kind == "country" else 3
            if entry.lat is not None and entry.lon is not None and entry.kind != "country" and (entry.km or 0) <= 150:
                self.points.append((entry.lat, entry.lon, entry.country))
        if self.home:
            self.focus[self.home] += 3

    def _score(self, raw: RawName, entry: PlaceEntry) -> float:
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

    def _country_after(self, raw: RawName) -> str | None:
        """The country that a following في, comma or bracket names: طرابلس في لبنان, (سوريا)."""
        j = raw.right + 1
        for _ in range(2):
            if j < self.n and (
                self.tokens[j].norm
                in {
                    "في",
                    "من",
                    "شمال",
                    "جنوب",
                    "شرق",
                    "غرب",
                    "شمالي",
                    "جنوبي",
                    "شرقي",
                    "غربي",
                    "بشمال",
                    "بجنوب",
                    "وسط",
                    "،",
                    "(",
                    "-",
                }
            ):
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

    def _resolve(self, raw: RawName) -> PlaceMention | None:
        entries = self.book.entries
        ranked = sorted(raw.ids, key=lambda i: (-self._score(raw, entries[i]), i)) if len(raw.ids) > 1 else raw.ids
        entry = entries[ranked[0]]
        if raw.key == "عمان":
            entry = self._oman(raw, entry)
        why = self.book.common.get(raw.key)
        locative = self._locative(raw)
        if (
            why is None
            and raw.words == 1
            and entry.weight < SMALL
            and all(entries[i].id.startswith("gn:") for i in raw.ids)
        ):
            why = "small"
        if why == "mild" and raw.key == "النيل" and self._next(raw) == "من":
            return None
        if "الضفه" in raw.key and entry.country == "PSE" and self._river_bank(raw):
            return None
        if (
            raw.key in self.book.sets["adjectival"]
            and not (locative or raw.coordinated)
            and raw.first
            and self._noun_before(raw.first)
        ):
            return None
        if (
            not self.sure
            and why in {"head", "word", "person", "small"}
            and not self._vouched(raw, entry, locative, why)
        ):
            return None
        weak = (why is not None and not raw.heads) or (
            entry.kind in {"country", "capital"} and not raw.heads and raw.part is None and not locative
        )
        if raw.left and not raw.left_taken and self.tokens[raw.left - 1].norm in self.book.sets["meeting"]:
            weak = True
        mention = self._mention(raw, entry, locative)
        mention.weak = weak
        return mention

    def _river_bank(self, raw: RawName) -> bool:
        """Whether الضفة is the bank of a river (الضفة الغربية لنهر الفرات) and not the West Bank: a river follows it,
        or the report names one and nothing of Palestine."""
        after = [t.norm.removeprefix("ل").removeprefix("ل") for t in self.tokens[raw.right + 1 : raw.right + 4]]
        rivers = {norm(x) for x in ("نهر", "النهر", "الفرات", "دجلة", "النيل", "الدنيبر", "دنيبر")}
        bare = {x for f in after for x in (f, "ال" + f)}
        if bare & rivers and (not after or after[0] not in ("و", "،")):
            return True
        told = self.focus["PSE"] + self.focus["ISR"]
        return self.rivers and told <= 3 * self.banks

    def _next(self, raw: RawName) -> str:
        return self.tokens[raw.right + 1].norm if raw.right + 1 < self.n else ""

    def _noun_before(self, i: int) -> bool:
        before = self.tokens[i - 1]
        return (
            before.kind == "word"
            and before.norm not in self.book.sets["locative"]
            and before.norm.endswith(("ه", "ات", "ا"))
        )

    def _oman(self, raw: RawName, entry: PlaceEntry) -> PlaceEntry:
        text = self.tokens[raw.first].text
        wanted = "OMN" if "ع\u064f" in text else "JOR" if "\u0651" in text else None
        for i in raw.ids:
            if self.book.entries[i].country == wanted:
                return self.book.entries[i]
        return entry

    def _locative(self, raw: RawName) -> bool:
        w = self.words[raw.first]
        if raw.heads or raw.part or (raw.words > 1 and w is not None and w.head is not None):
            return True
        i = raw.left
        form = self.tokens[i].norm
        if raw.left_taken and form[raw.left_taken - 1] == "ب":
            return True
        while i and self.tokens[i - 1].text in OPENING:
            i -= 1
        return i > 0 and self.tokens[i - 1].norm in self.book.sets["locative"]

    def _vouched(self, raw: RawName, entry: PlaceEntry, locative: bool, why: str) -> bool:
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
        near = (
            entry.lat is not None
            and entry.lon is not None
            and any(distance_km(entry.lat, entry.lon, a, b) < 160 for a, b, _ in self.points)
        )
        told = self.focus[entry.country] > 0.15 * sum(self.focus.values())
        if why == "word" and told and locative and raw.left == raw.first and not raw.left_taken:
            return True
        if why == "small":
            return (near or told) and (locative or raw.coordinated or raw.part is not None)
        quoted = raw.first > 0 and self.tokens[raw.first - 1].text in OPENING
        return near and (quoted or raw.coordinated or (locative and raw.key.startswith("ال")) or raw.part is not None)

    def _span(self, first: int, taken: int, last: int, cut: int = 0) -> tuple[int, int]:
        """Character offsets of tokens `first` to `last`: no particles of the first, `cut` letters of the last."""
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

    def _mention(self, raw: RawName, entry: PlaceEntry, locative: bool) -> PlaceMention:
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

    def _under_head(self, m: PlaceMention, raw: RawName, entry: PlaceEntry) -> None:
        m.form = "head"
        book = self.book
        for _, _, head, _ in raw.heads:
            if head.kind == entry.kind or entry.kind in head.kinds:
                continue
            if head.kind in {
                "city",
                "town",
                "village",
                "capital",
                "area",
                "site",
                "front",
                "quarter",
                "settlement",
                "region",
                "district",
            }:
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

    def _plain(self, raw: RawName, entry: PlaceEntry) -> PlaceMention:
        start, end = self._span(raw.first, raw.taken, raw.last, raw.cut)
        return PlaceMention(
            raw.first, raw.last, start, end, entry.name, entry.country, entry.lat, entry.lon, entry.km, entry.kind,
            entry.province, entry.id, "name", locative=True, because=entry.source,
        )  # fmt: skip

    def _as_part(self, m: PlaceMention, raw: RawName, entry: PlaceEntry) -> None:
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
        lands = {
            "Euphrates": ("SYR", "IRQ", "TUR"),
            "Tigris": ("IRQ", "SYR", "TUR"),
            "Nile": ("SDN", "EGY"),
            "Jordan": ("PSE", "JOR", "ISR"),
        }
        options = lands.get(entry.name.removesuffix(" River"), (entry.country,))
        return max(options, key=lambda c: (self.focus[c], -options.index(c)))
