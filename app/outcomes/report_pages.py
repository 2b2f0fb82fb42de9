"""Reports over HTTP: live as the data are, issued as they were, and as files."""

from datetime import datetime

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app.access import NOT_FOUND, Code, Refused
from app.boards.sight import viewer_of
from app.db import Tx, now
from app.outcomes import delivering, gathering, goal_store, issuing, mailing_store, report_store
from app.outcomes.content import Content
from app.outcomes.goal import Goal
from app.outcomes.issuing import Correction
from app.outcomes.mailing import Mailing
from app.outcomes.report_file import file_of
from app.outcomes.report_store import Issued
from app.outcomes.showing import show
from app.spaces import rules, seats
from app.spaces.frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, Settings, go, typed


class IssueShown(Struct, frozen=True):
    """What a report says about its being issued."""

    id: str
    number: int
    at: datetime
    by: str
    corrects: int | None = None
    because: str = ""
    corrected_by: int | None = None
    corrected_because: str = ""


# -- live --------------------------------------------------------------------------------------------


@get("/outcomes/report", opt={"action": "report.show"})
async def live_space(request: Request, db: Db, settings: Settings) -> Template:
    """All goals of the space as the data are now."""
    seat = seat_of(request)
    async with db.read() as tx:
        content = await gathering.of_space(tx, seat.space, now(), viewer_of(seat.actor))
        issued = [one for one in await report_store.of_space(tx, seat.space.id) if one.goal is None]
        may_issue = await issuing.tends_any(tx, seat.space.id, seat.actor.person)
        sent = await _mailing(tx, settings, seat, None)
    path = f"/spaces/{seat.space.id}/outcomes/report"
    return _live(seat, content, path, issued, may_issue, None, sent)


@get("/outcomes/report/as/{form:str}", opt={"action": "report.show"})
async def live_space_file(request: Request, db: Db, form: FromPath[str]) -> Response[bytes]:
    seat = seat_of(request)
    async with db.read() as tx:
        content = await gathering.of_space(tx, seat.space, now(), viewer_of(seat.actor))
    return await file_of(request, content, None, form)


@get("/outcomes/{goal_id:str}/report", opt={"action": "report.show"})
async def live_goal(request: Request, db: Db, settings: Settings, goal_id: FromPath[str]) -> Template:
    """One goal as the data are now."""
    seat = seat_of(request)
    async with db.read() as tx:
        goal = await _goal(tx, seat, goal_id)
        content = await gathering.of_goal(tx, seat.space, goal, now(), viewer_of(seat.actor))
        issued = [one for one in await report_store.of_space(tx, seat.space.id) if one.goal == goal_id]
        sent = await _mailing(tx, settings, seat, goal_id)
    path = f"/spaces/{seat.space.id}/outcomes/{goal_id}/report"
    may_issue = goal.tender == seat.actor.person and not goal.archived
    return _live(seat, content, path, issued, may_issue, goal, sent)


@get("/outcomes/{goal_id:str}/report/as/{form:str}", opt={"action": "report.show"})
async def live_goal_file(
    request: Request, db: Db, goal_id: FromPath[str], form: FromPath[str]
) -> Response[bytes]:
    seat = seat_of(request)
    async with db.read() as tx:
        goal = await _goal(tx, seat, goal_id)
        content = await gathering.of_goal(tx, seat.space, goal, now(), viewer_of(seat.actor))
    return await file_of(request, content, None, form)


# -- issued ------------------------------------------------------------------------------------------


@get("/outcomes/reports", opt={"action": "report.show"})
async def index(request: Request, db: Db) -> Template:
    """All reports that were issued in the space."""
    seat = seat_of(request)
    async with db.read() as tx:
        issued = await report_store.of_space(tx, seat.space.id)
        by = await names_of(tx, seat.space.id)
    numbers = {one.id: one.number for one in issued}
    return page_of(seat, "outcomes/reports.html", here="outcomes", issued=issued, by=by, numbers=numbers)


@post("/outcomes/report", opt={"action": "report.issue"})
async def issue_space(request: Request, door: AtDoor) -> Response:
    made = await issuing.issue_space(door, _correction(await typed(request)))
    return go(request, f"/spaces/{door.space_id}/outcomes/reports/{made}")


@post("/outcomes/{goal_id:str}/report", opt={"action": "report.issue"})
async def issue_goal(request: Request, door: AtDoor, goal_id: FromPath[str]) -> Response:
    made = await issuing.issue_goal(door, goal_id, _correction(await typed(request)))
    return go(request, f"/spaces/{door.space_id}/outcomes/reports/{made}")


