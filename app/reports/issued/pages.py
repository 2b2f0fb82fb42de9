"""Issued reports over HTTP: as they were, as files, and the links of their readers."""

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx, now
from app.reports import store
from app.reports.files.cache import ReportFiles
from app.reports.files.formats import file_of
from app.reports.imprint import imprint_of, names_of
from app.reports.issued import actions as issuing
from app.reports.page_context import report_context
from app.reports.store import Issued
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, drawn_for, go, typed


@get("/outcomes/reports", opt={"action": "report.show"})
async def index(request: Request, db: Db) -> Template:
    """All reports that were issued in the space."""
    seat = seat_of(request)

    async def read(tx: Tx) -> tuple[list[Issued], dict[str, str]]:
        return await store.of_space(tx, seat.space.id), await names_of(tx, seat.space.id)

    issued, by = await db.run_long_read(read)
    numbers = {one.id: one.number for one in issued}
    return page_of(seat, "reports/index.html", here="reports", issued=issued, by=by, numbers=numbers)


@get("/outcomes/reports/{report_id:str}", opt={"action": "report.show"})
async def issued(request: Request, db: Db, report_id: FromPath[str]) -> Response[str]:
    """A report as it was issued, and who was given a link to it."""
    async with db.read() as tx:
        template = await _issued_page(request, tx, report_id)
    return await drawn_for(request, template)


@get("/outcomes/reports/{report_id:str}/as/{form:str}", opt={"action": "report.show"})
async def issued_file(
    request: Request, db: Db, files: ReportFiles, report_id: FromPath[str], form: FromPath[str]
) -> Response[bytes]:
    seat = seat_of(request)
    async with db.read() as tx:
        one = await _issued(tx, seat, report_id)
        content, imprint = await issuing.content_of(tx, one), await imprint_of(tx, one)
    return await file_of(request, files, seat.space.id, content, imprint, form)


@post("/outcomes/reports/{report_id:str}/links", opt={"action": "report.share"})
async def share(request: Request, db: Db, door: AtDoor, report_id: FromPath[str]) -> Template:
    """Shown once, to be copied: the link is kept nowhere."""
    form = await typed(request)
    days = form.get("days", "")
    lasts = int(days) if days.isascii() and days.isdigit() else 0
    token = await issuing.share(door, report_id, lasts, form.get("for_whom", ""))
    async with db.read() as tx:
        return await _issued_page(request, tx, report_id, link=f"{door.config.base_url}/read/{token}")


@post("/outcomes/reports/{report_id:str}/links/{link_id:str}/withdraw", opt={"action": "report.close"})
async def withdraw(
    request: Request, door: AtDoor, report_id: FromPath[str], link_id: FromPath[str]
) -> Response:
    await issuing.withdraw(door, report_id, link_id)
    return go(request, f"/spaces/{door.space_id}/outcomes/reports/{report_id}")


async def _issued_page(request: Request, tx: Tx, report_id: str, link: str = "") -> Template:
    seat = seat_of(request)
    one = await _issued(tx, seat, report_id)
    content, imprint = await issuing.content_of(tx, one), await imprint_of(tx, one)
    may_close = await issuing.tends(tx, one, seat.actor)
    may_see = may_close or await issuing.owns(tx, one, seat.actor)
    links = await store.links(tx, one.id, now()) if may_see else []
    may_share = may_close and seat.space.state != "archived"
    return page_of(
        seat,
        "reports/issued.html",
        here="reports",
        issued=one,
        may_share=may_share,
        may_close=may_close,
        links=links,
        link=link,
        days=issuing.DAYS,
        **await report_context(
            request, content, imprint, f"/spaces/{seat.space.id}/outcomes/reports/{one.id}"
        ),
    )


async def _issued(tx: Tx, seat: Seat, report_id: str) -> Issued:
    issued = await store.find(tx, seat.space.id, report_id)
    if issued is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return issued


routes = [index, issued, issued_file, share, withdraw]
