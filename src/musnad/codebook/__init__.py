"""The codebook: plain tables of acts, saying, signs, actors, places and weapons that a monitor can read and change.

`load(overlay)` gives a `Codebook`; `check`, `stats` and `find` tell people about it. The tables are described in
docs/CODEBOOK.md.
"""

from musnad.codebook.book import Codebook, load
from musnad.codebook.checking import Problem, check
from musnad.codebook.entries import (
    EventEntry,
    EventReading,
    Reading,
    SignEntry,
    SignReading,
    SpeechEntry,
    SpeechReading,
)
from musnad.codebook.lookup import Finding, find, stats
from musnad.codebook.phrases import Match, PhraseTable

__all__ = [
    "Codebook",
    "EventEntry",
    "EventReading",
    "Finding",
    "Match",
    "PhraseTable",
    "Problem",
    "Reading",
    "SignEntry",
    "SignReading",
    "SpeechEntry",
    "SpeechReading",
    "check",
    "find",
    "load",
    "stats",
]
