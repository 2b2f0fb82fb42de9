"""Limits how often a password or an address is tried; counted in the database, for all processes."""

import hmac
from datetime import datetime, timedelta

from app.access import Code, Refused
from app.config import Config
from app.db import Database, new_id, now
from app.people import store

WINDOW = timedelta(minutes=15)
PER_ACCOUNT, PER_ADDRESS = 10, 100
TOO_OFTEN = "There were too many attempts. Wait a quarter of an hour, then try again."


class TooOften(Refused):
    """Too many attempts. The same sentence whether or not there is such an account."""

    def __init__(self) -> None:
        super().__init__(Code.NOT_ALLOWED, TOO_OFTEN)


async def attempt(db: Database, config: Config, what: str, account: str, address: str) -> None:
    """Count an attempt at `what` before it is made, so that many at once count too. Raises TooOften.

    Counted by `account` and by network `address`, in windows of 15 minutes; not at all with LIMITS=off.
    """
    if config.limits != "on":
        return
    at = now()
    limits = {
        _fingerprint(config, what, account): PER_ACCOUNT,
        _fingerprint(config, what, f"from {address}"): PER_ADDRESS,
    }
    async with db.write() as tx:
        await store.forget_attempts(tx, at - WINDOW)
        counts = {fingerprint: await store.attempts(tx, fingerprint, at - WINDOW) for fingerprint in limits}
        if any(counts[fingerprint] >= most for fingerprint, most in limits.items()):
            raise TooOften
        for fingerprint in limits:
            await store.add_attempt(tx, _row(fingerprint, at))


async def note_success(db: Database, config: Config, what: str, account: str) -> None:
    """After a success: forget the attempts for this account."""
    async with db.write() as tx:
        await store.forget_attempts_at(tx, _fingerprint(config, what, account))


def _fingerprint(config: Config, what: str, whose: str) -> str:
    """A keyed hash of an account or an address, so that the table shows neither."""
    return hmac.new(config.secret.encode(), f"{what} {whose}".encode(), "sha256").hexdigest()


def _row(fingerprint: str, at: datetime) -> dict[str, object]:
    return {"id": new_id(), "what": fingerprint, "at": at}
