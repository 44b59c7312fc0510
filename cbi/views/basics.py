"""The small things that every page is made of: fed widgets, their keys, problems, plain texts, folds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import streamlit as st

from cbi.i18n import Sentence
from cbi.problems import Problem, Severity
from cbi.store import StoreError
from cbi.views import session, visit
from cbi.views.shown import Shown

ICONS = {Severity.ERROR: ":material/error:", Severity.WARNING: ":material/warning:", Severity.NOTE: ":material/info:"}


def feed(key: str, value: object) -> None:
    """Let the widget with this key show ``value``, leaving alone a widget that shows it already."""
    value = whole(value) if isinstance(value, str) else value
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def key_of(owner: str, name: str, part: str) -> str:
    """Make the key of a widget from the place in the form that it belongs to."""
    return f"{owner}/{name}/{part}"


def key_of_list(shown: Shown, owner: str, name: str, part: str) -> str:
    """Make the key of a widget that offers worded options; another one in each language and edition.

    A browser names a chosen option by its words. Under one key it would still send those of the language
    before, which are no option any more and would pass for something new.
    """
    return f"{key_of(owner, name, part)}/{shown.edition.id}/{shown.language}"


def tell(problem: Problem, language: str, before: str = "") -> None:
    """Show a problem in a box whose colour, icon and words all say how grave it is."""
    box = {Severity.ERROR: st.error, Severity.WARNING: st.warning, Severity.NOTE: st.info}[problem.severity]
    told = problem.sentence.text(language, visit.number_format())
    box(f"{before}{plain(told)}", icon=ICONS[problem.severity])


def leading() -> Literal["primary", "secondary"]:
    """Give the kind of the button that leads on: filled with the colour of the theme, on a dark ground outlined.

    Streamlit writes white on that colour, and what is light enough for a dark ground is too light for white.
    """
    return "secondary" if st.context.theme.type == "dark" else "primary"


@contextmanager
def told_errors(language: str) -> Iterator[None]:
    """Say in this place what the store cannot do, instead of what was to be shown; not what the banner says already."""
    try:
        yield
    except StoreError as error:
        above = session.trouble() if visit.person() else None
        if above is None or above.text(language) != error.sentence.text(language):
            st.error(plain(error.sentence.text(language)), icon=ICONS[Severity.ERROR])


def tell_unread(sentence: Sentence | None, language: str) -> None:
    """Show beside a field why it could not be read; nothing if it could."""
    if sentence is not None:
        st.error(plain(sentence.text(language, visit.number_format())), icon=ICONS[Severity.ERROR])


TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs without a shape that turn the order of what follows, beyond the text that holds them."""
RIGHT = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Scripts and marks that are read from the right: Hebrew, Arabic and their like."""
FROM_THE_RIGHT = re.compile(f"[{RIGHT}]+(?:(?:\\W|[{RIGHT}])*[{RIGHT}])?")
FROM_THE_LEFT = re.compile(f"[^\\W\\d_{RIGHT}]")
HALF_A_SIGN = re.compile("[\ud800-\udfff]")
INDENT = re.compile(r"^[ \t]+(?=\S)", re.MULTILINE)
"""Signs before a line, of which Markdown would make a block of code."""
ARROW = re.compile(r"(?<![^\s\ufeff])(<->|->|<-|--|>=|<=|~=)(?![^\s\ufeff])")
"""What Streamlit draws as one sign: an arrow, a long dash, a sign of comparison."""
SHORTCODE = re.compile(r":(?=[\w+/-]+:)(?!(?!100:|1234:)\d+:)")
"""The colon that begins what Streamlit takes for an icon or an emoji (``:material/park:``, ``:bear:``, ``:100:``)."""
MARKUP = re.compile(r"[\\`*_\[\]$~<>#|&@]|:(?=[^\W\d_]|[:/])|(?<=www)\.", re.IGNORECASE)
"""What begins or ends markup: of Markdown, of HTML, of Streamlit (``:red``), and of addresses within a text."""
ADDRESS = re.compile(r"(?=https?://|www\.)", re.IGNORECASE)
"""Where Markdown finds an address of the web. The link of a source can be clicked, any other is text to copy."""
LIST_SIGN = re.compile(r"^([^\S\n]*)([-+=](?=\s|$|[-=])|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
"""What Markdown takes for a list or an underline at the beginning of a line."""
WORD_JOINER, HARD_SPACE = "\u2060", "\u00a0"
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
LINE_BREAK = "  \n"


def whole(text: str) -> str:
    """Give a text without halves of signs: a file of JSON may bring them, and no browser can be sent one."""
    return HALF_A_SIGN.sub("\ufffd", text)


def plain(text: str) -> str:
    """Keep what people typed from being taken for Markdown, a list or an icon: it is shown as it was typed.

    Its lines stay lines. A text from the right stands for itself, so that a name in Arabic does not turn the
    figures beside it; signs that would turn all that follows are left out.
    """
    text = whole(TURNING.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
    text = SHORTCODE.sub(f":{WORD_JOINER}", text)
    text = ADDRESS.sub(WORD_JOINER, text)
    text = ARROW.sub(lambda found: f"{found[0][0]}{WORD_JOINER}{found[0][1:]}", text)
    text = LIST_SIGN.sub(_escaped_sign, MARKUP.sub(r"\\\g<0>", text))
    text = INDENT.sub(lambda found: HARD_SPACE * len(found[0].expandtabs(4)), text)
    return LINE_BREAK.join(_isolated(line) for line in text.split("\n"))


def _isolated(line: str) -> str:
    """Set apart what is read from the right: the whole line, or its words among others."""
    if not FROM_THE_RIGHT.search(line):
        return line
    if not FROM_THE_LEFT.search(line):
        return f"{ISOLATE}{line}{END_OF_ISOLATE}"
    return FROM_THE_RIGHT.sub(rf"{ISOLATE}\g<0>{END_OF_ISOLATE}", line)


def _escaped_sign(found: re.Match[str]) -> str:
    """Escape a sign, and the dot or bracket behind a number."""
    before, sign = found.groups()
    return f"{before}{sign}\\" if sign.isdigit() else f"{before}\\{sign}"


def bold(text: str) -> str:
    """Set a text in bold."""
    return f"**{text}**"


def clipped(text: str, most: int = 60) -> str:
    """Shorten a text for a label of one line, and keep it from being taken for Markdown."""
    return plain(text if len(text) <= most else f"{text[:most].rstrip()}…")


def state_of(key: str) -> str:
    """Give the text that a widget holds, to a callback that must not be broken off."""
    return str(visit.undisturbed().get(key) or "")


def fold(label: str, key: str, inside: Callable[[], None], *, icon: str | None = None, summary: str = "") -> None:
    """Show a fold whose inside is made only while it is open, which keeps long pages quick.

    ``label`` must stay the same while people type inside: a fold with another label is another fold, and
    would close on them. What changes goes into ``summary``, shown while the fold is closed.
    """
    folded = st.expander(label, key=key, icon=icon, type="compact", on_change="rerun")
    with st.container():
        if not folded.open and summary:
            st.caption(summary)
    if folded.open:
        with folded:
            inside()
