"""A coded report for the terminal: who did what to whom, where, when, how it is told and who says so.

Arabic stays as it is written, without reshaping, because terminals shape it themselves. A terminal that also turns
lines around would turn a whole row of Arabic cells, so left-to-right marks at the borders keep the columns in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from musnad.record import Actor, CodedReport, Control, Event, Place, Presence, Tie, Toll
from musnad.report import Report
from musnad.show.bidi import visible
from musnad.show.labels import Lang, label

LRM = "\u200e"
BORDER = "│"
WIDE = 110
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_STATUS_STYLE = {"happened": "green", "ongoing": "green", "denied": "bold red"}


def print_report(console: Console, report: Report, coded: CodedReport, lang: Lang = "en") -> None:
    """Print one coded report. Wide consoles get tables, narrow ones a block for each record."""
    print_steady(console, render(report, coded, lang, wide=console.width >= WIDE))


def print_steady(console: Console, what: RenderableType) -> None:
    """Print so that each line runs left to right, and each cell of a table stays in its place."""
    with console.capture() as captured:
        console.print(what)
    lines = captured.get().split("\n")
    console.file.write("\n".join(_steady_line(line) for line in lines))
    console.file.flush()


def _steady_line(line: str) -> str:
    return LRM + line.replace(BORDER, LRM + BORDER + LRM) if _ARABIC.search(line) else line


def render(report: Report, coded: CodedReport, lang: Lang = "en", *, wide: bool = True) -> RenderableType:
    """One coded report as something rich can print."""
    parts: list[RenderableType] = [_head(report, lang)]
    sections = (
        ("ui.events", _event_rows(coded.events, lang), _EVENT_HEADS),
        ("ui.control", _control_rows(coded.control, lang), _CONTROL_HEADS),
        ("ui.ties", _tie_rows(coded.ties, lang), _TIE_HEADS),
        ("ui.presence", _presence_rows(coded.presence, lang), _PRESENCE_HEADS),
    )
    shown = [(title, rows, heads) for title, rows, heads in sections if rows]
    for title, rows, heads in shown:
        parts.append(Text(label(title, lang), style="bold"))
        parts.append(_table(rows, heads, lang) if wide else _blocks(rows, heads, lang))
    if not shown:
        parts.append(Text(label("ui.nothing", lang), style="dim"))
    parts.append(Text(""))
    return Group(*parts)


Cell = Text
Row = tuple[Cell, ...]
_EVENT_HEADS = ("ui.id", "ui.who", "ui.what", "ui.whom", "ui.where", "ui.when", "ui.status", "ui.says")
_CONTROL_HEADS = ("ui.id", "ui.holder", "ui.change", "ui.place", "ui.from", "ui.when", "ui.status", "ui.says")
_TIE_HEADS = ("ui.id", "ui.who", "ui.tie", "ui.whom", "ui.words")
_PRESENCE_HEADS = ("ui.id", "ui.who", "ui.where", "ui.when", "ui.words", "ui.says")


def _head(report: Report, lang: Lang) -> RenderableType:
    title = Text(visible(report.title or report.id), style="bold underline")
    facts = [report.outlet or "", (report.published or label("ui.undated", lang)), report.byline or "", f"#{report.id}"]
    lines = [title, Text(" · ".join(visible(f) for f in facts if f), style="dim")]
    if report.note:
        lines.append(Text(f"{label('ui.note', lang)}: {visible(report.note)}", style="yellow"))
    return Group(*lines)


def _words(text: str) -> tuple[str, str]:
    return (visible(text), "cyan")


def _parties(actors: Iterable[Actor]) -> Cell:
    return _lines((a.id, a.text) for a in actors)


def _lines(named: Iterable[tuple[str, str]]) -> Cell:
    cell = Text()
    for name, words in named:
        if cell:
            cell.append("\n")
        cell.append(visible(name))
        if words and words != name:
            cell.append("\n")
            cell.append(*_words(words))
    return cell or Text("-", style="dim")


def _places(places: Sequence[Place]) -> Cell:
    return _lines((p.name, p.text) for p in places)


def _says(chain: Sequence[Actor], lang: Lang) -> Cell:
    if not chain:
        return Text(label("ui.outlet_itself", lang), style="dim")
    return _lines((("↳ " if n else "") + a.id, a.text) for n, a in enumerate(chain))


def _status(status: str, lang: Lang) -> Cell:
    return Text(label(f"status.{status}", lang), style=_STATUS_STYLE.get(status, "yellow"))


def toll(count: Toll) -> str:
    """A count of people: 5, 5+, 5-8."""
    low, high = count
    return f"{low}+" if high is None else str(low) if low == high else f"{low}-{high}"


def kind(event: Event, lang: Lang) -> str:
    """The type of an event with its mode: assault: airstrike."""
    words = label(f"type.{event.type}", lang)
    return f"{words}: {label(f'mode.{event.mode}', lang)}" if event.mode else words


def _event_rows(events: Iterable[Event], lang: Lang) -> list[Row]:
    rows: list[Row] = []
    for e in events:
        what = Text(kind(e, lang), style="bold")
        what.append("\n")
        what.append(*_words(e.trigger.text))
        for key, count in (("ui.killed", e.killed), ("ui.injured", e.injured)):
            if count:
                what.append(f"\n{label(key, lang)} {toll(count)}", style="red")
        when = Text(e.date or "-", style="" if e.date else "dim")
        if e.date_span:
            when.append("\n")
            when.append(*_words(e.date_span.text))
        rows.append((
            Text(e.id, style="dim"), _parties(e.actors), what, _parties(e.recipients), _places(e.places), when,
            _status(e.status, lang), _says(e.chain, lang),
        ))  # fmt: skip
    return rows


def _control_rows(control: Iterable[Control], lang: Lang) -> list[Row]:
    rows: list[Row] = []
    for c in control:
        change = Text(label(f"change.{c.change}", lang), style="bold")
        if c.extent != "whole":
            change.append(f" ({label(f'extent.{c.extent}', lang)})")
        change.append("\n")
        change.append(*_words(c.trigger.text))
        rows.append((
            Text(c.id, style="dim"), _parties((c.holder,)), change, _places((c.place,)),
            _parties((c.former,) if c.former else ()), Text(c.date or "-"),
            _status(c.status, lang), _says(c.chain, lang),
        ))  # fmt: skip
    return rows


def _tie_rows(ties: Iterable[Tie], lang: Lang) -> list[Row]:
    return [
        (
            Text(t.id, style="dim"),
            _parties((t.a,)),
            Text(label(f"tie.{t.kind}", lang), style="bold"),
            _parties((t.b,)),
            Text(*_words(t.evidence.text)),
        )
        for t in ties
    ]


def _presence_rows(presence: Iterable[Presence], lang: Lang) -> list[Row]:
    return [
        (
            Text(p.id, style="dim"),
            _parties((p.actor,)),
            _places((p.place,)),
            Text(p.date or "-"),
            Text(*_words(p.trigger.text)),
            _says(p.chain, lang),
        )
        for p in presence
    ]


def _table(rows: Sequence[Row], heads: Sequence[str], lang: Lang) -> Table:
    table = Table(show_lines=True, expand=True, border_style="dim", header_style="bold")
    for head in heads:
        fixed = head in ("ui.id", "ui.status")
        table.add_column(label(head, lang), no_wrap=fixed, overflow="fold", ratio=None if fixed else 1)
    for row in rows:
        table.add_row(*row)
    return table


def _blocks(rows: Sequence[Row], heads: Sequence[str], lang: Lang) -> RenderableType:
    """Each record as a small two-column list, for narrow terminals."""
    blocks: list[RenderableType] = []
    for row in rows:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True, style="dim")
        grid.add_column(overflow="fold")
        for head, cell in zip(heads[1:], row[1:], strict=True):
            if cell.plain != "-":
                grid.add_row(label(head, lang), cell)
        blocks += [row[0], Padding(grid, (0, 0, 1, 2))]
    return Group(*blocks)


def reading(report: Report, lang: Lang = "en") -> RenderableType:
    """What was read of a report: its metadata, how long it is, and what in it is no reporting."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    facts = (
        ("ui.byline", report.byline), ("ui.dateline", report.dateline), ("ui.agency", report.agency),
        ("ui.url", report.url), ("ui.source", report.source),
    )  # fmt: skip
    for key, value in facts:
        if value:
            grid.add_row(label(key, lang), visible(value))
    grid.add_row(label("ui.body", lang), Text(visible(_opening(report.body))))
    for block in report.blocks:
        cut = _opening(report.body[block.start : block.end], 60)
        grid.add_row(label(f"block.{block.kind}", lang), Text(visible(cut), style="dim"))
    for link in report.related:
        grid.add_row(label("block.related", lang), Text(visible(link.title), style="dim"))
    return Group(_head(report, lang), Padding(grid, (0, 0, 1, 2)))


def _opening(body: str, length: int = 160) -> str:
    text = body.strip()
    return f"({len(body):,}) {text[:length]}{'…' if len(text) > length else ''}"
