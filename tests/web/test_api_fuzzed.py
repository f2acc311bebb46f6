"""schemathesis makes up requests from the API's own description: no server error, and answers as described."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from musnad.archive.archive import Archive
from musnad.web import Settings, make_app
from musnad.web.api import DOORS, Door

pytestmark = pytest.mark.slow
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 25
"""Requests made up for each address: ten addresses take well under a minute."""


@pytest.fixture(scope="module")
def described(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The API of a copy of the example archive, in this process."""
    copy = tmp_path_factory.mktemp("fuzzed") / "archive.db"
    shutil.copy(filled, copy)
    with Archive.open(copy) as archive:
        app = make_app(archive, Settings())
        yield schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"host": "127.0.0.1"})


@pytest.mark.parametrize("door", DOORS, ids=lambda d: d.path)
def test_no_request_is_a_server_error(described: schemathesis.BaseSchema, door: Door) -> None:
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=described[door.path]["GET"].as_strategy())
    def asked(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"host": "127.0.0.1"}, checks=CHECKS)

    asked()
