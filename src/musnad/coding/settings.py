"""Where and when an act happened: place mentions and dates of its own clause first, then of its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from musnad.arabic.dates import DateExpr
from musnad.arabic.wordlists import words
from musnad.coding.document import Doc
from musnad.coding.grammar import verbal
from musnad.coding.places import PlaceMention
from musnad.coding.relations import anchor, bucket, geometry, joined_to
from musnad.coding.triggers import Trigger, word_class

NEAR = 3
"""Chunks between two places that are told in one breath."""
BACKED = words(
    "مدعوم مدعومه مدعومين مدعومون مدعومتين بدعم دعم بمسانده مسنود مسنوده بتمويل ممول مموله ممولين برعايه بايعاز بتوجيه"
    " مقرب مقربه مقربين بدفع بتحريض مسلح مسلحه مدرب مدربه"
)
"""Words of backing: من after them names the backer."""
_WITH_CHOICE = ("after-place=", "joined", "form=", "chain=")


@dataclass(slots=True)
class Site:
    """A place mention that may be where an act happened, with its features."""

    mention: int
    features: list[str]
    follows: bool = False
    """Whether it stands right after the site before it, so that the choice of that one bears on it."""

    def given(self, before: bool) -> list[str]:
        """The features, with what was chosen for the site before."""
        if not self.follows:
            return self.features
        carried = [x for x in self.features if x.startswith(_WITH_CHOICE)]
        return [*self.features, f"prev={before}", *(f"prev={before}/{x}" for x in carried)]


def sites(doc: Doc, t: Trigger, triggers: list[Trigger], before: dict[str, list[int]]) -> list[Site]:
    """All places of the act's sentence, and those of the last act of the same word, with features."""
    i = t.candidate.i
    s = doc.sentences[doc.sent[i]]
    a = anchor(doc, t.candidate, t.type)
    inside = [
        k for k, p in enumerate(doc.places) if s.first <= p.first and p.last <= s.last and not _names_backer(doc, p)
    ]
    rivals = [x for x in triggers if x is not t and s.first <= x.candidate.i <= s.last]
    others = [x.candidate.i for x in rivals]
    out: list[Site] = []
    known: dict[int, list[str]] = {}
    after = [k for k in inside if doc.places[k].first > i]
    for n, k in enumerate(inside):
        p = doc.places[k]
        f = geometry(doc, a, p.first, p.last, p.start)
        f.append("kind=" + p.kind)
        f.append("kind=" + p.kind + "/" + t.type)
        f.append(f"weak={p.weak}")
        f.append(f"actor={doc.actor_at[p.first] >= 0}/{p.kind}")
        f.extend(_read_as(p, t.type))
        f.extend(_beside(doc, inside, n))
        f.extend(_claimed(doc, t, rivals, p, "btw:clear" in f or ">btw:clear" in f))
        f.append(f"alone={len(inside) == 1}/{len(others) == 0}")
        if doc.actor_at[p.first] >= 0:
            f.append("actor-kind=" + doc.actors[doc.actor_at[p.first]].kind)
        if k in after:
            f.append(f"order=>{min(after.index(k) + 1, 4)}")
        near = sum(1 for o in others if min(i, p.first) < o < max(i, p.first))
        f.append(f"acts-between={min(near, 2)}")
        closer = sum(1 for o in others if abs(o - p.first) < abs(i - p.first))
        f.append(f"closer-acts={min(closer, 2)}")
        if n:
            q = doc.places[inside[n - 1]]
            gap = doc.chunk[p.first] - doc.chunk[q.last] - 1
            if gap <= 2:
                f.append(f"chain={gap}")
                passed_on = ("clear", "order", "d=", "prep=", "acts-b")
                f.extend("p:" + x for x in known[inside[n - 1]] if x.startswith(passed_on))
        if joined_to(doc, p.first):
            f.append("joined")
        known[k] = f
        out.append(Site(k, f, any(x.startswith("chain=") for x in f)))
    same = before.get(t.candidate.stem)
    if same:
        for k in same:
            if doc.places[k].first < s.first and all(doc.places[k].name != doc.places[x].name for x in inside):
                gap = min(doc.sent[i] - doc.sent[doc.places[k].first], 3)
                told = ["carried", f"carried/gap={gap}", "carried/type=" + t.type, f"carried/own={bool(inside)}"]
                out.append(Site(k, told))
    return out


def _names_backer(doc: Doc, p: PlaceMention) -> bool:
    """المدعومة من تركيا، بدعم من موسكو: a country that backs somebody is no place of the act."""
    if p.kind not in ("country", "capital") or p.first < 2 or doc.tokens[p.first - 1].norm != "من":
        return False
    return doc.tokens[p.first - 2].norm.removeprefix("و").removeprefix("ال") in BACKED


def _read_as(p: PlaceMention, type_: str) -> list[str]:
    """How the mention was read: a name, a part of a land, a word that points back."""
    return ["form=" + p.form, f"form={p.form}/{p.kind}/{p.locative}", f"form={p.form}/{p.weak}/{type_}"]


