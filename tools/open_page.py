"""Say where a page is, and open it when a browser and someone to look at it are at hand."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path


def main(page: str) -> None:
    where = Path(page).resolve()
    print(f"\nThe same as pages: {where.as_uri()}")
    desktop = sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.stdout.isatty() and desktop:
        webbrowser.open(where.as_uri())


if __name__ == "__main__":
    main(sys.argv[1])
