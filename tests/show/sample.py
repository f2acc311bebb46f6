"""One report with one record of every kind, made by hand, for the tests of tables and pages."""

from __future__ import annotations

from musnad.record import (
    Actor,
    CodedReport,
    Control,
    Event,
    Link,
    Maker,
    Place,
    Presence,
    Span,
    Tie,
)
from musnad.report import Block, RelatedLink, Report

BODY = (
    "رقيم – دير الزور\n"
    "نقل المرصد السوري عن مصادر محلية أن طائرات روسية قصفت مواقع قسد قرب كونيكو أمس، ما أدى إلى مقتل خمسة مقاتلين.\n"
    "ونفت موسكو القصف. وتسيطر قسد، المدعومة من التحالف الدولي، على معمل كونيكو."
)
NOTE = "Written for Musnad from public facts; not news"


def span(words: str, nth: int = 1) -> Span:
    """The nth place of some words in the body."""
    start = -1
    for _ in range(nth):
        start = BODY.index(words, start + 1)
    return Span(start, start + len(words), words)


def actor(words: str, id: str, nth: int = 1) -> Actor:
    s = span(words, nth)
    return Actor(s.start, s.end, s.text, id)


def place(words: str, name: str, nth: int = 1) -> Place:
    s = span(words, nth)
    return Place(s.start, s.end, s.text, name, "SYR", 35.1, 40.3)


REPORT = Report(
    id="sample-1",
    title="قصف قرب كونيكو وموسكو تنفي",
    body=BODY,
    outlet="وكالة رقيم",
    published="2017-09-17",
    byline="مراسل",
    blocks=(Block(0, 16, "dateline"),),
    related=(RelatedLink("خبر آخر"),),
    note=NOTE,
)

_BOMBED = Event(
    id="e1",
    trigger=span("قصفت"),
    type="ASSAULT",
    mode="airstrike",
    actors=(actor("طائرات روسية", "RUS-MIL"),),
    recipients=(actor("قسد", "SDF"),),
    places=(place("كونيكو", "Conoco gas plant"),),
    date="2017-09-16",
    date_span=span("أمس"),
    killed=(5, 5),
    injured=None,
    toll_spans=(span("خمسة مقاتلين"),),
    status="happened",
    chain=(actor("المرصد السوري", "SOHR"), actor("مصادر محلية", "ANON")),
    because=("events/assault.tsv:قصف",),
)
_DENIED = Event(
    id="e2",
    trigger=span("القصف"),
    type="ASSAULT",
    mode="airstrike",
    actors=(),
    recipients=(),
    places=(),
    date=None,
    killed=None,
    injured=(0, 0),
    status="denied",
    chain=(actor("موسكو", "RUS-GOV"),),
)
CODED = CodedReport(
    id="sample-1",
    published="2017-09-17",
    events=(_BOMBED, _DENIED),
    control=(
        Control(
            id="c1", trigger=span("وتسيطر"), holder=actor("قسد", "SDF", 2),
            place=place("معمل كونيكو", "Conoco gas plant"), change="holds",
            former=actor("موسكو", "RUS-GOV"), date=None, status="happened", chain=(), extent="part",
        ),
    ),
    ties=(
        Tie(
            "t1", "backs", actor("التحالف الدولي", "CJTF-OIR"), actor("قسد", "SDF", 2),
            span("المدعومة من التحالف الدولي"),
        ),
    ),
    presence=(Presence("p1", span("مواقع"), actor("قسد", "SDF"), place("كونيكو", "Conoco gas plant"), None, ()),),
    links=(Link("l1", "answer", "e2", "e1", span("ونفت")),),
    by=Maker("0.1.0", "0123456789abcdef", REPORT.digest()),
    outlet="وكالة رقيم",
    note=NOTE,
)  # fmt: skip
