"""Places told without a name of the codebook: unknown names, borders, land of a country, words that point back.

A place that the codebook lacks is still a mention when a noun of place introduces it (قرية ...): its country is that of
its surroundings, its point unknown.
"""

from __future__ import annotations

from musnad.codebook.places import Word
from musnad.coding import areas
from musnad.coding.place_choice import SIDES, PlaceChooser
from musnad.coding.place_model import PlaceMention
from musnad.coding.place_names import CLOSING, DASHES, OPENING

BACK = 150
"""How many tokens back المدينة may point."""
NEAR = 60
"""Within how many tokens a place takes its country from another."""
SIDE_NOUNS = {"الشمال": 0, "الشرق": 90, "الجنوب": 180, "الغرب": 270}
BORDER = frozenset({"حدود", "الحدود", "حدودها", "لحدود"})
KINGDOMS = frozenset({"SAU", "JOR", "BHR", "MAR", "GBR"})


class UnnamedReader(PlaceChooser):
    """Reads what the names leave."""

    def others(self, known: list[PlaceMention]) -> list[PlaceMention]:
        out: list[PlaceMention] = []
        by_end = sorted(known, key=lambda m: m.first)
        for i in range(self.n):
            w = self.words[i]
            form = self.tokens[i].norm
            if self.taken[i] or self.closed[i]:
                continue
            m = None
            if "حدود" in form and (form.lstrip("وبل") in BORDER):
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
            if form in self.book.sets["quality"] or form in self.book.bearings:
                return None
            if (
                form in self.book.sets["name_start"]
                and last + 1 < self.n
                and self.tokens[last + 1].kind == "word"
                and not self.taken[last + 1]
            ):
                last += 1
            while (
                last + 1 < self.n
                and self.tokens[last + 1].norm in (self.book.bearings.keys() | self.book.sets["quality"])
                and last - j < 3
            ):
                last += 1
            end_token = last
        name = self.body[self.tokens[j].start : self.tokens[last].end]
        start, end = self._span(i, taken, end_token)
        return PlaceMention(
            i, end_token, start, end, name, self._surroundings(i, mentions), None, None, None, head.kind, "", None,
            "unknown", weak=not quoted and head.unknown == "definite", locative=True, because=f"head {head.word}",
        )  # fmt: skip

    def _name_like(self, form: str) -> bool:
        return not form.endswith(("ها", "هم", "نا")) and form not in self.book.sets["locative"]

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
            m.name, m.lat, m.lon, m.precision_km, m.kind, m.entry = (
                seat.name,
                seat.lat,
                seat.lon,
                seat.km,
                "capital",
                seat.id,
            )
            return m
        if bare in self.book.sets["land"] and definite:
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
        taken = (
            len(self.tokens[i].norm) - len(self.tokens[i].norm.lstrip("وبل")) if self.tokens[i].norm[0] in "وبل" else 0
        )
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
            known = m.country in self.book.countries and (among is None or m.country in among)
            if at < m.last < i and known and m.form != "back":
                best, at = m.country, m.last
        if best is not None and i - at < BACK and among is None:
            return best
        spoken = [c for c in self.focus if c in self.book.countries and (among is None or c in among)]
        return min(spoken, key=lambda c: (-self.focus[c], c)) if spoken else best

    def _of_report(self, i: int, mentions: list[PlaceMention]) -> PlaceMention | None:
        """العاصمة, البلاد, أراضيها, المناطق الحدودية: the country is the one that the report speaks of."""
        form = self.tokens[i].norm
        bare = (
            form.lstrip("وبفل")
            if form not in self.book.sets["of_country"] and form not in self.book.sets["of_capital"]
            else form
        )
        if form.startswith(("لل", "ولل")):
            bare = "ال" + form.partition("لل")[2]
        first, taken = i, 0 if form.startswith(("لل", "ولل")) else len(form) - len(bare)
        bearing = None
        if bare in self.book.sets["of_capital"] or bare in self.book.sets["of_country"]:
            country = self._spoken_country(i, mentions, KINGDOMS if bare == "المملكه" else None)
        elif bare in self.book.sets["land"] | {"المنطقه", "الشريط", "القري", "البلدات"} and i + 1 < self.n:
            if self.tokens[i + 1].norm not in {"الحدوديه", "الحدودي"}:
                return None
            country = self._spoken_country(i, mentions)
        else:
            return None
        if country is None:
            return None
        land = self.book.countries[country]
        entry = self.book.entries[land.capital if bare in self.book.sets["of_capital"] else land.entry]
        last = i
        name, kind, lat, lon, km, area = entry.name, entry.kind, entry.lat, entry.lon, entry.km, None
        if bare in self.book.sets["of_country"] and not taken and i and bare == "البلاد":
            sided = self._side(i - 1)
            if sided is not None and not self.taken[sided[0]]:
                first, taken, bearing = sided[0], sided[1], sided[2]
                area = areas.side_of_country(self.book, country, bearing)
                name, kind = f"{SIDES[bearing]} {entry.name}", "area"
        elif bare not in self.book.sets["of_capital"] and bare not in self.book.sets["of_country"]:
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
        sets = self.book.sets
        told = sets["countryside_of"] | sets["around_of"]
        bare = form if form in told else form[1:]
        sided = self._side(i - 1) if i and form == "النهر" else None
        if bare not in told and sided is None:
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
            countryside = bare in sets["countryside_of"]
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
        if near and i - near[0].last < NEAR:
            return near[0].country
        spoken = [c for c in self.focus if meets(c)]
        return min(spoken, key=lambda c: (-self.focus[c], c)) if spoken else None

    def _back(self, i: int, w: Word, mentions: list[PlaceMention]) -> PlaceMention | None:
        """A noun of place alone (المدينة), pointing back to the last place of its kind."""
        assert w.head is not None
        taken, head, _ = w.head
        if head.plural or (self.tokens[i].norm.startswith(("لل", "ولل")) and len(self.tokens[i].norm) < 5):
            return None
        if i and self.tokens[i - 1].norm in self.book.sets["other"]:
            return None
        best: PlaceMention | None = None
        for m in mentions:
            fits = m.form != "back" and (m.kind in head.kinds or m.kind == head.kind)
            if fits and 0 < i - m.last < BACK and (best is None or m.last > best.last):
                best = m
        if best is None:
            return None
        start, end = self._span(i, taken, i)
        return PlaceMention(
            i, i, start, end, best.name, best.country, best.lat, best.lon, best.precision_km, best.kind, best.province,
            best.entry, "back", weak=True, locative=True, because=f"points back to {best.name}",
        )  # fmt: skip
