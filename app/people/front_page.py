"""The front page: what this is and how to come in; for those who are in, their spaces."""

from litestar import Request, get
from litestar.response import Template

from app.people.hooks import Others
from app.web import Db, Settings, page, who


@get("/", opt={"action": "server.show"})
async def front(request: Request, db: Db, settings: Settings, others: Others) -> Template:
    person = who(request)
    if person is None:
        return page("people/welcome.html", accounts_open=settings.accounts == "open", values={}, errors={})
    async with db.read() as tx:
        spaces = await others.my_spaces(tx, person.id)
        overdue = await others.overdue(tx, person.id)
    return page("people/home.html", person=person, spaces=spaces, overdue=overdue)


routes = [front]
