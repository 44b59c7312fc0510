"""What people see where the sign-in of their administration does not work, in the place of a bare line of text."""

from __future__ import annotations

import asyncio
from html import escape

from cbi.i18n import say
from cbi.serving import logs
from cbi.serving.asgi import App, Message, Receive, Scope, Send, language_of
from cbi.serving.asking import Silence, sign_in_silence
from cbi.serving.settings import CALLBACK, METADATA

PATHS = ("/auth/login", CALLBACK)
_FAILED = 400


class SignInErrors:
    """ASGI middleware that puts a page of ours in the place of an error on the way to the sign-in and back.

    ``metadata`` is the address of the sign-in's settings: what it answers goes into the log, for those who run it.
    """

    def __init__(self, app: App, *, metadata: str) -> None:
        self._app, self._metadata = app, metadata

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; where it fails on the way to the sign-in, answer with the page."""
        if scope["type"] != "http" or scope["path"] not in PATHS:
            await self._app(scope, receive, send)
            return
        failed = False

        async def sent(message: Message) -> None:
            nonlocal failed
            if message["type"] == "http.response.start":
                failed = message["status"] >= _FAILED
            if not failed:
                await send(message)

        await self._app(scope, receive, sent)
        if failed:
            silence = await asyncio.to_thread(sign_in_silence, self._metadata)
            logs.event("sign_in_failed", setting=METADATA, reason=silence.value if silence else "broken off")
            await _answer(send, silence, language_of(scope["headers"]))


async def _answer(send: Send, silence: Silence | None, language: str) -> None:
    if silence is None:
        told = say("The sign-in was broken off or took too long. Nothing is lost: begin it again.")
    else:
        told = say(
            "The sign-in of your administration does not answer now. Nothing is lost: try again in a while, and tell "
            "your IT if it lasts. They find the reason in the log of this program."
        )
    title, again, tag = say("You could not sign in"), say("Begin again"), language.replace("_", "-")
    page = (
        f'<!doctype html><html lang="{tag}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title.text(language))}</title>"
        '<body style="font-family:sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;line-height:1.5">'
        f"<h1>{escape(title.text(language))}</h1><p>{escape(told.text(language))}</p>"
        f'<p><a href="/">{escape(again.text(language))}</a></p></body></html>'
    )
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 503 if silence else 400, "headers": headers})
    await send({"type": "http.response.body", "body": page.encode()})
