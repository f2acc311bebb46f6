"""The places that the codebook knows: countries, towns, villages, fields, bases, crossings, with their points.

The gazetteer (GeoNames) knows towns; our own tables (places*.tsv) know what war reporting names and gazetteers
leave out, and go before it. All names are kept in the normal form and without spaces, so that ديرالزور and
دير الزور, كفر سوسة and كفرسوسة are one name.
"""

from __future__ import annotations

import math
from pathlib import Path

import msgspec

from musnad.arabic.clitics import variants
from musnad.arabic.letters import norm
from musnad.codebook.geometry import distance_km as distance_km
from musnad.codebook.table import DATA, Row, layered

COLUMNS = ("name", "arabic", "country", "kind", "province", "lat", "lon", "km")
"""The columns of places*.tsv. `lat` may be `@NAME`: the point of that entry of the same country, then `km` says how far
from it the place may lie. An empty `lat` means that the point is not known."""

TABLES_OF_THEIR_OWN = frozenset(
    {"places_countries", "places_heads", "places_parts", "places_common", "places_stop", "places_words"}
)

TOWNS = frozenset({"city", "town", "village", "capital"})
SETTLED = TOWNS | {"quarter", "district", "settlement", "camp"}
TELLING = ("of_country", "of_capital", "border", "countryside_of", "around_of", "side", "land")
"""Classes of places_words.tsv whose words tell a place without naming it."""

ABSENT = "-"


class PlaceEntry(msgspec.Struct, frozen=True):
    """One place. `km` is the radius around the point in which the place lies; `weight` (0 to 100) is its prominence;
    `source` names the file and line that made the entry."""

    id: str
    name: str
    country: str
    kind: str
    lat: float | None
    lon: float | None
    km: float | None
    province: str
    weight: float
    source: str


class Head(msgspec.Struct, frozen=True):
    """A noun that stands before the name of a place (مدينة، حقل، معبر)."""

    word: str
    kind: str
    unknown: str
    ref: bool
    kinds: tuple[str, ...]
    km: float
    plural: bool


class Part(msgspec.Struct, frozen=True):
    """A word that makes a part or a side of a place (ريف، شمالي، محيط). `bearing` is in degrees from north."""

    word: str
    role: str
    bearing: int | None


class Country(msgspec.Struct, frozen=True):
    """A country: its entry, the entry of its capital, and how often Arabic conflict news speaks of it (0 to 100)."""

    iso3: str
    name: str
    entry: int
    capital: int
    weight: float


class Word(msgspec.Struct, frozen=True):
    """What a word form can be in the name of a place. Each reading begins with the number of letters of the particles
    before it (0 for لل, which swallows a letter of the article)."""

    starts: tuple[tuple[int, str, str], ...]
    """Readings that begin a name: (letters taken off, particles, rest)."""
    head: tuple[int, Head, bool] | None
    """A noun of place: (letters taken off, the noun, whether it has the article)."""
    part: tuple[int, Part] | None
    nisba: tuple[int, str, bool] | None
    """A country's adjective: (letters taken off, country, whether it has the article)."""
    told: tuple[int, str, str] | None
    """A word that names no place but tells one: (letters taken off, class of places_words.tsv, word without them)."""
    glued: tuple[int, str] | None
    """A name with the next word run into it (تونسفي): (letters of the name, the name)."""


