"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    en = "en"
    ar = "ar"


class EngineName(StrEnum):
    local = "local"
    spark = "spark"


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files, folders, globs, URLs, or - for standard input: text, HTML, JSON Lines, CSV, Parquet, feeds, "
        "WARC, Telegram exports, DOCX, PDF; also .gz and .zst.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Publication date (2018-03-26) of reports that carry none of their own."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="PART=NAME", help="Which column of a table holds what: body=text. May be given again."
    ),
]
Encoding = Annotated[str | None, typer.Option(metavar="NAME", help="Encoding of the input, where it is told wrongly.")]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Name of the outlet, for all reports.")]
AllLanguages = Annotated[bool, typer.Option("--all-languages", help="Read reports in other languages too.")]
Private = Annotated[bool, typer.Option("--private-network", help="Allow URLs of private networks.")]
Overlay = Annotated[
    Path | None, typer.Option("--codebook", metavar="DIR", help="Folder of your own tables, laid over the codebook.")
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="How many processes code at once; by default as many as there are cores."),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to FILE.")]
Lang = Annotated[Language, typer.Option("--lang", metavar="en|ar", help="Language of headings and labels.")]
Engine = Annotated[
    EngineName,
    typer.Option(
        metavar="local|spark", help="Code on this machine, or on an Apache Spark cluster (pip install musnad[cluster])."
    ),
]
OutputFolder = Annotated[
    str | None,
    typer.Option(
        "--out", metavar="DIR", help="With spark: folder for the records, on a disk or an object store. A run that is "
        "repeated keeps the parts that are finished there.",
    ),
]  # fmt: skip
Master = Annotated[
    str | None, typer.Option(metavar="URL", help="With spark: its master; by default local[*], this machine's cores.")
]
SparkSettings = Annotated[
    list[str] | None,
    typer.Option("--spark", metavar="NAME=VALUE", help="With spark: a setting of Spark's own. May be given again."),
]
PartSize = Annotated[
    int | None,
    typer.Option("--part", min=1, metavar="MB", help="With spark: how much input makes a part; by default 256 MB."),
]
