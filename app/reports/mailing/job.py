"""The job that asks for reports when they are due by mail. Safe in many processes at once."""

import asyncio
import logging
from datetime import datetime
from random import random

from app.config import Config
from app.db import Database, DatabaseFault, now
from app.reports.mailing import send
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import last_turn

FIRST, EVERY = 300.0, 3600.0  # seconds: latest start of the first round, and from each round to the next
log = logging.getLogger(__name__)


async def run(db: Database, config: Config) -> None:
    """For as long as the process serves. Without SMTP the mails wait in the outbox."""
    wait = FIRST * random()  # so that processes started together do not all ask together
    while True:
        await asyncio.sleep(wait)
        wait = EVERY
        try:
            await ask_for_due_reports(db, config, now())
        except (DatabaseFault, OSError):
            log.warning("Reports that are due could not be looked for; trying again later.")


async def ask_for_due_reports(db: Database, config: Config, at: datetime) -> None:
    """Ask for every report that is due by `at`; each in one transaction with the mail that asks for it."""
    async with db.read() as tx:
        mailings = await mailing_store.all_active(tx)
    for one in mailings:
        if last_turn(one.every, one.day, at.date()) > one.asked_for:
            async with db.write() as tx:
                await send.ask_for_approval(tx, config, one, at)
