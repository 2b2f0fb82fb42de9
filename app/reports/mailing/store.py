"""Mailings of reports and their readers, in the database."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from app.db import Tx
from app.reports.mailing.schedule import Mailing, MailingDraft, Reader
from app.reports.tables import mailing, mailing_reader


async def all_active(tx: Tx) -> list[Mailing]:
    """All mailings that were not ended."""
    query = select(mailing).where(mailing.c.ended_at.is_(None)).order_by(mailing.c.id)
    return [_as_mailing(row) for row in await tx.execute(query)]


async def find(tx: Tx, space_id: str, goal_id: str | None, *, ended: bool = False) -> Mailing | None:
    """The mailing of the report of a goal, or of all goals of the space; `ended` ones where asked for."""
    same = mailing.c.goal_id == goal_id if goal_id else mailing.c.goal_id.is_(None)
    state = mailing.c.ended_at.is_not(None) if ended else mailing.c.ended_at.is_(None)
    row = (await tx.execute(select(mailing).where(mailing.c.space_id == space_id, same, state))).one_or_none()
    return _as_mailing(row) if row else None


async def add(tx: Tx, one: Mailing, at: datetime) -> None:
    values = {"id": one.id, "space_id": one.space, "goal_id": one.goal, "every": one.every, "day": one.day}
    turns = {"asked_for": one.asked_for, "sent_for": one.sent_for}
    await tx.execute(insert(mailing).values(**values, **turns, at=at, by=one.by))


async def change(tx: Tx, mailing_id: str, draft: MailingDraft, turn: date, by: str, at: datetime) -> None:
    """Change a mailing, or begin an ended one again, as if set up at `turn`: nothing before is due."""
    values = {"every": draft.every, "day": draft.day, "asked_for": turn, "sent_for": turn, "by": by, "at": at}
    await _set(tx, mailing_id, ended_at=None, **values)


async def end(tx: Tx, mailing_id: str, at: datetime) -> None:
    """End a mailing. Readers who had stopped it stay stored, in case it begins again."""
    await set_readers(tx, mailing_id, ())
    if await readers(tx, mailing_id):
        await _set(tx, mailing_id, ended_at=at)
    else:
        await tx.execute(delete(mailing).where(mailing.c.id == mailing_id))


async def claim(tx: Tx, mailing_id: str, turn: date) -> bool:
    """Reserve the asking for a turn. Whether this process got it: of several at once only one does."""
    later = update(mailing).where(mailing.c.id == mailing_id, mailing.c.asked_for < turn)
    return bool((await tx.execute(later.values(asked_for=turn))).rowcount)


async def set_sent(tx: Tx, one: Mailing, report_id: str) -> None:
    """Note that the turn asked for last was sent, with this report."""
    await _set(tx, one.id, sent_for=one.asked_for, sent_report_id=report_id)


async def readers(tx: Tx, mailing_id: str) -> list[Reader]:
    """All readers of a mailing, those who stopped it included."""
    query = select(mailing_reader).where(mailing_reader.c.mailing_id == mailing_id)
    rows = await tx.execute(query.order_by(mailing_reader.c.person_id))
    return [Reader(row.person_id, row.stopped_at is not None) for row in rows]


async def set_readers(tx: Tx, mailing_id: str, people: Collection[str]) -> None:
    """Replace the readers. Those who stopped it stay stopped."""
    before = await readers(tx, mailing_id)
    here = mailing_reader.c.mailing_id == mailing_id
    await tx.execute(delete(mailing_reader).where(here, mailing_reader.c.stopped_at.is_(None)))
    fresh = sorted(set(people) - {one.person for one in before if one.stopped})
    if fresh:
        rows = [{"mailing_id": mailing_id, "person_id": one} for one in fresh]
        await tx.execute(insert(mailing_reader), rows)


async def stop(tx: Tx, mailing_id: str, person_id: str, at: datetime | None) -> None:
    """Send a reader nothing from `at` on; None takes that back."""
    mine = (mailing_reader.c.mailing_id == mailing_id, mailing_reader.c.person_id == person_id)
    await tx.execute(update(mailing_reader).where(*mine).values(stopped_at=at))


async def of_person(tx: Tx, person_id: str) -> list[Any]:
    """(every, day, stopped_at) of what somebody gets or got. No titles: they may have left the space."""
    query = (
        select(mailing.c.every, mailing.c.day, mailing_reader.c.stopped_at)
        .join_from(mailing_reader, mailing)
        .where(mailing_reader.c.person_id == person_id)
    )
    return list(await tx.execute(query.order_by(mailing.c.id)))


async def delete_reader(tx: Tx, person_id: str) -> None:
    """Take an erased person out of all mailings."""
    await tx.execute(delete(mailing_reader).where(mailing_reader.c.person_id == person_id))


async def _set(tx: Tx, mailing_id: str, **values: Any) -> None:
    await tx.execute(update(mailing).where(mailing.c.id == mailing_id).values(values))


def _as_mailing(row: Row[Any]) -> Mailing:
    return Mailing(
        row.id,
        row.space_id,
        row.goal_id,
        row.every,
        row.day,
        row.asked_for,
        row.sent_for,
        row.sent_report_id,
        row.by,
    )
