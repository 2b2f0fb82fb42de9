"""What imports are called on their pages."""

from collections.abc import Mapping, Sequence

from app.outcomes.imports import csv_wide
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures.measure import Measure

STAGES = {
    "read": "Reading the rows",
    "checked": "Checking the rows",
    "written": "Writing the numbers",
    "read anew": "Updating the charts",
}
LAYOUTS = {
    "long": "Our own layout",
    "rows": "One row for each period",
    "wide": "Periods side by side",
    "fingertips": "Fingertips",
}
TAKES = [
    ("as_is", "A number as it is"),
    ("fraction", "A share of 1", "0.88 is 88%. Spreadsheets store percentages this way."),
    ("complement", "What is left of it", "Of 12% who waited too long, 88% did not."),
    ("ratio", "One number divided by another", "Numerator and denominator are both saved."),
    (
        "ratio_complement",
        "What is left of one number divided by another",
        "Of 140 people 28 waited too long: 112 of 140.",
    ),
]


def values(look: FileLook, asked: ColumnMapping) -> Mapping[str, str]:
    """The fields of the mapping form."""
    found = {
        name: str(getattr(asked, name))
        for name in (
            *("measure", "take", "first", "second", "period", "place", "part"),
            *("only_column", "only_value", "own"),
        )
    }
    found["add_up"] = "yes" if asked.add_up else ""
    for place, name in enumerate(look.heading):
        if name in asked.breakdown:
            found[f"breakdown-{place}"] = "yes"
    for place, id in enumerate(look.indicators):
        found[f"measure-{place}"] = asked.measures.get(id, "")
        found[f"headline-{place}"] = asked.headlines.get(id, "")
    return found


def columns(look: FileLook) -> list[tuple[str, str]]:
    """The columns to choose from; where periods stand side by side, those beside them."""
    beside = csv_wide.beside(look.heading) if look.layout == "wide" else look.heading
    return [("", "None"), *((name, name) for name in beside if name)]


def choices(measures: Sequence[Measure]) -> list[tuple[str, str]]:
    """The measures to choose from, by code."""
    return [("", "Choose a measure"), *((one.code, one.definition.name) for one in measures)]


def plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
