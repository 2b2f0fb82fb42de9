"""The job that asks for reports when they are due by mail. Safe in many processes at once."""

from datetime import datetime

from app.config import Config
from app.db import Database, now
from app.phrases import day_of
from app.reports.mailing import send
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import last_turn
from app.supervision import rounds

FIRST, EVERY = 300.0, 3600.0  # seconds: latest start of the first round, and from each round to the next


async def run(db: Database, config: Config) -> None:
    """For as long as the process serves. Without SMTP the mails wait in the outbox."""
    what = "Reports that are due by mail"
    await rounds(lambda: ask_for_due_reports(db, config, now()), first=FIRST, every=EVERY, what=what)


async def ask_for_due_reports(db: Database, config: Config, at: datetime) -> None:
    """Ask for every report that is due by `at`; each in one transaction with the mail that asks for it."""
    async with db.read() as tx:
        mailings = await mailing_store.all_active(tx)
    for one in mailings:
        if last_turn(one.every, one.day, day_of(at)) > one.asked_for:
            async with db.write() as tx:
                await send.ask_for_approval(tx, config, one, at)
