"""Who asks for something about an account, and what is needed to do it: made for every request."""

from collections.abc import Callable

from litestar import Request
from litestar.di import NamedDependency
from msgspec import Struct

from app.config import Config
from app.db import Database
from app.people.hooks import InjectedHooks, PeopleHooks
from app.people.sessions import device_of
from app.web import Db, Ring, Settings, Who, who


class AccountContext(Struct, frozen=True):
    """Who asks: network address, device, and who is signed in in this browser already, if anybody."""

    db: Database
    config: Config
    ring: Callable[[str, int], None]
    hooks: PeopleHooks
    address: str
    device: str
    signed_in: Who | None

    @property
    def by_mail(self) -> bool:
        return bool(self.config.smtp_url)


InjectedContext = NamedDependency[AccountContext]


async def provide_account_context(
    request: Request, db: Db, settings: Settings, ring: Ring, hooks: InjectedHooks
) -> AccountContext:
    """The dependency `context` of the pages of people."""
    address = request.client.host if request.client else ""
    return AccountContext(db, settings, ring, hooks, address, device_of(request), who(request))


def ring(context: AccountContext, topics: list[tuple[str, int]]) -> None:
    """Call after the commit: those who follow these spaces check again whether they may stay."""
    for topic, number in topics:
        context.ring(topic, number)
