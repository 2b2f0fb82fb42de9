"""Points out numbers of which something in the file says that they are of several periods. Pure."""

import re
from collections.abc import Iterator

from app.outcomes.imports.flags.row_flags import FlaggedRow
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures.measure import Definition

SEVERAL = ": a number of several periods would count for one."
OVER_TIME = re.compile(
    r"(?i)\bf?ytd\b|\byear[- ]to[- ]date\b|\bcum(ulative)?\b|\brolling\b|\brunning total\b"
    r"|\bmoving (annual )?(total|average|mean)\b|kumul|cumul"
)
# What a column of single months would be headed, were each of them the last of several.
WINDOW = re.compile(
    r"(?i)\b(\d+|two|three|six|nine|twelve)[- ]months?\b|\b(year|quarter)s? (to|ending|ended|up to)\b"
)
YEARS = ("calendar_year", "financial_year")


def of_several_periods(
    look: FileLook, mapping: ColumnMapping, definition: Definition
) -> Iterator[FlaggedRow]:
    """What headings, words of the rows that are taken, the title and the name of the sheet say of it."""
    headings = look.place.last_heading
    for one in look.columns:
        numbers = one.index in (*mapping.firsts, *mapping.seconds)
        ends = one.index == mapping.period_at and (
            OVER_TIME.search(one.heading) or _is_window(one.heading, definition)
        )
        if (numbers and OVER_TIME.search(one.heading)) or (ends and not definition.pooled):
            yield FlaggedRow(headings, f"Column {one.letter} is headed “{one.heading[:60]}”{SEVERAL}")
    if definition.pooled or mapping.layout not in ("rows", "wide"):
        return
    for letter, word in _words(look, mapping):
        if OVER_TIME.search(word):
            yield FlaggedRow(headings + 1, f"Column {letter} says “{word[:60]}”{SEVERAL}")
    for number, cells in look.above:
        text = " ".join(filter(None, cells))
        if number < look.place.first_heading and OVER_TIME.search(text):
            yield FlaggedRow(number, f"“{text[:60]}” stands above the table{SEVERAL}")
    if OVER_TIME.search(look.place.sheet):
        yield FlaggedRow(headings, f"The sheet is called “{look.place.sheet[:60]}”{SEVERAL}")


def _is_window(heading: str, definition: Definition) -> bool:
    return definition.frequency not in (*YEARS, "irregular") and bool(WINDOW.search(heading))


def _words(look: FileLook, mapping: ColumnMapping) -> Iterator[tuple[str, str]]:
    """The words of the rows that are taken, with the letters of their columns: chosen, or the only one."""
    chosen = {one.column: one.words for one in mapping.only_rows}
    if mapping.part_at is not None and mapping.first_word:
        chosen[mapping.part_at] = (mapping.first_word, mapping.second_word)
    for one in look.columns:
        only = (one.words[0][0],) if len(one.words) == 1 and one.kind == "text" else ()
        for word in chosen.get(one.index, only):
            yield one.letter, word
