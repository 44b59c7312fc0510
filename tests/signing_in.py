"""Signing in within Streamlit's test double: what the identity provider says is given, all behind it is real.

The browser tests (``tests/server``) sign in through a real provider. Here only its word is replaced: the invitation,
the account, its roles and every check are those of a real store.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cbi.serving.claims import SignedIn
from cbi.store import Store
from cbi.store.rights import Role, Scope

ROOT = Path(__file__).parents[1]
NOWHERE = Scope()
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)


class Visitor:
    """Opens the app as one person after another."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self._address = ""
        patch.setattr("cbi.views.visit.signs_in", lambda: True)
        patch.setattr("cbi.views.door.signed_in", lambda _, __: self._known())

    def _known(self) -> SignedIn:
        return SignedIn("https://provider.example", self._address, self._address, "", True, SINCE, UNTIL)

    def now(self, address: str) -> None:
        """Let the person with this address sit at the browser from now on."""
        self._address = address

    def visit(self, address: str, page: str | None = "start", language: str = "en", **query: object) -> AppTest:
        """Open a page as the person with this address; None for the one that opens by itself."""
        self.now(address)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = str(value)
        app.run()
        if language != "en":
            app.selectbox(key="side/language").select(language).run()
        return go(app, page) if page else app


def go(app: AppTest, page: str) -> AppTest:
    """Turn to another page."""
    app.switch_page(f"cbi/views/{page}.py").run()
    assert not app.exception
    return app


def invited(store: Store, name: str, role: Role, city_id: int | None, scope: Scope = NOWHERE) -> str:
    """Invite a person by the machine; gives their address."""
    address = f"{name.casefold()}@city.example"
    store.people.invite(address, name, role, city_id, scope, person="IT")
    return address


def everything(app: AppTest) -> str:
    """Give all that a page says."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success", "code")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))
