"""The API answers as it is described."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from musnad.archive import incidents
from musnad.archive.archive import Archive
from musnad.web.api import DOORS, description


def test_every_address_answers_as_described(client: TestClient, archive: Archive) -> None:
    key = incidents.find(archive, limit=1)[0].key
    described = client.get("/api/openapi.json").json()
    assert described == description()
    for path, item in described["paths"].items():
        answer = client.get(path.replace("{id}", "raqim-2017-09-23").replace("{key}", key))
        assert answer.status_code == 200 and isinstance(answer.json(), dict), path
        assert "200" in item["get"]["responses"]
    assert client.get("/api/reports/none").status_code == 404
    assert client.get("/api/incidents/none").json()["error"]


@pytest.mark.parametrize("door", DOORS, ids=lambda d: d.path)
def test_odd_values_are_no_server_error(client: TestClient, door: object) -> None:
    for name in door.query:  # type: ignore[attr-defined]
        for value in ("", "0", "-1", "9" * 30, "\0", "'; DROP TABLE report; --", "٣", "<b>", '"(', "a" * 500, "٪%_"):
            path = door.path.replace("{id}", "x").replace("{key}", "x")  # type: ignore[attr-defined]
            answer = client.get(path, params={name: value})
            assert answer.status_code in (200, 400, 404), (path, name, value)
            assert answer.headers["content-type"] == "application/json"


def test_the_map_has_places_with_names_in_each_language(client: TestClient) -> None:
    told = {s["name"]: s for s in client.get("/api/spots?lang=ar").json()["spots"]}
    assert told["Hajin"]["label"] == "هجين" and told["Hajin"]["n"] >= 1
    assert client.get("/api/spots?lang=en&actor=SDF").json()["states"]["SYR"] == "Syria"


def test_a_list_comes_in_parts(client: TestClient) -> None:
    first = client.get("/api/events?limit=5").json()
    second = client.get("/api/events?limit=5&offset=5").json()
    assert first["total"] == second["total"] > 10
    ids = [(i["report_id"], i["event"]["id"]) for p in (first, second) for i in p["items"]]
    assert len(set(ids)) == 10


@pytest.mark.parametrize(("lang", "province", "town"), [("ar", "دير الزور", "دمشق"), ("en", "Deir ez-Zor", "Damascus")])
def test_the_map_has_names_of_its_own(client: TestClient, lang: str, province: str, town: str) -> None:
    told = client.get(f"/api/landmarks?lang={lang}").json()
    assert province in {label for label, _, _ in told["provinces"]}
    assert town in {label for label, _, _ in told["towns"]}
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for names in told.values() for _, lon, lat in names)
