"""A report that tries to be more than text."""

from __future__ import annotations

from musnad.report import Report

HOSTILE = Report(
    id="hostile/1?x#y",
    title="</title><script>alert(1)</script> <img src=x onerror=alert(2)>",
    body=(
        "قال مصدر عسكري إن \u202eالجيش\u202c السوري قصف بلدة <script>alert(3)</script> هجين أمس الأحد.\n"
        '"><svg/onload=alert(4)> {{ 7*7 }} <b>قتل</b> خمسة مدنيين\u200b في حلب </div></main><!-- &lt;script&gt;'
    ),
    outlet='<i onmouseover="alert(5)">رقيب</i>',
    published="2018-04-30",
    url="javascript:alert(6)",
    byline="'><script src=//x.example/>",
)
