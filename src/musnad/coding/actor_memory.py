"""What a report has named so far: mentions that later words refer back to, and people's names.

التنظيم، الوزير، المصدر take the id of the nearest earlier mention that they can mean; البخيتي means the محمد البخيتي
of the paragraph before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from musnad.arabic.text import Token
from musnad.codebook.actors import words
from musnad.coding.actor_mentions import ActorMention

LINKS = words("بن ابن ابو ابي عبد ال ام دي فان دو بنت اد فون لو ولد دير دا تين")
COMMON_GIVEN = words(
    "محمد احمد علي حسن حسين محمود خالد سعيد صالح يوسف ابراهيم عمر عثمان مصطفي عبدالله عبد فهد سعد ناصر سالم مبارك "
    "جون مايكل ديفيد سامي كريم جمال كمال طارق وليد ماجد نبيل رامي بشير ياسر حمد راشد منصور عادل ايمن اياد انور "
    "نور الشيخ السيد عبدالرحمن عبدالعزيز جورج بول روبرت سيد اسلام جهاد شريف فتح الله رجب كامل عزت ربيع صباح الدين "
    "النبي"
)
INFORMANTS = words("police spokesman spy medic command")
"""Heads that a bare المصدر can be when no source was named."""
TELLERS = words("rights ministry spokesman ngo command")
"""Heads whose statement a bare البيان or التقرير can be."""

ISSUERS = words(
    "government ministry party group force command ngo rights igo body parliament official spokesman leader police "
    "militia labour opposition court medic diplomat"
)
"""Heads that can issue a statement, where nobody said to have told anything came before."""


FEMININE = words("قوات قوي كتائب سرايا قسد داعش حماس ميليشيا مليشيا الوحدات وحدات شرطه الشرطه")
"""First words of names that are feminine without an ending that shows it."""
MASCULINE = words("جيش الجيش حزب الحزب تنظيم التنظيم رئيس الرئيس وزير الوزير فصيل مجلس المجلس")
"""First words that are masculine, whatever follows."""


def feminine(m: ActorMention) -> bool:
    """Are both the head of this mention and its owner feminine or plurals of things, so that ـه can mean neither?"""
    return bool(m.words) and all(w.endswith(("ه", "ات")) or w in FEMININE for w in (m.words[0], m.words[-1]))


def masculine(m: ActorMention) -> bool:
    """Is the head of this mention masculine, so that ـها cannot mean it?"""
    return bool(m.words) and m.words[0] in MASCULINE


NEIGHBOURS = frozenset(("SYR", "IRQ", "LBN", "PSE", "ISR", "YEM"))
"""Countries where armed groups of other countries fight."""


class Memory:
    """The mentions found so far, in text order, and the names that people were called by."""

    def __init__(self) -> None:
        self.found: list[ActorMention] = []
        self.names: dict[str, str] = {}
        self.firsts: set[str] = set()

    def fuller(self, name: Sequence[str], roles: frozenset[int]) -> ActorMention | None:
        """The nearest earlier mention whose name holds all these words and more, or whose head is the same noun."""
        wanted = frozenset(name)
        for m in reversed(self.found):
            if not m.id or m.kind in ("source", "possessive", "victims"):
                continue
            if len(m.words) > len(name) and wanted.issubset(m.words):
                return m
            same_noun = m.head_class not in ("source", "media", "paper") and bool(roles & m.heads)
            if same_noun and (m.owner or m.kind == "entity"):
                return m
        return None

    def antecedent(self, role: int, cls: str, sector: str = "", number: str = "") -> ActorMention | None:
        """The nearest earlier mention that a definite bare head noun can mean. `number`: sg or pl where several of a
        kind (الحركات) are not one party named before, and one is not several."""
        if cls == "source":
            told = [m for m in self.found[-40:] if m.kind == "source"]
            if told:
                return told[-1]
            return next((m for m in reversed(self.found) if m.head_class in INFORMANTS), None)
        for m in reversed(self.found):
            if not m.id:
                continue
            if cls == "paper":
                if m.kind in ("media", "source") or m.head_class in TELLERS:
                    return m
            elif m.kind == "source" or (number and (m.number == "sg") != (number == "sg")):
                continue
            elif role in m.heads and (m.owner or m.kind in ("entity", "anaphor", "media", "person")):
                if not sector or m.id.endswith(sector):
                    return m
            elif cls == "media" and m.kind == "media" and m.id.startswith("MEDIA:"):
                return m
        if cls == "paper":
            return next((m for m in reversed(self.found) if m.id and m.head_class in ISSUERS and m.owner), None)
        return None

    def armed(self, kin: Mapping[str, str], country: str) -> ActorMention | None:
        """The armed group named last, for fighters of whom no side is told. `kin`: the ids of such groups and the
        countries where they are at home; `country`: where the fighters are."""
        for m in reversed(self.found):
            if m.id not in kin or m.kind not in ("entity", "role", "anaphor", "person"):
                continue
            if not country or kin[m.id] in ("XXX", country) or country in NEIGHBOURS:
                return m
        return None

    def soldiers(self) -> ActorMention | None:
        """The army named last, for soldiers of whom no side is told."""
        for m in reversed(self.found):
            if m.id.endswith("-MIL") and m.kind in ("entity", "role", "anaphor", "adjective"):
                return m
        return None

    def owner_before(self, i: int, ending: str, civil: bool, country: bool, cls: str) -> ActorMention | None:
        """Whom a possessive ending means at token `i`: the nearest party before that can have forces, people, a
        land. A person of no known side has no forces: they are those of the party that the report speaks of first."""
        for m in reversed(self.found):
            if i - m.last > 80:
                return None
            if cls in ("fighter", "force", "militia", "soldier") and m.kind == "person" and m.id.endswith("-CVL"):
                return next((x for x in self.found if i - x.last <= 80 and x.kind == "entity" and _is_armed(x)), None)
            if not m.id or m.id == "ANON" or m.kind in ("source", "victims", "possessive"):
                continue
            if m.head_class in ("civilian", "victim", "property", "facility", "settler", "paper") and not civil:
                continue
            if cls == "fighter" and (m.id.endswith(("-GOV", "-MIL")) or m.id.startswith("MEDIA:")):
                continue
            if ending == "ه" and not country and m.kind in ("role", "entity", "media", "anaphor") and feminine(m):
                continue
            if country and (m.id.startswith("XXX-") or (m.words and m.words[0].startswith("نظير"))):
                continue
            if ending == "ها" and (m.kind == "person" or masculine(m)):
                continue
            if ending == "ه" and country and (m.kind in ("country", "media", "entity") or m.head_class == "people"):
                continue
            return m
        return None

    def remember(self, tokens: Sequence[Token], rid: str) -> None:
        """Keep a personal name so that a later bare surname means the same."""
        parts = [t.norm for t in tokens if t.kind in ("word", "latin")]
        if not parts or not rid:
            return
        keep = [parts[-1]]
        if len(parts) > 1:
            if parts[-2] in LINKS:
                keep = [f"{parts[-2]} {parts[-1]}"]
            if parts[0] not in LINKS and parts[0] not in COMMON_GIVEN:
                keep.append(parts[0])
            if len(parts) > 2 and parts[-2] not in LINKS and parts[-2] not in COMMON_GIVEN:
                keep.append(parts[-2])
        for name in keep:
            if len(name) > 2 and (name not in COMMON_GIVEN or not rid.endswith("-CVL")):
                self.names[name] = rid
                self.firsts.add(name.partition(" ")[0])
                if name.startswith("ال") and len(name) > 5:
                    self.names[name[2:]] = rid
                    self.firsts.add(name[2:])


def _is_armed(m: ActorMention) -> bool:
    """Whether a mention names an armed group or an army."""
    _, _, sector = m.id.partition("-")
    return m.head_class in ("group", "force", "militia", "army") and sector in ("", "MIL", "REB", "PRM")
