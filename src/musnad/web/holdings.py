"""Who holds what: places coloured by holder on a day, and the line of one place with the evidence for each stretch."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from musnad.archive import browse
from musnad.archive.archive import Archive
from musnad.archive.holdings import Stretch
from musnad.sides import side
from musnad.web.api import iso_day
from musnad.web.look import page

COLOURS = 7
"""Holders with a colour of their own; the rest share the last."""


def show(request: Request) -> Response:
    """GET /holdings: the map of a day (on=), the line of a place (place=)."""
    archive: Archive = request.app.state.archive
    span = browse.span(archive)
    place = request.query_params.get("place", "").strip()[:200].replace("\0", "")
    every = archive.holdings()
    on = request.query_params.get("on", "").strip()
    chosen = iso_day(on) if on else (span[1] if span else None)
    line: list[Stretch] = archive.holdings(place) if place else []
    then = archive.holdings(on=chosen) if chosen else []
    return page(
        request, "holdings.html", here="holdings", span=span, on=chosen, place=place, line=line, then=then,
        colours=colours(every),
    )  # fmt: skip


def colours(stretches: list[Stretch]) -> dict[str, int]:
    """A colour for each side that holds something, those with most stretches first; the last is shared."""
    count = Counter(side(s.holder) for s in stretches if s.holder)
    order = sorted(count, key=lambda s: (-count[s], s))
    of_side = {s: min(k, COLOURS) for k, s in enumerate(order)}
    return {h: of_side[side(h)] for h in sorted({s.holder for s in stretches if s.holder})}


routes = [Route("/holdings", show)]
