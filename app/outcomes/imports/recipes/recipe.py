"""A mapping kept under a name, to be used again for files with the same headings. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.outcomes.imports.rows import ColumnMapping, FileLook, RowFilter, folded

FORMAT = "throughline-recipe-1"
ALONE = ("period_at", "month_at", "end_at", "place_at", "part_at", "marks_at")


class Recipe(Struct, frozen=True):
    """What the columns of a kind of file mean. `headings` are those of its files, in their order."""

    name: str
    headings: tuple[str, ...]
    mapping: ColumnMapping
    format: str = FORMAT


def made(name: str, look: FileLook, mapping: ColumnMapping) -> Recipe:
    """A recipe of what somebody chose for a file. Where the table ends is of that file alone."""
    place = replace(mapping.table, end=0)
    ours = replace(mapping, table=place, leave_out=False, one_period="", answered="")
    return Recipe(name, look.heading, ours)


def fits(recipe: Recipe, look: FileLook) -> bool:
    """Whether a file has the headings that the recipe uses, wherever they stand."""
    return used_on(recipe, look) is not None


def used_on(recipe: Recipe, look: FileLook) -> ColumnMapping | None:
    """The mapping for this file, whose columns may stand in another order; None where it does not fit."""
    if recipe.mapping.layout != look.layout:
        return None
    theirs, ours = [[folded(name) for name in one] for one in (recipe.headings, look.heading)]
    if theirs == ours and any(ours):  # a table without headings is like no other
        return _here(recipe.mapping, look)
    moved: dict[int, int] = {}
    for index in _used(recipe.mapping):
        name = theirs[index] if index < len(theirs) else ""
        if not name or theirs.count(name) > 1 or ours.count(name) != 1:
            return None
        moved[index] = ours.index(name)
    return _here(_moved(recipe.mapping, moved), look)


def in_place(recipe: Recipe, look: FileLook) -> ColumnMapping | None:
    """The mapping for a file whose columns stand where those of the recipe do, but for the last ones.

    Of those it may lack that of marks; None where it lacks another.
    """
    absent = {index for index in _used(recipe.mapping) if index >= len(look.columns)}
    if absent - {recipe.mapping.marks_at}:
        return None
    return _here(replace(recipe.mapping, marks_at=None) if absent else recipe.mapping, look)


def _here(mapping: ColumnMapping, look: FileLook) -> ColumnMapping:
    return replace(mapping, table=look.place, answered="")


def _used(mapping: ColumnMapping) -> set[int]:
    alone = tuple(getattr(mapping, name) for name in ALONE)
    filtered = (one.column for one in mapping.only_rows)
    many: Sequence[int] = (
        *mapping.firsts,
        *mapping.seconds,
        *mapping.breakdown_at,
        *mapping.fill_down,
        *filtered,
    )
    return {index for index in (*alone, *many) if index is not None}


def _moved(mapping: ColumnMapping, to: Mapping[int, int]) -> ColumnMapping:
    alone = {name: to[index] if (index := getattr(mapping, name)) is not None else None for name in ALONE}
    many = {
        name: tuple(to[index] for index in getattr(mapping, name))
        for name in ("firsts", "seconds", "breakdown_at", "fill_down")
    }
    only = tuple(RowFilter(to[one.column], one.words) for one in mapping.only_rows)
    return replace(mapping, only_rows=only, **alone, **many)
