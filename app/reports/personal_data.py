"""The part of reports in downloading personal data, and in erasing a person."""

from typing import Any

from app.db import Tx
from app.reports import store
from app.reports.mailing import store as mailing_store


async def my_data(tx: Tx, person_id: str) -> tuple[str, dict[str, Any]]:
    """The mailings that reach the person, or did until they stopped them, and the links they made."""
    mailings = [
        {"every": row.every, "day": row.day, "stopped_at": row.stopped_at and row.stopped_at.isoformat()}
        for row in await mailing_store.of_person(tx, person_id)
    ]
    links = [
        {"for_whom": one.for_whom, "made_at": one.made_at.isoformat()}
        for one in await store.links_by(tx, person_id)
    ]
    return "reports", {"by_mail": mailings, "links_made": links}


async def on_erase(tx: Tx, person_id: str) -> None:
    """An erased person gets no mails. Reports keep the id of who issued them, which then has no name."""
    await mailing_store.delete_reader(tx, person_id)
