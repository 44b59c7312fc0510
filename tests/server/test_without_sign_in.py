"""Where nobody signs in, the program answers its own computer only, unless that is said otherwise in plain words."""

from __future__ import annotations

import shutil

import pytest

from tests.server.administration import HOST, free_port, proxy, serving

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not shutil.which("nginx", path="/usr/sbin:/usr/bin"), reason="nginx is absent"),
]
NONE = dict.fromkeys(
    ("CBI_PUBLIC_ADDRESS", "CBI_OIDC_METADATA", "CBI_OIDC_CLIENT_ID", "CBI_OIDC_CLIENT_SECRET", "CBI_COOKIE_SECRET"), ""
)
CITY, REFUSED = "Which city, which year?", "This program is for the computer that it runs on"


@pytest.mark.parametrize(
    ("said", "title"),
    [("", REFUSED), ("everybody on the network may write", CITY)],
    ids=["nothing said", "the plain words"],
)
def test_who_comes_through_a_proxy_is_let_in_only_if_that_is_meant(browser, tmp_path, said, title):
    port = free_port()
    settings = {**NONE, "CBI_DATABASE": f"sqlite:///{tmp_path / 'cbi.sqlite3'}", "CBI_WITHOUT_SIGN_IN": said}
    with serving(port, settings, tmp_path / "log"), proxy(tmp_path, (port,)) as secure:
        context = browser.new_context(ignore_https_errors=True, locale="en-GB")
        page = context.new_page()
        page.goto(f"https://{HOST}:{secure}")
        page.get_by_role("heading", name=title).wait_for(timeout=30_000)
        page.goto(f"http://{HOST}:{port}")  # on the computer itself
        page.get_by_role("heading", name=CITY).wait_for(timeout=30_000)
        context.close()
