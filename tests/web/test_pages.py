"""Every page answers in both languages, shows what the archive holds, and shows a hostile report as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from hostile import HOSTILE
from starlette.testclient import TestClient

from musnad.archive import incidents
from musnad.archive.archive import Archive
from musnad.archive.editing import correct_record
from musnad.show.labels import labels
from musnad.web import look, words

PAGES = (
    "/", "/?view=events", "/?view=reports", "/?q=قصف", "/?actor=SDF&type=ASSAULT&since=2017-09",
    "/?part=rows&offset=40", "/holdings", "/holdings?place=Conoco gas plant", "/holdings?on=2017-09-23", "/disputes",
    "/disputes?part=held",
    "/holdings?part=rows&on=2017-09-23", "/codebook",
    "/codebook?type=PROTEST&offset=60", "/codebook?order=fires", "/codebook?word=قصف",
    "/review", "/review?double=1", "/login", "/actors/SDF", "/actors/RUS-MIL",
    "/places/Hajin?country=SYR", "/places/Hajin", "/sources/وكالة رقيم للأنباء", "/reports/raqim-2017-09-23",
    "/reports/raqim-2017-09-23/why/e1",
)  # fmt: skip


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_in_its_language(client: TestClient, path: str, lang: str) -> None:
    answer = client.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
    assert answer.status_code == 200
    if "part=" not in path:
        direction = "rtl" if lang == "ar" else "ltr"
        assert f'<html lang="{lang}" dir="{direction}">' in answer.text
        assert answer.text.count("<h1") == 1


def test_every_incident_and_report_has_a_page(client: TestClient, archive: Archive) -> None:
    for i in incidents.find(archive, limit=500):
        assert client.get(f"/incidents/{i.key}").status_code == 200
    for _, report in archive.reports():
        assert client.get(look.address("reports", report.id)).status_code == 200


def test_the_reader_marks_evidence_and_shows_the_chain(client: TestClient) -> None:
    html = client.get("/reports/raqim-2017-09-23").text
    assert 'data-rec="e1"' in html and "k-trigger" in html
    assert re.search(r'<ol class="chain"><li class="ring outlet">.*?<li class="ring k-narrator">', html, re.S)
    assert "/actors/SDF" in html and "قوات سوريا الديمقراطية" in html


def test_a_hostile_report_is_text(client: TestClient, archive: Archive) -> None:
    stored = archive.report(HOSTILE.id)
    assert stored is not None and stored.coded.events
    key = {k for i in incidents.find(archive, limit=500) if (k := i.key)}
    told = [k for k in key if any(a.report_id == HOSTILE.id for a in incidents.read(archive, k)[1])]  # type: ignore[index]
    assert told
    outlet = quote(HOSTILE.outlet or "", safe="")
    event = stored.coded.events[0]
    n = correct_record(archive, f"{HOSTILE.id}#{event.id}", "<script>alert(7)</script>", changes=["type=THREATEN"])
    tried = client.post(f"/codebook/proposals/{n}", data={"do": "try"}, headers=FROM_HERE)
    assert tried.status_code == 200 and "<script>alert" not in tried.text
    paths = [
        look.address("reports", HOSTILE.id), look.address("reports", HOSTILE.id) + "/why/e1", f"/incidents/{told[0]}",
        f"/sources/{outlet}", "/?view=reports", "/?view=events", "/?q=قصف", f"/?outlet={outlet}",
        "/codebook?word=<script>", "/review", "/review?double=1", f"/codebook/proposals/{n}",
        "/?part=rows&view=reports",
        "/?actor=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/places/%3Cscript%3E", "/actors/%3Cscript%3E",
    ]  # fmt: skip
    for path in paths:
        answer = client.get(path)
        for tag, attributes in Tags(answer.text).found:
            assert not any(name.startswith("on") for name in attributes), (path, tag)
            assert tag not in ("img", "i", "b") or tag == "b" or attributes.get("class") == "hidden-mark", (path, tag)
            if tag == "script":
                assert (attributes.get("src") or "").startswith("/static/"), path
            assert not (attributes.get("href") or "").lower().startswith("javascript:"), path
        assert "49" not in answer.text or "{{" not in answer.text
    reader = client.get(paths[0]).text
    assert "\u202e" not in reader and "RLO" in reader
    assert "&lt;script&gt;alert(3)" in reader


def test_an_unknown_address_and_a_wrong_filter_are_told(client: TestClient) -> None:
    for path in ("/nope", "/reports/none", "/incidents/none", "/reports/raqim-2017-09-23/why/e999"):
        assert client.get(path).status_code in (400, 404)
    answer = client.get("/?since=yesterday&lang=en")
    assert answer.status_code == 400 and "is no date" in answer.text


def test_filters_change_the_counts_and_stand_in_the_address(client: TestClient) -> None:
    def shown(path: str) -> int:
        found = re.search(r'view=events"[^>]*>([\d,]+) event', client.get(path).text)
        assert found is not None
        return int(found[1].replace(",", ""))

    every = shown("/?lang=en")
    some = shown("/?lang=en&actor=SDF")
    fewer = shown("/?lang=en&actor=SDF&type=ASSAULT")
    assert every > some > fewer > 0
    assert shown("/?lang=en&actor=قسد&type=ASSAULT") == fewer


def test_a_long_list_goes_on(client: TestClient) -> None:
    first = client.get("/?view=events").text
    more = re.search(r'data-more="([^"]+)"', first)
    assert more is not None
    part = client.get("/" + more[1].replace("&amp;", "&")).text
    rows = re.findall(r'href="(/reports/[^"]+)"', part)
    assert rows and "<html" not in part
    assert not set(rows) & set(re.findall(r'href="(/reports/[^"]+)"', first))


def test_what_is_filtered_can_be_downloaded_in_each_format(client: TestClient) -> None:
    from musnad.export import FORMATS

    for name in FORMATS:
        answer = client.get(f"/download/{name}?actor=SDF")
        assert answer.status_code == 200 and len(answer.content) > 100, name
        assert "attachment" in answer.headers["content-disposition"]
    assert client.get("/download/exe").status_code == 404
    all_rows = client.get("/download/csv").text.count("\n")
    assert 0 < client.get("/download/csv?actor=SDF").text.count("\n") < all_rows


def test_downloads_hold_what_the_words_find(client: TestClient) -> None:
    import json

    from musnad.export import FORMATS

    page = client.get("/?q=كونيكو&lang=en").text
    assert re.search(r'href="/download/csv\?q=[^"]+"', page)
    found = {i["id"] for i in client.get("/api/reports?q=كونيكو&limit=200").json()["items"]}
    lines = client.get("/download/jsonl?q=كونيكو").text.splitlines()
    assert found and {json.loads(line)["id"] for line in lines} == found
    both = client.get("/download/jsonl?q=كونيكو&actor=SDF").text.splitlines()
    assert 0 < len(both) < len(lines) and {json.loads(line)["id"] for line in both} < found
    for name in FORMATS:
        some, every = (client.get(f"/download/{name}{q}").content for q in ("?q=كونيكو", ""))
        assert client.get(f"/download/{name}?q=قمرأحمر").status_code == 200
        assert some != every, name
    assert client.get("/download/csv?q=(").status_code == 400


def test_a_sentence_is_tried_with_its_reasons(client: TestClient) -> None:
    text = "قال المتحدث باسم الجيش إن طائرات حربية قصفت بلدة هجين اليوم."
    answer = client.post("/codebook?lang=en", data={"text": text, "published": "2018-04-02"}, headers=FROM_HERE)
    assert answer.status_code == 200
    assert "airstrike" in answer.text and "قصف" in answer.text and 'class="because' in answer.text
    assert client.post("/codebook", data={"text": " "}, headers=FROM_HERE).status_code == 400


FROM_HERE = {"origin": "http://127.0.0.1"}


def test_every_label_is_there_in_both_languages() -> None:
    known = {**labels(), **words._labels()}
    for path in (Path(look.__file__).parent / "templates").glob("*.html"):
        for key in re.findall(r"(?<!\w)t\('([\w.]+)'\)", path.read_text("utf8")):
            assert key in known, (path.name, key)
    for key, told in words._labels().items():
        assert told["en"] and told["ar"], key
        if key.startswith("n."):
            assert {"zero", "one", "two", "few", "many", "other"} == {p.split(":")[0] for p in told["ar"].split("|")}


@pytest.mark.parametrize(
    ("n", "told"),
    [(0, "لا تقارير"), (1, "تقرير واحد"), (2, "تقريران"), (5, "٥ تقارير"), (11, "١١ تقريرا"), (100, "١٠٠ تقرير"),
     (2103, "٢٬١٠٣ تقارير")],
)  # fmt: skip
def test_arabic_counts(n: int, told: str) -> None:
    assert words.plural("reports", n, "ar") == told


def test_days_in_words() -> None:
    assert words.day("2017-09-23", "ar") == "٢٣ أيلول/سبتمبر ٢٠١٧"
    assert words.day("2017-09-23", "en") == "23 September 2017"
    assert words.day("2017-09", "en") == "September 2017"
    assert words.day("<b>", "en") == "<b>"


def test_ticks_of_a_timeline() -> None:
    assert [words.tick(x, "ar") for x in ("2017", "2017-09", "2017-09-03")] == ["٢٠١٧", "أيلول ٢٠١٧", "٣ أيلول"]
    assert [words.tick(x, "en") for x in ("2017", "2017-09", "2017-09-03")] == ["2017", "Sep 2017", "3 Sep"]


def test_an_outlet_that_stands_alone_is_counted(archive: Archive) -> None:
    from musnad.archive import browse

    told: dict[str, list[set[str]]] = {}
    for i in incidents.find(archive, limit=1000):
        found = incidents.read(archive, i.key)
        assert found is not None
        outlets = {a.outlet or "" for a in found[1]}
        for outlet in outlets:
            told.setdefault(outlet, []).append(outlets)
    for outlet, tellers in told.items():
        assert browse.alone(archive, outlet) == (sum(len(t) == 1 for t in tellers), len(tellers)), outlet


def test_names_of_places_in_arabic() -> None:
    assert words.place("Hajin hospital", "SYR", "ar") == "مستشفى هجين"
    assert words.place("Hajin", "SYR", "ar") == "هجين"
    assert words.place("east Deir ez-Zor countryside", "SYR", "ar") == "ريف دير الزور الشرقي"
    assert words.place("east of the Euphrates", "SYR", "ar") == "شرق الفرات"
    assert words.place("Nowhere at all", "SYR", "ar") == "Nowhere at all"


def test_two_takers_of_one_town_are_a_dispute(client: TestClient) -> None:
    told = client.get("/disputes?lang=en").text
    assert "contested" in told and "Hajin" in told
    line = client.get("/holdings?place=Hajin&lang=en").text
    assert "Syrian Democratic Forces" in line and "Islamic State" in line and "contested" in line


def test_the_codebook_tells_how_often_entries_fire(client: TestClient, archive: Archive) -> None:
    fired = sum(
        "accuse:اتهم" in r.because for _, report in archive.reports()
        for r in (archive.report(report.id).machine.events)  # type: ignore[union-attr]
    )  # fmt: skip
    assert fired > 1
    html = client.get("/codebook?type=ACCUSE&lang=en").text
    assert f">{fired} times</a>" in html and ">never<" in html
    first = re.search(r'class="fires"><a[^>]*>(\w+)', client.get("/codebook?type=ACCUSE&order=fires&lang=en").text)
    assert first is not None and int(first[1]) >= fired
    assert f"<td>{fired} times</td>" in client.get("/codebook?word=اتهم&lang=en").text
