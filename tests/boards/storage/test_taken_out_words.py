"""Once words are destroyed, no table of the database has them any more."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.boards.live import withheld_job
from app.db import metadata, now
from tests.boards.conftest import Desk
from tests.boards.live.test_casts import rooms_of

CANARY = "Mrs Quillfeather of Hill Street"


async def tables_with(desk: Desk, words: str) -> set[str]:
    """The tables that hold these words, or their beginning as the index has it."""
    found = set()
    async with desk.home.db.read() as tx:
        for table in metadata.sorted_tables:
            rows = await tx.execute(select(table))
            if any("quillfeather" in str(value).lower() for row in rows for value in row):
                found.add(table.name)
    return found


async def written(desk: Desk, who: Any) -> str:
    """A card that names a person, changed once, taken up by find, its words in a refusal's neighbour too."""
    card = await desk.card(who, f"First {CANARY}")
    await desk.act(who, "edit_card", id=card, text=CANARY)
    await who.get(f"{desk.winter.path}/find?q=Quillfeather")
    return card


async def test_ones_own_words_are_gone_from_item_log_and_index_at_once(desk: Desk) -> None:
    card = await written(desk, desk.winter.bo)
    assert {"item", "deed"} <= await tables_with(desk, CANARY)
    await desk.act(desk.winter.bo, "take_out", id=card, why="named")

    assert await tables_with(desk, CANARY) == set()
    assert "Taken out by its author" in await desk.outline(desk.winter.ana)


async def test_words_of_others_are_destroyed_after_a_week(desk: Desk) -> None:
    card = await written(desk, desk.winter.bo)
    await desk.act(desk.winter.ana, "take_out", id=card, why="named")
    assert CANARY not in await desk.outline(desk.winter.bo)
    rooms = rooms_of(desk)
    await withheld_job.destroy_overdue(desk.home.db, rooms, now() + timedelta(days=6))
    assert await tables_with(desk, CANARY) == {"item", "deed"}
    await withheld_job.destroy_overdue(desk.home.db, rooms, now() + timedelta(days=8))

    assert await tables_with(desk, CANARY) == set()
