"""One report as one self-contained page: the text with its evidence marked, and its records beside it.

The page asks nothing of any network: style and script stand in it, and its content security policy names their
digests, so that nothing a report holds can run. Both languages are in the page; the reader turns between them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from musnad.record import CodedReport
from musnad.report import Report
from musnad.show.bidi import HIDDEN, name, visible
from musnad.show.labels import LANGS, Lang, label
from musnad.show.marks import KINDS, pieces
from musnad.show.names import both_names
from musnad.show.terminal import toll


def page(report: Report, coded: CodedReport, lang: Lang = "en", *, index: str | None = None) -> str:
    """The page of one report, opened in `lang`. `index` is the address of a list to go back to."""
    return _render("report.html", lang, report=report, coded=coded, pieces=pieces(report, coded), index=index)


def index(entries: Iterable[tuple[str, Report, CodedReport]], lang: Lang = "en") -> str:
    """The page that lists several reports: each entry is (address of its page, report, record)."""
    return _render("index.html", lang, entries=list(entries))


def _render(template: str, lang: Lang, **values: object) -> str:
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        _environment()
        .get_template(template)
        .render(lang=lang, style=Markup(style), script=Markup(script), policy=policy, kinds=KINDS, **values)
    )


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FunctionLoader(_asset), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters.update(shown=shown, plain=visible, toll=toll, named=both_names)
    env.globals.update(t=both)
    return env


@cache
def _asset(file: str) -> str:
    return files("musnad.show").joinpath("assets", file).read_text("utf8")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def both(key: str) -> Markup:
    """A label in both languages; the page's style shows the one that is read."""
    return Markup("").join(
        Markup('<span data-l="{0}" lang="{0}">{1}</span>').format(lang, label(key, lang)) for lang in LANGS
    )


def shown(text: str | None) -> Markup:
    """A report's own text, escaped, with characters that hide or turn text shown as small signs."""
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    out, at = Markup(""), 0
    for found in HIDDEN.finditer(text):
        sign = name(found.group())
        title = f"U+{ord(found.group()):04X}"
        out += escape(text[at : found.start()]) + Markup('<i class="hidden-mark" title="{}">{}</i>').format(title, sign)
        at = found.end()
    return out + escape(text[at:])
