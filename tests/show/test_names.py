"""Ids in words."""

from __future__ import annotations

import pytest

from musnad.show.labels import Lang
from musnad.show.names import both_names, name


@pytest.mark.parametrize(
    ("id", "lang", "words"),
    [
        ("RUS-MIL", "en", "Russia: army"),
        ("RUS-MIL", "ar", "روسيا: الجيش"),
        ("SDF", "en", "Syrian Democratic Forces"),
        ("SDF", "ar", "SDF"),  # the tables hold no Arabic name that is free of an outlet's colour
        ("XXX-REB", "en", "country not told: armed opposition"),
        ("MEDIA:Reuters", "en", "Reuters"),
        ("ANON", "ar", "مصدر لم تُذكر جهته"),
        ("NO-SUCH", "en", "NO-SUCH"),
    ],
)
def test_name(id: str, lang: Lang, words: str) -> None:
    assert name(id, lang) == words


def test_a_hint_in_both_languages() -> None:
    assert both_names("YEM-CVL") == "Yemen: civilians · اليمن: مدنيون"
    assert both_names("MEDIA:Reuters") == "Reuters"
