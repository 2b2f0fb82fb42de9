"""The copy that a workshop is tried on: a space of its own, so that nothing of it can be among what is real.

Nobody is shown that space but who is in it. It is held for a moment at a time by the program that plays the
workshop; where that ends without a word, whatever it was, the copy lapses and any server removes it.
"""

from datetime import timedelta

from msgspec import Struct, structs

from app.access import NOT_FOUND, Actor, Code, Refused, Role, State
from app.boards.core.board import Board
from app.boards.core.ops import Op
from app.boards.library import actions as library
from app.boards.library.store import REHEARSAL
from app.boards.storage import store as board_store
from app.db import Database, Tx, new_id, now
from app.people import actions as people
from app.rehearse.workshop.copy_store import clear
from app.spaces import actions as spaces
from app.spaces import rehearsed_store, seats
from app.spaces import store as space_store
from app.spaces.joining import join
from app.workshops.runsheet import store
from app.workshops.runsheet.sheet import Sheet, Step
from app.workshops.runsheet.templates_board import sections_for
from app.workshops.runsheet.workshop import TITLE, Workshop

HELD_FOR = timedelta(seconds=30)  # from one moment at which it is held; then it lapses
LONGEST = timedelta(hours=3)  # that its join code works
MOST_PEOPLE = 40
ONE_AT_A_TIME = "A workshop of this space is being tried out just now. One can be at a time."
NO_STEPS = "There is nothing on the run-sheet of this workshop yet. Add what people are asked, then try it."
MARK = " (trying it out)"


class Copied(Struct, frozen=True):
    """Where the copy is, and how people join it. `lead` is the person who leads it."""

    space: str
    board: str
    workshop: str
    lead: str
    code: str
    title: str
    organisations: tuple[str, ...]
    sheet: Sheet


async def make(db: Database, space_id: str, workshop_id: str, lead: str | None = None) -> Copied:
    """A copy to be led by this person, or by a pretend one. Raises Refused with a sentence."""
    try:
        async with db.write() as tx:
            old = await rehearsed_store.copy_of(tx, space_id)
            if old is not None and old in await rehearsed_store.lapsed(tx, now()):
                await clear(tx, old)
            elif old is not None:
                raise Refused(Code.CONFLICT, ONE_AT_A_TIME)
            return await _make(tx, space_id, workshop_id, lead)
    except rehearsed_store.Taken as taken:
        raise Refused(Code.CONFLICT, ONE_AT_A_TIME) from taken


async def hold(db: Database, copied: Copied) -> bool:
    """Keep it a little longer; False where it is gone."""
    async with db.write() as tx:
        return await rehearsed_store.hold(tx, copied.space, now() + HELD_FOR)


async def remove(db: Database, space_id: str) -> None:
    """Remove the copy with all people who came only to it."""
    async with db.write() as tx:
        await clear(tx, space_id)


async def remove_lapsed(db: Database) -> None:
    """Remove the copies that nobody holds any more: the server or the command that played them has ended."""
    async with db.read() as tx:
        old = await rehearsed_store.lapsed(tx, now())
    for space_id in old:
        await remove(db, space_id)


async def _make(tx: Tx, space_id: str, workshop_id: str, lead: str | None) -> Copied:
    space = await space_store.load(tx, space_id)
    original = await store.find(tx, space_id, workshop_id)
    if space is None or original is None or space.rehearses:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if space.state is State.ARCHIVED:
        raise Refused(Code.LOCKED, "This space is archived. Restore it, then try the workshop.")
    if not any(not step.left_out for step in original.sheet.steps()):
        raise Refused(Code.INVALID, NO_STEPS)
    made, at = new_id(), now()
    await rehearsed_store.add(tx, made, space_id, at, at + HELD_FOR)
    leads = await _seat_lead(tx, made, space_id, lead)
    board_id = await _copy_board(tx, made, original, leads)
    workshop = _copy_of(original, made, board_id, leads)
    await store.add(tx, workshop)
    key = await join.add_code(tx, made, leads, at + LONGEST)
    owners = [one.name for one in await spaces.owners_of(tx, made)]
    return Copied(made, board_id, workshop.id, leads, key.code, workshop.title, tuple(owners), workshop.sheet)


async def _seat_lead(tx: Tx, made: str, space_id: str, lead: str | None) -> str:
    """The person who leads the copy, seated as a member: they can send nobody mail, and invite nobody."""
    known = {one.id: one for one in await seats.people_of(tx, space_id)}
    owners = await spaces.owners_of(tx, space_id)
    of = known[lead].organisation if lead in known else None
    person = lead or await people.create_person(tx, "Pat (pretend)")
    await spaces.seat_person(tx, made, person, of or owners[0].id, Role.MEMBER)
    return person


async def _copy_board(tx: Tx, made: str, original: Workshop, lead: str) -> str:
    """What the lead sees of its board, with the sections that the run-sheet names besides."""
    board = Board("", original.space)
    if original.board:
        board = await board_store.load(tx, original.board)
    there = [one for one in board.items.values() if one.item == "section" and one.removed is None]
    below = max([one.fields["y"] + one.fields["h"] for one in there], default=0.0) + 80.0
    actor, made_board, titles = Actor(Role.MEMBER, lead), new_id(), {one.fields["title"] for one in there}
    more: list[Op] = [*sections_for(made_board, original.sheet, titles, below)]
    title = original.title[: TITLE - len(MARK)] + MARK
    await library.copy_seen(tx, board, actor, (made, made_board), title, REHEARSAL, more)
    return made_board


def _copy_of(original: Workshop, made: str, board: str, lead: str) -> Workshop:
    """To begin now, led by one person."""
    at = now()
    return structs.replace(
        original,
        id=new_id(),
        space=made,
        title=original.title[: TITLE - len(MARK)] + MARK,
        made_by=lead,
        made_at=at,
        changed_at=at,
        revision=1,
        starts_at=None,
        board=board,
        stage=None,
        team=(lead,),
        sheet=_led_by_anybody(original.sheet),
        baseline=None,
        rehearses=original.id,
        archived=False,
    )


def _led_by_anybody(sheet: Sheet) -> Sheet:
    """The same without the names of who leads which step: they are not in the copy."""

    def step(one: Step) -> Step:
        return structs.replace(one, lead="")

    return structs.replace(
        sheet,
        blocks=tuple(
            structs.replace(block, steps=tuple(step(one) for one in block.steps)) for block in sheet.blocks
        ),
    )
