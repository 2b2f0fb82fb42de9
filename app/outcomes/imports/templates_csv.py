"""CSV files to fill in, in our own layouts, with the measures of a space. Pure."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from app.outcomes.imports import own_layout
from app.outcomes.measures.measure import Measure
from app.outcomes.measures.periods import latest_over
from app.outcomes.measures.values import is_divided
from app.spaces.csv_safety import plain

PERIODS = 3
NUMBER = re.compile(r"[-+]?[0-9][0-9,.]*%?")


def long(measures: Sequence[Measure], today: date) -> str:
    """One row per period: the latest ones of each measure, without numbers."""
    blank = [""] * (len(own_layout.COLUMNS) - 4)
    rows = [
        [one.code, "", period.start.isoformat(), period.end.isoformat(), *blank]
        for one in measures
        for period in latest_over(one.definition.frequency, today, PERIODS)
    ]
    return csv_text([own_layout.COLUMNS, *rows])


def wide(measures: Sequence[Measure], today: date) -> str:
    """One column per period, for the first measure."""
    first = measures[0].definition if measures else None
    frequency = first.frequency if first else "month"
    periods = latest_over(frequency, today, 12)
    parts = ["numerator", "denominator"] if first is None or is_divided(first) else ["value"]
    blank = [""] * len(periods)
    return csv_text(
        [["organisation", "part", *(one.label for one in periods)], *(["", part, *blank] for part in parts)]
    )


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """CSV text for spreadsheets: with a mark for UTF-8, and without any text that would become a formula.

    Negative numbers stay numbers.
    """
    out = io.StringIO()
    writing = csv.writer(out)
    for row in rows:
        writing.writerow([cell if NUMBER.fullmatch(cell) else plain(cell) for cell in row])
    return "\ufeff" + out.getvalue()


BY_NAME: dict[str, Callable[[Sequence[Measure], date], str]] = {
    "one-row-a-period.csv": long,
    "periods-side-by-side.csv": wide,
}
