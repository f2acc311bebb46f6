"""A page from the network, within limits of time, size and redirects, and never from a private network unasked.

The address that is checked is the address that is called: the name is looked up once a hop, every result must be
public, and the connection goes to that very number, so that a name cannot change its mind in between.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from musnad.errors import ReadError
from musnad.reading.options import MB, ReadOptions

_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml", "text/xml": ".xml", "application/json": ".json", "application/x-ndjson": ".jsonl",
    "text/csv": ".csv", "text/tab-separated-values": ".tsv", "text/plain": ".txt",
}  # fmt: skip
_REDIRECTS = (301, 302, 303, 307, 308)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Page:
    """What came back: the bytes, a name that tells their kind, the last address, and the encoding that was declared."""

    data: bytes
    name: str
    url: str
    encoding: str | None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False
    """The server says that nothing changed since `since` was fetched; there are no bytes then."""


class Answered(ReadError):
    """The server answered, but with an error; `status` is its HTTP status."""

    def __init__(self, source: str, reason: str, status: int) -> None:
        self.status = status
        super().__init__(source, reason)


def fetch(url: str, options: ReadOptions, since: tuple[str | None, str | None] = (None, None)) -> Page:
    """Get one address. `since` holds the ETag and the Last-Modified of an earlier answer, so that the server may say
    that nothing changed. Raises ReadError with the reason when it cannot be had."""
    deadline = time.monotonic() + options.timeout
    at = url
    for _ in range(options.max_redirects + 1):
        answer = _get(at, url, options, deadline, since)
        if isinstance(answer, Page):
            return answer
        try:
            at = urljoin(at, answer)
        except ValueError as e:
            raise ReadError(url, f"it redirects to an address that is none: {answer[:80]!r}") from e
    raise ReadError(url, f"it redirects more than {options.max_redirects} times")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network: no private, loopback, link-local, multicast or reserved one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast


def _resolve(host: str, port: int, shown: str, options: ReadOptions) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as e:
        raise ReadError(shown, f"the host {host!r} was not found", "check the address and the network") from e
    addresses = [str(info[4][0]) for info in found]
    private = [a for a in addresses if not is_public(a)]
    if private and not options.allow_private_network:
        raise ReadError(
            shown, f"{host} is {private[0]}, an address of a private network", "allow private networks if you mean it"
        )
    return addresses[0]


def _split(url: str, shown: str) -> tuple[SplitResult, str, int]:
    try:
        url.encode("utf-8")
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as e:
        raise ReadError(shown, f"it is no valid address: {e}") from e
    if parts.scheme not in ("http", "https") or not host:
        raise ReadError(shown, f"only http and https addresses are read, not {parts.scheme or 'none'!r}")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as e:
            raise ReadError(shown, f"the host name is not valid: {host!r}") from e
    return parts, host, port or (443 if parts.scheme == "https" else 80)


def _get(
    url: str, shown: str, options: ReadOptions, deadline: float, since: tuple[str | None, str | None]
) -> Page | str:
    """One request: the page, or the address to which the server redirects."""
    import urllib3

    parts, host, port = _split(url, shown)
    address = _resolve(host, port, shown, options)
    left = deadline - time.monotonic()
    if left <= 0:
        raise _late(shown, options)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]')}" if parts.query else ""
    )
    named = f"[{host}]" if ":" in host else host
    headers = {
        "Host": named if port in (80, 443) else f"{named}:{port}",
        "User-Agent": options.user_agent,
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "ar,en;q=0.5",
        "Accept-Encoding": "gzip",
    }
    if since[0]:
        headers["If-None-Match"] = since[0]
    if since[1]:
        headers["If-Modified-Since"] = since[1]
    timeout = urllib3.Timeout(total=left)
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address,
            port,
            server_hostname=host,
            assert_hostname=host,
            cert_reqs="CERT_REQUIRED",
            timeout=timeout,
            maxsize=1,
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout, maxsize=1)
    try:
        with pool:
            answer = pool.urlopen(
                "GET",
                target,
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
            if answer.status in _REDIRECTS and answer.headers.get("Location"):
                return str(answer.headers["Location"])
            if answer.status == 304:
                return Page(b"", "", url, None, *since, unchanged=True)
            if answer.status != 200:
                said = f"the server answered {answer.status} {answer.reason or ''}".rstrip()
                raise Answered(shown, said, answer.status)
            data = _unpack(
                _body(answer, shown, options, deadline), answer.headers.get("Content-Encoding", ""), shown, options
            )
    except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.SSLError) as e:
        raise ReadError(shown, f"no connection to {host}: {_reason(e)}", "check the address and the network") from e
    except (urllib3.exceptions.ProtocolError, urllib3.exceptions.IncompleteRead) as e:
        raise ReadError(shown, "the connection broke off before the page was whole", "try again") from e
    except urllib3.exceptions.TimeoutError as e:
        raise _late(shown, options) from e
    except urllib3.exceptions.HTTPError as e:
        raise ReadError(
            shown, f"the page could not be fetched: {_reason(e)}", "check the address and the network"
        ) from e
    kind, _, rest = (answer.headers.get("Content-Type") or "").partition(";")
    charset = rest.lower().partition("charset=")[2].strip(" \"';") or None
    last = parts.path.rstrip("/").rpartition("/")[2] or "page"
    etag, modified = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
    return Page(data, last + _TYPES.get(kind.strip().lower(), ""), url, charset, etag, modified)


def _late(shown: str, options: ReadOptions) -> ReadError:
    return ReadError(shown, f"no answer within {options.timeout:g} seconds", "try again later, or raise the time limit")


def _reason(error: Exception) -> str:
    """The innermost reason, without the pool's own description."""
    text = str(getattr(error, "reason", None) or error)
    return text.rpartition(">: ")[2] or text


def _body(answer: Any, shown: str, options: ReadOptions, deadline: float) -> bytes:
    declared = answer.headers.get("Content-Length") or ""
    limit = options.max_document
    too_large = ReadError(shown, f"the page is larger than {limit // MB} MB", "raise max_document in the options")
    if declared.isdigit() and int(declared) > limit:
        raise too_large
    parts, size = [], 0
    while chunk := answer.read1(1 << 16, decode_content=False):
        size += len(chunk)
        if size > limit:
            raise too_large
        if time.monotonic() > deadline:
            raise _late(shown, options)
        parts.append(chunk)
    if declared.isdigit() and size < int(declared):
        raise ReadError(shown, "the connection broke off before the page was whole", "try again")
    return b"".join(parts)


def _unpack(data: bytes, encoding: str, shown: str, options: ReadOptions) -> bytes:
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate") or not data:
        return data
    engine = zlib.decompressobj(47)
    try:
        out = engine.decompress(data, options.max_document + 1)
    except zlib.error as e:
        raise ReadError(shown, f"the page is packed wrongly: {e}") from e
    if len(out) > options.max_document:
        raise ReadError(shown, f"the page unpacks to more than {options.max_document // MB} MB", "it may be a zip bomb")
    return out
