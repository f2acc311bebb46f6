"""The index of words behind search: what is indexed of a text, and where each backend keeps it.

Neither SQLite's nor PostgreSQL's own tokenizers know Arabic (`unicode61` keeps the article, `arabic` turns بغداد into
غداد), so both are fed stems of our own: each word stands as its likeliest stem in normal form, one after the other,
so that phrases can be asked for. A query is put into stems in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import Connection, text

from musnad.arabic.text import TOKEN, Token, tokenize
from musnad.arabic.words import Lexicon

ACCUSATIVE = 3
"""A word in ا is an accusative when the word without it was seen this many times as often."""


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon[object]:
    return Lexicon()


@lru_cache(maxsize=1 << 17)
def stem(form: str, written: str) -> str:
    """The stem under which a word is indexed: clitics, article and pronoun off, in normal form."""
    found = _lexicon().best(form, written).stem.lower()
    if found.startswith("ال") and len(found) > 4:
        found = found[2:]
    # the alif of an accusative (قصفا), but not of a country (سوريا) or of a verb's plural (قصفوا)
    if len(found) > 3 and found[-1] == "ا" and found[-2] not in "يو":
        count = _lexicon().count
        if count(found[:-1]) > ACCUSATIVE * count(found):
            found = found[:-1]
    return found


def seen(stem: str) -> int:
    """How often the vocabulary has seen a stem: rare words tell more."""
    return _lexicon().count(stem)


def words(body: str) -> list[Token]:
    """The tokens of a text that are indexed: words in any script and numbers, in order."""
    return [t for t in tokenize(body) if t.kind != "punct" and t.norm]


@lru_cache(maxsize=1 << 17)
def _alone(written: str) -> str | None:
    """The stem of a token, or None for what is not indexed."""
    found = stems(written)
    return found[0] if found else None


def spots(body: str) -> list[tuple[int, int, str]]:
    """Where the indexed words of a text stand (offsets in characters), each with its stem; remembers written forms."""
    found = ((m.start(), m.end(), _alone(m.group())) for m in TOKEN.finditer(body))
    return [(start, end, stem) for start, end, stem in found if stem is not None]


def stems(body: str) -> list[str]:
    """The stems of a text, in the order of its words."""
    return [stem(t.norm, t.text) for t in words(body)]


def create(connection: Connection) -> None:
    """Make the index of an empty archive."""
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("CREATE VIRTUAL TABLE report_words USING fts5(title, body, content='', tokenize='unicode61')")
        )
    else:
        connection.execute(text("CREATE TABLE report_words (report_n BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)"))
        connection.execute(text("CREATE INDEX report_words_index ON report_words USING gin (words)"))


def add(connection: Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    """Index reports, given as (n, title, body)."""
    values: Sequence[dict[str, object]] = [
        {"n": n, "title": " ".join(stems(title)), "body": " ".join(stems(body))} for n, title, body in rows
    ]
    if not values:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO report_words (rowid, title, body) VALUES (:n, :title, :body)"), values)
    else:
        connection.execute(
            text(
                "INSERT INTO report_words (report_n, words) VALUES (:n,"
                " setweight(to_tsvector('simple', :title), 'A') || setweight(to_tsvector('simple', :body), 'D'))"
            ),
            values,
        )
