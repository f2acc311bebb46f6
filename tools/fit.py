"""Fitting of log-linear choices: groups of options, each option a list of features, one (or none) of them right.

Conditional logit with an L2 penalty, fitted by L-BFGS (scipy, needed for training only). The same groups in the
same order give the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

OWN = "@own|"


@dataclass(slots=True)
class Group:
    """One choice: `options[i]` are the features of option i, `gold` the index of the right one; `also_right` lists
    further options that are as right. `own` marks a choice annotated as the program is measured."""

    options: list[list[str]]
    gold: int
    also_right: tuple[int, ...] = ()
    own: bool = False


def fit(groups: Sequence[Group], penalty: float = 1.0, floor: int = 2, drop: float = 0.02) -> dict[str, float]:
    """Weights by feature. Features seen in fewer than `floor` options, and weights under `drop`, are left out.

    Annotators differ in habit: where some choices are the measure's own and others are not, each feature has a weight
    that all share and one of the own choices alone; what is returned is their sum (Daumé 2007, Frustratingly easy
    domain adaptation).
    """
    count: Counter[str] = Counter()
    mixed = len({g.own for g in groups}) == 2
    for g in groups:
        for option in g.options:
            count.update(set(option))
            if mixed and g.own:
                count.update({OWN + x for x in option})
    names = sorted(f for f, n in count.items() if n >= floor)
    index = {f: i for i, f in enumerate(names)}
    rows, cols, starts, right = [], [], [0], []
    r = 0
    for g in groups:
        for option in g.options:
            seen = {index[f] for f in option if f in index}
            if mixed and g.own:
                seen.update(index[OWN + f] for f in option if OWN + f in index)
            rows.extend([r] * len(seen))
            cols.extend(sorted(seen))
            r += 1
        right.extend(starts[-1] + k for k in sorted({g.gold, *g.also_right}))
        starts.append(r)
    x = csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(r, len(names)))
    xt = x.T.tocsr()
    first = np.array(starts[:-1])
    sizes = np.diff(starts)
    is_right = np.zeros(r)
    is_right[right] = 1.0

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        s = x @ w
        top = np.maximum.reduceat(s, first)
        e = np.exp(s - np.repeat(top, sizes))
        z = np.add.reduceat(e, first)
        p = e / np.repeat(z, sizes)
        good = np.add.reduceat(e * is_right, first)
        value = -float(np.sum(np.log(good / z))) + 0.5 * penalty * float(w @ w)
        d = p - e * is_right / np.repeat(good, sizes)
        return value, xt @ d + penalty * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    weights: dict[str, float] = {}
    for f, v in zip(names, found.x, strict=True):
        weights[f.removeprefix(OWN)] = weights.get(f.removeprefix(OWN), 0.0) + float(v)
    return {f: round(v, 3) for f, v in sorted(weights.items()) if abs(v) >= drop}
