"""Links that work once: to set a password, to sign in, to confirm an address."""

from datetime import timedelta
from typing import Any

from msgspec import Struct

from app.config import Config
from app.db import Tx, now
from app.people import attempts, store
from app.people.mail import account_mails, outbox
from app.people.tokens import hashed, new_token


class Purpose(Struct, frozen=True):
    """What a link is for: its name in the database, the path it begins with, how long it works."""

    name: str
    path: str
    lasts: timedelta


STAYS = timedelta(hours=1)  # that a link works at least, unless it expires, or it or a sibling is used
RESET = Purpose("reset", "/reset/", timedelta(hours=24))
SIGN_IN = Purpose("sign_in", "/sign-in/link/", timedelta(minutes=15))
VERIFY = Purpose("verify", "/verify/", timedelta(hours=24))


async def create_link(
    tx: Tx, person_id: str, purpose: Purpose, *, by_hand: bool = False, made_by: str | None = None
) -> str:
    """Make a link and give its path, of which only a hash is stored. For an id of nobody none is stored.

    Earlier ones for this purpose end, but for those of the last hour: whoever asks in another's name must not
    end the link that they are about to use. `by_hand`: it is not sent to the person's address; `made_by` is
    the steward who hands it on.
    """
    token, at = new_token(), now()
    await store.void_links(tx, person_id, purpose.name, at, made_before=at - STAYS)
    await store.add_link(
        tx,
        {
            "token_sha256": hashed(token),
            "person_id": person_id,
            "purpose": purpose.name,
            "created_at": at,
            "expires_at": at + purpose.lasts,
            "by_hand": by_hand,
            "made_by": made_by,
        },
    )
    return purpose.path + token


async def send_verify(tx: Tx, config: Config, person_id: str, email: str) -> None:
    """Send a mail that asks to confirm the address, unless there were many of late."""
    if await attempts.may_mail(tx, config, email):
        link = config.base_url + await create_link(tx, person_id, VERIFY)
        await outbox.post(tx, email, *account_mails.verify(link))


async def find_link(tx: Tx, token: str, purpose: Purpose) -> Any | None:
    """The stored link, or None when it is wrong, used or expired. This does not use it up."""
    return await store.find_link(tx, hashed(token), purpose.name, now())


async def use_link(tx: Tx, token: str, purpose: Purpose) -> Any | None:
    """As `find_link`, and use up the link and its siblings: of two requests at once only one gets it."""
    link = await find_link(tx, token, purpose)
    if link is None or not await store.use_link(tx, link.token_sha256, now()):
        return None
    await store.void_links(tx, link.person_id, purpose.name, now(), made_before=now())
    return link
