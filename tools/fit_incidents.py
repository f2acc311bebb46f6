"""Learn the weights of joining (src/musnad/archive/data/joining.tsv) from the labelled mentions.

    .venv/bin/python tools/fit_incidents.py [--held-out]

Log-linear weights of the traits of pairs, with a small penalty; a pair of a big event counts less. `--held-out` learns
from four fifths of the reports and measures on the rest, five times, and writes nothing.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
from measure_incidents import Labelled, figures, labelled
from scipy.optimize import minimize

from musnad.archive import joining

OUT = Path(joining.__file__).parent / "data" / "joining.tsv"
PENALTY = 0.1


Pair = tuple[joining.Mention, joining.Mention, bool, float]


def learn(reports: list[Labelled]) -> dict[str, float]:
    """The weights that tell pairs of one event from others: first within reports, then, with these, between them."""
    size = Counter(t for r in reports for t in r.incidents)
    inside: list[Pair] = []
    for r in reports:
        for (a, s), (b, t) in combinations(zip(r.mentions, r.incidents, strict=True), 2):
            if "-" not in (s, t):
                inside.append((a, b, s == t, 2.0 / size[s] ** 0.5 if s == t else 1.0))
    table = fit(inside)
    use(table)
    blocks: dict[str, list[tuple[joining.Mention, str]]] = defaultdict(list)
    for r in reports:
        truth = {m.n: t for m, t in zip(r.mentions, r.incidents, strict=True)}
        for group in joining.within(r.mentions):
            telling = joining.merged(group)
            for block in joining.blocks(telling):
                blocks[block].append((telling, Counter(truth[m.n] for m in group).most_common(1)[0][0]))
    between: dict[tuple[int, int], Pair] = {}
    for members in blocks.values():
        for (a, s), (b, t) in combinations(members, 2):
            if "-" not in (s, t) and a.report != b.report:
                between[a.n, b.n] = (a, b, s == t, 2.0 if s == t else 1.0)
    return table | fit(list(between.values()))


def fit(pairs: list[Pair]) -> dict[str, float]:
    """Log-linear weights of the traits of pairs."""
    names: dict[str, int] = {}
    rows, goal, counts = [], [], []
    for a, b, same, count in pairs:
        found = joining.traits(a, b)
        if found is not None:
            rows.append([names.setdefault(name, len(names)) for name in found])
            goal.append(1.0 if same else -1.0)
            counts.append(count)
    x = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        x[i, row] = 1.0
    y, c = np.array(goal), np.array(counts)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = y * (x @ w)
        value = float((c * np.logaddexp(0, -margin)).sum() + PENALTY * (w @ w))
        slope = x.T @ (-c * y / (1 + np.exp(margin))) + 2 * PENALTY * w
        return value, slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(best[i]), 2) for name, i in sorted(names.items())}


def use(table: dict[str, float]) -> None:
    """Let joining score with these weights."""
    joining.weights = lambda: table  # type: ignore[assignment]


def main() -> None:
    reports = labelled("gold")
    if "--held-out" in sys.argv:
        total = Counter[str]()
        for part in range(5):
            use(learn([r for i, r in enumerate(reports) if i % 5 != part]))
            total += figures([r for i, r in enumerate(reports) if i % 5 == part]).counts()
        print({k: total[k] for k in ("both", "joined only", "labelled only")})
        f = 2 * total["both"] / (2 * total["both"] + total["joined only"] + total["labelled only"])
        print(f"F1 on reports not learned from: {f:.3f}")
        return
    table = learn(reports)
    head = (
        "# Made by tools/fit_incidents.py: what each trait of a pair of mentions adds to the log odds of their being\n"
        "# one event. `in`: both in one report; `between`: in two.\n"
    )
    body = "".join(f"{name}\t{worth:g}\n" for name, worth in table.items())
    OUT.write_text(head + "trait\tweight\n" + body, "utf8")
    use(table)
    print(figures(reports))


if __name__ == "__main__":
    main()
