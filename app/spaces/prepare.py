"""Slow work for a change of a space, done before the space is locked, so that nobody has to wait for it."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from app.db import Database, Tx
from app.spaces import seats, store

T = TypeVar("T")


class Prepared(Generic[T]):
    """The result of `prepare`, made before the change began. Inside the change, get it by `current`.

    Every change of a space raises its epoch, so the epoch tells whether the result is still right.
    """

    def __init__(self, space_id: str, epoch: int, made: T, prepare: Callable[[Tx], Awaitable[T]]) -> None:
        self._space_id, self._epoch, self._made, self._prepare = space_id, epoch, made, prepare

    async def current(self, tx: Tx) -> T:
        """The result; made again if the space has changed since. Only inside `change` or `hold`."""
        if await seats.epoch_of(tx, self._space_id) == self._epoch + 1:
            return self._made
        return await self._prepare(tx)


async def prepare_change(db: Database, space_id: str, prepare: Callable[[Tx], Awaitable[T]]) -> Prepared[T]:
    """Run `prepare` while others go on writing. It must only read. Raises Refused when `prepare` does."""
    async with db.read() as tx:
        epoch = await seats.epoch_of(tx, space_id)  # first: PostgreSQL shows what is committed in between
        return Prepared(space_id, epoch, await prepare(tx), prepare)


async def hold_still(tx: Tx, space_id: str) -> None:
    """Nobody else changes the space until this transaction ends, which changes nothing of it either."""
    await store.lock(tx, space_id)
