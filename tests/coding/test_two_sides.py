"""A clash of which one side was found takes the likeliest other one, if that can stand in both roles."""

from __future__ import annotations

import pytest
from coded_sentences import act, doc

from musnad.coding.coder import _two_sides
from musnad.coding.model import Model
from musnad.coding.roles import Filler


@pytest.mark.parametrize(
    ("recipients", "found"),
    [(["", "YEM-STATE", "HOUTHI"], ("YEM-STATE", "HOUTHI")), (["", "YEM-STATE", "YEM-CVL"], ("", "YEM-STATE"))],
)
def test_the_other_side(recipients: list[str], found: tuple[str, str]) -> None:
    d = doc("اندلعت اشتباكات بين الجيش اليمني والحوثيين شرق المدينة")
    t = act(d, "اشتباكات", "ASSAULT/clash").trigger
    fillers = [Filler(0, "", ["sure"]), Filler(1, "", ["sure"])]
    sides = {"actor": ["", "YEM-STATE", "HOUTHI"], "recipient": recipients}
    assert _two_sides(d, t, fillers, Model({"sure": 5.0}), sides, ("", "YEM-STATE"), [0.0, 0.9, 0.1]) == found
