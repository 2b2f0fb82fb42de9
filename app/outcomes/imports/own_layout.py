"""Our own CSV layout with one row per period: measure_code, org_code, period_start, numerator and so on."""

from collections.abc import Iterator

from app.outcomes.imports.rows import FileRow
from app.outcomes.imports.sources.table import Table
from app.outcomes.spc.series import Unreadable

COLUMNS = (
    *("measure_code", "org_code", "period_start", "period_end", "numerator", "denominator", "value"),
    *("status", "note"),
)
PERIODS = ("period_start", "period_end")
BREAKDOWN = "breakdown:"
TEMPLATE = """measure_code,org_code,period_start,period_end,numerator,denominator,value,note
home-in-two-days,,2026-01-01,2026-01-31,112,140,,
home-in-two-days,,2026-02-01,2026-02-28,118,139,,First month of the test
"""


def is_long(heading: list[str]) -> bool:
    """Whether a file with this heading has our own layout."""
    names = _names(heading)
    return "measure_code" in names and "period_start" in names


def rows(table: Table) -> Iterator[FileRow]:
    """Every row. Raises Unreadable for a column that is unknown or there twice, and a cell right of all."""
    names = _names(table.heading)
    _check(names)
    # The index of each column; a missing one gets the index of the empty cell after the last.
    places = [names.index(name) if name in names else len(names) for name in COLUMNS]
    breakdowns = [
        (place, name.removeprefix(BREAKDOWN))
        for place, name in enumerate(names)
        if name.startswith(BREAKDOWN)
    ]
    for number, cells in table.rows:
        if extra := "".join(cells[len(names) :]):
            said = f"Row {number} has a cell, “{extra[:40]}”, right of the last heading. "
            raise Unreadable(f"{said}Remove it, or give its column a heading.")
        row = cells + [""] * (len(names) + 1 - len(cells))
        measure, place, period, end, numerator, denominator, value, status, note = [row[i] for i in places]
        yield FileRow(
            number,
            measure,
            place,
            period,
            (numerator,),
            (denominator,),
            ("*" if status.casefold() == "suppressed" else value,),
            end,
            note=note,
            breakdown=tuple((words, row[i]) for i, words in breakdowns if row[i]),
            marks=(str(status),) if status and status.casefold() != "suppressed" else (),
            from_first_day=True,
        )


def _names(heading: list[str]) -> list[str]:
    return [name.strip().casefold().replace(" ", "_") for name in heading]


def _check(names: list[str]) -> None:
    known = [name for name in names if name in COLUMNS or name.startswith(BREAKDOWN)]
    for name in names:
        if names.count(name) > 1:
            raise Unreadable(f"The column “{name[:60]}” appears twice.")
        if name not in known:
            raise Unreadable(
                f"The column “{name[:60]}” is not known. Remove it, or name it breakdown:{name[:40]}."
            )
