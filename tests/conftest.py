"""What all tests share: property tests that draw the same cases on every run, and a store of their own."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

from tests.chromium import browser
from tests.effort import examples

__all__ = ["browser"]

settings.register_profile(
    "cbi",
    max_examples=examples(100),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("cbi")


@pytest.fixture(autouse=True)
def _own_store(monkeypatch, tmp_path):
    """Give every test a store of its own and nobody's name; the store of this machine is never touched."""
    monkeypatch.setenv("CBI_DATABASE", f"sqlite:///{tmp_path / 'own.sqlite3'}")
    monkeypatch.delenv("CBI_PERSON", raising=False)


@pytest.fixture(autouse=True, scope="session")
def _no_search_for_components():
    """Streamlit's test double looks through all installed packages for components of pages, anew for every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", list)
        yield


@pytest.fixture(autouse=True, scope="session")
def _at_this_machine():
    """Let Streamlit's test double ask for the app by a name, as a browser on this machine does; it has none itself."""
    from streamlit.runtime.context import StreamlitHeaders

    with pytest.MonkeyPatch.context() as patch:
        named = property(lambda _: StreamlitHeaders([("Host", "localhost:8501")]))
        patch.setattr("streamlit.runtime.context.ContextProxy.headers", named)
        yield


def pytest_collection_modifyitems(items):
    """Mark the property tests: each is in both runs, with more cases in the thorough one."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("shortened")


def pytest_terminal_summary(terminalreporter):
    """Say in one line what was skipped and why."""
    reports = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)
    for reason, count in reasons.items():
        terminalreporter.write_line(f"{count} skipped – {reason}")
