"""Puts back what somebody did, as one act in the name of whoever presses, and undoes such an act."""

from collections.abc import Collection, Mapping, Sequence
from time import time

from app.access import NOT_FOUND, Code, Refused
from app.boards.core.cards import UUID
from app.boards.core.taking_back import NOTHING
from app.boards.live import actions as live
from app.boards.live import codec
from app.boards.live.quotas import Place
from app.boards.live.rooms import Rooms
from app.boards.putting_back import store
from app.boards.putting_back.counts import counted
from app.boards.putting_back.look import Look, look
from app.boards.putting_back.store import Act
from app.boards.seats import BoardSeat
from app.phrases import day, day_of, hour
from app.spaces import log_entry, seats
from app.spaces.actions import Door, change
from app.spaces.space import Participant

RUNNING = "Not all of this is done yet. Continue it first: then it can be undone."
NO_ACT = "This cannot be sent again. Look at what would be put back first."
MINUTE = 60  # seconds


async def put_back(
    door: Door, rooms: Rooms, seat: BoardSeat, id: str, person: str, since: float, last: int
) -> Act:
    """What somebody did since a time, up to the deed `last`; sent again, by anybody, the same act goes on.

    Raises Refused.
    """
    async with door.db.read() as tx:
        whose = check_person((await seats.people_by_id(tx, door.space_id)).get(person))
        known = await store.find(tx, id)
        if known is not None:
            since, last = known.since, known.last
        deeds = (await store.did(tx, seat.board_id, since, last)).get(person, {})
    by, at = seat.actor.person or "", round(time(), 3)
    asked = Act(id, seat.board_id, by, person, since, at, last, None, at)
    return await _do(door, rooms, seat, known, asked, {person: list(deeds)}, as_member(whose, deeds))


async def undo(door: Door, rooms: Rooms, seat: BoardSeat, act_id: str, id: str) -> Act:
    """Take an act back, whoever did it; `id` is that of doing so. Raises Refused."""
    last = (await rooms.open(seat.board_id)).room.board.seq
    async with door.db.read() as tx:
        of, known = await store.find(tx, act_id), await store.find(tx, id)
        if of is None or of.board_id != seat.board_id:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        if of.counts is None:  # whoever does it now would go on after it was undone
            raise Refused(Code.INVALID, RUNNING)
        whose: dict[str, list[int]] = {}  # more than one where somebody else went on with it
        for seq, did, _, _ in reversed(await store.deeds_of(tx, of)):
            whose.setdefault(did, []).append(seq)
    by, last = seat.actor.person or "", known.last if known else last
    asked = Act(id, seat.board_id, by, of.person, of.since, of.until, last, of.id, round(time(), 3))
    return await _do(door, rooms, seat, known, asked, whose)


async def is_begun(door: Door, board_id: str, act_id: str) -> bool:
    """Whether there is such an act on the board that is not finished."""
    async with door.db.read() as tx:
        act = await store.find(tx, act_id)
    return act is not None and act.board_id == board_id and act.counts is None


def check_person(person: Participant | None) -> Participant:
    """Raises not_found for nobody of the space; those who are gone are of it."""
    if person is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return person


def as_member(person: Participant, deeds: Mapping[int, float]) -> frozenset[int]:
    """Those of these deeds that they did when they were no guest, whatever they are by now.

    Of what somebody did as a guest all is put back; as a member, what they did to what others made.
    """
    return frozenset(seq for seq, at in deeds.items() if not person.was_guest(at))


def time_of(first: float, last: float, today: float) -> str:
    """'from 10:02 to 11:00': with the day where it is not that of `today`, with both where there are two."""
    since, until, at = (day_of(each) for each in (first, last, today))
    begins = hour(first) if since == until == at else f"{day(since, at)} {hour(first)}"
    ends = hour(last) if since == until else f"{day(until, at)} {hour(last)}"
    return f"at {begins}" if last - first < MINUTE else f"from {begins} to {ends}"


async def _do(
    door: Door,
    rooms: Rooms,
    seat: BoardSeat,
    known: Act | None,
    asked: Act,
    whose: Mapping[str, Sequence[int]],
    deeds_as_member: Collection[int] = frozenset(),
) -> Act:
    """Do what is left of an act that takes back these deeds, by who did them, the newest first.

    Where it ends early nothing is said to have come of it: it can be gone on with.
    """
    if not UUID.fullmatch(asked.id) or (known is not None and _sort(known) != _sort(asked)):
        raise Refused(Code.INVALID, NO_ACT)
    act = known or asked
    if act.counts is not None:
        return act
    begun, kept = known is not None, 0
    for person, deeds in whose.items():
        found = await look(door.db, rooms, seat, act.id, person, deeds, deeds_as_member)
        if found.refused:
            raise found.refused
        if found.counts.any and not begun:
            await _begin(door, act)
            begun = True
        await _in_portions(door, rooms, seat, found)
        kept += len(found.kept)
    if not begun:
        raise Refused(Code.INVALID, NOTHING)
    return await _finish(door, rooms, act, kept)


def _sort(act: Act) -> tuple[str, str, str | None]:
    return act.board_id, act.person, act.undoes


async def _begin(door: Door, act: Act) -> None:
    """It stands in the log of the space before its first deed: nothing is put back in nobody's name."""
    async with change(door, "take_back") as space:
        if await store.begin(space.tx, act):
            when = time_of(act.since, act.until, act.at)
            kind = log_entry.Act.PUT_BACK_UNDONE if act.undoes else log_entry.Act.PUT_BACK
            space.note(kind, f"person:{act.person}", after={"board": act.board_id, "when": when})


async def _in_portions(door: Door, rooms: Rooms, seat: BoardSeat, found: Look) -> None:
    """One deed after another, so that whoever else writes has their turn. Raises why it ends early.

    Between the look whether it is done and the deed somebody else may finish and undo the act: then what this
    one portion put back stays so, under the name of the act, until it is put back or undone anew.
    """
    place = Place(seat.actor.person or "", seat.board_id, seat.space.id)
    for op in found.portions:
        await rooms.quotas.pace(place).turn()
        if await _is_done(door, op.act):
            return  # by somebody else who went on with it: by now it may have been undone
        rooms.quotas.charge(place, op, len(codec.encode(op)))
        (answer,) = await live.act(rooms, seat.board_id, seat.seat, [live.request(seat.actor, op)])
        result = answer.result
        if result is None:
            raise Refused(Code.UNAVAILABLE, "That could not be done just now.")
        if result.code and result.code != Code.NOT_FOUND:  # of this portion others have left nothing
            raise Refused(Code(result.code), result.say or "")


async def _is_done(door: Door, act_id: str) -> bool:
    async with door.db.read() as tx:
        act = await store.find(tx, act_id)
    return act is not None and act.counts is not None


async def _finish(door: Door, rooms: Rooms, act: Act, kept: int) -> Act:
    """Write down what came of it, once. Its deeds are read first: while this writes, nobody else can."""
    async with door.db.read() as tx:
        deeds = await store.deeds_of(tx, act)
    board = (await rooms.open_at(act.board_id, deeds[-1][0] if deeds else 0)).room.board
    inverse = [one for _, _, _, ways in reversed(deeds) for one in ways]
    counts = counted(board, inverse, {id for _, _, op, _ in deeds for id in op.items}, kept)
    async with door.db.write() as tx:
        await store.finish(tx, act.id, counts)
        done = await store.find(tx, act.id)
    return done or act
