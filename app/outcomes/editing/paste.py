"""A table copied from a spreadsheet and pasted into the grid of numbers, by its periods. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.outcomes.editing.grid import MOST_LETTERS, GridRow, columns
from app.outcomes.measures import periods
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.periods import Period
from app.outcomes.spc.series import Unreadable

MOST_TEXT = 20_000  # letters
MOST_NAMED = 5  # lines without a period that are named on the page


class FilledGrid(Struct, frozen=True):
    """The grid with the pasted cells in `count` rows. `lost` are the lines and periods that fit no row."""

    rows: tuple[GridRow, ...]
    count: int
    lost: tuple[str, ...]


class PastedTable(Struct, frozen=True):
    """A table as read: cells by first day of their period, then by column; `lost` lines name no period."""

    cells: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, str]  # of the periods, by first day
    lost: tuple[str, ...]

    @property
    def earliest(self) -> str:
        """The first day of the earliest period; empty where there is none."""
        return min(self.cells, default="")


def read(definition: Definition, text: str) -> PastedTable:
    """Read a table of lines with cells between tabs or semicolons.

    The period may be in any cell of a line; after it come numerator, denominator and value, in this order. A
    single number is the value. Of a period that comes twice the first counts.
    """
    cells: dict[str, dict[str, str]] = {}
    labels: dict[str, str] = {}
    lost = []
    for line in text[:MOST_TEXT].splitlines():
        words = [word.strip() for word in line.split("\t" if "\t" in line else ";")]
        period, numbers = _parts(words, definition)
        key = period.start.isoformat() if period else ""
        if period and key not in cells:
            cells[key] = _by_column(definition, numbers)
            labels[key] = period.label
        elif line.strip():
            lost.append(" ".join(line.split())[:40])
    return PastedTable(cells, labels, tuple(lost))


def fill(rows: Sequence[GridRow], pasted: PastedTable) -> FilledGrid:
    """The rows with the pasted cells in them."""
    keys = {row.key for row in rows}
    beyond = [label for key, label in pasted.labels.items() if key not in keys]
    filled = tuple(
        replace(row, cells={**row.cells, **pasted.cells[row.key]}) if row.key in pasted.cells else row
        for row in rows
    )
    return FilledGrid(filled, len(pasted.cells) - len(beyond), (*pasted.lost, *beyond))


def _parts(words: Sequence[str], definition: Definition) -> tuple[Period | None, list[str]]:
    """The first period that a line names, and the cells after it."""
    for place, word in enumerate(words):
        try:
            return periods.read(word, definition.frequency), list(words[place + 1 :])
        except Unreadable:
            continue
    return None, []


def _by_column(definition: Definition, numbers: Sequence[str]) -> dict[str, str]:
    names = columns(definition)
    alone = len([one for one in numbers if one]) == 1
    if alone and len(names) > 1:
        return {"v": next(one for one in numbers if one)[:MOST_LETTERS]}
    return {name: word[:MOST_LETTERS] for name, word in zip(names, numbers, strict=False)}
