"""The user's tables over ours, and what is said of faults."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.arabic.text import tokenize
from musnad.codebook import check, find, load, stats
from musnad.codebook.table import DATA
from musnad.errors import CodebookError, UsageError

HEADER = "lemma\tpos\troot\tform\ttype\tmasdar\tplural\tframe\texample\n"
SAMPLE = "دَهْدَهَ\tv\tد-ه-د-ه\tQ1\tASSAULT/other\tدهدهة\t-\ts=A o=R\tدهده المسلحون الحاجز.\n"


@pytest.fixture(autouse=True, scope="module")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Codebooks with strange tables over them do not belong into the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MUSNAD_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def put(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf8")
    return folder


def types(overlay: Path | None, form: str) -> set[str]:
    return {t for r in load(overlay).events.get(form) for t, _ in r.entry.types}


def test_rows_of_the_user_are_added(tmp_path: Path) -> None:
    put(tmp_path, "events/mine.tsv", HEADER, SAMPLE)
    assert load().events.get("يدهدهون") == ()
    readings = load(tmp_path).events.get("يدهدهون")
    assert [(r.entry.id, r.tense, r.voice, r.number) for r in readings] == [
        ("mine:دهده", "present", "active", "pl"),
        ("mine:دهده", "present", "passive", "pl"),
    ]
    assert load(tmp_path).digest != load().digest


def test_a_row_with_the_same_key_replaces_ours(tmp_path: Path) -> None:
    row = "نَدَّدَ\tv\tن-د-د\tII\tPROTEST/other\tتنديد\t-\ts=A ب=R\tندد الحزب بالقرار.\n"
    assert types(None, "نددوا") == {"ACCUSE"}
    assert types(put(tmp_path, "events/accuse.tsv", HEADER, row), "نددوا") == {"PROTEST"}


def test_a_lemma_behind_a_dash_is_removed(tmp_path: Path) -> None:
    assert types(put(tmp_path, "events/accuse.tsv", HEADER, "-شجب\n"), "شجبت") == set()
    assert types(None, "شجبت") == {"ACCUSE"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("كلمة\tn\t-\t-\tATTACK\t-\t-\t-\tكلمة.\n", r"events/mine\.tsv:2: unknown type 'ATTACK'"),
        ("كلمة\tn\t-\t-\tASSAULT/loud\t-\t-\t-\tكلمة.\n", r":2: unknown mode 'loud' of ASSAULT"),
        ("كلمة\tn\t-\t-\tACCUSE\t-\t-\ts=Q\tكلمة.\n", r":2: unknown role 'Q'"),
        ("كلمة\tz\t-\t-\tACCUSE\t-\t-\t-\tكلمة.\n", r":2: unknown pos 'z'"),
        ("كتب\tv\t-\tI\tACCUSE\t-\t-\t-\tكتب.\n", r":2: a verb needs its root"),
        ("كتب\tv\tك-ت-ب\tXX\tACCUSE\t-\t-\t-\tكتب.\n", r":2: no verb pattern 'XX'"),
        ("كلمة\tn\tACCUSE\n", r":2: 3 cells where the header has 9"),
        ("-كلمة\n", r":2: nothing to remove: كلمة"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, line: str, expected: str) -> None:
    if line.startswith("-"):
        put(tmp_path, "events/accuse.tsv", HEADER, line)
    else:
        put(tmp_path, "events/mine.tsv", HEADER, line)
    with pytest.raises(CodebookError, match=expected):
        load(tmp_path, cached=False)
    problems = [p for p in check(tmp_path) if p.line == 2 and p.file.startswith(str(tmp_path))]
    assert len(problems) == 1


def test_check_finds_duplicates_and_idle_examples(tmp_path: Path) -> None:
    idle = "هَرْهَرَ\tv\tه-ر-ه-ر\tQ1\tACCUSE\t-\t-\t-\tوصل القطار.\n"
    bare = "خربشة\tn\t-\t-\tACCUSE\t-\t-\t-\t-\n"
    put(tmp_path, "events/mine.tsv", HEADER, SAMPLE, idle, SAMPLE, bare)
    told = {(p.line, p.text) for p in check(tmp_path) if p.file == str(tmp_path / "events/mine.tsv")}
    assert told == {
        (4, "told twice: as in line 2"),
        (3, "the example of هَرْهَرَ does not use it"),
        (5, "خربشة has no example"),
    }


def test_our_own_tables_of_words_are_sound() -> None:
    words = ("events/", "speech.tsv", "signs.tsv", "weapons.tsv", "targets.tsv")
    assert [str(p) for p in check() if p.file.startswith(words)] == []


def test_a_place_outside_its_country(tmp_path: Path) -> None:
    header = "\t".join(("name", "arabic", "country", "kind", "province", "lat", "lon", "km")) + "\n"
    row = "Nowhere\tقرية اللامكان\tSYR\tvillage\t\t31.2\t29.9\t2\n"
    put(tmp_path, "places_mine.tsv", header, row)
    assert [p.text.split(" km ")[1] for p in check(tmp_path) if "Nowhere" in p.text] == ["outside SYR"]


def test_an_overlay_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a folder"):
        load(tmp_path / "none")


def test_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSNAD_CACHE", str(tmp_path / "cache"))
    first = load()
    (kept,) = (tmp_path / "cache").glob("*.pickle")
    again = load()
    assert again.digest == first.digest and again.events["اتهموا"] == first.events["اتهموا"]
    kept.write_bytes(kept.read_bytes()[:1000])  # a file cut short is made again
    assert load().events["اتهموا"] == first.events["اتهموا"]
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("MUSNAD_CACHE", str(file / "below"))  # a folder that cannot be made
    assert load().digest == first.digest


def test_the_digest_is_that_of_the_tables(tmp_path: Path) -> None:
    copy = tmp_path / "data"
    for path in sorted(p for p in DATA.rglob("*") if p.is_file()):
        target = copy / path.relative_to(DATA)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    assert load(data=copy, cached=False).digest == load().digest


def test_find_and_stats() -> None:
    assert [(f.table, f.entry) for f in find("وندّدت")] == [("event", "accuse:ندد")]
    assert ("sign", "signs:ربما") in [(f.table, f.entry) for f in find("ربما")]
    assert any(f.table == "place" and f.entry == "Damascus" for f in find("دمشق"))
    assert find("قفصولية") == []
    counts = stats()
    assert counts["event entries"] >= 700
    assert counts["speech entries"] >= 100
    assert counts["signs of status"] >= 120
    assert all(counts[f"events {kind}"] >= 20 for kind in ("SANCTION", "THREATEN", "CONCEDE", "COOPERATE", "RETREAT"))


def test_a_readers_tokens_are_not_changed() -> None:
    tokens = tokenize("أطلق الجنود النار")
    before = list(tokens)
    load().expressions.find(tokens)
    assert tokens == before