class PlaceBook(msgspec.Struct):
    """Everything the mention finder looks up. All keys are normal forms; `names` has no spaces in its keys."""

    entries: list[PlaceEntry]
    names: dict[str, tuple[int, ...]]
    first: dict[str, int]
    """First words of names, with the number of words of the longest name that begins so."""
    common: dict[str, str]
    """Names (without spaces) that are also something else, and how much: `never`, `head`, `word`, `person`, `mild`."""
    heads: dict[str, Head]
    parts: dict[str, Part]
    bearings: dict[str, int]
    """Definite side adjectives after a name: الشرقي, الشرقية → 90."""
    nisbas: dict[str, str]
    """Adjectives of countries without the article, in all their forms → ISO 3166-1 alpha-3."""
    countries: dict[str, Country]
    sets: dict[str, frozenset[str]]
    """Small words by class, as places_words.tsv lists them."""
    stop: frozenset[str]
    """Words that are no name after a noun of place (قرية صغيرة, منطقة الصراع)."""
    by_name: dict[tuple[str, str], int]
    """(country, English name) → entry."""
    outlines: dict[str, tuple[tuple[tuple[float, float], ...], ...]]
    borders: dict[tuple[str, str], tuple[tuple[float, float], ...]]
    rivers: dict[str, tuple[tuple[float, float], ...]]
    by_id: dict[str, int] = {}
    words: dict[str, Word | None] = {}
    """Word forms met so far."""

    def word(self, form: str) -> Word | None:
        """What a word form (normal form) can be in the name of a place; None for most words."""
        try:
            return self.words[form]
        except KeyError:
            found = self._read(form)
            if len(self.words) < 300_000:
                self.words[form] = found
            return found

    def _read(self, form: str) -> Word | None:
        starts: list[tuple[int, str, str]] = []
        head: tuple[int, Head, bool] | None = None
        part: tuple[int, Part] | None = None
        nisba: tuple[int, str, bool] | None = None
        told: tuple[int, str, str] | None = None
        for particles, rest in variants(form):
            taken = 0 if "ل" in particles and form[len(particles) :] != rest else len(particles)
            bare = rest.removeprefix("ال") if len(rest) > 4 and rest.startswith("ال") else ""
            if rest in self.first:
                starts.append((taken, particles, rest))
            if head is None and (rest in self.heads or bare in self.heads):
                head = (taken, self.heads.get(rest) or self.heads[bare], rest not in self.heads)
            if part is None and rest in self.parts:
                part = (taken, self.parts[rest])
            if nisba is None and (rest in self.nisbas or bare in self.nisbas):
                nisba = (taken, self.nisbas.get(rest) or self.nisbas[bare], rest not in self.nisbas)
            if told is None:
                told = next(((taken, c, rest) for c in TELLING if rest in self.sets[c]), None)
        if starts or head or part or nisba or told:
            return Word(tuple(starts), head, part, nisba, told, None)
        glued = self._glued(form)
        return Word((), None, None, None, None, glued) if glued else None

    def _glued(self, form: str) -> tuple[int, str] | None:
        """A known name at the head of a word form that goes on with another word."""
        for cut in range(len(form) - 2, 3, -1):
            name, rest = form[:cut], form[cut:]
            if not (rest in self.sets["run_on"] or (len(rest) > 4 and rest.startswith(("ال", "بال", "لل", "وال")))):
                continue
            if self.names.get(name) and name not in self.common:
                return cut, name
        return None

    def entry(self, id: str) -> PlaceEntry | None:
        """The entry with an id."""
        if not self.by_id:
            self.by_id.update((e.id, i) for i, e in reversed(list(enumerate(self.entries))))
        found = self.by_id.get(id)
        return None if found is None else self.entries[found]

    def find(self, name: str) -> list[PlaceEntry]:
        """The entries that bear an Arabic name."""
        return [self.entries[i] for i in self.names.get(norm(name).replace(" ", ""), ())]


def nisba_forms(masculine: str) -> list[str]:
    """All written forms of a country's adjective, normalised (سوري → سوري, سوريه, سوريين, سوريات ...)."""
    head, _, tail = norm(masculine).rpartition(" ")
    if head:  # كوري جنوبي: both words are inflected; the coder reads such pairs by their first word only
        return []
    return [tail + end for end in ("", "ه", "ين", "ون", "ان", "تين", "تان", "ات", "ا")]


