"""The pages in a real browser: from the overview to the words in the report, corrections, language, keyboard; no faults
that axe-core calls serious."""

from __future__ import annotations

import io
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import uvicorn
from hostile import HOSTILE

from musnad.archive.archive import Archive
from musnad.archive.editing import correct_record
from musnad.web import make_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync", "--disable-default-apps"]  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.path.exists(CHROMIUM), reason="chromium is not installed"),
]
REPORT = "raqim-2017-09-23"
HOSTILE_PAGE = f"/reports/{quote(HOSTILE.id, safe='')}"
AXE = Path(__file__).parents[2] / "web" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/", "/?view=events", "/?q=قصف", f"/reports/{REPORT}", HOSTILE_PAGE, "/holdings", "/disputes", "/codebook",
    "/review", "/review?double=1", "/actors/SDF", "/places/Deir ez-Zor", "/sources/وكالة رقيم للأنباء", "/no-such-page",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def at(archive: Archive) -> Iterator[str]:
    """The address of a running server over the test's own archive."""
    server = uvicorn.Server(uvicorn.Config(make_app(archive), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        threading.Event().wait(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(params=["wide", "phone"])
def tab(request: pytest.FixtureRequest, browser: Browser, at: str) -> Iterator[Page]:
    size = {"width": 1280, "height": 860} if request.param == "wide" else {"width": 390, "height": 844}
    context = browser.new_context(viewport=size, base_url=at, reduced_motion="reduce", locale="en-GB")
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" and "404" not in m.text else None)
    yield page
    assert [url for url in asked if not url.startswith((at, "data:", "blob:"))] == [], "other hosts were asked"
    assert faults == []
    context.close()


def test_from_the_overview_to_the_words(tab: Page) -> None:
    tab.goto("/?view=events&lang=en")
    everything = tab.locator(".tabs [aria-current]").inner_text()
    tab.locator("select[name=type]").select_option("ASSAULT")
    tab.wait_for_url("**type=ASSAULT**")
    tab.wait_for_function(
        "before => document.querySelector('.tabs [aria-current]').innerText !== before", arg=everything
    )
    assert "type=ASSAULT" in tab.url
    tab.locator("#rows li a").first.click()
    tab.wait_for_url("**/reports/**")
    record = tab.url.partition("#rec-")[2]
    card = tab.locator(f'.card[data-rec="{record}"]').first
    card.locator(".top").click()
    assert tab.locator("#text [data-lit=trigger]").count() >= 1


def test_the_map_draws_places_with_joined_arabic_names(tab: Page) -> None:
    tab.goto("/?lang=ar")
    tab.wait_for_selector(".map svg .dot")
    assert tab.locator(".map svg .dot").count() > 5
    assert "الموصل" in tab.locator(".map svg").text_content()  # type: ignore[operator]


def test_correct_a_record_and_see_it_in_the_export(tab: Page, archive: Archive) -> None:
    tab.goto(f"/reports/{REPORT}?lang=en")
    card = tab.locator('.records .card[data-rec="e1"]')
    card.locator("details.change > summary, details > summary").last.click()
    card.locator("input[name=analyst]").first.fill("Amal")
    card.locator("select[name=status]").select_option("denied")
    card.locator("button[value=change]").click()
    tab.wait_for_url(f"**/reports/{REPORT}*")
    stored = archive.report(REPORT)
    assert stored is not None
    assert next(e for e in stored.coded.events if e.id == "e1").status == "denied"
    out = io.BytesIO()
    archive.export("jsonl", out)
    line = next(x for x in out.getvalue().decode().splitlines() if f'"{REPORT}"' in x)
    assert '"status":"denied"' in line
    assert "Amal" in tab.locator(".records").inner_text()


def test_switch_the_language(tab: Page) -> None:
    tab.goto("/codebook?lang=ar")
    assert tab.locator("html").get_attribute("dir") == "rtl"
    tab.locator(".bar a[hreflang=en]").click()
    tab.wait_for_url("**lang=en**")
    assert tab.locator("html").get_attribute("dir") == "ltr"
    tab.goto("/disputes")
    assert tab.locator("html").get_attribute("lang") == "en"


def test_by_keyboard(tab: Page) -> None:
    tab.goto(f"/reports/{REPORT}?lang=en")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.classList.contains('skip')")
    tab.keyboard.press("Enter")
    tab.locator(".records .card").first.focus()
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.dataset.rec") == "e2"
    tab.keyboard.press("Enter")
    assert tab.locator("#text [data-lit]").count() >= 1
    tab.keyboard.press("Escape")
    assert tab.locator("#text [data-lit]").count() == 0


def test_a_hostile_report_runs_nothing(tab: Page) -> None:
    alerts: list[str] = []
    tab.on("dialog", lambda d: (alerts.append(d.message), d.dismiss()))
    tab.goto(HOSTILE_PAGE)
    assert alerts == []
    assert (
        "taken" not in tab.title().partition("عاجل")[2] and tab.locator("#text script, #text svg, #text b").count() == 0
    )
    assert tab.locator("h1 script, h1 img").count() == 0 and "<script>" in tab.locator("h1").inner_text()


def test_a_proposed_entry_by_keyboard(tab: Page, archive: Archive) -> None:
    correct_record(archive, f"{REPORT}#e1", "Amal", changes=["type=THREATEN"])
    tab.goto("/review?lang=en")
    tab.locator(".pointing a").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("form.entry")
    assert tab.locator("button[value=keep]").is_disabled()
    tab.locator("button[value=try]").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".trial", timeout=60_000)
    assert tab.locator(".changes li").count() >= 1
    assert serious_faults(tab) == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_axe_finds_nothing_serious(browser: Browser, at: str, address: str, lang: str) -> None:
    assert AXE.exists(), "axe-core is not installed: make web"
    context = browser.new_context(viewport={"width": 1280, "height": 860}, base_url=at, bypass_csp=True)
    page = context.new_page()
    page.goto(address + ("&" if "?" in address else "?") + f"lang={lang}")
    page.wait_for_load_state("networkidle")
    serious = serious_faults(page)
    context.close()
    assert serious == []


def serious_faults(page: Page) -> list[str]:
    """What axe-core calls serious or critical on a page."""
    page.evaluate(AXE.read_text("utf8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {v['help']}: {n['html'][:160]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
        for n in v["nodes"][:3]
    ]
