"""Every kind of input, from real bytes to reports."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
import reading_samples as s

from musnad.errors import ReadError
from musnad.reading import ReadOptions, Skipped, read, read_bytes, size_hint
from musnad.report import Report


def reports(data: bytes, name: str, **options: object) -> list[Report]:
    """All that is read, which must be reports."""
    found = list(read_bytes(data, name, ReadOptions(**options)))  # type: ignore[arg-type]
    assert all(isinstance(r, Report) for r in found), found
    return found  # type: ignore[return-value]


def only(data: bytes, name: str, **options: object) -> Report:
    (report,) = reports(data, name, **options)
    return report


CRAWL = f"""{s.TITLE} - Over The Hills!

{s.TITLE}

زمان الوصل – (سمير الحسن)\xa0

{s.PARAGRAPHS[0]}

 {s.PARAGRAPHS[1]}

مقالات ذات صلة

هدوء حذر في ريف المدينة

اتفاق على تبادل الأسرى

//"""


def test_crawled_text() -> None:
    r = only(CRAWL.encode(), "page.txt")
    assert r.title == s.TITLE
    assert (r.outlet, r.byline) == ("زمان الوصل", "سمير الحسن")
    assert r.body == f"زمان الوصل – (سمير الحسن)\n{s.PARAGRAPHS[0]}\n{s.PARAGRAPHS[1]}"
    assert [link.title for link in r.related] == ["هدوء حذر في ريف المدينة", "اتفاق على تبادل الأسرى"]
    assert [(b.kind, r.body[b.start : b.end]) for b in r.blocks] == [("byline", "زمان الوصل – (سمير الحسن)")]


def test_crawled_text_with_a_date_and_an_address() -> None:
    text = f"{s.TITLE}\nالثلاثاء 27 آذار/مارس 2018 - 10:45 ص\nhttps://example.org/a\n{s.BODY}"
    r = only(text.encode(), "page.txt")
    assert (r.published, r.url, r.body) == ("2018-03-27", "https://example.org/a", s.BODY)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_crawled_text_line_ends(ending: str) -> None:
    assert only(f"{s.TITLE}\n{s.BODY}".replace("\n", ending).encode(), "page.txt").body == s.BODY


@pytest.mark.shared
def test_the_seeds_give_the_bodies_that_offsets_point_into() -> None:
    shared = Path(__file__).parents[2].parent / "shared"
    if not shared.exists():
        pytest.skip("../shared is absent")
    wanted = {}
    for line in (shared / "gold" / "dev.texts.jsonl").read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        wanted[report["id"]] = report
    names = {"seed-000": None, "seed-002": "خاص"}
    for path in sorted((shared / "seeds").glob("*.txt")):
        gold = wanted[f"seed-{path.name[:3]}"]
        (r,) = read([str(path)])
        assert isinstance(r, Report)
        assert (r.title, r.body) == (gold["title"], gold["body"])
        assert r.outlet == "بلدي نيوز"
        assert len(r.related) == 6
        assert r.blocks[0].kind == "byline" and r.blocks[0].start == 0
        del names[gold["id"]]
    assert not names


def test_json_lines_keep_id_and_body() -> None:
    body = "  سطر أول\r\n\tسطر ثانٍ  \n"
    r = only(s.jsonl(s.row("x-9", body, url="https://example.org/9")), "a.jsonl")
    assert (r.id, r.body, r.url) == ("x-9", body, "https://example.org/9")
    assert (r.outlet, r.published, r.title) == ("السهل", "2018-03-27", s.TITLE)
    assert r.source == "a.jsonl:1"


def test_a_missing_id_is_made_from_the_text() -> None:
    first, again, other = reports(s.jsonl({"body": s.BODY}, {"body": s.BODY}, {"body": s.PARAGRAPHS[0]}), "a.jsonl")
    assert first.id == again.id == first.digest()[:16]
    assert other.id != first.id


def test_json_list_object_and_single_report() -> None:
    rows = [s.row("1"), s.row("2")]
    for value in (rows, {"articles": rows}):
        assert [r.id for r in reports(json.dumps(value).encode(), "a.json")] == ["1", "2"]
    assert only(json.dumps(s.row("7"), indent=2).encode(), "a.json").id == "7"


