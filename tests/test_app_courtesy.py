"""What a role does not allow is not offered on any page, and the page says in one line what it takes."""

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from cbi.assessment import Entry
from cbi.planning.keeping import keep_plan
from cbi.planning.plan import Plan, PlannedStep
from cbi.planning.scenario import Change, Scenario
from cbi.store import Store, open_store
from cbi.store.records import Source
from cbi.store.rights import Deed, Role, Scope
from tests.signing_in import Visitor, everything, go, invited
from tests.test_app_pages import PAGES, filled
from tests.test_app_people import unfolded

pytestmark = pytest.mark.long

HEAD = "head@city.example"
BUDGET = Scope(indicators=frozenset({"budget"}))


@pytest.fixture
def store() -> Store:
    opened = open_store()
    opened.people.first(HEAD, "Head")
    return opened


@pytest.fixture
def city(store: Store) -> int:
    found = store.add_city("Riverton", person="IT")
    store.start_year(found.id, 2026, person="IT")
    return found.id


@pytest.fixture
def people(store: Store, city: int) -> dict[Role, str]:
    """One person of each role in the city, by their address."""
    scopes = {Role.CONTRIBUTOR: BUDGET}
    return {role: invited(store, role.name.title(), role, city, scopes.get(role, Scope())) for role in Role}


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> Visitor:
    return Visitor(monkeypatch)


TAKES = [
    ("imports", "import files", Role.EDITOR),
    ("work", "assign work", Role.EDITOR),
    ("plan", "change plans and scenarios", Role.EDITOR),
    ("actions", "change the CitiesWithNature profile and the list of actions", Role.EDITOR),
    ("evidence", "add sources and files", Role.CONTRIBUTOR),
    ("settings", "rename this city", Role.ADMINISTRATOR),
    ("people", "manage people and roles", Role.ADMINISTRATOR),
]
"""Page, what is not to be done there without the role, and the role; as the issue says who does what."""


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
@pytest.mark.parametrize(("page", "what", "least"), TAKES, ids=[page for page, _, _ in TAKES])
def test_a_page_says_what_it_takes_to_those_who_lack_it(
    page: str, what: str, least: Role, role: Role, people: dict[Role, str], visitor: Visitor
) -> None:
    told = f"It takes the role “{least.name.lower()}” to {what}."
    assert (told in everything(visitor.visit(people[role], page))) == (role < least)


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
def test_every_page_opens_for_every_role(role: Role, language: str, people: dict[Role, str], visitor: Visitor) -> None:
    app = visitor.visit(people[role], language=language)
    for page in PAGES:
        go(app, page)
        assert app.title
        assert not [one.value for one in app.error]


def disabled(app: AppTest, label: str) -> bool:
    return next(one.disabled for one in [*app.button, *app.text_input] if one.label == label)


def test_a_kept_plan_is_changed_by_who_may_only(
    store: Store, city: int, people: dict[Role, str], visitor: Visitor
) -> None:
    steps = (PlannedStep("budget", 0, 2),)
    plan = Plan("More money", "2021", 2026, 2, steps=steps)
    keep_plan(store, city, plan, based_on=0, person="IT")
    for role, locked in ((Role.CONTRIBUTOR, True), (Role.EDITOR, False)):
        app = visitor.visit(people[role], "plan")
        app.segmented_control(key="plan view/en").set_value("target").run()
        assert disabled(app, "Withdraw this plan") == locked
        assert disabled(app, "Who sees to it") == locked


def test_a_viewer_tries_a_scenario_and_cannot_keep_it(store: Store, people: dict[Role, str], visitor: Visitor) -> None:
    app = visitor.visit(people[Role.VIEWER], "plan")
    app.segmented_control(key="plan view/en").set_value("scenario").run()
    year = store.heads(store.cities()[0].id)[0].id
    entry = Entry(value=Decimal(10), unit="km2")
    app.session_state[f"plan/scenario/own/{year}/draft"] = Scenario(
        "", changes=(Change(("profile", "city_area"), entry),)
    )
    app.run()
    assert not app.exception
    assert disabled(app, "Keep this scenario")


def test_a_source_of_another_cannot_be_changed_by_a_contributor(
    store: Store, city: int, people: dict[Role, str], visitor: Visitor
) -> None:
    theirs = store.sources.save(city, Source("Land register"), based_on=0, person="IT").id
    app = visitor.visit(people[Role.CONTRIBUTOR], "evidence")
    unfolded(app, f"source/{theirs}")
    assert disabled(app, "Organisation")
    assert "It takes the role “editor” to change sources and files that others added." in everything(app)
    assert "Correct the title" not in [one.label for one in app.expander]
    app = unfolded(visitor.visit(people[Role.EDITOR], "evidence"), f"source/{theirs}")
    assert not disabled(app, "Organisation")


def test_a_contributor_changes_their_own_source(
    store: Store, city: int, people: dict[Role, str], visitor: Visitor
) -> None:
    app = visitor.visit(people[Role.CONTRIBUTOR], "evidence")
    app.text_input(key="source/new/0/title").set_value("Budget 2026")
    next(one for one in app.button if one.label == "Save").click().run()
    [mine] = store.sources.of_city(city)
    app = unfolded(visitor.visit(people[Role.CONTRIBUTOR], "evidence"), f"source/{mine.id}")
    assert not disabled(app, "Organisation")


def test_bands_are_checked_by_who_may_only(people: dict[Role, str], visitor: Visitor) -> None:
    told = "It takes the role “approver” to check or correct bands."
    for role in (Role.EDITOR, Role.APPROVER):
        app = unfolded(visitor.visit(people[role], "handbook"), "handbook/2021/budget")
        asked = "Does your handbook print the same bands?" in [one.label for one in app.segmented_control]
        assert asked == (role is Role.APPROVER)
        assert (told in everything(app)) == (role is Role.EDITOR)


def test_the_name_of_the_account_counts(people: dict[Role, str], visitor: Visitor) -> None:
    app = visitor.visit(people[Role.EDITOR], "settings")
    assert "Your name" not in [one.label for one in app.text_input]
    assert ":material/person: Editor" in everything(app)


def test_where_the_database_stands_is_told_to_administrators_of_the_server_only(
    people: dict[Role, str], visitor: Visitor
) -> None:
    assert "own.sqlite3" not in everything(visitor.visit(people[Role.ADMINISTRATOR], "settings"))
    assert "own.sqlite3" in everything(visitor.visit(HEAD, "settings"))


def test_an_import_is_written_down_under_the_name_of_the_account(
    store: Store, city: int, people: dict[Role, str], visitor: Visitor
) -> None:
    app = visitor.visit(people[Role.EDITOR], "imports")
    data = filled({"awareness.events": 10})
    app.get("file_uploader")[0].set_value([("parks.xlsx", data, "application/octet-stream")]).run()
    next(one for one in app.button if one.label.startswith("Apply all")).click().run(timeout=60)
    assert not app.exception
    traces = [one for one in store.trail.of(city) if one.deed is Deed.IMPORTED]
    assert [(one.person, one.detail) for one in traces] == [("Editor", "places: 1")]
