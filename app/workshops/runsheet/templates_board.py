"""The board of a workshop: laid out by a template, with the sections that its run-sheet names besides."""

from uuid import UUID, uuid5

from app.boards.core.ops import AddSection
from app.boards.library import actions as library
from app.boards.library import templates as layouts
from app.boards.live import actions as live
from app.boards.live.rooms import Rooms
from app.spaces.actions import Door
from app.spaces.space import Seat
from app.workshops.runsheet.sheet import Sheet

WIDE, HIGH, GAP, ACROSS = 460, 320, 40, 3  # of the sections that are added, in canvas units
PROMPT = 500


async def make_board(
    door: Door, rooms: Rooms, seat: Seat, title: str, layout: str, sheet: Sheet, form_id: str
) -> str:
    """A new board for it; its id. The same form again makes no second one. Raises Refused."""
    known = layouts.layouts()
    name = layout if layout in known else layouts.BLANK
    board_id = await library.create(door, title, name, library.id_for(door, form_id, b"its board"))
    drawn = known[name].sections if name in known else []
    below = max([float(one["y"]) + float(one["h"]) + GAP for one in drawn], default=0.0)
    there = {one["title"] for one in drawn}
    requests = [live.request(seat.actor, op) for op in sections_for(board_id, sheet, there, below)]
    if requests:
        await live.act(rooms, board_id, seat, requests)
    return board_id


def sections_for(board_id: str, sheet: Sheet, there: set[str], below: float) -> list[AddSection]:
    """A section for each title that no section has yet, in rows below those that are there.

    The same sections for the same board, so that they are added once though they are asked for twice.
    """
    missing: dict[str, str] = {}
    for step in sheet.steps():
        for title in step.sections:
            if title not in there:
                missing.setdefault(title, step.prompt[:PROMPT])
    return [
        AddSection(
            str(uuid5(UUID(board_id), title)),
            title,
            prompt=prompt,
            x=float((WIDE + GAP) * (at % ACROSS)),
            y=below + (HIGH + 2 * GAP) * (at // ACROSS),
            w=float(WIDE),
            h=float(HIGH),
        )
        for at, (title, prompt) in enumerate(missing.items())
    ]
