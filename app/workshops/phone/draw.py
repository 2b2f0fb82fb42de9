"""Draws what everyone's phone shows of a workshop, for live boards to send."""

import asyncio
from typing import Any

from app.boards.core.board import Board
from app.boards.core.sight import Audience, Viewer
from app.boards.core.stage.read import stage_of
from app.db import Database
from app.spaces import seats
from app.spaces.space import Participant
from app.workshops.phone.view import NOBODY, Own, Shown, shown
from app.workshops.runsheet import store


class PhoneScreen:
    """Renders in a thread, so that a long page keeps no socket waiting."""

    def __init__(self, db: Database, engine: Any) -> None:
        self.db, self.engine = db, engine

    async def draw(self, board: Board, audience: Audience) -> str:
        """The shared part of the phone for everyone of this audience."""
        seen = shown(board, Viewer(audience))
        template = self.engine.get_template("workshops/_phone_frame.html")
        context = {"shown": seen, "own": NOBODY, "token": "", **await beside(self.db, board, seen, NOBODY)}
        return await asyncio.to_thread(lambda: template.render(board=board, **context))


async def beside(db: Database, board: Board, seen: Shown, own: Own) -> dict[str, Any]:
    """What stands on a phone beside what is shown: names, where it has any, and at the end its minutes."""
    return {
        "people": await names(db, board.space) if seen.names_people or own.notes else {},
        "minutes": await _minutes_of(db, board) if seen.kind == "ended" else "",
    }


async def _minutes_of(db: Database, board: Board) -> str:
    """Where one reads the minutes of the latest workshop on a board; "" where it has none."""
    stage = stage_of(board)
    if stage is None:
        return ""
    async with db.read() as tx:
        workshop = await store.of_stage(tx, board.id, stage.id)
    return f"/spaces/{workshop.space}/workshops/{workshop.id}/minutes" if workshop else ""


async def names(db: Database, space_id: str) -> dict[str, Participant]:
    """The people of a space by id, for the names beside their notes."""
    async with db.read() as tx:
        return {one.id: one for one in await seats.people_of(tx, space_id)}
