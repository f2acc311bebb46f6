"""Count what the corpus shows of glued words and slips of the pen; with --show print every change for the eye.

`show_slips.py [REPORTS] [--show]` reads that many reports at random (default 1,000; fixed seed).
"""

from __future__ import annotations

import random
import sys

from pick_tokens import reports

from musnad.arabic.slips import Slips
from musnad.arabic.text import Token, tokenize
from musnad.arabic.words import Lexicon


def beside(tokens: list[Token], i: int) -> str:
    """The normal form of the token at `i`, empty where there is no word."""
    return tokens[i].norm if 0 <= i < len(tokens) and tokens[i].kind == "word" else ""


def main() -> None:
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    slips = Slips(Lexicon())
    words = glued = corrected = 0
    for report in random.Random(11).sample(list(reports()), *(numbers or [1000])):
        raw = tokenize(report["body"])
        tokens = slips.split(raw)
        glued += len(tokens) - len(raw)
        for i, token in enumerate(tokens):
            if token.kind != "word":
                continue
            words += 1
            before, after = beside(tokens, i - 1), beside(tokens, i + 1)
            meant = slips.correct(token.norm, token.text, before, after)
            if meant:
                corrected += 1
                if "--show" in sys.argv:
                    print(before, token.text, after, "->", meant)
    print(f"{words} words: {glued} more after taking glued ones apart, {corrected} corrected")


if __name__ == "__main__":
    main()
