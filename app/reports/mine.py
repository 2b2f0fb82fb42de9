"""Reports' part of downloading what is mine, and of erasing somebody."""

from typing import Any

from app.db import Tx
from app.reports import mailing_store


async def my_data(tx: Tx, person_id: str) -> tuple[str, list[dict[str, Any]]]:
    """The mailings that reach the person, or reached them until they stopped them."""
    rows = await mailing_store.of_person(tx, person_id)
    return "reports_by_mail", [
        {"every": row.every, "day": row.day, "stopped_at": row.stopped_at and row.stopped_at.isoformat()}
        for row in rows
    ]


async def on_erase(tx: Tx, person_id: str) -> None:
    """Whoever is erased gets nothing; reports keep who issued them, and pages name nobody."""
    await mailing_store.forget(tx, person_id)
