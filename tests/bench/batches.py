"""A batch of 200 parts: until it is durable and acknowledged, and until it is on 200 screens."""

import asyncio
import time
from statistics import median
from typing import Any

from app.boards.core.ops import MAX_PARTS
from app.db import new_id
from tests.bench import boards
from tests.bench.figure import Figure
from tests.bench.stage import Stage
from tests.bench.writers import WORDS, Writers

ROUNDS, SCREENS = 5, 200
CARDS = 2_800
PATIENCE = 10.0  # seconds that a batch may be under way


async def measure(on: Stage) -> list[Figure]:
    board = await boards.new_board(on, "Batches")
    people = await boards.enter(on, board)
    try:
        full, other = await _sections(people)
        cards = await _fill(people, full)
        found = []
        for what, parts in _batches(cards, full, other).items():
            took = []
            for number in range(ROUNDS):
                people.clear()
                await boards.send(people, boards.batch(parts(number)))
                took += people.took_ms(50)
            beside = f"the longest of {ROUNDS} {max(took):.0f}"
            title = f"a batch that {what} {MAX_PARTS} cards, of {CARDS:,}, acknowledged"
            found.append(Figure(title, median(took), "ms", 100, beside))
    finally:
        people.close()
    return [*found, await _on_screens(on)]


async def _sections(people: Writers) -> list[str]:
    ids = [new_id(), new_id()]
    for id in ids:
        await boards.send(people, {"do": "add_section", "id": id, "title": "A section"})
    return ids


async def _fill(people: Writers, section: str) -> list[str]:
    cards: list[str] = []
    for _ in range(CARDS // MAX_PARTS):
        parts = [boards.card(section, i) for i in range(MAX_PARTS)]
        cards += [part["id"] for part in parts]
        await boards.send(people, boards.batch(parts))
    return cards


def _batches(cards: list[str], full: str, other: str) -> dict[str, Any]:
    """What is measured, and the parts of each round of it."""
    some = cards[:MAX_PARTS]
    return {
        "edits": lambda n: [{"do": "edit_card", "id": id, "text": f"{WORDS} {n}"} for id in some],
        "moves after another": lambda n: [
            {"do": "move_card", "id": id, "after": cards[1_000 + n]} for id in some
        ],
        "moves to and fro between sections": lambda n: [
            {"do": "move_card", "id": id, "section": full if n % 2 else other} for id in some
        ],
        "adds": lambda n: [boards.card(full, i) for i in range(MAX_PARTS)],
    }


async def _on_screens(on: Stage) -> Figure:
    """Until the last of the screens has the last of the cards."""
    people = await on.writers(1)
    try:
        last = []
        async with on.viewers(SCREENS, min(SCREENS, len(on.cookies) - 1)) as crowd:
            for _ in range(ROUNDS):
                await crowd.ask("mark")
                await boards.send(people, boards.batch([boards.card(None, i) for i in range(MAX_PARTS)]))
                deadline = time.monotonic() + PATIENCE
                while (report := await crowd.ask("report"))["deliveries"] < SCREENS * MAX_PARTS:
                    assert time.monotonic() < deadline, report
                    await asyncio.sleep(0.1)
                last.append(report["last_ms"]["100"])
    finally:
        people.close()
    return Figure(
        f"a batch that adds {MAX_PARTS} cards, on {SCREENS} screens",
        median(last),
        "ms",
        300,
        f"the longest {max(last):.0f}",
    )
