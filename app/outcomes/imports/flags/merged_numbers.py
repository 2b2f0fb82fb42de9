"""Points out numbers in merged cells: each may be that of all its rows or columns together. Pure."""

from collections.abc import Iterator

from app.outcomes.imports import other_layouts
from app.outcomes.imports.flags.row_flags import FlaggedRow
from app.outcomes.imports.rows import ColumnMapping, FileLook

ROWS = "stands in one cell over several rows, and is read as the number of each. Is it that of all together?"
COLUMNS = "stands in one cell over several columns, and is read as the number of the first alone."


def of_merged_numbers(look: FileLook, mapping: ColumnMapping) -> Iterator[FlaggedRow]:
    """The numbers in merged cells of the columns whose numbers are read."""
    read = {*mapping.firsts, *mapping.seconds}
    if mapping.layout == "wide":
        read = {*range(len(look.heading))} - {*other_layouts.undated(look.heading)}
    for one in look.spread:
        if one.column in read or mapping.layout == "long":
            yield FlaggedRow(one.row, f"“{one.text}” {ROWS if one.rows else COLUMNS}")
