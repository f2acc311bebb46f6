"""What pages say, in each language's own way: labels, plurals, numbers, dates and names of parties."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files

from musnad.codebook.table import DATA, read_table
from musnad.show import labels as shown
from musnad.show import names
from musnad.show.labels import Lang

_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
Say = Callable[[str], str]


@cache
def _labels() -> dict[str, dict[Lang, str]]:
    text = files("musnad.web").joinpath("labels.tsv").read_text("utf8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {key: {"en": en, "ar": ar} for key, en, ar in rows[1:]}


def say(key: str, lang: Lang) -> str:
    """The words for a key, of the pages' own list or of the list that tables and pages share."""
    words = _labels().get(key)
    return words[lang] if words else shown.label(key, lang)


def number(n: int, lang: Lang) -> str:
    """A whole number with its thousands apart, in the language's own digits."""
    text = f"{n:,}"
    return text.translate(_DIGITS).replace(",", "٬") if lang == "ar" else text


def digits(text: str, lang: Lang) -> str:
    """A text with its digits in the language's own shape."""
    return text.translate(_DIGITS).replace("%", "٪") if lang == "ar" else text


def plural(key: str, n: int, lang: Lang) -> str:
    """A count with its noun: 3 reports, ٣ تقارير. The list gives the forms as `one:…|few:…|other:…`, # is the count."""
    forms = dict(part.split(":", 1) for part in say(f"n.{key}", lang).split("|"))
    form = forms.get(category(n, lang)) or forms["other"]
    return form.replace("#", number(n, lang))


def category(n: int, lang: Lang) -> str:
    """The plural category of a whole number (Unicode CLDR; zero also where English has a word of its own for it)."""
    if lang == "en":
        return ("zero", "one")[n] if n < 2 else "other"
    if n <= 2:
        return ("zero", "one", "two")[n]
    rest = n % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def day(iso: str | None, lang: Lang) -> str:
    """A day, month or year in words: 23 September 2017, ٢٣ أيلول/سبتمبر ٢٠١٧. Other texts come back as they are."""
    parts = (iso or "")[:10].split("-")
    if not parts[0].isdigit() or len(parts[0]) != 4 or not all(p.isdigit() for p in parts):
        return iso or ""
    year = digits(parts[0], lang)
    if len(parts) == 1:
        return year
    month = int(parts[1])
    if not 1 <= month <= 12:
        return iso or ""
    name = say(f"month.{month}", lang)
    return f"{name} {year}" if len(parts) == 2 else f"{digits(str(int(parts[2])), lang)} {name} {year}"


def tick(iso: str, lang: Lang) -> str:
    """A day, month or year under a bar: 23 Sep, Sep 2017; ٢٣ أيلول, أيلول ٢٠١٧."""
    year, _, rest = iso.partition("-")
    if not rest:
        return digits(year, lang)
    month, _, of_month = rest.partition("-")
    name = say(f"month.{int(month)}", lang)
    short = name[:3] if lang == "en" else name.partition("/")[0]
    return f"{digits(str(int(of_month)), lang)} {short}" if of_month else f"{short} {digits(year, lang)}"


def days(first: str | None, last: str | None, lang: Lang) -> str:
    """A span of days; one day when both are the same."""
    if not first or not last or first == last:
        return day(first or last, lang)
    return f"{day(first, lang)} – {day(last, lang)}"


@lru_cache(maxsize=4096)
def party(id: str, lang: Lang) -> str:
    """The name of a party in a language, the id where none is known."""
    if id.endswith("-STATE"):  # a side: the organs of a state act as one
        return states(lang).get(id.removesuffix("-STATE"), id)
    name = names.name(id, lang)
    if lang == "ar" and name == id:
        return _arabic().get(id, id)
    return name


@cache
def _arabic() -> dict[str, str]:
    """The fullest of the first Arabic names of each party."""
    out: dict[str, str] = {}
    for row in read_table(DATA / "actors.tsv", ("id", "names")):
        told = [n.strip() for n in row.cells["names"].split("|") if n.strip()][:2]
        if told:
            out.setdefault(row.cells["id"], max(told, key=len))
    return out


def country(code: str | None, lang: Lang) -> str:
    """The name of a country by its ISO code."""
    if not code or code == "XXX":
        return ""
    state = names.name(f"{code}-GOV", lang)
    return state.rpartition(": ")[0] or code


@cache
def _places() -> dict[tuple[str, str], str]:
    """The first Arabic name of each place by its name and country; tables made by hand go before the gazetteer."""
    out: dict[tuple[str, str], str] = {}
    for path in [*sorted(DATA.glob("places_*.tsv")), DATA / "gazetteer.tsv"]:
        with path.open(encoding="utf8") as lines:
            rows = (line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#"))
            header = next(rows)
            if not {"name", "arabic"} <= set(header):
                continue
            name, arabic = header.index("name"), header.index("arabic")
            code = header.index("country" if "country" in header else "iso3")
            for cells in rows:
                out.setdefault((cells[name], cells[code]), cells[arabic].split("|")[0])
    return out


def place(name: str | None, code: str | None, lang: Lang) -> str:
    """The name of a place: in Arabic as the tables write it, else as it stands in records."""
    if not name or lang == "en":
        return name or ""
    return _arabic_place(name, code or "")


@lru_cache(maxsize=8192)
def _arabic_place(name: str, code: str) -> str:
    """The Arabic name; of a part told by its bearing (east Deir ez-Zor countryside) it is put together."""
    known = _places()
    if (name, code) in known:
        return known[name, code]
    if code == "" and (same := next((a for (n, _), a in known.items() if n == name), "")):
        return same
    named, _, kind = name.rpartition(" ")
    if f"head.{kind}" in _labels() and (named, code) in known:
        return f"{say(f'head.{kind}', 'ar')} {known[named, code]}"
    found = _PART.fullmatch(name)
    if found is None:
        return name
    core = known.get((found["core"], code)) or known.get((f"{found['core']} Governorate", code))
    if core is None:
        return name
    way = found["way"]
    if found["of"]:
        return f"{say(f'way.{way}', 'ar')} {core}"
    bare = core.removeprefix("محافظة ")
    if found["rural"]:
        return " ".join(x for x in (say("web.countryside", "ar"), bare, say(f"side.{way}", "ar") if way else "") if x)
    return f"{say(f'way.{way}', 'ar')} {bare}" if way else name


_PART = re.compile(
    r"(?:(?P<way>(?:north|south)(?:-(?:east|west))?|east|west|central) )?(?P<of>of (?:the )?)?(?P<core>.+?)"
    r"(?P<rural> countryside)?"
)


@cache
def states(lang: Lang) -> dict[str, str]:
    """The names of countries by ISO code."""
    rows = read_table(DATA / "countries.tsv", ("iso3", "english", "names"))
    return {r.cells["iso3"]: r.cells["english"] if lang == "en" else r.cells["names"].split("|")[0] for r in rows}
