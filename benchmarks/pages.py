"""How long each page takes over an archive of many reports, on one core.

    python benchmarks/pages.py [--archive out/pages.db] [--reports 40000] [--rounds 5]

Where the archive is missing it is made: a tenth of the reports are read evenly out of ../shared/corpus and coded, and
then stored ten times, each time with other ids and with all their dates moved by 47 days. The server runs as
`musnad serve` on one core, and each address is asked once to warm up and then ROUNDS times over HTTP, packed as
browsers ask for it. Told are the middle and the worst time in milliseconds, and how long the server computed for one
answer (CPU time, in steps of 10 ms over all rounds), which other work on the machine does not change.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import musnad
from musnad.archive import browse, incidents
from musnad.archive.archive import Archive
from musnad.reading import read
from musnad.record import CodedReport, from_json, to_json
from musnad.report import Report

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "reports.jsonl.gz"
COPIES, APART = 10, 47
_DATES = re.compile(r'("(?:date|published|not_before|not_after)":")([^"]+)')
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def moved(text: str, days: int) -> str:
    """A date, or a range of two, so many days later; months and years stay."""
    return _DAY.sub(lambda m: (date.fromisoformat(m[0]) + timedelta(days)).isoformat(), text)


def copies(count: int) -> Iterator[tuple[Report, CodedReport]]:
    """Reports of the corpus with their records, repeated until there are `count`."""
    from msgspec.structs import replace

    every = [r for r in read([str(CORPUS)]) if isinstance(r, Report)]
    wanted = count // COPIES
    some = every[:: max(1, len(every) // wanted)][:wanted]
    coded = []
    for n, r in enumerate(some, 1):
        coded.append((r, to_json(musnad.code(r)).decode()))
        if n % 500 == 0:
            print(f"coded {n} of {len(some)}", file=sys.stderr)
    for k in range(COPIES):
        for r, line in coded:
            told = replace(r, id=f"{r.id}~{k}", published=moved(r.published, k * APART) if r.published else None)
            record = from_json(_DATES.sub(lambda m, k=k: m[1] + moved(m[2], k * APART), line))
            yield told, replace(record, id=told.id)


def addresses(archive: Archive) -> list[tuple[str, str]]:
    """Each kind of page with an address that has much to show."""
    every = incidents.find(archive, limit=3000)
    incident = max(every, key=lambda i: (i.mentions, i.key))
    spots = browse.spots(archive)
    party = browse.parties(archive, limit=1)[0][0]
    outlet = browse.outlets(archive)[0][0]
    report = max(
        (h for h in browse.newest(archive, limit=200)), key=lambda h: (int(h.event.id.lstrip("ea")), h.report_id)
    )
    held = max(archive.holdings(), key=lambda s: len(s.evidence))

    def at(kind: str, name: str) -> str:
        return f"/{kind}/{quote(name, safe='')}"

    def asked(path: str, **values: str) -> str:
        return f"{path}?{urlencode(values)}"

    return [
        ("overview", "/"), ("overview, events", asked("/", view="events")),
        ("overview, reports", asked("/", view="reports")), ("overview, words", asked("/", q="قصف")),
        ("overview, party", asked("/", actor=party)),
        ("overview, kind and days", asked("/", type="ASSAULT", since="2023-01")),
        ("overview, place", asked("/", place=spots[0].name)),
        ("overview, country", asked("/", country=spots[0].country or "")),
        ("list, its second part", asked("/", part="rows", offset="40")), ("map of the overview", "/api/spots"),
        ("reader", at("reports", report.report_id)),
        ("why", f"{at('reports', report.report_id)}/why/{report.event.id}"),
        ("incident", at("incidents", incident.key)), ("holdings", "/holdings"),
        ("holdings, a place", asked("/holdings", place=held.place)),
        ("holdings, its map", "/api/holdings?brief=1"), ("disputes", "/disputes"),
        ("place", at("places", spots[0].name)),
        ("actor", at("actors", party)), ("source", at("sources", outlet)), ("codebook", "/codebook"),
        ("codebook, a kind", asked("/codebook", type="ASSAULT")), ("codebook, a word", asked("/codebook", word="قصف")),
        ("review", "/review"), ("review, double readings", asked("/review", double="1")), ("counts", "/api/counts"),
    ]  # fmt: skip


def measure(address: str, rounds: int) -> tuple[list[float], int]:
    """Milliseconds of each round, and the bytes of an answer as it is sent."""
    out, size = [], 0
    for _ in range(rounds):
        asked = Request(address, headers={"accept-encoding": "gzip"})
        start = time.perf_counter()
        with urlopen(asked) as answer:
            size = len(answer.read())
        out.append((time.perf_counter() - start) * 1000)
    return out, size


def computed(pid: int) -> float:
    """CPU milliseconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Make the archive where it is missing, serve it, and print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--archive", type=Path, default=ROOT / "out" / "pages.db")
    asked.add_argument("--reports", type=int, default=40_000)
    asked.add_argument("--rounds", type=int, default=5)
    options = asked.parse_args()
    path: Path = options.archive
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        with Archive.open(path, create=True) as archive:
            archive.add_coded(copies(options.reports))
        print(f"made in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    with Archive.open(path) as archive:
        told = archive.counts()
        pages = addresses(archive)
    print(", ".join(f"{n:,} {what}" for what, n in told.items()))
    core = min(os.sched_getaffinity(0))
    server = subprocess.Popen(
        [sys.executable, "-m", "musnad", "serve", "--archive", str(path), "--port", "0"], stdout=subprocess.PIPE,
        text=True, preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )  # fmt: skip
    try:
        assert server.stdout is not None
        at = server.stdout.readline().split()[-1].rstrip("/")
        urlopen(f"{at}/").read()  # reads the columns of the archive
        print("| page | middle, ms | worst, ms | CPU, ms | kB sent |\n|---|---|---|---|---|")
        for name, address in pages:
            urlopen(at + address).read()
            before = computed(server.pid)
            times, size = measure(at + address, options.rounds)
            cpu = (computed(server.pid) - before) / options.rounds
            told = f"{statistics.median(times):.0f} | {max(times):.0f} | {cpu:.0f} | {size / 1000:.0f}"
            print(f"| {name} | {told} |", flush=True)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
