"""Issuing reports, and opening and closing links for their readers."""

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec
from msgspec import Struct, structs

from app.access import NOT_FOUND, Actor, Code, Refused
from app.config import Config
from app.db import Tx, new_id
from app.line.steps import of_goals
from app.outcomes.goals import permissions
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.actions import goal_change, me
from app.outcomes.view import collect, pseudonyms
from app.outcomes.view.content import ReportContent
from app.people.tokens import hashed, new_token
from app.phrases import day_of
from app.reports import store
from app.reports.imprint import names_of
from app.reports.issued.changes import news
from app.reports.mailing import send
from app.reports.store import Issued, ReaderLink
from app.spaces import rules
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.log_entry import Act
from app.spaces.rules import Errors

MAX_BECAUSE, MAX_WHOM = 500, 120
NO_REASON = "Say what was wrong in the report that this one corrects."
TOO_LONG = f"This can be at most {MAX_BECAUSE} characters long."
OF_ALL = "Only people who look after a goal can issue or schedule the report on all goals."
OF_THIS = "Only people who look after what this report is about can share it."
DAYS = (7, 30, 90, 365)  # that a reader's link can last


class Correction(Struct, frozen=True):
    """The id of the report that was wrong, and what was wrong in it."""

    report: str
    because: str


class IssueRequest(Struct, frozen=True):
    """A request to issue a report.

    `last` is the id of the newest report that the person saw, empty for none; None if it does not matter.
    """

    correction: Correction | None = None
    last: str | None = None


def read_request(form: Mapping[str, str]) -> tuple[IssueRequest, Errors]:
    """The request in a form, and what is wrong with it by field."""
    wrong, because = form.get("corrects", ""), rules.tidy_text(form.get("because", ""))
    errors: Errors = {}
    if wrong and not because:
        errors["because"] = NO_REASON
    elif len(because) > MAX_BECAUSE:
        errors["because"] = TOO_LONG
    if because and not wrong:
        errors["corrects"] = "Choose which report was wrong, or leave both fields empty."
    return IssueRequest(Correction(wrong, because) if wrong else None, form.get("last")), errors


async def issue_goal(door: Door, goal_id: str, request: IssueRequest) -> str:
    """Issue the report of a goal as it is now; only its tender may. Gives the id of the report.

    Where another was issued since `request.last`, as by a second click, gives the id of that and issues none.
    Raises Refused where there are no data yet or the correction names no report of this goal.
    """
    async with goal_change(door, "report.issue", goal_id) as (under_way, goal):
        space = under_way.seat.space
        content = await collect.of_goal(under_way.tx, space, goal, under_way.at, of_goals, pseudonymous=True)
        return await _issue(under_way, content, goal_id, request, door.config)


async def issue_space(door: Door, request: IssueRequest) -> str:
    """The same with the report of all goals; the tender of any of them may."""
    async with change(door, "report.issue") as under_way:
        await require_tender(under_way.tx, door.space_id, under_way.seat.actor)
        content = await collect.of_space(
            under_way.tx, under_way.seat.space, under_way.at, of_goals, pseudonymous=True
        )
        return await _issue(under_way, content, None, request, door.config)


async def share(door: Door, report_id: str, days: int, for_whom: str) -> str:
    """Make a link for readers of one report. Gives its token, of which only the hash is stored."""
    whom = rules.tidy_line(for_whom)
    if days not in DAYS:
        raise Refused(Code.INVALID, "Choose how long the link works.")
    if len(whom) > MAX_WHOM:
        raise Refused(Code.TOO_LONG, f"Say in at most {MAX_WHOM} characters who the link is for.")
    async with change(door, "report.share") as under_way:
        await _may_share(under_way, report_id)
        token, at = new_token(), under_way.at
        link = ReaderLink(new_id(), report_id, me(under_way), at, at + timedelta(days=days), whom)
        await store.add_link(under_way.tx, link, hashed(token))
        until = {"until": day_of(link.expires_at).isoformat()}
        under_way.note(Act.LINK_MADE, f"report:{report_id}", after=until)
    return token


