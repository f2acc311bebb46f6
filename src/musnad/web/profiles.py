"""Pages of one place, one party and one source: what is told of it, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from musnad.archive import browse, incidents, ties
from musnad.archive.archive import Archive
from musnad.archive.query import Filter, actor_ids
from musnad.archive.ties import Bond
from musnad.errors import UsageError
from musnad.web.holdings import colours
from musnad.web.look import page
from musnad.web.overview import asked, timeline

SHOWN = 20
RING = 14
"""Parties drawn around one; the others stand in the list."""


def place(request: Request) -> Response:
    """GET /places/NAME?country=: what happened there, who is named there, who held it."""
    archive: Archive = request.app.state.archive
    name = _name(request)
    country = (request.query_params.get("country") or "").upper()[:3]
    filter, _, told = asked(request)
    filter = msgspec.structs.replace(filter, place=name)
    found = incidents.find(archive, filter, limit=SHOWN)
    events = browse.total(archive, filter)
    line = archive.holdings(name)
    if not events and not line:
        raise HTTPException(404)
    return page(
        request, "place.html", name=name, country=country or None, rows=found, events=events,
        parts=browse.parts(archive, [i.n for i in found]), kinds=browse.kinds(archive, filter),
        parties=browse.parties(archive, filter, limit=12), times=timeline(archive, filter), line=line,
        colours=colours(line), base={**told, "place": name},
    )  # fmt: skip


def actor(request: Request) -> Response:
    """GET /actors/ID: what a party did and suffered, its ties, and what outlets call it."""
    archive: Archive = request.app.state.archive
    id = actor_ids(_name(request))[0]
    did, suffered = Filter(actor=id, role="actor"), Filter(actor=id, role="recipient")
    called = browse.names_by_outlet(archive, id)
    bonds = ties.over_time(archive, id)
    net = network(id, bonds)
    if not called and not bonds:
        raise HTTPException(404)
    done, borne = incidents.find(archive, did, limit=SHOWN), incidents.find(archive, suffered, limit=SHOWN)
    return page(
        request, "actor.html", id=id, called=by_outlet(called), bonds=bonds, net=net, tall=height(len(net)), did=done,
        suffered=borne, parts=browse.parts(archive, [i.n for i in (*done, *borne)]),
        counts=(browse.total(archive, did), browse.total(archive, suffered)),
        kinds=(browse.kinds(archive, did), browse.kinds(archive, suffered)),
        times=timeline(archive, Filter(actor=id)), base={"actor": id}, told={"actor": id},
    )  # fmt: skip


def source(request: Request) -> Response:
    """GET /sources/OUTLET: whom an outlet quotes, of whom it reports, and how often it stands alone."""
    archive: Archive = request.app.state.archive
    name = _name(request)
    filter = Filter(outlet=name)
    reports = dict(browse.outlets(archive)).get(name, 0)
    if not reports:
        raise HTTPException(404)
    found = incidents.find(archive, filter, limit=SHOWN)
    return page(
        request, "source.html", name=name, reports=reports, events=browse.total(archive, filter), rows=found,
        parts=browse.parts(archive, [i.n for i in found]), alone=browse.alone(archive, name),
        quotes=browse.parties(archive, filter, role="narrator", limit=15),
        speaks_of=browse.parties(archive, filter, limit=15), statuses=browse.statuses(archive, filter),
        times=timeline(archive, filter), base={"outlet": name},
    )  # fmt: skip


def by_outlet(called: list[browse.Word]) -> list[tuple[str, list[tuple[str, int]], int]]:
    """The words for a party by outlet, the outlets that name it most first: (outlet, words with counts, total)."""
    out: dict[str, list[tuple[str, int]]] = {}
    for w in called:
        out.setdefault(w.outlet, []).append((w.text, w.times))
    return sorted(((o, ws, sum(n for _, n in ws)) for o, ws in out.items()), key=lambda x: (-x[2], x[0]))


@dataclass(frozen=True)
class Knot:
    """A party drawn in the network of ties, at a point of the picture, with its ties to the middle."""

    id: str
    x: float
    y: float
    bonds: tuple[Bond, ...]


def network(id: str, bonds: list[Bond]) -> list[Knot]:
    """The parties tied to one, in a ring around it; those told most often first."""
    others: dict[str, list[Bond]] = {}
    for b in bonds:
        other = b.b if b.a == id else b.a
        if other != id:
            others.setdefault(other, []).append(b)
    ring = list(others.items())[:RING]
    out = []
    for k, (other, theirs) in enumerate(ring):
        angle = 2 * pi * k / len(ring) + (pi if len(ring) < 3 else -pi / 2)
        y = height(len(ring)) / 2
        out.append(Knot(other, round(320 + 215 * cos(angle), 1), round(y + (y - 50) * sin(angle), 1), tuple(theirs)))
    return out


def height(knots: int) -> int:
    """The height of the picture of so many parties; it is 640 wide."""
    return 140 if knots < 3 else 260 if knots < 7 else 400


def _name(request: Request) -> str:
    name: str = request.path_params["name"]
    if not name.strip() or len(name) > 200 or "\0" in name:
        raise UsageError("this is no name to look for")
    return name


routes = [
    Route("/places/{name:path}", place),
    Route("/actors/{name:path}", actor),
    Route("/sources/{name:path}", source),
]
