"""Score how words are taken apart against tests/arabic/clitics.tsv, and print every miss.

With --codebook the dictionary helps, as it does in the program; without it the vocabulary alone decides.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from musnad.arabic.letters import norm
from musnad.arabic.words import Lexicon

LABELS = Path(__file__).parents[1] / "tests" / "arabic" / "clitics.tsv"


def labels() -> list[tuple[str, str, tuple[str, ...]]]:
    """(set, token, parts) of each labelled token."""
    lines = [line for line in LABELS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(f[0], f[3], tuple(f[4:])) for f in (line.split("\t") for line in lines[1:])]


def parts(lexicon: Lexicon[Any], token: str) -> tuple[str, ...]:
    word = lexicon.best(norm(token), token)
    length = str(word.end - word.start)
    return (
        word.conj or "-",
        word.prep or "-",
        str(int(word.future)),
        str(int(word.article)),
        length,
        word.suffix or "-",
    )


def score(lexicon: Lexicon[Any]) -> dict[str, float]:
    """The share of tokens of each set that are taken apart exactly as by hand."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name, token, wanted in labels():
        total[name] += 1
        right[name] += parts(lexicon, token) == wanted
    return {name: right[name] / total[name] for name in total}


def main() -> None:
    lexicon: Lexicon[Any] = Lexicon()
    if "--codebook" in sys.argv:
        from musnad.codebook import load

        book = load()
        forms: dict[str, list[Any]] = {}
        for part in (book.events, book.speech):
            for form in part:
                forms.setdefault(form, []).extend(part[form])
        lexicon = Lexicon(forms)
    for name, token, wanted in labels():
        got = parts(lexicon, token)
        if got != wanted:
            print(name, token, "wanted", *wanted, "got", *got)
    for name, share in score(lexicon).items():
        print(f"{name}: {share:.3f}")


if __name__ == "__main__":
    main()