@get("/outcomes/reports/{report_id:str}", opt={"action": "report.show"})
async def issued(request: Request, db: Db, report_id: FromPath[str]) -> Template:
    """A report as it was issued, and who was given a link to it."""
    seat = seat_of(request)
    async with db.read() as tx:
        return await _issued_page(tx, seat, report_id)


@get("/outcomes/reports/{report_id:str}/as/{form:str}", opt={"action": "report.show"})
async def issued_file(
    request: Request, db: Db, report_id: FromPath[str], form: FromPath[str]
) -> Response[bytes]:
    seat = seat_of(request)
    async with db.read() as tx:
        one = await _issued(tx, seat, report_id)
        content, about = await issuing.content_of(tx, one), await about_issue(tx, one)
    return await file_of(request, content, about, form)


@post("/outcomes/reports/{report_id:str}/links", opt={"action": "report.share"})
async def share(request: Request, db: Db, door: AtDoor, report_id: FromPath[str]) -> Template:
    """Shown once, to be copied: the link is kept nowhere."""
    days = (await typed(request)).get("days", "")
    token = await issuing.share(door, report_id, int(days) if days.isascii() and days.isdigit() else 0)
    async with db.read() as tx:
        return await _issued_page(
            tx, seat_of(request), report_id, link=f"{door.config.base_url}/read/{token}"
        )


@post("/outcomes/reports/{report_id:str}/links/{link_id:str}/withdraw", opt={"action": "report.share"})
async def withdraw(
    request: Request, door: AtDoor, report_id: FromPath[str], link_id: FromPath[str]
) -> Response:
    await issuing.withdraw(door, report_id, link_id)
    return go(request, f"/spaces/{door.space_id}/outcomes/reports/{report_id}")


async def about_issue(tx: Tx, one: Issued) -> IssueShown:
    """What stands on an issued report about itself, later corrections included."""
    by = await names_of(tx, one.space)
    wrong = await report_store.find(tx, one.space, one.corrects) if one.corrects else None
    better = await report_store.corrected_by(tx, one.id)
    return IssueShown(
        one.id,
        one.number,
        one.at,
        by.get(one.by, gathering.GONE),
        wrong.number if wrong else None,
        one.because,
        better.number if better else None,
        better.because if better else "",
    )


async def names_of(tx: Tx, space_id: str) -> dict[str, str]:
    return {one.id: one.name for one in await seats.people_of(tx, space_id)}


async def _issued_page(tx: Tx, seat: Seat, report_id: str, link: str = "") -> Template:
    one = await _issued(tx, seat, report_id)
    content, about = await issuing.content_of(tx, one), await about_issue(tx, one)
    may_share = await issuing.tends(tx, one, seat.actor.person) and seat.space.state != "archived"
    links = await report_store.links(tx, one.id, now()) if may_share else []
    return page_of(
        seat,
        "outcomes/report_issued.html",
        here="outcomes",
        report=content,
        shown=show(content),
        issue=about,
        issued=one,
        paper=False,
        path=f"/spaces/{seat.space.id}/outcomes/reports/{one.id}",
        may_share=may_share,
        links=links,
        link=link,
        days=issuing.DAYS,
    )


def _live(
    seat: Seat,
    content: Content,
    path: str,
    issued: list[Issued],
    may_issue: bool,
    goal: Goal | None,
    sent: tuple[Mailing | None, list[str]],
) -> Template:
    return page_of(
        seat,
        "outcomes/report_live.html",
        here="outcomes",
        report=content,
        shown=show(content),
        issue=None,
        paper=False,
        path=path,
        issued=issued,
        may_issue=may_issue and seat.space.state == "open",
        goal=goal,
        mailing=sent[0],
        readers=sent[1],
    )


async def _mailing(
    tx: Tx, settings: Settings, seat: Seat, goal_id: str | None
) -> tuple[Mailing | None, list[str]]:
    """When this report is due, and the names of those who then get it."""
    there = await mailing_store.find(tx, seat.space.id, goal_id)
    if there is None:
        return None, []
    names, able = await names_of(tx, seat.space.id), await delivering.readers(tx, settings, there)
    return there, sorted((names[person] for person in able), key=str.casefold)


def _correction(form: dict[str, str]) -> Correction | None:
    wrong = form.get("corrects", "")
    return Correction(wrong, rules.lines(form.get("because", ""))) if wrong else None


async def _goal(tx: Tx, seat: Seat, goal_id: str) -> Goal:
    found = await goal_store.find(tx, seat.space.id, goal_id)
    if found is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found


async def _issued(tx: Tx, seat: Seat, report_id: str) -> Issued:
    found = await report_store.find(tx, seat.space.id, report_id)
    if found is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found


routes = [
    live_space,
    live_space_file,
    live_goal,
    live_goal_file,
    index,
    issue_space,
    issue_goal,
    issued,
    issued_file,
    share,
    withdraw,
]
