"""The rows of a file that an import refuses, as a CSV to be mended and brought again."""

from collections.abc import Iterable
from itertools import groupby

from app.outcomes.imports import tabular
from app.outcomes.imports.plan import RefusedRow
from app.outcomes.imports.templates_csv import written


def as_csv(name: str, content: bytes, refusals: Iterable[RefusedRow]) -> str:
    """The refused rows as they were, with their numbers in the file and all that is wrong with each.

    What was added stands in the last columns, so that the file can come back as it is.
    """
    sheet = tabular.read(name, content)
    said = {
        number: " ".join(dict.fromkeys(one.why for one in ones))
        for number, ones in groupby(sorted(refusals, key=lambda one: one.number), lambda one: one.number)
    }
    width = len(sheet.heading)
    rows = (
        [*line.cells, *[""] * (width - len(line.cells)), str(line.number), said[line.number]]
        for line in sheet.lines
        if line.number in said
    )
    return written([[*sheet.heading, "row in the file", "why it was refused"], *rows])
