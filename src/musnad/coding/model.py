"""Choices that are learned: a linear score over features that can be read.

Grammar and codebook propose; where they must choose (is this word an event here, which phrase fills a role, does
the speech still last), a log-linear model decides. A feature is a short plain string; its weight is learned from
annotated reports by tools/train.py and kept in coding/weights.tsv, one line a feature, so that `why` can name
what spoke for a record. The method is multinomial logistic regression over the options of each choice
(conditional logit; McFadden 1974).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from heapq import nlargest
from importlib.resources import files
from operator import add, itemgetter

from musnad.kept import parsed

Features = Sequence[str]
Weights = dict[str, float]


class Model:
    """The weights of one task. `score` adds the weights of the features that hold."""

    __slots__ = ("_columns", "_rows", "weights")

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._rows: dict[str, list[float]] | None = None
        self._columns: dict[str, int] = {}

    def side_by_side(self, prefixes: Sequence[str], features: Iterable[str]) -> list[float]:
        """For each prefix the sum of the weights of PREFIX|feature, added in the order of `features`."""
        if self._rows is None:
            self._rows = self._make_rows()
        hits = [row for row in map(self._rows.get, features) if row is not None]
        columns = self._columns
        return [reduce(add, map(itemgetter(columns[p]), hits), 0.0) if p in columns else 0.0 for p in prefixes]

    def _make_rows(self) -> dict[str, list[float]]:
        """By feature its weights under all prefixes, 0.0 where there is none."""
        rows: dict[str, list[float]] = {}
        heads = dict.fromkeys(f.partition("|")[0] for f in self.weights if "|" in f)
        self._columns = {head: n for n, head in enumerate(heads)}
        empty = [0.0] * len(self._columns)
        for feature, weight in self.weights.items():
            head, bar, rest = feature.partition("|")
            if bar:
                row = rows.get(rest)
                if row is None:
                    row = rows[rest] = empty.copy()
                row[self._columns[head]] = weight
        return rows

    def score(self, features: Iterable[str]) -> float:
        """The sum of the weights of `features`; a feature never seen in training counts nothing."""
        get = self.weights.get
        total = 0.0
        for f in features:
            w = get(f)
            if w is not None:
                total += w
        return total

    def probability(self, features: Iterable[str]) -> float:
        """The chance of "yes" in a choice between yes and no."""
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, self.score(features)))))

    def distribution(self, options: Sequence[Features]) -> list[float]:
        """The chance of each of several options, in their order."""
        return softmax([self.score(f) for f in options])

    def reasons(self, features: Iterable[str], most: int = 4) -> list[tuple[str, float]]:
        """The features that weigh most in this choice, heaviest first."""
        get = self.weights.get
        seen = {f: w for f in features if (w := get(f)) is not None}
        if len(seen) > most:
            least = nlargest(most, map(abs, seen.values()))[-1]
            seen = {f: w for f, w in seen.items() if abs(w) >= least}
        return sorted(seen.items(), key=lambda x: (-abs(x[1]), x[0]))[:most]


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as chances that sum to one."""
    top = max(scores)
    exps = [math.exp(s - top) for s in scores]
    total = sum(exps)
    return [e / total for e in exps]


@lru_cache(maxsize=1)
def load() -> dict[str, Model]:
    """All published models by task, from coding/weights.tsv (task, feature, weight)."""
    data = (files("musnad.coding") / "weights.tsv").read_bytes()
    return {task: Model(w) for task, w in parsed("weights", __file__, _parse, data).items()}


def _parse(data: bytes) -> dict[str, Weights]:
    tasks: dict[str, Weights] = {}
    for line in data.decode("utf8").splitlines():
        if line and not line.startswith("#"):
            task, feature, weight = line.split("\t")
            tasks.setdefault(task, {})[feature] = float(weight)
    return tasks
