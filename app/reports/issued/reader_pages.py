"""An issued report for readers outside of the space, by a link that is its key: only to be read."""

import asyncio

from litestar import Request, Response, get
from litestar.params import FromPath

from app.access import Code, Refused
from app.db import Tx, now
from app.outcomes.view.view import show
from app.people.tokens import hashed
from app.reports import store
from app.reports.files.cache import KeptCopies
from app.reports.files.formats import file_of
from app.reports.issued import actions as issuing
from app.reports.issued.pages import about_issue
from app.reports.store import Issued
from app.web import Db, page, render_in_thread

UNLISTED = {"X-Robots-Tag": "noindex, nofollow, noarchive"}
CLOSED = (
    "This link has expired, was withdrawn, or is incomplete. Ask the person who gave it to you for a new one."
)


@get("/read/{token:str}", opt={"action": "report.read"})
async def read(request: Request, db: Db, token: FromPath[str]) -> Response[str]:
    """The report as it was issued; nothing of the space besides."""
    async with db.read() as tx:
        one = await _opened(tx, token)
        content, about = await issuing.content_of(tx, one), await about_issue(tx, one)
    template = page(
        "reports/read.html",
        headers=UNLISTED,
        report=content,
        shown=await asyncio.to_thread(show, content),
        issue=about,
        paper=False,
        path=f"/read/{token}",
    )
    return await render_in_thread(request, template)


@get("/read/{token:str}/as/{form:str}", opt={"action": "report.read"})
async def read_file(
    request: Request, db: Db, copies: KeptCopies, token: FromPath[str], form: FromPath[str]
) -> Response[bytes]:
    async with db.read() as tx:
        one = await _opened(tx, token)
        content, about = await issuing.content_of(tx, one), await about_issue(tx, one)
    answer = await file_of(request, copies, content, about, form)
    answer.headers.update(UNLISTED)
    return answer


async def _opened(tx: Tx, token: str) -> Issued:
    found = await store.opened(tx, hashed(token), now())
    if found is None:
        raise Refused(Code.NOT_FOUND, CLOSED)
    return found


routes = [read, read_file]
