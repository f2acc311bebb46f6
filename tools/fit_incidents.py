"""Learn the weights of joining (src/musnad/archive/data/joining.tsv) from the labelled mentions.

    .venv/bin/python tools/fit_incidents.py [--held-out]

Log-linear weights of the traits of pairs, each trait brought to one scale first, with a penalty that leaves out what
few pairs show; a pair of a big event counts less. `--held-out` writes nothing. It deals the reports into ten parts:
reports that tell an event in common are never parted. Ten times it learns from nine parts, joins the mentions of
all reports, and counts the pairs of the tenth part: pairs within it, and pairs with a mention of another part,
which are wrong whenever they are joined (each counted once). The examples (coded) are learned from beside the gold
records, save with `--held-out`.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
from measure_incidents import Labelled, labelled
from scipy.optimize import minimize

from musnad.archive import joining, traits
from musnad.archive.mentions import Mention, merged

OUT = Path(joining.__file__).parent / "data" / "joining.tsv"
PENALTY, PENALTY_BETWEEN = 20.0, 8.0
"""How much a weight must be worth: of traits within a report, and between two."""
SHOWN = 8
"""A trait that fewer pairs show is left out."""
PARTS = 10


Pair = tuple[traits.Traits | None, bool, float]


def learn(reports: list[Labelled]) -> dict[str, float]:
    """The weights that tell pairs of one event from others: first within reports, then, with these, between them."""
    size = Counter(t for r in reports for t in r.incidents)
    inside: list[Pair] = []
    for r in reports:
        told = traits.Told(r.mentions)
        for (a, s), (b, t) in combinations(zip(r.mentions, r.incidents, strict=True), 2):
            if "-" not in (s, t):
                inside.append((traits.inside(a, b, told), s == t, 2.0 / size[s] ** 0.5 if s == t else 1.0))
    table = fit(inside, PENALTY)
    use(table)
    blocks: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
    for r in reports:
        truth = {m.n: t for m, t in zip(r.mentions, r.incidents, strict=True)}
        for group in joining.within(r.mentions):
            telling = merged(group)
            for block in joining.blocks(telling):
                blocks[block].append((telling, Counter(truth[m.n] for m in group).most_common(1)[0][0]))
    between: dict[tuple[int, int], Pair] = {}
    for members in blocks.values():
        for (a, s), (b, t) in combinations(members, 2):
            if "-" not in (s, t) and a.report != b.report and (a.n, b.n) not in between:
                between[a.n, b.n] = (traits.between(a, b), s == t, 2.0 if s == t else 1.0)
    return table | fit(list(between.values()), PENALTY_BETWEEN)


def fit(pairs: list[Pair], penalty: float) -> dict[str, float]:
    """Log-linear weights of the traits of pairs."""
    known = [(found, same, count) for found, same, count in pairs if found is not None]
    shown = Counter(name for found, _, _ in known for name in found)
    names = {name: i for i, name in enumerate(sorted(n for n, many in shown.items() if many >= SHOWN))}
    x = np.zeros((len(known), len(names)))
    for i, (found, _, _) in enumerate(known):
        for name, value in found.items():
            if name in names:
                x[i, names[name]] = value
    y = np.array([1.0 if same else -1.0 for _, same, _ in known])
    c = np.array([count for _, _, count in known])
    scale = x.std(axis=0)
    scale[scale < 1e-9] = 1.0
    x = x / scale
    free = np.array([0.0 if name.endswith(" always") else 1.0 for name in names])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = y * (x @ w)
        value = float((c * np.logaddexp(0, -margin)).sum() + penalty * (free * w @ w))
        slope = x.T @ (-c * y / (1 + np.exp(margin))) + 2 * penalty * free * w
        return value, slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x / scale
    return {name: round(float(best[i]), 3) for name, i in sorted(names.items())}


def use(table: dict[str, float]) -> None:
    """Let joining score with these weights."""
    traits.weights = lambda: table  # type: ignore[assignment]


def parts(reports: list[Labelled]) -> list[list[int]]:
    """The reports (by their place in the list) in `PARTS` parts; those with an event in common are together."""
    told: dict[str, list[int]] = defaultdict(list)
    for k, r in enumerate(reports):
        for t in set(r.incidents) - {"-"}:
            told[t].append(k)
    head = list(range(len(reports)))

    def root(k: int) -> int:
        while head[k] != k:
            k = head[k]
        return k

    for ks in told.values():
        for k in ks[1:]:
            a, b = sorted((root(ks[0]), root(k)))
            head[b] = a
    groups: dict[int, list[int]] = defaultdict(list)
    for k in range(len(reports)):
        groups[root(k)].append(k)
    found: list[list[int]] = [[] for _ in range(PARTS)]
    weight = [0] * PARTS
    many = {k: len(r.mentions) for k, r in enumerate(reports)}
    for group in sorted(groups.values(), key=lambda g: (-sum(many[k] for k in g), g)):
        i = min(range(PARTS), key=lambda i: (weight[i], i))
        found[i] += group
        weight[i] += sum(many[k] for k in group)
    return found


def held_out(reports: list[Labelled]) -> Counter[str]:
    """Counts of pairs joined by weights that did not see them: both, joined only, labelled only; the same `in` one
    report."""
    counts: Counter[str] = Counter()
    dealt = parts(reports)
    part = {reports[k].report: i for i, ks in enumerate(dealt) for k in ks}
    truth = {m.n: t for r in reports for m, t in zip(r.mentions, r.incidents, strict=True)}
    every = [m for r in reports for m in r.mentions]
    for i, ks in enumerate(dealt):
        use(learn([reports[k] for j, others in enumerate(dealt) if j != i for k in others]))
        number: dict[int, int] = {}
        for at, group in enumerate(joining.join(every)):
            number |= dict.fromkeys((m.n for m in group), at)
            for a, b in combinations([m for m in group if truth[m.n] != "-"], 2):
                if part[a.report] != i or (part[b.report] != i and part[b.report] < i):
                    a, b = b, a
                if part[a.report] == i and (part[b.report] == i or part[b.report] > i):
                    count(counts, "both" if truth[a.n] == truth[b.n] else "joined only", a, b)
        mine: dict[str, list[Mention]] = defaultdict(list)
        for m in (m for k in ks for m in reports[k].mentions):
            if truth[m.n] != "-":
                mine[truth[m.n]].append(m)
        for ms in mine.values():
            for a, b in combinations(ms, 2):
                if number[a.n] != number[b.n]:
                    count(counts, "labelled only", a, b)
    return counts


def count(counts: Counter[str], what: str, a: Mention, b: Mention) -> None:
    """Count a pair, and beside it whether it stands in one report."""
    counts[what] += 1
    counts["in one report: " + what if a.report == b.report else "in two reports: " + what] += 1


def f1(counts: Counter[str], where: str = "") -> float:
    """Pairwise F1 of counts."""
    both = counts[where + "both"]
    return 2 * both / max(2 * both + counts[where + "joined only"] + counts[where + "labelled only"], 1)


def main() -> None:
    reports = labelled("gold")
    if "--held-out" in sys.argv:
        counts = held_out(reports)
        for where in ("", "in one report: ", "in two reports: "):
            told = {k: counts[where + k] for k in ("both", "joined only", "labelled only")}
            print(f"{where or 'all: '}{told} F1 {f1(counts, where):.3f}")
        return
    table = learn(reports + labelled("examples"))
    head = (
        "# Made by tools/fit_incidents.py: what each trait of a pair of mentions adds to the log odds of their being\n"
        "# one event, times its value. `in`: both in one report; `between`: in two.\n"
    )
    body = "".join(f"{name}\t{worth:g}\n" for name, worth in table.items())
    OUT.write_text(head + "trait\tweight\n" + body, "utf8")


if __name__ == "__main__":
    main()
