"""Who did it and to whom: each actor mention near an act is an actor, a recipient, or neither.

Candidates are the mentions of the act's sentence, and what the report named before: the parties of the last act of the
same word or type, and the subject of the sentence before. Each is described by its relation to the act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from musnad.coding.document import Candidate, Doc
from musnad.coding.grammar import Proposal, propose, verbal
from musnad.coding.relations import Anchor, anchor, geometry, joined_to, preposition
from musnad.coding.triggers import Trigger, sector

RECIPIENT = "recipient"
PRONOUNS = {"ه": "m", "ها": "f", "هم": "p", "هما": "p"}
MASCULINE_LANDS = frozenset(["العراق", "لبنان", "اليمن", "الأردن", "الاردن", "السودان", "المغرب", "الصومال"])
SHARED = ("clear", "frame", "order", "prep=", "d=", "g=")
"""Features of the first of a list that its other members take over."""
NAMING = frozenset(["official", "diplomat", "civilian", "people", "clergy", "person", "leader", "spokesman", "member"])
"""Classes of heads that towns and quarters are named after."""
VICTIM_ROOTS = frozenset(["ص-و-ب", "ج-ر-ح", "ق-ت-ل", "ش-ه-د", "ه-د-ف", "ط-و-ل"])


@dataclass(slots=True)
class Filler:
    """A mention that may fill a role: its number, whether it is carried from before, its features, and the roles that
    the grammar proposes for it (A, R or another letter)."""

    mention: int
    carried: str
    features: list[str]
    proposed: frozenset[str] = frozenset()


@dataclass(slots=True)
class Past:
    """What was decided of an earlier act: its sentence, type, stem, and who filled its roles."""

    sentence: int
    type: str
    stem: str
    actors: tuple[int, ...]
    recipients: tuple[int, ...]


@dataclass(slots=True)
class Scene:
    """What the grammar proposes for each act of a report and for the words of death and injury beside them."""

    proposals: dict[int, list[Proposal]]
    anchors: dict[int, Anchor]
    by_sentence: dict[int, list[tuple[int, str]]]
    """For each sentence its acts and casualty words: the token and the act's type, "also" for the latter."""
    inside: dict[int, list[int]]
    """For each sentence with an act the mentions in it that are not part of a place's name."""


def scene(doc: Doc, triggers: Sequence[Trigger]) -> Scene:
    """Ask the grammar once for every act."""
    out = Scene({}, {}, {}, {})
    acts = {t.candidate.i: t for t in triggers}
    busy = {doc.sent[i] for i in acts}
    for k, m in enumerate(doc.actors):
        si = doc.sent[m.first]
        if si in busy and m.last <= doc.sentences[si].last and not _in_a_place(doc, k):
            out.inside.setdefault(si, []).append(k)
    for c in doc.candidates:
        t = acts.get(c.i)
        si = doc.sent[c.i]
        if t is None and not (si in busy and _casualty(c)):
            continue
        a = anchor(doc, t.candidate if t else c, t.type if t else "ASSAULT")
        out.anchors[c.i] = a
        out.proposals[c.i] = propose(doc, c.i, c.readings, a.governor)
        out.by_sentence.setdefault(si, []).append((c.i, t.type if t else "also"))
    return out


def _casualty(c: Candidate) -> bool:
    """Whether a word tells of the dead or the hurt, or of what was aimed at."""
    entry = c.readings[0].entry
    return entry.types[0] == ("ASSAULT", "kill") or entry.root in VICTIM_ROOTS


