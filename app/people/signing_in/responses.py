"""What the pages for signing in share: the response with a session cookie, the check for trial servers."""

from urllib.parse import urlsplit

from litestar import Request, Response
from litestar.response import Template

from app.config import Config, is_loopback
from app.people import known_devices
from app.people.context import AccountContext
from app.people.sessions import set_cookie
from app.web import go, local_path, page

FORWARDING = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"})


def redirect_signed_in(
    request: Request,
    context: AccountContext,
    token: str,
    onward: str | None = "/",
    *,
    shared: bool = False,
    email: str = "",
) -> Response:
    """Redirect to `onward`, if that is a path of this site, with the cookie of the new session.

    With the `email` of the account, which has just proved itself, its device is known from now on.
    """
    answer = go(request, local_path(onward))
    set_cookie(answer, token, context.config, shared=shared)
    if email and not shared:
        known_devices.set_cookie(answer, request.cookies, context.config, email)
    return answer


def mail_page(context: AccountContext) -> Template:
    """The page that asks to look into the mail: the same whether or not anything was sent."""
    return page("people/look_in_mail.html", outbox=not context.by_mail)


def is_trial_server(request: Request, config: Config) -> bool:
    """Whether only this machine is served: the address to listen on, BASE_URL and Host are all loopback.

    Host alone proves nothing, because the client chooses it. So the client's address must be loopback too,
    and nothing may tell of a proxy, which is on this machine while its clients are not.
    """
    try:
        host = urlsplit("//" + request.headers.get("host", "")).hostname or ""
    except ValueError:
        return False
    client = request.client.host if request.client else ""
    here = config.loopback and is_loopback(config.host) and is_loopback(host) and is_loopback(client)
    return here and not _is_forwarded(request)


def _is_forwarded(request: Request) -> bool:
    """Whether a proxy sent this on: by its headers, or by HTTP/1.0, which nginx speaks by itself."""
    named = any(name in FORWARDING or name.startswith("x-forwarded") for name in request.headers)
    return named or request.scope["http_version"] == "1.0"
