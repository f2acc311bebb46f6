"""The archive at size: what adding, joining, searching and storing cost as it grows.

    .venv/bin/python benchmarks/at_size.py REPORTS CODED [--to N] [--steps N,N] [--archive PATH|URL] [--out FILE]

REPORTS are JSON Lines as `musnad read` takes them, CODED the records that `musnad code --format jsonl` made of them.
When the reports run out they come again under other ids, with the days moved on, the places renamed and moved, and
every third word outside the records' spans exchanged for another word of the reports, so that no copy is a reprint of
another. At each step one line of JSON tells: seconds a thousand reports took to store (rows, words, reprints), to join
into incidents and to draw holdings; bytes an archived report takes; peak memory; incidents a report; the largest block;
and the milliseconds of searches (the median of five, and the first). All times are given twice: as they passed, and as
this process computed (on a busy machine the second tells more; a server's own work is not in it).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select, text

from musnad.archive import browse, holdings, incidents, panorama, search
from musnad.archive.archive import Added, Archive
from musnad.archive.flat import CHUNK
from musnad.archive.query import Filter
from musnad.archive.tables import telling, telling_block, telling_pair
from musnad.record import CodedReport
from musnad.report import Report

Pair = tuple[Report, CodedReport]
STEPS = "2500,5000,10925,20000,40000,80000,160000,320000,640000,1000000"
MOVED_DAYS, MOVED_DEGREES = 9, 0.07
QUERIES = ["قصف", "قصف حلب", '"دير الزور"', "الجيش AND غارة NOT روسيا", "هدنة OR اتفاق", "اعتقال ناشط"]
FILTERS: list[dict[str, Any]] = [
    {"type": "ASSAULT", "killed": 3},
    {"actor": "ISIS", "since": "2015-07-20", "until": "2015-07-31"},
]


def pairs(reports: Path, coded: Path) -> list[Pair]:
    """Reports with their records, those that both files have."""
    decode = msgspec.json.Decoder(CodedReport).decode
    with coded.open("rb") as f:
        known = {c.id: c for c in map(decode, f)}
    out = []
    with gzip.open(reports, "rb") if reports.suffix == ".gz" else reports.open("rb") as f:
        for line in f:
            told = json.loads(line)
            if told["id"] in known:
                kept = {k: told[k] for k in ("id", "title", "body", "outlet", "published", "url") if told.get(k)}
                out.append((Report(**{"title": "", **kept}), known[told["id"]]))
    return out


def again(given: list[Pair]) -> Iterator[Pair]:
    """The pairs once as they are, then again and again as other reports."""
    yield from given
    words: dict[int, list[str]] = {}
    for r, _ in given[:2000]:
        for w in set(r.body.split()):
            if w.isalpha():
                words.setdefault(len(w), []).append(w)
    pool = {n: sorted(set(ws)) for n, ws in words.items()}
    round = 0
    while True:
        round += 1
        for r, c in given:
            yield other(r, c, round, pool)


def other(r: Report, c: CodedReport, round: int, pool: dict[int, list[str]]) -> Pair:
    """A report under another id, with other words, days and places; the spans of its records stand as they stood."""
    data = msgspec.to_builtins(c)
    spans: list[tuple[int, int]] = []
    _move(data, round, spans)
    chosen = random.Random(f"{r.id} {round}")
    held = sorted(spans)
    body, at, k = [], 0, 0
    for n, word in enumerate(r.body.split(" ")):
        end = at + len(word)
        while k < len(held) and held[k][1] <= at:
            k += 1
        free = k >= len(held) or held[k][0] >= end
        change = free and n % 3 == round % 3 and word.isalpha() and len(word) in pool
        body.append(chosen.choice(pool[len(word)]) if change else word)
        at = end + 1
    name, published = f"{r.id}~{round}", _later(r.published, round)
    report = msgspec.structs.replace(r, id=name, body=" ".join(body), published=published)
    data |= {"id": name, "published": published}
    return report, msgspec.convert(data, CodedReport)


def _move(value: Any, round: int, spans: list[tuple[int, int]]) -> None:
    if isinstance(value, list):
        for x in value:
            _move(x, round, spans)
    elif isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            spans.append((value["start"], value["end"]))
        if "country" in value and "name" in value:
            value["name"] = f"{value['name']} {round}"
            if value.get("lat") is not None:
                value["lat"] = max(-89.0, value["lat"] - MOVED_DEGREES * (round % 200))
        if isinstance(value.get("date"), str):
            value["date"] = "/".join(_later(part, round) or part for part in value["date"].split("/"))
        for x in value.values():
            _move(x, round, spans)


def _later(day: str | None, round: int) -> str | None:
    if day is None or len(day) < 10:
        return day
    return (date.fromisoformat(day[:10]) + timedelta(days=MOVED_DAYS * round)).isoformat() + day[10:]


def timed(act: Callable[[], Any]) -> tuple[float, float, float]:
    """Milliseconds of a call: the median of five as they passed and as computed, and the first call's as computed."""
    passed, computed = [], []
    for _ in range(6):
        begun = time.perf_counter(), time.process_time()
        act()
        passed.append((time.perf_counter() - begun[0]) * 1000)
        computed.append((time.process_time() - begun[1]) * 1000)
    return round(statistics.median(passed[1:]), 1), round(statistics.median(computed[1:]), 1), round(computed[0], 1)


