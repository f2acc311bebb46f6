"""A body cut into tokens: words, numbers and punctuation, each with its place in the text and its normal form."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from musnad.arabic.letters import norm

TokenKind = Literal["word", "number", "punct", "latin"]

TOKEN = re.compile(
    r"(?P<number>[0-9٠-٩۰-۹]+(?:[.,٫٬][0-9٠-٩۰-۹]+)*)"
    r"|(?P<word>[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
    r"\u200b-\u200f\u00ad]+)"
    r"|(?P<latin>[^\W\d_]+(?:['’.-][^\W\d_]+)*)"
    r"|(?P<punct>\S)"
)


_WORDS_ONLY = re.compile(
    r"([\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
    r"\u200b-\u200f\u00ad]+)"
    r"|[^\W\d_]+(?:['’.-][^\W\d_]+)*"
)
_MOST = 1 << 17
_KNOWN: dict[str, tuple[str, TokenKind]] = {}
"""Normal form and kind of the tokens seen so far: both follow from the text of a token alone."""


class Token(msgspec.Struct, frozen=True, gc=False):
    """One token: `body[start:end] == text` (characters); `norm` is the normal form of `text`; `i` its number."""

    i: int
    start: int
    end: int
    text: str
    norm: str
    kind: TokenKind


def tokenize(body: str) -> list[Token]:
    """All tokens of a text in order. White space is between tokens, never in them."""
    out: list[Token] = []
    known = _KNOWN.get
    n = 0
    for m in TOKEN.finditer(body):
        text = m[0]
        form, kind = known(text) or _shape(text, m.lastgroup)  # type: ignore[arg-type]
        if form or kind != "word":
            start, end = m.span()
            out.append(Token(n, start, end, text, form, kind))
            n += 1
    return out


def _shape(text: str, kind: TokenKind) -> tuple[str, TokenKind]:
    found = (norm(text) if kind != "latin" else text.casefold(), kind)
    if len(_KNOWN) < _MOST:
        _KNOWN[text] = found
    return found


def surfaces(body: str) -> set[str]:
    """The distinct Arabic words of a text as they are written: the words of `tokenize`, in no order."""
    return set(_WORDS_ONLY.findall(body))
