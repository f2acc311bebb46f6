"""The door: the password is asked here where one is set."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from musnad.web.look import page
from musnad.web.safety import SESSION, Sessions


def show(request: Request) -> Response:
    """GET /login."""
    return page(request, "login.html", failed=False)


async def enter(request: Request) -> Response:
    """POST /login: a right password begins a session."""
    form = await request.form(max_files=0, max_fields=4)
    password = form.get("password", "")
    sessions: Sessions = request.app.state.sessions
    if request.app.state.settings.password is None or not isinstance(password, str):
        return RedirectResponse("/", 303)
    token = await run_in_threadpool(sessions.begin, password[:1000])
    if token is None:
        return page(request, "login.html", status=403, failed=True)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(SESSION, token, max_age=Sessions.LASTS, httponly=True, samesite="strict")
    return answer


def leave(request: Request) -> Response:
    """POST /logout: the session ends."""
    request.app.state.sessions.end(request.cookies.get(SESSION))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(SESSION)
    return answer


routes = [
    Route("/login", show),
    Route("/login", enter, methods=["POST"]),
    Route("/logout", leave, methods=["POST"]),
]
