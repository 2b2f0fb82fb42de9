"""The recipes that fit a file, and the other files that fit what was chosen for it. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct, json
from msgspec.structs import replace

from app.outcomes.imports import guess
from app.outcomes.imports.recipes.known import KNOWN
from app.outcomes.imports.recipes.recipe import Recipe, made, used_on
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures.measure import Measure


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
            same = replace(mapping, measure=now.measure) == now
            offers.append(Offer(id, recipe.name, mapping, same))
    return offers


def others_like(look: FileLook, others: Iterable[Any]) -> list[Any]:
    """The other waiting files (rows) that have the same headings and no preview yet."""
    return [
        one
        for one in others
        if one.look and not one.plan and json.decode(one.look, type=FileLook).heading == look.heading
    ]


def mapped_alike(look: FileLook, mapping: ColumnMapping, other: FileLook) -> ColumnMapping | None:
    """The mapping for another file with the same headings: its own table, and its own way of writing."""
    one = used_on(made("", look, mapping), other)
    return replace(guess.styled(one, other), one_period=mapping.one_period) if one else None
