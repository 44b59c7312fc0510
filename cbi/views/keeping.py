"""The city's profile while a person looks at it and changes it: every change is saved as a new version of its paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from cbi.citieswithnature import Catalogue, Profile, catalogue
from cbi.citieswithnature.differences import Difference, differences
from cbi.citieswithnature.editing import UnknownItemError, blank, completed
from cbi.citieswithnature.kept import Kept, keep_profile, kept_of, kept_profile, versions_kept
from cbi.i18n import Sentence, say, translate
from cbi.store import StoreError
from cbi.store.errors import OutdatedPaperError
from cbi.store.records import Paper
from cbi.store.rights import Right
from cbi.views import visit, words
from cbi.views.basics import fold, leading, plain
from cbi.views.shown import Shown

EDITING, WRONG, DONE, CONFLICT = "actions/editing", "actions/wrong", "actions/done", "actions/conflict"
"""What is being edited, what was wrong with it, what was done last, and a change that another person forestalled."""
MOST_VERSIONS = 50
CLIPPED = 160

Step = Callable[[Profile], Profile]
"""A change of a profile; it can be made on a newer version too."""


class WrongEntryError(ValueError):
    """Something that a person typed cannot be taken: the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.text())
        self.sentence = sentence


@dataclass(frozen=True)
class Opened:
    """The profile of a city as this run shows it: every area and step of the platform, and the version it is.

    ``version`` is 0 where none is kept yet; then ``kept`` is None and the profile is empty. ``editable`` tells whether
    the person of this visit may change it.
    """

    city_id: int
    known: Catalogue
    profile: Profile
    version: int
    kept: Kept | None
    editable: bool = True

    def key(self, name: str) -> str:
        """Make the key of a widget that belongs to this city."""
        return f"actions/{self.city_id}/{name}"

    def field(self, name: str) -> str:
        """Make the key of a field that shows what this version says."""
        return f"actions/{self.city_id}/{self.version}/{name}"


@dataclass(frozen=True)
class Forestalled:
    """A change that was not saved, because another person saved first: what both began from, and both outcomes."""

    city_id: int
    step: Step
    mine: tuple[Difference, ...]
    theirs: tuple[Difference, ...]
    person: str
    sentence: Sentence


def opened(shown: Shown) -> Opened:
    """Open the profile that is kept with the city, or an empty one. Raises :class:`cbi.store.StoreError`."""
    city, known = shown.desk.head.city, catalogue(shown.language)
    kept = kept_profile(visit.store(), city.id)
    profile = completed(kept.profile, known) if kept else blank(city.name, known)
    return Opened(city.id, known, profile, kept.version if kept else 0, kept, shown.may(Right.KEEP_PROFILE))


# Editing


def is_editing(of: Opened, name: str) -> bool:
    """Tell whether the person is editing the part of the page with this name."""
    return bool(st.session_state.get(EDITING) == of.key(name))


def edit_button(of: Opened, name: str, label: str, icon: str = ":material/edit:") -> None:
    """Offer to edit a part of the page; one part is edited at a time."""
    if of.editable:
        st.button(label, key=of.key(f"edit {name}"), icon=icon, type="tertiary", on_click=_edit, args=(of.key(name),))


def _edit(name: str) -> None:
    st.session_state[EDITING] = name
    st.session_state.pop(WRONG, None)


def stop_editing() -> None:
    """Close the form that is open."""
    st.session_state.pop(EDITING, None)
    st.session_state.pop(WRONG, None)


@contextmanager
def form(of: Opened, name: str, language: str, save: Callable[[], Step], remove: Step | None = None) -> Iterator[None]:
    """Make a form with Save, Cancel and – where there is something to remove – Remove.

    ``save`` reads the fields and gives the change; it raises :class:`WrongEntryError` for what cannot be taken.
    """
    with st.form(of.field(f"form {name}"), border=True, enter_to_submit=False):
        yield
        wrong = st.session_state.get(WRONG)
        if wrong is not None:
            st.error(plain(wrong.text(language)), icon=":material/error:")
        with st.container(horizontal=True):
            st.form_submit_button(
                translate("Save", language), type=leading(), icon=":material/check:", on_click=_take, args=(of, save)
            )
            st.form_submit_button(translate("Cancel", language), icon=":material/close:", on_click=stop_editing)
            if remove is not None:
                st.form_submit_button(
                    translate("Remove", language), icon=":material/delete:", on_click=_remove, args=(of, remove)
                )


def _take(of: Opened, save: Callable[[], Step]) -> None:
    try:
        step = save()
    except WrongEntryError as error:
        st.session_state[WRONG] = error.sentence
        return
    change(of, step, say("Saved."))


