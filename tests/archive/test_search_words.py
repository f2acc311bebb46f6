"""The words of a search: what is read, what is refused, and that no text breaks it."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.archive import search
from musnad.archive.words import spots, stems, words
from musnad.errors import UsageError

PIECES = ["AND", "OR", "NOT", "(", ")", '"', "«", "-", "قصف", "*", "NEAR(", "title:", "'", "\\", "\0", "&", "|", "!"]


@pytest.mark.parametrize(
    "query", ["(قصف", "قصف)", "NOT قصف", "قصف OR", "قصف OR NOT غارة", "(" * 40 + "قصف" + ")" * 40, "قصف " * 300]
)
def test_says_what_is_wrong(query: str) -> None:
    with pytest.raises(UsageError):
        search.parse(query)


def test_double_negation_and_only_excluding_groups_are_refused_or_sound() -> None:
    connection = _index()
    for query in ("قصف NOT NOT غارة", "قصف (NOT غارة)", "قصف AND (NOT غارة NOT جيش)", "قصف -(-غارة)"):
        _ask(connection, query)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("الإرهاب", "ارهاب"),
        ("مدرسة", "المدرسه"),
        ("مُقاتلين", "المقاتلين"),
        ("والجيش", "للجيش"),
        ("مستشفى", "المستشفي"),
        ("SDF", "sdf"),
    ],
)
def test_spellings_and_clitics_meet(a: str, b: str) -> None:
    assert stems(a) == stems(b) != []


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=8), st.sampled_from(PIECES)), max_size=12))
def test_any_text_is_read_or_refused(parts: list[str]) -> None:
    connection = _index()
    for joint in (" ", ""):
        _ask(connection, joint.join(parts))


def _index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE x USING fts5(title, body, content='', tokenize='unicode61')")
    return connection


def _ask(connection: sqlite3.Connection, query: str) -> None:
    try:
        node = search.parse(query)
    except UsageError:
        return
    if node is not None:
        connection.execute("SELECT rowid FROM x WHERE x MATCH ?", (search._fts5(node),)).fetchall()
        search._tsquery(node)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_found_words_are_the_indexed_ones(body: str) -> None:
    found = spots(body)
    assert [stem for _, _, stem in found] == stems(body)
    assert [(start, end) for start, end, _ in found] == [(t.start, t.end) for t in words(body)]
