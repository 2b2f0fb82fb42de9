"""Points out periods read by the calendar where the file says that its years are financial ones. Pure."""

import re
from collections.abc import Iterator

from app.outcomes.imports.columns.heading_words import is_fiscal, says_year_end, worded
from app.outcomes.imports.flags.row_flags import FlaggedRow
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.period_text import span_of
from app.outcomes.measures.periods import read
from app.outcomes.spc.series import Unreadable

NUMBERED = re.compile(r"\d{4}[ /-]?m?\d{1,2}", re.ASCII | re.IGNORECASE)  # 2023M01, 202301, 2023-01
ONE_YEAR = re.compile(r"\D*[1-4]?\D*\d{4}\D*[1-4]?\D*", re.ASCII)  # 2023, Q1 2023, 2023 Q1
SAYS_FISCAL = re.compile(
    r"(?i)\b(financial|fiscal) (years?|quarters?)\b|\bfin\.? (years?|quarters?)\b"
    r"|\b(q1|quarter 1)\b\W*(is |=|:)?\W*apr"
)
SAYS_CALENDAR = re.compile(r"(?i)\bcalendar\b|\b(q1|quarter 1)\b\W*(is |=|:)?\W*jan")


def of_financial_years(
    look: FileLook, mapping: ColumnMapping, definition: Definition
) -> Iterator[FlaggedRow]:
    """What the heading of the periods, a title, a note or the name of the sheet says of it."""
    if mapping.layout not in ("rows", "wide"):
        return
    column = next((one for one in look.columns if one.index == mapping.period_at), None)
    example = (column.periods if column else look.across).example or ""
    try:
        read_as = read(example, definition.frequency, mapping.style).label if example else ""
    except Unreadable:
        return
    headings = look.place.last_heading
    if column and _may_be_another(column.heading, example, definition):
        said = (
            f"Column {column.letter} is headed “{column.heading[:60]}”, but “{example}” is read as {read_as}."
        )
        yield FlaggedRow(headings, said)
    span = span_of(example, mapping.style)
    of_one_year = span and span.unit in ("quarter", "year") and ONE_YEAR.fullmatch(example)
    if definition.frequency in ("quarter", "calendar_year") and of_one_year:
        for number, text in _around(look):
            if SAYS_FISCAL.search(worded(text)) and not SAYS_CALENDAR.search(worded(text)):
                yield FlaggedRow(
                    number, f"The file says “{text[:60]}”, but “{example}” is read as {read_as}."
                )
                return


def _may_be_another(heading: str, example: str, definition: Definition) -> bool:
    """Whether the heading says that it could be another month, or another year, than is read."""
    if definition.frequency == "calendar_year":
        return says_year_end(heading) and example.isdigit()
    fiscal = definition.frequency == "month" and is_fiscal(heading) and not says_year_end(heading)
    return fiscal and bool(NUMBERED.fullmatch(example))


def _around(look: FileLook) -> Iterator[tuple[int, str]]:
    """The texts above and below the table with their rows, and the name of the sheet."""
    for number, cells in (*look.above, *look.below):
        if number < look.place.first_heading or number > look.place.last_heading + look.rows:
            yield number, " ".join(filter(None, cells))
    yield look.place.last_heading, look.place.sheet
