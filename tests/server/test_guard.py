"""Before downloads and uploads: only a browser whose person is let in now."""

import asyncio
import json

import pytest

from cbi.i18n import say
from cbi.serving import asking, sign_in_errors
from cbi.serving.asking import Silence, sign_in_silence
from cbi.serving.guard import Browsers, Guard
from cbi.serving.sign_in_errors import SignInErrors
from cbi.store.errors import DatabaseError, NotPermittedError

TOKEN = "0123456789abcdef0123456789abcdef"


def page(status=200, kind=b"text/html; charset=utf-8"):
    """A program that answers everything alike."""

    async def app(scope, receive, send):
        headers = [(b"content-type", kind), (b"cache-control", b"public")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"the file"})

    return app


def asked(app, path, cookie="", language="en"):
    """Ask a program for a path; gives status, headers and text of the answer."""
    found = []

    async def send(message):
        found.append(message)

    headers = [(b"accept-language", language.encode()), (b"cookie", cookie.encode())]
    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(app(scope, None, send))
    text = b"".join(one.get("body", b"") for one in found).decode()
    return found[0]["status"], [(key.decode(), value.decode()) for key, value in found[0]["headers"]], text


@pytest.fixture
def browsers():
    return Browsers(most=2)


@pytest.fixture
def guarded(browsers):
    return Guard(page(), secure=True, browsers=browsers)


FILES = ("/media/abc.pdf", "/_stcore/upload_file/visit/file")


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("cookie", ["", f"cbi_browser={TOKEN}", "cbi_browser=; =", "a=b"])
def test_a_stranger_gets_no_file_and_is_told_so(guarded, path, cookie):
    status, headers, text = asked(guarded, path, cookie)
    assert status == 403
    assert "for people who signed in" in text
    assert ("cache-control", "no-store") in headers
    assert "the file" not in text


def test_it_is_told_in_the_language_of_the_browser(guarded):
    assert "登录" in asked(guarded, FILES[0], language="zh-CN,zh;q=0.9,en;q=0.8")[2]


@pytest.mark.parametrize("path", FILES)
def test_whoever_was_let_in_gets_the_file_and_no_cache_keeps_it(guarded, browsers, path):
    browsers.let_in(TOKEN, lambda: None)
    status, headers, text = asked(guarded, path, f"other=1; cbi_browser={TOKEN}")
    assert (status, text) == (200, "the file")
    assert [value for key, value in headers if key == "cache-control"] == ["no-store"]


def test_who_was_switched_off_a_moment_ago_gets_nothing(guarded, browsers):
    allowed = True

    def check():
        if not allowed:
            raise NotPermittedError(say("Your account was switched off."))

    browsers.let_in(TOKEN, check)
    assert asked(guarded, FILES[0], f"cbi_browser={TOKEN}")[0] == 200
    allowed = False
    status, _, text = asked(guarded, FILES[0], f"cbi_browser={TOKEN}")
    assert (status, text) == (403, "Your account was switched off.")


def test_while_the_database_is_away_nobody_gets_a_file(guarded, browsers):
    def away():
        raise DatabaseError(say("away"))

    browsers.let_in(TOKEN, away)
    assert asked(guarded, FILES[0], f"cbi_browser={TOKEN}")[0] == 503


def test_who_signed_out_is_forgotten_and_so_is_who_came_longest_ago(guarded, browsers):
    for token in ("a", "b", "c"):
        browsers.let_in(token, lambda: None)
    browsers.turn_away("c")
    found = [asked(guarded, FILES[0], f"cbi_browser={token}")[0] for token in ("a", "b", "c")]
    assert found == [403, 200, 403]


def test_a_browser_gets_its_token_with_the_first_page_and_with_nothing_else(guarded, browsers):
    _, headers, _ = asked(guarded, "/")
    (cookie,) = [value for key, value in headers if key == "set-cookie"]
    assert cookie.startswith("cbi_browser=") and "HttpOnly; SameSite=Lax; Secure" in cookie
    assert not [key for key, _ in asked(guarded, "/", f"cbi_browser={TOKEN}")[1] if key == "set-cookie"]
    script = Guard(page(kind=b"text/javascript"), secure=True, browsers=browsers)
    assert not [key for key, _ in asked(script, "/static/a.js")[1] if key == "set-cookie"]
    plain = asked(Guard(page(), secure=False, browsers=browsers), "/")[1]
    assert not any("Secure" in value for key, value in plain if key == "set-cookie")


# Where the sign-in itself fails


@pytest.mark.parametrize(
    ("silence", "language", "status", "told"),
    [
        (Silence.UNREACHABLE, "en", 503, "The sign-in of your administration does not answer now."),
        (Silence.UNTRUSTED, "zh-CN", 503, "单位的登录服务"),
        (None, "en", 400, "The sign-in was broken off or took too long."),
    ],
)
def test_a_sign_in_that_fails_is_said_on_a_page_of_ours(monkeypatch, caplog, silence, language, status, told):
    monkeypatch.setattr(sign_in_errors, "sign_in_silence", lambda _: silence)
    app = SignInErrors(page(400), metadata="https://login.example.org/.well-known/openid-configuration")
    found = asked(app, "/auth/login", language=language)
    assert found[0] == status
    assert told in found[2] and "the file" not in found[2]
    logged = json.loads(caplog.records[-1].getMessage())
    assert (logged["event"], logged["setting"]) == ("sign_in_failed", "CBI_OIDC_METADATA")
    assert asked(app, "/media/x")[2] == "the file"  # everything else is left as it is


def test_a_sign_in_that_works_is_left_alone():
    assert asked(SignInErrors(page(302), metadata=""), "/auth/login")[:1] == (302,)


def test_what_answers_something_else_is_no_sign_in(monkeypatch):
    for answer, wanted in (
        (b'{"authorization_endpoint": "https://a"}', None),
        (b"<html>", Silence.WRONG),
        (b"[]", Silence.WRONG),
        (Silence.UNTRUSTED, Silence.UNTRUSTED),
    ):
        monkeypatch.setattr(asking, "_asked", lambda _, answer=answer: answer)
        assert sign_in_silence("https://login.example.org") == wanted