def fillers(
    doc: Doc, t: Trigger, triggers: list[Trigger], past: list[Past], stage: Scene | None = None
) -> list[Filler]:
    """All mentions that may fill a role of an act, with features, in text order, the carried ones last."""
    stage = stage or scene(doc, triggers)
    i = t.candidate.i
    s = doc.sentences[doc.sent[i]]
    a = stage.anchors[i]
    inside = stage.inside.get(doc.sent[i], [])
    others = [x.candidate.i for x in triggers if x is not t and s.first <= x.candidate.i <= s.last]
    out: list[Filler] = []
    proposals: dict[int, list[str]] = {}
    proposed: dict[int, set[str]] = {}
    hints: dict[int, list[str]] = {}
    for x in stage.proposals[i]:
        if x.role == "?":
            hints.setdefault(x.mention, []).append(f"g?:{x.rule}")
            continue
        if len(x.role) == 1:
            proposed.setdefault(x.mention, set()).add(x.role)
        tags = proposals.setdefault(x.mention, [])
        tags.append(f"g={x.role}:{x.rule}")
        tags.append(f"g={x.role}:{x.rule}/{t.type}")
        tags.append(f"g={x.role}")
        tags.append(f"g={x.role}/{doc.actors[x.mention].kind}")
    taken = {x[2:3] for tags in proposals.values() for x in tags}
    elsewhere = _elsewhere(doc, stage, t, s.first)
    history = _history(doc, t, past)
    order = _order(doc, i, inside)
    features: dict[int, list[str]] = {}
    for k in inside:
        m = doc.actors[k]
        f = geometry(doc, a, m.first, m.last, m.start)
        f.extend(_own(doc, a, k))
        f.extend(_agreement(doc, a, k))
        f.extend(hints.get(k, ()))
        own = proposals.get(k)
        if own:
            f.extend(own)
        else:
            f.append("g=none")
            f.extend("g=none/but-" + x for x in sorted(taken))
        f.extend(elsewhere.get(k, ("o=none",)))
        f.extend(history.get(doc.side(k, t.type), ("h=new",)))
        f.append("order=" + order[k])
        f.append("order=" + order[k] + "/" + a.pos)
        near = sum(1 for o in others if min(i, m.first) < o < max(i, m.first))
        f.append(f"acts-between={min(near, 2)}")
        closer = [o for o in others if abs(o - m.head) < abs(i - m.head)]
        f.append(f"closer-acts={min(len(closer), 2)}")
        if joined_to(doc, m.first):
            j = inside.index(k) - 1
            if j >= 0:
                head = inside[j]
                f.append("joined")
                f.extend("j:" + x for x in features[head] if x.startswith(SHARED))
                f.append("joined-sector=" + str(sector(doc.actors[head].id) == sector(m.id)))
        features[k] = f
        out.append(Filler(k, "", f, frozenset(proposed.get(k, ()))))
    present = {doc.actors[k].id for k in inside}
    out.extend(_carried(doc, t, a, past, present))
    return out


def all_sides(doc: Doc, t: Trigger, actors: Sequence[int], recipients: Sequence[int]) -> list[int]:
    """The parties of a clash: whoever fights is a doer, one mention for each side."""
    out = {doc.side(k, t.type): k for k in reversed((*actors, *recipients))}
    return [k for k in (*actors, *recipients) if k in out.values()]


def _in_a_place(doc: Doc, k: int) -> bool:
    """Whether a word for people or an office is only part of a place's name (*السيدة* زينب, *السفيرة*)."""
    m = doc.actors[k]
    if m.kind not in ("role", "person", "anaphor") or m.head_class not in NAMING:
        return False
    at = doc.place_at[m.head]
    if at < 0:
        return False
    p = doc.places[at]
    return p.first <= m.first and m.last <= p.last


def _elsewhere(doc: Doc, stage: Scene, t: Trigger, first: int) -> dict[int, list[str]]:
    """What the mentions of a sentence are to its other acts and casualty words."""
    i = t.candidate.i
    out: dict[int, list[str]] = {}
    for o, type_ in stage.by_sentence.get(doc.sent[i], ()):
        if o == i:
            continue
        where = ">" if o > i else "<"
        entry = stage.anchors[o].candidate.readings[0].entry
        seen: set[tuple[int, str]] = set()
        for x in stage.proposals[o]:
            role = "A" if x.role == "AA" else x.role
            if role not in ("A", "R", "N") or (x.mention, role) in seen:
                continue
            seen.add((x.mention, role))
            sure = "+" if x.rule.endswith(("+", "?")) else ""
            tags = out.setdefault(x.mention, [])
            tags.append("o=" + role + sure)
            tags.append("o=" + role + sure + where + type_)
            tags.append("o=" + role + sure + where + type_ + "/" + t.type)
            if not sure:
                tags.append("o=" + role + where + "/" + entry.id)
                tags.append("o=" + role + ":" + x.rule)
    return out


