"""What the pages of coming in share: who stands at the door, letting them in, answering by mail."""

from urllib.parse import urlsplit

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.response import Template

from app.config import Config, is_loopback
from app.people.hooks import InjectedHooks
from app.people.sessions import device_of, set_cookie
from app.people.signing_in.sign_in import Entrance
from app.web import Db, Ring, Settings, go, local_path, page, who

AtDoor = NamedDependency[Entrance]


async def provide_entrance(
    request: Request, db: Db, settings: Settings, ring: Ring, hooks: InjectedHooks
) -> Entrance:
    address = request.client.host if request.client else ""
    return Entrance(db, settings, ring, hooks, address, device_of(request), who(request))


def let_in(request: Request, at: Entrance, token: str, onward: str | None = "/") -> Response:
    """On to where they wanted, with the cookie of the new sign-in."""
    answer = go(request, local_path(onward))
    set_cookie(answer, token, at.config)
    return answer


def look_in_mail(at: Entrance) -> Template:
    """The same words whether or not anything was sent."""
    return page("people/look_in_mail.html", outbox=not at.by_mail)


def for_trying_out(request: Request, config: Config) -> bool:
    """Whether nobody but this machine is served: it listens on loopback, and both its own address and the one
    asked for are. The last alone proves nothing, since whoever asks may write any Host.
    """
    try:
        host = urlsplit("//" + request.headers.get("host", "")).hostname or ""
    except ValueError:
        return False
    return config.loopback and is_loopback(config.host) and is_loopback(host)
