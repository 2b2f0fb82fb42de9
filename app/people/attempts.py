"""Limits how often a password or an address is tried; counted in the database, for all processes.

By account, and by network only late, because a whole hospital may share one. A device on which this account
signed in before has a count of its own, so that no stranger shuts its owner out. Successes do not count.
"""

import hmac
from datetime import datetime, timedelta

from msgspec import Struct

from app.access import Code, Refused
from app.config import Config
from app.db import Database, Tx, new_id, now
from app.people import store

WINDOW = timedelta(minutes=15)
PER_ACCOUNT, PER_DEVICE, PER_ADDRESS = 10, 10, 300
MAIL_WINDOW, MAILS = timedelta(hours=1), 3
TOO_OFTEN = "There were too many attempts. Wait a quarter of an hour, then try again."


class TooOften(Refused):
    """Too many attempts. The same sentence whether or not there is such an account."""

    def __init__(self) -> None:
        super().__init__(Code.NOT_ALLOWED, TOO_OFTEN)


class Attempt(Struct, frozen=True):
    """An attempt that was counted: `whose` it was (a fingerprint), and its own rows."""

    whose: str
    rows: list[str]


async def attempt(
    db: Database, config: Config, what: str, address: str, account: str = "", device: str = ""
) -> Attempt | None:
    """Count an attempt at `what` before it is made, so that many at once count too. Raises TooOften.

    By the known `device` alone; else by `account`, if there is one, and by network `address`. In windows of
    15 minutes; None and not at all with LIMITS=off.
    """
    if config.limits != "on":
        return None
    limits = {f"device {device}": PER_DEVICE} if device else {account: PER_ACCOUNT} if account else {}
    if not device:
        limits[f"from {address}"] = PER_ADDRESS
    marks = {_fingerprint(config, what, whose): most for whose, most in limits.items()}
    at = now()
    rows = [_row(mark, at) for mark in marks]
    async with db.write() as tx:
        await store.forget_attempts(tx, at - MAIL_WINDOW)
        counts = {mark: await store.attempts(tx, mark, at - WINDOW) for mark in marks}
        if any(counts[mark] >= most for mark, most in marks.items()):
            raise TooOften
        for row in rows:
            await store.add_attempt(tx, row)
    return Attempt(next(iter(marks)), [str(row["id"]) for row in rows])


async def note_success(db: Database, made: Attempt | None) -> None:
    """After a success: forget this attempt, and the earlier ones of the account or the device."""
    if made is not None:
        async with db.write() as tx:
            await store.forget_attempts_at(tx, made.whose, made.rows)


async def may_mail(tx: Tx, config: Config, email: str) -> bool:
    """Whether one more mail about an account may go to this address, at most three an hour. Counts it."""
    if config.limits != "on":
        return True
    mark, at = _fingerprint(config, "mail", email), now()
    allowed = await store.attempts(tx, mark, at - MAIL_WINDOW) < MAILS
    if allowed:
        await store.add_attempt(tx, _row(mark, at))
    return allowed


def _fingerprint(config: Config, what: str, whose: str) -> str:
    """A keyed hash of an account or an address, so that the table shows neither."""
    return hmac.new(config.secret.encode(), f"{what} {whose}".encode(), "sha256").hexdigest()


def _row(fingerprint: str, at: datetime) -> dict[str, object]:
    return {"id": new_id(), "what": fingerprint, "at": at}
