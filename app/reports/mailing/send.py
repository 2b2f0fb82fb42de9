"""Sends an issued report to its readers, and asks for one that is due; within the caller's transaction.

Only people who still take part get mails; where mail is really sent, only at addresses they have proved.
"""

from datetime import datetime

from app.access import READERS, Actor, Role, State, Thing, allowed
from app.config import Config
from app.db import Tx
from app.outcomes.goals import permissions
from app.outcomes.goals import store as goal_store
from app.people import actions as people
from app.people.mail import outbox
from app.phrases import day_of
from app.reports.imprint import names_of
from app.reports.mailing import schedule
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import Mailing
from app.reports.store import Issued
from app.spaces import seats
from app.spaces.space import Participant


async def mail_addresses(tx: Tx, config: Config, space_id: str) -> dict[str, str]:
    """Mail addresses of those in the space who can get a report, by id of person."""
    present = [
        one.id for one in await seats.people_of(tx, space_id) if one.role in READERS and not one.former
    ]
    emails = await people.emails(tx, present, proved=bool(config.smtp_url))
    return {person: address for person, address in emails.items() if address}


async def deliver(tx: Tx, config: Config, issued: Issued, at: datetime) -> None:
    """Send a report that was due, or that corrects the one sent last; once for each turn."""
    one = await mailing_store.find(tx, issued.space, issued.goal)
    if one is None or not (one.due or (issued.corrects and issued.corrects == one.sent_report)):
        return
    names = await names_of(tx, issued.space)
    space = await seats.space_of(tx, issued.space)
    name = space.name if space else ""
    link = f"{config.base_url}/spaces/{issued.space}/outcomes/reports/{issued.id}"
    for person, address in (await reader_addresses(tx, config, one)).items():
        signature = schedule.stop_signature(config.secret, one.id, person)
        stop = f"{config.base_url}/stop/{one.id}/{person}/{signature}"
        mail = schedule.report_mail(issued.title, name, issued.number, names.get(issued.by, ""), link, stop)
        await outbox.post(tx, address, *mail, at)
    await mailing_store.set_sent(tx, one, issued.id)


async def ask_for_approval(tx: Tx, config: Config, one: Mailing, at: datetime) -> None:
    """Ask a person who may issue it, once for each turn. Where nobody can be asked the turn stays open."""
    turn = schedule.last_turn(one.every, one.day, day_of(at))
    space = await seats.space_of(tx, one.space)
    if space is None or space.state is not State.OPEN:
        return
    approvers = await _approvers(tx, one)
    addresses = await mail_addresses(tx, config, one.space)
    address = next((addresses[person] for person in approvers if person in addresses), None)
    if address is None or not await mailing_store.claim(tx, one.id, turn):
        return
    goal = await goal_store.find(tx, one.space, one.goal) if one.goal else None
    title = goal.title if goal else f"Outcomes of {space.name}"
    part = f"/{goal.id}" if goal else ""
    link = f"{config.base_url}/spaces/{one.space}/outcomes{part}/report"
    readers = await reader_addresses(tx, config, one)
    await outbox.post(tx, address, *schedule.approval_mail(title, space.name, link, len(readers)), at)


async def reader_addresses(tx: Tx, config: Config, one: Mailing) -> dict[str, str]:
    """Mail addresses of those who would get it now, by id of person."""
    addresses = await mail_addresses(tx, config, one.space)
    chosen = [reader.person for reader in await mailing_store.readers(tx, one.id) if not reader.stopped]
    return {person: addresses[person] for person in chosen if person in addresses}


async def _approvers(tx: Tx, one: Mailing) -> list[str]:
    """Who may issue it: its tender; for the report of all goals who set it up, then the other tenders."""
    goals = [goal for goal in await goal_store.of_space(tx, one.space) if one.goal in (None, goal.id)]
    actors = {person.id: _actor(person) for person in await seats.people_of(tx, one.space)}
    tenders = [
        goal.tender
        for goal in goals
        if goal.tender in actors
        and permissions.tends(actors[goal.tender], goal)
        and _may(actors[goal.tender])
    ]
    if one.by in tenders:
        tenders.insert(0, one.by)
    return list(dict.fromkeys(tenders))


def _actor(one: Participant) -> Actor:
    return Actor(Role.FORMER if one.former else one.role, one.id, one.organisation)


def _may(actor: Actor) -> bool:
    return allowed(actor, "report.issue", Thing(owner=actor.person))
