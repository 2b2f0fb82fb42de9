"""What the pages for signing in share: the response with a session cookie, the check for trial servers."""

from urllib.parse import urlsplit

from litestar import Request, Response
from litestar.response import Template

from app.config import Config, is_loopback
from app.people.context import AccountContext
from app.people.sessions import set_cookie
from app.web import go, local_path, page


def redirect_signed_in(
    request: Request, context: AccountContext, token: str, onward: str | None = "/", *, shared: bool = False
) -> Response:
    """Redirect to `onward`, if that is a path of this site, with the cookie of the new session."""
    answer = go(request, local_path(onward))
    set_cookie(answer, token, context.config, shared=shared)
    return answer


def mail_page(context: AccountContext) -> Template:
    """The page that asks to look into the mail: the same whether or not anything was sent."""
    return page("people/look_in_mail.html", outbox=not context.by_mail)


def is_trial_server(request: Request, config: Config) -> bool:
    """Whether only this machine is served: the address to listen on, BASE_URL and Host are all loopback.

    Host alone proves nothing, because the client chooses it.
    """
    try:
        host = urlsplit("//" + request.headers.get("host", "")).hostname or ""
    except ValueError:
        return False
    return config.loopback and is_loopback(config.host) and is_loopback(host)
