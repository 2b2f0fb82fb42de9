"""The door for saying when a report goes to whom, for ending that, and for readers who want no more of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.access import NOT_FOUND, Code, Refused
from app.config import Config
from app.db import Database, new_id, now
from app.outcomes.goals.actions import goal_change, me
from app.reports.issued import actions as issuing
from app.reports.mailing import send
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import Mailing, MailingDraft, is_stop_signature, last_turn
from app.spaces.actions import Door, SpaceChange, change

NOBODY = "Choose at least one person who gets it."


async def set_up(door: Door, goal_id: str | None, draft: MailingDraft) -> None:
    """From its next turn on a report is asked for, and goes to these people once it is issued."""
    async with _change(door, goal_id) as under_way:
        tx, at = under_way.tx, under_way.at
        able = await send.mail_addresses(tx, door.config, door.space_id)
        chosen = [person for person in draft.readers if person in able]
        if not chosen:
            raise Refused(Code.INVALID, NOBODY)
        turn = last_turn(draft.every, draft.day, at.date())
        there = await mailing_store.find(tx, door.space_id, goal_id)
        before = there or await mailing_store.find(tx, door.space_id, goal_id, ended=True)
        made = before.id if before else new_id()
        if before is None:
            one = Mailing(
                made, door.space_id, goal_id, draft.every, draft.day, turn, turn, None, me(under_way)
            )
            await mailing_store.add(tx, one, at)
        elif there is None or (there.every, there.day) != (draft.every, draft.day):
            await mailing_store.change(tx, made, draft, turn, me(under_way), at)
        await mailing_store.set_readers(tx, made, chosen)


async def end(door: Door, goal_id: str | None) -> None:
    async with _change(door, goal_id) as under_way:
        there = await mailing_store.find(under_way.tx, door.space_id, goal_id)
        if there is None:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        await mailing_store.end(under_way.tx, there.id, under_way.at)


async def is_stopped(db: Database, config: Config, mailing_id: str, person_id: str, signature: str) -> bool:
    """Whether a reader's link to stop is real; then whether it is stopped. Raises Refused."""
    if is_stop_signature(config.secret, mailing_id, person_id, signature):
        async with db.read() as tx:
            for one in await mailing_store.readers(tx, mailing_id):
                if one.person == person_id:
                    return one.stopped
    raise Refused(Code.NOT_FOUND, NOT_FOUND)


async def stop(
    db: Database, config: Config, mailing_id: str, person_id: str, signature: str, *, again: bool = False
) -> None:
    """No more of it, or (`again`) once more."""
    await is_stopped(db, config, mailing_id, person_id, signature)
    async with db.write() as tx:
        await mailing_store.stop(tx, mailing_id, person_id, None if again else now())


@asynccontextmanager
async def _change(door: Door, goal_id: str | None) -> AsyncIterator[SpaceChange]:
    """Whoever may issue the report: the tender of its goal; of any goal, for that of all."""
    if goal_id:
        async with goal_change(door, "report.plan", goal_id) as (under_way, _):
            yield under_way
        return
    async with change(door, "report.plan") as under_way:
        await issuing.require_tender(under_way.tx, door.space_id, under_way.seat.actor)
        yield under_way
