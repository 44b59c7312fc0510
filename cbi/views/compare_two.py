"""Two years of a city: the difference like for like, and what an older edition means for it."""

from __future__ import annotations

import streamlit as st

from cbi.definitions import crosswalk, edition
from cbi.i18n import listed, listed_apart, say, translate
from cbi.over_time import like_for_like
from cbi.views import compare_change, words
from cbi.views.basics import fold, plain
from cbi.views.years import Pair
from cbi.wording import change_in_points, compared_indicators, signed


def section(pair: Pair) -> None:
    """Show what changed between two years."""
    st.header(pair.title, anchor=False)
    if pair.step.compared:
        _totals(pair)
    else:
        st.info(
            translate("No indicator was scored in both years, so nothing can be compared yet.", pair.language),
            icon=":material/info:",
        )
    _as_assessed(pair)
    _across_editions(pair)
    if pair.step.compared:
        compare_change.difference(pair)
    compare_change.left_out(pair)


# Totals


def _totals(pair: Pair) -> None:
    """Show the like-for-like totals: of the whole, and of each component."""
    language, step = pair.language, pair.step
    parts: list[tuple[str, str | None]] = [(translate("Like for like", language), None)]
    parts += [(words.SHORT_TITLES[one.id].text(language), one.id) for one in step.edition.components]
    with st.grid(4, min_column_width=150):
        for title, component in parts:
            found = like_for_like(step, component)
            st.metric(
                title,
                f"{found.before} → {found.after}" if found.compared else "–",
                signed(pair.voice, found.change) if found.compared else None,
                delta_color="green" if found.change > 0 else "red" if found.change else "off",
                delta_arrow="up" if found.change > 0 else "down" if found.change else "off",
                delta_description=say("{count} compared", count=found.compared).text(language),
                border=True,
            )
    st.markdown(
        say(
            "{points}, like for like, over {indicators}",
            points=change_in_points(step.points(), f"**{signed(pair.voice, step.points())}**"),
            indicators=compared_indicators(len(step.compared)),
        ).text(language)
    )


def _as_assessed(pair: Pair) -> None:
    """Name the full totals of both years, and say that they are not subtracted where they cover different things."""
    language = pair.language
    then, now = pair.years.card(pair.before), pair.years.card(pair.after)
    parts = [
        say(
            "{year}: {points} points of {attainable} attainable ({edition} edition)",
            year=card.year,
            points=card.total.points,
            attainable=card.total.attainable,
            edition=card.edition.id,
        )
        for card in (then, now)
    ]
    told = [say("As assessed, {years}.", years=listed_apart(parts)).text(language)]
    if then.edition.id != now.edition.id or len(pair.step.compared) < max(then.total.scored, now.total.scored):
        told.append(translate("These totals cover different indicators, so they are not subtracted.", language))
    st.caption(" ".join(told))


# Across editions


def _across_editions(pair: Pair) -> None:
    """Say which year was scored again under the newer edition, and fold away what could not be carried over and why."""
    step = pair.step
    if step.rescored_year is None:
        return
    told = say(
        "{year} was assessed under the {older} edition. Points of two editions are never subtracted: "
        "{year} was scored "
        "again under the {newer} edition from its own inputs, as far as the crosswalk allows: "
        "indicators {numbers}.",
        year=step.rescored_year,
        older=step.older_edition,
        newer=step.edition.id,
        numbers=listed(step.edition.indicator(name).number for name in step.rescored),
    )
    st.info(told.text(pair.language), icon=":material/sync_alt:")
    label = say("What did not carry over from the {older} edition, and why", older=step.older_edition)
    fold(label.text(pair.language), "compare/crosswalk", lambda: _not_carried(pair), icon=":material/rule:")


def _not_carried(pair: Pair) -> None:
    step, language = pair.step, pair.language
    older = edition(step.older_edition, language)
    lost = [
        _because(f"{older.indicator(name).number} · {older.indicator(name).title}", why)
        for name, why in (step.not_carried or {}).items()
    ]
    new = [
        _because(f"{one.number} · {step.edition.indicator(one.id).title}", one.why)
        for one in crosswalk(language).only
        if one.edition == step.edition.id
    ]
    for head, lines in (
        (say("Answered in {year}, but not carried over", year=step.rescored_year), lost),
        (say("Not asked by the {edition} edition", edition=step.older_edition), new),
    ):
        if lines:
            st.markdown("\n".join([f"**{head.text(language)}**", "", *lines]))


def _because(name: str, why: str) -> str:
    return f"- **{plain(name)}**: {plain(why)}"
