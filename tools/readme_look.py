"""Puts a look at real output into README.md, between its two marks (`make docs`), as the program prints it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- look: written by make docs -->", "<!-- end of look -->"
REPORT = (
    "نقل المرصد السوري لحقوق الإنسان عن مصادر محلية أن طائرات روسية قصفت مدينة سراقب أمس، ما أدى إلى مقتل خمسة مدنيين. "
    "ونفت موسكو قصف المدينة. وتسيطر قوات سوريا الديمقراطية، المدعومة من التحالف الدولي، على حقل العمر.\n"
)
LRM = "\u200e"


def shown(*options: str, columns: int) -> str:
    """What `musnad code` prints for the report above."""
    run = subprocess.run(
        [sys.executable, "-m", "musnad", "code", "-", "--published", "2018-02-05", *options],
        input=REPORT,
        capture_output=True,
        text=True,
        encoding="utf8",
        check=True,
        env=os.environ | {"COLUMNS": str(columns), "NO_COLOR": "1"},
    )
    lines = [line.replace(LRM, "").rstrip() for line in run.stdout.splitlines()]
    return "\n".join(lines[2:]).strip()


def look() -> str:
    """The section: a report, its record in English and, as a list for narrow terminals, in Arabic."""
    english = shown(columns=110)
    arabic = shown("--lang", "ar", columns=72).partition("\n\n")[0]
    return (
        f"This report, published on 5 February 2018 (made up for this page):\n\n> {REPORT.strip()}\n\n"
        f"becomes, with `musnad code report.txt --published 2018-02-05`:\n\n```\n{english}\n```\n\n"
        f"and in a narrow terminal, with `--lang ar`, it begins:\n\n```\n{arabic}\n```\n"
    )


if __name__ == "__main__":
    head, begin, rest = README.read_text("utf8").partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"README.md lacks {BEGIN} or {END}")
    README.write_text(f"{head}{BEGIN}\n\n{look()}\n{END}{tail}", "utf8")
