"""Reports that go to people by mail on a day of each month or quarter: when, and what the mails say. Pure.

A person approves each report: on its day they are asked by mail to issue it, and issuing sends it to readers.
"""

import hmac
from datetime import date
from hashlib import sha256
from typing import Literal

from msgspec import Struct

Every = Literal["month", "quarter"]
MONTHS: dict[Every, int] = {"month": 1, "quarter": 3}
DAYS = range(1, 29)  # of the month: all months have these


class MailingDraft(Struct, frozen=True):
    """What was chosen in the form. `readers` are ids of people."""

    every: Every
    day: int
    readers: tuple[str, ...]


class Mailing(Struct, frozen=True):
    """The mailing of one report, that of a goal or (without one) of all goals.

    A turn is a day on which it is due. `asked_for` is the last turn whose report was asked for, `sent_for`
    the last whose report was sent.
    """

    id: str
    space: str
    goal: str | None
    every: Every
    day: int
    asked_for: date
    sent_for: date
    sent_report: str | None
    by: str

    @property
    def due(self) -> bool:
        """Whether a report was asked for that was not sent yet."""
        return self.asked_for > self.sent_for


class Reader(Struct, frozen=True):
    """Somebody who gets the mails, or has stopped them."""

    person: str
    stopped: bool = False


def last_turn(every: Every, day: int, today: date) -> date:
    """The newest turn that has come. Quarters begin in January, April, July and October."""
    step = MONTHS[every]
    month = today.year * 12 + (today.month - 1) // step * step
    this_time = _day(month, day)
    return this_time if this_time <= today else _day(month - step, day)


def next_turn(every: Every, day: int, today: date) -> date:
    """The first turn after today."""
    last = last_turn(every, day, today)
    return _day(last.year * 12 + last.month - 1 + MONTHS[every], day)


def stop_signature(secret: str, mailing_id: str, person_id: str) -> str:
    """What lets a reader stop the mails by a link without signing in: an HMAC with SHA-256."""
    return hmac.new(secret.encode(), f"stop {mailing_id} {person_id}".encode(), sha256).hexdigest()


def is_stop_signature(secret: str, mailing_id: str, person_id: str, signature: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(stop_signature(secret, mailing_id, person_id).encode(), signature.encode())


def approval_mail(title: str, space: str, link: str, readers: int) -> tuple[str, str]:
    """Subject and text of the mail to the person who approves the report."""
    people = "1 person" if readers == 1 else f"{readers} people"
    return f"A report is due: {title}", (
        f"The report “{title}” of {space} is due. Nothing is sent before you approve it.\n\n"
        f"Look at it, and issue it. It then goes to {people} by email:\n{link}\n\n"
        "You get this because you look after what it reports. You can stop it on the same page."
    )


def report_mail(title: str, space: str, number: int, by: str, link: str, stop: str) -> tuple[str, str]:
    """Subject and text of the mail to each reader."""
    return f"Report {number}: {title}", (
        f"Report {number} of {space}, “{title}”, was approved and issued by {by}.\n\n"
        f"Read it, or download it as PDF, Word or Excel:\n{link}\n\n"
        f"To stop getting these:\n{stop}"
    )


def _day(month: int, day: int) -> date:
    """`month` counts from year 0."""
    return date(month // 12, month % 12 + 1, day)
