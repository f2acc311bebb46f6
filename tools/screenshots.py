"""Screenshots of each page over the example reports, in both languages and two sizes: tools/screenshots.py out/.

An archive is made of examples/, the pages are served on a free port, and Debian's Chromium looks at them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from musnad.archive import incidents
from musnad.archive.archive import Archive
from musnad.reading import read
from musnad.report import Report
from musnad.web import Settings, make_app
from musnad.web.serving import listening

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SIZES = {"wide": (1360, 900), "phone": (390, 844)}
PAGES = {
    "overview": "/", "search": "/?q=كونيكو", "reader": "/reports/raqim-2017-09-23",
    "why": "/reports/raqim-2017-09-23/why/e1",
    "holdings": "/holdings?place=Conoco gas plant&on=2017-10-01", "disputes": "/disputes", "codebook": "/codebook",
    "review": "/review", "actor": "/actors/SDF", "place": "/places/Hajin?country=SYR",
    "source": "/sources/وكالة رقيم للأنباء",
}  # fmt: skip


@contextmanager
def served(archive: Archive) -> Iterator[str]:
    """The address at which the pages of an archive are served while the block runs."""
    door = listening("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(make_app(archive, Settings()), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        door.close()


def main(out: Path) -> None:
    """Write PAGE-LANGUAGE-SIZE.png for each page, and tell what the browser complained of."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "examples.db", create=True) as archive:
        archive.add(r for r in read([str(ROOT / "examples")]) if isinstance(r, Report))
        told = max(incidents.find(archive, limit=500), key=lambda i: (bool(i.disputed), i.reports, i.key))
        pages = {**PAGES, "incident": f"/incidents/{told.key}"}
        with served(archive) as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for size, (width, height) in SIZES.items():
                for lang in ("ar", "en"):
                    context = browser.new_context(viewport={"width": width, "height": height})
                    page = context.new_page()
                    page.on("console", lambda m: print("  ", m.text) if m.type in ("error", "warning") else None)
                    page.on("pageerror", lambda e: print("  ", e))
                    for name, path in pages.items():
                        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
                        page.wait_for_load_state("networkidle")
                        page.screenshot(path=str(out / f"{name}-{lang}-{size}.png"))
                        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                            print(f"{name} {lang} {size}: wider than the window")
                    context.close()
            browser.close()
    print(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "screenshots")
