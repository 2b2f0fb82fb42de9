"""The CSV layout of OHID's Fingertips. Blank values are missing, suppressed ones are never zero.

Columns are found by name; which there are has changed over time. An area is there once for each parent: the
same row twice is one. What is standardised cannot be worked out of count and denominator, so values are kept.
"""

from collections.abc import Iterator

from app.outcomes.imports.rows import ColumnMapping, FileRow, of_cells
from app.outcomes.imports.tabular import Table

NEEDED = frozenset({"indicator id", "area code", "time period", "value"})
SUPPRESSED = ("suppress", "disclosure", "small number")
SAME = (
    *("indicator id", "area code", "sex", "age", "category type", "category", "time period", "value"),
    *("lower ci 95.0 limit", "upper ci 95.0 limit", "count", "denominator"),
)
PLAIN = frozenset({"persons", "all ages", "not applicable", ""})  # of sex and age: no part of a whole


def is_fingertips(heading: list[str]) -> bool:
    return {name.casefold() for name in heading} >= NEEDED


def rows(sheet: Table, asked: ColumnMapping) -> Iterator[FileRow]:
    """The rows of the indicators that are mapped to a measure; one seen under another parent is not."""
    places = columns(sheet.heading)
    seen: set[tuple[str, ...]] = set()
    for number, cells in sheet.lines:
        indicator = of_cells(cells, places, "indicator id")
        code = asked.measures.get(indicator)
        same = tuple(of_cells(cells, places, name) for name in SAME)
        if code and same not in seen:
            seen.add(same)
            yield _row(number, cells, places, code, asked.headlines.get(indicator, ""))


def columns(heading: list[str]) -> dict[str, int]:
    """Where each column is, by its name in small letters; Gender is the Sex of older files."""
    places = {name.casefold(): place for place, name in reversed(list(enumerate(heading)))}
    if "gender" in places and "sex" not in places:
        places["sex"] = places["gender"]
    return places


def headline(cells: list[str], places: dict[str, int]) -> str:
    """Sex and age as one text, such as “Persons, 65+ yrs”."""
    return f"{of_cells(cells, places, 'sex')}, {of_cells(cells, places, 'age')}"


def _row(number: int, cells: list[str], places: dict[str, int], code: str, of_measure: str) -> FileRow:
    def cell(name: str) -> str:
        return of_cells(cells, places, name)

    note = cell("value note")
    hidden = any(word in note.casefold() for word in SUPPRESSED)
    return FileRow(
        number,
        code,
        cell("area code"),
        cell("time period"),
        cell("count"),
        cell("denominator"),
        cell("value") or ("*" if hidden else ""),
        place_name=cell("area name"),
        low95=cell("lower ci 95.0 limit"),
        high95=cell("upper ci 95.0 limit"),
        note=note,
        breakdown=_breakdown(cell("sex"), cell("age"), cell("category type"), cell("category"), of_measure),
        as_given=True,
    )


def _breakdown(sex: str, age: str, kind: str, category: str, of_measure: str) -> tuple[tuple[str, str], ...]:
    """What sets this line apart from the measure itself, which is of one sex and one age."""
    found = []
    if f"{sex}, {age}" != of_measure:
        found += [(name, word) for name, word in (("Sex", sex), ("Age", age)) if word.casefold() not in PLAIN]
    if kind:
        found.append((kind, category))
    return tuple(found)
