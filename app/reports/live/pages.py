"""The report of a goal or of all goals as the data are now, as a page and as files, and issuing it."""

from collections.abc import Mapping

from litestar import Request, Response, get, post
from litestar.params import FromPath

from app.access import NOT_FOUND, Code, Refused
from app.boards.core.sight import viewer_in
from app.config import Config
from app.db import Database, Tx, now
from app.line.steps import of_goals
from app.outcomes.goals import permissions
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.view import collect
from app.outcomes.view.content import ReportContent
from app.reports import store
from app.reports.files.cache import ReportFiles
from app.reports.files.formats import file_of
from app.reports.imprint import names_of
from app.reports.issued import actions as issuing
from app.reports.mailing import send
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import Mailing
from app.reports.page_context import report_context
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, Settings, drawn_for, go, typed

OF_ALL, OF_GOAL = "/outcomes/report", "/outcomes/{goal_id:str}/report"
EMPTY: Mapping[str, str] = {}


@get([OF_ALL, OF_GOAL], opt={"action": "report.show"})
async def live(request: Request, db: Db, settings: Settings) -> Response[str]:
    """The report as the data are now."""
    return await _live_page(request, db, settings)


@post([OF_ALL, OF_GOAL], opt={"action": "report.issue"})
async def issue(request: Request, db: Db, settings: Settings, door: AtDoor) -> Response:
    """Issue the report as it is now; with errors in the form the page comes again with status 422."""
    form = await typed(request)
    issue_request, errors = issuing.read_request(form)
    if errors:
        return await _live_page(request, db, settings, form, errors)
    goal_id = _goal_id(request)
    if goal_id:
        report_id = await issuing.issue_goal(door, goal_id, issue_request)
    else:
        report_id = await issuing.issue_space(door, issue_request)
    return go(request, f"/spaces/{door.space_id}/outcomes/reports/{report_id}")


@get([f"{OF_ALL}/as/{{form:str}}", f"{OF_GOAL}/as/{{form:str}}"], opt={"action": "report.show"})
async def live_file(request: Request, db: Db, files: ReportFiles, form: FromPath[str]) -> Response[bytes]:
    seat = seat_of(request)
    async with db.read() as tx:
        goal = await _find_goal(tx, seat, _goal_id(request))
        content = await _content(tx, seat, goal)
    return await file_of(request, files, seat.space.id, content, None, form)


async def _live_page(
    request: Request,
    db: Database,
    config: Config,
    form: Mapping[str, str] = EMPTY,
    errors: Mapping[str, str] = EMPTY,
) -> Response[str]:
    seat, goal_id = seat_of(request), _goal_id(request)
    async with db.read() as tx:
        goal = await _find_goal(tx, seat, goal_id)
        content = await _content(tx, seat, goal)
        issued = [one for one in await store.of_space(tx, seat.space.id) if one.goal == goal_id]
        may_issue = await _may_issue(tx, seat, goal)
        mailing, readers = await _mailing(tx, config, seat, goal_id)
    path = f"/spaces/{seat.space.id}/outcomes{f'/{goal_id}' if goal_id else ''}/report"
    template = page_of(
        seat,
        "reports/live.html",
        422 if errors else 200,
        values=form,
        errors=errors,
        here="reports",
        issued=issued,
        may_issue=may_issue,
        goal=goal,
        mailing=mailing,
        readers=readers,
        **await report_context(request, content, None, path),
    )
    return await drawn_for(request, template)


def _goal_id(request: Request) -> str | None:
    return request.path_params.get("goal_id")


async def _find_goal(tx: Tx, seat: Seat, goal_id: str | None) -> Goal | None:
    """The goal of the address, None for all goals. Raises Refused where it is not of this space."""
    if goal_id is None:
        return None
    goal = await goal_store.find(tx, seat.space.id, goal_id)
    if goal is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return goal


async def _content(tx: Tx, seat: Seat, goal: Goal | None) -> ReportContent:
    viewer = viewer_in(seat.actor.role, seat.actor.person)
    if goal:
        return await collect.of_goal(tx, seat.space, goal, now(), of_goals, viewer)
    return await collect.of_space(tx, seat.space, now(), of_goals, viewer)


async def _may_issue(tx: Tx, seat: Seat, goal: Goal | None) -> bool:
    """Whether to offer it: to those who tend the goal, or any goal for the report of all."""
    if seat.space.state != "open":
        return False
    if goal:
        return permissions.tends(seat.actor, goal) and not goal.archived
    return await issuing.tends_any(tx, seat.space.id, seat.actor)


async def _mailing(
    tx: Tx, config: Config, seat: Seat, goal_id: str | None
) -> tuple[Mailing | None, list[str]]:
    """When this report is due, and the names of those who then get it."""
    mailing = await mailing_store.find(tx, seat.space.id, goal_id)
    if mailing is None:
        return None, []
    names, addresses = await names_of(tx, seat.space.id), await send.reader_addresses(tx, config, mailing)
    return mailing, sorted((names[person] for person in addresses), key=str.casefold)


routes = [live, live_file, issue]
