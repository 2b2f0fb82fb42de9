"""The front page: what Throughline is; for people who are signed in, their spaces."""

from litestar import Request, get
from litestar.response import Template

from app.people.hooks import InjectedHooks
from app.web import Db, Settings, page, who


@get("/", opt={"action": "server.show"})
async def front(request: Request, db: Db, settings: Settings, hooks: InjectedHooks) -> Template:
    person = who(request)
    if person is None:
        return page("people/welcome.html", here="front", accounts_open=settings.accounts == "open")
    async with db.read() as tx:
        spaces = await hooks.my_spaces(tx, person.id)
        overdue = await hooks.overdue(tx, person.id)
    return page("people/home.html", person=person, spaces=spaces, overdue=overdue)


routes = [front]
