"""Mail over a real mail server: sent once, tried again, its words forgotten afterwards."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from app import config as settings
from app.config import Config
from app.db import Database, now
from app.people.mail import job as sending
from app.people.mail import outbox
from tests.people.steps import ANA, LINK, PASSWORD, is_in
from tests.spaces.house import house
from tests.support.ports import free_port
from tests.support.until import until

HOUR = timedelta(hours=1)


@dataclass
class Postbox:
    """A mail server that keeps what it is given, or refuses it."""

    url: str
    got: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 Taken"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture
async def postbox() -> AsyncIterator[Postbox]:
    port = free_port()
    box = Postbox(f"smtp://127.0.0.1:{port}")
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def config(postbox: Postbox, database_url: str) -> Config:
    return settings.read(
        {
            "DATABASE_URL": database_url,
            "SMTP_URL": postbox.url,
            "MAIL_FROM": "Throughline <boards@example.org>",
        }
    )


async def posted(db: Database, subject: str = "Hello") -> None:
    async with db.write() as tx:
        await outbox.post(tx, "ana@example.org", subject, "A word: http://127.0.0.1:8000/reset/abc\nGrüße")


async def row(db: Database) -> Any:
    async with db.read() as tx:
        return (await tx.exec_driver_sql("SELECT body, tries, sent_at, next_try_at FROM outbox")).one()


async def test_mail_is_sent_once_and_its_words_are_forgotten(
    db: Database, config: Config, postbox: Postbox
) -> None:
    await posted(db)

    await sending.send_waiting(db, config)
    await sending.send_waiting(db, config)

    kept = await row(db)
    assert [got["To"] for got in postbox.got] == ["ana@example.org"]
    assert postbox.got[0]["From"] == "Throughline <boards@example.org>"
    assert postbox.got[0]["Subject"] == "Hello"
    assert "Grüße" in postbox.got[0].get_content()
    assert kept.sent_at is not None
    assert kept.body == ""


async def test_mail_that_does_not_go_is_tried_again_later(
    db: Database, config: Config, postbox: Postbox
) -> None:
    postbox.answer = "451 Not now"
    await posted(db)
    await sending.send_waiting(db, config)
    await sending.send_waiting(db, config)
    waiting = await row(db)
    async with db.write() as tx:
        await tx.exec_driver_sql("UPDATE outbox SET next_try_at = created_at")
    postbox.answer = "250 Taken"

    await sending.send_waiting(db, config)

    assert waiting.tries == 1
    assert waiting.sent_at is None
    assert "/reset/abc" in waiting.body
    assert len(postbox.got) == 1


def test_the_waits_grow_up_to_four_hours() -> None:
    waits = [sending.pause(tries) for tries in range(sending.MOST_TRIES)]

    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] == 4 * HOUR


async def test_a_subject_cannot_smuggle_in_a_line(db: Database, config: Config, postbox: Postbox) -> None:
    await posted(db, "Hello\r\nBcc: eve@example.org")

    await sending.send_waiting(db, config)

    assert postbox.got[0]["Bcc"] is None
    assert postbox.got[0]["Subject"] == "Hello Bcc: eve@example.org"


async def test_logs_name_neither_people_nor_secrets(
    db: Database, config: Config, postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    postbox.answer = "554 Refused for ana@example.org"
    await posted(db)
    # The mail server of the test logs addresses itself, wherever a test before has opened the root logger.
    caplog.set_level(logging.WARNING, logger="mail.log")

    await sending.send_waiting(db, config)

    assert "A mail did not go" in caplog.text
    assert "ana@" not in caplog.text
    assert "reset" not in caplog.text


async def test_what_is_over_is_cleared_away(db: Database, config: Config) -> None:
    await posted(db)
    await sending.tidy(db, config, now())
    kept = await row(db)
    await sending.tidy(db, config, now() + sending.KEPT + HOUR)

    assert kept.tries == 0
    async with db.read() as tx:
        assert (await tx.exec_driver_sql("SELECT count(*) FROM outbox")).scalar_one() == 0


async def test_an_account_is_made_and_proved_by_real_mail(sqlite_url: str, postbox: Postbox) -> None:
    async with house(sqlite_url, SMTP_URL=postbox.url) as home:
        ana = home.stranger()
        await ana.post("/sign-up", **ANA, password=PASSWORD)
        await until(lambda: postbox.got, within=10, why="the mail arrives")

        path = LINK.findall(postbox.got[0].get_content())[0]
        await ana.post(path, password=PASSWORD)

        assert await is_in(ana)
