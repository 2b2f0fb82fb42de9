"""Who asks for something about an account, and what is needed to do it: made for every request."""

from collections.abc import Callable, Mapping

from litestar import Request
from litestar.di import NamedDependency
from msgspec import Struct

from app.addresses import network_of
from app.config import Config
from app.db import Database
from app.people import known_devices
from app.people.hash_queue import Asker
from app.people.hooks import InjectedHooks, PeopleHooks
from app.people.sessions import device_of
from app.web import Db, Ring, Settings, Who, who


class AccountContext(Struct, frozen=True):
    """Who asks: network, device, its cookies, and who is signed in in this browser already, if anybody."""

    db: Database
    config: Config
    ring: Callable[[str, int], None]
    hooks: PeopleHooks
    address: str
    device: str
    signed_in: Who | None
    cookies: Mapping[str, str] = {}

    @property
    def by_mail(self) -> bool:
        return bool(self.config.smtp_url)

    @property
    def asker(self) -> Asker:
        """In whose name a password is hashed: that of whoever is signed in, or of their network."""
        return Asker(self.signed_in.id, known=True) if self.signed_in else Asker(self.address)

    def known_device(self, email: str) -> str:
        """The id of this device where the account of this address signed in on it before, else ""."""
        return known_devices.find_device(self.cookies, self.config, email)


InjectedContext = NamedDependency[AccountContext]


async def provide_account_context(
    request: Request, db: Db, settings: Settings, ring: Ring, hooks: InjectedHooks
) -> AccountContext:
    """The dependency `context` of the pages of people."""
    address, device, cookies = network_of(request), device_of(request), request.cookies
    return AccountContext(db, settings, ring, hooks, address, device, who(request), cookies)


def ring(context: AccountContext, topics: list[tuple[str, int]]) -> None:
    """Call after the commit: those who follow these spaces check again whether they may stay."""
    for topic, number in topics:
        context.ring(topic, number)
