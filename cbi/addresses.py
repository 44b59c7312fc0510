"""Which links lead into the web, and may therefore be made clickable."""

from __future__ import annotations

LONGEST_LINK = 2000


def is_web_address(link: str) -> bool:
    """Tell whether a link leads into the web: nothing else that people type is made clickable.

    ``link`` is taken as it is typed. Only ``https`` and ``http`` lead there; a line break, a space or another sign
    that an address cannot hold, or more than 2000 characters, make it plain text.
    """
    printable = link.isascii() and link.isprintable() and " " not in link
    return printable and link.lower().startswith(("https://", "http://")) and len(link) <= LONGEST_LINK
