"""The page Compare as a person meets it, on the example city with three years under two editions, without a browser.

The figures are those of ``data/demo/example-city.csv``, scored by hand in ``tests/test_over_time.py``.
"""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from cbi import pictures
from cbi.assessment import Answer, Entry
from cbi.store import open_store
from cbi.views import charts_over_time
from cbi.views.charts_over_time import YearCount, YearTotals
from cbi.views.downloads import as_csv, file_name
from cbi.views.layers import LIGHT

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
COMPARE, ENTER = (f"cbi/views/{name}.py" for name in ("compare", "enter"))


def visit(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    return go(app, COMPARE)


def go(app: AppTest, page: str) -> AppTest:
    app.switch_page(page).run()
    assert not app.exception
    return app


@pytest.fixture
def app() -> AppTest:
    return visit(demo="example-2024")


def everything(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def totals(app: AppTest) -> dict[str, tuple[str, str]]:
    return {one.label: (one.value, one.delta) for one in app.main.metric}


def charts(app: AppTest) -> list[Any]:
    """The charts of the page; figures that Streamlit sends beside a chart are put back into it."""
    found = []
    for chart in app.get("vega_lite_chart"):
        spec = json.loads(chart.proto.spec)
        if chart.proto.HasField("data"):
            table = convert_arrow_bytes_to_pandas_df(chart.proto.data.data)
            spec["data"] = {"values": table.to_dict("records")}
        found.append(spec)
    return found


def figures(chart: Any, layer: int | None = None) -> list[Any]:
    """The figures of a chart, or those of one of its layers."""
    return list((chart if layer is None else chart["layer"][layer])["data"]["values"])


def pick(app: AppTest, label: str, year: str) -> AppTest:
    box = next(one for one in app.main.selectbox if one.label == label)
    box.set_value(next(one for one in box.options if one.startswith(year))).run()
    assert not app.exception
    return app


# Two years


def test_the_open_year_stands_against_the_baseline_like_for_like(app: AppTest) -> None:
    assert "2024 against the baseline 2016" in everything(app)
    assert totals(app) == {
        "Like for like": ("37 → 55", "+18"),
        "Native biodiversity": ("13 → 15", "+2"),
        "Ecosystem services": ("7 → 9", "+2"),
        "Governance": ("17 → 31", "+14"),
    }
    assert "**+18** points, like for like, over the 17 indicators scored in both years" in everything(app)


def test_totals_as_assessed_are_named_and_not_subtracted(app: AppTest) -> None:
    told = next(one.value for one in app.caption if "As assessed" in one.value)
    assert "2016: 38 points of 72 attainable (2014 edition)" in told
    assert "2024: 88 points of 112 attainable (2021 edition)" in told
    assert "they are not subtracted" in told
    assert "50" not in told  # 88 − 38


def test_the_waterfall_leads_from_37_to_55(app: AppTest) -> None:
    chart = charts(app)[0]
    bars = figures(chart, layer=1)
    assert [(bar["label"], bar["start"], bar["end"]) for bar in bars][:3] == [
        ("+1", 37, 38),
        ("+1", 38, 39),
        ("+1", 39, 40),
    ]
    assert bars[-1]["end"] == 55
    assert [bar["label"] for bar in bars].count("+2") == 5  # 17, 22, 23, 24, 26; eight others by 1: 10 + 8 = 18
    alt = app.get("vega_lite_chart")[0].proto.alt
    assert alt.startswith("From 37 points in 2016 to 55 points in 2024, over the 17 indicators scored in both years.")
    assert "22 Cross-sectoral and Inter-agency Collaborations: +2" in alt
    assert "Same points in both years: 1, 3, 9, 10." in everything(app)


def test_what_was_scored_in_one_year_only_stands_beside_the_difference(app: AppTest) -> None:
    found = app.table[0].value
    assert len(found) == 11
    assert list(found.iloc[0]) == [
        "4 · Change in Number of Vascular Plant Species",
        "Sets the baseline this year",
        "4 of 4 points",
    ]
    assert list(found.iloc[4])[1:] == ["Not asked by the 2014 edition", "3 of 4 points"]  # 13


def test_the_crosswalk_is_said_plainly(app: AppTest) -> None:
    told = app.info[0].value
    assert "2016 was assessed under the 2014 edition" in told
    assert told.endswith("indicators 1, 2, 3, 8, 9, 10, 11, 12, 15, 16, 17, 22, 23, 24, 25, 26, 27.")
    app.session_state["compare/crosswalk"] = True
    app.run()
    assert "The newer edition gives no points of their own to school visits" in everything(app)
    assert "The older edition did not ask about urban agriculture." in everything(app)


def test_two_other_years_can_be_chosen(app: AppTest) -> None:
    pick(app, "Earlier year", "2021")
    assert "2024 against 2021" in everything(app)
    assert totals(app)["Like for like"] == ("63 → 88", "+25")  # all 28 in both years
    assert not app.info
    assert "Scored in only one" not in everything(app)
    later = next(one for one in app.main.selectbox if one.label == "Later year")
    assert [option[:4] for option in later.options] == ["2024"]
    pick(app, "Earlier year", "2016")
    pick(app, "Later year", "2021")
    assert totals(app)["Like for like"] == ("37 → 44", "+7")
    app.switch_page(ENTER).run()
    assert totals(go(app, COMPARE))["Like for like"] == ("37 → 44", "+7")  # the choice is remembered


def test_the_figures_stand_in_a_table_too(app: AppTest) -> None:
    app.session_state["compare/change/table"] = True
    app.run()
    found = next(one.value for one in app.table if "Change" in one.value.columns)
    assert len(found) == 17
    row = next(row for row in found.itertuples(index=False) if row[0].startswith("2 ·"))
    assert tuple(row[1:]) == ("24.0 % (1 point)", "42.1 % (2 points)", "+1 point; value +18.1 percentage points")


def test_the_page_follows_the_form(app: AppTest) -> None:
    go(app, ENTER)
    app.get_by_key("enter view/en").set_value("governance").run()
    app.text_input(key="awareness/events/text").set_value("10").run()  # 164 events: 3 points, 10: 1 point
    go(app, COMPARE)
    assert totals(app)["Like for like"] == ("37 → 53", "+16")
    last = figures(charts(app)[0], layer=1)[-1]
    assert (last["name"], last["label"]) == ("27 · Awareness", "−1")  # 2 points in 2016
    assert last["fill"] == LIGHT.ground  # a loss is outlined, not filled


# All years


def test_totals_over_time_keep_editions_apart(app: AppTest) -> None:
    total = figures(charts(app)[1])
    assert [(one["year"], one["points"], one["attainable"], one["maximum"]) for one in total] == [
        (2016, 38, 72, 92),
        (2021, 63, 112, 112),
        (2024, 88, 112, 112),
    ]
    assert total[0]["run"] != total[1]["run"] == total[2]["run"]
    assert "No line leads from one edition to another" in everything(app)
    assert [[one["points"] for one in figures(chart)] for chart in charts(app)[2:5]] == [
        [12, 18, 26],
        [9, 12, 15],
        [17, 33, 47],
    ]
    alt = app.get("vega_lite_chart")[1].proto.alt
    assert "2016 (2014 edition): 38 points, 72 attainable so far, 92 at most" in alt


def test_every_indicator_in_every_year_under_one_edition(app: AppTest) -> None:
    found = app.table[1].value
    assert list(found.columns) == ["Indicator", "2016", "2021", "2024"]
    assert len(found) == 28
    points = {name.partition(" ·")[0]: row for name, *row in found.itertuples(index=False)}
    assert points["8"] == ["2", "2", "3"]  # 7.0 % is 2 points under the bands of 2021
    assert points["5"] == ["–", "0", "2"]  # sets the baseline; 162 − 163 = −1; 165 − 163 = 2
    assert points["28"] == ["–", "2", "3"]
    assert "Scored again from their own figures, as far as these carry over: 2016." in everything(app)


def test_species_counts_with_what_is_known_of_the_surveys(app: AppTest) -> None:
    plants, birds, arthropods = charts(app)[5:8]
    assert [one["text"] for one in figures(plants)] == ["842", "845", "848"]
    assert [one["count"] for one in figures(birds)] == [163, 162, 165]
    assert [one["count"] for one in figures(arthropods)] == [71, 73, 75]
    told = everything(app)
    assert "- **2021: 162** (−1)" in told
    assert "Source: Species survey of the nature society 2021" in told
    assert "Note: Invented figure" in told
    assert "Counted: Native butterfly species" in told
    assert "Arthropod group that the city follows: Butterflies" in told
    assert "A count also rises when more people look" in told


def test_missing_answers_are_no_decline_and_no_zero() -> None:
    city = open_store()
    head = city.add_city("Riverton", person="Mei")
    first = city.start_year(head.id, 2020, person="Mei")
    city.start_year(head.id, 2024, person="Mei")
    city.close()
    app = visit(assessment=str(first.id))
    assert "No indicator was scored in both years, so nothing can be compared yet." in everything(app)
    assert not app.main.metric
    assert [one["attainable"] for one in figures(charts(app)[0])] == [0, 0]
    assert set(app.table[0].value.iloc[:, 1:].to_numpy().flat) == {"–"}
    assert "No species were counted yet" in everything(app)


def test_a_year_before_the_baseline_and_one_year_under_two_editions() -> None:
    city = open_store()
    riverton = city.add_city("Riverton", person="Mei")
    heads = [city.start_year(riverton.id, year, name, person="Mei") for year, name in YEARS]
    for head, events in zip(heads, (10, 60, 60, 160), strict=True):
        city.save(head.id, "awareness", Answer({"events": Entry(Decimal(events))}), based_on=0, person="Mei")
    city.set_baseline(heads[3].id, person="Mei", reason="")
    city.close()
    app = visit(assessment=str(heads[0].id))
    assert "The baseline 2024 against the earlier year 2016" in everything(app)
    assert totals(app)["Like for like"] == ("1 → 3", "+2")  # 10 events are 1 point, 160 are 3
    options = [one.options for one in app.main.selectbox if one.label == "Earlier year"]
    assert options == [["2016 · 2014 edition", "2020 · 2014 edition", "2020 · 2021 edition"]]
    assert list(app.table[-1].value.columns)[1:] == ["2016", "2020 (2014)", "2020 (2021)", "2024"]
    pick(app, "Earlier year", "2020 · 2014")
    pick(app, "Later year", "2020 · 2021")
    assert "2020 (2021) against 2020 (2014)" in everything(app)
    assert "No indicator changed its points." in everything(app)
    base = visit(assessment=str(heads[3].id))
    assert "The baseline 2024 against the earlier year 2020 (2021)" in everything(base)


YEARS = ((2016, "2014"), (2020, "2014"), (2020, "2021"), (2024, "2021"))


# One year


def test_a_single_year_leads_on(app: AppTest) -> None:
    alone = visit(demo="libo-2026")
    assert "There is one year so far" in everything(alone)
    next(one for one in alone.main.button if "Example City" in one.label).click().run()
    assert not alone.exception
    assert "2024 against the baseline 2016" in everything(alone)


def test_a_single_year_of_ones_own_leads_to_the_next_year() -> None:
    city = open_store()
    year = city.start_year(city.add_city("Riverton", person="Mei").id, 2026, person="Mei")
    city.close()
    app = visit(assessment=str(year.id))
    assert "2026 can become the baseline" in everything(app)
    next(one for one in app.main.button if one.label == "Start another year").click().run()
    assert not app.exception
    assert "Which city, which year?" in everything(app)


# Languages and numbers


def test_the_page_speaks_chinese(app: AppTest) -> None:
    app.session_state["language"] = "zh_Hans"
    app.run()
    assert not app.exception
    assert "2024年与基线年2016年比较" in everything(app)
    assert "22 跨行业、跨部门协作：+2" in app.get("vega_lite_chart")[0].proto.alt.replace(": ", "：")


def test_numbers_follow_the_readers_format(app: AppTest) -> None:
    go(app, ENTER)
    app.get_by_key("enter view/en").set_value("profile").run()
    app.text_input(key="profile/plant_species/text").set_value("1848").run()
    go(app, COMPARE)
    assert "2024: 1,848" in everything(app)


# What can be taken away


def test_every_chart_can_be_taken_away(app: AppTest) -> None:
    labels = [one.proto.label for one in app.get("download_button")]
    assert labels.count("Picture (PNG)") == labels.count("Picture (SVG)") == labels.count("Figures (CSV)") == 4


def test_figures_to_take_away_are_numbers_and_never_formulas() -> None:
    data = as_csv(["Year", "Note"], [[2016, "=SUM(A1)"], [None, "@x"], [Decimal("1.50"), "-2"], [-3, "a;b, c"]])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [["Year", "Note"], ["2016", "'=SUM(A1)"], ["", "'@x"], ["1.50", "'-2"], ["-3", "a;b, c"]]
    assert file_name("荔波县 / 2026", "points") == "荔波县-2026-points"
    assert file_name("", "points") == "points"


ROWS = [YearTotals(2016, "2014", 38, 72, 92, "a"), YearTotals(2021, "2021", 63, 112, 112, "b")]


def test_pictures_are_drawn_without_network_with_fonts_of_the_program() -> None:
    chart = charts_over_time.totals(ROWS, LIGHT, 200)
    spec = charts_over_time.side_by_side({"总分": chart}, "荔波县", "历年", columns=1)
    drawn = ElementTree.fromstring(pictures.svg(spec))
    texts = {element.text for element in drawn.iter() if element.text and element.text.strip()}
    assert {"荔波县", "总分", "38", "72", "2016"} <= texts
    assert "Noto Sans SC" in pictures.svg(spec).decode()
    picture = pictures.png(spec)
    assert picture.startswith(b"\x89PNG")
    width = int.from_bytes(picture[16:20], "big")
    assert width > 2 * charts_over_time.PICTURE_WIDTH  # two pixels for each of its own


def test_years_stand_where_they_belong_and_many_get_the_whole_width() -> None:
    assert charts_over_time.slots([2016, 2021, 2024]) == pytest.approx(8 / 3)  # 8 years, the nearest 3 apart
    assert charts_over_time.slots([2024]) == 1
    assert not charts_over_time.are_many([2016, 2021, 2024])
    assert charts_over_time.are_many(list(range(2015, 2025)))  # 9 gaps of a year


def test_a_count_that_never_changed_stands_in_the_middle() -> None:
    rows = [YearCount(2016, 80, "80", "a"), YearCount(2021, 80, "80", "b")]
    scale = charts_over_time.species(rows, LIGHT, 180)["layer"][1]["encoding"]["y"]["scale"]
    assert scale["domain"] == [79, 81]
