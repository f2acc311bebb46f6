"""The page of a report: self-contained, both languages, nothing a report holds can run or hide."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from sample import BODY, CODED, NOTE, REPORT

from musnad.errors import UsageError
from musnad.show import write_pages
from musnad.show.labels import LANGS, label, labels
from musnad.show.page import index, page


class Read(HTMLParser):
    """Collects what a browser would load or run, and the text of one element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.body, self._depth = "", 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if dict(attrs).get("id") == "text" or self._depth:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= bool(self._depth)

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.body += data


def test_the_body_is_on_the_page_character_for_character() -> None:
    assert Read(page(REPORT, CODED)).body.strip() == BODY


@pytest.mark.parametrize("lang", LANGS)
def test_it_opens_in_the_language_asked_for_and_holds_both(lang: str) -> None:
    html = page(REPORT, CODED, lang)  # type: ignore[arg-type]
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in html
    for key in ("ui.who", "mode.airstrike", "status.denied", "tie.backs", "change.holds"):
        assert all(label(key, either) in html for either in LANGS), key


def test_it_loads_nothing() -> None:
    for tag, attrs in Read(page(REPORT, CODED)).tags:
        assert tag not in {"img", "iframe", "object", "embed", "base", "form", "audio", "video"}, tag
        assert not (tag == "script" and "src" in attrs)
        assert not any(name.startswith("on") for name in attrs), (tag, attrs)
        if tag == "link":
            assert (attrs["href"] or "").startswith("data:")
    assert "@import" not in page(REPORT, CODED) and "url(" not in page(REPORT, CODED)


def test_its_policy_lets_only_its_own_style_and_script_run() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page(REPORT, CODED))
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy[1]


def test_records_and_words_point_at_each_other() -> None:
    tags = Read(page(REPORT, CODED)).tags
    cards = [attrs["data-rec"] for _, attrs in tags if "data-rec" in attrs]
    lit = {pair.rpartition(":")[0] for _, attrs in tags for pair in (attrs.get("data-r") or "").split()}
    assert cards == ["e1", "e2", "c1", "t1", "p1", "l1"]
    assert set(cards) == lit


def test_the_note_stands_on_the_page_and_in_the_list() -> None:
    assert NOTE in page(REPORT, CODED)
    assert NOTE in index([("a.html", REPORT, CODED)])


def test_the_chain_is_drawn_outermost_first() -> None:
    html = page(REPORT, CODED)
    rings = re.findall(r'class="ring[^"]*">(?:<bdi[^>]*>)?([^<]+)', html)
    assert rings[:3] == ["وكالة رقيم", "المرصد السوري", "مصادر محلية"]


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "</style><b>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_shown_and_never_run(text: str) -> None:
    report = msgspec.structs.replace(
        REPORT, title=text, body=text + BODY, outlet=text, byline=text, note=text, url=text, id=text, published=text
    )
    html = page(report, msgspec.structs.replace(CODED, events=(), control=(), ties=(), presence=(), links=()))
    plain = page(REPORT, CODED)
    assert html.count("<script") == plain.count("<script") == 1
    assert "<img" not in html and "<b>alert" not in html and html.count("</style>") == 1
    assert "49" not in re.sub(r"<(style|script)>.*?</\1>|sha256-[^']+", "", html, flags=re.S) or "{{" not in text
    assert Read(html).body.strip() == text + BODY


@pytest.mark.parametrize(
    ("char", "sign"),
    [("\u202e", "RLO"), ("\u200f", "RLM"), ("\u2066", "LRI"), ("\x07", "U+0007"), ("\ud800", "U+D800")],
)
def test_characters_that_hide_or_turn_text_are_seen(char: str, sign: str) -> None:
    html = page(msgspec.structs.replace(REPORT, body=f"ab{char}cd", title=f"x{char}y"), CODED.__class__("r", None))
    assert char not in html
    assert f">{sign}</i>" in html
    assert f"x‹{sign}›y · Musnad</title>" in html
    html.encode("utf8")


def test_one_report_one_file_several_a_folder(tmp_path: Path) -> None:
    one = tmp_path / "new" / "page.html"
    assert list(write_pages([(REPORT, CODED)], one)) == [one]
    assert NOTE in one.read_text("utf8")
    twice = [(REPORT, CODED), (REPORT, CODED), (msgspec.structs.replace(REPORT, id="../../etc/passwd"), CODED)]
    folder = tmp_path / "folder"
    assert list(write_pages(twice, folder)) == [folder / "index.html"]
    names = sorted(p.name for p in folder.iterdir())
    assert len(names) == 4 and names[1:] == ["index.html", "sample-1-2.html", "sample-1.html"]
    assert re.fullmatch(r"[0-9a-f]{16}\.html", names[0])
    with pytest.raises(UsageError, match="name a folder"):
        list(write_pages(twice, one))


def test_a_page_that_cannot_be_written_is_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        list(write_pages([(REPORT, CODED)], tmp_path / "file" / "page.html"))


def test_every_label_is_there_in_both_languages() -> None:
    from typing import get_args

    from musnad import record

    needed = [f"type.{t}" for t in get_args(record.EventType)]
    needed += [f"status.{s}" for s in get_args(record.Status)]
    needed += [f"change.{s}" for s in get_args(record.Change)]
    needed += [f"tie.{s}" for s in get_args(record.TieKind)]
    needed += [f"link.{s}" for s in get_args(record.LinkKind)]
    assets = Path(__file__).parents[2] / "src" / "musnad" / "show"
    for file in [*(assets / "assets").glob("*.html"), *assets.glob("*.py")]:
        needed += re.findall(r"['\"]((?:ui|block)\.[a-z_]+)['\"]", file.read_text("utf8"))
    assert [key for key in needed if key not in labels()] == []
    assert all(words[lang].strip() for words in labels().values() for lang in LANGS)
