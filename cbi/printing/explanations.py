"""All that the definitions say of one indicator, as text for people at the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cbi.definitions import Edition
from cbi.definitions.edition import EARLIER
from cbi.definitions.models import Indicator, OwnInput, SharedInput
from cbi.i18n import Sentence, listed, say, translate
from cbi.labels import TO_BE_CHECKED, TRUST, citation, trust_of
from cbi.terminal import bold, paragraph
from cbi.units import signs


def explanation(asked: Edition, indicator: Indicator, language: str) -> str:
    """Print all that the definitions say of one indicator."""
    component = next(one.title for one in asked.components if one.id == indicator.component)
    lines = [
        bold(f"{indicator.number}  {indicator.title}"),
        f"{component} · {asked.frame.title} · {indicator.id}",
        "",
        paragraph(indicator.question),
    ]
    for title, text in (
        (say("Why it matters"), indicator.why),
        (say("What counts and what does not"), indicator.counts),
        (say("Who usually holds the data"), indicator.held_by),
        (say("What serves as evidence"), indicator.evidence),
    ):
        lines += ["", bold(title.text(language)), paragraph(text, "  ")]
    if indicator.inputs:
        lines += ["", bold(translate("What is entered", language)), *_inputs(asked, indicator, language)]
    if indicator.value is not None:
        lines += ["", bold(translate("How the value is formed", language)), *_formulas(asked, indicator, language)]
    lines += ["", bold(translate("Points", language)), *_bands(indicator)]
    lines += ["", bold(translate("How far this is trusted", language)), f"  {trust_of(indicator, language)}"]
    for word in dict.fromkeys(indicator.trust.values()):
        lines.append(paragraph(f"{TRUST[word].text(language)} – {asked.frame.trust_words[word]}", "  "))
    if not indicator.confirmed:
        lines.append(f"  {TO_BE_CHECKED.text(language).capitalize()}")
    lines.append(paragraph(citation(asked, indicator).text(language), "  "))
    targets = say(
        "Kunming-Montreal targets {gbf} · Sustainable Development Goals {sdg}",
        gbf=listed(map(str, indicator.links.gbf)),
        sdg=listed(indicator.links.sdg),
    )
    lines += ["", targets.text(language)]
    return "\n".join(lines)


def profile_explanation(asked: Edition, language: str) -> str:
    """Print all that Part I of the index asks, section by section."""
    lines = [bold(translate("City profile", language)), asked.frame.title]
    for section in asked.profile:
        lines += ["", bold(section.title)]
        for name, given in section.inputs.items():
            lines += _input(name, given, language)
    return "\n".join(lines)


FORMULAS = {
    "percentage": say("{part} ÷ {whole} × 100"),
    "share_of_sum": say("{part} ÷ ({part} + {rest}) × 100"),
    "per_thousand": say("{amount} in hectares ÷ {people} × 1 000"),
    "per_head": say("{amount} ÷ {people}"),
    "difference": say("{gain} − {loss}"),
    "as_given": say("{amount}"),
    "number_of": say("how many of the list are ticked: {items}"),
    "effective_mesh_size": say("sum of the squares of {groups} ÷ their sum"),
    "coherence": say("sum of the squares of {groups} ÷ the square of their sum × 100"),
}
"""The arithmetic of each measure, with the labels of the inputs in place of its roles."""


def _formulas(asked: Edition, indicator: Indicator, language: str) -> Iterator[str]:
    for way in indicator.ways:
        labels = {role: f"“{_label(asked, indicator, name, language)}”" for role, name in way.of.items()}
        formula = Sentence(FORMULAS[way.measure].template, labels).text(language)
        head = f"{way.label}: " if len(indicator.ways) > 1 else ""
        yield paragraph(f"{head}{formula}", "  ")
    yield paragraph(asked.frame.rounding, "  ")


def _label(asked: Edition, indicator: Indicator, name: str, language: str) -> str:
    given, label = indicator.inputs[name], asked.input(indicator.id, name).label
    if isinstance(given, SharedInput) and given.from_ in EARLIER:
        year = {"baseline": say("in the baseline year"), "previous": say("in the previous survey")}[given.from_]
        return say("{label} {year}", label=label, year=year).text(language)
    return label


def _inputs(asked: Edition, indicator: Indicator, language: str) -> Iterator[str]:
    for name, given in indicator.inputs.items():
        place = "" if isinstance(given, OwnInput) else f" ← {given.from_}"
        yield from _input(f"{name}{place}", asked.input(indicator.id, name), language)


def _input(name: str, given: OwnInput, language: str) -> Iterator[str]:
    units = ", ".join(signs(given.kind)) or (given.unit or "")
    if given.kind == "money":
        units = translate("with its currency, such as EUR, CNY or million USD", language)
    optional = translate("recorded beside the score", language) if given.optional else ""
    yield "  " + " · ".join(filter(None, [name, given.label, units, optional]))
    if given.help:
        yield paragraph(given.help, "      ")
    for item in given.items:
        yield f"      {item.id} · {item.label}"


def _bands(indicator: Indicator) -> Iterator[str]:
    for rung in indicator.ladder:
        yield f"  {rung.points}  {rung.text}  [{rung.id}]"
    if indicator.value is not None:
        for band in sorted(indicator.bands, key=lambda one: one.points):
            yield f"  {band.points}  {band.label(indicator.value.decimals, indicator.value.unit or '')}"
