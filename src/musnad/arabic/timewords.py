"""The words of time: months of four name families, weekdays, parts of the day, periods, and what surrounds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from musnad.arabic.letters import norm
from musnad.arabic.wordlists import table, words

Relation = Literal["at", "since", "until", "before", "after"]


@dataclass(frozen=True, slots=True)
class MonthName:
    month: int
    hijri: bool
    needs: str  # "-", "hint", "day"


def _month_names() -> dict[tuple[str, ...], MonthName]:
    out: dict[tuple[str, ...], MonthName] = {}
    for cal, month, needs, names in table("months.tsv"):
        for name in names.split(","):
            out.setdefault(tuple(norm(name).split()), MonthName(int(month), cal == "hijri", needs))
    return out


MONTHS = _month_names()
MONTH_HEADS = {parts[0] for parts in MONTHS}

WEEKDAYS = {
    "الاثنين": 0, "الإثنين": 0, "الثلاثاء": 1, "الثلثاء": 1, "الثلاثا": 1, "الاربعاء": 2, "الاربعا": 2,
    "الخميس": 3, "الجمعه": 4, "السبت": 5, "الاحد": 6, "الثلاتاء": 1, "الاتنين": 0,
}  # fmt: skip
WEEKDAYS = {norm(k): v for k, v in WEEKDAYS.items()}

PLAIN_PARTS = words("فجر صباح ضحي ظهر ظهيره عصر مغرب مساء ليل ليله غروب عشيه نهار سحر")
PERIOD_PARTS = words("مطلع بدايه اوائل اول اواخر نهايه اخر منتصف اواسط وسط خلال طوال طيله غره مستهل ختام بدء نصف ربع")
PAST = words(
    "الماضي الماضية الفائت الفائتة المنصرم المنصرمة الفارط المنقضي المنقضية السابق السابقة السالف الماضيين"
    " الماضيتين المنصرمين الفائتين الأخيرين الفارطة"
)
PERIOD_ADJECTIVES = words("ال القليلة القلائل المعدودة")
YEAR_ADJECTIVES = words("الدراسي المالي الهجري الدراسية المالية الجامعي القضائي")
NOW = words("الجاري الحالي الحاليه الجاريه الراهن")
NEXT = words("المقبل القادم الاتي المقبله القادمه الاتيه التالي اللاحق")
SAME = words("نفسه ذاته عينه نفسها ذاتها عينها المذكور")
DAY_OFFSETS = {
    "امس": -1, "الامس": -1, "البارحه": -1, "بارحه": -1, "اليوم": 0, "غدا": 1, "غد": 1, "الغد": 1, "الليله": 0,
    "البارح": -1,
}  # fmt: skip

# what makes اليوم, أمس or a weekday part of a name or of a set phrase
NAME_BEFORE = words(
    "صحيفه جريده قناه موقع مجله وكاله مصر عين روسيا المصري اخبار الاخبار كتائب دار شبكه برنامج منصه اذاعه صوت"
    " اليمن العراق سوريا لبنان فلسطين الاردن السودان ليبيا المغرب الجزائر تونس الخليج راي العرب الشرق كوريا"
)
NOT_TODAY_AFTER = words(
    "العالمي الدولي الوطني التالي السابق الواحد نفسه ذاته الاول الثاني الثالث الرابع الخامس السادس السابع"
    " الثامن التاسع العاشر الحادي العشرين الثلاثين الاخير الذي المقبل القادم المفتوح الدراسي الختامي الافتتاحي"
    " المشهود الموعود العربي الاسود الابيض الاخر الاعلامي التاريخي ال"
)
NOT_TODAY_BEFORE = words("ذلك لذلك تلك لهذا ذاك في")
EVENT_NAMES = words(
    "ثوره ميدان مدينه جسر حركه حرب شارع كوبري جامعه ملعب استاد انتفاضه بمدينه ثورتي حزب نادي شباب مجموعه كتيبه"
    " لواء ساحه مستشفي مدرسه قاعه حي تحالف الثوره"
)
# feasts of the Hijri calendar: month, first day, length in days
FEASTS = {"الفطر": (10, 1, 3), "الاضحي": (12, 10, 4), "عاشوراء": (1, 10, 1)}
NTH = {"اول": 1, "ثاني": 2, "ثالث": 3, "رابع": 4}
BEFORE_FEAST = words("في خلال أيام يوم صباح ليلة منذ قبل بعد عشية ثاني ثالث أول رابع إجازة عطلة وخلال وفي فجر مساء")
UNITS = {
    "يوم": (1, "day"), "يومين": (2, "day"), "ايام": (0, "day"), "يوما": (0, "day"), "بيوم": (1, "day"),
    "بيومين": (2, "day"), "بايام": (0, "day"),
    "اسبوع": (1, "week"), "اسبوعين": (2, "week"), "اسابيع": (0, "week"), "اسبوعا": (0, "week"),
    "شهر": (1, "month"), "شهرين": (2, "month"), "اشهر": (0, "month"), "شهور": (0, "month"), "شهرا": (0, "month"),
    "عام": (1, "year"), "عامين": (2, "year"), "اعوام": (0, "year"), "عاما": (0, "year"),
    "سنه": (1, "year"), "سنتين": (2, "year"), "سنوات": (0, "year"), "سنين": (0, "year"),
    "ساعه": (0, "hour"), "ساعات": (0, "hour"), "ساعتين": (0, "hour"), "دقائق": (0, "hour"), "دقيقه": (0, "hour"),
    "قليل": (0, "hour"), "لحظات": (0, "hour"),
    "عقد": (0, "decade"), "عقدين": (0, "decade"), "عقود": (0, "decade"), "قرن": (0, "decade"), "قرون": (0, "decade"),
}  # fmt: skip
SOFTENERS = words("نحو حوالي قرابه زهاء")
YEAR_HEADS = words("عام العام سنه السنه لعام للعام لسنه بعام")
YEAR_PAIRS = words("عامي العامين سنتي الاعوام اعوام سنوات")
BEFORE_YEAR = words(
    "في منذ خلال حتي صيف شتاء خريف ربيع نهايه بدايه مطلع اواخر اوائل منتصف قبل بعد وفي ومنذ حدود"
    " بحلول وخلال إلى حتى لغاية"
)
SEASONS = {"الربيع": 5, "الصيف": 9, "الخريف": 11, "الشتاء": 3}
BARE_SEASONS = {"ربيع": 5, "صيف": 9, "خريف": 11, "شتاء": 3}
PERIODS = {
    "الشهر": "month", "شهر": "month", "العام": "year", "السنه": "year", "الاسبوع": "week", "الايام": "vague",
    "الاشهر": "vague", "السنوات": "vague", "الاعوام": "vague", "الاسابيع": "vague", "الساعات": "vague",
    "الفتره": "vague", "العقد": "vague", "القرن": "vague", "العقود": "vague", "الشهور": "vague", "الاسبوعين": "vague",
    "اليومين": "vague", "الشهرين": "vague", "العامين": "vague", "الموسم": "vague", "الليله": "night", "الليل": "night",
}  # fmt: skip
RELATIONS: dict[str, Relation] = {
    "منذ": "since", "مند": "since", "ومنذ": "since", "حتي": "until", "وحتي": "until", "لغايه": "until",
    "الي": "until", "قبل": "before", "قبيل": "before", "بعد": "after", "عقب": "after",
}  # fmt: skip
DASHES = frozenset(["-", "–", "—", "ـ", "/", "\\", "−"])


@lru_cache(maxsize=1 << 15)
def trigger(form: str) -> str | None:
    """The time word inside a form, leading particles taken off; None for all other words."""
    for head in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب"):
        if head and not form.startswith(head):
            continue
        rest = form[len(head) :]
        if rest in ALL:
            return rest
        if head.endswith("ل") and rest.startswith("ل") and "ا" + rest in ALL:  # للعام → العام
            return "ا" + rest
    return None


ALL: frozenset[str] = frozenset(
    MONTH_HEADS
    | set(WEEKDAYS)
    | set(DAY_OFFSETS)
    | PLAIN_PARTS
    | YEAR_HEADS
    | YEAR_PAIRS
    | set(SEASONS)
    | set(BARE_SEASONS)
    | set(PERIODS)
    | {
        "قبل",
        "منذ",
        "مند",
        "اول",
        "الاول",
        "يوم",
        "يومي",
        "هذا",
        "هذه",
        "منتصف",
        "مطلع",
        "بدايه",
        "اوائل",
        "اواخر",
        "نهايه",
    }
    | {"اواسط", "مستهل", "غره", "ختام", "وقت", "بعد", "عيد", "العيد", "عاشوراء"}
)


QUOTES_BEGIN = frozenset(['"', "«", "“", "”", "'"])
QUOTES_END = frozenset(['"', "»", "“", "”", "'"])
TIME_PREPOSITIONS = words(
    "في وفي منذ ومنذ خلال حتي شهر مطلع بدايه نهايه اواخر اوائل منتصف قبل بعد بين مستهل اواسط طوال من الي شهري"
    " لشهر ختام وخلال بحلول غره اخر"
)
NOT_WEEKDAY_BEFORE = words("صلاه خطبه خطيب كل بصلاه لصلاه وصلاه خطباء جمعه ايام مسجد سوق جامع خميس")
NOT_WEEKDAY_AFTER = words("الاسود الاسوداء السوداء العظيمه البيضاء الحمراء الاحمر اليتيمه الاكبر الدامي")
# words before a date that say it is still to come, and words that begin a clause of its own
TO_COME = words(
    "مقرر المقرر المقررة مقررا مقررة المزمع مزمع مزمعا المرتقب المرتقبة مرتقب المتوقع المتوقعة يتوقع"
    " متوقع يفترض المنتظر المنتظرة منتظر سوف وسوف يعتزم تعتزم يعتزمون وسيتم سيتم ستتم يبدأ تبدأ ينطلق"
    " تنطلق يقام تقام يعقد تعقد يستمر تستمر يلتقي تلتقي يستضيف تستضيف ينوي تنوي المنوي موعد موعدا"
)
CLAUSE_STARTS = words(
    "قال قالت أعلن أعلنت أكد أكدت صرح صرحت أفاد أفادت ذكر ذكرت أضاف أضافت وقال وقالت وأعلن وأعلنت وكان وكانت كان كانت"
    " بعدما بعد منذ وأكد وأكدت أوضح كما فيما بينما نقل نقلت وقع وقعت"
)
# beginnings of words with a س of their own
NO_FUTURE = tuple(
    sorted(
        words(
            "سيار سياس سيطر سيناء سيد سيف سير سيل سيول سيا سيما سيئ سيرك سيلفا سيتي سيدني سيبيري سيراليون"
            " سيناريو سيادي سيمو سيرغ سيزا سيبا سيلي سيسيل سيغال سيكو سيلا ستيو ستال ستور ستان سيفا سيبو سيتا"
            " سيلف ستار ستون ستين ستة ستاد ستراتيج ستيف ستوكهولم ستانل ستيني ستائر"
        )
    )
)


@lru_cache(maxsize=1 << 15)
def to_come(form: str) -> bool:
    """Whether a word tells of what is to come: a verb with س, or a word like المقرر."""
    if form in TO_COME:
        return True
    rest = form[1:] if form[:1] in "وف" else form
    return len(rest) > 4 and rest[0] == "س" and rest[1] in "يت" and not rest.startswith(NO_FUTURE)


@lru_cache(maxsize=1 << 12)
def year_of(form: str, hijri: bool) -> int:
    """A year written in four digits, 0 when it is none."""
    if len(form) != 4 or not form.isdigit():
        return 0
    year = int(form)
    if hijri:
        return year if 1300 <= year <= 1500 or 1800 <= year <= 2100 else 0
    return year if 1700 <= year <= 2100 else 0
