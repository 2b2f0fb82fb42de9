"""How ops reach a board: forms, sockets, imports and jobs all come through here."""

import asyncio
from collections.abc import Awaitable, Coroutine
from contextvars import ContextVar
from time import time
from typing import Any, TypeVar

from msgspec import Struct

from app import characters
from app.access import Actor, Refused
from app.boards.core.board import Item
from app.boards.core.group_commit import OpRequest, OpResult
from app.boards.core.ops import TEXT_LIMITS, Batch, Doing, DuplicateCard, TakeBack, Undo
from app.boards.live.live_board import Live
from app.boards.live.rooms import Rooms
from app.boards.live.turn.ticket import Answer, Ticket
from app.connections import NoAnswer
from app.spaces.space import Seat

ADDING = ("add_", "duplicate_")  # how the tags of ops begin that add an item
T = TypeVar("T")
LONGEST_WAIT = 20.0  # seconds that a person's form waits for its board; many proxies give up after thirty
_within: ContextVar[bool] = ContextVar("_within", default=False)  # whether a `whole` around it has the limit


async def act(rooms: Rooms, board_id: str, seat: Seat | None, requests: list[OpRequest]) -> list[Answer]:
    """Do `requests` in turn and wait until each is durable or refused. Raises store.Missing, NoAnswer.

    `seat` is whose they are, as it was when it was read; None is the server itself, which waits for ever.
    """
    live = await rooms.open(board_id)
    answers = asyncio.gather(*[submit_for_answer(live, one, seat) for one in requests])
    return list(await (answers if seat is None else in_time(answers)))


async def in_time(answer: Awaitable[T]) -> T:
    """The answer of a board, which may be waiting for the database. Raises NoAnswer after a long wait.

    What was asked for may still be done then: a form that is sent again has to come to the same.
    """
    if _within.get():
        return await answer
    try:
        async with asyncio.timeout(LONGEST_WAIT):
            return await answer
    except TimeoutError as late:
        raise NoAnswer("the board waits for it") from late


async def whole(rooms: Rooms, what: str, deeds: Coroutine[Any, Any, T]) -> T:
    """What `deeds` give or raise, with one limit for all. Raises NoAnswer after it.

    They are done to their end even if nobody waits any more: none is done without what follows it.
    """
    answered: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    rooms.tasks.start(what, _do_all(deeds, answered))
    return await in_time(answered)


async def _do_all(deeds: Coroutine[Any, Any, T], answered: asyncio.Future[T]) -> None:
    _within.set(True)
    try:
        given = await deeds
    except Exception as error:
        if not answered.done():
            answered.set_exception(error)
        elif not isinstance(error, Refused):
            raise  # nobody waits: it is logged
    else:
        if not answered.done():
            answered.set_result(given)


def submit_for_answer(live: Live, request: OpRequest, seat: Seat | None) -> asyncio.Future[Answer]:
    """Put one request in the board's queue; it is committed even if nobody waits for the answer any more."""
    future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    def settle(answer: Answer) -> None:
        if not future.done():
            future.set_result(answer)

    live.room.submit(Ticket(request, seat.login if seat else "", seat.space.rights if seat else None, settle))
    return future


def request(
    actor: Actor,
    op: Doing | Refused,
    *,
    client: str = "",
    n: int | None = None,
    base: int | None = None,
    read: dict[str, str] | None = None,
) -> OpRequest:
    """A request as of now. Without `n`, as from a form, the new item's id makes it happen only once."""
    return OpRequest(actor, client, n, op, round(time(), 3), base, read)


async def act_once(rooms: Rooms, board_id: str, seat: Seat, request: OpRequest) -> OpResult:
    """The op of a form. Sent twice with the same new id and the same words it is the same deed."""
    answer = (await act(rooms, board_id, seat, [request]))[0]
    result = result_of(answer)
    if result.code == "invalid" and await _is_done_already(rooms, board_id, seat.actor, request):
        return OpResult(None, seq=(await rooms.open(board_id)).room.board.seq)
    return result


def result_of(answer: Answer) -> OpResult:
    return answer.result or OpResult(None, code="unavailable", say="That could not be done just now.")


async def _is_done_already(rooms: Rooms, board_id: str, actor: Actor, request: OpRequest) -> bool:
    """Whether all that the op would add is there, added by the same person with the same words."""
    op = request.op
    if isinstance(op, Refused | Undo | TakeBack):
        return False
    parts = op.parts if isinstance(op, Batch) else (op,)
    adding = [one for one in parts if str(one.__struct_config__.tag).startswith(ADDING)]
    items = (await rooms.open(board_id)).room.board.items
    return bool(adding) and all(_is_added(items.get(one.id), actor, one) for one in adding)


def _is_added(item: Item | None, actor: Actor, op: Struct) -> bool:
    if item is None or item.owner != actor.person:
        return False
    if isinstance(op, DuplicateCard):
        return True
    names = ("text", "title", "kind", "means", "start", "end", "card")
    given = {name: _as_stored(name, getattr(op, name, None)) for name in names}
    first = {v.field: v.text for v in reversed(item.versions)}
    return all(
        value is None or value in (item.fields.get(name), first.get(name)) for name, value in given.items()
    )


def _as_stored(name: str, value: str | None) -> str | None:
    return characters.storable(value) if value is not None and name in TEXT_LIMITS else value
