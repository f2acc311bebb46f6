"""Count the stems of the corpus and write the vocabulary that the program ships (src/musnad/arabic/data).

A word can be cut in several ways; which is right is learned from all words together: a cut explains as many
occurrences as the count of its stem in other words and the rates of its head and its pronoun let expect; what is left
over belongs to the whole word. Words with the article come first, then the short ones, and all is gone through several
times. Nothing of the running text is kept: stems and frequent pairs of stems with their counts, heads and pronouns.
"""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pick_tokens import held_out, reports

from musnad.arabic.clitics import cuts
from musnad.arabic.letters import bare
from musnad.arabic.slips import Slips
from musnad.arabic.stems import Shell, free_forms, is_apt, weight
from musnad.arabic.text import tokenize
from musnad.arabic.words import Lexicon, as_vocabulary

DATA = Path(__file__).parents[1] / "src" / "musnad" / "arabic" / "data"
ROUNDS = 6
FLOOR, PAIR_FLOOR = 3, 20  # the least counts that are shipped
GLUED_AT_MOST = 1000
FIRST_RATES = {("", ""): 0.6, ("ال", ""): 0.25, ("و", ""): 0.06, ("ب", ""): 0.02, ("ل", ""): 0.02}
Counts = dict[str, float]


def distinct_reports() -> Iterator[dict[str, str]]:
    """The reports that are counted. Repeated ones count once."""
    seen: set[str] = set()
    for report in reports():
        if not held_out(report["id"]) and report["body"] not in seen:
            seen.add(report["body"])
            yield report


def count_types() -> Counter[str]:
    """The word types of the corpus, without their marks."""
    types: Counter[str] = Counter()
    for report in distinct_reports():
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


def clean(stems: Counts, shells: Counter[Shell]) -> Counts:
    """The stems without rare ones that are several common words glued together."""
    slips = Slips(Lexicon(words=as_vocabulary({s: round(c) for s, c in stems.items() if c >= 1}, shells)))
    return {
        s: c
        for s, c in stems.items()
        if not ("إ" in s[1:] or any(letter in s[:-1] for letter in "ةى"))
        and (len(s) < 6 or c > GLUED_AT_MOST or slips.pieces(s) is None)
    }


def count_pairs(lexicon: Lexicon[Any]) -> Counter[tuple[str, str]]:
    """How often one stem stood next after another, nothing between them."""
    pairs: Counter[tuple[str, str]] = Counter()
    for report in distinct_reports():
        end, before = -2, ""
        for token in tokenize(report["body"]):
            if token.kind != "word":
                before = ""
                continue
            stem = lexicon.analyse(token.norm, token.text)[0].stem
            if before and token.start == end + 1:
                pairs[before, stem] += 1
            end, before = token.end, stem
    return pairs


def write(name: str, lines: Iterable[str]) -> int:
    packed = gzip.compress("".join(lines).encode(), 9, mtime=0)
    (DATA / name).write_bytes(packed)
    return len(packed)


def main() -> None:
    stems, shells = learn(count_types())
    stems = clean(stems, shells)
    kept = sorted(((round(c), s) for s, c in stems.items() if c >= FLOOR), key=lambda p: (-p[0], p[1]))
    size = write("stems.tsv.gz", (f"{s}\t{c}\n" for c, s in kept))
    print(f"{len(kept)} stems, {size} bytes")
    lines = sorted(((round(c), h, t) for (h, t), c in shells.items() if c >= 1), key=lambda p: (-p[0], p[1], p[2]))
    total = round(shells.total())
    header = f"# What stood before and after the stems of {total} words (tools/count_words.py); - is nothing.\n"
    (DATA / "clitics.tsv").write_text(
        header + "head\ttail\tcount\n" + "".join(f"{h or '-'}\t{t or '-'}\t{c}\n" for c, h, t in lines),
        encoding="utf-8",
    )
    pairs = count_pairs(Lexicon(words=as_vocabulary({s: c for c, s in kept}, shells)))
    often = sorted((-c, a, b) for (a, b), c in pairs.items() if c >= PAIR_FLOOR)
    size = write("pairs.tsv.gz", (f"{a}\t{b}\t{-c}\n" for c, a, b in often))
    print(f"{len(lines)} pairs of head and tail; {len(often)} pairs of stems, {size} bytes")


if __name__ == "__main__":
    main()
