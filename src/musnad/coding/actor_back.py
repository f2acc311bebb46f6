"""Words that are no noun of the tables and mean somebody named before: بعضهم، هؤلاء، آخرون، الطرفان، الأخير."""

from __future__ import annotations

from musnad.codebook.actors import words
from musnad.coding.actor_mentions import ActorMention, country_of, is_state
from musnad.coding.actor_names import SAYING
from musnad.coding.actor_phrases import HARMED, Phrases

SOME = words("بعضهم احدهم معظمهم غالبيتهم اغلبهم جميعهم كلهم احداهن احداهم كلاهما كليهما احداهما احدهما اغلبيتهم")
"""Some or all of people just told of."""
THESE = words("هؤلاء اولئك")
OTHERS = words("اخرون اخرين الاخرون الاخرين اخران")
ONE_MORE = words("اخر اخري")
"""One more person, after a word of harm (وإصابة *آخر*)."""
SIDES = words("الطرفان الطرفين طرفا طرفي الطرفن اطراف")
OF_WAR = words("النزاع الصراع القتال الحرب الازمه الاتفاق التفاوض المواجهه الخلاف")
LAST = words("الاخير الاخيره")
LEADS = words("من الي علي عن ان لان بان مع ضد بين وان ل ب") | SAYING
"""Words after which *الأخير* is a party and no adjective."""
JOINED = {p + w for w in SOME | THESE | OTHERS | SIDES for p in "وفلب"} | {"للطرفين"}
"""Such words with a particle before them."""
BACK = SOME | THESE | OTHERS | ONE_MORE | SIDES | LAST | JOINED
"""All written words that can mean somebody told of before."""
PEOPLE = words(
    "civilian victim soldier fighter people activist refugee settler unknown criminal journalist medic police member "
    "official clergy parliament expert rebels group leader"
)
KINDS = frozenset(("country", "adjective", "entity"))
OFFICERS = words("official diplomat ministry")
"""Heads that stand for a state when two states are meant."""
PARTIES = words("force group militia party government country capital seat opposition rebels igo people leadership")


class Backs(Phrases):
    """Finding whom such a word means."""

    def people_before(self, i: int, reach: int) -> ActorMention | None:
        """The last people told of before token `i`, several of them, not more than `reach` words away."""
        for m in reversed(self.memory.found):
            if i - m.last > reach:
                return None
            if m.number != "sg" and m.head_class in PEOPLE and m.kind != "source" and m.id:
                return m
        return None

    def pair(self, states: bool) -> ActorMention | None:
        """Of the two parties told of last, the one that was named first; `states`: of two states."""
        last: ActorMention | None = None
        for m in reversed(self.memory.found):
            if m.head_class not in PARTIES and m.kind not in KINDS and not (states and m.head_class in OFFICERS):
                continue
            if m.kind == "anaphor" or not m.id or m.id.startswith(("XXX", "MEDIA:")) or m.id == "ANON":
                continue
            if states and not is_state(m.id):
                continue
            if last is None:
                last = m
            elif m.id != last.id and not (is_state(m.id) and country_of(m.id) == country_of(last.id)):
                return m
        return last

    def two_states(self, m: ActorMention) -> ActorMention:
        """The mention of two countries (البلدان، الجانبان) with the id of the one of them that was named first."""
        if m.head_class == "country" and m.number == "du" and m.kind == "role" and not m.owner:
            other = self.pair(True)
            if other is not None:
                m.id, m.because = f"{country_of(other.id)}-GOV", (*m.because, "back")
        return m

    def back_word(self, i: int) -> ActorMention | None:
        """The mention that token `i` makes by meaning somebody told of before."""
        t = self.tokens[i]
        w, skip = t.norm, 0
        following = self.tokens[i + 1].norm if i + 1 < self.n else ""
        if following == "منهم" and (t.kind == "number" or self.is_quantifier(i)):
            return self.backed_by(i, i + 1, 0, self.people_before(i, 40))
        if w not in BACK:
            return None
        if w == "للطرفين":
            w = "الطرفين"
        elif w in JOINED:
            w, skip = w[1:], 1
        if w in SOME:
            return self.backed_by(i, i, skip, self.people_before(i, 40))
        if w in THESE:
            return None if following.startswith("ال") else self.backed_by(i, i, skip, self.people_before(i, 60))
        if w in OTHERS:
            return self.backed_by(i, i, skip, self.people_before(i, 25))
        if w in ONE_MORE:
            return self.one_more(i)
        if w in SIDES:
            joined = following in OF_WAR
            if not joined and not w.startswith("ال"):
                return None
            return self.backed_by(i, i + joined, skip, self.pair(False))
        if w in LAST and i and self.tokens[i - 1].norm in LEADS and not following.startswith("ال"):
            m = self.memory.found[-1] if self.memory.found else None
            return self.backed_by(i, i, skip, m if m is not None and i - m.last < 30 else None)
        return None

    def one_more(self, i: int) -> ActorMention | None:
        """آخر after a word of harm: one like the person told of last."""
        before = self.tokens[i - 1].norm if i else ""
        if before not in HARMED:
            return None
        m = next((m for m in reversed(self.memory.found) if m.head_class in PEOPLE and m.kind != "source"), None)
        return self.backed_by(i, i, 0, m if m is not None and i - m.last < 25 else None)

    def backed_by(self, i: int, last: int, skip: int, m: ActorMention | None) -> ActorMention | None:
        """A mention of tokens `i` to `last` that means what `m` means; number words before it are taken in."""
        if m is None or not m.id:
            return None
        t = self.tokens[i]
        first, start = i, t.start + (skip if t.text[:skip] == t.norm[:skip] else 0)
        if not skip and i and (self.tokens[i - 1].kind == "number" or self.is_quantifier(i - 1)):
            first, start = i - 1, self.tokens[i - 1].start
        number = "sg" if t.norm.startswith(("احد", "اخر", "الاخير")) and t.norm not in OTHERS else "pl"
        return ActorMention(
            first, last, start, self.tokens[last].end, m.id, "anaphor", number, i, m.head_class, True, False,
            m.owner, ("back",), m.heads, (t.norm,),
        )  # fmt: skip
