"""Writes mail to the outbox, in the transaction it belongs to. A job sends it where SMTP_URL is set."""

from datetime import datetime

from app.db import Tx, new_id, now
from app.people import store


async def post(tx: Tx, to: str, subject: str, text: str, at: datetime | None = None) -> None:
    """Put a mail in the outbox."""
    await store.add_mail(tx, _mail(to, subject, text, at or now()))


async def post_for(tx: Tx, person_id: str, to: str, subject: str, text: str) -> None:
    """Put a mail in the outbox if there is such a person: the same work whether or not there is."""
    await store.add_mail_for(tx, person_id, _mail(to, subject, text, now()))


def _mail(to: str, subject: str, text: str, at: datetime) -> dict[str, object]:
    return {"id": new_id(), "recipient": to, "subject": subject, "body": text, "created_at": at, "tries": 0}
