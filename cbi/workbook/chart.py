"""A native chart of the points of each year, by component."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

COLOURS = ("1F5C3A", "5A9BB5", "D9A441")
"""One for each component; dark, middle and light, so that they differ in grey as well."""


def points_chart(page: Worksheet, *, first_row: int, years: int, first_column: int, components: int) -> BarChart:
    """Make a chart of stacked columns from a table: a column a year, a colour a component.

    ``first_row`` is the line of the headings, the years stand in column A, ``first_column`` is that of the first
    component.
    """
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "col", "stacked", 100
    last = first_row + years
    data = Reference(page, min_col=first_column, max_col=first_column + components - 1, min_row=first_row, max_row=last)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=first_row + 1, max_row=last))
    for series, colour in zip(chart.series, COLOURS, strict=False):
        series.graphicalProperties.solidFill = colour
    chart.x_axis.delete = chart.y_axis.delete = False  # Excel hides the axes of a chart that does not say so
    chart.y_axis.scaling.min = 0
    chart.legend.position = "b"
    chart.gapWidth = 80
    chart.width, chart.height = 24, 11
    return chart
