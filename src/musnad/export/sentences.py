"""A record as one plain sentence, in Arabic or English: who did what to whom, where and when, and who says so."""

from __future__ import annotations

from typing import Literal

from musnad.record import Event
from musnad.show.labels import label
from musnad.show.names import name

Lang = Literal["ar", "en"]


def sentence(e: Event, lang: Lang, outlet: str | None) -> str:
    """An event as a sentence."""
    comma = "، " if lang == "ar" else ", "
    kind = label(f"mode.{e.mode}" if e.mode and e.mode != "other" else f"type.{e.type}", lang)
    actors = comma.join(name(a.id, lang) for a in e.actors)
    recipients = comma.join(name(a.id, lang) for a in e.recipients)
    places = comma.join(p.text if lang == "ar" else p.name for p in e.places)
    chain = [name(a.id, lang) for a in e.chain]
    status = label(f"status.{e.status}", lang) if e.status != "happened" else ""
    if lang == "ar":
        parts = [f"{kind} ({status})" if status else kind]
        parts += [f"من جانب {actors}"] if actors else []
        parts += [f"على {recipients}"] if recipients else []
        parts += [f"في {places}"] if places else []
        parts += [f"بتاريخ {e.date}"] if e.date else []
        parts += [f"القتلى {_toll(e.killed)}"] if e.killed else []
        parts += [f"الجرحى {_toll(e.injured)}"] if e.injured else []
        parts += ["بحسب " + " نقلاً عن ".join([x for x in [outlet, *chain] if x])] if chain or outlet else []
        return "، ".join(parts) + "."
    parts = [f"{kind} ({status})" if status else kind]
    parts += [f"by {actors}"] if actors else []
    parts += [f"against {recipients}"] if recipients else []
    parts += [f"in {places}"] if places else []
    parts += [f"on {e.date}"] if e.date else []
    text = " ".join(parts)
    text += f", killed: {_toll(e.killed)}" if e.killed else ""
    text += f", injured: {_toll(e.injured)}" if e.injured else ""
    text += ", according to " + " citing ".join([x for x in [outlet, *chain] if x]) if chain or outlet else ""
    return text[:1].upper() + text[1:] + "."


def _toll(t: tuple[int, int | None]) -> str:
    return f"{t[0]}" if t[0] == t[1] else f"{t[0]}+" if t[1] is None else f"{t[0]}-{t[1]}"
