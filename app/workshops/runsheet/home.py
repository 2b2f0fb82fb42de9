"""The workshops that the home of a space shows: what comes next, and the last that ran."""

from datetime import datetime

from msgspec import Struct, structs

from app.boards.storage import store as board_store
from app.db import Tx, now
from app.spaces.space import Seat
from app.workshops.runsheet import store
from app.workshops.runsheet.workshop import Workshop

NEXT, PAST = 3, 1  # so many of each


class HomeLine(Struct, frozen=True):
    """A workshop on the home; `word` says how it stands, `action` what its `link` does."""

    title: str
    word: str
    minutes: float
    link: str
    action: str
    when: datetime | None = None


async def workshop_lines(tx: Tx, seat: Seat) -> list[HomeLine]:
    """A few, the soonest first; no board is loaded for it."""
    found = [one for one in await store.of_space(tx, seat.space.id) if not one.archived]
    begun = [one.board for one in found if one.stage and one.board]
    running = await board_store.running_stages(tx, begun) if begun else set()
    live = [one for one in found if one.stage and one.board in running]
    over = [one for one in found if one.stage and one.board not in running]
    coming = [one for one in found if not one.stage and (one.starts_at is None or one.starts_at > now())]
    coming.sort(key=lambda one: (one.starts_at is None, one.starts_at or one.made_at))
    return [
        *(_live(one, seat) for one in live[:NEXT]),
        *(_line(one, "", "", "Open") for one in coming[:NEXT]),
        *(_line(one, "It has ended.", "/minutes", "Minutes") for one in over[:PAST]),
    ]


def _live(one: Workshop, seat: Seat) -> HomeLine:
    """Who leads it is taken to the console."""
    line = _line(one, "It is running.", "", "Run-sheet")
    if seat.actor.person not in one.team:
        return line
    return structs.replace(line, link=f"/boards/{one.board}/console", action="Console")


def _line(one: Workshop, word: str, page: str, action: str) -> HomeLine:
    link = f"/spaces/{one.space}/workshops/{one.id}{page}"
    return HomeLine(one.title, word, one.sheet.minutes, link, action, one.starts_at)
