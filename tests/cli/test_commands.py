"""The commands as a user types them: what they write, how they end, what they say when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from musnad.record import from_json

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTE = "Written for Musnad from public facts; not news"
PERSIAN = "وزارت امور خارجه روسیه گزارش‌های مربوط به حمله هوایی را تکذیب کرد و گفت که این خبر صحت ندارد."


def musnad(*words: str | Path, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "musnad", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf8",
        input=stdin,
        env=os.environ | {"COLUMNS": "160"} | env,
        timeout=120,
    )


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, coded once for all tests here."""
    out = tmp_path_factory.mktemp("coded") / "examples.jsonl"
    run = musnad("code", EXAMPLES, "-o", out)
    assert (run.returncode, run.stderr) == (0, "")
    return out


def test_code_writes_one_record_a_line_in_the_order_of_reading(coded: Path) -> None:
    records = [from_json(line) for line in coded.read_bytes().splitlines()]
    given = [json.loads(x) for f in sorted(EXAMPLES.glob("*.jsonl")) for x in f.read_text("utf8").splitlines()]
    assert [r.id for r in records] == [r["id"] for r in given]
    assert sum(len(r.events) for r in records) > 100
    assert all(NOTE in (r.note or "") for r in records)
    bodies = {r["id"]: r["body"] for r in given}
    for r in records:
        for e in r.events:
            assert bodies[r.id][e.trigger.start : e.trigger.end] == e.trigger.text


def test_one_process_or_two_the_same_bytes(coded: Path, tmp_path: Path) -> None:
    out = tmp_path / "two.jsonl"
    assert musnad("code", EXAMPLES, "-o", out, "--workers", "2").returncode == 0
    assert out.read_bytes() == coded.read_bytes()


def test_code_as_json(coded: Path, tmp_path: Path) -> None:
    run = musnad("code", EXAMPLES / "rayat-qasioun.jsonl", "--format", "json")
    records = json.loads(run.stdout)
    assert len(records) == 4 and records[0]["id"] == "qasioun-2017-09-18"


def test_code_as_csv_the_ending_tells(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert musnad("code", EXAMPLES / "rayat-qasioun.jsonl", "-o", out).returncode == 0
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # so that spreadsheets take it for UTF-8
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert rows and all(NOTE in r["note"] for r in rows)


@pytest.mark.parametrize(("lang", "who"), [("en", "who says so"), ("ar", "من يقول")])
def test_code_as_a_table(lang: str, who: str) -> None:
    run = musnad("code", EXAMPLES / "rayat-qasioun.jsonl", "--lang", lang)
    assert run.returncode == 0
    for words in (who, NOTE, "الجيش يعبر الفرات", "e1"):
        assert words in run.stdout, words


def test_show_writes_a_folder_of_pages(tmp_path: Path) -> None:
    run = musnad("show", EXAMPLES / "rayat-qasioun.jsonl", "--html", tmp_path / "pages")
    assert run.stdout.strip() == str(tmp_path / "pages" / "index.html")
    assert len(list((tmp_path / "pages").glob("*.html"))) == 5
    assert NOTE in (tmp_path / "pages" / "index.html").read_text("utf8")


def test_why_names_the_words_and_what_made_the_record(coded: Path) -> None:
    record = next(r for r in map(from_json, coded.read_bytes().splitlines()) if r.id.startswith("qasioun") and r.events)
    event = record.events[0]
    run = musnad("why", f"{EXAMPLES / 'rayat-qasioun.jsonl'}#{record.id}/{event.id}")
    assert run.returncode == 0, run.stderr
    assert f"«{event.trigger.text}»" in run.stdout and "Who says so:" in run.stdout
    assert event.because and event.because[0] in run.stdout


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("page.txt", "write it as FILE#RECORD"),
        (f"{EXAMPLES / 'rayat-qasioun.jsonl'}#e1", "holds 4 reports; say which"),
        (f"{EXAMPLES / 'rayat-qasioun.jsonl'}#none/e1", "holds no report none"),
        (f"{EXAMPLES / 'rayat-qasioun.jsonl'}#qasioun-2017-09-18/e999", "has no record e999; its records are e1"),
    ],
)
def test_why_says_what_is_wrong_with_an_address(address: str, message: str) -> None:
    run = musnad("why", address)
    assert run.returncode == 2
    assert message in run.stderr


def test_read_shows_what_was_read_and_codes_nothing(tmp_path: Path) -> None:
    run = musnad("read", EXAMPLES / "marsa-alyawm.jsonl")
    assert run.returncode == 0
    for words in ("مرسى اليوم", "2018-01-30", "dateline", NOTE):
        assert words in run.stdout, words
    again = musnad("read", EXAMPLES / "marsa-alyawm.jsonl", "-o", tmp_path / "read.jsonl")
    assert again.returncode == 0
    given = (EXAMPLES / "marsa-alyawm.jsonl").read_text("utf8").splitlines()
    read = (tmp_path / "read.jsonl").read_text("utf8").splitlines()
    assert [json.loads(x)["body"] for x in read] == [json.loads(x)["body"] for x in given]


def test_standard_input_and_columns() -> None:
    table = "النص,يوم,العنوان\nقصفت طائرات روسية مدينة إدلب وقتلت ثلاثة مدنيين.,2018-02-04,غارة\n"
    run = musnad("read", "-", "--column", "published=يوم", "--format", "jsonl", stdin=table)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["published"] == "2018-02-04"


def test_score_of_the_same_file_is_whole(coded: Path) -> None:
    figures = json.loads(musnad("score", coded, coded, "--json").stdout)
    assert figures["record"]["f1"] == figures["type"]["f1"] == 1.0
    assert "wdwtw" in musnad("score", coded, coded).stdout


