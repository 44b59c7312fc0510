"""What all tests share: property tests that draw the same cases on every run."""

from collections import Counter

from hypothesis import HealthCheck, settings

settings.register_profile(
    "cbi", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("cbi")


def pytest_terminal_summary(terminalreporter):
    """Say in one line what was skipped and why."""
    reports = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)
    for reason, count in reasons.items():
        terminalreporter.write_line(f"{count} skipped – {reason}")