async def withdraw(door: Door, report_id: str, link_id: str) -> None:
    """Close a link for readers, at once."""
    async with change(door, "report.close") as under_way:
        await _may_share(under_way, report_id)
        await store.withdraw_link(under_way.tx, report_id, link_id, under_way.at)
        under_way.note(Act.LINK_WITHDRAWN, f"report:{report_id}")


async def content_of(tx: Tx, issued: Issued) -> ReportContent:
    """The content of an issued report, with people's names as they are now."""
    stored, names = await store.content_of(tx, issued.id), await names_of(tx, issued.space)
    named = pseudonyms.with_names(stored, lambda person: names.get(person, pseudonyms.FORMER_PERSON))
    return msgspec.json.decode(named, type=ReportContent)


async def tends(tx: Tx, issued: Issued, actor: Actor) -> bool:
    """Whether somebody may share a report: the tender of its goal, or of any goal for that of the space."""
    if issued.goal:
        goal = await goal_store.find(tx, issued.space, issued.goal)
        return goal is not None and permissions.tends(actor, goal)
    return await tends_any(tx, issued.space, actor)


async def owns(tx: Tx, issued: Issued, actor: Actor) -> bool:
    """Whether somebody is there for an organisation that owns what a report is about."""
    if actor.organisation is None:
        return False
    if issued.goal is None:
        return True
    goal = await goal_store.find(tx, issued.space, issued.goal)
    return goal is not None and actor.organisation in goal.organisations


async def tends_any(tx: Tx, space_id: str, actor: Actor) -> bool:
    """Whether somebody tends a goal of the space, so may issue the report of all."""
    return any(permissions.tends(actor, goal) for goal in await goal_store.of_space(tx, space_id))


async def require_tender(tx: Tx, space_id: str, actor: Actor) -> None:
    """Raise Refused unless there are goals and this person tends one of them."""
    if not await goal_store.of_space(tx, space_id):
        raise Refused(Code.INVALID, "There are no goals to report yet.")
    if not await tends_any(tx, space_id, actor):
        raise Refused(Code.NOT_ALLOWED, OF_ALL)


async def _issue(
    under_way: SpaceChange, content: ReportContent, goal_id: str | None, request: IssueRequest, config: Config
) -> str:
    tx, space_id, correction = under_way.tx, under_way.space_id, request.correction
    if content.until is None:
        raise Refused(Code.INVALID, "There are no data to report yet.")
    before = await store.last_of(tx, space_id, goal_id)
    if before and request.last is not None and before.id != request.last:
        return before.id
    if correction:
        await _check(tx, space_id, goal_id, correction)
    earlier = (
        msgspec.json.decode(await store.content_of(tx, before.id), type=ReportContent) if before else None
    )
    whole = structs.replace(content, news=news(earlier, content))
    issued = Issued(
        new_id(),
        space_id,
        goal_id,
        await store.next_number(tx, space_id),
        content.title,
        under_way.at,
        me(under_way),
        correction.report if correction else None,
        correction.because if correction else "",
    )
    until: date = content.until
    await store.add(tx, issued, until, msgspec.json.encode(whole).decode())
    under_way.note(Act.ISSUED, f"report:{issued.id}", after={"corrects": bool(correction)})
    await send.deliver(tx, config, issued, under_way.at)
    return issued.id


async def _check(tx: Tx, space_id: str, goal_id: str | None, correction: Correction) -> None:
    """A correction names a report of the same goal, and says what was wrong."""
    wrong = await store.find(tx, space_id, correction.report)
    if wrong is None or wrong.goal != goal_id:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if not correction.because:
        raise Refused(Code.INVALID, NO_REASON)
    if len(correction.because) > MAX_BECAUSE:
        raise Refused(Code.TOO_LONG, TOO_LONG)


async def _may_share(under_way: SpaceChange, report_id: str) -> None:
    issued = await store.find(under_way.tx, under_way.space_id, report_id)
    if issued is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if not await tends(under_way.tx, issued, under_way.seat.actor):
        raise Refused(Code.NOT_ALLOWED, OF_THIS)
