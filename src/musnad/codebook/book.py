"""The codebook as the coder sees it: all tables read, inflected and joined, once."""

from __future__ import annotations

from pathlib import Path

import msgspec

from musnad.arabic.letters import norm
from musnad.codebook import actors, cache, places
from musnad.codebook.actors import ActorBook
from musnad.codebook.entries import EventEntry, SignEntry, SpeechEntry
from musnad.codebook.events import load_events
from musnad.codebook.expressions import ExpressionTable
from musnad.codebook.heads import known_words, with_heads
from musnad.codebook.lexicon import Lexicon, paradigm
from musnad.codebook.means import PhraseEntry, load_phrases
from musnad.codebook.phrases import PhraseTable
from musnad.codebook.places import PlaceBook
from musnad.codebook.priors import Prior, load_homographs, load_priors
from musnad.codebook.relations import RelationTable, load_groups, load_relations
from musnad.codebook.speech import is_clitic, load_signs, load_speech
from musnad.codebook.table import DATA
from musnad.errors import UsageError


class Codebook(msgspec.Struct, frozen=True):
    """What the coder knows.

    `events` and `speech` map the normal form of a stem to its readings; `expressions`, `phrases_of_speech` and `signs`
    find expressions in a row of tokens; `clitic_signs` are signs that are written with the word after them (سـ, لـ);
    `weapons` and `targets` find phrases; `ties`, `control` and `links` the words of standing facts and of what joins
    acts; `channels` the means by which something was said; `groups` nouns for people. `digest` is that of the tables.
    """

    digest: str
    events: Lexicon[EventEntry]
    expressions: ExpressionTable[EventEntry]
    priors: dict[str, Prior]
    homographs: dict[str, dict[str, int]]
    speech: Lexicon[SpeechEntry]
    phrases_of_speech: ExpressionTable[SpeechEntry]
    signs: ExpressionTable[SignEntry]
    clitic_signs: dict[str, SignEntry]
    weapons: PhraseTable[PhraseEntry]
    targets: PhraseTable[PhraseEntry]
    actors: ActorBook
    places: PlaceBook
    ties: RelationTable
    control: RelationTable
    links: RelationTable
    channels: RelationTable
    groups: dict[str, str]


def load(overlay: Path | None = None, *, data: Path = DATA, cached: bool = True) -> Codebook:
    """The codebook, with the user's folder `overlay` laid over it.

    Compiled when its files changed, else read from the cache. Raises CodebookError for a fault in a table, UsageError
    when `overlay` is no folder.
    """
    if overlay is not None and not Path(overlay).is_dir():
        raise UsageError(f"{overlay} is not a folder; give a folder with tables named as in the codebook")
    overlay = Path(overlay) if overlay is not None else None
    digest = cache.tables_digest(data, overlay)
    file = cache.cache_file(digest, overlay)
    if cached:
        found = cache.read(file)
        if isinstance(found, Codebook):
            return found
    book = compile_tables(digest, overlay, data)
    if cached:
        cache.write(file, book)
    return book


def compile_tables(digest: str, overlay: Path | None, data: Path) -> Codebook:
    """Read and inflect all tables."""
    events, speech, signs = load_events(overlay, data), load_speech(overlay, data), load_signs(overlay, data)
    known = known_words(events, speech)
    return Codebook(
        digest=digest,
        events=Lexicon(e for e in events if e.pos != "x"),
        expressions=ExpressionTable((e, paradigm(e)) for e in with_heads(events, known)),
        priors=load_priors(overlay, data),
        homographs=load_homographs(overlay, data),
        speech=Lexicon(e for e in speech if e.pos != "x"),
        phrases_of_speech=ExpressionTable((e, paradigm(e)) for e in with_heads(speech, known)),
        signs=ExpressionTable((e, paradigm(e)) for e in with_heads(signs, known) if not is_clitic(e)),
        clitic_signs={norm(e.lemma): e for e in signs if is_clitic(e)},
        weapons=load_phrases("weapons.tsv", overlay, data),
        targets=load_phrases("targets.tsv", overlay, data),
        actors=actors.load(data, overlay),
        places=places.load(data, overlay),
        ties=load_relations("ties.tsv", known, overlay, data),
        control=load_relations("control.tsv", known, overlay, data),
        links=load_relations("links.tsv", known, overlay, data),
        channels=load_relations("channels.tsv", known, overlay, data),
        groups=load_groups(overlay, data),
    )
