"""A guest whose sign-in is over comes back as the same guest: by a random token in a cookie of the browser.

One token for each space, of which only a hash is stored. It opens nothing by itself: the page asks first
whether the person is that guest. It ends when the guest is removed, leaves, signs out, makes an account or is
erased, when the code by which they joined is withdrawn, and when somebody says that they are somebody else.
"""

from datetime import datetime, timedelta
from typing import Any

from litestar import Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.exceptions import NotAuthorizedException
from msgspec import Struct

from app.config import Config
from app.db import Tx, now
from app.people import actions as people
from app.people.tokens import hashed, new_token
from app.spaces import return_store
from app.spaces.space import Membership
from app.web import ReturnPossible, services

Connection = ASGIConnection[Any, Any, Any, Any]

# A guest waits at most 30 days to be let in, and then stays 30: after that no token is good for anything.
LASTS = timedelta(days=60)
PREFIX = "tl_guest_"


class KnownGuest(Struct, frozen=True):
    """A guest whom this browser can bring back; `here_at` is when they were last let in."""

    person_id: str
    name: str
    here_at: datetime
    waiting: bool


# -- the cookie --------------------------------------------------------------------------------------


def token_of(connection: Connection, space_id: str) -> str | None:
    """The return token for this space that the browser sent, good or not."""
    return connection.cookies.get(_cookie_name(services(connection).config, space_id))


def has_any(connection: Connection) -> bool:
    """Whether the browser sent a return token of any space."""
    start = _cookie_start(services(connection).config)
    return any(name.startswith(start) for name in connection.cookies)


def set_cookie(response: Response[Any], config: Config, space_id: str, token: str) -> None:
    response.cookies.append(_cookie(config, space_id, token, int(LASTS.total_seconds())))


def clear_cookie(response: Response[Any], config: Config, space_id: str) -> None:
    response.cookies.append(_cookie(config, space_id, "", 0))


def _cookie(config: Config, space_id: str, token: str, max_age: int) -> Cookie:
    return Cookie(
        key=_cookie_name(config, space_id),
        value=token,
        path="/",
        httponly=True,
        secure=config.https,
        samesite="lax",
        max_age=max_age,
    )


def _cookie_name(config: Config, space_id: str) -> str:
    """Not the id itself: it may come from an address, where it could hold any character."""
    return _cookie_start(config) + hashed(space_id)[:12]


def _cookie_start(config: Config) -> str:
    return f"__Host-{PREFIX}" if config.https else PREFIX


# -- tokens ------------------------------------------------------------------------------------------


async def create(tx: Tx, space_id: str, person_id: str, code_id: str) -> str:
    """A new token for a guest who joined by this code, in place of those they had for the space."""
    at, token = now(), new_token()
    await return_store.remove_made_before(tx, at - LASTS)
    await return_store.end_in_space(tx, space_id, person_id, at)
    await return_store.add(tx, hashed(token), space_id, person_id, code_id, at)
    return token


async def find(tx: Tx, space_id: str, token: str) -> KnownGuest | None:
    """The guest of a token; None when it is wrong, of another space, or not good any more."""
    row = await return_store.find(tx, hashed(token), space_id, now())
    name = await people.guest_name(tx, row.person_id) if row else None
    if row is None or name is None:
        return None
    return KnownGuest(row.person_id, name, row.here_at, row.state == Membership.WAITING)


async def use(tx: Tx, space_id: str, token: str) -> KnownGuest | None:
    """Note that the guest of a token comes back now; None as for `find`."""
    there = await return_store.note_here(tx, hashed(token), space_id, now())
    return await find(tx, space_id, token) if there else None


async def end(tx: Tx, space_id: str, token: str) -> None:
    """End one token."""
    await return_store.end(tx, hashed(token), space_id, now())


async def end_in_space(tx: Tx, space_id: str, person_id: str) -> None:
    """End the tokens of a guest for one space."""
    await return_store.end_in_space(tx, space_id, person_id, now())


async def end_of_person(tx: Tx, person_id: str) -> None:
    """End all tokens of a guest."""
    await return_store.end_of_person(tx, person_id, now())


async def signed_out(connection: Connection, tx: Tx, space_id: str) -> NotAuthorizedException:
    """The error to raise where nobody is signed in: it asks for a guest whom the browser can bring back."""
    token = token_of(connection, space_id)
    if token and await find(tx, space_id, token):
        return ReturnPossible(f"/join/again/{space_id}")
    return NotAuthorizedException("Sign in to continue.")
