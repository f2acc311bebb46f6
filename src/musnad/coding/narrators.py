"""Who says so: the narrator behind each act, and how far his speech reaches.

For each act the narrator is chosen among the tellings of its sentence and those that may still last from before (open
quotations, sentences that go on); nothing chosen means that the outlet itself tells it. Grammar names one telling as
the likeliest (the last whose told words still run, or a بحسب behind); the learned weights decide.
"""

from __future__ import annotations

from musnad.arabic.wordlists import words
from musnad.coding.document import COMPLEMENTS, Doc
from musnad.coding.relations import bucket
from musnad.coding.speech_words import SPEECH_ACTS
from musnad.coding.tellings import Telling, still_open, tellings
from musnad.coding.triggers import Trigger, sector, word_class

__all__ = ["SPEECH_ACTS", "Telling", "governing", "likeliest", "options", "parent", "tellings"]

_LASTS = 5
"""So many sentences back a narrator may still speak."""
_OUTLET_AGAIN = words("وكان وكانت وكانوا كان كانت يذكر ويذكر يشار ويشار يأتي ياتي وياتي وتاتي تاتي وجاء جاء")
_GOES_ON = words("وان وانه وانها لان لانه لانها حيث اذ فيما بينما كما كذلك ايضا لكن ولكن الا مما ما وهو وهي وهم")


def _opener(doc: Doc, si: int) -> str:
    """How a sentence opens: with words of the outlet, words that go on, a date, a verb, a quotation."""
    s = doc.sentences[si]
    t = doc.tokens[s.first]
    if t.text in '"«“':
        return "quote"
    if t.norm in _OUTLET_AGAIN:
        return "again"
    if t.norm in _GOES_ON:
        return "goes-on"
    if doc.date_at[s.first] >= 0 or (s.first < s.last and t.norm in ("في", "وفي") and doc.date_at[s.first + 1] >= 0):
        return "date"
    return ("and-" if t.norm.startswith("و") else "") + word_class(doc, s.first)


def _line(doc: Doc, a: int, b: int) -> bool:
    """Whether a line break lies between two tokens."""
    return "\n" in doc.report.body[doc.tokens[a].start : doc.tokens[b].start]


def _owner(doc: Doc, i: int, found: list[Telling]) -> Telling | None:
    """The telling whose quotation an act stands in: one that opens it, or one right behind it."""
    k = doc.quote[i]
    if k < 0:
        return None
    q = doc.quotes[k]
    best = None
    for x in found:
        if x.i > q.last + 4:
            break
        if x.i > q.last:
            return best or (x if x.pos == "verb" or x.kind == "according" else None)
        if x.i < q.first and ((x.told >= 0 and x.told <= q.first) or q.first - x.i < 12):
            best = x if doc.sent[q.first] - x.sentence <= (1 if x.that == "colon" else 0) else best
    return best


def governing(doc: Doc, i: int, own: list[Telling]) -> Telling | None:
    """The telling that grammar gives an act: the last whose told words have begun before it and still run; else a
    بحسب or a verb without told words of its own behind it."""
    left: Telling | None = None
    for x in own:
        if x.i >= i:
            break
        if x.kind == "medium" or (x.outlet and x.told < 0):
            continue
        if x.told >= 0:
            if x.told <= i and still_open(doc, x, i):
                left = x
        elif x.kind in ("announce", "according", "relay", "claim", "learn") or (x.pos == "verb" and x.kind != "act"):
            left = x
    if left is not None and (left.told >= 0 or left.kind in ("according", "relay")):
        return left
    for x in own:
        if x.i > i and (x.kind in ("according", "relay") or (x.pos == "verb" and x.kind == "say" and not x.that)):
            if not any(i < y.i < x.i and y.that and not y.outlet for y in own):
                return x
            break
    return left