def _history(doc: Doc, t: Trigger, past: list[Past]) -> dict[str, list[str]]:
    """What each side has been in the report's earlier acts."""
    seen: dict[str, set[str]] = {}
    for p in past:
        for role, ks in (("A", p.actors), ("R", p.recipients)):
            for k in ks:
                tags = seen.setdefault(doc.side(k, t.type), set())
                tags.add(role)
                if p.type == t.type:
                    tags.add(role + "=")
    return {s: ["h=" + "".join(sorted(x)), *("h:" + y + "/" + t.type for y in sorted(x))] for s, x in seen.items()}


class Pairing:
    """Who may be the recipient of an act beside each actor that it may have."""

    def __init__(self, doc: Doc, t: Trigger, found: list[Filler], past: list[Past]) -> None:
        self._doc, self._t, self._found = doc, t, found
        self._sides = [doc.side(f.mention, t.type, RECIPIENT) for f in found]
        self._pairs = {(doc.side(x, p.type), doc.side(y, p.type)) for p in past for x in p.actors for y in p.recipients}

    def beside(self, actor: Filler | None) -> list[list[str]]:
        """Features of each choice of a recipient, nobody first, beside a chosen actor."""
        t, found = self._t, self._found
        if actor is None:
            return [["ra:none", "ra:none/" + t.type], *(["ra:free", "ra:free/" + f.carried] for f in found)]
        actors = self._doc.actors
        a = actors[actor.mention]
        mine = self._doc.side(actor.mention, t.type)
        from_, land = sector(mine), mine[:3]
        lead = "ra:carried=" + (actor.carried or "own") + ">"
        out = [["ra:no", "ra:no/" + t.type, "ra:no/" + (actor.carried or "own")]]
        for f, yours in zip(found, self._sides, strict=True):
            tags = [lead + (f.carried or "own")]
            if mine == yours:
                tags.append("ra:same")
                tags.append("ra:same/" + t.type)
            else:
                tags.append(f"ra:sectors={from_}>{sector(yours)}")
                tags.append(f"ra:land={'one' if land == yours[:3] else 'two'}/{t.type}")
                if (mine, yours) in self._pairs:
                    tags.append("ra:again")
                if (yours, mine) in self._pairs:
                    tags.append("ra:reply")
            if not actor.carried and not f.carried:
                r = actors[f.mention]
                i = t.candidate.i
                tags.append("ra:order=" + "".join(n for _, n in sorted(((a.first, "a"), (r.first, "r"), (i, "t")))))
                if r.first - a.last == 1:
                    tags.append("ra:beside")
            out.append(tags)
        return out


def company(doc: Doc, t: Trigger, lead: Filler, f: Filler) -> list[str]:
    """Features of a further mention beside the one that was chosen first for a role: a list, two sides, a pair."""
    if lead.carried or f.carried:
        pair = "both" if lead.carried == f.carried else "mixed"
        return [f"co:carried={pair}", f"co:carried={pair}/{t.mode or t.type}", f"co:{lead.carried}>{f.carried}"]
    a, b = sorted((doc.actors[lead.mention], doc.actors[f.mention]), key=lambda m: m.first)
    later = ">" if b is doc.actors[f.mention] else "<"
    prep = preposition(doc, b.first, b.start)
    gap = [j for j in range(a.last + 1, b.first) if doc.tokens[j].text not in _MARKS]
    people = {doc.actor_at[j] for j in gap if doc.actor_at[j] >= 0}
    tie = "list" if joined_to(doc, b.first) and not prep else "beside" if not gap else "far"
    if tie == "list" and people:
        tie = "long-list"
    between = preposition(doc, a.first, a.start)
    acts = any(doc.words[j] is not None and doc.words[j].cls == "E" for j in gap)  # type: ignore[union-attr]
    i = t.candidate.i
    across = a.last < i < b.first
    return [
        f"co:{tie}{later}", f"co:{tie}/{t.type}", f"co:{tie}/{len(people)}/{acts}/{across}", f"co:prep={prep}{later}",
        f"co:prep={prep}/{t.type}", f"co:{between}+{prep}/{t.type}", f"co:{tie}/{between}",
        "co:kinds=" + doc.actors[lead.mention].kind + ">" + doc.actors[f.mention].kind + "/" + tie,
        "co:mode=" + (t.mode or t.type) + "/" + tie + prep,
    ]  # fmt: skip


