"""Learn the weights of the coder's choices from annotated reports (`make train`).

Published weights are learned from ../shared/gold/train.* and from the labelled corpus reports (tools/labels.py). With
--folds N the gold reports are split by report, and each part is coded with weights learned from the others and the
labelled ones: choices among models are made on that. Needs scipy; the coder itself does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from fit import Group, fit
from labels import labelled
from quiet import loud
from quiet import quiet as quiet_reports

from musnad import codebook
from musnad.arabic.text import tokenize
from musnad.codebook import Codebook
from musnad.coding import coder, modes, narrators, roles, settings, status, topic, triggers
from musnad.coding.document import Doc, build
from musnad.coding.model import Model
from musnad.coding.roles import Past
from musnad.coding.triggers import ALSO, NONE, Trigger
from musnad.reading import read
from musnad.record import to_json
from musnad.report import Report

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold"
WEIGHTS = ROOT / "src/musnad/coding/weights.tsv"
Gold = dict[str, Any]
Groups = dict[str, list[Group]]
LEAST = {"trigger": (3, 0.06), "mode": (3, 0.08), "status": (3, 0.08)}
"""Features seen in fewer options than this, and weights under that, are left out."""
SILENCE = 10000
OWN_TIMES = 4
"""How often the choices of the measure's own annotators count where acts are told from other words."""

PENALTY = {
    "trigger": 2.0, "mode": 1.0, "actor": 4.0, "recipient": 4.0, "actor_first": 6.0, "recipient_first": 6.0,
    "chain": 6.0, "status": 2.0, "place": 12.0, "date": 1.0,
}  # fmt: skip


def reports(name: str) -> list[Report]:
    """The texts of one part of the gold, as the reading room gives them."""
    return [r for r in read([str(GOLD / f"{name}.texts.jsonl")]) if isinstance(r, Report)]


def golds(name: str) -> dict[str, Gold]:
    """The records of one part of the gold by report id."""
    with open(GOLD / f"{name}.gold.jsonl", encoding="utf8") as f:
        return {g["id"]: g for g in map(json.loads, f)}


def overlaps(a: dict[str, Any], start: int, end: int) -> bool:
    """Whether a gold span and an offset range share a character."""
    return bool("start" in a and a["start"] < end and start < a["end"])


def side(i: str) -> str:
    """The side of an id, as the measure takes it."""
    from musnad.sides import side as s

    return s(i)


def collect(doc: Doc, gold: Gold, groups: Groups) -> None:
    """All choices of one report with their right answers."""
    label: dict[int, tuple[str, Gold | None]] = {}
    for e in gold["events"]:
        for c in doc.candidates:
            t = doc.tokens[c.i]
            if overlaps(e["trigger"], t.start, t.end):
                label[c.i] = (e["type"], e)
    for e in gold["events"]:
        for c in doc.candidates:
            t = doc.tokens[c.i]
            if c.i not in label and any(overlaps(w, t.start, t.end) for w in e.get("also") or []):
                label[c.i] = (ALSO, e)
    found: list[tuple[Trigger, Gold]] = []
    for c in doc.candidates:
        labels, features = triggers.options(doc, c)
        right, e = label.get(c.i, (NONE, None))
        if right not in labels or any(a <= doc.tokens[c.i].start < b for a, b in gold.get("unread", ())):
            continue
        groups.setdefault("trigger", []).append(Group(features, labels.index(right)))
        if e is not None and right != ALSO:
            found.append((Trigger(c, right, e.get("mode"), 1.0, []), e))
    # an act found only by another of its words is learned from too
    matched = {id(e) for _, e in found}
    for c in doc.candidates:
        right, e = label.get(c.i, (NONE, None))
        if right == ALSO and e is not None and id(e) not in matched:
            types = {t for r in c.readings for t, _ in r.entry.senses}
            if e["type"] in types:
                found.append((Trigger(c, e["type"], e.get("mode"), 1.0, []), e))
                matched.add(id(e))
    found.sort(key=lambda x: x[0].candidate.i)
    acts = [t for t, _ in found]
    tellings = narrators.tellings(doc, acts)
    past: list[Past] = []
    stage = roles.scene(doc, acts)
    sites: dict[str, list[int]] = {}
    last: tuple[Trigger, str] | None = None
    for t, e in found:
        told = last if last is not None and doc.sent[last[0].candidate.i] == doc.sent[t.candidate.i] else None
        last = (t, e["status"])
        names, features = modes.options(doc, t)
        if e.get("mode") in names and len(names) > 1:
            groups.setdefault("mode", []).append(Group(features, names.index(e["mode"])))
        chosen = collect_roles(doc, t, e, acts, past, groups, stage)
        collect_chain(doc, t, e, tellings, groups)
        tell = telling_of(doc, e, tellings, t)
        feats = status.features(doc, t, tell, status.governing_acts(doc, t, acts), told)
        groups.setdefault("status", []).append(Group(status.options(feats), status.STATUSES.index(e["status"])))
        right_sites: list[int] = []
        chosen_before = False
        for s in settings.sites(doc, t, acts, sites):
            p = doc.places[s.mention]
            hit = any(overlaps(g, p.start, p.end) for g in e["places"])
            near = not hit and any(g["name"] == p.name for g in e["places"])
            if hit:
                right_sites.append(s.mention)
            if not near:
                groups.setdefault("place", []).append(binary(s.given(chosen_before), hit))
                chosen_before = hit
        choice, features = settings.dates(doc, t)
        values = [x[0] if x else None for x in choice]
        if len(values) > 1 and e["date"] in values:
            free = tuple(k for k, v in enumerate(values) if v and near_publication(v, gold["published"]))
            groups.setdefault("date", []).append(
                Group(features, values.index(e["date"]), free if e["date"] is None else ())
            )
        past.append(Past(doc.sent[t.candidate.i], t.type, t.candidate.stem, *chosen))
        sites[t.candidate.stem] = right_sites


