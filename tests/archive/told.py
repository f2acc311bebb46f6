"""Records of the example reports as a careful reader would write them, for tests of incidents and holdings."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from musnad.record import Actor, CodedReport, Control, Event, Place, Span
from musnad.report import Report

EXAMPLES = Path(__file__).parents[2] / "examples"
CONOCO = ("Conoco gas plant", "SYR", 35.3, 40.3, 2.0)
INDUSTRIAL = ("Industrial zone of Deir ez-Zor", "SYR", 35.37, 40.2, 3.0)


@cache
def examples() -> dict[str, Report]:
    """The example reports by id."""
    found: dict[str, Report] = {}
    for path in sorted(EXAMPLES.glob("*.jsonl")):
        for line in path.read_text("utf8").splitlines():
            row = json.loads(line)
            row.pop("note")
            found[row["id"]] = Report(**row)
    return found


class Hand:
    """Writes records into one report by quoting its words."""

    def __init__(self, id: str) -> None:
        self.report = examples()[id]
        self.events: list[Event] = []
        self.control: list[Control] = []

    def span(self, quote: str) -> Span:
        """The first occurrence of a quote."""
        start = self.report.body.index(quote)
        return Span(start, start + len(quote), quote)

    def actor(self, quote: str, id: str) -> Actor:
        """A party by its words."""
        s = self.span(quote)
        return Actor(s.start, s.end, s.text, id)

    def place(self, quote: str, where: tuple[str, str, float, float, float]) -> Place:
        """A place by its words."""
        s = self.span(quote)
        return Place(s.start, s.end, s.text, *where)

    def event(
        self, trigger: str, type: str, mode: str | None, actors: list[Actor], recipients: list[Actor],
        places: list[Place],
        date: str | None, chain: list[Actor], *, status: str = "happened", killed: tuple[int, int] | None = None,
        injured: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """One event."""
        self.events.append(Event(
            f"e{len(self.events) + 1}", self.span(trigger), type, mode, tuple(actors), tuple(recipients), tuple(places),
            date, killed, injured, status, tuple(chain),
        ))  # type: ignore[arg-type]  # fmt: skip

    def holds(
        self, trigger: str, holder: Actor, place: Place, change: str, former: Actor | None, date: str | None,
        chain: list[Actor], *, status: str = "happened",
    ) -> None:  # fmt: skip
        """One statement of control."""
        self.control.append(Control(
            f"c{len(self.control) + 1}", self.span(trigger), holder, place, change, former, date, status, tuple(chain)
        ))  # type: ignore[arg-type]  # fmt: skip

    def pair(self) -> tuple[Report, CodedReport]:
        """The report with its record."""
        r = self.report
        return r, CodedReport(r.id, r.published, tuple(self.events), tuple(self.control), outlet=r.outlet)


def conoco() -> list[tuple[Report, CodedReport]]:
    """September 2017: the strikes on the SDF, Moscow's denials, and who took the Conoco gas plant."""
    told = []
    a = Hand("sada-2017-09-16")
    a.event(
        "أغارت", "ASSAULT", "airstrike", [a.actor("طائرات روسية", "RUS-MIL")], [a.actor("«قسد»", "SDF")],
        [a.place("المنطقة الصناعية", INDUSTRIAL)], "2017-09-16", [a.actor("المجلس العسكري في دير الزور", "SDF")],
        injured=(6, 6),
    )  # fmt: skip
    told.append(a.pair())
    a = Hand("raqim-2017-09-17")
    ministry = a.actor("وزارة الدفاع الروسية", "RUS-GOV")
    a.event("نفت", "REJECT", None, [ministry], [], [], "2017-09-17", [])
    a.event(
        "قصفت", "ASSAULT", "airstrike", [a.actor("طائراته", "RUS-MIL")], [a.actor("قوات سوريا الديمقراطية", "SDF")], [],
        None, [ministry], status="denied",
    )  # fmt: skip
    a.event(
        "استهداف", "ASSAULT", "attack", [a.actor("روسيا", "RUS-MIL")], [a.actor("مقاتليها", "SDF")],
        [a.place("المنطقة الصناعية", INDUSTRIAL)], "2017-09-16", [a.actor("هذه القوات", "SDF")], injured=(6, 6),
    )  # fmt: skip
    told.append(a.pair())
    a = Hand("qasioun-2017-09-18")
    a.event(
        "لغارة", "ASSAULT", "airstrike", [a.actor("روسية", "RUS-MIL")], [a.actor("ميليشيا «قسد»", "SDF")], [],
        "2017-09-16", [a.actor("ميليشيا «قسد»", "SDF")],
    )  # fmt: skip
    told.append(a.pair())
    a = Hand("raqim-2017-09-23")
    sdf, plant = a.actor("قوات سوريا الديمقراطية", "SDF"), a.place("حقل ومعمل كونيكو للغاز", CONOCO)
    isis = a.actor("تنظيم الدولة الإسلامية", "ISIS")
    a.event("سيطرتها", "ASSAULT", "capture", [sdf], [isis], [plant], "2017-09-23", [sdf])
    a.holds("سيطرتها", sdf, plant, "gained", isis, "2017-09-23", [sdf])
    told.append(a.pair())
    a = Hand("sada-2017-09-25")
    plant = a.place("معمل كونيكو للغاز", CONOCO)
    a.event("حررته", "ASSAULT", "capture", [a.actor("قواتنا", "SDF")], [], [plant], "2017-09-23", [])
    a.holds("حررته", a.actor("قواتنا", "SDF"), plant, "gained", None, "2017-09-23", [])
    a.event(
        "لقصف", "ASSAULT", "shelling", [a.actor("القوات الروسية", "RUS-MIL"), a.actor("قوات النظام", "SYR-MIL")],
        [a.actor("قواتنا", "SDF")], [plant], "2017-09-25", [],
    )  # fmt: skip
    a.event(
        "القصف", "ASSAULT", "shelling", [], [a.actor("مقاتل", "SDF")], [], None,
        [a.actor("القيادة العامة لقوات سوريا الديمقراطية", "SDF")], killed=(1, 1), injured=(2, 2),
    )  # fmt: skip
    told.append(a.pair())
    a = Hand("qasioun-2017-09-26")
    ministry = a.actor("وزارة الدفاع الروسية", "RUS-GOV")
    a.event("نفت", "REJECT", None, [ministry], [], [], None, [])
    a.event(
        "قصفت", "ASSAULT", "shelling", [a.actor("قواتها", "RUS-MIL")], [], [a.place("معمل كونيكو للغاز", CONOCO)], None,
        [ministry], status="denied",
    )  # fmt: skip
    told.append(a.pair())
    a = Hand("dafatir-2018-02-khasham")
    a.holds(
        "لسيطر", a.actor("المهاجمون", "SYR-PRM"), a.place("معمل كونيكو", CONOCO), "gained", None, None, [],
        status="hypothetical",
    )  # fmt: skip
    told.append(a.pair())
    return told
