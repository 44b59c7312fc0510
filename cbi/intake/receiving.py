"""Receiving a file: what form it is, whose it is, and what was understood of it. Nothing is changed by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cbi.definitions import EDITIONS
from cbi.i18n import Sentence, listed_apart, say
from cbi.intake.forms import form_of_book
from cbi.intake.grids import open_book, short_name
from cbi.intake.lines import Understanding, understand_lines
from cbi.intake.mapping import FormMapping, mapped_lines
from cbi.intake.model import FormKind, Line, Received
from cbi.intake.tables import heads, is_full_head, table_lines
from cbi.intake.template import is_template, read_template
from cbi.intake.understood import Manner
from cbi.problems import Problem, Severity, has_errors
from cbi.sheets import Book, SheetFileError

NO_MAPPINGS: Mapping[str, FormMapping] = {}
NO_ANSWERS: Mapping[str, str] = {}


def receive(
    data: bytes,
    name: str,
    *,
    edition_id: str = EDITIONS[0],
    locale: str = "en",
    language: str = "en",
    mappings: Mapping[str, FormMapping] = NO_MAPPINGS,
    answers: Mapping[str, str] = NO_ANSWERS,
    city: str | None = None,
    year: int | None = None,
) -> Received:
    """Read a file that somebody sent, for one city in one year.

    ``name`` is what messages call it. ``edition_id`` holds where the file names no edition; ``locale`` says how
    numbers in texts are written; ``language`` is the reader's. ``mappings`` are those kept for forms, by their
    fingerprint; ``answers`` those to questions, by their id or group. A table of several years gives the one of
    ``city`` and ``year``, and says which others it holds. Never raises for what is in the file.
    """
    found = receive_each(
        data, name, edition_id=edition_id, locale=locale, language=language, mappings=mappings, answers=answers
    )
    if len(found) == 1:
        return found[0]
    wanted = [one for one in found if (one.city, one.year) == (city, year)]
    near = [one for one in found if one.year == year] or list(found)
    chosen = (wanted or near)[0]
    sentence = say(
        "The table holds several years: {known}. Read now: {chosen}. For another one, open that year and import the "
        "table there.",
        known=listed_apart(named(one) for one in found),
        chosen=named(chosen),
    )
    problem = Problem(Severity.WARNING, "several_years", chosen.name, sentence)
    return replace(chosen, problems=(problem, *chosen.problems))


def named(one: Received) -> Sentence:
    """Name city, year and edition of what was received, as far as the file says them."""
    if one.year is None:
        return say("{edition} edition", edition=one.edition)
    if one.city is None:
        return say("{year} ({edition} edition)", year=one.year, edition=one.edition)
    return say("{city}, {year} ({edition} edition)", city=one.city, year=one.year, edition=one.edition)


def receive_each(
    data: bytes,
    name: str,
    *,
    edition_id: str = EDITIONS[0],
    locale: str = "en",
    language: str = "en",
    mappings: Mapping[str, FormMapping] = NO_MAPPINGS,
    answers: Mapping[str, str] = NO_ANSWERS,
) -> tuple[Received, ...]:
    """Read a file that somebody sent: one :class:`Received` for each city, year and edition that it holds.

    The parameters are those of :func:`receive`. There is always at least one; a file that cannot be read gives
    one that is refused and says why.
    """
    shown = short_name(name)
    try:
        book = open_book(data, shown)
    except SheetFileError as error:
        problem = Problem(Severity.ERROR, error.code, shown, error.sentence)
        return (Received(shown, FormKind.REFUSED, edition_id, problems=(problem,)),)
    by_locale = book.is_text or any(is_full_head(sheet) for sheet in book.sheets)
    reading = _Reading(shown, language, Manner(locale, by_locale), answers, (*book.problems, *_cut(book)))
    if is_template(book):
        return (reading.template(book, edition_id),)
    if heads(book):
        return reading.tables(book, edition_id)
    return (reading.form(book, edition_id, mappings),)


class _Reading:
    """What holds for a whole file while it is read."""

    def __init__(
        self, name: str, language: str, manner: Manner, answers: Mapping[str, str], problems: tuple[Problem, ...]
    ) -> None:
        self.name, self.language, self.manner, self.answers = name, language, manner, answers
        self.problems = problems

    def understand(self, lines: Iterable[Line], edition_id: str, *, reasons_apart: bool = False) -> Understanding:
        """Understand lines under an edition; ``reasons_apart`` as for :func:`understand_lines`."""
        return understand_lines(
            lines,
            edition_id=edition_id,
            language=self.language,
            manner=self.manner,
            answers=self.answers,
            reasons_apart=reasons_apart,
        )

    def received(
        self,
        form: FormKind,
        edition_id: str,
        understood: Understanding,
        problems: tuple[Problem, ...] = (),
        city: str | None = None,
        year: int | None = None,
    ) -> Received:
        """Put together what was received."""
        return Received(
            self.name,
            form,
            edition_id,
            city,
            year,
            understood.items,
            (*self.problems, *problems, *understood.problems),
            understood.questions,
        )

    def template(self, book: Book, edition_id: str) -> Received:
        """Give what our own template holds."""
        found = read_template(book, edition_id)
        understood = self.understand(found.lines, found.edition)
        return self.received(FormKind.TEMPLATE, found.edition, understood, found.problems, found.city, found.year)

    def form(self, book: Book, edition_id: str, mappings: Mapping[str, FormMapping]) -> Received:
        """Give what a form of somebody else holds, if it was mapped; else describe it."""
        form = form_of_book(book)
        mapping = mappings.get(form.fingerprint)
        if mapping is not None:
            understood = self.understand(mapped_lines(book, mapping), mapping.edition)
            return replace(self.received(FormKind.MAPPED, mapping.edition, understood), mapped=form)
        if form.sheets:
            return Received(self.name, FormKind.UNKNOWN, edition_id, problems=self.problems, unknown=form)
        problems = self.problems
        if not has_errors(problems):
            sentence = say("The file holds no labels with figures beside or below them. Is it the right file?")
            problems = (Problem(Severity.ERROR, "nothing_found", self.name, sentence), *problems)
        return Received(self.name, FormKind.REFUSED, edition_id, problems=problems)

    def tables(self, book: Book, edition_id: str) -> tuple[Received, ...]:
        """Give what a plain table holds, year by year; what belongs to no year stands with the first."""
        lines = table_lines(book, edition_id, self.language)
        if not lines.by_year:
            sentence = say("The table names its columns but holds no figure below them. Add a row for each figure.")
            none = () if lines.problems else (Problem(Severity.ERROR, "no_rows", self.name, sentence),)
            problems = (*self.problems, *lines.problems, *none)
            return (Received(self.name, FormKind.TABLE, edition_id, problems=problems),)
        found = []
        rest = lines.problems
        for (city, year, edition_name), these in lines.by_year.items():
            understood = self.understand(these, edition_name, reasons_apart=True)
            found.append(self.received(FormKind.TABLE, edition_name, understood, rest, city, year))
            rest = ()
        return tuple(found)


def _cut(book: Book) -> list[Problem]:
    """Name the sheets that were not read to their end."""
    problems = []
    for sheet in book.sheets:
        last = sheet.rows[-1][0] if sheet.cut and sheet.rows else 1
        if sheet.cut == "large":
            sentence = say(
                "The sheet is larger than any form of the index. What lies beyond row {row} was not read.", row=last
            )
            problems.append(Problem(Severity.ERROR, "too_large", sheet.name, sentence))
        elif sheet.cut:
            sentence = say(
                "Row {row} is followed by thousands of empty rows. What may stand below them was not read.", row=last
            )
            problems.append(Problem(Severity.NOTE, "blank_rows", sheet.name, sentence))
    return problems
