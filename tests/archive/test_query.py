"""A filter reads what users write, and refuses what it does not understand."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, select

from musnad.archive import tables as t
from musnad.archive.query import Filter
from musnad.errors import UsageError


@pytest.mark.parametrize(
    "asked",
    [
        {"nonsense": "x"},
        {"status": "perhaps"},
        {"type": "WAR"},
        {"since": "2018-13"},
        {"since": "2018-02-30"},
        {"until": "yesterday"},
        {"since": "20180326"},
        {"since": "2018-W10"},
        {"since": "2018-W10-1"},
        {"killed": "many"},
        {"killed": "-1"},
        {"role": "friend"},
        {"role": "actor|recipient"},
        {"since": ["2018", "2019"]},
        {"type": ["ASSAULT", "WAR"]},
        {"status": ["denied", "perhaps"]},
        {"outlet": [str(n) for n in range(101)]},
    ],
)
def test_refuses_what_it_does_not_understand(asked: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=next(iter(asked))):
        Filter.parse(asked)


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="2019"):
        Filter.parse({"since": "2019", "until": "2018"})


def test_an_unknown_actor_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="Nobody Of That Name"):
        Filter.parse({"actor": "Nobody Of That Name"}).of_events()


def test_reads_names_ids_and_days() -> None:
    read = Filter.parse({"since": "2018-03", "until": "2018-03", "status": "denied", "type": "assault", "killed": "3"})
    assert (read.since, read.until) == ("2018-03-01", "2018-03-31")
    assert (read.status, read.type, read.killed) == ("denied", "ASSAULT", 3)
    assert Filter.parse({"until": "2018"}).until == "2018-12-31"


@pytest.mark.parametrize("value", ["x'; drop table report; --", 'x"', "%", "_", "\\"])
def test_values_are_bound_never_written_into_sql(value: str) -> None:
    engine = create_engine("sqlite://")
    t.metadata.create_all(engine)
    read = Filter.parse({"outlet": value, "mode": value, "place": value})
    with engine.connect() as connection:
        for rows, where in ((t.event, read.of_events()), (t.control, read.of_control()), (t.report, read.of_reports())):
            asked = select(rows).where(*where)
            assert value == "_" or value == "%" or value not in str(asked.compile())
            assert connection.execute(asked).all() == []


def test_empty_values_ask_for_nothing() -> None:
    read = Filter.parse(dict.fromkeys(Filter.__struct_fields__, ""))
    assert read == Filter()
    assert read.of_events() == read.of_reports() == read.of_control() == read.of_ties() == []


def test_several_values_are_kept_together() -> None:
    read = Filter.parse({"type": ["assault/airstrike", "PROTEST"], "status": ["denied", "happened"], "outlet": []})
    assert (read.type, read.status, read.outlet) == ("ASSAULT/airstrike|PROTEST", "denied|happened", None)
    assert read == Filter.parse({"type": "assault/airstrike|PROTEST", "status": "denied|happened"})
    one = Filter.parse({"type": ["assault/airstrike"]})
    assert (one.type, one.mode) == ("ASSAULT", "airstrike")