def test_score_names_reports_that_do_not_meet_and_shows_differences(coded: Path, tmp_path: Path) -> None:
    lines = coded.read_bytes().splitlines(keepends=True)
    (tmp_path / "less.jsonl").write_bytes(b"".join(lines[1:]))
    run = musnad("score", coded, tmp_path / "less.jsonl", "--errors", "2")
    assert "1 reports not coded: dafatir-2017-09-18" in run.stderr
    assert run.stdout.count(": missed") == 2


def test_schema() -> None:
    assert "CodedReport" in json.loads(musnad("schema").stdout)["$defs"]


def test_version() -> None:
    from musnad import __version__

    assert musnad("--version").stdout == f"musnad {__version__}\n"


def test_one_bad_input_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "body": \n', "utf8")
    good = EXAMPLES / "rayat-qasioun.jsonl"
    run = musnad("code", tmp_path / "bad.jsonl", tmp_path / "missing.txt", good, "--format", "jsonl")
    assert run.returncode == 1
    assert len(run.stdout.splitlines()) == 4
    assert "bad.jsonl" in run.stderr and "missing.txt" in run.stderr
    assert all(line.startswith("musnad: ") for line in run.stderr.splitlines())


def test_a_persian_page_is_named_and_skipped(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PERSIAN * 3, "utf8")
    run = musnad("code", tmp_path / "page.txt", "--format", "jsonl")
    assert (run.returncode, run.stdout) == (0, "")
    assert "page.txt: skipped" in run.stderr and "Persian" in run.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["code"], "Missing argument"),
        (["code", "x", "--format", "xml"], "xml"),
        (["code", "x", "--published", "yesterday"], "write the day as 2018-03-26"),
        (["code", "x", "--column", "body"], "write it as PART=NAME"),
        (["code", "x", "--codebook", "/no/such/folder"], "/no/such/folder"),
        (["code", "x", "-o", "."], "is a folder"),
        (["code", "x", "-o", "/no/such/folder/out.jsonl"], "cannot be written"),
        (["show", "examples"], "--html"),
        (["fly"], "fly"),
    ],
)
def test_wrong_use(words: list[str], message: str) -> None:
    run = musnad(*words)
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_score_of_what_is_no_record_names_the_line(tmp_path: Path, coded: Path) -> None:
    (tmp_path / "no.jsonl").write_text('{"id": "a"}\n{"id": 7}\n', "utf8")
    run = musnad("score", coded, tmp_path / "no.jsonl")
    assert run.returncode == 1
    assert "no.jsonl, line 2: no coded report" in run.stderr


def test_a_failed_run_leaves_the_old_file_alone(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old\n")
    assert musnad("code", EXAMPLES, "-o", out, "--codebook", tmp_path / "none").returncode == 2
    assert out.read_text() == "old\n"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_progress_is_quiet_when_nobody_looks(tmp_path: Path) -> None:
    assert musnad("code", EXAMPLES / "rayat-qasioun.jsonl", "-o", tmp_path / "o.jsonl").stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_leaves_whole_lines(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    lines = [x for f in sorted(EXAMPLES.glob("*.jsonl")) for x in f.read_text("utf8").splitlines()]
    many.write_text("".join(x + "\n" for x in lines) * 400, "utf8")
    out = tmp_path / "out.jsonl"
    part = tmp_path / "out.jsonl.part"
    run = subprocess.Popen(
        [sys.executable, "-m", "musnad", "code", str(many), "-o", str(out)], stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size > 100_000) and time.monotonic() < deadline:
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    assert run.wait(20) == 130
    assert run.stderr and "whole" in run.stderr.read()
    assert not out.exists()
    written = part.read_bytes()
    assert written.endswith(b"\n")
    assert all(from_json(line) for line in written.splitlines())


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_whoever_reads_the_output_may_go_away() -> None:
    command = f"{sys.executable} -m musnad code {EXAMPLES} {EXAMPLES} {EXAMPLES} --format jsonl | head -c 10"
    run = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=120)
    assert run.stderr == ""


def test_help_comes_at_once() -> None:
    """Under 0.6 s; the best of three, because the machine may be busy."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        assert musnad("--help").returncode == 0
        times.append(time.perf_counter() - start)
    assert min(times) < 0.6


def test_codebook_find_reads_any_form() -> None:
    run = musnad("codebook", "find", "وسيقصفونها")
    assert run.returncode == 0
    assert "ASSAULT/shelling" in run.stdout and "events/assault.tsv:" in run.stdout


def test_codebook_find_of_what_is_not_there() -> None:
    run = musnad("codebook", "find", "ططططط")
    assert (run.returncode, run.stdout) == (1, "")
    assert "no entry for ططططط" in run.stderr


def test_codebook_stats() -> None:
    rows = dict(line.split(maxsplit=1)[::-1] for line in musnad("codebook", "stats").stdout.splitlines())
    assert int(rows["event entries"].replace(",", "")) > 1000


def test_codebook_check_names_the_file_and_the_line(tmp_path: Path) -> None:
    events = tmp_path / "events"
    events.mkdir()
    (events / "mine.tsv").write_text(
        "lemma\tpos\troot\tform\ttype\tmasdar\tplural\tframe\texample\n"
        "طَوَّبَ\tv\tط-و-ب\tII\tASSAULT/tickle\tتطويب\t-\ts=A\tطوّب الرجل أخاه\n",
        "utf8",
    )
    run = musnad("codebook", "check", "--codebook", tmp_path)
    assert run.returncode == 1
    assert "mine.tsv:2" in run.stdout and "tickle" in run.stdout
