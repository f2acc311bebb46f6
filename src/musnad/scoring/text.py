"""Figures and differences as plain text for a terminal."""

from __future__ import annotations

import json

from musnad.scoring.figures import Accuracy, Difference, Scores
from musnad.scoring.judged import JudgedEvent, Mention


def table(scores: Scores) -> str:
    """The figures as a table of plain text, one row a name."""
    lines = [f"{'':10} {'precision':>9} {'recall':>7} {'F1':>6} {'gold':>6} {'coded':>6}"]
    for name, row in scores:
        if isinstance(row, Accuracy):
            lines.append(f"{name:10} {'accuracy':>9} {'':7} {_figure(row.accuracy, 6)} {row.of:6}")
        else:
            figures = f"{_figure(row.precision, 9)} {_figure(row.recall, 7)} {_figure(row.f1, 6)}"
            lines.append(f"{name:10} {figures} {row.gold:6} {row.coded:6}")
    return "\n".join(lines)


def to_json(scores: Scores) -> str:
    """The figures as JSON."""
    return json.dumps(scores.figures(), indent=1)


def difference(d: Difference) -> str:
    """One difference as two or three lines."""
    lines = [f"{d.report}: {d.kind}"]
    if d.gold:
        lines.append(f"  gold   {_brief(d.gold)}")
    if d.coded:
        lines.append(f"  coded  {_brief(d.coded)}")
    return "\n".join(lines)


def _figure(value: float | None, width: int) -> str:
    return f"{'-':>{width}}" if value is None else f"{value:{width}.3f}"


def _brief(event: JudgedEvent) -> str:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    who = f"{_ids(event.actors)} > {_ids(event.recipients)}"
    places = "|".join(p.text or "?" for p in event.places or ()) or "-"
    chain = " < ".join(m.id or "?" for m in event.chain or ()) or "-"
    return f"{kind} «{event.trigger.text}» {who} @ {places} {event.date or '-'} {event.status} chain {chain}"


def _ids(mentions: tuple[Mention, ...] | None) -> str:
    return "+".join(sorted(m.id or "?" for m in mentions or ())) or "-"
