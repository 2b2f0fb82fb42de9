"""Draws the projector, for its page and for live boards to send: the same for everyone in the room."""

import asyncio
from typing import Any

from app.access import Role
from app.boards.core.board import Board
from app.boards.core.sight import Audience
from app.boards.live.stage.progress import SEEN_WITHIN, progress_of
from app.boards.storage import look_store, store
from app.config import Config
from app.db import Database, now
from app.spaces import seats
from app.spaces.joining import join
from app.spaces.joining.paths import path_to_join
from app.spaces.joining.qr_code import qr
from app.workshops.phone.draw import names
from app.workshops.projector.view import wall


class ProjectorScreen:
    """Renders in a thread, so that a long page keeps no socket waiting."""

    def __init__(self, db: Database, engine: Any, config: Config) -> None:
        self.db, self.engine, self.config = db, engine, config

    async def draw(self, board: Board, audience: Audience) -> str:
        if audience.role is not Role.SCREEN:
            return ""  # it has the join code on it, which not all may be given
        template = self.engine.get_template("workshops/projector/_body.html")
        drawn = await context(self.db, self.config, board)
        return await asyncio.to_thread(lambda: template.render(**drawn))


async def context(db: Database, config: Config, board: Board) -> dict[str, Any]:
    """What the template of the projector needs."""
    seen = wall(board)
    hides = seen.shown.stage is None or seen.shown.stage.hides_code or seen.shown.kind == "ended"
    async with db.read() as tx:
        code = None if hides else await join.active_code(tx, board.space)
        space = await seats.space_of(tx, board.space)
        title = (await store.head_of(tx, board.id)).title
        at = now()
        present = await tx.run_sync(look_store.seen_since, board.id, at, at - SEEN_WITHIN)
    address = config.base_url + path_to_join(code.code, board.id) if code else ""
    return {
        "wall": seen,
        "shown": seen.shown,
        "space": space,
        "title": title,
        "people": await names(db, board.space),
        "progress": await progress_of(db, config.secret, board),
        "code": code.code if code else "",
        "qr": qr(address) if code else "",
        "short": f"{config.base_url}/join".replace("https://", "").replace("http://", ""),
        "here": len(present - set(seen.shown.stage.facilitators if seen.shown.stage else ())),
    }
