"""How a stem changes before a pronoun, and which stems can stand in which shell. All forms are `letters.bare` here."""

from __future__ import annotations

Shell = tuple[str, str]  # head and tail of a cut

AFFINITY = 300.0  # a stem may take a particle or pronoun this much more often than the average stem
FUTURE = 3000.0  # the same for س: few stems are verbs
ARTICLE = 500.0
TOGETHER = 10.0
UNSEEN = 0.5  # what a stem never seen counts behind the article

_OPEN_YA = {"علي": "على", "إلي": "إلى", "الي": "الى", "لدي": "لدى", "حوالي": "حوالى"}


def free_forms(stem: str) -> tuple[str, ...]:
    """What a stem before a pronoun is when it stands alone: سيطرت(هم) is سيطرة, رما(ها) رمى, أعدائ(ه) أعداء."""
    last = stem[-1]
    if last == "ت" and len(stem) > 2:
        return (stem, stem[:-1] + "ة")
    if last == "ا" and len(stem) > 2:
        return (stem, stem[:-1] + "ى")
    if last == "و":
        return (stem[:-1], stem + "ا") if stem.endswith("تمو") else (stem, stem + "ا")
    if last in "ئؤ" and stem[-2:-1] == "ا":
        return (stem[:-1] + "ء", stem)
    if last == "ي" and stem in _OPEN_YA:
        return (_OPEN_YA[stem],)
    return (stem,)


def is_apt(head: str, form: str) -> bool:
    """Whether a stem can stand behind these particles at all."""
    if form[0] == "ئ":
        return False
    return not (head.endswith("ال") and form.startswith("ال") and len(form) < 5)


def weight(shell: Shell, form: str, count: float) -> float:
    """What a stem of this count speaks for a cut, to be multiplied by the rate of the cut's shell.

    A shell of several pieces (وب, و...ها) is rare, but not as rare as the words that happened to be counted with it.
    """
    head, tail = shell
    count = max(count, 0.0)
    many = TOGETHER if len(head) + bool(tail) > (2 if head.endswith("ال") else 1) else 1.0
    if head.endswith("ال"):
        if len(form) < 3:
            return AFFINITY * count  # less, for the words in وال...: والده
        # التقى, التزموا: before ت the article is not taken for granted
        return many * ARTICLE * (count + UNSEEN if form[0] != "ت" or len(form) > 5 else count)
    return many * (FUTURE if head.endswith("س") else AFFINITY) * count
