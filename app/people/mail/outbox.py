"""Mail waits in the outbox, in the transaction that wrote it; where SMTP is set it is sent from there."""

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
