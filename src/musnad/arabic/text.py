"""A body cut into tokens: words, numbers and punctuation, each with its place in the text and its normal form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from musnad.arabic.letters import norm

TokenKind = Literal["word", "number", "punct", "latin"]

_TOKEN = re.compile(
    r"(?P<number>[0-9٠-٩۰-۹]+(?:[.,٫٬][0-9٠-٩۰-۹]+)*)"
    r"|(?P<word>[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
    r"\u200b-\u200f\u00ad]+)"
    r"|(?P<latin>[^\W\d_]+(?:['’.-][^\W\d_]+)*)"
    r"|(?P<punct>\S)"
)


@dataclass(frozen=True, slots=True)
class Token:
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
    for m in _TOKEN.finditer(body):
        kind: TokenKind = m.lastgroup  # type: ignore[assignment]
        text = m.group()
        form = norm(text) if kind != "latin" else text.casefold()
        if kind == "word" and not form:
            continue
        out.append(Token(len(out), m.start(), m.end(), text, form, kind))
    return out
