"""`musnad search` and `musnad reprints`: what an archive answers, as a table for people or JSON Lines for programs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from musnad.cli.answers import answers
from musnad.cli.archive_options import (
    Actor,
    Country,
    Format,
    From,
    Killed,
    Kind,
    Limit,
    Lines,
    Mode,
    Narrator,
    Offset,
    Place,
    Role,
    Side,
    Since,
    State,
    Until,
    Where,
)


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
    actor: Actor = None,
    role: Role = None,
    side: Side = None,
    type: Kind = None,
    mode: Mode = None,
    place: Place = None,
    country: Country = None,
    since: Since = None,
    until: Until = None,
    status: State = None,
    outlet: From = None,
    narrator: Narrator = None,
    killed: Killed = None,
    limit: Limit = 20,
    offset: Offset = 0,
    format: Format = Lines.table,
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
def reprints(archive: Where = "musnad.db", limit: Limit = 100, format: Format = Lines.table) -> None:
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


def _write(format: Lines, value: object, line: str) -> None:
    import msgspec

    if format is Lines.jsonl:
        sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    else:
        sys.stdout.write(line + "\n")


def _total(format: Lines, total: int, what: str) -> None:
    if format is Lines.table:
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
