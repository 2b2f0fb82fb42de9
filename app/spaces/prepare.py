"""Work for a change of a space that takes long, done before anyone has to wait for it."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from app.db import Database, Tx
from app.spaces import seats

T = TypeVar("T")


class Prepared(Generic[T]):
    """What `prepare` made of the space as it was. In the change itself, ask `still` for it.

    Every change of a space raises its epoch, so one number tells whether what was prepared holds.
    """

    def __init__(self, space_id: str, epoch: int, made: T, prepare: Callable[[Tx], Awaitable[T]]) -> None:
        self._space_id, self._epoch, self._made, self._prepare = space_id, epoch, made, prepare

    async def still(self, tx: Tx) -> T:
        """What was prepared, or made anew if the space has changed. Only inside `change` or `hold`."""
        if await seats.epoch_of(tx, self._space_id) == self._epoch + 1:
            return self._made
        return await self._prepare(tx)


async def prepare_change(db: Database, space_id: str, prepare: Callable[[Tx], Awaitable[T]]) -> Prepared[T]:
    """Prepare while others go on writing. `prepare` only reads, and refuses first who may not do this."""
    async with db.read() as tx:
        epoch = await seats.epoch_of(tx, space_id)  # first: PostgreSQL shows what is committed in between
        return Prepared(space_id, epoch, await prepare(tx), prepare)
