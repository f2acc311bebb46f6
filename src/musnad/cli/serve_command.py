"""`musnad serve`: opens an archive in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from musnad.cli.answers import answers
from musnad.cli.archive_options import Where
from musnad.cli.options import Language


def register(app: typer.Typer) -> None:
    """Put the command of this module into the program."""
    app.command()(serve)


@answers
def serve(
    archive: Where = "musnad.db",
    host: Annotated[
        str, typer.Option(metavar="NAME", help="Address to answer at; any but this computer's own needs a password.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port to answer at.")] = 8000,
    lang: Annotated[Language, typer.Option("--lang", metavar="ar|en", help="Language of first sight.")] = Language.ar,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser at the first page.")] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="Refuse every change.")] = False,
    password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File whose first line is the password asked of readers.")
    ] = None,
    tiles: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Street tiles ({z}, {x}, {y}) that a reader may turn on."),
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder of your own tables, where proposed entries are kept; by default beside the file.",
        ),
    ] = None,
) -> None:
    """Open the archive in the browser: read, filter, compare, correct. Ctrl-C ends it."""
    from musnad.web.serving import serve as run

    run(
        archive, host=host, port=port, lang=lang.value, open_browser=open_browser, read_only=read_only,
        password_file=password_file, tiles=tiles, codebook=codebook,
    )  # fmt: skip
