"""What all tests share: property tests that draw the same cases on every run, and a store of their own."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "cbi", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("cbi")


@pytest.fixture(autouse=True)
def _own_store(monkeypatch, tmp_path):
    """Give every test a store of its own and nobody's name; the store of this machine is never touched."""
    monkeypatch.setenv("CBI_DATABASE", f"sqlite:///{tmp_path / 'own.sqlite3'}")
    monkeypatch.delenv("CBI_PERSON", raising=False)


def pytest_terminal_summary(terminalreporter):
    """Say in one line what was skipped and why."""
    reports = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)
    for reason, count in reasons.items():
        terminalreporter.write_line(f"{count} skipped – {reason}")
