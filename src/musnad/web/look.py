"""How a page is made: its language, the words and links that templates use, and the template filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any, get_args
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from musnad.codebook.explaining import plainly
from musnad.record import Status
from musnad.show.bidi import visible
from musnad.show.labels import LANGS, Lang
from musnad.show.page import shown
from musnad.show.terminal import toll
from musnad.web import words

PAGES = ("overview", "holdings", "disputes", "review", "codebook")
ADDRESSES = {"overview": "/", **{p: f"/{p}" for p in PAGES[1:]}}
YEAR = 365 * 24 * 3600


def language(request: Request) -> Lang:
    """The language of an answer: as the address says, else as it was last chosen, else the one of the settings."""
    for value in (request.query_params.get("lang"), request.cookies.get("musnad-lang")):
        for lang in LANGS:
            if value == lang:
                return lang
    default: Lang = request.app.state.settings.lang
    return default


def page(request: Request, template: str, *, here: str = "", status: int = 200, **values: Any) -> HTMLResponse:
    """A template as an answer. `here` names the page's entry in the menu."""
    lang = language(request)
    html = environment().get_template(template).render(
        **voice(lang), here=here, other=_turned(request, lang), pages=[(p, ADDRESSES[p]) for p in PAGES],
        read_only=request.app.state.settings.read_only, locked=request.app.state.settings.password is not None,
        analyst=analyst(request), tiles=request.app.state.settings.tiles, path=request.url.path, **values,
    )  # fmt: skip
    answer = HTMLResponse(html, status)
    if request.query_params.get("lang") in LANGS:
        answer.set_cookie("musnad-lang", lang, max_age=YEAR, samesite="lax", httponly=True)
    return answer


def voice(lang: Lang) -> dict[str, Any]:
    """The functions by which templates speak one language."""
    return {
        "lang": lang, "dir": "rtl" if lang == "ar" else "ltr", "t": partial(words.say, lang=lang),
        "num": partial(words.number, lang=lang), "many": partial(words.plural, lang=lang),
        "day": partial(words.day, lang=lang), "days": partial(words.days, lang=lang),
        "tick": partial(words.tick, lang=lang),
        "party_name": partial(words.party, lang=lang), "place_name": partial(words.place, lang=lang),
        "country_name": partial(words.country, lang=lang), "digits": partial(words.digits, lang=lang),
        "because": partial(plainly, lang=lang),
    }  # fmt: skip


def called(answer: Response, who: str) -> Response:
    """An answer after which this browser corrects under a name."""
    answer.set_cookie("musnad-analyst", quote(who), max_age=YEAR, samesite="lax", httponly=True)
    return answer


def analyst(request: Request) -> str:
    """The name under which corrections were last made in this browser."""
    return unquote(request.cookies.get("musnad-analyst", ""))[:80]


def address(kind: str, key: str, **query: Any) -> str:
    """The address of a report, incident, place, actor or source."""
    asked = {k: v for k, v in query.items() if v not in (None, "")}
    return f"/{kind}/{quote(key, safe='')}" + (f"?{urlencode(asked)}" if asked else "")


def in_words(value: Any) -> str:
    """A party or place as a form shows it: what it stands for, and its words in the report."""
    return f"{getattr(value, 'id', None) or value.name}@{value.text}"


def query(values: Mapping[str, Any], **changes: Any) -> str:
    """The query of an address with some values changed; empty ones are left out."""
    told = {k: v for k, v in {**values, **changes}.items() if v not in (None, "", False)}
    return f"?{urlencode(told)}" if told else "?"


def _turned(request: Request, lang: Lang) -> str:
    """This page's address in the other language."""
    told = [(k, v) for k, v in request.query_params.multi_items() if k not in ("lang", "part")]
    return "?" + urlencode([*told, ("lang", "en" if lang == "ar" else "ar")])


@cache
def environment() -> Environment:
    """The templates' environment: everything is escaped, and a name that is not given is an error."""
    env = Environment(
        loader=FunctionLoader(_template), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    env.filters.update(shown=shown, plain=visible, toll=toll)
    env.filters.update(in_words=in_words)
    env.globals.update(address=address, query=query, static=static, statuses=get_args(Status))
    return env


def _template(name: str) -> str | None:
    if not re.fullmatch(r"[a-z_]+\.html", name):
        return None
    own = files("musnad.web").joinpath("templates", name)
    shared = files("musnad.show").joinpath("assets", name)  # the marked text is that of `musnad show`
    return (own if own.is_file() else shared).read_text("utf8")


@cache
def static(name: str) -> str:
    """The address of a bundled file, with a sign that changes with its content."""
    source = SHARED.get(name) or ("musnad.web", "static/" + name)
    data = files(source[0]).joinpath(*source[1].split("/")).read_bytes()
    return f"/static/{name}?{sha256(data).hexdigest()[:10]}"


SHARED = {"page.css": ("musnad.show", "assets/page.css"), "page.js": ("musnad.show", "assets/page.js")}
"""Bundled files that the self-contained pages have too."""
