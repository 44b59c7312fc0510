"""All that the definitions say of one indicator, as text for people at the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cbi.definitions import Edition
from cbi.definitions.models import Indicator, OwnInput
from cbi.handbook import formulas
from cbi.i18n import listed, say, translate
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


def _formulas(asked: Edition, indicator: Indicator, language: str) -> Iterator[str]:
    for formula in formulas(asked, indicator, language):
        yield paragraph(formula, "  ")
    yield paragraph(asked.frame.rounding, "  ")


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
