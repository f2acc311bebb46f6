"""Corrections made on the pages count at once: in the reader, the export and the queue."""

from __future__ import annotations

import json

from starlette.testclient import TestClient

from musnad.archive import corrections
from musnad.archive.archive import Archive
from musnad.web import Settings, make_app

FROM_HERE = {"origin": "http://127.0.0.1"}
REPORT = "raqim-2017-09-23"


def records(client: TestClient) -> dict[str, dict[str, object]]:
    for line in client.get("/download/jsonl").text.splitlines():
        coded = json.loads(line)
        if coded["id"] == REPORT:
            return {e["id"]: e for e in coded["events"]}
    raise AssertionError("the report is not in the export")


def test_a_changed_record_is_seen_in_the_export(client: TestClient) -> None:
    before = records(client)["e1"]
    form = {
        "analyst": "ليلى", "verdict": "change", "type": before["type"], "was-type": before["type"], "status": "denied",
        "was-status": before["status"], "note": "انظر الفقرة الأخيرة",
    }  # fmt: skip
    answer = client.post(f"/reports/{REPORT}/records/e1", data=form, headers=FROM_HERE, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/reports/{REPORT}#rec-e1"
    assert records(client)["e1"]["status"] == "denied"
    page = client.get(f"/reports/{REPORT}?lang=en").text
    assert "ليلى" in page and "انظر الفقرة الأخيرة" in page
    assert "ليلى" in client.get("/download/csv?hand=1").text


def test_a_rejected_record_is_gone_and_remembered(client: TestClient, archive: Archive) -> None:
    n = len(records(client))
    client.post(f"/reports/{REPORT}/records/e1", data={"analyst": "سمير", "verdict": "reject"}, headers=FROM_HERE)
    assert len(records(client)) == n - 1
    assert [c.verdict for c in corrections.of(archive, REPORT)] == ["reject"]


def test_an_accepted_record_leaves_the_queue(client: TestClient) -> None:
    import re

    def first() -> str:
        found = re.search(r'action="/reports/([^"]+)/records/(\w+)"', client.get("/review").text)
        assert found is not None
        return found[0]

    action = first()
    address = action.split('"')[1]
    answer = client.post(
        address, data={"analyst": "هدى", "verdict": "accept", "back": "/review"}, headers=FROM_HERE,
        follow_redirects=False,
    )  # fmt: skip
    assert answer.headers["location"] == "/review"
    assert first() != action
    assert client.get("/review/gold").text.count("\n") == 1


def test_an_event_is_added_by_its_words(client: TestClient, archive: Archive) -> None:
    stored = archive.report(REPORT)
    assert stored is not None
    at = stored.report.body.index("تعليق")
    form = {"analyst": "هدى", "start": str(at), "end": str(at + 5), "type": "REJECT", "status": "denied"}
    answer = client.post(f"/reports/{REPORT}/records", data=form, headers=FROM_HERE, follow_redirects=False)
    assert answer.status_code == 303
    added = [e for e in records(client).values() if e["trigger"]["text"] == "تعليق"]  # type: ignore[index]
    assert len(added) == 1 and added[0]["type"] == "REJECT"


def exported(client: TestClient) -> dict[str, list[dict[str, object]]]:
    for line in client.get("/download/jsonl").text.splitlines():
        coded = json.loads(line)
        if coded["id"] == REPORT:
            return coded  # type: ignore[no-any-return]
    raise AssertionError("the report is not in the export")


def test_control_is_added_corrected_rejected_and_seen_in_the_export(client: TestClient) -> None:
    def mine() -> list[dict[str, object]]:
        return [c for c in exported(client)["control"] if c["place"]["text"] == "خشام"]  # type: ignore[index]

    me, party, spot = {"analyst": "هدى"}, "SDF@مقاتليه", "خشام"
    form = {**me, "of": "control", "words": "دخلوا", "change": "gained", "holder": party, "place": spot}
    assert client.post(f"/reports/{REPORT}/records", data={**form, "holder": ""}, headers=FROM_HERE).status_code == 400
    assert not mine()
    assert client.post(f"/reports/{REPORT}/records", data=form, headers=FROM_HERE).status_code == 200
    (added,) = mine()
    assert (added["change"], added["holder"]["id"], added["place"]["text"]) == ("gained", "SDF", spot)  # type: ignore[index]
    change = {**me, "verdict": "change", "change": "contested", "was-change": "gained"}
    client.post(f"/reports/{REPORT}/records/{added['id']}", data=change, headers=FROM_HERE)
    assert [c["change"] for c in mine()] == ["contested"]
    assert "contested" in client.get("/holdings?place=Khasham&lang=en").text
    client.post(f"/reports/{REPORT}/records/{added['id']}", data={**me, "verdict": "reject"}, headers=FROM_HERE)
    assert not mine()


def test_a_tie_is_added_corrected_rejected_and_seen_in_the_export(client: TestClient, archive: Archive) -> None:
    def mine() -> list[dict[str, object]]:
        return [t for t in exported(client)["ties"] if t["evidence"]["text"] == "مهدت للهجوم"]  # type: ignore[index]

    stored = archive.report(REPORT)
    assert stored is not None
    at = stored.report.body.index("مهدت للهجوم")
    me = {"analyst": "هدى"}
    form = {
        **me, "of": "tie", "words": "مهدت للهجوم", "start": str(at), "end": str(at + 11), "kind": "backs",
        "a": "CJTF-OIR@التحالف", "b": "SDF@قوات سوريا الديمقراطية",
    }  # fmt: skip
    assert client.post(f"/reports/{REPORT}/records", data=form, headers=FROM_HERE).status_code == 200
    (added,) = mine()
    assert (added["kind"], added["a"]["id"], added["b"]["id"]) == ("backs", "CJTF-OIR", "SDF")  # type: ignore[index]
    change = {**me, "verdict": "change", "kind": "allied", "was-kind": "backs"}
    client.post(f"/reports/{REPORT}/records/{added['id']}", data=change, headers=FROM_HERE)
    assert [t["kind"] for t in mine()] == ["allied"]
    client.post(f"/reports/{REPORT}/records/{added['id']}", data={**me, "verdict": "reject"}, headers=FROM_HERE)
    assert not mine()


def test_words_that_stand_twice_must_be_selected(client: TestClient) -> None:
    form = {"analyst": "هدى", "of": "tie", "words": "التنظيم", "kind": "backs", "a": "SDF@مقاتليه", "b": "ISIS@التنظيم"}
    answer = client.post(f"/reports/{REPORT}/records?lang=en", data=form, headers=FROM_HERE)
    assert answer.status_code == 400 and "more than once" in answer.text
    for odd in ({**form, "of": "link"}, {**form, "words": ""}, {**form, "words": "", "start": "x", "end": "9" * 30}):
        assert client.post(f"/reports/{REPORT}/records", data=odd, headers=FROM_HERE).status_code == 400


def test_what_is_not_understood_changes_nothing(client: TestClient, archive: Archive) -> None:
    me, change = {"analyst": "ا"}, {"analyst": "ا", "verdict": "change"}
    wrong: list[dict[str, str]] = [
        {"analyst": "", "verdict": "accept"}, {**me, "verdict": "burn"}, change,
        {**change, "actor": "SDF@لا وجود له", "was-actor": ""}, {**change, "type": "NONE", "was-type": "ASSAULT"},
    ]  # fmt: skip
    for form in wrong:
        assert client.post(f"/reports/{REPORT}/records/e1", data=form, headers=FROM_HERE).status_code == 400, form
    for address in (f"/reports/{REPORT}/records/e99", "/reports/none/records/e1"):
        assert client.post(address, data={**me, "verdict": "accept"}, headers=FROM_HERE).status_code == 400
    assert not corrections.of(archive)


def test_back_leads_nowhere_else(client: TestClient) -> None:
    form = {"analyst": "ا", "verdict": "accept", "back": "//evil.example/"}
    answer = client.post(f"/reports/{REPORT}/records/e1", data=form, headers=FROM_HERE, follow_redirects=False)
    assert answer.headers["location"].startswith("/reports/")


def test_a_read_only_archive_takes_no_change(archive: Archive) -> None:
    client = TestClient(make_app(archive, Settings(read_only=True)), base_url="http://127.0.0.1")
    form = {"analyst": "ا", "verdict": "accept"}
    assert client.post(f"/reports/{REPORT}/records/e1", data=form, headers=FROM_HERE).status_code == 403
    assert '<form class="correct"' not in client.get(f"/reports/{REPORT}").text
    assert client.post("/codebook", data={"text": "قصف الجيش البلدة"}, headers=FROM_HERE).status_code == 200
