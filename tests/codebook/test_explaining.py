"""A name in `because` leads to the row that it comes from, in the user's folder first."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.codebook.explaining import Explainer


@pytest.fixture(scope="module")
def explain() -> Explainer:
    return Explainer()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("assault:غارة", ("events/assault.tsv:", "lemma غار", "type ASSAULT/airstrike")),
        ("told by: ذَكَرَ", ("speech.tsv:", "kind say")),
        ("actors.tsv:SDF", ("actors.tsv:", "english Syrian Democratic Forces")),
        ("places_syria.tsv:10", ("places_syria.tsv:10", "country SYR")),
        ("back", ("points back",)),
    ],
)
def test_the_row(explain: Explainer, name: str, words: tuple[str, ...]) -> None:
    told = explain(name) or ""
    assert [w for w in words if w not in told] == [], told


@pytest.mark.parametrize("name", ["no such rule", "none.tsv:3", "none.tsv:SDF", "actors.tsv:0", "../table.py:3"])
def test_what_is_no_row(explain: Explainer, name: str) -> None:
    assert explain(name) is None


def test_an_entry_of_the_users_folder_is_shown_from_there(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "assault.tsv").write_text(
        "lemma\tpos\troot\tform\ttype\tmasdar\tplural\tframe\texample\n"
        "طَوَّبَ\tv\tط-و-ب\tII\tASSAULT/attack\tتطويب\t-\ts=A\tطوّب المسلحون القرية\n",
        "utf8",
    )
    explain = Explainer(tmp_path)
    assert "events/assault.tsv:2  lemma طَوَّبَ" in (explain("assault:طَوَّبَ") or explain("assault:طوب") or "")
    assert "ASSAULT/airstrike" in (explain("assault:غارة") or "")
