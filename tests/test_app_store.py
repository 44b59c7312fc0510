"""The app on a store of one's own: begin, reload, last time beside the field, history, states, trouble."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cbi.assessment import Answer, Entry, Quality
from cbi.definitions import edition
from cbi.store import Store, open_store
from cbi.store.records import Kind, Source
from cbi.views import visitor
from cbi.views.basics import plain

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
START, OVERVIEW, ENTER, EVIDENCE, SETTINGS = (
    f"cbi/views/{name}.py" for name in ("start", "overview", "enter", "evidence", "settings")
)


@pytest.fixture
def store() -> Store:
    return open_store()


def visit(**query: object) -> AppTest:
    """Open the app anew, as a reload or another person does."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = str(value)
    app.run()
    assert not app.exception
    return app


def go(app: AppTest, page: str) -> AppTest:
    app.switch_page(page).run()
    assert not app.exception
    return app


def begin(name: str = "Riverton", year: str = "2026", person: str = "Mei") -> AppTest:
    app = visit()
    app.text_input(key="start/new city").set_value(name)
    app.text_input(key="start/new year").set_value(year)
    app.text_input(key="start/name").set_value(person)
    click(app, "Begin")
    return app


def click(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def field(app: AppTest, key: str) -> str:
    return str(app.text_input(key=f"{key}/text").value)


def enter(app: AppTest, key: str, text: str) -> AppTest:
    app.text_input(key=f"{key}/text").set_value(text).run()
    assert not app.exception
    return app


def unit(app: AppTest, key: str) -> object:
    return app.get_by_key(f"{key}/unit/2021/en").value


def view(app: AppTest, name: str) -> AppTest:
    return app.get_by_key(f"enter view/{app.session_state['language']}").set_value(name).run()


def everything(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_a_new_city_in_three_fields_and_what_is_typed_survives_a_reload() -> None:
    app = go(begin(), ENTER)
    enter(app, "profile/city_area", "33.220")
    enter(view(app, "native_biodiversity"), "natural_areas/natural_area", "22.49")
    again = go(visit(), ENTER)
    assert "Riverton · 2026 · 2021 edition" in everything(again)
    assert field(view(again, "native_biodiversity"), "natural_areas/natural_area") == "22.49"
    assert field(view(again, "profile"), "profile/city_area") == "33.220"
    assert {metric.label: metric.value for metric in again.sidebar.metric}["Total"] == "4 of 112"  # 67.7 %: 4 points
    assert any("Everything is saved" in caption.value for caption in again.sidebar.caption)


def test_a_decimal_comma_survives_a_reload_and_is_settled_by_a_click(store: Store) -> None:
    enter(go(begin(), ENTER), "profile/city_area", "12,5")
    app = view(go(visit(), ENTER), "profile")
    assert field(app, "profile/city_area") == "12,5"
    assert any("“12,5” can be read in two ways: 12.5 or 125?" in error.value for error in app.error)
    assert "Numbers are read here in the form 1,234.5." in everything(app)
    assert {"It means 12.5", "It means 125"} <= set(labels(app))
    click(app, "It means 12.5")
    assert field(app, "profile/city_area") == "12.5"
    assert not app.error
    year = store.heads(store.cities()[0].id)[0].id
    assert store.assessment(year).assessment.profile["city_area"] == Entry(Decimal("12.5"), "km2")
    assert not any(label.startswith("It means") for label in labels(view(go(visit(), ENTER), "profile")))


def test_a_city_without_a_name_or_with_a_wrong_year_is_told() -> None:
    assert "A city needs a name" in everything(begin(name="  "))
    assert "“26” is not a year. Write four digits, such as 2026." in everything(begin(year="26"))
    unnamed = everything(begin(person=" "))
    assert "Say your name first" in unnamed
    assert "--person" not in unnamed  # nobody types that into a browser


def test_the_name_is_asked_once_and_kept(store: Store) -> None:
    begin()
    app = visit()
    assert not any(one.label == "Your name" and not one.value for one in app.text_input)
    year = store.heads(store.cities()[0].id)[0]
    enter(view(go(visit(), ENTER), "governance"), "awareness/events", "10")
    assert store.history(year.id, "awareness")[0].person == "Mei"


def test_another_browser_is_asked_who_works_there_and_renames_nobody(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitor, "browser", lambda: "Ana's")
    app = go(begin(person="Ana"), ENTER)
    assert "You are Ana · change" in links(app)
    monkeypatch.setattr(visitor, "browser", lambda: "Bo's")
    app = go(visit(), ENTER)
    assert "Who is working here?" in everything(app)
    app.text_input(key="asked/name").set_value("Bo Li").run()
    assert "You are Bo Li · change" in links(app)
    enter(view(app, "governance"), "awareness/events", "10")
    year = store.heads(store.cities()[0].id)[0]
    assert [line.person for line in store.history(year.id, "awareness")] == ["Bo Li"]
    monkeypatch.setattr(visitor, "browser", lambda: "Ana's")
    assert "You are Ana · change" in links(visit())
    monkeypatch.setattr(visitor, "browser", lambda: "a third")
    assert {"I am Ana", "I am Bo Li"} <= set(labels(visit()))


def test_without_a_name_nothing_is_saved_and_nothing_is_lost(store: Store) -> None:
    year = store.start_year(store.add_city("Riverton", person="Li").id, 2026, person="Li")
    app = view(go(visit(), ENTER), "governance")
    enter(app, "awareness/events", "10")
    assert store.history(year.id, "awareness") == ()
    assert any("Not saved: 27 · Awareness" in caption.value for caption in app.sidebar.caption)
    app.text_input(key="asked/name").set_value("Mei").run()
    assert [line.person for line in store.history(year.id, "awareness")] == ["Mei"]


def test_the_next_year_shows_last_times_values_and_counts_them_only_when_confirmed(store: Store) -> None:
    app = go(begin(year="2023"), ENTER)
    enter(app, "profile/city_area", "33.22")
    enter(view(app, "native_biodiversity"), "natural_areas/natural_area", "22.49")
    enter(view(app, "governance"), "awareness/events", "10")  # 1 point
    app = go(visit(), START)
    city = store.cities()[0]
    app.text_input(key=f"next/{city.id}/year").set_value("2026")
    app = go(click(app, "Start the year"), ENTER)  # opens at the profile, where what is carried over waits
    assert field(app, "profile/city_area") == "33.22"
    assert "Carried over from 2023, not confirmed yet" in everything(app)
    view(app, "native_biodiversity")
    assert field(app, "natural_areas/natural_area") == ""
    assert ":material/history: 2023: 22.49 km²" in everything(app)
    assert [metric.value for metric in app.sidebar.metric] == ["0 of 112"]
    app.button(key="confirm/natural_areas").click().run()
    assert field(app, "natural_areas/natural_area") == "22.49"
    assert [metric.value for metric in app.sidebar.metric] == ["4 of 112"]
    app.toggle(key="all hold/2023").set_value(True).run()
    app.button(key="confirm all").click().run()
    assert [metric.value for metric in app.sidebar.metric] == ["5 of 112"]
    year = next(head for head in store.heads(city.id) if head.year == 2026)
    assert store.assessment(year.id).carried == frozenset()


def test_an_empty_field_opens_with_the_unit_of_last_time(store: Store) -> None:
    first = store.start_year(store.add_city("Riverton", person="Mei").id, 2023, person="Mei")
    area = Answer(inputs={"natural_area": Entry(Decimal(250), "ha")})
    budget = Answer(inputs={"biodiversity_budget": Entry(Decimal(5), "万 CNY")})
    store.save(first.id, "profile.city_area", Entry(Decimal(5), "mu"), based_on=0, person="Mei")
    store.save(first.id, "natural_areas", area, based_on=0, person="Mei")
    store.save(first.id, "budget", budget, based_on=0, person="Mei")
    year = store.start_year(first.city.id, 2026, person="Mei").id
    app = visit(assessment=year)
    app.text_input(key="asked/name").set_value("Mei").run()
    assert unit(view(go(app, ENTER), "profile"), "profile/city_area") == "mu"
    view(app, "native_biodiversity")
    assert unit(app, "natural_areas/natural_area") == "ha"
    enter(app, "natural_areas/natural_area", "260")
    kept = store.assessment(year).assessment.answers["natural_areas"].inputs["natural_area"]
    assert (kept.value, kept.unit) == (260, "ha")
    assert unit(view(app, "governance"), "budget/biodiversity_budget") == "万 CNY"
    app.get_by_key("budget/biodiversity_budget/unit/2021/en").set_value("").run()
    assert unit(app, "budget/biodiversity_budget") == ""  # what was chosen this year stays


def test_an_unanswered_indicator_opens_in_the_way_of_last_time(store: Store) -> None:
    first = store.start_year(store.add_city("Riverton", person="Mei").id, 2023, person="Mei")
    known = Answer(finished=Entry(Decimal("71.97")))
    store.save(first.id, "natural_areas", known, based_on=0, person="Mei")
    app = visit(assessment=store.start_year(first.city.id, 2026, person="Mei", from_id=first.id).id)
    app.text_input(key="asked/name").set_value("Mei").run()
    view(go(app, ENTER), "native_biodiversity")
    assert field(app, "natural_areas/=") == ""
    assert ":material/history: 2023: 71.97" in everything(app)
    way = edition("2021").indicator("natural_areas").ways[0].id
    app.get_by_key("natural_areas//way/2021/en").set_value(way).run()
    assert field(app, "natural_areas/natural_area") == ""  # another way may still be opened
    assert ":material/history: 2023: 71.97" not in everything(app)


def test_history_restore_and_undo(store: Store) -> None:
    app = view(go(begin(), ENTER), "governance")
    for text in ("10", "12"):
        enter(app, "awareness/events", text)
    app.session_state["awareness//history"] = True
    app.run()
    assert "10 → **12**" in everything(app)
    app.button(key="restore/awareness/1").click().run()
    assert field(app, "awareness/events") == "10"
    app.text_input(key="awareness//change reason").set_value("one counted twice").run()
    enter(app, "awareness/events", "9")
    assert "Reason: one counted twice" in everything(app)
    app.button(key="undo").click().run()
    assert field(app, "awareness/events") == "10"
    year = store.heads(store.cities()[0].id)[0]
    assert [line.act.value for line in store.history(year.id, "awareness")] == [
        "typed",
        "typed",
        "restored",
        "typed",
        "undone",
    ]


def test_two_people_and_one_indicator(store: Store) -> None:
    mei = view(go(begin(), ENTER), "governance")
    li = view(go(visit(), ENTER), "governance")
    li.session_state["person"] = "Li"
    enter(mei, "awareness/events", "10")
    enter(li, "awareness/events", "12")
    assert "Mei saved this at" in everything(li)
    assert {"Keep yours", "Take what Mei saved"} <= set(labels(li))
    li.button(key="mine/awareness").click().run()
    mei.run()
    assert field(mei, "awareness/events") == "12"
    enter(mei, "budget/biodiversity_budget", "5")
    li.run()
    assert field(li, "budget/biodiversity_budget") == "5"
    assert "choose which one holds" not in everything(li)


def test_two_people_who_differ_in_the_record_too_see_which_lines_differ(store: Store) -> None:
    mei = view(go(begin(), ENTER), "governance")
    enter(mei, "awareness/events", "10")
    year = store.heads(store.cities()[0].id)[0].id
    li = view(go(visit(), ENTER), "governance")
    theirs = Entry(Decimal(10), quality=Quality.HIGH, note="counted twice")
    store.save(year, "awareness", Answer(inputs={"events": theirs}), based_on=1, person="Mei")
    enter(li, "awareness/events", "12")
    told = everything(li)
    assert "choose which one holds" in told
    for line in (
        "events held in the year: 12**",
        "events held in the year: 10**",
        "Quality: high**",
        "Note: counted twice**",
    ):
        assert line in told


def test_a_locked_year_refuses_changes_and_says_how_to_reopen(store: Store) -> None:
    app = begin()
    year = store.heads(store.cities()[0].id)[0].id
    app = go(visit(), START)
    app.button(key=f"step/{year}/submit").click().run()
    app.button(key=f"step/{year}/lock_as_baseline").click().run()
    assert "locked" in everything(app)
    app = view(go(visit(), ENTER), "governance")
    assert "reopen it on the page “Start” and give the reason" in everything(app)
    assert app.text_input(key="awareness/events/text").disabled
    app = go(visit(), START)
    app.button(key=f"step/{year}/reopen").click().run()
    assert any("needs a reason" in error.value for error in app.error)
    app.text_input(key=f"step/{year}/reason").set_value("an office was late").run()
    app.button(key=f"step/{year}/reopen").click().run()
    assert store.heads(store.cities()[0].id)[0].open


def test_what_came_too_late_for_a_locked_year_is_put_aside(store: Store) -> None:
    app = view(go(begin(), ENTER), "governance")
    enter(app, "awareness/events", "10")
    year = store.heads(store.cities()[0].id)[0].id
    store.submit(year, person="Li")
    enter(app, "awareness/events", "300")
    assert "The points on this page count what you typed, though it is not saved." in everything(app)
    app.button(key="trouble/aside").click().run()
    assert field(app, "awareness/events") == "10"
    assert "not saved" not in everything(app)
    assert "Try again" not in [button.label for button in app.button]


def carried_year(store: Store) -> int:
    """Keep two figures in 2023 and start 2026 from it, which carries them over."""
    city = store.add_city("Riverton", person="Mei")
    first = store.start_year(city.id, 2023, person="Mei").id
    for name, value, unit in (("city_area", "33.22", "km2"), ("population", "190000", "")):
        store.save(first, f"profile.{name}", Entry(Decimal(value), unit), based_on=0, person="Mei")
    return store.start_year(city.id, 2026, person="Mei", from_id=first).id


def test_figures_that_are_only_carried_over_are_named_outside_the_form_too(store: Store) -> None:
    year = carried_year(store)
    told = "Only carried over from an earlier year and not confirmed: "
    app = go(visit(assessment=year), OVERVIEW)
    [warning] = [one.value for one in app.warning if told in one.value]
    assert "33.22 km²" in warning
    assert "190,000" in warning
    app = visit(assessment=year)
    app.text_input(key="asked/name").set_value("Mei").run()
    enter(view(go(app, ENTER), "profile"), "profile/population", "195,000")
    [warning] = [one.value for one in go(app, OVERVIEW).warning if told in one.value]
    assert "195000" not in warning
    store.confirm(year, ("profile.city_area",), person="Mei")
    assert not any(told in one.value for one in go(visit(assessment=year), OVERVIEW).warning)


def test_a_year_with_carried_figures_is_submitted_only_after_a_question(store: Store) -> None:
    year = carried_year(store)
    app = visit(assessment=year)
    app.text_input(key="asked/name").set_value("Mei").run()
    app = go(app, START)
    app.button(key=f"step/{year}/submit").click().run()
    assert "2 figures of 2026 are only carried over from an earlier year." in everything(app)
    assert store.assessment(year).head.open
    click(app, "Not yet")
    assert "only carried over" not in everything(app)
    app.button(key=f"step/{year}/submit").click().run()
    click(app, "Submit anyway")
    assert store.assessment(year).head.state.value == "submitted"
    app = view(go(visit(assessment=year), ENTER), "profile")
    assert "Carried over from 2023, not confirmed yet" in everything(app)
    assert "2023 still holds" not in labels(app)


def test_another_year_becomes_the_baseline(store: Store) -> None:
    city = store.add_city("Riverton", person="Mei")
    first, second = (store.start_year(city.id, year, person="Mei").id for year in (2020, 2023))
    app = visit()
    app.text_input(key="asked/name").set_value("Mei").run()
    app = go(app, START)
    app.button(key=f"step/{second}/set_baseline").click().run()
    assert [head.is_baseline for head in store.heads(city.id)] == [False, True]
    assert first


def test_sources_are_kept_once_and_changes_are_listed(store: Store) -> None:
    app = view(go(begin(), ENTER), "governance")
    enter(app, "awareness/events", "10")
    year = store.heads(store.cities()[0].id)[0]
    seen = store.assessment(year.id)
    sourced = replace(
        seen.assessment.answers["awareness"],
        inputs={
            name: replace(entry, source="Yearly report")
            for name, entry in seen.assessment.answers["awareness"].inputs.items()
        },
    )
    store.save(year.id, "awareness", sourced, based_on=1, person="Li")
    app = go(visit(), EVIDENCE)
    [source] = store.sources.of_city(year.city.id)
    app.session_state[f"source/{source.id}"] = True
    app.run()
    assert "Cited this year by: 27 · Awareness" in everything(app)
    key = f"source/{source.id}/{source.version}"
    app.text_input(key=f"{key}/organisation").set_value("Parks office")
    app.text_input(key=f"{key}/year").set_value("2025")
    click(app, "Save")
    [source] = store.sources.of_city(year.city.id)
    assert (source.source.organisation, source.source.year) == ("Parks office", 2025)
    rows = go(visit(), EVIDENCE).table[0].value
    assert list(rows["Person"])[:3] == ["Mei", "Mei", "Li"]  # the newest first: organisation, year, the answer before
    assert next(iter(rows["What"])) == "Source “Yearly report”: Organisation"
    assert "Yearly report" in list(rows["After"])


@pytest.fixture
def register(store: Store) -> AppTest:
    """Open the page Evidence of a city with one source, as Mei."""
    begin()
    store.sources.save(1, Source("Yearly report"), based_on=0, person="Ana")
    app = go(visit(), EVIDENCE)
    app.session_state["source/1"] = True
    return app.run()


def test_a_mistyped_year_of_a_new_source_leaves_what_was_typed(register: AppTest, store: Store) -> None:
    new = "source/new/0"
    for part, text in (("title", "Bird atlas"), ("organisation", "Bird society"), ("year", "20x5")):
        register.text_input(key=f"{new}/{part}").set_value(text)
    save_new(register)
    assert "“20x5” is not a year" in everything(register)
    assert register.text_input(key=f"{new}/organisation").value == "Bird society"
    register.text_input(key=f"{new}/year").set_value("2025")
    save_new(register)
    assert [one.source.title for one in store.sources.of_city(1)] == ["Bird atlas", "Yearly report"]
    assert register.text_input(key="source/new/1/title").value == ""


def save_new(app: AppTest) -> None:
    [button for button in app.button if button.label == "Save"][-1].click().run()
    assert not app.exception


def test_a_source_that_is_there_already_is_said_to_be_there(register: AppTest) -> None:
    register.text_input(key="source/new/0/title").set_value("Yearly report")
    register.text_input(key="source/new/0/year").set_value("2020")
    save_new(register)
    assert "There is a source “Yearly report” already" in everything(register)
    assert "after you had begun" not in everything(register)


def test_a_removed_file_is_listed_and_comes_back(register: AppTest, store: Store) -> None:
    file = store.sources.attach(1, "atlas.pdf", b"birds", "application/pdf", person="Ana")
    register.run()
    register.button(key=f"file/{file.id}/remove").click().run()
    assert store.sources.of_city(1)[0].attachments == ()
    assert "atlas.pdf, removed by Mei, " in everything(register)
    register.button(key=next(one.key for one in register.button if one.label == "Bring back")).click().run()
    assert [one.name for one in store.sources.of_city(1)[0].attachments] == ["atlas.pdf"]
    assert "removed by" not in everything(register)


def test_a_source_says_who_changed_it_and_what_it_was_before(register: AppTest, store: Store) -> None:
    store.sources.save(1, Source("Yearly report", "Parks office"), based_on=1, person="Bo")
    store.sources.save(1, Source("Yearly report", "Green office"), based_on=2, person="Li")
    register.session_state["source/1/history"] = True
    register.run()
    assert "Last changed by Li, " in everything(register)
    assert "Organisation: Parks office → **Green office**" in everything(register)
    assert "· Bo" in everything(register)


def test_sources_files_and_papers_are_among_what_changed(register: AppTest, store: Store) -> None:
    store.sources.save(1, Source("Yearly report", "Parks office"), based_on=1, person="Bo")
    store.sources.attach(1, "atlas.pdf", b"birds", "application/pdf", person="Li")
    store.papers.save(Kind.PROFILE, "profile", {"a": "1"}, based_on=0, person="Ana", city_id=1)
    register.run()
    found = register.table[0].value
    rows = set(zip(found["Person"], found["What"], found["Before"], found["After"], strict=True))
    assert {
        ("Ana", "Source “Yearly report”", "", "added"),
        ("Bo", "Source “Yearly report”: Organisation", "–", "Parks office"),
        ("Li", "Source “Yearly report”", "", "file attached: atlas.pdf"),
        ("Ana", "CitiesWithNature profile", "", "added"),
    } <= rows


def test_a_misspelt_city_is_renamed_everywhere(store: Store) -> None:
    app = go(begin(name="Rivreton"), SETTINGS)
    app.text_input(key="settings/city/1/Rivreton").set_value("Riverton")
    click(app, "Rename")
    assert [city.name for city in store.cities()] == ["Riverton"]
    assert "Riverton · 2026 · 2021 edition" in everything(go(app, OVERVIEW))
    assert "Rivreton → Riverton" in list(go(app, EVIDENCE).table[0].value["Reason"])


def test_a_year_started_by_mistake_is_corrected(store: Store) -> None:
    begin(year="2062")
    app = go(visit(), START)
    app.text_input(key="correct/1/2062/2021/year").set_value("20x6")
    click(app, "Correct year or edition")
    assert "“20x6” is not a year" in everything(app)
    app.text_input(key="correct/1/2062/2021/year").set_value("2026")
    click(app, "Correct year or edition")
    assert store.heads(1)[0].year == 2026
    assert "Riverton · 2026 · 2021 edition" in everything(go(app, OVERVIEW))
    app = go(app, START)
    app.selectbox(key="correct/1/2026/2021/edition").set_value("2014")
    click(app, "Correct year or edition")
    assert [metric.value for metric in app.sidebar.metric] == ["0 of 92"]


def test_a_misspelt_title_of_a_source_is_corrected(register: AppTest, store: Store) -> None:
    register.session_state["source/1/correct"] = True
    register.run()
    register.text_input(key="source/1/title/text").set_value("Yearly report 2025")
    click(register, "Correct the title")
    assert [one.source.title for one in store.sources.of_city(1)] == ["Yearly report", "Yearly report 2025"]


def test_who_undoes_a_change_of_somebody_else_is_told_whose_it_is(store: Store) -> None:
    app = view(go(begin(), ENTER), "governance")
    enter(app, "awareness/events", "10")
    assert "made this change" not in everything(app)
    year = store.heads(store.cities()[0].id)[0]
    store.save(year.id, "awareness", Answer(inputs={"events": Entry(Decimal(12))}), based_on=1, person="Li")
    app.run()
    assert "Li made this change, not you." in everything(app)
    app.button(key="undo").click().run()
    assert field(app, "awareness/events") == "10"


def test_one_undo_takes_back_a_whole_confirmation_and_says_what_it_was(store: Store) -> None:
    year = carried_year(store)
    app = visit(assessment=year)
    app.text_input(key="asked/name").set_value("Mei").run()
    app = view(go(app, ENTER), "profile")
    app.button(key="confirm/profile.population").click().run()
    assert any("Population of the city: taken as still true, Mei, " in one.value for one in app.sidebar.caption)
    app.button(key="undo").click().run()
    app.toggle(key="all hold/2023").set_value(True).run()
    app.button(key="confirm all").click().run()
    assert any("2 figures and answers: taken as still true, Mei, " in one.value for one in app.sidebar.caption)
    app.button(key="undo").click().run()
    assert store.assessment(year).carried == {"profile.city_area", "profile.population"}
    assert "Carried over from 2023, not confirmed yet" in everything(app)


def test_what_the_banner_says_is_not_said_again_on_the_page(store: Store, tmp_path: Path) -> None:
    app = begin()
    file = tmp_path / "own.sqlite3"
    file.rename(file.with_name("away"))
    for page in (START, EVIDENCE):
        go(app, page)
        assert len(app.error) == 1


def test_where_everything_is_saved_is_said_as_seen_from_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    begin()
    monkeypatch.setattr("cbi.views.visit.is_elsewhere", lambda: True)
    app = visit()
    assert any("saved on the computer that runs this program" in one.value for one in app.sidebar.caption)


def test_a_store_that_cannot_be_opened_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.sqlite3"
    damaged.write_bytes(b"this is no database" * 500)
    monkeypatch.setenv("CBI_DATABASE", f"sqlite:///{damaged}")
    app = visit()
    assert app.title[0].value == "The figures cannot be opened"
    assert any("python -m cbi restore" in error.value for error in app.error)


def test_a_store_that_vanishes_while_it_is_open_loses_nothing_that_was_typed(store: Store, tmp_path: Path) -> None:
    app = view(go(begin(), ENTER), "governance")
    file, aside = tmp_path / "own.sqlite3", tmp_path / "aside.sqlite3"
    for ending in ("", "-wal", "-shm"):
        if file.with_name(file.name + ending).exists():
            file.with_name(file.name + ending).rename(aside.with_name(aside.name + ending))
    enter(app, "awareness/events", "10")
    assert field(app, "awareness/events") == "10"
    assert any("Not saved yet: 27 · Awareness" in one.value for one in app.markdown)
    for ending in ("", "-wal", "-shm"):
        if aside.with_name(aside.name + ending).exists():
            aside.with_name(aside.name + ending).rename(file.with_name(file.name + ending))
    app.button(key="trouble/again").click().run()
    year = open_store().heads(1)[0]
    assert [line.person for line in open_store().history(year.id, "awareness")] == ["Mei"]


def test_trying_again_never_makes_a_new_store_in_the_place_of_one_that_has_vanished(
    store: Store, tmp_path: Path
) -> None:
    app = view(go(begin(), ENTER), "governance")
    file, away = tmp_path / "own.sqlite3", tmp_path / "away.sqlite3"
    file.rename(away)
    enter(app, "awareness/events", "10")
    for _ in range(2):
        app.button(key="trouble/again").click().run()
        assert any("was removed or replaced" in error.value for error in app.error)
        assert not file.exists()
    assert visit().title[0].value == "The figures cannot be opened"  # and neither does another visit
    assert not file.exists()
    away.rename(file)
    app.button(key="trouble/again").click().run()
    year = open_store().heads(1)[0]
    assert [line.person for line in open_store().history(year.id, "awareness")] == ["Mei"]


STRANGE = "1. *Riverton* [here](https://example.org) :bear:"
"""A name that Markdown would make a list, a slant, a link and a picture of."""


@pytest.mark.parametrize(
    "page", ["overview", "enter", "imports", "compare", "report", "actions", "evidence", "handbook"]
)
def test_a_name_is_shown_as_it_was_typed(store: Store, page: str) -> None:
    store.start_year(store.add_city(STRANGE, person="Mei").id, 2026, person="Mei")
    app = go(visit(), f"cbi/views/{page}.py")
    named = [text for text in everything(app).splitlines() if "Riverton" in text]
    assert len(named) >= 2  # under the title and at the side
    for text in named:
        assert "1\\. \\*Riverton\\* \\[here\\](" in text
        assert ":bear:" not in text  # Streamlit would draw a bear


def test_what_is_no_markup_is_left_as_it_is() -> None:
    for text in ("2.5", "-5", "10 km²", "12:30:15", "荔波县", "+86 20", "2026-05-16"):
        assert plain(text) == text
    assert plain("- a\n+ b\n2) c") == "\\- a  \n\\+ b  \n2\\) c"  # lines stay lines
    assert plain("a | b\n--- | ---").startswith("a \\| b  \n\\-")


def test_a_reload_stays_at_the_part_of_the_index_that_was_open(store: Store) -> None:
    app = view(go(begin(), ENTER), "governance")
    enter(app, "awareness/events", "100,5")  # cannot be read, so it is not saved
    assert dict(app.query_params)["part"] == "governance"
    again = go(visit(part="governance"), ENTER)
    assert field(again, "awareness/events") == "100,5"
    assert again.session_state["enter view"] == "governance"


def test_an_address_with_a_part_that_there_is_not_opens_the_first(store: Store) -> None:
    begin()
    assert go(visit(part="<b>"), ENTER).session_state["enter view"] == "native_biodiversity"


@pytest.mark.parametrize(
    ("language", "button"), [("en", "It holds for this figure too"), ("zh_Hans", "对这个数值也成立")]
)
def test_a_source_stays_with_the_figure_it_was_given_for_until_somebody_says_otherwise(
    store: Store, language: str, button: str
) -> None:
    begin()
    year = store.heads(store.cities()[0].id)[0].id
    woods = Entry(Decimal("10.73"), "km2", source="Land survey 2025", note="“Forest covers 10.73 km².”")
    store.save(year, "natural_areas", Answer({"natural_area": woods}), based_on=0, person="Mei")
    app = visit()
    app.session_state["language"] = language
    app = view(go(app, ENTER), "native_biodiversity")
    assert button not in labels(app)
    enter(app, "natural_areas/natural_area", "22.49")
    [told] = [one.value for one in app.warning if "10.73 km²" in one.value]
    assert "22.49 km²" in told
    assert any("Land survey 2025" in one.value for one in app.caption)
    click(app, button)
    assert button not in labels(app)
    assert not any("10.73 km²" in one.value for one in app.warning)
    enter(app, "natural_areas/natural_area", "30")
    assert any("22.49 km²" in one.value for one in app.warning)
    click(app, {"en": "Take the source away", "zh_Hans": "删去这个来源"}[language])
    kept = store.assessment(year).assessment.answers["natural_areas"].inputs["natural_area"]
    assert (kept.value, kept.source, kept.note) == (Decimal("30"), "", "")
    assert button not in labels(app)


def test_sources_of_one_series_are_told_apart_by_their_ends(store: Store) -> None:
    begin()
    city = store.cities()[0].id
    series = "Annual report of the office for nature conservation and green spaces of the district of Riverton, part"
    for part in ("birds of the built-up area", "trees along the streets"):
        store.sources.save(city, Source(f"{series} {part}"), based_on=0, person="Mei")
    told = [one.label for one in go(visit(), EVIDENCE).expander if one.label.startswith("Annual report")]
    assert [one.rpartition(", part ")[2] for one in told] == ["birds of the built-up area", "trees along the streets"]
    assert all(" … " in one and len(one) <= 93 for one in told)
