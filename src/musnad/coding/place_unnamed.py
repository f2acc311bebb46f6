"""Places told by a noun of place or a country: unknown names (قرية ...), land of a country, borders.

A place that the codebook lacks is still a mention when a noun of place introduces it: its country is that of its
surroundings, its point unknown.
"""

from __future__ import annotations

from collections.abc import Callable

from musnad.arabic.text import Token
from musnad.codebook.places import PlaceEntry, Word
from musnad.coding import areas
from musnad.coding.areas import Area
from musnad.coding.place_choice import SIDES, PlaceChooser
from musnad.coding.place_model import PlaceMention
from musnad.coding.place_names import CLOSING, DASHES, OPENING

NEAR = 60
"""Within how many tokens a place takes its country from another."""
SIDE_NOUNS = {"الشمال": 0, "الشرق": 90, "الجنوب": 180, "الغرب": 270}
SETTLEMENTS = frozenset({"city", "town", "village", "quarter"})
OF_OTHERS = frozenset({"base", "mission"})
"""Kinds that a country keeps in another (القاعدة الأميركية)."""
BETWEEN = frozenset({"مع", "بين", "و", "البريه"})
OCCUPIED = frozenset({"المحتله", "المحتل"})


class UnnamedReader(PlaceChooser):
    """Reads places without a name of the codebook."""

    is_verb: Callable[[Token], bool] | None = None

    def made(
        self, first: int, taken: int, last: int, name: str, country: str, kind: str, form: str, because: str,
        area: Area | None = None, entry: PlaceEntry | None = None, weak: bool = False,
    ) -> PlaceMention:  # fmt: skip
        """A mention of an area, of an entry, or of something without a point."""
        start, end = self._span(first, taken, last)
        m = PlaceMention(
            first, last, start, end, name, country, None, None, None, kind, "", None, form, weak=weak, locative=True,
            area=area, because=because,
        )  # fmt: skip
        if area is not None:
            m.lat, m.lon, m.precision_km = area.lat, area.lon, area.radius_km
        elif entry is not None:
            m.lat, m.lon, m.precision_km = entry.lat, entry.lon, entry.km
            m.entry, m.province = entry.id, entry.province
        return m

    def surroundings(self, i: int, mentions: list[PlaceMention]) -> str:
        """The country that a place without an entry most likely lies in: that of the nearest mention."""
        nearest, best = None, 10**9
        for m in mentions:
            if m.country == "XXX" or (m.weak and m.kind == "country"):
                continue
            d = i - m.last if m.last < i else 2 * (m.first - i)
            if 0 < d < best:
                nearest, best = m.country, d
        if nearest is not None and best < NEAR:
            return nearest
        if self.focus:
            return min(self.focus, key=lambda c: (-self.focus[c], c))
        return nearest or "XXX"

    # unknown names -----------------------------------------------------------------------------------------------

    def unknown(self, i: int, w: Word, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """A name that the codebook lacks, after a noun of place; after a plural noun, those joined to it too."""
        assert w.head is not None
        taken, head, _ = w.head
        if head.unknown == "no":
            return []
        j = i + 1
        quoted = j < self.n and self.tokens[j].text in OPENING
        if quoted:
            j += 1
        if j >= self.n or self.tokens[j].kind != "word" or self.taken[j] or self.closed[j]:
            return []
        if head.unknown == "quoted" and not quoted:
            return []
        last: int | None
        if quoted:
            last = j
            while last + 1 < self.n and last - j < 4 and self.tokens[last + 1].kind in {"word", "number"}:
                last += 1
            if last + 1 >= self.n or self.tokens[last + 1].text not in CLOSING:
                return []
            end = last + 1
        else:
            last = self._name_end(j, self.tokens[j].norm, head.unknown == "definite")
            if last is None:
                return []
            end = last
        country = self.surroundings(i, mentions)
        weak = head.unknown != "yes" and not (quoted and head.unknown == "definite")
        because = f"head {head.word}"
        name = self.body[self.tokens[j].start : self.tokens[last].end]
        found = [self.made(i, taken, end, name, country, head.kind, "unknown", because, weak=weak)]
        while head.plural and (item := self._list_item(end + 1)):
            name = self.body[self._span(end + 1, 1, item)[0] : self.tokens[item].end]
            found.append(self.made(end + 1, 1, item, name, country, head.kind, "unknown", because, weak=True))
            end = item
        return found

    def _list_item(self, i: int) -> int | None:
        """The last token of an unknown name that و joins to a list, where the list goes on or ends after it."""
        if i >= self.n or self.taken[i] or self.closed[i] or self.tokens[i].kind != "word":
            return None
        form = self.tokens[i].norm
        if not form.startswith("و") or len(form) < 4:
            return None
        last = self._name_end(i, form[1:], form[1:] not in self.book.sets["name_start"])
        if last is None:
            return None
        after = self.tokens[last + 1] if last + 1 < self.n else None
        goes_on = after is None or after.kind == "punct" or after.norm.startswith("و")
        return last if goes_on else None

    def _name_end(self, j: int, form: str, definite_only: bool) -> int | None:
        """The last token of a name that begins at `j` with `form`; None when that is no name."""
        sets = self.book.sets
        starts = form in sets["name_start"]
        if form in self.book.stop or (not starts and (len(form) < 3 or form in self.book.heads)):
            return None
        if not (form.startswith("ال") and len(form) > 4) and (definite_only or not self._name_like(form)):
            return None
        w = self.book.word(form)
        if w is not None and (w.nisba is not None or w.part is not None):
            return None
        if self.is_verb is not None and not starts and not form.startswith("ال") and self.is_verb(self.tokens[j]):
            return None
        if form in sets["quality"] or form in self.book.bearings:
            return None
        last = j
        if starts:
            follows = self.tokens[last + 1] if last + 1 < self.n else None
            if follows is not None and follows.kind == "word" and not self.taken[last + 1]:
                last += 1
            elif form in self.book.heads:
                return None
        while last + 1 < self.n and last - j < 3:
            after = self.tokens[last + 1].norm
            if after not in self.book.bearings and after not in sets["quality"]:
                break
            last += 1
        return last

    def _name_like(self, form: str) -> bool:
        return not form.endswith(("ها", "هم", "نا")) and form not in self.book.sets["locative"]

    # countries ---------------------------------------------------------------------------------------------------

    def of_country(self, i: int, w: Word, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """الأراضي السورية, المياه الإقليمية اليمنية, العاصمة اللبنانية, الشمال السوري, القاعدة الأميركية."""
        if w.told is None and w.head is None:
            return []
        j = i + 1
        if j + 1 < self.n and self.tokens[j].norm in self.book.sets["quality"]:
            j += 1
        after = self.words[j] if j < self.n else None
        if after is None or after.nisba is None or after.nisba[0] or self.taken[j]:
            return []
        country, definite = after.nisba[1], after.nisba[2]
        land = self.book.countries.get(country)
        if land is None:
            return []
        entry = self.book.entries[land.entry]
        last = j + 1 if j + 1 < self.n and self.tokens[j + 1].norm in OCCUPIED else j
        taken, klass, bare = w.told or (0, "", "")
        if klass == "side" and definite:
            bearing = SIDE_NOUNS[bare]
            area = areas.side_of_country(self.book, country, bearing)
            name = f"{SIDES[bearing]} {entry.name}"
            return [self.made(i, taken, last, name, country, "area", "part", "side and adjective", area)]
        if klass == "of_capital":
            seat = self.book.entries[land.capital]
            because = "capital and adjective"
            return [self.made(i, taken, last, seat.name, country, "capital", "land", because, None, seat)]
        if klass == "land" and definite:
            because = "land and adjective"
            found = [self.made(i, taken, last, entry.name, country, "country", "land", because, None, entry)]
            more = self.words[last + 1] if last + 1 < self.n else None
            if more is not None and more.nisba is not None and more.nisba[0] and more.nisba[2]:
                other = self.book.countries.get(more.nisba[1])
                if other is not None and self.tokens[last + 1].norm.startswith("و"):
                    second = self.book.entries[other.entry]
                    at, name = last + 1, second.name
                    found.append(self.made(at, 1, at, name, second.country, "country", "land", because, None, second))
            return found
        if w.head is None or definite != w.head[2]:
            return []
        kind = w.head[1].kind
        if kind in SETTLEMENTS and j == i + 1:
            name = f"{kind} in {entry.name}"
            return [self.made(i, w.head[0], last, name, country, kind, "unknown", "noun and adjective", weak=True)]
        if kind in OF_OTHERS and definite:
            where = self.surroundings(i, [m for m in mentions if m.country != country])
            name = f"{entry.name} {kind}"
            return [self.made(i, w.head[0], last, name, where, kind, "unknown", "noun and adjective", weak=True)]
        return []

    def border(self, i: int, taken: int, mentions: list[PlaceMention]) -> PlaceMention | None:
        """الحدود السورية العراقية, الحدود مع لبنان."""
        found: list[str] = []
        last, j = i, i + 1
        while j < self.n and len(found) < 2 and j - i < 6:
            w, t = self.words[j], self.tokens[j]
            if w is not None and w.nisba is not None:
                found.append(w.nisba[1])
                last = j
            elif t.norm not in BETWEEN and t.text not in DASHES:
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
        names = [self.book.countries[c].name for c in countries if c in self.book.countries]
        area = areas.along_border(self.book, countries[0], countries[1]) if len(countries) > 1 else None
        name = "-".join(names) + " border"
        return self.made(i, taken, last, name, countries[0], "border", "border", "border", area)

    def _neighbour(self, i: int, country: str, mentions: list[PlaceMention]) -> str | None:
        """The neighbour of a country that the text speaks of: near this word first, then in the whole report."""

        def meets(other: str) -> bool:
            return (min(other, country), max(other, country)) in self.book.borders

        near = sorted((m for m in mentions if m.last < i and meets(m.country)), key=lambda m: i - m.last)
        if near and i - near[0].last < NEAR:
            return near[0].country
        spoken = [c for c in self.focus if meets(c)]
        return min(spoken, key=lambda c: (-self.focus[c], c)) if spoken else None
