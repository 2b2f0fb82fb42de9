"""One row of an imported file as texts, the same for all layouts, and the mapping of a file. Pure."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

Layout = Literal["long", "rows", "wide", "fingertips"]
Take = Literal["as_is", "fraction", "complement", "ratio", "ratio_complement"]


class FileRow(Struct, frozen=True):
    """One period of one series as texts, not checked yet. `number` is the row in the file.

    `complement`: the numbers count what is left of the measure, such as those who waited too long.
    `fraction`: the value is a share of 1, as spreadsheets keep percentages.
    `as_given`: the value is stored as it is and not computed, because it may be standardised.
    """

    number: int
    measure: str  # its code
    place: str  # the name or code of an organisation or area; empty: the one who imports
    period: str
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    end: str = ""
    place_name: str = ""
    low95: str = ""
    high95: str = ""
    note: str = ""
    breakdown: tuple[tuple[str, str], ...] = ()
    complement: bool = False
    fraction: bool = False
    as_given: bool = False
    provisional: bool = False


class ColumnMapping(Struct, frozen=True, omit_defaults=True):
    """What the columns of a file mean, as somebody chose it. Columns are named by their heading.

    `first` alone is the value; with `second` they are numerator and denominator. In a wide file, with periods
    as columns, `part` is the column that says what a row counts, and `first` and `second` are words of it.
    """

    layout: Layout
    measure: str = ""
    take: Take = "as_is"
    first: str = ""
    second: str = ""
    period: str = ""
    place: str = ""
    part: str = ""
    only_column: str = ""  # rows count only where this column
    only_value: str = ""  # says this
    breakdown: tuple[str, ...] = ()
    own: str = ""  # what the file calls the organisation of who imports
    measures: dict[str, str] = {}  # Fingertips: code of a measure by indicator id
    headlines: dict[str, str] = {}  # Fingertips: "Sex, Age" without breakdown, by indicator id
    add_up: bool = False  # rows of the same series and period are parts of one number
    leave_out: bool = False  # import the other rows where some are refused


class FileLook(Struct, frozen=True, omit_defaults=True):
    """What a file contains, for the form that asks for its mapping."""

    layout: Layout
    heading: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: int
    words: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # by column, where there are few different ones
    indicators: dict[str, str] = field(default_factory=dict)  # Fingertips: name by id
    headlines: dict[str, tuple[str, ...]] = field(default_factory=dict)  # "Sex, Age" by indicator id
    cleaned: int = 0  # rows of which characters were left out that no text holds
    cleaned_first: int = 0  # the number of the first of them


def cell_under(cells: list[str], places: Mapping[str, int], name: str) -> str:
    """The cell under a heading, empty where the row is short or the heading is not there."""
    place = places.get(name)
    return cells[place] if place is not None and place < len(cells) else ""
