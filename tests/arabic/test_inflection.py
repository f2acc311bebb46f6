"""Inflection against paradigms written by hand, and nouns, adjectives and spellings in tables of *lemma → forms*."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.arabic.inflection import (
    Form,
    before_pronoun,
    conjugate,
    free_forms,
    inflect_adjective,
    inflect_noun,
    nisba,
)
from musnad.arabic.letters import norm

PARADIGMS = Path(__file__).parent / "paradigms.txt"

# each column: what the fields of Form must be
PAST = [
    (3, "sg", "m"), (3, "sg", "f"), (3, "du", "m"), (3, "du", "f"), (3, "pl", "m"), (3, "pl", "f"),
    (2, "sg", ""), (2, "du", ""), (2, "pl", "m"), (2, "pl", "f"), (1, "pl", ""),
]  # fmt: skip
PRESENT = [
    (3, "sg", "m"), (3, "sg", "f"), (3, "du", "m"), (3, "du", "f"), (3, "pl", "m"), (3, "pl", "f"),
    (2, "sg", "f"), (2, "pl", "m"), (1, "sg", ""), (1, "pl", ""),
]  # fmt: skip
JUSSIVE = [(3, "sg", "m"), (3, "pl", "m"), (2, "sg", "f"), (1, "pl", "")]
THREE = [(3, "sg", "m"), (3, "sg", "f"), (3, "pl", "m")]
IMPERATIVE = [(2, "sg", "m"), (2, "sg", "f"), (2, "pl", "m")]


def blocks() -> list[tuple[str, dict[str, list[str]]]]:
    """(head line, rows by name) of each verb."""
    out = []
    for block in PARADIGMS.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            rows = dict(line.split(": ") for line in lines[1:])
            out.append((lines[0], {name: row.split() for name, row in rows.items()}))
    return out


def forms_of(line: str) -> set[str]:
    return {norm(word) for word in line.split()}


def written(cell: str) -> set[str]:
    return {norm(text) for text in cell.split("/")}


def spelled(forms: list[Form], tense: str, voice: str, slot: tuple[int, str, str]) -> set[str]:
    return {f.text for f in forms if (f.tense, f.voice) == (tense, voice) and (f.person, f.number, f.gender) == slot}


def jussive(forms: list[Form], slot: tuple[int, str, str]) -> set[str]:
    """The jussive is listed only where it differs from the present."""
    own = spelled(forms, "jussive", "active", slot)
    present = spelled(forms, "present", "active", slot)
    return own | {text for text in present if not own or f"{text}{text[-1]}" in own}


def test_there_are_paradigms_of_forty_verbs_and_all_patterns() -> None:
    heads = [head.split() for head, _ in blocks()]
    assert len(heads) >= 40
    assert {h[2].split(":")[0] for h in heads} == {
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "Q1", "Q2", "Q4",
    }  # fmt: skip


@pytest.mark.parametrize(("head", "rows"), blocks(), ids=[head.split()[0] for head, _ in blocks()])
def test_paradigm(head: str, rows: dict[str, list[str]]) -> None:
    _, root, pattern, masdar = head.split()
    forms = conjugate(root, pattern, [masdar])
    slots = {"past": PAST, "present": PRESENT}
    for tense, columns in slots.items():
        assert len(rows[tense]) == len(columns)
        for cell, slot in zip(rows[tense], columns, strict=True):
            assert spelled(forms, tense, "active", slot) == written(cell), (tense, slot)
    for cell, slot in zip(rows.get("jussive", []), JUSSIVE, strict=False):
        assert jussive(forms, slot) == written(cell), ("jussive", slot)
    passive = rows.get("passive", [])
    for cell, (tense, slot) in zip(passive, [(t, s) for t in ("past", "present") for s in THREE], strict=False):
        assert spelled(forms, tense, "passive", slot) == written(cell), ("passive", tense, slot)
    for cell, slot in zip(rows.get("imperative", []), IMPERATIVE, strict=False):
        assert spelled(forms, "imperative", "active", slot) == written(cell), ("imperative", slot)
    for k, cell in enumerate(rows.get("participles", [])):
        pos = "participle_active" if k < 3 else "participle_passive"
        assert written(cell) <= {f.text for f in forms if f.pos == pos}, (pos, cell)
    assert {norm(m) for m in rows["masdar"]} <= {f.text for f in forms if f.pos == "masdar"}


@pytest.mark.parametrize("root, pattern", [("قصف", "XI"), ("قص", "I"), ("قصفت", "II"), ("قصف", "I:x")])
def test_what_is_no_verb_is_refused(root: str, pattern: str) -> None:
    with pytest.raises(ValueError, match="no verb pattern"):
        conjugate(root, pattern)


# listed masdars with their plurals, beside the regular ones
def test_masdars() -> None:
    forms = {f.text for f in conjugate("ض-ر-ب", "I:i", ["ضربة", "ضرب"], ["ضربات"]) if f.pos == "masdar"}
    assert forms_of("ضربة ضربتان ضربتين ضربات ضرب ضربا") <= forms
    forms = {f.text for f in conjugate("ف-ج-ر", "II", ["تفجير"]) if f.pos == "masdar"}
    assert {"تفجير", "تفجيرا", "تفجيران", "تفجيرين", "تفجيرات"} <= forms


NOUNS = [
    # a feminine noun
    ("غارة", ["غارات"], "غارة غارتان غارتين غارتا غارتي غارات"),
    # its regular plural needs no listing
    ("قوة", [], "قوة قوتان قوتين قوتا قوتي قوات"),
    # tanwin and broken plural
    ("هجوم", ["هجمات"], "هجوم هجوما هجومان هجومين هجوما هجومي هجمات"),
    # sound plural: all cases and the construct without nun
    ("مسلح", ["مسلحون"], "مسلح مسلحا مسلحان مسلحين مسلحا مسلحي مسلحون مسلحين مسلحو مسلحي"),
    # a plural that takes no alif
    ("عنصر", ["عناصر"], "عنصر عنصرا عنصران عنصرين عنصرا عنصري عناصر"),
    # final hamza
    ("لقاء", ["لقاءات"], "لقاء لقاءان لقاءين لقاءا لقاءي لقائين لقائي لقاءات"),
    # final ى
    ("مبنى", ["مبانٍ", "مباني"], "مبنى مبنيان مبنيين مبنيا مبنيي مبان مباني"),
    # defective
    ("محامٍ", ["محامون"], "محام محامي محاميا محاميان محاميين محاميا محاميي محامون محامين محامو محامي"),
]


@pytest.mark.parametrize(("lemma", "plurals", "forms"), NOUNS)
def test_nouns(lemma: str, plurals: list[str], forms: str) -> None:
    got = {f.text for f in inflect_noun(lemma, plurals)}
    wanted = forms_of(forms)
    assert wanted <= got
    assert len(got - wanted) <= 1, got - wanted


def test_adjectives_have_feminine_and_sound_plurals() -> None:
    got = {f.text for f in inflect_adjective("مدعوم")}
    assert forms_of("مدعوم مدعومة مدعومون مدعومين مدعومو مدعومات مدعومتان مدعومتين مدعوما") <= got


@pytest.mark.parametrize(
    ("base", "plurals", "some", "never"),
    [
        ("روسيا", ["روس"], "روسي روسية روسيون روسيين روسيات روس روسيتان", "روسيا"),
        ("تركيا", ["أتراك"], "تركي تركية أتراك تركيين", "تركيا"),
        ("الموصل", [], "موصلي موصلية", "الموصل"),
        ("السعودية", [], "سعودي سعودية سعوديون", "سعود"),
        ("فرنسا", [], "فرنسي فرنسية فرنسيا", "فرنسا"),
        ("إيراني", [], "إيراني إيرانية إيرانيين", "إيران"),
    ],
)
def test_nisba(base: str, plurals: list[str], some: str, never: str) -> None:
    got = {f.text for f in nisba(base, plurals)}
    assert forms_of(some) <= got
    assert norm(never) not in got


@pytest.mark.parametrize(
    ("word", "opened"),
    [("سيطرة", "سيطرت"), ("رمى", "رما"), ("قصفوا", "قصفو"), ("مباحثات", "مباحثات"), ("أعداء", "أعدائ")],
)
def test_before_a_pronoun_and_back(word: str, opened: str) -> None:
    assert norm(opened) in before_pronoun(word)
    assert norm(word) in free_forms(norm(opened))
