"""Writes docs/COMMANDS.md from the commands themselves (`make docs`); a test fails when the two part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from musnad.cli.app import app

DOCS = Path(__file__).resolve().parents[1] / "docs" / "COMMANDS.md"
HEAD = """\
# Commands

Written by `make docs` from the commands themselves; a test fails when the two part. `musnad COMMAND --help` says
the same.

Exit status: 0 all was read; 1 some input failed, or a check found faults; 2 the command was used wrongly;
130 stopped by Ctrl-C (every line written so far is whole).
"""


def commands_page() -> str:
    """The page: each command with what it does, its arguments and its options."""
    commands = _commands(typer.main.get_command(app), "musnad")
    return HEAD + "".join(_section(words, command) for words, command in commands)


def _commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
        return
    for word, part in inner.items():
        yield from _commands(part, f"{name} {word}")


def _section(name: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
    usage = " ".join([name, *(f"{p.metavar}..." if p.nargs == -1 else str(p.metavar) for p in arguments)])
    usage += " [OPTIONS]" if options else ""
    lines = [f"\n## {name}\n", f"    {usage}\n", f"{command.help.strip()}\n"]
    lines += [f"- `{p.metavar}`: {p.help}" for p in arguments]
    lines += [f"- `{_option(p)}`: {p.help}" for p in options]
    return "\n".join(lines) + "\n"


def _option(p: Any) -> str:
    names = ", ".join(p.opts)
    return f"{names} {p.metavar}" if p.metavar else names


if __name__ == "__main__":
    DOCS.write_text(commands_page(), "utf8")
