"""The commands of analysts: correcting records, settling differences, and the gold that comes of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from musnad.cli.answers import answers
from musnad.cli.archive_commands import _lines, _open, _show
from musnad.cli.archive_options import Format, Lines, Where
from musnad.cli.options import Output

gold_app = typer.Typer(help="Records that analysts have read: as gold, and how far they agree.", no_args_is_help=True)


class Kind(StrEnum):
    event = "event"
    control = "control"
    tie = "tie"


One = Annotated[str, typer.Argument(metavar="ANALYST", help="An analyst.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="Another analyst.")]


@answers
def correct(
    record: Annotated[
        str,
        typer.Argument(metavar="REPORT#RECORD", help="A record of a stored report: raqim-1#e3; with --add: REPORT."),
    ],
    analyst: Annotated[str, typer.Option(metavar="NAME", envvar="MUSNAD_ANALYST", help="Who says so.")],
    archive: Where = "musnad.db",
    accept: Annotated[bool, typer.Option("--accept", help="The record is right.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="The record is wrong and does not count.")] = False,
    set: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="Change a field: type, mode, status, date, killed, injured, change, kind; actor=SDF@words, recipient, "
            "narrator, holder, former, a, b and place=NAME@words quote the report. May be repeated.",
        ),
    ] = None,
    add: Annotated[
        Kind | None, typer.Option("--add", metavar="event|control|tie", help="Add a record that the program missed.")
    ] = None,
    words: Annotated[
        str | None,
        typer.Option(
            "--words",
            metavar="WORDS|FROM-TO",
            help="With --add: the report's words for it (of a tie: its evidence), or their characters: 120-126.",
        ),
    ] = None,
    settle: Annotated[
        bool, typer.Option("--settle", help="Settle a difference between analysts: this word counts before theirs.")
    ] = False,
    side_with: Annotated[
        str | None, typer.Option("--side-with", metavar="NAME", help="With --settle: take this analyst's record.")
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
) -> None:
    """Accept, reject, change or add a record, blind to other analysts' words; the machine's record stays beside it."""
    from musnad.archive import editing
    from musnad.errors import UsageError

    changes = set or []
    if (add is None) != (words is None):
        raise UsageError("--add and --words go together: --add event --words قصفت --set type=ASSAULT")
    if add is not None and (accept or reject or settle):
        raise UsageError("--add goes with --words, --set and --note only")
    if side_with is not None and not settle:
        raise UsageError("--side-with goes with --settle")
    with _open(archive) as store:
        if add is not None and words is not None:
            n = editing.add_record(store, record, analyst, add.value, words, changes, note=note)
        elif settle:
            n = editing.settle(
                store, record, analyst, accept=accept, reject=reject, side_with=side_with, changes=changes, note=note
            )
        else:
            n = editing.correct_record(store, record, analyst, accept=accept, reject=reject, changes=changes, note=note)
    print(f"correction {n} kept")


@gold_app.command("read")
@answers
def gold_read(
    reports: Annotated[list[str], typer.Argument(metavar="REPORT...", help="Stored reports, by their ids.")],
    analyst: Annotated[str, typer.Option(metavar="NAME", envvar="MUSNAD_ANALYST", help="Who has read them.")],
    archive: Where = "musnad.db",
    undo: Annotated[bool, typer.Option("--undo", help="Take the mark back.")] = False,
) -> None:
    """Mark reports as read: what is not corrected in them is right as it stands, and they go into the gold."""
    from musnad.archive import marks

    with _open(archive) as store:
        for report in reports:
            (marks.unread if undo else marks.read)(store, report, analyst)
    print(f"{len(reports)} {'no longer marked' if undo else 'marked'} as read")


@gold_app.command("export")
@answers
def gold_export(
    archive: Where = "musnad.db",
    analyst: Annotated[str | None, typer.Option(metavar="NAME", help="As this analyst alone reads them.")] = None,
    output: Output = None,
) -> None:
    """Write the records of the reports that analysts corrected or marked as read, as gold (JSON Lines)."""
    from musnad.archive.editing import gold
    from musnad.cli import output as out

    with _open(archive) as store, out.output(output) as emit:
        for line in gold(store, analyst):
            emit(line + b"\n")


@gold_app.command("differences")
@answers
def gold_differences(
    one: Annotated[str | None, typer.Argument(metavar="[ANALYST", help="An analyst.")] = None,
    other: Annotated[str | None, typer.Argument(metavar="OTHER]", help="Another analyst.")] = None,
    archive: Where = "musnad.db",
    format: Format = Lines.table,
) -> None:
    """List the records on which analysts differ and that nobody has settled; `musnad correct --settle` settles one.

    Of two analysts named, also those of which only one has spoken, in the reports that both spoke of.
    """
    from musnad.archive.two_hands import differing

    with _open(archive) as store:
        found = differing(store, one, other)
    if format == Lines.jsonl:
        _lines(found)
        return
    _show([(f"{d.report_id}#{d.record}", d.kind, "\n" + "\n".join(d.told())) for d in found])
    print(f"{len(found)} to settle")


@gold_app.command("agree")
@answers
def gold_agree(one: One, other: Other, archive: Where = "musnad.db", format: Format = Lines.table) -> None:
    """How far two analysts agree on the reports that both spoke of: the figures of `musnad score` with the first as
    gold, and Krippendorff's alpha (nominal) for each field of the records that both have."""
    from musnad.archive.two_hands import agreement
    from musnad.scoring import table

    with _open(archive) as store:
        found = agreement(store, one, other)
    if format == Lines.jsonl:
        told = {
            "one": one, "other": other, "reports": found.reports, "matched": found.matched, "alone": found.alone,
            "scores": found.scores.figures(), "alpha": found.alpha,
        }  # fmt: skip
        _lines([told])
        return
    print(table(found.scores))
    print(f"\nreports read by both: {found.reports}; records of both: {found.matched}, ", end="")
    print(f"only of {one}: {found.alone[0]}, only of {other}: {found.alone[1]}\n")
    print(f"{'':18}alpha")
    for field, alpha in found.alpha.items():
        print(f"{field:18}{'all the same' if alpha is None else f'{alpha:.3f}'}")


def register(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command()(correct)
    app.add_typer(gold_app, name="gold")