def test_json_in_utf16() -> None:
    assert only(json.dumps([s.row("1")], ensure_ascii=False).encode("utf-16"), "a.json").body == s.BODY


def table(delimiter: str, names: list[str], *rows: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([names, *rows])
    return out.getvalue()


@pytest.mark.parametrize(("delimiter", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv"), ("|", "a.csv")])
def test_tables(delimiter: str, name: str) -> None:
    body = f'{s.PARAGRAPHS[0]}\n\nقال: "نعم"{delimiter} ثم\r\nمضى  '
    text = table(delimiter, ["العنوان", "النص", "التاريخ"], [s.TITLE, body, "27/3/2018"], [s.TITLE, s.BODY, ""])
    first, second = reports(text.encode("utf-8-sig"), name)
    assert (first.body, first.title, first.published) == (body, s.TITLE, "2018-03-27")
    assert (second.body, second.published) == (s.BODY, None)


def test_columns_are_named_by_the_user() -> None:
    text = table(",", ["key", "words", "text"], ["k1", s.BODY, "no report"])
    r = only(text.encode(), "a.csv", columns={"body": "words", "id": "key"})
    assert (r.id, r.body) == ("k1", s.BODY)


def test_a_table_on_standard_input_is_told_by_its_header() -> None:
    assert only(table(",", ["id", "text"], ["1", s.BODY]).encode(), "-").body == s.BODY


def test_csv_in_windows_1256() -> None:
    text = table(",", ["id", "body"], ["1", s.BODY])
    assert only(text.encode("cp1256"), "a.csv").body == s.BODY


def test_parquet() -> None:
    import datetime

    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    day = datetime.date(2018, 3, 27)
    pq.write_table(pa.table({"id": [5, 6], "text": [s.BODY + "\n ", None], "date": [day, day], "extra": [1, 2]}), out)
    first, second = read_bytes(out.getvalue(), "a.parquet")
    assert isinstance(first, Report)
    assert (first.id, first.body, first.published) == ("5", s.BODY + "\n ", "2018-03-27")
    assert isinstance(second, Skipped) and second.id == "6"


HEADS = {
    "JSON-LD": (
        '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},'
        '{"@type":"NewsArticle","headline":"' + s.TITLE + '","datePublished":"2018-03-27T08:15:00+03:00",'
        '"author":{"@type":"Person","name":"سمير الحسن"},"publisher":{"name":"موقع السهل"}}]}</script>',
        "2018-03-27T08:15:00+03:00",
    ),
    "meta": (
        '<meta property="article:published_time" content="2018-03-27T08:15:00Z">'
        '<meta name="author" content="سمير الحسن">'
        '<meta property="og:site_name" content="موقع السهل">',
        "2018-03-27T08:15:00Z",
    ),
}


@pytest.mark.parametrize("kind", HEADS)
def test_page_metadata(kind: str) -> None:
    head, published = HEADS[kind]
    r = only(s.page(head=head).encode(), "a.html")
    assert (r.title, r.body, r.published) == (s.TITLE, s.BODY, published)
    assert (r.byline, r.outlet) == ("سمير الحسن", "موقع السهل")


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("<span class=date>الثلاثاء 27 آذار 2018</span>", "2018-03-27"),
        ("<div>نشر في: ٢٧ مارس/آذار ٢٠١٨</div>", "2018-03-27"),
        ("<p class='post-meta'>27 تشرين الثاني 2018 الساعة 10:30</p>", "2018-11-27"),
        ("<time datetime='2018-03-27T10:00'>أمس</time>", "2018-03-27T10:00"),
        ("<span class=date>2018/03/27</span>", "2018-03-27"),
        ("<span class=date>27-03-2018 | 09:00</span>", "2018-03-27"),
        ("", None),  # the year in the footer is no publication date
    ],
)
def test_page_with_a_visible_date(shown: str, day: str | None) -> None:
    r = only(s.page(before=shown).encode(), "a.html")
    assert (r.published, r.body) == (day, s.BODY)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "iso8859-6", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "x-nonsense", None])
