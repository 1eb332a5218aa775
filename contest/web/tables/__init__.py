"""What a staff page shows as a table, to be taken away: XLSX to calculate with, CSV and JSON for programs.

A table is described once, as columns over rows; the page offers it (`offered`), and whoever may read the page may save
it from the same address with the same filters.
"""

from contest.web.tables.description import (
    Column,
    Given,
    Kind,
    Table,
    date,
    link,
    moment,
    money,
    number,
    points,
    text,
    yes,
)
from contest.web.tables.offering import FORMATS, as_attachment, offered, streamed
from contest.web.tables.xlsx import XLSX, as_xlsx

__all__ = [
    "FORMATS",
    "XLSX",
    "Column",
    "Given",
    "Kind",
    "Table",
    "as_attachment",
    "as_xlsx",
    "date",
    "link",
    "moment",
    "money",
    "number",
    "offered",
    "points",
    "streamed",
    "text",
    "yes",
]