def options(doc: Doc, t: Trigger, found: list[Telling]) -> tuple[list[Telling | None], list[list[str]]]:
    """The tellings that may stand behind an act (None first: the outlet itself), with their features."""
    i = t.candidate.i
    si = doc.sent[i]
    s = doc.sentences[si]
    here = [x for x in found if x.sentence == si and x.i != i]
    own = [x for x in here if x.narrators]
    past = [x for x in found if x.sentence < si and (x.narrators or x.outlet)]
    rule = governing(doc, i, [x for x in here if x.narrators or x.outlet])
    owner = _owner(doc, i, [x for x in found if (x.narrators or x.outlet) and si - x.sentence <= 12])
    poses = sorted({r.pos[:3] for r in t.candidate.readings})
    quoted = doc.quote[i] >= 0
    opener = _opener(doc, si)
    speech = "speech-act" if t.type in SPEECH_ACTS else "act"
    r = "none" if rule is None else "outlet" if rule.outlet else f"{'<' if rule.i < i else '>'}{rule.kind}/{rule.that}"
    o = "none" if owner is None else "outlet" if owner.outlet else "own" if owner.sentence == si else "before"
    ahead = _lasting(past, doc, i, owner)
    base = [
        "none:type=" + t.type, f"none:quoted={quoted}/{o}", f"none:{speech}/own={min(len(own), 2)}", f"none:rule={r}",
        f"none:{speech}/rule={r}", f"none:opener={opener}", f"none:opener={opener}/own={bool(own)}",
        f"none:first={si == 0}", "none:carry=" + ("yes" if ahead else "no"),
    ]  # fmt: skip
    choice: list[Telling | None] = [None]
    features: list[list[str]] = [base]
    for x in own:
        features.append([*_features(doc, t, x, own, poses), *_ruled(x, rule, owner, speech, i)])
        choice.append(x)
    coming = next((y for y in found if y.sentence > si and (y.narrators or y.outlet)), None)
    for rank, x in enumerate(ahead):
        gap = min(si - x.sentence, _LASTS)
        line = _line(doc, x.i, s.first)
        p = f"carry{rank}"
        after_it = _coming(doc, x, coming, si)
        rest = sum(1 for y in past if x.sentence < y.sentence and not y.outlet and y.narrators)
        reset = "outlet" if past and past[-1].outlet else "last" if past and past[-1] is x else "over"
        features.append([
            p, f"{p}/gap={gap}/line={line}", f"{p}/own={min(len(own), 2)}", f"{p}/kind={x.kind}/{x.that}",
            f"{p}/type={t.type}", f"{p}/opener={opener}", f"{p}/opener={opener}/line={line}",
            f"{p}/n={sector(doc.actors[x.narrators[-1]].id)}", f"{p}/first={i - s.first < 4}",
            f"{p}/reset={reset}/{min(rest, 2)}", f"{p}/share={_share(doc, x, found)}/gap={gap}",
            f"carry/kind={x.kind}/{gap}", f"carry/lemma={x.lemma}", f"{p}/carried={x.carried}/pos={x.pos[:4]}",
            f"carry/rule={r}", f"carry/{speech}/rule={r}", f"carry/owner={x is owner}/quoted={quoted}",
            f"carry/owner={x is owner}/{p}", f"carry/nested={x.nested}", f"carry/start={x.sentence == 0}/{gap}",
            f"{p}/coming={after_it}", f"{p}/coming={after_it}/own={bool(own)}/line={line}",
        ])  # fmt: skip
        choice.append(x)
    return choice, features


def _coming(doc: Doc, x: Telling, coming: Telling | None, si: int) -> str:
    """Whether the next telling of the report goes on with the same narrator (... وأضاف)."""
    if coming is None:
        return "end"
    if coming.outlet:
        return "outlet"
    same = doc.actors[coming.narrators[-1]].id == doc.actors[x.narrators[-1]].id
    near = "near" if coming.sentence - si <= 2 else "far"
    return f"{'same' if same else 'other'}/{'carried' if coming.carried else 'named'}/{near}"


def _share(doc: Doc, x: Telling, found: list[Telling]) -> str:
    """How much of the report's telling is this narrator's."""
    ident = doc.actors[x.narrators[-1]].id
    named = [y for y in found if y.narrators and y.kind != "act"]
    mine = sum(1 for y in named if doc.actors[y.narrators[-1]].id == ident)
    return "all" if mine >= len(named) else "most" if 2 * mine > len(named) else "some"


def _lasting(past: list[Telling], doc: Doc, i: int, owner: Telling | None) -> list[Telling]:
    """Tellings of earlier sentences that may still last, the likeliest first, one for each narrator, three at most."""
    si = doc.sent[i]
    out: list[Telling] = []
    seen: set[str] = set()
    if owner is not None and owner.sentence < si and owner.narrators:
        out.append(owner)
        seen.add(doc.actors[owner.narrators[-1]].id)
    for x in reversed(past):
        if si - x.sentence > _LASTS or len(out) == 3:
            break
        if not x.narrators:
            continue
        ident = doc.actors[x.narrators[-1]].id
        if ident in seen:
            continue
        seen.add(ident)
        out.append(x)
    return out


def _ruled(x: Telling, rule: Telling | None, owner: Telling | None, speech: str, i: int) -> list[str]:
    """What grammar and quotation marks say of an own telling."""
    d = ">" if i > x.i else "<"
    return [
        f"rule={x is rule}{d}{x.kind}/{x.that}", f"rule={x is rule}{d}{speech}",
        f"rule={x is rule}{d}{x.pos[:4]}/{x.nested}",
        f"owner={x is owner}/{owner is not None}{d}", f"nested={x.nested}{d}{x.kind}",
    ]  # fmt: skip


