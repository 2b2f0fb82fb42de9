"""How often somebody may try to get in, counted in the database so that all processes agree."""

import hmac
from datetime import datetime, timedelta

from app.access import Code, Refused
from app.config import Config
from app.db import Database, new_id, now
from app.people import store

WINDOW = timedelta(minutes=15)
PER_ACCOUNT, PER_ADDRESS = 10, 100
TOO_OFTEN = "That was tried too often. Wait a quarter of an hour, then try again."


class TooOften(Refused):
    """Too many attempts. Says nothing of whether there is such an account."""

    def __init__(self) -> None:
        super().__init__(Code.NOT_ALLOWED, TOO_OFTEN)


async def attempt(db: Database, config: Config, what: str, account: str, address: str) -> None:
    """Note an attempt at `what` before it is made, so that many at once count too. Raises TooOften."""
    if config.limits != "on":
        return
    at = now()
    limits = {
        _fingerprint(config, what, account): PER_ACCOUNT,
        _fingerprint(config, what, f"from {address}"): PER_ADDRESS,
    }
    async with db.write() as tx:
        await store.forget_attempts(tx, at - WINDOW)
        counts = {mark: await store.attempts(tx, mark, at - WINDOW) for mark in limits}
        if any(counts[mark] >= most for mark, most in limits.items()):
            raise TooOften
        for mark in limits:
            await store.add_attempt(tx, _row(mark, at))


async def note_success(db: Database, config: Config, what: str, account: str) -> None:
    """Whoever got in has not been guessing: start counting afresh for this account."""
    async with db.write() as tx:
        await store.forget_attempts_at(tx, _fingerprint(config, what, account))


def _fingerprint(config: Config, what: str, whose: str) -> str:
    """Stands for an account or an address, which are not to be read from the table."""
    return hmac.new(config.secret.encode(), f"{what} {whose}".encode(), "sha256").hexdigest()


def _row(mark: str, at: datetime) -> dict[str, object]:
    return {"id": new_id(), "what": mark, "at": at}
