"""Find the word forms of the corpus that are verbs and write their list (src/musnad/arabic/data/verb_forms.tsv).

A form that stands after particles that only verbs follow (قد، لم، لن، سوف), or after relative pronouns, and hardly ever
after prepositions or with the article, is a verb. Counts of forms are kept, none of the running text. Forms that occur
in one or two reports are left out, as are those kept back for measuring (tools/pick_tokens.py).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from count_words import distinct_reports

from musnad.arabic.text import tokenize
from musnad.arabic.wordlists import words

DATA = Path(__file__).parents[1] / "src" / "musnad" / "arabic" / "data" / "verb_forms.tsv"
BEFORE_VERBS = words("قد لقد وقد فقد ولقد لم لن سوف ولم ولن فلم كي لكي الذي التي الذين")
BEFORE_PRESENT = words("أن وأن بأن")
BEFORE_NOUNS = words(
    "في من على إلى عن مع ضد بين لدى عبر خلال بعد قبل منذ تحت فوق داخل خارج ضمن وفي ومن وعلى وإلى بدون دون كل بعض أي"
    " هذا هذه تلك ذلك عدم إثر جراء بسبب"
)
ARTICLES = ("ال", "وال", "بال", "فال", "لل")
FEWEST, SHARE = 2, 0.8


def count() -> tuple[Counter[str], Counter[str]]:
    """How often each form stands where only verbs stand, and where none does."""
    verbs: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    for report in distinct_reports():
        before = ""
        for t in tokenize(report["body"]):
            if t.kind != "word":
                before = ""
                continue
            form = t.norm
            nouns[form] += t.text.endswith(("ة", "اً", "ًا"))
            present = before in BEFORE_PRESENT and form[0] in "يتنا" and not form.startswith("ال")
            if before in BEFORE_VERBS or present:
                verbs[form] += 1
            nouns[form] += before in BEFORE_NOUNS
            article = next((a for a in ARTICLES if form.startswith(a) and len(form) > len(a) + 2), "")
            if article:
                nouns[form[len(article) :]] += 1
            before = form
    return verbs, nouns


def main() -> None:
    verbs, nouns = count()
    found = [
        f
        for f, n in verbs.items()
        if n >= FEWEST and n > SHARE * (n + nouns[f]) and len(f) > 2 and not f.startswith(ARTICLES[:2])
    ]
    lines = [
        "# Forms that are verbs in running text, with how often they stood as such (tools/count_verbs.py).",
        "form\tcount",
    ]
    lines.extend(f"{f}\t{verbs[f]}" for f in sorted(found))
    DATA.write_text("\n".join(lines) + "\n", encoding="utf8")
    print(f"{len(found)} forms written to {DATA}")


if __name__ == "__main__":
    main()
