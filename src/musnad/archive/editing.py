"""Corrections in a user's words: `REPORT#RECORD` and `FIELD=VALUE`, and the gold that comes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from musnad.archive import corrections, marks
from musnad.archive.corrections import KINDS, Record, kind_of
from musnad.codebook.entries import MODES
from musnad.errors import UsageError
from musnad.record import Change, CodedReport, EventType, Status, TieKind, to_json

if TYPE_CHECKING:
    from musnad.archive.archive import Archive, Stored

LISTS = {"actor": "actors", "recipient": "recipients", "narrator": "chain", "place": "places"}
ALLOWED = {
    "type": get_args(EventType),
    "status": get_args(Status),
    "change": get_args(Change),
    "kind": get_args(TieKind),
}


ADDED: dict[str, dict[str, Any]] = {
    "event": {
        "type": None, "mode": None, "actors": [], "recipients": [], "places": [], "date": None, "killed": None,
        "injured": None, "status": "happened", "chain": [],
    },
    "control": {
        "holder": None, "place": None, "change": None, "from": None, "date": None, "status": "happened", "chain": [],
    },
    "tie": {"kind": None, "a": None, "b": None},
}  # fmt: skip
"""What an added record holds before its fields are set; the fields without a value that must get one are NEEDED."""
NEEDED = {"event": ("type",), "control": ("holder", "place", "change"), "tie": ("kind", "a", "b")}
LONGEST = 200
"""Characters that the trigger of an added record may have."""


def _named_report(archive: Archive, report_id: str) -> Stored:
    stored = archive.report(report_id)
    if stored is None:
        raise UsageError(f"{report_id}: the archive has no such report")
    return stored


def _address(archive: Archive, address: str) -> tuple[Stored, str]:
    report_id, mark, name = address.rpartition("#")
    if not mark or not report_id or not name:
        raise UsageError(f"{address}: write it as REPORT#RECORD, for example raqim-2017-09-23#e2")
    return _named_report(archive, report_id), name


def _every(coded: CodedReport) -> dict[str, Record]:
    told: tuple[Record, ...] = (*coded.events, *coded.control, *coded.ties)
    return {r.id: r for r in told}


def _nothing(address: str, names: dict[str, Record]) -> UsageError:
    report_id, _, name = address.rpartition("#")
    return UsageError(f"{report_id} has no record {name}; it has {', '.join(names) or 'none'}")


def correct_record(
    archive: Archive, address: str, analyst: str, *, accept: bool = False, reject: bool = False,
    changes: Sequence[str] = (), note: str | None = None, blind: bool = True,
) -> int:  # fmt: skip
    """Accept, reject or change a record; returns the number of the correction.

    What is accepted or changed is the record as this analyst reads it: the machine's, with the analyst's own earlier
    corrections and nobody else's. With `blind` false it is the record that counts now, for pages that show that one.
    Accepting a record that one rejected takes it back as the machine has it. Raises UsageError.
    """
    if accept + reject + bool(changes) != 1:
        raise UsageError("say one of --accept, --reject or --set FIELD=VALUE")
    analyst = analyst.strip()
    stored, name = _address(archive, address)
    said = corrections.on(archive, stored)
    mine = [c for c in said if c.analyst == analyst and not c.settled] if blind else corrections.visible(said, analyst)
    reading = _every(corrections.own(stored.machine, said, analyst) if blind else stored.coded)
    known = corrections.bases(stored.machine, said)
    seen = _every(stored.machine) | {n: known[n] for n in corrections.name_added(mine).values() if n in known}
    record = reading.get(name) or seen.get(name)
    if record is None:
        raise _nothing(address, seen)
    base = known[name]
    if reject:
        return corrections.make(archive, stored.report.id, "reject", analyst, machine=base, note=note)
    changed = changed_record(record, changes, stored.report.body) if changes else record
    if accept and changed == base:
        return corrections.make(archive, stored.report.id, "accept", analyst, machine=base, note=note)
    return corrections.make(archive, stored.report.id, "change", analyst, machine=base, record=changed, note=note)


def settle(
    archive: Archive, address: str, analyst: str, *, accept: bool = False, reject: bool = False,
    side_with: str | None = None, changes: Sequence[str] = (), note: str | None = None,
) -> int:  # fmt: skip
    """Settle what a record is after analysts differed; the settling word counts before all others.

    `accept` takes the machine's record (of an added one: as it was added), `reject` none, `side_with` the record as
    that analyst reads it; `changes` change the one that is taken (the machine's when no analyst is named). Returns the
    number of the correction. Raises UsageError.
    """
    if accept + reject + bool(side_with or changes) != 1:
        raise UsageError("settle it by one of --accept, --reject, --side-with NAME or --set FIELD=VALUE")
    stored, name = _address(archive, address)
    said = corrections.on(archive, stored)
    known = corrections.bases(stored.machine, said)
    if name not in known:
        raise _nothing(address, known)
    base = known[name]
    taken: Record | None = base
    if side_with is not None:
        if not any(c.analyst == side_with for c in said):
            raise UsageError(f"{side_with} has said nothing of {stored.report.id}")
        taken = _every(corrections.own(stored.machine, said, side_with)).get(name)
    if taken is not None and changes:
        taken = changed_record(taken, changes, stored.report.body)
    elif changes:
        raise UsageError(f"{side_with} rejects {address}; there is nothing to change")
    if reject or taken is None:
        return corrections.make(
            archive, stored.report.id, "reject", analyst, machine=base, note=note, settled=True
        )  # fmt: skip
    if taken == base:
        return corrections.make(archive, stored.report.id, "accept", analyst, machine=base, note=note, settled=True)
    return corrections.make(
        archive, stored.report.id, "change", analyst, machine=base, record=taken, note=note, settled=True
    )


def add_record(
    archive: Archive, report_id: str, analyst: str, kind: corrections.Kind, words: str | tuple[int, int],
    changes: Sequence[str], *, note: str | None = None,
) -> int:  # fmt: skip
    """Add a record that the machine missed; returns the number of the correction.

    `words` are its trigger (of a tie: its evidence), as they stand in the report once, or as the offsets of their
    characters; `changes` set its fields as in `changed_record`. Raises UsageError.
    """
    stored = _named_report(archive, report_id)
    body = stored.report.body
    start, end = _only(words, body) if isinstance(words, str) else words
    if not 0 <= start < end <= len(body) or end - start > LONGEST:
        raise UsageError(f"characters {start} to {end} are no word of the report")
    span = {"start": start, "end": end, "text": body[start:end]}
    data = {"id": "a", "evidence" if kind == "tie" else "trigger": span} | ADDED[kind]
    _set(data, changes, body, start)
    lacks = [f for f in NEEDED[kind] if data[f] is None]
    if lacks:
        raise UsageError(f"an added {kind} needs a value for {', '.join(lacks)}")
    record = _valid(data, kind)
    here = _every(corrections.own(stored.machine, corrections.on(archive, stored), analyst.strip()))
    same = next((r.id for r in here.values() if corrections.key_of(r) == corrections.key_of(record)), None)
    if same is not None:
        raise UsageError(f"{report_id} has {same} on these words already; change that one")
    return corrections.make(archive, report_id, "add", analyst, record=record, note=note)


def _only(words: str, body: str) -> tuple[int, int]:
    """Where words stand: the offsets `12-17`, or words that the report has once. Raises UsageError."""
    first, dash, last = words.partition("-")
    if dash and first.isascii() and first.isdigit() and last.isascii() and last.isdigit():
        return int(first), int(last)
    spots = [m.start() for m in re.finditer(re.escape(words), body)] if words else []
    if not spots:
        raise UsageError(f"the report does not say {words!r}")
    if len(spots) > 1:
        told = ", ".join(f"{s}-{s + len(words)}" for s in spots)
        raise UsageError(f"the report says {words!r} more than once; name the characters: {told}")
    return spots[0], spots[0] + len(words)


def changed_record(record: Record, changes: Sequence[str], body: str) -> Record:
    """A record with fields set. Parties and places quote the report: `actor=SDF@قوات سوريا الديمقراطية`; several are
    joined by `;`, nothing empties the list. Raises UsageError for what is not understood."""
    data: dict[str, Any] = msgspec.to_builtins(record)
    _set(data, changes, body, corrections.anchor(record)[0])
    return _valid(data, kind_of(record))


def _set(data: dict[str, Any], changes: Sequence[str], body: str, near: int) -> None:
    """Set fields of a record's data; words are looked for nearest to the character `near`."""
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
    if data.get("mode") and data["mode"] not in MODES.get(data["type"], ()):
        if any(c.partition("=")[0].strip() == "mode" for c in changes):
            told = ", ".join(MODES.get(data["type"], ())) or "none"
            raise UsageError(f"--set mode: {data['mode']!r} is no mode of {data['type']}; there is {told}")
        data["mode"] = None  # it was that of another type


def _valid(data: dict[str, Any], kind: str) -> Record:
    try:
        return msgspec.convert(data, KINDS[kind])
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
    """The records of the reports that analysts corrected or marked as read, as lines of JSON: as they count now, or as
    one analyst reads. A report marked as read comes as it was read, with the corrections laid over it."""
    marked = {m.report_id: m for m in marks.of(archive, analyst)}  # the latest of each
    corrected = {c.report_id for c in corrections.of(archive, analyst=analyst) if analyst or not c.sealed}
    ids = sorted(corrected | marked.keys())
    for i in ids:
        coded: CodedReport | None = marks.as_read(archive, marked[i], analyst) if i in marked else None
        if coded is None and analyst is None:
            stored = archive.report(i)
            coded = stored.coded if stored is not None else None
        elif coded is None and analyst is not None:
            coded = corrections.reading_of(archive, i, analyst)
        if coded is not None:
            yield to_json(coded)
