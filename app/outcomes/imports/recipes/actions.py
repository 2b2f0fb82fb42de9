"""What people do with recipes: keep one, bring one from a file, remove one."""

from msgspec import DecodeError, ValidationError, json
from msgspec.structs import replace

from app.access import Code, Refused
from app.outcomes.imports.recipes import store
from app.outcomes.imports.recipes.recipe import FORMAT, Recipe
from app.spaces.actions import Door, change

MOST_NAME = 120
MOST_BYTES = 200_000
NO_RECIPE = "This is not a recipe. Recipes are files that were downloaded here from a space."


async def keep(door: Door, recipe: Recipe) -> None:
    """Keep a recipe for everybody in the space. One with the same name gives way to it."""
    name = " ".join(recipe.name.split())[:MOST_NAME]
    if not name:
        raise Refused(Code.INVALID, "A recipe needs a name.")
    async with change(door, "measure.import") as under_way:
        by = under_way.seat.actor.person or ""
        await store.put(under_way.tx, door.space_id, replace(recipe, name=name), by, under_way.at)


async def add_from_file(door: Door, content: bytes) -> None:
    """Keep a recipe that was downloaded from another space."""
    try:
        recipe = json.decode(content[:MOST_BYTES], type=Recipe)
    except (DecodeError, ValidationError, UnicodeDecodeError) as fault:
        raise Refused(Code.INVALID, NO_RECIPE) from fault
    if recipe.format != FORMAT:
        raise Refused(Code.INVALID, NO_RECIPE)
    await keep(door, recipe)


async def remove(door: Door, recipe_id: str) -> None:
    """Remove a recipe. What was imported with it stays."""
    async with change(door, "measure.import") as under_way:
        await store.remove(under_way.tx, door.space_id, recipe_id)
