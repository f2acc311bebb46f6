"""The codebook: plain tables of acts, saying, signs, actors, places and weapons that a monitor can read and change.

`load(overlay)` gives a `Codebook`. See docs/CODEBOOK.md for the tables.
"""

from musnad.codebook.book import Codebook, load
from musnad.codebook.entries import (
    EventEntry,
    EventReading,
    Reading,
    SignEntry,
    SignReading,
    SpeechEntry,
    SpeechReading,
)
from musnad.codebook.phrases import Match, PhraseTable

__all__ = [
    "Codebook",
    "EventEntry",
    "EventReading",
    "Match",
    "PhraseTable",
    "Reading",
    "SignEntry",
    "SignReading",
    "SpeechEntry",
    "SpeechReading",
    "load",
]