def test_page_encodings_declared_wrongly_or_not_at_all(encoding: str, charset: str | None) -> None:
    text = s.page(charset=charset).replace("©", "(c)")
    r = only(text.encode(encoding), "a.html")
    assert (r.title, r.body, r.note) == (s.TITLE, s.BODY, None)


def test_forced_encoding() -> None:
    text = s.page(charset="utf-8").replace("©", "")
    assert only(text.encode("cp1256"), "a.html", encoding="windows-1256").body == s.BODY
    (error,) = read_bytes(text.encode("cp1256"), "a.html", ReadOptions(encoding="utf-8"))
    assert isinstance(error, ReadError) and "not in utf-8" in str(error)
    (error,) = read_bytes(b"<p>x", "a.html", ReadOptions(encoding="klingon"))
    assert isinstance(error, ReadError) and "no such encoding" in str(error)


def test_a_few_broken_letters_are_noted() -> None:
    r = only(s.page().encode().replace("الدفاع".encode(), "الدفا".encode() + b"\xd8", 1), "a.html")
    assert "\ufffd" in r.body and r.note is not None and "could not be read" in r.note


def test_page_related_list_is_kept_apart() -> None:
    after = "<h3>اقرأ أيضاً</h3><p>هدوء حذر في ريف المدينة</p><p>اتفاق على تبادل الأسرى</p>"
    r = only(s.page(after=after).encode(), "a.html")
    coded = "".join(c for i, c in enumerate(r.body) if not any(b.start <= i < b.end for b in r.blocks))
    assert "تبادل الأسرى" not in coded and s.PARAGRAPHS[2] in r.body


def test_page_without_paragraph_tags() -> None:
    text = "<br><br>".join(s.PARAGRAPHS)
    related = (
        "<div class=related><h3>مقالات ذات صلة</h3><ul><li><a href=/x>هدوء حذر في ريف المدينة</a></li>"
        "<li><a href=/y>اتفاق على تبادل الأسرى</a></li></ul></div>"
    )
    date = "<div class=date>٢٧ آذار ٢٠١٨</div>"
    body = f"<div id=content><h1>{s.TITLE}</h1>{date}<div class=text>{text}</div></div>{related}"
    page = f'<html><head><link rel=canonical href="https://example.org/a/1"></head><body>{body}</body></html>'
    r = only(page.encode(), "a.html")
    assert (r.title, r.body, r.published) == (s.TITLE, s.BODY, "2018-03-27")
    assert [(x.title, x.url) for x in r.related] == [
        ("هدوء حذر في ريف المدينة", "https://example.org/x"),
        ("اتفاق على تبادل الأسرى", "https://example.org/y"),
    ]


def test_page_laid_out_with_tables() -> None:
    text = "<br>".join(s.PARAGRAPHS)
    menu = "<a href=1>الرئيسية</a> | <a href=2>سياسة</a>"
    cell = f"<font size=5>{s.TITLE}</font><br>بيروت - رويترز<br>{text}"
    page = f"<html><body><table><tr><td>{menu}</td><td>{cell}</td></tr></table>"
    r = only(page.encode("cp1256"), "a.html")
    assert (r.title, r.body) == (s.TITLE, "بيروت - رويترز\n" + s.BODY)
    assert (r.dateline, r.agency) == ("بيروت", "رويترز")


@pytest.mark.parametrize("dates", [["Tue, 27 Mar 2018 09:30:00 +0300", "Wed, 28 Mar 2018 00:00:00 GMT"]])
def test_rss(dates: list[str]) -> None:
    first, second = reports(s.rss(dates=dates).encode(), "feed.xml")
    assert (first.body, first.title, first.outlet) == (s.BODY, s.TITLE + " 1", "شبكة السهل")
    assert (first.id, first.url) == ("https://example.org/?p=1", "https://example.org/1")
    assert first.published is not None and first.published[:16] in ("2018-03-27T09:30", "2018-03-27T06:30")
    assert second.published is not None and second.published.startswith("2018-03-28")


