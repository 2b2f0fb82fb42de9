"""From a file to a plan: what layout it is, how its rows read, and what they would do. Knows no database."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from app.outcomes.imports import csv_long, csv_wide, fingertips, tabular
from app.outcomes.imports.aggregate import added_up
from app.outcomes.imports.plan import Known, ParsedRow, RefusedRow, once, understood
from app.outcomes.imports.rows import ColumnMapping, FileLook, FileRow, Layout, of_cells
from app.outcomes.imports.tabular import Table
from app.outcomes.measures.measure import Measure
from app.outcomes.spc.series import Unreadable

SAMPLE = 5  # rows shown
FEW_WORDS = 40  # a column with so many different words can be chosen from
MOST_INDICATORS = 100
EVERY = 2_000  # rows between two calls of `on_rows`

RowCount = Callable[[int], None]  # called with how many rows are read so far


def look(name: str, content: bytes, on_rows: RowCount) -> FileLook:
    """What a file looks like at first sight. Raises Unreadable with a sentence."""
    sheet = tabular.read(name, content)
    layout = _layout(sheet.heading)
    words: list[dict[str, None]] = [{} for _ in sheet.heading]
    sample: list[tuple[str, ...]] = []
    indicators: dict[str, str] = {}
    headlines: dict[str, Counter[str]] = {}
    places = fingertips.columns(sheet.heading)
    count = 0
    for count, line in enumerate(sheet.lines, 1):
        if count <= SAMPLE:
            sample.append(tuple(line.cells))
        if layout == "fingertips":
            _note(line.cells, places, indicators, headlines)
        else:
            _gather(line.cells, words)
        if count % EVERY == 0:
            on_rows(count)
    few = zip(sheet.heading, words, strict=True)
    chosen = {name: tuple(found) for name, found in few if name and 0 < len(found) <= FEW_WORDS}
    common = {id: tuple(one for one, _ in found.most_common(20)) for id, found in headlines.items()}
    return FileLook(layout, tuple(sheet.heading), tuple(sample), count, chosen, indicators, common)


def guess(found: FileLook, measures: Sequence[Measure]) -> ColumnMapping:
    """The mapping to begin with: by the names that such columns commonly have."""
    lone = measures[0].code if len(measures) == 1 else ""
    if found.layout == "fingertips":
        by_name = {one.code.casefold(): one.code for one in measures}
        by_name |= {one.definition.name.casefold(): one.code for one in measures}
        mapped = {
            id: by_name.get(id, by_name.get(name.casefold(), "")) for id, name in found.indicators.items()
        }
        return ColumnMapping("fingertips", measures=mapped, headlines=_headlines(found))
    names = {re.sub(r"[^a-z]", "", name.casefold()): name for name in reversed(found.heading)}

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
    if found.layout == "wide" and part and {"numerator", "denominator"} <= set(found.words.get(part, ())):
        return ColumnMapping("wide", lone, "ratio", "numerator", "denominator", place=place, part=part)
    return ColumnMapping(found.layout, lone, take, first, second, period, place)  # type: ignore[arg-type]


def wishes(
    name: str, content: bytes, asked: ColumnMapping, known: Known, on_rows: RowCount
) -> tuple[list[ParsedRow], list[RefusedRow], int]:
    """All rows as wishes and refusals, and how many. Raises Unreadable where the file itself is at fault."""
    sheet = tabular.read(name, content)
    good: list[ParsedRow] = []
    bad: list[RefusedRow] = []
    rows = 0
    read = _rows(sheet, asked, known)
    for one in once(added_up(read, known)) if asked.add_up else understood(read, known):
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
    if csv_long.is_long(heading):
        return "long"
    return "wide" if csv_wide.is_wide(heading) else "rows"


def _rows(sheet: Table, asked: ColumnMapping, known: Known) -> Iterator[FileRow]:
    match asked.layout:
        case "fingertips":
            return fingertips.rows(sheet, asked)
        case "long":
            return csv_long.rows(sheet)
        case "wide":
            measure = known.measures.get(asked.measure.casefold())
            if measure is None:
                raise Unreadable("Choose the measure that these numbers are of.")
            return csv_wide.wide(sheet, asked, measure.definition.frequency)
        case "rows":
            return csv_wide.rows(sheet, asked)


def _gather(cells: list[str], words: list[dict[str, None]]) -> None:
    for found, cell in zip(words, cells, strict=False):
        if cell and len(found) <= FEW_WORDS:
            found[cell[:60]] = None


def _note(
    cells: list[str], places: dict[str, int], indicators: dict[str, str], headlines: dict[str, Counter[str]]
) -> None:
    id = of_cells(cells, places, "indicator id")
    if id not in indicators and len(indicators) >= MOST_INDICATORS:
        return
    indicators.setdefault(id, of_cells(cells, places, "indicator name"))
    if not of_cells(cells, places, "category type"):
        headlines.setdefault(id, Counter())[fingertips.headline(cells, places)] += 1


def _headlines(found: FileLook) -> dict[str, str]:
    """Persons before men or women; else what is there most often."""
    return {
        id: next((one for one in ones if one.startswith("Persons")), ones[0])
        for id, ones in found.headlines.items()
        if ones
    }
