"""What one column holds, found while all rows of a file are read once. Pure."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from app.outcomes.imports.columns.number_column import NumberColumn, NumberLook
from app.outcomes.imports.columns.period_column import PeriodColumn, PeriodLook
from app.outcomes.imports.sources import day_count
from app.outcomes.imports.sources.cell import Kind, Typed, in_plain_digits, kind_of, letter

FEW_WORDS = 40  # a column with at most so many different words is listed with them
SAMPLES = 3
REMEMBERED = 30_000  # different texts of a column, after which they are looked at again
MOST_LETTERS = 60
FEWEST_EMPTY = 0.5  # cells for each value, in a column that says each value once


class ColumnLook(Struct, frozen=True, omit_defaults=True):
    """One column: where it is, what stands above it, three of its values, and how they are to be read.

    `words` are its different texts with the number of their rows, where they are few. `said_once`: a value is
    written in the first of its rows and the others are left empty.
    """

    index: int
    heading: str
    samples: tuple[str, ...] = ()
    kind: Kind = "empty"
    words: tuple[tuple[str, int], ...] = ()
    blanks: int = 0
    first_blank: int = 0
    said_once: bool = False
    periods: PeriodLook = PeriodLook()
    numbers: NumberLook = NumberLook()

    @property
    def letter(self) -> str:
        return letter(self.index)

    @property
    def name(self) -> str:
        """B · Falls: 112, 118, 121."""
        head = f"{self.letter} · {self.heading or '(no heading)'}"
        return f"{head}: {', '.join(one[:24] for one in self.samples)}" if self.samples else head


class ColumnReader:
    """Collects what a column holds, some thousand cells at a time."""

    def __init__(self, index: int, heading: str, *, since_1904: bool = False) -> None:
        self._index, self._heading, self._since_1904 = index, heading, since_1904
        self._samples: list[str] = []
        self._words: Counter[str] | None = Counter()
        self._seen: set[str] = set()
        self._kinds: Counter[Kind] = Counter()
        self._periods, self._numbers = PeriodColumn(heading), NumberColumn()
        self._blanks = self._first_blank = 0
        self._said_once: bool | None = None

    def add(self, numbers: Sequence[int], cells: Sequence[str]) -> None:
        """Take cells into account, with the numbers of their rows."""
        if self._said_once is None:
            self._said_once = _is_said_once(cells)
        different = dict.fromkeys(cells)
        if "" in different:
            self._blanks += cells.count("")
            self._first_blank = self._first_blank or numbers[cells.index("")]
            del different[""]
        if len(self._samples) < SAMPLES:
            fresh = [one for one in different if one not in self._samples]
            self._samples += fresh[: SAMPLES - len(self._samples)]
        if self._words is not None:
            self._words.update(cell for cell in cells if cell)
            if len(self._words) > FEW_WORDS:
                self._words = None
        for text in different:
            if text not in self._seen:
                self._look_at(text)
        self._seen.update(different)
        if len(self._seen) > REMEMBERED:
            self._seen = set()

    def look(self) -> ColumnLook:
        """What was found."""
        common: dict[Kind, int] = {kind: count for kind, count in self._kinds.items() if kind != "year"}
        common["number"] = self._kinds["number"] + self._kinds["year"]
        periods = self._periods.look()
        kind: Kind = max(common, key=lambda one: common[one]) if self._kinds else "empty"
        # 04.2023 in nearly all cells is a month, although one alone would be a number
        if periods.is_period and (kind != "number" or "." in periods.example):
            kind = "period"
        words = self._words.items() if self._words is not None and kind != "period" else ()
        return ColumnLook(
            self._index,
            self._heading,
            tuple(map(str, self._samples)),
            kind,
            tuple((str(word)[:MOST_LETTERS], count) for word, count in sorted(words)),
            self._blanks,
            self._first_blank,
            bool(self._said_once and self._blanks and (kind in ("text", "period") or periods.is_period)),
            periods,
            self._numbers.look() if kind == "number" else NumberLook(),
        )

    def _look_at(self, text: str) -> None:
        if isinstance(text, Typed):
            self._kinds["number"] += 1
            self._numbers.add_stored(text)
            return
        kind, text = kind_of(text), in_plain_digits(text)
        self._kinds[kind] += 1
        if kind in ("number", "year"):
            self._numbers.add(text)
        self._periods.add(day_count.as_date(text) if self._since_1904 else text)


def _is_said_once(cells: Sequence[str]) -> bool:
    """Whether every value but the empty one stands in one row only before the next begins.

    One cell that somebody forgot is not that: there are at least half as many empty ones as values.
    """
    if not cells or not cells[0]:
        return False
    said = [cell for cell in cells if cell]
    empty = len(cells) - len(said)
    return 0 < empty >= FEWEST_EMPTY * len(said) and all(one != other for one, other in pairwise(said))
