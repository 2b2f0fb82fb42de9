"""The one door for changing what is on a board: forms, sockets, imports and jobs all come through here."""

import asyncio
from collections.abc import Callable
from time import time

from app.access import Actor, Refused
from app.boards.core.batch import OpRequest, OpResult
from app.boards.core.ops import Doing, Undo
from app.boards.live.room import Answer, Ticket
from app.boards.live.rooms import Live, Rooms


async def act(rooms: Rooms, board_id: str, login: str, wishes: list[OpRequest]) -> list[Answer]:
    """Do `wishes` in turn and wait until each is durable or refused. Raises store.Missing."""
    live = await rooms.open(board_id)
    futures = [send(live, wish, login) for wish in wishes]
    return list(await asyncio.gather(*futures))


def send(live: Live, wish: OpRequest, login: str) -> asyncio.Future[Answer]:
    """Put one wish in the board's queue; the commit goes on even if nobody waits for it any more."""
    future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    def settle(answer: Answer) -> None:
        if not future.done():
            future.set_result(answer)

    tell(live, wish, login, settle)
    return future


def tell(live: Live, wish: OpRequest, login: str, then: Callable[[Answer], None]) -> None:
    """Put one wish in the board's queue; `then` is called with its answer."""
    live.room.submit(Ticket(wish, login, then))


def wish(
    actor: Actor, op: Doing | Refused, *, client: str = "", n: int | None = None, base: int | None = None
) -> OpRequest:
    """A wish as of now. Without `n` it has no turn to keep: the form's own item id makes it happen once."""
    return OpRequest(actor, client, n, op, round(time(), 3), base)


async def act_once(rooms: Rooms, board_id: str, actor: Actor, login: str, wished: OpRequest) -> OpResult:
    """One wish of a form. Sent twice with the same new id and the same words it is the same deed."""
    answer = (await act(rooms, board_id, login, [wished]))[0]
    outcome = answer.outcome or OpResult(None, code="unavailable", say="That could not be done just now.")
    if outcome.code == "invalid" and await _is_done_already(rooms, board_id, actor, wished):
        return OpResult(None, seq=(await rooms.open(board_id)).room.board.seq)
    return outcome


async def _is_done_already(rooms: Rooms, board_id: str, actor: Actor, wished: OpRequest) -> bool:
    """Whether the item that this wish would make is there, made by the same person with the same words."""
    op = wished.op
    if isinstance(op, Refused | Undo) or not str(op.__struct_config__.tag).startswith("add_"):
        return False
    item = (await rooms.open(board_id)).room.board.items.get(op.id)
    if item is None or item.owner != actor.person:
        return False
    given = {
        name: getattr(op, name, None) for name in ("text", "title", "kind", "means", "start", "end", "card")
    }
    first = {v.field: v.text for v in reversed(item.versions)}
    return all(
        value is None or value in (item.fields.get(name), first.get(name)) for name, value in given.items()
    )
