"""Reprints are found in any order of arrival, and only real ones."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from musnad.archive import reprints
from musnad.archive.archive import Archive
from musnad.record import CodedReport
from musnad.report import Report

WORDS = [
    "سوق",
    "مدينة",
    "طريق",
    "نهر",
    "مطر",
    "شتاء",
    "قمح",
    "تاجر",
    "جسر",
    "مدرسة",
    "حديقة",
    "معرض",
    "كتاب",
    "شاعر",
    "مسرح",
    "ميناء",
    "سفينة",
    "قطار",
    "محطة",
    "مصنع",
]


def _text(seed: int, size: int = 120) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(size))


def _report(name: str, body: str, day: str | None) -> Report:
    return Report(id=name, title="عنوان", body=body, published=day)


def _reports() -> list[Report]:
    a, b = _text(1), _text(2)
    words = a.split()
    return [
        _report("first", a, "2020-01-01"),
        _report("copy", a, "2020-01-02"),
        _report("cut", " ".join(words[:110]), "2020-01-03"),
        _report("led", "وكالات " + a + " انتهى", None),
        _report("other", b, "2019-12-01"),
        _report("other-copy", b, "2019-12-01"),
        _report("alone", _text(3), "2020-01-01"),
        _report("short", " ".join(words[:8]), "2018-01-01"),
        _report("short-too", " ".join(words[:8]), "2018-01-01"),
    ]


def _groups(path: Path, reports: list[Report], batch: int) -> list[list[str]]:
    with Archive.open(str(path), create=True) as archive:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Archive, "refresh", lambda self: None)
            archive.add_coded([(r, CodedReport(r.id, r.published)) for r in reports], batch=batch)
        return sorted([one[0] for one in group] for group in reprints.groups(archive))


@pytest.mark.parametrize("seed", range(6))
def test_the_same_groups_in_any_order(tmp_path: Path, seed: int) -> None:
    reports = _reports()
    random.Random(seed).shuffle(reports)
    found = _groups(tmp_path / "a.db", reports, batch=1 + seed % 4)
    assert found == [["first", "copy", "cut", "led"], ["other", "other-copy"]]


def test_half_a_text_in_common_is_no_reprint() -> None:
    one, other = _text(1, 60) + " " + _text(2, 60), _text(1, 60) + " " + _text(3, 60)
    assert not reprints.alike(reprints.shingles(one), reprints.shingles(other))
    marked = _text(1).replace("مدرسة", "مَدْرَسَه").replace("حديقة", "حديقه")
    assert reprints.shingles(_text(1)) == reprints.shingles(marked)


def test_a_large_group_keeps_its_oldest_report_first(tmp_path: Path) -> None:
    body = _text(5)
    many = [_report(f"r{n:04}", body, f"2020-{n % 12 + 1:02}-{n % 28 + 1:02}") for n in range(700)]
    oldest = min(many, key=lambda r: (r.published or "", r.id))
    (group,) = _groups(tmp_path / "a.db", [r for r in many if r is not oldest] + [oldest], 350)
    assert len(group) == 700
    assert group[0] == oldest.id
