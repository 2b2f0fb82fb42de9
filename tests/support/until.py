"""Waits for a thing to become true; the only place in the tests that sleeps."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, TypeVar, overload

from app.db import Database

T = TypeVar("T")
EVERY = 0.02  # seconds between two looks


@overload
async def until(predicate: Callable[[], Awaitable[T]], within: float = 15, why: str = "") -> T: ...
@overload
async def until(predicate: Callable[[], T], within: float = 15, why: str = "") -> T: ...
async def until(predicate: Callable[[], Any], within: float = 15, why: str = "") -> Any:
    """The first true answer of `predicate`, plain or awaited; AssertionError after `within` seconds."""
    deadline = time.monotonic() + within
    while True:
        found = predicate()
        answer = await found if isawaitable(found) else found
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(
                f"Not within {within} s: {why or predicate.__qualname__}; last seen {answer!r}"
            )
        await asyncio.sleep(EVERY)


async def somebody_waits(db: Database) -> bool:
    """Whether somebody waits for whoever writes to this database now."""
    if db._writing is not None:
        return bool(db._writing._waiters)
    async with db.read() as tx:
        query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        return bool((await tx.exec_driver_sql(query)).scalar())
