"""Incidents: joined well, the same in any order, with their accounts, denials and independent chains."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from archive_places import places
from told import conoco, examples

from musnad import code_many
from musnad.archive import incidents, joining
from musnad.archive.archive import Archive
from musnad.archive.mentions import Reading, mention
from musnad.record import CodedReport
from musnad.report import Report

ROOT = Path(__file__).parents[2]
FLOOR = 0.77
"""On the pairs that the weights were learned from; on others see tools/fit_incidents.py --held-out."""
Where = Callable[[], str]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Where]:
    yield from places(request, tmp_path)


@pytest.fixture(scope="module")
def coded() -> list[tuple[Report, CodedReport]]:
    reports = list(examples().values())
    return list(zip(reports, code_many(reports), strict=True))


def look(archive: Archive) -> list[tuple[Any, ...]]:
    """All that incidents tell, without the numbers that depend on the order of arrival."""
    found = []
    for i in incidents.find(archive, limit=10_000):
        told = incidents.read(archive, i.key)
        assert told is not None
        accounts = [(a.report_id, a.event.id, a.source) for a in told[1]]
        found.append(
            (i.key, i.type, i.mode, i.day_from, i.place_name, i.killed, i.chains, i.denied, i.disputed, accounts)
        )
    return sorted(found, key=str)


def test_any_order_of_arrival_gives_the_same_incidents(where: Where, coded: list[tuple[Report, CodedReport]]) -> None:
    looks = []
    for seed, step in ((1, 1), (2, 7), (3, 100)):
        mixed = list(coded)
        random.Random(seed).shuffle(mixed)
        with Archive.open(where(), create=True) as archive:
            for at in range(0, len(mixed), step):
                archive.add_coded(mixed[at : at + step])
            looks.append(look(archive))
    assert looks[0] == looks[1] == looks[2]
    assert any(len({report for report, _, _ in row[-1]}) > 1 for row in looks[0])


def test_coding_again_gives_the_same_incidents(where: Where, coded: list[tuple[Report, CodedReport]]) -> None:
    with Archive.open(where(), create=True) as archive:
        archive.add_coded(coded)
        before = look(archive)
        with archive.writing() as connection:
            archive.rewrite(connection, [1, 5, 9])
        archive.refresh()
        assert look(archive) == before


def test_crowded_blocks_give_the_same_in_any_order(
    where: Where, coded: list[tuple[Report, CodedReport]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "CROWDED", 2)
    monkeypatch.setattr(joining, "NEIGHBOURS", 2)
    looks = []
    for seed, step in ((1, 1), (2, 9)):
        mixed = list(coded)
        random.Random(seed).shuffle(mixed)
        with Archive.open(where(), create=True) as archive:
            for at in range(0, len(mixed), step):
                archive.add_coded(mixed[at : at + step])
            looks.append(look(archive))
    assert looks[0] == looks[1]


def test_the_strike_on_the_gas_plant_stands_beside_its_denial(where: Where) -> None:
    with Archive.open(where(), create=True) as archive:
        archive.add_coded(conoco())
        told = [incidents.read(archive, i.key) for i in incidents.find(archive, limit=100)]
    strikes = [t for t in told if t is not None and t[0].mode == "shelling"]
    assert len(strikes) == 1
    incident, accounts, differences = strikes[0]
    assert (incident.day_from, incident.place_name) == ("2017-09-25", "Conoco gas plant")
    assert [(a.report_id, a.event.trigger.text, a.event.status) for a in accounts] == [
        ("sada-2017-09-25", "لقصف", "happened"),
        ("sada-2017-09-25", "القصف", "happened"),
        ("qasioun-2017-09-26", "قصفت", "denied"),
    ]
    assert incident.denied and "happened" in incident.disputed
    assert [d.point for d in differences] == ["happened"]
    assert (incident.reports, incident.chains) == (2, 3)
    assert [a.source for a in accounts] == ["outlet:صدى الضفتين", "SDF", "RUS-STATE"]


def test_the_raid_of_the_16th_is_one_incident_of_three_outlets(where: Where) -> None:
    with Archive.open(where(), create=True) as archive:
        archive.add_coded(conoco())
        told = [incidents.read(archive, i.key) for i in incidents.find(archive, limit=100)]
    raids = [t for t in told if t is not None and any(a.event.trigger.text == "أغارت" for a in t[1])]
    incident, accounts, _ = raids[0]
    assert {a.report_id for a in accounts} == {"sada-2017-09-16", "raqim-2017-09-17", "qasioun-2017-09-18"}
    assert incident.denied
    assert incident.chains == 2  # the SDF's word three times, and Moscow's


def test_a_plan_is_no_incident(where: Where) -> None:
    report, record = conoco()[0]
    import msgspec

    planned = msgspec.structs.replace(record.events[0], status="planned")
    with Archive.open(where(), create=True) as archive:
        archive.add_coded([(report, msgspec.structs.replace(record, events=(planned,)))])
        assert incidents.find(archive) == []


def test_a_stroke_back_is_another_event() -> None:
    report, record = conoco()[0]
    import msgspec

    strike = record.events[0]
    back = msgspec.structs.replace(strike, actors=strike.recipients, recipients=strike.actors)
    reading = Reading(report.body)
    a = mention(1, "a", strike, reading, "2017-09-16")
    b = mention(2, "b", back, reading, "2017-09-16")
    assert joining.score(a, a) > 0 and joining.score(a, b) == joining.NEVER


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "شنّت الطائرات الروسية ضربات على بلدة منبج وهاجمت قوات النظام مواقع قوات سوريا الديمقراطية قرب الطبقة.",
            [["ضربات"], ["وهاجمت"]],
        ),
        (
            "قصفت مدفعية النظام بلدة خان شيخون، وقصفت الطائرات الحربية قرية ترملا. وأسفر قصف خان شيخون عن مقتل "
            "خمسة مدنيين.",
            [["قصفت", "قصف"], ["وقصفت"]],
        ),
        (
            "أغارت طائرات حربية روسية على مدينة إدلب مساء الجمعة. وقال الدفاع المدني إن الغارة على إدلب أوقعت قتلى.",
            [["أغارت", "الغارة"]],
        ),
        (
            "هاجم تنظيم داعش حاجزا للجيش السوري شرقي السخنة وفجّر سيارة مفخخة في تدمر. وقال مصدر عسكري إن الهجوم على "
            "الحاجز أوقع ثلاثة قتلى.",
            [["هاجم", "الهجوم"], ["وفجّر"]],
        ),
    ],
)
def test_acts_of_one_sentence_stay_apart_and_what_is_told_again_is_joined(body: str, told: list[list[str]]) -> None:
    (coded,) = code_many([Report("r", "خبر", body, "الضفة", "2017-09-12")])
    reading = Reading(body)
    mentions = [mention(n, "r", e, reading, "2017-09-12") for n, e in enumerate(coded.events)]
    found = [[body[m.start : m.end] for m in group] for group in joining.within(mentions)]
    assert found == told


def test_an_older_archive_makes_its_incidents_anew(
    tmp_path: Path, coded: list[tuple[Report, CodedReport]], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "a.db"
    with Archive.open(where, create=True) as archive:
        archive.add_coded(coded)
        before = look(archive)
        with archive.writing() as connection:
            connection.exec_driver_sql("UPDATE telling SET data = '{}'")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    with Archive.open(where) as archive:
        archive.refresh()
        assert look(archive) == before


@pytest.mark.shared
def test_pairs_labelled_by_reading_are_joined() -> None:
    spec = importlib.util.spec_from_file_location("measure_incidents", ROOT / "tools" / "measure_incidents.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = tool
    spec.loader.exec_module(tool)
    found = tool.figures(tool.labelled("gold"))
    assert found.f1 >= FLOOR, str(found)
