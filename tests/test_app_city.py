"""Which city, which year, which edition: the fold at the side that names them and starts another form."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cbi.comparison import score_years
from cbi.tables import read_table

ROOT = Path(__file__).parents[1]


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def everything(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def test_an_empty_form_asks_once_before_figures_are_thrown_away(app: AppTest) -> None:
    app.button(key="city/empty").click().run()
    assert any("throws away the figures" in one.value for one in app.warning)
    app.button(key="city/no").click().run()
    assert metrics(app)["Total"] == "14 of 112"
    app.button(key="city/empty").click().run()
    app.button(key="city/yes").click().run()
    assert metrics(app)["Total"] == "0 of 112"
    assert metrics(app)["Indicators scored"] == "0 of 28"
    assert app.text_input(key="city/name").value == ""


def test_city_and_year_are_named_and_a_wrong_year_is_told(app: AppTest) -> None:
    app.text_input(key="city/name").set_value("Anyton").run()
    app.text_input(key="city/year").set_value("26").run()
    assert any("“26” is not a year. Write four digits, such as 2026." in one.value for one in app.sidebar.error)
    assert any("Year of the assessment" in one.value for one in app.main.error)
    app.text_input(key="city/year").set_value("2025").run()
    assert not app.sidebar.error
    assert "Anyton · 2025 · 2021 edition" in everything(app)


@pytest.mark.parametrize(("demo", "total"), [("example-2016", 92), ("example-2021", 112), ("example-2024", 112)])
def test_the_example_city_is_scored_with_its_earlier_years(app: AppTest, demo: str, total: int) -> None:
    year = int(demo[-4:])
    cities = read_table(ROOT / "data" / "demo" / "example-city.csv").assessments
    cards = {card.year: card for card in score_years(cities)}
    app.selectbox(key="city/demo").select(demo).run()
    app.button(key="city/open").click().run()
    assert metrics(app)["Total"] == f"{cards[year].total.points} of {total}"
    app.text_input(key="city/name").set_value("Another name").run()
    assert metrics(app)["Total"] == f"{cards[year].total.points} of {total}"


def test_a_demo_city_asks_first_if_figures_were_changed(app: AppTest) -> None:
    app.text_input(key="city/name").set_value("Anyton").run()
    app.button(key="city/open").click().run()
    assert app.text_input(key="city/name").value == "Anyton"
    app.button(key="city/yes").click().run()
    assert app.text_input(key="city/name").value == "Libo County"


def test_another_edition_keeps_what_both_ask_and_brings_back_the_rest(app: AppTest) -> None:
    app.selectbox(key="city/edition").select("2014").run()
    assert metrics(app)["Total"].endswith("of 92")
    assert any("comes back with the 2021 edition" in one.value for one in app.sidebar.info)
    app.selectbox(key="city/edition").select("2021").run()
    assert metrics(app)["Total"] == "14 of 112"
