"""What counts for an indicator and why it matters, folded away on its card – and the city's actions that move it."""

from __future__ import annotations

import streamlit as st

from cbi.citieswithnature import catalogue
from cbi.citieswithnature.kept import kept_profile
from cbi.definitions.models import Indicator
from cbi.i18n import listed, say, translate
from cbi.labels import TRUST, citation
from cbi.views import visit
from cbi.views.basics import plain, told_errors
from cbi.views.shown import Shown


def what_counts(shown: Shown, indicator: Indicator) -> None:
    """Say what counts, why it matters, who holds the data – and what the city does for it."""
    language = shown.language
    weakest = indicator.weakest_trust
    trust = say("{word} – {meaning}", word=TRUST[weakest], meaning=shown.edition.frame.trust_words[weakest])
    targets = say(
        "Kunming-Montreal targets {gbf} · Sustainable Development Goals {sdg}",
        gbf=listed(map(str, indicator.links.gbf)),
        sdg=listed(indicator.links.sdg),
    )
    for title, text in (
        (say("What counts and what does not"), indicator.counts),
        (say("Why it matters"), indicator.why),
        (say("Who usually holds the data"), indicator.held_by),
        (say("What serves as evidence"), indicator.evidence),
        (say("How far this is trusted"), trust.text(language)),
        (say("Linked targets"), targets.text(language)),
        (say("Where it is printed"), citation(shown.edition, indicator).text(language)),
    ):
        st.markdown(f"**{title.text(language)}**  \n{text}")
    with told_errors(language):
        _actions(shown, indicator)


def _actions(shown: Shown, indicator: Indicator) -> None:
    """List the actions of the city's profile that move this indicator; nothing where there are none."""
    language = shown.language
    kept = kept_profile(visit.store(), shown.desk.head.city.id)
    known = catalogue(language)
    moving = known.moving(kept.profile, indicator.id) if kept else ()
    if moving:
        heading = translate("What the city does for it", language)
        titles = "\n".join(f"- {plain(known.called(action.title) or '–')}" for action in moving)
        st.markdown(f"**{heading}**\n{titles}")
