"""Two analysts read the same reports unseen; nothing of either is shown or counts before both are done."""

from __future__ import annotations

import json
import re

import pytest
from starlette.testclient import TestClient

from musnad.archive import double
from musnad.archive.archive import Archive
from musnad.web import Settings, make_app

FROM_HERE = {"origin": "http://127.0.0.1"}
REPORT = "raqim-2017-09-23"
PAGE = f"/reports/{REPORT}"


def browser(archive: Archive, name: str) -> TestClient:
    client = TestClient(make_app(archive, Settings(lang="en")), base_url="http://127.0.0.1")
    client.post("/review/name", data={"analyst": name}, headers=FROM_HERE)
    return client


def say(client: TestClient, name: str, record: str, **form: str) -> int:
    sent = {"analyst": name, "blind": "1", **form}
    return client.post(f"{PAGE}/records/{record}", data=sent, headers=FROM_HERE, follow_redirects=False).status_code


def done(client: TestClient, name: str) -> int:
    return client.post(f"{PAGE}/done", data={"analyst": name}, headers=FROM_HERE, follow_redirects=False).status_code


def exported(client: TestClient) -> dict[str, str]:
    lines = [json.loads(line) for line in client.get("/download/jsonl").text.splitlines()]
    return {e["id"]: e["status"] for line in lines if line["id"] == REPORT for e in line["events"]}


@pytest.fixture
def given(archive: Archive) -> Archive:
    double.give_out(archive, [REPORT], ("Layla", "Samir"))
    return archive


def test_neither_sees_the_other_until_both_are_done(given: Archive) -> None:
    layla, samir, third = browser(given, "Layla"), browser(given, "Samir"), browser(given, "Huda")
    before = exported(third)
    assert PAGE in layla.get("/review?double=1").text
    assert say(layla, "Layla", "e1", verdict="reject", note="not an act") == 303
    assert say(samir, "Samir", "e2", verdict="change", status="possible", **{"was-status": "happened"}) == 303
    mine, theirs, others = layla.get(PAGE).text, samir.get(PAGE).text, third.get(PAGE).text
    assert 'id="rec-e1"' not in mine and "not an act" in mine and "Samir" not in mine
    assert 'id="rec-e1"' in theirs and "not an act" not in theirs and "Samir" in theirs
    assert 'id="rec-e1"' in others and "not an act" not in others and "checked by" not in others
    assert exported(third) == before  # what is sealed counts nowhere
    for page in ("/", "/?view=events", "/review", "/review?double=1", "/disputes", "/api/events?hand=1"):
        assert "not an act" not in samir.get(page).text
    assert samir.get("/api/events?hand=1").json()["total"] == 0
    assert "Settle it so" not in samir.get("/review?double=1").text
    assert done(layla, "Layla") == 303
    assert "not an act" not in samir.get(PAGE).text and exported(third) == before
    assert done(samir, "Samir") == 303
    after = exported(third)
    assert "e1" not in after and after["e2"] == "possible"
    assert "not an act" in samir.get(PAGE).text


def test_the_differences_stand_side_by_side_to_settle(given: Archive) -> None:
    layla, samir, third = browser(given, "Layla"), browser(given, "Samir"), browser(given, "Huda")
    say(layla, "Layla", "e1", verdict="reject")
    settled = {"record": f"{REPORT}#e1", "as": "Layla", "analyst": "Huda", "double": "1"}
    assert third.post("/review/settle", data=settled, headers=FROM_HERE).status_code == 400  # not yet
    done(layla, "Layla"), done(samir, "Samir")
    page = third.get("/review?double=1").text
    sides = re.findall(r'<div class="account"><p class="meta"><bdi>(\w+)</bdi>', page)
    assert sides == ["Layla", "Samir"] and page.count("Settle it so") == 2
    nobody = TestClient(make_app(given, Settings(lang="en")), base_url="http://127.0.0.1").get("/review?double=1").text
    assert len(re.findall(r"<button[^>]* disabled[^>]*>Settle it so", nobody)) == 2
    assert third.post("/review/settle", data=settled, headers=FROM_HERE).status_code == 200
    assert "Settle it so" not in third.get("/review?double=1").text and "e1" not in exported(third)


def test_what_may_not_be_done_yet_is_barred(given: Archive) -> None:
    layla, third = browser(given, "Layla"), browser(given, "Huda")
    assert "disabled" not in layla.get(PAGE).text
    page = third.get(PAGE).text
    buttons = re.findall(r'<button name="verdict"[^>]*>', page)
    assert buttons and all(" disabled " in b for b in buttons)
    assert say(third, "Huda", "e1", verdict="accept") == 400
    assert done(third, "Huda") == 400
    done(layla, "Layla")
    assert all(" disabled " in b for b in re.findall(r'<button name="verdict"[^>]*>', layla.get(PAGE).text))
    assert say(layla, "Layla", "e1", verdict="accept") == 400
    assert PAGE not in layla.get("/review").text


def test_reports_are_given_out(archive: Archive) -> None:
    client = browser(archive, "Layla")
    form = {"one": "Layla", "other": "Samir", "count": "3", "words": "كونيكو"}
    assert client.post("/review/double", data=form, headers=FROM_HERE).status_code == 200
    found = double.pairs(archive)
    assert len(found) == 3 and all(p.sealed and p.waits_for() == ["Layla", "Samir"] for p in found)
    for p in found:
        stored = archive.report(p.report_id)
        assert stored is not None and "كونيكو" in stored.report.title + stored.report.body
    for wrong in ({"other": "Layla"}, {"other": " "}, {"count": "0"}, {"count": "x"}, {"words": "قمرأحمر"}):
        assert client.post("/review/double", data={**form, **wrong}, headers=FROM_HERE).status_code == 400
    assert len(double.pairs(archive)) == 3
