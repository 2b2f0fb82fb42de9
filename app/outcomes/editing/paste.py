"""A table copied from a spreadsheet, with its months, laid into the grid of numbers. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.outcomes.editing.grid import MOST_LETTERS, GridRow, columns
from app.outcomes.measures import periods
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.periods import Period
from app.outcomes.spc.series import Unreadable

MOST_TEXT = 20_000  # letters
MOST_TOLD = 5  # lines that found no place


class Laid(Struct, frozen=True):
    """The grid with what was pasted in it. `lost` are the lines that found no place, as they begin."""

    rows: tuple[GridRow, ...]
    count: int
    lost: tuple[str, ...]


class Pasted(Struct, frozen=True):
    """What was read of a table: cells by the first day of their period; `lost` lines name none."""

    cells: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, str]  # of the same
    lost: tuple[str, ...]

    @property
    def earliest(self) -> str:
        return min(self.cells, default="")


def read(definition: Definition, text: str) -> Pasted:
    """The period may be in any cell of a line; after it come numerator, denominator and value, in this order.

    A single number is the value where that is not worked out. Of a period that comes twice the first counts.
    """
    found: dict[str, dict[str, str]] = {}
    labels: dict[str, str] = {}
    lost = []
    for line in text[:MOST_TEXT].splitlines():
        words = [word.strip() for word in line.split("\t" if "\t" in line else ";")]
        period, numbers = _parts(words, definition)
        key = period.start.isoformat() if period else ""
        if period and key not in found:
            found[key] = _named(definition, numbers)
            labels[key] = period.label
        elif line.strip():
            lost.append(" ".join(line.split())[:40])
    return Pasted(found, labels, tuple(lost))


def lay(rows: Sequence[GridRow], pasted: Pasted) -> Laid:
    """The rows with the cells in place."""
    keys = {row.key for row in rows}
    beyond = [label for key, label in pasted.labels.items() if key not in keys]
    laid = tuple(
        replace(row, cells={**row.cells, **pasted.cells[row.key]}) if row.key in pasted.cells else row
        for row in rows
    )
    return Laid(laid, len(pasted.cells) - len(beyond), (*pasted.lost, *beyond))


def _parts(words: Sequence[str], definition: Definition) -> tuple[Period | None, list[str]]:
    """The period that a line names, and the cells after it."""
    for place, word in enumerate(words):
        try:
            return periods.read(word, definition.frequency), list(words[place + 1 :])
        except Unreadable:
            continue
    return None, []


def _named(definition: Definition, numbers: Sequence[str]) -> dict[str, str]:
    names = columns(definition)
    alone = len([one for one in numbers if one]) == 1
    if alone and len(names) > 1:
        return {"v": next(one for one in numbers if one)[:MOST_LETTERS]}
    return {name: word[:MOST_LETTERS] for name, word in zip(names, numbers, strict=False)}
