"""A board that is open in this process, and when it is let go again."""

import asyncio
from collections.abc import Iterable
from time import monotonic

from app.boards.live.followers import Followers
from app.boards.live.room import Room

EMPTY_FOR = 60.0  # seconds after which a board that nobody follows is let go
MOST_EMPTY, EMPTY_FOR_OF_MANY = 32, 5.0  # beyond so many sooner, as after a job that opened all of a space


class Live:
    """An open board: its room, those who follow it, and the task that runs the room."""

    def __init__(self, room: Room, followers: Followers, task: asyncio.Task[None]) -> None:
        self.room, self.followers, self.task = room, followers, task
        self.used = monotonic()

    def __str__(self) -> str:
        return f"board {self.room.board.id}"

    @property
    def is_empty(self) -> bool:
        """Whether nobody follows it, or waits for an answer of it."""
        return not self.followers.sessions and not self.room.waiting.is_busy


def due_to_go(boards: Iterable[Live]) -> list[Live]:
    """Those that have been empty for long enough."""
    now = monotonic()
    empty = sorted((one for one in boards if one.is_empty), key=lambda one: -one.used)
    return [
        live
        for i, live in enumerate(empty)
        if now - live.used > (EMPTY_FOR if i < MOST_EMPTY else EMPTY_FOR_OF_MANY)
    ]
