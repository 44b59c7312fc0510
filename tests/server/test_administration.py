"""People sign in through nginx, TLS and a provider of OpenID Connect, and may do what their role allows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME as COOKIE

from benchmarks.visitor import visiting
from cbi.assessment import Entry
from cbi.store.errors import NotPermittedError
from cbi.store.rights import Deed, Role
from tests.server.administration import SECRET, known_person, sign_in, signed_cookie
from tests.server.conftest import BUDGET, Office

pytestmark = pytest.mark.long

PATIENCE = 30_000
SPENT, WHOLE = "Spending on biodiversity in the year", "Total budget of the city in the same year"


@contextmanager
def desk_of(browser: Any, office: Office, subject: str | None = None) -> Iterator[Any]:
    """Open a browser of its own; with ``subject`` that person has signed in. Gives its page."""
    context = browser.new_context(ignore_https_errors=True, locale="en-GB", viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    try:
        if subject:
            sign_in(page, office.there, subject)
            page.get_by_role("heading", name="Which city, which year?").wait_for()
        yield page
    finally:
        context.close()


def enter(page: Any, office: Office, part: str) -> None:
    """Go to a part of the page Enter."""
    page.goto(f"{office.there.address}/enter?assessment={office.year_id}&part={part}")
    page.get_by_role("heading", name="What do you know?").wait_for()


def commit(page: Any, label: str, text: str) -> None:
    field = page.get_by_label(label, exact=True).first
    field.fill(text)
    field.press("Enter")


def answer(office: Office, indicator: str) -> Any:
    return office.store.assessment(office.year_id).assessment.answers.get(indicator)


def until(page: Any, found: Any, what: str) -> None:
    """Wait until something is true of the store."""
    for _ in range(150):
        if found():
            return
        page.wait_for_timeout(100)
    raise AssertionError(what)


def test_two_people_sign_in_and_work_on_one_assessment(browser, office):
    finance, _ = office.invited("Fin", Role.CONTRIBUTOR, BUDGET)
    editor, _ = office.invited("Edith", Role.EDITOR)
    with desk_of(browser, office, finance) as his, desk_of(browser, office, editor) as hers:
        enter(his, office, "governance")
        enter(hers, office, "native_biodiversity")
        his.get_by_text("You may change no. 16; the rest you can look at.").wait_for()
        assert answer(office, "budget") is None
        commit(his, SPENT, "12")
        commit(his, WHOLE, "400")
        until(his, lambda: answer(office, "budget") and len(answer(office, "budget").inputs) == 2, "not saved")
        # 12 of 400 is 3.0 %: 3 points (from 2.8 % to 3.7 %)
        his.get_by_text("3 of 112").first.wait_for()
        hers.get_by_role("radio", name="Governance").or_(hers.get_by_text("Governance", exact=True)).first.click()
        hers.get_by_text("3 of 112").first.wait_for()  # she sees what he saved, with her next click
    (first, *_) = office.store.history(office.year_id, "budget")
    assert first.person.startswith("Fin")
    signed_in = [trace.person for trace in office.store.trail.of() if trace.deed is Deed.SIGNED_IN]
    assert {"Fin", "Edith"} <= {name.split(" (")[0] for name in signed_in}


def test_a_browser_stays_at_the_process_that_it_met_first(browser, office):
    viewer, _ = office.invited("Vera", Role.VIEWER)
    with desk_of(browser, office, viewer) as page:
        cookies = {one["name"]: one for one in page.context.cookies()}
        assert cookies["cbi_station"]["secure"] and cookies["cbi_station"]["httpOnly"]
        assert cookies[COOKIE]["secure"] and cookies[COOKIE]["httpOnly"] and cookies[COOKIE]["sameSite"] == "Lax"
        for _ in range(3):  # a page and its files come from the same process, or they would not be there
            page.reload()
            page.get_by_role("heading", name="Which city, which year?").wait_for()


def test_who_was_not_invited_is_told_so_and_sees_nothing(browser, office):
    known_person(office.there.provider, "stranger", "stranger@elsewhere.example", "A Stranger")
    with desk_of(browser, office) as page:
        page.goto(office.there.address)
        page.get_by_text("You need an invitation").wait_for()
        assert not page.get_by_text("Libo County").count()
        sign_in(page, office.there, "stranger")
        page.get_by_text("stranger@elsewhere.example was not invited here.").wait_for()
        assert not page.get_by_text("Libo County").count()


def test_an_address_that_is_not_proved_lets_nobody_in(browser, office):
    _, key = office.invited("Paula", Role.EDITOR)
    address = next(one.address for one in office.store.people.of() if one.key == key)
    known_person(office.there.provider, "impostor", address, "Paula", verified=False)
    with desk_of(browser, office) as page:
        sign_in(page, office.there, "impostor")
        page.get_by_text("Have it confirmed where you sign in").wait_for()


def test_who_is_switched_off_can_do_nothing_more_on_an_open_page(browser, office):
    editor, key = office.invited("Otto", Role.EDITOR)
    with desk_of(browser, office, editor) as page:
        enter(page, office, "profile")
        office.store.people.switch_off(key, person="IT")
        commit(page, "Total area of the city", "777.7")
        page.get_by_role("heading", name="You cannot work here now").wait_for()
        page.get_by_text("your access was switched off").wait_for()
        assert not page.get_by_text("Libo County").count()
    profile = office.store.assessment(office.year_id).assessment.profile
    assert "city_area" not in profile or profile["city_area"].value != Decimal("777.7")


def test_a_prepared_file_is_for_whoever_is_let_in_now_and_nobody_else(browser, office):
    editor, key = office.invited("Fiona", Role.EDITOR)
    with desk_of(browser, office, editor) as page, desk_of(browser, office) as stranger:
        page.goto(f"{office.there.address}/report?assessment={office.year_id}")
        with page.expect_download() as prepared:
            page.get_by_role("button", name="CSV").first.click()
        address = prepared.value.url
        assert "/media/" in address
        assert page.request.get(address).status == 200
        stranger.goto(office.there.address)  # has a page of its own, and has not signed in
        refused = stranger.request.get(address)
        assert (refused.status, "for people who signed in" in refused.text()) == (403, True)
        assert refused.headers["cache-control"] == "no-store"
        assert stranger.request.put(f"{office.there.address}/_stcore/upload_file/x/y").status == 403
        office.store.people.switch_off(key, person="IT")
        gone = page.request.get(address)
        assert (gone.status, "your access was switched off" in gone.text()) == (403, True)


def test_a_changed_role_counts_at_once_on_an_open_page(browser, office):
    editor, key = office.invited("Rolf", Role.EDITOR)
    with desk_of(browser, office, editor) as page:
        enter(page, office, "profile")
        office.store.people.give_role(key, Role.VIEWER, office.city_id, person="IT")
        commit(page, "Total area of the city", "888.8")
        page.get_by_text("You may look at everything here and change nothing.").wait_for()
        page.get_by_text("You may not change this answer.").first.wait_for()
        assert page.get_by_label("Total area of the city", exact=True).first.is_disabled()
    profile = office.store.assessment(office.year_id).assessment.profile
    assert "city_area" not in profile or profile["city_area"].value != Decimal("888.8")


def test_signing_out_ends_the_sign_in_in_every_browser(browser, office):
    viewer, _ = office.invited("Sonia", Role.VIEWER)
    with desk_of(browser, office, viewer) as page, desk_of(browser, office) as other:
        other.context.add_cookies(page.context.cookies())  # a copied cookie is a sign-in like the first
        other.goto(office.there.address)
        other.get_by_role("heading", name="Which city, which year?").wait_for()
        page.wait_for_timeout(1100)  # the sign-in tells its beginning in whole seconds
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(lambda url: str(url).startswith(office.there.provider))
        other.reload()
        other.get_by_text("You have signed out since this sign-in began.").wait_for()
        assert not other.get_by_text("Libo County").count()


@pytest.mark.parametrize(
    ("hours_ago", "secret", "told"),
    [
        (0, SECRET, "Which city, which year?"),  # so that the two below fail for the reason they name
        (11, SECRET, "Your sign-in has run out."),
        (0, "another secret than that of the server", "You need an invitation"),
    ],
    ids=["sound", "expired", "forged"],
)
def test_an_expired_or_forged_sign_in_is_none(browser, office, hours_ago, secret, told):
    viewer, _ = office.invited("Tom", Role.VIEWER)
    with desk_of(browser, office) as page:
        page.goto(office.there.address)
        page.get_by_text("You need an invitation").wait_for()
        since = datetime.now(UTC) - timedelta(hours=hours_ago)
        value = signed_cookie(office.there, viewer, since, secret)
        cookie = {"name": COOKIE, "value": value, "url": office.there.address, "secure": True, "httpOnly": True}
        page.context.add_cookies([cookie])
        page.goto(office.there.address)
        page.get_by_text(told).first.wait_for()
        assert bool(page.get_by_text("Libo County").count()) is (told == "Which city, which year?")


def test_the_sign_in_of_another_person_with_the_same_address_is_refused(browser, office):
    viewer, _ = office.invited("Una", Role.VIEWER)
    with desk_of(browser, office, viewer):
        pass  # her sign-in is linked now
    address = f"{viewer}@libo.example".casefold()
    known_person(office.there.provider, "somebody-else", address, "Una")
    with desk_of(browser, office) as page:
        sign_in(page, office.there, "somebody-else")
        page.get_by_text("belongs to another sign-in here, and nobody was let in").wait_for()


def test_a_page_is_only_a_courtesy(browser, office):
    """A contributor's own program speaks to the server past every page; the store refuses what is not theirs."""
    finance, key = office.invited("Mallory", Role.CONTRIBUTOR, BUDGET)
    before = office.store.assessment(office.year_id).assessment.profile.get("city_area")
    with desk_of(browser, office, finance) as page:
        enter(page, office, "profile")
        cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    query = f"assessment={office.year_id}&part=profile"
    with visiting(0, "enter", query, address=office.there.address, cookies=cookies) as visitor:
        area = visitor.named["Total area of the city"]
        visitor.enter(area, "99.5")
    after = office.store.assessment(office.year_id).assessment.profile.get("city_area")
    assert before == after
    refused = office.store.acting(key)
    with pytest.raises(NotPermittedError):
        refused.save(office.year_id, "profile.city_area", Entry(Decimal(99), "km2"), based_on=0, person="")


def test_logs_tell_no_names_addresses_or_values(browser, office):
    editor, _ = office.invited("Edwina", Role.EDITOR)
    known_person(office.there.provider, "outsider", "outsider@elsewhere.example", "An Outsider")
    with desk_of(browser, office, editor) as hers, desk_of(browser, office) as his:
        enter(hers, office, "profile")
        commit(hers, "Total area of the city", "543.21")
        until(hers, lambda: "profile.city_area" in office.store.assessment(office.year_id).versions, "not saved")
        sign_in(his, office.there, "outsider")
        his.get_by_text("was not invited here.").wait_for()
    told = "".join(log.read_text("utf-8") for log in office.there.folder.glob("*.log"))
    assert '"event": "sign_in_refused"' in told
    for word in ("Edwina", "Outsider", "outsider@", "@libo.example", "543.21", "Libo County"):
        assert word not in told, word
