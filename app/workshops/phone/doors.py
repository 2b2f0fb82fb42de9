"""The doors: how many share this phone, and what would help its person to take part. Both can be changed."""

from collections.abc import Mapping

from msgspec import Struct

from app.access import WRITERS, Code, Refused
from app.boards.core.board import Board
from app.boards.core.stage.read import running_stage
from app.boards.seats import BoardSeat
from app.boards.storage import door_store
from app.characters import storable
from app.db import Database, now

MOST_PEOPLE, MOST_WORDS = 30, 500
OVER = "No workshop is running here now."


class Door(Struct, frozen=True):
    """What stands in the two forms; `counted` is whether the person is one of the head-count."""

    people: str = "1"
    need: str = ""
    counted: bool = False


async def door_of(db: Database, board: Board, seat: BoardSeat) -> Door | None:
    """What the person said; None for those who facilitate and where no workshop runs."""
    stage, me = running_stage(board), seat.actor.person or ""
    leads = stage is not None and me in stage.facilitators and me not in stage.taking_part
    if stage is None or leads:
        return None
    async with db.read() as tx:
        people = await door_store.people(tx, board.id, stage.id)
        needs = await door_store.needs(tx, board.id)
    return Door(str(people.get(me, 1)), needs.get(me, ""), seat.actor.role in WRITERS)


async def say(db: Database, board: Board, seat: BoardSeat, form: Mapping[str, str]) -> str:
    """Do what a form of the doors asks; gives the word for it. Raises Refused."""
    stage, me = running_stage(board), seat.actor.person or ""
    if stage is None:
        raise Refused(Code.LOCKED, OVER)
    match form.get("do"):
        case "people":
            people = _number(form.get("people", ""))
            async with db.write() as tx:
                await door_store.set_people(tx, board.id, stage.id, me, people)
            return "people"
        case "need":
            words = storable(form.get("need", "")).strip()
            if len(words) > MOST_WORDS:
                say = f"This can be at most {MOST_WORDS} characters long; it has {len(words)}."
                raise Refused(Code.TOO_LONG, say)
            async with db.write() as tx:
                await door_store.set_need(tx, board.id, me, words, now())
            return "need" if words else "no_need"
        case _:
            raise Refused(Code.INVALID, "That form could not be read. Load the page again and try again.")


def _number(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST_PEOPLE):
        raise Refused(Code.INVALID, f"Give a number from 1 to {MOST_PEOPLE}: how many people use this phone.")
    return int(text)
