"""The columns of a matrix: the whole, each organisation and area, by what they are and not by name. Pure."""

from collections.abc import Iterable

from msgspec import Struct

from app.outcomes.view.content import SeriesContent
from app.outcomes.view.series_view import SeriesView

Whose = tuple[bool, str, str]  # whether it is the whole, the id of an organisation, the name of an area


class Column(Struct, frozen=True):
    """A column with its heading and colour."""

    whose: str
    colour: int
    of: Whose

    @property
    def together(self) -> bool:
        return self.of[0]

    def cell(self, series: Iterable[SeriesView]) -> SeriesView | None:
        """The one of a measure's series that stands in this column."""
        return next((one for one in series if _of(one.row) == self.of), None)


def columns_of(series: Iterable[SeriesView]) -> tuple[Column, ...]:
    """All together first, then organisations, then areas; each by name. Those without any value come last."""
    rows: dict[Whose, SeriesContent] = {}
    with_values: set[Whose] = set()
    for one in series:
        of = _of(one.row)
        rows.setdefault(of, one.row)
        if one.reading.latest is not None:
            with_values.add(of)
    ordered = sorted(
        (of not in with_values, not row.together, row.organisation is None, row.whose.casefold(), of)
        for of, row in rows.items()
    )
    return tuple(Column(rows[of].whose, rows[of].colour, of) for *_, of in ordered)


def _of(row: SeriesContent) -> Whose:
    area = "" if row.together or row.organisation else row.whose.casefold()
    return row.together, row.organisation or "", area
