"""From the bytes of a file to parsed rows: its layout, a first mapping, and its rows. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from app.outcomes.imports import fingertips, other_layouts, own_layout, tabular
from app.outcomes.imports.aggregate import sum_rows
from app.outcomes.imports.plan import Lookup, ParsedRow, RefusedRow, parse_rows, refuse_repeats
from app.outcomes.imports.rows import ColumnMapping, FileLook, FileRow, Layout, cell_under
from app.outcomes.imports.tabular import Table
from app.outcomes.measures.measure import Measure
from app.outcomes.spc.series import Unreadable

SAMPLE = 5  # rows shown on the page of the mapping
FEW_WORDS = 40  # a column with at most so many different words is listed with them
MOST_INDICATORS = 100
EVERY = 2_000  # rows between two calls of `on_rows`

RowCount = Callable[[int], None]  # called with how many rows are read so far


def look(name: str, content: bytes, on_rows: RowCount) -> FileLook:
    """The layout, heading, first rows and words of a file. Raises Unreadable with a sentence."""
    table = tabular.read(name, content)
    layout = _layout(table.heading)
    words: list[dict[str, None]] = [{} for _ in table.heading]
    sample: list[tuple[str, ...]] = []
    indicators: dict[str, str] = {}
    headlines: dict[str, Counter[str]] = {}
    places = fingertips.columns(table.heading)
    count = 0
    for count, row in enumerate(table.rows, 1):
        if count <= SAMPLE:
            sample.append(tuple(row.cells))
        if layout == "fingertips":
            _collect_indicator(row.cells, places, indicators, headlines)
        else:
            _collect_words(row.cells, words)
        if count % EVERY == 0:
            on_rows(count)
    few = zip(table.heading, words, strict=True)
    chosen = {name: tuple(found) for name, found in few if name and 0 < len(found) <= FEW_WORDS}
    common = {id: tuple(one for one, _ in found.most_common(20)) for id, found in headlines.items()}
    cleaned = (len(table.cleaned), next(iter(table.cleaned), 0))
    return FileLook(layout, tuple(table.heading), tuple(sample), count, chosen, indicators, common, *cleaned)


def guess_mapping(look: FileLook, measures: Sequence[Measure]) -> ColumnMapping:
    """The mapping to propose, by the names that such columns commonly have."""
    lone = measures[0].code if len(measures) == 1 else ""
    if look.layout == "fingertips":
        by_name = {one.code.casefold(): one.code for one in measures}
        by_name |= {one.definition.name.casefold(): one.code for one in measures}
        mapped = {
            id: by_name.get(id, by_name.get(name.casefold(), "")) for id, name in look.indicators.items()
        }
        return ColumnMapping("fingertips", measures=mapped, headlines=_headlines(look))
    names = {re.sub(r"[^a-z]", "", name.casefold()): name for name in reversed(look.heading)}

    def named(*tries: str) -> str:
        return next((names[one] for one in tries if one in names), "")

    place = named(
        "orgcode",
        "organisation",
        "organisationcode",
        "org",
        "orgname",
        "area",
        "areacode",
        "trust",
        "provider",
    )
    period = named("period", "periodstart", "month", "date", "week", "quarter", "year")
    first, second = named("numerator"), named("denominator")
    take = "ratio" if first and second else "as_is"
    first = first or named("value", "rate", "percentage")
    part = named("part", "metric", "count", "what", "item")
    if look.layout == "wide" and part and {"numerator", "denominator"} <= set(look.words.get(part, ())):
        return ColumnMapping("wide", lone, "ratio", "numerator", "denominator", place=place, part=part)
    return ColumnMapping(look.layout, lone, take, first, second, period, place)  # type: ignore[arg-type]


def parse_file(
    name: str, content: bytes, mapping: ColumnMapping, known: Lookup, on_rows: RowCount
) -> tuple[list[ParsedRow], list[RefusedRow], int]:
    """The parsed rows, the refused rows, and how many there are. Raises Unreadable for a faulty file."""
    table = tabular.read(name, content)
    good: list[ParsedRow] = []
    bad: list[RefusedRow] = []
    rows = 0
    read = _rows(table, mapping, known)
    for one in refuse_repeats(sum_rows(read, known)) if mapping.add_up else parse_rows(read, known):
        rows += 1
        if isinstance(one, ParsedRow):
            good.append(one)
        else:
            bad.append(one)
        if rows % EVERY == 0:
            on_rows(rows)
    return good, bad, rows


def _layout(heading: list[str]) -> Layout:
    if fingertips.is_fingertips(heading):
        return "fingertips"
    if own_layout.is_long(heading):
        return "long"
    return "wide" if other_layouts.is_wide(heading) else "rows"


def _rows(table: Table, mapping: ColumnMapping, known: Lookup) -> Iterator[FileRow]:
    match mapping.layout:
        case "fingertips":
            return fingertips.rows(table, mapping)
        case "long":
            return own_layout.rows(table)
        case "wide":
            measure = known.measures.get(mapping.measure.casefold())
            if measure is None:
                raise Unreadable("Choose the measure that these numbers belong to.")
            return other_layouts.wide_rows(table, mapping, measure.definition.frequency)
        case "rows":
            return other_layouts.rows(table, mapping)


def _collect_words(cells: list[str], words: list[dict[str, None]]) -> None:
    for found, cell in zip(words, cells, strict=False):
        if cell and len(found) <= FEW_WORDS:
            found[cell[:60]] = None


def _collect_indicator(
    cells: list[str], places: dict[str, int], indicators: dict[str, str], headlines: dict[str, Counter[str]]
) -> None:
    id = cell_under(cells, places, "indicator id")
    if id not in indicators and len(indicators) >= MOST_INDICATORS:
        return
    indicators.setdefault(id, cell_under(cells, places, "indicator name"))
    if not cell_under(cells, places, "category type"):
        headlines.setdefault(id, Counter())[fingertips.headline(cells, places)] += 1


def _headlines(look: FileLook) -> dict[str, str]:
    """The headline of each indicator: persons if there are any, else the most frequent sex and age."""
    return {
        id: next((one for one in ones if one.startswith("Persons")), ones[0])
        for id, ones in look.headlines.items()
        if ones
    }
