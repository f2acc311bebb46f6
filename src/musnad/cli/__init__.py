"""The `musnad` command. Each command is a thin call of a public function; nothing is decided here."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Entry point of the `musnad` command."""
    gc.set_threshold(50_000)  # much is made while starting, and hardly any of it is garbage
    from musnad.cli.app import app, only

    only(sys.argv[1:2])
    app()
