"""A CitiesWithNature profile in the app: begun from on Start, looked at on Import, changed by hand on Actions."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cbi.citieswithnature import Action, Statement, catalogue
from cbi.citieswithnature.editing import add_action, add_commitment, blank, remove_action
from cbi.citieswithnature.kept import keep_profile, kept_profile, versions_kept
from cbi.citieswithnature.records import Commitment, Profile, Tool, Upload
from cbi.store import Store, open_store
from cbi.store.records import Kind
from tests.citieswithnature.paper import profile_pdf
from tests.citieswithnature.port_alder import TEXT
from tests.citieswithnature.test_libo import FILE as LIBO

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
START, ENTER, IMPORT, ACTIONS, REPORT = (
    f"cbi/views/{name}.py" for name in ("start", "enter", "imports", "actions", "report")
)
FILE = ("port_alder.txt", TEXT.encode(), "text/plain")


@pytest.fixture
def store() -> Store:
    return open_store()


def visit(page: str, **query: object) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = str(value)
    app.run()
    app.session_state["person"] = "Mei"
    return go(app, page)


def go(app: AppTest, page: str) -> AppTest:
    app.switch_page(page).run()
    assert not app.exception
    return app


def begun(store: Store, name: str = "Port Alder", year: int = 2026, edition: str = "2021") -> int:
    return store.start_year(store.add_city(name, person="Li").id, year, edition, person="Li").id


def upload(app: AppTest, name: str = FILE[0], data: bytes = FILE[1]) -> AppTest:
    app.get("file_uploader")[0].upload(name, data, "text/plain").run()
    assert not app.exception
    return app


def click(app: AppTest, label: str, place: int = 0) -> AppTest:
    [button for button in app.button if button.label.startswith(label)][place].click().run()
    assert not app.exception
    return app


def everything(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def box(app: AppTest, words: str) -> object:
    [found] = [one for one in app.checkbox if words in one.label]
    return found


def said_of(app: AppTest, words: str) -> str:
    """All that is said of one suggestion: from its checkbox to the next."""
    elements = [one for one in app.main if one.type in ("checkbox", "markdown", "caption")]
    start = next(place for place, one in enumerate(elements) if one.type == "checkbox" and words in one.label)
    stop = next((place for place in range(start + 1, len(elements)) if elements[place].type == "checkbox"), None)
    return "\n".join(str(one.value) for one in elements[start + 1 : stop])


def tick(app: AppTest, words: str) -> AppTest:
    box(app, words).check().run()
    assert not app.exception
    return app


def in_chinese(app: AppTest) -> AppTest:
    app.session_state["language"] = "zh_Hans"
    return app.run()


# Import


def test_what_was_read_is_said_and_nothing_is_ticked(store: Store) -> None:
    begun(store)
    app = upload(visit(IMPORT))
    said = everything(app)
    assert "Port Alder · downloaded 2026-03-03" in said
    assert "Actions: 9 found (9 stated), in 4 commitments" in said
    assert "add up to 84.50 km²" in said
    assert not any(one.value for one in app.checkbox)
    assert "Actions" not in [one.label for one in app.checkbox]
    assert kept_profile(store, 1) is None


def test_points_before_and_after_follow_what_is_ticked(store: Store) -> None:
    begun(store)
    app = upload(visit(IMPORT))
    assert "**indicator 1: – → 4 points**" not in said_of(app, "54.25 km²")
    tick(app, "Total area of the city: **84.50 km²**")
    assert "**indicator 1: – → 4 points**" in said_of(app, "54.25 km²")  # 54.25 ÷ 84.5 = 64.2 %: more than 20 %
    assert "**Total: 0 → 0 points**" in everything(app)
    tick(app, "54.25 km²")
    assert "**Total: 0 → 4 points**" in everything(app)


def test_figures_with_decimal_commas_are_read_on_request(store: Store) -> None:
    begun(store)
    text = TEXT.replace("cover 9.3 square", "cover 9,3 square")
    app = upload(visit(IMPORT), data=text.encode())
    assert "9,3" in everything(app)
    assert not [one for one in app.checkbox if "9.3 km²" in one.label]
    [toggle] = [one for one in app.toggle if "decimal comma" in one.label]
    toggle.set_value(True).run()
    assert not app.exception
    assert box(app, "9.3 km²")
    assert "updated 2025-04-07" in said_of(app, "9.3 km²")


def test_only_what_was_ticked_is_saved_with_its_source_and_the_profile_is_kept(store: Store) -> None:
    year = begun(store)
    app = upload(visit(IMPORT))
    tick(tick(app, "84.50 km²"), "54.25 km²")
    click(app, "Apply these and keep the profile (2)")
    assert "Saved: 2 answers from port\\_alder.txt." in everything(app)
    now = store.assessment(year).assessment
    assert str(now.profile["city_area"].value) == "84.50"
    assert set(now.profile) == {"city_area"}
    assert set(now.answers) == {"natural_areas"}
    natural = now.answers["natural_areas"].inputs["natural_area"]
    assert (str(natural.value), natural.unit, natural.data_year) == ("54.25", "km2", 2025)
    assert "downloaded 2026-03-03" in natural.source
    assert [line.person for line in store.history(year, "natural_areas")] == ["Mei"]
    kept = kept_profile(store, 1)
    assert kept is not None
    assert (len(list(kept.profile.actions)), kept.person) == (9, "Mei")
    assert store.papers.get(Kind.PROFILE, "profile", city_id=1) is not None


def test_what_stands_beside_is_left_alone(store: Store) -> None:
    """Another person answers an indicator while the profile lies open: the import touches its own places only."""
    from cbi.assessment import Answer, Entry

    year = begun(store)
    app = tick(upload(visit(IMPORT)), "84.50 km²")
    store.save(year, "projects", Answer({"projects": Entry("12")}), based_on=0, person="Li")
    click(app, "Apply these and keep the profile (1)")
    assert store.assessment(year).assessment.answers["projects"].inputs["projects"].value == "12"
    assert len(store.history(year, "projects")) == 1


def test_nothing_is_saved_over_what_changed_since_the_preview(store: Store) -> None:
    from cbi.assessment import Entry

    year = begun(store)
    app = tick(upload(visit(IMPORT)), "84.50 km²")
    store.save(year, "profile.city_area", Entry("90", "km2"), based_on=0, person="Li")
    click(app, "Apply these and keep the profile (1)")
    assert "The store has changed since the preview" in everything(app)
    assert str(store.assessment(year).assessment.profile["city_area"].value) == "90"


def test_of_two_figures_for_one_input_the_one_ticked_last_stands(store: Store) -> None:
    begun(store)
    data = TEXT.replace("covers 84.5 km²", "covers 99.25 km²").encode()
    app = upload(visit(IMPORT), data=data)
    assert "Only one can stand: the one ticked last." in everything(app)
    tick(app, "84.50 km²")
    tick(app, "99.25 km²")
    assert not box(app, "84.50 km²").value
    assert box(app, "99.25 km²").value


def test_tick_what_nothing_speaks_against(store: Store) -> None:
    """Where the sizes of the city contradict each other, no area is ticked, nor is evidence; a share is."""
    begun(store)
    app = upload(visit(IMPORT), data=TEXT.replace("covers 84.5 km²", "covers 99.25 km²").encode())
    click(app, "Tick those that nothing speaks against")
    ticked = [one.label for one in app.checkbox if one.value]
    assert any("%" in label for label in ticked)
    assert not any("km²" in label or "evidence" in label for label in ticked)
    assert not any("within different boundaries: 99.25 km²" in one.value for one in app.warning)
    tick(app, "99.25 km²")
    tick(app, "54.25 km²")
    assert any("within different boundaries: 99.25 km²; 54.25 km²" in one.value for one in app.warning)


def test_where_the_profile_has_one_boundary_its_areas_are_ticked_too(store: Store) -> None:
    begun(store)
    app = click(upload(visit(IMPORT)), "Tick those that nothing speaks against")
    assert any("54.25 km²" in one.label for one in app.checkbox if one.value)


def test_keep_the_profile_and_take_no_figure(store: Store) -> None:
    year = begun(store)
    click(upload(visit(IMPORT)), "Keep the profile, take no figure")
    assert kept_profile(store, 1) is not None
    assert store.assessment(year).assessment.profile == {}


def test_another_city_is_named_beside_the_open_one(store: Store) -> None:
    begun(store, "Riverton", 2025)
    said = everything(upload(visit(IMPORT)))
    assert "The profile is that of “Port Alder”; the city that is open is “Riverton”." in said
    assert "The profile was downloaded in 2026; the year that is open is 2025." in said


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("note.txt", b"Minutes of the meeting", "This does not look like a city profile"),
        ("note.md", b"", "The file is empty"),
        ("note.pdf", b"%PDF-1.7 nothing", "PDF"),
    ],
)
def test_a_file_that_is_no_profile_gives_its_one_problem(store: Store, name: str, data: bytes, told: str) -> None:
    begun(store)
    app = upload(visit(IMPORT), name, data)
    assert len(app.error) == 1
    assert told in app.error[0].value


def test_what_was_not_understood_is_listed(store: Store) -> None:
    begun(store)
    text = TEXT.replace("2. Research & assess\n", "2. Research & assess\n\nAn aside that nobody expected here\n")
    app = upload(visit(IMPORT), data=text.encode())
    if "Not understood" in " ".join(one.label for one in app.expander):
        assert "An aside that nobody expected here" in everything(app)
    else:  # read as a document that is linked to the step
        click(app, "Keep the profile")
        assert "An aside" in json.dumps(store.papers.get(Kind.PROFILE, "profile", city_id=1).content)


def test_a_year_of_the_older_edition_takes_no_figure(store: Store) -> None:
    begun(store, year=2026, edition="2014")
    app = upload(visit(IMPORT))
    assert "A profile answers questions of the 2021 edition" in everything(app)
    assert not app.checkbox
    click(app, "Keep the profile, take no figure")
    assert kept_profile(store, 1) is not None


def test_a_closed_year_takes_no_figure(store: Store) -> None:
    store.submit(begun(store), person="Li")
    app = upload(visit(IMPORT))
    assert all(one.disabled for one in app.checkbox)


def test_a_pdf_is_read_as_well(store: Store) -> None:
    begun(store)
    app = upload(visit(IMPORT), "port_alder.pdf", profile_pdf(TEXT.splitlines()))
    assert "Actions: 9 found (9 stated)" in everything(app)
    assert any("54.25 km²" in one.label for one in app.checkbox)


def test_import_in_chinese(store: Store) -> None:
    begun(store)
    app = in_chinese(upload(visit(IMPORT)))
    assert any("84.50 km²" in one.label for one in app.checkbox)
    assert not app.exception


# Start


def test_a_city_begins_from_its_profile(store: Store) -> None:
    app = upload(visit(START))
    assert app.text_input(key="start/new city").value == "Port Alder"
    assert app.text_input(key="start/new year").value == "2026"
    app.text_input(key="start/name").set_value("Mei")
    click(app, "Begin")
    assert "Port Alder · downloaded 2026-03-03" in everything(app)  # the page Import, with the file
    go(app, IMPORT)
    click(tick(app, "84.50 km²"), "Apply these and keep the profile (1)")
    assert str(store.assessment(1).assessment.profile["city_area"].value) == "84.50"
    assert "downloaded 2026-03-03" not in everything(app)


def test_a_name_that_the_person_corrects_stays(store: Store) -> None:
    app = upload(visit(START))
    app.text_input(key="start/new city").set_value("Alder Harbour")
    app.text_input(key="start/name").set_value("Mei")
    click(app, "Begin")
    assert "Alder Harbour" in [city.name for city in store.cities()]


# Actions


def kept(store: Store) -> Profile:
    found = kept_profile(store, 1)
    assert found is not None
    return found.profile


def with_profile(store: Store, change: Callable[[Profile], Profile] = lambda one: one) -> None:
    from cbi.citieswithnature import read_profile

    begun(store)
    profile = read_profile(*FILE[1::-1]).profile
    assert profile is not None
    keep_profile(store, 1, change(profile), based_on=0, person="Li")


def open_fold(app: AppTest, name: str) -> AppTest:
    app.session_state[f"actions/1/{name}"] = True
    app.run()
    assert not app.exception
    return app


def field(app: AppTest, kind: str, ending: str) -> object:
    [found] = [one for one in app.get(kind) if (one.key or "").endswith(ending)]
    return found


def edit(app: AppTest, name: str) -> AppTest:
    app.button(key=f"actions/1/edit {name}").click().run()
    assert not app.exception
    return app


def test_actions_with_the_indicators_that_they_move(store: Store) -> None:
    with_profile(store)
    app = visit(ACTIONS)
    said = everything(app)
    assert [(one.label, one.value) for one in app.metric[:3]] == [
        ("Actions", "9"), ("Commitments", "4"), ("With a target", "1"),
    ]  # fmt: skip
    assert "1 · Protect and restore nature" in said
    assert "has a baseline · has a target · moves 1, 2, 7" in said
    open_fold(app, "action a1")
    said = everything(app)
    assert "Converted land, built or farmed: 30.25 square km." in said
    assert "updated 2025-04-07" in said
    assert "- 1 · Proportion of Natural Areas in the City · no points yet" in said


def test_only_addresses_of_the_web_are_clickable(store: Store) -> None:
    def with_links(profile: Profile) -> Profile:
        tools = (Tool("Bad", "javascript:alert(1)", key="t1"), Tool("Good", "https://example.org/a", key="t2"))
        return replace(profile, tools=tools)

    with_profile(store, with_links)
    app = visit(ACTIONS)
    links = {one.proto.url for one in app.get("link_button")}
    assert "https://example.org/a" in links
    assert "https://port-alder.example/resolution" in links
    assert not any("javascript" in one for one in links)
    assert "javascript\\:alert(1)" in everything(app)  # escaped for Markdown, so that it is text


def test_a_city_without_a_profile_begins_by_hand(store: Store) -> None:
    begun(store, "Riverton")
    app = visit(ACTIONS)
    assert "No profile is kept with this city yet." in everything(app)
    edit(app, "new commitment 0")
    field(app, "text_input", "new commitment 0").set_value("Ecosystems")
    click(app, "Save")
    [commitment] = kept(store).commitments
    assert commitment.title == "Ecosystems"
    edit(app, f"new action {commitment.key}")
    field(app, "text_input", "title").set_value("Protect more area")
    field(app, "text_area", "target").set_value("30 % by 2030")
    field(app, "date_input", "target day").set_value(date(2026, 5, 1))
    click(app, "Save")
    [action] = kept(store).actions
    assert action.title == "Protect more area"
    assert action.target == Statement("30 % by 2030", date(2026, 5, 1))
    assert action.indicators == ("protected_areas", "natural_areas")  # as the mapping says of that action
    assert [paper.person for paper in versions_kept(store, 1)] == ["Mei", "Mei"]


def test_an_action_is_edited_and_removed_and_brought_back(store: Store) -> None:
    with_profile(store)
    app = edit(open_fold(visit(ACTIONS), "action a2"), "action form a2")
    field(app, "text_input", "title").set_value("Increase protected areas by the sea")
    field(app, "multiselect", "moves/en").set_value(["projects"])
    click(app, "Save")
    changed = next(one for one in kept(store).actions if one.key == "a2")
    assert (changed.title, changed.indicators) == ("Increase protected areas by the sea", ("projects",))
    assert changed.baseline is not None
    assert changed.baseline.text.startswith("There are 12 areas")
    edit(open_fold(app, "action a2"), "action form a2")
    click(app, "Remove")
    assert "a2" not in [one.key for one in kept(store).actions]
    open_fold(app, "history")
    assert "Increase protected areas by the sea" in everything(app)
    app.button(key="actions/1/restore 1").click().run()
    assert "Increase protected areas" in [one.title for one in kept(store).actions]
    assert len(versions_kept(store, 1)) == 4


def test_the_links_of_the_mapping_stay_left_to_it(store: Store) -> None:
    with_profile(store)
    app = edit(open_fold(visit(ACTIONS), "action a2"), "action form a2")
    field(app, "text_area", "description").set_value("A new text")
    click(app, "Save")
    changed = next(one for one in kept(store).actions if one.key == "a2")
    assert (changed.description, changed.indicators) == ("A new text", None)


def test_an_action_needs_a_title(store: Store) -> None:
    with_profile(store)
    app = edit(open_fold(visit(ACTIONS), "action a2"), "action form a2")
    field(app, "text_input", "title").set_value("  ")
    click(app, "Save")
    assert "Give it a title first." in everything(app)
    assert len(versions_kept(store, 1)) == 1


def test_documents_and_tools_by_hand(store: Store) -> None:
    begun(store)
    app = edit(visit(ACTIONS), "new upload step_3")
    field(app, "text_input", "title").set_value("Baseline report")
    field(app, "text_input", "link").set_value("https://example.org/report.pdf")
    click(app, "Save")
    edit(app, "new tool")
    field(app, "text_input", "title").set_value("Seed calendar")
    field(app, "text_area", "description").set_value("When to sow")
    click(app, "Save")
    assert [one for step in kept(store).pathway for one in step.uploads] == [
        Upload("Baseline report", "https://example.org/report.pdf", "u1")
    ]
    assert kept(store).tools == (Tool("Seed calendar", "", "When to sow", "t1"),)
    edit(app, "tool t1")
    click(app, "Remove")
    assert kept(store).tools == ()


def test_what_is_said_of_the_city_and_its_achievements(store: Store) -> None:
    begun(store)
    app = edit(visit(ACTIONS), "overview")
    field(app, "text_input", "overview population").set_value("12,5")
    click(app, "Save")
    assert "can be read in two ways" in everything(app)
    field(app, "text_input", "overview population").set_value("412,305")
    click(app, "Save")
    assert str(kept(store).population) == "412305"
    edit(app, "achievements")
    field(app, "text_input", "award_profile starter").set_value("101")
    click(app, "Save")
    assert "“101” is not a whole percentage from 0 to 100." in everything(app)
    field(app, "text_input", "award_profile starter").set_value("８０ %")
    click(app, "Save")
    [achievement] = kept(store).achievements
    assert (achievement.award, achievement.level, achievement.percent) == ("award_profile", "starter", 80)


def forestalled(store: Store, theirs: Callable[[Profile], Profile]) -> AppTest:
    """Mei edits the second action; Li saves another change before her."""
    with_profile(store)
    app = edit(open_fold(visit(ACTIONS), "action a2"), "action form a2")
    field(app, "text_area", "description").set_value("By Mei")
    keep_profile(store, 1, theirs(kept(store)), based_on=1, person="Li")
    return click(app, "Save")


def test_two_people_nothing_is_overwritten_and_mine_goes_on_top(store: Store) -> None:
    app = forestalled(store, lambda one: remove_action(one, "a1"))
    said = everything(app)
    assert "Li saved the CitiesWithNature profile" in said
    assert "By Mei" in said
    assert "Action removed: Decrease conversion of natural areas" in said
    assert "By Mei" not in json.dumps(store.papers.get(Kind.PROFILE, "profile", city_id=1).content)
    click(app, "Save yours on top of it")
    keys = {one.key: one.description for one in kept(store).actions}
    assert "a1" not in keys
    assert keys["a2"] == "By Mei"


def test_what_another_removed_meanwhile_cannot_be_changed(store: Store) -> None:
    app = forestalled(store, lambda one: remove_action(one, "a2"))
    click(app, "Save yours on top of it")
    assert "another person removed it" in everything(app)
    assert "a2" not in [one.key for one in kept(store).actions]


def test_theirs_may_stand(store: Store) -> None:
    app = forestalled(store, lambda one: remove_action(one, "a1"))
    click(app, "Leave it as Li saved it")
    assert "Li saved" not in everything(app)
    assert len(versions_kept(store, 1)) == 2


def test_a_profile_of_a_newer_program_is_told_and_left_alone(store: Store) -> None:
    begun(store)
    store.papers.save(Kind.PROFILE, "profile", {"form": 99}, based_on=0, person="Li", city_id=1)
    for page in (ACTIONS, IMPORT, REPORT):
        app = visit(page)
        if page == IMPORT:
            upload(app)
        assert "The profile that is kept cannot be read" in everything(app)
    assert len(store.papers.history(Kind.PROFILE, "profile", city_id=1)) == 1


def test_enter_lists_the_actions_that_move_an_indicator(store: Store) -> None:
    with_profile(store)
    app = visit(ENTER)
    app.session_state["enter view"] = "native_biodiversity"
    app.session_state["protected_areas//counts"] = True
    app.run()
    assert not app.exception
    listed = [one.value for one in app.markdown if "What the city does for it" in one.value]
    assert listed == ["**What the city does for it**\n- Increase protected areas"]


def test_the_page_in_chinese(store: Store) -> None:
    with_profile(store)
    app = in_chinese(open_fold(visit(ACTIONS), "action a2"))
    said = everything(app)
    assert catalogue("zh_Hans").action("Increase protected areas").title in " ".join(one.label for one in app.expander)
    assert "保护和修复自然" in said
    assert not app.exception


def test_the_report_takes_the_actions_of_the_store(store: Store, tmp_path: Path) -> None:
    from cbi.cli import main
    from tests.report.conftest import text_of

    begun(store)
    profile = blank("Port Alder", catalogue())
    profile = add_commitment(profile, 0, Commitment("Ecosystems"))
    keep_profile(store, 1, add_action(profile, "c1", Action("Two green bridges")), based_on=0, person="Li")
    out = tmp_path / "report.pdf"
    with pytest.raises(SystemExit) as ended:
        main(["report", "-o", str(out)])
    assert not ended.value.code
    assert "Two green bridges" in text_of(out.read_bytes())


@pytest.mark.skipif(not LIBO.is_file(), reason="the profile of Libo County is not here (CBI_PROFILE_LIBO)")
def test_the_real_profile_of_libo(store: Store) -> None:
    begun(store, "Libo County")
    app = upload(visit(IMPORT), LIBO.name, LIBO.read_bytes())
    said = everything(app)
    assert "Actions: 31 found (31 stated), in 13 commitments" in said
    assert "**Error**" in said
    for words in ("33.22 km²", "186,987", "22.49 km²", "71.97 %", "2.4 km²", "Population living", "Outreach"):
        found = [one for one in app.checkbox if words in one.label]
        if found and not found[0].value:
            found[0].check().run()
    # 1: 67.7 % → 4; 11: 72.0 % → 4; 12: 240 ha for 186.987 thousand → 1.3 → 4; 13 or 27, one of them ticked → 1
    assert "**Total: 0 → 13 points**" in everything(app)
    click(app, "Apply these and keep the profile")
    assert len(list(kept(store).actions)) == 31
