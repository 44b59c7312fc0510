"""All that the edition says of one indicator, as a page of a handbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pandas as pd
import streamlit as st

from cbi.definitions import edition
from cbi.definitions.models import Indicator, OwnInput
from cbi.handbook import Worked, edges, formulas, label_of, worked_examples
from cbi.i18n import Sentence, listed, say, translate
from cbi.labels import ASPECTS, TRUST, citation, word_on_bands
from cbi.scoring import Result
from cbi.units import AREA_UNITS, PEOPLE_UNITS
from cbi.views import words
from cbi.views.basics import bold, plain
from cbi.views.shown import Shown
from cbi.wording import is_counted

AREA_KINDS = ("area", "list of area")
UNITS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(AREA_KINDS, tuple(unit.id for unit in AREA_UNITS)),
    "people": tuple(unit.id for unit in PEOPLE_UNITS),
}
"""The units that an input of a kind may come in."""


def whole(shown: Shown, result: Result) -> None:
    """Show the rule from the question to its source, its bands beside it."""
    indicator, language = result.indicator, shown.language
    st.markdown(f"**{indicator.question}**")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _text(say("What counts and what does not"), indicator.counts, language)
        _text(say("Why it matters"), indicator.why, language)
        _inputs(shown, indicator)
        _formed(shown, indicator)
        _text(say("Who usually holds the data"), indicator.held_by, language)
        _text(say("What serves as evidence"), indicator.evidence, language)
        targets = say(
            "Kunming-Montreal targets {gbf} · Sustainable Development Goals {sdg}",
            gbf=listed(map(str, indicator.links.gbf)),
            sdg=listed(indicator.links.sdg),
        )
        _text(say("Linked targets"), targets.text(language), language)
        _text(say("Where it is printed"), citation(shown.edition, indicator).text(language), language)
    with right:
        _bands(shown, result)
        _trust(shown, result)
        _edges(shown, indicator)
    _cases(shown, indicator)


def _text(title: Sentence, text: str, language: str) -> None:
    st.markdown(f"**{title.text(language)}**  \n{text}")


# What is entered


def _inputs(shown: Shown, indicator: Indicator) -> None:
    """List the inputs with their units, where they are asked, and the items to choose from."""
    if indicator.inputs:
        lines = [line for name in indicator.inputs for line in _input(shown, indicator, name)]
        st.markdown("\n".join([bold(translate("What is entered", shown.language)), "", *lines]))


def _input(shown: Shown, indicator: Indicator, name: str) -> Iterator[str]:
    language = shown.language
    asked = shown.edition.input(indicator.id, name)
    units = ", ".join(words.unit_name(unit, language) for unit in UNITS.get(asked.kind, ())) or (asked.unit or "")
    if asked.kind == "money":
        units = translate("with its currency, such as EUR, CNY or million USD", language)
    parts = [
        f"({units})" if units else "",
        "" if isinstance(indicator.inputs[name], OwnInput) else _asked_elsewhere(shown, indicator, name),
        translate("– recorded beside the score", language) if asked.optional else "",
    ]
    yield " ".join(filter(None, [f"- {label_of(shown.edition, indicator, name, language)}", *parts]))
    for item in asked.items:
        yield f"    - {item.label}"


def _asked_elsewhere(shown: Shown, indicator: Indicator, name: str) -> str:
    given = indicator.inputs[name]
    other = None if isinstance(given, OwnInput) else shown.edition.find(given.from_)
    if other is not None:
        return say("– asked at indicator {number}", number=other.number).text(shown.language)
    return translate("– asked in the city profile", shown.language)


def _formed(shown: Shown, indicator: Indicator) -> None:
    lines = [f"- {plain(line)}" for line in formulas(shown.edition, indicator, shown.language)]
    if lines:
        title = translate("How the value is formed", shown.language)
        st.markdown("\n".join([bold(title), "", *lines]))
        st.caption(shown.edition.frame.rounding)


# Bands and trust


def _bands(shown: Shown, result: Result) -> None:
    """Show the bands as a table; where the city has its own, the definition's beside them."""
    language = shown.language
    mine = band_texts(shown, result.indicator)
    head = [translate("Points", language), translate("Bands", language)]
    rows = [[str(points), text] for points, text in mine]
    if result.correction is not None:
        defined = edition(shown.edition.id, language).indicator(result.indicator.id)
        theirs = dict(band_texts(shown, defined))
        head = [head[0], translate("The city's own bands", language), translate("In the definition", language)]
        rows = [[points, text, theirs[int(points)]] for points, text in rows]
    st.table(
        pd.DataFrame(rows, columns=head).map(plain),
        border="horizontal",
        hide_index=True,
        alt=say("Bands of indicator {number}", number=result.indicator.number).text(language),
    )


