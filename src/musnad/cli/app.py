"""The commands and their options. Imports that cost time are made inside the commands, so that help comes at once."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from musnad.cli import archive_commands, archive_search, correcting, serve_command
from musnad.cli.answers import answers
from musnad.cli.options import (
    AllLanguages,
    Columns,
    Encoding,
    Engine,
    EngineName,
    Lang,
    Language,
    Master,
    Outlet,
    Output,
    OutputFolder,
    Overlay,
    PartSize,
    Paths,
    Private,
    Published,
    SparkSettings,
    Workers,
)

app = typer.Typer(
    name="musnad",
    help="Who did what to whom, where and when, and who says so: reads Arabic conflict reporting.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
codebook_app = typer.Typer(help="Look into the codebook: the tables that the coder works from.", no_args_is_help=True)
app.add_typer(codebook_app, name="codebook")


class CodeFormat(StrEnum):
    table = "table"
    jsonl = "jsonl"
    json = "json"
    csv = "csv"


class ReadFormat(StrEnum):
    table = "table"
    jsonl = "jsonl"


@app.callback(invoke_without_command=True)
def musnad_command(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False
) -> None:
    if version:
        from musnad import __version__

        print(f"musnad {__version__}")
        raise typer.Exit


@app.command()
@answers
def read(
    paths: Paths,
    format: Annotated[
        ReadFormat | None, typer.Option(metavar="table|jsonl", help="How to write what was read.")
    ] = None,
    output: Output = None,
    lang: Lang = Language.en,
    published: Published = None,
    column: Columns = None,
    outlet: Outlet = None,
    encoding: Encoding = None,
    all_languages: AllLanguages = False,
    private_network: Private = False,
) -> bool:
    """Read reports and show what was found; nothing is coded."""
    from musnad.cli import output as out
    from musnad.cli import work, writers

    options = work.options(published, column, outlet, encoding, all_languages, private_network)
    tally = work.Tally()
    with out.output(output) as write:
        emit = writers.of_reports(writers.chosen(format, output), write, output, lang.value)
        for report in work.reports(paths, options, tally, doing="reading", quiet=work.over_terminal(output)):
            emit(report)
    return tally.all_read


@app.command()
@answers
def code(
    paths: Paths,
    format: Annotated[
        CodeFormat | None,
        typer.Option(
            metavar="table|jsonl|json|csv", help="How to write the records; told by FILE's ending, else a table."
        ),
    ] = None,
    output: Output = None,
    lang: Lang = Language.en,
    published: Published = None,
    codebook: Overlay = None,
    workers: Workers = None,
    column: Columns = None,
    outlet: Outlet = None,
    encoding: Encoding = None,
    all_languages: AllLanguages = False,
    private_network: Private = False,
    engine: Engine = EngineName.local,
    out_folder: OutputFolder = None,
    master: Master = None,
    spark: SparkSettings = None,
    part: PartSize = None,
) -> bool:
    """Code reports: who did what to whom, where, when, and who says so."""
    from musnad.cli import cluster, work, writers
    from musnad.cli import output as out

    cluster.check(
        engine.value,
        {"--out": out_folder, "--master": master, "--spark": spark, "--part": part},
        {"--format": format, "--output": output, "--workers": workers, "--private-network": private_network or None},
    )
    options = work.options(published, column, outlet, encoding, all_languages, private_network)
    if out_folder is not None:
        return cluster.run(paths, out_folder, options, codebook, master, spark, part)
    tally = work.Tally()
    with (
        out.output(output) as write,
        writers.of_records(writers.chosen(format, output), write, output, lang.value) as emit,
    ):
        found = work.reports(paths, options, tally, doing="coding", quiet=work.over_terminal(output))
        for report, record in work.coded(found, codebook=codebook, workers=workers, tally=tally):
            emit(report, record)
    return tally.all_read


@app.command()
@answers
def show(
    paths: Paths,
    html: Annotated[
        Path, typer.Option("--html", metavar="OUT", help="Page to write (OUT.html), or a folder for several reports.")
    ],
    lang: Lang = Language.en,
    published: Published = None,
    codebook: Overlay = None,
    column: Columns = None,
    outlet: Outlet = None,
    encoding: Encoding = None,
    all_languages: AllLanguages = False,
    private_network: Private = False,
) -> bool:
    """Write self-contained pages: each report with its evidence marked, beside its records."""
    from musnad.cli import work
    from musnad.show import write_pages

    options = work.options(published, column, outlet, encoding, all_languages, private_network)
    tally = work.Tally()
    found = work.reports(paths, options, tally, doing="showing", quiet=False)
    for page in write_pages(work.coded(found, codebook=codebook), html, lang.value):
        print(page)
    return tally.all_read


@app.command()
@answers
def why(
    record: Annotated[
        str,
        typer.Argument(metavar="FILE#RECORD", help="A record of a report: page.txt#e3, or archive.jsonl#REPORT/e3."),
    ],
    published: Published = None,
    codebook: Overlay = None,
    column: Columns = None,
) -> bool:
    """Explain a record: the words, entries and rules that made it."""
    from musnad.cli import work
    from musnad.codebook.explaining import Explainer
    from musnad.show.why import explain

    tally = work.Tally()
    options = work.options(published, column, None, None, False, False)
    report, coded, name = work.find_record(record, options, tally, codebook)
    print(explain(report, coded, name, Explainer(codebook)))
    return tally.all_read


@app.command()
@answers
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold records, JSON Lines.")],
    coded: Annotated[Path, typer.Argument(metavar="CODED", help="Coded reports, JSON Lines.")],
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    errors: Annotated[int, typer.Option(min=0, metavar="N", help="Also print the first N differences.")] = 0,
) -> None:
    """Compare coded reports with gold records."""
    from musnad.cli.answers import complain
    from musnad.scoring import compare_files, difference, table, to_json

    compared = compare_files(gold, coded)
    for what, names in (("not coded", compared.not_coded), ("coded without gold", compared.without_gold)):
        if names:
            complain(f"{len(names)} reports {what}: {' '.join(names[:5])}{' ...' if names[5:] else ''}")
    print(to_json(compared.scores) if json else table(compared.scores))
    for found in compared.scores.differences[:errors]:
        print(f"\n{difference(found)}")


@app.command()
@answers
def schema() -> None:
    """Print the JSON Schema of a coded report."""
    import json

    from musnad import record

    print(json.dumps(record.schema(), indent=2, ensure_ascii=False))


@codebook_app.command()
@answers
def check(codebook: Overlay = None) -> bool:
    """Check the tables; name each fault with its file and line."""
    from musnad.codebook import check as check_tables

    faults = check_tables(codebook)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "no faults")
    return not faults


@codebook_app.command()
@answers
def stats(codebook: Overlay = None) -> None:
    """Count the entries of each table."""
    from musnad.codebook import stats as count

    for table, entries in count(codebook).items():
        print(f"{entries:8,}  {table}")


@codebook_app.command()
@answers
def find(
    word: Annotated[str, typer.Argument(metavar="WORD", help="A word or phrase in any inflected form.")],
    codebook: Overlay = None,
) -> bool:
    """Show the entries that a word leads to."""
    from musnad.cli.answers import complain
    from musnad.codebook import find as look_up

    entries = look_up(word, codebook)
    for entry in entries:
        print(entry)
    if not entries:
        complain(f"no entry for {word}")
    return bool(entries)


archive_search.register(app)
archive_commands.register(app)
correcting.register(app)
serve_command.register(app)


def only(words: Sequence[str]) -> None:
    """Forget all commands but the one that the command line begins with: typer makes every option of every command
    that it knows, which takes longer than to read a report. Without a command's name in front all stay."""
    name = words[0] if words else ""
    commands = [c for c in app.registered_commands if c.name == name or getattr(c.callback, "__name__", "") == name]
    groups = [g for g in app.registered_groups if g.name == name]
    if commands or groups:
        app.registered_commands, app.registered_groups = commands, groups
