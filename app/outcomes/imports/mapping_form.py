"""The form that asks what the columns of a file mean: its choices and values, and how it is read. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from app.outcomes.imports import other_layouts, reading_form, still_open
from app.outcomes.imports.columns.column_look import ColumnLook
from app.outcomes.imports.guess import styled
from app.outcomes.imports.rows import Blank, ColumnMapping, FileLook, RowFilter, Take, folded
from app.outcomes.imports.sources.cell import index_of, letter
from app.outcomes.measures.measure import Measure
from app.spaces.rules import Errors

FEW_NUMBERS = 12  # a column of numbers with more different ones is no list to choose rows by
COLUMNS = {
    "period": "period_at",
    "month": "month_at",
    "period_end": "end_at",
    "place": "place_at",
    "marks": "marks_at",
}


def read(
    form: Mapping[str, str], look: FileLook, measures: Sequence[Measure]
) -> tuple[ColumnMapping, Errors]:
    """The mapping that somebody chose, and what is wrong by field. Unknown columns count as none."""
    if look.layout == "fingertips":
        return _read_fingertips(form, look)
    mapping = ColumnMapping("long", table=look.place) if look.layout == "long" else _read_columns(form, look)
    mapping = styled(mapping, look)
    errors: Errors = {} if look.layout == "long" else still_open.missing(mapping, look, measures)
    mapping, open_questions = reading_form.read_reading(form, look, mapping, measures)
    return mapping, {**errors, **open_questions}


def values(mapping: ColumnMapping, look: FileLook, measures: Sequence[Measure]) -> Mapping[str, str]:
    """The values of the fields of the mapping form."""
    fields = {
        name: str(getattr(mapping, name))
        for name in ("measure", "take", "first_word", "second_word", "one_period", "own", "blank")
    }
    fields |= {name: _letter(getattr(mapping, field)) for name, field in COLUMNS.items()}
    fields["part"] = _letter(mapping.part_at)
    fields["no_marks"] = "yes" if mapping.no_marks else ""
    fields["all_own"] = "yes" if mapping.place_at is None and mapping.blank == "own" else ""
    for name, indices in (("first", mapping.firsts), ("second", mapping.seconds)):
        fields[name] = _letter(next(iter(indices), None))
        fields |= {f"{name}-more-{index}": "yes" for index in indices[1:]}
    fields |= {f"breakdown-{index}": "yes" for index in mapping.breakdown_at}
    for one in mapping.only_rows:
        kept = {folded(word) for word in one.words}
        words = _words(look, one.column)
        fields |= {f"keep-{one.column}-{n}": "yes" for n, word in enumerate(words) if folded(word) in kept}
        if not words:
            fields |= {"only_column": letter(one.column), "only_value": ", ".join(one.words)}
    fields["add_up"] = "yes" if mapping.add_up else ""
    for place, id in enumerate(look.indicators):
        fields[f"measure-{place}"] = mapping.measures.get(id, "")
        fields[f"headline-{place}"] = mapping.headlines.get(id, "")
    read = reading_form.reading_values(mapping, look, measures)
    return {**fields, **read, **still_open.answers_of(mapping, look, measures)}


def columns(look: FileLook) -> list[tuple[str, str]]:
    """The columns to choose from, without those that are periods and those that are empty."""
    return [("", "None"), *((one.letter, one.name) for one in _usable(look))]


def number_columns(look: FileLook) -> list[ColumnLook]:
    """The columns that can be added to another."""
    return [one for one in _usable(look) if one.kind == "number"]


def group_columns(look: FileLook) -> list[ColumnLook]:
    """The columns that can split people into groups."""
    return [one for one in _usable(look) if one.heading]


def filter_columns(look: FileLook) -> list[ColumnLook]:
    """The columns whose words can be chosen from a list."""
    return [
        one
        for one in _usable(look)
        if len(one.words) > 1 and (one.kind != "number" or len(one.words) <= FEW_NUMBERS)
    ]


def lists(look: FileLook, measures: Sequence[Measure]) -> dict[str, Any]:
    """All that the form offers to choose from, by the names that its template has for them."""
    return {
        "choices": choices(measures),
        "columns": columns(look),
        "number_columns": number_columns(look),
        "group_columns": group_columns(look),
        "filter_columns": filter_columns(look),
        "orders": reading_form.date_orders(look),
        "decimals": reading_form.decimals(look),
        "has_dates": reading_form.has_dates(look, measures),
        "has_parts": reading_form.has_parts(look, measures),
        "order_hint": reading_form.order_hint(look),
        "added": {name: [f"{name}-more-{one.index}" for one in look.columns] for name in ("first", "second")},
    }


def choices(measures: Sequence[Measure]) -> list[tuple[str, str]]:
    """The choices of a measure: (code, name)."""
    return [("", "Choose a measure"), *((one.code, one.definition.name) for one in measures)]


def _usable(look: FileLook) -> list[ColumnLook]:
    kept = set(other_layouts.undated(look.heading)) if look.layout == "wide" else None
    return [one for one in look.columns if one.kind != "empty" and (kept is None or one.index in kept)]


def _words(look: FileLook, column: int) -> list[str]:
    return next(([word for word, _ in one.words] for one in filter_columns(look) if one.index == column), [])


def _letter(index: int | None) -> str:
    return "" if index is None else letter(index)


def _read_columns(form: Mapping[str, str], look: FileLook) -> ColumnMapping:
    def column(name: str) -> int | None:
        index = index_of(form.get(name, ""))
        return index if index is not None and index < len(look.columns) else None

    def several(name: str) -> tuple[int, ...]:
        first = column(name)
        more = [one.index for one in look.columns if form.get(f"{name}-more-{one.index}")]
        return tuple(dict.fromkeys([first, *more] if first is not None else more))

    take: Take = form["take"] if form.get("take") in get_args(Take) else "as_is"  # type: ignore[assignment]
    blank: Blank = form["blank"] if form.get("blank") in get_args(Blank) else ""  # type: ignore[assignment]
    if column("place") is None:
        blank = "own" if form.get("all_own") else ""
    is_ratio = take.startswith("ratio")
    wide = look.layout == "wide"
    return ColumnMapping(
        look.layout,
        form.get("measure", ""),
        take,
        () if wide else several("first"),
        several("second") if is_ratio and not wide else (),
        column("period"),
        column("month"),
        column("period_end"),
        form.get("one_period", "").strip(),
        column("place"),
        blank,
        column("part"),
        form.get("first_word", "").strip(),
        form.get("second_word", "").strip() if is_ratio else "",
        _filters(form, look),
        tuple(one.index for one in look.columns if form.get(f"breakdown-{one.index}")),
        own=form.get("own", "").strip(),
        marks_at=None if wide else column("marks"),
        no_marks=bool(form.get("no_marks")) and column("marks") is None,
        add_up=not wide and bool(form.get("add_up")),
        table=look.place,
    )


def _filters(form: Mapping[str, str], look: FileLook) -> tuple[RowFilter, ...]:
    found = []
    for one in filter_columns(look):
        kept = tuple(word for n, (word, _) in enumerate(one.words) if form.get(f"keep-{one.index}-{n}"))
        if kept:
            found.append(RowFilter(one.index, kept))
    index = index_of(form.get("only_column", ""))
    if index is not None and index < len(look.columns):
        said = tuple(word.strip() for word in form.get("only_value", "").split(",") if word.strip())
        found.append(RowFilter(index, said))
    return tuple(found)


def _read_fingertips(form: Mapping[str, str], look: FileLook) -> tuple[ColumnMapping, Errors]:
    measures = {id: form.get(f"measure-{n}", "") for n, id in enumerate(look.indicators)}
    headlines = {id: form.get(f"headline-{n}", "") for n, id in enumerate(look.indicators)}
    if not any(measures.values()):
        return ColumnMapping("fingertips"), {"measure-0": "Choose a measure for at least one indicator."}
    return ColumnMapping("fingertips", measures=measures, headlines=headlines, table=look.place), {}
