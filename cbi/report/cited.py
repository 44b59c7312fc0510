"""The list of sources: every text that a figure cites, numbered in the order of the report, and where it is cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbi.addresses import is_web_address
from cbi.assessment import Answer
from cbi.i18n import listed, say, translate
from cbi.report.content import Cited, CitedFile
from cbi.report.plain import SourceDetail
from cbi.report.setting import Setting
from cbi.report.telling import clipped

SHOWN_SIGNS = 170


class Register:
    """Numbers for sources: the same text, the same number."""

    def __init__(self, setting: Setting) -> None:
        self._numbers: dict[str, int] = {}
        self._places: dict[str, list[str]] = {}
        self._language = setting.language
        for place, source in _citations(setting):
            self._numbers.setdefault(source, len(self._numbers) + 1)
            places = self._places.setdefault(source, [])
            if place not in places:
                places.append(place)

    def numbers(self, sources: Iterable[str]) -> str:
        """Give the numbers of sources as they are cited: ``[1] [4]``."""
        found = sorted({self._numbers[source] for source in sources if source})
        return " ".join(f"[{number}]" for number in found)

    def titles(self, sources: Iterable[str]) -> str:
        """Cite sources by number and title, long titles shortened; the list at the end holds them in full."""
        found = sorted({(self._numbers[source], source) for source in sources if source})
        return "\n".join(f"[{number}] {clipped(source, SHOWN_SIGNS)}" for number, source in found)

    def listed(self, details: Sequence[SourceDetail]) -> tuple[Cited, ...]:
        """Give the list of sources, with what is known of each."""
        known = {detail.title: detail for detail in details}
        return tuple(
            self._cited(number, known.get(title, SourceDetail(title))) for title, number in self._numbers.items()
        )

    def _cited(self, number: int, source: SourceDetail) -> Cited:
        parts = [source.organisation, str(source.year or ""), source.link]
        if source.licence:
            parts.append(say("licence: {licence}", licence=source.licence).text(self._language))
        return Cited(
            number,
            source.title,
            " · ".join(filter(None, parts)),
            source.link if is_web_address(source.link) else "",
            tuple(CitedFile(file.name, file.sha256) for file in source.files),
            listed(self._places[source.title]).text(self._language),
        )


def _citations(setting: Setting) -> Iterator[tuple[str, str]]:
    """Give every citation with its place, in the order of the report."""
    for entry in setting.opened.profile.values():
        if entry.source:
            yield translate("profile", setting.language), entry.source
    for result in setting.card.results:
        for source in sources_of(setting.answer(result)):
            yield str(result.indicator.number), source
        for known in result.used.values():
            if known.entry.source and known.entry not in setting.opened.profile.values():
                yield str(result.indicator.number), known.entry.source


def sources_of(answer: Answer) -> Iterator[str]:
    """Give the sources that an answer cites itself."""
    for entry in (*answer.inputs.values(), *filter(None, [answer.finished])):
        if entry.source:
            yield entry.source
    if answer.source:
        yield answer.source
