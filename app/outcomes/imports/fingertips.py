"""The CSV layout of Fingertips, the public health data of OHID. Blank and suppressed values are never zero.

Columns are found by name, because the layout has changed over time. An area has the same row once for each
parent area; these count once. Values are taken as they are: standardised ones cannot be computed from count
and denominator.
"""

from collections.abc import Iterator

from app.outcomes.imports.rows import ColumnMapping, FileRow, cell_under
from app.outcomes.imports.sources.table import Table

NEEDED = frozenset({"indicator id", "area code", "time period", "value"})
SUPPRESSED = ("suppress", "disclosure", "small number")
SAME = (
    *("indicator id", "area code", "sex", "age", "category type", "category", "time period", "value"),
    *("lower ci 95.0 limit", "upper ci 95.0 limit", "count", "denominator"),
)
WHOLE = frozenset({"persons", "all ages", "not applicable", ""})  # sexes and ages that are no breakdown


def is_fingertips(heading: list[str]) -> bool:
    """Whether a file with this heading comes from Fingertips."""
    return {name.casefold() for name in heading} >= NEEDED


def rows(table: Table, mapping: ColumnMapping) -> Iterator[FileRow]:
    """The rows of the indicators that are mapped to a measure, without repeats under other parent areas."""
    places = columns(table.heading)
    seen: set[tuple[str, ...]] = set()
    for number, cells in table.rows:
        indicator = cell_under(cells, places, "indicator id")
        code = mapping.measures.get(indicator)
        same = tuple(cell_under(cells, places, name) for name in SAME)
        if code and same not in seen:
            seen.add(same)
            yield _row(number, cells, places, code, mapping.headlines.get(indicator, ""))


def columns(heading: list[str]) -> dict[str, int]:
    """The index of each column by its name in lower case; older files call Sex Gender."""
    places = {name.casefold(): place for place, name in reversed(list(enumerate(heading)))}
    if "gender" in places and "sex" not in places:
        places["sex"] = places["gender"]
    return places


def headline(cells: list[str], places: dict[str, int]) -> str:
    """Sex and age of a row as one text, such as “Persons, 65+ yrs”."""
    return f"{cell_under(cells, places, 'sex')}, {cell_under(cells, places, 'age')}"


def _row(number: int, cells: list[str], places: dict[str, int], code: str, headline: str) -> FileRow:
    def cell(name: str) -> str:
        return cell_under(cells, places, name)

    note = cell("value note")
    hidden = any(word in note.casefold() for word in SUPPRESSED)
    return FileRow(
        number,
        code,
        cell("area code"),
        cell("time period"),
        (cell("count"),),
        (cell("denominator"),),
        (cell("value") or ("*" if hidden else ""),),
        place_name=cell("area name"),
        low95=cell("lower ci 95.0 limit"),
        high95=cell("upper ci 95.0 limit"),
        note=note,
        breakdown=_breakdown(cell("sex"), cell("age"), cell("category type"), cell("category"), headline),
        as_given=True,
    )


def _breakdown(sex: str, age: str, kind: str, category: str, headline: str) -> tuple[tuple[str, str], ...]:
    """The breakdown of a row. `headline` is the sex and age of the measure itself, which is no breakdown."""
    pairs = []
    if f"{sex}, {age}" != headline:
        pairs += [(name, word) for name, word in (("Sex", sex), ("Age", age)) if word.casefold() not in WHOLE]
    if kind:
        pairs.append((kind, category))
    return tuple(pairs)
