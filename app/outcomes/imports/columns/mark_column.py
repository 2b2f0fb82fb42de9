"""Which columns right of the numbers hold their marks, where the headings of a table are periods. Pure."""

import re
from collections.abc import Collection, Iterable, Sequence

from app.outcomes.imports.sources.table_finder import NumberedRow
from app.outcomes.measures.marks import mark_of

FLAGS = re.compile(r"(?i)flags?|markers?")
SOMETIMES = re.compile(r"(?i)status|marks?|symbols?")  # that people also give to words such as Red or Open


def is_of_marks(named: str) -> bool:
    """Whether a column below this heading may have marks of the numbers left of it."""
    return not named or bool(FLAGS.fullmatch(named) or SOMETIMES.fullmatch(named))


def unsure(heading: Sequence[str], undated: Collection[int]) -> list[int]:
    """The columns right of a period of which the heading alone does not say whether they have marks."""
    return [one for one in undated if one and one - 1 not in undated and SOMETIMES.fullmatch(heading[one])]


def of_words(columns: Sequence[int], rows: Iterable[NumberedRow]) -> frozenset[int]:
    """These columns where a cell is no mark that is known, so that none of them has marks; else none.

    R is then red, and not revised.
    """
    has_words = any(mark_of(row.cells[at]) is None for row in rows for at in columns if at < len(row.cells))
    return frozenset(columns if has_words else ())
