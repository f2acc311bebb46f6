"""What `make test` leaves out is named at the end; for `make test-all` a skip is a failure."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

import pytest

LEFT_OUT = {
    "shared": "need the reports and gold records in ../shared",
    "browser": "need Debian's chromium and playwright",
    "postgres": "need a PostgreSQL server's programs",
    "cluster": "need Java and Apache Spark",
    "slow": "take long",
}
NO_SKIPS = bool(os.environ.get("MUSNAD_NO_SKIPS"))
_deselected: Counter[str] = Counter()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    for item in items:
        _deselected.update(mark for mark in LEFT_OUT if item.get_closest_marker(mark))


def _skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", ())) if reporter else 0


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if NO_SKIPS and _skipped(session.config) and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for mark, count in _deselected.items():
        terminalreporter.write_line(f"left out: {count} tests that {LEFT_OUT[mark]} (make test-all runs them)")
    for skipped in terminalreporter.stats.get("skipped", ()):
        where, line, reason = skipped.longrepr if isinstance(skipped.longrepr, tuple) else (skipped.nodeid, 0, "")
        kind = "failed, because it was skipped" if NO_SKIPS else "left out"
        terminalreporter.write_line(f"{kind}: {skipped.nodeid or f'{where}:{line}'}: {reason}")
