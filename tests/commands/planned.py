"""A workshop that a space has planned, from one of the templates that come with the product."""

from app.boards.library import store as library_store
from app.db import Database, new_id, now
from app.workshops.runsheet import file_format, store
from app.workshops.runsheet.templates import run_sheets
from app.workshops.runsheet.workshop import Workshop
from tests.support.world import World


async def planned(url: str, world: World, template: str = "01_name_it", *, board: bool = True) -> str:
    """Its id. Ana and Cat lead it; it runs over the board of the world."""
    file, at, id = run_sheets()[template], now(), new_id()
    ana, cat = world.people["Ana"], world.people["Cat"]
    workshop = Workshop(
        id, world.space, file.title, ana, at, at, purpose="So that people are home.", starts_at=at, booked=90,
        board=world.board if board else None, team=(ana, cat), sheet=file_format.fresh(file.sheet, new_id),
    )  # fmt: skip
    db = Database(url)
    try:
        async with db.write() as tx:
            await store.add(tx, workshop)
            assert await library_store.find(tx, world.board)
    finally:
        await db.close()
    return id
