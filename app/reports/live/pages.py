"""Reports as the data are now, when they are due, and issuing them."""

from collections.abc import Mapping

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.boards.core.sight import viewer_of
from app.config import Config
from app.db import Database, Tx, now
from app.outcomes.goals import permissions
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.view import collect
from app.outcomes.view.content import ReportContent
from app.reports import store
from app.reports.files.formats import file_of
from app.reports.imprint import names_of
from app.reports.issued import actions as issuing
from app.reports.mailing import send
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import Mailing
from app.reports.page_context import report_context
from app.reports.store import Issued
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, Settings, drawn, go, typed

NOTHING: Mapping[str, str] = {}


@get("/outcomes/report", opt={"action": "report.show"})
async def live_space(request: Request, db: Db, settings: Settings) -> Response[str]:
    """All goals of the space as the data are now."""
    return await _live_space(request, db, settings)


@post("/outcomes/report", opt={"action": "report.issue"})
async def issue_space(request: Request, db: Db, settings: Settings, door: AtDoor) -> Response:
    form = await typed(request)
    wish, errors = issuing.read_request(form)
    if errors:
        return await _live_space(request, db, settings, form, errors)
    made = await issuing.issue_space(door, wish)
    return go(request, f"/spaces/{door.space_id}/outcomes/reports/{made}")


async def _live_space(
    request: Request,
    db: Database,
    settings: Config,
    form: Mapping[str, str] = NOTHING,
    errors: Mapping[str, str] = NOTHING,
) -> Response[str]:
    seat = seat_of(request)
    async with db.read() as tx:
        content = await collect.of_space(tx, seat.space, now(), viewer_of(seat.actor))
        issued = [one for one in await store.of_space(tx, seat.space.id) if one.goal is None]
        may_issue = await issuing.tends_any(tx, seat.space.id, seat.actor)
        sent = await _mailing(tx, settings, seat, None)
    path = f"/spaces/{seat.space.id}/outcomes/report"
    live = await _live(seat, content, path, issued, may_issue, None, sent, form, errors)
    return await drawn(request, live)


@get("/outcomes/report/as/{form:str}", opt={"action": "report.show"})
async def live_space_file(request: Request, db: Db, form: FromPath[str]) -> Response[bytes]:
    seat = seat_of(request)
    async with db.read() as tx:
        content = await collect.of_space(tx, seat.space, now(), viewer_of(seat.actor))
    return await file_of(request, content, None, form)


@get("/outcomes/{goal_id:str}/report", opt={"action": "report.show"})
async def live_goal(request: Request, db: Db, settings: Settings, goal_id: FromPath[str]) -> Response[str]:
    """One goal as the data are now."""
    return await _live_goal(request, db, settings, goal_id)


@post("/outcomes/{goal_id:str}/report", opt={"action": "report.issue"})
async def issue_goal(
    request: Request, db: Db, settings: Settings, door: AtDoor, goal_id: FromPath[str]
) -> Response:
    form = await typed(request)
    wish, errors = issuing.read_request(form)
    if errors:
        return await _live_goal(request, db, settings, goal_id, form, errors)
    made = await issuing.issue_goal(door, goal_id, wish)
    return go(request, f"/spaces/{door.space_id}/outcomes/reports/{made}")


async def _live_goal(
    request: Request,
    db: Database,
    settings: Config,
    goal_id: str,
    form: Mapping[str, str] = NOTHING,
    errors: Mapping[str, str] = NOTHING,
) -> Response[str]:
    seat = seat_of(request)
    async with db.read() as tx:
        goal = await _goal(tx, seat, goal_id)
        content = await collect.of_goal(tx, seat.space, goal, now(), viewer_of(seat.actor))
        issued = [one for one in await store.of_space(tx, seat.space.id) if one.goal == goal_id]
        sent = await _mailing(tx, settings, seat, goal_id)
    path = f"/spaces/{seat.space.id}/outcomes/{goal_id}/report"
    may_issue = permissions.tends(seat.actor, goal) and not goal.archived
    live = await _live(seat, content, path, issued, may_issue, goal, sent, form, errors)
    return await drawn(request, live)


@get("/outcomes/{goal_id:str}/report/as/{form:str}", opt={"action": "report.show"})
async def live_goal_file(
    request: Request, db: Db, goal_id: FromPath[str], form: FromPath[str]
) -> Response[bytes]:
    seat = seat_of(request)
    async with db.read() as tx:
        goal = await _goal(tx, seat, goal_id)
        content = await collect.of_goal(tx, seat.space, goal, now(), viewer_of(seat.actor))
    return await file_of(request, content, None, form)


async def _live(
    seat: Seat,
    content: ReportContent,
    path: str,
    issued: list[Issued],
    may_issue: bool,
    goal: Goal | None,
    sent: tuple[Mailing | None, list[str]],
    form: Mapping[str, str],
    errors: Mapping[str, str],
) -> Template:
    return page_of(
        seat,
        "reports/live.html",
        422 if errors else 200,
        values=form,
        errors=errors,
        here="outcomes",
        issued=issued,
        may_issue=may_issue and seat.space.state == "open",
        goal=goal,
        mailing=sent[0],
        readers=sent[1],
        **await report_context(content, None, path),
    )


async def _mailing(
    tx: Tx, settings: Settings, seat: Seat, goal_id: str | None
) -> tuple[Mailing | None, list[str]]:
    """When this report is due, and the names of those who then get it."""
    there = await mailing_store.find(tx, seat.space.id, goal_id)
    if there is None:
        return None, []
    names, able = await names_of(tx, seat.space.id), await send.reader_addresses(tx, settings, there)
    return there, sorted((names[person] for person in able), key=str.casefold)


async def _goal(tx: Tx, seat: Seat, goal_id: str) -> Goal:
    found = await goal_store.find(tx, seat.space.id, goal_id)
    if found is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found


routes = [live_space, live_space_file, issue_space, live_goal, live_goal_file, issue_goal]
