"""A filter reads what users write, and refuses what it does not understand."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, select

from musnad.archive import tables as t
from musnad.archive.query import FIELDS, Filter
from musnad.errors import UsageError


@pytest.mark.parametrize(
    "asked",
    [
        {"nonsense": "x"},
        {"status": "perhaps"},
        {"type": "WAR"},
        {"since": "2018-13"},
        {"until": "yesterday"},
        {"since": "2019", "until": "2018"},
        {"killed": "many"},
        {"actor": "Nobody Of That Name"},
        {"place": "Nowhere At All"},
        {"country": "ZZZ"},
        {"role": "actor"},
        {"kind": "event,control"},
        {"mode": "'; drop table report"},
        {"actor": 5},
    ],
)
def test_refuses_what_it_does_not_understand(asked: dict[str, object]) -> None:
    with pytest.raises(UsageError) as error:
        Filter.parse(asked)
    assert next(iter(asked)) in str(error.value) or "role" in str(error.value)


def test_reads_names_ids_and_days() -> None:
    asked = {"actor": "قوات سوريا الديمقراطية", "since": "2018-03", "until": "2018-03", "status": "Denied,happened"}
    read = Filter.parse(asked)
    assert read.actor == ("SDF",)
    assert (read.since, read.until) == ("2018-03-01", "2018-03-31")
    assert read.status == ("denied", "happened")
    assert Filter.parse({"side": "RUS-MIL"}).side == ("RUS-STATE",)
    assert Filter.parse({"actor": "روسيا"}).actor == ("RUS-*",)
    assert Filter.parse({"country": "سوريا"}).country == ("SYR",)


def test_a_province_holds_its_towns() -> None:
    (province,) = Filter.parse({"place": "محافظة دير الزور"}).place
    assert province.country == "SYR"
    assert {"Deir ez-Zor", "Al-Bukamal"} <= set(province.names)


@pytest.mark.parametrize("kind", ["event", "control", "tie", "presence"])
def test_conditions_are_sound_sql_for_every_table(kind: str) -> None:
    read = Filter.parse(
        {
            "actor": "SDF,RUS", "role": "actor", "side": "RUS-MIL", "type": "ASSAULT", "mode": "airstrike",
            "place": "دير الزور", "country": "SYR", "since": "2017", "until": "2018", "status": "happened",
            "outlet": "x", "narrator": "RUS-MIL", "killed": 2, "injured": "1", "kind": kind, "report": "r1",
        }
    )  # fmt: skip
    engine = create_engine("sqlite://")
    t.metadata.create_all(engine)
    with engine.connect() as connection:
        rows = {"event": t.event, "control": t.control, "tie": t.tie, "presence": t.presence}[kind]
        assert connection.execute(select(rows).where(*read.conditions())).all() == []
        assert connection.execute(select(t.report).where(*read.of_reports())).all() == []


def test_empty_values_ask_for_nothing() -> None:
    assert Filter.parse(dict.fromkeys(FIELDS, "")) == Filter()
    assert Filter().conditions() == []
