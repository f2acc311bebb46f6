"""The figures of agreement: what was found, how much of it was right, and where two coders differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from musnad.scoring.judged import JudgedEvent, JudgedReport
from musnad.scoring.match import (
    FACT,
    agree,
    ids,
    match_events,
    mode,
    near_publication,
    same_control,
    shared_places,
    sides,
    tie_key,
)

ORDER = (
    "trigger", "type", "mode", "actor", "recipient", "wdwtw", "place", "source", "chain", "date", "status", "marked",
    "killed", "injured", "record", "control", "ties",
)  # fmt: skip
Kind = Literal["differs", "type", "missed", "spurious"]


@dataclass(slots=True)
class Agreement:
    """How many were found (`hit`) of those in gold and of those coded."""

    hit: int = 0
    gold: int = 0
    coded: int = 0

    def add(self, hit: int, gold: int, coded: int) -> None:
        self.hit += hit
        self.gold += gold
        self.coded += coded

    @property
    def empty(self) -> bool:
        return not self.gold and not self.coded

    @property
    def precision(self) -> float | None:
        return None if self.empty else self.hit / self.coded if self.coded else 0.0

    @property
    def recall(self) -> float | None:
        return None if self.empty else self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float | None:
        p, r = self.precision, self.recall
        if p is None or r is None:
            return None
        return 2 * p * r / (p + r) if p + r else 0.0

    def figures(self) -> dict[str, float | int | None]:
        return {
            "precision": self.precision, "recall": self.recall, "f1": self.f1, "gold": self.gold, "coded": self.coded,
        }  # fmt: skip


@dataclass(slots=True)
class Accuracy:
    """How many of those looked at were right."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.of += 1

    @property
    def accuracy(self) -> float | None:
        return self.right / self.of if self.of else None

    def figures(self) -> dict[str, float | int | None]:
        return {"accuracy": self.accuracy, "of": self.of}


@dataclass(frozen=True, slots=True)
class Difference:
    """One event on which gold and coder differ; `gold` or `coded` is None when only one of them has it."""

    report: str
    kind: Kind
    gold: JudgedEvent | None
    coded: JudgedEvent | None


def _agreements() -> dict[str, Agreement]:
    counted = ("status", "killed", "injured")
    return {name: Agreement() for name in ORDER if name not in counted}


@dataclass(slots=True)
class Scores:
    """All figures of one comparison by name, in the order of ORDER, and the differences behind them."""

    agreement: dict[str, Agreement] = field(default_factory=_agreements)
    accuracy: dict[str, Accuracy] = field(
        default_factory=lambda: {n: Accuracy() for n in ("status", "killed", "injured")}
    )
    differences: list[Difference] = field(default_factory=list)

    def __getitem__(self, name: str) -> Agreement | Accuracy:
        return self.agreement[name] if name in self.agreement else self.accuracy[name]

    def __iter__(self) -> Iterator[tuple[str, Agreement | Accuracy]]:
        return ((name, self[name]) for name in ORDER)

    def headline(self, name: str) -> float | None:
        """The one figure of a row: F1 where there is one, else accuracy."""
        return self.agreement[name].f1 if name in self.agreement else self.accuracy[name].accuracy

    def figures(self) -> dict[str, dict[str, float | int | None]]:
        """All figures as plain numbers, ready for JSON."""
        return {name: row.figures() for name, row in self}


def score(gold: Mapping[str, JudgedReport], coded: Mapping[str, JudgedReport]) -> Scores:
    """Compare coded reports with gold ones by id. A gold report that was not coded counts as coded with nothing."""
    scores = Scores()
    for report, standard in gold.items():
        _score_report(scores, report, standard, coded.get(report) or JudgedReport(id=report))
    return scores


def _score_report(scores: Scores, report: str, gold: JudgedReport, coded: JudgedReport) -> None:
    gold_events, coded_events = gold.events or (), coded.events or ()
    pairs, missed, spurious = match_events(gold_events, coded_events)
    typed = [(g, c) for g, c in pairs if g.type == c.type]
    told, whole = 0, 0
    for g, c in typed:
        who = agree(g.actors, c.actors) and agree(g.recipients, c.recipients)
        right = _score_fields(scores, g, c, gold.published) and who
        told += who
        whole += right
        if not right:
            scores.differences.append(Difference(report, "differs", g, c))
    scores.differences += [Difference(report, "type", g, c) for g, c in pairs if g.type != c.type]
    scores.differences += [Difference(report, "missed", g, None) for g in missed]
    scores.differences += [Difference(report, "spurious", None, c) for c in spurious]

    hits = {
        "trigger": len(pairs),
        "type": len(typed),
        "mode": sum(mode(g) == mode(c) for g, c in typed),
        "wdwtw": told,
        "record": whole,
    }
    for name, hit in hits.items():
        scores.agreement[name].add(hit, len(gold_events), len(pairs) + len(spurious))
    _score_control(scores.agreement["control"], gold, coded)
    gold_ties, coded_ties = ({tie_key(t) for t in r.ties or ()} for r in (gold, coded))
    scores.agreement["ties"].add(len(gold_ties & coded_ties), len(gold_ties), len(coded_ties))


def _score_fields(scores: Scores, g: JudgedEvent, c: JudgedEvent, published: str | None) -> bool:
    """Count each field of one pair of events of the same type. True when place, date, status and source are right."""
    tally = scores.agreement
    for name, gold_parties, coded_parties in (("actor", g.actors, c.actors), ("recipient", g.recipients, c.recipients)):
        a, b = ids(gold_parties), ids(coded_parties)
        tally[name].add(len(a & b), len(a), len(b))

    gold_places, coded_places = g.places or (), c.places or ()
    places = shared_places(gold_places, coded_places)
    tally["place"].add(places, len(gold_places), len(coded_places))

    gold_chain, coded_chain = sides(g.chain), sides(c.chain)
    source = gold_chain[-1:] == coded_chain[-1:]
    tally["source"].add(bool(gold_chain) and source, bool(gold_chain), bool(coded_chain))
    tally["chain"].add(bool(gold_chain) and gold_chain == coded_chain, bool(gold_chain), bool(coded_chain))

    same_day = g.date == c.date
    free = not g.date and near_publication(c.date, published)
    tally["date"].add(bool(g.date) and same_day, bool(g.date), bool(c.date) and not free)

    status = g.status == c.status
    gold_marked, coded_marked = g.status not in FACT, c.status not in FACT
    tally["marked"].add(gold_marked and status, gold_marked, coded_marked)
    scores.accuracy["status"].add(status)

    for name, gold_toll, coded_toll in (("killed", g.killed, c.killed), ("injured", g.injured, c.injured)):
        if gold_toll or coded_toll:
            scores.accuracy[name].add(gold_toll == coded_toll)

    place_right = places > 0 or (not gold_places and not coded_places)
    return place_right and (same_day or free) and status and source


def _score_control(tally: Agreement, gold: JudgedReport, coded: JudgedReport) -> None:
    left, hits = list(coded.control or ()), 0
    for g in gold.control or ():
        n = next((n for n, c in enumerate(left) if same_control(g, c)), None)
        if n is not None:
            del left[n]
            hits += 1
    tally.add(hits, len(gold.control or ()), len(coded.control or ()))
