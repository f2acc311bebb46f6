"""Corrections in a user's words: `REPORT#RECORD` and `FIELD=VALUE`, and the gold that comes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from musnad.archive import corrections
from musnad.archive.corrections import KINDS, Record, kind_of
from musnad.errors import UsageError
from musnad.record import Change, CodedReport, Event, EventType, Span, Status, TieKind, to_json

if TYPE_CHECKING:
    from musnad.archive.archive import Archive, Stored

LISTS = {"actor": "actors", "recipient": "recipients", "narrator": "chain", "place": "places"}
ALLOWED = {
    "type": get_args(EventType),
    "status": get_args(Status),
    "change": get_args(Change),
    "kind": get_args(TieKind),
}


def find_record(archive: Archive, address: str) -> tuple[Stored, Record]:
    """The report and the record that count now, by `REPORT#RECORD`. Raises UsageError when there is none."""
    report_id, mark, name = address.rpartition("#")
    if not mark or not report_id or not name:
        raise UsageError(f"{address}: write it as REPORT#RECORD, for example raqim-2017-09-23#e2")
    stored = archive.report(report_id)
    if stored is None:
        raise UsageError(f"{report_id}: the archive has no such report")
    every: list[Record] = [*stored.coded.events, *stored.coded.control, *stored.coded.ties]
    for r in every:
        if r.id == name:
            return stored, r
    raise UsageError(f"{report_id} has no record {name}; it has {', '.join(r.id for r in every) or 'none'}")


def correct_record(
    archive: Archive, address: str, analyst: str, *, accept: bool = False, reject: bool = False,
    changes: Sequence[str] = (), note: str | None = None,
) -> int:  # fmt: skip
    """Accept, reject or change a record; returns the number of the correction."""
    if accept + reject + bool(changes) != 1:
        raise UsageError("say one of --accept, --reject or --set FIELD=VALUE")
    stored, record = find_record(archive, address)
    if not changes:
        verdict: corrections.Verdict = "accept" if accept else "reject"
        return corrections.make(archive, stored.report.id, verdict, analyst, machine=record, note=note)
    changed = changed_record(record, changes, stored.report.body)
    return corrections.make(archive, stored.report.id, "change", analyst, machine=record, record=changed, note=note)


def add_event(
    archive: Archive, report_id: str, analyst: str, trigger: tuple[int, int], changes: Sequence[str], *,
    note: str | None = None,
) -> int:  # fmt: skip
    """Add an event that the machine missed; `trigger` are the characters of its word, `changes` its fields as in
    `changed_record` (`type` among them). Returns the number of the correction."""
    stored = archive.report(report_id)
    if stored is None:
        raise UsageError(f"{report_id}: the archive has no such report")
    start, end = trigger
    body = stored.report.body
    if not 0 <= start < end <= len(body) or end - start > 200:
        raise UsageError(f"characters {start} to {end} are no word of the report")
    bare = Event(
        id="a", trigger=Span(start, end, body[start:end]), type="ASSAULT", mode=None, actors=(), recipients=(),
        places=(), date=None, killed=None, injured=None, status="happened", chain=(),
    )  # fmt: skip
    event = changed_record(bare, changes, body)
    return corrections.make(archive, report_id, "add", analyst, record=event, note=note)


def changed_record(record: Record, changes: Sequence[str], body: str) -> Record:
    """A record with fields set. Parties and places quote the report: `actor=SDF@قوات سوريا الديمقراطية`; several are
    joined by `;`, nothing empties the list. Raises UsageError for what is not understood."""
    data: dict[str, Any] = msgspec.to_builtins(record)
    near = corrections.anchor(record)[0]
    for change in changes:
        field, equals, value = change.partition("=")
        if not equals:
            raise UsageError(f"--set {change}: write it as FIELD=VALUE")
        field, value = field.strip(), value.strip()
        if field in ALLOWED and field in data:
            if value not in ALLOWED[field]:
                raise UsageError(f"--set {field}: {value!r} is not one of {', '.join(ALLOWED[field])}")
            data[field] = value
        elif field in ("mode", "date") and field in data:
            data[field] = value or None
        elif field in ("killed", "injured") and field in data:
            data[field] = _toll(field, value)
        elif field in LISTS and LISTS[field] in data:
            data[LISTS[field]] = [_named(field, v, body, near) for v in value.split(";") if v.strip()]
        elif field in ("holder", "former", "a", "b", "place") and (field in data or field == "former"):
            name = "from" if field == "former" else field
            data[name] = _named(field, value, body, near) if value else None
        else:
            raise UsageError(f"--set {field}: a record of this kind has no such field")
    try:
        return msgspec.convert(data, KINDS[kind_of(record)])
    except msgspec.ValidationError as error:
        raise UsageError(f"the record would not be valid: {error}") from None


def _toll(field: str, value: str) -> list[int | None] | None:
    if not value:
        return None
    low, dash, high = value.partition("-")
    open_ended = value.endswith("+")
    try:
        first = int(low.rstrip("+"))
        last = None if open_ended else int(high) if dash else first
    except ValueError:
        raise UsageError(f"--set {field}: write 5, 5-7 or 5+") from None
    if first < 0 or (last is not None and last < first):
        raise UsageError(f"--set {field}: {value!r} is no range of people")
    return [first, last]


def _named(field: str, value: str, body: str, near: int) -> dict[str, Any]:
    """A party (`ID@words`) or place (`NAME@words` or words) with the occurrence of the words nearest to the trigger."""
    name, at, quote = value.strip().partition("@")
    quote = quote.strip() if at else name
    spots = []
    start = body.find(quote) if quote else -1
    while start >= 0:
        spots.append(start)
        start = body.find(quote, start + 1)
    if not spots:
        raise UsageError(f"--set {field}: the report does not say {quote!r}; quote its words after @")
    start = min(spots, key=lambda s: abs(s - near))
    span = {"start": start, "end": start + len(quote), "text": quote}
    if field != "place":
        if not at:
            raise UsageError(f"--set {field}: write it as ID@words of the report")
        return span | {"id": name}
    from musnad.codebook import load
    from musnad.coding.places import resolve_place

    book = load().places
    found = resolve_place(name, book)
    if found is None:
        same = [e for e in book.entries if e.name.casefold() == name.casefold()]
        if not same:
            raise UsageError(f"--set place: the gazetteer has no {name!r}")
        e = max(same, key=lambda e: (e.weight, e.id))
        told = {"name": e.name, "country": e.country, "lat": e.lat, "lon": e.lon, "precision_km": e.km, "kind": e.kind}
    else:
        told = {
            "name": found.name, "country": found.country, "lat": found.lat, "lon": found.lon,
            "precision_km": found.precision_km, "kind": found.kind,
        }  # fmt: skip
    return span | told


def gold(archive: Archive, analyst: str | None = None) -> Iterator[bytes]:
    """The records of the reports that analysts read, as lines of JSON: as they count now, or as one analyst reads."""
    ids = sorted({c.report_id for c in corrections.of(archive, analyst=analyst)})
    for i in ids:
        coded: CodedReport | None
        if analyst is None:
            stored = archive.report(i)
            coded = stored.coded if stored is not None else None
        else:
            coded = corrections.reading_of(archive, i, analyst)
        if coded is not None:
            yield to_json(coded)


def agreement(archive: Archive, one: str, other: str) -> Any:
    """How far two analysts agree on the reports that both read (`musnad.scoring.score`): the first is taken as gold."""
    from musnad.scoring import judged, score

    both = {c.report_id for c in corrections.of(archive, analyst=one)} & {
        c.report_id for c in corrections.of(archive, analyst=other)
    }
    readings = {
        who: {i: judged(c) for i in sorted(both) if (c := corrections.reading_of(archive, i, who)) is not None}
        for who in (one, other)
    }
    return score(readings[one], readings[other])


def unsettled(archive: Archive) -> list[tuple[str, str, int, int, list[corrections.Correction]]]:
    """Records on which analysts differ and nobody has settled it: (report, kind, start, end, what each says)."""
    said: dict[tuple[str, str, int, int], dict[str, corrections.Correction]] = {}
    settled: set[tuple[str, str, int, int]] = set()
    for c in corrections.of(archive):
        key = (c.report_id, c.kind, c.start, c.end)
        said.setdefault(key, {})[c.analyst] = c
        if c.settled:
            settled.add(key)
    out = []
    for key, words in sorted(said.items()):
        verdicts = {(c.verdict, c.record) for c in words.values()}
        if key not in settled and len(words) > 1 and len(verdicts) > 1:
            out.append((*key, [words[a] for a in sorted(words)]))
    return out
