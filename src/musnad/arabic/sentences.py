"""Where sentences, clauses and quotations begin and end.

The coder binds actors, places and narrators inside one sentence and prefers its own clause, so these borders decide
much. Crawled text drops spaces and stops, news prose writes long sentences with many commas, and quotation marks come
in five shapes and often unbalanced: all of that is met here, once, on tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from musnad.arabic.text import Token
from musnad.arabic.wordlists import words

QuoteKind = Literal["speech", "scare", "title"]
ClauseKind = Literal[
    "main",
    "comma",
    "and",
    "parallel",
    "contrast",
    "cause",
    "time",
    "result",
    "purpose",
    "condition",
    "relative",
    "complement",
]

_STOPS = frozenset(".؟!?؛;۔…")
_CLOSERS = frozenset("»”\"'’)]}›")
_OPEN = {"«": "»", "“": "”", "„": "“", "‹": "›", "‘": "’"}
_CLOSE = frozenset("»”›’")
_STRAIGHT = frozenset("\"'")
_COMMAS = frozenset("،,")

# one-letter titles (د. م. أ.) and the like: the point after them ends no sentence
_ABBREVIATIONS = words("د م ا ج ق ه ص ب س ت ع ي ن ك و ر ل ف ح خ ط ش")


# names of Latin letters, written out in abbreviations (بي.بي.سي، إس.أو.إس)
_LETTER_NAMES = words(
    "إيه أي بي سي دي إي إف جي جيه إتش آي جاي كيه كي إل إم إن أو بيه كيو آر إس تي يو في دبليو إكس واي زد"
    " اس اف ام ان ال او"
)
_SHORT = 7  # what stands before a semicolon is a sentence of its own only when it is longer than this


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (both in it); `body[start:end]` is its text."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence. `kind` tells what its first word makes of it; `mark` is the token that opens it."""

    first: int
    last: int
    start: int
    end: int
    kind: ClauseKind
    mark: int | None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: tokens `first` to `last` lie between the marks; `start` and `end` take the marks in.

    `kind` is `speech` for quoted sentences, `scare` for one to three words set off, `title` for named works.
    `balanced` is false when one of the marks is missing; `depth` is 0 for an outer quotation.
    """

    first: int
    last: int
    start: int
    end: int
    kind: QuoteKind
    depth: int
    balanced: bool


def _ends_sentence(tokens: Sequence[Token], i: int) -> bool:
    """Whether the stop mark at `i` ends a sentence."""
    token = tokens[i]
    if token.text != ".":
        return True
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is not None and after.text == "." and after.start == token.end:
        return False
    if before is None:
        return False
    if before.text in (".", "…"):  # an ellipsis is a pause, not an end
        return False
    touching = before.end == token.start
    if before.kind == "word" and touching and before.norm in _ABBREVIATIONS and after is not None:
        earlier = tokens[i - 2] if i > 1 else None
        if earlier is None or earlier.end < before.start or earlier.kind == "punct":
            return False
    if before.kind == "latin" and touching and len(before.text) == 1:
        return False
    if touching and before.norm in _LETTER_NAMES and after is not None and after.norm in _LETTER_NAMES:
        return False
    if after is not None and after.start == token.end:
        if before.kind == "latin" and after.kind in ("latin", "number"):
            return False
        if before.kind == "number" and after.kind == "number":
            return False
    return not (touching and before.kind == "number" and after is not None and _split_number(token, after))


def _split_number(point: Token, after: Token) -> bool:
    """A decimal number that an invisible mark cut in two."""
    return after.kind == "number" and after.start - point.end <= 1


def split(tokens: Sequence[Token], body: str) -> list[Sentence]:
    """The sentences of a text: cut at stops and line ends, closing quotation marks kept with what they close."""
    out: list[Sentence] = []
    first = 0
    n = len(tokens)
    i = 0
    while i < n:
        token = tokens[i]
        cut = token.kind == "punct" and token.text in _STOPS and i >= first and _ends_sentence(tokens, i)
        if cut and token.text in "؛;" and i - first < _SHORT:
            cut = False
        last = i
        if cut:
            while last + 1 < n and tokens[last + 1].kind == "punct" and _belongs_to_stop(tokens, last + 1, body):
                last += 1
        elif i + 1 < n and "\n" in body[token.end : tokens[i + 1].start]:
            cut = True
        if cut:
            _add(out, tokens, first, last)
            first = last + 1
        i = last + 1
    if first < n:
        _add(out, tokens, first, n - 1)
    return out


def _belongs_to_stop(tokens: Sequence[Token], i: int, body: str) -> bool:
    """Whether the mark at `i`, after a stop, still closes the same sentence."""
    token = tokens[i]
    gap = body[tokens[i - 1].end : token.start]
    if "\n" in gap:
        return False
    if token.text in _STOPS:
        return not gap
    if token.text in ('"', "'"):
        if gap:
            return False
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        return after is None or after.start > token.end or after.kind == "punct"
    return token.text in _CLOSERS and len(gap) <= 1


def _add(out: list[Sentence], tokens: Sequence[Token], first: int, last: int) -> None:
    """Keep a sentence that has at least one word; marks alone join the one before."""
    if all(tokens[k].kind == "punct" for k in range(first, last + 1)):
        if out and out[-1].last == first - 1:
            old = out.pop()
            out.append(Sentence(old.first, last, old.start, tokens[last].end))
        return
    out.append(Sentence(first, last, tokens[first].start, tokens[last].end))


_MARKS: dict[str, ClauseKind] = {}


def _marks(kind: ClauseKind, forms: str) -> None:
    for word in forms.split():
        _MARKS[word] = kind


# words as normal forms, with the particles that are usually written with them
_marks("parallel", "فيما بينما وبينما وفيما")
_marks("contrast", "لكن ولكن لكنه لكنها لكنهم ولكنه ولكنها بل بيد غير الا رغم بالرغم")
_marks("cause", "اذ حيث لان لانه لانها لانهم كونه كونها باعتبار فقد")
_marks("time", "عندما بعدما قبيل عقب حين حينما ريثما منذما كلما لما وعندما")
_marks("result", "مما")
_marks("purpose", "لكي كي بهدف بغيه بغرض لاجل حتي")
_marks("condition", "اذا لو لولا واذا فاذا ولو")
_marks(
    "relative",
    "الذي التي الذين اللذان اللذين اللتان اللتين اللواتي اللاتي اللائي والذي والتي والذين ممن",
)
_marks(
    "complement",
    "ان بان وان وبان انه انها انهم انهما بانه بانها بانهم وانه وانها وانهم وبانه وبانها لان انني اننا بانني باننا الا",
)
_AFTER_COMMA: dict[str, ClauseKind] = {
    "ما": "result",
    "الامر": "result",
    "وهو": "result",
    "وهي": "and",
    "كما": "and",
    "وذلك": "and",
    "في": "comma",
    "ومن": "and",
    "وقد": "and",
    "وكان": "and",
    "وكانت": "and",
    "ثم": "and",
    "قبل": "time",
    "بعد": "time",
    "وبعد": "time",
    "خلال": "time",
}


def clauses(
    tokens: Sequence[Token], sentence: Sentence, is_verb: Callable[[Token], bool] | None = None
) -> list[Clause]:
    """The clauses of a sentence, in order and without gaps.

    `is_verb`, when given, tells whether a token that begins with و or ف is a verb: then it opens a clause.
    """
    borders: list[tuple[int, ClauseKind, int | None]] = [(sentence.first, "main", None)]
    for i in range(sentence.first, sentence.last + 1):
        token = tokens[i]
        if token.kind == "punct":
            if token.text in _COMMAS and i < sentence.last:
                nxt = tokens[i + 1]
                kind = _MARKS.get(nxt.norm) or _AFTER_COMMA.get(nxt.norm, "comma")
                borders.append((i + 1, kind, i + 1 if kind != "comma" else i))
            continue
        if token.kind != "word" or borders[-1][0] == i:
            continue
        mark = _MARKS.get(token.norm)
        if mark is None and token.norm == "في" and i < sentence.last and tokens[i + 1].norm in ("حين", "وقت"):
            mark = "parallel"
        if mark is None and is_verb is not None and token.norm[0] in "وف" and len(token.norm) > 3 and is_verb(token):
            mark = "and"
        if mark is not None:
            borders.append((i, mark, i))
    out: list[Clause] = []
    for k, (first, kind, opener) in enumerate(borders):
        last = borders[k + 1][0] - 1 if k + 1 < len(borders) else sentence.last
        if last < first:
            continue
        out.append(Clause(first, last, tokens[first].start, tokens[last].end, kind, opener))
    return out


_TITLE_HEADS = words(
    "عنوان بعنوان عنوانه عنوانها بعنوانها تحت شعار فيلم كتاب كتابه برنامج هاشتاغ وسم مسلسل روايه قناه صحيفه"
    " موقع وكاله جريده مجله اذاعه عمليه تسميه باسم اسم يدعي تدعي مسماه حمله"
)


def _quote_kind(tokens: Sequence[Token], first: int, last: int) -> QuoteKind:
    """Speech, words set off, or the title of something."""
    count = sum(1 for k in range(first, last + 1) if tokens[k].kind != "punct")
    before = tokens[first - 2] if first > 1 else None
    if before is not None and before.norm in _TITLE_HEADS and count <= 12:
        return "title"
    opened = before is not None and (before.text == ":" or _MARKS.get(before.norm) == "complement")
    if count <= 3 and not (before is not None and before.text == ":"):
        return "scare"
    return "scare" if count <= 5 and not opened and tokens[first].norm.startswith("ال") else "speech"


def quotations(tokens: Sequence[Token], body: str) -> list[Quotation]:
    """The quotations of a text in order of their opening marks, nested ones with their depth.

    A quotation never runs over the end of a line; one whose mark is missing is kept up to there, unbalanced.
    """
    out: list[Quotation] = []
    n = len(tokens)
    first = 0
    while first < n:
        last = first
        while last + 1 < n and "\n" not in body[tokens[last].end : tokens[last + 1].start]:
            last += 1
        _line_quotations(tokens, first, last, out)
        first = last + 1
    out.sort(key=lambda q: (q.start, -q.end))
    return out


def _line_quotations(tokens: Sequence[Token], first: int, last: int, out: list[Quotation]) -> None:
    """Pair the marks of one line."""
    stack: list[int] = []
    straight_open = False
    for i in range(first, last + 1):
        token = tokens[i]
        if token.kind != "punct":
            continue
        text = token.text
        if text == "“" and any(tokens[k].text == "”" for k in stack):
            _close(tokens, stack, i, "”", out)
        elif text in _OPEN or (text == "”" and not any(tokens[k].text in ("“", '"') for k in stack)):
            stack.append(i)
        elif text in _CLOSE:
            _close(tokens, stack, i, text, out)
        elif text in _STRAIGHT:
            if text == "'" and not _set_off(tokens, i):
                continue
            straight_open = any(tokens[k].text == text for k in stack)
            if straight_open and not _must_open(tokens, i, stack):
                _close(tokens, stack, i, text, out)
            else:
                stack.append(i)
    for depth, opener in enumerate(stack):
        stop = last
        said = sum(1 for k in range(opener + 1, stop + 1) if tokens[k].kind != "punct")
        if said > 3 and tokens[opener].text in ("«", "“", '"'):
            out.append(
                Quotation(
                    opener + 1,
                    stop,
                    tokens[opener].start,
                    tokens[stop].end,
                    _quote_kind(tokens, opener + 1, stop),
                    depth,
                    False,
                )
            )


def _set_off(tokens: Sequence[Token], i: int) -> bool:
    """A single straight mark that stands before or after a space, not inside a word."""
    before = i > 0 and tokens[i - 1].end == tokens[i].start
    after = i + 1 < len(tokens) and tokens[i + 1].start == tokens[i].end
    return before != after


def _must_open(tokens: Sequence[Token], i: int, stack: list[int]) -> bool:
    """A straight mark that can only open: after a colon or a space, before a word, while the open one is old."""
    before, after = tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
    if before is None or after is None:
        return False
    return before.text == ":" and after.start == tokens[i].end and after.kind != "punct"


def _close(tokens: Sequence[Token], stack: list[int], i: int, text: str, out: list[Quotation]) -> None:
    """Close the innermost open quotation that this mark can close; marks opened inside it are dropped."""
    for k in range(len(stack) - 1, -1, -1):
        opener = stack[k]
        mark = tokens[opener].text
        if (mark == text and mark in ('"', "'")) or _OPEN.get(mark) == text or (mark, text) in _LOOSE:
            del stack[k:]
            if opener + 1 <= i - 1:
                kind = _quote_kind(tokens, opener + 1, i - 1)
                out.append(Quotation(opener + 1, i - 1, tokens[opener].start, tokens[i].end, kind, len(stack), True))
            return
    before = tokens[i - 1] if i else None
    if before is not None and text == "»" and before.end == tokens[i].start:
        return


_LOOSE = frozenset([('"', "”"), ("“", '"'), ("”", "”"), ("“", "“"), ("”", "“"), ("„", "”"), ("”", "”")])


def joined(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """The members of a list joined by و or commas (A وB، وC) inside tokens `first` to `last`, as token ranges.

    A member begins at a token that carries the و of conjunction, or after a comma or a lone و. Which of the
    words that begin with و carry it is for the dictionary; here only words that stay words without it count.
    """
    out: list[tuple[int, int]] = []
    start = first
    for i in range(first, last + 1):
        token = tokens[i]
        if (i > start and token.kind == "punct" and token.text in _COMMAS) or (i > start and token.norm == "و"):
            out.append((start, i - 1))
            start = i + 1
        elif i > start and token.kind == "word" and _carries_and(token.norm):
            out.append((start, i - 1))
            start = i
    if start <= last:
        out.append((start, last))
    return out


# words that begin with a و of their own; nouns met beside actors and places
_OWN_WAW = tuple(
    sorted(
        words(
            "وزار وزير وزراء وكال وكيل وحد وحدات واشنطن وسط ولاي ولايات وفد وفود وسائل وسيل وثيق وثائق وطن"
            " واد وادي وصف وقف وقت والي ولي وسيط وساط وقود ورق ورش واسط وجود وفا وقع وقو واقع"
        )
    )
)


def _carries_and(norm: str) -> bool:
    """Whether a word's و is the conjunction and not its own first letter."""
    if len(norm) < 3 or norm[0] != "و":
        return False
    return not norm.startswith(_OWN_WAW) or norm.startswith("وال")
