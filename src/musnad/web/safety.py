"""What keeps a reader safe: which host names are answered, where a change may come from, what a page may load."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musnad.web.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
MOST = 1 << 18
"""Bytes that a request may carry."""
SESSION = "musnad-session"
OPEN = ("/login", "/static/")
KEEPS_NOTHING = ("/login", "/logout", "/codebook")
"""What may be posted to an archive that is open for reading only."""


class Guard:
    """Around the whole app: refuses requests for other host names, changes asked by other sites or in a read-only
    archive, and large bodies; asks for the password where one is set; adds the headers that bind a page."""

    def __init__(self, app: ASGIApp, settings: Settings, sessions: Sessions) -> None:
        self.app, self.settings, self.sessions = app, settings, sessions
        self.policy = policy(settings.tiles)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def bound(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = self.policy
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "same-origin"
                headers["cross-origin-opener-policy"] = "same-origin"
                headers["cross-origin-resource-policy"] = "same-origin"
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = self.refuse(scope)
        if refused is not None:
            await refused(scope, receive, bound)
            return
        request = Request(scope)
        path = scope["path"]
        shut = self.settings.password is not None and not path.startswith(OPEN)
        if shut and not self.sessions.known(request.cookies.get(SESSION)):
            asks_a_page = scope["method"] == "GET" and not path.startswith("/api/")
            answer: Response = (
                RedirectResponse("/login", 303) if asks_a_page else PlainTextResponse("log in first\n", 401)
            )
            await answer(scope, receive, bound)
            return
        await self.app(scope, receive, bound)

    def refuse(self, scope: Scope) -> PlainTextResponse | None:
        """The refusal of a request, or None."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host_name(host) not in self.settings.hosts:
            return PlainTextResponse("this host name is not answered here\n", 421)
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST":
            return PlainTextResponse("not allowed\n", 405)
        if self.settings.read_only and scope["path"] not in KEEPS_NOTHING:
            return PlainTextResponse("the archive is open for reading only\n", 403)
        origin = headers.get("origin")
        site = headers.get("sec-fetch-site")
        if origin is None and site is None:
            return PlainTextResponse("a change must come from a page of this archive\n", 403)
        if origin is not None and urlsplit(origin).netloc.casefold() != host.casefold():
            return PlainTextResponse("a change must come from a page of this archive\n", 403)
        if site is not None and site not in ("same-origin", "none"):
            return PlainTextResponse("a change must come from a page of this archive\n", 403)
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > MOST:
            return PlainTextResponse("too much was sent\n", 413)
        return None


def policy(tiles: str | None) -> str:
    """What a page may load: its own files, and images of the host of street tiles where one is set."""
    if tiles is None:
        return POLICY
    at = urlsplit(tiles)
    return POLICY.replace("img-src 'self'", f"img-src 'self' {at.scheme}://{at.netloc}")


def host_name(host: str) -> str:
    """The name in a Host header, without its port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].casefold()
    return host.partition(":")[0].casefold()


class Sessions:
    """Who has given the password. Kept in memory: a restart asks again."""

    LASTS = 12 * 3600
    TRIES, WAIT = 5, 60

    def __init__(self, password: str | None) -> None:
        self._salt = secrets.token_bytes(16)
        self._hash = self._hashed(password) if password is not None else b""
        self._until: dict[str, float] = {}
        self._failed: list[float] = []

    def _hashed(self, password: str) -> bytes:
        return hashlib.scrypt(password.encode("utf8", "surrogatepass"), salt=self._salt, n=1 << 14, r=8, p=1)

    def known(self, token: str | None) -> bool:
        """Whether a cookie's token is of a session that still holds."""
        return token is not None and self._until.get(token, 0.0) > time.monotonic()

    def begin(self, password: str) -> str | None:
        """A new session's token when the password is right; after TRIES wrong ones nobody gets in for WAIT s."""
        now = time.monotonic()
        self._failed = [t for t in self._failed if now - t < self.WAIT]
        if len(self._failed) >= self.TRIES:
            return None
        if not hmac.compare_digest(self._hashed(password), self._hash):
            self._failed.append(now)
            return None
        self._until = {t: u for t, u in self._until.items() if u > now}
        token = secrets.token_urlsafe(32)
        self._until[token] = now + self.LASTS
        return token

    def end(self, token: str | None) -> None:
        """Forget a session."""
        self._until.pop(token or "", None)
