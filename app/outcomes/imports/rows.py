"""One row of an imported file as texts, the same for all layouts, and the mapping of a file. Pure."""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from app.outcomes.imports.columns.column_look import ColumnLook
from app.outcomes.imports.columns.number_column import DecimalSign
from app.outcomes.imports.columns.period_column import PeriodLook
from app.outcomes.imports.sources.cell import in_plain_digits
from app.outcomes.imports.sources.day_count import as_date
from app.outcomes.imports.sources.table import SpreadNumber, TablePlace
from app.outcomes.imports.sources.workbook import Sheet
from app.outcomes.measures.period_forms import PLAIN, PeriodStyle

Layout = Literal["long", "rows", "wide", "fingertips", "shared"]  # shared: see sharing/
Take = Literal["as_is", "fraction", "complement", "ratio", "ratio_complement"]
Blank = Literal["", "above", "own"]  # what an empty cell means in the column of places
Answered = Literal["", "here", "along"]  # in the form of this file, or of one with the same headings


class FileRow(Struct, frozen=True):
    """One period of one series as texts, not checked yet. `number` is the row in the file.

    Several texts of a numerator, denominator or value are added up.
    `complement`: the numbers count what is left of the measure, such as those who waited too long.
    `fraction`: the value is a share of 1, as spreadsheets keep percentages.
    `as_given`: the value is stored as it is and not computed, because it may be standardised.
    `nameless`: the file has a column for places, but this row has none.
    `from_first_day`: a day in `period` is the first of its period.
    `marks`: what stands beside the numbers or their period, such as p for a provisional one.
    """

    number: int
    measure: str  # its code
    place: str  # the name or code of an organisation or area; empty: the one who imports
    period: str
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    end: str = ""
    place_name: str = ""
    low95: str = ""
    high95: str = ""
    note: str = ""
    breakdown: tuple[tuple[str, str], ...] = ()
    complement: bool = False
    fraction: bool = False
    as_given: bool = False
    nameless: bool = False
    from_first_day: bool = False
    marks: tuple[str, ...] = ()


def with_plain_digits(row: FileRow) -> FileRow:
    """The row with its period and numbers in the digits 0 to 9. Places and other names stay as written."""
    lone = row.period + row.end + row.low95 + row.high95
    if lone.isascii() and "".join((*row.numerator, *row.denominator, *row.value)).isascii():
        return row
    texts = {name: in_plain_digits(getattr(row, name)) for name in ("period", "end", "low95", "high95")}
    sums = {
        name: tuple(map(in_plain_digits, getattr(row, name)))
        for name in ("numerator", "denominator", "value")
    }
    return replace(row, **texts, **sums)


def with_dates(row: FileRow) -> FileRow:
    """The row of a workbook that counts days from 1904, with dates where its period is a number of days."""
    return replace(row, period=as_date(row.period), end=as_date(row.end))


class RowFilter(Struct, frozen=True):
    """Rows count only where the column says one of the words; case and blanks do not matter."""

    column: int
    words: tuple[str, ...]


class ColumnMapping(Struct, frozen=True, omit_defaults=True):
    """What the columns of a file mean, as somebody chose it. Columns are known by their index from 0.

    The columns in `firsts` are added up to the value; with `seconds`, to the numerator and the denominator.
    In a wide file, with periods as columns, `part_at` is the column that says what a row counts, and
    `first_word` and `second_word` are words of it.
    """

    layout: Layout
    measure: str = ""
    take: Take = "as_is"
    firsts: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    period_at: int | None = None
    month_at: int | None = None  # of the month, where the column of the period has only the year
    end_at: int | None = None  # of the last day of each period
    one_period: str = ""  # of all rows, where no column has it
    place_at: int | None = None
    blank: Blank = ""
    part_at: int | None = None
    first_word: str = ""
    second_word: str = ""
    only_rows: tuple[RowFilter, ...] = ()
    breakdown_at: tuple[int, ...] = ()
    fill_down: tuple[int, ...] = ()  # columns in which an empty cell means the value above it
    own: str = ""  # what the file calls the organisation of who imports, with semicolons between several
    measures: dict[str, str] = {}  # Fingertips: code of a measure by indicator id
    headlines: dict[str, str] = {}  # Fingertips: "Sex, Age" without breakdown, by indicator id
    marks_at: int | None = None  # of the marks beside the numbers
    no_marks: bool = False  # what looks like them, below no heading, is something else
    add_up: bool = False  # rows of the same series and period are parts of one number
    leave_out: bool = False  # import the other rows where some are refused
    table: TablePlace = TablePlace()
    style: PeriodStyle = PLAIN
    decimal: str = "."
    answered: Answered = ""  # where somebody answered all that it asks


class FileLook(Struct, frozen=True, omit_defaults=True):
    """What a file contains, for the form that asks for its mapping.

    `above` are the first rows as they are, `below` those after the end of the table, both with their numbers.
    `across` says how the periods are written where they are headings. `problem`: the table cannot be read to
    its end.
    """

    layout: Layout
    columns: tuple[ColumnLook, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    rows: int = 0
    place: TablePlace = TablePlace()
    above: tuple[tuple[int, tuple[str, ...]], ...] = ()
    below: tuple[tuple[int, tuple[str, ...]], ...] = ()
    sheets: tuple[Sheet, ...] = ()
    across: PeriodLook = PeriodLook()
    decimal: DecimalSign = DecimalSign()
    filled: int = 0  # rows in which a merged cell was filled down
    problem: str = ""
    indicators: dict[str, str] = field(default_factory=dict)  # Fingertips: name by id
    headlines: dict[str, tuple[str, ...]] = field(default_factory=dict)  # "Sex, Age" by indicator id
    cleaned: int = 0  # rows of which characters were left out that no text holds
    cleaned_first: int = 0  # the number of the first of them
    broken: int = 0  # rows with signs that could not be read
    broken_first: int = 0
    lacks_results: bool = False  # the sheet has formulas that nobody has computed
    spread: tuple[SpreadNumber, ...] = ()  # numbers in merged cells, as many as are shown
    encodings: dict[str, str] = field(default_factory=dict)  # those that fit, with some words as read by them

    @property
    def heading(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)


def cell_under(cells: list[str], places: Mapping[str, int], name: str) -> str:
    """The cell under a heading, empty where the row is short or the heading is not there."""
    place = places.get(name)
    return cells[place] if place is not None and place < len(cells) else ""


def cell_at(cells: list[str], index: int | None) -> str:
    """The cell of a column, empty where the row is short or there is no column."""
    return cells[index] if index is not None and index < len(cells) else ""


def cells_at(cells: list[str], indices: Iterable[int]) -> tuple[str, ...]:
    """The cells of several columns."""
    width = len(cells)
    return tuple([cells[index] if index < width else "" for index in indices])


def folded(text: str) -> str:
    """A text as it is compared: without the difference of case and blanks."""
    return " ".join(text.split()).casefold()
