"""Boards to measure on: new ones, and many cards on them by batches of 200."""

import json
import time
from typing import Any

from app.boards.core.ops import MAX_PARTS
from app.boards.library import store as library_store
from app.db import Database, new_id, now
from tests.bench import writers
from tests.bench.stage import Stage
from tests.bench.writers import WORDS, Writers

IN_SECTION = 200  # cards
WIDE, HIGH = 1140, 5700  # pixels of a section: five columns
PROMPT = "What do you see when somebody waits to go home, and who could do something about it?"
KINDS = ("note", "problem", "question", "ask", "offer")


async def new_board(on: Stage, title: str) -> str:
    """An empty board of the space, made by Ana."""
    db, id = Database(on.database_url), new_id()
    try:
        async with db.write() as tx:
            await library_store.add(tx, id, on.world.space, title, "blank", on.world.people["Ana"], now())
    finally:
        await db.close()
    return id


async def enter(on: Stage, board: str) -> Writers:
    """The last of the people, writing on a board."""
    return await writers.enter(on.board_url(board), on.cookies[-1:], on.server.url)


async def filled(on: Stage, title: str, cards: int) -> str:
    """A new board of so many cards, in sections of 200."""
    board = await new_board(on, title)
    people = await enter(on, board)
    try:
        for number in range(cards // IN_SECTION):
            section = new_id()
            place = {"x": number % 5 * (WIDE + 60), "y": number // 5 * (HIGH + 300), "w": WIDE, "h": HIGH}
            await send(
                people,
                {"do": "add_section", "id": section, "title": f"Part {number + 1}", "prompt": PROMPT} | place,
            )
            await send(people, batch([card(section, i) for i in range(IN_SECTION)]))
    finally:
        people.close()
    return board


def card(section: str | None, number: int = 0) -> dict[str, Any]:
    """An op that adds a card; its text is stamped with the time."""
    text = f"{WORDS[: 30 + number % 50]} no{number} t={time.monotonic_ns()}"
    kind = KINDS[number % len(KINDS)]
    return {"do": "add_card", "id": new_id(), "kind": kind, "text": text, "section": section}


def batch(parts: list[dict[str, Any]]) -> dict[str, Any]:
    assert len(parts) <= MAX_PARTS
    return {"do": "batch", "parts": parts}


async def send(people: Writers, op: dict[str, Any]) -> None:
    """Until it is acknowledged."""
    (writer,) = people.all
    writer.send(json.dumps(op).encode())
    await people.settled()
    assert not writer.refused, writer.refused
