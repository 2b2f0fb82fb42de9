"""An issued report for readers outside of the space, opened by the token in its link, only to be read."""

from litestar import Request, Response, get
from litestar.params import FromPath

from app.access import Code, Refused
from app.db import Tx, now
from app.people.tokens import hashed
from app.reports import store
from app.reports.files.cache import ReportFiles
from app.reports.files.formats import file_of
from app.reports.imprint import imprint_of
from app.reports.issued import actions as issuing
from app.reports.page_context import UNLISTED, report_context
from app.reports.store import Issued
from app.web import Db, drawn_for, page

CLOSED = (
    "This link has expired, was withdrawn, or is incomplete. Ask the person who gave it to you for a new one."
)


@get("/read/{token:str}", opt={"action": "report.read"})
async def read(request: Request, db: Db, token: FromPath[str]) -> Response[str]:
    """The report as it was issued; nothing of the space besides."""
    async with db.read() as tx:
        one = await _report_of_token(tx, token)
        content, imprint = await issuing.content_of(tx, one), await imprint_of(tx, one)
    context = await report_context(request, content, imprint, f"/read/{token}")
    return await drawn_for(request, page("reports/read.html", headers=UNLISTED, **context))


@get("/read/{token:str}/as/{form:str}", opt={"action": "report.read"})
async def read_file(
    request: Request, db: Db, files: ReportFiles, token: FromPath[str], form: FromPath[str]
) -> Response[bytes]:
    async with db.read() as tx:
        one = await _report_of_token(tx, token)
        content, imprint = await issuing.content_of(tx, one), await imprint_of(tx, one)
    answer = await file_of(request, files, one.space, content, imprint, form)
    answer.headers.update(UNLISTED)
    return answer


async def _report_of_token(tx: Tx, token: str) -> Issued:
    issued = await store.report_of_token(tx, hashed(token), now())
    if issued is None:
        raise Refused(Code.NOT_FOUND, CLOSED)
    return issued


routes = [read, read_file]
