"""All inflected forms of the codebook's words, from form to reading, small enough to be loaded in a moment.

A hundred thousand readings as objects would take seconds to load. They are kept as numbers (entry and place in the
paradigm) and become `Reading` objects when a form is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from musnad.arabic.inflection import conjugate, inflect_adjective, inflect_noun
from musnad.arabic.letters import norm
from musnad.codebook.entries import Entry, Reading
from musnad.errors import CodebookError

E = TypeVar("E", bound=Entry)

Feature = tuple[str, str, str, int, str, str]
_SHIFT = 12


class Lexicon(Mapping[str, tuple[Reading[E], ...]], Generic[E]):
    """From the normal form of a stem (clitics and article off) to its readings, in the order of the entries."""

    def __init__(self, entries: Iterable[E] = ()) -> None:
        self.entries: list[E] = []
        self._features: list[Feature] = []
        self._numbers: dict[Feature, int] = {}
        self._forms: dict[str, tuple[int, ...]] = {}
        self._seen: dict[str, tuple[Reading[E], ...]] = {}
        for entry in entries:
            self.add(entry, paradigm(entry))

    def add(self, entry: E, forms: Iterable[tuple[str, Feature]]) -> None:
        """Put in an entry with its forms."""
        number = len(self.entries) << _SHIFT
        self.entries.append(entry)
        for form, feature in forms:
            place = self._numbers.setdefault(feature, len(self._features))
            if place == len(self._features):
                self._features.append(feature)
            code, known = number | place, self._forms.get(form, ())
            if code not in known:
                self._forms[form] = (*known, code)

    def __getitem__(self, form: str) -> tuple[Reading[E], ...]:
        found = self._seen.get(form)
        if found is None:
            found = self._seen[form] = tuple(self._reading(code) for code in self._forms[form])
        return found

    def get(self, form: str, default: Any = ()) -> Any:
        """The readings of a form, or an empty tuple."""
        found = self._seen.get(form)
        if found is not None:
            return found
        return self[form] if form in self._forms else default

    def __contains__(self, form: object) -> bool:
        return form in self._forms

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)

    def forms_of(self, entry: E) -> list[str]:
        """All forms of one entry, in the order in which they were made."""
        number = self.entries.index(entry)
        return [form for form, codes in self._forms.items() if any(code >> _SHIFT == number for code in codes)]

    def _reading(self, code: int) -> Reading[E]:
        return Reading(self.entries[code >> _SHIFT], *self._features[code & ((1 << _SHIFT) - 1)])

    def __getstate__(self) -> tuple[Any, ...]:
        return self.entries, self._features, self._forms

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.entries, self._features, self._forms = state
        self._numbers = {feature: i for i, feature in enumerate(self._features)}
        self._seen = {}


def paradigm(entry: Entry) -> list[tuple[str, Feature]]:
    """Every form of an entry's (head) word, as a normal form with its place in the paradigm.

    Imperatives, and the dual and feminine plural of the second person, are left out: reports do not use them, and their
    spellings are those of commoner words. So is a form that stands behind `!` in the masdar or plural column: it is a
    homograph (أثناء is no masdar of أثنى). `!ap`, `!pp`, `!masdar`, `!passive` and `!verb` bar the active participle,
    the passive one, and so on. An expression with the root `=` begins with exactly the word that stands there; so does
    one whose first word is in no table. Alternatives (قائمة/لائحة) are all inflected.
    """
    try:
        forms = _paradigm(entry)
    except ValueError as error:
        raise CodebookError(f"{entry.file}:{entry.line}: {error}") from None
    barred = entry.barred
    return [
        (text, feature)
        for text, feature in forms
        if text not in barred and _is_used(feature) and not (barred and _is_barred(feature, barred))
    ]


_GROUPS = {"participle_active": "ap", "participle_passive": "pp", "masdar": "masdar", "verb": "verb"}


def _is_barred(feature: Feature, barred: tuple[str, ...]) -> bool:
    pos, _, voice, *_ = feature
    return _GROUPS.get(pos) in barred or (voice == "passive" and pos == "verb" and "passive" in barred)


def _is_used(feature: Feature) -> bool:
    _, tense, _, person, number, gender = feature
    return tense != "imperative" and not (person == 2 and (number == "du" or (number, gender) == ("pl", "f")))


def _paradigm(entry: Entry) -> list[tuple[str, Feature]]:
    heads = entry.words[0].split("/") if entry.words else [entry.lemma]
    if entry.root not in ("-", "="):
        forms = conjugate(entry.root, entry.form, entry.masdars, entry.plurals)
    elif entry.pos == "adj":
        forms = inflect_adjective(heads[0], entry.plurals)
    elif entry.pos == "x" and (not entry.plurals or entry.root == "="):
        return [(norm(head), ("literal", "", "", 0, "", "")) for head in heads]
    else:
        forms = [form for head in heads for form in inflect_noun(head, entry.plurals)]
    return [(norm(f.text), (f.pos, f.tense, f.voice, f.person, f.number, f.gender)) for f in forms]
