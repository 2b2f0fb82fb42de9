"""Draws what all who facilitate see of a workshop, for the page and for live boards to send."""

import asyncio
from collections.abc import Collection
from typing import Any

from app.access import ACTIONS
from app.boards.core.board import Board
from app.boards.core.sight import Audience
from app.boards.live.stage.progress import progress_of
from app.config import Config
from app.db import Database
from app.spaces.joining import join
from app.workshops.console.plan import load_plan
from app.workshops.console.view import Console, console
from app.workshops.phone.draw import names

KEEPING = ACTIONS["record.keep"].roles


class ConsoleScreen:
    """Renders in a thread, so that a long page keeps no socket waiting."""

    def __init__(self, db: Database, engine: Any, config: Config) -> None:
        self.db, self.engine, self.config = db, engine, config

    async def draw(self, board: Board, audience: Audience) -> str:
        """The part that is the same for all facilitators."""
        template = self.engine.get_template("workshops/console/_frame.html")
        drawn = {**await context(self.db, self.config, board), "token": "", "form": {}}
        return await asyncio.to_thread(lambda: template.render(**drawn))


def _leading(shown: Console) -> Collection[str]:
    return shown.stage.facilitators if shown.stage else ()


async def context(db: Database, config: Config, board: Board) -> dict[str, Any]:
    """What the templates of the console need for their shared part."""
    shown, people = console(board), await names(db, board.space)
    async with db.read() as tx:
        code = await join.active_code(tx, board.space)
    return {
        "board": board,
        "shown": shown,
        "people": people,
        "has_code": code is not None,
        # drawn once for all who facilitate: shown where one of them may keep
        "may_keep": any(people[id].role in KEEPING for id in _leading(shown) if id in people),
        "progress": await progress_of(db, config.secret, board),
        "plan": await load_plan(db, board),
    }
