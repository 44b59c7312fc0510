"""The columns of the plain table."""

COLUMNS = (
    "city",
    "year",
    "edition",
    "indicator",
    "input",
    "value",
    "unit",
    "data_year",
    "quality",
    "source",
    "note",
    "reason",
)
