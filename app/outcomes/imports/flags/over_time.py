"""Points out numbers of which something in the file says that they are of several periods. Pure."""

import re
from collections.abc import Iterator

from app.outcomes.imports.columns.heading_words import worded
from app.outcomes.imports.flags.row_flags import FlaggedRow
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures.measure import Definition

SEVERAL = ": a number of several periods would count for one."
OVER_TIME = re.compile(
    r"(?i)\bf?ytd\b|\byear[- ]to[- ]date\b|\bcum(ulative)?\b|\brunning total\b|kumul|cumul"
    r"|\brolling( (\d+|three|six|twelve|totals?|average|mean|sum|annual|years?|months?|quarters?)\b|\W*$)"
    r"|\bmoving (annual )?(total|average|mean)\b|\bmonths? rolling\b"
)
DENIED = re.compile(
    r"(?i)\b(not?|non|without|excl(\.|udes|uding)?|nicht|niet)[- ]?"
    r"(cum|kum|rolling|running|f?ytd|year[- ]to)\w*"
)
# What a column of single months would be headed, were each of them the last of several.
WINDOW = re.compile(
    r"(?i)\b((?!0?1\b)\d+|two|three|six|nine|twelve)[- ]months?\b"
    r"|\b(year|quarter)s? (to|ending|ended|up to)\b"
)
ONE_QUARTER = re.compile(r"(?i)\bquarters? (to|ending|ended|up to)\b|\b(0?3|three)[- ]months?\b")
YEARS = ("calendar_year", "financial_year")


def of_several_periods(
    look: FileLook, mapping: ColumnMapping, definition: Definition
) -> Iterator[FlaggedRow]:
    """What headings, words of the rows that are taken, the title and the name of the sheet say of it."""
    headings = look.place.last_heading
    for one in look.columns:
        numbers = one.index in (*mapping.firsts, *mapping.seconds)
        ends = one.index == mapping.period_at and (
            _is_said(one.heading) or _is_window(one.heading, definition)
        )
        if (numbers and _is_said(one.heading)) or (ends and not definition.pooled):
            yield FlaggedRow(headings, f"Column {one.letter} is headed “{one.heading[:60]}”{SEVERAL}")
    if definition.pooled or mapping.layout not in ("rows", "wide"):
        return
    for letter, word in _words(look, mapping):
        if _is_said(word):
            yield FlaggedRow(headings + 1, f"Column {letter} says “{word[:60]}”{SEVERAL}")
    if _of_another_column(look, mapping):
        return
    for number, cells in look.above:
        text = " ".join(filter(None, cells))
        if number < look.place.first_heading and _is_said(text):
            yield FlaggedRow(number, f"“{text[:60]}” stands above the table{SEVERAL}")
    if _is_said(look.place.sheet):
        yield FlaggedRow(headings, f"The sheet is called “{look.place.sheet[:60]}”{SEVERAL}")


def _is_said(text: str) -> bool:
    return bool(OVER_TIME.search(DENIED.sub("", worded(text))))


def _is_window(heading: str, definition: Definition) -> bool:
    """Whether it says more than one period of the measure: three months are one quarter."""
    said = worded(heading)
    if definition.frequency == "quarter":
        said = ONE_QUARTER.sub("", said)
    return definition.frequency not in (*YEARS, "irregular") and bool(WINDOW.search(said))


def _of_another_column(look: FileLook, mapping: ColumnMapping) -> bool:
    """Whether a title that says it is of a column or of rows that are not taken."""
    taken = {*mapping.firsts, *mapping.seconds, mapping.period_at}
    others = (one for one in look.columns if one.index not in taken)
    return any(_is_said(text) for one in others for text in (one.heading, *(word for word, _ in one.words)))


def _words(look: FileLook, mapping: ColumnMapping) -> Iterator[tuple[str, str]]:
    """The words of the rows that are taken, with the letters of their columns: chosen, or the only one."""
    chosen = {one.column: one.words for one in mapping.only_rows}
    if mapping.part_at is not None and mapping.first_word:
        chosen[mapping.part_at] = (mapping.first_word, mapping.second_word)
    for one in look.columns:
        only = (one.words[0][0],) if len(one.words) == 1 and one.kind == "text" else ()
        for word in chosen.get(one.index, only):
            yield one.letter, word