class _Builder:
    def __init__(self, glued: frozenset[str]) -> None:
        self.glued = glued
        self.entries: list[PlaceEntry] = []
        self.names: dict[str, list[int]] = {}
        self.first: dict[str, int] = {}
        self.by_name: dict[tuple[str, str], int] = {}

    def add_name(self, arabic: str, index: int) -> None:
        tokens = norm(arabic).replace("-", " ").split()
        if not tokens:
            return
        key = "".join(tokens)
        where = self.names.setdefault(key, [])
        if index not in where:
            where.append(index)
        count = len(tokens)
        if self.first.get(tokens[0], 0) < count:
            self.first[tokens[0]] = count
        if count > 1 and tokens[0] in self.glued:
            glued = tokens[0] + tokens[1]
            self.first[glued] = max(self.first.get(glued, 0), count - 1)
        for lead in self.glued if count == 1 and len(key) > 4 else ():
            if key.startswith(lead) and len(key) - len(lead) > 2:
                self.first[lead] = max(self.first.get(lead, 0), 2)

    def add_phrase(self, arabic: str) -> None:
        """A phrase that is looked up like a name but names no place."""
        tokens = norm(arabic).split()
        self.names["".join(tokens)] = []
        self.first[tokens[0]] = max(self.first.get(tokens[0], 0), len(tokens))

    def add(self, entry: PlaceEntry, arabic: list[str]) -> int:
        index = len(self.entries)
        self.entries.append(entry)
        self.by_name.setdefault((entry.country, entry.name), index)
        for name in arabic:
            self.add_name(name, index)
        return index


def _weight(kind: str, people: int) -> float:
    return min(80.0, (5.0 if kind != "capital" else 40.0) + 8.0 * math.log10(max(people, 300) / 100))


def _load_gazetteer(path: Path, build: _Builder, known: dict[str, list[int]]) -> None:
    """Towns of GeoNames. One that lies within 15 km of an own entry of the same name and sort gives way to it."""
    text = path.read_text(encoding="utf8").splitlines()
    for number, line in enumerate(text, 1):
        if line.startswith("#") or line.startswith("country\t"):
            continue
        country, name, arabic, lat, lon, people, kind, province, geonameid = line.split("\t")
        spelled = arabic.split("|")
        point = (float(lat), float(lon))
        twin = None
        for key in (norm(s).replace(" ", "") for s in spelled):
            for i in known.get(key, ()):
                e = build.entries[i]
                if (
                    e.country == country
                    and e.kind in SETTLED
                    and (e.lat is None or e.lon is None or distance_km(e.lat, e.lon, *point) < 15 + (e.km or 0))
                ):
                    twin = i
        if twin is not None:
            own = build.entries[twin]
            weight = max(own.weight, _weight(kind, int(people)))
            if own.lat is None or (own.kind == "district" and (own.km or 0.0) > 5.0):
                own = msgspec.structs.replace(
                    own, lat=point[0], lon=point[1], km=6.0 if own.kind == "district" else 4.0
                )
            build.entries[twin] = msgspec.structs.replace(own, weight=weight, province=own.province or province)
            continue
        km = 8.0 if int(people) > 500_000 else 5.0 if int(people) > 50_000 else 3.0
        entry = PlaceEntry(
            f"gn:{geonameid}",
            name,
            country,
            kind,
            *point,
            km,
            province,
            _weight(kind, int(people)),
            f"gazetteer:{number}",
        )
        build.add(entry, spelled)


def _key(row: Row) -> tuple[str, ...]:
    return row.cells["name"], row.cells["country"], row.cells["kind"]


