"""Mails people who enter numbers when some are overdue, once a week at most. Safe in several processes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.config import Config
from app.db import Database, now
from app.outcomes.measures.periods import long_date
from app.outcomes.reminders import overdue
from app.outcomes.reminders import store as reminder_store
from app.outcomes.reminders.overdue import Overdue
from app.people import actions as people
from app.people.mail import outbox
from app.supervision import one_by_one, rounds

WHAT = "Overdue numbers"
FIRST, EVERY = 300.0, 6 * 3600.0  # seconds: the longest wait for the first round, and between rounds
WEEK = timedelta(days=7)
MOST = 12  # named in one mail


async def run(db: Database, config: Config) -> None:
    """Runs as long as the process serves, where mail is configured."""
    if config.smtp_url:
        await rounds(lambda: remind(db, config, now()), first=FIRST, every=EVERY, what=WHAT)


async def remind(db: Database, config: Config, at: datetime) -> None:
    """Mail everybody who entered numbers before and got no reminder for a week.

    Where mail is really sent, only to confirmed addresses: anybody can type one into a form.
    """
    async with db.read() as tx:
        ids = await reminder_store.people_to_remind(tx, at - WEEK)
        addresses = await people.emails(tx, ids, proved=bool(config.smtp_url))

    async def remind_one(person_id: str) -> None:
        async with db.read() as tx:
            items = await overdue.of_person(tx, person_id)
        address = addresses[person_id]
        if address and items:
            async with db.write() as tx:
                if await reminder_store.claim(tx, person_id, at, at - WEEK):
                    await outbox.post(tx, address, *letter(config.base_url, items), at)

    await one_by_one(addresses, remind_one, WHAT)


def letter(base_url: str, items: Sequence[Overdue]) -> tuple[str, str]:
    """Subject and text of the mail; at most MOST of the items are named."""
    lines = [
        f"- {one.name}, for {one.organisation} in {one.space_name}, expected by {long_date(one.since)}:\n"
        f"  {base_url}{one.path}"
        for one in items[:MOST]
    ]
    more = f"\n\nAnd {len(items) - MOST} more: {base_url}/" if len(items) > MOST else ""
    return "Numbers that are overdue", (
        "These numbers have not been entered yet. You get this email, at most once a week, because you have "
        "entered numbers before.\n\n" + "\n".join(lines) + more
    )
