"""Characters that change how text looks without being seen: shown, so that no report can dress itself up as another.

Direction overrides can turn "not" around in a sentence, and zero-width letters can hide in a name. A page or a table
shows the report as it is, so it shows these too.
"""

from __future__ import annotations

import re

NAMES = {
    "\u00ad": "SHY", "\u061c": "ALM", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200e": "LRM",
    "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2060": "WJ", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM",
}  # fmt: skip
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def name(char: str) -> str:
    """A short name for a hidden character: RLO, or U+0007 where there is none."""
    return NAMES.get(char) or f"U+{ord(char):04X}"


def visible(text: str) -> str:
    """A text for a terminal: hidden characters written as ‹RLO›, line ends as spaces."""
    return HIDDEN.sub(lambda m: f"‹{name(m.group())}›", text.replace("\r", " ").replace("\n", " ").replace("\t", " "))
