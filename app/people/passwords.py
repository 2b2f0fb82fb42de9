"""Passwords hashed with argon2, in a thread and a few at a time: each takes 64 MB and a tenth of a second."""

import asyncio
import os
import secrets
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Tests hash hundreds of passwords; the cheap parameters are for them alone.
_CHEAP = os.environ.get("CHEAP_PASSWORDS") == "yes"
_hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1) if _CHEAP else PasswordHasher()
_turns = asyncio.Semaphore(2)


def _of_nobody() -> str:
    """A hash that no password has. To compare with it takes as long as with a real one."""
    salt, digest = (b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (16, _hasher.hash_len))
    cost = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"


_DUMMY = _of_nobody()


async def hash_password(password: str) -> str:
    """The argon2 hash to store. Takes about a tenth of a second, in a thread."""
    async with _turns:
        return await asyncio.to_thread(_hasher.hash, password)


async def is_right(stored: str | None, password: str) -> bool:
    """Whether `password` is the one that was hashed. With None it takes as long, and is False."""
    async with _turns:
        right = await asyncio.to_thread(_verify, stored or _DUMMY, password)
    return right and stored is not None


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
