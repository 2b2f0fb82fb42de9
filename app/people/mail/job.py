"""The job that sends waiting mail, tries again later when that fails, and deletes what has expired."""

import asyncio
import logging
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

from app.config import Config
from app.db import Database, DatabaseFault, now
from app.people import rules, store
from app.people.sessions import IDLE

EVERY = 2.0  # seconds between two looks into the outbox
TIDY_EVERY = timedelta(hours=1)
MOST_TRIES = 12  # over about a day
KEPT = timedelta(days=14)  # mail, sent or not; as long as an invitation works
log = logging.getLogger(__name__)


async def run(db: Database, config: Config) -> None:
    """Run until cancelled. While the database does not answer, try again every few seconds."""
    tidied: datetime | None = None
    while True:
        try:
            if config.smtp_url:
                await send_waiting(db, config)
            if tidied is None or tidied + TIDY_EVERY < now():
                await tidy(db, config, now())
                tidied = now()
        except (DatabaseFault, OSError):
            log.warning("The outbox could not be looked into; trying again.")
        await asyncio.sleep(EVERY)


async def send_waiting(db: Database, config: Config) -> None:
    """Try to send each mail that is due, once."""
    async with db.read() as tx:
        waiting = await store.waiting_mails(tx, now(), MOST_TRIES)
    for mail in waiting:
        # Claimed before it is sent, so that two processes do not both send it.
        async with db.write() as tx:
            ours = await store.claim_mail(tx, mail, now() + pause(mail.tries))
        if ours and await _send(mail, config):
            async with db.write() as tx:
                await store.mail_sent(tx, mail.id, now())


def pause(tries: int) -> timedelta:
    """How long to wait after failed tries: 1, 2, 4 ... minutes, at most 4 hours."""
    return min(timedelta(minutes=2**tries), timedelta(hours=4))


async def tidy(db: Database, config: Config, at: datetime) -> None:
    """Delete sign-ins, links and mail that have expired at `at`."""
    # Where mail is neither sent nor shown nobody will read it, and it may hold links that sign people in.
    unread = not config.smtp_url and not config.loopback
    async with db.write() as tx:
        await store.forget_logins(tx, at, at - IDLE)
        await store.forget_old_links(tx, at - timedelta(days=1))
        await store.forget_mails(tx, at if unread else at - KEPT)


async def _send(mail: Any, config: Config) -> bool:
    server = urlsplit(config.smtp_url)
    try:
        await aiosmtplib.send(
            as_message(mail, config.mail_from),
            sender=parseaddr(config.mail_from)[1],
            recipients=[mail.recipient],
            hostname=server.hostname,
            port=server.port,
            username=unquote(server.username) if server.username else None,
            password=unquote(server.password) if server.password else None,
            use_tls=server.scheme == "smtps",
            timeout=30,
        )
    except (aiosmtplib.SMTPException, OSError, ValueError) as trouble:
        # Its class alone: the message may hold the address or the password of the mail server.
        log.warning("A mail did not go, try %d: %s", mail.tries + 1, type(trouble).__name__)
        return False
    return True


def as_message(mail: Any, sender: str) -> EmailMessage:
    """A row of the outbox as an e-mail message."""
    message = EmailMessage()
    message["From"], message["To"] = sender, mail.recipient
    message["Subject"] = rules.tidy_name(mail.subject)
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = make_msgid(mail.id, domain=parseaddr(sender)[1].rpartition("@")[2] or None)
    message.set_content(mail.body)
    return message
