"""What middleware of ours shares: the names of ASGI, and what the headers of a request say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]


def header(headers: Headers, name: bytes) -> str:
    """Give a header of a request, by its name in small letters; empty where it is not there."""
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), "")


def language_of(headers: Headers) -> str:
    """Give the language of ours that a browser asks for first."""
    return "zh_Hans" if header(headers, b"accept-language").strip().casefold().startswith("zh") else "en"
