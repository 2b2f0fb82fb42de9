"""The pages on help, privacy and accessibility; and on a trial server the mail that waits in the outbox."""

from litestar import Request, get
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.people import store
from app.people.signing_in.responses import is_trial_server
from app.web import Db, Settings, page


@get("/help", opt={"action": "server.show"})
async def help_page() -> Template:
    return page("people/help.html")


@get("/privacy", opt={"action": "server.show"})
async def privacy(settings: Settings) -> Template:
    return page("people/privacy.html", by_mail=bool(settings.smtp_url))


@get("/accessibility", opt={"action": "server.show"})
async def accessibility() -> Template:
    return page("people/accessibility.html")


@get("/outbox", opt={"action": "server.outbox"})
async def outbox(request: Request, db: Db, settings: Settings) -> Template:
    """The waiting mail. It holds links that sign people in, so it is shown on trial servers only."""
    if not is_trial_server(request, settings):
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    async with db.read() as tx:
        mails = await store.latest_mails(tx)
    return page("people/outbox.html", mails=mails, by_mail=bool(settings.smtp_url))


routes = [help_page, privacy, accessibility, outbox]
