"""The main ways through the pages in a real browser, by pointer and by keyboard; nothing is asked of other hosts."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import uvicorn

from musnad.archive.archive import Archive
from musnad.web import Settings, make_app
from musnad.web.look import address
from musnad.web.serving import listening

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.path.exists(CHROMIUM), reason="chromium is not installed"),
]
REPORT = "/reports/raqim-2017-09-23"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages over a copy of the example archive."""
    copy = tmp_path_factory.mktemp("site") / "archive.db"
    shutil.copy(filled, copy)
    with Archive.open(copy) as archive:
        door = listening("127.0.0.1", 0)
        server = uvicorn.Server(uvicorn.Config(make_app(archive, Settings()), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        thread.join()
        door.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page whose complaints and requests to other hosts fail the test."""
    context = browser.new_context(viewport={"width": 1360, "height": 900}, base_url=site)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda e: faults.append(str(e)))
    opened.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    opened.on(
        "request", lambda r: faults.append(r.url) if urlsplit(r.url).hostname not in ("127.0.0.1", None) else None
    )
    opened.on("dialog", lambda d: (faults.append(d.message), d.dismiss()))
    yield opened
    context.close()
    assert not faults


def test_filtering_follows_an_incident_to_the_words(page: Page) -> None:
    page.goto("/?lang=en")
    page.wait_for_selector(".map .dot")
    before = page.inner_text(".tabs")
    dots = page.locator(".map .dot").count()
    page.fill("input[name=actor]", "SDF")
    page.wait_for_function("t => document.querySelector('.tabs').innerText !== t", arg=before)
    assert "actor=SDF" in page.url
    page.wait_for_selector(".map .dot")
    assert 0 < page.locator(".map .dot").count() < dots
    page.click("#rows > li:first-child .first a")
    page.wait_for_selector(".account")
    page.click(".account .onward a")
    page.wait_for_selector("#text .m")
    name = urlsplit(page.url).fragment.removeprefix("rec-")
    page.hover(f"#rec-{name} .top")
    assert page.locator("#text .m[data-lit]").count() > 0


def test_a_list_goes_on_as_one_scrolls(page: Page) -> None:
    page.goto("/?view=events")
    first = page.locator("#rows > li").count()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function("n => document.querySelectorAll('#rows > li').length > n", arg=first)


def test_arabic_labels_on_the_map(page: Page) -> None:
    page.goto("/?lang=ar")
    page.wait_for_selector(".map text")
    labels = page.locator(".map text").all_text_contents()
    assert any(re.search("[\u0621-\u064a]{3}", t) for t in labels)
    assert page.eval_on_selector(".map text", "e => getComputedStyle(e).direction") == "rtl"


def test_towns_and_provinces_are_written_where_one_looks_closely(page: Page) -> None:
    page.goto("/holdings?place=Conoco%20gas%20plant&on=2017-09-25&lang=ar")
    page.wait_for_selector(".map text.town")
    page.wait_for_selector(".map text.province")
    assert "الرقة" in page.locator(".map text.town").all_text_contents()


def test_the_slider_moves_the_map(page: Page) -> None:
    page.goto("/holdings?on=2018-05-20&lang=en")
    page.wait_for_selector(".map .dot.hatched")
    page.focus("#day")
    page.keyboard.press("Home")
    page.wait_for_function("document.querySelector('input[name=on]').value !== '2018-05-20'")
    assert page.locator(".map .dot.hatched").count() == 0
    page.click("#play")
    page.wait_for_function("document.getElementById('day').value !== document.getElementById('day').max")
    page.click("#play")
    page.locator("#holdings-map a").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#line .line li")


def test_a_record_is_corrected_by_keyboard_and_seen_in_the_export(page: Page) -> None:
    page.goto(f"{REPORT}?lang=en")
    page.focus("#rec-e2 input[name=analyst]")
    page.keyboard.type("Huda")
    page.focus("#rec-e2 details.change summary")
    page.keyboard.press("Enter")
    page.select_option("#rec-e2 select[name=status]", "possible")
    page.focus("#rec-e2 .fields button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#rec-e2 .hand")
    assert "Huda" in page.inner_text("#rec-e2 .hand")
    told = page.request.get("/download/csv?hand=1").text()
    assert "possible" in told and "Huda" in told


def test_the_queue_by_keys_alone(page: Page) -> None:
    page.goto("/review?lang=en")
    first = page.get_attribute(".queue form.correct", "action")
    page.keyboard.press("n")
    page.wait_for_function("a => document.querySelector('.queue form.correct').getAttribute('action') !== a", arg=first)
    page.goto("/review?lang=en")
    if page.locator(".queue .me input").count():
        page.focus(".queue .me input")
        page.keyboard.type("Huda")
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
    page.keyboard.press("a")
    page.wait_for_function("a => document.querySelector('.queue form.correct').getAttribute('action') !== a", arg=first)
    assert "1 correction" in page.inner_text(".progress") or "corrections" in page.inner_text(".progress")


def test_an_event_is_added_by_selecting_its_word(page: Page) -> None:
    page.goto(f"{REPORT}?lang=en")
    page.evaluate("""() => {
        const walk = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
        for (let n = walk.nextNode(); n; n = walk.nextNode()) {
            const at = n.data.indexOf('تعليق');
            if (at < 0) continue;
            const r = document.createRange(); r.setStart(n, at); r.setEnd(n, at + 5);
            getSelection().removeAllRanges(); getSelection().addRange(r); return;
        }
    }""")
    page.wait_for_function("document.querySelector('#adding output').textContent === 'تعليق'")
    page.click("#adding summary")
    page.select_option("#adding select[name=type]", "REJECT")
    page.fill("#adding input[name=analyst]", "Huda")
    page.click("#adding .fields button")
    page.wait_for_selector(".history")
    assert page.locator(".card .verb", has_text="تعليق").count() == 1


def test_control_and_a_tie_are_added_by_keyboard(page: Page) -> None:
    page.goto(f"{REPORT}?lang=en")
    for of, fields in (
        ("control", {"words": "دخلوا", "holder": "SDF@مقاتليه", "place": "خشام"}),
        ("tie", {"words": "مهدت للهجوم", "a": "CJTF-OIR@التحالف", "b": "SDF@قوات سوريا الديمقراطية"}),
    ):
        form = f"#adding form:has([value={of}])"
        page.focus(f"{form} summary")
        page.keyboard.press("Enter")
        page.evaluate("""() => {
            const r = document.createRange(); r.selectNodeContents(document.querySelector('#text .m'));
            getSelection().removeAllRanges(); getSelection().addRange(r);
        }""")
        page.wait_for_function("document.querySelector('#adding output').textContent !== '—'")
        for name, value in {**fields, "analyst": "Huda"}.items():
            page.focus(f"{form} [name={name}]")
            page.keyboard.press("Control+A")
            if name == "a":  # the words selected in the text are put in
                page.keyboard.type("CJTF-OIR@")
                page.keyboard.press("Alt+S")
                assert page.input_value(f"{form} [name=a]").startswith("CJTF-OIR@")
                assert len(page.input_value(f"{form} [name=a]")) > len("CJTF-OIR@")
                page.keyboard.press("Control+A")
            page.keyboard.type(value)
        assert page.input_value(f"{form} [name=start]") == ""
        page.keyboard.press("Enter")
        page.wait_for_selector(f".card.is-{of} .verb >> text={fields['words']}")


def test_the_language_is_switched_and_kept(page: Page) -> None:
    page.goto("/?actor=SDF&lang=ar")
    assert page.get_attribute("html", "dir") == "rtl"
    page.focus(".tools a.pill")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[lang=en]")
    assert "actor=SDF" in page.url and page.get_attribute("html", "dir") == "ltr"
    page.goto("/disputes")
    assert page.get_attribute("html", "lang") == "en"


def test_a_hostile_report_runs_nothing(page: Page) -> None:
    from hostile import HOSTILE

    page.goto(address("reports", HOSTILE.id) + "?lang=ar")
    assert "<script>alert(3)</script>" in page.inner_text("#text")
    assert page.locator("#text .hidden-mark").count() >= 3
    page.goto("/?q=هجين&view=reports")
    page.wait_for_selector("#rows li")


def test_street_tiles_are_asked_for_only_when_turned_on(browser: Browser, filled: Path) -> None:
    asked: list[str] = []
    with Archive.open(filled) as archive:
        door = listening("127.0.0.1", 0)
        settings = Settings(tiles="http://tiles.example/{z}/{x}/{y}.png")
        server = uvicorn.Server(uvicorn.Config(make_app(archive, settings), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        context = browser.new_context()
        opened = context.new_page()
        opened.route("http://tiles.example/**", lambda r: (asked.append(r.request.url), r.abort()))
        opened.goto(f"http://127.0.0.1:{door.getsockname()[1]}/?lang=en")
        opened.wait_for_selector(".map .dot")
        assert not asked
        opened.click(".map .keys button[aria-pressed]")
        opened.wait_for_selector(".map image", state="attached")
        opened.wait_for_timeout(200)
        assert asked and all(re.fullmatch(r"http://tiles\.example/\d+/\d+/\d+\.png", a) for a in asked)
        opened.click(".map .keys button[aria-pressed]")
        assert opened.locator(".map image").count() == 0
        context.close()
        server.should_exit = True
        thread.join()
        door.close()
