"""Wrong inputs: each has its clear message, and what can be read of it is read."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import msgspec
import pytest
import reading_samples as s

from musnad.errors import ReadError
from musnad.reading import ReadOptions, Skipped, read, read_bytes
from musnad.report import Report


def error(data: bytes, name: str, **options: object) -> ReadError:
    (found,) = read_bytes(data, name, ReadOptions(**options))  # type: ignore[arg-type]
    assert isinstance(found, ReadError), found
    assert str(found).startswith(name) or found.source != name
    return found


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html", "-"])
def test_empty_file(name: str) -> None:
    assert "the file is empty" in str(error(b"", name))


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (bytes(range(256)) * 40, "a.txt", "binary file"),
        (b"\x00\x01\x02\x03" * 500, "report", "binary file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a.html", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "a.doc", "save it as .docx"),
        (b"BZh91AY&SY" + b"\0" * 50, "a.jsonl.bz2", "unpack it first"),
        (b"SQLite format 3\0", "a.db", "export the table"),
    ],
)
def test_binary_file(data: bytes, name: str, reason: str) -> None:
    assert reason in str(error(data, name))


def test_fifty_megabytes_of_html() -> None:
    data = b"<html><body>" + b"<p>\xd9\x82\xd8\xb5\xd9\x81</p>" * (50 * (1 << 20) // 13)
    assert "the page is larger than 20 MB" in str(error(data, "a.html"))


def test_a_page_of_deep_nesting_and_one_of_many_tags_are_read() -> None:
    for body in ("<div>" * 20_000, "<b></b>" * 100_000):
        found = list(read_bytes((s.page() + body).encode(), "a.html"))
        assert len(found) == 1


def test_truncated_gzip_keeps_what_came_before() -> None:
    import random

    rng = random.Random(7)
    words = [f"كلمة{rng.randrange(10**6)}" for _ in range(40_000)]
    data = s.gz(s.jsonl(*[s.row(str(i), " ".join(words[i * 40 : i * 40 + 40])) for i in range(1000)]))
    found = list(read_bytes(data[: len(data) // 2], "a.jsonl.gz"))
    assert len(found) > 300
    assert all(isinstance(r, Report) for r in found[:-2])
    assert isinstance(found[-1], ReadError) and "the gzip file is cut off" in str(found[-1])


def test_truncated_zst() -> None:
    import zstandard

    data = zstandard.compress(s.jsonl(s.row("1")))
    assert "the zstd file is cut off" in str(error(data[:-5], "a.jsonl.zst"))


def test_damaged_gzip() -> None:
    data = bytearray(s.gz(s.jsonl(*[s.row(str(i)) for i in range(50)])))
    data[40:60] = b"\xff" * 20
    assert "damaged" in str(list(read_bytes(bytes(data), "a.jsonl.gz"))[-1])


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_truncated_warc(keep: float) -> None:
    one = ("https://example.org/a", s.page().encode(), "200 OK\r\nContent-Type: text/html")
    whole = s.warc(one, one)
    found = list(read_bytes(whole[: int(len(whole) * keep)], "a.warc"))
    assert isinstance(found[-1], ReadError) and "cut off" in str(found[-1])
    assert len(found) == 1 + (keep > 0.55)


def test_damaged_warc() -> None:
    found = list(read_bytes(s.warc(("u", b"<p>x", "200 OK")) + b"rubbish\r\n", "a.warc"))
    assert isinstance(found[-1], ReadError) and "does not begin where the last one ends" in str(found[-1])


def test_gzip_bomb() -> None:
    bomb = s.gz(b" " * (100 << 20))  # spaces are text, so nothing but the counter can stop it
    assert len(bomb) < 200_000
    for name in ("a.txt.gz", "a.jsonl.gz", "a.csv.gz"):
        assert "zip bomb" in str(error(bomb, name))


def test_zst_bomb() -> None:
    import zstandard

    assert "zip bomb" in str(list(read_bytes(zstandard.compress(b" " * (100 << 20)), "a.jsonl.zst"))[-1])


def test_docx_bomb() -> None:
    bomb = s.docx([], document=b"<w:document>" + b" " * (200 << 20))
    assert "zip bomb" in str(error(bomb, "a.docx"))


def test_docx_that_lies_about_its_size_and_entities_that_multiply() -> None:
    entities = (
        b'<!DOCTYPE d [<!ENTITY a "'
        + b"x" * 1000
        + b'">'
        + b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%s;" % (b"" if i == 0 else b"%d" % (i - 1)) * 50) for i in range(8))
        + b"]><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:p><w:t>&a7;</w:t></w:p></w:document>"
    )
    (found,) = read_bytes(s.docx([], document=entities), "a.docx")
    assert isinstance(found, ReadError | Skipped)


def test_pdf_bomb() -> None:
    import zlib

    stream = zlib.compress(b" " * (170 << 20))
    data = (
        b"%%PDF-1.4\n1 0 obj << /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream)
        + stream
        + b"\nendstream endobj"
    )
    assert "zip bomb" in str(error(data, "a.pdf"))


def test_pdf_without_text_and_damaged_pdf() -> None:
    assert "no text layer" in str(error(s.pdf([]), "a.pdf"))
    assert "a.pdf" in str(error(b"%PDF-1.7\n" + b"rubbish" * 50, "a.pdf"))


def test_damaged_docx_and_other_zip() -> None:
    whole = s.docx(s.PARAGRAPHS)
    assert "damaged" in str(error(whole[: len(whole) // 2], "a.docx"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("a.txt", "x")
    assert "zip archive" in str(error(out.getvalue(), "a.zip"))


def test_damaged_parquet() -> None:
    assert "damaged" in str(error(b"PAR1" + b"\x07" * 200, "a.parquet"))


def test_csv_without_a_body_column() -> None:
    message = str(error(b"id,headline,words\n1,x,y\n", "a.csv"))
    assert "no column holds the text" in message and "'words'" in message and "body=COLUMN" in message


def test_a_named_column_that_is_absent() -> None:
    assert "no column 'nope' for the body" in str(error(b"id,text\n1,x\n", "a.csv", columns={"body": "nope"}))
    assert "no part 'boddy'" in str(error(b"id,text\n1,x\n", "a.csv", columns={"boddy": "text"}))


def test_csv_with_a_short_row_and_an_open_quote() -> None:
    found = list(read_bytes(f"id,body\n1\n2,{s.PARAGRAPHS[0]}\n".encode(), "a.csv"))
    assert isinstance(found[0], ReadError) and found[0].source == "a.csv:2"
    assert isinstance(found[1], Report)
    found = list(read_bytes(b'id,body\n1,"' + b"x" * 5000, "a.csv", ReadOptions(max_document=1000)))
    assert isinstance(found[-1], ReadError) and "never closed" in str(found[-1])


def test_invalid_json_in_line_7() -> None:
    rows = s.jsonl(*[s.row(str(i)) for i in range(1, 11)]).splitlines(keepends=True)
    rows[6] = b'{"id": "7", "body": "\n'
    found = list(read_bytes(b"".join(rows), "a.jsonl"))
    assert [r.id for r in found if isinstance(r, Report)] == ["1", "2", "3", "4", "5", "6", "8", "9", "10"]
    assert isinstance(found[6], ReadError)
    assert str(found[6]).startswith("a.jsonl:7: invalid JSON")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": "x", "title": "t"}', "no column holds the text"),
        (b'{"id": "x", "body": 5}', "not text"),
        (b'["a"]', "not list"),
        (b'"x"', "not str"),
        (b'{"body": "\xff\xfe"}', "not in utf-8"),
        (b"[" * 100_000, "invalid JSON"),
    ],
)
def test_lines_that_are_no_report(line: bytes, reason: str) -> None:
    found = list(read_bytes(s.jsonl(s.row("1")) + line + b"\n" + s.jsonl(s.row("3")), "a.jsonl"))
    assert [type(r) for r in found] == [Report, ReadError, Report]
    assert reason in str(found[1]) and str(found[1]).startswith("a.jsonl:2")


def test_a_line_that_is_too_long() -> None:
    data = s.jsonl(s.row("1"), s.row("2", "ا" * 5000), s.row("3"))
    found = list(read_bytes(data, "a.jsonl", ReadOptions(max_document=4000)))
    assert [type(r) for r in found] == [Report, ReadError, Report]


def test_half_a_surrogate_pair_anywhere_can_be_written() -> None:
    half = {part: f"{part} \ud800" for part in ("id", "title", "outlet", "url", "note", "published")}
    (r,) = read_bytes(json.dumps({"body": s.BODY, **half}).encode(), "a.jsonl")
    assert isinstance(r, Report)
    assert (r.outlet, r.url) == ("outlet \ufffd", "url \ufffd")
    assert "\ud800" not in msgspec.json.encode(r).decode()


def test_half_a_surrogate_pair_does_not_move_offsets() -> None:
    (r,) = read_bytes(b'{"body": "' + s.PARAGRAPHS[0].encode() + b' \\ud800 \xd9\x82"}\n', "a.jsonl")
    assert isinstance(r, Report) and r.body == s.PARAGRAPHS[0] + " \ufffd ق"
    r.body.encode("utf-8")


def test_missing_file_folder_and_pattern(tmp_path: Path) -> None:
    for name, reason in (
        (str(tmp_path / "nope.txt"), "no such file"),
        (str(tmp_path / "*.txt"), "no file matches"),
        (str(tmp_path), "holds no files"),
        ("a\0b", "no such file"),
    ):
        (found,) = read([name])
        assert isinstance(found, ReadError) and reason in str(found), name


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(s.TITLE + "\n" + s.BODY, encoding="utf-8")
    found = list(read([str(tmp_path / "nope"), str(good), "ftp://example.org/x", str(good)]))
    assert [type(r) for r in found] == [ReadError, Report, ReadError, Report]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        (s.PERSIAN, "fa", "Persian"),
        (s.URDU, "ur", "Urdu"),
        (s.SORANI, "ckb", "Sorani"),
        (s.PASHTO, "ps", "Pashto"),
        (s.ENGLISH, "latin", "Latin letters"),
    ],
)
def test_other_languages_are_named_and_skipped(text: str, language: str, name: str) -> None:
    (page,) = read_bytes(s.page(paragraphs=[text, text]).encode(), "a.html")
    (line,) = read_bytes(s.jsonl(s.row("p1", text)), "a.jsonl")
    for found in (page, line):
        assert isinstance(found, Skipped)
        assert found.language == language and name in found.reason
    assert isinstance(line, Skipped) and line.id == "p1"
    (kept,) = read_bytes(s.jsonl(s.row("p1", text)), "a.jsonl", ReadOptions(all_languages=True))
    assert isinstance(kept, Report) and kept.language == language


def test_a_report_without_text_is_named_and_skipped() -> None:
    (found,) = read_bytes(s.jsonl(s.row("e", " \n")), "a.jsonl")
    assert found == Skipped("a.jsonl:1", "it has no text", "e", "empty")


def test_page_without_elements_and_feed_without_items() -> None:
    (found,) = read_bytes(b"<!-- nothing --><html></html>", "a.html")
    assert isinstance(found, ReadError | Skipped)
    assert "no items" in str(error(b"<rss><channel><title>x</title></channel></rss>", "a.rss"))
