"""The steps of a person in the browser, each waiting until the page is at rest."""

from typing import Any

AREA = "Natural, restored and naturalised area"


def wait_for_total(page: Any, total: str) -> None:
    """Wait until the total stands at the side and the page is at rest."""
    page.get_by_test_id("stSidebar").get_by_text(f"{total} of 112").wait_for(timeout=30_000)
    settled(page)


def settled(page: Any) -> None:
    """Wait until the app has finished its run and stays at rest."""
    for _ in range(2):
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
        page.wait_for_timeout(300)


def visit(browser: Any, address: str, path: str = "") -> Any:
    page = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB").new_page()
    page.goto(f"{address}/{path}")
    page.wait_for_selector("h1", timeout=30_000)
    settled(page)
    return page


def begin(page: Any, city: str, person: str) -> None:
    page.get_by_label("Name of the city").fill(city)
    page.get_by_label("Your name").fill(person)
    page.get_by_test_id("stFormSubmitButton").get_by_text("Begin").click()
    page.get_by_text("What do you know?").wait_for(timeout=30_000)
    settled(page)


def open_view(page: Any, name: str) -> None:
    page.get_by_test_id("stMain").get_by_text(name, exact=True).first.click()
    settled(page)


def put(page: Any, label: str, text: str) -> None:
    page.get_by_label(label).fill(text)
    page.get_by_label(label).press("Tab")
    settled(page)


def name_oneself(page: Any, person: str) -> None:
    """Answer the question who is working here."""
    page.get_by_text("Who is working here?").wait_for(timeout=30_000)
    put(page, "Your name", person)
