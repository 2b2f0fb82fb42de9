"""The front page: what Throughline is; for people who are signed in, their spaces."""

from typing import Any

from litestar import Request, get
from litestar.response import Template

from app.db import Tx
from app.people.hooks import InjectedHooks
from app.web import Db, Settings, page, who


@get("/", opt={"action": "server.show"})
async def front(request: Request, db: Db, settings: Settings, hooks: InjectedHooks) -> Template:
    person = who(request)
    if person is None:
        return page("people/welcome.html", here="front", accounts_open=settings.accounts == "open")
    id = person.id

    async def read(tx: Tx) -> tuple[list[Any], list[Any]]:
        return await hooks.my_spaces(tx, id), await hooks.overdue(tx, id)

    spaces, overdue = await db.run_long_read(read)
    return page("people/home.html", person=person, spaces=spaces, overdue=overdue)


routes = [front]
