"""Count the stems of the corpus and write the vocabulary that the program ships (src/musnad/arabic/data).

A word can be cut in several ways; which is right is learned from all words together: a cut explains as many occurrences
as the count of its stem in other words and the rates of its head and its pronoun let expect; what is left over belongs to
the whole word. Words with the article come first, then the short ones, and all is gone through several times. Nothing of
the running text is kept: stems with their counts, heads and pronouns with theirs.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pick_tokens import held_out, reports

from musnad.arabic.clitics import cuts
from musnad.arabic.letters import bare
from musnad.arabic.stems import Shell, free_forms, is_apt, weight
from musnad.arabic.text import tokenize

DATA = Path(__file__).parents[1] / "src" / "musnad" / "arabic" / "data"
ROUNDS = 6
FIRST_RATES = {("", ""): 0.6, ("ال", ""): 0.25, ("و", ""): 0.06, ("ب", ""): 0.02, ("ل", ""): 0.02}
Counts = dict[str, float]


def count_types() -> Counter[str]:
    """The word types of the corpus, without their marks. Repeated reports count once."""
    seen: set[str] = set()
    types: Counter[str] = Counter()
    for report in reports():
        if held_out(report["id"]) or report["body"] in seen:
            continue
        seen.add(report["body"])
        types.update(bare(t.text) for t in tokenize(report["body"]) if t.kind == "word")
    return types


def learn(types: Counter[str]) -> tuple[Counts, Counter[Shell]]:
    """Expected counts of stems and of (head, tail) pairs."""
    words = sorted(types, key=lambda w: (not w.startswith("ال"), len(w), w))
    nouns = count_nouns(types)
    ways = [
        [(f, shell) for f, shell in readings(word) if not is_phrase(f, nouns)] or [(word, ("", ""))] for word in words
    ]
    stems: Counts = defaultdict(float)
    rates: dict[Shell, float] = {shell: FIRST_RATES.get(shell, 0.003) for way in ways for _, shell in way}
    shares: list[list[float]] = [[0.0] * len(way) for way in ways]
    for _ in range(ROUNDS):
        for word, way, share in zip(words, ways, shares, strict=True):
            count = types[word]
            for (form, _), part in zip(way, share, strict=True):
                stems[form] -= part
            expected = [rates[shell] * weight(shell, form, stems[form]) for form, shell in way]
            known = sum(expected)
            if not known or (known < count and way[0][0] == word and not word.startswith("ال")):
                expected[0] += count - known  # what the other words do not explain is a stem of its own
                known = count
            for k, value in enumerate(expected):
                share[k] = count * value / known
                stems[way[k][0]] += share[k]
        shells: Counter[Shell] = Counter()
        for way, share in zip(ways, shares, strict=True):
            for (_, shell), part in zip(way, share, strict=True):
                shells[shell] += part
        rates = {shell: (count + 1) / shells.total() for shell, count in shells.items()}
    return stems, shells


def count_nouns(types: Counter[str]) -> Counter[str]:
    """How often a stem stands behind the article: proof that it is a noun."""
    nouns: Counter[str] = Counter()
    for word, count in types.items():
        for cut in cuts(word):
            if cut.head in ("ال", "وال", "فال", "بال"):  # not للبنان, which is ل and a name
                nouns[word[cut.start :]] += count
    return nouns


def is_phrase(form: str, nouns: Counter[str]) -> bool:
    """Whether a would-be stem is a noun with a particle or pronoun (لمدة, والده): only the noun takes the article."""
    for tail in ("ه", "ها", "هم"):
        if len(form) - len(tail) > 3 and form.endswith(tail) and not nouns[form]:
            return any(nouns[noun] >= 20 for noun in free_forms(form[: -len(tail)]))
    rest = form[1:]
    if form[0] in "وف" and len(rest) > 3 and is_phrase(rest, nouns):
        return True
    return form[0] in "بلكو" and len(rest) > 2 and rest[0] != "ا" and nouns[rest] >= 20 and not nouns[form]


def readings(word: str) -> Iterator[tuple[str, Shell]]:
    """All (stem, (head, tail)) of a word, the whole word first."""
    for cut in cuts(word):
        stem = word[cut.start : cut.end]
        for form in free_forms(stem) if cut.tail else (stem,):
            if not (cut.head or cut.tail) or is_apt(cut.head, form):
                yield form, (cut.head, cut.tail)


def main(floor: float = 3.0) -> None:
    stems, shells = learn(count_types())
    kept = sorted(((round(c), s) for s, c in stems.items() if c >= floor), key=lambda p: (-p[0], p[1]))
    DATA.mkdir(exist_ok=True)
    text = "".join(f"{s}\t{c}\n" for c, s in kept)
    (DATA / "stems.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    lines = sorted(((round(c), h, t) for (h, t), c in shells.items() if c >= 1), key=lambda p: (-p[0], p[1], p[2]))
    total = round(sum(stems.values()))
    header = f"# What stood before and after the stems of {total} words (tools/count_words.py); - is nothing.\n"
    (DATA / "clitics.tsv").write_text(
        header + "head\ttail\tcount\n" + "".join(f"{h or '-'}\t{t or '-'}\t{c}\n" for c, h, t in lines),
        encoding="utf-8",
    )
    print(f"{len(kept)} stems, {len(lines)} pairs of head and tail, {(DATA / 'stems.tsv.gz').stat().st_size} bytes")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
