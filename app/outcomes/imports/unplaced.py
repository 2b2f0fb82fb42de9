"""Several rows of one period: asked about where they may be of several places, else refused. Pure.

Were the first of them taken, one ward or one measure of several would be saved as the whole organisation.
"""

from collections.abc import Iterable, Iterator

from app.outcomes.imports.plan import ParsedRow, RefusedRow, Repeats
from app.outcomes.imports.rows import ColumnMapping, FileRow, folded
from app.outcomes.spc.series import Unreadable

ASK = (
    "Rows {first} and {second} both have numbers{of}. Choose the column that names the place, or say below "
    "that all rows are those of your organisation. You can also {ways}."
)
WHICH = "{label} is in {rows} for the same line, and nothing says which of them counts."

Beside = dict[int, tuple[int, int]]  # by the number of a row, two rows that look like one period of one line


class UnclearPlaces(Unreadable):
    """Nothing of a file counts before somebody says whose its rows are.

    `names_another`: a row names another organisation, so that not all of them can be one's own.
    """

    def __init__(self, question: str, *, names_another: bool = False) -> None:
        super().__init__(question)
        self.names_another = names_another


def is_open(mapping: ColumnMapping) -> bool:
    """Whether a second row of one period may be of another place."""
    without = mapping.layout in ("rows", "wide") and mapping.place_at is None
    return without and mapping.blank != "own" and not mapping.add_up


def watched(rows: Iterable[FileRow], mapping: ColumnMapping, beside: Beside) -> Iterator[FileRow]:
    """The same rows. `beside` grows by those that may be of two places, whether they can be read or not.

    In a table with periods side by side each row is a line of its own, even where no period has both.
    """
    if not is_open(mapping):
        yield from rows
        return
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = (row.breakdown, *(("", "") if mapping.layout == "wide" else (folded(row.period), row.end)))
        first = seen.setdefault(key, row.number)
        if first != row.number:
            beside[row.number] = (first, row.number)
            beside.setdefault(first, (first, row.number))
        yield row


def settled(
    good: list[ParsedRow], bad: list[RefusedRow], mapping: ColumnMapping, beside: Beside, repeats: Repeats
) -> tuple[list[ParsedRow], list[RefusedRow]]:
    """The rows, where none is kept of a period that comes twice. Raises UnclearPlaces for two places."""
    if not (beside or repeats):
        return good, bad
    kept: list[ParsedRow] = []
    refused = list(bad)
    for one in good:
        same = repeats.get((one.series, one.period.start), [])
        numbers = sorted({row.number for row in same})
        pair = beside.get(one.number) or numbers[:2]
        if is_open(mapping) and len(pair) > 1:
            label = "" if mapping.layout == "wide" else one.period.label
            raise unclear(mapping, pair[0], pair[1], label)
        if numbers and not (mapping.layout == "long" and _say_the_same(same)):
            why = WHICH.format(label=one.period.label, rows=_rows(numbers))
            refused.append(RefusedRow(one.number, why, twice=True))
        else:
            kept.append(one)
    return kept, sorted(refused, key=lambda one: one.number)


def _say_the_same(rows: list[ParsedRow]) -> bool:
    """Whether it does not matter which of several rows counts: in our own layout no column is left unread."""
    return all((one.period, one.numbers) == (rows[0].period, rows[0].numbers) for one in rows)


def unclear(mapping: ColumnMapping, first: int, second: int, period: str = "") -> UnclearPlaces:
    """The question whose two rows are."""
    ways = {"wide": "choose only some of the rows, or make them separate lines"}.get(
        mapping.layout, "choose only some of the rows, make them separate lines, or add them up"
    )
    of = f" of {period}" if period else ""
    return UnclearPlaces(ASK.format(first=first, second=second, of=of, ways=ways))


def _rows(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"row {numbers[0]} twice"
    if len(numbers) > 3:
        return f"rows {numbers[0]}, {numbers[1]} and {len(numbers) - 2:,} more"
    return f"rows {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