def _remove(of: Opened, step: Step) -> None:
    change(of, step, say("Removed. An earlier version can be restored under “History” below."))


def change(of: Opened, step: Step, done: Sentence) -> None:
    """Save a change of the version that the person saw; if another was quicker, both are kept for the person."""
    try:
        mine = step(of.profile)
        keep_profile(visit.store(), of.city_id, mine, based_on=of.version, person=visit.person())
    except OutdatedPaperError as error:
        theirs = kept_of(error.theirs).profile if error.theirs.content is not None else blank("", of.known)
        mine_said = differences(of.profile, mine)
        theirs_said = differences(of.profile, completed(theirs, of.known))
        st.session_state[CONFLICT] = Forestalled(
            of.city_id, step, mine_said, theirs_said, error.theirs.person, error.sentence
        )
        stop_editing()
    except UnknownItemError:
        st.session_state[CONFLICT] = None
        st.session_state[WRONG] = say("What you changed is not there any more: another person removed it.")
    except StoreError as error:
        st.session_state[WRONG] = error.sentence
    else:
        st.session_state[DONE], st.session_state[CONFLICT] = done, None
        stop_editing()


# What happened


def tell(of: Opened, language: str) -> None:
    """Say what was done last, what went wrong outside a form, and what another person forestalled."""
    done = st.session_state.pop(DONE, None)
    if done is not None:
        st.success(plain(done.text(language)), icon=":material/check_circle:")
    if EDITING not in st.session_state and (wrong := st.session_state.pop(WRONG, None)) is not None:
        st.error(plain(wrong.text(language)), icon=":material/error:")
    found = st.session_state.get(CONFLICT)
    if found is not None and found.city_id == of.city_id:
        _forestalled(of, found, language)


def _forestalled(of: Opened, found: Forestalled, language: str) -> None:
    """Show both changes side by side; the page below shows what stands, which is theirs."""
    with st.container(border=True):
        st.warning(plain(found.sentence.text(language)), icon=":material/group:")
        left, right = st.columns(2)
        with left:
            _list(translate("Yours", language), found.mine, of, language)
            st.button(
                translate("Save yours on top of it", language),
                key=of.key("mine"),
                on_click=change,
                args=(of, found.step, say("Saved.")),
            )
        with right:
            _list(plain(found.person), found.theirs, of, language)
            left_so = say("Leave it as {person} saved it", person=plain(found.person)).text(language)
            st.button(left_so, key=of.key("theirs"), on_click=st.session_state.pop, args=(CONFLICT, None))


def _list(title: str, found: tuple[Difference, ...], of: Opened, language: str) -> None:
    lines = [_said(one, of, language) for one in found]
    st.markdown("\n".join([f"**{title}**\n", *(lines or ["–"])]))


def _said(one: Difference, of: Opened, language: str) -> str:
    head = say("{what} {happened}", what=one.what, happened=one.happened).text(language)
    title = plain(words.clipped(of.known.called(one.title), 80))
    texts = "".join(f"  \n“{plain(words.clipped(' '.join(text.split()), CLIPPED))}”" for text in one.texts)
    return f"- {head}{': ' if title else ''}{title}{texts}"


# History


def history(of: Opened, shown: Shown) -> None:
    """Fold away who saved the profile when, and what that changed, with a way back to each version."""
    if of.kept is not None:
        fold(
            translate("History", shown.language),
            of.key("history"),
            lambda: _versions(of, shown.language),
            icon=":material/history:",
        )


def _versions(of: Opened, language: str) -> None:
    papers = versions_kept(visit.store(), of.city_id)
    for paper, before in list(zip(reversed(papers), [*reversed(papers[:-1]), None], strict=True))[:MOST_VERSIONS]:
        with st.container(horizontal=True, vertical_alignment="top"):
            with st.container():
                st.markdown(f"**{words.when(paper.time)}** · {plain(paper.person)}")
                st.markdown("\n".join(_changes(of, before, paper, language)))
            if paper.version != of.version and paper.content is not None and of.editable:
                st.button(
                    translate("Restore", language),
                    key=of.key(f"restore {paper.version}"),
                    icon=":material/settings_backup_restore:",
                    width="content",
                    on_click=_restore,
                    args=(of, paper),
                )


def _changes(of: Opened, before: Paper | None, paper: Paper, language: str) -> list[str]:
    if paper.content is None:
        return [translate("withdrawn", language)]
    if before is None or before.content is None:
        return [translate("kept for the first time", language)]
    old, new = (completed(kept_of(one).profile, of.known) for one in (before, paper))
    return [_said(one, of, language) for one in differences(old, new)] or ["–"]


def _restore(of: Opened, paper: Paper) -> None:
    change(of, lambda _: kept_of(paper).profile, say("Restored."))
