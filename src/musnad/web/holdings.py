"""Who holds what: places coloured by holder on a day, and the line of one place with the evidence for each stretch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from musnad.archive import browse, holdings
from musnad.archive.archive import Archive
from musnad.archive.holdings import Outline, Stretch
from musnad.sides import side
from musnad.web.api import iso_day
from musnad.web.look import page
from musnad.web.overview import whole

COLOURS = 7
"""Holders with a colour of their own; the rest share the last."""
PART = 60
LEGEND = 16


def show(request: Request) -> Response:
    """GET /holdings: the map of a day (on=), the line of a place (place=); with part=rows more places of the day."""
    archive: Archive = request.app.state.archive
    span = browse.span(archive)
    place = request.query_params.get("place", "").strip()[:200].replace("\0", "")
    every = holdings.outlines(archive)
    on = request.query_params.get("on", "").strip()
    chosen = iso_day(on) if on else (span[1] if span else None)
    then = holdings.on_day(every, chosen) if chosen else []
    then.sort(key=lambda o: o.day_from, reverse=True)
    then.sort(key=lambda o: o.state != "contested")
    offset = whole(request.query_params.get("offset"))
    shades = colours(every)
    common: dict[str, Any] = {
        "on": chosen, "place": place, "then": then[offset : offset + PART], "total": len(then), "offset": offset,
        "part": PART, "colours": shades,
    }  # fmt: skip
    if request.query_params.get("part") == "rows":
        return page(request, "holding_rows.html", **common)
    line: list[Stretch] = archive.holdings(place) if place else []
    legend = list(shades)[:LEGEND]
    map_colours = " ".join(f"{h}={k}" for h, k in shades.items() if k < COLOURS)
    return page(
        request, "holdings.html", here="holdings", span=span, line=line, legend=legend,
        others=len(shades) - len(legend), map_colours=map_colours, **common,
    )  # fmt: skip


def colours(stretches: Iterable[Stretch | Outline]) -> dict[str, int]:
    """A colour for each side that holds something, those with most stretches first; the last is shared."""
    held = Counter(s.holder for s in stretches if s.holder)
    count: Counter[str] = Counter()
    for holder, n in held.items():
        count[side(holder)] += n
    order = sorted(count, key=lambda s: (-count[s], s))
    of_side = {s: min(k, COLOURS) for k, s in enumerate(order)}
    return {h: of_side[side(h)] for h in sorted(held, key=lambda h: (of_side[side(h)], -held[h], h))}


routes = [Route("/holdings", show)]
