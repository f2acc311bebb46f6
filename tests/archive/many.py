"""Many short reports of our own, and what a whole archive of them holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select

from musnad.archive.archive import Archive
from musnad.archive.tables import coding, control, event, party, place, report, stale
from musnad.record import CodedReport, from_json
from musnad.report import Report

TOWNS = ("الرقة", "منبج", "تدمر", "إدلب", "درعا", "حماة", "الحسكة", "دوما", "الباب", "عفرين")
ACTS = (
    "قصفت الطائرات الروسية بلدة {town} ما أدى إلى مقتل {n} مدنيين",
    "سيطرت قوات سوريا الديمقراطية على مدينة {town} بعد معارك مع تنظيم الدولة",
    "قال المرصد السوري إن قوات النظام قصفت أحياء {town} بالمدفعية",
)


def reports(many: int) -> list[Report]:
    """So many reports, each with its own text."""
    made = []
    for n in range(many):
        act = ACTS[n % len(ACTS)].format(town=TOWNS[n // 3 % len(TOWNS)], n=3 + n % 7)
        body = f"{act}، وذلك يوم الثلاثاء. هذا هو الخبر رقم {n} من أخبار اليوم."
        made.append(
            Report(f"r{n:05}", f"خبر {n}", body, published=f"2017-{1 + n % 12:02}-{1 + n % 28:02}", outlet="الضفة")
        )
    return made


def write(path: Path, found: Sequence[Report]) -> Path:
    """The reports as JSON Lines."""
    rows = [{"id": r.id, "title": r.title, "body": r.body, "published": r.published, "outlet": r.outlet} for r in found]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf8")
    return path


def adding(archive: str, path: Path, *more: str) -> subprocess.Popen[str]:
    """A real `musnad add` at work."""
    return subprocess.Popen(
        [sys.executable, "-m", "musnad", "add", str(path), "--archive", archive, *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip


def holds(archive: Archive) -> tuple[list[tuple[str, str, CodedReport]], dict[str, int]]:
    """All reports with their digests and records, and how many rows of each kind there are."""
    with archive.reading() as connection:
        rows = connection.execute(
            select(report.c.id, report.c.digest, coding.c.machine)
            .join(coding, coding.c.report_n == report.c.n)
            .order_by(report.c.id)
        ).all()
        counts = {
            t.name: connection.execute(select(func.count()).select_from(t)).scalar_one()
            for t in (report, coding, event, control, party, place, stale)
        }
    counts |= archive.counts()
    return [(row.id, row.digest, from_json(row.machine)) for row in rows], counts
