"""`musnad search` and `musnad reprints`: what an archive answers, as a table for people or JSON Lines for programs."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from musnad.cli.answers import answers


class SearchFormat(StrEnum):
    table = "table"
    jsonl = "jsonl"


Where = Annotated[
    str,
    typer.Option(
        "--archive", metavar="PATH|URL", envvar="MUSNAD_ARCHIVE", help="The archive: a file, or postgresql://..."
    ),
]
Format = Annotated[SearchFormat, typer.Option(metavar="table|jsonl", help="How to write what was found.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, metavar="N", help="How many to show.")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module into the program."""
    app.command()(search)
    app.command()(reprints)


@answers
def search(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help='Words, "phrases", AND, OR, NOT, parentheses; may be empty.')
    ] = "",
    archive: Where = "musnad.db",
    events: Annotated[bool, typer.Option("--events", help="Show events instead of reports.")] = False,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Party: id, or name in Arabic or English.")] = None,
    role: Annotated[str | None, typer.Option(metavar="ROLE", help="The party's part: actor, recipient ...")] = None,
    side: Annotated[str | None, typer.Option(metavar="NAME", help="Side: a state's organs act as one.")] = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="Event type: ASSAULT, PROTEST ...")] = None,
    mode: Annotated[str | None, typer.Option(metavar="MODE", help="Mode of the event: airstrike ...")] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME", help="Place; a province means all in it.")] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Country: SYR, IRQ ...")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day: 2018-03-26, 2018-03 or 2018.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="happened, denied, threatened ...")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")] = None,
    narrator: Annotated[str | None, typer.Option(metavar="NAME", help="Who tells it: id or name.")] = None,
    killed: Annotated[int | None, typer.Option(min=0, metavar="N", help="At least N killed.")] = None,
    limit: Limit = 20,
    offset: Annotated[int, typer.Option(min=0, metavar="N", help="Leave out the first N.")] = 0,
    format: Format = SearchFormat.table,
) -> None:
    """Search the archive: reports, or events, by words and filters; best first."""
    from musnad.archive.archive import Archive
    from musnad.archive.query import Filter
    from musnad.archive.search import events as find_events
    from musnad.archive.search import reports as find_reports

    asked = {
        "actor": actor, "role": role, "side": side, "type": type, "mode": mode, "place": place, "country": country,
        "since": since, "until": until, "status": status, "outlet": outlet, "narrator": narrator, "killed": killed,
    }  # fmt: skip
    filter = Filter.parse(asked)
    with Archive.open(archive) as opened:
        if events:
            acts = find_events(opened, query, filter, limit=limit, offset=offset)
            for act in acts.items:
                _write(format, act, _event_line(act))
            _total(format, acts.total, "events")
        else:
            hits = find_reports(opened, query, filter, limit=limit, offset=offset)
            for hit in hits.items:
                _write(format, hit, _report_line(hit))
            _total(format, hits.total, "reports")


@answers
def reprints(archive: Where = "musnad.db", limit: Limit = 100, format: Format = SearchFormat.table) -> None:
    """Show groups of near-identical reports; each group counts as one source."""
    from musnad.archive.archive import Archive
    from musnad.archive.reprints import groups

    with Archive.open(archive) as opened:
        found = groups(opened, limit)
    for group in found:
        reports = [
            {"id": id, "outlet": outlet, "published": published, "title": title}
            for id, outlet, published, title in group
        ]
        lines = [
            ("" if not i else "  ") + "  ".join(_plain(part or "-") for part in report)
            for i, report in enumerate(group)
        ]
        _write(format, {"reports": reports}, "\n".join(lines))
    _total(format, len(found), "groups")


def _write(format: SearchFormat, value: object, line: str) -> None:
    import msgspec

    if format is SearchFormat.jsonl:
        sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    else:
        sys.stdout.write(line + "\n")


def _total(format: SearchFormat, total: int, what: str) -> None:
    if format is SearchFormat.table:
        print(f"{total:,} {what}")


def _report_line(hit: object) -> str:
    from musnad.archive.search import Hit

    assert isinstance(hit, Hit)
    start, end = hit.snippet
    out, at = [], start
    for first, last in hit.marks:
        if start <= first and last <= end:
            out += [_plain(hit.body[at:first]), "[", _plain(hit.body[first:last]), "]"]
            at = last
    out.append(_plain(hit.body[at:end]))
    head = "  ".join(_plain(part) for part in (hit.published or "no date", hit.outlet or "-", hit.id, hit.title))
    return f"{head}\n    {''.join(out)}"


def _event_line(act: object) -> str:
    from musnad.archive.search import EventHit

    assert isinstance(act, EventHit)
    event = act.event
    kind = event.type + (f"/{event.mode}" if event.mode else "")
    doers = " ".join(one.id for one in event.actors) or "?"
    targets = " ".join(one.id for one in event.recipients) or "?"
    places = ", ".join(one.name for one in event.places) or "-"
    parts = (event.date or "no date", kind, event.status, f"{doers} > {targets}", places, event.trigger.text)
    return "  ".join(_plain(part) for part in parts) + f"  ({_plain(act.report_id)}#{event.id})"


def _plain(text: str) -> str:
    """A text on one line, without characters that steer a terminal or turn the line."""
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or c.isprintable())