def now() -> tuple[float, float]:
    """Seconds as they pass, and as this process computes."""
    return time.perf_counter(), time.process_time()


def size(archive: Archive) -> int:
    """Bytes that the archive takes."""
    if archive.engine.dialect.name == "sqlite":
        return sum(p.stat().st_size for p in Path(archive.name).parent.glob(Path(archive.name).name + "*"))
    with archive.reading() as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def look(archive: Archive) -> dict[str, Any]:
    """What the archive holds, and how fast it answers."""
    with archive.reading() as connection:
        biggest = connection.execute(
            select(func.count())
            .select_from(telling_block)
            .group_by(telling_block.c.block)
            .order_by(func.count().desc())
            .limit(1)
        ).scalar()
        rows = {
            t.name: connection.execute(select(func.count()).select_from(t)).scalar_one()
            for t in (telling, telling_block, telling_pair)
        }
    asked = {q: timed(lambda q=q: search.reports(archive, q)) for q in QUERIES}  # type: ignore[misc]
    asked |= {f"events: {q}": timed(lambda q=q: search.events(archive, q)) for q in QUERIES[:2]}  # type: ignore[misc]
    for f in FILTERS:
        told = " ".join(f"{k}={v}" for k, v in f.items())
        asked[f"قصف, {told}"] = timed(lambda f=f: search.reports(archive, "قصف", Filter.parse(f)))  # type: ignore[misc]
    begun = time.perf_counter()
    panorama.current(archive)
    columns = round(time.perf_counter() - begun, 2)
    asked["incidents"] = timed(lambda: incidents.find(archive, Filter.parse(FILTERS[0])))
    asked["places"] = timed(lambda: browse.total(archive, Filter.parse(FILTERS[1])))
    return {**archive.counts(), **rows, "largest block": biggest, "search ms": asked, "columns s": columns}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("reports", type=Path)
    parser.add_argument("coded", type=Path)
    parser.add_argument("--to", type=int, default=40_000)
    parser.add_argument("--steps", default=STEPS)
    parser.add_argument("--archive", default="at_size.db")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    source = again(pairs(given.reports, given.coded))
    done, last = 0, time.time()
    with Archive.open(given.archive, create=True) as archive:
        have = archive.counts()["reports"]
        for _ in islice(source, have):
            pass
        done = have
        for step in [int(s) for s in given.steps.split(",")]:
            step = min(step, given.to)
            if step <= done:
                continue
            parts = ("made", "stored", "incidents", "holdings")
            spent = {part: [0.0, 0.0] for part in parts}
            fresh = step - done
            while done < step:
                at = [now()]
                chunk = list(islice(source, min(1000, step - done)))
                at.append(now())
                for k in range(0, len(chunk), CHUNK):
                    archive._keep(chunk[k : k + CHUNK], Added(), None)
                at.append(now())
                incidents.refresh(archive)
                at.append(now())
                holdings.refresh(archive)
                at.append(now())
                for part, before, after in zip(parts, at, at[1:], strict=False):
                    spent[part] = [old + b - a for old, a, b in zip(spent[part], before, after, strict=True)]
                done += len(chunk)
            row = {
                "reports": done, "seconds a thousand": {
                    part: [round(v / fresh * 1000, 2) for v in both] for part, both in spent.items()
                },
                "bytes a report": size(archive) // done,
                "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "minutes": round((time.time() - last) / 60, 1), **look(archive),
            }  # fmt: skip
            row["incidents a report"] = round(row["incidents"] / done, 3)
            line = json.dumps(row, ensure_ascii=False)
            print(line, flush=True)
            if given.out:
                with given.out.open("a", encoding="utf8") as f:
                    f.write(line + "\n")


if __name__ == "__main__":
    main()
