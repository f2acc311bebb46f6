"""The pages in a real browser: from the overview to the words in the report, corrections, language, keyboard; no faults
that axe-core calls serious."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

from musnad.archive.archive import Archive

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
REPORT = "raqim-2017-09-23"
AXE = ROOT / "web" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/", "/?view=events", "/?q=قصف", f"/reports/{REPORT}", "/reports/hostile", "/holdings", "/disputes", "/codebook",
    "/review", "/actors/SDF", "/places/Deir ez-Zor", "/sources/وكالة رقيم للأنباء", "/no-such-page",
)  # fmt: skip


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


def test_correct_a_record_and_see_it_in_the_export(tab: Page, own: Archive) -> None:
    tab.goto(f"/reports/{REPORT}?lang=en")
    card = tab.locator('.records .card[data-rec="e1"]')
    card.locator("details.change > summary, details > summary").last.click()
    card.locator("input[name=analyst]").first.fill("Amal")
    card.locator("select[name=status]").select_option("denied")
    card.locator("button[value=change]").click()
    tab.wait_for_url(f"**/reports/{REPORT}*")
    stored = own.report(REPORT)
    assert stored is not None
    assert next(e for e in stored.coded.events if e.id == "e1").status == "denied"
    out = io.BytesIO()
    own.export("jsonl", out)
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
    tab.goto("/reports/hostile")
    assert (
        "taken" not in tab.title().partition("عاجل")[2] and tab.locator("#text script, #text svg, #text b").count() == 0
    )
    assert tab.evaluate("document.title") not in ("taken", "1")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_axe_finds_nothing_serious(browser: Browser, at: str, address: str, lang: str) -> None:
    assert AXE.exists(), "axe-core is not installed: make web"
    context = browser.new_context(viewport={"width": 1280, "height": 860}, base_url=at, bypass_csp=True)
    page = context.new_page()
    page.goto(address + ("&" if "?" in address else "?") + f"lang={lang}")
    page.wait_for_load_state("networkidle")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{v['id']}: {v['help']}: {n['html'][:160]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
        for n in v["nodes"][:3]
    ]
    context.close()
    assert serious == []
