"""The options that commands over an archive share: which archive, which filter, how the answer is written."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Lines(StrEnum):
    table = "table"
    jsonl = "jsonl"


Where = Annotated[
    str,
    typer.Option(
        "--archive", metavar="PATH|URL", envvar="MUSNAD_ARCHIVE",
        help="The archive: a file, or postgresql://USER:PASSWORD@HOST/DATABASE.",
    ),
]  # fmt: skip
Format = Annotated[Lines, typer.Option("--format", metavar="table|jsonl", help="How to write the answer.")]
Limit = Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="How many at most.")]
Offset = Annotated[int, typer.Option(min=0, metavar="N", help="How many to leave out first.")]

# Filters. Those that may be repeated mean any of their values.
Many = list[str] | None
Actor = Annotated[Many, typer.Option(metavar="ID|NAME", help="A party, by id (SDF) or name; repeated: any of them.")]
Role = Annotated[str | None, typer.Option(metavar="ROLE", help="In which role: actor, recipient, narrator.")]
Side = Annotated[Many, typer.Option(metavar="ID|NAME", help="A side: the organs of one state act as one; repeatable.")]
Kind = Annotated[
    Many, typer.Option("--type", metavar="TYPE[/MODE]", help="Type of event: ASSAULT/airstrike; repeatable.")
]
Mode = Annotated[Many, typer.Option(metavar="MODE", help="Mode of the event: airstrike ...; repeatable.")]
Place = Annotated[
    Many, typer.Option(metavar="NAME", help="A place; a province or country means all in it; repeatable.")
]
Country = Annotated[Many, typer.Option(metavar="CODE", help="Country: SYR, IRQ ...; repeatable.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="On this day or later: 2018-03-26, 2018-03, 2018.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="On this day or earlier.")]
State = Annotated[Many, typer.Option("--status", metavar="STATUS", help="happened, denied, planned ...; repeatable.")]
From = Annotated[Many, typer.Option("--outlet", metavar="NAME", help="Told by this outlet; repeatable.")]
Narrator = Annotated[Many, typer.Option(metavar="ID|NAME", help="On the word of this narrator; repeatable.")]
Killed = Annotated[int | None, typer.Option(min=0, metavar="N", help="At least so many killed.")]
Hand = Annotated[bool, typer.Option("--corrected", help="Only records that an analyst spoke of.")]
