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
from importlib.resources import files
from operator import add, itemgetter

from musnad.kept import parsed

Features = Sequence[str]
Weights = dict[str, float]
Rows = tuple[list[str], dict[str, list[float]]]
"""The weights of features whose names begin with an option, PREFIX|feature: the prefixes, and by feature a row."""


class Model:
    """The weights of one task. `score` adds the weights of the features that hold."""

    __slots__ = ("_columns", "_rows", "weights")

    def __init__(self, weights: Weights, rows: Rows | None = None) -> None:
        self.weights = weights
        prefixes, self._rows = rows or _rows(weights)
        self._columns = {p: itemgetter(n) for n, p in enumerate(prefixes)}

    def side_by_side(self, prefixes: Iterable[str], features: Iterable[str]) -> list[float]:
        """For each prefix the sum of the weights of PREFIX|feature, added in the order of `features`."""
        hits = list(filter(None, map(self._rows.get, features)))
        columns = self._columns
        return [reduce(add, map(columns[p], hits), 0.0) if p in columns else 0.0 for p in prefixes]

    def score(self, features: Iterable[str]) -> float:
        """The sum of the weights of `features`; a feature never seen in training counts nothing."""
        return reduce(add, filter(None, map(self.weights.get, features)), 0.0)

    def probability(self, features: Iterable[str]) -> float:
        """The chance of "yes" in a choice between yes and no."""
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, self.score(features)))))

    def distribution(self, options: Sequence[Features]) -> list[float]:
        """The chance of each of several options, in their order."""
        return softmax([self.score(f) for f in options])

    def reasons(self, prefixes: Sequence[str], features: Iterable[str], most: int = 4) -> list[tuple[str, float]]:
        """Of all PREFIX|feature those that weigh most in this choice, heaviest first."""
        names = [f for f in dict.fromkeys(features) if f in self._rows]
        rows = list(map(self._rows.__getitem__, names))
        weights: list[float] = []
        prefixes = [p for p in prefixes if p in self._columns]
        for p in prefixes:
            weights.extend(map(self._columns[p], rows))
        sizes = sorted(map(abs, weights))
        least = sizes[-most] if len(sizes) > most else 0.0
        found = [(k, w) for k, w in enumerate(weights) if w and not -least < w < least]
        made = [(f"{prefixes[k // len(names)]}|{names[k % len(names)]}", w) for k, w in found]
        return sorted(made, key=lambda x: (-abs(x[1]), x[0]))[:most]


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as chances that sum to one."""
    top = max(scores)
    exps = [math.exp(s - top) for s in scores]
    total = sum(exps)
    return [e / total for e in exps]


@lru_cache(maxsize=1)
def load() -> dict[str, Model]:
    """All published models by task, from coding/weights.tsv: task, feature, and its weight.

    Where a feature has a weight for each of several options they stand on one line, OPTION=weight apart by blanks; the
    feature of an option is then called OPTION|feature.
    """
    data = (files("musnad.coding") / "weights.tsv").read_bytes()
    return {task: Model(*made) for task, made in parsed("weights", __file__, _parse, data).items()}


def _parse(data: bytes) -> dict[str, tuple[Weights, Rows]]:
    tasks: dict[str, Weights] = {}
    for line in data.decode("utf8").splitlines():
        if line and not line.startswith("#"):
            task, feature, weight = line.split("\t")
            mine = tasks.setdefault(task, {})
            if "=" not in weight:
                mine[feature] = float(weight)
                continue
            for part in weight.split(" "):
                option, _, value = part.partition("=")
                mine[f"{option}|{feature}"] = float(value)
    return {task: (weights, _rows(weights)) for task, weights in tasks.items()}


def _rows(weights: Weights) -> Rows:
    """The prefixes of all PREFIX|feature, and by feature the weights under each of them, 0.0 where there is none."""
    prefixes = list(dict.fromkeys(f.partition("|")[0] for f in weights if "|" in f))
    column = {p: n for n, p in enumerate(prefixes)}
    empty = [0.0] * len(prefixes)
    rows: dict[str, list[float]] = {}
    for feature, weight in weights.items():
        prefix, bar, rest = feature.partition("|")
        if bar:
            row = rows.get(rest)
            if row is None:
                row = rows[rest] = empty.copy()
            row[column[prefix]] = weight
    return prefixes, rows
