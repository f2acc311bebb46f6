"""What in an Arabic body is no reporting: repeated leads, datelines, credits, tags, links, related headlines.

The body is never changed; stretches of it are marked, and nothing is coded from them. A mark that hides real
reporting loses records, so each rule asks for words that only a credit, a tag list or a link has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from musnad.reading.credits import DASH, Credit, credit, part_of
from musnad.report import Block, BlockKind, RelatedLink

_QUOTED = re.compile(r"\s*[«\"“(]\s*([^»\"”)\n]{2,30})\s*[»\"”)]\s*(?:[-–—ـ−:،.]|\n|$)?")
_WIRE = re.compile(rf"([^\n():.]{{0,60}}?)\s*\(\s*([^()\n]{{2,40}})\s*\)\s*(?:{DASH}|:)?")
_BYLINE = re.compile(
    r"(?:بقلم|كتب|كتبت|كتبه|كتبها|إعداد|اعداد|أعده|أعدّه|أعدته|تحرير|ترجمة|ترجمه|تقرير|مراسل الموقع|المراسل|الكاتب|حرره"
    r"|بواسطة|المؤلف|المحرر|تصوير|عدسة)"
    r"\s*(?:[:/|\-–]\s*|(?:و\s?ترجمة|وإعداد|وتحرير)\s*[:/]?\s*)(?P<name>[^\n:.؟!]{2,60})"
)
_LIST = re.compile(
    r"(?:مقالات|مواضيع|موضوعات|أخبار|اخبار|مواد|تقارير|قصص|روابط|مقاطع)"
    r"\s+(?:ذات\s+صلة|ذات\s+علاقة|متعلقة|مشابهة|قد\s+تهمك|أخرى|اخرى|مرتبطة|مختارة)"
    r"|ذات\s+صلة|المزيد\s+من\s+(?:الأخبار|المقالات|المواضيع)|الأكثر\s+(?:قراءة|مشاهدة|تفاعلا|تفاعلاً)|آخر\s+الأخبار|أحدث\s+الأخبار"
    r"|قد\s+(?:يعجبك|يهمك|تهمك|يهمكم)(?:\s+(?:أيضاً|أيضًا|أيضا|ايضا))?|ربما\s+(?:يعجبك|يهمك|تقرأ)(?:\s+\S{4,6})?"
)
_ALSO = re.compile(
    r"(?:اقرأ|إقرأ|اقرا|أقرأ|اقرأي|إقرؤوا|اقرأوا|اقرؤوا|شاهد|شاهدوا|انظر|طالع|طالعوا|للمزيد)\s*[/،]?\s*"
    r"(?P<also>أيضاً|أيضًا|أيضا|ايضا|ايضاً|كذلك|المزيد|أكثر)?(?!\w)"
)
_AFTER = re.compile(r"\s*(?P<sign>(?:\.{2,}|…|[:：>»|/–-]+)?)\s*(?P<rest>.*)")
_ANY_DASH = re.compile(r"[-–—ـ−|]")
_DASHED = re.compile(rf"\s*([^\n:.]{{2,40}}?)\s*(?:\s{DASH}|[–—]|-(?=\s)|\|)\s*")
_LINK = re.compile(
    r"(?:^|(?<=[.!؟?»\"”)\s]))\s*(?:رابط\s+(?:الخبر|المقال|المصدر|الموضوع|التقرير|الفيديو)(?:\s+(?:بصحيفة|على|في|من|من\s+المصدر|الأصلي|المختصر)[^:\n]{0,40})?\s*[:：]"
    r"|(?:للاطلاع|للإطلاع|لقراءة|لمشاهدة)[^\n:.]{0,40}(?:اضغط|انقر)\s+هنا)[^\n]*"
)
_TAGS = re.compile(
    r"\W{0,3}(?:سمات|الوسوم|وسوم|الأوسمة|علامات|تاغات|تاجات|هاشتاغ|هاشتاج|كلمات\s+(?:مفتاحية|دلالية|البحث)|الكلمات\s+(?:المفتاحية|الدلالية)|tags?|keywords?)"
    r"(?P<colon>\s*[:：]\s*|\s+)(?P<list>[^\n]*)",
    re.I,
)
_HASHTAGS = re.compile(
    r"(?:^|(?<=[.!؟?»\"”)…\s]))(?:\s*#[\w\u0610-\u061a\u064b-\u065f]+){2,}\s*$|^\s*#[\w\u064b-\u065f]+\s*$"
)
_MORE = re.compile(
    r"\W*(?:\.{2,}|…)?\s*(?:المزيد|للمزيد|تتمة|التتمة|اقرأ المزيد|إقرأ المزيد|قراءة المزيد|تابع القراءة)"
    r"\s*(?:\.{2,}|…|>>|»)?\W*"
)
_BOILER = re.compile(
    r"\W*(?:https?://\S+|www\.\S+|\S+@\s?\S+\.\w+|Twitter\s+@\S+|@\w+|\[email\s+protected\].*"
    r"|(?:لمراسلة|للتواصل\s+مع)\s+(?:الكاتب|الكاتبة|المحرر|الموقع)\W.*"
    r"|.{0,60}(?:مسافة\s+ثم\s+(?:نص\s+)?الرسالة|تبدأ\s+بالرمز\s+\(?\d+).*|\W*ثم\s+الرسالة\W*|\d{5,6}\s*[-–]\s*(?:Zain|Stc|STC|Mobily|زين|موبايلي).*"
    r"|(?:شارك|شاركنا|شاركها|انشر|انسخ|طباعة|أرسل|مشاركة|المشاركة|حفظ)(?:\s+(?:هذا|هذه|الخبر|المقال|المقالة|الموضوع|عبر|على|الرابط|مع|لصديق|أصدقائك|رأيك|صفحة))*\W*"
    r"|(?:تابعونا|تابعنا|تابعوا|انضم|انضموا|اشترك|اشتركوا)\s.{0,25}(?:على|عبر|إلى|الى|في)\s.{0,60}(?:تلغرام|تليغرام|تيليغرام|تلجرام|تيلجرام|تيليجرام|واتساب|واتس\s?اب|فيسبوك|تويتر|يوتيوب|إنستغرام|انستغرام|نبض|أخبار\s+جوجل|أخبار\s+غوغل|Google\s+News|القناة|قناتنا|النشرة|نشرتنا|البريدية).*"
    r"|(?:جميع|كافة|كل)\s+الحقوق\s+محفوظة.*|حقوق\s+(?:النشر|الطبع).{0,80}|©.*|©|copyright.*"
    r"|(?:عدد\s+)?(?:المشاهدات|الزيارات|القراءات|مشاهدات|التعليقات|تعليقات)\s*[:：]?\s*\d*\W*|\d+\s*(?:مشاهدة|تعليق|تعليقات|زيارة)\W*"
    r"|(?:آخر\s+تحديث|تاريخ\s+النشر|نشر\s+في|نُشر\s+في|نشرت\s+في|تم\s+النشر\s+في)\s*[:：]?\s.{0,60}\d.{0,20}"
    r"|[/*=_\-–—~•.·#|\s]+|إعلان|إعلانات|advertisement)\s*",
    re.I,
)
_SOURCE = re.compile(r"\W{0,3}(?:المصدر|المصادر|نقلا\s+عن|نقلاً\s+عن|خدمة|عن)\s*[:：/]?\s*(?P<who>[^\n]{2,60}?)\W*")
_SERVICE = re.compile(
    r"\W{0,4}(?:(?:خدمة|بالاتفاق مع|بالتعاون مع|خاص|خاص بـ|بـ|عن)\s*"
    r"(?P<who>[«{}\"(][^»}\")\n]{2,30}[»}\")])\W{0,3}){1,3}"
)
_ROLE = re.compile(
    r"\s*[*•]+\s*(?:أستاذ|أستاذة|استشاري|استشارية|كاتب|كاتبة|باحث|باحثة|شاعر|شاعرة|محلل|محللة|خبير|خبيرة|رئيس|مدير|صحافي|صحافية"
    r"|صحفي|صحفية|إعلامي|إعلامية|أكاديمي|أكاديمية|سفير|وزير|نائب|عضو|محام|محامية|طبيب|ماجستير|دكتوراه|وحدة|قسم|الوحدة)\s[^.؟!]{2,80}"
)
_END_CREDIT = re.compile(r"(?<=[.!؟?»\"”…\s])\s*\(\s*([^()\n]{2,30})\s*\)\s*\.?\s*$")
_SENTENCE_END = re.compile(r"(?<=[.!؟?…])[\s\u200f]+(?=\S)|\n+")
_CODE = re.compile(r"(?<=\s)[^\u0600-\u06ff\s][^\u0600-\u06ff]{80,}")
"""Style sheets and scripts that were crawled with the text."""
_REPEAT = 40
_HEADLINE = 180


@dataclass(frozen=True)
class Marked:
    """The blocks of a body, in order and apart from each other, and what the credits among them say."""

    blocks: tuple[Block, ...] = ()
    dateline: str | None = None
    agency: str | None = None
    byline: str | None = None
    outlet: str | None = None
    related: tuple[RelatedLink, ...] = ()


class _Marks:
    def __init__(self, body: str) -> None:
        self.body = body
        self.spans: list[tuple[int, int, BlockKind]] = []
        self.credits: list[Credit] = []
        self.byline: str | None = None
        self.related: list[RelatedLink] = []

    def add(self, start: int, end: int, kind: BlockKind) -> None:
        while start < end and self.body[start].isspace():
            start += 1
        while end > start and self.body[end - 1].isspace():
            end -= 1
        if start < end:
            self.spans.append((start, end, kind))


def mark(body: str, title: str = "", outlet: str | None = None) -> Marked:
    """Find the blocks of a body. `title` and `outlet`, where known, help to tell a repeated headline and a credit."""
    marks = _Marks(body)
    rows = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", body) if not m.group().isspace()]
    if not rows:
        return Marked()
    _head(marks, rows, title, outlet)
    _tail(marks, rows, outlet)
    _repeats(marks)
    return _settle(marks, outlet)


def _settle(marks: _Marks, outlet: str | None) -> Marked:
    blocks: list[Block] = []
    for start, end, kind in sorted(marks.spans, key=lambda s: (s[0], -s[1])):
        if blocks and start < blocks[-1].end:
            if end <= blocks[-1].end:
                continue
            start = blocks[-1].end
        blocks.append(Block(start, end, kind))
    places = [p for c in marks.credits for p in c.places]
    agencies = [a for c in marks.credits for a in c.agencies]
    names = [n for c in marks.credits for n in c.names]
    outlets = [o for c in marks.credits for o in c.outlets]
    return Marked(
        tuple(blocks),
        " - ".join(dict.fromkeys(places)) or None,
        agencies[0] if agencies else None,
        marks.byline or (names[0] if names else None),
        outlets[0] if outlets else None,
        tuple(marks.related),
    )


def _kind(found: Credit) -> BlockKind:
    if found.places:
        return "dateline"
    return "agency" if found.agencies and not (found.names or found.outlets) else "byline"


# --- the beginning ---------------------------------------------------------------------------------------------


def _head(marks: _Marks, rows: list[tuple[int, int]], title: str, outlet: str | None) -> None:
    """The headline again on top, up to three lines that are nothing but a credit, then a credit before the text."""
    body, i = marks.body, 0
    if title and len(rows) > 1 and _flat(body[slice(*rows[0])]) == _flat(title):
        marks.add(*rows[0], "lead_repeat")
        i = 1
    for start, end in rows[i : i + 3]:
        line = body[start:end].strip()
        if i + 1 < len(rows) and len(line) <= 90 and _credit_line(marks, start, end, line, outlet):
            i += 1
            continue
        break
    if i < len(rows):
        _credit_before_text(marks, *rows[i], outlet)


def _credit_line(marks: _Marks, start: int, end: int, line: str, outlet: str | None) -> bool:
    m = _BYLINE.fullmatch(line)
    if m and len(m["name"].split()) <= 6:
        marks.byline = marks.byline or m["name"].strip(" -–()")
        marks.add(start, end, "byline")
        return True
    if line[-1] in ".؟?!…":
        return False
    found = credit(line, outlet)
    if found is None:
        return False
    if found.known or (_place_and_writer(found) and ":" not in line and len(line) <= 50):
        marks.credits.append(found)
        marks.add(start, end, _kind(found))
        return True
    return False


def _place_and_writer(found: Credit) -> bool:
    """A town and a name, or two towns: a credit without an outlet."""
    if not any(part_of(p) == "city" for p in found.places):
        return False
    return (len(found.places), len(found.names)) in ((1, 1), (2, 0), (2, 1))


def _credit_before_text(marks: _Marks, start: int, end: int, outlet: str | None) -> None:
    body = marks.body
    line = body[start : min(end, start + 160)]
    at = len(line) - len(line.lstrip())
    m = _WIRE.match(line, at)  # غزة (رويترز) -
    if (
        m
        and part_of(m[2], outlet) in ("agency", "outlet")
        and (m[1] == "" or (credit(m[1], outlet) or Credit(names=["?"])).names == [])
    ):
        found = credit(f"{m[1]} - {m[2]}", outlet)
        if found is not None and (m[1] or m.group().rstrip()[-1] in "-–—ـ:−"):
            marks.credits.append(found)
            marks.add(start + at, start + m.end(), _kind(found))
            return
    colon = line.find(":", at, at + 95)  # رويترز- بنغازي (ليبيا):  and  لندن - تل أبيب: «الشرق الأوسط»
    if colon > 0:
        found = credit(line[at:colon], outlet)
        if found is not None:
            stop = colon + 1
            q = _QUOTED.match(line, stop)
            if q and part_of(q[1], outlet) in ("agency", "outlet"):
                after = credit(q[1], outlet)
                marks.credits += [found, after] if after else [found]
                marks.add(start + at, start + q.end(), "dateline" if found.places else "byline")
                return
            pieces = len(found.places) + len(found.names) + len(found.agencies) + len(found.outlets) + len(found.desks)
            if (pieces > 1 and (found.known or _place_and_writer(found))) or found.desks:
                marks.credits.append(found)
                marks.add(start + at, start + stop, _kind(found))
                return
            if found.places and not found.names:
                marks.credits.append(found)  # غزة: ... the place is kept as metadata and stays open to coding
                return
    _dashed(marks, start, line, at, outlet)


def _dashed(marks: _Marks, start: int, line: str, at: int, outlet: str | None) -> None:
    """الرياض – واس – أعلن: known pieces, each before a dash, one of them an agency, an outlet or a desk."""
    found, pos = Credit(), at
    if not _ANY_DASH.search(line, at, at + 48):
        return
    for m in _DASHED.finditer(line[at : at + 120]):
        if at + m.start() != pos:
            break
        piece = credit(m[1], outlet)
        if piece is None or piece.names:
            break
        for name in ("places", "agencies", "outlets", "desks"):
            getattr(found, name).extend(getattr(piece, name))
        pos = at + m.end()
    if found.known and pos > at and found.places + found.agencies + found.desks:
        marks.credits.append(found)
        marks.add(start + at, start + pos, _kind(found))
    elif found.places:
        marks.credits.append(found)


# --- the end, and single lines anywhere ------------------------------------------------------------------------


def _tail(marks: _Marks, rows: list[tuple[int, int]], outlet: str | None) -> None:
    body = marks.body
    last = len(rows) - 1
    i = 0
    while i <= last:
        start, end = rows[i]
        line = body[start:end]
        i += 1
        if "رابط" in line or "هنا" in line:
            for m in _LINK.finditer(line):
                marks.add(start + m.start(), start + m.end(), "link")
        if len(line) > 400 and i <= last:
            continue
        headline = related_headline(line)
        if headline is not None:
            if headline:
                if len(headline) <= _HEADLINE:
                    marks.related.append(RelatedLink(headline))
                    marks.add(start, end, "related")
                continue
            stop = _headlines(marks, rows, i)
            marks.add(start, rows[stop - 1][1], "related")
            i = stop
            continue
        if _BOILER.fullmatch(line) or _MORE.fullmatch(line):
            marks.add(start, end, "boilerplate")
        elif line.lstrip().startswith("#") and _HASHTAGS.fullmatch(line):
            marks.add(start, end, "tags")
    if "{" in body and "}" in body and ";" in body:
        for m in _CODE.finditer(body):
            if m.group().count("{") > 1 and m.group().count(";") > 1:
                marks.add(m.start(), m.end(), "boilerplate")
    _edge(marks, rows, outlet)


def related_headline(line: str) -> str | None:
    """What follows "read also" or "related articles" on a line: a headline, or "" when a list comes below; None when
    the line is something else. A bare "read" or "watch" begins ordinary sentences, so it needs "also" or a colon."""
    text = line.strip(" \t\u00a0•*-–[]()«»|>#")
    listed = _LIST.match(text)
    m = listed or _ALSO.match(text)
    if m is None:
        return None
    after = _AFTER.match(text, m.end())
    if after is None:
        return None
    rest, sign = after["rest"].strip(), after["sign"]
    if listed or text.startswith("شاهد"):
        return rest if not rest or ":" in sign or "：" in sign else None
    if m["also"]:
        return rest
    return rest if rest and ":" in sign and len(rest) <= _HEADLINE else None


def _headlines(marks: _Marks, rows: list[tuple[int, int]], i: int) -> int:
    """The row after a list of headlines that begins at row i. A list that ends the body is taken whole; in the
    middle of a body only the next line is, because reporting goes on after it."""
    body = marks.body
    j = i
    while j < len(rows):
        line = body[slice(*rows[j])].strip()
        if len(line) > _HEADLINE:
            break
        j += 1
    if j < len(rows):
        j = min(j, i + 1)
    for start, end in rows[i:j]:
        text = body[start:end].strip()
        if re.search(r"\w{2}", text):
            marks.related.append(RelatedLink(text.lstrip("-–•*· ")))
    return j


def headlines_below(lines: list[str]) -> int | None:
    """The index of a line such as مقالات ذات صلة when nothing but headlines comes after it."""
    for i in range(len(lines) - 1, 0, -1):
        if len(lines[i]) > _HEADLINE:
            return None
        if related_headline(lines[i]) == "":
            return i
    return None


def _edge(marks: _Marks, rows: list[tuple[int, int]], outlet: str | None) -> None:
    """Going up from the last line: tags, a source, a credit; and what is glued to the end of the last line of text."""
    body = marks.body
    taken = {s for s, _, k in marks.spans if k != "lead_repeat"}
    for k in range(len(rows) - 1, max(-1, len(rows) - 7), -1):
        start, end = rows[k]
        line = body[start:end]
        first = start + len(line) - len(line.lstrip())
        if first in taken or any(s <= first < e for s, e, _ in marks.spans):
            continue
        stripped = line.strip()
        tags = _TAGS.fullmatch(line)
        if (
            tags
            and len(line) < 400
            and k > 0
            and (":" in tags["colon"] or stripped[-1] not in ".؟!")
            and " أن " not in line
        ):
            marks.add(start, end, "tags")
            continue
        if k > 0 and len(stripped) <= 70:
            service = _SERVICE.fullmatch(line)
            if service:
                marks.add(start, end, "agency")
                marks.credits.append(Credit(agencies=[service["who"].strip(' «»{}"()')]))
                continue
            source = _SOURCE.fullmatch(stripped)
            if source:
                found = credit(source["who"], outlet)
                if found is not None and found.known:
                    marks.credits.append(found)
                    marks.add(start, end, "agency" if found.agencies else "byline")
                    continue
            found = credit(stripped, outlet) if stripped[-1] not in ".؟!" else None
            if found is not None and (found.known or _signature(stripped, found)):
                marks.credits.append(found)
                marks.add(start, end, "agency" if found.agencies else "byline")
                continue
            byline = _BYLINE.fullmatch(stripped)
            if byline and len(byline["name"].split()) <= 6:
                marks.add(start, end, "byline")
                continue
            if _ROLE.fullmatch(line):
                marks.add(start, end, "byline")
                continue
        _glued(marks, start, line, outlet)
        break


def _signature(line: str, found: Credit) -> bool:
    """A writer and a town in brackets, as correspondents sign below their text."""
    return len(found.names) == len(found.places) == 1 and line.rstrip().endswith(")")


def _glued(marks: _Marks, start: int, line: str, outlet: str | None) -> None:
    m = _HASHTAGS.search(line)
    if m and m.start():
        marks.add(start + m.start(), start + m.end(), "tags")
        line = line[: m.start()]
    m = re.search(r"(?<=[.!؟»\"”…])\s*(?:سمات|الوسوم|وسوم|كلمات (?:مفتاحية|دلالية))\s*[:：]?\s[^.؟!\n]{2,200}$", line)
    if m:
        marks.add(start + m.start(), start + m.end(), "tags")
        line = line[: m.start()]
    m = re.search(r"(?<=[.!؟»\"”])\s*(?:\.{3}|…)?\s*المزيد\s*(?:\.{3}|…)?\s*$", line)
    if m:
        marks.add(start + m.start(), start + m.end(), "boilerplate")
        line = line[: m.start()]
    m = _END_CREDIT.search(line)
    if m and part_of(m[1], outlet) in ("agency", "outlet"):
        found = credit(m[1], outlet)
        if found is not None:
            marks.credits.append(found)
            marks.add(start + m.start(), start + m.end(), "agency")


# --- what comes again ------------------------------------------------------------------------------------------


def _flat(text: str) -> str:
    return " ".join(text.split()).strip(" .؟?!…:،,\u200f")


def _repeats(marks: _Marks) -> None:
    """Whole paragraphs and sentences that come again: the later one is marked. Outlets often set the lead last too."""
    body = marks.body
    seen: set[str] = set()
    run: tuple[int, int] | None = None
    pos = 0
    ends = [(m.start(), m.end()) for m in _SENTENCE_END.finditer(body)] + [(len(body), len(body))]
    for stop, after in ends:
        flat = _flat(body[pos:stop])
        again = len(flat) >= _REPEAT and flat in seen
        if again:
            run = (run[0] if run else pos, stop)
        elif run and flat:
            marks.add(*run, "lead_repeat")
            run = None
        if len(flat) >= _REPEAT:
            seen.add(flat)
        pos = after
    if run:
        marks.add(*run, "lead_repeat")