_MARKS = '"«»“”()،,'


def nobody(doc: Doc, t: Trigger, found: list[Filler]) -> list[str]:
    """Features of the choice that no mention fills a role."""
    c = t.candidate
    poses = "+".join(sorted({r.pos[:3] for r in c.readings}))
    own = sum(1 for filler in found if not filler.carried)
    f = [
        "no", "no:type=" + t.type, "no:pos=" + poses, f"no:type={t.type}/{poses}", "no:e=" + c.readings[0].entry.id,
        f"no:own={min(own, 5)}",
        "no:def=" + ("def" if "ال" in c.particles else "pro" if c.pronoun else "bare") + "/" + poses,
        "no:prep=" + c.particles.replace("ال", ""),
    ]  # fmt: skip
    roles = sorted(frozenset[str]().union(*(f.proposed for f in found)))
    f.extend("no:has-" + r for r in roles)
    f.append("no:has=" + "".join(roles))
    return f


def _order(doc: Doc, i: int, inside: list[int]) -> dict[int, str]:
    """Rank of each mention by side: >1 is the first after the act, <1 the last before it."""
    after = [k for k in inside if doc.actors[k].first > i]
    before = [k for k in inside if doc.actors[k].last < i]
    out = {k: f">{min(n + 1, 4)}" for n, k in enumerate(after)}
    out.update({k: f"<{min(n + 1, 4)}" for n, k in enumerate(reversed(before))})
    for k in inside:
        out.setdefault(k, "in")
    return out


def _own(doc: Doc, a: Anchor, k: int) -> list[str]:
    """Features of the mention itself."""
    m = doc.actors[k]
    w = doc.words[a.i]
    side = ">" if m.first > a.i else "<"
    f = list(_looks(m.kind, m.head_class, sector(m.id), m.number, side, a.type, a.pos))
    word = doc.words[m.head]
    head = word.clean if word is not None else doc.tokens[m.head].norm
    f.append("word=" + head + "/" + side)
    f.append("word=" + head + "/" + a.type)
    f.append("id=" + doc.side(k, a.type) + "/" + a.type)
    if w is not None and w.pronoun:
        f.append("pronoun=" + side + ("pl" if w.pronoun in ("هم", "هن", "نا") else w.pronoun) + "/" + a.pos)
    if doc.place_at[m.head] >= 0:
        f.append("placed=" + m.kind)
        f.append("placed=" + m.kind + side)
    if m.kind == "adjective":
        on = _described(doc, a.i, m.first)
        f.append("on=" + on)
        f.append("on=" + on + "/" + a.type)
    if a.voice:
        f.append("voice=" + side + a.voice + "/" + m.head_class)
    return f


@lru_cache(maxsize=1 << 15)
def _looks(kind: str, head: str, sector: str, number: str, side: str, type_: str, pos: str) -> tuple[str, ...]:
    """Features of a mention's kind, head and sector."""
    return (
        "kind=" + kind, f"kind={kind}/{type_}", "head=" + head, f"head={head}/{type_}", f"sector={sector}/{type_}",
        "number=" + number, f"kind={side}{kind}/{pos}", f"head={side}{head}/{type_}",
    )  # fmt: skip


def _gender(doc: Doc, k: int) -> str:
    """How words agree with a mention: m, f (things in the plural too), p for men in the plural; empty if unsure."""
    m = doc.actors[k]
    text = doc.tokens[m.head].text.rstrip("\u064b\u064c\u064d\u064e\u064f\u0650\u0652")
    if m.kind in ("adjective", "media", "person"):
        return ""
    if m.kind == "country":
        return "m" if text.lstrip("وبلف") in MASCULINE_LANDS else "f"
    if text.endswith(("ة", "ات")):
        return "f"
    if text.endswith(("ون", "ين", "يون", "يين")):
        return "p"
    return "m" if m.number == "sg" else ""


