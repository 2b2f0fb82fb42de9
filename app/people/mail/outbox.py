"""Writes mail to the outbox, in the transaction it belongs to. A job sends it where SMTP_URL is set."""

from datetime import datetime

from app.db import Tx, new_id, now
from app.people import store


async def post(tx: Tx, to: str, subject: str, text: str, at: datetime | None = None) -> None:
    """Put a mail in the outbox."""
    when = at or now()
    await store.add_mail(
        tx,
        {"id": new_id(), "recipient": to, "subject": subject, "body": text, "created_at": when, "tries": 0},
    )
