"""What an act hangs on (`status.operator`), which signs are dropped, and to which act a toll goes."""

import pytest

from musnad import codebook
from musnad.coding import status, tolls
from musnad.coding.coder import Draft
from musnad.coding.document import Doc, build
from musnad.coding.triggers import Trigger
from musnad.report import Report

BOOK = codebook.load()


def doc_of(body: str) -> Doc:
    return build(Report(id="t", outlet=None, published="2020-01-02", title=None, body=body), BOOK)


def at(doc: Doc, word: str) -> int:
    return next(t.i for t in doc.tokens if t.text == word)


@pytest.mark.parametrize(
    ("body", "word", "what"),
    [
        ("نفى الناطق قصف المستشفى.", "قصف", "denied"),
        ("خططت الخلية لتفجير المحطة وقتل الحراس.", "وقتل", "planned"),
        ("لم يؤد ذلك إلى نشوء اشتباكات.", "اشتباكات", "verb:jussive:لم"),
        ("واصلت المدفعية قصف الحي.", "قصف", "ongoing"),
        ("كانت الطائرات قصفت الحي.", "قصفت", "none:"),
    ],
)
def test_operator(body: str, word: str, what: str) -> None:
    doc = doc_of(body)
    assert status.operator(doc, at(doc, word), {})[0] == what


def test_a_word_known_as_it_stands_is_no_sign_with_a_particle() -> None:
    doc = doc_of("وكان الوزيران بحثا وقف القتال.")
    assert not any(f.reading.entry.status in ("demanded", "hypothetical") for f in status.signs_of(doc, 0))


@pytest.mark.parametrize(
    ("body", "owner", "killed"),
    [
        ("قصفت الطائرات السوق، ما أدى إلى مقتل 5 مدنيين.", "قصفت", (5, 5)),
        ("هاجم مسلحون القرية، فيما لقي 3 جنود مصرعهم في تفجير قرب الجسر.", "تفجير", (3, 3)),
        ("نفذ الطيران غارات وهجمات أسفرت عن مقتل 4 مدنيين.", "غارات", (4, 4)),
        ("هاجم مسلحون القرية وقتل 6 جنود بتفجير.", "بتفجير", (6, 6)),
        ("أسفرت غارات عن ضحايا، هم 8 قتلى.", "غارات", (8, 8)),
    ],
)
def test_tolls(body: str, owner: str, killed: tuple[int, int]) -> None:
    doc = doc_of(body)
    words = {"قصفت", "هاجم", "تفجير", "غارات", "وهجمات", "بتفجير"}
    acts = [c for c in doc.candidates if doc.tokens[c.i].text in words]
    drafts = [Draft(Trigger(c, "ASSAULT", "attack", 1.0, [])) for c in acts]
    tolls.assign(doc, drafts)
    got = {doc.tokens[d.trigger.candidate.i].text: d.killed.count for d in drafts if d.killed}
    assert got == {owner: killed}


def test_people_die_in_protests_where_no_act_of_force_is_told() -> None:
    doc = doc_of("شهدت العاصمة احتجاجات قتل فيها 4 أشخاص.")
    act = next(c for c in doc.candidates if doc.tokens[c.i].text == "احتجاجات")
    draft = Draft(Trigger(act, "PROTEST", "demonstrate", 1.0, []))
    tolls.assign(doc, [draft])
    assert draft.killed is not None and draft.killed.count == (4, 4)


def test_an_attempt_on_a_life_kills_nobody() -> None:
    doc = doc_of("نجا القائد من محاولة اغتيال.")
    act = next(c for c in doc.candidates if doc.tokens[c.i].text == "اغتيال")
    draft = Draft(Trigger(act, "ASSAULT", "assassinate", 1.0, []), recipients=[0])
    tolls.assign(doc, [draft])
    assert draft.killed is None
