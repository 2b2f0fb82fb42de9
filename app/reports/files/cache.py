"""The places where files are made, and those of issued reports: a board may open one in the same minute."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from litestar.di import NamedDependency

from app.limits.fair_places import Places

MAX_BYTES = 32 * 1024 * 1024


class FileCache:
    """The files used last, by a key of all that they are made from. The least recently used goes first."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self.places = Places()
        self._files: OrderedDict[bytes, bytes] = OrderedDict()
        self._tasks: dict[bytes, asyncio.Task[bytes]] = {}

    async def get(self, key: bytes, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """The file of this key, made by `make` once, however many ask at once. Raises what `make` raises."""
        if key in self._files:
            self._files.move_to_end(key)
            return self._files[key]
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(self._make(key, make))
        return await asyncio.shield(self._tasks[key])  # a caller who goes away does not end it for the others

    async def _make(self, key: bytes, make: Callable[[], Awaitable[bytes]]) -> bytes:
        try:
            file = self._files[key] = await make()
        finally:
            del self._tasks[key]
        while sum(map(len, self._files.values())) > self._max_bytes:
            self._files.popitem(last=False)
        return file


ReportFiles = NamedDependency[FileCache]
