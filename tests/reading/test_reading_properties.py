"""For any bytes and any Unicode: nothing but the program's own values comes out, and every block lies in its body."""

from __future__ import annotations

import json

import reading_samples as s
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from musnad.errors import ReadError
from musnad.reading import DEFECT, ReadOptions, Skipped, read_bytes
from musnad.reading.blocks import mark
from musnad.reading.pdf import Glyph, reorder
from musnad.reading.when import find_day, iso
from musnad.report import Report

NAMES = [
    "a.txt",
    "a.jsonl",
    "a.json",
    "a.csv",
    "a.tsv",
    "a.html",
    "a.xml",
    "a.rss",
    "a.docx",
    "a.pdf",
    "a.warc",
    "a.parquet",
    "-",
]
SEEDS = [
    s.jsonl(s.row()),
    s.page().encode("cp1256"),
    s.rss(dates=["27 آذار 2018"]).encode(),
    s.warc(("https://example.org", s.page().encode(), "200 OK\r\nContent-Type: text/html")),
    s.docx(s.PARAGRAPHS),
    s.pdf(s.PARAGRAPHS),
    s.gz(s.jsonl(s.row())),
    json.dumps(s.telegram()).encode(),
]
ARABIC = st.text(alphabet=st.one_of(st.sampled_from(" \n.:-–«»()#سمات رابط الخبر أبتثحلمنوي١٢3"), st.characters()))
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def check(data: bytes, name: str) -> None:
    for found in read_bytes(data, name, ReadOptions(all_languages=True)):
        assert isinstance(found, Report | ReadError | Skipped)
        assert DEFECT not in str(found)
        if isinstance(found, Report):
            found.body.encode("utf-8")
            last = 0
            for b in found.blocks:
                assert last <= b.start < b.end <= len(found.body)
                last = b.end


@RELAXED
@given(st.binary(max_size=400), st.sampled_from(NAMES))
@example(b"", "a.txt")
@example(b"<", "a.html")
@example(s.page(head='<link rel="canonical" href="http://[x">').encode(), "a.html")
@example(b"<?xml", "a.xml")
@example(b"{", "a.json")
@example(b'{"messages":[1],"type":""}', "a.json")
@example(b'{"chats":{"list":[{"type":1,"messages":[{"text":[{"text":5}]}]}]}}', "a.json")
@example(b"\x1f\x8b", "a.gz")
@example(b"\x28\xb5\x2f\xfd", "a.zst")
@example(b"id,\rbody\r\n", "-")
@example(b"WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\n", "a.warc")
def test_any_bytes(data: bytes, name: str) -> None:
    check(data, name)


@RELAXED
@given(st.sampled_from(SEEDS), st.integers(0, 10_000), st.binary(max_size=12), st.sampled_from(NAMES))
def test_damaged_files(seed: bytes, at: int, junk: bytes, name: str) -> None:
    at %= len(seed)
    check(seed[:at] + junk + seed[at + len(junk) :], name)
    check(seed[:at], name)


@RELAXED
@given(ARABIC, st.sampled_from(["a.txt", "a.html", "a.csv", "a.jsonl"]))
def test_any_text(text: str, name: str) -> None:
    check(text.encode("utf-8", "surrogatepass"), name)
    check(json.dumps({"body": text}).encode(), "a.jsonl")


@settings(max_examples=300, deadline=None)
@given(ARABIC)
def test_json_bodies_are_kept_character_for_character(body: str) -> None:
    (found,) = read_bytes(json.dumps({"id": "1", "body": body}).encode(), "a.jsonl", ReadOptions(all_languages=True))
    if isinstance(found, Report):
        assert len(found.body) == len(body)
        assert all(a == b or "\ud800" <= a <= "\udfff" for a, b in zip(body, found.body, strict=True))
    else:
        assert isinstance(found, Skipped)


@settings(max_examples=300, deadline=None)
@given(ARABIC, ARABIC)
def test_blocks_lie_in_the_body_in_order(body: str, title: str) -> None:
    last = 0
    for b in mark(body, title, "السهل").blocks:
        assert last <= b.start < b.end <= len(body)
        last = b.end


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_dates_of_any_text(text: str) -> None:
    assert iso(text) is None or isinstance(iso(text), str)
    find_day(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=3), st.floats(0, 500), st.floats(0, 20), st.floats(0, 40))))
def test_any_glyphs(glyphs: list[tuple[str, float, float, float]]) -> None:
    assert isinstance(reorder([Glyph(t, x, x + w, size) for t, x, w, size in glyphs]), str)
