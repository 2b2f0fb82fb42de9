"""Says as which day a plain number of days, such as 45017, was read: no CSV says since when. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.outcomes.imports.rows import FileRow
from app.outcomes.imports.sources import day_count
from app.outcomes.measures.period_text import span_of
from app.outcomes.measures.periods import long_date

LONG_AGO = 1990  # before it hardly any file has numbers
SAID = (
    "“{text}” is read as {day}{far}: as a number of days, which spreadsheets count from 1900. Counted from "
    "1904, as older ones of Macs did, it is {other}. If that is right, write dates in the file."
)


def sentences(texts: Iterable[FileRow], today: date | None, *, in_book: bool = False) -> Iterator[str]:
    """One sentence where the first rows have such a number as their period.

    A workbook says where it counts from 1904, so that only days that are far away are pointed out in it.
    """
    for row in texts:
        span = span_of(row.period) if day_count.SERIAL.fullmatch(row.period) else None
        if span:
            to_come = today is not None and span.start > today
            far = ", long ago" if span.start.year < LONG_AGO else ", a day to come" if to_come else ""
            if in_book and not far:
                return
            other = date.fromisoformat(day_count.as_date(row.period))
            yield SAID.format(text=row.period, day=long_date(span.start), far=far, other=long_date(other))
            return
