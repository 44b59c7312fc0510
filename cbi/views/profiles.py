"""A CitiesWithNature profile on the page Import: what was read, what looks wrong, and the answers that it suggests."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import streamlit as st

from cbi.assessment import Assessment
from cbi.citieswithnature import Profile, ProfileReading, Suggestions, applied, catalogue, read_profile, suggested
from cbi.citieswithnature.kept import Kept, keep_profile, kept_profile
from cbi.citieswithnature.mixing import across
from cbi.citieswithnature.weighing import Weighing, sound, weigh
from cbi.comparison import score_in_history
from cbi.gathering import figure
from cbi.i18n import Sentence, listed_apart, say, translate, translate_number
from cbi.printing.profiles import counts_line, pathway_line, places_of
from cbi.problems import Problem, Severity
from cbi.scoring import Scorecard
from cbi.views import suggested_answers, visit, words
from cbi.views.basics import ICONS, leading, plain, tell, told_errors
from cbi.views.shown import Shown
from cbi.views.taking import next_round, save_touched

ENDINGS = ["pdf", "txt", "md"]
WITH_DECIMAL_COMMA = "de"
"""A locale that writes a comma before the decimals and a point between thousands."""


def is_profile_name(name: str) -> bool:
    """Tell by its ending whether a file is taken for a city profile."""
    return name.rpartition(".")[2].casefold() in ENDINGS


@st.cache_data(max_entries=8, show_spinner=False)
def read(data: bytes, name: str, language: str, numbers: str = "en") -> tuple[ProfileReading, Suggestions]:
    """Read a profile with what it suggests: once a file, however often the page runs.

    ``numbers`` is the locale that its figures are written in.
    """
    found = read_profile(data, name)
    return found, suggested(found.profile, language, numbers) if found.profile else Suggestions()


def section(shown: Shown, name: str, data: bytes) -> None:
    """Show what a profile holds and suggests; nothing is saved before the person agrees."""
    language = shown.language
    digest = sha256(name.encode() + b"\0" + data).hexdigest()[:12]
    reading, found = read(data, name, language)
    st.header(plain(name), anchor=False)
    if reading.profile is None:
        for problem in reading.problems:
            tell(problem, language)
        return
    profile = reading.profile
    with told_errors(language):
        kept = kept_profile(visit.store(), shown.desk.head.city.id)
        _overview(shown, profile, kept)
        unreadable = any(problem.code == "unreadable_figure" for problem in found.warnings)
        if unreadable and _has_decimal_commas(shown, digest):
            reading, found = read(data, name, language, WITH_DECIMAL_COMMA)
        _findings(shown, reading, found)
        _not_understood(shown, profile)
        if shown.edition.id == catalogue(language).edition.id:
            _answers(shown, profile, found, kept, name, digest)
        else:
            _other_edition(shown, profile, kept, name, digest)


def _has_decimal_commas(shown: Shown, digest: str) -> bool:
    """Ask how the figures are written where some cannot be read as English ones."""
    return st.toggle(
        translate("The figures are written with a decimal comma, such as 33,22", shown.language),
        key=f"import/profile/{digest}/commas",
    )


# What was read


def _overview(shown: Shown, profile: Profile, kept: Kept | None) -> None:
    language = shown.language
    parts = [profile.name or translate("City without a name", language)]
    if profile.date:
        parts.append(say("downloaded {date}", date=profile.date.isoformat()).text(language))
    lines = [f"**{plain(' · '.join(parts))}**", counts_line(profile).text(language)]
    tools = say("Tools and resources: {count}", count=len(profile.tools)).text(language)
    lines.append(f"{pathway_line(profile).text(language)} · {tools}")
    st.markdown("  \n".join(lines))
    for warning in _mismatches(shown, profile):
        st.warning(plain(warning.text(language)), icon=ICONS[Severity.WARNING])
    if kept is not None and kept.profile != profile:
        told = say(
            "A profile is kept with this city already; {person} saved it at {time}. Keeping this one takes its place. "
            "The earlier one stays in the history on the page “Actions”.",
            person=kept.person,
            time=words.when(kept.time),
        )
        st.info(plain(told.text(language)), icon=ICONS[Severity.NOTE])


def _mismatches(shown: Shown, profile: Profile) -> list[Sentence]:
    """Name both where the profile speaks of another city, or of another time than the year that is open."""
    here, found = shown.desk.head, []
    if profile.name and _folded(profile.name) != _folded(here.city.name):
        found.append(
            say(
                "The profile is that of “{theirs}”; the city that is open is “{ours}”. Go on only if both are the same "
                "city.",
                theirs=profile.name,
                ours=here.city.name,
            )
        )
    if profile.date and profile.date.year != here.year:
        found.append(
            say(
                "The profile was downloaded in {theirs}; the year that is open is {ours}. Look at the year of each "
                "figure.",
                theirs=profile.date.year,
                ours=here.year,
            )
        )
    return found


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _findings(shown: Shown, reading: ProfileReading, found: Suggestions) -> None:
    """Tell what is wrong with the file and what looks wrong in it, the gravest first; then what agrees."""
    order = list(Severity)
    problems: list[Problem] = sorted([*reading.problems, *found.warnings], key=lambda one: order.index(one.severity))
    for problem in problems:
        tell(problem, shown.language)
    if found.good_signs:
        title = translate("What agrees", shown.language)
        st.markdown(f"**{title}**")
        signs = (f":material/check: {plain(one.sentence.text(shown.language))}" for one in found.good_signs)
        st.markdown("  \n".join(signs))


def _not_understood(shown: Shown, profile: Profile) -> None:
    if not profile.not_understood:
        return
    language, place = shown.language, places_of(profile, shown.language)
    label = say("Not understood: {count}", count=len(profile.not_understood)).text(language)
    with st.expander(label, icon=":material/help:"):
        for one in profile.not_understood:
            st.markdown(f"**{place(one.place)}**  \n{plain(one.text)}")


# What it suggests


def _answers(shown: Shown, profile: Profile, found: Suggestions, kept: Kept | None, name: str, digest: str) -> None:
    language = shown.language
    st.subheader(translate("Suggested answers", language), anchor=False)
    if not found.items:
        st.markdown(translate("The profile holds no figure that the index asks for.", language))
    ticked = suggested_answers.ticked(found.items, digest)
    weighing = weigh(found.items, ticked, shown.desk.stored.assessment, lambda one: _scored(shown, one))
    if found.items:
        _total(shown, weighing, digest)
    suggested_answers.listing(shown, weighing, digest, places_of(profile, language))
    with st.container():
        _warn_of_mixing(shown, found, ticked)
    with st.container(horizontal=True):
        if st.button(
            say("Apply these and keep the profile ({count})", count=len(ticked)).text(language),
            type=leading(),
            disabled=shown.closed or not ticked,
            icon=":material/done:",
            key=f"import/profile/{digest}/apply",
        ):
            _apply(shown, profile, weighing, ticked, kept, name, digest)
        _keep_button(shown, profile, kept, name, digest)
        st.button(
            translate("Cancel", language),
            on_click=next_round,
            icon=":material/close:",
            key=f"import/profile/{digest}/cancel",
        )
    st.session_state[_seen_key(digest)] = _seen(weighing)


def _warn_of_mixing(shown: Shown, found: Suggestions, ticked: Sequence[str]) -> None:
    """Warn before the buttons where what is ticked may come from different boundaries."""
    mixed = across(found.items, ticked)
    if mixed:
        told = say(
            "What is ticked may be measured within different boundaries: {figures}. Only the larger boundary of the "
            "profile has room for the first. Apply these together only if all of them were measured within it.",
            figures=listed_apart(figure(one.entry) for one in mixed if one.entry),
        )
        st.warning(plain(told.text(shown.language, shown.draft.number_format)), icon=ICONS[Severity.WARNING])


def _scored(shown: Shown, assessment: Assessment) -> Scorecard:
    here = (assessment.year, assessment.edition)
    others = [one for one in shown.history.assessments if (one.year, one.edition) != here]
    return score_in_history(
        assessment, [*others, assessment], shown.history.baseline, shown.language, shown.history.bands
    )


def _total(shown: Shown, weighing: Weighing, digest: str) -> None:
    language = shown.language
    st.markdown(
        translate(
            "Tick what you accept, one by one. Each figure takes its sentence, its year and its source along.", language
        )
    )
    before, after = weighing.before.total.points, weighing.after.total.points
    total = translate_number("Total: {before} → {after} point", "Total: {before} → {after} points", after, language)
    sure = sound(weighing.items)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{total.format(before=before, after=after)}**", width="content")
        if sure:
            st.button(
                say("Tick those that nothing speaks against ({count})", count=len(sure)).text(language),
                on_click=suggested_answers.tick,
                args=(sure, digest),
                icon=":material/checklist:",
                disabled=shown.closed,
                key=f"import/profile/{digest}/sound",
            )


def _apply(
    shown: Shown, profile: Profile, weighing: Weighing, ticked: Sequence[str], kept: Kept | None, name: str, digest: str
) -> None:
    """Save what was agreed to, if what stands in the store still is what the person saw beside it."""
    if st.session_state.get(_seen_key(digest)) != _seen(weighing):
        st.warning(
            translate(
                "The store has changed since the preview. Nothing was saved: look at the new preview first.",
                shown.language,
            ),
            icon=":material/group:",
        )
        return
    chosen = [one.suggestion for one in weighing.items if one.suggestion.id in ticked]
    after = applied(chosen, shown.desk.stored.assessment)
    save_touched(shown, after, {one.place for one in chosen}, name)
    _keep(shown, profile, kept)
    next_round(
        say(
            "Saved: {count} answers from {name}. The profile is kept with the city; look at it on the page “Actions”.",
            count=len(chosen),
            name=name,
        )
    )
    st.rerun()


def _seen_key(digest: str) -> str:
    return f"import/profile/{digest}/seen"


def _seen(weighing: Weighing) -> tuple[tuple[str, str], ...]:
    return tuple((one.suggestion.id, one.now.text()) for one in weighing.items)


# Keeping it


def _keep_button(shown: Shown, profile: Profile, kept: Kept | None, name: str, digest: str) -> None:
    if st.button(
        translate("Keep the profile, take no figure", shown.language),
        icon=":material/inventory_2:",
        key=f"import/profile/{digest}/keep",
    ):
        _keep(shown, profile, kept)
        next_round(say("The profile {name} is kept with the city; look at it on the page “Actions”.", name=name))
        st.rerun()


def _keep(shown: Shown, profile: Profile, kept: Kept | None) -> None:
    version = kept.version if kept else 0
    city_id = shown.desk.head.city.id
    keep_profile(visit.store(), city_id, profile, based_on=version, person=visit.person())
    visit.store().trail.profile_kept(city_id)


def _other_edition(shown: Shown, profile: Profile, kept: Kept | None, name: str, digest: str) -> None:
    told = say(
        "A profile answers questions of the {wanted} edition; the year that is open is of the {found} edition. Open a "
        "year of the {wanted} edition to take figures, or keep the profile only.",
        wanted=catalogue().edition.id,
        found=shown.edition.id,
    )
    st.info(told.text(shown.language), icon=ICONS[Severity.NOTE])
    _keep_button(shown, profile, kept, name, digest)