def _features(doc: Doc, t: Trigger, x: Telling, own: list[Telling], poses: list[str]) -> list[str]:
    """How a telling of the same sentence stands to an act: order, distance, what lies between, the words themselves."""
    i = t.candidate.i
    after_ = i > x.i
    side = ">" if after_ else "<"
    lo, hi = (x.i, i) if after_ else (i, x.i)
    d = bucket(doc.chunk[hi] - doc.chunk[lo] - 1)
    n = doc.actors[x.narrators[-1]]
    between = [y for y in own if lo < y.i < hi]
    commas = sum(1 for j in range(lo + 1, hi) if doc.tokens[j].text in "،,")
    thats = sum(1 for j in range(lo + 1, hi) if doc.tokens[j].norm in COMPLEMENTS)
    acts = sum(1 for j in range(lo + 1, hi) if (w := doc.words[j]) is not None and w.cls == "E")
    same_quote = doc.quote[i] >= 0 and x.that in ("quote", "colon", "that")
    f = [
        f"tell={side}{x.kind}", f"tell={side}{x.kind}/{x.pos[:4]}", f"tell={side}{x.lemma}",
        f"tell={side}{x.kind}/{x.that}",
        f"d={side}{d}/{x.kind}", f"between={side}{min(len(between), 2)}", f"commas={side}{min(commas, 3)}/{x.kind}",
        f"that={side}{min(thats, 2)}/{x.kind}", f"acts={side}{min(acts, 3)}", f"type={side}{t.type}/{x.kind}",
        f"hidden={x.carried}{side}", f"n={sector(n.id)}{side}", f"nkind={n.kind}{side}", f"before={x.before}{side}",
        f"clause={doc.clause[i] == doc.clause[x.i]}{side}", f"quoted={same_quote}{side}",
        f"first={x is own[0]}{side}", f"last={x is own[-1]}{side}", "pos=" + side + "+".join(poses) + "/" + x.kind,
        f"prep={side}{t.candidate.particles.replace('ال', '')}/{x.kind}", f"ncount={len(own)}",
    ]  # fmt: skip
    s = doc.sentences[doc.sent[i]]
    head = x.i <= s.first + 1 or (x.i <= s.first + 3 and doc.tokens[s.first].norm in ("كان", "وكان", "كانت", "وكانت"))
    main = f"{side}{x.pos[:4]}/{'head' if head else 'mid'}/{x.that}"
    f.extend((f"main={main}", f"main={main}/{x.kind}", f"main={main}/b{min(len(between), 1)}"))
    says = [y for y in between if y.kind != "act"]
    f.append(f"says-between={side}{min(len(says), 2)}/{x.kind}")
    if doc.quote[i] >= 0 and doc.quote[x.i] < 0:
        q = doc.quotes[doc.quote[i]]
        gap = q.first - x.i
        f.append(f"own-quote={side}{x.kind}/{'near' if 0 < gap < 12 else 'far'}")
    last_comma = max((j for j in range(lo, hi) if doc.tokens[j].text in "،,"), default=-1)
    if last_comma >= 0 and after_:
        nxt = doc.tokens[last_comma + 1].norm if last_comma + 1 < len(doc.tokens) else ""
        f.append(f"comma-next={nxt[:8]}/{x.kind}")
    if not between:
        f.append(f"nearest{side}{x.kind}")
    if t.type in SPEECH_ACTS:
        f.append(f"speech-act{side}{x.kind}")
    k = doc.actor_at[i]
    if k >= 0 and k in x.narrators:
        f.append("inside-narrator")
    g = i - 1
    if g >= 0 and doc.actor_at[g] in x.narrators:
        f.append("right-after-narrator")
    return f


def parent(doc: Doc, x: Telling, found: list[Telling]) -> Telling | None:
    """The telling in whose speech another telling stands (ذكرت القناة أن الجيش أعلن)."""
    if x.carried or not x.narrators:
        return None
    own = [
        y for y in found if y.sentence == x.sentence and y is not x and y.narrators and y.kind not in ("act", "medium")
    ]
    best = governing(doc, x.i, own)
    if best is None or set(best.narrators) & set(x.narrators):
        return None
    if doc.actors[best.narrators[-1]].id == doc.actors[x.narrators[-1]].id:
        return None
    if best.i < x.i:
        return best if best.told >= 0 or best.kind in ("relay", "according") else None
    return best if doc.actors[best.narrators[-1]].id.startswith("MEDIA:") else None


def likeliest(doc: Doc, choice: list[Telling | None], chances: list[float]) -> Telling | None:
    """The telling to take: tellings of one narrator stand together against the others and the outlet."""
    sums: dict[str, float] = {}
    for x, c in zip(choice, chances, strict=True):
        ident = doc.actors[x.narrators[-1]].id if x is not None else ""
        sums[ident] = sums.get(ident, 0.0) + c
    top = max(sums, key=lambda k: sums[k])
    fit = [k for k, x in enumerate(choice) if (doc.actors[x.narrators[-1]].id if x is not None else "") == top]
    return choice[max(fit, key=lambda k: chances[k])]
