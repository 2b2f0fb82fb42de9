"""The form that asks what the columns of a file mean: its choices and values, and how it is read. Pure."""

from collections.abc import Mapping, Sequence
from typing import get_args

from app.outcomes.imports import other_layouts
from app.outcomes.imports.rows import ColumnMapping, FileLook, Take
from app.outcomes.measures.measure import Measure
from app.spaces.rules import Errors


def read(form: Mapping[str, str], look: FileLook) -> tuple[ColumnMapping, Errors]:
    """The mapping that somebody chose, and what is wrong by field. Unknown columns count as empty."""
    if look.layout == "fingertips":
        return _read_fingertips(form, look)

    def column(name: str) -> str:
        return form.get(name, "") if form.get(name, "") in look.heading else ""

    take = form.get("take", "")
    mapping = ColumnMapping(
        look.layout,
        form.get("measure", ""),
        take if take in get_args(Take) else "as_is",  # type: ignore[arg-type]
        form.get("first", ""),
        form.get("second", "") if take in ("ratio", "ratio_complement") else "",
        column("period"),
        column("place"),
        column("part"),
        column("only_column"),
        form.get("only_value", "").strip(),
        tuple(name for name in look.heading if form.get(f"breakdown-{look.heading.index(name)}")),
        form.get("own", "").strip(),
        add_up=look.layout == "rows" and bool(form.get("add_up")),
    )
    return mapping, _missing(mapping)


def values(mapping: ColumnMapping, look: FileLook) -> Mapping[str, str]:
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
    names = other_layouts.other_headings(look.heading) if look.layout == "wide" else look.heading
    return [("", "None"), *((name, name) for name in names if name)]


def choices(measures: Sequence[Measure]) -> list[tuple[str, str]]:
    """The choices of a measure: (code, name)."""
    return [("", "Choose a measure"), *((one.code, one.definition.name) for one in measures)]


def _read_fingertips(form: Mapping[str, str], look: FileLook) -> tuple[ColumnMapping, Errors]:
    measures = {id: form.get(f"measure-{n}", "") for n, id in enumerate(look.indicators)}
    headlines = {id: form.get(f"headline-{n}", "") for n, id in enumerate(look.indicators)}
    if not any(measures.values()):
        return ColumnMapping("fingertips"), {"measure-0": "Choose a measure for at least one indicator."}
    return ColumnMapping("fingertips", measures=measures, headlines=headlines), {}


def _missing(mapping: ColumnMapping) -> Errors:
    errors: Errors = {}
    if not mapping.measure:
        errors["measure"] = "Choose the measure that these numbers belong to."
    if mapping.layout == "rows" and not mapping.period:
        errors["period"] = "Choose the column with the periods."
    if not mapping.first and (mapping.layout == "rows" or mapping.take.startswith("ratio")):
        errors["first"] = "Choose where the numbers are."
    if mapping.take.startswith("ratio") and not mapping.second:
        errors["second"] = "Choose what the numbers are divided by."
    if mapping.only_column and not mapping.only_value:
        errors["only_value"] = "Say which rows of that column count."
    return errors
