"""The app: which address leads to which page, and what is answered when something is wrong."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from musnad.archive.archive import Archive
from musnad.errors import MusnadError, UsageError
from musnad.web import api, codebook, holdings, incident, login, overview, profiles, proposing, reader, review
from musnad.web.look import SHARED, page
from musnad.web.safety import Guard, Sessions
from musnad.web.settings import Settings


def make_app(archive: Archive, settings: Settings | None = None) -> Starlette:
    """The pages over an open archive."""
    chosen = settings or Settings()
    sessions = Sessions(chosen.password)
    app = Starlette(
        routes=[
            Route("/static/{name:path}", static_file), *overview.routes, *reader.routes, *incident.routes,
            *holdings.routes, *profiles.routes, *proposing.routes, *codebook.routes, *review.routes, *login.routes,
            *api.routes,
        ],
        middleware=[
            Middleware(Guard, settings=chosen, sessions=sessions), Middleware(GZipMiddleware, minimum_size=1024),
        ],
        exception_handlers={MusnadError: wrong, HTTPException: missing},
    )  # fmt: skip
    app.state.archive, app.state.settings, app.state.sessions = archive, chosen, sessions
    return app


def static_file(request: Request) -> Response:
    """A bundled file by its name; nothing else of the disk can be asked for."""
    name = request.path_params["name"]
    room, path = SHARED.get(name, ("musnad.web", f"static/{name}"))
    if room == "musnad.web" and name not in _bundled():
        raise HTTPException(404)
    answer = FileResponse(Path(str(files(room).joinpath(path))))
    if request.url.query:
        answer.headers["cache-control"] = "public, max-age=31536000, immutable"
    return answer


def _bundled() -> set[str]:
    root = Path(str(files("musnad.web"))) / "static"
    return {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}


async def wrong(request: Request, error: Exception) -> Response:
    """A request that cannot be answered, with the reason in words."""
    status = 400 if isinstance(error, UsageError) else 503
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": str(error)}, status)
    return page(request, "message.html", status=status, title="web.wrong", said=str(error))


async def missing(request: Request, error: Exception) -> Response:
    """An address that leads nowhere, or an answer with a status of its own."""
    assert isinstance(error, HTTPException)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": error.detail}, error.status_code)
    title = "web.missing" if error.status_code == 404 else "web.wrong"
    said = "" if error.status_code == 404 else error.detail
    return page(request, "message.html", status=error.status_code, title=title, said=said)