def band_texts(shown: Shown, indicator: Indicator) -> list[tuple[int, str]]:
    """Print the bands or steps of an indicator from 0 to 4 points, in the reader's number format."""
    bands = sorted(indicator.bands, key=lambda band: band.points)
    rungs = [(rung.points, rung.text) for rung in indicator.ladder]
    return [*((band.points, words.band_label(shown, indicator, band)) for band in bands), *rungs]


def _trust(shown: Shown, result: Result) -> None:
    """Say how far rule and bands are trusted, what the words mean, and what the city says."""
    language, indicator = shown.language, result.indicator
    lines = [bold(translate("How far this is trusted", language))]
    for word in dict.fromkeys(indicator.trust.values()):
        aspects = listed(ASPECTS[name] for name, given in indicator.trust.items() if given is word).text(language)
        told = say("{aspect}: {word}", aspect=aspects, word=TRUST[word]).text(language)
        lines.append(f"{words.capital(told)} – {shown.edition.frame.trust_words[word]}")
    told_of_bands = word_on_bands(result)
    if told_of_bands is not None:
        lines.append(bold(plain(words.capital(told_of_bands.text(language)))))
    st.markdown("\n\n".join(lines))


# Examples


def _edges(shown: Shown, indicator: Indicator) -> None:
    """Show how values at the edges are read; what is counted one by one needs no rounding."""
    language, near = shown.language, edges(indicator)
    if not near or is_counted(shown.edition, indicator):
        return
    title = translate("Examples at the edges", language)
    st.markdown(bold(title))
    head = [one.text(language) for one in (say("Value"), say("Reads as"), say("Points"))]
    rows = [[shown.number(one.value), shown.number(one.read), str(one.points)] for one in near]
    st.table(
        pd.DataFrame(rows, columns=head),
        border="horizontal",
        hide_index=True,
        alt=title,
    )


def _cases(shown: Shown, indicator: Indicator) -> None:
    """Show cases worked out from inputs."""
    worked = worked_examples(shown.edition, indicator)
    if worked:
        lines = [f"- {plain(_worked(shown, indicator, one))}" for one in worked]
        st.markdown("\n".join([bold(translate("Cases worked out", shown.language)), "", *lines]))


def _worked(shown: Shown, indicator: Indicator, one: Worked) -> str:
    given = " · ".join(_given(shown, indicator, name, value) for name, value in one.inputs.items())
    points = words.points(one.result.points or 0, shown.language)
    return f"{given} → {words.value_of(shown, one.result)} → {points}"


def _given(shown: Shown, indicator: Indicator, name: str, value: object) -> str:
    asked = shown.edition.input(indicator.id, name)
    labels = {item.id: item.label for item in asked.items}
    values = value if isinstance(value, list | tuple) else [value]
    texts = [
        shown.number(Decimal(one)) if isinstance(one, int | Decimal) else labels.get(str(one), str(one))
        for one in values
    ]
    unit = " ha" if asked.kind in AREA_KINDS else ""
    text = "; ".join(texts) if texts else translate("None of these", shown.language)
    label = label_of(shown.edition, indicator, name, shown.language)
    return say("{label}: {value}", label=label, value=f"{text}{unit}").text(shown.language)
