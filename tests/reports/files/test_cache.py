"""The file of an issued report is made once, however many open it."""

import asyncio

import pytest

from app.access import Code, Refused
from app.reports.files.cache import FileCache


class Maker:
    """Makes files of so many bytes, and counts."""

    def __init__(self, size: int = 3) -> None:
        self.size, self.made = size, 0
        self.begun, self.busy = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> bytes:
        self.made += 1
        self.begun.set()
        await self.busy.wait()
        return b"x" * self.size


async def test_who_asks_at_once_or_later_gets_the_same_file() -> None:
    cache, maker = FileCache(), Maker()
    asking = [asyncio.create_task(cache.get(b"a", maker)) for _ in range(30)]
    await maker.begun.wait()
    asking[0].cancel()  # the first one goes away, and the others still get it
    maker.busy.set()

    assert await asyncio.gather(*asking[1:]) == [b"xxx"] * 29
    assert await cache.get(b"a", maker) == b"xxx"
    assert maker.made == 1
    assert await cache.get(b"b", maker) == b"xxx"
    assert maker.made == 2


async def test_what_could_not_be_made_is_tried_again() -> None:
    cache, maker = FileCache(), Maker()
    maker.busy.set()

    async def refused() -> bytes:
        raise Refused(Code.UNAVAILABLE, "Busy.")

    with pytest.raises(Refused):
        await cache.get(b"a", refused)
    assert await cache.get(b"a", maker) == b"xxx"


async def test_what_was_not_asked_for_longest_goes_first() -> None:
    cache, maker = FileCache(max_bytes=7), Maker()
    maker.busy.set()
    for key in (b"a", b"b", b"a", b"c"):  # no room for three
        await cache.get(key, maker)

    assert maker.made == 3
    await cache.get(b"a", maker)
    assert maker.made == 3
    await cache.get(b"b", maker)
    assert maker.made == 4
