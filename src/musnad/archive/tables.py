"""The tables of an archive: one schema for SQLite and PostgreSQL.

`coding.machine` is what the program coded and is never changed. The flat tables (`event`, `control`, `tie`,
`presence` with `party` and `place`) hold what counts now: the machine's record with the analysts' corrections laid
over it. They are made anew whenever a report is coded or corrected, and everything that answers questions
(search, incidents, holdings, exports, pages) reads them.

Days are ISO strings (`2018-03-26`), so that they compare as text. Offsets are characters of `report.body`.
Coordinates are degrees, WGS 84.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData()
Number = BigInteger().with_variant(Integer, "sqlite")


def _key() -> Column[int]:
    return Column("n", Number, primary_key=True, autoincrement=True)


def _of_report() -> Column[int]:
    return Column("report_n", Number, ForeignKey("report.n", ondelete="CASCADE"), nullable=False, index=True)


def _spot() -> list[Column[object]]:
    return [
        Column("country", Text),
        Column("lat", Float),
        Column("lon", Float),
        Column("precision_km", Float),
    ]


report = Table(
    "report",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False, index=True, comment="SHA-256 of the body"),
    Column("outlet", Text, index=True),
    Column("published", Text, index=True, comment="ISO day, or null"),
    Column("day_from", Text, comment="earliest day of publication: published, or the bound that the text allows"),
    Column("day_to", Text),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("body", Text, nullable=False),
    Column("document", Text, nullable=False, comment="the Report as JSON, with an empty body"),
    Column("source", Text, comment="file or address it was read from"),
    Column("added_at", Text, nullable=False, comment="UTC time"),
    Column("reprint_of", Number, index=True, comment="n of the first report of its group of reprints, or null"),
    Index("report_by_day", "day_from", "day_to"),
)

coding = Table(
    "coding",
    metadata,
    Column("report_n", Number, ForeignKey("report.n", ondelete="CASCADE"), primary_key=True),
    Column("version", Text, nullable=False),
    Column("codebook", Text, nullable=False, comment="digest of the codebook"),
    Column("coded_at", Text, nullable=False, index=True),
    Column("machine", Text, nullable=False, comment="the CodedReport as JSON, as the program made it"),
)

firing = Table(
    "firing",
    metadata,
    Column("name", Text, primary_key=True, comment="an entry or rule as `because` names it"),
    Column("records", Integer, nullable=False, comment="how many of the machine's records it stands behind"),
)

event = Table(
    "event",
    metadata,
    _key(),
    _of_report(),
    Column("id", Text, nullable=False, comment="id within the report: e1, e2 ..., a1 for one that an analyst added"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("day_from", Text, comment="first day of the event as far as its date is known"),
    Column("day_to", Text, comment="last day"),
    Column("near_from", Text, index=True, comment="first day on which it can have happened: its date, or publication"),
    Column("near_to", Text),
    Column("status", Text, nullable=False),
    Column("killed_min", Integer),
    Column("killed_max", Integer),
    Column("injured_min", Integer),
    Column("injured_max", Integer),
    Column("place_name", Text, comment="the first place"),
    *_spot(),
    Column("confidence", Float),
    Column("hand", Text, comment="analyst whose correction this is, or null for the machine's record"),
    Column("data", Text, nullable=False, comment="the Event as JSON"),
    Index("event_by_kind", "type", "mode"),
    Index("event_by_day", "day_from", "day_to"),
    Index("event_by_certainty", "hand", "confidence"),
)

control = Table(
    "control",
    metadata,
    _key(),
    _of_report(),
    Column("id", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("former", Text),
    Column("place_name", Text, nullable=False, index=True),
    *_spot(),
    Column("change", Text, nullable=False),
    Column("extent", Text, nullable=False),
    Column("day_from", Text),
    Column("day_to", Text),
    Column("status", Text, nullable=False),
    Column("hand", Text),
    Column("data", Text, nullable=False, comment="the Control as JSON"),
)

tie = Table(
    "tie",
    metadata,
    _key(),
    _of_report(),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("a", Text, nullable=False, index=True),
    Column("b", Text, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("hand", Text),
    Column("data", Text, nullable=False, comment="the Tie as JSON"),
)

presence = Table(
    "presence",
    metadata,
    _key(),
    _of_report(),
    Column("id", Text, nullable=False),
    Column("actor", Text, nullable=False, index=True),
    Column("place_name", Text, nullable=False),
    *_spot(),
    Column("day_from", Text),
    Column("day_to", Text),
    Column("data", Text, nullable=False, comment="the Presence as JSON"),
)

party = Table(
    "party",
    metadata,
    Column("kind", Text, nullable=False, comment="event, control, tie or presence"),
    Column("of_n", Number, nullable=False, comment="n of that event, control, ..."),
    _of_report(),
    Column("role", Text, nullable=False, comment="actor, recipient, holder, former, a, b, narrator"),
    Column(
        "rank", Integer, nullable=False, comment="place in its list; of narrators: 0 speaks last, nearest the outlet"
    ),
    Column("actor", Text, nullable=False, comment="actor id"),
    Column("side", Text, nullable=False, comment="the side that the id stands for (musnad.sides)"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Index("party_of", "kind", "of_n"),
    Index("party_by_actor", "actor", "kind", "role"),
    Index("party_by_side", "side", "kind", "role"),
)

place = Table(
    "place",
    metadata,
    Column("kind", Text, nullable=False, comment="event, control or presence"),
    Column("of_n", Number, nullable=False),
    _of_report(),
    Column("rank", Integer, nullable=False),
    Column("name", Text, nullable=False),
    *_spot(),
    Column("place_kind", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Index("place_of", "kind", "of_n"),
    Index("place_by_name", "name", "country"),
)

correction = Table(
    "correction",
    metadata,
    _key(),
    Column("report_id", Text, nullable=False, index=True),
    Column("digest", Text, nullable=False, comment="of the body it was made on"),
    Column("kind", Text, nullable=False, comment="event, control or tie"),
    Column(
        "start",
        Integer,
        nullable=False,
        comment="the trigger's span (of a tie: its evidence's): what it is anchored on",
    ),
    Column("end", Integer, nullable=False),
    Column("verdict", Text, nullable=False, comment="accept, change, reject or add"),
    Column("machine", Text, comment="the machine's record as the analyst saw it, JSON"),
    Column("record", Text, comment="the record that counts instead, JSON (change, add)"),
    Column("analyst", Text, nullable=False),
    Column("made_at", Text, nullable=False, comment="UTC time"),
    Column("note", Text),
    Column("settled", Boolean, nullable=False, comment="settles a difference between analysts"),
    Column(
        "sealed",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="counts nowhere until both analysts of a double reading are done",
    ),
    Index("correction_on", "digest", "start"),
)

reading = Table(
    "reading",
    metadata,
    Column("report_id", Text, primary_key=True),
    Column("analyst", Text, primary_key=True, comment="one of the two who read the report unseen by each other"),
    Column("assigned_at", Text, nullable=False, comment="UTC time"),
    Column("done_at", Text, comment="UTC time, or null while the analyst still reads"),
)

mark = Table(
    "mark",
    metadata,
    Column("digest", Text, primary_key=True, comment="of the body that was read"),
    Column("analyst", Text, primary_key=True),
    Column("report_id", Text, nullable=False, index=True),
    Column("machine", Text, nullable=False, comment="the machine's record as the analyst read it, JSON"),
    Column("made_at", Text, nullable=False, comment="UTC time"),
)

incident = Table(
    "incident",
    metadata,
    _key(),
    Column("key", Text, nullable=False, unique=True, comment="stable name made of its first mention"),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("day_from", Text, index=True),
    Column("day_to", Text),
    Column("place_name", Text),
    *_spot(),
    Column("killed_min", Integer),
    Column("killed_max", Integer),
    Column("injured_min", Integer),
    Column("injured_max", Integer),
    Column("mentions", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("chains", Integer, nullable=False, comment="how many independent chains tell it"),
    Column("denied", Boolean, nullable=False),
    Column("disputed", Text, nullable=False, comment="points on which its accounts differ: doer,toll,place,happened"),
    Column("first_published", Text),
    Column("last_published", Text, index=True),
)

incident_event = Table(
    "incident_event",
    metadata,
    Column("event_n", Number, ForeignKey("event.n", ondelete="CASCADE"), primary_key=True),
    Column("incident_n", Number, ForeignKey("incident.n", ondelete="CASCADE"), nullable=False, index=True),
)

telling = Table(
    "telling",
    metadata,
    _key(),
    _of_report(),
    Column("data", Text, nullable=False, comment="all that the report says of one event, as joining sees it, JSON"),
)

telling_block = Table(
    "telling_block",
    metadata,
    Column("block", Text, primary_key=True, comment="tellings that share a block are compared"),
    Column("telling_n", Number, ForeignKey("telling.n", ondelete="CASCADE"), primary_key=True, index=True),
)

telling_pair = Table(
    "telling_pair",
    metadata,
    Column("a", Number, ForeignKey("telling.n", ondelete="CASCADE"), primary_key=True),
    Column("b", Number, ForeignKey("telling.n", ondelete="CASCADE"), primary_key=True, index=True),
    Column("block", Text, primary_key=True, index=True, comment="the block in which they met"),
    Column("worth", Float, nullable=False, comment="log odds of their being one event"),
)

holding = Table(
    "holding",
    metadata,
    _key(),
    Column("place_name", Text, nullable=False, index=True),
    *_spot(),
    Column("extent", Text, nullable=False, comment="whole, part, ..."),
    Column("holder", Text, comment="actor id; null while nobody reports"),
    Column("state", Text, nullable=False, comment="held, contested or silent"),
    Column("day_from", Text),
    Column("day_to", Text),
    Column("data", Text, nullable=False, comment="evidence: controls and captures with their chains, JSON"),
    Index("holding_by_day", "day_from", "day_to"),
)

holding_report = Table(
    "holding_report",
    metadata,
    Column("holding_n", Number, ForeignKey("holding.n", ondelete="CASCADE"), primary_key=True),
    Column("report_n", Number, ForeignKey("report.n", ondelete="CASCADE"), primary_key=True, index=True),
)

stale = Table(
    "stale",
    metadata,
    Column("kind", Text, primary_key=True, comment="what must be made anew: incident or holding"),
    Column("key", Text, primary_key=True, comment="a report's n, or a place's name and country"),
)

sketch = Table(
    "sketch",
    metadata,
    Column("band", Integer, primary_key=True),
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column(
        "report_n",
        Number,
        ForeignKey("report.n", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
)

feed = Table(
    "feed",
    metadata,
    _key(),
    Column("url", Text, nullable=False, unique=True),
    Column("outlet", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("fetched_at", Text),
    Column("outcome", Text, comment="what the last fetch gave"),
)

raw = Table(
    "raw",
    metadata,
    _key(),
    Column("url", Text, nullable=False),
    Column("digest", Text, nullable=False, comment="SHA-256 of the bytes"),
    Column("fetched_at", Text, nullable=False),
    Column("content_type", Text),
    Column("bytes", LargeBinary, nullable=False, comment="as received, packed with zstd"),
    UniqueConstraint("url", "digest"),
)
