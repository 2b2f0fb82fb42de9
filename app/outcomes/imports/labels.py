"""The words for imports on their pages. Pure."""

from collections.abc import Callable
from decimal import Decimal

from app.outcomes.imports.sources import encodings
from app.outcomes.measures.measure import Definition, Observed
from app.outcomes.measures.number_format import quantity
from app.outcomes.measures.values import PeriodValue

ENCODINGS = encodings.NAMES
STAGES = {
    "read": "Reading the rows",
    "checked": "Checking the rows",
    "compared": "Comparing with what is here",
    "read anew": "Updating the charts",
    "prepared": "Preparing the numbers",
    "written": "Writing the numbers",
    "replaced": "Setting the earlier numbers aside",
}
LAYOUTS = {
    "long": "Our own layout",
    "rows": "One row for each period",
    "wide": "Periods side by side",
    "fingertips": "Fingertips",
    "shared": "Passed on from a file of several organisations",
}
STATUSES = {  # what stands where a number would, or beside it
    "final": "",
    "provisional": "provisional",
    "revised": "revised",
    "suppressed": "not shown in the file",
    "missing": "no value",
}
ROLES = [
    ("in", "Any day of a week that begins on Monday"),
    ("start", "The first of seven days"),
    ("end", "The last of seven days"),
]
PARTS = [
    ("start", "The first part of its quarter, year or month, and its number is of the whole"),
    ("end", "The last part of it, and its number is of the whole"),
    ("any", "Some part of it, and its number stands for the whole"),
]
BLANKS = [
    ("above", "The value above it"),
    ("own", "Our own organisation"),
]
TAKES = [
    ("as_is", "A number as it is"),
    ("fraction", "A share of 1", "0.88 is 88%. Spreadsheets store percentages this way."),
    ("complement", "What is left of it", "Of 12% who waited too long, 88% did not."),
    ("ratio", "One number divided by another", "Numerator and denominator are both saved."),
    (
        "ratio_complement",
        "What is left of one number divided by another",
        "Of 140 people 28 waited too long: 112 of 140.",
    ),
]


def in_words(
    definition: Definition,
    numbers: PeriodValue | Observed,
    said: Callable[[Definition, Decimal], str] = quantity,
) -> str:
    """A value with what its marks say of it, or what stands in place of it."""
    number = "" if numbers.value is None else said(definition, numbers.value)
    return ", ".join(filter(None, (number, STATUSES[numbers.status])))


def plural(count: int, one: str, many: str) -> str:
    """'1 row', '1,200 rows'."""
    return f"{count:,} {one if count == 1 else many}"
