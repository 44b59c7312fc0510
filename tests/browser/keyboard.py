"""A person at the keyboard: Tab, typing, arrows, Space and Enter, and what stands under the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Deed = Callable[[Any, str], None]
"""Something done on a page under a heading that begins so."""

FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return ['', '', ''];
  const heads = [...document.querySelectorAll('h1, h2, h3')];
  const before = heads.filter(head => head.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
  const text = here.cloneNode(true);
  text.querySelectorAll('[data-testid=stIconMaterial]').forEach(icon => icon.remove());
  const label = here.getAttribute('aria-label') || [...(here.labels || [])].map(one => one.innerText).join(' ');
  const group = here.closest('[role=radiogroup]')?.getAttribute('aria-label') || '';
  return [before.length ? before.at(-1).innerText : '', group, (label || text.textContent).trim()];
}"""
"""The heading above what has the focus, the group that it belongs to, and its name, as a screen reader says them."""
ONCE_ROUND = 200
"""More stops than the longest page has, from one end to the other and round again."""


def tab_to(page: Any, name: str, under: str = "") -> None:
    """Go on with Tab until a thing or a group whose name begins so has the focus."""
    passed = []
    for _ in range(ONCE_ROUND):
        page.keyboard.press("Tab")
        heading, group, found = page.evaluate(FOCUS)
        if heading.startswith(under) and (found.startswith(name) or group.startswith(name)):
            return
        passed.append(f"{heading[:30]}: {found[:30]!r}")
    raise AssertionError("\n".join([f"Tab never came to “{name}” under “{under}” but to", *passed]))


def types(name: str, text: str) -> Deed:
    """Go to a field and type over what stands there; Tab commits it and goes on."""

    def deed(page: Any, under: str) -> None:
        tab_to(page, name, under)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)

    return deed


def goes_down(name: str, steps: int, then: str = "") -> Deed:
    """Go to a group of choices, where the focus falls on the chosen one, and choose another so many below.

    ``then`` is a field that this choice brings.
    """

    def deed(page: Any, under: str) -> None:
        tab_to(page, name, under)
        for _ in range(steps):
            page.keyboard.press("ArrowDown")
        if then:
            page.get_by_label(then).wait_for(timeout=30_000)

    return deed


def ticks(name: str) -> Deed:
    """Go to a box and tick it."""

    def deed(page: Any, under: str) -> None:
        tab_to(page, name, under)
        page.keyboard.press("Space")

    return deed