def _load_own(tables: list[str], build: _Builder, overlay: Path | None, data: Path) -> list[tuple[int, str, Row]]:
    """Own tables. Gives back the entries whose point is told by another's name, as (entry, that name, its row)."""
    later: list[tuple[int, str, Row]] = []
    for table in tables:
        for line in layered(table, COLUMNS, _key, overlay, data):
            row, where = line.cells, f"{line.file}:{line.line}"
            lat, lon, km = row["lat"], row["lon"], row["km"]
            try:
                told = bool(lat) and not lat.startswith("@")
                north, east = (float(lat), float(lon)) if told else (None, None)
                radius = float(km) if km else None
            except ValueError:
                raise line.fault(f"{lat} {lon} {km} is no point with a radius") from None
            weight = 30.0 if row["kind"] in {"city", "province", "region", "sea"} else 18.0
            entry = PlaceEntry(
                f"{row['country']}:{row['name']}", row["name"], row["country"], row["kind"], north, east, radius,
                row["province"], weight, where,
            )  # fmt: skip
            index = build.add(entry, [n for n in row["arabic"].split("|") if n.strip()])
            if lat.startswith("@"):
                later.append((index, lat[1:].strip(), line))
    return later


def _load_countries(build: _Builder, overlay: Path | None, data: Path) -> tuple[dict[str, Country], dict[str, str]]:
    countries: dict[str, Country] = {}
    nisbas: dict[str, str] = {}
    columns = ("iso3", "name", "arabic", "nisba", "capital", "capital_arabic", "weight")
    for line in layered("places_countries.tsv", columns, lambda r: (r.cells["iso3"],), overlay, data):
        row, where = line.cells, f"{line.file}:{line.line}"
        iso3, weight = row["iso3"], float(row["weight"])
        country = PlaceEntry(iso3, row["name"], iso3, "country", None, None, None, "", weight, where)
        index = build.add(country, row["arabic"].split("|"))
        seat = PlaceEntry(
            f"{iso3}:{row['capital']}", row["capital"], iso3, "capital", None, None, None, "", 40 + weight / 2, where
        )
        capital = build.by_name.get((iso3, row["capital"]), -1)
        if capital < 0:
            capital = build.add(seat, row["capital_arabic"].split("|"))
        else:
            own = build.entries[capital]
            build.entries[capital] = msgspec.structs.replace(own, weight=seat.weight, kind="capital")
            for name in row["capital_arabic"].split("|"):
                build.add_name(name, capital)
        countries[iso3] = Country(iso3, row["name"], index, capital, weight)
        for masculine in row["nisba"].split("|"):
            for form in nisba_forms(masculine):
                nisbas.setdefault(form, iso3)
    return countries, nisbas


def _load_heads(overlay: Path | None, data: Path) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    columns = ("forms", "kind", "unknown", "ref", "kinds", "km")
    for line in layered("places_heads.tsv", columns, lambda r: (r.cells["forms"],), overlay, data):
        row = line.cells
        forms = [norm(f) for f in row["forms"].split(",")]
        for n, form in enumerate(forms):
            head = Head(
                forms[0], row["kind"], row["unknown"], row["ref"] == "yes", tuple(row["kinds"].split(",")),
                float(row["km"]), n > 0,
            )  # fmt: skip
            heads.setdefault(form, head)
    return heads


def _load_parts(overlay: Path | None, data: Path) -> tuple[dict[str, Part], dict[str, int]]:
    parts: dict[str, Part] = {}
    bearings: dict[str, int] = {}
    columns = ("forms", "class", "bearing", "adjective")
    for line in layered("places_parts.tsv", columns, lambda r: (r.cells["forms"],), overlay, data):
        row = line.cells
        bearing = None if row["bearing"] == ABSENT else int(row["bearing"])
        forms = [norm(f) for f in row["forms"].split(",")]
        for form in forms:
            parts.setdefault(form, Part(forms[0], row["class"], bearing))
        if bearing is not None and row["adjective"] != ABSENT:
            for adjective in row["adjective"].split(","):
                for end in ("", "ه", "ين"):
                    form = " ".join("ال" + w.removeprefix("ال") + end for w in norm(adjective).split())
                    bearings.setdefault(form, bearing)
    return parts, bearings


def _read_lines(path: Path) -> list[list[str]]:
    return [
        line.split("\t")
        for line in path.read_text(encoding="utf8").splitlines()
        if line and not line.startswith(("#", "id\t"))
    ]


def _points(text: str) -> tuple[tuple[float, float], ...]:
    pairs = (p.split(",") for p in text.split(" "))
    return tuple((float(a), float(b)) for a, b in pairs)


