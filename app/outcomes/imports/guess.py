"""The mapping to propose for a file, by the headings and the contents of its columns. Pure."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.outcomes.imports.columns.column_look import ColumnLook
from app.outcomes.imports.columns.period_column import YEAR_DIGITS
from app.outcomes.imports.columns.place_column import is_code
from app.outcomes.imports.other_layouts import OF_TWO_YEARS, joined_period
from app.outcomes.imports.recipes.known import KNOWN
from app.outcomes.imports.recipes.recipe import used_on
from app.outcomes.imports.rows import ColumnMapping, FileLook, cell_at
from app.outcomes.measures.marks import NOTHING, mark_of
from app.outcomes.measures.measure import Measure
from app.outcomes.measures.period_text import span_of

PLACES = (
    *("orgcode", "organisation", "organisationcode", "org", "orgname", "area", "areacode", "trust"),
    *("provider", "providercode", "providerorgcode", "geo", "geotimeperiod", "geotime", "refarea"),
)
PERIODS = ("period", "periodstart", "month", "date", "week", "quarter", "year", "timeperiod")
TIME = re.compile(
    r"(?i)month|date|p[eé]riod|week|quarter|year|time|^fy$|monat|jahr|datum|quartal"
    r"|^mois$|^mes$|^maand$|fecha|trimest|^ann[eé]e$|^año$|^jaar$|k[vw]arta+l"
)
IN_YEAR = re.compile(r"(?i)month|quarter|^mon$|^qtr$|monat|^mois$|^mes$|^maand$|^mese$|trimest|quartal")
MARKS = re.compile(
    r"(?i)^(obs[ _]?)?(status|symbols?|mark(er|ing)?s?|(foot)?notes?)( ?codes?)?$|flags?\b|data[ _]?marking"
)
MOST_MARKED = 0.5  # of the rows, that have marks of their numbers
FEWEST_LETTERS = 4  # of a mark that is a word
LAST_DAY = re.compile(r"(?i)\b(end|ends|ended|ending|to|until|bis)\b|_end$|^(ende|fin)\b")


def guess_mapping(look: FileLook, measures: Sequence[Measure]) -> ColumnMapping:
    """The mapping to propose. What it cannot know is left open."""
    lone = measures[0].code if len(measures) == 1 else ""
    if look.layout == "fingertips":
        return replace(_fingertips(look, measures), table=look.place)
    known = next(filter(None, (used_on(recipe, look) for recipe in KNOWN)), None)
    if known:
        return styled(replace(known, measure=lone), look)
    names = {re.sub(r"[^a-z]", "", one.heading.casefold()): one.index for one in reversed(look.columns)}

    def named(*tries: str) -> int | None:
        return next((names[one] for one in tries if one in names), None)

    first, second, place = named("numerator"), named("denominator"), named(*PLACES)
    period, month = _period(look, names)
    part = named("part", "metric", "count", "what", "item", "measure") if look.layout == "wide" else None
    mapping = ColumnMapping(look.layout, lone, place_at=place, table=look.place)
    if look.layout == "wide":
        words = {word.casefold() for word, _ in look.columns[part].words} if part is not None else set()
        if {"numerator", "denominator"} <= words:
            mapping = replace(mapping, take="ratio", first_word="numerator", second_word="denominator")
        return styled(replace(mapping, part_at=part), look)
    if first is not None and second is not None:
        mapping = replace(mapping, take="ratio", firsts=(first,), seconds=(second,))
    elif (
        value := _value(
            look, named("value", "obsvalue", "datavalue", "rate", "percentage"), (period, month, place)
        )
    ) is not None:
        mapping = replace(mapping, firsts=(value,))
    mapping = replace(mapping, period_at=period, month_at=month, end_at=_end(look, period))
    return styled(replace(mapping, marks_at=_marks(look, mapping)), look)


def styled(mapping: ColumnMapping, look: FileLook) -> ColumnMapping:
    """The mapping with what whole columns tell: how periods and numbers are written, what is said once."""
    periods = look.across
    if mapping.layout == "long":
        periods = next(
            (one.periods for one in look.columns if one.heading.casefold() == "period_start"), periods
        )
    elif mapping.period_at is not None and mapping.period_at < len(look.columns):
        periods = look.columns[mapping.period_at].periods
    style = periods.style()
    if mapping.layout == "long":
        style = style._replace(role="in")  # our own layout has the first day of each period
    used = (mapping.period_at, mapping.month_at, mapping.place_at, mapping.part_at, *mapping.breakdown_at)
    once = {one.index for one in look.columns if one.said_once}
    if mapping.blank == "above" and mapping.place_at is not None:  # as somebody answered
        once.add(mapping.place_at)
    fill = tuple(sorted(once & {*used, *(one.column for one in mapping.only_rows)} - {None}))
    blank = "above" if mapping.place_at in fill else ""
    return replace(
        mapping, style=style, decimal=look.decimal.sign or ".", fill_down=fill, blank=mapping.blank or blank
    )


def _period(look: FileLook, names: dict[str, int]) -> tuple[int | None, int | None]:
    """The column of the periods, and the one of the month where the first has only the year."""
    for one in look.columns:
        months = [
            other
            for other in look.columns
            if other.index != one.index and IN_YEAR.search(other.heading) and not other.periods.is_period
        ]
        if TIME.search(one.heading) and (one.periods.is_period or one.kind == "number") and look.sample:
            for other in months:
                cells = list(look.sample[0])
                year, month = cell_at(cells, one.index), cell_at(cells, other.index)
                both = joined_period(year, month, one.heading, other.heading)
                refused = both.startswith(OF_TWO_YEARS) and year.isdigit() and len(year) == YEAR_DIGITS
                if refused or ((span := span_of(both)) and span.unit in ("month", "quarter")):
                    return one.index, other.index
    readable = [one for one in look.columns if one.periods.is_period]
    by_name = [
        names[one] for one in PERIODS if one in names and names[one] in {two.index for two in readable}
    ]
    likely = [one.index for one in readable if one.kind == "period" or TIME.search(one.heading)]
    return next(iter(by_name + likely), None), None


def _end(look: FileLook, period: int | None) -> int | None:
    """The column of the last days, beside one of the first."""
    if period is None or LAST_DAY.search(look.columns[period].heading):
        return None
    ends = (
        one
        for one in look.columns
        if (one.periods.longest == "day" or one.periods.has_months) and LAST_DAY.search(one.heading)
    )
    return next((one.index for one in ends if one.index != period and one.periods.is_period), None)


def _value(look: FileLook, named: int | None, taken: tuple[int | None, ...]) -> int | None:
    """The column of the numbers: by its name, or because it is the only one with numbers and a heading.

    A table without any headings has none to look for.
    """
    if named is not None:
        return named
    without = not any(look.heading)
    numbers: list[ColumnLook] = [
        one
        for one in look.columns
        if one.kind == "number" and (one.heading or without) and one.index not in taken
        if not _only_marks(one)
    ]
    return numbers[0].index if len(numbers) == 1 else None


def _only_marks(one: ColumnLook) -> bool:
    """Whether a column has marks such as [c] and no number."""
    return bool(one.words) and not any(any(map(str.isdigit, word)) for word, _ in one.words)


def _marks(look: FileLook, mapping: ColumnMapping) -> int | None:
    """The column of marks beside the numbers. Of several, the one right of them; none where they are open."""
    found = likely_marks(look, mapping)
    right = [index for index in found if index - 1 in mapping.firsts]
    return next(iter(right or found), None) if right or len(found) == 1 or mapping.firsts else None


def likely_marks(look: FileLook, mapping: ColumnMapping, *, sure: bool = True) -> list[int]:
    """The columns of marks: by their heading, or right of the numbers with none.

    All that a column has are known marks, or some where that need not be `sure`.
    """
    taken = {mapping.period_at, mapping.month_at, mapping.end_at, mapping.place_at}
    taken |= {*mapping.firsts, *mapping.seconds}

    def likely(one: ColumnLook) -> bool:
        said = {mark_of(word) for word, _ in one.words}
        if one.index - 1 in mapping.firsts and (not one.heading or one.heading.endswith("QF")):
            told = one.heading or _are_marks(one, look) or not sure
            return bool(said and told) and None not in said
        return bool(MARKS.search(one.heading) and said - {NOTHING, None}) and not (sure and None in said)

    return [one.index for one in look.columns if one.index not in taken and likely(one)]


def _are_marks(one: ColumnLook, look: FileLook) -> bool:
    """Whether letters below no heading are marks, and not codes such as DE and ES or P and S.

    They are where few rows have any, where they are words or stand in brackets, where the file says below
    its table what each means, or where each says why there is no number and stands beside none.
    """
    words = {word.casefold() for word, _ in one.words}
    told = {cells[0].casefold() for _, cells in look.below if cells and any(cells[1:])}
    spelled = {word for word in words if not word.isalpha() or len(word) >= FEWEST_LETTERS}
    marked = sum(count for _, count in one.words)
    if marked <= MOST_MARKED * look.rows or words <= told | spelled:
        return True
    beside = [cell_at(list(row), one.index - 1) for row in look.sample if cell_at(list(row), one.index)]
    without = not any(map(str.isdigit, "".join(beside)))
    return without and all(mark is not None and mark.in_place for mark in map(mark_of, words))


def open_marks(look: FileLook, mapping: ColumnMapping) -> ColumnLook | None:
    """The column below no heading of which only people know whether it has the marks of the numbers."""
    if mapping.layout != "rows" or mapping.marks_at is not None or mapping.no_marks:
        return None
    used = {*mapping.breakdown_at, *(one.column for one in mapping.only_rows)}
    for index in likely_marks(look, mapping, sure=False):
        one = look.columns[index]
        if index - 1 in mapping.firsts and not one.heading and index not in used:
            return None if all(is_code(word) for word, _ in one.words) else one
    return None


def _fingertips(look: FileLook, measures: Sequence[Measure]) -> ColumnMapping:
    by_name = {one.code.casefold(): one.code for one in measures}
    by_name |= {one.definition.name.casefold(): one.code for one in measures}
    mapped = {id: by_name.get(id, by_name.get(name.casefold(), "")) for id, name in look.indicators.items()}
    return ColumnMapping("fingertips", measures=mapped, headlines=_headlines(look))


def _headlines(look: FileLook) -> dict[str, str]:
    """The headline of each indicator: persons if there are any, else the most frequent sex and age."""
    return {
        id: next((one for one in ones if one.startswith("Persons")), ones[0])
        for id, ones in look.headlines.items()
        if ones
    }
