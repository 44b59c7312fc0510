"""What a page of somebody else can make a browser do here: nothing."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import started

pytestmark = pytest.mark.long

FOREIGN = {"Origin": "https://outside.example"}
SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(tmp_path_factory.mktemp("store")) as (address, _):
        yield urlsplit(address).netloc


def ask(place: str, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(place, timeout=20)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()


def test_a_websocket_is_opened_by_our_own_page_only(place: str) -> None:
    assert ask(place, "/_stcore/stream", **SOCKET, **FOREIGN).status == 403
    assert ask(place, "/_stcore/stream", **SOCKET, Origin=f"http://{place}").status == 101


def test_a_file_is_taken_with_the_token_of_our_page_only(place: str) -> None:
    assert ask(place, "/_stcore/upload_file/a/b", "PUT", **FOREIGN).status == 403


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config"])
def test_no_other_page_may_read_an_answer(place: str, path: str) -> None:
    assert ask(place, path, **FOREIGN).getheader("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize("path", ["/.git/config", "/requirements.txt", "/.streamlit/config.toml", "/data/cbi.sqlite3"])
def test_no_file_of_the_program_is_handed_out(place: str, path: str) -> None:
    answer = ask(place, path)
    assert answer.status in (200, 404)
    assert b"[core]" not in (body := answer.read())
    assert not body or body.lstrip().startswith((b"<!", b"Not"))  # the page of the app, as for any address


def test_every_answer_says_what_it_is(place: str) -> None:
    kinds = {path: ask(place, path).getheader("Content-Type") for path in ("/", "/_stcore/health")}
    assert kinds == {"/": "text/html; charset=utf-8", "/_stcore/health": "text/plain; charset=utf-8"}
