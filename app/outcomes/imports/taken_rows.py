"""The rows of a table that are taken, and what the columns that nobody chose say of whose they are. Pure.

One row for each period, of two wards or of another organisation, would else be one's own in silence.
"""

from app.outcomes.imports.columns.place_column import says_whose
from app.outcomes.imports.plan import Lookup
from app.outcomes.imports.rows import ColumnMapping, cell_at, folded
from app.outcomes.imports.sources.cell import letter
from app.outcomes.imports.sources.table_finder import NumberedRow

TWO = "{column} says “{first[1]}” in row {first[2]} and “{second[1]}” in row {second[2]}."
OTHER = "{column} says “{said[1]}” in row {said[2]}, which is another organisation of this space."
ASK = (
    "{why} If the column names the place, choose it. Else say below that all rows are those of your "
    "organisation, or choose only some of the rows."
)
FEW_WORDS = 40  # by which a column without a telling heading is known
REMEMBERED = 100_000  # different cells, after which they are looked at again

Said = tuple[str, str, int]  # whose it is, the words for it, and the number of the row


class TakenRows:
    """How many rows are `left_out`, and whose the others are, as long as no column is said to name it."""

    def __init__(self, mapping: ColumnMapping, known: Lookup) -> None:
        self.left_out = 0
        self.heading: list[str] = []
        self._known, self._called = known, folded(known.called)
        self._watching = (
            mapping.layout in ("rows", "wide") and mapping.place_at is None and mapping.blank != "own"
        )
        self._added_up, self._split = mapping.add_up, mapping.breakdown_at
        alone = (mapping.period_at, mapping.month_at, mapping.end_at, mapping.marks_at, mapping.part_at)
        self._used = frozenset((*alone, *mapping.firsts, *mapping.seconds, *mapping.breakdown_at))
        self._seen: set[tuple[object, ...]] = set()
        self._first: dict[tuple[object, ...], Said] = {}  # by column and group
        self._two: dict[int, tuple[Said, Said]] = {}
        self._other: dict[int, Said] = {}
        self._words: dict[int, set[str]] = {}

    def add(self, row: NumberedRow) -> None:
        """Take a row into account that is taken."""
        if not self._watching:
            return
        group = tuple(cell_at(row.cells, index) for index in self._split)
        for index, cell in enumerate(row.cells):
            if cell and index not in self._used and (key := (index, group, cell)) not in self._seen:
                self._seen.add(key)
                self._look_at(index, group, cell, row.number)
        if len(self._seen) > REMEMBERED:
            self._seen.clear()

    def question(self) -> str:
        """Whose the rows are, where that is open."""
        for index, said in sorted(self._other.items()):
            return ASK.format(why=OTHER.format(column=self._named(index), said=said))
        if self._added_up:
            return ""
        for index, (first, second) in sorted(self._two.items()):
            if says_whose(cell_at(self.heading, index), self._words[index]):
                return ASK.format(why=TWO.format(column=self._named(index), first=first, second=second))
        return ""

    def _look_at(self, index: int, group: tuple[str, ...], cell: str, number: int) -> None:
        word = folded(cell)
        whose = self._known.own if word == self._called else self._known.places.get(word, "")
        said = (whose or word, cell[:60], number)
        if whose and whose != self._known.own:
            self._other.setdefault(index, said)
        words = self._words.setdefault(index, set())
        if len(words) < FEW_WORDS:
            words.add(cell)
        first = self._first.setdefault((index, group), said)
        if first[0] != said[0]:
            self._two.setdefault(index, (first, said))

    def _named(self, index: int) -> str:
        head = cell_at(self.heading, index)
        return f"Column {letter(index)}, “{head[:60]}”," if head else f"Column {letter(index)}"