def _agreement(doc: Doc, a: Anchor, k: int) -> list[str]:
    """Whether the act's verb, or its pronoun, agrees with a mention in gender and number."""
    gender = _gender(doc, k)
    if not gender:
        return []
    m = doc.actors[k]
    out: list[str] = []
    verbs = [r for r in a.candidate.readings if r.pos == "verb" and r.person == 3]
    if verbs and verbal(doc, a.i):
        later = m.first > a.i
        shapes = {r.gender if later or r.number != "pl" else "p" for r in verbs}
        fits = gender in shapes or (later and gender == "p" and "m" in shapes)
        out.append("agrees=" + (">" if later else "<") + ("yes" if fits else "no"))
    pronoun = PRONOUNS.get(a.candidate.pronoun)
    if pronoun and m.last < a.i:
        out.append("pronoun-agrees=" + ("yes" if pronoun == gender else "no") + "/" + a.pos)
    return out


def _described(doc: Doc, i: int, first: int) -> str:
    """What an adjective stands on: the act itself, a place, another mention, another act, or some other noun."""
    j = first - 1
    for _ in range(3):
        if j < 0:
            break
        if j == i:
            return "act"
        if doc.place_at[j] >= 0:
            return "place"
        if doc.actor_at[j] >= 0:
            return "mention"
        w = doc.words[j]
        if w is None:
            break
        if w.cls == "E" and any(r.pos != "verb" for r in w.events):
            return "other-act"
        if "ال" not in w.particles:
            break
        j -= 1
    return "word"


def _carried(doc: Doc, t: Trigger, a: Anchor, past: list[Past], present: set[str]) -> list[Filler]:
    """Parties of earlier acts and sentences."""
    si = doc.sent[t.candidate.i]
    out: list[Filler] = []
    seen: set[tuple[int, str]] = set()
    definite = "def" if "ال" in t.candidate.particles else "pro" if t.candidate.pronoun else "bare"
    own = "own" if present else "empty"
    base = [f"c:{definite}/{a.pos}", f"c:{own}/{a.pos}", f"c:{t.type}", f"c:{definite}/{own}"]

    def add(k: int, source: str, extra: list[str]) -> None:
        m = doc.actors[k]
        if m.id in present or any(doc.actors[x].id == m.id and s == source for x, s in seen):
            return
        seen.add((k, source))
        f = ["c:bias", f"c:src={source}", *base, f"c:src={source}/{definite}/{own}", f"c:src={source}/{a.pos}",
             "c:kind=" + m.kind,
             f"c:src={source}/{t.type}", "c:sector=" + sector(m.id) + "/" + t.type,
             "id=" + doc.side(k, t.type) + "/" + t.type, *extra]  # fmt: skip
        out.append(Filler(k, source, f))

    def gap(p: Past) -> str:
        return str(min(si - p.sentence, 3))

    same = [p for p in past if p.stem == t.candidate.stem or p.type == t.type]
    if same:
        p = same[-1]
        tag = "stem" if p.stem == t.candidate.stem else "type"
        for k in p.actors:
            add(k, f"{tag}-actor", [f"c:gap={gap(p)}/{tag}-actor"])
        for k in p.recipients:
            add(k, f"{tag}-recipient", [f"c:gap={gap(p)}/{tag}-recipient"])
    if past and (not same or past[-1] is not same[-1]):
        p = past[-1]
        for k in p.actors:
            add(k, "last-actor", [f"c:gap={gap(p)}/last-actor"])
        for k in p.recipients:
            add(k, "last-recipient", [f"c:gap={gap(p)}/last-recipient"])
    if si > 0:
        prev = doc.sentences[si - 1]
        first = next((k for k, m in enumerate(doc.actors) if prev.first <= m.first <= prev.last), -1)
        if first >= 0:
            add(first, "prev-first", [])
    return out
