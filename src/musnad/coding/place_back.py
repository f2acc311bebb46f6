"""Places told by words that point back: المدينة, العاصمة, البلاد, ريفها, الأحياء الشرقية.

They mean a place that the report has named, or its country; what they mean is therefore weaker than a name.
"""

from __future__ import annotations

from musnad.codebook.places import PlaceEntry, Word
from musnad.coding import areas
from musnad.coding.place_choice import SIDES
from musnad.coding.place_model import PlaceMention
from musnad.coding.place_unnamed import UnnamedReader

BACK = 150
"""How many tokens back المدينة may point."""
KINGDOMS = frozenset({"SAU", "JOR", "BHR", "MAR", "GBR"})
AT_BORDER = frozenset({"الحدوديه", "الحدودي"})
SETTLED = frozenset({"city", "capital", "town", "province", "village"})
PARTS_OF_TOWN = frozenset({"quarter", "city"})
PARTS_OF_COUNTRY = frozenset({"area", "province", "region"})


class BackReader(UnnamedReader):
    """Reads what the names leave."""

    def others(self, known: list[PlaceMention]) -> list[PlaceMention]:
        """All places told without a name of the codebook, in order."""
        out: list[PlaceMention] = []
        for i, w in enumerate(self.words):
            if w is None or self.taken[i] or self.closed[i] or (w.told is None and w.head is None and w.part is None):
                continue
            found = self._at(i, w, known + out)
            for m in found:
                for k in range(m.first, m.last + 1):
                    self.taken[k] = True
            out.extend(found)
        return out

    def _at(self, i: int, w: Word, mentions: list[PlaceMention]) -> list[PlaceMention]:
        if w.told is not None and w.told[1] == "border":
            border = self.border(i, w.told[0], mentions)
            return [border] if border else []
        if w.head is not None and not w.head[2]:
            found = self.unknown(i, w, mentions)
            if found:
                return found
        found = self.of_country(i, w, mentions)
        if found:
            return found
        m = None
        if w.told is not None:
            m = self._of_report(i, w.told, mentions) or self._with_pronoun(i, w.told, mentions)
        if m is None and w.head is not None and w.head[2]:
            m = self._sided(i, w, mentions) or self._back(i, w, mentions)
        return [m] if m else []

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

    def _of_report(self, i: int, told: tuple[int, str, str], mentions: list[PlaceMention]) -> PlaceMention | None:
        """العاصمة, البلاد, أراضيها, المناطق الحدودية: the country is the one that the report speaks of."""
        taken, klass, bare = told
        if klass not in {"of_country", "of_capital", "land"}:
            return None
        if klass == "land" and not (i + 1 < self.n and self.tokens[i + 1].norm in AT_BORDER):
            return None
        country = self._spoken_country(i, mentions, KINGDOMS if bare == "المملكه" else None)
        if country is None:
            return None
        land = self.book.countries[country]
        entry = self.book.entries[land.capital if klass == "of_capital" else land.entry]
        because = "the country that the report speaks of"
        if klass == "land":
            return self.made(
                i, taken, i + 1, f"{entry.name} border area", country, "border", "back", because, None, entry, True
            )
        side = self._side(i - 1) if bare == "البلاد" and not taken and i else None
        if side is not None and not self.taken[side[0]]:
            area = areas.side_of_country(self.book, country, side[2])
            name = f"{SIDES[side[2]]} {entry.name}"
            return self.made(side[0], side[1], i, name, country, "area", "back", because, area, None, True)
        return self.made(i, taken, i, entry.name, country, entry.kind, "back", because, None, entry, True)

    def _last(self, i: int, mentions: list[PlaceMention], kinds: frozenset[str]) -> PlaceEntry | None:
        """The entry of the last place of some kinds named before token `i`."""
        best: PlaceMention | None = None
        for m in (x for y in mentions for x in (y, *y.inner)):
            if m.last < i and m.kind in kinds and m.entry and (best is None or m.last > best.last):
                best = m
        return self.book.entry(best.entry or "") if best is not None else None

    def _joined(self, last: int, mentions: list[PlaceMention]) -> PlaceEntry | None:
        """The town that من or في joins to a side (الأحياء الشرقية من دير الزور)."""
        if last + 1 >= self.n or self.tokens[last + 1].norm not in {"من", "في", "ب"}:
            return None
        for m in mentions:
            if m.first == last + 2 and m.entry:
                return self.book.entry(m.entry)
        return None

    def _with_pronoun(self, i: int, told: tuple[int, str, str], mentions: list[PlaceMention]) -> PlaceMention | None:
        """ريفها, محيطها: a part of the town named last."""
        taken, klass, _ = told
        if klass not in {"countryside_of", "around_of"}:
            return None
        entry = self._last(i, mentions, SETTLED)
        if entry is None:
            return None
        area = areas.side_of_place(self.book, entry, None, klass == "countryside_of")
        name = f"{entry.name} {'countryside' if klass == 'countryside_of' else 'surroundings'}"
        return self.made(i, taken, i, name, entry.country, "area", "back", f"part of {entry.name}", area, None, True)

    def _sided(self, i: int, w: Word, mentions: list[PlaceMention]) -> PlaceMention | None:
        """الأحياء الشرقية, المناطق الجنوبية, شرق النهر: a side of the town, country or river named last."""
        assert w.head is not None
        taken, head, _ = w.head
        if head.kind == "river" and not taken and i:
            side = self._side(i - 1)
            river = self._last(i, mentions, frozenset({"river"})) if side else None
            if side is None or river is None or self.taken[side[0]]:
                return None
            country = self._river_country(river)
            area = areas.side_of_river(self.book, river.name, side[2], country)
            name = f"{SIDES[side[2]]} of the {river.name}"
            return self.made(
                side[0], side[1], i, name, country, "area", "back", f"side of {river.name}", area, None, True
            )
        if i + 1 >= self.n:
            return None
        bearing, last = self.book.bearings.get(self.tokens[i + 1].norm), i + 1
        if i + 2 < self.n:
            both = self.book.bearings.get(self.tokens[i + 1].norm + " " + self.tokens[i + 2].norm)
            bearing, last = (both, i + 2) if both is not None else (bearing, last)
        if bearing is None:
            return None
        if head.kind in PARTS_OF_TOWN:
            entry = self._joined(last, mentions) or self._last(i, mentions, SETTLED)
        elif head.kind in PARTS_OF_COUNTRY:
            country_told = self._spoken_country(i, mentions)
            entry = self.book.entries[self.book.countries[country_told].entry] if country_told else None
        else:
            return None
        if entry is None:
            return None
        area = areas.side_of_place(self.book, entry, bearing, False)
        name = f"{SIDES[bearing]} {entry.name}"
        return self.made(i, taken, last, name, entry.country, "area", "back", f"side of {entry.name}", area, None, True)

    def _back(self, i: int, w: Word, mentions: list[PlaceMention]) -> PlaceMention | None:
        """A noun of place alone (المدينة), pointing back to the last place of its kind, no capital that stands for
        its government (نفت موسكو قصف المدينة)."""
        assert w.head is not None
        taken, head, _ = w.head
        if head.plural or not head.ref or (i and self.tokens[i - 1].norm in self.book.sets["other"]):
            return None
        best: PlaceMention | None = None
        for m in mentions:
            place = m.locative or not m.weak
            fits = place and m.form != "back" and (m.kind in head.kinds or m.kind == head.kind)
            if fits and 0 < i - m.last < BACK and (best is None or m.last > best.last):
                best = m
        if best is None:
            return None
        start, end = self._span(i, taken, i)
        return PlaceMention(
            i, i, start, end, best.name, best.country, best.lat, best.lon, best.precision_km, best.kind, best.province,
            best.entry, "back", weak=True, locative=True, area=best.area, because=f"points back to {best.name}",
        )  # fmt: skip