def _beside(doc: Doc, inside: list[int], n: int) -> list[str]:
    """How a place stands to the places right before and after it: أربيل، شمالي العراق tells one place."""
    p = doc.places[inside[n]]
    out: list[str] = []
    if n and doc.chunk[p.first] - doc.chunk[(q := doc.places[inside[n - 1]]).last] <= NEAR:
        holds = _holds(p, q)
        comma = doc.tokens[p.first - 1].text in "،,"
        out += [f"after-place={holds}/{comma}/{p.form}", f"after-place={holds}/{p.kind}",
                f"after-place={holds}/{q.kind}/{p.kind}"]  # fmt: skip
    if n + 1 < len(inside) and doc.chunk[(q := doc.places[inside[n + 1]]).first] - doc.chunk[p.last] <= NEAR:
        holds = _holds(q, p)
        out += [f"before-place={holds}/{p.kind}", f"before-place={holds}/{p.form}/{q.form}"]
    return out


def _holds(p: PlaceMention, q: PlaceMention) -> str:
    """Whether place `p` contains place `q`, as far as names and provinces tell."""
    if p.name == q.name:
        return "same"
    if p.country != q.country:
        return "other"
    if p.kind == "country":
        return "country"
    return "province" if q.province and q.province in (p.province, p.name) else "land"


def _claimed(doc: Doc, t: Trigger, rivals: list[Trigger], p: PlaceMention, clear: bool) -> list[str]:
    """Whether this act or another one of the sentence stands nearest to the place, on either side."""
    i = t.candidate.i
    left = max((x.candidate.i for x in (*rivals, t) if x.candidate.i < p.first), default=-1)
    right = min((x.candidate.i for x in (*rivals, t) if x.candidate.i > p.last), default=-1)
    who = "left" if left == i else "right" if right == i else "none"
    out = [f"nearest={who}/{left >= 0}/{right >= 0}", f"nearest={who}/{clear}/{p.form}"]
    if who == "none" and left >= 0:
        rival = next(x for x in rivals if x.candidate.i == left)
        same = rival.candidate.stem == t.candidate.stem
        out += [f"rival={rival.type}/{t.type}", "rival-e=" + rival.candidate.readings[0].entry.id,
                f"rival={same}/{doc.clause[left] == doc.clause[i]}/{p.first > i}"]  # fmt: skip
    return out


def dates(doc: Doc, t: Trigger) -> tuple[list[tuple[str, DateExpr] | None], list[list[str]]]:
    """The dates that may be the act's day, as (ISO value, expression), None first, with features."""
    i = t.candidate.i
    s = doc.sentences[doc.sent[i]]
    choice: list[tuple[str, DateExpr] | None] = [None]
    found = [d for d in doc.dates if s.first <= d.first and d.last <= s.last]
    values = [(d, v) for d in found if (v := d.resolve(doc.published).value) is not None]
    tense = next((r.tense for r in t.candidate.readings if r.pos == "verb"), "-") if verbal(doc, i) else "noun"
    features: list[list[str]] = [[
        "none:n=" + str(min(len(values), 3)), "none:type=" + t.type, "none:tense=" + tense,
        f"none:type={t.type}/{bool(values)}",
    ]]  # fmt: skip
    for n, (d, v) in enumerate(values):
        after = d.first > i
        side = ">" if after else "<"
        lo, hi = (i, d.first) if after else (d.last, i)
        gap = doc.chunk[hi] - doc.chunk[lo] - 1
        commas = says = thats = acts = verbs = 0
        for j in range(lo + 1, hi):
            if doc.tokens[j].text in "،,":
                commas += 1
                continue
            cls = word_class(doc, j)
            says += cls == "S"
            thats += cls in "qr"
            acts += cls == "E"
            verbs += cls in "ES" and verbal(doc, j)
        j = d.first - 1
        prev = doc.tokens[j].norm if j >= s.first else "^"
        opens = d.first - s.first <= 2
        say_first = next((word_class(doc, k) for k in range(d.first - 1, max(d.first - 7, s.first) - 1, -1)
                          if word_class(doc, k) in "SE"), "-")  # fmt: skip
        near = near_publication(doc, v)
        features.append([
            f"d={side}{bucket(gap)}", f"kind={side}{d.kind}", f"rel={d.relation}", f"rel={d.relation}/{d.kind}",
            f"acts={side}{min(acts, 3)}", f"commas={side}{min(commas, 2)}", f"says={side}{min(says, 2)}",
            f"thats={side}{min(thats, 2)}", f"clause={doc.clause[d.first] == doc.clause[i]}{side}",
            f"verbs={side}{min(verbs, 2)}", f"verbs={side}{min(verbs, 2)}/{min(commas, 1)}/{opens}",
            f"prev={prev}", f"opens={opens}{side}", f"n={n}/{min(len(values), 3)}", f"type={side}{t.type}",
            f"near-word={say_first}{side}", f"precision={len(v)}", f"precision={len(v)}/{d.relation}", f"part={d.part}",
            f"quote={doc.quote[i] >= 0}/{doc.quote[d.first] >= 0}", f"near={near}",
            f"near={near}/{side}{min(verbs, 2)}", f"tense={tense}{side}", f"tense={tense}/near={near}",
        ])  # fmt: skip
        choice.append((v, d))
    return choice, features


def near_publication(doc: Doc, value: str) -> bool:
    """Whether a date is the day of publication or the one before."""
    if doc.published is None or len(value) != 10:
        return False
    return value in (doc.published.isoformat(), (doc.published - timedelta(1)).isoformat())
