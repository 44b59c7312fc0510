"""The export of a city's years as a clean workbook: scorecard, comparison with a chart, a sheet a year.

The sheets of the years hold the plain table, so :func:`cbi.tables.read_table` reads the workbook back without loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from cbi.assessment import Assessment
from cbi.comparison import Step, compare, score_years
from cbi.corrections import NO_BANDS, CityBands
from cbi.i18n import Sentence, translate
from cbi.labels import state_of
from cbi.numbers import plain_text
from cbi.problems import Problem
from cbi.report.building import report_content
from cbi.report.plain import Action, SourceDetail
from cbi.scoring import Scorecard
from cbi.tables import COLUMNS, table_rows
from cbi.tables.writing import Cell
from cbi.workbook import export_words as words
from cbi.workbook.chart import points_chart
from cbi.workbook.export_told import told_sheets
from cbi.workbook.page import describe, lines_of, make_book, printed, set_height, to_bytes
from cbi.workbook.styles import Styles


def write_export(
    assessments: Sequence[Assessment],
    *,
    baseline: int | None = None,
    bands: CityBands = NO_BANDS,
    language: str = "en",
    actions: Sequence[Action] = (),
    sources: Sequence[SourceDetail] = (),
    problems: Sequence[Problem] = (),
) -> bytes:
    """Write the years of one city as an ``.xlsx`` file, with what a report on the latest of them says beside figures.

    ``baseline`` is the baseline year, by default the earliest; ``bands`` what the city says of the printed
    bands; ``actions``, ``sources`` and ``problems`` are those that a report takes. Reading it as a plain table gives
    the assessments again, digit for digit. Raises ValueError for no assessment or several cities, and
    :class:`cbi.comparison.UnknownBaselineError` for a baseline that was not assessed.
    """
    if len({one.city for one in assessments}) != 1:
        raise ValueError("write_export() takes the assessments of one city")
    history = sorted(assessments, key=lambda one: (one.year or 0, one.edition))
    cards = score_years(history, baseline, language, bands)
    years = _year_names(history, language)
    compared = len({one.year for one in history if one.year is not None}) > 1
    names = [words.SCORECARD, words.COMPARISON, *([words.CHANGES] if compared else [])]
    content = report_content(
        history, history[-1], baseline=baseline, bands=bands, language=language, sources=sources, problems=problems
    )
    told = list(told_sheets(content, actions, language))
    book = make_book([*(name.text(language) for name in names), *years, *(sheet.name.text(language) for sheet in told)])
    styles = Styles(book, language)
    pages = iter(book.worksheets)
    city = history[0].city or translate("City without a name", language)
    _scorecard(next(pages), styles, city, cards[-1])
    _comparison(next(pages), styles, city, cards, years)
    if compared:
        _changes(next(pages), styles, city, compare(history, baseline, language, bands).against_baseline)
    for one in history:
        _year(next(pages), styles, one)
    for page, sheet in zip(pages, told, strict=True):
        styles.put(page["A1"], sheet.title.text(language), "title")
        set_height(page, 1, 2, language)
        _table(page, styles, 3, sheet.heads, sheet.rows, sheet.id, sheet.widths)
        printed(page, "A4", language)
    describe(book, words.title_of(city).text(language), language)
    return to_bytes(book)


def _year_names(history: Sequence[Assessment], language: str) -> list[str]:
    """Name the sheet of each year; with the edition where a year was assessed under two."""
    years = [one.year for one in history]
    return [
        (str(one.year) if one.year is not None else words.NO_YEAR.text(language))
        + (f" ({one.edition})" if years.count(one.year) > 1 else "")
        for one in history
    ]


def _scorecard(page: Worksheet, styles: Styles, city: str, card: Scorecard) -> None:
    language = styles.language
    total = card.total
    styles.put(page["A1"], words.title_of(city).text(language), "title")
    line = words.totals_of(card.year, card.edition.id, total.points, total.scored, len(card.results), total.maximum)
    styles.put(page["A2"], line.text(language), "text")
    set_height(page, 1, 2, language)
    titles = {component.id: component.title for component in card.edition.components}
    rows = [
        [
            result.indicator.number,
            result.indicator.title,
            titles[result.indicator.component],
            result.value,
            (result.indicator.value.unit or "") if result.indicator.value else "",
            result.points,
            result.band or "",
            state_of(result).text(language),
        ]
        for result in card.results
    ]
    _table(page, styles, 3, words.SCORECARD_COLUMNS, rows, "scorecard", (6, 40, 32, 14, 20, 8, 40, 26))
    printed(page, "A4", language)


def _comparison(page: Worksheet, styles: Styles, city: str, cards: Sequence[Scorecard], years: Sequence[str]) -> None:
    """Write the totals of every year, with a chart of the points of each component."""
    language = styles.language
    styles.put(page["A1"], words.over_the_years(city).text(language), "title")
    set_height(page, 1, 2, language)
    if len({card.edition.id for card in cards}) > 1:
        styles.put(page["A2"], words.EDITIONS_DIFFER.text(language), "text")
    components = cards[-1].edition.components
    titles = [component.title for component in components]
    rows = []
    for card, year in zip(cards, years, strict=True):
        points = [card.components[component.id].points for component in components]
        total = card.total
        rows.append([year, card.edition.id, *points, total.points, total.scored, total.attainable, total.maximum])
    heads: list[str | Sentence] = [*words.YEAR_COLUMNS[:2], *titles, *words.YEAR_COLUMNS[2:]]
    _table(page, styles, 3, heads, rows, "comparison", (14, 10, 24, 24, 24, 10, 12, 12, 12))
    chart = points_chart(page, first_row=3, years=len(rows), first_column=3, components=len(titles))
    chart.title = words.CHART.text(language)
    chart.x_axis.title, chart.y_axis.title = words.YEAR.text(language), words.POINTS.text(language)
    page.add_chart(chart, f"A{len(rows) + 5}")
    printed(page, "A4", language)


def _changes(page: Worksheet, styles: Styles, city: str, steps: Sequence[Step]) -> None:
    """Write each later year beside the baseline, indicator by indicator."""
    language = styles.language
    styles.put(page["A1"], words.against_baseline(city).text(language), "title")
    set_height(page, 1, 2, language)
    styles.put(page["A2"], words.LIKE_FOR_LIKE.text(language), "text")
    rows = []
    for step in steps:
        for one in step.differences:
            title = step.edition.indicator(one.indicator).title
            before, after = one.before, one.after
            values = [before.value, after.value, before.points, after.points]
            state = "" if one.compared else words.NOT_COMPARED.text(language)
            rows.append([step.from_year, step.to_year, one.number, title, *values, one.points, state])
    _table(page, styles, 3, words.CHANGE_COLUMNS, rows, "changes", (10, 10, 6, 46, 14, 14, 12, 12, 12, 26))
    printed(page, "A4", language)


def _year(page: Worksheet, styles: Styles, one: Assessment) -> None:
    """Write the plain table of a year; its headings stand on the first line, as every reader of tables expects."""
    rows = [[_numeric(row.get(column, "")) for column in COLUMNS] for row in table_rows([one])]
    _table(
        page,
        styles,
        1,
        COLUMNS,
        rows,
        f"answers_{page.parent.index(page)}",
        (20, 8, 9, 26, 24, 16, 12, 10, 10, 44, 44, 16),
    )
    printed(page, "A4", styles.language)


def _numeric(cell: Cell) -> Cell:
    """Keep a figure as a number where a spreadsheet gives back the very same digits; else it stays a text."""
    if isinstance(cell, Decimal) and plain_text(Decimal(repr(float(cell)))) != f"{cell:f}":
        return f"{cell:f}"
    return cell


def _table(
    page: Worksheet,
    styles: Styles,
    first: int,
    heads: Sequence[str | Sentence],
    rows: Sequence[Sequence[object]],
    name: str,
    widths: Sequence[float],
) -> None:
    """Write a table and mark it as one; ``first`` is the line of its headings."""
    texts = [head.text(styles.language) if isinstance(head, Sentence) else head for head in heads]
    for line, values in enumerate([texts, *rows], first):
        for place, value in enumerate(values, 1):
            look = "head" if line == first else "plain text" if isinstance(value, str) else "plain"
            styles.put(page.cell(line, place), value, look)
        room = zip(values, widths, strict=True)
        lines = max(lines_of(value, "plain", width - 1, styles.language) for value, width in room)
        set_height(page, line, lines, styles.language)
    if rows:
        marked = Table(displayName=name, ref=f"A{first}:{get_column_letter(len(texts))}{first + len(rows)}")
        marked.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        page.add_table(marked)
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = f"A{first + 1}"
    page.print_title_rows = f"{first}:{first}"
