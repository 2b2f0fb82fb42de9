"""Says before an import which rows have no number or no period, and what becomes of them. Pure."""

from collections.abc import Callable, Iterator, Sequence, Sized

from app.outcomes.imports.labels import plural
from app.outcomes.imports.plan import PlannedRow
from app.outcomes.imports.read_file import ParsedFile
from app.outcomes.imports.row_parser import NO_PERIOD
from app.outcomes.imports.rows import ColumnMapping
from app.outcomes.measures.values import PeriodValue

NO_VALUE = "saved as “no value”: tables say so, charts have a gap there, and no verdict is made of it."
WITHOUT: tuple[tuple[Callable[[PeriodValue], bool], tuple[str, str], str], ...] = (
    (
        lambda one: one.status == "missing" and one.denominator is None,
        ("row has no number", "rows have no number"),
        NO_VALUE,
    ),
    (
        lambda one: one.status == "missing" and one.denominator is not None,
        ("row counts nobody, 0 of 0", "rows count nobody, 0 of 0"),
        NO_VALUE,
    ),
    (
        lambda one: one.status == "suppressed",
        ("row has a mark instead of a hidden number", "rows have a mark instead of a hidden number"),
        "saved as “not shown in the file”: nobody takes it for zero, and charts do without it.",
    ),
)
NOT_OWN = (
    "None of these lines is that of “{own}”. If the file has it under a code or another name, edit what the "
    "columns mean and write that."
)


def sentences(
    steps: Sequence[PlannedRow], parsed: ParsedFile, mapping: ColumnMapping, own: str
) -> Iterator[str]:
    """One sentence or two for each kind of gap, with how many there are and the first of them.

    `own` is the name of one's own organisation; that no line is its own is said too.
    """
    if mapping.place_at is not None and steps and not any(step.row.series.organisation for step in steps):
        yield NOT_OWN.format(own=own)
    for told, (one, many), becomes in WITHOUT:
        found = [step for step in steps if told(step.row.numbers)]
        if found:
            numbers = {step.row.number for step in found}  # a row may have several periods
            first = f"{_first(len(numbers), found[0].row.number)} ({found[0].row.period.label})."
            yield f"{plural(len(numbers), one, many)}{first} {_are(numbers)} {becomes}{_set_aside(found)}"
    without = [one.number for one in parsed.bad if one.why.endswith(NO_PERIOD)]
    if without:
        said = plural(len(without), "row has no period", "rows have no period")
        first = f"{_first(len(without), without[0])}. {_are(without)} refused: nothing says when"
        yield f"{said}{first} the number is from."
    if parsed.filled.cells:
        said = plural(parsed.filled.cells, "empty cell is", "empty cells are")
        first = f"{_first(parsed.filled.cells, parsed.filled.row)} (“{parsed.filled.below[:60]}”)."
        yield f"{said} read as the value above{first}"
    if parsed.empty.cells:
        said = plural(parsed.empty.cells, "cell below the periods is", "cells below the periods are")
        first = f"{_first(parsed.empty.cells, parsed.empty.row)} (“{parsed.empty.below}”)."
        yield f"{said} empty{first} Nothing is saved there, and a number that is here stays."


def _first(count: int, row: int) -> str:
    return f", in row {row}" if count == 1 else f", the first in row {row}"


def _are(found: Sized) -> str:
    return "It is" if len(found) == 1 else "They are"


def _set_aside(steps: Sequence[PlannedRow]) -> str:
    """How many of the rows stand for a period of which a number is here."""
    count = sum(step.before.value is not None for step in steps if step.before)
    return (
        f" {plural(count, 'number that is here is', 'numbers that are here are')} set aside." if count else ""
    )
