"""The recipes of a space, in the database."""

from datetime import datetime
from typing import Any

from msgspec import json
from sqlalchemy import Row, delete, insert, select, update

from app.db import Tx, new_id
from app.outcomes.imports.recipes.recipe import Recipe
from app.outcomes.tables import recipe


async def of_space(tx: Tx, space_id: str) -> list[Row[Any]]:
    """The recipes by name, each with its `recipe` as JSON."""
    query = select(recipe).where(recipe.c.space_id == space_id).order_by(recipe.c.name, recipe.c.id)
    return list(await tx.execute(query))


async def find(tx: Tx, space_id: str, recipe_id: str) -> Row[Any] | None:
    """The recipe; None where it is of another space."""
    query = select(recipe).where(recipe.c.space_id == space_id, recipe.c.id == recipe_id)
    return (await tx.execute(query)).one_or_none()


async def put(tx: Tx, space_id: str, one: Recipe, by: str, at: datetime) -> None:
    """Keep a recipe. One with the same name gives way to it."""
    values = {"recipe": json.encode(one).decode(), "by": by, "at": at}
    same = (recipe.c.space_id == space_id, recipe.c.name == one.name)
    if (await tx.execute(select(recipe.c.id).where(*same))).first():
        await tx.execute(update(recipe).where(*same).values(**values))
    else:
        await tx.execute(insert(recipe).values(id=new_id(), space_id=space_id, name=one.name, **values))


async def remove(tx: Tx, space_id: str, recipe_id: str) -> None:
    await tx.execute(delete(recipe).where(recipe.c.space_id == space_id, recipe.c.id == recipe_id))
