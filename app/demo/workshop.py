"""A workshop in the demo that is ready to open: its doors are open, and nothing has been asked yet."""

from datetime import timedelta
from typing import Any

from app.access import Actor
from app.boards.core.group_commit import OpRequest
from app.boards.core.ops import AddSection, Op
from app.boards.core.stage.ops import OpenStage
from app.boards.core.stage.read import stage_of
from app.boards.library import store as library_store
from app.boards.live import actions
from app.boards.live.rooms import Rooms
from app.boards.storage import screen_links
from app.boards.storage.screen_links import ScreenLink
from app.db import Database, Tx, new_id, now
from app.people.tokens import hashed
from app.workshops.runsheet import store
from app.workshops.runsheet.templates_board import sections_for
from app.workshops.runsheet.workshop import Workshop

TOKEN = "the-projector-of-the-demo"  # noqa: S105 - fixed on purpose: the demo is for this machine alone


async def add_board(tx: Tx, space: str, id: str, content: dict[str, Any], by: Actor) -> None:
    """The board that the workshop runs over; left alone where it is there."""
    if await library_store.find(tx, id) is None:
        made_at = now() - timedelta(hours=3)  # so that the boards with words on them come first
        await library_store.add(tx, id, space, content["title"], "blank", by.person or "", made_at)


async def begin(
    db: Database, rooms: Rooms, planned: Workshop, content: dict[str, Any], by: Actor, ids: tuple[str, str]
) -> None:
    """Begin it along its run-sheet, once; `ids` are those of its section and its stage.

    Its projector's link opens once again.
    """
    board_id = planned.board or ""
    live = await rooms.open(board_id)
    if not live.room.board.items:
        section, stage = ids
        ops: tuple[Op, ...] = (
            AddSection(section, content["section"]),
            *sections_for(board_id, planned.sheet, {content["section"]}, 400.0),
            OpenStage(stage, content["purpose"], content["authority"]),
        )
        at = now().timestamp()
        await actions.act(rooms, board_id, None, [OpRequest(by, "", None, op, at) for op in ops])
    stage_now = stage_of(live.room.board)
    async with db.write() as tx:
        if await store.find(tx, planned.space, planned.id) is None:
            await store.add(tx, planned)
        if stage_now and await screen_links.by_token(tx, hashed(TOKEN)) is None:
            link = ScreenLink(new_id(), board_id, stage_now.id, now(), None)
            await screen_links.add(tx, link, hashed(TOKEN))


def contents(
    base_url: str, id: str, board_id: str, title: str, plan: str, *, ran: bool = False
) -> dict[str, str]:
    """Where it is: its run-sheet, its screens and its board; once it ran, its minutes."""
    board = f"{base_url}/boards/{board_id}"
    if ran:
        return {
            "id": id,
            "title": title,
            "run_sheet": plan,
            "minutes": f"{plan}/minutes",
            "board": board,
        }
    return {
        "id": id,
        "title": title,
        "url": f"{board}/take-part",
        "console": f"{board}/console",
        "present": f"{base_url}/present/{TOKEN}",
        "board": board,
        "run_sheet": plan,
    }
