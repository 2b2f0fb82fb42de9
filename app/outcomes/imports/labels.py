"""The words for imports on their pages."""

from collections.abc import Mapping, Sequence

from app.outcomes.imports import csv_wide
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures.measure import Measure

STAGES = {
    "read": "Reading the rows",
    "checked": "Checking the rows",
    "written": "Writing the numbers",
    "read anew": "Reading the charts anew",
}
LAYOUTS = {
    "long": "Our own layout",
    "rows": "One row for each period",
    "wide": "Periods side by side",
    "fingertips": "Fingertips",
}
TAKES = [
    ("as_is", "A number as it is"),
    ("fraction", "A share of 1", "0.88 is 88%. Spreadsheets keep percentages so."),
    ("complement", "What is left of it", "Of 12% who waited too long, 88% did not."),
    ("ratio", "One number divided by another", "Numerator and denominator are both kept."),
    (
        "ratio_complement",
        "What is left of one number divided by another",
        "Of 140 people 28 waited too long: 112 of 140.",
    ),
]


def values(look: FileLook, mapping: ColumnMapping) -> Mapping[str, str]:
    """The values of the fields of the mapping form."""
    fields = {
        name: str(getattr(mapping, name))
        for name in (
            *("measure", "take", "first", "second", "period", "place", "part"),
            *("only_column", "only_value", "own"),
        )
    }
    fields["add_up"] = "yes" if mapping.add_up else ""
    for place, name in enumerate(look.heading):
        if name in mapping.breakdown:
            fields[f"breakdown-{place}"] = "yes"
    for place, id in enumerate(look.indicators):
        fields[f"measure-{place}"] = mapping.measures.get(id, "")
        fields[f"headline-{place}"] = mapping.headlines.get(id, "")
    return fields


def columns(look: FileLook) -> list[tuple[str, str]]:
    """The columns to choose from, without those that are periods."""
    names = csv_wide.other_headings(look.heading) if look.layout == "wide" else look.heading
    return [("", "None"), *((name, name) for name in names if name)]


def choices(measures: Sequence[Measure]) -> list[tuple[str, str]]:
    """The choices of a measure: (code, name)."""
    return [("", "Choose a measure"), *((one.code, one.definition.name) for one in measures)]


def plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
