"""Sends an issued report to its readers, and asks for one whose turn has come; in the caller's transaction.

Only people who still take part get anything; where mail is really sent, only at addresses they have proved.
"""

from datetime import datetime

from app.access import READERS, Actor, Role, State, Thing, allowed
from app.config import Config
from app.db import Tx
from app.outcomes.goals import permissions
from app.outcomes.goals import store as goal_store
from app.people import actions as people
from app.people.mail import outbox
from app.reports.mailing import schedule
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import Mailing
from app.reports.store import Issued
from app.spaces import seats
from app.spaces.space import Participant


async def mail_addresses(tx: Tx, config: Config, space_id: str) -> dict[str, str]:
    """Addresses of those of the space who can get a report, by person."""
    there = [one.id for one in await seats.people_of(tx, space_id) if one.role in READERS and not one.former]
    found = await people.emails(tx, there, proved=bool(config.smtp_url))
    return {person: address for person, address in found.items() if address}


async def deliver(tx: Tx, config: Config, issued: Issued, at: datetime) -> None:
    """Send a report that was due, or that puts right the one sent last. Once for each turn."""
    one = await mailing_store.find(tx, issued.space, issued.goal)
    if one is None or not (one.due or (issued.corrects and issued.corrects == one.sent_report)):
        return
    names = {person.id: person.name for person in await seats.people_of(tx, issued.space)}
    space = await seats.space_of(tx, issued.space)
    name = space.name if space else ""
    link = f"{config.base_url}/spaces/{issued.space}/outcomes/reports/{issued.id}"
    for person, address in (await reader_addresses(tx, config, one)).items():
        signature = schedule.stop_signature(config.secret, one.id, person)
        stop = f"{config.base_url}/stop/{one.id}/{person}/{signature}"
        said = schedule.report_mail(issued.title, name, issued.number, names.get(issued.by, ""), link, stop)
        await outbox.post(tx, address, *said, at)
    await mailing_store.set_sent(tx, one, issued.id)


async def ask_for_approval(tx: Tx, config: Config, one: Mailing, at: datetime) -> None:
    """Ask whoever may issue it, unless that was done. Where nobody can be asked it stays to be done."""
    turn = schedule.last_turn(one.every, one.day, at.date())
    space = await seats.space_of(tx, one.space)
    if space is None or space.state is not State.OPEN:
        return
    asked = await _asked(tx, one)
    addresses = await mail_addresses(tx, config, one.space)
    address = next((addresses[person] for person in asked if person in addresses), None)
    if address is None or not await mailing_store.claim(tx, one.id, turn):
        return
    goal = await goal_store.find(tx, one.space, one.goal) if one.goal else None
    title = goal.title if goal else f"Outcomes of {space.name}"
    part = f"/{goal.id}" if goal else ""
    link = f"{config.base_url}/spaces/{one.space}/outcomes{part}/report"
    getting = await reader_addresses(tx, config, one)
    await outbox.post(tx, address, *schedule.approval_mail(title, space.name, link, len(getting)), at)


async def reader_addresses(tx: Tx, config: Config, one: Mailing) -> dict[str, str]:
    """Addresses of those who would get it now, by person."""
    able_to = await mail_addresses(tx, config, one.space)
    chosen = [reader.person for reader in await mailing_store.readers(tx, one.id) if not reader.stopped]
    return {person: able_to[person] for person in chosen if person in able_to}


async def _asked(tx: Tx, one: Mailing) -> list[str]:
    """Who may issue it: its tender; for the report of all goals whoever set it up, then other tenders."""
    goals = [goal for goal in await goal_store.of_space(tx, one.space) if one.goal in (None, goal.id)]
    there = {person.id: _actor(person) for person in await seats.people_of(tx, one.space)}
    tenders = [
        goal.tender
        for goal in goals
        if goal.tender in there and permissions.tends(there[goal.tender], goal) and _may(there[goal.tender])
    ]
    if one.by in tenders:
        tenders.insert(0, one.by)
    return list(dict.fromkeys(tenders))


def _actor(one: Participant) -> Actor:
    return Actor(Role.FORMER if one.former else one.role, one.id, one.organisation)


def _may(actor: Actor) -> bool:
    return allowed(actor, "report.issue", Thing(owner=actor.person))