def test_rss_with_arabic_dates() -> None:
    first, second = reports(s.rss(dates=["الثلاثاء 27 آذار 2018", "28 مارس 2018"]).encode(), "feed.rss")
    assert (first.published, second.published) == ("2018-03-27", "2018-03-28")


def test_rss_that_is_not_quite_xml() -> None:
    text = s.rss(dates=["Tue, 27 Mar 2018 09:30:00 GMT"]).replace("<channel>", "<channel><x>&nbsp;& ", 1)
    assert only(text.encode(), "feed.xml").title == s.TITLE + " 1"


def test_rss_in_windows_1256() -> None:
    text = s.rss(dates=["Tue, 27 Mar 2018 09:30:00 GMT"], declared='<?xml version="1.0" encoding="windows-1256"?>')
    assert only(text.encode("cp1256"), "feed.xml").body == s.BODY


def test_atom() -> None:
    r = only(s.atom().encode(), "feed")
    assert (r.body, r.title, r.id, r.url) == (s.BODY, s.TITLE, "urn:e1", "https://example.org/1")
    assert r.published is not None and r.published[:16] in ("2018-03-27T09:30", "2018-03-27T06:30")


HTML = "200 OK\r\nContent-Type: text/html; charset=windows-1256"


@pytest.mark.parametrize("pack", [bytes, s.gz], ids=["plain", "gz"])
def test_warc(pack: type[bytes]) -> None:
    data = s.warc(
        ("https://example.org/a", s.page(charset=None).replace("©", "").encode("cp1256"), HTML),
        ("https://example.org/pic", b"\x89PNG....", "200 OK\r\nContent-Type: image/png"),
        ("https://example.org/gone", s.page().encode(), "404 Not Found\r\nContent-Type: text/html"),
        (
            "https://example.org/b",
            s.gz(s.page().encode()),
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
        ),
    )
    first, second = reports(pack(data), "a.warc.gz")
    assert (first.url, first.body, first.source) == ("https://example.org/a", s.BODY, "https://example.org/a")
    assert (second.url, second.body) == ("https://example.org/b", s.BODY)


def test_warc_with_members_packed_one_by_one_and_chunked_pages() -> None:
    page = s.page().encode()
    chunked = b"".join(
        b"%x\r\n" % len(page[i : i + 500]) + page[i : i + 500] + b"\r\n" for i in range(0, len(page), 500)
    )
    headers = "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked"
    one = s.warc(("https://example.org/a", chunked + b"0\r\n\r\n", headers))
    assert [r.body for r in reports(s.gz(one) + s.gz(one), "a.warc.gz")] == [s.BODY, s.BODY]


def test_telegram() -> None:
    first, second = reports(json.dumps(s.telegram(), ensure_ascii=False).encode(), "result.json")
    assert first.id == "telegram-1234567-2"
    assert first.body == "عاجل | قصف مدفعي على أطراف بلدة الصخرة\n\n" + s.PARAGRAPHS[1]
    assert (first.outlet, first.published) == ("قناة السهل", "2018-03-27T21:15:02")
    assert first.title == "عاجل | قصف مدفعي على أطراف بلدة الصخرة"
    assert (second.id, second.published) == ("telegram-1234567-4", "2018-03-28T08:00:00")


def test_telegram_account_export() -> None:
    data = json.dumps({"chats": {"list": [s.telegram(), s.telegram()]}}).encode()
    assert len(reports(data, "result.json")) == 4


def test_docx() -> None:
    r = only(s.docx([s.TITLE, *s.PARAGRAPHS]), "a.docx")
    assert (r.title, r.body) == (s.TITLE, s.BODY)


LINES = [
    s.TITLE,
    "قتل 15 شخصا في قصف (مدفعي) على مدينة حلب في 27 آذار 2018، بحسب وكالة AFP الفرنسية.",
    "وأصيب 20 آخرون.",
]


@pytest.mark.parametrize("drawn", ["visual", "logical"])
@pytest.mark.parametrize("packed", [False, True])
def test_pdf_lines_are_put_in_reading_order(drawn: str, packed: bool) -> None:
    r = only(s.pdf(LINES, drawn=drawn, packed=packed), "a.pdf")
    assert r.title == s.TITLE
    assert " ".join(r.body.split()) == " ".join(LINES[1:])


