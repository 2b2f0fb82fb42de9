"""Files of issued reports, kept a while in memory: a whole board opens the same one in the same minute."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

MOST = 32 * 1024 * 1024  # bytes; what was not asked for longest goes first


class FileCache:
    """What was made last, by a key that tells all that it is made of."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._made: OrderedDict[bytes, bytes] = OrderedDict()
        self._making: dict[bytes, asyncio.Task[bytes]] = {}

    async def of(self, key: bytes, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """What `make` gives. It is made once, however many ask for it at once. Raises what that raises."""
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        if key not in self._making:
            self._making[key] = asyncio.create_task(self._make(key, make))
        return await asyncio.shield(self._making[key])  # who goes away does not end it for the others

    async def _make(self, key: bytes, make: Callable[[], Awaitable[bytes]]) -> bytes:
        try:
            made = self._made[key] = await make()
        finally:
            del self._making[key]
        while sum(map(len, self._made.values())) > self._most:
            self._made.popitem(last=False)
        return made
