"""The rows of a file that an import refuses, as a CSV file to correct and upload again. Pure."""

from collections.abc import Iterable
from itertools import groupby

from app.outcomes.imports.own_layout import PERIODS
from app.outcomes.imports.plan import RefusedRow
from app.outcomes.imports.rows import ColumnMapping
from app.outcomes.imports.sources import day_count
from app.outcomes.imports.sources import table as tables
from app.outcomes.imports.templates_csv import csv_text


def as_csv(content: bytes, mapping: ColumnMapping, refusals: Iterable[RefusedRow]) -> str:
    """The refused rows unchanged, with their row numbers and the reasons in the last two columns.

    So the corrected file can be uploaded as it is. It does not say that days count from 1904, as a workbook
    may, so that its numbers of days are dates.
    """
    table = tables.read(content, mapping.table)
    periods = {mapping.period_at, mapping.end_at} | {
        index for index, name in enumerate(table.heading) if name.casefold() in PERIODS
    }
    days = periods if table.since_1904 else set()
    reasons = {
        number: " ".join(dict.fromkeys(one.why for one in ones))
        for number, ones in groupby(sorted(refusals, key=lambda one: one.number), lambda one: one.number)
    }
    width = len(table.heading)
    rows = (
        [
            *(day_count.as_date(cell) if index in days else cell for index, cell in enumerate(row.cells)),
            *[""] * (width - len(row.cells)),
            str(row.number),
            reasons[row.number],
        ]
        for row in table.rows
        if row.number in reasons
    )
    return csv_text([[*table.heading, "row in the file", "why it was refused"], *rows])
