"""The rows of a file that an import refuses, as a CSV file to correct and upload again. Pure."""

from collections.abc import Iterable
from itertools import groupby

from app.outcomes.imports.plan import RefusedRow
from app.outcomes.imports.sources import table as tables
from app.outcomes.imports.sources.table import TablePlace
from app.outcomes.imports.templates_csv import csv_text


def as_csv(content: bytes, place: TablePlace, refusals: Iterable[RefusedRow]) -> str:
    """The refused rows unchanged, with their row numbers and the reasons in the last two columns.

    So the corrected file can be uploaded as it is.
    """
    table = tables.read(content, place)
    reasons = {
        number: " ".join(dict.fromkeys(one.why for one in ones))
        for number, ones in groupby(sorted(refusals, key=lambda one: one.number), lambda one: one.number)
    }
    width = len(table.heading)
    rows = (
        [*row.cells, *[""] * (width - len(row.cells)), str(row.number), reasons[row.number]]
        for row in table.rows
        if row.number in reasons
    )
    return csv_text([[*table.heading, "row in the file", "why it was refused"], *rows])
