"""Two reports, coded by hand, that tell of two takers of one town on one day."""

from __future__ import annotations

from musnad.record import Actor, CodedReport, Control, Place, Span
from musnad.report import Report

DAY = "2018-05-20"


def told(id: str, outlet: str, party: str, name: str) -> tuple[Report, CodedReport]:
    """A report that its party took the town, and its record."""
    body = f"أعلنت {name} سيطرتها على بلدة هجين."

    def at(words: str) -> tuple[int, int, str]:
        start = body.index(words)
        return start, start + len(words), words

    taken = Control(
        id="c1", trigger=Span(*at("سيطرتها")), holder=Actor(*at(name), party),
        place=Place(*at("هجين"), "Hajin", "SYR", 34.69, 40.83, 2.0, "town"), change="gained", former=None, date=DAY,
        status="happened", chain=(),
    )  # fmt: skip
    report = Report(id=id, title="السيطرة على هجين", body=body, outlet=outlet, published=DAY)
    return report, CodedReport(id=id, published=DAY, control=(taken,), outlet=outlet)


CONTESTED = (told("taker-1", "الأول", "SDF", "قوات سوريا الديمقراطية"), told("taker-2", "الثاني", "ISIS", "داعش"))
