"""What the pages of coming in share: who stands at the door, letting them in, answering by mail."""

from urllib.parse import urlsplit

from litestar import Request, Response
from litestar.response import Template

from app.config import Config, is_loopback
from app.people.context import AccountContext
from app.people.sessions import set_cookie
from app.web import go, local_path, page


def redirect_signed_in(
    request: Request, context: AccountContext, token: str, onward: str | None = "/"
) -> Response:
    """On to where they wanted, with the cookie of the new sign-in."""
    answer = go(request, local_path(onward))
    set_cookie(answer, token, context.config)
    return answer


def mail_page(context: AccountContext) -> Template:
    """The same words whether or not anything was sent."""
    return page("people/look_in_mail.html", outbox=not context.by_mail)


def is_trial_server(request: Request, config: Config) -> bool:
    """Whether nobody but this machine is served: it listens on loopback, and both its own address and the one
    asked for are. The last alone proves nothing, since whoever asks may write any Host.
    """
    try:
        host = urlsplit("//" + request.headers.get("host", "")).hostname or ""
    except ValueError:
        return False
    return config.loopback and is_loopback(config.host) and is_loopback(host)
