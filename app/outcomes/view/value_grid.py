"""The values of several series of one measure side by side, for paper: a row for each period. Pure.

What the chart says of a value is a number beside it, and the words of that number stand below, once.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import unit_words
from app.outcomes.view.figure import Figure
from app.outcomes.view.series_view import PointView

COLUMNS = 6  # that a page holds beside the periods


class GridCell(Struct, frozen=True):
    """A value without its unit, empty where there is none; `remark` is the number of what is said of it."""

    value: str
    remark: int = 0


class ValueGrid(Struct, frozen=True):
    """Values by period and by whose they are. `remarks` are the words of the numbers, from 1 on."""

    measure: str
    unit: str
    whose: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell, ...]], ...]
    remarks: tuple[str, ...]
    has_counts: bool  # whether there are numerators and denominators, which are not in it


def value_grids(definition: Definition, figures: Sequence[Figure]) -> Iterator[ValueGrid]:
    """Grids of at most COLUMNS series each."""
    for begin in range(0, len(figures), COLUMNS):
        yield _grid(definition, figures[begin : begin + COLUMNS])


def _grid(definition: Definition, figures: Sequence[Figure]) -> ValueGrid:
    columns = [{(one.dot.start, one.dot.end): one for one in figure.points} for figure in figures]
    labels = {window: point.label for column in columns for window, point in column.items()}
    unit = unit_words(definition)
    remarks: dict[str, int] = {}

    def cell(point: PointView | None) -> GridCell:
        if point is None:
            return GridCell("")
        said = remarks.setdefault(point.short_remarks, len(remarks) + 1) if point.short_remarks else 0
        return GridCell(point.value.removesuffix(f" {unit}"), said)

    def row(window: tuple[date, date]) -> tuple[GridCell, ...]:
        return tuple(cell(column.get(window)) for column in columns)

    return ValueGrid(
        definition.name,
        "" if unit == "%" else unit,
        tuple(figure.whose for figure in figures),
        tuple((labels[window], row(window)) for window in sorted(labels)),
        tuple(remarks),
        any(figure.has_counts for figure in figures),
    )
