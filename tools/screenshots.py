"""Takes pictures of each page in both languages and both sizes, over the example reports (`make screenshots`).

Usage: tools/screenshots.py [OUT] [PAGE ...]; pages are named as in PAGES, all when none is named.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
SIZES = {"wide": (1280, 860), "phone": (390, 844)}
REPORT = "raqim-2017-09-23"
PAGES = {
    "overview": "/", "search": "/?q=قصف", "reader": f"/reports/{REPORT}",
    "why": f"/reports/{REPORT}/why/e1", "incident": "/incidents/{incident}",
    "holdings": "/holdings?place=Conoco%20gas%20plant&on=2017-09-25", "place": "/places/Deir%20ez-Zor",
    "actor": "/actors/SDF", "source": "/sources/وكالة رقيم للأنباء",
    "disputes": "/disputes", "codebook": "/codebook", "review": "/review",
    "double": "/review?double=1", "missing": "/no-such-page",
}  # fmt: skip
"""Name of each picture and address of its page; `{incident}` is the incident that most reports tell."""


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of a server over an archive of the example reports in `path`."""
    import uvicorn

    from musnad.archive.archive import Archive
    from musnad.reading import read
    from musnad.report import Report
    from musnad.web import make_app

    with Archive.open(path, create=True) as archive:
        archive.add(r for r in read([str(ROOT / "examples")]) if isinstance(r, Report))
        server = uvicorn.Server(uvicorn.Config(make_app(archive), port=0, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                if not thread.is_alive():
                    raise SystemExit("the server did not start")
                threading.Event().wait(0.02)
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def take(out: Path, names: list[str]) -> None:
    """Write OUT/NAME-LANGUAGE-SIZE.png for each page."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "example.db") as at, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = browser.new_page().request.get(f"{at}/api/incidents?limit=200").json()["items"]
        incident = quote(max(found, key=lambda i: (i["reports"], i["key"]))["key"], safe="")
        for size, (width, height) in SIZES.items():
            for lang in ("ar", "en"):
                page = browser.new_page(viewport={"width": width, "height": height})
                page.on("console", lambda m: print(m.type, m.text) if m.type in ("error", "warning") else None)
                for name in names:
                    address = at + PAGES[name].replace("{incident}", incident)
                    page.goto(address + ("&" if "?" in address else "?") + f"lang={lang}")
                    page.wait_for_load_state("networkidle")
                    page.evaluate("document.fonts.ready")
                    page.screenshot(path=out / f"{name}-{lang}-{size}.png")
                    print(out / f"{name}-{lang}-{size}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    given = sys.argv[1:]
    take(Path(given[0]) if given else ROOT / "out" / "screenshots", given[1:] or list(PAGES))
