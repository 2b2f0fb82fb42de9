"""The recipes that fit a file, and the other files that fit what was chosen for it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, json
from msgspec.structs import replace

from app.outcomes.imports import guess, still_open
from app.outcomes.imports.recipes.known import KNOWN
from app.outcomes.imports.recipes.recipe import Recipe, in_place, made, used_on
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.imports.sources.table import TablePlace
from app.outcomes.measures.measure import Measure
from app.outcomes.measures.period_forms import PLAIN
from app.spaces.rules import Errors


class Offer(Struct, frozen=True):
    """A recipe that fits a file, with the mapping it makes. `used`: it is what the form shows now."""

    id: str
    name: str
    mapping: ColumnMapping
    used: bool = False


def offered(
    look: FileLook, kept: Iterable[Any], measures: Sequence[Measure], now: ColumnMapping
) -> list[Offer]:
    """The recipes that fit this file: those of the space (rows), then those that are known by sight."""
    codes = {one.code for one in measures}
    lone = measures[0].code if len(measures) == 1 else ""
    recipes = [(one.id, json.decode(one.recipe, type=Recipe)) for one in kept]
    recipes += [(f"known-{place}", one) for place, one in enumerate(KNOWN)]
    offers = []
    for id, recipe in recipes:
        mapping = used_on(recipe, look)
        if mapping is not None:
            code = mapping.measure if mapping.measure in codes else lone
            mapping = guess.styled(replace(mapping, measure=code), look)
            same = replace(mapping, measure=now.measure, answered=now.answered) == now
            offers.append(Offer(id, recipe.name, mapping, same))
    return offers


def others_like(look: FileLook, asked: str, others: Iterable[Any]) -> list[Any]:
    """The other waiting files (rows) that have the same headings, and none or the same was chosen for them.

    A file that somebody answered for by itself is none of them, so that nothing of that is lost.

    One of them may have a last column without a heading, such as one of marks, that another has not. `asked`
    is the mapping of this file as it is stored. Files of which no headings are known are like no other.
    """
    if not _headings(look):
        return []
    mapping = json.decode(asked, type=ColumnMapping) if asked else None
    return [one for one in others if one.look and _is_alike(one, look) and _follows(one, mapping)]


def _is_alike(one: Any, look: FileLook) -> bool:
    other = json.decode(one.look, type=FileLook)
    return other.layout == look.layout and _headings(other) == _headings(look)


def _follows(one: Any, mapping: ColumnMapping | None) -> bool:
    """Whether a file (row) is still to be filled in, or was filled in like the one with this mapping."""
    theirs = json.decode(one.asked, type=ColumnMapping) if one.asked else None
    if not one.plan:
        return theirs is None or theirs.answered != "here"
    if mapping is None or theirs is None or theirs.answered != "along":
        return False
    return _chosen(theirs) == _chosen(mapping)


def _chosen(mapping: ColumnMapping) -> ColumnMapping:
    """What somebody chose of a mapping, without what is of one file alone."""
    own = {"table": TablePlace(), "style": PLAIN, "decimal": ".", "fill_down": (), "one_period": ""}
    return replace(mapping, leave_out=False, marks_at=None, answered="", **own)


def _headings(look: FileLook) -> list[str]:
    found = list(look.heading)
    while found and not found[-1]:
        found.pop()
    return found


def mapped_alike(
    look: FileLook,
    mapping: ColumnMapping,
    other: FileLook,
    answers: Mapping[str, str],
    measures: Sequence[Measure],
) -> tuple[ColumnMapping, Errors]:
    """The mapping for another file with the same headings: its own table, and its own way of writing.

    The letters of a file that does not say them are those that were chosen for the first one, where they fit.
    What that leaves open is answered as for the first one (`answers`, by field); with what is open still.
    The one period of a whole file is never that of another. Where it lacks a column, it is asked about.
    """
    one = in_place(made("", look, mapping), other)
    if one is None:
        return guess.guess_mapping(other, measures), {"first": "Choose where the numbers are."}
    read, errors = still_open.read_again(answers, guess.styled(one, other), other, measures)
    if errors:
        return replace(read, answered=""), errors
    letters = mapping.table.encoding if mapping.table.encoding in other.encodings else other.place.encoding
    return replace(read, table=replace(read.table, encoding=letters), answered="along"), errors
