"""The rows of a table that are taken, and what the columns that nobody chose say of whose they are. Pure.

One row for each period, of two wards or of another organisation, would else be one's own in silence.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.outcomes.imports.columns.place_column import says_whose
from app.outcomes.imports.plan import Lookup
from app.outcomes.imports.rows import ColumnMapping, cell_at, folded
from app.outcomes.imports.sources.cell import kind_of, letter
from app.outcomes.imports.sources.table_finder import NumberedRow

TWO = (
    "{column} says “{first[1]}” in row {first[2]} and “{second[1]}” in row {second[2]}. If the column names "
    "the place, choose it. Else say below that all rows are those of your organisation, or choose only some "
    "of the rows."
)
OTHER = (
    "{column} says “{said[1]}” in row {said[2]}, which is another organisation of this space. If these rows "
    "are its own, choose the column of the place. If they are those of your organisation, write “{names}” "
    "below as what the file calls it, or choose only some of the rows."
)
FEW_WORDS = 40  # by which a column without a telling heading is known
REMEMBERED = 100_000  # different cells, after which they are looked at again
POINTS = re.compile(r"(?<!\d)[.,'’`-]|[.,'’`-](?!\d)")  # by which two spellings of a name differ

Said = tuple[str, str, int]  # whose it is, the words for it, and the number of the row


class EmptyCells(NamedTuple):
    """How many cells are empty, the row of the first, and the period or value that it is below."""

    cells: int = 0
    row: int = 0
    below: str = ""

    def and_one(self, row: int, below: str) -> "EmptyCells":
        """With one more."""
        return self._replace(cells=self.cells + 1) if self.cells else EmptyCells(1, row, below)


class TakenRows:
    """How many rows are `left_out`, and whose the others are, as long as no column is said to name it.

    `empty` counts the cells that are passed over where periods are headings, `filled` those that are read as
    the value above them.
    """

    def __init__(self, mapping: ColumnMapping, known: Lookup, refused: Collection[int] = ()) -> None:
        self.left_out = 0
        self.empty = self.filled = EmptyCells()
        self._known, self._called, self._refused = known, known.own_names, refused
        self._watching = mapping.layout in ("rows", "wide") and mapping.place_at is None
        self._may_differ = mapping.add_up or mapping.blank == "own"
        self._split = mapping.breakdown_at
        alone = (mapping.period_at, mapping.month_at, mapping.end_at, mapping.marks_at, mapping.part_at)
        self._used = {*alone, *mapping.firsts, *mapping.seconds, *mapping.breakdown_at}
        self._heading: Sequence[str] = ()
        self._seen: set[tuple[object, ...]] = set()
        self._first: dict[tuple[object, ...], Said] = {}  # by column and group
        self._two: dict[int, tuple[Said, Said]] = {}
        self._other: dict[str, tuple[int, Said]] = {}  # by its name in the file, with the column
        self._words: dict[int, set[str]] = {}

    def begin(self, heading: Sequence[str], numbers: Collection[int] = ()) -> None:
        """The heading of the table, and which of its columns have the numbers where periods are headings."""
        self._heading = heading
        self._used |= {*numbers, *(one + 1 for one in numbers if not cell_at(list(heading), one + 1))}

    def add(self, row: NumberedRow, number: int) -> None:
        """Take a row into account that is taken. `number` is that of its values, which may be refused."""
        if not self._watching or number in self._refused:
            return
        group = tuple(cell_at(row.cells, index) for index in self._split)
        for index, cell in enumerate(row.cells):
            if cell and index not in self._used and (key := (index, group, cell)) not in self._seen:
                self._seen.add(key)
                self._look_at(index, group, cell, row.number)
        if len(self._seen) > REMEMBERED:
            self._seen.clear()

    @property
    def names_another(self) -> bool:
        """Whether a row names another organisation of the space."""
        return bool(self._other)

    def question(self) -> str:
        """Whose the rows are, where that is open."""
        for index, said in self._other.values():
            names = "; ".join(
                filter(None, (self._known.called, *(one[1] for _, one in self._other.values())))
            )
            return OTHER.format(column=self._named(index), said=said, names=names)
        for index, (first, second) in sorted(self._two.items()):
            if says_whose(self._head(index), self._words[index]):
                return TWO.format(column=self._named(index), first=first, second=second)
        return ""

    def _look_at(self, index: int, group: tuple[str, ...], cell: str, number: int) -> None:
        word = folded(cell)
        whose = self._known.own if word in self._called else self._known.places.get(word, "")
        if whose and whose != self._known.own and self._can_name(index, cell):
            self._other.setdefault(word, (index, (whose, cell, number)))
        if self._may_differ:
            return
        said = (whose or POINTS.sub("", word), cell[:60], number)
        words = self._words.setdefault(index, set())
        if len(words) < FEW_WORDS:
            words.add(cell)
        first = self._first.setdefault((index, group), said)
        if first[0] != said[0]:
            self._two.setdefault(index, (first, said))

    def _can_name(self, index: int, cell: str) -> bool:
        """Whether a cell can be the code of an organisation: a number only where the heading says so."""
        return kind_of(cell) not in ("number", "year") or says_whose(self._head(index), (cell,))

    def _head(self, index: int) -> str:
        return cell_at(list(self._heading), index)

    def _named(self, index: int) -> str:
        head = self._head(index)
        return f"Column {letter(index)}, “{head[:60]}”," if head else f"Column {letter(index)}"
