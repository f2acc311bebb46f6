"""The page in a real browser: asks no network, lights words and records, speaks both languages, works by keyboard."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sample import CODED, REPORT

from musnad.show.page import page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.path.exists(CHROMIUM), reason="chromium is not installed"),
]
FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync", "--disable-default-apps"]  # fmt: skip
WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def shown(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    file = tmp_path / "page.html"
    file.write_text(page(REPORT, CODED), "utf8")
    context = browser.new_context(viewport=request.param, reduced_motion="reduce")
    tab = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    tab.on("request", lambda r: asked.append(r.url))
    tab.on("pageerror", lambda e: faults.append(str(e)))
    tab.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    tab.goto(file.as_uri())
    yield tab
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert faults == []
    context.close()


def lit(tab: Page) -> dict[str, str]:
    """The lit words and what for."""
    marks = tab.eval_on_selector_all("#text [data-lit]", "ms => ms.map(m => [m.textContent, m.dataset.lit])")
    return dict(marks)


def test_a_record_lights_its_words_and_keeps_them(shown: Page) -> None:
    shown.locator("#records .card[data-rec=e2]").click()
    assert lit(shown) == {"القصف": "trigger", "موسكو": "narrator"}
    shown.keyboard.press("Escape")
    assert lit(shown) == {}


def test_words_light_their_records(shown: Page) -> None:
    shown.locator(".m[data-n=e1]").click()
    kept = shown.eval_on_selector_all("#records .card.kept", "cs => cs.map(c => c.dataset.rec)")
    assert kept == ["e1"]
    assert lit(shown)["مصادر محلية"] == "narrator"


def test_words_of_several_records_light_all_of_them(shown: Page) -> None:
    shown.locator(".m", has_text="طائرات روسية").click()
    assert set(lit(shown)) >= {"طائرات روسية", "قصفت", "أمس", "خمسة مقاتلين"}


def test_by_keyboard_alone(shown: Page) -> None:
    shown.locator("#records .card[data-rec=e1]").focus()
    shown.keyboard.press("ArrowDown")
    assert shown.evaluate("document.activeElement.dataset.rec") == "e2"
    assert "القصف" in lit(shown)
    shown.keyboard.press("Enter")
    assert shown.locator("#records .card.kept").get_attribute("data-rec") == "e2"


def test_the_language_turns_and_the_direction_with_it(shown: Page) -> None:
    html = shown.locator("html")
    assert html.get_attribute("dir") == "ltr"
    shown.locator("#language").click()
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    assert shown.locator("h3").first.inner_text().startswith("الأحداث")
    assert shown.locator("#text").evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_light_and_dark(shown: Page) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    before = shown.evaluate(paper)
    shown.locator("#theme").click()
    assert shown.evaluate(paper) != before


def test_a_kind_of_evidence_can_be_put_out(shown: Page) -> None:
    shown.locator(".legend button[data-kind=date]").click()
    off = shown.eval_on_selector_all(".m.off", "ms => ms.map(m => m.textContent)")
    assert off == ["أمس"]


def test_nothing_runs_over_the_side(shown: Page) -> None:
    assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    shown.locator("#language").click()
    assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_on_a_phone_the_record_comes_up_beside_its_words(shown: Page) -> None:
    shown.locator(".m[data-n=e1]").click()
    narrow = (shown.viewport_size or WIDE)["width"] < 500
    assert shown.locator("#sheet").is_visible() is narrow
    if narrow:
        assert shown.locator("#sheet .card").get_attribute("data-rec") == "e1"
        shown.locator("#close").click()
        assert not shown.locator("#sheet").is_visible()
