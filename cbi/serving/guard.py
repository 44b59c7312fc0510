"""A guard before files: where people sign in, only a browser whose person is let in gets a download or gives a file.

Streamlit hands a file that was made ready to whoever knows its address, and takes a file from whoever knows that of a
visit. So each browser is given a token of its own with the first page. The door (:mod:`cbi.views.door`) says whose
browser it is, and the guard asks the store again with every file: who was switched off a moment ago gets nothing.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from secrets import token_hex
from threading import Lock

from cbi.i18n import Sentence, say
from cbi.serving.asgi import App, Headers, Message, Receive, Scope, Send, header, language_of
from cbi.store.errors import DatabaseError, StoreError

COOKIE = "cbi_browser"
"""The cookie that holds a browser's token."""
GUARDED = ("/media/", "/_stcore/upload_file/")
"""What the addresses of prepared downloads and of uploads begin with."""
MOST_BROWSERS = 10_000
"""Browsers that are kept in mind; the one that came longest ago is forgotten first."""

Check = Callable[[], object]
"""Asks the store whether a person may still work; raises :class:`cbi.store.StoreError` where not."""


class Browsers:
    """The browsers of people who were let in, each with the check that lets its person in."""

    def __init__(self, most: int = MOST_BROWSERS) -> None:
        self._checks: OrderedDict[str, Check] = OrderedDict()
        self._lock, self._most = Lock(), most

    def let_in(self, token: str, check: Check) -> None:
        """Keep in mind that a person was let in with a browser; ``check`` is asked before each of its files."""
        if not token:
            return
        with self._lock:
            self._checks[token] = check
            self._checks.move_to_end(token)
            while len(self._checks) > self._most:
                self._checks.popitem(last=False)

    def turn_away(self, token: str) -> None:
        """Forget a browser whose person may not work any more, or has signed out."""
        with self._lock:
            self._checks.pop(token, None)

    def refusal(self, token: str) -> tuple[int, Sentence] | None:
        """Ask whether a browser may have a file: None, or the HTTP status and the sentence that refuse it."""
        with self._lock:
            check = self._checks.get(token)
        if check is None:
            return 403, say("This file is for people who signed in. Sign in, load the page anew and ask for it again.")
        try:
            check()
        except DatabaseError:
            return 503, say("The database does not answer now. Ask for the file again in a while.")
        except StoreError as error:
            return 403, error.sentence
        return None


BROWSERS = Browsers()
"""The browsers that this process has let in."""


class Guard:
    """ASGI middleware that gives every browser its token, and asks before every file whether it may pass.

    ``secure`` keeps the token to encrypted connections.
    """

    def __init__(self, app: App, *, secure: bool, browsers: Browsers = BROWSERS) -> None:
        self._app, self._secure, self._browsers = app, secure, browsers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a refusal."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        token = _token_of(scope["headers"])
        if scope["path"].startswith(GUARDED):
            refused = await asyncio.to_thread(self._browsers.refusal, token)
            if refused is not None:
                await _refuse(send, *refused, language_of(scope["headers"]))
                return
            await self._app(scope, receive, _with_header(send, b"cache-control", b"no-store"))
        elif token:
            await self._app(scope, receive, send)
        else:
            secure = "; Secure" if self._secure else ""
            given = f"{COOKIE}={token_hex(16)}; Path=/; HttpOnly; SameSite=Lax{secure}"
            await self._app(scope, receive, _with_header(send, b"set-cookie", given.encode(), pages_only=True))


def _with_header(send: Send, name: bytes, value: bytes, *, pages_only: bool = False) -> Send:
    """Give every answer a header, in the place of another of this name unless it sets a cookie."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [(key, one) for key, one in message.get("headers", []) if pages_only or key.lower() != name]
            if not pages_only or _is_page(headers):
                message = {**message, "headers": [*headers, (name, value)]}
        await send(message)

    return sent


def _is_page(headers: Headers) -> bool:
    return any(key.lower() == b"content-type" and value.startswith(b"text/html") for key, value in headers)


def _token_of(headers: Headers) -> str:
    try:
        found = SimpleCookie(header(headers, b"cookie")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


async def _refuse(send: Send, status: int, told: Sentence, language: str) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": told.text(language).encode()})