def near_publication(value: str, published: str | None) -> bool:
    """Whether a day is that of publication or the one before: there the measure does not ask for silence."""
    from datetime import date, timedelta

    if not published or len(value) != 10:
        return False
    day = date.fromisoformat(published[:10])
    return value in (day.isoformat(), (day - timedelta(1)).isoformat())


def binary(features: list[str], yes: bool) -> Group:
    """A choice between no (no feature) and yes."""
    return Group([[], features], 1 if yes else 0)


def collect_roles(
    doc: Doc, t: Trigger, e: Gold, acts: list[Trigger], past: list[Past], groups: Groups, stage: roles.Scene
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The role choices of one act, and the mentions that gold puts into its roles."""
    found = roles.fillers(doc, t, acts, past, stage)
    options = [roles.nobody(doc, t, found), *(f.features for f in found)]
    chosen: dict[str, list[int]] = {"actor": [], "recipient": []}
    lead: roles.Filler | None = None
    known = True
    for role in ("actor", "recipient"):
        gold = e[role + "s"]
        ids = [doc.actors[f.mention].id_for(t.type, role) for f in found]
        for a in gold:
            mine = [f for f, x in zip(found, ids, strict=True) if x == a["id"]]
            loose = [
                f for f in found if "start" in a and overlaps(a, doc.actors[f.mention].start, doc.actors[f.mention].end)
            ]
            exact = [f for f in loose if f in mine]
            for f in exact or loose or mine[:1]:
                chosen[role].append(f.mention)
        right = set(chosen[role])
        sides = {side(a["id"]) for a in gold}
        hits = [k for k, x in enumerate(ids, 1) if side(x) in sides]
        hits = hits or [k for k, f in enumerate(found, 1) if f.mention in right]
        if found and (hits or not gold):
            group = Group(options, hits[0] if hits else 0, tuple(hits[1:]))
            if role == "recipient" and known:
                more = roles.Pairing(doc, t, found, past).beside(lead)
                group = Group([x + y for x, y in zip(options, more, strict=True)], group.gold, group.also_right)
            groups.setdefault(role + "_first", []).append(group)
        if role == "actor":
            near = [k for k in hits if found[k - 1].mention in right] or hits
            lead = found[near[0] - 1] if near else None
            known = lead is not None or not gold
        near = [k for k in hits if found[k - 1].mention in right] or hits
        head = found[near[0] - 1] if near else None
        idents = {side(a["id"]) for a in gold}
        for f, x in zip(found, ids, strict=True):
            if head is None or f is head:
                continue
            yes = f.mention in right
            if yes or side(x) not in idents:
                groups.setdefault(role, []).append(binary([*f.features, *roles.company(doc, t, head, f)], yes))
    return tuple(chosen["actor"]), tuple(chosen["recipient"])


def telling_of(doc: Doc, e: Gold, tellings: list[narrators.Telling], t: Trigger) -> narrators.Telling | None:
    """The telling that gold's innermost narrator stands for, the nearest one before the act."""
    if not e["chain"]:
        return None
    choice, _ = narrators.options(doc, t, tellings)
    want = side(e["chain"][-1]["id"])
    fit_ = [x for x in choice if x is not None and side(doc.actors[x.narrators[-1]].id) == want]
    exact = [
        x for x in fit_ if any(overlaps(e["chain"][-1], doc.actors[k].start, doc.actors[k].end) for k in x.narrators)
    ]
    pool = exact or fit_
    return min(pool, key=lambda x: abs(x.i - t.candidate.i)) if pool else None


def collect_chain(doc: Doc, t: Trigger, e: Gold, tellings: list[narrators.Telling], groups: Groups) -> None:
    """The choice of the telling behind one act."""
    choice, features = narrators.options(doc, t, tellings)
    if len(choice) == 1:
        return
    right = telling_of(doc, e, tellings, t)
    if e["chain"] and right is None:
        return
    gold = next(k for k, x in enumerate(choice) if x is right)
    same: tuple[int, ...] = ()
    if right is not None:
        want = side(doc.actors[right.narrators[-1]].id)
        same = tuple(k for k, x in enumerate(choice) if x is not None and side(doc.actors[x.narrators[-1]].id) == want)
    groups.setdefault("chain", []).append(Group(features, gold, same))


def learn(
    docs: Iterable[tuple[Doc, Gold]], silent: Sequence[Doc] = (), more: Iterable[tuple[Doc, Gold]] = ()
) -> dict[str, Model]:
    """Models by task from annotated reports.

    `silent` are reports that tell of no conflict (tools/quiet.py): no word of theirs is an act. `more` are reports
    labelled by other hands (tools/labels.py); which words are acts is learned most from the measure's own annotators.
    """
    groups: Groups = {}
    seen: list[Doc] = []
    for doc, gold in docs:
        collect(doc, gold, groups)
        seen.append(doc)
    for mine in groups.values():
        for g in mine:
            g.own = True
    for doc, gold in more:
        collect(doc, gold, groups)
    quiet = [Group(triggers.options(doc, c)[1], 0) for doc in silent for c in doc.candidates][:SILENCE]
    own = [g for g in groups["trigger"] if g.own]
    groups["trigger"] += own * (OWN_TIMES - 1) + quiet
    models = {
        task: Model(fit(g, PENALTY.get(task, 1.0), *LEAST.get(task, (2, 0.04)))) for task, g in sorted(groups.items())
    }
    return models | {"topic": learn_topic(seen)}


@lru_cache(maxsize=1)
def _topic_examples() -> tuple[Group, ...]:
    """Corpus reports that surely speak of conflict, and quiet ones."""
    yes = [binary(topic.stems(tokenize(r.body)), True) for r in loud(2500)]
    no = [binary(topic.stems(tokenize(r.body)), False) for r in quiet_reports(learn=True)]
    return (*yes, *no)


def learn_topic(docs: Sequence[Doc]) -> Model:
    """The words that tell a report of conflict from others; annotated reports count twice."""
    told = [binary(topic.stems(doc.tokens), True) for doc in docs]
    return Model(fit([*_topic_examples(), *told, *told], 8.0, floor=8, drop=0.03))


def silent(book: Codebook) -> list[Doc]:
    """Quiet corpus reports to learn silence from, about half of all."""
    return [build(r, book) for r, _ in zip(quiet_reports(learn=True), range(500), strict=False)]


def more(book: Codebook) -> Iterator[tuple[Doc, Gold]]:
    """The labelled reports of the corpus."""
    return ((build(r, book), gold) for r, gold in labelled())


def write(models: dict[str, Model], path: Path) -> None:
    """The weights as a table: task, feature, weight (coding/model.py tells the form)."""
    lines = ["# Weights of the coder's choices, learned by tools/train.py. task, feature, weight."]
    for task, model in sorted(models.items()):
        options: dict[str, list[str]] = {}
        for f, w in sorted(model.weights.items()):
            option, bar, feature = f.partition("|")
            options.setdefault(feature if bar else f, []).append(f"{option}={w:g}" if bar else f"{w:g}")
        lines.extend(f"{task}\t{feature}\t{' '.join(weights)}" for feature, weights in sorted(options.items()))
    path.write_text("\n".join(lines) + "\n", encoding="utf8")


def predict(docs: list[Doc], models: dict[str, Model], out: Path, book: Codebook) -> None:
    """Code the reports with given models."""
    with open(out, "wb") as f:
        for doc in docs:
            f.write(to_json(coder.code_doc(doc, models)) + b"\n")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--folds", type=int, default=0, help="cross-validate by report instead of writing weights")
    p.add_argument("--on", default="train", help="parts of the gold, joined by +, for the cross-validation")
    p.add_argument("--out", type=Path, default=Path("/tmp"), help="folder for cross-validated records")
    a = p.parse_args()
    book = codebook.load()
    if not a.folds:
        g = golds("train")
        models = learn(((build(r, book), g[r.id]) for r in reports("train")), silent(book), more(book))
        write(models, WEIGHTS)
        print(f"{sum(len(m.weights) for m in models.values())} weights written to {WEIGHTS}")
        return
    pairs = [(build(r, book), gold[r.id]) for part in a.on.split("+") for gold in [golds(part)] for r in reports(part)]
    a.out.mkdir(exist_ok=True)
    coded = a.out / "cv.coded.jsonl"
    with open(coded, "wb") as f, open(a.out / "cv.gold.jsonl", "w", encoding="utf8") as g2:
        for k in range(a.folds):
            models = learn((x for n, x in enumerate(pairs) if n % a.folds != k), (), more(book))
            for n, (doc, gold) in enumerate(pairs):
                if n % a.folds == k:
                    f.write(to_json(coder.code_doc(doc, models)) + b"\n")
                    g2.write(json.dumps(gold, ensure_ascii=False) + "\n")
    print(f"records in {coded}; score them against {a.out}/cv.gold.jsonl")


if __name__ == "__main__":
    main()
