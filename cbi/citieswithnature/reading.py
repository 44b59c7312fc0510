"""Reading a city profile downloaded from CitiesWithNature: PDF, text or Markdown."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cbi.citieswithnature.actions import ActionsReader
from cbi.citieswithnature.catalogue import Catalogue, catalogue
from cbi.citieswithnature.chapters import read_cover, read_index, read_overview, read_pathway, read_tools
from cbi.citieswithnature.editing import with_keys
from cbi.citieswithnature.form import Block, blocks_of
from cbi.citieswithnature.furniture import without_furniture
from cbi.citieswithnature.lines import MOST_SIGNS, lines_of
from cbi.citieswithnature.pdf import PdfError, text_of, too_long
from cbi.citieswithnature.records import Place, Profile, Unread
from cbi.i18n import Sentence, listed_apart, say
from cbi.problems import Problem, Severity

MOST_BYTES = 20_000_000
FEWEST_PHRASES = 3
"""Fixed phrases that must stand in a text before it is taken for a profile."""

SAID_BY_THE_PLATFORM = ("cover", "closing", "not_started", "no_uploads", "no_tools")
"""Phrases with words of their own around them, which are kept as they stand."""


@dataclass(frozen=True, slots=True)
class ProfileReading:
    """A profile as it was read, and what is wrong with the file; without a profile the first problem says why."""

    profile: Profile | None
    problems: tuple[Problem, ...] = ()


class _NoProfileError(ValueError):
    def __init__(self, code: str, sentence: Sentence) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


def read_profile(data: bytes, name: str) -> ProfileReading:
    """Read a city profile from the bytes of a PDF, a text or a Markdown file.

    ``name`` is what messages call the file. Never raises for what is in the file: one that cannot be read,
    or is no profile, gives one problem; lines that were not understood are listed in the profile.
    """
    try:
        profile = profile_of(_text(data), catalogue())
    except (_NoProfileError, PdfError) as error:
        return ProfileReading(None, (Problem(Severity.ERROR, error.code, name, error.sentence),))
    return ProfileReading(profile, tuple(_problems(profile, name)))


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise _NoProfileError(
            "too_large",
            say(
                "The file is larger than {most} MB. A city profile is far smaller: is it the right file?",
                most=MOST_BYTES // 1_000_000,
            ),
        )
    if not data.strip():
        raise _NoProfileError("empty_file", say("The file is empty."))
    text = text_of(data) if b"%PDF-" in data[:1024] else _decoded(data)
    if len(text) > MOST_SIGNS:
        raise _NoProfileError("too_long", too_long())
    return text


def _decoded(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030, in this order."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise _NoProfileError(
        "not_text",
        say("This is neither a PDF nor a text. Download the profile from CitiesWithNature as a PDF and use that."),
    )


def profile_of(text: str, known: Catalogue) -> Profile:
    """Read a profile from its text, in which a form feed begins a new page.

    Every line is part of the profile, or listed as not understood. Raises a ValueError with a sentence for a
    text that is no profile.
    """
    form = known.form
    lines, furniture = without_furniture(lines_of(text), form)
    blocks = blocks_of(lines, form)
    if len({block.mark.phrase.id for block in blocks if block.mark}) < FEWEST_PHRASES:
        raise _NoProfileError(
            "not_a_profile",
            say(
                "This does not look like a city profile from CitiesWithNature: its fixed headings, such as “Commitment "
                "Made:”, were not found. Use the file as it was downloaded, with its English headings."
            ),
        )
    chapters = {name: [block for block in blocks if block.chapter == name] for name in _names(blocks)}
    cover = read_cover(chapters.get("cover", []))
    overview = read_overview(chapters.get("overview", []))
    actions = ActionsReader(known)
    for block in chapters.get("actions", []):
        actions.take(block)
    areas = actions.areas()
    pathway, unread_pathway = read_pathway(chapters.get("pathway", []), known)
    index, unread_index = read_index(chapters.get("index", []), known)
    tools, unread_tools = read_tools(chapters.get("tools", []), known)
    ending = [block for block in chapters.get("end", []) if block.mark is None]
    said = [block.text for block in blocks if block.sign in SAID_BY_THE_PLATFORM]
    unread = [cover.unread, overview.unread, actions.unread, unread_pathway, unread_index, unread_tools, ending]
    prose, not_understood = _without_prose((block for part in unread for block in part), known)
    return with_keys(
        Profile(
            name=cover.name,
            date=cover.date,
            about=overview.about,
            population=overview.population,
            **{label: overview.texts.get(label, "") for label in ("country", "region", "head_of_government")},
            stated_actions=overview.stated_actions,
            achievements=tuple(overview.achievements),
            areas=areas,
            pathway=pathway,
            index=index,
            tools=tools,
            not_understood=not_understood,
            platform_text=(*said, *prose, *furniture),
            about_place=overview.about_place,
            population_place=overview.population_place,
        )
    )


def _names(blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(block.chapter for block in blocks))


def _without_prose(unread: Iterable[Block], known: Catalogue) -> tuple[tuple[str, ...], tuple[Unread, ...]]:
    """Put aside what the platform prints in every profile; what is left was not understood."""
    prose: list[str] = []
    others: list[Unread] = []
    running = False
    for block in sorted(unread, key=lambda one: one.lines[0].number):
        goes_on = running and block.lines[0].after_break and not prose[-1].endswith(".")
        running = known.form.is_prose(block.text) or goes_on
        if running:
            prose.append(block.text)
        else:
            others.append(Unread("\n".join(line.text for line in block.lines), block.place))
    return tuple(prose), tuple(others)


# What the reader of the profile should know of the file


def _problems(profile: Profile, name: str) -> Iterable[Problem]:
    count = explained_count(profile)
    if count is not None:
        yield replace(count, where=name)
    lost = sum(not commitment.title for commitment in profile.commitments)
    if lost:
        yield Problem(
            Severity.NOTE,
            "heading_lost",
            name,
            say("Commitments without a heading: {count}. Their actions were read all the same.", count=lost),
        )
    titles = sum(not action.title for action in profile.actions)
    if titles:
        yield Problem(
            Severity.WARNING,
            "title_lost",
            name,
            say("Actions without a title: {count}. Open the file and add the titles by hand.", count=titles),
        )
    if profile.not_understood:
        yield Problem(
            Severity.NOTE,
            "not_understood",
            name,
            say(
                "Parts of the file that were not understood: {count}. They are listed.",
                count=len(profile.not_understood),
            ),
        )
    if not profile.name:
        yield Problem(
            Severity.WARNING, "no_name", name, say("The name of the city was not found on the cover. Add it by hand.")
        )


def explained_count(profile: Profile) -> Problem | None:
    """Compare the number of actions that the overview states with those found; None where they agree."""
    found = sum(1 for _ in profile.actions)
    stated = profile.stated_actions
    if stated is None or stated == found:
        return None
    titles = [action.title for action in profile.actions if action.title]
    repeated = sum(times - 1 for times in Counter(titles).values())
    unknown = [title for title in titles if catalogue().action(title) is None]
    if found < stated:
        sentence = say(
            "The overview counts {stated} actions, {found} stand in this file. Pages may be missing, or headings were "
            "lost: look at the parts that were not understood.",
            stated=stated,
            found=found,
        )
    elif unknown:
        sentence = say(
            "The overview counts {stated} actions, {found} stand in this file. These bear titles that the platform "
            "is not known to give: {titles}. Look whether they are actions, or lines of the page.",
            stated=stated,
            found=found,
            titles=listed_apart(f"“{title}”" for title in unknown),
        )
    elif repeated:
        sentence = say(
            "The overview counts {stated} actions, {found} stand in this file: {repeated} of them bear a title that "
            "was there already, so an action may be listed under two commitments.",
            stated=stated,
            found=found,
            repeated=repeated,
        )
    else:
        sentence = say(
            "The overview counts {stated} actions, {found} stand in this file. All bear titles of the platform: "
            "actions may have been added after it counted them.",
            stated=stated,
            found=found,
        )
    return Problem(Severity.WARNING, "action_count", "", sentence)


__all__ = ["Place", "ProfileReading", "explained_count", "profile_of", "read_profile"]
