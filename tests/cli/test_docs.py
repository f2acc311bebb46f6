"""The page of commands says what the commands say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_of_commands_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("command_docs", ROOT / "tools" / "command_docs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "COMMANDS.md").read_text("utf8") == module.commands_page(), "run make docs"


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf8")
    page = (ROOT / "docs" / "COMMANDS.md").read_text("utf8")
    commands = [line.removeprefix("## musnad ") for line in page.splitlines() if line.startswith("## musnad ")]
    assert len(commands) >= 9
    assert [c for c in commands if f"musnad {c}" not in readme] == []
