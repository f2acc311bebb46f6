"""The topic of a report read from its bare words equals the topic read from its tokens, to the last digit."""

from __future__ import annotations

import pytest

from musnad.arabic.letters import norm
from musnad.arabic.text import surfaces, tokenize
from musnad.coding import topic
from musnad.coding.model import load

LONG = " ".join(
    f"قصفت الطائرات مواقع المسلحين في المدينة رقم {n} وقال{chr(0x627 + n)} إن فريق كرة{chr(0x627 + n)} القدم فاز"
    for n in range(30)
)
TEXTS = [
    "", "غارة", "abcعرب x'عرب عرب-ك U.S.العراق 12عرب ٣٤ ب٣ \u064b\u0650 ــ", LONG, LONG.replace(" ", "  ،"),
    LONG + " \u064e \u0640 كلمةabc", "،".join(LONG.split()[:29]), LONG[:150],
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_words_and_tokens_agree(text: str) -> None:
    model = load()["topic"]
    assert topic.Scorer(model).score(surfaces(text)) == topic.score(tokenize(text), model)


@pytest.mark.parametrize("text", TEXTS)
def test_surfaces_are_the_words_of_the_tokens(text: str) -> None:
    words = {t.text for t in tokenize(text) if t.kind == "word"}
    assert {w for w in surfaces(text) if norm(w)} == words


def test_a_scorer_that_forgets_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    scorer = topic.Scorer(load()["topic"])
    before = scorer.score(surfaces(LONG))
    monkeypatch.setattr(topic, "_MOST", 3)
    assert scorer.score(surfaces(LONG + " جديدة")) == topic.score(tokenize(LONG + " جديدة"), load()["topic"])
    assert scorer.score(surfaces(LONG)) == before
