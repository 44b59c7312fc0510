"""Every chart of the pages is a chart that Altair knows, although the pages write it as Vega-Lite to stay quick."""

from pathlib import Path
from typing import Any

import altair as alt
import jsonschema
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cbi.views import compare_all, compare_change, compare_species
from cbi.views.layers import Spec

ROOT = Path(__file__).parents[1]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Spec]:
    """Collect the charts that the pages draw, and the pictures that they offer."""
    found: list[Spec] = []
    draw = st.vega_lite_chart

    def drawing(spec: Spec, **settings: Any) -> Any:
        found.append(spec)
        return draw(spec, **settings)

    monkeypatch.setattr(st, "vega_lite_chart", drawing)
    for page in (compare_all, compare_change, compare_species):
        monkeypatch.setattr(page, "download", lambda *given: found.append(given[-1]()))
    return found


@pytest.mark.long
@pytest.mark.parametrize(("page", "least"), [("overview", 3), ("enter", 9), ("compare", 1 + 1 + 3 + 3 + 4)])
def test_every_chart_is_one_that_altair_knows(drawn: list[Spec], page: str, least: int) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["demo"] = "example-2024"
    app.run().switch_page(f"cbi/views/{page}.py").run()
    assert not app.exception
    # overview: a bullet for each component; enter: a strip for each of nine indicators; compare: the waterfall, the
    # total, three components, three groups of species, and pictures of change, totals, points and species
    assert len(drawn) >= least
    for spec in drawn:
        alt.Chart.from_dict(spec)  # raises for whatever is no sound Vega-Lite


def test_what_is_no_chart_is_refused() -> None:
    with pytest.raises(jsonschema.ValidationError):
        alt.Chart.from_dict({"mark": "bare", "encoding": {"x": {"field": "a", "type": "number"}}})