def load(data: Path = DATA, overlay: Path | None = None) -> PlaceBook:
    """Read the place tables of `data`, with the user's tables (of the same names, or a `places.tsv`) laid over."""
    sets: dict[str, frozenset[str]] = {}
    for r in layered("places_words.tsv", ("class", "words"), lambda r: (r.cells["words"],), overlay, data):
        known_words = frozenset(norm(w) for w in r.cells["words"].split())
        sets[r.cells["class"]] = sets.get(r.cells["class"], frozenset()) | known_words
    build = _Builder(sets["glued"])
    tables = {p.name for p in data.glob("places*.tsv")} | (
        {p.name for p in overlay.glob("places*.tsv")} if overlay else set()
    )
    own = sorted(t for t in tables if t.removesuffix(".tsv") not in TABLES_OF_THEIR_OWN)
    later = _load_own(own, build, overlay, data)
    countries, nisbas = _load_countries(build, overlay, data)
    known = {k: list(v) for k, v in build.names.items()}
    _load_gazetteer(data / "gazetteer.tsv", build, known)
    for index, target, row in later:
        _place_at(build, index, target, row)
    common: dict[str, str] = {}
    for r in layered("places_common.tsv", ("name", "why"), lambda r: (r.cells["name"],), overlay, data):
        common[norm(r.cells["name"]).replace(" ", "")] = r.cells["why"]
        if r.cells["why"] == "never":
            build.add_phrase(r.cells["name"])
    stop = frozenset(
        norm(w)
        for r in layered("places_stop.tsv", ("words",), lambda r: (r.cells["words"],), overlay, data)
        for w in r.cells["words"].split()
    )
    parts, bearings = _load_parts(overlay, data)
    outlines: dict[str, list[tuple[tuple[float, float], ...]]] = {}
    for name, line in _read_lines(data / "outlines.tsv"):
        outlines.setdefault(name, []).append(_points(line))
    borders: dict[tuple[str, str], tuple[tuple[float, float], ...]] = {}
    for pair, line in _read_lines(data / "borders.tsv"):
        a, b = pair.split("-")
        borders[a, b] = borders.get((a, b), ()) + _points(line)
    rivers = {name: _points(line) for name, line in _read_lines(data / "rivers.tsv")}
    book = PlaceBook(
        build.entries, {}, build.first, common, _load_heads(overlay, data), parts, bearings, nisbas,
        countries, sets, stop, build.by_name, {k: tuple(v) for k, v in outlines.items()}, borders, rivers,
    )  # fmt: skip
    _place_countries(book)
    book.names = {
        key: tuple(sorted(where, key=lambda i: (-book.entries[i].weight, i))) for key, where in build.names.items()
    }
    return book


def _place_at(build: _Builder, index: int, target: str, row: Row) -> None:
    entry = build.entries[index]
    found = build.by_name.get((entry.country, target))
    other = build.entries[found] if found is not None else None
    if other is None or other.lat is None:
        raise row.fault(f"@{target} is no place with a point in {entry.country}")
    build.entries[index] = msgspec.structs.replace(
        entry, lat=other.lat, lon=other.lon, km=entry.km or 10.0, province=entry.province or other.province
    )


def _place_countries(book: PlaceBook) -> None:
    """Countries lie at the middle of their outline."""
    for country in book.countries.values():
        rings = book.outlines.get(country.iso3)
        if not rings:
            continue
        biggest = max(rings, key=len)
        lats, lons = [p[0] for p in biggest], [p[1] for p in biggest]
        if max(lons) - min(lons) > 180:  # Russia goes on beyond 180 degrees
            lons = [x for x in lons if x > 0]
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        km = distance_km(min(lats), min(lons), lat, lon)
        book.entries[country.entry] = msgspec.structs.replace(
            book.entries[country.entry], lat=round(lat, 2), lon=round(lon, 2), km=round(km)
        )
