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
from operator import add

from musnad.kept import parsed

Features = Sequence[str]
Weights = dict[str, float]


class Model:
    """The weights of one task. `score` adds the weights of the features that hold."""

    __slots__ = ("_rows", "_tables", "weights")

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._tables: dict[str, Weights] | None = None
        self._rows: dict[tuple[str, ...], dict[str, tuple[float, ...]]] = {}

    def table(self, prefix: str) -> Weights:
        """The weights of the features that begin with `prefix` and a bar, by what follows the bar.

        Options that share their features (PREFIX|feature) are scored from these without making the strings."""
        if self._tables is None:
            self._tables = {}
            for feature, weight in self.weights.items():
                head, bar, rest = feature.partition("|")
                if bar:
                    self._tables.setdefault(head, {})[rest] = weight
        return self._tables.get(prefix, {})

    def rows(self, prefixes: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
        """The weights of `table` for several prefixes side by side: by feature, one weight for each, 0.0 where none."""
        found = self._rows.get(prefixes)
        if found is None:
            tables = [self.table(p) for p in prefixes]
            names = dict.fromkeys(f for t in tables for f in t)
            found = self._rows[prefixes] = {f: tuple(t.get(f, 0.0) for t in tables) for f in names}
        return found

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


def add_up(table: Weights, features: Iterable[str]) -> float:
    """The sum of the weights that a table has for some features."""
    get = table.get
    total = 0.0
    for f in features:
        w = get(f)
        if w is not None:
            total += w
    return total


def add_rows(rows: dict[str, tuple[float, ...]], features: Iterable[str], width: int) -> list[float]:
    """For each of several prefixes (`Model.rows`) the sum of its weights, added in the order of `features`."""
    get = rows.get
    hits = [row for row in map(get, features) if row is not None]
    return [reduce(add, column, 0.0) for column in zip(*hits, strict=True)] if hits else [0.0] * width


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
