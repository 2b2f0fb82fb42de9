"""Passwords hashed with argon2, in a thread and in turn: each takes 64 MB and a tenth of a second."""

import asyncio
import os
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.people.hash_queue import SERVER, Asker, HashQueue

# Tests hash hundreds of passwords; the cheap parameters are for them alone.
_CHEAP = os.environ.get("CHEAP_PASSWORDS") == "yes"
_hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1) if _CHEAP else PasswordHasher()
_queues: WeakKeyDictionary[asyncio.AbstractEventLoop, HashQueue] = WeakKeyDictionary()


def _of_nobody() -> str:
    """A hash that no password has. To compare with it takes as long as with a real one."""
    salt, digest = (b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (16, _hasher.hash_len))
    cost = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"


_DUMMY = _of_nobody()


class Turn:
    """One turn to hash a password."""

    async def hash(self, password: str) -> str:
        """The argon2 hash to store. Takes about a tenth of a second, in a thread."""
        return await asyncio.to_thread(_hasher.hash, password)

    async def is_right(self, stored: str | None, password: str) -> bool:
        """Whether `password` is the one that was hashed. With None it takes as long, and is False."""
        right = await asyncio.to_thread(_verify, stored or _DUMMY, password)
        return right and stored is not None


@asynccontextmanager
async def turn(asker: Asker) -> AsyncIterator[Turn]:
    """Wait for a turn. Raises TooBusy."""
    async with queue().turn(asker):
        yield Turn()


async def hash_password(password: str, asker: Asker = SERVER) -> str:
    """The argon2 hash to store. Raises TooBusy."""
    async with turn(asker) as mine:
        return await mine.hash(password)


def queue() -> HashQueue:
    """The queue of this loop: its futures belong to it."""
    return _queues.setdefault(asyncio.get_running_loop(), HashQueue())


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
