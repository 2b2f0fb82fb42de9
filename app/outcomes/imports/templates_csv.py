"""Files to fill in: our own layouts, with the measures of a space in them."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence

from app.db import now
from app.outcomes.csv_safety import plain
from app.outcomes.imports import csv_long
from app.outcomes.measures.measure import Measure
from app.outcomes.measures.periods import latest_over
from app.outcomes.measures.values import is_divided

PERIODS = 3
NUMBER = re.compile(r"[-+]?[0-9][0-9,.]*%?")


def long(measures: Sequence[Measure]) -> str:
    """One row a period: the last ones of each measure, to be filled in."""
    blank = [""] * (len(csv_long.COLUMNS) - 4)
    rows = [
        [one.code, "", period.start.isoformat(), period.end.isoformat(), *blank]
        for one in measures
        for period in latest_over(one.definition.frequency, now().date(), PERIODS)
    ]
    return written([csv_long.COLUMNS, *rows])


def wide(measures: Sequence[Measure]) -> str:
    """Periods side by side, for one measure; the mapping asks which."""
    first = measures[0].definition if measures else None
    frequency = first.frequency if first else "month"
    periods = latest_over(frequency, now().date(), 12)
    parts = ["numerator", "denominator"] if first is None or is_divided(first) else ["value"]
    blank = [""] * len(periods)
    return written(
        [["organisation", "part", *(one.label for one in periods)], *(["", part, *blank] for part in parts)]
    )


def written(rows: Iterable[Sequence[str]]) -> str:
    """CSV as spreadsheets open it: with a mark that it is UTF-8, and no text that becomes a formula.

    A number below zero stays one.
    """
    out = io.StringIO()
    writing = csv.writer(out)
    for row in rows:
        writing.writerow([cell if NUMBER.fullmatch(cell) else plain(cell) for cell in row])
    return "\ufeff" + out.getvalue()


BY_NAME: dict[str, Callable[[Sequence[Measure]], str]] = {
    "one-row-a-period.csv": long,
    "periods-side-by-side.csv": wide,
}