def test_pdf_headline_over_two_lines_and_columns_from_the_right() -> None:
    from musnad.reading.pdf import Line, _paragraphs

    def line(text: str, x0: float, x1: float, y: float, size: float = 12) -> Line:
        return Line(text, x0, y, x1, y + size, size)

    page = [
        [line("العنوان", 50, 300, 700, 20)],
        [line("وبقيته", 50, 300, 670, 20)],
        [line("يسار", 50, 160, 600)],
        [line("يمين", 180, 300, 600), line("تابع", 180, 300, 585)],
        [line("12", 150, 160, 20)],
    ]
    assert _paragraphs(page) == ["العنوان وبقيته", "يمين تابع", "يسار"]


def test_title_entities_are_resolved() -> None:
    assert only(s.jsonl(s.row(title="قال &quot;لا&quot; &amp; مضى")), "a.jsonl").title == 'قال "لا" & مضى'


def test_zst_and_gz_and_both() -> None:
    import zstandard

    plain = s.jsonl(s.row("1"))
    for data in (s.gz(plain), zstandard.compress(plain), zstandard.compress(plain) + zstandard.compress(plain)):
        assert {r.id for r in reports(data, "a.jsonl.zst")} == {"1"}
    assert only(s.gz(zstandard.compress(plain)), "a.jsonl.zst.gz").id == "1"
    assert only(zstandard.compress(s.page().encode()), "a.html.zst").body == s.BODY


def test_folders_globs_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.jsonl", "1.jsonl", "3.txt", ".hidden.jsonl"):
        (tmp_path / name).write_bytes(s.jsonl(s.row(name)))
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    found = list(read([str(tmp_path)]))
    assert [r.id for r in found if isinstance(r, Report)] == ["1.jsonl", "3.txt", "b/2.jsonl"]
    assert [r.source for r in found if isinstance(r, Skipped)] == [str(tmp_path / "logo.png")]
    assert [r.id for r in read([str(tmp_path / "**" / "*.jsonl")]) if isinstance(r, Report)] == ["1.jsonl", "b/2.jsonl"]
    assert size_hint([str(tmp_path)]) == sum((tmp_path / n).stat().st_size for n in ("1.jsonl", "3.txt", "b/2.jsonl"))
    assert size_hint([str(tmp_path), "-"]) is None


def test_progress_counts_the_bytes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(s.gz(s.jsonl(*[s.row(str(i)) for i in range(50)])))
    seen: list[int] = []
    assert len(list(read([str(path)], progress=seen.append))) == 50
    assert sum(seen) == size_hint([str(path)]) == path.stat().st_size


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(s.jsonl(s.row("1")))))
    (r,) = read(["-"])
    assert isinstance(r, Report) and r.id == "1"


def test_publication_date_and_outlet_from_the_user() -> None:
    rows = s.jsonl({"body": s.BODY}, s.row())
    first, second = reports(rows, "a.jsonl", published="2019-01-02")
    assert (first.published, second.published) == ("2019-01-02", "2018-03-27")
    first, second = reports(rows, "a.jsonl", published="2019-01-02", published_wins=True, outlet="x")
    assert {first.published, second.published, first.outlet, second.outlet} == {"2019-01-02", "x"}


def test_a_date_that_is_none_is_told() -> None:
    r = only(s.jsonl(s.row(published="بعد العيد")), "a.jsonl")
    assert r.published is None and r.note is not None and "بعد العيد" in r.note


def test_streams_are_read_as_they_come() -> None:
    """The first report is there before the rest of the file is looked at."""

    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            data = (s.jsonl(s.row("1")) * 200)[: len(buffer)]
            buffer[: len(data)] = data
            Endless.given += len(data)
            return len(data)

    from musnad.reading.formats import drafts

    found = drafts(io.BufferedReader(Endless()), "endless.jsonl", ReadOptions(), kind_name="endless.jsonl")
    for _ in range(300):
        next(found)
    assert Endless.given < 4_000_000
