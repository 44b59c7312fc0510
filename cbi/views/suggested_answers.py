"""The answers that a profile suggests, one below the other, each to be ticked by a person or left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import streamlit as st

from cbi.citieswithnature import Suggestion
from cbi.citieswithnature.weighing import Weighed, Weighing
from cbi.definitions.edition import PROFILE
from cbi.gathering import figure
from cbi.i18n import say, translate, translate_number
from cbi.labels import SEVERITIES
from cbi.printing.profiles import CONFIDENCE, Places
from cbi.views import words
from cbi.views.basics import ICONS, plain
from cbi.views.shown import Shown

LONGEST_SENTENCE = 400
SAID_ABOVE = {
    "same_figure": say("The same figure stands for something else too; see above."),
    "two_boundaries": say("The profile measures within different boundaries; see above."),
    "does_not_add_up": say("It does not fit the figures beside it; see above."),
    "two_figures": say("Another place of the profile says something else; see above."),
}
"""What is said beside each figure of problems that are told once for the whole profile."""


def ticked(items: Iterable[Suggestion], digest: str) -> tuple[str, ...]:
    """List the ids of the suggestions that are ticked; ``digest`` names the file."""
    return tuple(one.id for one in items if st.session_state.get(_key(digest, one.id)))


def tick(ids: Iterable[str], digest: str) -> None:
    """Tick suggestions for the person, who asked for it."""
    for one in ids:
        st.session_state[_key(digest, one)] = True


def _key(digest: str, suggestion: str) -> str:
    return f"import/profile/{digest}/take/{suggestion}"


def listing(shown: Shown, weighing: Weighing, digest: str, place: Places) -> None:
    """Show every suggestion that would change something; those that stand here already are folded away."""
    for one in weighing.items:
        if not one.is_here:
            _suggestion(shown, one, digest, place)
    same = [one for one in weighing.items if one.is_here]
    if same:
        label = translate_number(
            "{count} answer stands here already", "{count} answers stand here already", len(same), shown.language
        )
        with st.expander(label.format(count=len(same)), icon=":material/done_all:"):
            st.markdown("\n".join(f"- {_line(shown, one)}" for one in same))


def _suggestion(shown: Shown, one: Weighed, digest: str, place: Places) -> None:
    language, item = shown.language, one.suggestion
    with st.container(border=True, gap="xsmall"):
        st.checkbox(
            _line(shown, one),
            key=_key(digest, item.id),
            disabled=shown.closed,
            on_change=_leave_rivals,
            args=(digest, item.id, one.rivals),
        )
        if any(sign.isalpha() for sign in item.sentence):
            st.markdown(f"> “{plain(_shortened(item.sentence))}”")
        st.markdown(" · ".join(_effects(shown, one)))
        for problem in item.problems:
            sentence = SAID_ABOVE.get(problem.code, problem.sentence)
            grave = words.capital(SEVERITIES[problem.severity].text(language))
            told = say(
                "**{label}**: {value}", label=grave, value=plain(sentence.text(language, shown.draft.number_format))
            )
            st.markdown(f"{ICONS[problem.severity]} {told.text(language)}")
        if one.rivals:
            rival = translate(
                "Another place of the profile gives this figure too. Only one can stand: the one ticked last.", language
            )
            st.markdown(f":material/alt_route: {rival}")
        st.caption(f":material/info: {plain(item.caution)}  \n{' · '.join(_facts(shown, one, place))}")


def _leave_rivals(digest: str, suggestion: str, rivals: Sequence[str]) -> None:
    """Of several figures for one input the one ticked last stands: the others lose their tick."""
    if st.session_state.get(_key(digest, suggestion)):
        for rival in rivals:
            st.session_state[_key(digest, rival)] = False


def _line(shown: Shown, one: Weighed) -> str:
    return say("{label}: {value}", label=_asked(shown, one.suggestion), value=f"**{_becomes(shown, one)}**").text(
        shown.language
    )


def _effects(shown: Shown, one: Weighed) -> Iterator[str]:
    """Say what stands now, and the points that change; the others would only be noise."""
    language = shown.language
    yield say("now: {value}", value=plain(one.now.text(language))).text(language)
    if one.only_record:
        yield translate("only year, quality, source or note change", language)
    changed = [effect for effect in one.effects if effect.before != effect.after]
    for effect in changed:
        told = translate_number(
            "indicator {number}: {before} → {after} point",
            "indicator {number}: {before} → {after} points",
            effect.after or 0,
            language,
        )
        before, after = _points(effect.before), _points(effect.after)
        yield f"**{told.format(number=effect.number, before=before, after=after)}**"
    if not changed:
        yield translate("no points change", language)


def _facts(shown: Shown, one: Weighed, place: Places) -> Iterator[str]:
    """Say how sure a suggestion is, of which day, and where it stands in the file."""
    language, item = shown.language, one.suggestion
    yield say("confidence {word}", word=CONFIDENCE[item.confidence]).text(language)
    if item.updated:
        yield say("updated {date}", date=item.updated.isoformat()).text(language)
    if where := place(item.where):
        yield where


def _points(points: int | None) -> str:
    return "–" if points is None else str(points)


def _asked(shown: Shown, item: Suggestion) -> str:
    """Name what is answered: a figure of the city profile, or number, title and input of an indicator."""
    if item.indicator is None:
        label = shown.edition.profile_inputs[item.place.removeprefix(f"{PROFILE}.")].label
        profile = translate("City profile", shown.language)
        return f"{profile} · {plain(label)}"
    indicator = shown.edition.indicator(item.indicator)
    label = shown.edition.input(indicator.id, item.input).label if item.input else ""
    return " · ".join(filter(None, (str(indicator.number), plain(indicator.title), plain(label))))


def _becomes(shown: Shown, one: Weighed) -> str:
    """Say what a suggestion becomes: the figure, or a note and a source where it is evidence only."""
    item = one.suggestion
    if item.entry is None:
        return translate("evidence: the sentence goes into the note, with its source", shown.language)
    sign = "%" if item.is_percent(shown.edition) else ""
    return plain(f"{figure(item.entry).text(shown.language, shown.draft.number_format)} {sign}".strip())


def _shortened(sentence: str) -> str:
    flat = " ".join(sentence.split())
    return flat if len(flat) <= LONGEST_SENTENCE else f"{flat[:LONGEST_SENTENCE].rstrip()}…"
