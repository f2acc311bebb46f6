"""The commands that ask and fill an archive. Each is a thin call of musnad.archive or musnad.export."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from musnad.cli.answers import answers, complain
from musnad.cli.archive_options import (
    Actor,
    Format,
    From,
    Hand,
    Killed,
    Kind,
    Limit,
    Lines,
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
from musnad.cli.options import (
    AllLanguages,
    Columns,
    Encoding,
    Lang,
    Language,
    Outlet,
    Output,
    Overlay,
    Paths,
    Private,
    Published,
    Workers,
)

if TYPE_CHECKING:
    from musnad.archive.archive import Archive
    from musnad.archive.query import Filter

feed_app = typer.Typer(help="The feeds that an archive follows.", no_args_is_help=True)


class HoldingsFormat(StrEnum):
    table = "table"
    jsonl = "jsonl"
    geojson = "geojson"


MapFormat = Annotated[
    HoldingsFormat, typer.Option("--format", metavar="table|jsonl|geojson", help="How to write the answer.")
]


def _open(where: str, create: bool = False) -> Archive:
    from musnad.archive.archive import Archive

    return Archive.open(where, create=create)


def _filter(**given: Any) -> Filter:
    from musnad.archive.query import Filter

    return Filter.parse(given)


def _show(rows: Sequence[tuple[str, ...]]) -> None:
    """Rows as lines: short cells side by side, those after a line break below and indented. Nothing is cut."""
    from musnad.show.bidi import visible

    for row in rows:
        cells = [[visible(line) for line in cell.split("\n")] for cell in row]
        print("  ".join(c[0] for c in cells if c[0]))
        for cell in cells:
            for line in cell[1:]:
                print("    " + line)


def _lines(found: list[Any]) -> None:
    import msgspec

    encode = msgspec.json.Encoder().encode
    for x in found:
        print(encode(x).decode())


@answers
def add(
    paths: Paths,
    archive: Where = "musnad.db",
    published: Published = None,
    codebook: Overlay = None,
    workers: Workers = None,
    column: Columns = None,
    outlet: Outlet = None,
    encoding: Encoding = None,
    all_languages: AllLanguages = False,
    private_network: Private = False,
) -> bool:
    """Read and code reports and keep them in an archive; what it has already changes nothing."""
    import sys

    from musnad.cli import work
    from musnad.cli.progress import progress
    from musnad.engine import cores
    from musnad.reading import size_hint

    options = work.options(published, column, outlet, encoding, all_languages, private_network)
    tally = work.Tally()
    shown = sys.stderr.isatty()
    with (
        _open(archive, create=True) as store,
        progress(shown, "kept", size_hint(paths) if shown else None) as steps,
    ):
        done = store.add(
            work.readable(paths, options, tally, steps.read), codebook=codebook, workers=workers or cores(),
            progress=steps.done,
        )  # fmt: skip
    for error in done.failed:
        complain(error)
    for i in done.changed:
        complain(f"{i}: the archive has another text under this id and keeps it")
    print(f"{done.new} added, {done.same} known already, {len(done.changed)} known with another text")
    return tally.all_read and not done.failed


@answers
def status(archive: Where = "musnad.db") -> None:
    """Say how much an archive holds."""
    with _open(archive) as store:
        for name, n in store.counts().items():
            print(f"{n:>10,} {name}")


@feed_app.command("add")
@answers
def feed_add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of an RSS or Atom feed.")],
    archive: Where = "musnad.db",
    outlet: Outlet = None,
) -> None:
    """Follow a feed."""
    from musnad.archive import feeds

    with _open(archive, create=True) as store:
        feeds.follow(store, url, outlet)


@feed_app.command("remove")
@answers
def feed_remove(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of a feed that is followed.")],
    archive: Where = "musnad.db",
) -> None:
    """Follow a feed no longer; its reports stay."""
    from musnad.archive import feeds

    with _open(archive) as store:
        feeds.leave(store, url)


@feed_app.command("list")
@answers
def feed_list(archive: Where = "musnad.db") -> None:
    """The feeds that are followed, and what their last fetch gave."""
    from musnad.archive import feeds

    with _open(archive) as store:
        rows = [(f.url, f.outlet or "", f.fetched_at or "", f.outcome or "") for f in feeds.followed(store)]
    _show(rows)


@answers
def fetch(
    archive: Where = "musnad.db",
    pause: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Pause between two requests to one host.")
    ] = 2.0,
    workers: Workers = None,
    private_network: Private = False,
) -> bool:
    """Fetch the followed feeds and add what is new."""
    from musnad.archive import feeds
    from musnad.engine import cores
    from musnad.reading import ReadOptions

    well = True
    with _open(archive) as store:
        options = ReadOptions(allow_private_network=private_network)
        for done in feeds.fetch_all(store, options, pause=pause, workers=workers or cores()):
            print(f"{done.url}: {done.outcome}")
            if done.error is not None:
                well = False
    return well


@answers
def recode(
    archive: Where = "musnad.db",
    keep: Annotated[bool, typer.Option("--keep/--dry-run", help="Keep the new records, or only show them.")] = False,
    codebook: Overlay = None,
    workers: Workers = None,
    outlet: From = None,
    since: Since = None,
    until: Until = None,
    format: Format = Lines.table,
) -> bool:
    """Code stored reports again and show what changes, record by record, with the entries and rules behind each change;
    corrections stay."""
    import sys
    from collections import Counter

    from musnad.archive.differences import as_row, causes, changes, line
    from musnad.engine import cores
    from musnad.errors import ReadError

    changed = failed = 0
    behind: Counter[str] = Counter()
    with _open(archive) as store:
        found = store.recode(
            codebook=codebook, workers=workers or cores(), keep=keep,
            filter=_filter(outlet=outlet, since=since, until=until),
        )  # fmt: skip
        for r in found:
            if isinstance(r, ReadError):
                failed += 1
                complain(r)
                continue
            changed += 1
            for c in changes(r.before, r.after):
                behind.update(causes(c))
                if format == Lines.jsonl:
                    _lines([as_row(r.report.id, c)])
                else:
                    print(f"{r.report.id} {line(c)}")
    if format == Lines.table and changed:
        print("Entries and rules behind the changes, and of how many:")
        for name, n in sorted(behind.items(), key=lambda x: (-x[1], x[0])):
            print(f"{n:>6,} {name}")
    told = f"{changed} reports change" + ("; kept" if keep else "; nothing was kept (--keep keeps it)")
    print(told, file=sys.stderr if format == Lines.jsonl else sys.stdout)
    return not failed


@answers
def incidents(
    key: Annotated[str | None, typer.Argument(metavar="[KEY]", help="Show this incident with its accounts.")] = None,
    archive: Where = "musnad.db",
    actor: Actor = None,
    side: Side = None,
    type: Kind = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    status: State = None,
    outlet: From = None,
    narrator: Narrator = None,
    killed: Killed = None,
    least: Annotated[int, typer.Option("--reports", min=1, metavar="N", help="Told by at least so many reports.")] = 1,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only those whose accounts contradict.")] = False,
    limit: Limit = 30,
    offset: Offset = 0,
    format: Format = Lines.table,
    lang: Lang = Language.en,
) -> bool:
    """Incidents: the same event told by several mentions, with who tells it, who denies it and where they differ."""
    from musnad.archive import incidents as joining
    from musnad.export.sentences import sentence

    with _open(archive) as store:
        if key is not None:
            found = joining.read(store, key)
            if found is None:
                complain(f"{key}: the archive has no such incident")
                return False
            incident, accounts, differences = found
            if format == Lines.jsonl:
                _lines([{"incident": incident, "accounts": accounts, "differences": differences}])
                return True
            _show([
                (a.published or "", f"{a.report_id}#{a.event.id}", "\n" + sentence(a.event, lang.value, a.outlet))
                for a in accounts
            ])  # fmt: skip
            for d in differences:
                print(f"{d.point}: " + "; ".join(f"{v} ({len(ks)})" for v, ks in d.versions))
            print(f"{incident.reports} reports, {incident.chains} independent chains")
            return True
        wanted = _filter(
            actor=actor, side=side, type=type, place=place, since=since, until=until, status=status, outlet=outlet,
            narrator=narrator, killed=killed,
        )  # fmt: skip
        listed = joining.find(store, wanted, limit=limit, offset=offset, least=least, disputed=disputed)
    if format == Lines.jsonl:
        _lines(listed)
        return True
    _show([
        (
            i.key, i.day_from or "", f"{i.type}/{i.mode}" if i.mode else i.type, i.place_name or "",
            "" if i.killed is None else "-".join(str(x) for x in dict.fromkeys(i.killed) if x is not None),
            str(i.reports), str(i.chains), ", ".join(i.disputed),
        )
        for i in listed
    ])  # fmt: skip
    return True


@answers
def holdings(
    place: Annotated[str | None, typer.Argument(metavar="[PLACE]", help="A place by its name.")] = None,
    archive: Where = "musnad.db",
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="On this day.")] = None,
    format: MapFormat = HoldingsFormat.table,
    output: Output = None,
) -> None:
    """Who held a place when, according to whom; or who held what on a day."""
    from datetime import date

    from musnad.errors import UsageError

    if on is not None:
        try:
            date.fromisoformat(on)
        except ValueError:
            raise UsageError(f"--on {on}: write the day as 2018-03-26") from None
    with _open(archive) as store:
        if format == HoldingsFormat.geojson:
            _export(store, "geojson", output, _filter(place=place), what="holdings", on=on)
            return
        found = store.holdings(place, on=on)
    if format == HoldingsFormat.jsonl:
        _lines(found)
        return
    _show([
        (
            s.place, "" if s.extent == "whole" else s.extent, f"{s.day_from} to {s.day_to}", s.state, s.holder or "",
            "".join(f"\n{e.day_from} {e.change} {e.holder} «{e.quote}» {e.report_id} < {e.source}" for e in s.evidence)
            + "".join(f"\n? {e.status} {e.holder}: {e.report_id}" for e in s.doubts),
        )
        for s in found
    ])  # fmt: skip


@answers
def ties(
    actor: Annotated[str | None, typer.Argument(metavar="[ACTOR]", help="A party, by id or name.")] = None,
    archive: Where = "musnad.db",
    since: Since = None,
    until: Until = None,
    format: Format = Lines.table,
) -> None:
    """Who backs, belongs to, is allied with or opposes whom, as the reports of a span tell it."""
    from musnad.archive import ties as bonds

    span = _filter(since=since, until=until)
    with _open(archive) as store:
        found = bonds.over_time(store, actor, since=span.since, until=span.until)
    if format == Lines.jsonl:
        _lines(found)
        return
    _show([
        (b.a, b.kind, b.b, b.first or "", b.last or "", str(len(b.reports)), ", ".join(b.outlets)) for b in found
    ])  # fmt: skip


def _export(store: Archive, format: str, output: Path | None, wanted: Filter, **options: Any) -> int:
    import io

    from musnad.cli import output as out
    from musnad.errors import UsageError

    if format in ("xlsx", "parquet") and (output is None or str(output) == "-"):
        raise UsageError(f"{format} is no text; name a file with -o")
    with out.output(output) as emit:

        class Sink(io.RawIOBase):
            """Hands bytes on to the output, which takes its name only when everything is written."""

            def writable(self) -> bool:
                return True

            def write(self, data: Any) -> int:
                emit(bytes(data))
                return len(data)

        if format in ("xlsx", "parquet"):
            whole = io.BytesIO()
            n = store.export(format, whole, wanted, **options)
            emit(whole.getvalue())
            return n
        with io.BufferedWriter(Sink(), 1 << 16) as buffered:
            return store.export(format, buffered, wanted, **options)


@answers
def export(
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="csv, xlsx, acled, plover, cameo, parquet, geojson, annotations or jsonl.",
        ),
    ],
    archive: Where = "musnad.db",
    output: Output = None,
    actor: Actor = None,
    role: Role = None,
    side: Side = None,
    type: Kind = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    status: State = None,
    outlet: From = None,
    narrator: Narrator = None,
    killed: Killed = None,
    corrected: Hand = False,
    words: Annotated[str, typer.Option(metavar="WORDS", help="Only from reports that a search for WORDS finds.")] = "",
    what: Annotated[str, typer.Option(metavar="WHAT", help="geojson: events, incidents or holdings.")] = "events",
    lang: Lang = Language.en,
) -> None:
    """Write records for other programs; docs/EXPORTS.md tells every column."""
    wanted = _filter(
        actor=actor, role=role, side=side, type=type, place=place, since=since, until=until, status=status,
        outlet=outlet, narrator=narrator, killed=killed, hand=corrected or None,
    )  # fmt: skip
    with _open(archive) as store:
        n = _export(store, format, output, wanted, lang=lang.value, what=what, query=words)
    if output is not None and str(output) != "-":
        complain(f"{n:,} rows written to {output}")


@answers
def compare(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET.csv", help="A hand-coded sheet with ACLED's columns.")],
    archive: Where = "musnad.db",
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="ACLED=NAME", help="Which column holds what: event_date=Date."),
    ] = None,
    format: Format = Lines.table,
) -> None:
    """Match a hand-coded sheet with the archive's incidents: what both tell, how they differ, what each lacks."""
    from musnad.archive.compare import compare as match
    from musnad.archive.compare import read_sheet
    from musnad.errors import UsageError

    named = {}
    for pair in column or ():
        part, equals, name = pair.partition("=")
        if not equals or not part or not name:
            raise UsageError(f"--column {pair}: write it as ACLED=NAME, for example --column event_date=Date")
        named[part] = name
    rows = read_sheet(sheet, named)
    with _open(archive) as store:
        found = match(store, rows)
    if format == Lines.jsonl:
        _lines([found])
        return
    rows_shown = []
    for p in found.both:
        rows_shown.append((_sheet_row(p.row), _in_archive(p.incident), "\n".join(p.differ)))
    rows_shown.extend((_sheet_row(r), "-", "only in the sheet") for r in found.sheet_only)
    rows_shown.extend(("-", _in_archive(i), "only in the archive") for i in found.archive_only)
    _show(rows_shown)
    print(f"{len(found.both)} told by both", end=", ")
    print(f"{len(found.sheet_only)} only in the sheet, {len(found.archive_only)} only in the archive")


