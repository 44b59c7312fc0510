"""An entry is taken, saved and noted in one go, also when the next one arrives in the middle of it."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.runtime.state.session_state import WStates
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the places in callbacks where Streamlit would have broken the run off for a newer entry."""
    found: list[str] = []
    call_callback = WStates.call_callback

    def watched(states: WStates, widget_id: str) -> None:
        context = get_script_run_ctx()
        assert context is not None
        state = context.session_state
        usual: Callable[[], None] = state._yield_callback
        object.__setattr__(state, "_yield_callback", lambda: found.append(widget_id))
        try:
            call_callback(states, widget_id)
        finally:
            object.__setattr__(state, "_yield_callback", usual)

    monkeypatch.setattr(WStates, "call_callback", watched)
    return found


@pytest.fixture
def enter() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.query_params["demo"] = "example-2024"
    app = app.run().switch_page("cbi/views/enter.py").run()
    return app.get_by_key("enter view/en").set_value("governance").run()


def test_no_entry_can_be_broken_off_between_its_save_and_its_note(enter: AppTest, pauses: list[str]) -> None:
    enter.text_input(key="awareness/events/text").set_value("7").run()
    enter.checkbox(key="institutional_capacity/functions/tick other").check().run()
    enter.radio(key="biodiversity_strategy/=/pick/2021/en").set_value("none").run()
    enter.button(key="undo").click().run()
    assert not enter.exception
    assert pauses == []


def test_a_search_for_pauses_finds_one(enter: AppTest, pauses: list[str]) -> None:
    enter.get_by_key("enter view/en").set_value("ecosystem_services").run()  # nothing is saved here
    assert pauses


def test_two_runs_of_one_visit_never_go_on_at_once() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["fastReruns"] is False
