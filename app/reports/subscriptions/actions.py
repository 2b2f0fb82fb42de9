"""Setting up and ending the mails of a report, and stopping them as a reader."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.access import NOT_FOUND, Code, Refused
from app.config import Config
from app.db import Database, Tx, new_id, now
from app.outcomes.goals.actions import goal_change, me
from app.phrases import day_of
from app.reports.issued import actions as issuing
from app.reports.mailing import send
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import Mailing, MailingDraft, is_stop_signature, last_turn
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.log_entry import Act, Values

NOBODY = "Choose at least one person who gets it."


async def set_up(door: Door, goal_id: str | None, draft: MailingDraft) -> None:
    """Have a report asked for from its next turn on; once issued it goes to the chosen people.

    Raises Refused where none of them can get mail.
    """
    async with _change(door, goal_id) as under_way:
        tx, at = under_way.tx, under_way.at
        addresses = await send.mail_addresses(tx, door.config, door.space_id)
        chosen = [person for person in draft.readers if person in addresses]
        if not chosen:
            raise Refused(Code.INVALID, NOBODY)
        turn = last_turn(draft.every, draft.day, day_of(at))
        active = await mailing_store.find(tx, door.space_id, goal_id)
        before = active or await mailing_store.find(tx, door.space_id, goal_id, ended=True)
        was = await _plan(tx, active) if active else {}
        id = before.id if before else new_id()
        if before is None:
            new = Mailing(id, door.space_id, goal_id, draft.every, draft.day, turn, turn, None, me(under_way))
            await mailing_store.add(tx, new, at)
        elif active is None or (active.every, active.day) != (draft.every, draft.day):
            await mailing_store.change(tx, id, draft, turn, me(under_way), at)
        await mailing_store.set_readers(tx, id, chosen)
        planned = await mailing_store.find(tx, door.space_id, goal_id)
        becomes = await _plan(tx, planned) if planned else {}
        if becomes != was:
            under_way.note(Act.PLANNED, _about(goal_id), was, becomes)


async def end(door: Door, goal_id: str | None) -> None:
    """End the mails of a report. Raises Refused where there are none."""
    async with _change(door, goal_id) as under_way:
        mailing = await mailing_store.find(under_way.tx, door.space_id, goal_id)
        if mailing is None:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        was = await _plan(under_way.tx, mailing)
        await mailing_store.end(under_way.tx, mailing.id, under_way.at)
        under_way.note(Act.PLAN_ENDED, _about(goal_id), was)


async def is_stopped(db: Database, config: Config, mailing_id: str, person_id: str, signature: str) -> bool:
    """Whether the reader of this link has stopped the mails. Raises Refused where its signature is wrong."""
    if is_stop_signature(config.secret, mailing_id, person_id, signature):
        async with db.read() as tx:
            for one in await mailing_store.readers(tx, mailing_id):
                if one.person == person_id:
                    return one.stopped
    raise Refused(Code.NOT_FOUND, NOT_FOUND)


async def stop(
    db: Database, config: Config, mailing_id: str, person_id: str, signature: str, *, again: bool = False
) -> None:
    """Stop the mails to the reader of this link, or resume (`again`). Raises Refused as `is_stopped` does."""
    await is_stopped(db, config, mailing_id, person_id, signature)
    async with db.write() as tx:
        await mailing_store.stop(tx, mailing_id, person_id, None if again else now())


def _about(goal_id: str | None) -> str:
    return f"goal:{goal_id}" if goal_id else ""


async def _plan(tx: Tx, mailing: Mailing) -> Values:
    """A mailing as the log holds it; who stopped it by themselves gets none."""
    readers = [one.person for one in await mailing_store.readers(tx, mailing.id) if not one.stopped]
    return {"of_all": mailing.goal is None, "every": mailing.every, "day": mailing.day, "to": sorted(readers)}


@asynccontextmanager
async def _change(door: Door, goal_id: str | None) -> AsyncIterator[SpaceChange]:
    """A change by a person who may issue the report: the tender of its goal; of any goal for that of all."""
    if goal_id:
        async with goal_change(door, "report.plan", goal_id) as (under_way, _):
            yield under_way
        return
    async with change(door, "report.plan") as under_way:
        await issuing.require_tender(under_way.tx, door.space_id, under_way.seat.actor)
        yield under_way