def _sheet_row(r: Any) -> str:
    return f"{r.id} {r.day} {r.place}"


def _in_archive(i: Any) -> str:
    return f"{i.key} {i.day_from or ''} {i.place_name or ''} {i.type}/{i.mode or '-'}"


@answers
def outlets(
    archive: Where = "musnad.db",
    actor: Actor = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    type: Kind = None,
    format: Format = Lines.table,
) -> None:
    """Outlets side by side: who reports of a party, a place or a span, in which words, and what each leaves out."""
    from musnad.archive.outlets import side_by_side

    with _open(archive) as store:
        found, _ = side_by_side(store, _filter(actor=actor, place=place, since=since, until=until, type=type))
    if format == Lines.jsonl:
        _lines(found)
        return
    _show([
        (
            o.name or "-", str(o.reports), str(o.events), ", ".join(f"{w} {n}" for w, n in o.words),
            ", ".join(f"{w} {n}" for w, n in o.quotes), str(len(o.alone)), str(len(o.left_out)),
        )
        for o in found
    ])  # fmt: skip


def register(app: typer.Typer) -> None:
    """Put the commands into the program."""
    for command in (
        add, incidents, holdings, ties, export, outlets, compare, recode, fetch, status,
    ):  # fmt: skip
        app.command()(command)
    app.add_typer(feed_app, name="feed")
